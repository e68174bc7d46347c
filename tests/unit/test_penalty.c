/* Penalties, with a clock that stands where the test puts it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "server/lib/penalty.h"

static const struct penalty_rule rule = {
    .free = 2, .first_s = 10, .most_s = 60, .forgive_s = 100};

struct bench {
	struct penalties *p;
	struct penalty_key key;
	int64_t now;
};

static struct penalty_key
key_of(const struct penalties *p, const char *name, const char *address)
{
	struct source s;

	assert_int_equal(source_parse(address, &s), OK);
	return penalty_key(p, name, &s);
}

static int
setup(void **state)
{
	static struct bench b;

	b.p = penalties_new(&rule);
	b.key = key_of(b.p, NULL, "10.0.0.1");
	b.now = 1000;
	*state = &b;
	return 0;
}

static int
teardown(void **state)
{
	struct bench *b = *state;

	penalties_free(b->p);
	return 0;
}

static int64_t
fails(struct bench *b)
{
	int64_t until = penalty_add(b->p, &b->key, b->now);

	assert_int_equal(penalty_until(b->p, &b->key, b->now), until);
	return until == 0 ? 0 : until - b->now;
}

static void
the_first_failures_are_free_then_the_wait_doubles_to_its_limit(void **state)
{
	struct bench *b = *state;

	assert_int_equal(fails(b), 0);
	assert_int_equal(fails(b), 0);
	assert_int_equal(fails(b), 10);
	assert_int_equal(fails(b), 20);
	assert_int_equal(fails(b), 40);
	assert_int_equal(fails(b), 60);
	for (int i = 0; i < 100; i++)
		assert_int_equal(fails(b), 60);
}

static void
a_penalty_ends_by_itself(void **state)
{
	struct bench *b = *state;

	for (int i = 0; i < 3; i++)
		(void)fails(b);
	b->now += 9;
	assert_int_equal(penalty_until(b->p, &b->key, b->now), 1010);
	b->now += 1;
	assert_int_equal(penalty_until(b->p, &b->key, b->now), 0);
	/* it is over, but the failures still count */
	assert_int_equal(fails(b), 20);
}

static void
a_failure_is_forgiven_in_each_period(void **state)
{
	struct bench *b = *state;

	for (int i = 0; i < 3; i++)
		(void)fails(b);
	assert_int_equal(penalty_failures(b->p, &b->key, b->now + 99), 3);
	assert_int_equal(penalty_failures(b->p, &b->key, b->now + 100), 2);
	assert_int_equal(penalty_failures(b->p, &b->key, b->now + 299), 1);
	assert_int_equal(penalty_failures(b->p, &b->key, b->now + 300), 0);
	b->now += 300;
	assert_int_equal(fails(b), 0);
}

/* Else one failure every 99 seconds would never be forgiven. */
static void
a_new_failure_does_not_stop_forgiving(void **state)
{
	struct bench *b = *state;

	(void)fails(b);
	(void)fails(b);
	b->now += 60;
	(void)fails(b);
	assert_int_equal(penalty_failures(b->p, &b->key, b->now + 40), 2);
}

static void
names_and_sources_do_not_share_a_penalty(void **state)
{
	struct bench *b = *state;
	struct penalty_key town = key_of(b->p, "town", "10.0.0.1");
	struct penalty_key far = key_of(b->p, "town", "10.0.0.2");

	for (int i = 0; i < 5; i++)
		(void)penalty_add(b->p, &town, b->now);
	assert_int_not_equal(penalty_until(b->p, &town, b->now), 0);
	assert_int_equal(penalty_until(b->p, &far, b->now), 0);
	assert_int_equal(penalty_until(b->p, &b->key, b->now), 0);
	penalty_clear(b->p, &town);
	assert_int_equal(penalty_failures(b->p, &town, b->now), 0);
}

static void
many_strangers_do_not_free_a_stubborn_one(void **state)
{
	struct bench *b = *state;

	for (int i = 0; i < 6; i++)
		(void)fails(b);
	for (int i = 0; i < 100000; i++) {
		char address[32];
		struct penalty_key key;

		(void)snprintf(address, sizeof(address), "11.%d.%d.%d", i >> 16,
		               i >> 8 & 255, i & 255);
		key = key_of(b->p, NULL, address);
		assert_int_equal(penalty_add(b->p, &key, b->now), 0);
	}
	assert_int_equal(penalty_until(b->p, &b->key, b->now), b->now + 60);
}

static void
those_that_count_are_listed_a_few_at_a_time(void **state)
{
	struct penalties *p = penalties_new(&rule);
	struct penalty_line lines[3];
	struct source from[5];
	int next = 0, n = 0, calls = 0;

	(void)state;
	for (int i = 0; i < 5; i++) {
		char text[32];
		struct penalty_key key;

		(void)snprintf(text, sizeof(text), "203.0.113.%d", i + 1);
		assert_int_equal(source_parse(text, &from[i]), OK);
		key = penalty_key(p, "zhang", &from[i]);
		(void)penalty_add(p, &key, 1000);
		penalty_about(p, &key, "zhang", &from[i]);
	}
	while (next >= 0) {
		int got = penalty_list(p, 1000, &next, lines, COUNT(lines));

		for (int i = 0; i < got; i++) {
			assert_string_equal(lines[i].name, "zhang");
			assert_int_equal(lines[i].failures, 1);
		}
		n += got;
		assert_true(++calls < 10);
	}
	assert_int_equal(n, 5);
	next = 0; /* and when they are forgotten by themselves, not */
	assert_int_equal(
	    penalty_list(p, 1000 + 100000, &next, lines, COUNT(lines)), 0);
	penalties_free(p);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(those_that_count_are_listed_a_few_at_a_time),
	    T(the_first_failures_are_free_then_the_wait_doubles_to_its_limit),
	    T(a_penalty_ends_by_itself),
	    T(a_failure_is_forgiven_in_each_period),
	    T(a_new_failure_does_not_stop_forgiving),
	    T(names_and_sources_do_not_share_a_penalty),
	    T(many_strangers_do_not_free_a_stubborn_one),
	};
#undef T

	return cmocka_run_group_tests(tests, NULL, NULL);
}
