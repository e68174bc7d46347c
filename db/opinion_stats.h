/*
 * Statistics of opinions: tables by category, place, month, unit, result,
 * rating and working days, of the months in which they were received. All
 * comes from counters that the records' own transactions keep, so a table
 * costs the same however many opinions there are. Source: domain.md,
 * application 4.
 */
#ifndef DB_OPINION_STATS_H
#define DB_OPINION_STATS_H

#include "db/base/arena.h"
#include "db/ids.h"
#include "db/store/ctx.h"
#include "db/store/list.h"

enum opinion_stats_by {
	STATS_CATEGORY,
	STATS_PLACE,
	STATS_MONTH,
	STATS_UNIT,
	STATS_RESULT,
	STATS_RATING,
	STATS_DAYS,
	STATS_BYS
};
extern const struct enum_name opinion_stats_bys[];

/* From the first to the last month that anybody asks for. */
enum { STATS_EVER_FROM = 190001, STATS_EVER_TO = 209912 };

/* Of what: months as 202203, both with; a unit, or 0: all that the acting
 * hat sees. */
struct opinion_stats_of {
	struct unit_id unit;
	int64_t from, to;
};

/* What a value is: a count; tenths of a percent; tenths of a working day. */
enum stats_kind { STATS_COUNT, STATS_RATE, STATS_TENTHS };

struct stats_column {
	const char *name;  /* in JSON */
	const char *label; /* msgid */
	enum stats_kind kind;
	int priority; /* where there is no room, the higher goes first */
};

enum { STATS_COLUMNS = 10, STATS_UNKNOWN = -1 };

struct stats_row {
	int64_t id;        /* unit, place or month; 0 none */
	const char *key;   /* name of a category, result, ...; "" by id */
	const char *label; /* in the current language */
	int depth;         /* in the tree of categories, 0 on top */
	/* STATS_UNKNOWN: there is none, as a rate of nothing. */
	int64_t values[STATS_COLUMNS];
};

struct stats_table {
	const struct stats_column *columns;
	int column_count;
	struct stats_row *rows;
	int n;
	struct stats_row all; /* of the rows together; values as theirs */
};

/*
 * One table, in a. A unit and its station have their own figures only, the
 * county all; a deputy and an office none, because a count of one could tell
 * of a message that is not theirs.
 * Satisfied is whom the citizen's own rating says so, of those who rated
 * themselves; ratings typed by staff and no answer stand in rows of their
 * own. Settled is what leaves no work. Overdue and due soon are of today.
 * Errors: ERR_DENIED, ERR_INVALID (from later than to), ERR_STORE.
 */
int opinion_stats(struct ctx *c, struct arena *a, enum opinion_stats_by by,
                  const struct opinion_stats_of *of,
                  struct stats_table *out) MUST_CHECK;

/* A value as text: "12", "91.4%", "3.5"; "-" none. In a. */
const char *stats_text(struct arena *a, enum stats_kind kind, int64_t value);

/* The list of the opinions that a row counts. false: no list can say it. */
bool opinion_stats_query(enum opinion_stats_by by,
                         const struct opinion_stats_of *of,
                         const struct stats_row *row, struct list_query *query);

#endif
