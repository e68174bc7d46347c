/* What became of a file, in words and as data; and what a file may hold. */
#include "db/base/i18n.h"
#include "db/base/json.h"
#include "db/base/text.h"
#include "db/import.h"

static void
summary(struct buf *out, const struct import_report *r,
        const struct import_options *options, int err)
{
	bool done = err == OK && !options->check_only;

	buf_addf(out, _("%s, lines: %d\n"), r->encoding, r->rows);
	buf_addf(out, done ? _("written: %d\n") : _("good: %d\n"), r->good);
	if (r->already > 0)
		buf_addf(out, _("there already: %d\n"), r->already);
	if (r->bad_count > 0)
		buf_addf(out,
		         done ? _("left out as bad: %d\n") : _("bad: %d\n"),
		         r->bad_count);
	if (r->id.v != 0)
		buf_addf(out, _("This is import %lld.\n"), (long long)r->id.v);
	if (r->id.v == 0 && !options->check_only)
		buf_addf(out, "%s\n", _("Nothing was written."));
}

void
import_report_text(struct buf *out, const struct import_report *report,
                   const struct import_options *options, int err)
{
	for (int i = 0; i < report->bad_count; i++)
		buf_addf(out, _("line %d: %s\n"), report->bad[i].line,
		         report->bad[i].text);
	if (report->refused != NULL)
		buf_addf(out, "%s\n", report->refused);
	else
		summary(out, report, options, err);
}

struct json *
import_report_json(const struct import_report *report)
{
	struct json *root = json_new_object(), *bad = json_new_array();

	json_set_text(root, "encoding", report->encoding);
	json_set_text(root, "refused", report->refused);
	json_set_int(root, "lines", report->rows);
	json_set_int(root, "good", report->good);
	json_set_int(root, "already", report->already);
	json_set_int(root, "import", report->id.v);
	for (int i = 0; i < report->bad_count; i++) {
		struct json *row = json_new_object();

		json_set_int(row, "line", report->bad[i].line);
		json_set_text(row, "text", report->bad[i].text);
		json_add(bad, row);
	}
	json_set(root, "bad", bad);
	return root;
}

void
import_headers(struct buf *out, struct arena *a, enum import_kind kind)
{
	int n;
	const struct import_column *columns = import_columns(kind, &n);

	for (int i = 0; i < n; i++)
		buf_addf(out, "%s %s %s %s\n",
		         text_pad(a, columns[i].name, 16, false),
		         text_pad(a, columns[i].zh, 12, false),
		         columns[i].required ? "*" : " ", _(columns[i].text));
}
