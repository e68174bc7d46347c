/* Scenarios of test_strike: a ballot is prepared and changed; what comes after
 * that is not struck out. */
#include "tests/unit/fixture_strike.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "db/ballot.h"

static const struct project_id candidates[] = {{901}, {902}, {903}};

static void
have_candidates(struct cast *w)
{
	fixture_event(w->f, ACTION_PROJECT_SAVE, ENTITY_PROJECT, 901,
	              "INSERT INTO project (id, unit, source, title, body,"
	              " state, year, proposed_at) SELECT value, 1, 'staff',"
	              " '实事', '内容', 'candidate', 2026, 1774000000"
	              "  FROM json_each('[901, 902, 903]')");
}

static void
prepare_ballot(struct cast *w)
{
	struct ballot entry;
	struct ballot_id id;

	ballot_default(&w->staff, &entry);
	entry.title = "票决";
	YES(ballot_prepare(&w->staff, &entry, candidates, 3, &id));
}

static void
have_ballot(struct cast *w)
{
	have_candidates(w);
	prepare_ballot(w);
}

static void
change_ballot(struct cast *w)
{
	struct ballot entry;

	YES(ballot_get(
	    &w->staff, w->a,
	    (struct ballot_id){fixture_int(w->f, "SELECT max(id) FROM ballot")},
	    &entry));
	entry.title = "再次票决";
	YES(ballot_save(&w->staff, &entry, candidates, 2));
}

const struct scenario ballot_scenarios[] = {
    {ACTION_BALLOT_PREPARE, have_candidates, prepare_ballot},
    {ACTION_BALLOT_SAVE, have_ballot, change_ballot},
    {0, NULL, NULL},
};
