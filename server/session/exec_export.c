/* export KIND: a whole list on standard output. */
#include <string.h>

#include "db/base/i18n.h"
#include "db/export.h"
#include "server/session/exec_law.h"

/* KIND [--list NAME] [--order NAME] [--only FILTER=VALUE]...
 * [--format csv|json] */
static int
read_words(struct exec *x, const char **args)
{
	int err = x->count % 2 == 1 ? OK : ERR_USAGE;

	for (int i = 1; err == OK && i < x->count; i += 2) {
		const char *option = x->words[i], *value = x->words[i + 1];

		if (strcmp(option, "--format") == 0 &&
		    strcmp(value, "json") == 0)
			x->json = true;
		else if (strcmp(option, "--format") == 0)
			err = strcmp(value, "csv") == 0 && !x->json ? OK
			                                            : ERR_USAGE;
		else if (strcmp(option, "--list") == 0 ||
		         strcmp(option, "--order") == 0 ||
		         strcmp(option, "--only") == 0)
			err = export_add_word(x->a, args, option + 2, value);
		else
			err = ERR_USAGE;
	}
	return err;
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
	int err;

	if (x->count > 0 && strcmp(x->words[0], "law") == 0)
		return command_law_export(x);
	err = read_words(x, &to.args);

	if (err != OK)
		return err;
	to.json = x->json;
	err = export_run(x->c, x->words[0], &to);
	if (err == ERR_INVALID) {
		exec_say(x, "%s",
		         _("The list has no such part, order or filter, or "
		           "needs one."));
		return ERR_USAGE;
	}
	if (err != ERR_NOT_FOUND)
		return err;
	exec_say(x, _("There is no export of \"%s\". There are: %s"),
	         x->words[0], export_kinds(x->a));
	return ERR_USAGE;
}
