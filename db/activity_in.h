/* What db/activity*.c, participant.c and code.c share with each other and
 * with nobody else. */
#ifndef DB_ACTIVITY_IN_H
#define DB_ACTIVITY_IN_H

#include "db/activity.h"

extern const struct entity entity_activity_subject;

/* The sign-in window: first and last instant. */
struct instant activity_opens_at(const struct activity *row);
struct instant activity_shuts_at(const struct activity *row);

/* The kind of duty that a kind of activity counts as. In a. */
int activity_duty(struct ctx *c, struct arena *a, const char *kind,
                  const char **duty) MUST_CHECK;

/* The acting hat's station: its own, or its unit's; 0: none. */
struct station_id activity_own_station(struct ctx *c);

/* Move the window of an activity's code, in the caller's event. */
int code_move_activity(struct ctx *c, struct activity_id id,
                       struct instant from, struct instant to) MUST_CHECK;

/* From now on it changes on the screen, or no longer; in the caller's event. */
int code_turn_activity(struct ctx *c, struct activity_id id,
                       bool rotates) MUST_CHECK;

/* The system itself at the clock and with the listeners of c. */
void ctx_as_system(const struct ctx *c, struct ctx *system);

#endif
