/* People: readings on writing, finding, who sees and changes whom. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/person.h"
#include "tests/unit/fixture_org.h"

static void
a_name_is_written_with_its_reading(void **state)
{
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	const char *before = fixture_dump(o->f, o->f->a);
	const struct person entry = {
	    .unit = o->units[0].unit, .name = " 单志远 ", .job = "村主任"};
	int64_t audits = org_audits(o);
	struct person row;
	struct person_id id;

	assert_int_equal(person_add(c, &entry, &id), OK);
	assert_int_equal(org_audits(o), audits + 1);
	assert_int_equal(person_get(c, o->f->a, id, &row), OK);
	assert_string_equal(row.name, "单志远");
	assert_string_equal(row.pinyin, "shan zhi yuan");
	assert_string_equal(row.initials, "szy");
	assert_string_not_equal(row.stroke, "");
	org_strike_restores(o, before);
}

static void
a_corrected_pinyin_stays_and_its_initials_follow(void **state)
{
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	struct person row;

	assert_int_equal(person_get(c, o->f->a, o->units[0].deputies[2], &row),
	                 OK);
	row.pinyin = "Ｄan  zhi qiang";
	assert_int_equal(person_save(c, &row), OK);
	assert_int_equal(person_get(c, o->f->a, o->units[0].deputies[2], &row),
	                 OK);
	assert_string_equal(row.pinyin, "dan zhi qiang");
	assert_string_equal(row.initials, "dzq");
	row.job = "教师";
	assert_int_equal(person_save(c, &row), OK);
	assert_int_equal(person_get(c, o->f->a, o->units[0].deputies[2], &row),
	                 OK);
	assert_string_equal(row.pinyin, "dan zhi qiang");
}

static void
a_new_name_is_read_anew(void **state)
{
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	const char *before = fixture_dump(o->f, o->f->a);
	struct person row;

	assert_int_equal(person_get(c, o->f->a, o->units[0].deputies[0], &row),
	                 OK);
	row.name = "章伟明";
	assert_int_equal(person_save(c, &row), OK);
	assert_int_equal(person_get(c, o->f->a, o->units[0].deputies[0], &row),
	                 OK);
	assert_string_equal(row.pinyin, "zhang wei ming");
	assert_string_equal(row.initials, "zwm");
	org_strike_restores(o, before);
}

static void
a_person_needs_a_name_that_is_text(void **state)
{
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	struct person entry = {.name = "\xe5\xbc"};
	int64_t audits = org_audits(o);
	char long_name[3 * PERSON_NAME_MAX + 4];
	struct person_id id;

	assert_int_equal(person_add(c, &entry, &id), ERR_INVALID);
	org_assert_fault(c, "name");
	entry.name = "";
	assert_int_equal(person_add(c, &entry, &id), ERR_INVALID);
	org_assert_fault(c, "name");
	for (size_t i = 0; i <= PERSON_NAME_MAX; i++)
		memcpy(long_name + 3 * i, "张", 4);
	entry.name = long_name;
	assert_int_equal(person_add(c, &entry, &id), ERR_INVALID);
	org_assert_fault(c, "name");
	entry.name = "张伟";
	entry.pinyin = "zhāng wěi";
	assert_int_equal(person_add(c, &entry, &id), ERR_INVALID);
	org_assert_fault(c, "pinyin");
	assert_int_equal(org_audits(o), audits);
}

static void
an_escape_sequence_in_a_name_does_not_reach_the_store(void **state)
{
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	const struct person entry = {.name = "张\x1b[2J\x07伟"};
	struct person row;
	struct person_id id;
	int err = person_add(c, &entry, &id);

	if (err == ERR_INVALID)
		return;
	assert_int_equal(err, OK);
	assert_int_equal(person_get(c, o->f->a, id, &row), OK);
	for (const char *p = row.name; *p != '\0'; p++)
		assert_false(*p > 0 && *p < ' ');
}

static void
people_are_found_by_name_pinyin_and_initials(void **state)
{
	static const char *const texts[] = {"张伟", "伟",     "zw",       "ZW",
	                                    "ｚｗ", "zhangw", "zhang wei"};
	struct org *o = *state;
	struct person *rows;
	struct ctx c;
	int n;

	org_ctx(o, "town", &c);
	for (size_t i = 0; i < COUNT(texts); i++) {
		assert_int_equal(
		    person_find(&c, o->f->a, texts[i], 10, &rows, &n), OK);
		assert_int_equal(n, 1);
		assert_string_equal(rows[0].name, "张伟");
	}
	/* 李强 is of the other unit, 单志强 is not read dan. */
	assert_int_equal(person_find(&c, o->f->a, "lq", 10, &rows, &n), OK);
	assert_int_equal(n, 0);
	assert_int_equal(person_find(&c, o->f->a, "szq", 10, &rows, &n), OK);
	assert_int_equal(n, 1);
	assert_int_equal(person_find(&c, o->f->a, "dan", 10, &rows, &n), OK);
	assert_int_equal(n, 0);
	/* What GLOB or LIKE would take for a pattern. */
	assert_int_equal(person_find(&c, o->f->a, "%", 10, &rows, &n), OK);
	assert_int_equal(n, 0);
}

static void
a_unit_sees_its_own_people_a_deputy_themself(void **state)
{
	struct org *o = *state;
	struct person row;
	struct ctx c;

	org_ctx(o, "town2", &c);
	assert_int_equal(person_get(&c, o->f->a, o->units[0].deputies[0], &row),
	                 ERR_NOT_FOUND);
	assert_string_equal(person_name(&c, o->f->a, o->units[0].deputies[0]),
	                    "");
	org_ctx(o, "deputy", &c);
	assert_int_equal(person_get(&c, o->f->a, o->units[0].deputies[0], &row),
	                 OK);
	assert_int_equal(person_get(&c, o->f->a, o->units[0].deputies[1], &row),
	                 ERR_NOT_FOUND);
	org_ctx(o, "office", &c);
	assert_int_equal(person_get(&c, o->f->a, o->units[0].deputies[0], &row),
	                 ERR_DENIED);
}

static void
only_those_who_keep_the_roster_change_people(void **state)
{
	static const char *const others[] = {"auditor", "leader", "station",
	                                     "officer", "deputy", "office"};
	struct org *o = *state;
	struct person row = {.name = "新人", .id = o->units[0].deputies[0]};
	int64_t audits = org_audits(o);
	struct person_id id;
	struct ctx c;

	for (size_t i = 0; i < COUNT(others); i++) {
		org_ctx(o, others[i], &c);
		assert_int_equal(person_add(&c, &row, &id), ERR_DENIED);
		assert_int_equal(person_save(&c, &row), ERR_DENIED);
	}
	assert_int_equal(org_audits(o), audits);
}

static void
the_audit_has_no_name(void **state)
{
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	const struct person entry = {.name = "欧阳秘密", .note = "肺病"};
	struct person_id id;

	assert_int_equal(person_add(c, &entry, &id), OK);
	assert_int_equal(
	    fixture_int(o->f, "SELECT count(*) FROM audit WHERE"
	                      " detail LIKE '%欧阳%' OR detail LIKE '%肺病%'"
	                      " OR detail LIKE '%ou yang%'"),
	    0);
}

static void
lists_of_people_walk_an_index(void **state)
{
	static const char *const who[] = {"admin", "town", "officer", "deputy"};
	struct org *o = *state;
	struct ctx c;

	for (size_t i = 0; i < COUNT(who); i++) {
		org_ctx(o, who[i], &c);
		fixture_plan_list(o->f, &c, &person_list);
	}
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, org_setup, org_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_name_is_written_with_its_reading),
	    TEST(a_corrected_pinyin_stays_and_its_initials_follow),
	    TEST(a_new_name_is_read_anew),
	    TEST(a_person_needs_a_name_that_is_text),
	    TEST(an_escape_sequence_in_a_name_does_not_reach_the_store),
	    TEST(people_are_found_by_name_pinyin_and_initials),
	    TEST(a_unit_sees_its_own_people_a_deputy_themself),
	    TEST(only_those_who_keep_the_roster_change_people),
	    TEST(the_audit_has_no_name),
	    TEST(lists_of_people_walk_an_index),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
