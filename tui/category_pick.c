/* Choosing a category. */
#include "tui/category_pick.h"

#include "db/base/i18n.h"

enum { FOUND_MAX = FORM_OPTIONS, MENU_MAX = 40 };

const char *
category_pick_label(const struct category_tree *tree, int64_t value)
{
	return value > 0 && value <= tree->n ? tree->rows[value - 1].path : "";
}

const char *
category_pick_name(const struct category_tree *tree, int64_t value)
{
	return value > 0 && value <= tree->n ? tree->rows[value - 1].name : "";
}

int64_t
category_pick_value(const struct category_tree *tree, const char *name)
{
	return category_index(tree, name) + 1;
}

static int
propose(struct ctx *c, struct arena *a, const struct category_tree *tree,
        const struct suggest_asked *asked, struct form_option *out, int max)
{
	struct suggestion s[SUGGEST_TOP];
	int n = 0;
	int err = suggest_category(c, a, asked, s,
	                           max < SUGGEST_TOP ? max : SUGGEST_TOP, &n);

	for (int i = 0; err == OK && i < n; i++)
		out[i] = (struct form_option){
		    .value = category_pick_value(tree, s[i].category),
		    .label = s[i].label,
		    .note = arena_printf(a, "%d%% %s", s[i].percent,
		                         suggest_because(a, &s[i]))};
	return err == OK ? n : err;
}

int
category_pick(struct ctx *c, struct arena *a, const struct category_tree *tree,
              const struct suggest_asked *asked, const char *text,
              struct form_option *out, int max)
{
	int found[FOUND_MAX], n = 0, m;

	if (text[0] == '\0')
		n = propose(c, a, tree, asked, out, max);
	if (n < 0)
		return n;
	m = category_find(tree, text, found,
	                  max - n < FOUND_MAX ? max - n : FOUND_MAX);
	for (int i = 0; i < m; i++)
		out[n++] = (struct form_option){
		    .value = found[i] + 1, .label = tree->rows[found[i]].path};
	return n;
}

/* --- outside forms ----------------------------------------------------- */

/* Down the tree: the first entry of a level is all of what is above. */
const char *
category_ask(struct ui *ui)
{
	struct category_tree tree;
	const char *labels[MENU_MAX];
	int where[MENU_MAX], at = -1;

	if (ui_error(ui, category_tree_get(ui_ctx(ui), ui_arena(ui), &tree)) !=
	    OK)
		return NULL;
	for (;;) {
		int n = 0, chosen = 0;

		if (at >= 0) {
			where[n] = at;
			labels[n++] = _("all of it");
		}
		for (int i = 0; i < tree.n && n < MENU_MAX; i++)
			if (tree.rows[i].parent == at) {
				where[n] = i;
				labels[n++] = tree.rows[i].label;
			}
		if (n > 1 || at < 0)
			chosen = ui_menu(
			    ui, at < 0 ? _("Category") : tree.rows[at].path,
			    labels, n);
		if (chosen < 0)
			return NULL;
		if (where[chosen] == at)
			return tree.rows[at].name;
		at = where[chosen];
	}
}

const char *
category_path(struct ui *ui, struct arena *a, const char *name)
{
	struct category_tree tree;
	int at;

	if (category_tree_get(ui_ctx(ui), a, &tree) != OK)
		return name;
	at = category_index(&tree, name);
	return at >= 0 ? tree.rows[at].path : name;
}
