/* export KIND: a whole list on standard output. */
#include <string.h>

#include "db/base/i18n.h"
#include "db/export.h"
#include "server/session/exec.h"

/* KIND [--format csv|json] */
static int
read_words(struct exec *x)
{
	bool format = x->count == 3 && strcmp(x->words[1], "--format") == 0;

	if (x->count != 1 && !format)
		return ERR_USAGE;
	if (format && strcmp(x->words[2], "json") == 0)
		x->json = true;
	else if (format && (strcmp(x->words[2], "csv") != 0 || x->json))
		return ERR_USAGE;
	return OK;
}

static int
flush(void *data)
{
	return exec_flush(data);
}

int
exec_export(struct exec *x)
{
	struct export_to to = {.out = &x->out, .flush = flush, .data = x};
	int err = read_words(x);

	if (err != OK)
		return err;
	to.json = x->json;
	err = export_run(x->c, x->words[0], &to);
	if (err != ERR_NOT_FOUND)
		return err;
	exec_say(x, _("There is no export of \"%s\". There are: %s"),
	         x->words[0], export_kinds(x->a));
	return ERR_USAGE;
}
