/* What db/opinion_leg*.c share. */
#ifndef DB_OPINION_LEG_IN_H
#define DB_OPINION_LEG_IN_H

#include "db/opinion_leg.h"

enum {
	LEG_SQL_GET,
	LEG_SQL_LIST,
	LEG_SQL_MINE,
	LEG_SQL_ADD,
	LEG_SQL_WRITE,
	LEG_SQL_ORGAN,
	LEG_SQL_RETURNED,
	LEG_SQL_REPLIED,
	LEG_SQL_SENT,
	LEG_SQL_ASKED,
	LEG_SQL_OPEN,
	LEG_SQL_RESULT,
	LEG_SQL_PAUSED,
	LEG_SQL_DUE,
	LEG_SQL_RELEASE,
	LEG_SQL_COUNT
};

enum { LEG_MAX = 100 }; /* legs of one opinion */

extern const struct field opinion_leg_fields[];

/* Write a leg, all but its state. */
int leg_write(struct ctx *c, const struct opinion_leg *row) MUST_CHECK;

#endif
