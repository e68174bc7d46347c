/* The database file itself: schema, queue of writers, errors, statements. */
#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/store/event.h"
#include "db/store/fsm.h"
#include "db/store/inner.h"
#include "db/store/stmt.h"
#include "tests/unit/fixture.h"

#define T(name)                                                                \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

/* --- schema -------------------------------------------------------------- */

static void
a_fresh_file_comes_to_the_newest_schema_once(void **state)
{
	struct fixture *f = *state;
	struct store *second;
	int done = -1;

	assert_int_equal(store_version(f->store), store_newest_version());
	assert_int_equal(store_migrate(f->store, &done), OK);
	assert_int_equal(done, 0);
	assert_int_equal(store_open(f->path, STORE_EXISTING, &second), OK);
	store_close(second);
	assert_int_equal(store_open("/nonexistent/db", STORE_EXISTING, &second),
	                 ERR_NOT_FOUND);
}

static void
another_schema_is_refused(void **state)
{
	struct fixture *f = *state;
	struct store *second = NULL;
	int done;

	assert_int_equal(store_exec(f->store, "PRAGMA user_version = 99"), OK);
	assert_int_equal(store_open(f->path, STORE_EXISTING, &second),
	                 ERR_CONFIG);
	assert_null(second);
	assert_string_not_equal(store_why(NULL), "");
	assert_int_equal(store_migrate(f->store, &done), ERR_CONFIG);
	assert_int_equal(store_exec(f->store, "PRAGMA user_version = 1"), OK);
	assert_int_equal(store_open(f->path, STORE_EXISTING, &second),
	                 ERR_CONFIG);
}

static void
nobody_else_may_read_the_file(void **state)
{
	static const char *const names[] = {"", "-wal", "-shm", "-lock"};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(names); i++) {
		struct stat st;

		assert_int_equal(
		    stat(arena_printf(f->a, "%s%s", f->path, names[i]), &st),
		    0);
		assert_int_equal(st.st_mode & 07, 0);
	}
}

static void
every_entity_has_its_table_and_its_statements_prepare(void **state)
{
	static const enum scope scopes[] = {SCOPE_NONE, SCOPE_COUNTY,
	                                    SCOPE_UNIT, SCOPE_STATION,
	                                    SCOPE_SELF, SCOPE_ASSIGNED};
	struct fixture *f = *state;

	for (int i = 0; i < ENTITIES; i++) {
		const struct entity *e = entity_of((enum entity_kind)i);

		assert_int_equal(e->kind, i);
		assert_ptr_equal(entity_named(e->name), e);
		for (size_t s = 0; s < COUNT(scopes); s++)
			for (int n = 0; n < e->sql_count; n++) {
				struct ctx c = f->ctx;

				c.scope = scopes[s];
				if (e->sql[n] == NULL)
					continue;
				if (stmt_end(ctx_stmt(&c, e, n)) != OK)
					fail_msg("%s %d: %s", e->name, n,
					         store_why(f->store));
			}
	}
}

/* --- transactions -------------------------------------------------------- */

enum { WRITERS = 4, EACH = 50 };

/* A process of its own: opens the file itself, as sessions do. */
static int
write_many(const char *path)
{
	struct store *s;
	struct ctx c;

	if (store_open(path, STORE_EXISTING, &s) != OK)
		return 1;
	ctx_init_system(&c, s);
	for (int i = 0; i < EACH; i++) {
		struct stmt *q;
		int64_t id;
		int err;

		if (event_begin(&c, ACTION_PERSON_ADD, ENTITY_PERSON, 0, 1) !=
		    OK)
			return 2;
		id = ctx_new_id(&c, entity_of(ENTITY_PERSON));
		q = ctx_sql(&c, NULL,
		            "INSERT INTO person (id, name, pinyin, initials,"
		            " stroke) VALUES (:id, 'a', 'a', 'a', 'a')");
		bind_int(q, ":id", id);
		event_subject(&c, id, 1);
		err = stmt_run(q, NULL);
		if (event_end(&c, err) != OK)
			return 3;
	}
	store_close(s);
	return 0;
}

static void
writers_in_several_processes_wait_for_each_other(void **state)
{
	struct fixture *f = *state;
	struct arena *a = arena_new();
	int status;

	fixture_rows(f);
	fflush(NULL);
	for (int i = 0; i < WRITERS; i++)
		if (fork() == 0)
			_exit(write_many(f->path));
	for (int i = 0; i < WRITERS; i++) {
		assert_true(wait(&status) > 0);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
	}
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM person"),
	                 6 + WRITERS * EACH);
	assert_int_equal(fixture_int(f, "SELECT max(seq) - count(*)"
	                                " FROM audit"),
	                 0);
	arena_free(a);
}

static void
a_writer_killed_in_its_transaction_holds_nobody_up(void **state)
{
	struct fixture *f = *state;
	int status;
	pid_t pid;

	fixture_rows(f);
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		struct store *s;

		if (store_open(f->path, STORE_EXISTING, &s) != OK ||
		    store_begin(s) != OK ||
		    store_exec(s, "UPDATE person SET name = 'x'") != OK)
			_exit(1);
		abort();
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(store_begin(f->store), OK);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM person"
	                                " WHERE name = 'x'"),
	                 0);
	store_rollback(f->store);
}

/* Reads that overlap, so that somebody always reads, each for a moment. */
static void
read_without_a_pause(const char *path)
{
	enum { READERS = 3 };
	static const char peek[] = "BEGIN; SELECT count(*) FROM setting";
	struct store *s[READERS];

	for (int i = 0; i < READERS; i++)
		if (store_open(path, STORE_EXISTING, &s[i]) != OK ||
		    store_exec(s[i], peek) != OK)
			_exit(1);
	for (int i = 0;; i = (i + 1) % READERS) {
		for (int64_t from = clock_monotonic_ms();
		     clock_monotonic_ms() - from < 2;)
			;
		if (store_exec(s[i], "COMMIT") != OK ||
		    store_exec(s[i], peek) != OK)
			_exit(1);
	}
}

static void
readers_without_a_pause_do_not_let_the_wal_grow(void **state)
{
	struct fixture *f = *state;
	const char *wal = arena_printf(f->a, "%s-wal", f->path);
	struct stat st;
	pid_t child;

	assert_int_equal(store_exec(f->store, "PRAGMA synchronous = OFF;"
	                                      "CREATE TABLE heap (bytes)"),
	                 OK);
	child = fork();
	if (child == 0)
		read_without_a_pause(f->path);
	assert_true(child > 0);
	for (int i = 0; i < 8000; i++) {
		assert_int_equal(store_begin(f->store), OK);
		assert_int_equal(
		    store_exec(f->store,
		               "INSERT INTO heap VALUES (randomblob(8000))"),
		    OK);
		assert_int_equal(store_commit(f->store), OK);
	}
	assert_int_equal(waitpid(child, NULL, WNOHANG), 0);
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, NULL, 0), child);
	assert_int_equal(stat(wal, &st), 0);
	assert_in_range(st.st_size, 1, 16 << 20);
}

static void
a_busy_database_says_so_in_the_end(void **state)
{
	struct fixture *f = *state;
	int64_t began = clock_monotonic_ms();
	FILE *lock = fopen(arena_printf(f->a, "%s-lock", f->path), "r");

	assert_non_null(lock);
	assert_int_equal(flock(fileno(lock), LOCK_EX), 0);
	assert_int_equal(
	    event_begin(&f->ctx, ACTION_UNIT_ADD, ENTITY_UNIT, 1, 1), ERR_BUSY);
	assert_in_range(clock_monotonic_ms() - began, 4900, 7000);
	assert_false(store_in_transaction(f->store));
	fclose(lock);
	fixture_rows(f);
}

static void
another_connections_commit_is_noticed(void **state)
{
	struct fixture *f = *state;
	struct store *second;

	assert_int_equal(store_open(f->path, STORE_EXISTING, &second), OK);
	assert_false(store_changed(second));
	assert_false(store_changed(second));
	fixture_rows(f);
	assert_true(store_changed(second));
	assert_false(store_changed(second));
	store_close(second);
}

/* How many descriptors of this process are open on files under path. */
static int
open_on(const char *path)
{
	DIR *d = opendir("/proc/self/fd");
	struct dirent *e;
	char at[300], file[300];
	int n = 0;

	assert_non_null(d);
	while ((e = readdir(d)) != NULL) {
		ssize_t len;

		(void)snprintf(at, sizeof(at), "/proc/self/fd/%s", e->d_name);
		len = readlink(at, file, sizeof(file) - 1);
		file[len > 0 ? len : 0] = '\0';
		if (strncmp(file, path, strlen(path)) == 0 &&
		    strstr(file, "-lock") == NULL)
			n++;
	}
	closedir(d);
	return n;
}

static void
a_resting_store_holds_no_file_and_answers_when_asked(void **state)
{
	struct fixture *f = *state;
	int64_t n = 0;

	assert_true(open_on(f->path) > 0);
	store_rest(f->store);
	store_rest(f->store);
	assert_int_equal(open_on(f->path), 0);
	assert_false(store_in_transaction(f->store));
	assert_int_equal(stmt_int(store_stmt(f->store, "SELECT 7"), &n), OK);
	assert_int_equal(n, 7);
	store_rest(f->store);
	fixture_rows(f);
}

static void
a_store_that_rested_supposes_that_others_wrote(void **state)
{
	struct fixture *f = *state;

	assert_false(store_changed(f->store));
	store_rest(f->store);
	assert_true(store_changed(f->store));
	assert_false(store_changed(f->store));
}

static void
a_store_does_not_rest_in_a_transaction(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(store_begin(f->store), OK);
	store_rest(f->store);
	assert_true(store_in_transaction(f->store));
	store_rollback(f->store);
}

static void
a_store_that_cannot_wake_says_so_and_wakes_later(void **state)
{
	struct fixture *f = *state;
	char *away = arena_printf(f->a, "%s-away", f->path);
	int64_t n = 0;

	store_rest(f->store);
	assert_int_equal(rename(f->path, away), 0);
	assert_int_equal(stmt_int(store_stmt(f->store, "SELECT 8"), &n),
	                 ERR_STORE);
	assert_int_equal(stmt_run(store_stmt(f->store, "SELECT 9"), NULL),
	                 ERR_STORE);
	assert_int_equal(store_begin(f->store), ERR_STORE);
	assert_int_equal(rename(away, f->path), 0);
	assert_int_equal(stmt_int(store_stmt(f->store, "SELECT 8"), &n), OK);
	assert_int_equal(n, 8);
}

struct heard {
	int n;
	uint64_t kinds;
	int64_t unit;
};

static void
hear(void *data, uint64_t kinds, int64_t unit)
{
	struct heard *h = data;

	h->n++;
	h->kinds = kinds;
	h->unit = unit;
}

static void
a_commit_is_told_once_with_what_it_changed(void **state)
{
	struct fixture *f = *state;
	struct heard heard = {0};

	f->ctx.committed = hear;
	f->ctx.committed_data = &heard;
	fixture_rows(f);
	assert_int_equal(heard.n, 2);
	assert_int_equal(heard.kinds, ENTITY_BIT(ACTIVITY));
	assert_int_equal(heard.unit, 1);
	assert_int_equal(
	    event_begin(&f->ctx, ACTION_ACTIVITY_SAVE, ENTITY_ACTIVITY, 2, 2),
	    OK);
	fixture_event(f, ACTION_PERSON_SAVE, ENTITY_PERSON, 1,
	              "UPDATE person SET job = 'x' WHERE id = 1");
	assert_int_equal(heard.n, 2);
	assert_int_equal(event_end(&f->ctx, OK), OK);
	assert_int_equal(heard.n, 3);
	assert_int_equal(heard.kinds,
	                 ENTITY_BIT(ACTIVITY) | ENTITY_BIT(PERSON));
	assert_int_equal(heard.unit, 0);
}

/* --- bad disks ----------------------------------------------------------- */

static void
a_full_disk_is_told_and_leaves_nothing(void **state)
{
	struct fixture *f = *state;
	const char *before;
	int64_t pages, events;
	int err;

	fixture_rows(f);
	before = fixture_dump(f, f->a);
	events = fixture_int(f, "SELECT count(*) FROM event");
	pages = fixture_int(f, "PRAGMA page_count");
	assert_int_equal(
	    store_exec(f->store,
	               arena_printf(f->a, "PRAGMA max_page_count = %lld",
	                            (long long)pages)),
	    OK);
	assert_int_equal(
	    event_begin(&f->ctx, ACTION_ACTIVITY_SAVE, ENTITY_ACTIVITY, 1, 1),
	    OK);
	err = store_exec(f->store,
	                 "UPDATE activity SET agenda = hex(zeroblob(50000))");
	assert_int_equal(err, ERR_FULL);
	assert_int_equal(event_end(&f->ctx, err), ERR_FULL);
	assert_string_equal(before, fixture_dump(f, f->a));
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM event"), events);
	assert_int_equal(store_exec(f->store, "PRAGMA max_page_count = 100000"),
	                 OK);
	fixture_event(f, ACTION_ACTIVITY_SAVE, ENTITY_ACTIVITY, 1,
	              "UPDATE activity SET agenda = hex(zeroblob(50000))");
}

/* The limit on a file's size stands for a disk that fills up exactly while
 * the WAL is written: at COMMIT, when all statements went well. The text fits
 * in the page cache, else it would be spilled and fail before. */
static int
commit_against_a_limit(struct fixture *f)
{
	struct rlimit small = {.rlim_cur = 40000, .rlim_max = RLIM_INFINITY};
	struct rlimit none = {RLIM_INFINITY, RLIM_INFINITY};
	const char *before = fixture_dump(f, f->a);
	int err;

	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(store_checkpoint(f->store), OK);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(
	    event_begin(&f->ctx, ACTION_ACTIVITY_SAVE, ENTITY_ACTIVITY, 1, 1),
	    OK);
	err = store_exec(f->store,
	                 "UPDATE activity SET agenda = hex(zeroblob(25000))");
	assert_int_equal(err, OK);
	err = event_end(&f->ctx, err);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	assert_string_equal(before, fixture_dump(f, f->a));
	fixture_event(f, ACTION_ACTIVITY_SAVE, ENTITY_ACTIVITY, 1,
	              "UPDATE activity SET agenda = 'again'");
	return err;
}

static void
a_disk_that_fills_while_committing_rolls_back(void **state)
{
	struct fixture *f = *state;

	fixture_rows(f);
	assert_int_equal(commit_against_a_limit(f), ERR_FULL);
}

static void
a_read_only_file_can_be_read_and_not_written(void **state)
{
	struct fixture *f = *state;
	struct store *second;
	struct ctx c;

	fixture_rows(f);
	assert_int_equal(store_open(f->path, STORE_READONLY, &second), OK);
	ctx_init_system(&c, second);
	assert_int_equal(event_begin(&c, ACTION_UNIT_ADD, ENTITY_UNIT, 1, 1),
	                 ERR_READONLY);
	assert_int_equal(store_exec(second, "DELETE FROM mandate"),
	                 ERR_READONLY);
	store_close(second);
}

static void
a_backup_is_a_whole_database(void **state)
{
	struct fixture *f = *state;
	const char *path = arena_printf(f->a, "%s/copy", f->dir);
	struct store *copy;

	fixture_rows(f);
	assert_int_equal(store_backup(f->store, path), OK);
	assert_int_equal(store_backup(f->store, path), ERR_EXISTS);
	assert_int_equal(store_backup(f->store, "/nonexistent/x"), ERR_IO);
	assert_int_equal(store_open(path, STORE_READONLY, &copy), OK);
	store_close(copy);
	for (int i = 0; i < 3; i++) {
		static const char *const ends[] = {"", "-wal", "-shm"};

		unlink(arena_printf(f->a, "%s%s", path, ends[i]));
	}
}

static void
indexes_dropped_for_bulk_come_back(void **state)
{
	static const char count[] = "SELECT count(*) FROM sqlite_schema"
				    " WHERE type = 'index'";
	struct fixture *f = *state;
	int64_t n = fixture_int(f, count);

	assert_int_equal(store_begin(f->store), OK);
	assert_int_equal(store_indexes_drop(f->store), OK);
	assert_true(fixture_int(f, count) < n);
	assert_int_equal(store_indexes_make(f->store), OK);
	assert_int_equal(store_commit(f->store), OK);
	assert_int_equal(fixture_int(f, count), n);
	assert_int_equal(store_begin(f->store), OK);
	assert_int_equal(store_indexes_drop(f->store), OK);
	store_rollback(f->store);
	assert_int_equal(fixture_int(f, count), n);
}

/* --- statements ---------------------------------------------------------- */

static void
constraints_become_our_errors(void **state)
{
	struct fixture *f = *state;

	fixture_rows(f);
	assert_int_equal(store_exec(f->store, "INSERT INTO unit VALUES"
	                                      " (1, 'x', 'town', 1)"),
	                 ERR_EXISTS);
	assert_int_equal(store_exec(f->store, "INSERT INTO unit VALUES"
	                                      " (5, '周王庙镇', 'town', 1)"),
	                 ERR_EXISTS);
	assert_int_equal(store_exec(f->store, "DELETE FROM unit WHERE id = 1"),
	                 ERR_DEPENDS);
	assert_int_equal(store_exec(f->store, "INSERT INTO place VALUES"
	                                      " (1, 1, 1, 'hall', 'x')"),
	                 ERR_STORE);
	assert_string_not_equal(store_why(f->store), "");
	assert_int_equal(store_exec(f->store, "no sql"), ERR_STORE);
}

static void
a_statement_sees_what_its_scope_says(void **state)
{
	static const char count[] = "SELECT count(*) FROM person"
				    " WHERE @scope";
	static const char *const scope[SCOPES] = {
	    [SCOPE_COUNTY] = "1",
	    [SCOPE_UNIT] = "person.unit = :my_unit OR 0",
	    [SCOPE_SELF] = "person.id = :me",
	};
	static const struct entity e = {.name = "person", .scope = scope};
	struct fixture *f = *state;
	struct ctx c = f->ctx;
	int64_t n;

	fixture_rows(f);
	assert_int_equal(stmt_int(ctx_sql(&c, &e, count), &n), OK);
	assert_int_equal(n, 6);
	c.scope = SCOPE_UNIT;
	assert_int_equal(stmt_int(ctx_sql(&c, &e, count), &n), OK);
	assert_int_equal(n, 0); /* no unit is not every unit */
	c.my_unit = 2;
	assert_int_equal(stmt_int(ctx_sql(&c, &e, count), &n), OK);
	assert_int_equal(n, 3);
	c.scope = SCOPE_SELF;
	c.me = 4;
	assert_int_equal(stmt_int(ctx_sql(&c, &e, count), &n), OK);
	assert_int_equal(n, 1);
	c.scope = SCOPE_STATION; /* nothing is said of it */
	assert_int_equal(stmt_int(ctx_sql(&c, &e, count), &n), OK);
	assert_int_equal(n, 0);
}

static void
a_parameter_that_is_not_in_the_text_is_an_error(void **state)
{
	struct fixture *f = *state;
	struct stmt *q = ctx_sql(&f->ctx, NULL, "SELECT 1");
	int64_t n;

	bind_int(q, ":nothing", 1);
	assert_int_equal(stmt_int(q, &n), ERR_STORE);
	assert_int_equal(stmt_int(ctx_sql(&f->ctx, NULL, "SELECT 1"), &n), OK);
}

static void
text_is_never_part_of_a_statement(void **state)
{
	static const char insert[] =
	    "INSERT INTO unit VALUES (9, :name, 'town', 9)";
	static const char evil[] = "'); DROP TABLE unit; --\"%s@scope";
	struct fixture *f = *state;
	struct stmt *q = ctx_sql(&f->ctx, NULL, insert);
	int64_t changed;

	bind_text(q, ":name", evil);
	assert_int_equal(stmt_run(q, &changed), OK);
	assert_int_equal(changed, 1);
	q = ctx_sql(&f->ctx, NULL, "SELECT name FROM unit WHERE id = 9");
	assert_true(stmt_next(q));
	assert_string_equal(col_text(q, 0), evil);
	assert_int_equal(stmt_end(q), OK);
}

static void
changed_counts_this_statement_only(void **state)
{
	static const char rename_sql[] =
	    "UPDATE person SET job = 'x' WHERE unit = :unit";
	struct fixture *f = *state;
	int64_t changed = -1;
	struct stmt *q;

	fixture_rows(f);
	q = ctx_sql(&f->ctx, NULL, rename_sql);
	bind_int(q, ":unit", 1);
	assert_int_equal(stmt_run(q, &changed), OK);
	assert_int_equal(changed, 3);
	q = ctx_sql(&f->ctx, NULL, rename_sql);
	bind_int(q, ":unit", 9);
	assert_int_equal(stmt_run(q, &changed), OK);
	assert_int_equal(changed, 0);
}

/* --- state steps --------------------------------------------------------- */

enum { DOOR_SHUT, DOOR_OPEN };
enum { DOOR_DO_OPEN, DOOR_DO_SHUT };

static const struct enum_name door_states[] = {
    {.name = "published"}, {.name = "open"}, {.name = NULL}};
static const struct edge door_edges[] = {
    {DOOR_SHUT, DOOR_DO_OPEN, DOOR_OPEN, PERM_NONE, false},
    {DOOR_OPEN, DOOR_DO_SHUT, DOOR_SHUT, PERM_ACTIVITY_HEAD, false},
};
static const char *const door_scope[SCOPES] = {
    [SCOPE_COUNTY] = "1", [SCOPE_UNIT] = "activity.unit = :my_unit"};
static const struct entity door = {.kind = ENTITY_ACTIVITY,
                                   .name = "activity",
                                   .scope = door_scope,
                                   .states = door_states,
                                   .edges = door_edges,
                                   .edge_count = COUNT(door_edges)};

static int
fire(struct ctx *c, int64_t id, int on, int *to)
{
	int err = event_begin(c, ACTION_ACTIVITY_OPEN, ENTITY_ACTIVITY, id, 1);

	assert_int_equal(err, OK);
	return event_end(c, fsm_fire(c, &door, id, on, to));
}

static void
a_step_needs_its_edge_its_right_and_its_row(void **state)
{
	struct fixture *f = *state;
	struct ctx c = f->ctx;
	int to = -1, offers[4];

	fixture_rows(f);
	assert_int_equal(fire(&c, 1, DOOR_DO_SHUT, &to), ERR_STATE);
	assert_int_equal(fire(&c, 99, DOOR_DO_OPEN, &to), ERR_NOT_FOUND);
	assert_int_equal(fire(&c, 1, DOOR_DO_OPEN, &to), OK);
	assert_int_equal(to, DOOR_OPEN);
	assert_int_equal(fsm_offers(&c, &door, DOOR_OPEN, offers, 4), 1);
	memset(&c.perms, 0, sizeof(c.perms));
	assert_int_equal(fsm_offers(&c, &door, DOOR_OPEN, offers, 4), 0);
	assert_int_equal(fire(&c, 1, DOOR_DO_SHUT, &to), ERR_DENIED);
	c = f->ctx;
	c.scope = SCOPE_UNIT;
	c.my_unit = 2;
	assert_int_equal(fire(&c, 1, DOOR_DO_SHUT, &to), ERR_NOT_FOUND);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM activity"
	                                " WHERE state = 'open'"),
	                 1);
}

/* --- contexts ------------------------------------------------------------ */

static void
a_context_has_the_rights_of_a_current_office(void **state)
{
	struct fixture *f = *state;
	struct ctx c;

	fixture_rows(f);
	fixture_event(
	    f, ACTION_ACCOUNT_ADD, ENTITY_ACCOUNT, 1,
	    "INSERT INTO office (id, person, role, unit, station, from_on,"
	    " to_on) VALUES (1, 1, 'deputy', 1, 1, '2022-01-01', NULL),"
	    " (2, 1, 'officer', 1, 1, '2022-01-01', '2026-03-29'),"
	    " (3, 1, 'admin', NULL, NULL, '2022-01-01', '2026-03-28'),"
	    " (4, 1, 'county_staff', NULL, NULL, '2026-03-30', NULL),"
	    " (5, 3, 'admin', NULL, NULL, '2022-01-01', NULL);"
	    "INSERT INTO account (id, name, person, created_at,"
	    " disabled_at) VALUES (1, 'a', 1, 1, NULL), (2, 'b', 2, 1, NULL),"
	    " (3, 'c', 3, 1, 5)");
	assert_int_equal(ctx_open(&c, f->store, 1, 0), OK);
	assert_string_equal(c.role, "officer");
	assert_int_equal(c.scope, SCOPE_STATION);
	assert_int_equal(c.my_station, 1);
	assert_true(may(&c, PERM_ACTIVITY_ROLL));
	assert_false(may(&c, PERM_ACTIVITY_JOIN));
	assert_int_equal(ctx_open(&c, f->store, 1, 1), OK);
	assert_string_equal(c.role, "deputy");
	assert_true(may(&c, PERM_ACTIVITY_JOIN));
	/* yesterday's, tomorrow's, another person's */
	for (int office = 3; office <= 5; office++)
		assert_int_equal(ctx_open(&c, f->store, 1, office), ERR_DENIED);
	assert_string_equal(c.role, "deputy");
	assert_int_equal(ctx_open(&c, f->store, 2, 0), ERR_DENIED);
	assert_int_equal(ctx_open(&c, f->store, 3, 0), ERR_DENIED);
	assert_int_equal(ctx_open(&c, f->store, 9, 0), ERR_NOT_FOUND);
	fixture_event(f, ACTION_ACCOUNT_DISABLE, ENTITY_ACCOUNT, 1,
	              "UPDATE account SET disabled_at = 1 WHERE id = 1");
	assert_int_equal(ctx_refresh(&c), ERR_DENIED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    T(a_fresh_file_comes_to_the_newest_schema_once),
	    T(another_schema_is_refused),
	    T(nobody_else_may_read_the_file),
	    T(every_entity_has_its_table_and_its_statements_prepare),
	    T(writers_in_several_processes_wait_for_each_other),
	    T(a_writer_killed_in_its_transaction_holds_nobody_up),
	    T(readers_without_a_pause_do_not_let_the_wal_grow),
	    T(a_busy_database_says_so_in_the_end),
	    T(another_connections_commit_is_noticed),
	    T(a_resting_store_holds_no_file_and_answers_when_asked),
	    T(a_store_that_rested_supposes_that_others_wrote),
	    T(a_store_does_not_rest_in_a_transaction),
	    T(a_store_that_cannot_wake_says_so_and_wakes_later),
	    T(a_commit_is_told_once_with_what_it_changed),
	    T(a_full_disk_is_told_and_leaves_nothing),
	    T(a_disk_that_fills_while_committing_rolls_back),
	    T(a_read_only_file_can_be_read_and_not_written),
	    T(a_backup_is_a_whole_database),
	    T(indexes_dropped_for_bulk_come_back),
	    T(constraints_become_our_errors),
	    T(a_statement_sees_what_its_scope_says),
	    T(a_parameter_that_is_not_in_the_text_is_an_error),
	    T(text_is_never_part_of_a_statement),
	    T(changed_counts_this_statement_only),
	    T(a_step_needs_its_edge_its_right_and_its_row),
	    T(a_context_has_the_rights_of_a_current_office),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
