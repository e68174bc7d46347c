/*
 * Who may do what with a project, in every state: each step by every account
 * of two units, against a table written from domain.md (application 5) that
 * shares nothing with db/project.c. What is refused changes nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "db/project_plan.h"
#include "tests/unit/fixture_project.h"

#define YES(call) assert_int_equal((call), OK)

/* --- who ---------------------------------------------------------------- */

enum {
	OFFICER = 1 << 0,
	HEAD = 1 << 1,
	VICE = 1 << 2,
	STAFF = 1 << 3,
	COUNTY = 1 << 4,
	DEPUTY = 1 << 5,
	OFFICE = 1 << 6, /* the lead unit */
	LEADER = 1 << 7,
	SEES = 1 << 8,   /* sees it, once it is selected, and does nothing */
	OTHERS = 1 << 9, /* never sees it */
	NOBODY = 0,
	KEEPERS = HEAD | VICE | STAFF | COUNTY,
};

static const struct {
	const char *account;
	unsigned is;
} people[] = {
    {"officer", OFFICER}, {"station", HEAD},   {"vice", VICE},
    {"town", STAFF},      {"county", COUNTY},  {"deputy", DEPUTY},
    {"office", OFFICE},   {"leader", LEADER},  {"deputy2", SEES},
    {"admin", OTHERS},    {"auditor", OTHERS}, {"officer2", OTHERS},
    {"station2", OTHERS}, {"town2", OTHERS},   {"office2", OTHERS},
};

/* --- what, from domain.md ------------------------------------------------ */

/* Of every other pair of state and step: nobody. */
static const struct {
	int state, step;
	unsigned who;
	int to;
} rules[] = {
    {PROJECT_HELD, PROJECT_DO_RELEASE, KEEPERS, PROJECT_PROPOSED},
    {PROJECT_HELD, PROJECT_DO_DECLINE, KEEPERS, PROJECT_DECLINED},
    {PROJECT_PROPOSED, PROJECT_DO_ACCEPT, KEEPERS, PROJECT_POOL},
    {PROJECT_PROPOSED, PROJECT_DO_DECLINE, KEEPERS, PROJECT_DECLINED},
    {PROJECT_PROPOSED, PROJECT_DO_MERGE, KEEPERS, PROJECT_MERGED},
    {PROJECT_POOL, PROJECT_DO_SHORTLIST, KEEPERS, PROJECT_SHORTLISTED},
    {PROJECT_POOL, PROJECT_DO_DECLINE, KEEPERS, PROJECT_DECLINED},
    {PROJECT_POOL, PROJECT_DO_MERGE, KEEPERS, PROJECT_MERGED},
    {PROJECT_SHORTLISTED, PROJECT_DO_NOMINATE, KEEPERS, PROJECT_CANDIDATE},
    {PROJECT_SHORTLISTED, PROJECT_DO_RETURN, KEEPERS, PROJECT_POOL},
    {PROJECT_CANDIDATE, PROJECT_DO_RETURN, KEEPERS, PROJECT_POOL},
    {PROJECT_SELECTED, PROJECT_DO_PLAN, KEEPERS, PROJECT_PLANNED},
    {PROJECT_PLANNED, PROJECT_DO_PLAN, KEEPERS, PROJECT_PLANNED},
    {PROJECT_PLANNED, PROJECT_DO_START, KEEPERS, PROJECT_RUNNING},
    {PROJECT_RUNNING, PROJECT_DO_CLAIM, OFFICE, PROJECT_CLAIMED},
    {PROJECT_CLAIMED, PROJECT_DO_REJECT, KEEPERS, PROJECT_RUNNING},
    {PROJECT_CLAIMED, PROJECT_DO_INSPECT, KEEPERS, PROJECT_INSPECTED},
    {PROJECT_INSPECTED, PROJECT_DO_RATE, KEEPERS, PROJECT_RATED},
    {PROJECT_RATED, PROJECT_DO_ARCHIVE, KEEPERS, PROJECT_ARCHIVED},
};

static unsigned
who_may(int state, int step, int *to)
{
	for (size_t i = 0; i < COUNT(rules); i++)
		if (rules[i].state == state && rules[i].step == step) {
			*to = rules[i].to;
			return rules[i].who;
		}
	return NOBODY;
}

/* Any deputy looks at what was selected, their own unit's at all but what is
 * held; the office at what it leads. */
static bool
sees(unsigned who, int state)
{
	bool chosen =
	    (state >= PROJECT_SELECTED && state <= PROJECT_ARCHIVED) ||
	    state == PROJECT_STOPPED;

	if (who == DEPUTY)
		return state != PROJECT_HELD;
	if (who == OFFICE)
		return chosen && state != PROJECT_SELECTED;
	return who == SEES ? chosen : who != OTHERS;
}

/* --- each by each --------------------------------------------------------- */

static int
try(struct projects *w, const char *who, struct project_id id, int step,
    struct project_id into)
{
	struct project_act given = project_plan_of(w);

	given.step = (enum project_step)step;
	given.into = into;
	return project_do_with(w, who, id, given);
}

static const char *
named(int state, int step, size_t who)
{
	static char text[128];

	snprintf(text, sizeof(text), "%s: %s by %s", project_states[state].name,
	         entity_project.steps[step].name, people[who].account);
	return text;
}

static void
try_refused(struct projects *w, struct project_id id, int state, int step,
            size_t who)
{
	int64_t audits = org_audits(w->o);
	int err = try(w, people[who].account, id, step,
	              (struct project_id){id.v + 1});
	bool seen = sees(people[who].is, state);

	if ((err != ERR_DENIED && !(err == ERR_STATE && seen) &&
	     !(err == ERR_NOT_FOUND && !seen)) ||
	    org_audits(w->o) != audits)
		fail_msg("%s: %s", named(state, step, who), err_name(err));
}

static void
try_allowed(struct projects *w, struct project_id into, int state, int step,
            size_t who, int to)
{
	struct project_id id = project_in_state(w, (enum project_state)state);
	int err = try(w, people[who].account, id, step, into);

	if (err != OK || project_now(w, id).state != to)
		fail_msg("%s: %s", named(state, step, who), err_name(err));
}

static void
try_state(struct projects *w, struct project_id into, int state)
{
	struct project_id id = project_in_state(w, (enum project_state)state);
	struct arena *a = arena_new();
	const char *before = fixture_dump(w->o->f, a);
	int to = 0;

	for (int step = 0; step < PROJECT_STEPS; step++)
		for (size_t who = 0; who < COUNT(people); who++)
			if ((who_may(state, step, &to) & people[who].is) == 0)
				try_refused(w, id, state, step, who);
	assert_string_equal(fixture_dump(w->o->f, a), before);
	arena_free(a);
	for (int step = 0; step < PROJECT_STEPS; step++)
		for (size_t who = 0; who < COUNT(people); who++)
			if ((who_may(state, step, &to) & people[who].is) != 0)
				try_allowed(w, into, state, step, who, to);
}

static void
each_step_is_taken_by_whom_the_table_names_and_by_nobody_else(void **state)
{
	struct projects *w = *state;
	struct project_id into = project_of(w, "town", "桥梁");

	for (int from = 0; from < PROJECT_STATES; from++)
		try_state(w, into, from);
	projects_check(w);
}

/* What F2 offers is what may be done. */
static void
the_steps_offered_are_those_allowed(void **state)
{
	struct projects *w = *state;

	for (int from = 0; from < PROJECT_STATES; from++) {
		struct project row = project_now(
		    w, project_in_state(w, (enum project_state)from));

		for (size_t who = 0; who < COUNT(people); who++) {
			enum project_step steps[PROJECT_STEPS];
			unsigned offered = 0, allowed = 0;
			struct ctx c;
			int n, to;

			if (people[who].is == OTHERS)
				continue;
			project_ctx(w, people[who].account, &c);
			n = project_offers(&c, &row, steps, PROJECT_STEPS);
			for (int i = 0; i < n; i++)
				offered |= 1u << steps[i];
			for (int i = 0; i < PROJECT_STEPS; i++)
				if ((who_may(from, i, &to) & people[who].is) !=
				    0)
					allowed |= 1u << i;
			if (offered != allowed)
				fail_msg("%s of %s: offered %x, allowed %x",
				         people[who].account,
				         project_states[from].name, offered,
				         allowed);
		}
	}
}

/* Who sees it, in every state. */
static void
a_project_is_seen_by_its_unit_and_once_selected_by_any_deputy(void **state)
{
	struct projects *w = *state;

	for (int from = 0; from < PROJECT_STATES; from++) {
		struct project_id id =
		    project_in_state(w, (enum project_state)from);

		for (size_t who = 0; who < COUNT(people); who++) {
			struct project row;
			struct ctx c;
			int err;

			project_ctx(w, people[who].account, &c);
			err = project_get(&c, w->o->f->a, id, &row);
			if ((err == OK) != sees(people[who].is, from))
				fail_msg("%s sees %s: %s", people[who].account,
				         project_states[from].name,
				         err_name(err));
		}
	}
}

static void
each_step_struck_out_leaves_all_as_before(void **state)
{
	struct projects *w = *state;
	struct project_id into = project_of(w, "town", "桥梁");

	for (size_t i = 0; i < COUNT(rules); i++) {
		struct project_id id =
		    project_in_state(w, (enum project_state)rules[i].state);
		struct arena *a = arena_new();
		const char *before = fixture_dump(w->o->f, a);

		YES(try(w, rules[i].who == OFFICE ? "office" : "town", id,
		        rules[i].step, into));
		org_strike_restores(w->o, before);
		arena_free(a);
	}
	projects_check(w);
}

static void
a_step_by_what_was_read_before_somebody_else_wrote_is_refused(void **state)
{
	struct projects *w = *state;
	struct project_id id = project_of(w, "town", "桥梁");
	struct project_act given = {.id = id, .step = PROJECT_DO_ACCEPT};
	struct ctx c;

	given.version = project_now(w, id).version + 1;
	project_ctx(w, "town", &c);
	assert_int_equal(project_act(&c, &given), ERR_CHANGED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(f)                                                                   \
	cmocka_unit_test_setup_teardown(f, projects_setup, projects_teardown)
	    T(each_step_is_taken_by_whom_the_table_names_and_by_nobody_else),
	    T(the_steps_offered_are_those_allowed),
	    T(a_project_is_seen_by_its_unit_and_once_selected_by_any_deputy),
	    T(each_step_struck_out_leaves_all_as_before),
	    T(a_step_by_what_was_read_before_somebody_else_wrote_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
