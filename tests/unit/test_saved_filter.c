/* Filters that a person keeps under a name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "db/saved_filter.h"
#include "tests/unit/fixture_org.h"

static int
keep(struct ctx *c, const char *name, const char *text)
{
	struct saved_filter_id id;

	return saved_filter_save(c,
	                         &(struct saved_filter){.list = "opinions",
	                                                .name = name,
	                                                .text = text},
	                         &id);
}

/* How many c keeps; *row (may be NULL) is the first. */
static int
kept(struct ctx *c, struct arena *a, struct saved_filter *row)
{
	struct saved_filter *rows;
	int n;

	assert_int_equal(saved_filter_list(c, a, "opinions", &rows, &n), OK);
	if (n > 0 && row != NULL)
		*row = rows[0];
	return n;
}

static void
a_filter_of_the_same_name_is_written_over(void **state)
{
	struct arena *a = arena_new();
	struct saved_filter row = {0};
	struct ctx c;

	org_ctx(*state, "officer", &c);
	assert_int_equal(keep(&c, " 路灯 ", "list=inbox"), OK);
	assert_int_equal(keep(&c, "路灯", "list=hot\ntitle=灯"), OK);
	assert_int_equal(kept(&c, a, &row), 1);
	assert_string_equal(row.name, "路灯");
	assert_string_equal(row.text, "list=hot\ntitle=灯");
	arena_free(a);
}

static void
nobody_sees_or_deletes_anothers_filter(void **state)
{
	struct arena *a = arena_new();
	struct saved_filter row = {0};
	struct ctx own, other;

	org_ctx(*state, "officer", &own);
	assert_int_equal(keep(&own, "我的", "list=all"), OK);
	assert_int_equal(kept(&own, a, &row), 1);
	static const char *const others[] = {"station", "town",  "county",
	                                     "deputy",  "admin", "leader"};

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		org_ctx(*state, others[i], &other);
		assert_int_equal(kept(&other, a, NULL), 0);
		assert_int_equal(saved_filter_drop(&other, row.id),
		                 ERR_NOT_FOUND);
	}
	assert_int_equal(kept(&own, a, NULL), 1);
	assert_int_equal(saved_filter_drop(&own, row.id), OK);
	assert_int_equal(kept(&own, a, NULL), 0);
	assert_int_equal(saved_filter_drop(&own, row.id), ERR_NOT_FOUND);
	arena_free(a);
}

static void
a_filter_needs_a_name_and_a_person(void **state)
{
	struct org *o = *state;
	struct ctx c;

	org_ctx(o, "officer", &c);
	assert_int_equal(keep(&c, "", "list=all"), ERR_INVALID);
	org_assert_fault(&c, "name");
	assert_int_equal(keep(&c, "全部", ""), ERR_INVALID);
	org_assert_fault(&c, "text");
	ctx_init_system(&c, o->f->store);
	assert_int_equal(keep(&c, "全部", "list=all"), ERR_DENIED);
}

static void
so_many_are_kept_and_no_more(void **state)
{
	struct arena *a = arena_new();
	struct ctx c;
	char name[16];

	org_ctx(*state, "officer", &c);
	for (int i = 0; i < SAVED_FILTERS_MAX; i++) {
		(void)snprintf(name, sizeof(name), "%02d", i);
		assert_int_equal(keep(&c, name, "list=all"), OK);
	}
	assert_int_equal(keep(&c, "多", "list=all"), ERR_INVALID);
	org_assert_fault(&c, "name");
	assert_int_equal(keep(&c, "00", "list=hot"), OK); /* written over */
	assert_int_equal(kept(&c, a, NULL), SAVED_FILTERS_MAX);
	arena_free(a);
}

int
main(void)
{
#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, org_setup, org_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(a_filter_of_the_same_name_is_written_over),
	    TEST(nobody_sees_or_deletes_anothers_filter),
	    TEST(a_filter_needs_a_name_and_a_person),
	    TEST(so_many_are_kept_and_no_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
