/*
 * A field describes one member of an entity's row once: its column, where
 * it lies in the C struct, its kind and limits, its label. Forms, list
 * columns, length checks, CSV and the audit all read this table.
 *
 * The C type of a member follows from its kind:
 *   TEXT, LINES, TOKEN   const char * (in the arena; never NULL, "" for none)
 *   INT, POINTS          int64_t  (POINTS are tenths of a point)
 *   BOOL                 bool
 *   REF                  struct x_id, a struct whose only member is int64_t v
 *                        (0 for none)
 *   ENUM                 int, an index into names
 *   TIME                 struct instant (0 for none)
 *   DAY                  struct day (year 0 for none)
 */
#ifndef DB_BASE_FIELD_H
#define DB_BASE_FIELD_H

#include <stdbool.h>
#include <stddef.h>

enum field_kind {
	FIELD_NONE,  /* ends a table */
	FIELD_TEXT,  /* one line */
	FIELD_LINES, /* several lines */
	FIELD_TOKEN, /* ASCII made by us or a fixed vocabulary */
	FIELD_INT,
	FIELD_POINTS,
	FIELD_BOOL,
	FIELD_REF,
	FIELD_ENUM,
	FIELD_TIME,
	FIELD_DAY
};

/* One value of an ENUM: what is stored and what is shown. */
struct enum_name {
	const char *name;  /* stored; NULL ends the table */
	const char *label; /* msgid */
};

struct field {
	const char *name; /* column, as the query calls it */
	enum field_kind kind;
	size_t at, size;
	const char *label;   /* msgid */
	const char *heading; /* short msgid for a list column; NULL: label */
	const char *hint;    /* msgid shown beside the field of a form */
	const struct enum_name *names;
	int max;   /* characters of a text; 0: not entered by people */
	int width; /* columns in a list; 0: 12 */
	bool required;
	bool readonly;
	bool personal; /* enters the audit as a hash only */
};

#define FIELD(row, member, kind_, ...)                                         \
	{                                                                      \
		.name = #member, .kind = FIELD_##kind_,                        \
		.at = offsetof(struct row, member),                            \
		.size = sizeof(((struct row *)0)->member),                     \
		.label = __VA_ARGS__                                           \
	}
#define FIELD_END                                                              \
	{                                                                      \
		.name = NULL                                                   \
	}

/* The field called name, or NULL. */
const struct field *field_find(const struct field *fields, const char *name);

/* Index of the enum value called name, or -1. */
int enum_index(const struct enum_name *names, const char *name);

#endif
