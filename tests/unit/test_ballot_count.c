/* The arithmetic of ballots against examples worked out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "db/ballot_count.h"

static const struct ballot_terms majority = {BALLOT_MARK, BALLOT_MAJORITY, 20,
                                             10, 61};

/* n papers of the same marks. */
static void
add(const struct ballot_terms *t, struct ballot_result *r, int n,
    const char *marks)
{
	for (int i = 0; i < n; i++)
		ballot_count_add(t, marks, r);
}

/* Outcomes as a letter an option: s selected, n not, t tied, . none. */
static void
assert_outcomes(const struct ballot_terms *t, const struct ballot_result *r,
                const char *letters)
{
	char is[BALLOT_OPTIONS_MAX + 1] = "";

	for (int i = 0; i < t->options; i++)
		is[i] = ".snt"[r->sums[i].outcome];
	assert_string_equal(is, letters);
}

/*
 * 61 deputies, so more than half is 31. 45 papers:
 *   26 mark 1 to 10               "++++++++++0000000000"
 *    6 mark 1 to 6 and 11 to 14   "++++++0000++++000000"
 *   10 mark 11 to 20              "0000000000++++++++++"
 *    3 mark 7, 8, 15 to 20        "000000++000000++++++"
 * 1-6: 26 + 6 = 32. 7-8: 26 + 3 = 29. 9-10: 26. 11-14: 6 + 10 = 16.
 * 15-20: 10 + 3 = 13. 29 of 45 would be more than half of those who came,
 * and 26 too; of all 61 only 1 to 6 have it.
 */
static void
the_majority_is_of_all_deputies_not_of_those_present(void **state)
{
	struct ballot_result r = {0};

	(void)state;
	add(&majority, &r, 26, "++++++++++0000000000");
	add(&majority, &r, 6, "++++++0000++++000000");
	add(&majority, &r, 10, "0000000000++++++++++");
	add(&majority, &r, 3, "000000++000000++++++");
	ballot_count_end(&majority, &r);
	assert_int_equal(r.outcome, BALLOT_DECIDED);
	assert_int_equal(r.returned, 45);
	assert_int_equal(r.valid, 45);
	assert_int_equal(r.sums[0].yes, 32);
	assert_int_equal(r.sums[6].yes, 29);
	assert_int_equal(r.sums[8].yes, 26);
	assert_int_equal(r.sums[10].yes, 16);
	assert_int_equal(r.sums[19].yes, 13);
	assert_int_equal(r.sums[19].abstain, 32);
	assert_outcomes(&majority, &r, "ssssssnnnnnnnnnnnnnn");
}

/*
 * 61 papers: 40 mark 1 to 10, 21 mark 2 to 9, 11 and 12.
 * 1 and 10: 40; 2-9: 61; 11-12: 21. Ten have 31 or more.
 */
static void
twenty_candidates_for_ten_places_fill_them(void **state)
{
	struct ballot_result r = {0};

	(void)state;
	add(&majority, &r, 40, "++++++++++0000000000");
	add(&majority, &r, 21, "0++++++++0++00000000");
	ballot_count_end(&majority, &r);
	assert_int_equal(r.outcome, BALLOT_DECIDED);
	assert_outcomes(&majority, &r, "ssssssssssnnnnnnnnnn");
}

/*
 * 61 papers: 31 mark 1 to 9 and 10, 30 mark 1 to 9 and 11. 1-9: 61, 10: 31,
 * 11: 30, one short of the majority.
 */
static void
one_vote_short_of_the_majority_is_not_enough(void **state)
{
	struct ballot_result r = {0};

	(void)state;
	add(&majority, &r, 31, "++++++++++0000000000");
	add(&majority, &r, 30, "+++++++++0+000000000");
	ballot_count_end(&majority, &r);
	assert_int_equal(r.sums[9].yes, 31);
	assert_int_equal(r.sums[10].yes, 30);
	assert_outcomes(&majority, &r, "ssssssssssnnnnnnnnnn");
}

static const struct ballot_terms top = {BALLOT_MARK, BALLOT_TOP, 5, 2, 12};

/*
 * 12 papers for 2 places: 5 "++000", 4 "+0+00", 1 "0++00", 2 "000+0".
 * 1: 9, 2: 6, 3: 5, 4: 2, 5: 0.
 */
static void
the_top_places_go_to_those_with_most(void **state)
{
	struct ballot_result r = {0};

	(void)state;
	add(&top, &r, 5, "++000");
	add(&top, &r, 4, "+0+00");
	add(&top, &r, 1, "0++00");
	add(&top, &r, 2, "000+0");
	ballot_count_end(&top, &r);
	assert_int_equal(r.sums[1].yes, 6);
	assert_int_equal(r.sums[2].yes, 5);
	assert_outcomes(&top, &r, "ssnnn");
}

/* 12 papers: 5 "++000", 5 "+0+00", 2 "+00+0". 1: 12, 2 and 3: 5, 4: 2. One
 * place is left for two. */
static void
equal_at_the_last_place_are_tied(void **state)
{
	struct ballot_result r = {0};

	(void)state;
	add(&top, &r, 5, "++000");
	add(&top, &r, 5, "+0+00");
	add(&top, &r, 2, "+00+0");
	ballot_count_end(&top, &r);
	assert_int_equal(r.outcome, BALLOT_TIED);
	assert_outcomes(&top, &r, "sttnn");
}

/* 10 papers: 8 "++000", 2 "00++0". 1 and 2: 8, 3 and 4: 2. Both ties lie
 * wholly on one side of the line. */
static void
a_tie_above_or_below_the_line_decides_nothing(void **state)
{
	struct ballot_result r = {0};

	(void)state;
	add(&top, &r, 8, "++000");
	add(&top, &r, 2, "00++0");
	ballot_count_end(&top, &r);
	assert_int_equal(r.outcome, BALLOT_DECIDED);
	assert_outcomes(&top, &r, "ssnnn");
}

/* Each of five has two of ten marks: none is above, all share the line. */
static void
all_equal_are_all_tied(void **state)
{
	struct ballot_result r = {0};

	(void)state;
	add(&top, &r, 2, "++000");
	add(&top, &r, 2, "00++0");
	add(&top, &r, 2, "+000+");
	add(&top, &r, 2, "0+00+");
	add(&top, &r, 2, "00++0");
	ballot_count_end(&top, &r);
	assert_int_equal(r.outcome, BALLOT_TIED);
	assert_outcomes(&top, &r, "ttttt");
}

/* With a majority a tie below it is no tie: 12 deputies, more than half is
 * 7. 7 "+0000", 5 "0+000": only the first has it, the second place stays. */
static void
fewer_than_the_places_may_have_the_majority(void **state)
{
	const struct ballot_terms t = {BALLOT_MARK, BALLOT_MAJORITY, 5, 2, 12};
	struct ballot_result r = {0};

	(void)state;
	add(&t, &r, 7, "+0000");
	add(&t, &r, 5, "0+000");
	ballot_count_end(&t, &r);
	assert_int_equal(r.outcome, BALLOT_DECIDED);
	assert_outcomes(&t, &r, "snnnn");
}

/* Half of 12 is 6, and 6 is not more than half. */
static void
exactly_half_is_no_majority(void **state)
{
	const struct ballot_terms t = {BALLOT_MARK, BALLOT_MAJORITY, 5, 2, 12};
	struct ballot_result r = {0};

	(void)state;
	add(&t, &r, 6, "+0000");
	add(&t, &r, 6, "0+000");
	ballot_count_end(&t, &r);
	assert_outcomes(&t, &r, "nnnnn");
}

/* 4 + 3 of 10 are valid; the marks of the other 3 count for nobody. */
static void
invalid_papers_are_counted_and_not_their_marks(void **state)
{
	struct ballot_result r = {0};

	(void)state;
	add(&top, &r, 4, "+0000");
	add(&top, &r, 3, "0+000");
	add(&top, &r, 1, "+++00");  /* three marks for two places */
	add(&top, &r, 1, "+000");   /* too short */
	add(&top, &r, 1, "+00000"); /* too long */
	assert_false(ballot_marks_fit(&top, "+00x0"));
	assert_false(ballot_marks_fit(&top, ""));
	ballot_count_end(&top, &r);
	assert_int_equal(r.returned, 10);
	assert_int_equal(r.valid, 7);
	assert_int_equal(r.invalid, 3);
	assert_int_equal(r.sums[0].yes, 4);
	assert_int_equal(r.sums[1].yes, 3);
	assert_int_equal(r.sums[2].yes, 0);
	assert_outcomes(&top, &r, "ssnnn");
}

/* 8 of 12 came, 6 of them with a blank paper: valid, and for nobody. */
static void
a_blank_paper_is_valid_and_for_nobody(void **state)
{
	struct ballot_result r = {0};

	(void)state;
	add(&top, &r, 6, "00000");
	add(&top, &r, 2, "+0000");
	ballot_count_end(&top, &r);
	assert_int_equal(r.valid, 8);
	assert_int_equal(r.sums[0].yes, 2);
	assert_int_equal(r.sums[0].abstain, 6);
	/* a place is left: nobody has it with no mark at all */
	assert_outcomes(&top, &r, "snnnn");
}

/* 6 of 12 are half, not more than half; 7 are. */
static void
half_of_the_list_is_no_quorum_and_one_more_is(void **state)
{
	struct ballot_result half = {0}, more = {0};

	(void)state;
	add(&top, &half, 6, "++000");
	ballot_count_end(&top, &half);
	assert_int_equal(half.outcome, BALLOT_NO_QUORUM);
	assert_int_equal(half.sums[0].yes, 0);
	assert_int_equal(half.returned, 6);
	assert_outcomes(&top, &half, ".....");
	add(&top, &more, 7, "++000");
	ballot_count_end(&top, &more);
	assert_int_equal(more.outcome, BALLOT_DECIDED);
	assert_outcomes(&top, &more, "ssnnn");
}

/* 4 of 6 would be a quorum; who voted what would be easy to guess. 5 of 6
 * are counted. */
static void
under_five_papers_nothing_is_told(void **state)
{
	const struct ballot_terms t = {BALLOT_MARK, BALLOT_TOP, 3, 1, 6};
	struct ballot_result four = {0}, five = {0};

	(void)state;
	add(&t, &four, 4, "+00");
	ballot_count_end(&t, &four);
	assert_int_equal(four.outcome, BALLOT_TOO_FEW);
	assert_int_equal(four.returned, 4);
	assert_int_equal(four.valid, 0);
	assert_int_equal(four.sums[0].yes, 0);
	assert_outcomes(&t, &four, "...");
	add(&t, &five, 5, "+00");
	ballot_count_end(&t, &five);
	assert_int_equal(five.outcome, BALLOT_DECIDED);
	assert_int_equal(five.sums[0].yes, 5);
}

/* 13 papers of 12 voters: somebody cheated, none counts. */
static void
more_papers_than_issued_are_all_invalid(void **state)
{
	struct ballot_result r = {0};

	(void)state;
	add(&top, &r, 13, "++000");
	ballot_count_end(&top, &r);
	assert_int_equal(r.outcome, BALLOT_NO_QUORUM);
	assert_int_equal(r.valid, 0);
	assert_int_equal(r.invalid, 13);
	assert_int_equal(r.sums[0].yes, 0);
	assert_outcomes(&top, &r, ".....");
}

/*
 * For, against or neither for each of 3, 2 places, 9 deputies, more than
 * half is 5: 4 "++-", 3 "+-0", 2 "+++".
 * 1: 9 for. 2: 6 for, 3 against. 3: 2 for, 4 against, 3 neither. A paper
 * may be for more than there are places.
 */
static void
each_is_voted_for_or_against(void **state)
{
	const struct ballot_terms t = {BALLOT_EACH, BALLOT_MAJORITY, 3, 2, 9};
	struct ballot_result r = {0};

	(void)state;
	add(&t, &r, 4, "++-");
	add(&t, &r, 3, "+-0");
	add(&t, &r, 2, "+++");
	ballot_count_end(&t, &r);
	assert_int_equal(r.valid, 9);
	assert_int_equal(r.sums[1].yes, 6);
	assert_int_equal(r.sums[1].no, 3);
	assert_int_equal(r.sums[2].yes, 2);
	assert_int_equal(r.sums[2].no, 4);
	assert_int_equal(r.sums[2].abstain, 3);
	assert_outcomes(&t, &r, "ssn");
}

/* One option, one place, 9 deputies: 5 for is the majority, 4 is not. */
static void
one_option_for_one_place_is_yes_or_no(void **state)
{
	const struct ballot_terms t = {BALLOT_EACH, BALLOT_MAJORITY, 1, 1, 9};
	struct ballot_result yes = {0}, no = {0};

	(void)state;
	add(&t, &yes, 5, "+");
	add(&t, &yes, 4, "-");
	ballot_count_end(&t, &yes);
	assert_outcomes(&t, &yes, "s");
	add(&t, &no, 4, "+");
	add(&t, &no, 5, "0");
	ballot_count_end(&t, &no);
	assert_outcomes(&t, &no, "n");
	assert_int_equal(no.outcome, BALLOT_DECIDED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		the_majority_is_of_all_deputies_not_of_those_present),
	    cmocka_unit_test(twenty_candidates_for_ten_places_fill_them),
	    cmocka_unit_test(one_vote_short_of_the_majority_is_not_enough),
	    cmocka_unit_test(the_top_places_go_to_those_with_most),
	    cmocka_unit_test(equal_at_the_last_place_are_tied),
	    cmocka_unit_test(a_tie_above_or_below_the_line_decides_nothing),
	    cmocka_unit_test(all_equal_are_all_tied),
	    cmocka_unit_test(fewer_than_the_places_may_have_the_majority),
	    cmocka_unit_test(exactly_half_is_no_majority),
	    cmocka_unit_test(invalid_papers_are_counted_and_not_their_marks),
	    cmocka_unit_test(a_blank_paper_is_valid_and_for_nobody),
	    cmocka_unit_test(half_of_the_list_is_no_quorum_and_one_more_is),
	    cmocka_unit_test(under_five_papers_nothing_is_told),
	    cmocka_unit_test(more_papers_than_issued_are_all_invalid),
	    cmocka_unit_test(each_is_voted_for_or_against),
	    cmocka_unit_test(one_option_for_one_place_is_yes_or_no),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
