/* Counting papers, see db/ballot_count.h. */
#include "db/ballot_count.h"

#include <assert.h>
#include <string.h>

bool
ballot_marks_fit(const struct ballot_terms *t, const char *marks)
{
	int n = 0, plus = 0;

	for (; marks[n] != '\0'; n++) {
		if (n == t->options || strchr("+-0", marks[n]) == NULL)
			return false;
		plus += marks[n] == '+';
	}
	return n == t->options && (t->kind == BALLOT_EACH || plus <= t->places);
}

void
ballot_count_add(const struct ballot_terms *t, const char *marks,
                 struct ballot_result *r)
{
	r->returned++;
	if (!ballot_marks_fit(t, marks)) {
		r->invalid++;
		return;
	}
	r->valid++;
	for (int i = 0; i < t->options; i++) {
		r->sums[i].yes += marks[i] == '+';
		r->sums[i].no += marks[i] == '-';
		r->sums[i].abstain += marks[i] == '0';
	}
}

/* Has an option what it needs at least, whatever the others have? */
static bool
is_enough(const struct ballot_terms *t, const struct ballot_sum *sum)
{
	if (t->rule == BALLOT_MAJORITY)
		return sum->yes * 2 > t->issued;
	return sum->yes > 0;
}

/* How many of those with enough have more than yes. */
static int
better_than(const struct ballot_terms *t, const struct ballot_result *r,
            int64_t yes)
{
	int n = 0;

	for (int i = 0; i < t->options; i++)
		n += is_enough(t, &r->sums[i]) && r->sums[i].yes > yes;
	return n;
}

/* An option is in when those with more and those with as many together have
 * room; out when those with more fill the places; else tied. */
static enum option_outcome
outcome_of(const struct ballot_terms *t, const struct ballot_result *r, int at)
{
	int64_t yes = r->sums[at].yes;

	if (!is_enough(t, &r->sums[at]))
		return OPTION_NOT;
	if (better_than(t, r, yes - 1) <= t->places)
		return OPTION_SELECTED;
	return better_than(t, r, yes) >= t->places ? OPTION_NOT : OPTION_TIED;
}

/* Nothing is told of what does not stand. */
static void
forget(struct ballot_result *r)
{
	memset(r->sums, 0, sizeof(r->sums));
	r->valid = r->invalid = 0;
}

void
ballot_count_end(const struct ballot_terms *t, struct ballot_result *r)
{
	assert(t->options <= BALLOT_OPTIONS_MAX);
	if (r->returned < BALLOT_LEAST) {
		r->outcome = BALLOT_TOO_FEW;
		forget(r);
		return;
	}
	if (r->returned * 2 <= t->issued || r->returned > t->issued) {
		bool over = r->returned > t->issued;

		r->outcome = BALLOT_NO_QUORUM;
		forget(r);
		r->invalid = over ? r->returned : 0;
		return;
	}
	r->outcome = BALLOT_DECIDED;
	for (int i = 0; i < t->options; i++) {
		r->sums[i].outcome = outcome_of(t, r, i);
		if (r->sums[i].outcome == OPTION_TIED)
			r->outcome = BALLOT_TIED;
	}
}
