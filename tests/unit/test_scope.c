/*
 * Who sees what, on two units with everything in them: what the store lets
 * each role read is compared, entity by entity and list by list, with an
 * oracle that says the rule of domain.md in plain C over plain rows and
 * shares nothing with the entities' scope[] tables.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/account.h"
#include "db/activity.h"
#include "db/ballot.h"
#include "db/campaign.h"
#include "db/code.h"
#include "db/conversion.h"
#include "db/duty_record.h"
#include "db/duty_request.h"
#include "db/import.h"
#include "db/instruction.h"
#include "db/mandate.h"
#include "db/opinion_hold.h"
#include "db/opinion_leg.h"
#include "db/participant.h"
#include "db/person.h"
#include "db/plan_item.h"
#include "db/project_task.h"
#include "db/rota.h"
#include "db/store/stmt.h"
#include "tests/unit/fixture_world.h"

/* A row as the oracle knows it. unit 0: the county's. */
struct row {
	int64_t id, unit, person;
	bool hidden; /* not shown to those it concerns yet: of a draft */
};

/* How an entity's rows are told apart; names are those of the tables. */
struct subject {
	const char *table;
	const char *rows; /* id, unit, person, hidden */
	/* Who besides county and the unit's officers sees it. */
	enum { NOBODY, COLLEAGUES, OWNER } deputy, organ;
	bool officers_own; /* officers see only their own (accounts) */
	bool staff_only;   /* of a unit's people only its staff */
};

#define PLAIN "unit, 0, 0"
static const struct subject subjects[] = {
    {.table = "unit",
     .rows = "id, 0, 0",
     .deputy = COLLEAGUES,
     .organ = COLLEAGUES},
    {.table = "station",
     .rows = PLAIN,
     .deputy = COLLEAGUES,
     .organ = COLLEAGUES},
    {.table = "place",
     .rows = PLAIN,
     .deputy = COLLEAGUES,
     .organ = COLLEAGUES},
    {.table = "district",
     .rows = PLAIN,
     .deputy = COLLEAGUES,
     .organ = COLLEAGUES},
    {.table = "deputy_group", .rows = PLAIN, .deputy = COLLEAGUES},
    {.table = "mandate", .rows = "unit, person, 0", .deputy = COLLEAGUES},
    {.table = "person", .rows = "unit, id, 0", .deputy = OWNER, .organ = OWNER},
    {.table = "account",
     .rows = "unit, person, 0",
     .deputy = OWNER,
     .organ = OWNER,
     .officers_own = true},
    {.table = "phone",
     .rows = "0, (SELECT person FROM account WHERE account.id = account), 0",
     .deputy = OWNER,
     .organ = OWNER,
     .officers_own = true},
    {.table = "account_key",
     .rows = "0, (SELECT person FROM account WHERE account.id = account), 0",
     .deputy = OWNER,
     .organ = OWNER,
     .officers_own = true},
    {.table = "activity",
     .rows = "unit, (SELECT :me WHERE EXISTS (SELECT 1 FROM participant"
             " WHERE activity = activity.id AND person = :me)),"
             " state = 'draft'",
     .deputy = OWNER},
    {.table = "code", .rows = PLAIN},
    {.table = "participant",
     .rows = "unit, person, (SELECT state = 'draft' FROM activity"
             " WHERE activity.id = activity)",
     .deputy = OWNER},
    {.table = "duty_record", .rows = "unit, person, 0", .deputy = OWNER},
    {.table = "rota", .rows = "unit, person, 0", .deputy = OWNER},
    {.table = "plan_item", .rows = PLAIN},
    {.table = "instruction", .rows = PLAIN},
    {.table = "receipt", .rows = PLAIN},
    {.table = "document", .rows = PLAIN},
    {.table = "term_change", .rows = PLAIN},
    {.table = "file_seal", .rows = "unit, person, 0", .deputy = OWNER},
    {.table = "file_addendum", .rows = "unit, person, 0", .deputy = OWNER},
    {.table = "campaign",
     .rows = "(SELECT u.unit FROM campaign_unit AS u"
             " WHERE u.campaign = campaign.id), 0, 0",
     .deputy = COLLEAGUES},
    {.table = "campaign_unit", .rows = PLAIN, .deputy = COLLEAGUES},
    {.table = "duty_request", .rows = "unit, person, 0", .deputy = OWNER},
    /* Of a deputy's one-to-one messages and what they accompany: theirs
     * alone; an office what it was sent. */
    {.table = "opinion",
     .rows = "unit, (SELECT :me WHERE :me IN (deputy, companion)"
             " OR :me IN (SELECT o.person FROM office AS o, opinion_leg AS l"
             "   WHERE o.organ = l.organ AND l.opinion = opinion.id)), 0",
     .deputy = OWNER,
     .organ = OWNER},
    {.table = "opinion_leg",
     .rows = "unit, (SELECT :me WHERE :me IN (SELECT ifnull(o.deputy,"
             "  o.companion) FROM opinion AS o WHERE o.id = opinion)"
             " OR :me IN (SELECT o.person FROM office AS o"
             "   WHERE o.organ = opinion_leg.organ)), 0",
     .deputy = OWNER,
     .organ = OWNER},
    /* And what the citizen of the matter was told into which one's own was
     * merged; an office not what the house notes, nor what others reply. */
    {.table = "opinion_note",
     .rows = "(SELECT o.unit FROM opinion AS o WHERE o.id = opinion),"
             " (SELECT :me WHERE :me IN (SELECT ifnull(o.deputy, o.companion)"
             "   FROM opinion AS o WHERE o.id = opinion_note.opinion"
             "    OR (o.merged = opinion_note.opinion AND opinion_note.kind"
             "        IN ('answer', 'refuse', 'tell', 'end')))"
             " OR :me IN (SELECT o.person FROM office AS o, opinion_leg AS l"
             "   WHERE o.organ = l.organ AND l.opinion = opinion_note.opinion"
             "     AND iif(opinion_note.leg IS NULL,"
             "             opinion_note.kind <> 'note',"
             "             opinion_note.leg = l.id))), 0",
     .deputy = OWNER,
     .organ = OWNER},
    {.table = "attachment",
     .rows = "(SELECT o.unit FROM opinion AS o WHERE o.id = opinion),"
             " (SELECT :me WHERE :me IN (SELECT ifnull(o.deputy, o.companion)"
             "   FROM opinion AS o WHERE o.id = attachment.opinion)"
             " OR :me IN (SELECT o.person FROM office AS o, opinion_leg AS l"
             "   WHERE o.organ = l.organ AND l.opinion = attachment.opinion)),"
             " 0",
     .deputy = OWNER,
     .organ = OWNER},
    {.table = "conversion",
     .rows = "unit, (SELECT ifnull(o.deputy, o.companion) FROM opinion AS o"
             " WHERE o.id = opinion), 0",
     .deputy = OWNER},
    /* A project under way is everybody's to look at, and so is its team;
     * an opinion its deputy's and its office's, a finding the unit's
     * deputies'; a rating whose it is. */
    {.table = "project_member",
     .rows = "(SELECT p.unit FROM project AS p WHERE p.id = project),"
             " (SELECT :me WHERE :me IN (SELECT person FROM mandate)"
             "   OR :me IN (SELECT o.person FROM office AS o, project AS p"
             "     WHERE p.id = project_member.project"
             "       AND o.organ = p.lead)), 0",
     .deputy = OWNER,
     .organ = OWNER},
    {.table = "project_task",
     .rows = "unit, (SELECT :me WHERE :me = project_task.person"
             " OR (project_task.kind = 'finding' AND :me IN"
             "   (SELECT m.person FROM mandate AS m"
             "     WHERE m.unit = project_task.unit))"
             " OR :me IN (SELECT o.person FROM office AS o"
             "   WHERE o.organ = project_task.organ)), 0",
     .deputy = OWNER,
     .organ = OWNER},
    {.table = "project_rating",
     .rows = "(SELECT p.unit FROM project AS p WHERE p.id = project),"
             " person, 0",
     .deputy = OWNER},
/* A unit's deputies see its ballots once the list stands; of the voters
 * themselves. */
#define OF_UNIT(unit)                                                          \
	"(SELECT o.person FROM office AS o WHERE o.person = :me"               \
	" AND o.unit = " unit ")"
    {.table = "ballot",
     .rows = "unit, " OF_UNIT("ballot.unit") ", state = 'draft'",
     .deputy = OWNER},
    {.table = "ballot_option",
     .rows = "(SELECT b.unit FROM ballot AS b WHERE b.id = ballot), " OF_UNIT(
	 "(SELECT b.unit FROM ballot AS b"
	 " WHERE b.id = ballot)") ", (SELECT b.state = 'draft' FROM ballot AS b"
                                  " WHERE b.id = ballot)",
     .deputy = OWNER},
    {.table = "ballot_voter",
     .rows = "(SELECT b.unit FROM ballot AS b WHERE b.id = ballot), person, 0",
     .deputy = OWNER},
    {.table = "month_close", .rows = PLAIN},
    {.table = "import", .rows = PLAIN, .staff_only = true},
    {.table = "import_source", .rows = PLAIN, .staff_only = true},
    {.table = "event", .rows = "unit, person, 0", .deputy = OWNER},
};

static bool
is_county_role(const struct ctx *c)
{
	return c->scope == SCOPE_COUNTY;
}

/* The rule of domain.md's table of roles. */
static bool
oracle_sees(const struct ctx *c, int unit, const struct subject *s,
            const struct row *row)
{
	int who = COLLEAGUES;

	if (is_county_role(c))
		return true;
	if (strcmp(c->role, "deputy") == 0)
		who = s->deputy;
	else if (strcmp(c->role, "organ") == 0)
		who = s->organ;
	else if (s->staff_only && strcmp(c->role, "unit_staff") != 0)
		who = NOBODY;
	else if (s->officers_own)
		who = OWNER;
	switch (who) {
	case COLLEAGUES:
		return row->unit == unit;
	case OWNER:
		return row->person == c->me && !row->hidden;
	default:
		return false;
	}
}

static int
read_rows(struct fixture *f, const struct ctx *c, const struct subject *s,
          struct row *rows, int max)
{
	const char *text = arena_printf(
	    f->a, "SELECT id, %s FROM %s ORDER BY id", s->rows, s->table);
	struct stmt *q = ctx_sql(&f->ctx, NULL, text);
	int n = 0;

	/* the oracle's :me is the person who looks, not the system */
	if (strstr(text, ":me") != NULL)
		bind_int(q, ":me", c->me);
	for (; stmt_next(q) && n < max; n++)
		rows[n] = (struct row){col_int(q, 0), col_int(q, 1),
		                       col_int(q, 2), col_int(q, 3) != 0};
	assert_int_equal(stmt_end(q), OK);
	return n;
}

static int
read_scoped(struct ctx *c, struct arena *a, const char *table, int64_t *ids,
            int max)
{
	const char *text = arena_printf(
	    a, "SELECT id FROM %s WHERE @scope ORDER BY id", table);
	struct stmt *q = ctx_sql(c, entity_named(table), text);
	int n = 0;

	for (; stmt_next(q) && n < max; n++)
		ids[n] = col_int(q, 0);
	assert_int_equal(stmt_end(q), OK);
	return n;
}

enum { ROWS = 400 };

/* Fails naming the first row that the store and the oracle judge apart. */
static void
compare(const struct ctx *c, int unit, const struct subject *s,
        const struct row *rows, int n, const int64_t *ids, int got)
{
	int at = 0;

	for (int i = 0; i < n; i++) {
		bool seen = at < got && ids[at] == rows[i].id;

		if (seen != oracle_sees(c, unit, s, &rows[i]))
			fail_msg("%s of unit %d %s %s %lld", c->role, unit,
			         seen ? "sees" : "does not see", s->table,
			         (long long)rows[i].id);
		at += seen;
	}
	assert_int_equal(at, got);
}

static void
every_role_sees_of_every_entity_what_the_oracle_says(void **state)
{
	struct fixture *f = *state;
	static struct row rows[ROWS];
	static int64_t ids[ROWS];

	for (int u = 1; u <= WORLD_UNITS; u++)
		for (int r = 0; r < WORLD_ROLES; r++)
			for (size_t i = 0; i < COUNT(subjects); i++) {
				const struct subject *s = &subjects[i];
				struct ctx c;
				int n, got;

				world_ctx(f, world_roles[r], u, &c);
				n = read_rows(f, &c, s, rows, ROWS);
				got =
				    read_scoped(&c, f->a, s->table, ids, ROWS);
				assert_true(n > 0);
				compare(&c, u, s, rows, n, ids, got);
			}
}

/* Terms and handling units of the county are everybody's to name. */
static void
shared_rows_are_the_own_units_and_the_countys(void **state)
{
	struct fixture *f = *state;
	static const char *const roles[] = {"unit_staff", "officer", "deputy"};

	for (size_t r = 0; r < COUNT(roles); r++) {
		struct ctx c;
		int64_t ids[ROWS] = {0};

		world_ctx(f, roles[r], 2, &c);
		assert_int_equal(read_scoped(&c, f->a, "organ", ids, ROWS), 2);
		assert_int_equal(ids[0], 1);
		assert_int_equal(ids[1], 200);
		assert_int_equal(read_scoped(&c, f->a, "term", ids, ROWS), 3);
		assert_int_equal(ids[0], 1);
		assert_int_equal(ids[1], 200);
		assert_int_equal(ids[2], 201);
	}
}

/* --- lists ---------------------------------------------------------------- */

static const struct {
	const char *table;
	const struct list_spec *spec;
} lists[] = {
    {"person", &person_list},
    {"account", &account_list},
    {"mandate", &deputy_list},
    {"activity", &activity_list},
    {"participant", &participant_list},
    {"duty_record", &duty_record_list},
    {"import", &import_list},
    {"rota", &rota_list},
    {"plan_item", &plan_list},
    {"instruction", &instruction_list},
    {"code", &code_list},
    {"code", &code_bare_list},
    {"campaign", &campaign_list},
    {"duty_request", &duty_request_list},
    {"opinion", &opinion_list},
    {"opinion", &opinion_inbox},
    {"opinion", &opinion_hot},
    {"opinion", &hold_list},
    {"opinion", &hold_decided_list},
    {"opinion_leg", &opinion_leg_list},
    {"conversion", &conversion_list},
    {"project_task", &task_inbox},
    {"ballot", &ballot_list},
};

static const struct subject *
subject_of(const char *table)
{
	for (size_t i = 0; i < COUNT(subjects); i++)
		if (strcmp(subjects[i].table, table) == 0)
			return &subjects[i];
	fail_msg("no subject %s", table);
	return &subjects[0];
}

/* The last key of an order is the row's number. */
static int64_t
last_key(const struct list_key *key)
{
	int64_t v = 0;

	for (int i = 0; i < LIST_KEYS; i++)
		if (!key->at[i].is_text && key->at[i].v != 0)
			v = key->at[i].v;
	return v;
}

/* Every row that a page shows is one the oracle shows; and none is missing
 * for who sees whole units. */
static void
check_list(struct fixture *f, struct ctx *c, int unit, size_t which)
{
	const struct list_spec *spec = lists[which].spec;
	const struct subject *s = subject_of(lists[which].table);
	struct list_query query = {0};
	struct list_page page;
	static struct row rows[ROWS];
	int n = read_rows(f, c, s, rows, ROWS);
	int err =
	    list_fetch(c, f->a, spec, &query, LIST_FIRST, NULL, ROWS, &page);

	if (err == ERR_DENIED)
		return;
	assert_int_equal(err, OK);
	for (int i = 0; i < page.n; i++) {
		int64_t v = last_key(&page.keys[i]);

		for (int k = 0; k < n; k++)
			if (rows[k].id == v &&
			    !oracle_sees(c, unit, s, &rows[k]))
				fail_msg("%s of unit %d is shown %s %lld",
				         c->role, unit, s->table, (long long)v);
	}
}

static void
no_list_shows_a_role_what_the_oracle_hides(void **state)
{
	struct fixture *f = *state;

	for (int u = 1; u <= WORLD_UNITS; u++)
		for (int r = 0; r < WORLD_ROLES; r++)
			for (size_t i = 0; i < COUNT(lists); i++) {
				struct ctx c;

				world_ctx(f, world_roles[r], u, &c);
				check_list(f, &c, u, i);
			}
}

/* Of who is not signed in: an entity that says nothing of the public shows
 * it nothing. */
static void
the_public_sees_what_is_published_and_nothing_else(void **state)
{
	static const struct {
		const char *table, *published;
	} rows[] = {
	    {"station", "1"},
	    {"mandate", "from_on <= '2026-03-29'"
	                " AND coalesce(to_on, '9999') >= '2026-03-29'"},
	    {"activity", "state <> 'draft'"},
	    {"rota", "state = 'due' AND activity IN (SELECT id FROM activity"
	             " WHERE state NOT IN ('draft', 'cancelled'))"},
	};
	struct fixture *f = *state;
	struct ctx public;

	ctx_init_public(&public, f->store);
	for (size_t i = 0; i < COUNT(subjects); i++) {
		const char *table = subjects[i].table, *published = "0";
		static int64_t ids[ROWS];

		for (size_t k = 0; k < COUNT(rows); k++)
			if (strcmp(rows[k].table, table) == 0)
				published = rows[k].published;
		assert_int_equal(
		    read_scoped(&public, f->a, table, ids, ROWS),
		    fixture_int(f, arena_printf(
				       f->a, "SELECT count(*) FROM %s WHERE %s",
				       table, published)));
	}
	for (size_t i = 0; i < COUNT(lists); i++) {
		struct list_query query = {0};
		struct list_page page;

		assert_int_equal(list_fetch(&public, f->a, lists[i].spec,
		                            &query, LIST_FIRST, NULL, ROWS,
		                            &page),
		                 ERR_DENIED);
	}
}

static int
setup(void **state)
{
	if (fixture_setup(state) != 0)
		return -1;
	world_make(*state);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		every_role_sees_of_every_entity_what_the_oracle_says),
	    cmocka_unit_test(shared_rows_are_the_own_units_and_the_countys),
	    cmocka_unit_test(
		the_public_sees_what_is_published_and_nothing_else),
	    cmocka_unit_test(no_list_shows_a_role_what_the_oracle_hides),
	};

	return cmocka_run_group_tests(tests, setup, fixture_teardown);
}
