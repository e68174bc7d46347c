#include "db/base/csv.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/arena.h"
#include "db/base/buf.h"
#include "db/base/i18n.h"

struct csv_reader {
	const char *data;
	size_t n, at;
	int line; /* of data[at] */
	struct csv_parser parser;

	/* The record being read. */
	struct buf text; /* its cells, each with a NUL */
	size_t cells[CSV_CELLS_MAX];
	int count;
	bool ended, too_wide;
};

static void
on_cell(void *bytes, size_t n, void *data)
{
	struct csv_reader *r = data;

	if (r->count == CSV_CELLS_MAX) {
		r->too_wide = true;
		return;
	}
	r->cells[r->count++] = r->text.len;
	buf_addn(&r->text, bytes != NULL ? bytes : "", n);
	buf_addc(&r->text, '\0');
}

static void
on_record(int newline, void *data)
{
	struct csv_reader *r = data;

	(void)newline;
	r->ended = true;
}

static void
parser_begin(struct csv_reader *r)
{
	if (csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
		abort(); /* only unknown options fail */
}

struct csv_reader *
csv_reader_new(const char *data, size_t n)
{
	struct csv_reader *r = xcalloc(1, sizeof(*r));

	r->data = data;
	r->n = n;
	r->line = 1;
	buf_init(&r->text);
	parser_begin(r);
	return r;
}

void
csv_reader_free(struct csv_reader *r)
{
	if (r == NULL)
		return;
	csv_free(&r->parser);
	buf_clear(&r->text);
	free(r);
}

size_t
csv_reader_at(const struct csv_reader *r)
{
	return r->at;
}

/* Bytes of the line in the file that begins at data[at], its end included;
 * no more than a record may have. */
static size_t
line_length(const struct csv_reader *r, size_t at)
{
	size_t left = r->n - at, n = 0;

	while (n < left && r->data[at + n] != '\n' && r->data[at + n] != '\r')
		n++;
	if (n < left && r->data[at + n] == '\r')
		n++;
	if (n < left && r->data[at + n] == '\n')
		n++;
	return n;
}

static bool
is_blank(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strchr(" \t\r\n", s[i]) == NULL || s[i] == '\0')
			return false;
	return true;
}

static void
skip_blank(struct csv_reader *r)
{
	while (r->at < r->n) {
		size_t n = line_length(r, r->at);

		if (!is_blank(r->data + r->at, n))
			return;
		r->at += n;
		r->line++;
	}
}

/* One line of the file into the parser; what is wrong with it, or NULL. */
static const char *
feed(struct csv_reader *r, size_t begun)
{
	const char *bytes = r->data + r->at;
	size_t n = line_length(r, r->at);

	if (r->at + n - begun > CSV_RECORD_MAX)
		return N_("The line is too long, or a quote is not closed.");
	if (memchr(bytes, '\0', n) != NULL)
		return N_("There is a zero byte in this line.");
	if (csv_parse(&r->parser, bytes, n, on_cell, on_record, r) != n)
		return N_("The quotes do not fit together.");
	r->at += n;
	r->line++;
	return NULL;
}

/* Up to the end of a record or of the data. */
static const char *
read_record(struct csv_reader *r)
{
	size_t begun = r->at;
	const char *fault = NULL;

	while (fault == NULL && !r->ended && r->at < r->n)
		fault = feed(r, begun);
	if (fault == NULL && !r->ended &&
	    csv_fini(&r->parser, on_cell, on_record, r) != 0)
		fault = N_("A quote is not closed.");
	if (fault == NULL && r->too_wide)
		fault = N_("There are too many cells in this line.");
	return fault;
}

bool
csv_reader_next(struct csv_reader *r, struct csv_record *out)
{
	size_t begun;

	skip_blank(r);
	if (r->at >= r->n)
		return false;
	buf_truncate(&r->text, 0);
	r->count = 0;
	r->ended = r->too_wide = false;
	begun = r->at;
	out->line = r->line;
	out->fault = read_record(r);
	out->n = out->fault == NULL ? r->count : 0;
	for (int i = 0; i < out->n; i++)
		out->cells[i] = r->text.data + r->cells[i];
	if (out->fault != NULL) {
		r->at = begun + line_length(r, begun);
		r->line = out->line + 1;
		csv_free(&r->parser);
		parser_begin(r);
	}
	return true;
}
