/* The smallest parts of db/base: arena, buf, err, perm, field, i18n. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/base/arena.h"
#include "db/base/buf.h"
#include "db/base/err.h"
#include "db/base/field.h"
#include "db/base/perm.h"

static void
an_arena_gives_zeroed_memory_again_after_reset(void **state)
{
	struct arena *a = arena_new();
	char *p = arena_alloc(a, 100);

	(void)state;
	memset(p, 'x', 100);
	arena_reset(a);
	p = arena_alloc(a, 100);
	for (int i = 0; i < 100; i++)
		assert_int_equal(p[i], 0);
	arena_free(a);
}

static void
an_arena_holds_what_is_larger_than_its_blocks(void **state)
{
	struct arena *a = arena_new();
	char *small = arena_strdup(a, "small");
	char *large = arena_alloc(a, (size_t)1 << 20);

	(void)state;
	memset(large, 'y', (size_t)1 << 20);
	assert_string_equal(small, "small");
	assert_string_equal(arena_printf(a, "%d-%s", 7, "x"), "7-x");
	arena_free(a);
}

static void
arena_memory_is_aligned_for_any_type(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	for (size_t n = 1; n < 40; n++)
		assert_int_equal(
		    (uintptr_t)arena_alloc(a, n) % _Alignof(max_align_t), 0);
	arena_free(a);
}

static void
a_buf_grows_drops_and_is_taken(void **state)
{
	struct buf b = BUF_INIT;
	char *s;

	(void)state;
	for (int i = 0; i < 1000; i++)
		buf_addf(&b, "%d,", i);
	assert_int_equal(b.len, 10 * 2 + 90 * 3 + 900 * 4);
	buf_drop(&b, 2);
	assert_memory_equal(b.data, "1,2,3,", 6);
	buf_truncate(&b, 5);
	assert_string_equal(b.data, "1,2,3");
	s = buf_take(&b);
	assert_string_equal(s, "1,2,3");
	assert_int_equal(b.len, 0);
	assert_string_equal(b.data, "");
	free(s);
	buf_clear(&b);
}

static void
a_buf_keeps_embedded_nuls(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	buf_addn(&b, "a\0b", 3);
	buf_addc(&b, 'c');
	assert_int_equal(b.len, 4);
	assert_memory_equal(b.data, "a\0bc", 5);
	buf_clear(&b);
}

static void
every_error_has_a_sentence_and_an_exit_code(void **state)
{
	(void)state;
	for (int i = 1; i < ERR_ROWS; i++) {
		size_t n = strlen(err_msgid(-i));

		assert_true(n > 0);
		assert_int_equal(err_msgid(-i)[n - 1], '.');
		assert_true(err_exit_code(-i) >= 64);
	}
	assert_int_equal(err_exit_code(OK), 0);
	assert_string_equal(err_name(ERR_DENIED), "DENIED");
	/* what is no error of ours is still answered */
	assert_true(strlen(err_msgid(-9999)) > 0);
	assert_true(strlen(err_msgid(1)) > 0);
}

static void
permissions_are_found_by_their_stored_name(void **state)
{
	struct perm_set set = {{0}};

	(void)state;
	for (int i = PERM_NONE + 1; i < PERMS; i++) {
		assert_int_equal(perm_of(perm_name((enum perm)i)), i);
		assert_false(perm_has(&set, (enum perm)i));
		perm_grant(&set, (enum perm)i);
		assert_true(perm_has(&set, (enum perm)i));
	}
	assert_int_equal(perm_of("no.such"), PERMS);
	memset(&set, 0, sizeof(set));
	assert_true(perm_has(&set, PERM_NONE));
}

static void
fields_and_enum_values_are_found_by_name(void **state)
{
	struct row {
		const char *title;
		int kind;
	};
	static const struct enum_name kinds[] = {{"a", "A"}, {"b", "B"}, {0}};
	static const struct field fields[] = {
	    FIELD(row, title, TEXT, "Title", .max = 5),
	    FIELD(row, kind, ENUM, "Kind", .names = kinds),
	    FIELD_END,
	};

	(void)state;
	assert_ptr_equal(field_find(fields, "kind"), &fields[1]);
	assert_null(field_find(fields, "other"));
	assert_int_equal(fields[1].at, offsetof(struct row, kind));
	assert_int_equal(enum_index(kinds, "b"), 1);
	assert_int_equal(enum_index(kinds, "c"), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_arena_gives_zeroed_memory_again_after_reset),
	    cmocka_unit_test(an_arena_holds_what_is_larger_than_its_blocks),
	    cmocka_unit_test(arena_memory_is_aligned_for_any_type),
	    cmocka_unit_test(a_buf_grows_drops_and_is_taken),
	    cmocka_unit_test(a_buf_keeps_embedded_nuls),
	    cmocka_unit_test(every_error_has_a_sentence_and_an_exit_code),
	    cmocka_unit_test(permissions_are_found_by_their_stored_name),
	    cmocka_unit_test(fields_and_enum_values_are_found_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
