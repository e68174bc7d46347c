/* A list as a command prints it. */
#include "server/session/exec.h"

static void
print_json(struct exec *x, const struct exec_list *how,
           const struct list_page *page, size_t size)
{
	struct json *root = json_new_object(), *list = json_new_array();
	const char *rows = page->rows;

	for (int i = 0; i < page->n; i++)
		json_add(list, how->json(x, rows + (size_t)i * size));
	json_set(root, how->name, list);
	json_set_bool(root, "more", page->more);
	exec_json(x, root);
}

int
exec_list(struct exec *x, const struct exec_list *how,
          const struct list_spec *spec, const struct list_query *query,
          int limit)
{
	struct list_page page;
	int err =
	    list_fetch(x->c, x->a, spec, query, LIST_FIRST, NULL, limit, &page);
	const char *rows;

	if (err != OK)
		return err;
	if (x->json) {
		print_json(x, how, &page, spec->row_size);
		return OK;
	}
	rows = page.rows;
	for (int i = 0; i < page.n; i++)
		how->line(x, rows + (size_t)i * spec->row_size);
	return OK;
}
