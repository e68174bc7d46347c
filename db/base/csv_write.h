/*
 * Comma-separated values, written as spreadsheets of clerks open them: UTF-8
 * with a byte order mark, lines ending in CR LF (RFC 4180), and no cell that
 * a spreadsheet would take for a formula.
 */
#ifndef DB_BASE_CSV_WRITE_H
#define DB_BASE_CSV_WRITE_H

#include <stdbool.h>

#include "db/base/buf.h"

/* The byte order mark, before the first row. */
void csv_begin(struct buf *out);
/* The next cell of a row. A text that begins with = + - @ (or with a tab or
 * carriage return, which spreadsheets skip) gets an apostrophe before it. */
void csv_text(struct buf *out, bool first, const char *text);
/* The same for a number of ours, which stays one. */
void csv_number(struct buf *out, bool first, const char *digits);
void csv_end_row(struct buf *out);

#endif
