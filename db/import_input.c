/* What kind of file it is: its encoding, its first line, and the text of a
 * cell. */
#include <string.h>

#include "db/base/csv.h"
#include "db/base/gb18030.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/import_in.h"

/* --- the encoding ----------------------------------------------------- */

static bool
is_utf8(const char *s, size_t n)
{
	uint32_t ch;
	int took;

	for (; n > 0; s += took, n -= (size_t)took) {
		took = text_decode(s, n, &ch);
		if (took < 0)
			return false;
	}
	return true;
}

/* The first line that is not plain ASCII decides: a broken byte further on
 * is then one bad line and not a file of another encoding. */
static bool
looks_gb18030(const char *s, size_t n)
{
	while (n > 0) {
		const char *end = memchr(s, '\n', n);
		size_t line = end != NULL ? (size_t)(end - s) + 1 : n;

		for (size_t i = 0; i < line; i++)
			if ((unsigned char)s[i] >= 0x80)
				return !is_utf8(s, line);
		s += line;
		n -= line;
	}
	return false;
}

/* What people send instead of CSV. */
static const char *
refuse_format(const char *s, size_t n)
{
	if (n > IMPORT_BYTES_MAX)
		return _("The file is too large; at most 32 MB at a time.");
	if (n >= 4 && memcmp(s, "PK\003\004", 4) == 0)
		return _("This is a workbook. Save it as CSV UTF-8 first.");
	if (n >= 2 &&
	    (memcmp(s, "\xff\xfe", 2) == 0 || memcmp(s, "\xfe\xff", 2) == 0))
		return _("This is UTF-16 text. Save it as CSV UTF-8 first.");
	return NULL;
}

int
import_input_open(struct import_input *in, struct import_report *out,
                  const char *data, size_t n)
{
	static const char bom[] = "\xef\xbb\xbf";

	*in = (struct import_input){.data = data, .n = n};
	out->encoding = "UTF-8";
	out->refused = refuse_format(data, n);
	if (out->refused != NULL)
		return ERR_INVALID;
	if (n >= 3 && memcmp(data, bom, 3) == 0) {
		in->data += 3;
		in->n -= 3;
		out->encoding = "UTF-8 (BOM)";
		return OK;
	}
	if (!looks_gb18030(data, n))
		return OK;
	out->encoding = "GB18030";
	return gb18030_open(&in->gb18030);
}

/* Exports put an apostrophe before what a spreadsheet would take for a
 * formula. */
int
import_cell(const struct import_input *in, struct arena *a, const char *cell,
            int max, const char **out)
{
	const char *text = cell;
	int err = OK;

	if (in->gb18030 != NULL)
		err = gb18030_decode(in->gb18030, a, cell, strlen(cell), &text);
	if (text[0] == '\'' && text[1] != '\0' && strchr("=+-@", text[1]))
		text++;
	if (err == OK)
		err = text_clean(a, text, strlen(text), TEXT_LINES, (size_t)max,
		                 out);
	return err;
}

/* --- the first line -------------------------------------------------- */

/* The column that a heading names, in either language; a star behind it, as
 * forms have, does no harm. -1: none. */
int
import_column_of(const struct import_spec *spec, struct arena *a,
                 const char *heading)
{
	char *name = arena_strdup(a, text_fold(a, heading));
	size_t n = strlen(name);

	while (n > 0 && (name[n - 1] == '*' || name[n - 1] == ' '))
		name[--n] = '\0';
	for (int i = 0; i < spec->column_count; i++)
		if (strcasecmp(name, spec->columns[i].name) == 0 ||
		    strcmp(name, spec->columns[i].zh) == 0)
			return i;
	return -1;
}

static void
list(struct buf *b, const char *name)
{
	buf_addf(b, "%s%s", b->len > 0 ? ", " : "", name);
}

/* What is wrong with the first line, or NULL. */
const char *
import_refuse_header(struct import_run *r, const struct buf *unknown,
                     const bool has[IMPORT_COLUMNS_MAX])
{
	struct buf missing = BUF_INIT, why = BUF_INIT;
	const char *text = NULL;

	for (int i = 0; i < r->spec->column_count; i++) {
		const struct import_column *column = &r->spec->columns[i];

		if (has[i] || !column->required ||
		    (i == IMPORT_UNIT && import_has_unit(r)))
			continue;
		list(&missing, import_heading(column));
	}
	if (missing.len > 0)
		buf_addf(&why, _("The first line lacks: %s."), missing.data);
	if (missing.len > 0 && unknown->len > 0)
		buf_addc(&why, ' ');
	if (unknown->len > 0)
		buf_addf(&why, _("These columns are not known: %s."),
		         unknown->data);
	if (why.len > 0)
		text = arena_strdup(r->a, why.data);
	buf_clear(&missing);
	buf_clear(&why);
	return text;
}

static void
read_headings(struct import_run *r, struct import_input *in,
              const struct csv_record *record, bool has[IMPORT_COLUMNS_MAX],
              struct buf *unknown)
{
	for (int i = 0; i < record->n; i++) {
		const char *text;

		in->columns[i] = -1;
		if (import_cell(in, r->page, record->cells[i], 200, &text) !=
		    OK)
			text = "?";
		if (*text == '\0') /* spreadsheets add empty ones */
			continue;
		in->columns[i] = import_column_of(r->spec, r->page, text);
		if (in->columns[i] < 0 || has[in->columns[i]])
			list(unknown, text);
		else
			has[in->columns[i]] = true;
	}
	in->cells = record->n;
}

int
import_header(struct import_run *r, struct import_input *in,
              struct csv_reader *csv)
{
	struct import_report *out = r->report;
	bool has[IMPORT_COLUMNS_MAX] = {false};
	struct buf unknown = BUF_INIT;
	struct csv_record record;

	if (!csv_reader_next(csv, &record)) {
		out->refused = _("The file is empty.");
	} else if (record.fault != NULL) {
		out->refused = _(record.fault);
	} else {
		read_headings(r, in, &record, has, &unknown);
		out->refused = import_refuse_header(r, &unknown, has);
	}
	buf_clear(&unknown);
	return out->refused == NULL ? OK : ERR_INVALID;
}
