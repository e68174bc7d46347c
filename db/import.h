/*
 * Bringing in what was kept elsewhere: rosters, activities and duty records
 * of earlier years, from CSV files. A kind of import is a table of columns
 * and two functions (db/import_in.h); reading, checking, remembering the
 * source's numbers and reporting are the same for all.
 *
 * An import is one event, its lines events that it caused: it is struck out
 * as a whole, and a line by itself is corrected as if it had been entered by
 * hand. Nothing of it is written unless all of it can be.
 */
#ifndef DB_IMPORT_H
#define DB_IMPORT_H

#include "db/base/arena.h"
#include "db/base/buf.h"
#include "db/ids.h"
#include "db/store/ctx.h"
#include "db/store/list.h"

struct json;

enum import_kind {
	IMPORT_PERSONS,
	IMPORT_ACTIVITIES,
	IMPORT_DUTY_RECORDS,
	IMPORT_OPINIONS,
	IMPORT_POOL,
	IMPORT_KINDS
};

enum {
	IMPORT_BYTES_MAX = 32 * 1024 * 1024, /* of a file */
	IMPORT_BAD_MAX = 1000, /* bad lines; then it is not this file */
	IMPORT_SAMPLES = 10    /* lines kept to show */
};

struct import_column {
	const char *name, *zh; /* what the first line calls it */
	const char *text;      /* msgid: what stands in it */
	const char *example;   /* for the template; "" none */
	int max;               /* characters */
	bool required;
};

/* "persons", "activities", "duty_records", "opinions", "pool"; IMPORT_KINDS: no
 * such kind. */
const char *import_name(enum import_kind kind);
enum import_kind import_named(const char *name);
const char *import_label(enum import_kind kind); /* msgid */
enum perm import_perm(enum import_kind kind);
const struct import_column *import_columns(enum import_kind kind, int *n);
/* What the first line calls it in the current language. */
const char *import_heading(const struct import_column *column);
/* An empty file to fill in: a line of headers (Chinese or English, as the
 * language is) and, with example, a line that shows how; CR LF, BOM. */
void import_template(struct buf *out, enum import_kind kind, bool example);

struct import_options {
	bool check_only;  /* say what would happen; write nothing */
	bool skip_bad;    /* leave out bad lines and write the others */
	const char *unit; /* of lines that name none; NULL: the hat's */
	/* false stops it and nothing is written. May be NULL. */
	bool (*progress)(void *data, int permille);
	void *data;
};

struct import_bad {
	int line;         /* in the file, from 1 */
	const char *text; /* a translated sentence */
};

struct import_sample {
	int line;
	const char *const *cells; /* by column */
};

/* What there is in a file and what became of it. Strings in the arena. */
struct import_report {
	const char *encoding; /* "UTF-8", "UTF-8 (BOM)" or "GB18030" */
	const char *refused;  /* why none of it can be read; NULL: it can */
	int rows;             /* lines with something in them */
	int good;             /* to write, or written */
	int already;          /* there from an earlier import */
	struct import_bad *bad;
	int bad_count;
	struct import_sample samples[IMPORT_SAMPLES];
	int sample_count;
	struct import_id id; /* 0: nothing was written */
};

/*
 * Read n bytes of data as a file of kind, check every line, and, unless
 * check_only, write them all in one transaction. out is always filled, also
 * when it returns ERR_INVALID: the file was refused, or lines were bad and
 * skip_bad was not asked. Errors besides: ERR_DENIED, ERR_BUSY, ERR_FULL,
 * ERR_READONLY, ERR_STOPPED, ERR_STORE.
 */
int import_run(struct ctx *c, struct arena *a, enum import_kind kind,
               const char *data, size_t n, const struct import_options *options,
               struct import_report *out) MUST_CHECK;

/* The report for people, a line each, and for programs (an object; the
 * caller's). err is what import_run returned. */
void import_report_text(struct buf *out, const struct import_report *report,
                        const struct import_options *options, int err);
struct json *import_report_json(const struct import_report *report);
/* The columns of a kind for people. */
void import_headers(struct buf *out, struct arena *a, enum import_kind kind);

/* An import that was made. */
struct import {
	struct import_id id;
	const char *kind;    /* import_name */
	struct unit_id unit; /* 0: of several units */
	struct event_id event;
	const char *encoding;
	int64_t added, already, skipped; /* lines */
	struct instant at;
};

/* Newest first; struct import. */
extern const struct list_spec import_list;
extern const struct entity entity_import, entity_import_source;

/* Errors: ERR_DENIED, ERR_NOT_FOUND. */
int import_get(struct ctx *c, struct arena *a, struct import_id id,
               struct import *out) MUST_CHECK;
/* Take it back with everything in it. Errors: as event_strike. */
int import_undo(struct ctx *c, struct arena *a, struct import_id id,
                const char *reason) MUST_CHECK;

/*
 * A file that waits for its F10: sent by "ssh host import KIND --preview",
 * looked at on the screen (db/kept_file.h).
 */
struct import_pending {
	enum import_kind kind;
	struct instant at;
	const char *data;
	size_t n;
};
/* Errors: ERR_DENIED, ERR_TOO_LONG, ERR_FULL, ERR_IO. */
int import_keep(struct ctx *c, enum import_kind kind, const char *data,
                size_t n) MUST_CHECK;
/* data in a, or with a NULL not read. Errors: ERR_NOT_FOUND, ERR_IO. */
int import_kept(struct ctx *c, struct arena *a,
                struct import_pending *out) MUST_CHECK;
int import_forget(struct ctx *c) MUST_CHECK;

#endif
