/*
 * What the groups of a chat are still to hear: a line for each step of a
 * matter that was raised there, written in the step's own transaction. A line
 * whose step is struck out before is never told. Source: domain.md, Robot.
 */
#ifndef DB_OUTBOX_H
#define DB_OUTBOX_H

#include "db/opinion_leg.h"

enum { OUTBOX_TOLD = 5 }; /* lines that one answer takes along */

/* In the step's event, o as it is afterwards: a line for each group in which
 * it was raised, for steps that a group hears of. words: what was said with
 * the step; they are kept only when the citizen was told them. */
int outbox_step(struct ctx *c, const struct opinion *o, enum opinion_step step,
                const char *words) MUST_CHECK;
/* The same for a step of the leg at organ. */
int outbox_leg(struct ctx *c, const struct opinion *o, enum leg_step step,
               struct organ_id organ) MUST_CHECK;

/*
 * In the event that answers in that group: the newest OUTBOX_TOLD lines that
 * were waiting when the event began, oldest first, in the current language,
 * *text in a; "" none. All that waited, older ones too, counts as told, and
 * so does what this event itself did: its answer says it.
 */
int outbox_tell(struct ctx *c, struct arena *a, const char *target,
                const char **text) MUST_CHECK;

#endif
