/* What db/opinion*.c share. */
#ifndef DB_OPINION_IN_H
#define DB_OPINION_IN_H

#include "db/opinion.h"
#include "db/store/stmt.h"

enum {
	OPINION_SQL_GET,
	OPINION_SQL_ADD,
	OPINION_SQL_SORT,
	OPINION_SQL_WRITE,
	OPINION_SQL_DAYS,
	OPINION_SQL_TOUCH,
	OPINION_SQL_SECRET,
	OPINION_SQL_PLACE,
	OPINION_SQL_CATEGORY,
	OPINION_SQL_DEPUTY,
	OPINION_SQL_COUNTED,
	OPINION_SQL_ACTIVITY,
	OPINION_SQL_STATION,
	OPINION_SQL_PAUSES,
	OPINION_SQL_RUNNING,
	OPINION_SQL_CLOCK,
	OPINION_SQL_UNRATED,
	OPINION_SQL_JOIN,
	OPINION_SQL_REPOINT,
	OPINION_SQL_MERGED,
	OPINION_SQL_FOLLOW,
	OPINION_SQL_COUNT
};

extern const struct field *const opinion_fields;

/* Working days that the steps took; below 0: not known yet. */
struct opinion_days {
	int64_t response, handling, feedback;
};
void opinion_bind_days(struct stmt *q, const struct opinion_days *days);

/* Clean and check an entry; the unit, station, subject and reader follow. */
int opinion_check(struct ctx *c, struct arena *a,
                  struct opinion *row) MUST_CHECK;

/* Faults of row->companion; sets row->reader. */
int opinion_check_companion(struct ctx *c, struct opinion *row) MUST_CHECK;

/* Why an update of that version changed nothing: ERR_CHANGED or ERR_STATE. */
int opinion_not_written(struct ctx *c, struct opinion_id id,
                        int64_t version) MUST_CHECK;

/* Begin another clock in row, by the deadlines of that day; CLOCK_NONE stops
 * it. */
int opinion_clock_set(struct ctx *c, struct opinion *row,
                      enum opinion_clock_kind kind,
                      struct instant at) MUST_CHECK;
/* The days of row's running clock again, from its pauses. */
int opinion_clock_days(struct ctx *c, struct opinion *row) MUST_CHECK;
/* Working days from an instant until now, without the pauses. */
int opinion_clock_used(struct ctx *c, const struct opinion *row,
                       struct instant from, int64_t *days) MUST_CHECK;
/* What a clock of row shows today. */
int opinion_clock_read(struct ctx *c, const struct opinion *row,
                       struct instant began, struct instant ended, int64_t days,
                       struct clock_reading *out) MUST_CHECK;

/* Write row, all but its state, as of row->version. */
int opinion_write(struct ctx *c, struct opinion *row,
                  const struct opinion_days *days) MUST_CHECK;

/* Count one more writing of o; ERR_CHANGED when it is of another version. */
int opinion_touch(struct ctx *c, const struct opinion *o) MUST_CHECK;

/* In the step's event: o in its new state with the clock that runs there;
 * *days: what the clock before has used. */
int opinion_move(struct ctx *c, struct opinion *o, enum opinion_step step,
                 struct opinion_days *days) MUST_CHECK;
/* And all else that a step by hand brings, in o and in other records. */
int opinion_follow(struct ctx *c, struct opinion *o,
                   const struct opinion_act *act,
                   struct opinion_days *days) MUST_CHECK;
/* What a deputy does for a citizen counts, once a matter. */
int opinion_count_duty(struct ctx *c, struct arena *a,
                       const struct opinion *o) MUST_CHECK;

/* By itself, in the caller's event: no leg of o is open any more. */
int opinion_handled(struct ctx *c, struct opinion *o) MUST_CHECK;

#endif
