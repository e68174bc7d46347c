/*
 * Every query of every entity, also of those written tomorrow: each is
 * prepared on a fresh schema as every role would ask it, none scans a table
 * that grows, and one that reads a scoped entity says so.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "db/base/buf.h"
#include "db/store/inner.h"
#include "tests/unit/fixture.h"

/* Calls fn for each query as each scope sees it. */
static void
each_query(struct fixture *f,
           void (*fn)(struct fixture *f, const struct entity *e, int n,
                      const struct stmt *q))
{
	for (int kind = 0; kind < ENTITIES; kind++) {
		const struct entity *e = entity_of((enum entity_kind)kind);

		for (int n = 0; n < e->sql_count; n++) {
			for (int scope = SCOPE_NONE + 1; scope < SCOPES;
			     scope++) {
				if (e->sql[n] == NULL)
					continue;
				f->ctx.scope = (enum scope)scope;
				fn(f, e, n, ctx_stmt(&f->ctx, e, n));
			}
		}
	}
}

static void
is_prepared(struct fixture *f, const struct entity *e, int n,
            const struct stmt *q)
{
	if (q->raw != NULL)
		return;
	print_error("%s, query %d, scope %d: %s\n%s\n", e->name, n,
	            (int)f->ctx.scope, store_why(f->store), e->sql[n]);
	fail();
}

static void
every_query_is_prepared_for_every_scope(void **state)
{
	each_query(*state, is_prepared);
}

/* Tables that grow with every day of work. The audit is not among them: its
 * head is the end of its key, and verifying reads all of it. */
static const char *const growing[] = {
    "activity",      "participant",  "duty_record",      "code",
    "event",         "outbox",       "event_link",       "event_undo",
    "import_source", "rota",         "receipt",          "instruction",
    "campaign_unit", "duty_request", "activity_subject", "opinion",
    "opinion_leg",   "opinion_note", "opinion_pause",    "conversion",
    "attachment",
};

/* Whether name, as a plan gives it, is table or an alias of it. */
static bool
is_table(const char *sql, const char *name, const char *table)
{
	struct buf as = BUF_INIT;
	bool is;

	buf_addf(&as, "%s AS %s ", table, name);
	is = strcmp(name, table) == 0 || strstr(sql, as.data) != NULL;
	buf_clear(&as);
	return is;
}

static bool
is_fine(const char *sql, const char *detail)
{
	char table[64];

	/* Nothing is read where the role sees nothing. */
	if (strstr(sql, "(0)") != NULL ||
	    sscanf(detail, "SCAN %63s", table) != 1)
		return true;
	for (size_t i = 0; i < COUNT(growing); i++) {
		if (is_table(sql, table, growing[i]))
			return false;
	}
	return true;
}

static int bad_plans;

static void
look_at_plan(struct fixture *f, const struct entity *e, int n,
             const struct stmt *q)
{
	const char *sql = q->raw != NULL ? sqlite3_sql(q->raw) : "SELECT 1";
	char *text = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", sql);
	sqlite3_stmt *raw;

	assert_int_equal(sqlite3_prepare_v2(f->store->db, text, -1, &raw, NULL),
	                 SQLITE_OK);
	while (sqlite3_step(raw) == SQLITE_ROW) {
		const char *detail = (const char *)sqlite3_column_text(raw, 3);

		if (is_fine(sql, detail))
			continue;
		print_error("%s, query %d, scope %d: %s\n%s\n", e->name, n,
		            (int)f->ctx.scope, detail, sql);
		bad_plans++;
	}
	sqlite3_finalize(raw);
	sqlite3_free(text);
}

static void
no_query_scans_a_table_that_grows(void **state)
{
	bad_plans = 0;
	each_query(*state, look_at_plan);
	assert_int_equal(bad_plans, 0);
}

/* Queries that look past the role on purpose, and why that is right. */
static const struct {
	const char *entity, *part, *why;
} excused[] = {
    {"office", "office.person = :me", "one's own hats, also elsewhere"},
    {"activity", "starts_at <= :now + 86400", "the clock's step, for all"},
    {"code", "short_code = :text", "signing in: whoever has the code"},
    {"code", "token = :text", "signing in: whoever has the code"},
    {"code", "(valid_from, valid_to)", "after a scoped save of its activity"},
    {"code", "rotate_key IS NOT NULL", "signing in: whoever has the code"},
    {"code", "SET rotate_key", "after a scoped save of its activity"},
    {"participant", "participant.person = :person",
     "the roll, by its activity"},
    {"rota", "r.person = m.person",
     "whose turn it is, of a station read before"},
    {"document", "t.kind = :kind", "a template, for a record read before"},
    {"event", "UPDATE event SET subject", "the event being written"},
    {"robot_sender", "r.sender = :sender", "who writes to the robot"},
    {"robot_sender", "r.code = :code", "binding: whoever has the code"},
    {"opinion", "SELECT secret", "the citizen's own, for liaison-auth"},
    {"opinion", "state = 'awaiting'", "the clock's step, for all"},
    {"opinion_leg", "l.organ = :organ", "of an opinion read before"},
    {"opinion_leg", "state NOT IN ('replied', 'closed')",
     "whether any office has it still"},
    {"opinion_leg", "AS class", "the class of all replies"},
    {"opinion_leg", "paused_at IS NOT NULL", "whether any office pauses it"},
    {"opinion_leg", "SET warn_on = :warn_on, due_on",
     "every office has the matter's days"},
    {"consultation", "state = 'open' AND to_on < :today",
     "the clock's step, for all"},
    {"consultation_person", "FROM mandate AS m",
     "who is asked, of units chosen before"},
    {"law_comment", "+consultation = :consultation",
     "does what the deputy said count already"},
    {"project", "AND reserve = :reserve", "is the number there at all"},
};

static bool
is_excused(const char *entity, const char *sql)
{
	for (size_t i = 0; i < COUNT(excused); i++) {
		if (strcmp(excused[i].entity, entity) == 0 &&
		    strstr(sql, excused[i].part) != NULL)
			return excused[i].why[0] != '\0';
	}
	return false;
}

static int unscoped;

/* An INSERT makes rows of the acting place; the function that writes it has
 * asked for the permission. */
static void
look_for_scope(struct fixture *f, const struct entity *e, int n,
               const struct stmt *q)
{
	struct buf from = BUF_INIT, update = BUF_INIT;
	const char *sql = e->sql[n];

	(void)q;
	buf_addf(&from, "FROM %s ", e->name);
	buf_addf(&update, "UPDATE %s ", e->name);
	if (f->ctx.scope == SCOPE_UNIT && e->scope != NULL &&
	    strstr(sql, "@scope") == NULL && !is_excused(e->name, sql) &&
	    (strstr(sql, from.data) != NULL ||
	     strncmp(sql, update.data, update.len) == 0)) {
		print_error("%s, query %d has no @scope: %s\n", e->name, n,
		            sql);
		unscoped++;
	}
	buf_clear(&from);
	buf_clear(&update);
}

static void
a_query_on_a_scoped_entity_says_scope(void **state)
{
	unscoped = 0;
	each_query(*state, look_for_scope);
	assert_int_equal(unscoped, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		every_query_is_prepared_for_every_scope, fixture_setup,
		fixture_teardown),
	    cmocka_unit_test_setup_teardown(
		a_query_on_a_scoped_entity_says_scope, fixture_setup,
		fixture_teardown),
	    cmocka_unit_test_setup_teardown(no_query_scans_a_table_that_grows,
	                                    fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
