/* State steps carried out from an entity's tables. */
#include "db/store/fsm.h"

#include "db/store/inner.h"

const struct edge *
fsm_edge(const struct entity *e, int from, int on)
{
	for (int i = 0; i < e->edge_count; i++)
		if (e->edges[i].from == from && e->edges[i].on == on)
			return &e->edges[i];
	return NULL;
}

int
fsm_offers(const struct ctx *c, const struct entity *e, int from, int *on,
           int max)
{
	int n = 0;

	for (int i = 0; i < e->edge_count && n < max; i++)
		if (e->edges[i].from == from && may(c, e->edges[i].perm))
			on[n++] = e->edges[i].on;
	return n;
}

/* The texts of all entities have one form; made once, so that the cache can
 * go by address. */
static const char *
named(char **text, const struct entity *e, const char *form)
{
	struct buf b = BUF_INIT;

	if (*text != NULL)
		return *text;
	for (; *form != '\0'; form++)
		if (*form == '$')
			buf_add(&b, e->name);
		else
			buf_addc(&b, *form);
	*text = buf_take(&b);
	return *text;
}

static int
read_state(struct ctx *c, const struct entity *e, int64_t id, int *state)
{
	const char *text =
	    named(&c->store->tables[e->kind].state_sql, e,
	          "SELECT state FROM $ WHERE id = :id AND @scope");
	struct stmt *q = ctx_sql(c, e, text);
	bool found;
	int err;

	bind_int(q, ":id", id);
	found = stmt_next(q);
	if (found)
		*state = enum_index(e->states, col_text(q, 0));
	err = stmt_end(q);
	if (err != OK)
		return err;
	return found ? OK : ERR_NOT_FOUND;
}

static int
move(struct ctx *c, const struct entity *e, int64_t id, const struct edge *edge)
{
	const char *text =
	    named(&c->store->tables[e->kind].step_sql, e,
	          "UPDATE $ SET state = :to"
	          " WHERE id = :id AND state = :from AND @scope");
	struct stmt *q = ctx_sql(c, e, text);
	int64_t changed;
	int err;

	bind_int(q, ":id", id);
	bind_text(q, ":from", e->states[edge->from].name);
	bind_text(q, ":to", e->states[edge->to].name);
	err = stmt_run(q, &changed);
	if (err != OK)
		return err;
	return changed == 1 ? OK : ERR_STATE;
}

int
fsm_fire(struct ctx *c, const struct entity *e, int64_t id, int on, int *to)
{
	const struct edge *edge;
	int from, err;

	err = read_state(c, e, id, &from);
	if (err != OK)
		return err;
	edge = fsm_edge(e, from, on);
	if (edge == NULL || from < 0)
		return ERR_STATE;
	if (!may(c, edge->perm))
		return ERR_DENIED;
	err = move(c, e, id, edge);
	if (err == OK && to != NULL)
		*to = edge->to;
	return err;
}
