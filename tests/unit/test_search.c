/*
 * Searching: what a query finds, in which order, for whom; and that the
 * indexes say what the records do, whatever was done to them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/activity.h"
#include "db/base/buf.h"
#include "db/base/fold.h"
#include "db/base/text.h"
#include "db/person.h"
#include "db/search.h"
#include "db/store/stmt.h"
#include "db/store/text_search.h"
#include "tests/unit/fixture_world.h"

#define ADD_ACTIVITY                                                           \
	"INSERT INTO activity (id, unit, station, title, venue, agenda,"       \
	" minutes, kind, starts_at, ends_at, month, before_minutes,"           \
	" after_minutes, state, created_at) SELECT v.id, v.unit,"              \
	" v.unit * 100, v.title, v.venue, v.agenda, v.minutes, 'check',"       \
	" 1774000000 + v.id, 1774007200 + v.id, 202603, 30, 30, 'published',"  \
	" 1774000000 FROM (SELECT %d AS id, %d AS unit, '%s' AS title,"        \
	" '%s' AS venue, '%s' AS agenda, '%s' AS minutes) AS v"

static void
add(struct fixture *f, int id, const char *title, const char *venue,
    const char *agenda, const char *minutes)
{
	fixture_event(f, ACTION_ACTIVITY_ADD, ENTITY_ACTIVITY, id,
	              arena_printf(f->a, ADD_ACTIVITY, id, id / 1000, title,
	                           venue, agenda, minutes));
}

/* Activities 1001.. of unit 1, 2001.. of unit 2. */
static int
setup(void **state)
{
	struct fixture *f;

	if (fixture_setup(state) != 0)
		return -1;
	f = *state;
	world_make(f);
	add(f, 1001, "老旧小区改造座谈", "梧桐里社区", "一、听取意见",
	    "大家提出:路灯不亮、停车难。\n请物业处理");
	add(f, 1002, "停车难专题座谈", "镇政府", "", "");
	add(f, 1003, "調研養老服務", "鹽官鎮文化禮堂", "", "");
	add(f, 1004, "A座5G基站与１２３４５热线", "Room B-7", "", "Ábel");
	add(f, 1005, "走访𬭚城与䶮县", "𠮷野家", "", "");
	add(f, 2001, "停车难回头看", "硖石街道", "", "路灯已修");
	return 0;
}

/* "3: activity 2001, activity 1002, person 107" for who asks. */
static const char *
found(struct fixture *f, struct ctx *c, const char *text)
{
	struct search_result r;
	struct buf b = BUF_INIT;
	int64_t total = 0;
	const char *out;

	assert_int_equal(search_run(c, f->a, text, SEARCH_ALL, 50, &r), OK);
	for (int i = 0; search_kind_name(i) != NULL; i++)
		total += r.totals[i] > 0 ? r.totals[i] : 0;
	buf_addf(&b, "%lld:", (long long)total);
	for (int i = 0; i < r.n; i++)
		buf_addf(&b, " %.1s%lld", search_kind_name(r.hits[i].kind),
		         (long long)r.hits[i].number);
	out = arena_strdup(f->a, b.data);
	buf_clear(&b);
	return out;
}

struct golden {
	const char *text, *found;
};

static void
compare(struct fixture *f, struct ctx *c, const struct golden *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *got = found(f, c, rows[i].text);

		if (strcmp(got, rows[i].found) != 0)
			fail_msg("%s: %s", rows[i].text, got);
	}
}

static void
any_piece_of_a_text_finds_it(void **state)
{
	static const struct golden rows[] = {
	    {"难", "3: a2001 a1002 a1001"}, /* the newest first */
	    {"桐", "1: a1001"},
	    {"停车", "3: a2001 a1002 a1001"}, /* the best first */
	    {"停车难", "3: a2001 a1002 a1001"},
	    {"车难专", "1: a1002"},
	    {"大家提出", "1: a1001"},
	    {"路灯 停车", "2: a2001 a1001"}, /* each word */
	    {"停车　座谈", "2: a1002 a1001"},
	    {"路灯 养老", "0:"},
	    {"车停", "0:"},
	    {"鿿", "0:"},
	};

	compare(*state, &((struct fixture *)*state)->ctx, rows, COUNT(rows));
}

static void
traditional_and_simplified_find_each_other(void **state)
{
	static const struct golden rows[] = {
	    {"停車難", "3: a2001 a1002 a1001"}, {"調研養老", "1: a1003"},
	    {"调研养老", "1: a1003"},           {"盐官镇文化礼堂", "1: a1003"},
	    {"調研养老服務", "1: a1003"},       {"張110", "1: p110"},
	};

	compare(*state, &((struct fixture *)*state)->ctx, rows, COUNT(rows));
}

static void
what_stands_between_the_characters_does_not_matter(void **state)
{
	static const struct golden rows[] = {
	    {"不亮停车", "1: a1001"},   {"路灯不亮、停车难", "1: a1001"},
	    {"不亮,停-车", "1: a1001"}, {"难请物业", "1: a1001"},
	    {"一听取", "1: a1001"},
	};

	compare(*state, &((struct fixture *)*state)->ctx, rows, COUNT(rows));
}

static void
letters_and_digits_are_found_in_any_writing(void **state)
{
	static const struct golden rows[] = {
	    {"a座5g基", "1: a1004"},   {"Ａ座５Ｇ", "1: a1004"},
	    {"12345热线", "1: a1004"}, {"345热", "1: a1004"},
	    {"room b7", "1: a1004"},   {"OOM", "1: a1004"},
	    {"abel", "1: a1004"},      {"ÁBEL", "1: a1004"},
	};

	compare(*state, &((struct fixture *)*state)->ctx, rows, COUNT(rows));
}

static void
characters_of_four_bytes_are_characters(void **state)
{
	static const struct golden rows[] = {
	    {"𬭚", "1: a1005"}, {"𬭚城与䶮", "1: a1005"},
	    {"𠮷野", "1: a1005"}, {"𠮷", "1: a1005"},
	    {"𬭛", "0:"},
	};

	compare(*state, &((struct fixture *)*state)->ctx, rows, COUNT(rows));
}

/* Nothing that is typed is a command to FTS5. */
static void
signs_of_the_query_language_are_nothing(void **state)
{
	static const struct golden rows[] = {
	    {"*()^-:", "0:"},
	    {"\"", "0:"},
	    {"停车*", "3: a2001 a1002 a1001"},
	    {"\"停车", "3: a2001 a1002 a1001"},
	    {"(停车)", "3: a2001 a1002 a1001"},
	    {"^停车难", "3: a2001 a1002 a1001"},
	    {"-停车", "3: a2001 a1002 a1001"},
	    {"title:停车", "0:"},
	    {"{title}:停车", "0:"},
	    {"停车 OR 养老", "0:"},
	    {"停车 NOT 路灯", "0:"},
	    {"NEAR(停车 难)", "0:"},
	    {"停车 + 难", "3: a2001 a1002 a1001"},
	    {"'; DROP TABLE activity", "0:"},
	    {"", "0:"},
	    {"  　 ", "0:"},
	    {"。、！", "0:"},
	};

	compare(*state, &((struct fixture *)*state)->ctx, rows, COUNT(rows));
}

static void
what_is_too_long_or_no_text_is_refused(void **state)
{
	struct fixture *f = *state;
	struct search_result r;
	struct buf b = BUF_INIT;

	for (int i = 0; i < SEARCH_MAX; i++)
		buf_add(&b, i % 2 != 0 ? "车" : " ");
	assert_int_equal(search_run(&f->ctx, f->a, b.data, SEARCH_ALL, 50, &r),
	                 OK);
	assert_int_equal(r.n, 3);
	buf_add(&b, "车");
	assert_int_equal(search_run(&f->ctx, f->a, b.data, SEARCH_ALL, 50, &r),
	                 ERR_TOO_LONG);
	buf_clear(&b);
	assert_int_equal(
	    search_run(&f->ctx, f->a, "\xe5\x81", SEARCH_ALL, 50, &r),
	    ERR_INVALID);
}

static void
people_are_found_by_name_pinyin_and_initials(void **state)
{
	static const struct golden rows[] = {
	    {"张110", "1: p110"},      {"何3", "1: p3"},
	    {"何", "4: p10 p3 p2 p1"}, {"he", "4: p1 p2 p3 p10"},
	    {"h", "4: p1 p2 p3 p10"},  {"HE", "4: p1 p2 p3 p10"},
	};

	compare(*state, &((struct fixture *)*state)->ctx, rows, COUNT(rows));
}

static void
a_number_finds_the_record_that_is_called_by_it(void **state)
{
	static const struct golden rows[] = {
	    {"1003", "0: a1003"},           {"#1003", "0: a1003"},
	    {"１００３", "0: a1003"},       {"9999", "0:"},
	    {"99999999999999999999", "0:"},
	};

	compare(*state, &((struct fixture *)*state)->ctx, rows, COUNT(rows));
}

static void
one_kind_is_searched_alone(void **state)
{
	struct fixture *f = *state;
	struct search_result r;
	int kind = search_kind_named("activities");

	assert_int_equal(search_run(&f->ctx, f->a, "车", kind, 2, &r), OK);
	assert_int_equal(r.n, 2);
	assert_false(r.is_ranked);
	assert_int_equal(r.totals[kind], 3);
	assert_int_equal(r.totals[search_kind_named("persons")], -1);
	assert_int_equal(search_kind_named("nothing"), -1);
	assert_null(search_kind_name(SEARCH_KINDS));
}

/* --- for whom ------------------------------------------------------------ */

/* Rows of table that c sees by its predicate and whose text has word. */
static int
expected(struct fixture *f, struct ctx *c, const char *table, const char *text,
         const char *word)
{
	const char *sql = arena_printf(
	    f->a, "SELECT count(*) FROM %s WHERE instr(%s, '%s') AND @scope",
	    table, text, word);
	int64_t n;

	assert_int_equal(stmt_int(ctx_sql(c, entity_named(table), sql), &n),
	                 OK);
	return (int)n;
}

static void
expect_scoped(struct fixture *f, struct ctx *c, int kind, const char *table,
              const char *text, const char *word)
{
	int n = expected(f, c, table, text, word);
	struct search_result r;
	int err = search_run(c, f->a, word, kind, 200, &r);

	if (err == ERR_DENIED) {
		assert_int_equal(search_run(c, f->a, word, SEARCH_ALL, 200, &r),
		                 OK);
		assert_int_equal(r.totals[kind], -1);
		for (int i = 0; i < r.n; i++)
			assert_int_not_equal(r.hits[i].kind, kind);
		return;
	}
	assert_int_equal(err, OK);
	/* several answers are one matter */
	if (r.totals[kind] != n ||
	    (r.n != n && strcmp(table, "opinion_note") != 0))
		fail_msg("%s of unit %lld finds %d of %d %s", c->role,
		         (long long)c->my_unit, r.n, n, table);
}

static void
every_role_finds_what_it_sees_and_counts_nothing_else(void **state)
{
	struct fixture *f = *state;
	int seen = 0;

	for (int u = 1; u <= WORLD_UNITS; u++)
		for (int i = 0; i < WORLD_ROLES; i++) {
			struct ctx c;

			world_ctx(f, world_roles[i], u, &c);
			expect_scoped(f, &c, search_kind_named("activities"),
			              "activity", "title || venue || minutes",
			              "活");
			expect_scoped(f, &c, search_kind_named("activities"),
			              "activity", "title || venue || minutes",
			              "活动");
			expect_scoped(f, &c, search_kind_named("activities"),
			              "activity", "title || venue || minutes",
			              "停车");
			expect_scoped(f, &c, search_kind_named("opinions"),
			              "opinion", "subject || body", "灯");
			expect_scoped(f, &c, search_kind_named("opinions"),
			              "opinion", "subject || body", "路灯");
			expect_scoped(f, &c, search_kind_named("answers"),
			              "opinion_note", "words", "话");
			expect_scoped(f, &c, search_kind_named("persons"),
			              "person", "name", "张");
			seen += expected(f, &c, "activity", "title", "活动");
		}
	assert_true(seen > 0);
}

/* Of a unit's five, two are the deputy's; two were told to a colleague, and
 * neither the rows nor their number give them away. */
static void
what_was_told_to_another_deputy_is_neither_found_nor_counted(void **state)
{
	static const struct golden staff[] = {
	    {"灯", "6: o100 o101 o102 o103 o104 a1001"},
	    {"路燈不亮", "6: o100 o101 o102 o103 o104 a1001"},
	    {"103", "0: o103 a103"},
	};
	static const struct golden deputy[] = {
	    {"灯", "2: o101 o104"},  {"路燈不亮", "2: o101 o104"},
	    {"101", "0: o101 a101"}, {"102", "0: a102"},
	    {"103", "0: a103"},
	};
	struct fixture *f = *state;
	struct ctx c;

	world_ctx(f, "unit_staff", 1, &c);
	compare(f, &c, staff, COUNT(staff));
	world_ctx(f, "deputy", 1, &c);
	compare(f, &c, deputy, COUNT(deputy));
}

static void
a_number_out_of_scope_finds_nothing(void **state)
{
	static const struct golden rows[] = {
	    {"1003", "0: a1003"}, {"2001", "0:"}, {"物业", "1: a1001"}};
	static const struct golden deputy[] = {{"1003", "0:"},
	                                       {"101", "0: o101 a101"},
	                                       {"100", "0:"},
	                                       {"停车", "0:"}};
	struct fixture *f = *state;
	struct ctx c;

	world_ctx(f, "unit_staff", 1, &c);
	compare(f, &c, rows, COUNT(rows));
	world_ctx(f, "deputy", 1, &c);
	compare(f, &c, deputy, COUNT(deputy));
}

static void
who_is_not_in_yet_finds_nothing(void **state)
{
	struct fixture *f = *state;
	struct search_result r;
	struct ctx c;

	world_ctx(f, "county_staff", 1, &c);
	ctx_lock(&c);
	assert_int_equal(search_run(&c, f->a, "车", SEARCH_ALL, 5, &r),
	                 ERR_DENIED);
}

/* --- the indexes --------------------------------------------------------- */

static void
check_indexes(struct fixture *f)
{
	const char *before = fixture_dump(f, f->a);

	assert_int_equal(text_index_rebuild(f->store), OK);
	assert_string_equal(fixture_dump(f, f->a), before);
}

static void
a_changed_text_is_found_by_its_new_words_only(void **state)
{
	struct fixture *f = *state;

	fixture_event(f, ACTION_ACTIVITY_SAVE, ENTITY_ACTIVITY, 1002,
	              "UPDATE activity SET title = '充电桩座谈', state = 'open'"
	              " WHERE id = 1002");
	assert_string_equal(found(f, &f->ctx, "停车"), "2: a2001 a1001");
	assert_string_equal(found(f, &f->ctx, "充电"), "1: a1002");
	check_indexes(f);
}

static void
what_was_struck_out_is_not_found(void **state)
{
	struct fixture *f = *state;
	struct event_list later;
	const char *before = fixture_dump(f, f->a);
	int64_t id =
	    fixture_event(f, ACTION_ACTIVITY_SAVE, ENTITY_ACTIVITY, 1002,
	                  "UPDATE activity SET title = '充电桩'"
	                  " WHERE id = 1002");

	assert_int_equal(event_strike(&f->ctx, f->a, id, "wrong", &later), OK);
	assert_string_equal(found(f, &f->ctx, "充电"), "0:");
	assert_string_equal(fixture_dump(f, f->a), before);
	id = fixture_event(
	    f, ACTION_ACTIVITY_ADD, ENTITY_ACTIVITY, 1009,
	    arena_printf(f->a, ADD_ACTIVITY, 1009, 1, "充电桩", "", "", ""));
	assert_string_equal(found(f, &f->ctx, "充电"), "1: a1009");
	assert_int_equal(event_strike(&f->ctx, f->a, id, "wrong", &later), OK);
	assert_string_equal(found(f, &f->ctx, "充电"), "0:");
	assert_string_equal(fixture_dump(f, f->a), before);
	check_indexes(f);
}

static void
what_failed_is_not_found(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(event_begin(&f->ctx, ACTION_ACTIVITY_SAVE,
	                             ENTITY_ACTIVITY, 1002, 1),
	                 OK);
	assert_int_equal(store_exec(f->store, "UPDATE activity SET"
	                                      " title = '充电桩'"),
	                 OK);
	assert_int_equal(event_end(&f->ctx, ERR_STATE), ERR_STATE);
	assert_string_equal(found(f, &f->ctx, "充电"), "0:");
	check_indexes(f);
}

static void
indexes_of_another_folding_are_made_anew(void **state)
{
	struct fixture *f = *state;
	const char *before = fixture_dump(f, f->a);
	struct store *s;
	int done;

	assert_int_equal(store_exec(f->store,
	                            "UPDATE text_index SET fold = 1;"
	                            "INSERT INTO activity_text (activity_text)"
	                            " VALUES ('delete-all')"),
	                 OK);
	assert_int_equal(store_open(f->path, STORE_EXISTING, &s), ERR_CONFIG);
	assert_int_equal(store_open(f->path, STORE_CREATE, &s), OK);
	assert_int_equal(store_migrate(s, &done), OK);
	assert_int_equal(done, 0);
	store_close(s);
	assert_int_equal(store_open(f->path, STORE_EXISTING, &s), OK);
	store_close(s);
	assert_string_equal(fixture_dump(f, f->a), before);
}

/* The record is looked up by the hit's number, never gone through. */
static void
no_search_goes_through_the_records(void **state)
{
	struct fixture *f = *state;

	for (int i = 0; i < WORLD_ROLES; i++) {
		struct search_result r;
		struct ctx c;

		world_ctx(f, world_roles[i], 1, &c);
		assert_int_equal(search_run(&c, f->a, "张", SEARCH_ALL, 9, &r),
		                 OK);
		assert_int_equal(
		    search_run(&c, f->a, "活动", SEARCH_ALL, 9, &r), OK);
	}
	fixture_searches(f);
}

/* --- marking ------------------------------------------------------------- */

static const char *
marked(struct fixture *f, const char *query, const char *text, int columns)
{
	struct search_words words;

	assert_int_equal(search_read(f->a, query, &words), OK);
	return search_mark(f->a, &words, text, columns, NULL);
}

static void
what_was_found_is_marked_where_it_stands(void **state)
{
	struct fixture *f = *state;
	bool is;
	struct search_words words;

	assert_string_equal(marked(f, "停車", "停车难,停车贵", 40),
	                    "[停车]难,[停车]贵");
	assert_string_equal(marked(f, "不亮停", "路灯不亮、停车", 40),
	                    "路灯[不亮、停]车");
	assert_string_equal(marked(f, "停车 停车难", "停车难", 40), "[停车难]");
	assert_string_equal(marked(f, "亮", "路灯\n\n不亮  吗\n", 40),
	                    "路灯 不[亮] 吗");
	assert_string_equal(marked(f, "无", "路灯不亮", 40), "路灯不亮");
	assert_string_equal(marked(f, "", "路灯不亮", 6), "路灯..");
	assert_string_equal(
	    marked(f, "路灯", "一二三四五六七八九十路灯不亮很久了吗还要多久",
	           20),
	    "..八九十[路灯]不亮..");
	assert_true(text_width(marked(f, "a", "aaaaaaaaaaaaaaaaaaaaaa", 12)) <=
	            12);
	assert_int_equal(search_read(f->a, "灯", &words), OK);
	search_mark(f->a, &words, "路灯", 9, &is);
	assert_true(is);
	search_mark(f->a, &words, "路", 9, &is);
	assert_false(is);
}

/* --- folding ------------------------------------------------------------- */

static void
characters_are_folded_once_and_for_all(void **state)
{
	static const struct {
		uint32_t from, to;
	} rows[] = {
	    {'a', 'a'},       {'A', 'a'},         {0xff21, 'a'},
	    {'7', '7'},       {0xff17, '7'},      {0x2460, '1'},
	    {' ', 0},         {'"', 0},           {0x3000, 0},
	    {0x3002, 0},      {0xff0c, 0},        {0x300, 0},
	    {0x8eca, 0x8f66}, {0x8f66, 0x8f66},   {0x96e3, 0x96be},
	    {0x3007, 0x3007}, {0x2cb5a, 0x2cb5a}, {0x20bb7, 0x20bb7},
	    {0xf900, 0x5c82}, {0xe1, 'a'},        {0x41f, 0x43f},
	    {0xd800, 0},      {0x3fffe, 0},       {0x3fffd, 0x3fffd},
	    {0x40000, 0},     {0x1f600, 0},       {0xffffffff, 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (fold_char(rows[i].from) != rows[i].to)
			fail_msg("%x: %x", rows[i].from,
			         fold_char(rows[i].from));
	for (uint32_t ch = 0; ch < 0x40100; ch++) {
		uint32_t to = fold_char(ch);

		if (to != 0 && fold_char(to) != to)
			fail_msg("%x: %x: %x", ch, to, fold_char(to));
	}
	assert_int_not_equal(fold_version, 0);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(any_piece_of_a_text_finds_it),
	    TEST(traditional_and_simplified_find_each_other),
	    TEST(what_stands_between_the_characters_does_not_matter),
	    TEST(letters_and_digits_are_found_in_any_writing),
	    TEST(characters_of_four_bytes_are_characters),
	    TEST(signs_of_the_query_language_are_nothing),
	    TEST(what_is_too_long_or_no_text_is_refused),
	    TEST(people_are_found_by_name_pinyin_and_initials),
	    TEST(a_number_finds_the_record_that_is_called_by_it),
	    TEST(one_kind_is_searched_alone),
	    TEST(every_role_finds_what_it_sees_and_counts_nothing_else),
	    TEST(what_was_told_to_another_deputy_is_neither_found_nor_counted),
	    TEST(a_number_out_of_scope_finds_nothing),
	    TEST(who_is_not_in_yet_finds_nothing),
	    TEST(a_changed_text_is_found_by_its_new_words_only),
	    TEST(what_was_struck_out_is_not_found),
	    TEST(what_failed_is_not_found),
	    TEST(indexes_of_another_folding_are_made_anew),
	    TEST(no_search_goes_through_the_records),
	    TEST(what_was_found_is_marked_where_it_stands),
	    cmocka_unit_test(characters_are_folded_once_and_for_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
