/* The voters and candidates of fixture_ballot.h. */
#include "tests/unit/fixture_ballot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/account.h"
#include "db/mandate.h"
#include "db/store/check.h"
#include "db/store/stmt.h"

static const struct day first_day = {2022, 1, 1};

const char *
ballots_voter(int i)
{
	static const char *const names[BALLOT_VOTERS] = {
	    "deputy", "t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8", "t9"};

	return names[i];
}

static struct mandate_id
add_mandate(struct ballots *w, struct person_id person)
{
	const struct mandate entry = {.person = person,
	                              .level = LEVEL_TOWN,
	                              .term = w->o->town_term,
	                              .station = w->o->units[0].station};
	struct mandate_id id;

	assert_int_equal(mandate_add(&w->f->ctx, &entry, &id), OK);
	return id;
}

static void
add_voter(struct ballots *w, const char *account, const char *role, int unit,
          struct person_id person)
{
	const struct account_new entry = {
	    .name = account,
	    .of = person,
	    .office = {.role = role,
	               .station = w->o->units[unit].station,
	               .from_on = first_day}};
	struct account_id id;

	assert_int_equal(account_add(&w->f->ctx, &entry, &id), OK);
}

static struct person_id
add_person(struct ballots *w, int unit, const char *name)
{
	const struct person entry = {.unit = w->o->units[unit].unit,
	                             .name = name};
	struct person_id id;

	assert_int_equal(person_add(&w->f->ctx, &entry, &id), OK);
	return id;
}

/* A candidate as the road through the pool leaves it. */
static struct project_id
add_project(struct ballots *w, int unit, int64_t id)
{
	const char *sql = arena_printf(
	    w->f->a,
	    "INSERT INTO project (id, unit, source, title, body, state, year,"
	    " proposed_at) VALUES (%lld, %lld, 'staff', '实事%lld', '内容',"
	    " 'candidate', 2026, 1774000000)",
	    (long long)id, (long long)w->o->units[unit].unit.v, (long long)id);

	fixture_event(w->f, ACTION_BALLOT_SAVE, ENTITY_PROJECT, id, sql);
	return (struct project_id){id};
}

int
ballots_setup(void **state)
{
	static const char *const names[] = {"甲一", "乙二", "丙三",
	                                    "丁四", "戊五", "己六",
	                                    "庚七", "辛八", "壬九"};
	struct ballots *w = xcalloc(1, sizeof(*w));
	void *o;

	org_setup(&o);
	w->o = o;
	w->f = w->o->f;
	w->mandates[0] = add_mandate(w, w->o->units[0].deputies[0]);
	for (int i = 1; i < BALLOT_VOTERS; i++) {
		struct person_id person = add_person(w, 0, names[i - 1]);

		w->mandates[i] = add_mandate(w, person);
		add_voter(w, ballots_voter(i), "deputy", 0, person);
	}
	add_voter(w, "other", "deputy", 0, w->o->units[0].deputies[1]);
	for (int i = 0; i < BALLOT_MEMBERS; i++)
		add_voter(w, arena_printf(w->f->a, "m%d", i + 1), "member", 1,
		          add_person(w, 1, names[i]));
	for (int unit = 0; unit < 2; unit++)
		for (int i = 0; i < BALLOT_PROJECTS; i++)
			w->projects[unit][i] =
			    add_project(w, unit, unit * 100 + i + 1);
	*state = w;
	return 0;
}

int
ballots_teardown(void **state)
{
	struct ballots *w = *state;
	void *o = w->o;

	org_teardown(&o);
	free(w);
	return 0;
}

struct ballot
ballot_terms_of(void)
{
	return (struct ballot){.title = "2026年民生实事项目",
	                       .year = 2026,
	                       .kind = BALLOT_MARK,
	                       .places = 2,
	                       .rule = BALLOT_TOP,
	                       .tie = BALLOT_TIE_AGAIN,
	                       .tellers = "钱监票",
	                       .reason = ""};
}

struct ballot_id
ballot_of(struct ballots *w, int unit, const struct ballot *of, int n)
{
	struct ballot_id id = {0};
	struct ctx c;

	org_ctx(w->o, unit == 0 ? "town" : "town2", &c);
	assert_int_equal(ballot_prepare(&c, of, w->projects[unit], n, &id), OK);
	return id;
}

struct ballot
ballot_now(struct ballots *w, struct ballot_id id)
{
	struct ballot b;

	assert_int_equal(ballot_get(&w->f->ctx, w->f->a, id, &b), OK);
	return b;
}

struct ballot_option
ballot_option_now(struct ballots *w, struct ballot_id id, int at)
{
	struct ballot_option *rows;
	int n;

	assert_int_equal(ballot_options(&w->f->ctx, w->f->a, id, &rows, &n),
	                 OK);
	assert_in_range(at, 0, n - 1);
	return rows[at];
}

int
ballot_do(struct ballots *w, const char *who, struct ballot_id id,
          enum ballot_step step, const char *reason)
{
	const struct ballot_act act = {.id = id,
	                               .version = ballot_now(w, id).version,
	                               .step = step,
	                               .reason = reason};
	struct ctx c;

	org_ctx(w->o, who, &c);
	return ballot_act(&c, &act);
}

void
ballot_open(struct ballots *w, struct ballot_id id)
{
	bool town = ballot_now(w, id).unit.v == w->o->units[0].unit.v;
	const char *who = town ? "town" : "town2";

	assert_int_equal(ballot_do(w, who, id, BALLOT_DO_FREEZE, ""), OK);
	assert_int_equal(ballot_do(w, who, id, BALLOT_DO_OPEN, ""), OK);
}

int
ballot_vote_by(struct ballots *w, const char *who, struct ballot_id id,
               const char *marks)
{
	struct ctx c;

	org_ctx(w->o, who, &c);
	return ballot_vote(&c, id, marks);
}

const char *
ballot_project_state(struct ballots *w, struct project_id id)
{
	struct stmt *q = ctx_sql(&w->f->ctx, NULL,
	                         "SELECT state FROM project WHERE id = :id");
	const char *state = "";

	bind_id(q, ":id", id.v);
	if (stmt_next(q))
		state = arena_strdup(w->f->a, col_text(q, 0));
	assert_int_equal(stmt_end(q), OK);
	return state;
}

static void
found(void *data, const char *rule, const char *text)
{
	(void)data;
	print_error("%s: %s\n", rule, text);
}

void
ballots_check(struct ballots *w)
{
	int n;

	assert_int_equal(check_run(&w->f->ctx, found, NULL, &n), OK);
	assert_int_equal(n, 0);
}
