/* Lists as files: the rows that were asked for and no others, a page at a
 * time, whoever reads slowly; what a hat may not list it may not export. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "db/activity.h"
#include "db/base/json.h"
#include "db/code.h"
#include "db/code_sheet.h"
#include "db/export.h"
#include "db/opinion.h"
#include "tests/unit/fixture_people.h"

struct exports {
	struct fixture *f;
	struct people p;
	struct buf out;
};

static void
begin(void **state, struct exports *t)
{
	t->f = *state;
	people_open(t->f, &t->p);
	buf_init(&t->out);
}

static int
keep(void *data)
{
	(void)data;
	return OK;
}

/* Rows of a JSON export; -1: it was refused, with *err. */
static int
rows(struct exports *t, struct ctx *c, const char *kind, const char *args,
     int *err)
{
	const struct export_to to = {
	    .json = true, .args = args, .out = &t->out, .flush = keep};
	struct json *root;
	int n;

	buf_truncate(&t->out, 0);
	*err = export_run(c, kind, &to);
	if (*err != OK)
		return -1;
	root = json_parse(t->out.data);
	assert_non_null(root);
	n = json_length(json_get(root, "rows"));
	json_free(root);
	return n;
}

static void
args_narrow_a_list_and_unknown_ones_refuse_it(void **state)
{
	struct exports t;
	int err;

	begin(state, &t);
	(void)people_activity(t.f, &t.p);
	assert_int_equal(rows(&t, &t.p.unit, "activities", NULL, &err), 2);
	assert_int_equal(rows(&t, &t.p.unit, "activities",
	                      "{\"only\":{\"state\":\"published\"}}", &err),
	                 1);
	/* numbers may be written as text, as in a command */
	assert_int_equal(rows(&t, &t.p.unit, "activities",
	                      "{\"only\":{\"year\":\"1999\"}}", &err),
	                 0);
	assert_int_equal(rows(&t, &t.p.unit, "activities",
	                      "{\"only\":{\"year\":\"x\"}}", &err),
	                 -1);
	assert_int_equal(err, ERR_INVALID);
	assert_int_equal(rows(&t, &t.p.unit, "activities",
	                      "{\"only\":{\"weather\":1}}", &err),
	                 -1);
	assert_int_equal(err, ERR_INVALID);
	assert_int_equal(
	    rows(&t, &t.p.unit, "activities", "{\"list\":\"no\"}", &err), -1);
	assert_int_equal(err, ERR_INVALID);
	assert_int_equal(
	    rows(&t, &t.p.unit, "activities", "{\"order\":\"no\"}", &err), -1);
	assert_int_equal(err, ERR_INVALID);
	assert_int_equal(rows(&t, &t.p.unit, "activities", "no JSON", &err),
	                 -1);
	assert_int_equal(err, ERR_INVALID);
	assert_int_equal(rows(&t, &t.p.unit, "weather", NULL, &err), -1);
	assert_int_equal(err, ERR_NOT_FOUND);
	buf_clear(&t.out);
}

static void
who_may_not_list_may_not_export(void **state)
{
	struct exports t;
	int err;

	begin(state, &t);
	assert_int_equal(rows(&t, &t.p.deputy1, "persons", NULL, &err), -1);
	assert_int_equal(err, ERR_DENIED);
	assert_int_equal(
	    rows(&t, &t.p.deputy1, "activities", "{\"list\":\"all\"}", &err),
	    -1);
	assert_int_equal(err, ERR_DENIED);
	assert_int_equal(rows(&t, &t.p.deputy1, "audit", NULL, &err), -1);
	assert_int_equal(err, ERR_DENIED);
	assert_int_equal(rows(&t, &t.p.deputy1, "opinion_stats", NULL, &err),
	                 -1);
	assert_int_equal(err, ERR_DENIED);
	buf_clear(&t.out);
}

static void
a_deputys_list_is_what_they_take_part_in(void **state)
{
	struct activity_id id;
	struct exports t;
	int err;

	begin(state, &t);
	id = people_activity(t.f, &t.p);
	assert_true(id.v > 0);
	assert_int_equal(rows(&t, &t.p.deputy1, "activities", NULL, &err), 1);
	assert_int_equal(rows(&t, &t.p.deputy5, "activities", NULL, &err), 0);
	buf_clear(&t.out);
}

static void
a_roll_is_that_of_one_activity_or_none(void **state)
{
	struct activity_id id;
	struct exports t;
	int err;

	begin(state, &t);
	id = people_activity(t.f, &t.p);
	assert_int_equal(rows(&t, &t.p.unit, "roll", NULL, &err), -1);
	assert_int_equal(err, ERR_INVALID);
	assert_int_equal(
	    rows(&t, &t.p.unit, "roll",
	         arena_printf(t.f->a, "{\"only\":{\"activity\":%lld}}",
	                      (long long)id.v),
	         &err),
	    2);
	/* another unit's is empty */
	assert_int_equal(
	    rows(&t, &t.p.unit2, "roll",
	         arena_printf(t.f->a, "{\"only\":{\"activity\":%lld}}",
	                      (long long)id.v),
	         &err),
	    0);
	buf_clear(&t.out);
}

/* What a screen shows comes back as the same query. */
static void
what_is_on_screen_becomes_args_and_words(void **state)
{
	const struct list_query query = {
	    .value_count = 2,
	    .values = {{OPINION_LIST_OVERDUE, 1, NULL},
	               {OPINION_LIST_TITLE, 0, "路 灯"}}};
	const char *kind, *args, *again = NULL;
	struct exports t;

	begin(state, &t);
	assert_true(
	    export_of_list(t.f->a, &opinion_inbox, &query, &kind, &args));
	assert_string_equal(kind, "opinions");
	assert_string_equal(args, "{\"list\":\"inbox\",\"only\":{\"overdue\":1,"
	                          "\"title\":\"路 灯\"}}");
	assert_string_equal(
	    export_words(t.f->a, args),
	    " --list inbox --only overdue=1 --only \"'title=路 灯'\"");
	assert_int_equal(export_add_word(t.f->a, &again, "list", "inbox"), OK);
	assert_int_equal(export_add_word(t.f->a, &again, "only", "overdue=1"),
	                 OK);
	assert_int_equal(export_add_word(t.f->a, &again, "only", "title=路 灯"),
	                 OK);
	assert_int_equal(export_add_word(t.f->a, &again, "only", "x"),
	                 ERR_USAGE);
	assert_string_equal(again, "{\"list\":\"inbox\",\"only\":{\"overdue\":"
	                           "\"1\",\"title\":\"路 灯\"}}");
	assert_false(export_is_json(args));
	args = export_with_format(t.f->a, args, true);
	assert_true(export_is_json(args));
	assert_false(export_is_json(export_with_format(t.f->a, args, false)));
	buf_clear(&t.out);
}

/* What stands in the file is not taken out by the steps of a list: only who
 * sends it has it in hand, a page at most. */
static void
a_long_list_comes_a_page_at_a_time(void **state)
{
	struct export_to to = {.flush = keep};
	struct export *e;
	struct exports t;
	size_t most = 0, all = 0;
	bool more = true;
	int steps = 0;

	begin(state, &t);
	assert_int_equal(
	    store_exec(t.f->store,
	               "INSERT INTO person (id, unit, name, pinyin, initials,"
	               " stroke) WITH RECURSIVE n (i) AS (SELECT 1000 UNION"
	               " ALL SELECT i + 1 FROM n WHERE i < 1999)"
	               " SELECT i, 1, '张' || i, 'zhang' || i, 'z', '07'"
	               " FROM n"),
	    OK);
	to.out = &t.out;
	assert_int_equal(export_begin(&t.p.unit, "persons", &to, &e), OK);
	while (more) {
		assert_int_equal(export_step(e, &more), OK);
		most = t.out.len > most ? t.out.len : most;
		all += t.out.len;
		buf_truncate(&t.out, 0);
		steps++;
	}
	export_end(e);
	assert_true(steps >= 5);
	assert_true(most < all / 4);
	buf_clear(&t.out);
}

static int
sheet(struct exports *t, struct ctx *c, const struct code_sheet_of *of)
{
	struct code_sheet *s;
	bool more = true;
	int err = code_sheet_begin(c, of, "https://liaison.example", &s);

	buf_truncate(&t->out, 0);
	while (err == OK && more)
		err = code_sheet_step(s, &t->out, &more);
	if (t->out.len > 0)
		code_sheet_end(s);
	return err;
}

static void
a_sheet_has_the_codes_that_are_good_and_in_sight(void **state)
{
	const struct code_sheet_of all = {.kind = "activity"};
	struct code_sheet_of none = {.kind = "weather"}, one = {.kind = ""};
	struct exports t;

	begin(state, &t);
	(void)people_activity(t.f, &t.p);
	assert_int_equal(sheet(&t, &t.p.unit, &all), OK);
	assert_non_null(strstr(t.out.data, "HTTPS://LIAISON.EXAMPLE/A/"));
	assert_non_null(strstr(t.out.data, "@page{size:A4"));
	assert_null(strstr(t.out.data, "<script"));
	assert_non_null(strstr(t.out.data, "</html>\n"));
	assert_int_equal(sheet(&t, &t.p.unit2, &all), OK);
	assert_null(strstr(t.out.data, "/A/"));
	assert_int_equal(sheet(&t, &t.p.unit, &none), ERR_INVALID);
	assert_int_equal(sheet(&t, &t.p.deputy1, &all), ERR_DENIED);
	one.id.v = fixture_int(t.f, "SELECT max(id) FROM code");
	assert_int_equal(sheet(&t, &t.p.unit, &one), OK);
	assert_non_null(strstr(t.out.data, "class=\"page one\""));
	assert_int_equal(sheet(&t, &t.p.unit2, &one), ERR_NOT_FOUND);
	assert_int_equal(code_revoke(&t.p.unit, one.id, "x"), OK);
	assert_int_equal(sheet(&t, &t.p.unit, &one), ERR_REVOKED);
	assert_int_equal(sheet(&t, &t.p.unit, &all), OK);
	assert_null(strstr(t.out.data, "/A/"));
	buf_clear(&t.out);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(args_narrow_a_list_and_unknown_ones_refuse_it),
	    TEST(who_may_not_list_may_not_export),
	    TEST(a_deputys_list_is_what_they_take_part_in),
	    TEST(a_roll_is_that_of_one_activity_or_none),
	    TEST(what_is_on_screen_becomes_args_and_words),
	    TEST(a_long_list_comes_a_page_at_a_time),
	    TEST(a_sheet_has_the_codes_that_are_good_and_in_sight),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
