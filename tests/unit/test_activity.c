/* Activities: the state machine, the clock, forms, scope, striking out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "db/code.h"
#include "db/duty_record.h"
#include "db/store/fsm.h"
#include "db/totals.h"
#include "tests/unit/fixture_people.h"

static int
state_of(struct fixture *f, struct activity_id id)
{
	struct activity row;

	assert_int_equal(activity_get(&f->ctx, f->a, id, &row), OK);
	return row.state;
}

/* Letters: d p o c f a x, as the states stand in the enum. */
/* clang-format off */
static const struct {
	enum activity_step on;
	const char *from;
	enum activity_state to;
	bool clerk, head, reason;
} expected[] = {
	{ACTIVITY_DO_PUBLISH, "d",   ACTIVITY_PUBLISHED, true,  true, false},
	{ACTIVITY_DO_OPEN,    "p",   ACTIVITY_OPEN,      true,  true, false},
	{ACTIVITY_DO_CLOSE,   "po",  ACTIVITY_CLOSED,    true,  true, false},
	{ACTIVITY_DO_CONFIRM, "c",   ACTIVITY_CONFIRMED, true,  true, false},
	{ACTIVITY_DO_ARCHIVE, "f",   ACTIVITY_ARCHIVED,  false, true, false},
	{ACTIVITY_DO_REOPEN,  "fa",  ACTIVITY_CLOSED,    false, true, true},
	{ACTIVITY_DO_CANCEL,  "dpo", ACTIVITY_CANCELLED, true,  true, true},
	{ACTIVITY_DO_ADD,     "",    ACTIVITY_DRAFT,     false, false, false},
	{ACTIVITY_DO_RECORD,  "",    ACTIVITY_CONFIRMED, false, false, false},
	{ACTIVITY_DO_FILE,    "",    ACTIVITY_ARCHIVED,  false, false, false},
};
/* clang-format on */

static void
every_role_may_take_exactly_the_steps_written_down(void **state)
{
	static const char letters[] = "dpocfax";
	struct fixture *f = *state;
	struct people p;

	people_open(f, &p);
	assert_int_equal(COUNT(expected), ACTIVITY_STEPS);
	for (size_t i = 0; i < COUNT(expected); i++)
		for (int from = 0; letters[from] != '\0'; from++) {
			const struct edge *edge =
			    fsm_edge(&entity_activity, from, expected[i].on);

			if (strchr(expected[i].from, letters[from]) == NULL) {
				assert_null(edge);
				continue;
			}
			assert_non_null(edge);
			assert_int_equal(edge->to, expected[i].to);
			assert_int_equal(edge->wants_reason,
			                 expected[i].reason);
			assert_int_equal(may(&p.unit, edge->perm),
			                 expected[i].clerk);
			assert_int_equal(may(&p.officer, edge->perm),
			                 expected[i].clerk);
			assert_int_equal(may(&p.head, edge->perm),
			                 expected[i].head);
			assert_int_equal(may(&p.county, edge->perm),
			                 expected[i].head);
			assert_false(may(&p.deputy1, edge->perm));
			assert_false(may(&p.leader, edge->perm));
			assert_false(may(&p.admin, edge->perm));
		}
}

static void
each_wrong_entry_is_a_fault_of_its_field(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity e;
	struct activity_id id;
	char longer[ACTIVITY_TITLE_MAX + 2];

	people_open(f, &p);
	memset(longer, 'x', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
#define FAULT(change, field_)                                                  \
	do {                                                                   \
		e = people_entry();                                            \
		change;                                                        \
		assert_int_equal(activity_add(&p.unit, &e, NULL, false, &id),  \
		                 ERR_INVALID);                                 \
		assert_int_equal(p.unit.fault_count, 1);                       \
		assert_string_equal(p.unit.faults[0].field, field_);           \
	} while (0)
	FAULT(e.title = "", "title");
	FAULT(e.title = longer, "title");
	FAULT(e.kind = "picnic", "kind");
	FAULT(e.venue = "", "venue");
	FAULT(e.place.v = 99, "place");
	FAULT(e.ends_at = e.starts_at, "ends_at");
	FAULT(e.ends_at.s = 0, "ends_at");
	FAULT(e.before_minutes = -1, "before_minutes");
	FAULT(e.after_minutes = 1441, "after_minutes");
#undef FAULT
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM event"
	                                " WHERE action = 'activity.add'"
	                                "   AND account IS NOT NULL"),
	                 0);
	/* The past is allowed: clerks write down what was. */
	e = people_entry();
	e.starts_at.s -= 40 * 86400;
	e.ends_at.s -= 40 * 86400;
	assert_int_equal(activity_add(&p.unit, &e, NULL, false, &id), OK);
}

static void
publishing_mints_a_code_for_the_window_and_shows_the_invited(void **state)
{
	static const struct person_id persons[] = {{1}};
	struct fixture *f = *state;
	struct people p;
	struct invite who = {.persons = persons, .person_count = 1};
	struct activity e = people_entry(), seen;
	struct activity_id id;
	struct code code;

	people_open(f, &p);
	assert_int_equal(activity_add(&p.unit, &e, &who, false, &id), OK);
	assert_int_equal(activity_get(&p.deputy1, f->a, id, &seen),
	                 ERR_NOT_FOUND);
	assert_int_equal(code_for_activity(&p.unit, f->a, id, &code),
	                 ERR_NOT_FOUND);
	assert_int_equal(activity_fire(&p.unit, id, ACTIVITY_DO_PUBLISH, ""),
	                 OK);
	assert_int_equal(activity_get(&p.deputy1, f->a, id, &seen), OK);
	assert_int_equal(activity_get(&p.deputy3, f->a, id, &seen),
	                 ERR_NOT_FOUND);
	assert_int_equal(code_for_activity(&p.unit, f->a, id, &code), OK);
	assert_int_equal(strlen(code.short_code), CODE_SHORT);
	assert_int_equal(strlen(code.token), 26);
	assert_int_equal(code.valid_from.s, e.starts_at.s - 30 * 60);
	assert_int_equal(code.valid_to.s, e.ends_at.s + 30 * 60);
	/* The unit's clerk named no station: it is the unit's. */
	assert_int_equal(seen.station.v, 1);
}

static void
the_clock_opens_and_closes_whoever_looks(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	int changed;

	people_open(f, &p);
	id = people_activity(f, &p);
	people_at(f, &p, 14, 29);
	assert_int_equal(activity_tick(&p.deputy1, &changed), OK);
	assert_int_equal(state_of(f, id), ACTIVITY_PUBLISHED);
	people_at(f, &p, 14, 30);
	assert_int_equal(activity_tick(&p.deputy1, &changed), OK);
	assert_int_equal(state_of(f, id), ACTIVITY_OPEN);
	assert_int_equal(activity_tick(&p.deputy1, &changed), OK);
	assert_int_equal(changed, 0);
	people_sign_in(f, &p.deputy3, id);
	people_at(f, &p, 16, 30);
	assert_int_equal(activity_tick(&p.leader, &changed), OK);
	assert_int_equal(state_of(f, id), ACTIVITY_OPEN);
	people_at(f, &p, 16, 31);
	assert_int_equal(activity_tick(&p.leader, &changed), OK);
	assert_int_equal(state_of(f, id), ACTIVITY_CLOSED);
	assert_int_equal(people_place(f, id, 1).state, PARTICIPANT_ABSENT);
	assert_int_equal(people_place(f, id, 3).state, PARTICIPANT_SIGNED_IN);
	/* The system did it, in nobody's name. */
	assert_int_equal(
	    fixture_int(f, "SELECT count(*) FROM event WHERE action IN"
	                   " ('activity.open', 'activity.close')"
	                   " AND account IS NOT NULL"),
	    0);
	people_recount(f);
}

static void
a_window_nobody_looked_at_is_closed_at_the_next_look(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;

	people_open(f, &p);
	id = people_activity(f, &p);
	people_at(f, &p, 23, 0);
	assert_int_equal(activity_tick(&p.unit, NULL), OK);
	assert_int_equal(state_of(f, id), ACTIVITY_CLOSED);
	assert_int_equal(people_place(f, id, 1).state, PARTICIPANT_ABSENT);
}

static void
opened_by_hand_before_its_time_the_code_is_good(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;

	people_open(f, &p);
	id = people_activity(f, &p);
	people_at(f, &p, 14, 10);
	assert_int_equal(activity_fire(&p.officer, id, ACTIVITY_DO_OPEN, ""),
	                 OK);
	people_sign_in(f, &p.deputy1, id);
	assert_int_equal(people_place(f, id, 1).state, PARTICIPANT_SIGNED_IN);
}

static void
cancelling_and_reopening_want_a_reason_and_the_right_hat(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct activity row;

	people_open(f, &p);
	id = people_activity(f, &p);
	assert_int_equal(activity_fire(&p.unit, id, ACTIVITY_DO_CANCEL, ""),
	                 ERR_INVALID);
	people_at(f, &p, 17, 0);
	assert_int_equal(activity_tick(&p.unit, NULL), OK);
	assert_int_equal(activity_fire(&p.unit, id, ACTIVITY_DO_CONFIRM, ""),
	                 OK);
	assert_int_equal(activity_fire(&p.unit, id, ACTIVITY_DO_ARCHIVE, ""),
	                 ERR_DENIED);
	assert_int_equal(activity_fire(&p.unit, id, ACTIVITY_DO_REOPEN, "错"),
	                 ERR_DENIED);
	assert_int_equal(activity_fire(&p.head, id, ACTIVITY_DO_ARCHIVE, ""),
	                 OK);
	assert_int_equal(activity_fire(&p.head, id, ACTIVITY_DO_REOPEN, ""),
	                 ERR_INVALID);
	assert_int_equal(activity_fire(&p.head, id, ACTIVITY_DO_REOPEN, "漏签"),
	                 OK);
	assert_int_equal(activity_get(&p.head, f->a, id, &row), OK);
	assert_int_equal(row.state, ACTIVITY_CLOSED);
	assert_string_equal(row.reason, "漏签");
	assert_int_equal(activity_fire(&p.head, id, ACTIVITY_DO_PUBLISH, ""),
	                 ERR_STATE);
}

static void
moving_an_activity_moves_its_code_and_its_roll(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct activity row;
	struct code code;

	people_open(f, &p);
	id = people_activity(f, &p);
	assert_int_equal(activity_get(&p.unit, f->a, id, &row), OK);
	row.starts_at.s += 3 * 86400; /* into April */
	row.ends_at.s += 3 * 86400;
	row.title = "改期";
	assert_int_equal(activity_save(&p.unit, &row), OK);
	assert_int_equal(code_for_activity(&p.unit, f->a, id, &code), OK);
	assert_int_equal(code.valid_from.s, row.starts_at.s - 30 * 60);
	assert_int_equal(people_place(f, id, 1).starts_at.s, row.starts_at.s);
	assert_int_equal(people_place(f, id, 1).month, 202604);
	people_recount(f);
	assert_int_equal(activity_fire(&p.unit, id, ACTIVITY_DO_CLOSE, ""), OK);
	assert_int_equal(activity_get(&p.unit, f->a, id, &row), OK);
	row.title = "再改";
	row.minutes = "会议纪要";
	assert_int_equal(activity_save(&p.unit, &row), OK);
	assert_int_equal(activity_get(&p.unit, f->a, id, &row), OK);
	assert_string_equal(row.title, "改期"); /* what took place stays */
	assert_string_equal(row.minutes, "会议纪要");
}

/* Two people have the same form open. */
static void
what_somebody_else_saved_is_not_written_over(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct activity mine, theirs;
	int64_t version;

	people_open(f, &p);
	id = people_activity(f, &p);
	assert_int_equal(activity_get(&p.unit, f->a, id, &mine), OK);
	theirs = mine;
	theirs.venue = "二楼会议室";
	assert_int_equal(activity_save(&p.unit, &theirs), OK);
	mine.title = "改期";
	assert_int_equal(activity_save(&p.unit, &mine), ERR_CHANGED);
	assert_int_equal(activity_get(&p.unit, f->a, id, &theirs), OK);
	assert_string_equal(theirs.venue, "二楼会议室");
	assert_string_not_equal(theirs.title, "改期");

	/* minutes as well, where nothing else can be saved any more */
	assert_int_equal(activity_fire(&p.unit, id, ACTIVITY_DO_CLOSE, ""), OK);
	assert_int_equal(activity_save(&p.unit, &mine), ERR_CHANGED);
	assert_int_equal(activity_version(&p.unit, id, &version), OK);
	mine.version = version;
	mine.minutes = "会议纪要";
	assert_int_equal(activity_save(&p.unit, &mine), OK);
	assert_int_equal(activity_version(&p.unit2, id, &version),
	                 ERR_NOT_FOUND);
}

static void
another_unit_sees_and_changes_nothing(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id, theirs;
	struct activity row, entry = people_entry();
	struct list_query query = {0};
	struct list_page page;
	struct roll roll;
	struct activity_page whole;

	people_open(f, &p);
	id = people_activity(f, &p);
	assert_int_equal(activity_get(&p.unit, f->a, id, &row), OK);
	assert_int_equal(activity_get(&p.unit2, f->a, id, &row), ERR_NOT_FOUND);
	assert_int_equal(activity_page_get(&p.unit2, f->a, id, &whole),
	                 ERR_NOT_FOUND);
	assert_int_equal(activity_save(&p.unit2, &row), ERR_NOT_FOUND);
	assert_int_equal(activity_fire(&p.unit2, id, ACTIVITY_DO_CANCEL, "x"),
	                 ERR_NOT_FOUND);
	entry.station.v = 1;
	assert_int_equal(activity_add(&p.unit2, &entry, NULL, false, &theirs),
	                 ERR_DENIED);
	assert_int_equal(activity_add(&p.deputy1, &entry, NULL, false, &theirs),
	                 ERR_DENIED);
	assert_int_equal(activity_add(&p.leader, &entry, NULL, false, &theirs),
	                 ERR_DENIED);
	assert_int_equal(list_fetch(&p.unit2, f->a, &activity_list, &query,
	                            LIST_FIRST, NULL, 50, &page),
	                 OK);
	assert_int_equal(page.n, 1); /* the one of fixture_rows */
	assert_int_equal(list_fetch(&p.leader, f->a, &activity_list, &query,
	                            LIST_FIRST, NULL, 50, &page),
	                 OK);
	assert_int_equal(page.n, 3);
	assert_int_equal(activity_roll(&p.unit, id, &roll), OK);
	assert_int_equal(roll.total, 2);
}

static void
the_list_filters_by_year_month_and_mine(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct list_query query = {.value_count = 1};
	struct list_page page;
	struct activity_line *rows;

	people_open(f, &p);
	id = people_activity(f, &p);
	/* New year's first minutes here are still the old year in UTC. */
	fixture_event(f, ACTION_ACTIVITY_SAVE, ENTITY_ACTIVITY, 1,
	              "UPDATE activity SET starts_at = 1767196860, month ="
	              " 202601 WHERE id = 1");
	query.values[0].filter = ACTIVITY_LIST_YEAR;
	query.values[0].v = 2026;
	assert_int_equal(list_fetch(&p.unit, f->a, &activity_list, &query,
	                            LIST_FIRST, NULL, 50, &page),
	                 OK);
	assert_int_equal(page.n, 2);
	query.values[0].filter = ACTIVITY_LIST_MONTH;
	query.values[0].v = 202601;
	assert_int_equal(list_fetch(&p.unit, f->a, &activity_list, &query,
	                            LIST_FIRST, NULL, 50, &page),
	                 OK);
	assert_int_equal(page.n, 1);
	query.values[0] = (struct list_value){
	    ACTIVITY_LIST_TITLE,
	    .s = arena_printf(f->a, "%lld", (long long)id.v)};
	assert_int_equal(list_fetch(&p.unit, f->a, &activity_list, &query,
	                            LIST_FIRST, NULL, 50, &page),
	                 OK);
	assert_int_equal(page.n, 1);
	rows = page.rows;
	assert_int_equal(rows[0].id.v, id.v);
	query.value_count = 0;
	assert_int_equal(list_fetch(&p.deputy1, f->a, &activity_mine_list,
	                            &query, LIST_FIRST, NULL, 50, &page),
	                 OK);
	rows = page.rows;
	assert_int_equal(page.n, 1);
	assert_int_equal(rows[0].id.v, id.v);
	assert_int_equal(rows[0].mine, PARTICIPANT_INVITED);
	assert_int_equal(rows[0].total, 2);
}

static void
no_list_scans_or_sorts_what_grows(void **state)
{
	static const struct list_spec *const specs[] = {&activity_list,
	                                                &duty_record_list};
	/* A roll is always one activity's. */
	static const struct list_query rolls[] = {
	    {.order = PARTICIPANT_BY_ROLL,
	     .values[0] = {.filter = PARTICIPANT_LIST_ACTIVITY},
	     .value_count = 1},
	    {.order = PARTICIPANT_BY_ROLL,
	     .values[0] = {.filter = PARTICIPANT_LIST_ACTIVITY},
	     .values[1] = {.filter = PARTICIPANT_LIST_FIND, .s = "z"},
	     .value_count = 2},
	    {.order = PARTICIPANT_BY_ROLL,
	     .values[0] = {.filter = PARTICIPANT_LIST_WAITING},
	     .value_count = 1},
	    {.order = PARTICIPANT_BY_NEWEST,
	     .values[0] = {.filter = PARTICIPANT_LIST_SIGNED},
	     .value_count = 1},
	};
	struct fixture *f = *state;
	struct people p;

	people_open(f, &p);
	for (size_t i = 0; i < COUNT(specs); i++) {
		fixture_plan_list(f, &p.county, specs[i]);
		fixture_plan_list(f, &p.unit, specs[i]);
		fixture_plan_list(f, &p.officer, specs[i]);
	}
	for (size_t i = 0; i < COUNT(rolls); i++)
		for (int from = LIST_FIRST; from <= LIST_AT; from++)
			fixture_plan(f,
			             list_sql(&p.unit, f->a, &participant_list,
			                      &rolls[i], (enum list_from)from));
	fixture_plan_list(f, &p.deputy1, &activity_mine_list);
	fixture_plan_list(f, &p.deputy1, &duty_record_list);
}

/* --- striking out ---------------------------------------------------- */

struct deed {
	struct fixture *f;
	struct people *p;
	struct activity_id id;
	struct participant_id one, three;
};

static int
do_add(struct deed *d)
{
	struct activity e = people_entry();
	struct invite who = {.county = true};
	struct activity_id id;

	return activity_add(&d->p->unit, &e, &who, true, &id);
}
static int
do_save(struct deed *d)
{
	struct activity e;

	assert_int_equal(activity_get(&d->f->ctx, d->f->a, d->id, &e), OK);
	e.starts_at.s += 86400 * 5;
	e.ends_at.s += 86400 * 5;
	return activity_save(&d->p->unit, &e);
}
static int
do_open(struct deed *d)
{
	return activity_fire(&d->p->unit, d->id, ACTIVITY_DO_OPEN, "");
}
static int
do_close(struct deed *d)
{
	return activity_fire(&d->p->unit, d->id, ACTIVITY_DO_CLOSE, "");
}
static int
do_confirm(struct deed *d)
{
	return activity_fire(&d->p->unit, d->id, ACTIVITY_DO_CONFIRM, "");
}
static int
do_archive(struct deed *d)
{
	return activity_fire(&d->p->head, d->id, ACTIVITY_DO_ARCHIVE, "");
}
static int
do_reopen(struct deed *d)
{
	return activity_fire(&d->p->head, d->id, ACTIVITY_DO_REOPEN, "漏签");
}
static int
do_cancel(struct deed *d)
{
	return activity_fire(&d->p->unit, d->id, ACTIVITY_DO_CANCEL, "下雨");
}
static int
do_invite(struct deed *d)
{
	struct invite who = {.county = true};

	return participant_invite(&d->p->unit, d->id, &who, NULL);
}
static int
do_drop(struct deed *d)
{
	return participant_drop(&d->p->unit, d->one);
}
static int
do_sign_up(struct deed *d)
{
	return participant_answer(&d->p->deputy1, d->id, PARTICIPANT_DO_SIGN_UP,
	                          "");
}
static int
do_ask(struct deed *d)
{
	return participant_answer(&d->p->deputy1, d->id,
	                          PARTICIPANT_DO_ASK_LEAVE, "出差");
}
static int
do_grant(struct deed *d)
{
	return participant_decide(&d->p->officer, d->one, true, "");
}
static int
do_refuse(struct deed *d)
{
	return participant_decide(&d->p->officer, d->one, false, "重要");
}
static int
do_check_in(struct deed *d)
{
	struct check_in done;

	return participant_check_in(&d->p->deputy1, d->f->a,
	                            people_code(d->f, d->id), &done);
}
static int
do_walk_in(struct deed *d)
{
	struct check_in done;

	return participant_check_in(&d->p->deputy5, d->f->a,
	                            people_code(d->f, d->id), &done);
}
static int
do_hand(struct deed *d)
{
	struct check_in done;

	return participant_check_in_by_hand(&d->p->officer, d->f->a, d->id,
	                                    (struct person_id){3}, true,
	                                    "没带手机", &done);
}
static int
do_confirm_walk_in(struct deed *d)
{
	return participant_confirm(&d->p->officer,
	                           people_place(d->f, d->id, 5).id, true, "");
}
static int
do_refuse_walk_in(struct deed *d)
{
	return participant_confirm(
	    &d->p->officer, people_place(d->f, d->id, 5).id, false, "不是代表");
}
static int
do_correct_absent(struct deed *d)
{
	return participant_correct(&d->p->officer, d->one, PARTICIPANT_ABSENT,
	                           "代签");
}
static int
do_correct_late(struct deed *d)
{
	return participant_correct(&d->p->officer, d->one, PARTICIPANT_LATE,
	                           "迟到");
}
static int
do_correct_in(struct deed *d)
{
	return participant_correct(&d->p->officer, d->three,
	                           PARTICIPANT_SIGNED_IN, "漏签");
}
static int
do_correct_leave(struct deed *d)
{
	return participant_correct(&d->p->officer, d->one,
	                           PARTICIPANT_LEAVE_GRANTED, "病假");
}
static int
do_mint(struct deed *d)
{
	struct code_id id;
	struct instant to = {d->f->ctx.stopped.s + 3600};

	return code_mint(&d->p->officer, CODE_ACTIVITY, d->id.v,
	                 (struct unit_id){1}, d->f->ctx.stopped, to, &id);
}
static int
do_attach(struct deed *d)
{
	return activity_attach(&d->p->unit, d->id, ENTITY_STATION, 1);
}

/* clang-format off */
/* In an order in which each can be done; keep: it stays for the next ones. */
static const struct {
	const char *name;
	int (*act)(struct deed *d);
	bool keep;
} deeds[] = {
	{"add", do_add, false},
	{"save", do_save, false},
	{"cancel", do_cancel, false},
	{"invite", do_invite, false},
	{"drop", do_drop, false},
	{"sign up", do_sign_up, false},
	{"ask leave", do_ask, false},
	{"ask leave", do_ask, true},
	{"grant", do_grant, false},
	{"refuse", do_refuse, true},
	{"attach", do_attach, true},
	{"mint", do_mint, false},
	{"open", do_open, false},
	{"open", do_open, true},
	{"check in", do_check_in, false},
	{"check in", do_check_in, true},
	{"walk in", do_walk_in, false},
	{"walk in", do_walk_in, true},
	{"refuse walk-in", do_refuse_walk_in, false},
	{"confirm walk-in", do_confirm_walk_in, false},
	{"confirm walk-in", do_confirm_walk_in, true},
	{"by hand", do_hand, false},
	{"close", do_close, false},
	{"close", do_close, true},
	{"by hand", do_hand, false},
	{"correct to absent", do_correct_absent, false},
	{"correct to late", do_correct_late, false},
	{"correct to leave", do_correct_leave, false},
	{"correct to signed in", do_correct_in, false},
	{"correct to late", do_correct_late, true},
	{"correct to absent", do_correct_absent, false},
	{"confirm", do_confirm, false},
	{"confirm", do_confirm, true},
	{"archive", do_archive, false},
	{"archive", do_archive, true},
	{"reopen", do_reopen, false},
};
/* clang-format on */

static void
whatever_is_done_and_struck_out_leaves_nothing(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct deed d = {.f = f, .p = &p};
	struct event_list later;

	people_open(f, &p);
	d.id = people_activity(f, &p);
	d.one = people_place(f, d.id, 1).id;
	d.three = people_place(f, d.id, 3).id;
	people_at(f, &p, 14, 10);
	/* What is due by the clock is nobody's deed. */
	assert_int_equal(activity_tick(&p.unit, NULL), OK);
	for (size_t i = 0; i < COUNT(deeds); i++) {
		const char *before = fixture_dump(f, f->a);
		int err = deeds[i].act(&d);
		int64_t event;

		if (err != OK)
			print_error("%s: %s %s\n", deeds[i].name, err_name(err),
			            store_why(f->store));
		assert_int_equal(err, OK);
		people_recount(f);
		if (deeds[i].keep)
			continue;
		event = fixture_int(f, "SELECT max(id) FROM event WHERE"
		                       " cause IS NULL"
		                       " AND action <> 'event.strike'");
		err = event_strike(&p.county, f->a, event, "误操作", &later);
		if (err != OK)
			print_error("strike %s: %s %s\n", deeds[i].name,
			            err_name(err), store_why(f->store));
		assert_int_equal(err, OK);
		if (strcmp(fixture_dump(f, f->a), before) != 0)
			print_error("%s left something\n", deeds[i].name);
		assert_string_equal(fixture_dump(f, f->a), before);
	}
}

/* --- the workbench --------------------------------------------------- */

static void
the_benches_count_what_happened_and_say_what_to_do(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct totals t;
	struct totals_unit *units;
	struct todo *todo;
	int64_t months[12];
	int n;

	people_open(f, &p);
	id = people_activity(f, &p);
	assert_int_equal(todo_list(&p.deputy1, f->a, 10, &todo, &n), OK);
	assert_int_equal(n, 1);
	assert_int_equal(todo[0].what, TODO_ANSWER);
	people_at(f, &p, 15, 0);
	assert_int_equal(activity_tick(&p.unit, NULL), OK);
	assert_int_equal(todo_list(&p.deputy1, f->a, 10, &todo, &n), OK);
	assert_int_equal(todo[0].what, TODO_SIGN_IN);
	people_sign_in(f, &p.deputy1, id);
	people_sign_in(f, &p.deputy5, id);
	assert_int_equal(todo_list(&p.deputy1, f->a, 10, &todo, &n), OK);
	assert_int_equal(n, 0);
	people_at(f, &p, 17, 0);
	assert_int_equal(activity_tick(&p.unit, NULL), OK);
	assert_int_equal(todo_list(&p.unit, f->a, 10, &todo, &n), OK);
	assert_int_equal(todo[0].what, TODO_WALK_IN);
	assert_int_equal(todo[0].n, 1);

	assert_int_equal(totals_get(&p.unit, (struct unit_id){0}, &t), OK);
	/* The fixture's activity 1 of 14:00 was closed by the clock too. */
	assert_int_equal(t.today, 2);
	assert_int_equal(t.today_signed, 2);
	assert_int_equal(t.month_present, 2);
	assert_int_equal(t.month_missed, 1);
	assert_int_equal(totals_rate(t.month_present, t.month_missed), 667);
	assert_int_equal(t.waiting, 1);
	assert_int_equal(t.unconfirmed, 2);
	assert_int_equal(t.records, 2);
	assert_int_equal(t.deputies, 3);
	assert_int_equal(totals_get(&p.unit2, (struct unit_id){1}, &t),
	                 ERR_DENIED);
	assert_int_equal(totals_get(&p.deputy1, (struct unit_id){0}, &t),
	                 ERR_DENIED);
	assert_int_equal(totals_units(&p.county, f->a, &units, &n), OK);
	assert_int_equal(n, 2);
	assert_int_equal(units[0].t.records, 2);
	assert_int_equal(units[1].t.records, 0);
	assert_int_equal(
	    totals_months(&p.county, (struct unit_id){0}, 2026, months), OK);
	assert_int_equal(months[2], 3);
	assert_int_equal(months[3], 0);
}

int
main(void)
{
#define T(name)                                                                \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
	    T(every_role_may_take_exactly_the_steps_written_down),
	    T(each_wrong_entry_is_a_fault_of_its_field),
	    T(publishing_mints_a_code_for_the_window_and_shows_the_invited),
	    T(the_clock_opens_and_closes_whoever_looks),
	    T(a_window_nobody_looked_at_is_closed_at_the_next_look),
	    T(opened_by_hand_before_its_time_the_code_is_good),
	    T(cancelling_and_reopening_want_a_reason_and_the_right_hat),
	    T(moving_an_activity_moves_its_code_and_its_roll),
	    T(what_somebody_else_saved_is_not_written_over),
	    T(another_unit_sees_and_changes_nothing),
	    T(the_list_filters_by_year_month_and_mine),
	    T(no_list_scans_or_sorts_what_grows),
	    T(whatever_is_done_and_struck_out_leaves_nothing),
	    T(the_benches_count_what_happened_and_say_what_to_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
