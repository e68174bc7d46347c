/*
 * What people raise at a reception: opinions whose source is the meeting and
 * whose activity is the reception. They take the course of any opinion; the
 * list is opinion_list with OPINION_LIST_ACTIVITY.
 */
#ifndef DB_MATTER_H
#define DB_MATTER_H

#include "db/opinion.h"

/* How many were raised at an activity that the caller has read. */
int matter_count(struct ctx *c, struct activity_id activity,
                 int64_t *n) MUST_CHECK;

/* Note one, from activity, body, sender, venue; while or after the reception
 * is held, until it is archived. Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STATE
 * (not held, archived, no reception), ERR_INVALID; as opinion_add. */
int matter_add(struct ctx *c, const struct opinion *entry,
               struct opinion_id *id) MUST_CHECK;

#endif
