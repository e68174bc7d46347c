/* Cells of CSV as spreadsheets take them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "db/base/csv_write.h"

/* One row of three cells: a, text, z. */
static void
assert_cell(const char *text, const char *cell)
{
	struct buf is = BUF_INIT, want = BUF_INIT;

	csv_text(&is, true, "a");
	csv_text(&is, false, text);
	csv_text(&is, false, "z");
	csv_end_row(&is);
	buf_addf(&want, "a,%s,z\r\n", cell);
	assert_string_equal(is.data, want.data);
	buf_clear(&is);
	buf_clear(&want);
}

static void
what_parts_cells_and_rows_is_quoted(void **state)
{
	(void)state;
	assert_cell("", "");
	assert_cell("长安镇", "长安镇");
	assert_cell("a b; c", "a b; c");
	assert_cell("a,b", "\"a,b\"");
	assert_cell("say \"yes\"", "\"say \"\"yes\"\"\"");
	assert_cell("one\ntwo", "\"one\ntwo\"");
	assert_cell("one\r", "\"one\r\"");
}

static void
no_text_is_a_formula(void **state)
{
	(void)state;
	assert_cell("=1+1", "\"'=1+1\"");
	assert_cell("+86", "\"'+86\"");
	assert_cell("-1", "\"'-1\"");
	assert_cell("@x", "\"'@x\"");
	assert_cell("\t=1", "\"'\t=1\"");
	assert_cell("=\"a\",b", "\"'=\"\"a\"\",b\"");
	assert_cell("1=1", "1=1");
	assert_cell("'=1", "'=1");
}

static void
a_number_stays_one(void **state)
{
	struct buf is = BUF_INIT;

	(void)state;
	csv_begin(&is);
	csv_number(&is, true, "-2.5");
	csv_number(&is, false, "7");
	csv_end_row(&is);
	assert_string_equal(is.data, "\xEF\xBB\xBF-2.5,7\r\n");
	buf_clear(&is);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_parts_cells_and_rows_is_quoted),
	    cmocka_unit_test(no_text_is_a_formula),
	    cmocka_unit_test(a_number_stays_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
