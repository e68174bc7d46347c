/*
 * State steps. Only fsm_fire writes a state column: it looks the edge up in
 * the entity's table, checks the permission, and moves the row in one
 * UPDATE that also demands the old state and the acting hat's scope.
 */
#ifndef DB_STORE_FSM_H
#define DB_STORE_FSM_H

#include "db/store/ctx.h"

/* Fire step on for row id, inside an event. *to (may be NULL): the new
 * state. Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STATE (no such edge, or
 * somebody was quicker). */
int fsm_fire(struct ctx *c, const struct entity *e, int64_t id, int on,
             int *to) MUST_CHECK;

/* The edge from state by step on, or NULL. */
const struct edge *fsm_edge(const struct entity *e, int from, int on);

/* Steps the acting person may take from state, in table order: what F2
 * offers. Returns how many of max were put into on[]. */
int fsm_offers(const struct ctx *c, const struct entity *e, int from, int *on,
               int max);

#endif
