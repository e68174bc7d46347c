/* JSON built, printed and read back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "db/base/json.h"

static void
members_come_in_the_order_they_were_set(void **state)
{
	struct arena *a = arena_new();
	struct json *o = json_new_object(), *list = json_new_array();

	(void)state;
	json_add_text(list, "长安镇");
	json_add_int(list, -5);
	json_set_text(o, "z", "a\"b\n");
	json_set_bool(o, "y", true);
	json_set_null(o, "x");
	json_set_real(o, "w", 35.0 / 50);
	json_set(o, "list", list);
	assert_string_equal(json_print(o, a),
	                    "{\"z\":\"a\\\"b\\n\",\"y\":true,\"x\":null,"
	                    "\"w\":0.7,\"list\":[\"长安镇\",-5]}");
	json_free(o);
	arena_free(a);
}

static void
what_was_printed_reads_back(void **state)
{
	struct json *o = json_parse("{\"n\":9007199254740993,\"t\":\"字\","
	                            "\"a\":[1,null,false],\"e\":{}}");
	const char *key = "";

	(void)state;
	assert_non_null(o);
	assert_true(json_int_of(json_get(o, "n")) == INT64_C(9007199254740993));
	assert_string_equal(json_text_of(json_get(o, "t")), "字");
	assert_int_equal(json_length(json_get(o, "a")), 3);
	assert_int_equal(json_sort(json_at(json_get(o, "a"), 1)), JSON_OF_NULL);
	assert_int_equal(json_sort(json_get(o, "none")), JSON_OF_NULL);
	assert_string_equal(json_text_of(json_get(o, "n")), "");
	assert_int_equal(json_sort(json_member(o, 3, &key)), JSON_OF_OBJECT);
	assert_string_equal(key, "e");
	assert_null(json_member(o, 4, &key));
	json_free(o);
}

static void
junk_is_no_json(void **state)
{
	(void)state;
	assert_null(json_parse(""));
	assert_null(json_parse("{\"a\":1"));
	assert_null(json_parse("{\"a\":1,\"a\":2}"));
	assert_null(json_parse("{\"a\":\"\xff\"}"));
	assert_null(json_parse("[1] x"));
}

static void
text_that_is_no_utf8_becomes_null(void **state)
{
	struct arena *a = arena_new();
	struct json *o = json_new_object();

	(void)state;
	json_set_text(o, "a", "\xff");
	json_set_text(o, "b", NULL);
	assert_string_equal(json_print(o, a), "{\"a\":null,\"b\":null}");
	json_free(o);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(members_come_in_the_order_they_were_set),
	    cmocka_unit_test(what_was_printed_reads_back),
	    cmocka_unit_test(junk_is_no_json),
	    cmocka_unit_test(text_that_is_no_utf8_becomes_null),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
