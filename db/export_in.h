/* What the files of exports share. */
#ifndef DB_EXPORT_IN_H
#define DB_EXPORT_IN_H

#include "db/base/json.h"
#include "db/export.h"
#include "db/store/list.h"

enum { EXPORT_COLUMNS = 20, EXPORT_VIEWS = 4 };

struct export_column {
	const char *key;   /* in JSON */
	const char *label; /* msgid, in the first row of CSV */
	const char *field; /* of the list's fields */
	const char *en;    /* where field is a label: its English twin; JSON
	                      has the member called key, the name stored */
};

/* A list that screens show. */
struct export_view {
	const char *name;
	const struct list_spec *shown;
	const struct list_spec *rows; /* its rows with what a file has more;
	                                 NULL: shown */
	bool self;        /* also for SCOPE_SELF, as far as list_spec lets */
	const char *must; /* a filter without which it is too much */
};

/* Its views are of rows of the same struct, and the same filters. The first
 * one that the acting hat may see is what it gets without naming one. */
struct export_kind {
	const char *name, *label; /* msgid */
	struct export_view views[EXPORT_VIEWS];
	/* What is no list: writes all between the brackets of JSON. */
	int (*write)(struct ctx *c, const struct export_to *to);
	enum perm needs; /* of write */
	struct export_column columns[EXPORT_COLUMNS];
};

const struct export_kind *export_kind_named(const char *name);

/* The view and the query that args name ("" or NULL: all of the first).
 * Texts of query live as long as *root, which the caller frees.
 * Errors: ERR_DENIED, ERR_INVALID. */
int export_query(const struct ctx *c, const struct export_kind *kind,
                 const char *args, const struct export_view **view,
                 struct list_query *query, struct json **root) MUST_CHECK;

#endif
