/* By when something is due: the table of deadlines and the calendar asked
 * together (db/rule.h), as the clocks of db/opinion_clock.h read them. */
#ifndef DB_DEADLINE_H
#define DB_DEADLINE_H

#include "db/base/clock.h"
#include "db/store/ctx.h"

/* So many working days the table says, as it was on a day.
 * ERR_NOT_FOUND: it has no such deadline. */
int deadline_days(struct ctx *c, const char *name, struct day on,
                  int64_t *days) MUST_CHECK;

/* Of a clock that began on a day and never stood: yellow from *warn, red
 * after *due. Errors: as deadline_days. */
int deadline_of(struct ctx *c, const char *name, struct day began,
                struct day *warn, struct day *due) MUST_CHECK;

#endif
