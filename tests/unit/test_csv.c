/* CSV records and the lines they begin at; GB18030. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/base/buf.h"
#include "db/base/csv.h"
#include "db/base/gb18030.h"

/* All records as "line:cell|cell;", a faulty one as "line!;". */
static char *
read_all(const char *data, size_t n)
{
	struct csv_reader *r = csv_reader_new(data, n);
	struct csv_record record;
	struct buf out = BUF_INIT;

	while (csv_reader_next(r, &record)) {
		buf_addf(&out, "%d%s", record.line,
		         record.fault != NULL ? "!" : ":");
		for (int i = 0; i < record.n; i++)
			buf_addf(&out, "%s%s", i > 0 ? "|" : "",
			         record.cells[i]);
		buf_addc(&out, ';');
	}
	csv_reader_free(r);
	return buf_take(&out);
}

static void
reads(const char *data, const char *expected)
{
	char *found = read_all(data, strlen(data));

	assert_string_equal(found, expected);
	free(found);
}

static void
records_end_with_any_newline(void **state)
{
	(void)state;
	reads("a,b\nc,d", "1:a|b;2:c|d;");
	reads("a,b\r\nc,d\r\n", "1:a|b;2:c|d;");
	reads("a,b\rc,d\r", "1:a|b;2:c|d;");
	reads("", "");
}

static void
quoted_cells_keep_commas_quotes_and_newlines(void **state)
{
	(void)state;
	reads("\"a,b\",\"say \"\"hi\"\"\"\n", "1:a,b|say \"hi\";");
	reads("1,\"x\ny\"\n2,z\n", "1:1|x\ny;3:2|z;");
	reads("1,\"x\r\ny\"\r\n2,z\r\n", "1:1|x\r\ny;3:2|z;");
}

static void
lines_are_those_of_the_file(void **state)
{
	(void)state;
	reads("a\n\n  \nb\n", "1:a;4:b;");
	reads("\n\n\"a\n\nb\"\nc", "3:a\n\nb;6:c;");
	reads(",\n", "1:|;");
}

static void
a_bad_quote_costs_its_own_line_only(void **state)
{
	(void)state;
	reads("a\n\"b\"x\nc\n", "1:a;2!;3:c;");
	reads("a\n\"b\nc\nd\n", "1:a;2!;3:c;4:d;");
	reads("a,b\"c\nd\n", "1!;2:d;");
}

static void
what_is_no_text_is_a_fault(void **state)
{
	static const char zero[] = "a\nb\0c\nd\n";
	char *found = read_all(zero, sizeof(zero) - 1);

	(void)state;
	assert_string_equal(found, "1:a;2!;3:d;");
	free(found);
}

static void
a_record_has_a_limit(void **state)
{
	struct buf data = BUF_INIT;
	char *found;

	(void)state;
	buf_add(&data, "a\n");
	for (int i = 0; i < 1024 * 1024; i++)
		buf_addc(&data, 'x');
	buf_add(&data, "\nb\n");
	found = read_all(data.data, data.len);
	assert_string_equal(found, "1:a;2!;3:b;");
	free(found);

	buf_truncate(&data, 0);
	for (int i = 0; i < CSV_CELLS_MAX; i++)
		buf_add(&data, "x,");
	buf_add(&data, "x\nb\n");
	found = read_all(data.data, data.len);
	assert_string_equal(found, "1!;2:b;");
	free(found);
	buf_clear(&data);
}

static void
gb18030_becomes_utf8(void **state)
{
	struct arena *a = arena_new();
	struct gb18030 *g;
	const char *out;

	(void)state;
	assert_int_equal(gb18030_open(&g), OK);
	assert_int_equal(gb18030_decode(g, a, "\xd5\xc5\xce\xb0", 4, &out), OK);
	assert_string_equal(out, "张伟");
	/* four bytes: a character outside the old sets */
	assert_int_equal(gb18030_decode(g, a, "\x95\x32\x82\x36", 4, &out), OK);
	assert_string_equal(out, "𠀀");
	assert_int_equal(gb18030_decode(g, a, "\xd5", 1, &out), ERR_INVALID);
	assert_int_equal(gb18030_decode(g, a, "\xff\xff", 2, &out),
	                 ERR_INVALID);
	/* the converter is good again after a bad cell */
	assert_int_equal(gb18030_decode(g, a, "\xce\xb0", 2, &out), OK);
	assert_string_equal(out, "伟");
	gb18030_close(g);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(records_end_with_any_newline),
	    cmocka_unit_test(quoted_cells_keep_commas_quotes_and_newlines),
	    cmocka_unit_test(lines_are_those_of_the_file),
	    cmocka_unit_test(a_bad_quote_costs_its_own_line_only),
	    cmocka_unit_test(what_is_no_text_is_a_fault),
	    cmocka_unit_test(a_record_has_a_limit),
	    cmocka_unit_test(gb18030_becomes_utf8),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
