/* Lists of opinions: their plans as everybody sees them, and what each
 * filter gives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "db/conversion.h"
#include "db/opinion_leg.h"
#include "tests/unit/fixture_opinion.h"

static const struct list_spec *const lists[] = {
    &opinion_list, &opinion_inbox, &opinion_hot, &opinion_leg_list,
    &conversion_list};

static void
no_list_of_opinions_scans_or_sorts_for_anybody(void **state)
{
	struct opinions *w = *state;
	static const char *const who[] = {"county",  "town",   "station",
	                                  "officer", "deputy", "office",
	                                  "leader"};

	for (size_t i = 0; i < COUNT(who); i++)
		for (size_t k = 0; k < COUNT(lists); k++) {
			struct ctx c;

			ctx_of(w, who[i], &c);
			if (!may(&c, lists[k]->needs))
				continue;
			fixture_plan_list(w->o->f, &c, lists[k]);
		}
}

int
main(void)
{
#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, opinions_setup, opinions_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(no_list_of_opinions_scans_or_sorts_for_anybody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
