/*
 * People over the years: somebody leaves and nothing is left without an
 * owner; a congress changes its term in one operation that can be taken back
 * until it is confirmed; then its files are sealed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/activity.h"
#include "db/code.h"
#include "db/file_seal.h"
#include "db/leaving.h"
#include "db/mandate.h"
#include "db/office.h"
#include "db/participant.h"
#include "db/store/check.h"
#include "db/store/event.h"
#include "db/store/inner.h"
#include "db/term_change.h"
#include "tests/unit/fixture_world.h"

static struct fixture *at_hand;

/* Fails saying what the database said. */
static void
yes(int err, const char *call)
{
	if (err != OK)
		fail_msg("%s: %s: %s", call, err_name(err),
		         at_hand != NULL ? store_why(at_hand->store) : "");
}
#define YES(call) yes(call, #call)

/* Activities of unit 1 in the world. */
enum { DRAFT = 100, PUBLISHED, OPENED, CLOSED, CONFIRMED };

struct cast {
	struct fixture *f;
	struct ctx admin, county, staff, staff2, head, deputy;
};

static int
setup(void **state)
{
	struct cast *w = xcalloc(1, sizeof(*w));
	void *f;

	if (fixture_setup(&f) != 0)
		return -1;
	w->f = at_hand = f;
	world_make(f);
	world_ctx(f, "admin", 1, &w->admin);
	world_ctx(f, "county_staff", 1, &w->county);
	world_ctx(f, "unit_staff", 1, &w->staff);
	world_ctx(f, "unit_staff", 2, &w->staff2);
	world_ctx(f, "station_head", 1, &w->head);
	world_ctx(f, "deputy", 1, &w->deputy);
	*state = w;
	return 0;
}

static int
teardown(void **state)
{
	struct cast *w = *state;
	void *f = w->f;

	free(w);
	return fixture_teardown(&f);
}

static int64_t
number(struct cast *w, const char *sql)
{
	return fixture_int(w->f, sql);
}

/* The published activity of unit 1 moved to forty days from now. */
static void
put_off(struct cast *w)
{
	struct activity row;

	YES(activity_get(&w->staff, w->f->a, (struct activity_id){PUBLISHED},
	                 &row));
	row.starts_at.s += 86400 * 40;
	row.ends_at.s += 86400 * 40;
	YES(activity_save(&w->staff, &row));
}

static void
mint(struct cast *w)
{
	struct instant now = ctx_now(&w->staff);
	struct code_id id;

	YES(code_mint(&w->staff, CODE_DEPUTY, 110, (struct unit_id){1}, now,
	              (struct instant){now.s + 86400}, &id));
}

/* --- leaving -------------------------------------------------------------- */

static int64_t
left_of(struct cast *w, struct ctx *c, const struct leaving *leave,
        enum responsible kind)
{
	struct left rows[RESPONSIBLES];
	int n;

	YES(leaving_preview(c, w->f->a, leave, rows, &n));
	for (int i = 0; i < n; i++)
		if (rows[i].kind == kind)
			return rows[i].n;
	return 0;
}

static void
what_one_leaves_is_told_before(void **state)
{
	struct cast *w = *state;
	const struct leaving clerk = {.person = {104}, .all = true};
	const struct leaving deputy = {.person = {110}, .mandate = {110}};

	put_off(w);
	mint(w);
	assert_int_equal(left_of(w, &w->admin, &clerk, RESPONSIBLE_ACTIVITY),
	                 4); /* draft, published, open, closed */
	assert_int_equal(left_of(w, &w->admin, &clerk, RESPONSIBLE_OFFICE), 1);
	assert_int_equal(left_of(w, &w->admin, &clerk, RESPONSIBLE_ACCOUNT), 1);
	assert_int_equal(left_of(w, &w->staff, &deputy, RESPONSIBLE_CODE), 1);
	/* to a draft of today and to what is put off */
	assert_int_equal(left_of(w, &w->staff, &deputy, RESPONSIBLE_INVITATION),
	                 2);
	assert_int_equal(left_of(w, &w->staff, &deputy, RESPONSIBLE_OFFICE), 1);
}

static void
nothing_is_left_without_an_owner(void **state)
{
	struct cast *w = *state;
	struct leaving leave = {.person = {104}, .all = true, .reason = "退休"};
	const char *before = fixture_dump(w->f, w->f->a);

	assert_int_equal(leaving_run(&w->admin, &leave), ERR_OWNERLESS);
	/* not to a deputy, not to another unit's clerk, not to oneself */
	leave.heirs[RESPONSIBLE_ACTIVITY].v = 110;
	assert_int_equal(leaving_run(&w->admin, &leave), ERR_OWNERLESS);
	leave.heirs[RESPONSIBLE_ACTIVITY].v = 204;
	assert_int_equal(leaving_run(&w->admin, &leave), ERR_OWNERLESS);
	leave.heirs[RESPONSIBLE_ACTIVITY].v = 104;
	assert_int_equal(leaving_run(&w->admin, &leave), ERR_OWNERLESS);
	assert_string_equal(fixture_dump(w->f, w->f->a), before);
}

static void
who_takes_over_has_it_from_then_on(void **state)
{
	struct cast *w = *state;
	const struct leaving leave = {
	    .person = {104},
	    .all = true,
	    .reason = "退休",
	    .heirs = {[RESPONSIBLE_ACTIVITY] = {105}},
	};
	struct activity_page page;

	YES(leaving_run(&w->admin, &leave));
	assert_int_equal(number(w, "SELECT count(*) FROM activity"
	                           " WHERE keeper = 105"),
	                 4);
	assert_int_equal(number(w,
	                        "SELECT count(*) FROM activity WHERE unit = 1"
	                        " AND created_by = 104"),
	                 7); /* who prepared it is history */
	YES(activity_page_get(&w->head, w->f->a,
	                      (struct activity_id){PUBLISHED}, &page));
	assert_string_equal(page.creator, "张15");
	/* no office, no session */
	assert_int_equal(ctx_open(&w->staff, w->f->store, 104, 0), ERR_DENIED);
	assert_int_equal(leaving_run(&w->admin, &leave), ERR_STATE);
}

static void
a_mandate_ends_with_all_that_hangs_on_it(void **state)
{
	struct cast *w = *state;
	const struct leaving leave = {
	    .person = {110}, .mandate = {110}, .reason = "调离本市"};

	put_off(w);
	mint(w);
	YES(leaving_run(&w->staff, &leave));
	assert_int_equal(number(w, "SELECT to_on = '2026-03-28' FROM mandate"
	                           " WHERE id = 110"),
	                 1);
	assert_int_equal(number(w, "SELECT count(*) FROM participant WHERE"
	                           " activity = 101 AND person = 110"),
	                 0);
	assert_int_equal(number(w, "SELECT revoked_at > 0 FROM code"
	                           " WHERE kind = 'deputy'"),
	                 1);
	assert_int_equal(number(w, "SELECT to_on = '2026-03-28' FROM office"
	                           " WHERE id = 110"),
	                 1);
	/* what was done stays done */
	assert_true(number(w, "SELECT count(*) FROM duty_record"
	                      " WHERE person = 110") > 0);
	assert_int_equal(number(w, "SELECT count(*) FROM event WHERE action ="
	                           " 'person.leave' AND cause IS NULL"),
	                 1);
}

/* A deputy of two congresses who leaves one is still a deputy. */
static void
another_mandate_keeps_seat_code_and_office(void **state)
{
	struct cast *w = *state;
	const struct mandate town = {.person = {110},
	                             .level = LEVEL_TOWN,
	                             .term = {100},
	                             .station = {100}};
	const struct leaving leave = {
	    .person = {110}, .mandate = {110}, .reason = "辞去市代表"};
	struct mandate_id id;

	put_off(w);
	mint(w);
	YES(mandate_add(&w->staff, &town, &id));
	YES(leaving_run(&w->staff, &leave));
	assert_int_equal(number(w, "SELECT mandate FROM participant WHERE"
	                           " activity = 101 AND person = 110"),
	                 id.v);
	assert_int_equal(number(w, "SELECT count(*) FROM code WHERE"
	                           " kind = 'deputy' AND revoked_at IS NULL"),
	                 1);
	assert_int_equal(number(w, "SELECT count(*) FROM office WHERE id = 110"
	                           " AND to_on IS NULL"),
	                 1);
}

static void
a_clerk_ends_only_what_is_theirs(void **state)
{
	struct cast *w = *state;
	struct leaving leave = {
	    .person = {110}, .mandate = {110}, .reason = "误"};
	const char *before = fixture_dump(w->f, w->f->a);

	assert_int_equal(leaving_run(&w->staff2, &leave), ERR_NOT_FOUND);
	assert_int_equal(leaving_run(&w->head, &leave), ERR_DENIED);
	assert_int_equal(leaving_run(&w->deputy, &leave), ERR_DENIED);
	leave.person.v = 111; /* another's mandate */
	assert_int_equal(leaving_run(&w->staff, &leave), ERR_NOT_FOUND);
	leave.person.v = 110;
	leave.reason = "";
	assert_int_equal(leaving_run(&w->staff, &leave), ERR_INVALID);
	leave.reason = "误";
	leave.last = (struct day){2026, 3, 30}; /* to come */
	assert_int_equal(leaving_run(&w->staff, &leave), ERR_INVALID);
	leave.last = (struct day){2021, 12, 30}; /* before it began */
	assert_int_equal(leaving_run(&w->staff, &leave), ERR_INVALID);
	/* a colleague's office sees as much as one's own */
	leave = (struct leaving){
	    .person = {104}, .office = {104}, .reason = "误", .heirs = {{105}}};
	assert_int_equal(leaving_run(&w->staff, &leave), ERR_DENIED);
	assert_string_equal(fixture_dump(w->f, w->f->a), before);
}

/* An office can see more than who keeps the roster: an ending somebody else
 * carried out is not theirs to take back. */
static void
who_keeps_the_roster_strikes_out_what_they_ended_themselves(void **state)
{
	struct cast *w = *state;
	const struct leaving leave = {
	    .person = {107}, .all = true, .reason = "调任"};
	struct event_list later;
	int64_t event;

	YES(leaving_run(&w->staff, &leave));
	event = number(w, "SELECT max(id) FROM event WHERE cause IS NULL");
	assert_int_equal(event_strike(&w->county, w->f->a, event, "x", &later),
	                 ERR_DENIED);
	assert_int_equal(event_strike(&w->head, w->f->a, event, "x", &later),
	                 ERR_DENIED);
	assert_int_equal(event_strike(&w->staff2, w->f->a, event, "x", &later),
	                 ERR_NOT_FOUND);
	YES(event_strike(&w->staff, w->f->a, event, "记错", &later));
	assert_int_equal(number(w, "SELECT count(*) FROM office WHERE id = 107"
	                           " AND to_on IS NULL"),
	                 1);
}

static void
a_mandate_gets_another_group_but_no_other_units(void **state)
{
	struct cast *w = *state;
	struct mandate row;

	YES(mandate_get(&w->staff, w->f->a, (struct mandate_id){110}, &row));
	row.grp.v = 0;
	row.place.v = 102;
	YES(mandate_save(&w->staff, &row));
	assert_int_equal(number(w, "SELECT place FROM mandate WHERE id = 110"),
	                 102);
	row.grp.v = 200;
	assert_int_equal(mandate_save(&w->county, &row), ERR_INVALID);
	assert_int_equal(mandate_save(&w->staff2, &row), ERR_NOT_FOUND);
	assert_int_equal(mandate_save(&w->head, &row), ERR_DENIED);
}

/* --- the change of a term ------------------------------------------------- */

static struct term_id
next_term(struct cast *w)
{
	const struct term entry = {.level = LEVEL_COUNTY,
	                           .number = 17,
	                           .from_on = ctx_today(&w->county),
	                           .to_on = {2031, 12, 31}};
	struct term_id id;

	YES(term_add(&w->county, &entry, &id));
	return id;
}

/* Two go on, of the six. */
static void
elect(struct cast *w, struct term_id next)
{
	static const struct mandate_id keep[] = {{111}, {210}};
	int added, dropped;

	YES(reelection_save(&w->county, (struct term_id){1}, next, keep, 2,
	                    &added, &dropped));
	assert_int_equal(added, 2);
	assert_int_equal(dropped, 0);
}

static struct term_change_id
change(struct cast *w)
{
	struct term_change_id id;

	put_off(w);
	mint(w);
	elect(w, next_term(w));
	YES(term_change_run(&w->county, (struct term_id){1}, NULL, NULL, &id));
	return id;
}

static void
who_is_elected_again_is_marked_and_unmarked(void **state)
{
	struct cast *w = *state;
	struct term_id next = next_term(w);
	static const struct mandate_id other[] = {{110}, {210}};
	struct reelection *rows;
	int n, added, dropped;

	elect(w, next);
	YES(reelection_list(&w->county, w->f->a, (struct term_id){1}, next,
	                    &rows, &n));
	assert_int_equal(n, 6);
	for (int i = 0; i < n; i++)
		assert_int_equal(rows[i].again,
		                 rows[i].id.v == 111 || rows[i].id.v == 210);
	YES(reelection_save(&w->county, (struct term_id){1}, next, other, 2,
	                    &added, &dropped));
	assert_int_equal(added, 1);
	assert_int_equal(dropped, 1);
	assert_int_equal(reelection_save(&w->county, (struct term_id){1}, next,
	                                 other, 2, NULL, NULL),
	                 ERR_STATE);
	assert_int_equal(reelection_save(&w->staff, (struct term_id){1}, next,
	                                 other, 1, NULL, NULL),
	                 ERR_DENIED);
}

static void
the_preview_says_what_the_change_does(void **state)
{
	struct cast *w = *state;
	struct term_preview p, done;
	struct term_change_id id;

	put_off(w);
	mint(w);
	elect(w, next_term(w));
	YES(term_change_preview(&w->county, w->f->a, (struct term_id){1}, &p));
	assert_int_equal(p.mandates, 6);
	assert_int_equal(p.reelected, 2);
	assert_int_equal(p.persons, 4);
	assert_int_equal(p.counts[RESPONSIBLE_CODE], 1);
	assert_int_equal(p.counts[RESPONSIBLE_OFFICE], 1); /* 110's */
	/* 110 to two, 211 to one; 111 and 210 keep as many */
	assert_int_equal(p.counts[RESPONSIBLE_INVITATION], 3);
	assert_int_equal(p.counts[RESPONSIBLE_SEAT], 3);
	YES(term_change_run(&w->county, (struct term_id){1}, NULL, NULL, &id));
	YES(term_change_preview(&w->county, w->f->a, (struct term_id){1},
	                        &done));
	assert_true(done.is_changed);
	assert_int_equal(done.change.mandates, p.mandates);
	assert_int_equal(done.change.reelected, p.reelected);
	assert_int_equal(done.change.codes, 1);
	assert_int_equal(done.change.offices, 1);
	assert_int_equal(done.change.invitations, 6);
	assert_int_equal(done.change.state, TERM_CHANGE_DONE);
}

/* Everything that was asked on the way, whatever the table. */
static void
what_a_change_and_a_leaving_ask_walks_indexes(void **state)
{
	struct cast *w = *state;
	const struct leaving leave = {
	    .person = {104},
	    .all = true,
	    .reason = "退休",
	    .heirs = {[RESPONSIBLE_ACTIVITY] = {105}},
	};
	int asked = 0;

	(void)change(w);
	YES(leaving_run(&w->admin, &leave));
	for (int i = 0; i < w->f->store->stmt_size; i++) {
		const struct stmt *q = w->f->store->stmts[i];
		const char *sql =
		    q != NULL && q->raw != NULL ? sqlite3_sql(q->raw) : "";

		if (strstr(sql, ":after") != NULL ||
		    strstr(sql, "role_perm CROSS JOIN") != NULL ||
		    strstr(sql, "mandate.term = :") != NULL ||
		    strstr(sql, "mandate = :mandate") != NULL) {
			fixture_plan(w->f, sql);
			asked++;
		}
	}
	assert_true(asked >= 14);
}

static void
mandates_end_and_the_elected_go_on(void **state)
{
	struct cast *w = *state;

	(void)change(w);
	assert_int_equal(number(w, "SELECT count(*) FROM mandate WHERE term = 1"
	                           " AND to_on = '2026-03-28'"),
	                 6);
	assert_int_equal(number(w, "SELECT to_on = '2026-03-28' FROM term"
	                           " WHERE id = 1"),
	                 1);
	/* the seat of who was elected again is under the new mandate */
	assert_int_equal(number(w, "SELECT m.term <> 1 FROM participant AS p"
	                           " JOIN mandate AS m ON m.id = p.mandate"
	                           " WHERE p.activity = 101 AND p.person ="
	                           " 111"),
	                 1);
	assert_int_equal(number(w, "SELECT count(*) FROM event WHERE action ="
	                           " 'term.change'"),
	                 1);
}

static void
a_change_is_taken_back_as_a_whole_until_it_is_confirmed(void **state)
{
	struct cast *w = *state;
	struct term_change_id id;
	const char *before;

	put_off(w);
	mint(w);
	elect(w, next_term(w));
	before = fixture_dump(w->f, w->f->a);
	YES(term_change_run(&w->county, (struct term_id){1}, NULL, NULL, &id));
	YES(term_change_undo(&w->county, w->f->a, id, "日期有误"));
	assert_string_equal(fixture_dump(w->f, w->f->a), before);

	YES(term_change_run(&w->county, (struct term_id){1}, NULL, NULL, &id));
	YES(term_change_confirm(&w->county, id));
	assert_int_equal(term_change_undo(&w->county, w->f->a, id, "晚了"),
	                 ERR_DEPENDS);
	assert_int_equal(term_change_confirm(&w->county, id), ERR_STATE);
}

static void
a_change_needs_its_congress_its_terms_and_its_day(void **state)
{
	struct cast *w = *state;
	struct term entry = {.level = LEVEL_COUNTY,
	                     .number = 17,
	                     .from_on = {2026, 5, 1},
	                     .to_on = {2031, 12, 31}};
	struct term_change_id change_id;
	struct term_id id;

	assert_int_equal(term_change_run(&w->county, (struct term_id){1}, NULL,
	                                 NULL, &change_id),
	                 ERR_NOT_FOUND);
	assert_int_equal(term_add(&w->staff, &entry, &id), ERR_DENIED);
	YES(term_add(&w->county, &entry, &id));
	assert_int_equal(term_change_run(&w->county, (struct term_id){1}, NULL,
	                                 NULL, &change_id),
	                 ERR_INVALID);
	entry.id = id;
	entry.from_on = ctx_today(&w->county);
	YES(term_save(&w->county, &entry));
	assert_int_equal(term_change_run(&w->staff, (struct term_id){1}, NULL,
	                                 NULL, &change_id),
	                 ERR_DENIED);
	assert_int_equal(term_change_run(&w->admin, (struct term_id){1}, NULL,
	                                 NULL, &change_id),
	                 ERR_DENIED);
	YES(term_change_run(&w->county, (struct term_id){1}, NULL, NULL,
	                    &change_id));
	assert_int_equal(term_change_run(&w->county, (struct term_id){1}, NULL,
	                                 NULL, &change_id),
	                 ERR_EXISTS);
}

static void
a_town_changes_its_own_term_only(void **state)
{
	struct cast *w = *state;
	const struct mandate mandate = {.person = {110},
	                                .level = LEVEL_TOWN,
	                                .term = {100},
	                                .station = {100}};
	struct term entry = {.level = LEVEL_TOWN,
	                     .unit = {1},
	                     .number = 18,
	                     .from_on = ctx_today(&w->staff),
	                     .to_on = {2031, 12, 31}};
	struct term_change_id change_id;
	struct mandate_id id;
	struct term_id term;

	YES(mandate_add(&w->staff, &mandate, &id));
	assert_int_equal(term_add(&w->staff2, &entry, &term), ERR_DENIED);
	YES(term_add(&w->staff, &entry, &term));
	assert_int_equal(term_change_run(&w->staff2, (struct term_id){100},
	                                 NULL, NULL, &change_id),
	                 ERR_NOT_FOUND);
	YES(term_change_run(&w->staff, (struct term_id){100}, NULL, NULL,
	                    &change_id));
	assert_int_equal(number(w, "SELECT count(*) FROM mandate"
	                           " WHERE term = 1 AND to_on IS NULL"),
	                 6);
	assert_int_equal(term_change_confirm(&w->staff2, change_id),
	                 ERR_NOT_FOUND);
	YES(term_change_confirm(&w->staff, change_id));
}

static bool
stop(void *data, int permille)
{
	(void)permille;
	return --*(int *)data > 0;
}

static void
a_change_that_is_stopped_leaves_nothing(void **state)
{
	struct cast *w = *state;
	struct term_change_id id;
	const char *before;
	int steps = 3;

	put_off(w);
	elect(w, next_term(w));
	before = fixture_dump(w->f, w->f->a);
	assert_int_equal(
	    term_change_run(&w->county, (struct term_id){1}, stop, &steps, &id),
	    ERR_STOPPED);
	assert_string_equal(fixture_dump(w->f, w->f->a), before);
}

static bool
die(void *data, int permille)
{
	(void)permille;
	if (--*(int *)data == 0)
		_exit(9); /* nothing is closed, as by kill -9 */
	return true;
}

static void
a_change_that_is_killed_leaves_nothing(void **state)
{
	struct cast *w = *state;
	struct store *s;
	const char *before;
	pid_t child;
	int status, steps = 3;

	put_off(w);
	elect(w, next_term(w));
	before = fixture_dump(w->f, w->f->a);
	child = fork();
	if (child == 0) {
		struct term_change_id id;
		struct ctx c;

		if (store_open(w->f->path, 0, &s) != OK)
			_exit(1);
		store_stop_clock(s, ctx_now(&w->county));
		if (ctx_open(&c, s, w->county.account, 0) != OK)
			_exit(2);
		_exit(term_change_run(&c, (struct term_id){1}, die, &steps,
		                      &id) == OK
		          ? 3
		          : 4);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(WEXITSTATUS(status), 9);
	assert_string_equal(fixture_dump(w->f, w->f->a), before);
}

/* --- sealed files --------------------------------------------------------- */

static void
confirmed(struct cast *w)
{
	YES(term_change_confirm(&w->county, change(w)));
}

static void
a_confirmed_change_seals_every_file_of_the_term(void **state)
{
	struct cast *w = *state;

	confirmed(w);
	assert_int_equal(number(w, "SELECT count(*) FROM file_seal"
	                           " WHERE term = 1"),
	                 6);
	assert_int_equal(number(w, "SELECT seals FROM term_change"
	                           " WHERE old_term = 1"),
	                 6);
	assert_int_equal(
	    number(w, "SELECT sum(records) = (SELECT count(*) FROM duty_record"
	              " WHERE term = 1) FROM file_seal WHERE term = 1"),
	    1);
}

/* Through every door: striking out the sign-in, correcting the roll, a
 * statement of one's own. */
static void
a_sealed_file_takes_nothing_in_and_gives_nothing_out(void **state)
{
	struct cast *w = *state;

	confirmed(w);
	assert_int_equal(
	    participant_correct(&w->staff,
	                        (struct participant_id){CLOSED * 10 + 1},
	                        PARTICIPANT_SIGNED_IN, "补签"),
	    ERR_SEALED);
	assert_int_equal(store_exec(w->f->store, "DELETE FROM duty_record"),
	                 ERR_SEALED);
	assert_int_equal(store_exec(w->f->store, "UPDATE duty_record SET title"
	                                         " = 'x'"),
	                 ERR_SEALED);
	assert_int_equal(
	    term_save(&w->county, &(struct term){.id = {1},
	                                         .number = 16,
	                                         .from_on = {2022, 1, 1},
	                                         .to_on = {2026, 3, 1}}),
	    ERR_SEALED);
}

static void
an_addendum_is_all_that_a_sealed_file_takes(void **state)
{
	struct cast *w = *state;
	struct file_addendum_id id;
	struct file_addendum *rows;
	struct file_seal *seals;
	int n;

	confirmed(w);
	YES(file_seal_of_person(&w->staff, w->f->a, (struct person_id){110},
	                        &seals, &n));
	assert_int_equal(n, 1);
	YES(file_addendum_add(&w->staff, seals[0].id, "漏记走访一次", &id));
	assert_int_equal(file_addendum_add(&w->staff, seals[0].id, "", &id),
	                 ERR_INVALID);
	assert_int_equal(file_addendum_add(&w->staff2, seals[0].id, "x", &id),
	                 ERR_NOT_FOUND);
	assert_int_equal(file_addendum_add(&w->deputy, seals[0].id, "x", &id),
	                 ERR_DENIED);
	YES(file_addendum_list(&w->deputy, w->f->a, seals[0].id, &rows, &n));
	assert_int_equal(n, 1);
	assert_string_equal(rows[0].text, "漏记走访一次");
}

static char rules_found[1000];

static void
note(void *data, const char *rule, const char *text)
{
	(void)data, (void)text;
	if (strlen(rules_found) + strlen(rule) + 2 < sizeof(rules_found)) {
		strncat(rules_found, " ", 2);
		strncat(rules_found, rule, 100);
	}
}

static void
expect(struct cast *w, const char *rule, const char *sql)
{
	int n;

	rules_found[0] = '\0';
	YES(store_exec(w->f->store, "PRAGMA foreign_keys = OFF"));
	YES(store_begin(w->f->store));
	YES(store_exec(w->f->store, "DROP TRIGGER file_sealed_add;"
	                            "DROP TRIGGER file_sealed_drop;"
	                            "DROP TRIGGER file_sealed_save"));
	YES(store_exec(w->f->store, sql));
	YES(check_run(&w->f->ctx, note, NULL, &n));
	store_rollback(w->f->store);
	if (strstr(rules_found, rule) == NULL)
		fail_msg("%s: expected %s, found%s", sql, rule, rules_found);
}

static void
check_finds_a_file_that_was_opened(void **state)
{
	struct cast *w = *state;
	int n;

	confirmed(w);
	rules_found[0] = '\0';
	YES(check_run(&w->f->ctx, note, NULL, &n));
	assert_null(strstr(rules_found, "seal"));
	assert_null(strstr(rules_found, "term_change"));
	expect(w, " seal",
	       "UPDATE duty_record SET title = 'x'"
	       " WHERE id = (SELECT max(id) FROM duty_record)");
	expect(w, " seal",
	       "UPDATE duty_record SET happened_at ="
	       " happened_at + 1");
	expect(w, " seal",
	       "DELETE FROM duty_record WHERE id ="
	       " (SELECT min(id) FROM duty_record)");
	expect(w, " seal",
	       "UPDATE file_seal SET hash = 'x' WHERE person = 112"
	       " AND term = 1");
	expect(w, " seal",
	       "UPDATE file_seal SET records = 7 WHERE person ="
	       " 110");
	expect(w, " seal", "DELETE FROM file_seal WHERE person = 110");
	expect(w, " seal", "UPDATE term_change SET state = 'done'");
	expect(w, " term_change", "UPDATE term_change SET seals = 5");
	expect(w, " term_change",
	       "UPDATE mandate SET to_on = NULL"
	       " WHERE id = 110");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(what_one_leaves_is_told_before),
	    TEST(nothing_is_left_without_an_owner),
	    TEST(who_takes_over_has_it_from_then_on),
	    TEST(a_mandate_ends_with_all_that_hangs_on_it),
	    TEST(another_mandate_keeps_seat_code_and_office),
	    TEST(a_clerk_ends_only_what_is_theirs),
	    TEST(who_keeps_the_roster_strikes_out_what_they_ended_themselves),
	    TEST(a_mandate_gets_another_group_but_no_other_units),
	    TEST(who_is_elected_again_is_marked_and_unmarked),
	    TEST(the_preview_says_what_the_change_does),
	    TEST(what_a_change_and_a_leaving_ask_walks_indexes),
	    TEST(mandates_end_and_the_elected_go_on),
	    TEST(a_change_is_taken_back_as_a_whole_until_it_is_confirmed),
	    TEST(a_change_needs_its_congress_its_terms_and_its_day),
	    TEST(a_town_changes_its_own_term_only),
	    TEST(a_change_that_is_stopped_leaves_nothing),
	    TEST(a_change_that_is_killed_leaves_nothing),
	    TEST(a_confirmed_change_seals_every_file_of_the_term),
	    TEST(a_sealed_file_takes_nothing_in_and_gives_nothing_out),
	    TEST(an_addendum_is_all_that_a_sealed_file_takes),
	    TEST(check_finds_a_file_that_was_opened),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
