/* What check must notice: every kind of corruption, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/store/audit.h"
#include "db/store/check.h"
#include "db/store/stmt.h"
#include "tests/unit/fixture.h"

struct notes {
	char rules[512]; /* " counter link" */
	char text[512];  /* of the last one */
};

static void
note(void *data, const char *rule, const char *text)
{
	struct notes *n = data;

	if (strlen(n->rules) + strlen(rule) + 2 < sizeof(n->rules)) {
		strncat(n->rules, " ", 2);
		strncat(n->rules, rule, 100);
	}
	snprintf(n->text, sizeof(n->text), "%s", text);
}

static int
check(struct fixture *f, struct notes *notes)
{
	int n;

	memset(notes, 0, sizeof(*notes));
	assert_int_equal(check_run(&f->ctx, note, notes, &n), OK);
	return n;
}

/* A campaign that the activity counts for, and a claim that was checked. */
static void
add_requests(struct fixture *f)
{
	int64_t id;
	int err;

	fixture_event(
	    f, ACTION_CAMPAIGN_ISSUE, ENTITY_CAMPAIGN, 1,
	    "INSERT INTO campaign (id, title, text, from_on, to_on, state,"
	    " created_at) VALUES (1, 'c', 't', '2026-03-01', '2026-05-31',"
	    " 'issued', 1);"
	    "INSERT INTO campaign_unit (id, campaign, unit, state)"
	    " VALUES (1, 1, 1, 'under_way');"
	    "INSERT INTO activity_subject VALUES (1, 1, 'campaign_unit', 1)");
	assert_int_equal(event_begin(&f->ctx, ACTION_REQUEST_CHECK,
	                             ENTITY_DUTY_REQUEST, 1, 1),
	                 OK);
	id = event_id(&f->ctx);
	err = store_exec(
	    f->store,
	    arena_printf(
		f->a,
		"INSERT INTO duty_request (id, kind, state, person, mandate,"
		" unit, station, duty, wanted, title, venue, happened_at,"
		" words, asked_at) VALUES (1, 'claim', 'checked', 1, 1, 1, 1,"
		" 'contact', 'full', 't', 'v', 1774764000, 'w', 1774764000);"
		"INSERT INTO duty_record (id, person, mandate, term, unit,"
		" station, year, month, kind, grade, event, subject_kind,"
		" subject, title, venue, happened_at, state) VALUES"
		" (3, 1, 1, 1, 1, 1, 2026, 202603, 'contact', 'full', %lld,"
		" 'duty_request', 1, 't', 'v', 1774764000, 'checked')",
		(long long)id));
	assert_int_equal(event_end(&f->ctx, err), OK);
}

/* Two opinions, the second merged into the first, which is with an office;
 * a third became a suggestion. */
static void
add_opinions(struct fixture *f)
{
	fixture_event(
	    f, ACTION_OPINION_ADD, ENTITY_OPINION, 1,
	    "INSERT INTO place (id, unit, station, kind, name) VALUES"
	    " (1, 1, 1, 'room', 'r');"
	    "INSERT INTO organ VALUES (5, 1, 'o');"
	    "INSERT INTO opinion (id, unit, station, place, source, subject,"
	    " body, category, level, state, senders, merged, received_at, "
	    "month,"
	    " response_days, handling_days, feedback_days) VALUES"
	    " (1, 1, 1, 1, 'desk', 's', 'b', 'green', 'unit', 'handling', 2,"
	    "  NULL, 1774764000, 202603, 1, NULL, NULL),"
	    " (2, 1, 1, NULL, 'desk', 's', 'b', '', 'unit', 'merged', 1, 1,"
	    "  1774764000, 202603, 1, NULL, NULL),"
	    " (3, 1, 1, NULL, 'desk', 's', 'b', '', 'unit', 'converted', 1,"
	    "  NULL, 1774764000, 202603, 1, NULL, NULL),"
	    " (4, NULL, NULL, NULL, 'desk', 's', 'b', '', 'county', 'closed',"
	    "  1, NULL, 1774764000, 202603, 0, 3, 1);"
	    "UPDATE opinion SET handled_at = 1, told_at = 1, closed_at = 1,"
	    " result = 'solved', rating = 'satisfied', by_hand = 1"
	    " WHERE id = 4;"
	    "INSERT INTO opinion_leg (id, opinion, unit, station, organ, path,"
	    " state, sent_at) VALUES (1, 1, 1, 1, 5, 'express', 'working', 1);"
	    "INSERT INTO conversion (id, opinion, unit, station, kind, state,"
	    " title, text, made_at) VALUES (1, 3, 1, 1, 'suggestion',"
	    " 'waiting', 't', 'b', 1)");
}

/* One that is counted: five of six papers, two candidates. */
static void
add_ballot(struct fixture *f)
{
	fixture_event(
	    f, ACTION_BALLOT_CLOSE, ENTITY_BALLOT, 1,
	    "INSERT INTO project (id, unit, source, title, body, state, year,"
	    " proposed_at) VALUES (901, 1, 'staff', 't', 'b', 'ballot', 2026, "
	    "1),"
	    " (902, 1, 'staff', 't', 'b', 'ballot', 2026, 1);"
	    "INSERT INTO ballot (id, unit, station, body, title, year, kind,"
	    " places, rule, tie, state, outcome, issued, returned, valid)"
	    " VALUES (1, 1, 1, 'congress', 't', 2026, 'mark', 1, 'top',"
	    " 'again', 'closed', 'decided', 5, 5, 5);"
	    "INSERT INTO ballot_option VALUES"
	    " (1, 1, 901, 1, 3, 0, 2, 'selected'),"
	    " (2, 1, 902, 2, 2, 0, 3, 'not_selected');"
	    "INSERT INTO ballot_voter SELECT value, 1, value, value, 1"
	    "  FROM json_each('[1, 2, 3, 4, 5]');"
	    "INSERT INTO ballot_paper SELECT 1, printf('%026d', key), value"
	    "  FROM json_each('[\"+0\", \"+0\", \"+0\", \"0+\", \"0+\"]')");
}

/* Two proposals, the second merged into the first, a third that an opinion
 * became; a fourth under way, with a report and a change. */
static void
add_projects(struct fixture *f)
{
	fixture_event(
	    f, ACTION_PROJECT_ADD, ENTITY_PROJECT, 1,
	    "INSERT INTO opinion (id, unit, station, source, subject, body,"
	    " category, level, state, received_at, month) VALUES"
	    " (5, 1, 1, 'desk', 's', 'b', '', 'unit', 'converted', 1774764000,"
	    "  202603);"
	    "INSERT INTO conversion (id, opinion, unit, station, kind, state,"
	    " title, text, made_at) VALUES (2, 5, 1, 1, 'project', 'waiting',"
	    " 't', 'b', 1);"
	    "INSERT INTO project (id, unit, source, conversion, title, body,"
	    " state, merged, proposals, year, lead, starts_on, ends_on, spent,"
	    " done, reported, proposed_at, selected_at, due_on, warn_on) VALUES"
	    " (1, 1, 'staff', NULL, 't', 'b', 'pool', NULL, 2, 2027, NULL,"
	    "  NULL, NULL, 0, 0, 0, 1, NULL, '9999-12-31', '9999-12-31'),"
	    " (2, 1, 'staff', NULL, 't', 'b', 'merged', 1, 1, 2027, NULL,"
	    "  NULL, NULL, 0, 0, 0, 1, NULL, '9999-12-31', '9999-12-31'),"
	    " (3, 1, 'opinion', 2, 't', 'b', 'proposed', NULL, 1, 2027, NULL,"
	    "  NULL, NULL, 0, 0, 0, 1, NULL, '9999-12-31', '9999-12-31'),"
	    " (4, 1, 'staff', NULL, 't', 'b', 'running', NULL, 1, 2026, 5,"
	    "  '2026-01-01', '2026-12-31', 7, 40, 202602, 1, 1, '2026-12-31',"
	    "  '2026-12-17');"
	    "INSERT INTO project_milestone (id, project, position, title,"
	    " due_on, weight, done_on) VALUES"
	    " (1, 4, 1, 'm', '2026-02-28', 40, '2026-02-28'),"
	    " (2, 4, 2, 'm', '2026-12-31', 60, NULL);"
	    "INSERT INTO project_report (id, project, month, planned, done,"
	    " spent, words, at, event) VALUES (1, 4, 202602, 40, 40, 7, 'w', 1,"
	    " 1);"
	    "INSERT INTO project_change (id, project, kind, words, state,"
	    " asked_at) VALUES (1, 4, 'scope', 'w', 'asked', 1)");
}

/* A law of one line, whose text is its title, and two comments on it. */
static void
add_laws(struct fixture *f)
{
	fixture_event(
	    f, ACTION_LAW_IMPORT, ENTITY_LAW, 2,
	    "INSERT INTO law (id, title, version, added_at)"
	    " VALUES (2, '甲法', 1, 1);"
	    "INSERT INTO law_version (id, law, number, hash, bytes, chapters,"
	    " articles, added_at) VALUES (1, 2, 1,"
	    " '4e017f82be123709a564146a344ae5ab"
	    "3d8420e0f02c737a8f158aed180a4c92', 6, 0, 1, 1);"
	    "INSERT INTO law_article (id, version, position, kind, text)"
	    " VALUES (2, 1, 1, 'article', '甲法');"
	    "INSERT INTO consultation (id, law, version, title, from_on,"
	    " to_on, state, token, added_at) VALUES (1, 2, 1, 't',"
	    " '2026-03-01', '2026-03-31', 'open', 't', 1);"
	    "INSERT INTO law_comment (id, consultation, version, article,"
	    " source, unit, station, words, state, at) VALUES"
	    " (2, 1, 1, 2, 'public', 1, 1, '一句话', 'submitted', 1)");
}

/* A site with a bit of everything, the walk-in and a strike too. */
static void
site(struct fixture *f)
{
	struct event_list later;
	int64_t id;
	int err;

	fixture_rows(f);
	fixture_event(f, ACTION_GROUP_ADD, ENTITY_DEPUTY_GROUP, 1,
	              "INSERT INTO deputy_group VALUES (1, 1, 1, 'g');"
	              "INSERT INTO code VALUES (1, 'activity', 1, 1, 'T', 'S',"
	              " 1, 2, NULL, 1, NULL)");
	for (int i = 1; i <= 2; i++) {
		assert_int_equal(event_begin(&f->ctx,
		                             ACTION_PARTICIPANT_CHECK_IN,
		                             ENTITY_PARTICIPANT, i, 1),
		                 OK);
		id = event_id(&f->ctx);
		event_about(&f->ctx, ENTITY_ACTIVITY, 1);
		event_reason(&f->ctx, "why");
		err = store_exec(
		    f->store,
		    arena_printf(
			f->a,
			"INSERT INTO participant (id, activity, person,"
			" mandate, unit, station, starts_at, month, state,"
			" walk_in, code) SELECT %d, 1, %d, 1, 1, 1, starts_at,"
			" month, 'invited', 1, 1 FROM activity WHERE id = 1;"
			"UPDATE participant SET state = 'late' WHERE id = %d;"
			"INSERT INTO duty_record (id, person, mandate, term,"
			" unit, station, grp, year, month, kind, grade, event,"
			" subject_kind, subject, title, venue, happened_at,"
			" state) VALUES (%d, %d, 1, 1, 1, 1, 1, 2026, 202603,"
			" 'contact', 'late', %lld, 'activity', 1, 't', 'v',"
			" 1774764000, 'automatic')",
			i, i, i, i, i, (long long)id));
		assert_int_equal(event_end(&f->ctx, err), OK);
	}
	assert_int_equal(event_strike(&f->ctx, f->a, id, "wrong", &later), OK);
	fixture_event(f, ACTION_ACTIVITY_SAVE, ENTITY_ACTIVITY, 1,
	              "UPDATE activity SET title = 'x', state = 'open',"
	              " ends_at = ends_at + 60 WHERE id = 1");
	fixture_event(f, ACTION_PERSON_SAVE, ENTITY_PERSON, 6,
	              "DELETE FROM mandate WHERE id = 6;"
	              "DELETE FROM person WHERE id = 6");
	add_requests(f);
	add_opinions(f);
	add_ballot(f);
	add_projects(f);
	add_laws(f);
}

static void
a_sound_site_passes(void **state)
{
	struct fixture *f = *state;
	struct notes notes;

	assert_int_equal(check(f, &notes), 0);
	site(f);
	if (check(f, &notes) != 0)
		fail_msg("%s: %s", notes.rules, notes.text);
}

/* sql is run behind the store's back and taken back again. */
static void
expect(struct fixture *f, const char *rule, const char *sql)
{
	struct notes notes;
	int n;

	assert_int_equal(store_exec(f->store, "PRAGMA foreign_keys = OFF"), OK);
	assert_int_equal(store_begin(f->store), OK);
	if (store_exec(f->store, sql) != OK)
		fail_msg("%s: %s", sql, store_why(f->store));
	n = check(f, &notes);
	store_rollback(f->store);
	if (n == 0 || strstr(notes.rules, rule) == NULL)
		fail_msg("%s: expected %s, found%s", sql, rule, notes.rules);
}

static void
every_counter_that_is_wrong_missing_or_superfluous_is_named(void **state)
{
	struct fixture *f = *state;
	int64_t n;

	site(f);
	n = fixture_int(f, "SELECT count(*) FROM counter");
	assert_true(n >= 14);
	assert_int_equal(fixture_int(f, "SELECT count(DISTINCT what)"
	                                " FROM counter"),
	                 28);
	for (int i = 0; i < (int)n; i++) {
		expect(f, "counter",
		       arena_printf(f->a,
		                    "UPDATE counter SET n = n + 1 WHERE"
		                    " (what, id, period, part) = (SELECT what,"
		                    " id, period, part FROM counter"
		                    " LIMIT 1 OFFSET %d)",
		                    i));
		expect(f, "counter",
		       arena_printf(f->a,
		                    "DELETE FROM counter WHERE"
		                    " (what, id, period, part) = (SELECT what,"
		                    " id, period, part FROM counter"
		                    " LIMIT 1 OFFSET %d)",
		                    i));
	}
	expect(f, "counter",
	       "INSERT INTO counter VALUES ('duty.person', 5, 2026, 'x', 1)");
	expect(f, "counter",
	       "INSERT INTO counter VALUES ('new.kind', 0, 0, '', 1)");
}

static void
a_second_factor_that_its_account_does_not_know_of_is_named(void **state)
{
	struct fixture *f = *state;

	site(f);
	fixture_event(f, ACTION_ACCOUNT_FACTOR, ENTITY_ACCOUNT, 1,
	              "INSERT INTO account (id, name, person, created_at)"
	              " VALUES (1, 'a', 1, 1);"
	              "INSERT INTO factor VALUES (1, 'sealed', 1);"
	              "INSERT INTO factor_code VALUES (1, 'a'), (1, 'b');"
	              "UPDATE account SET factor_at = 1, recovery = 2"
	              " WHERE id = 1");
	expect(f, "factor", "UPDATE account SET recovery = 3 WHERE id = 1");
	expect(f, "factor", "DELETE FROM factor_code WHERE hash = 'a'");
	expect(f, "factor", "UPDATE account SET factor_at = NULL");
	expect(f, "factor", "DELETE FROM factor");
}

static void
a_changing_code_that_its_activity_does_not_know_of_is_named(void **state)
{
	struct fixture *f = *state;

	site(f);
	expect(f, "rotates", "UPDATE activity SET rotates = 1 WHERE id = 1");
	expect(f, "rotates", "UPDATE code SET rotate_key = printf('%064d', 1)");
	expect(f, "rotates",
	       "UPDATE activity SET rotates = 1 WHERE id = 1;"
	       "UPDATE code SET rotate_key = 'known'");
}

static void
every_link_that_is_missing_changed_or_superfluous_is_named(void **state)
{
	struct fixture *f = *state;
	int64_t n;

	site(f);
	n = fixture_int(f, "SELECT count(*) FROM event_link");
	for (int i = 0; i < (int)n; i++) {
		expect(f, "link",
		       arena_printf(f->a,
		                    "DELETE FROM event_link WHERE"
		                    " (kind, id, event) = (SELECT kind, id,"
		                    " event FROM event_link"
		                    " LIMIT 1 OFFSET %d)",
		                    i));
		expect(f, "link",
		       arena_printf(f->a,
		                    "UPDATE event_link SET wrote = 1 - wrote"
		                    " WHERE (kind, id, event) = (SELECT kind,"
		                    " id, event FROM event_link"
		                    " LIMIT 1 OFFSET %d)",
		                    i));
	}
	expect(f, "link", "INSERT INTO event_link VALUES ('unit', 2, 5, 0)");
	expect(f, "link", "UPDATE event_link SET id = 77 WHERE kind = 'code'");
}

static void
an_event_or_an_undo_that_was_changed_is_named(void **state)
{
	static const char *const columns[] = {"at = at + 1",
	                                      "action = 'unit.add'",
	                                      "account = 9",
	                                      "office = 9",
	                                      "unit = 2",
	                                      "subject = 9",
	                                      "person = 3",
	                                      "cause = 1",
	                                      "reason = 'other'",
	                                      "reason = ''",
	                                      "subject_kind = 'unit'"};
	struct fixture *f = *state;

	site(f);
	for (size_t i = 0; i < COUNT(columns); i++)
		expect(f, "event_audit",
		       arena_printf(f->a, "UPDATE event SET %s WHERE id = 4",
		                    columns[i]));
	expect(f, "event_audit", "DELETE FROM event WHERE id = 4");
	expect(f, "strike", "UPDATE event SET struck_by = 2 WHERE id = 4");
	expect(f, "strike", "UPDATE event SET struck_by = NULL WHERE id = 5");
	expect(f, "undo", "UPDATE event_undo SET id = 9 WHERE event = 4");
	expect(f, "undo",
	       "UPDATE event_undo SET before = '{\"ends_at\":1}'"
	       " WHERE event = 7");
	expect(f, "undo",
	       "UPDATE event_undo SET before = NULL"
	       " WHERE event = 7");
}

static void
records_that_came_or_went_without_an_event_are_named(void **state)
{
	struct fixture *f = *state;

	site(f);
	expect(f, "born", "INSERT INTO organ VALUES (1, 1, 'x')");
	expect(f, "born",
	       "INSERT INTO person VALUES"
	       " (77, 1, 'a', 'a', 'a', 'a', '', '')");
	expect(f, "gone", "DELETE FROM code WHERE id = 1");
	expect(f, "gone", "DELETE FROM station WHERE id = 2");
	expect(f, "struck",
	       "INSERT INTO participant (id, activity, person,"
	       " mandate, unit, station, starts_at, month, state)"
	       " VALUES (2, 1, 2, 2, 1, 1, 1, 1, 'invited')");
	expect(f, "duty", "DELETE FROM duty_record WHERE id = 1");
	expect(f, "duty", "UPDATE participant SET state = 'absent'");
	expect(f, "duty_event", "UPDATE duty_record SET event = 1");
	expect(f, "roll", "UPDATE participant SET month = 202604");
	expect(f, "rota",
	       "INSERT INTO rota SELECT 1, unit, station, place, 1, 1,"
	       " starts_at - 60, ends_at, month, 'due', '', id"
	       " FROM activity WHERE id = 1");
	expect(f, "receipt",
	       "INSERT INTO instruction VALUES (1, NULL, 't', 'x', 9, 1, NULL);"
	       "INSERT INTO receipt VALUES (1, 1, 1, NULL, 8, 'sent', NULL,"
	       " NULL, NULL, '')");
	expect(f, "receipt",
	       "INSERT INTO instruction VALUES (1, NULL, 't', 'x', 9, 1, NULL);"
	       "INSERT INTO receipt VALUES (1, 1, 1, NULL, 9, 'done', NULL,"
	       " NULL, 5, '')");
	expect(f, "campaign", "UPDATE campaign_unit SET state = 'issued'");
	expect(f, "campaign", "UPDATE campaign_unit SET unit = 2");
	expect(f, "campaign", "DELETE FROM campaign_unit");
	expect(f, "ballot", "UPDATE ballot SET issued = 6");
	expect(f, "ballot", "UPDATE ballot SET returned = 6");
	expect(f, "ballot", "UPDATE ballot_voter SET voted = 0 WHERE id = 1");
	expect(f, "ballot", "UPDATE ballot_option SET no = 1 WHERE id = 1");
	expect(f, "ballot", "UPDATE project SET state = 'pool' WHERE id = 901");
	expect(f, "ballot_paper",
	       "DELETE FROM ballot_paper WHERE marks = '0+'");
	expect(f, "ballot_paper", "UPDATE ballot_paper SET marks = '+0'");
	expect(f, "ballot_paper", "UPDATE ballot SET state = 'confirmed'");
	expect(f, "ballot_paper",
	       "UPDATE ballot_option SET yes = 2, abstain = 3 WHERE id = 1");
	expect(f, "request", "UPDATE duty_request SET state = 'asked'");
	expect(f, "request", "UPDATE duty_request SET person = 3");
	expect(f, "request", "DELETE FROM duty_request");
	expect(f, "foreign_keys", "DELETE FROM activity WHERE id = 1");
}

static void
projects_that_do_not_fit_together_are_named(void **state)
{
	/* rule, what breaks it */
	static const char *const broken[][2] = {
	    {"project", "UPDATE project SET selected_at = 1 WHERE id = 1"},
	    {"project", "UPDATE project SET selected_at = NULL WHERE id = 4"},
	    {"project", "UPDATE project SET state = 'declined' WHERE id = 1"},
	    {"project", "UPDATE project SET state = 'inspected',"
	                " due_on = '9999-12-31' WHERE id = 4"},
	    {"project", "UPDATE project SET warn_on = '2027-01-01'"
	                " WHERE id = 4"},
	    {"project", "UPDATE project SET state = 'held', published = 1"
	                " WHERE id = 3"},
	    {"project_merged", "UPDATE project SET proposals = 3"
	                       " WHERE id = 1"},
	    {"project_merged", "UPDATE project SET merged = NULL"
	                       " WHERE id = 2"},
	    {"project_merged", "UPDATE project SET merged = 2 WHERE id = 2"},
	    {"project_merged", "UPDATE project SET unit = 2 WHERE id = 2"},
	    {"project_plan", "UPDATE project SET due_on = '2027-01-01'"
	                     " WHERE id = 4"},
	    {"project_plan", "UPDATE project SET lead = NULL WHERE id = 4"},
	    {"project_plan", "UPDATE project_milestone SET weight = 61"
	                     " WHERE id = 2"},
	    {"project_plan", "UPDATE project_milestone SET done_on = NULL"
	                     " WHERE id = 1"},
	    {"project_plan", "UPDATE project_milestone SET due_on ="
	                     " '2025-01-01' WHERE id = 1"},
	    {"project_plan", "UPDATE project_change SET decided_at = 1"},
	    {"project_report", "UPDATE project SET done = 41 WHERE id = 4"},
	    {"project_report", "UPDATE project SET spent = 8 WHERE id = 4"},
	    {"project_report", "UPDATE project SET reported = 202603"
	                       " WHERE id = 4"},
	    {"project_report", "DELETE FROM project_report"},
	    {"project_opinion", "UPDATE project SET unit = 2 WHERE id = 3"},
	    {"project_opinion", "UPDATE conversion SET kind = 'suggestion'"
	                        " WHERE id = 2"},
	    {"project_opinion", "UPDATE project SET state = 'selected',"
	                        " selected_at = 1 WHERE id = 3"},
	};
	struct fixture *f = *state;

	site(f);
	for (size_t i = 0; i < COUNT(broken); i++)
		expect(f, broken[i][0], broken[i][1]);
}

static void
an_index_of_text_that_differs_from_the_records_is_named(void **state)
{
	static const char *const tables[] = {
	    "activity_text",   "person_text", "opinion_text",
	    "project_text",    "law_text",    "law_comment_text",
	    "law_article_text"};
	struct fixture *f = *state;

	site(f);
	for (size_t i = 0; i < COUNT(tables); i++) {
		const char *t = tables[i];

		expect(f, "text_index",
		       arena_printf(f->a,
		                    "INSERT INTO %s (%s) VALUES"
		                    " ('delete-all')",
		                    t, t));
		expect(f, "text_index",
		       arena_printf(f->a, "INSERT INTO %s (rowid) VALUES (999)",
		                    t));
		expect(f, "text_index",
		       arena_printf(f->a, "DELETE FROM %s_docsize WHERE id = 2",
		                    t));
		expect(f, "text_index",
		       arena_printf(f->a,
		                    "UPDATE %s_data SET block ="
		                    " randomblob(length(block)) WHERE id > 10",
		                    t));
	}
	expect(f, "text_index",
	       "INSERT INTO opinion_note_text (rowid, words) VALUES (9, '话')");
	/* words of one record for those of another; one word; a column */
	expect(f, "text_index",
	       "UPDATE activity_text_docsize SET id = 3 WHERE id = 2;"
	       "INSERT INTO activity_text (activity_text, rowid, title, venue)"
	       " VALUES ('delete', 2, '视察学校', '学校');"
	       "INSERT INTO activity_text (rowid, title, venue)"
	       " VALUES (2, '察视学校', '学校')");
	expect(f, "text_index",
	       "INSERT INTO activity_text (rowid, title) VALUES (1, '多')");
	expect(f, "text_index",
	       "INSERT INTO activity_text (activity_text, rowid, title, venue)"
	       " VALUES ('delete', 2, '视察学校', '学校');"
	       "INSERT INTO activity_text (rowid, title, venue)"
	       " VALUES (2, '学校', '视察学校')");
	/* a trigger that is no more */
	expect(f, "text_index",
	       "DROP TRIGGER activity_text_move;"
	       "UPDATE activity SET title = 'y' WHERE id = 1");
}

static void
opinions_that_do_not_fit_together_are_named(void **state)
{
	struct fixture *f = *state;

	site(f);
	expect(f, "opinion_senders",
	       "UPDATE opinion SET senders = 3"
	       " WHERE id = 1");
	expect(f, "opinion_senders",
	       "UPDATE opinion SET merged = NULL,"
	       " state = 'new' WHERE id = 2");
	expect(f, "opinion_merged",
	       "UPDATE opinion SET state = 'closed',"
	       " closed_at = 1, handled_at = 1, told_at ="
	       " 1 WHERE id = 1");
	expect(f, "opinion_merged",
	       "UPDATE opinion SET merged = 2"
	       " WHERE id = 2");
	expect(f, "opinion_merged",
	       "UPDATE opinion SET unit = 2, station = 2"
	       " WHERE id = 2");
	expect(f, "opinion_merged", "DELETE FROM opinion WHERE id = 1");
	expect(f, "opinion_loops",
	       "UPDATE opinion SET told_at = NULL"
	       " WHERE id = 4");
	expect(f, "opinion_loops",
	       "UPDATE opinion SET handled_at = NULL"
	       " WHERE id = 4");
	expect(f, "opinion_loops",
	       "UPDATE opinion SET clock = 'rating'"
	       " WHERE id = 4");
	expect(f, "opinion_loops", "UPDATE opinion_leg SET state = 'replied'");
	expect(f, "opinion_loops",
	       "UPDATE opinion SET state = 'feedback'"
	       " WHERE id = 1");
	expect(f, "opinion_loops", "UPDATE conversion SET state = 'answered'");
	expect(f, "opinion_leg", "UPDATE opinion_leg SET unit = 2");
	expect(f, "opinion_leg", "UPDATE opinion_leg SET paused_at = 1");
	expect(f, "opinion_leg",
	       "UPDATE opinion SET paused_at = 1"
	       " WHERE id = 1");
	expect(f, "opinion_leg",
	       "INSERT INTO opinion_pause VALUES"
	       " (1, 1, 1, 1, NULL)");
	expect(f, "opinion_leg", "UPDATE conversion SET answered_at = 1");
	expect(f, "opinion_counter",
	       "DROP TRIGGER opinion_count_category;"
	       "UPDATE opinion SET category = 'farm'"
	       " WHERE id = 1");
	expect(f, "opinion_counter",
	       "DROP TRIGGER opinion_count_place;"
	       "UPDATE opinion SET place = NULL"
	       " WHERE id = 1");
	expect(f, "opinion_counter",
	       "DROP TRIGGER opinion_count_rating;"
	       "UPDATE opinion SET by_hand = 0"
	       " WHERE id = 4");
}

static void
every_byte_of_the_audit_is_guarded(void **state)
{
	static const char *const columns[] = {"at", "account", "office",
	                                      "event", "seq"};
	static const char *const texts[] = {"action", "detail", "prev", "hash"};
	struct fixture *f = *state;
	const char *why;
	int64_t bad;

	fixture_rows(f);
	for (size_t t = 0; t < COUNT(texts); t++) {
		int64_t n =
		    fixture_int(f, arena_printf(f->a,
		                                "SELECT length(%s) FROM audit"
		                                " WHERE seq = 2",
		                                texts[t]));

		for (int i = 1; i <= (int)n; i++) {
			assert_int_equal(store_begin(f->store), OK);
			assert_int_equal(
			    store_exec(
				f->store,
				arena_printf(
				    f->a,
				    "UPDATE audit SET %s = substr(%s, 1, %d)"
				    " || char(unicode(substr(%s, %d)) + 1)"
				    " || substr(%s, %d) WHERE seq = 2",
				    texts[t], texts[t], i - 1, texts[t], i,
				    texts[t], i + 1)),
			    OK);
			assert_int_equal(audit_verify(&f->ctx, f->a, NULL, NULL,
			                              NULL, &bad, &why),
			                 OK);
			store_rollback(f->store);
			assert_int_equal(bad, 2);
			assert_string_not_equal(why, "");
		}
	}
	for (size_t t = 0; t < COUNT(columns); t++) {
		struct notes notes;

		assert_int_equal(store_begin(f->store), OK);
		assert_int_equal(
		    store_exec(f->store, arena_printf(f->a,
		                                      "UPDATE audit SET %s ="
		                                      " coalesce(%s, 0) + 7"
		                                      " WHERE seq = 2",
		                                      columns[t], columns[t])),
		    OK);
		assert_int_not_equal(check(f, &notes), 0);
		store_rollback(f->store);
		assert_non_null(strstr(notes.rules, "audit"));
	}
}

static bool
is_signed_by_us(void *data, const struct audit_head *head,
                const char *signature)
{
	(void)data;
	(void)head;
	return strcmp(signature, "ours") == 0;
}

static void
a_cut_tail_shows_by_the_signed_head(void **state)
{
	struct fixture *f = *state;
	struct audit_head head;
	const char *why;
	int64_t bad;

	fixture_rows(f);
	assert_int_equal(audit_head(&f->ctx, &head), OK);
	assert_int_equal(head.seq, 2);
	assert_int_equal(audit_sign_add(&f->ctx, &head, "ours"), OK);
	assert_int_equal(audit_verify(&f->ctx, f->a, is_signed_by_us, NULL,
	                              NULL, &bad, &why),
	                 OK);
	assert_int_equal(bad, 0);
	assert_string_equal(why, "");
	assert_int_equal(store_exec(f->store,
	                            "PRAGMA foreign_keys = OFF;"
	                            "DELETE FROM audit WHERE seq = 2"),
	                 OK);
	assert_int_equal(audit_verify(&f->ctx, f->a, is_signed_by_us, NULL,
	                              NULL, &bad, &why),
	                 OK);
	assert_int_equal(bad, 2);
	assert_int_equal(store_exec(f->store, "DELETE FROM audit_sign;"
	                                      "INSERT INTO audit_sign SELECT"
	                                      " seq, 1, hash, 'forged'"
	                                      " FROM audit"),
	                 OK);
	assert_int_equal(audit_verify(&f->ctx, f->a, is_signed_by_us, NULL,
	                              NULL, &bad, &why),
	                 OK);
	assert_int_equal(bad, 1);
}

int
main(void)
{
#define T(name)                                                                \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
	    T(a_sound_site_passes),
	    T(opinions_that_do_not_fit_together_are_named),
	    T(projects_that_do_not_fit_together_are_named),
	    T(every_counter_that_is_wrong_missing_or_superfluous_is_named),
	    T(a_second_factor_that_its_account_does_not_know_of_is_named),
	    T(a_changing_code_that_its_activity_does_not_know_of_is_named),
	    T(every_link_that_is_missing_changed_or_superfluous_is_named),
	    T(an_event_or_an_undo_that_was_changed_is_named),
	    T(records_that_came_or_went_without_an_event_are_named),
	    T(an_index_of_text_that_differs_from_the_records_is_named),
	    T(every_byte_of_the_audit_is_guarded),
	    T(a_cut_tail_shows_by_the_signed_head),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
