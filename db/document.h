/*
 * Documents and templates of the county and of each unit (its station's
 * too): plain text under a name. Saving under a name replaces what was
 * there; striking that out brings it back. The template of a notice becomes
 * the agenda of an announced reception, that of minutes the beginning of an
 * activity's minutes.
 */
#ifndef DB_DOCUMENT_H
#define DB_DOCUMENT_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/ids.h"
#include "db/store/ctx.h"

enum {
	DOCUMENT_NAME_MAX = 40,    /* characters */
	DOCUMENT_TEXT_MAX = 20000, /* characters */
	DOCUMENT_BYTES_MAX = 128 * 1024
};

enum document_kind {
	DOCUMENT_RULE,
	DOCUMENT_FORM,
	DOCUMENT_NOTICE,  /* a template */
	DOCUMENT_MINUTES, /* a template */
	DOCUMENT_OTHER
};

struct document {
	struct document_id id;
	struct unit_id unit; /* 0: the county's */
	const char *name;
	int kind; /* enum document_kind */
	const char *text;
	int64_t version; /* times it was replaced */
	struct instant saved_at;
	struct person_id saved_by;
};

/* A document without its text. */
struct document_line {
	struct document_id id;
	struct unit_id unit;
	const char *unit_name; /* "" the county */
	const char *name;
	int kind;       /* enum document_kind */
	int64_t length; /* characters */
	int64_t version;
	struct instant saved_at;
	const char *saved_by; /* "" the system */
};

extern const struct entity entity_document;
extern const struct enum_name document_kinds[];
extern const struct field document_fields[];

/* Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STORE. */
int document_get(struct ctx *c, struct arena *a, struct document_id id,
                 struct document *out) MUST_CHECK;
/* By name: the acting unit's own, else the county's. */
int document_named(struct ctx *c, struct arena *a, const char *name,
                   struct document *out) MUST_CHECK;
/* All in scope: the county's first, then unit by unit, by kind and name. */
int document_list(struct ctx *c, struct arena *a, struct document_line **rows,
                  int *n) MUST_CHECK;

/* The newest template of kind for a unit, its own before the county's; ""
 * when there is none or the acting hat may not read it. In a. */
int document_template(struct ctx *c, struct arena *a, struct unit_id unit,
                      enum document_kind kind, const char **text) MUST_CHECK;

/* Write name, kind, text for the acting hat's unit (or the county), in place
 * of what has that name. Errors: ERR_DENIED, ERR_INVALID. */
int document_save(struct ctx *c, const struct document *entry,
                  struct document_id *id) MUST_CHECK;
/* Remove one of the acting hat's. Errors: ERR_DENIED, ERR_NOT_FOUND. */
int document_drop(struct ctx *c, struct document_id id) MUST_CHECK;
/* May the acting hat replace or remove it? */
bool document_is_own(const struct ctx *c, struct unit_id unit);

/* n bytes of a file as clean text, in a: UTF-8 (BOM or not) or GB18030.
 * Errors: ERR_INVALID (no text), ERR_TOO_LONG. */
int document_decode(struct arena *a, const char *bytes, size_t n,
                    const char **text) MUST_CHECK;

#endif
