/* The JSON of one project. */
#include "server/session/exec_project.h"

static void
set_time(struct exec *x, struct json *j, const char *name, struct instant at)
{
	if (at.s == 0)
		json_set_null(j, name);
	else
		json_set_text(j, name, instant_iso(x->a, at));
}

struct json *
project_months_json(struct exec *x, const struct project_month *rows, int n)
{
	struct json *list = json_new_array();

	for (int i = 0; i < n; i++) {
		struct json *j = json_new_object();

		json_set_text(j, "month", project_month_text(x, rows[i].month));
		json_set_int(j, "planned", rows[i].planned);
		if (rows[i].done < 0)
			json_set_null(j, "done");
		else
			json_set_int(j, "done", rows[i].done);
		json_add(list, j);
	}
	return list;
}

static struct json *
milestones_json(const struct project_shown *s)
{
	struct json *list = json_new_array();

	for (int i = 0; i < s->milestone_count; i++) {
		const struct project_milestone *m = &s->milestones[i];
		struct json *j = json_new_object();

		json_set_int(j, "position", m->position);
		json_set_text(j, "title", m->title);
		json_set_int(j, "weight", m->weight);
		project_set_day(j, "due_on", m->due_on);
		project_set_day(j, "done_on", m->done_on);
		json_add(list, j);
	}
	return list;
}

static struct json *
reports_json(struct exec *x, const struct project_shown *s)
{
	struct json *list = json_new_array();

	for (int i = 0; i < s->report_count; i++) {
		const struct project_report *r = &s->reports[i];
		struct json *j = json_new_object();

		json_set_text(j, "month", project_month_text(x, r->month));
		json_set_int(j, "planned", r->planned);
		json_set_int(j, "done", r->done);
		json_set_int(j, "spent", r->spent);
		json_set_text(j, "words", r->words);
		json_set_text(j, "next", r->next);
		set_time(x, j, "at", r->at);
		json_add(list, j);
	}
	return list;
}

static struct json *
changes_json(struct exec *x, const struct project_shown *s)
{
	struct json *list = json_new_array();

	for (int i = 0; i < s->change_count; i++) {
		const struct project_change *r = &s->changes[i];
		struct json *j = json_new_object();

		json_set_text(j, "kind", change_kinds[r->kind].name);
		json_set_text(j, "state", change_states[r->state].name);
		json_set_text(j, "words", r->words);
		json_set_text(j, "decision", r->decision);
		if (r->kind == CHANGE_BUDGET)
			json_set_int(j, "budget", r->budget);
		if (r->kind == CHANGE_TIME)
			project_set_day(j, "ends_on", r->ends_on);
		set_time(x, j, "asked_at", r->asked_at);
		set_time(x, j, "decided_at", r->decided_at);
		json_add(list, j);
	}
	return list;
}

static struct json *
said_json(struct exec *x, const struct project_shown *s)
{
	struct json *list = json_new_array();

	for (int i = 0; i < s->said_count; i++) {
		struct json *j = json_new_object();

		json_set_text(j, "kind",
		              project_note_kinds[s->said[i].kind].name);
		json_set_text(j, "name", s->said[i].name);
		json_set_text(j, "words", s->said[i].words);
		set_time(x, j, "at", s->said[i].at);
		json_add(list, j);
	}
	return list;
}

static struct json *
ballots_json(struct exec *x, const struct project_shown *s)
{
	struct json *list = json_new_array();

	for (int i = 0; i < s->ballot_count; i++) {
		const struct ballot_of_project *b = &s->ballots[i];
		struct json *j = json_new_object();

		json_set_int(j, "number", b->id.v);
		json_set_text(j, "title", b->title);
		json_set_text(j, "body", ballot_bodies[b->body].name);
		json_set_text(j, "state", ballot_states[b->state].name);
		set_time(x, j, "closed_at", b->closed_at);
		if (ballot_is_counted(b->ballot_outcome)) {
			json_set_int(j, "for", b->yes);
			json_set_int(j, "against", b->no);
			json_set_int(j, "neither", b->abstain);
			json_set_text(j, "outcome",
			              option_outcomes[b->outcome].name);
		}
		json_add(list, j);
	}
	return list;
}

static struct json *
counts_json(int64_t satisfied, int64_t basic, int64_t dissatisfied)
{
	struct json *j = json_new_object();

	json_set_int(j, "satisfied", satisfied);
	json_set_int(j, "basic", basic);
	json_set_int(j, "dissatisfied", dissatisfied);
	return j;
}

static void
plan_json(struct exec *x, struct json *j, const struct project *p)
{
	json_set_int(j, "budget", p->budget);
	json_set_int(j, "spent", p->spent);
	json_set_int(j, "done", p->done);
	json_set_text(j, "leader", p->leader);
	json_set_text(j, "light",
	              project_light_name(x, p->state, p->warn_on, p->due_on));
	project_set_day(j, "starts_on", p->starts_on);
	project_set_day(j, "ends_on", p->ends_on);
	project_set_day(j, "due_on", p->due_on);
	set_time(x, j, "proposed_at", p->proposed_at);
	set_time(x, j, "selected_at", p->selected_at);
	set_time(x, j, "claimed_at", p->claimed_at);
	set_time(x, j, "inspected_at", p->inspected_at);
	set_time(x, j, "rated_at", p->rated_at);
	set_time(x, j, "ended_at", p->ended_at);
}

void
project_show_json(struct exec *x, const struct project_shown *s)
{
	const struct project_page *g = &s->page;
	const struct project *p = &g->row;
	struct json *j = json_new_object();

	json_set_int(j, "number", p->id.v);
	json_set_text(j, "title", p->title);
	json_set_text(j, "words", p->body);
	json_set_text(j, "unit", g->unit_name);
	json_set_text(j, "state", project_states[p->state].name);
	json_set_text(j, "reason", p->reason);
	json_set_text(j, "source", project_sources[p->source].name);
	json_set_text(j, "proposed_by",
	              *p->proposed_by != '\0' ? p->proposed_by
	                                      : g->proposer_name);
	json_set_text(j, "reserve", p->reserve);
	json_set_text(j, "category", p->category);
	json_set_text(j, "place", p->venue);
	json_set_int(j, "year", p->year);
	json_set_int(j, "proposals", p->proposals);
	json_set_text(j, "lead", g->lead_name);
	json_set_bool(j, "published", p->published);
	if (p->merged.v != 0)
		json_set_int(j, "merged_into", p->merged.v);
	if (g->opinion.v != 0)
		json_set_int(j, "opinion", g->opinion.v);
	plan_json(x, j, p);
	json_set(j, "ballots", ballots_json(x, s));
	json_set(j, "milestones", milestones_json(s));
	json_set(j, "months",
	         project_months_json(x, s->months, s->month_count));
	json_set(j, "reports", reports_json(x, s));
	json_set(j, "changes", changes_json(x, s));
	json_set(j, "said", said_json(x, s));
	json_set(j, "ratings",
	         counts_json(g->satisfied, g->basic, g->dissatisfied));
	json_set(j, "public_ratings",
	         counts_json(g->public_satisfied, g->public_basic,
	                     g->public_dissatisfied));
	json_set_int(j, "team", g->team);
	json_set_int(j, "visits", g->visits);
	json_set_int(j, "tasks", g->tasks);
	exec_json(x, j);
}
