/* Scenarios of test_strike: somebody prepares something and does it; what
 * fixture_strike.c has runs stations, campaigns and duty files, what
 * fixture_strike_opinion.c has is about opinions, fixture_strike_project.c
 * about livelihood projects, fixture_strike_law.c about draft laws. */
#ifndef TESTS_UNIT_FIXTURE_STRIKE_H
#define TESTS_UNIT_FIXTURE_STRIKE_H

#include "db/store/event.h"
#include "tests/unit/fixture_world.h"

/* Who acts in a scenario. */
struct cast {
	struct fixture *f;
	struct arena *a;
	struct ctx admin, county, staff, head, deputy;
};

struct scenario {
	enum action action;
	void (*prepare)(struct cast *w);
	void (*act)(struct cast *w);
};

#define YES(call) assert_int_equal((call), OK)

/* NULL in act ends it. */
extern const struct scenario running_scenarios[], opinion_scenarios[];
extern const struct scenario project_scenarios[], ballot_scenarios[];
extern const struct scenario team_scenarios[], law_scenarios[];

#endif
