/*
 * CSV as RFC 4180 has it, read from memory a record at a time: quoted cells
 * with newlines in them, LF, CR LF or CR, and the number of the line in the
 * file where each record begins. The only user of libcsv. Bytes are passed
 * on as they are: in UTF-8 as in GB18030 no other character contains a
 * comma, a quote or a newline.
 */
#ifndef DB_BASE_CSV_H
#define DB_BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>

enum {
	CSV_CELLS_MAX = 64,
	CSV_RECORD_MAX = 64 * 1024 /* bytes of one record */
};

struct csv_reader;

/* A record; valid until the next one is read. */
struct csv_record {
	int line; /* of its first byte, from 1 */
	int n;
	const char *cells[CSV_CELLS_MAX];
	const char *fault; /* msgid of what is wrong with it; NULL: fine */
};

/* A reader of n bytes of data, which must outlive it. */
struct csv_reader *csv_reader_new(const char *data, size_t n);
void csv_reader_free(struct csv_reader *r); /* NULL is allowed */

/* The next record that is not blank; false at the end. After a faulty one
 * reading goes on at the line after the one where it began. */
bool csv_reader_next(struct csv_reader *r, struct csv_record *out);

/* How far it has read, in bytes. */
size_t csv_reader_at(const struct csv_reader *r);

#endif
