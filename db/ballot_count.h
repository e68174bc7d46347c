/*
 * The arithmetic of a ballot: pure, knows no database. Source: domain.md,
 * application 5: "mark k of n; for/against/abstain; validity (returned <=
 * issued, marks <= places); majority of all deputies or top k; tie rule".
 */
#ifndef DB_BALLOT_COUNT_H
#define DB_BALLOT_COUNT_H

#include <stdbool.h>
#include <stdint.h>

enum ballot_kind { BALLOT_MARK, BALLOT_EACH };
enum ballot_rule { BALLOT_MAJORITY, BALLOT_TOP }; /* of all on the list */
enum ballot_tie { BALLOT_TIE_AGAIN, BALLOT_TIE_PRESIDIUM };
enum ballot_outcome {
	BALLOT_NONE,
	BALLOT_DECIDED,
	BALLOT_TIED,
	BALLOT_TOO_FEW,  /* under five papers: no count is shown, ever */
	BALLOT_NO_QUORUM /* not more than half of the list returned, or more
	                  * than all: it does not stand, no count is kept */
};
enum option_outcome { OPTION_NONE, OPTION_SELECTED, OPTION_NOT, OPTION_TIED };

enum { BALLOT_OPTIONS_MAX = 60, BALLOT_LEAST = 5 };

struct ballot_terms {
	int kind; /* enum ballot_kind */
	int rule; /* enum ballot_rule */
	int options, places;
	int64_t issued;
};
struct ballot_sum {
	int64_t yes, no, abstain;
	enum option_outcome outcome;
};
struct ballot_result {
	enum ballot_outcome outcome;
	int64_t returned, valid, invalid;
	struct ballot_sum sums[BALLOT_OPTIONS_MAX];
};

/* Is a paper valid: so many marks as options, each of + - 0, at most places
 * of + when kind is MARK (for EACH any number). An empty one is valid. */
bool ballot_marks_fit(const struct ballot_terms *t, const char *marks);

/* Begin with *r zero; add each paper; end. More papers than were issued are
 * all invalid. Of what does not stand the sums are zero. */
void ballot_count_add(const struct ballot_terms *t, const char *marks,
                      struct ballot_result *r);
/* MAJORITY: more than half of issued, of those the places with most; TOP: the
 * places with most, at least one. Equal at the last place: all of that number
 * are TIED, those above are SELECTED. */
void ballot_count_end(const struct ballot_terms *t, struct ballot_result *r);

#endif
