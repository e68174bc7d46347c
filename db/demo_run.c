/*
 * The demo's years as they pass: what was planned, cut into single acts, in
 * the order of the clock, each by the person who would do it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/activity.h"
#include "db/code.h"
#include "db/demo_in.h"
#include "db/participant.h"

enum what {
	MAKE,
	ANSWER,
	GRANT,
	OPEN,
	SIGN,
	CLOSE,
	CANCEL,
	CONFIRM,
	ARCHIVE,
	STATION,
	OPINION,
	PROJECT
};

struct act {
	int64_t at;
	int seq; /* acts of one instant happen in the order of the plan */
	enum what what;
	int row, guest;
};

struct acts {
	struct act *all;
	int n, size;
	int64_t until;
};

static void
add(struct acts *acts, int64_t at, enum what what, int row, int guest)
{
	if (at > acts->until)
		return;
	if (acts->n == acts->size) {
		acts->size = acts->size > 0 ? acts->size * 2 : 1024;
		acts->all = xrealloc(acts->all,
		                     (size_t)acts->size * sizeof(*acts->all));
	}
	acts->all[acts->n] = (struct act){at, acts->n, what, row, guest};
	acts->n++;
}

static int
by_clock(const void *a, const void *b)
{
	const struct act *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->seq < y->seq ? -1 : 1;
}

static void
cut_guest(struct acts *acts, const struct demo_activity *r, int row, int i)
{
	const struct demo_guest *g = &r->guests[i];
	int64_t hour = 3600, answered = r->made.s + (1 + i % 20) * hour;

	if (answered >= r->starts.s - hour)
		answered = r->made.s + 60 * (i + 1);
	if (g->says_yes || g->leave || g->asks)
		add(acts, answered, ANSWER, row, i);
	if (g->leave)
		add(acts, answered + 30 * 60, GRANT, row, i);
	if (g->at.s != 0)
		add(acts, g->at.s, SIGN, row, i);
}

static void
cut(struct acts *acts, const struct demo_activity *r, int row)
{
	int64_t day = 86400, opens = r->starts.s - r->before * 60;
	int64_t shuts = r->ends.s + r->after * 60;

	add(acts, r->made.s, MAKE, row, 0);
	if (r->end == DEMO_DRAFT)
		return;
	if (r->end == DEMO_CANCELLED) {
		add(acts, r->starts.s - day / 2, CANCEL, row, 0);
		return;
	}
	for (int i = 0; i < r->n; i++)
		cut_guest(acts, r, row, i);
	add(acts, opens, OPEN, row, 0);
	add(acts, shuts + 60, CLOSE, row, 0);
	if (r->end == DEMO_LEFT)
		return;
	add(acts, shuts + day * 3 / 4, CONFIRM, row, 0);
	add(acts, shuts + 10 * day, ARCHIVE, row, 0);
}

/* --- one act --------------------------------------------------------- */

/* A context of one person: the system's rights, their name. The accounts of
 * a thousand deputies are not what a demo is about. */
static struct ctx
as(const struct demo *d, struct person_id person)
{
	struct ctx c = *d->c;

	c.me = person.v;
	return c;
}

static int
make(struct demo *d, struct demo_activity *r, int number)
{
	const struct demo_unit *u = &d->units[r->unit];
	struct ctx clerk = as(d, u->clerk);
	struct person_id *persons =
	    arena_alloc(d->page, (size_t)(r->n + 1) * sizeof(*persons));
	struct invite who = {.persons = persons};
	struct activity entry = {
	    .station = u->station,
	    .title = r->title,
	    .kind = r->kind,
	    .place = u->places[r->village],
	    .venue = demo_places[r->unit].villages[r->village],
	    .starts_at = r->starts,
	    .ends_at = r->ends,
	    .before_minutes = r->before,
	    .after_minutes = r->after,
	    .agenda = demo_agenda,
	    .minutes = "",
	    .reason = "",
	    .campaign = demo_campaign_of(d, r, number),
	};
	struct code code;
	int err;

	for (int i = 0; i < r->n; i++)
		if (!r->guests[i].walk_in)
			persons[who.person_count++] = r->guests[i].person;
	if (r->project != NULL)
		err = demo_project_visit(&clerk, r, &r->id);
	else if (demo_station_is_on_rota(d, r))
		err = demo_station_announce(d, &clerk, r, &r->id);
	else
		err = activity_add(&clerk, &entry, &who, r->end != DEMO_DRAFT,
		                   &r->id);
	if (err != OK || r->end == DEMO_DRAFT)
		return err;
	err = code_for_activity(&clerk, d->page, r->id, &code);
	if (err == OK)
		snprintf(r->code, sizeof(r->code), "%s", code.short_code);
	return err;
}

static int
answer(struct demo *d, const struct demo_activity *r, int guest)
{
	static const char *const reasons[] = {"出差", "身体不适", "单位值班",
	                                      "外出开会"};
	const struct demo_guest *g = &r->guests[guest];
	struct ctx deputy = as(d, g->person);

	if (!g->leave && !g->asks)
		return participant_answer(&deputy, r->id,
		                          PARTICIPANT_DO_SIGN_UP, "");
	return participant_answer(&deputy, r->id, PARTICIPANT_DO_ASK_LEAVE,
	                          reasons[guest % (int)COUNT(reasons)]);
}

/* The officer's turn with one guest: leave, or a walk-in. */
static int
settle(struct demo *d, const struct demo_activity *r, int guest)
{
	struct ctx deputy = as(d, r->guests[guest].person);
	struct ctx officer = as(d, d->units[r->unit].officer);
	struct participant row;
	int err = participant_mine(&deputy, d->page, r->id, &row);

	if (err != OK)
		return err;
	if (row.state == PARTICIPANT_LEAVE_ASKED)
		return participant_decide(&officer, row.id, true, "");
	if (!row.confirmed)
		return participant_confirm(&officer, row.id, true, "");
	return OK;
}

static int
confirm(struct demo *d, const struct demo_activity *r)
{
	struct ctx clerk = as(d, d->units[r->unit].clerk);
	int err = OK;

	for (int i = 0; err == OK && i < r->n; i++)
		if (r->guests[i].walk_in || r->guests[i].asks)
			err = settle(d, r, i);
	return err == OK ? activity_fire(&clerk, r->id, ACTIVITY_DO_CONFIRM, "")
	                 : err;
}

static int
sign(struct demo *d, const struct demo_activity *r, int guest)
{
	struct ctx deputy = as(d, r->guests[guest].person);
	struct check_in done;

	return participant_check_in(&deputy, d->page, r->code, &done);
}

static int
perform(struct demo *d, struct demo_activity *r, const struct act *act)
{
	struct ctx head = as(d, d->units[r->unit].head);
	struct ctx clerk = as(d, d->units[r->unit].clerk);

	switch (act->what) {
	case MAKE:
		return make(d, r, act->row);
	case ANSWER:
		return answer(d, r, act->guest);
	case GRANT:
		return settle(d, r, act->guest);
	case OPEN:
	case CLOSE:
		return activity_tick(d->c, NULL);
	case SIGN:
		return sign(d, r, act->guest);
	case CANCEL:
		return activity_fire(&clerk, r->id, ACTIVITY_DO_CANCEL,
		                     "因天气原因改期");
	case CONFIRM:
		return confirm(d, r);
	case ARCHIVE:
		return activity_fire(&head, r->id, ACTIVITY_DO_ARCHIVE, "");
	case STATION:
	case OPINION:
	case PROJECT:
		break; /* no activity's */
	}
	return OK;
}

int
demo_run(struct demo *d, struct demo_activity *rows, int n)
{
	struct acts acts = {.until = d->now.s};
	int err = OK;

	err = demo_duty_plan(d);
	for (int i = 0; i < n; i++)
		cut(&acts, &rows[i], i);
	for (int i = 0; i < DEMO_STATION_ACTS; i++)
		add(&acts, demo_station_at(d, i), STATION, i, 0);
	for (int i = 0; i < demo_opinion_turns(d); i++)
		add(&acts, demo_opinion_at(d, i), OPINION, i, 0);
	for (int i = 0; i < demo_project_turns(d); i++)
		add(&acts, demo_project_at(d, i), PROJECT, i, 0);
	if (acts.n > 0)
		qsort(acts.all, (size_t)acts.n, sizeof(*acts.all), by_clock);
	for (int i = 0; err == OK && i < acts.n; i++) {
		const struct act *act = &acts.all[i];

		err = demo_duty_until(d, act->at);
		if (err == OK)
			err = demo_law_until(d, act->at);
		if (err != OK)
			break;
		d->c->stopped.s = act->at;
		if (act->what == STATION)
			err = demo_station_do(d, act->row);
		else if (act->what == OPINION)
			err = demo_opinion_do(d, act->row);
		else if (act->what == PROJECT)
			err = demo_project_do(d, act->row);
		else
			err = perform(d, &rows[act->row], act);
		arena_reset(d->page);
		if (d->progress != NULL && i % (acts.n / 200 + 1) == 0)
			d->progress(d->progress_data,
			            20 + (int)((int64_t)i * 980 / acts.n));
	}
	if (err == OK)
		err = demo_duty_until(d, d->now.s);
	if (err == OK)
		err = demo_law_until(d, d->now.s);
	free(acts.all);
	return err;
}
