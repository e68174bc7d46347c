/* import KIND < FILE: written at once, only checked, or kept to be looked at
 * on the screen. */
#include <string.h>

#include "db/base/clock.h"
#include "db/base/i18n.h"
#include "db/import.h"
#include "server/session/exec_law.h"

enum { SAY_EVERY_MS = 1000 };

/* Was word typed? */
static bool
has_flag(const char *const *words, int count, const char *word)
{
	for (int i = 0; i < count; i++)
		if (strcmp(words[i], word) == 0)
			return true;
	return false;
}

static int
about(struct exec *x, enum import_kind kind)
{
	if (strcmp(x->words[0], "template") == 0)
		import_template(&x->out, kind, true);
	else
		import_headers(&x->out, x->a, kind);
	return OK;
}

static void
report(struct exec *x, const struct import_report *report,
       const struct import_options *options, int err)
{
	if (x->json)
		exec_json(x, import_report_json(report));
	else
		import_report_text(&x->out, report, options, err);
}

/* A line each second to standard error, for who looks on. */
struct shown {
	struct exec *x;
	int64_t due_ms;
};

static bool
say_progress(void *data, int permille)
{
	struct shown *shown = data;
	int64_t now = clock_monotonic_ms();

	if (now < shown->due_ms)
		return true;
	shown->due_ms = now + SAY_EVERY_MS;
	exec_say(shown->x, _("%d %% done"), permille / 10);
	return true;
}

static int
import_stream(struct exec *x, enum import_kind kind,
              struct import_options options, bool preview)
{
	struct shown shown = {.x = x};
	struct import_report r;
	struct buf data = BUF_INIT;
	int err = exec_read(x, &data, IMPORT_BYTES_MAX);

	if (err == ERR_TOO_LONG)
		exec_say(x, "%s",
		         _("The file is too large; at most 32 MB at a time."));
	if (err != OK)
		goto done;
	shown.due_ms = clock_monotonic_ms() + SAY_EVERY_MS;
	options.progress = say_progress;
	options.data = &shown;
	err = import_run(x->c, x->a, kind, data.data, data.len, &options, &r);
	if (err == OK || err == ERR_INVALID)
		report(x, &r, &options, err);
	if (preview && (err == OK || err == ERR_INVALID) && r.refused == NULL) {
		err = import_keep(x->c, kind, data.data, data.len);
		if (err == OK)
			exec_say(x, "%s",
			         _("It waits on the screen: 0 Management, F2 "
			           "Imports, F4."));
	}
done:
	buf_clear(&data);
	return err;
}

int
exec_import(struct exec *x)
{
	bool is_about = x->count == 2 && (strcmp(x->words[0], "headers") == 0 ||
	                                  strcmp(x->words[0], "template") == 0);
	bool preview = false;
	struct import_options options = {0};
	enum import_kind kind;

	if (x->count < 1)
		return ERR_USAGE;
	if (strcmp(x->words[0], "law") == 0)
		return command_law_import(x);
	kind = import_named(x->words[is_about ? 1 : 0]);
	if (kind == IMPORT_KINDS)
		return ERR_USAGE;
	if (is_about)
		return about(x, kind);
	preview = has_flag(x->words, x->count, "--preview");
	options.skip_bad = has_flag(x->words, x->count, "--skip-bad");
	options.check_only = preview || has_flag(x->words, x->count, "--check");
	if (x->count - 1 !=
	    preview + options.skip_bad + (options.check_only && !preview))
		return ERR_USAGE;
	return import_stream(x, kind, options, preview);
}
