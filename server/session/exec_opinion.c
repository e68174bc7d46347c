/* Commands about opinions: the list, one of them, finding, writing one down
 * and which verb does what. */
#include "server/session/exec_opinion.h"

#include <inttypes.h>
#include <string.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/search.h"

static const char *const lights[] = {"none", "green", "yellow", "red"};

/* --- lists --------------------------------------------------------------- */

/* What is waited for is the citizen, whom no light urges. */
static enum light
light_of_line(struct exec *x, const struct opinion_line *r)
{
	if (r->clock == CLOCK_NONE || r->clock == CLOCK_RATING ||
	    r->paused_at.s != 0)
		return LIGHT_NONE;
	return light_of(r->warn_on, r->due_on, ctx_today(x->c));
}

static const char *
due_text(struct exec *x, enum light light, struct day due)
{
	if (light == LIGHT_NONE)
		return "";
	return arena_printf(x->a, "%s%s", light == LIGHT_RED ? "!" : "",
	                    day_show(x->a, due, ctx_today(x->c)));
}

static void
set_due(struct json *j, enum light light, struct day due)
{
	char text[11];

	json_set_text(j, "light", lights[light]);
	if (light == LIGHT_NONE) {
		json_set_null(j, "due_on");
		return;
	}
	day_format(due, text);
	json_set_text(j, "due_on", text);
}

static void
line_text(struct exec *x, const void *row)
{
	const struct opinion_line *r = row;

	buf_addf(&x->out, "%6" PRId64 "  %s  %s  %s  %s  %s\n", r->id.v,
	         instant_show(x->a, r->received_at, ctx_today(x->c)),
	         text_pad(x->a, r->subject, 32, false),
	         text_pad(x->a, r->unit_name, 10, false),
	         text_pad(x->a, _(opinion_states[r->state].label), 10, false),
	         due_text(x, light_of_line(x, r), r->due_on));
}

static struct json *
line_json(struct exec *x, const void *row)
{
	const struct opinion_line *r = row;
	struct json *j = json_new_object();

	json_set_int(j, "number", r->id.v);
	json_set_text(j, "subject", r->subject);
	json_set_text(j, "unit", r->unit_name);
	json_set_text(j, "place", r->venue);
	json_set_text(j, "category", r->category);
	json_set_text(j, "received_at", instant_iso(x->a, r->received_at));
	json_set_text(j, "source", opinion_sources[r->source].name);
	json_set_text(j, "state", opinion_states[r->state].name);
	json_set_text(j, "result", opinion_results[r->result].name);
	json_set_text(j, "rating", opinion_ratings[r->rating].name);
	json_set_int(j, "senders", r->senders);
	json_set_bool(j, "urgent", r->urgent);
	set_due(j, light_of_line(x, r), r->due_on);
	return j;
}

int
command_rows(struct exec *x, const struct list_spec *spec,
             const struct list_query *query, int limit)
{
	static const struct exec_list how = {"opinions", line_text, line_json};

	return exec_list(x, &how, spec, query, limit);
}

/* An office's: what was sent to it. */
static struct json *
item_json(struct exec *x, const struct leg_item *r, enum light light)
{
	struct json *j = json_new_object();

	json_set_int(j, "number", r->opinion.v);
	json_set_text(j, "subject", r->subject);
	json_set_text(j, "unit", r->unit_name);
	json_set_text(j, "sent_at", instant_iso(x->a, r->sent_at));
	json_set_text(j, "state", leg_states[r->state].name);
	json_set_bool(j, "urgent", r->urgent);
	set_due(j, light, r->due_on);
	return j;
}

static int
office_rows(struct exec *x, const struct list_query *query, int limit)
{
	struct json *root, *list = json_new_array();
	const struct leg_item *rows;
	struct list_page page;
	int err = list_fetch(x->c, x->a, &opinion_leg_list, query, LIST_FIRST,
	                     NULL, limit, &page);

	rows = page.rows;
	for (int i = 0; err == OK && i < page.n; i++) {
		const struct leg_item *r = &rows[i];
		enum light light =
		    r->paused_at.s != 0
			? LIGHT_NONE
			: light_of(r->warn_on, r->due_on, ctx_today(x->c));

		json_add(list, item_json(x, r, light));
		if (x->json)
			continue;
		buf_addf(
		    &x->out, "%6" PRId64 "  %s  %s  %s  %s  %s\n", r->opinion.v,
		    instant_show(x->a, r->sent_at, ctx_today(x->c)),
		    text_pad(x->a, r->subject, 32, false),
		    text_pad(x->a, r->unit_name, 10, false),
		    text_pad(x->a, _(leg_states[r->state].label), 10, false),
		    due_text(x, light, r->due_on));
	}
	root = json_new_object();
	json_set(root, "opinions", list);
	json_set_bool(root, "more", err == OK && page.more);
	if (err == OK && x->json)
		exec_json(x, root);
	else
		json_free(root);
	return err;
}

/* The states of legs are an office's own. */
static int
list_of_office(struct exec *x, const struct given *g)
{
	struct list_query query = {.order = LEG_BY_DUE};
	int limit, err = given_limit(g, &limit);

	if (err != OK || g->hot || g->overdue || g->category != NULL ||
	    g->unit != NULL || g->month != NULL ||
	    (g->state != NULL && enum_index(leg_states, g->state) < 0))
		return ERR_USAGE;
	if (g->open || g->mine)
		list_where(&query, LEG_LIST_OPEN, 1, NULL);
	if (g->state != NULL)
		list_where(&query, LEG_LIST_STATE, 0, g->state);
	return office_rows(x, &query, limit);
}

static int
make_query(struct exec *x, const struct given *g, const struct list_spec **spec,
           struct list_query *q)
{
	struct unit_id unit;
	int64_t month;
	int err;

	if (g->state != NULL && enum_index(opinion_states, g->state) < 0)
		return ERR_USAGE;
	*q = (struct list_query){.order = 0};
	*spec = &opinion_list;
	if (g->open || g->overdue || g->mine)
		*spec = &opinion_inbox;
	else if (g->hot)
		*spec = &opinion_hot;
	if (g->overdue)
		list_where(q, OPINION_LIST_OVERDUE, 1, NULL);
	if (g->mine)
		list_where(q,
		           x->c->scope == SCOPE_SELF ? OPINION_LIST_MY_TURN
		                                     : OPINION_LIST_TURN,
		           1, NULL);
	if (g->state != NULL)
		list_where(q, OPINION_LIST_STATE, 0, g->state);
	if (g->category != NULL)
		list_where(q, OPINION_LIST_CATEGORY, 0, g->category);
	if (g->month != NULL) {
		err = given_month(g->month, &month);
		if (err != OK)
			return err;
		list_where(q, OPINION_LIST_MONTH, month, NULL);
	}
	if (g->unit == NULL)
		return OK;
	err = given_unit(x, g->unit, &unit);
	if (err == OK)
		list_where(q, OPINION_LIST_UNIT, unit.v, NULL);
	return err;
}

int
exec_opinions(struct exec *x)
{
	const struct list_spec *spec;
	struct list_query query;
	struct given g;
	int limit, err = given_read(x, 0, &g);

	if (err == OK && g.n > 0)
		err = ERR_USAGE;
	if (err == OK)
		err = activity_tick(x->c, NULL);
	if (err == OK && x->c->scope == SCOPE_ASSIGNED)
		return list_of_office(x, &g);
	if (err == OK)
		err = given_limit(&g, &limit);
	if (err == OK)
		err = make_query(x, &g, &spec, &query);
	return err == OK ? command_rows(x, spec, &query, limit) : err;
}

/* In any text of an opinion. */
int
command_find(struct exec *x, const struct given *g)
{
	return exec_find_in(x, search_kind_named("opinions"), g->words, g->n);
}

/* --- after something was done -------------------------------------------- */

int
command_faults(struct exec *x, int err)
{
	for (int i = 0; err == ERR_INVALID && i < x->c->fault_count; i++)
		exec_say(x, "%s", _(x->c->faults[i].text));
	return err;
}

int
command_done(struct exec *x, struct opinion_id id)
{
	struct opinion now;
	struct json *j;
	int err = opinion_get(x->c, x->a, id, &now);

	if (err != OK)
		return err == ERR_NOT_FOUND ? OK : err;
	if (!x->json) {
		buf_addf(&x->out, "%" PRId64 "  %s\n", id.v,
		         _(opinion_states[now.state].label));
		return OK;
	}
	j = json_new_object();
	json_set_int(j, "number", id.v);
	json_set_text(j, "state", opinion_states[now.state].name);
	exec_json(x, j);
	return OK;
}

/* --- writing one down ---------------------------------------------------- */

int
command_enter(struct exec *x, const struct given *g)
{
	char secret[OPINION_SECRET + 1] = "";
	struct opinion entry;
	struct opinion_id id;
	struct json *j;
	int err;

	opinion_default(x->c, &entry);
	err = g->n > 0 ? given_text(x, g, 0, &entry.body)
	               : given_text(x, &(struct given){.words = {"-"}, .n = 1},
	                            0, &entry.body);
	if (err == OK && g->unit != NULL)
		err = given_unit(x, g->unit, &entry.unit);
	if (err != OK)
		return err;
	entry.subject = g->subject != NULL ? g->subject : "";
	entry.category = g->category != NULL ? g->category : "";
	entry.venue = g->place != NULL ? g->place : "";
	entry.sender = g->sender != NULL ? g->sender : "";
	entry.urgent = g->urgent;
	err = command_faults(x, opinion_add(x->c, &entry, false, secret, &id));
	if (err != OK)
		return err;
	if (!x->json) {
		buf_addf(&x->out, _("%lld  secret %s, told once\n"),
		         (long long)id.v, secret);
		return OK;
	}
	j = json_new_object();
	json_set_int(j, "number", id.v);
	json_set_text(j, "secret", secret);
	exec_json(x, j);
	return OK;
}

/* --- verbs --------------------------------------------------------------- */

int
exec_opinion(struct exec *x)
{
	static const struct {
		const char *word;
		int (*run)(struct exec *x, const struct given *g);
	} verbs[] = {
	    {"show", command_show},       {"find", command_find},
	    {"file", command_file},       {"add", command_enter},
	    {"stats", command_count},     {"rate", command_judge},
	    {"contact", command_contact},
	};
	struct given g;
	int err = x->count > 0 ? given_read(x, 1, &g) : ERR_USAGE;

	if (err == OK)
		err = activity_tick(x->c, NULL);
	if (err != OK)
		return err;
	for (size_t i = 0; i < COUNT(verbs); i++)
		if (strcmp(verbs[i].word, x->words[0]) == 0)
			return verbs[i].run(x, &g);
	return command_step(x, x->words[0], &g);
}
