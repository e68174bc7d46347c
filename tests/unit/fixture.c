/* A database a test, in a directory that goes with it. */
#include "tests/unit/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/base/buf.h"
#include "db/blob.h"
#include "db/store/inner.h"

void
fixture_contact_key(struct secret_box_key *out)
{
	static const unsigned char seed[SECRET_KEY] = {16, 1};

	secret_box_of_seed(seed, out);
}

int
fixture_setup(void **state)
{
	struct secret_box_key contacts;
	struct fixture *f = xcalloc(1, sizeof(*f));
	const char *tmp = getenv("TMPDIR");
	struct day day = {2026, 3, 29};
	int done;

	snprintf(f->dir, sizeof(f->dir), "%.72s/liaison-XXXXXX",
	         tmp != NULL ? tmp : "/tmp");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof(f->path), "%s/db", f->dir);
	assert_int_equal(clock_zone("Asia/Shanghai"), OK);
	assert_int_equal(store_open(f->path, STORE_CREATE, &f->store), OK);
	assert_int_equal(store_migrate(f->store, &done), OK);
	store_stop_clock(f->store, clock_at(day, 14, 2));
	fixture_contact_key(&contacts);
	store_set_contact_key(f->store, contacts.public);
	ctx_init_system(&f->ctx, f->store);
	f->a = arena_new();
	*state = f;
	return 0;
}

int
fixture_teardown(void **state)
{
	static const char *const names[] = {"db", "db-wal", "db-shm",
	                                    "db-lock"};
	struct fixture *f = *state;
	char path[128];

	arena_free(f->a);
	store_close(f->store);
	for (size_t i = 0; i < COUNT(names); i++) {
		snprintf(path, sizeof(path), "%s/%s", f->dir, names[i]);
		unlink(path);
	}
	blob_remove_all(f->path);
	rmdir(f->dir);
	free(f);
	return 0;
}

int64_t
fixture_event(struct fixture *f, enum action action, enum entity_kind kind,
              int64_t id, const char *sql)
{
	int64_t event;
	int err;

	assert_int_equal(event_begin(&f->ctx, action, kind, id, 1), OK);
	event = event_id(&f->ctx);
	err = event_end(&f->ctx, store_exec(f->store, sql));
	if (err != OK)
		print_error("%s\n%s\n", store_why(f->store), sql);
	assert_int_equal(err, OK);
	return event;
}

void
fixture_rows(struct fixture *f)
{
	fixture_event(
	    f, ACTION_UNIT_ADD, ENTITY_UNIT, 1,
	    "INSERT INTO unit VALUES (1, '周王庙镇', 'town', 3),"
	    " (2, '硖石街道', 'subdistrict', 9);"
	    "INSERT INTO station (id, unit, name) VALUES"
	    " (1, 1, '周王庙镇代表联络站'), (2, 2, '硖石街道代表联络站');"
	    "INSERT INTO term VALUES"
	    " (1, 'county', NULL, 16, '2022-01-01', '2027-01-01');"
	    "INSERT INTO person (id, unit, name, pinyin, initials, stroke)"
	    " SELECT value, 2 - value % 2, '张' || value, 'zhang', 'z', '07'"
	    "   FROM json_each('[1,2,3,4,5,6]');"
	    "INSERT INTO mandate (id, person, level, term, unit, station,"
	    " from_on) SELECT id, id, 'county', 1, unit, unit, '2022-01-01'"
	    " FROM person;");
	fixture_event(
	    f, ACTION_ACTIVITY_ADD, ENTITY_ACTIVITY, 1,
	    "INSERT INTO activity (id, unit, station, title, kind, venue,"
	    " starts_at, ends_at, month, before_minutes, after_minutes, state,"
	    " created_at) VALUES"
	    " (1, 1, 1, '接待选民', 'reception', '一楼', 1774764000,"
	    "  1774771200, 202603, 30, 30, 'published', 1774000000),"
	    " (2, 2, 2, '视察学校', 'inspect', '学校', 1774764000,"
	    "  1774771200, 202603, 30, 30, 'published', 1774000000)");
}

int64_t
fixture_int(struct fixture *f, const char *sql)
{
	sqlite3_stmt *raw;
	int64_t v;

	assert_int_equal(sqlite3_prepare_v2(f->store->db, sql, -1, &raw, NULL),
	                 SQLITE_OK);
	assert_int_equal(sqlite3_step(raw), SQLITE_ROW);
	v = sqlite3_column_int64(raw, 0);
	sqlite3_finalize(raw);
	return v;
}

static void
dump_table(struct fixture *f, const char *table, struct buf *b)
{
	char *sql = sqlite3_mprintf("SELECT * FROM %s ORDER BY 1, 2", table);
	sqlite3_stmt *raw;

	assert_int_equal(sqlite3_prepare_v2(f->store->db, sql, -1, &raw, NULL),
	                 SQLITE_OK);
	while (sqlite3_step(raw) == SQLITE_ROW) {
		buf_add(b, table);
		for (int i = 0; i < sqlite3_column_count(raw); i++) {
			const unsigned char *s = sqlite3_column_text(raw, i);

			buf_addf(b, " %s=%d:%s", sqlite3_column_name(raw, i),
			         sqlite3_column_type(raw, i),
			         s != NULL ? (const char *)s : "");
		}
		buf_addc(b, '\n');
	}
	sqlite3_finalize(raw);
	sqlite3_free(sql);
}

/* How an index of text came about shows in its tables, so what it says of
 * each word is dumped instead. */
static void
dump_indexes(struct fixture *f, struct buf *b)
{
	static const char tables[] =
	    "SELECT name FROM sqlite_schema WHERE type = 'table'"
	    "   AND name LIKE '%\\_text' ESCAPE '\\' ORDER BY name";
	sqlite3_stmt *raw;

	assert_int_equal(
	    sqlite3_prepare_v2(f->store->db, tables, -1, &raw, NULL),
	    SQLITE_OK);
	while (sqlite3_step(raw) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(raw, 0);
		const char *words = arena_printf(f->a, "dumped_%s", name);

		assert_int_equal(
		    store_exec(
			f->store,
			arena_printf(f->a,
		                     "CREATE VIRTUAL TABLE IF NOT EXISTS"
		                     " temp.%s"
		                     " USING fts5vocab(main, %s, instance)",
		                     words, name)),
		    OK);
		dump_table(f, words, b);
	}
	sqlite3_finalize(raw);
}

const char *
fixture_dump(struct fixture *f, struct arena *a)
{
	static const char tables[] =
	    "SELECT name FROM sqlite_schema WHERE type = 'table'"
	    "   AND name NOT IN ('event', 'event_link', 'event_undo',"
	    "                    'audit', 'audit_sign', 'text_index')"
	    "   AND name NOT LIKE '%\\_text%' ESCAPE '\\' ORDER BY name";
	struct buf b = BUF_INIT;
	sqlite3_stmt *raw;
	const char *out;

	assert_int_equal(
	    sqlite3_prepare_v2(f->store->db, tables, -1, &raw, NULL),
	    SQLITE_OK);
	while (sqlite3_step(raw) == SQLITE_ROW)
		dump_table(f, (const char *)sqlite3_column_text(raw, 0), &b);
	sqlite3_finalize(raw);
	dump_indexes(f, &b);
	out = arena_strndup(a, b.data, b.len);
	buf_clear(&b);
	return out;
}

/* Tables of a fixed, small size may be scanned. */
static bool
is_small(const char *detail)
{
	static const char *const small[] = {"role",
	                                    "role_perm",
	                                    "unit",
	                                    "unit_kind",
	                                    "station",
	                                    "duty_kind",
	                                    "activity_kind",
	                                    "duty_rule",
	                                    "term",
	                                    "setting",
	                                    "text_index",
	                                    "r",
	                                    "u",
	                                    "s",
	                                    "k",
	                                    "CONSTANT",
	                                    "family",
	                                    "sqlite_schema"};
	char table[64];

	if (sscanf(detail, "SCAN %63s", table) != 1)
		return false;
	for (size_t i = 0; i < COUNT(small); i++)
		if (strcmp(small[i], table) == 0)
			return true;
	return false;
}

/* walks: the first loop may go along an index, as a list does that stops
 * after a page. */
static void
check_plan(struct fixture *f, const char *sql, bool walks)
{
	char *text = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", sql);
	sqlite3_stmt *raw;

	if (sqlite3_prepare_v2(f->store->db, text, -1, &raw, NULL) !=
	    SQLITE_OK) {
		print_error("%s\n%s\n", sqlite3_errmsg(f->store->db), sql);
		fail();
	}
	for (int i = 0; sqlite3_step(raw) == SQLITE_ROW; i++) {
		const char *detail = (const char *)sqlite3_column_text(raw, 3);
		bool scans = strncmp(detail, "SCAN ", 5) == 0 &&
		             !is_small(detail) && !(walks && i == 0);

		if (scans || strstr(detail, "TEMP B-TREE") != NULL) {
			print_error("%s\n%s\n", detail, sql);
			fail();
		}
	}
	sqlite3_finalize(raw);
	sqlite3_free(text);
}

void
fixture_plan(struct fixture *f, const char *sql)
{
	check_plan(f, sql, false);
}

void
fixture_plan_used(struct fixture *f)
{
	struct store *s = f->store;

	for (int i = 0; i < s->stmt_size; i++) {
		const char *sql;

		if (s->stmts[i] == NULL || s->stmts[i]->raw == NULL)
			continue;
		sql = sqlite3_sql(s->stmts[i]->raw);
		if (strncmp(sql, "PRAGMA", 6) != 0 &&
		    strncmp(sql, "SAVEPOINT", 9) != 0 &&
		    strncmp(sql, "RELEASE", 7) != 0)
			fixture_plan(f, sql);
	}
}

void
fixture_searches(struct fixture *f)
{
	struct store *s = f->store;
	int n = 0;

	for (size_t i = 0; i < COUNT(s->composed); i++) {
		struct stmt *q = s->composed[i];
		const char *sql;
		sqlite3_stmt *raw;

		if (q == NULL || q->raw == NULL ||
		    strstr(sqlite3_sql(q->raw), "_text MATCH") == NULL)
			continue;
		n++;
		sql = arena_printf(f->a, "EXPLAIN QUERY PLAN %s",
		                   sqlite3_sql(q->raw));
		assert_int_equal(sqlite3_prepare_v2(s->db, sql, -1, &raw, NULL),
		                 SQLITE_OK);
		while (sqlite3_step(raw) == SQLITE_ROW) {
			const char *detail =
			    (const char *)sqlite3_column_text(raw, 3);

			/* the index gives its hits in their order; what is
			 * sorted are the newest of them */
			if (strncmp(detail, "SCAN ", 5) == 0 &&
			    strstr(detail, "VIRTUAL TABLE INDEX") == NULL &&
			    strncmp(detail, "SCAN hit", 8) != 0 &&
			    strncmp(detail, "SCAN h", 6) != 0)
				fail_msg("%s\n%s", detail, sql);
		}
		sqlite3_finalize(raw);
	}
	assert_true(n > 0);
}

void
fixture_plan_list(struct fixture *f, struct ctx *c,
                  const struct list_spec *spec)
{
	for (int order = 0; order < spec->order_count; order++) {
		for (int filter = -1; filter < spec->filter_count; filter++) {
			struct list_query query = {
			    .order = order,
			    .values[0] = {.filter = filter, .s = ""},
			    .value_count = filter >= 0};

			for (int from = LIST_FIRST; from <= LIST_AT; from++)
				check_plan(f,
				           list_sql(c, f->a, spec, &query,
				                    (enum list_from)from),
				           true);
		}
	}
}

struct attachment_file
fixture_file(struct fixture *f, const char *content)
{
	char hash[SECRET_HEX + 1];
	struct blob_in *in;

	assert_int_equal(blob_begin(f->path, &in), OK);
	assert_int_equal(blob_add(in, content, strlen(content)), OK);
	assert_int_equal(blob_keep(in, hash), OK);
	return (struct attachment_file){
	    .kind = ATTACHMENT_DOCUMENT,
	    .name = "说明.txt",
	    .type = "text/plain",
	    .size = (int64_t)strlen(content),
	    .hash = arena_strdup(f->a, hash),
	    .thumb = "",
	};
}

static int
write_meanwhile(unsigned what, void *data, void *stmt, void *text)
{
	struct meanwhile *m = data;
	struct store *other;

	(void)what, (void)stmt;
	if (m->done)
		return 0;
	m->done = m->seen;
	if (m->seen) {
		assert_int_equal(store_open(m->f->path, STORE_EXISTING, &other),
		                 OK);
		assert_int_equal(store_exec(other, m->sql), OK);
		store_close(other);
	}
	m->seen = m->seen || strstr(text, m->after) != NULL;
	return 0;
}

void
fixture_meanwhile(struct fixture *f, struct meanwhile *m)
{
	if (m != NULL)
		m->f = f;
	sqlite3_trace_v2(f->store->db, m != NULL ? SQLITE_TRACE_STMT : 0,
	                 m != NULL ? write_meanwhile : NULL, m);
}
