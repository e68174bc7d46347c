/*
 * Who may do what with an opinion, in every state: each step and each step of
 * a leg by every account of two units, against tables written from domain.md
 * (application 4) that share nothing with db/opinion.c. What is refused
 * changes nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "db/account.h"
#include "db/opinion_leg.h"
#include "db/organ.h"
#include "tests/unit/fixture_opinion.h"

/* --- who ---------------------------------------------------------------- */

enum {
	OFFICER = 1 << 0,
	HEAD = 1 << 1,
	VICE = 1 << 2,
	STAFF = 1 << 3,
	COUNTY = 1 << 4,
	OWNER = 1 << 5,  /* the deputy it came to */
	OFFICE = 1 << 6, /* it was sent to */
	LEADER = 1 << 7,
	OTHERS = 1 << 8, /* may never do anything */
	NOBODY = 0,
	HEADS = HEAD | VICE | COUNTY,
	OFFICERS = OFFICER | STAFF | HEADS,
};

static const struct {
	const char *account;
	unsigned is;
} people[] = {
    {"officer", OFFICER}, {"station", HEAD},   {"vice", VICE},
    {"town", STAFF},      {"county", COUNTY},  {"deputy", OWNER},
    {"office", OFFICE},   {"leader", LEADER},  {"colleague", OTHERS},
    {"admin", OTHERS},    {"auditor", OTHERS}, {"officer2", OTHERS},
    {"station2", OTHERS}, {"town2", OTHERS},   {"deputy2", OTHERS},
    {"office2", OTHERS},
};

/* --- what, from domain.md ------------------------------------------------ */

/* Of every other pair of state and step: nobody. OWNER counts for what came
 * to the deputy. */
static const struct {
	int state, step;
	unsigned who;
	int to;
} rules[] = {
    {OPINION_HELD, OPINION_DO_RELEASE, OFFICERS, OPINION_NEW},
    {OPINION_HELD, OPINION_DO_DISCARD, OFFICERS, OPINION_DISCARDED},
    {OPINION_NEW, OPINION_DO_TAKE, OFFICERS | OWNER, OPINION_TRIAGE},
    {OPINION_TRIAGE, OPINION_DO_ANSWER, OFFICERS | OWNER, OPINION_FEEDBACK},
    {OPINION_TRIAGE, OPINION_DO_REFUSE, HEADS, OPINION_FEEDBACK},
    {OPINION_TRIAGE, OPINION_DO_MERGE, OFFICERS, OPINION_MERGED},
    {OPINION_TRIAGE, OPINION_DO_CONVERT, OFFICERS | OWNER, OPINION_CONVERTED},
    {OPINION_TRIAGE, OPINION_DO_ROUTE, OFFICERS | OWNER, OPINION_HANDLING},
    {OPINION_CONVERTED, OPINION_DO_CONVERTED, OFFICERS | OWNER,
     OPINION_FEEDBACK},
    /* to one more office */
    {OPINION_HANDLING, OPINION_DO_ROUTE, OFFICERS | OWNER, OPINION_HANDLING},
    {OPINION_FEEDBACK, OPINION_DO_TELL, OFFICERS | OWNER, OPINION_AWAITING},
    {OPINION_AWAITING, OPINION_DO_SATISFIED, OFFICERS, OPINION_CLOSED},
    {OPINION_AWAITING, OPINION_DO_BASIC, OFFICERS, OPINION_CLOSED},
    {OPINION_AWAITING, OPINION_DO_DISSATISFIED, OFFICERS, OPINION_AGAIN},
    {OPINION_AGAIN, OPINION_DO_ANSWER, OFFICERS | OWNER, OPINION_FEEDBACK},
    {OPINION_AGAIN, OPINION_DO_ROUTE, OFFICERS | OWNER, OPINION_HANDLING},
    {OPINION_ESCALATED, OPINION_DO_SUPERVISE, HEADS, OPINION_FEEDBACK},
    {OPINION_ESCALATED, OPINION_DO_ROUTE, HEADS, OPINION_HANDLING},
    {OPINION_ESCALATED, OPINION_DO_END, HEADS, OPINION_CLOSED},
};

/* The accompanying deputy tells the citizen, else the officers do. */
static unsigned
who_may(int state, int step, bool own, int *to)
{
	for (size_t i = 0; i < COUNT(rules); i++) {
		unsigned who = rules[i].who;

		if (rules[i].state != state || rules[i].step != step)
			continue;
		*to = rules[i].to;
		if (step == OPINION_DO_TELL)
			who = own ? OWNER : OFFICERS;
		return own ? who : who & ~(unsigned)OWNER;
	}
	return NOBODY;
}

/* Who sees it at all: the deputy what came to them, an office what it was
 * sent. */
static bool
sees(unsigned who, bool own, bool sent)
{
	return (who & (OFFICERS | LEADER)) != 0 || (own && who == OWNER) ||
	       (sent && who == OFFICE);
}

/* --- the way to a state -------------------------------------------------- */

struct scene {
	struct opinions *w;
	struct opinion_id into; /* an open one to merge into */
	struct organ_id second; /* another office of the town */
};

#define YES(call) assert_int_equal((call), OK)

static struct opinion_id
receive(struct scene *s, bool own, bool held)
{
	struct opinion entry;
	struct opinion_id id;
	struct ctx c;

	ctx_of(s->w, own ? "deputy" : "officer", &c);
	opinion_default(&c, &entry);
	entry.body = "路灯不亮";
	YES(opinion_add(&c, &entry, held, NULL, &id));
	return id;
}

static int
try(struct scene *s, const char *who, struct opinion_id id, int step)
{
	struct opinion_act given = {
	    .step = (enum opinion_step)step,
	    .words = "已处理",
	    .reason = "已说明",
	    .title = "建议",
	    .result = RESULT_SOLVED,
	    .path = PATH_EXPRESS,
	    .offices = {s->w->office},
	    .office_count = 1,
	    .into = s->into,
	};
	struct opinion row = opinion_now(s->w, id);

	if (row.state == OPINION_HANDLING)
		given.offices[0] = s->second;
	switch (step) {
	case OPINION_DO_SATISFIED:
		return rate(s->w, who, id, RATING_SATISFIED);
	case OPINION_DO_BASIC:
		return rate(s->w, who, id, RATING_BASIC);
	case OPINION_DO_DISSATISFIED:
		return rate(s->w, who, id, RATING_DISSATISFIED);
	default:
		return act_with(s->w, who, id, given);
	}
}

static void
answer_and_tell(struct scene *s, struct opinion_id id, bool own, bool tell)
{
	const char *who = own ? "deputy" : "officer";

	YES(try(s, who, id, OPINION_DO_ANSWER));
	if (tell)
		YES(try(s, who, id, OPINION_DO_TELL));
}

static struct opinion_id
in_state(struct scene *s, int state, bool own)
{
	const char *who = own ? "deputy" : "officer";
	struct opinion_id id = receive(
	    s, own, state == OPINION_HELD || state == OPINION_DISCARDED);

	if (state == OPINION_DISCARDED)
		YES(try(s, "officer", id, OPINION_DO_DISCARD));
	if (state == OPINION_HELD || state == OPINION_DISCARDED ||
	    state == OPINION_NEW)
		return id;
	YES(try(s, who, id, OPINION_DO_TAKE));
	if (state == OPINION_HANDLING)
		YES(try(s, who, id, OPINION_DO_ROUTE));
	if (state == OPINION_MERGED)
		YES(try(s, "officer", id, OPINION_DO_MERGE));
	if (state == OPINION_CONVERTED)
		YES(try(s, who, id, OPINION_DO_CONVERT));
	if (state == OPINION_TRIAGE || state == OPINION_HANDLING ||
	    state == OPINION_MERGED || state == OPINION_CONVERTED)
		return id;
	answer_and_tell(s, id, own, state != OPINION_FEEDBACK);
	if (state == OPINION_CLOSED)
		YES(rate(s->w, "officer", id, RATING_BASIC));
	if (state != OPINION_AGAIN && state != OPINION_ESCALATED)
		return id;
	YES(rate(s->w, "officer", id, RATING_DISSATISFIED));
	if (state == OPINION_ESCALATED) {
		answer_and_tell(s, id, own, true);
		YES(rate(s->w, "officer", id, RATING_DISSATISFIED));
	}
	return id;
}

/* --- each by each --------------------------------------------------------- */

static const char *
named(bool own, const char *state, const char *step, size_t who)
{
	static char text[128];

	snprintf(text, sizeof(text), "%s %s: %s by %s",
	         own ? "a deputy's" : "an officers'", state, step,
	         people[who].account);
	return text;
}

static bool
is_refusal(int err, bool seen)
{
	return err == ERR_DENIED || (err == ERR_STATE && seen) ||
	       (err == ERR_NOT_FOUND && !seen);
}

static void
try_allowed(struct scene *s, int state, int step, bool own, size_t who, int to)
{
	struct opinion_id id = in_state(s, state, own);
	int err;

	assert_int_equal(opinion_now(s->w, id).state, state);
	err = try(s, people[who].account, id, step);
	if (err != OK || opinion_now(s->w, id).state != to)
		fail_msg("%s: %s",
		         named(own, opinion_states[state].name,
		               entity_opinion.steps[step].name, who),
		         err_name(err));
}

static void
try_refused(struct scene *s, struct opinion_id id, int step, bool own,
            size_t who)
{
	int state = opinion_now(s->w, id).state;
	int64_t audits = org_audits(s->w->o);
	int err = try(s, people[who].account, id, step);
	bool seen = sees(people[who].is, own, state == OPINION_HANDLING);

	if (!is_refusal(err, seen) || org_audits(s->w->o) != audits)
		fail_msg("%s: %s",
		         named(own, opinion_states[state].name,
		               entity_opinion.steps[step].name, who),
		         err_name(err));
}

static void
try_state(struct scene *s, int state, bool own)
{
	struct opinion_id id = in_state(s, state, own);
	struct arena *a = arena_new();
	const char *before = fixture_dump(s->w->o->f, a);

	assert_int_equal(opinion_now(s->w, id).state, state);
	for (int step = 0; step < OPINION_STEPS; step++)
		for (size_t who = 0; who < COUNT(people); who++) {
			int to = 0;

			if ((who_may(state, step, own, &to) & people[who].is) ==
			    0)
				try_refused(s, id, step, own, who);
		}
	assert_string_equal(fixture_dump(s->w->o->f, a), before);
	arena_free(a);
	for (int step = 0; step < OPINION_STEPS; step++)
		for (size_t who = 0; who < COUNT(people); who++) {
			int to = 0;

			if ((who_may(state, step, own, &to) & people[who].is) !=
			    0)
				try_allowed(s, state, step, own, who, to);
		}
}

static void
add_scene(struct scene *s, struct opinions *w)
{
	struct org *o = w->o;
	struct account_new entry = {.name = "colleague",
	                            .of = o->units[0].deputies[1]};
	struct organ organ = {.unit = o->units[0].unit, .name = "城建办公室"};
	struct account_id id;

	*s = (struct scene){.w = w};
	entry.office = (struct office){.role = "deputy",
	                               .station = o->units[0].station,
	                               .from_on = {2022, 1, 1}};
	YES(account_add(&o->f->ctx, &entry, &id));
	YES(organ_add(&o->f->ctx, &organ, &s->second));
	s->into = opinion_of(w, "officer");
}

static void
each_step_is_taken_by_whom_the_table_names_and_by_nobody_else(void **state)
{
	struct scene s;

	add_scene(&s, *state);
	for (int from = 0; from < OPINION_STATES; from++) {
		try_state(&s, from, false);
		try_state(&s, from, true);
	}
	opinions_check(s.w);
}

/* What F2 offers is what may be done. */
static void
the_steps_offered_are_those_allowed(void **state)
{
	struct scene s;

	add_scene(&s, *state);
	for (int from = 0; from < OPINION_STATES; from++)
		for (size_t who = 0; who < COUNT(people); who++) {
			enum opinion_step steps[OPINION_STEPS];
			struct opinion row =
			    opinion_now(s.w, in_state(&s, from, true));
			unsigned offered = 0, allowed = 0;
			struct ctx c;
			int n, to;

			if (people[who].is == OTHERS)
				continue;
			ctx_of(s.w, people[who].account, &c);
			n = opinion_offers(&c, &row, steps, OPINION_STEPS);
			for (int i = 0; i < n; i++)
				offered |= 1u << steps[i];
			for (int i = 0; i < OPINION_STEPS; i++)
				if (i != OPINION_DO_SATISFIED &&
				    i != OPINION_DO_BASIC &&
				    i != OPINION_DO_DISSATISFIED &&
				    (who_may(from, i, true, &to) &
				     people[who].is) != 0)
					allowed |= 1u << i;
			if (offered != allowed)
				fail_msg("%s of %s: offered %x, allowed %x",
				         people[who].account,
				         opinion_states[from].name, offered,
				         allowed);
		}
}

/* --- legs ----------------------------------------------------------------- */

/* How a leg can stand. */
enum {
	SENT,
	ACCEPTED,
	WORKING,
	ASKED,
	GRANTED,
	PAUSED,
	RETURNED,
	REPLIED,
	CALLED_BACK,
	STANDS
};
static const char *const stands[] = {"sent",     "accepted", "working",
                                     "asked",    "granted",  "paused",
                                     "returned", "replied",  "called back"};

/* By state, who may: the office its work, the officers time and calling it
 * back. */
static const struct {
	int stand, step;
	unsigned who;
	int to;
} leg_rules[] = {
    {SENT, LEG_DO_ACCEPT, OFFICE, LEG_ACCEPTED},
    {SENT, LEG_DO_RETURN, OFFICE, LEG_RETURNED},
    {SENT, LEG_DO_CLOSE, OFFICERS, LEG_CLOSED},
    {ACCEPTED, LEG_DO_PROGRESS, OFFICE, LEG_WORKING},
    {ACCEPTED, LEG_DO_REPLY, OFFICE, LEG_REPLIED},
    {ACCEPTED, LEG_DO_ASK, OFFICE, LEG_WORKING},
    {ACCEPTED, LEG_DO_PAUSE, OFFICE, LEG_WORKING},
    {ACCEPTED, LEG_DO_CLOSE, OFFICERS, LEG_CLOSED},
    {WORKING, LEG_DO_PROGRESS, OFFICE, LEG_WORKING},
    {WORKING, LEG_DO_REPLY, OFFICE, LEG_REPLIED},
    {WORKING, LEG_DO_ASK, OFFICE, LEG_WORKING},
    {WORKING, LEG_DO_PAUSE, OFFICE, LEG_WORKING},
    {WORKING, LEG_DO_CLOSE, OFFICERS, LEG_CLOSED},
    {ASKED, LEG_DO_PROGRESS, OFFICE, LEG_WORKING},
    {ASKED, LEG_DO_REPLY, OFFICE, LEG_REPLIED},
    {ASKED, LEG_DO_PAUSE, OFFICE, LEG_WORKING},
    {ASKED, LEG_DO_GRANT, OFFICERS, LEG_WORKING},
    {ASKED, LEG_DO_DENY, OFFICERS, LEG_WORKING},
    {ASKED, LEG_DO_CLOSE, OFFICERS, LEG_CLOSED},
    {GRANTED, LEG_DO_PROGRESS, OFFICE, LEG_WORKING},
    {GRANTED, LEG_DO_REPLY, OFFICE, LEG_REPLIED},
    {GRANTED, LEG_DO_PAUSE, OFFICE, LEG_WORKING},
    {GRANTED, LEG_DO_CLOSE, OFFICERS, LEG_CLOSED},
    {PAUSED, LEG_DO_PROGRESS, OFFICE, LEG_WORKING},
    {PAUSED, LEG_DO_REPLY, OFFICE, LEG_REPLIED},
    {PAUSED, LEG_DO_RESUME, OFFICE, LEG_WORKING},
    {PAUSED, LEG_DO_CLOSE, OFFICERS, LEG_CLOSED},
    {RETURNED, LEG_DO_CLOSE, OFFICERS, LEG_CLOSED},
};

static unsigned
who_may_leg(int stand, int step, int *to)
{
	for (size_t i = 0; i < COUNT(leg_rules); i++)
		if (leg_rules[i].stand == stand && leg_rules[i].step == step) {
			*to = leg_rules[i].to;
			return leg_rules[i].who;
		}
	return NOBODY;
}

static struct opinion_id
leg_stands(struct scene *s, int stand, bool own)
{
	struct opinions *w = s->w;
	struct opinion_id id = in_state(s, OPINION_HANDLING, own);

	if (stand == RETURNED)
		YES(leg(w, "office", id, LEG_DO_RETURN));
	if (stand == CALLED_BACK)
		YES(leg(w, "officer", id, LEG_DO_CLOSE));
	if (stand == SENT || stand == RETURNED || stand == CALLED_BACK)
		return id;
	YES(leg(w, "office", id, LEG_DO_ACCEPT));
	if (stand == WORKING)
		YES(leg(w, "office", id, LEG_DO_PROGRESS));
	if (stand == ASKED || stand == GRANTED)
		YES(leg(w, "office", id, LEG_DO_ASK));
	if (stand == GRANTED)
		YES(leg(w, "officer", id, LEG_DO_GRANT));
	if (stand == PAUSED)
		YES(leg(w, "office", id, LEG_DO_PAUSE));
	if (stand == REPLIED)
		YES(leg(w, "office", id, LEG_DO_REPLY));
	return id;
}

static int
leg_state(struct scene *s, struct opinion_id id)
{
	struct opinion_leg row;

	/* the office's newest is the matter's only one */
	struct ctx c;

	ctx_of(s->w, "office", &c);
	YES(leg_mine(&c, s->w->o->f->a, id, &row));
	return row.state;
}

static void
try_legs(struct scene *s, int stand, bool own, bool allowed)
{
	struct opinion_id id = leg_stands(s, stand, own);

	for (int step = 0; step < LEG_STEPS; step++)
		for (size_t who = 0; who < COUNT(people); who++) {
			int64_t audits = org_audits(s->w->o);
			unsigned is = people[who].is;
			bool ok, may_it;
			int to = 0, err;

			may_it = (who_may_leg(stand, step, &to) & is) != 0;
			if (may_it != allowed)
				continue;
			if (allowed)
				id = leg_stands(s, stand, own);
			err = leg(s->w, people[who].account, id,
			          (enum leg_step)step);
			ok = allowed ? err == OK && leg_state(s, id) == to
			             : is_refusal(err, sees(is, own, true)) &&
			                   org_audits(s->w->o) == audits;
			if (!ok)
				fail_msg(
				    "%s: %s",
				    named(own, stands[stand],
				          entity_opinion_leg.steps[step].name,
				          who),
				    err_name(err));
		}
}

static void
each_step_of_a_leg_is_taken_by_whom_the_table_names(void **state)
{
	struct scene s;

	add_scene(&s, *state);
	for (int stand = 0; stand < STANDS; stand++)
		for (int own = 0; own < 2; own++) {
			try_legs(&s, stand, own != 0, false);
			try_legs(&s, stand, own != 0, true);
		}
	opinions_check(s.w);
}

int
main(void)
{
#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, opinions_setup, opinions_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(each_step_is_taken_by_whom_the_table_names_and_by_nobody_else),
	    TEST(the_steps_offered_are_those_allowed),
	    TEST(each_step_of_a_leg_is_taken_by_whom_the_table_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
