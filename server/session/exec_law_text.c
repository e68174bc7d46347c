/* import law and export law: a draft's text comes in and goes out as it
 * came. */
#include <string.h>

#include "db/base/i18n.h"
#include "db/law_report.h"
#include "server/session/exec_law.h"

static void
print_preview(struct exec *x, const struct law_preview *p, int64_t text)
{
	struct json *root;

	if (!x->json) {
		law_preview_text(&x->out, x->a, p);
		if (text != 0)
			buf_addf(&x->out, _("This is text %lld of it.\n"),
			         (long long)text);
		return;
	}
	root = law_preview_json(x->a, p);
	if (text != 0)
		json_set_int(root, "text", text);
	exec_json(x, root);
}

/* The law [--check | --preview] [--note TEXT]. */
static int
read_words(struct exec *x, bool *check, bool *preview, const char **note)
{
	*check = *preview = false;
	*note = "";
	for (int i = 1; i < x->count; i++) {
		if (strcmp(x->words[i], "--check") == 0)
			*check = true;
		else if (strcmp(x->words[i], "--preview") == 0)
			*check = *preview = true;
		else if (strcmp(x->words[i], "--note") == 0 && i + 1 < x->count)
			*note = x->words[++i];
		else
			return ERR_USAGE;
	}
	return OK;
}

static int
write_law(struct exec *x, const struct buf *data, const char *note,
          const struct law_preview *p)
{
	struct law_version_id id;
	struct law_version row;
	int err = law_import(x->c, data->data, data->len, p->law, note, &id);

	if (err == OK)
		err = law_version_get(x->c, x->a, id, &row);
	if (err == OK)
		print_preview(x, p, row.number);
	return err;
}

/* For the screen, where it is looked at and written. */
static int
keep(struct exec *x, const struct buf *data)
{
	int err = law_keep(x->c, (struct law_id){0}, data->data, data->len);

	if (err == OK)
		exec_say(x, "%s",
		         _("It waits on the screen: on the workbench, or with "
		           "F4 in the list of draft laws."));
	return err;
}

int
command_law_import(struct exec *x)
{
	struct buf data = BUF_INIT;
	struct law_preview p;
	const char *note;
	bool check, preview;
	int err = read_words(x, &check, &preview, &note);

	if (err != OK)
		return err;
	err = may(x->c, PERM_LAW_WRITE) ? OK : ERR_DENIED;
	if (err == OK)
		err = exec_read(x, &data, LAW_BYTES_MAX);
	if (err == OK)
		err = law_preview(x->c, x->a, data.data, data.len,
		                  (struct law_id){0}, &p);
	if (err == ERR_TOO_LONG) {
		exec_say(x, "%s", _("The text is too long; at most 4 MB."));
		x->said = true;
	}
	if (err == OK && (check || p.text.articles == 0))
		print_preview(x, &p, 0);
	if (err == OK && preview)
		err = keep(x, &data);
	if (err == OK && !check)
		err = write_law(x, &data, note, &p);
	buf_clear(&data);
	return command_faults(x, err);
}

int
command_law_export(struct exec *x)
{
	struct law_version row;
	int64_t number = 0;
	int err = x->count == 2 ? OK : ERR_USAGE;

	if (x->count == 4 && strcmp(x->words[2], "--text") == 0)
		err = given_number(x->words[3], &number);
	if (err == OK)
		err = law_version_named(x->c, x->a, x->words[1], number, &row);
	if (err != OK)
		return err;
	exec_bytes(x);
	return law_export(x->c, row.id, &x->out);
}
