/* What a kind of import is made of, and what its functions are given. */
#ifndef DB_IMPORT_IN_H
#define DB_IMPORT_IN_H

#include "db/base/clock.h"
#include "db/base/csv.h"
#include "db/import.h"
#include "db/organ.h"
#include "db/store/event.h"

/* The first two columns of every kind. */
enum { IMPORT_NUMBER, IMPORT_UNIT, IMPORT_OWN };
enum { IMPORT_COLUMNS_MAX = 24 };

struct gb18030;
struct json;
struct import_seen;       /* keys of this file, db/import_cell.c */
struct import_categories; /* and the categories there are */

/* A file as it is read, once to check it and once to write it. */
struct import_input {
	const char *data; /* behind the byte order mark */
	size_t n;
	struct gb18030 *gb18030; /* NULL: the file is UTF-8 */
	/* Which cell of a line goes to which column; -1: to none. */
	int columns[CSV_CELLS_MAX];
	int cells;
	int begin, end; /* progress in permille */
	/* A file of JSON: its objects; else NULL. */
	struct json *json;
	const struct json *items;
	int item; /* the next one */
};

/* A file being imported, and the line at hand. */
struct import_run {
	struct ctx *c;
	struct arena *a;    /* of the whole import */
	struct arena *page; /* of the line */
	const struct import_spec *spec;
	struct import_report *report;
	struct import_seen *seen;
	struct import_categories *categories; /* NULL: not read yet */
	const char *default_unit; /* of lines that name none; NULL */
	void *kinds; /* a kind's own, kept from line to line; in a */

	int line;
	const char *cells[IMPORT_COLUMNS_MAX]; /* by column, clean, "" none */
	struct unit_id unit;
	struct station_id station;
	const char *unit_name; /* the last one looked up; NULL: none */
	const char *number;
	int64_t known; /* record of that number from before; 0: none */
	bool is_bad;
	bool is_already; /* nothing to write */
	void *row;       /* what check found, for write; in page */
};

/* check looks everything up and calls import_bad for what is wrong; write
 * puts it down in the line's event and says the record's number. A kind
 * that updates what it knows (several mandates of one person) is repeats:
 * its check is asked about known numbers too. */
struct import_spec {
	const char *name, *label;
	enum perm perm;
	enum action action;
	enum entity_kind entity;
	const struct import_column *columns;
	int column_count;
	bool repeats;
	int (*check)(struct import_run *r);
	int (*write)(struct import_run *r, int64_t *record);
};

extern const struct import_spec import_person_spec, import_activity_spec,
    import_duty_spec, import_opinion_spec, import_pool_spec;

/* db/import_input.c. Errors: ERR_INVALID (out->refused says why). */
int import_input_open(struct import_input *in, struct import_report *out,
                      const char *data, size_t n) MUST_CHECK;
/* The first line. Errors: ERR_INVALID, as above. */
int import_header(struct import_run *r, struct import_input *in,
                  struct csv_reader *csv) MUST_CHECK;
/* A cell in UTF-8 and clean, at most max characters long, in a. Errors: as
 * gb18030_decode and text_clean. */
int import_cell(const struct import_input *in, struct arena *a,
                const char *cell, int max, const char **out) MUST_CHECK;

/* db/import_json.c: a file that begins with a bracket is an array of objects,
 * whose members are called as columns are; what is no text is read as one.
 * Errors: ERR_INVALID (out->refused says why). */
int import_json_open(struct import_input *in, struct arena *a,
                     struct import_report *out) MUST_CHECK;
int import_json_header(struct import_run *r,
                       struct import_input *in) MUST_CHECK;
/* The next object as a line of cells by column, its number in the array that
 * of the line; false at the end. */
bool import_json_next(struct import_run *r, struct import_input *in,
                      struct csv_record *record);

/* The column that a heading names, in either language; -1: none. What is
 * wrong with a file's headings, or NULL. */
int import_column_of(const struct import_spec *spec, struct arena *a,
                     const char *heading);
const char *import_refuse_header(struct import_run *r,
                                 const struct buf *unknown,
                                 const bool has[IMPORT_COLUMNS_MAX]);

/* db/import_line.c: the record's cells into r, by column; false: nothing
 * stands in it. Then: is there what must be? */
bool import_cells(struct import_run *r, const struct import_input *in,
                  const struct csv_record *record);
void import_required(struct import_run *r);
/* Check a line and, with write, put it down. What is wrong
 * with it is no error here. */
int import_line(struct import_run *r, const struct import_input *in,
                const struct csv_record *record, bool write) MUST_CHECK;

/* Whether a line without a unit has one nevertheless. */
bool import_has_unit(const struct import_run *r);

/* db/import_cell.c: the line is bad, and why. */
void import_bad(struct import_run *r, const char *fmt, ...) PRINTF(2, 3);
/* The same of the cell of a column: its name stands in front. */
void import_bad_cell(struct import_run *r, int column, const char *text);
/* A day: 2022-03-09, 2022/3/9, 2022年3月9日, Excel's 2022-03-09 0:00. None
 * for an empty cell; a bad one is a fault. */
struct day import_day(struct import_run *r, int column);
/* The same with a time of day; midnight without. */
struct instant import_time(struct import_run *r, int column);
/* A number, also written 16届, 第十六届. 0 for an empty cell. */
int64_t import_ordinal(struct import_run *r, int column);
/* A category by its name or label, "" for an empty cell; an office of the
 * line's unit or of the county by its name, 0 for an empty cell. An unknown one
 * is a fault. Errors: ERR_DENIED, ERR_STORE. */
int import_category(struct import_run *r, int column,
                    const char **category) MUST_CHECK;
int import_office(struct import_run *r, int column,
                  struct organ_id *office) MUST_CHECK;
/* Remember key of this file with a value; the value it was remembered with
 * before, or NULL. */
const char *import_seen(struct import_run *r, const char *key,
                        const char *value);
struct import_seen *import_seen_new(struct arena *a);

/* db/import_source.c: what the source's numbers mean. */
int import_find(struct ctx *c, enum entity_kind kind, struct unit_id unit,
                const char *number, int64_t *record) MUST_CHECK;
/* The same, elsewhere in scope when it is not the unit's. ERR_EXISTS: more
 * than one unit has that number. */
int import_find_near(struct ctx *c, enum entity_kind kind, struct unit_id unit,
                     const char *number, int64_t *record) MUST_CHECK;
int import_source_add(struct import_run *r, int64_t record) MUST_CHECK;
int import_begin(struct import_run *r) MUST_CHECK;
int import_end(struct import_run *r, struct unit_id unit) MUST_CHECK;

#endif
