/* The demo at a fiftieth of its size: exact counts, every state, check. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "db/ballot.h"
#include "db/conversion.h"
#include "db/demo.h"
#include "db/opinion_leg.h"
#include "db/store/check.h"
#include "tests/unit/fixture_people.h"

enum { PART = 50 };

static const struct demo_options options = {.scale = 1, .part = PART};

static void
complain(void *data, const char *rule, const char *text)
{
	(void)data;
	print_error("%s: %s\n", rule, text);
}

static void
make(struct fixture *f)
{
	int err = demo_make(&f->ctx, &options, NULL, NULL);

	if (err != OK)
		print_error("%s: %s\n", err_name(err), store_why(f->store));
	assert_int_equal(err, OK);
}

/* How many opinions show green, yellow or red today. */
static int64_t
lights(struct fixture *f, int light)
{
	static const char *const when[] = {
	    "warn_on > site_today() AND due_on < '9999'",
	    "warn_on <= site_today() AND due_on >= site_today()",
	    "due_on < site_today()"};

	return fixture_int(f, arena_printf(f->a,
	                                   "SELECT count(*) FROM opinion"
	                                   " WHERE %s",
	                                   when[light]));
}

static void
open_account(struct fixture *f, const char *name, struct ctx *c)
{
	const char *sql = arena_printf(
	    f->a, "SELECT id FROM account WHERE name = '%s'", name);

	assert_int_equal(ctx_open(c, f->store, fixture_int(f, sql), 0), OK);
	c->stopped = f->ctx.stopped;
}

static void
the_demo_has_exactly_what_it_says(void **state)
{
	struct fixture *f = *state;
	int n;

	make(f);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM activity"),
	                 DEMO_ACTIVITIES / PART);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM duty_record"),
	                 DEMO_RECORDS / PART);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM unit"), 12);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM account"), 12);
	assert_int_equal(
	    fixture_int(f, "SELECT count(DISTINCT state) FROM activity"), 7);
	/* Nothing that happened lies ahead of the clock. */
	assert_int_equal(
	    fixture_int(f, arena_printf(f->a,
	                                "SELECT count(*) FROM event"
	                                " WHERE at > %lld",
	                                (long long)f->ctx.stopped.s)),
	    0);
	assert_int_equal(
	    fixture_int(f, "SELECT count(*) FROM mandate AS m JOIN unit AS u"
	                   " ON u.id = m.unit WHERE u.kind = 'subdistrict'"
	                   "   AND m.level = 'town'"),
	    0);
	people_recount(f);
	assert_int_equal(check_run(&f->ctx, complain, NULL, &n), OK);
	assert_int_equal(n, 0);
}

static void
opinions_are_in_every_state_and_light(void **state)
{
	struct fixture *f = *state;

	make(f);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM opinion"),
	                 DEMO_OPINIONS / PART);
	assert_int_equal(
	    fixture_int(f, "SELECT count(DISTINCT state) FROM opinion"),
	    OPINION_STATES);
	assert_int_equal(
	    fixture_int(f, "SELECT count(DISTINCT state) FROM opinion_leg"),
	    LEG_STATES);
	assert_int_equal(
	    fixture_int(f, "SELECT count(DISTINCT kind) FROM conversion"),
	    CONVERSION_KINDS);
	/* Asked for time and undecided; paused; overdue since yesterday. */
	assert_true(fixture_int(f, "SELECT count(*) FROM opinion_leg"
	                           " WHERE asked_days > 0") > 0);
	assert_true(fixture_int(f, "SELECT count(*) FROM opinion"
	                           " WHERE paused_at IS NOT NULL") > 0);
	for (int days = 0; days <= 2; days++)
		assert_true(lights(f, days) > 0);
}

/* The newest three: a small demo has no more. */
static void
draft_laws_are_being_asked_about(void **state)
{
	struct fixture *f = *state;

	make(f);
	for (int i = 0; i < 3; i++) {
		static const char *const states[] = {"draft", "open", "closed"};

		assert_int_equal(
		    fixture_int(f,
		                arena_printf(f->a,
		                             "SELECT count(*) FROM consultation"
		                             " WHERE state = '%s'",
		                             states[i])),
		    1);
	}
	assert_int_equal(
	    fixture_int(f, "SELECT count(*) FROM consultation_person AS p"
	                   " JOIN consultation AS k ON k.id = p.consultation"
	                   " JOIN account AS a ON a.person = p.person"
	                   " WHERE k.state = 'open' AND p.state = 'read'"
	                   "   AND a.name = 'deputy'"),
	    1);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM duty_record AS r"
	                                " WHERE r.kind = 'law'"),
	                 fixture_int(f, "SELECT count(*) FROM law_comment"
	                                " WHERE source = 'deputy'"));
	assert_true(fixture_int(f, "SELECT count(*) FROM law_article"
	                           " WHERE change = 'changed'") > 0);
}

/* Large enough to have all of them. Whoever is asked holds a mandate as long
 * as it lasts; what was said before the present term counts in the one before.
 */
static void
laws_of_five_years_ask_those_who_held_a_mandate_then(void **state)
{
	static const struct demo_options larger = {.scale = 1, .part = 20};
	struct fixture *f = *state;
	int n;

	assert_int_equal(demo_make(&f->ctx, &larger, NULL, NULL), OK);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM consultation"),
	                 12);
	assert_true(fixture_int(f,
	                        "SELECT julianday(site_today()) -"
	                        " julianday(min(from_on)) FROM consultation") >
	            1700);
	assert_int_equal(
	    fixture_int(f,
	                "SELECT count(*) FROM consultation_person AS p"
	                " JOIN consultation AS k ON k.id = p.consultation"
	                " WHERE k.state <> 'draft' AND NOT EXISTS"
	                "  (SELECT 1 FROM mandate AS m"
	                "    WHERE m.person = p.person AND m.unit = p.unit"
	                "      AND m.from_on <= k.from_on"
	                "      AND (m.to_on IS NULL OR m.to_on >= k.to_on))"),
	    0);
	assert_true(
	    fixture_int(
		f, "SELECT count(*) FROM duty_record AS r"
		   " JOIN term AS t ON t.id = r.term"
		   " WHERE r.kind = 'law' AND t.to_on < site_today()") >= 4);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM duty_record"),
	                 DEMO_RECORDS / 20);
	assert_int_equal(check_run(&f->ctx, complain, NULL, &n), OK);
	assert_int_equal(n, 0);
}

static void
each_account_finds_opinions_to_do(void **state)
{
	static const struct {
		const char *name;
		const struct list_spec *list;
		int filter;
	} bench[] = {
	    {"officer", &opinion_inbox, OPINION_LIST_TURN},
	    {"station", &opinion_inbox, OPINION_LIST_TURN},
	    {"town", &opinion_inbox, OPINION_LIST_OVERDUE},
	    {"town2", &opinion_inbox, OPINION_LIST_TURN},
	    {"county", &opinion_inbox, OPINION_LIST_TURN},
	    {"deputy", &opinion_inbox, OPINION_LIST_MY_TURN},
	    {"deputy2", &opinion_inbox, OPINION_LIST_MY_TURN},
	    {"office", &opinion_leg_list, LEG_LIST_OPEN},
	};
	struct fixture *f = *state;

	make(f);
	for (size_t i = 0; i < COUNT(bench); i++) {
		struct list_query query = {.value_count = 1};
		struct list_page page;
		struct ctx c;

		open_account(f, bench[i].name, &c);
		query.values[0] = (struct list_value){bench[i].filter, 1, NULL};
		assert_int_equal(list_fetch(&c, f->a, bench[i].list, &query,
		                            LIST_FIRST, NULL, 50, &page),
		                 OK);
		if (page.n == 0)
			print_error("%s has nothing to do\n", bench[i].name);
		assert_true(page.n > 0);
	}
}

static void
projects_are_in_every_state_and_light(void **state)
{
	static const char *const lights[] = {
	    "due_on < site_today()",
	    "warn_on <= site_today() AND due_on >= site_today()",
	    "warn_on > site_today() AND due_on < '9999'"};
	struct fixture *f = *state;

	make(f);
	assert_int_equal(
	    fixture_int(f, "SELECT count(DISTINCT state) FROM project"),
	    PROJECT_STATES);
	/* opinions are few in a small site, and may not have become any */
	assert_true(fixture_int(f, "SELECT count(DISTINCT source) FROM project"
	                           " WHERE source <> 'opinion'") == 5);
	for (size_t i = 0; i < COUNT(lights); i++)
		assert_true(
		    fixture_int(f, arena_printf(f->a,
		                                "SELECT count(*) FROM project"
		                                " WHERE state = 'running'"
		                                "   AND %s",
		                                lights[i])) > 0);
	/* A change waits for the head; another opinion's deputy for a reply. */
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM project_change"
	                                " WHERE state = 'asked'"),
	                 1);
	assert_true(
	    fixture_int(f, "SELECT count(DISTINCT state) FROM project_task") ==
	    5);
}

static void
each_account_finds_a_ballot_and_projects(void **state)
{
	static const char *const voters[] = {"deputy", "member"};
	static const char *const led[] = {"running", "inspected"};
	struct fixture *f = *state;

	make(f);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM ballot"
	                                " WHERE state = 'open'"),
	                 2);
	assert_true(
	    fixture_int(f, "SELECT count(DISTINCT state) FROM ballot") >=
	    BALLOT_STATES - 1);
	for (size_t i = 0; i < COUNT(voters); i++) {
		const struct ballot_id id = {fixture_int(
		    f, arena_printf(f->a,
		                    "SELECT b.id FROM ballot AS b"
		                    " JOIN ballot_voter AS v ON v.ballot = b.id"
		                    " JOIN account AS a ON a.person = v.person"
		                    " WHERE b.state = 'open' AND v.voted = 0"
		                    "   AND a.name = '%s'",
		                    voters[i]))};
		struct ctx c;

		open_account(f, voters[i], &c);
		assert_int_equal(ballot_may_vote(&c, id), OK);
	}
	for (size_t i = 0; i < COUNT(led); i++)
		assert_true(
		    fixture_int(
			f,
			arena_printf(f->a,
		                     "SELECT count(*) FROM project AS p"
		                     " JOIN office AS o ON o.organ = p.lead"
		                     " JOIN account AS a ON a.person = o.person"
		                     " WHERE a.name = 'office'"
		                     "   AND p.state = '%s'",
		                     led[i])) > 0);
}

static void
what_was_chosen_was_voted_for(void **state)
{
	struct fixture *f = *state;

	make(f);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM ballot"
	                                " WHERE state = 'confirmed'"
	                                "   AND outcome <> 'decided'"),
	                 0);
	/* all but those of open and closed lists came through one */
	assert_int_equal(
	    fixture_int(f, "SELECT count(*) FROM project AS p"
	                   " WHERE p.selected_at IS NOT NULL AND NOT EXISTS"
	                   " (SELECT 1 FROM ballot_option AS o"
	                   "   WHERE o.project = p.id"
	                   "     AND o.outcome = 'selected')"),
	    0);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM ballot_paper AS p"
	                                " JOIN ballot AS b ON b.id = p.ballot"
	                                " WHERE b.state = 'confirmed'"),
	                 0);
}

static void
there_is_something_to_sign_in_to_now(void **state)
{
	struct fixture *f = *state;

	make(f);
	assert_int_equal(
	    fixture_int(f, arena_printf(f->a,
	                                "SELECT count(*) FROM activity AS a"
	                                " JOIN unit AS u ON u.id = a.unit"
	                                " JOIN code AS c ON c.kind = 'activity'"
	                                "  AND c.subject = a.id"
	                                " WHERE a.state = 'open'"
	                                "   AND u.name = '周王庙镇'"
	                                "   AND %lld BETWEEN c.valid_from"
	                                "                AND c.valid_to - 3600",
	                                (long long)f->ctx.stopped.s)),
	    1);
	/* The deputy's account is invited and has not signed in. */
	assert_int_equal(
	    fixture_int(f, "SELECT count(*) FROM participant AS p"
	                   " JOIN activity AS a ON a.id = p.activity"
	                   " JOIN account AS c ON c.person = p.person"
	                   " WHERE c.name = 'deputy' AND a.state = 'open'"
	                   "   AND p.signed_at IS NULL"),
	    1);
}

static void
it_can_be_made_at_any_time_of_day(void **state)
{
	static const int hours[] = {0, 7, 23};
	struct fixture *f;
	void *another;

	(void)state;
	for (size_t i = 0; i < COUNT(hours); i++) {
		struct day day = {2026, 3, 29};

		assert_int_equal(fixture_setup(&another), 0);
		f = another;
		f->ctx.stopped = clock_at(day, hours[i], 55);
		make(f);
		assert_int_equal(fixture_int(f, "SELECT count(*) FROM"
		                                " duty_record"),
		                 DEMO_RECORDS / PART);
		assert_int_equal(
		    fixture_int(f, "SELECT count(*) FROM activity AS a"
		                   " JOIN participant AS p"
		                   "   ON p.activity = a.id"
		                   " WHERE a.state = 'open'"
		                   "   AND p.signed_at IS NOT NULL"),
		    11);
		fixture_teardown(&another);
	}
}

static void
the_same_seed_makes_the_same_site(void **state)
{
	struct fixture *f = *state, *other;
	void *second;
	/* The hash of the password has a salt of its own; keys of papers are
	 * drawn by lot. */
	static const char forget[] = "UPDATE account SET password = '';"
				     "DELETE FROM ballot_paper";

	make(f);
	assert_int_equal(fixture_setup(&second), 0);
	other = second;
	make(other);
	assert_int_equal(store_exec(f->store, forget), OK);
	assert_int_equal(store_exec(other->store, forget), OK);
	assert_string_equal(fixture_dump(f, f->a),
	                    fixture_dump(other, other->a));
	fixture_teardown(&second);
}

static void
a_site_with_units_is_left_alone(void **state)
{
	struct fixture *f = *state;

	fixture_rows(f);
	assert_int_equal(demo_make(&f->ctx, &options, NULL, NULL), ERR_EXISTS);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM unit"), 2);
}

int
main(void)
{
#define T(name)                                                                \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
	    T(the_demo_has_exactly_what_it_says),
	    T(opinions_are_in_every_state_and_light),
	    T(draft_laws_are_being_asked_about),
	    T(laws_of_five_years_ask_those_who_held_a_mandate_then),
	    T(each_account_finds_opinions_to_do),
	    T(projects_are_in_every_state_and_light),
	    T(each_account_finds_a_ballot_and_projects),
	    T(what_was_chosen_was_voted_for),
	    T(there_is_something_to_sign_in_to_now),
	    T(it_can_be_made_at_any_time_of_day),
	    T(the_same_seed_makes_the_same_site),
	    T(a_site_with_units_is_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
