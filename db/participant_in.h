/* What db/participant.c and db/check_in.c share. */
#ifndef DB_PARTICIPANT_IN_H
#define DB_PARTICIPANT_IN_H

#include "db/activity.h"
#include "db/participant.h"

enum participant_sql {
	PARTICIPANT_SQL_GET,
	PARTICIPANT_SQL_OF,
	PARTICIPANT_SQL_MINE,
	PARTICIPANT_SQL_BY_LEVEL,
	PARTICIPANT_SQL_BY_GROUP,
	PARTICIPANT_SQL_MANDATE,
	PARTICIPANT_SQL_ADD,
	PARTICIPANT_SQL_RECORD,
	PARTICIPANT_SQL_IS_ON,
	PARTICIPANT_SQL_DROP,
	PARTICIPANT_SQL_REASON,
	PARTICIPANT_SQL_SIGNED,
	PARTICIPANT_SQL_CONFIRM,
	PARTICIPANT_SQL_SUBJECTS,
	PARTICIPANT_SQL_EVENTS,
	PARTICIPANT_SQL_COUNT
};

extern const struct field participant_fields[];

/* A person's place on a roll, whoever asks: signing in may be by somebody
 * who does not see it yet. */
int participant_of(struct ctx *c, struct arena *a, struct activity_id activity,
                   struct person_id person, struct participant *out) MUST_CHECK;

/* Put one person on the roll, in the caller's event. */
int participant_add(struct ctx *c, const struct activity *activity,
                    struct person_id person, struct mandate_id mandate,
                    bool walk_in, bool confirmed,
                    struct participant_id *id) MUST_CHECK;

/* A participant and its activity, both in scope. */
int participant_open(struct ctx *c, struct arena *a, struct participant_id id,
                     struct participant *row,
                     struct activity *activity) MUST_CHECK;

int participant_reason_check(struct ctx *c, const char *reason,
                             bool required) MUST_CHECK;
int participant_set_reason(struct ctx *c, struct participant_id id,
                           const char *reason) MUST_CHECK;

#endif
