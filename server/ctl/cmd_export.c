/* Writing whole lists on standard output. */
#include <stdio.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/export.h"
#include "server/ctl/ctl.h"

static int
flush(void *data)
{
	struct buf *out = data;
	bool whole = fwrite(out->data, 1, out->len, stdout) == out->len &&
	             fflush(stdout) == 0;

	buf_drop(out, out->len);
	return whole ? OK : ERR_IO;
}

/* KIND [--format csv|json] */
int
ctl_export(struct ctl *ctl)
{
	const char *format = ctl_option(ctl, "--format");
	struct buf out = BUF_INIT;
	struct export_to to = {.out = &out, .flush = flush, .data = &out};
	int err, flushed;

	if (!ctl_words(ctl, 1, 1) ||
	    (format != NULL && strcmp(format, "csv") != 0 &&
	     strcmp(format, "json") != 0))
		return ERR_USAGE;
	to.json = ctl->json || (format != NULL && format[0] == 'j');
	err = export_run(&ctl->c, ctl->words[0], &to);
	flushed = flush(&out);
	buf_clear(&out);
	if (err == ERR_NOT_FOUND) {
		ctl_say(ctl, _("There is no export of \"%s\". There are: %s"),
		        ctl->words[0], export_kinds(ctl->a));
		return ERR_USAGE;
	}
	return err != OK ? err : flushed;
}
