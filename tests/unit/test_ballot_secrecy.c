/*
 * Whose paper is whose: every way of telling that the database offers is
 * tried. Ten voters, ten papers, no two alike.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/base/buf.h"
#include "db/export.h"
#include "db/store/inner.h"
#include "tests/unit/fixture_ballot.h"

static const char *const papers[BALLOT_VOTERS] = {
    "+-+-0-", "-+-0+0", "0-0+-+", "+0-0-+", "0++--0",
    "--+0++", "-0+-0+", "++0-+-", "0-+0-0", "+-00+-",
};

static struct ballot_id
open_one(struct ballots *w)
{
	struct ballot terms = ballot_terms_of();
	struct ballot_id id;

	terms.kind = BALLOT_EACH;
	id = ballot_of(w, 0, &terms, BALLOT_PROJECTS);
	ballot_open(w, id);
	return id;
}

static void
vote_all(struct ballots *w, struct ballot_id id)
{
	for (int i = 0; i < BALLOT_VOTERS; i++)
		assert_int_equal(
		    ballot_vote_by(w, ballots_voter(i), id, papers[i]), OK);
}

static struct ballot_id
voted(struct ballots *w)
{
	struct ballot_id id = open_one(w);

	vote_all(w, id);
	return id;
}

/* --- in tables -------------------------------------------------------------
 */

static void
a_paper_has_nothing_that_leads_to_a_voter(void **state)
{
	struct ballots *w = *state;

	voted(w);
	assert_int_equal(
	    fixture_int(w->f, "SELECT group_concat(name) = 'ballot,key,marks'"
	                      " FROM pragma_table_info('ballot_paper')"),
	    1);
	assert_int_equal(
	    store_exec(w->f->store, "SELECT rowid FROM ballot_paper"),
	    ERR_STORE);
	assert_int_equal(fixture_int(w->f, "SELECT count(*) FROM sqlite_schema"
	                                   " WHERE type = 'trigger'"
	                                   "   AND sql LIKE '%ballot_paper%'"),
	                 0);
	assert_int_equal(fixture_int(w->f, "SELECT count(*) FROM sqlite_schema"
	                                   " WHERE name = 'sqlite_sequence'"),
	                 0);
}

/* All columns of all rows of a table as one text. */
static void
add_table(struct fixture *f, struct buf *b, const char *table)
{
	const char *sql = arena_printf(f->a, "SELECT * FROM \"%s\"", table);
	sqlite3_stmt *raw;

	assert_int_equal(sqlite3_prepare_v2(f->store->db, sql, -1, &raw, NULL),
	                 SQLITE_OK);
	while (sqlite3_step(raw) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(raw); i++) {
			const void *v = sqlite3_column_blob(raw, i);

			buf_addn(b, v != NULL ? v : "",
			         (size_t)sqlite3_column_bytes(raw, i));
			buf_addc(b, '\n');
		}
	sqlite3_finalize(raw);
}

/* How often the marks of any paper, or the key of any, stand in the bytes. */
static int
times(const struct buf *b, const char *text)
{
	size_t n = strlen(text);
	int found = 0;

	for (size_t i = 0; i + n <= b->len; i++)
		found += memcmp(b->data + i, text, n) == 0;
	return found;
}

static void
marks_stand_in_no_other_table(void **state)
{
	struct ballots *w = *state;
	struct ballot_id id = voted(w);
	struct buf b = BUF_INIT;
	sqlite3_stmt *raw;

	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_CLOSE, ""), OK);
	/* audit, undo, links, events, duty records, indexes of text, ... */
	assert_int_equal(sqlite3_prepare_v2(
			     w->f->store->db,
			     "SELECT name FROM sqlite_schema"
			     " WHERE type = 'table' AND name <> 'ballot_paper'",
			     -1, &raw, NULL),
	                 SQLITE_OK);
	while (sqlite3_step(raw) == SQLITE_ROW)
		add_table(w->f, &b, (const char *)sqlite3_column_text(raw, 0));
	sqlite3_finalize(raw);
	assert_true(b.len > 10000);
	for (int i = 0; i < BALLOT_VOTERS; i++)
		assert_int_equal(times(&b, papers[i]), 0);
	assert_int_equal(times(&b, "ballot_paper"), 0);
	buf_clear(&b);
}

/* The event of a vote is the same, whatever was marked. */
static void
the_event_of_a_vote_says_nothing_of_it(void **state)
{
	struct ballots *w = *state;

	voted(w);
	assert_int_equal(
	    fixture_int(
		w->f,
		"SELECT count(DISTINCT writes) FROM (SELECT e.id,"
		" (SELECT group_concat(l.kind || l.wrote) FROM event_link AS l"
		"   WHERE l.event = e.id) AS writes"
		" FROM event AS e WHERE e.action = 'ballot.vote')"),
	    1);
	assert_int_equal(fixture_int(w->f, "SELECT count(*) FROM event"
	                                   " WHERE action = 'ballot.vote'"
	                                   "   AND reason <> ''"),
	                 0);
}

/* With every vote all papers have other keys, so that who looks twice cannot
 * go by them. */
static void
keys_do_not_stay(void **state)
{
	struct ballots *w = *state;
	struct ballot_id id = open_one(w);

	assert_int_equal(
	    store_exec(w->f->store, "CREATE TEMP TABLE seen (key TEXT)"), OK);
	for (int i = 0; i < BALLOT_VOTERS; i++) {
		assert_int_equal(
		    ballot_vote_by(w, ballots_voter(i), id, papers[i]), OK);
		assert_int_equal(
		    fixture_int(w->f, "SELECT count(*) FROM ballot_paper"
		                      " WHERE key IN (SELECT key FROM seen)"),
		    0);
		assert_int_equal(store_exec(w->f->store,
		                            "INSERT INTO seen"
		                            " SELECT key FROM ballot_paper"),
		                 OK);
	}
}

/* --- in the files ------------------------------------------------------------
 */

static void
read_file(struct fixture *f, struct buf *b, const char *suffix)
{
	const char *path = arena_printf(f->a, "%s%s", f->path, suffix);
	FILE *in = fopen(path, "rbe");
	char bytes[4096];
	size_t n;

	if (in == NULL)
		return;
	while ((n = fread(bytes, 1, sizeof(bytes), in)) > 0)
		buf_addn(b, bytes, n);
	fclose(in);
}

static size_t
place_of(const struct buf *b, const char *text)
{
	const char *at = memmem(b->data, b->len, text, strlen(text));

	assert_non_null(at);
	return (size_t)(at - b->data);
}

/* How many pairs of voters, one after the other, lie in that order. All or
 * none of nine would be the order of voting, forth or back; by lot all lie so
 * once in 3,628,800 times. */
static int
in_order(const struct buf *b)
{
	int n = 0;

	for (int i = 1; i < BALLOT_VOTERS; i++)
		n += place_of(b, papers[i - 1]) < place_of(b, papers[i]);
	return n;
}

static void
the_file_does_not_keep_papers_in_the_order_of_voting(void **state)
{
	struct ballots *w = *state;
	struct ballot_id id = voted(w);
	struct buf b = BUF_INIT;

	/* as a thief finds it who takes the file while it is open */
	assert_int_equal(store_checkpoint(w->f->store), OK);
	read_file(w->f, &b, "");
	for (int i = 0; i < BALLOT_VOTERS; i++)
		assert_int_equal(times(&b, papers[i]), 1);
	assert_in_range(in_order(&b), 1, BALLOT_VOTERS - 2);
	buf_clear(&b);
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_CLOSE, ""), OK);
}

static void
a_backup_during_the_ballot_does_not_either(void **state)
{
	struct ballots *w = *state;
	struct buf b = BUF_INIT;
	const char *path = arena_printf(w->f->a, "%s.copy", w->f->path);

	voted(w);
	assert_int_equal(store_backup(w->f->store, path), OK);
	read_file(w->f, &b, ".copy");
	unlink(path);
	for (int i = 0; i < BALLOT_VOTERS; i++)
		assert_int_equal(times(&b, papers[i]), 1);
	assert_in_range(in_order(&b), 1, BALLOT_VOTERS - 2);
	buf_clear(&b);
}

/* The log has every page as it was after each vote: who copies it while the
 * ballot is open sees which paper was new. That is documented; closing ends
 * it, also with votes of two processes and a checkpoint in between. */
static void
closing_empties_the_log(void **state)
{
	struct ballots *w = *state;
	struct ballot_id id = open_one(w);
	struct buf b = BUF_INIT;

	for (int i = 0; i < 4; i++)
		assert_int_equal(
		    ballot_vote_by(w, ballots_voter(i), id, papers[i]), OK);
	assert_int_equal(store_checkpoint(w->f->store), OK);
	for (int i = 4; i < BALLOT_VOTERS; i++)
		assert_int_equal(
		    ballot_vote_by(w, ballots_voter(i), id, papers[i]), OK);
	read_file(w->f, &b, "-wal");
	assert_true(times(&b, papers[9]) > 0);
	buf_clear(&b);
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_CLOSE, ""), OK);
	buf_init(&b);
	read_file(w->f, &b, "-wal");
	assert_int_equal(b.len, 0);
	buf_clear(&b);
	buf_init(&b);
	read_file(w->f, &b, "");
	for (int i = 0; i < BALLOT_VOTERS; i++)
		assert_int_equal(times(&b, papers[i]), 1);
	buf_clear(&b);
}

static void
after_the_confirmation_no_paper_is_left_in_any_file(void **state)
{
	struct ballots *w = *state;
	struct ballot_id id = voted(w);
	struct buf b = BUF_INIT;

	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_CLOSE, ""), OK);
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_CONFIRM, ""), OK);
	read_file(w->f, &b, "");
	read_file(w->f, &b, "-wal");
	for (int i = 0; i < BALLOT_VOTERS; i++)
		assert_int_equal(times(&b, papers[i]), 0);
	buf_clear(&b);
}

/* Beside the database there is nothing else: no draft, no list. */
static void
a_vote_leaves_no_other_file(void **state)
{
	struct ballots *w = *state;
	struct dirent *entry;
	DIR *dir;

	voted(w);
	dir = opendir(w->f->dir);
	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			assert_int_equal(
			    strncmp(entry->d_name, strrchr(w->f->path, '/') + 1,
			            strlen(strrchr(w->f->path, '/') + 1)),
			    0);
	closedir(dir);
}

static int
flush(void *data)
{
	(void)data;
	return OK;
}

static void
nothing_that_is_exported_has_marks(void **state)
{
	struct ballots *w = *state;
	struct buf b = BUF_INIT;
	const struct export_to to = {.out = &b, .flush = flush};
	char *kinds = arena_strdup(w->f->a, export_kinds(w->f->a)), *kind;
	int n = 0;

	voted(w);
	while ((kind = strsep(&kinds, ", ")) != NULL)
		if (*kind != '\0') {
			int err = export_run(&w->f->ctx, kind, &to);

			/* a roll is one activity's, which is not said here */
			assert_int_equal(
			    err, strcmp(kind, "roll") == 0 ? ERR_INVALID : OK);
			n++;
		}
	assert_true(n > 3);
	for (int i = 0; i < BALLOT_VOTERS; i++)
		assert_int_equal(times(&b, papers[i]), 0);
	buf_clear(&b);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, ballots_setup, ballots_teardown)

static void
when_somebody_voted_is_not_in_their_history(void **state)
{
	static const char *const who[] = {"town", "officer", "county", "admin",
	                                  "deputy"};
	struct ballots *w = *state;
	struct ballot_id id = open_one(w);
	struct event_line *lines;
	struct ctx c;
	int n;

	org_ctx(w->o, "deputy", &c);
	assert_int_equal(ballot_vote_by(w, "deputy", id, papers[0]), OK);
	for (size_t i = 0; i < COUNT(who); i++) {
		int64_t person = c.me;
		struct ctx reader;

		org_ctx(w->o, who[i], &reader);
		assert_int_equal(event_timeline_person(&reader, w->f->a, person,
		                                       50, &lines, &n),
		                 OK);
		assert_true(n > 0);
		while (n-- > 0)
			assert_int_not_equal(lines[n].action,
			                     ACTION_BALLOT_VOTE);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_paper_has_nothing_that_leads_to_a_voter),
	    TEST(marks_stand_in_no_other_table),
	    TEST(the_event_of_a_vote_says_nothing_of_it),
	    TEST(when_somebody_voted_is_not_in_their_history),
	    TEST(keys_do_not_stay),
	    TEST(the_file_does_not_keep_papers_in_the_order_of_voting),
	    TEST(a_backup_during_the_ballot_does_not_either),
	    TEST(closing_empties_the_log),
	    TEST(after_the_confirmation_no_paper_is_left_in_any_file),
	    TEST(a_vote_leaves_no_other_file),
	    TEST(nothing_that_is_exported_has_marks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
