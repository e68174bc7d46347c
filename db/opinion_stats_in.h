/* What db/opinion_stats*.c share: figures of one unit or month. */
#ifndef DB_OPINION_STATS_IN_H
#define DB_OPINION_STATS_IN_H

#include "db/opinion.h"
#include "db/opinion_stats.h"

/* Steps whose working days are counted, as in the counters. */
enum { DAYS_RESPONSE, DAYS_HANDLING, DAYS_FEEDBACK, DAYS_STEPS };
/* More days than these are counted as these. */
enum { DAYS_MOST = 400, STATS_ROWS = 1000 };
extern const struct enum_name stats_steps[];

struct opinion_figures {
	int64_t n;
	int64_t states[OPINION_STATES];
	int64_t results[RESULT_REFERENCE + 1];
	int64_t rated[RATING_SILENT + 1];   /* by themselves */
	int64_t by_hand[RATING_SILENT + 1]; /* typed by staff */
	int64_t days[DAYS_STEPS][DAYS_MOST + 1];
};

/* Whose counters: of the county, or of a unit (0: the county's own). */
struct stats_whose {
	bool county;
	int64_t unit;
};

/* A counter's row. */
typedef void stats_add(void *data, int64_t period, const char *part, int64_t n);
/* what: "opinion", "opinion_category" ... */
int stats_counters(struct ctx *c, const char *what,
                   const struct stats_whose *whose,
                   const struct opinion_stats_of *of, stats_add *add,
                   void *data) MUST_CHECK;

/* Figures of the months of of together; figures is zeroed. */
int stats_figures(struct ctx *c, const struct stats_whose *whose,
                  const struct opinion_stats_of *of,
                  struct opinion_figures *out) MUST_CHECK;
/* The same month by month: figures[0] is of of->from. */
int stats_months(struct ctx *c, const struct stats_whose *whose,
                 const struct opinion_stats_of *of, struct opinion_figures *out,
                 int n) MUST_CHECK;

/* No further back and forth than anything came. */
int stats_narrow(struct ctx *c, const struct stats_whose *whose,
                 struct opinion_stats_of *of) MUST_CHECK;

int64_t stats_open(const struct opinion_figures *f);
/* Tenths of a day that share (per mille) of all took at most; of 500 the
 * median, the middle of the two in the middle. STATS_UNKNOWN: none took any.
 */
int64_t stats_quantile(const int64_t days[DAYS_MOST + 1], int share);

/* What a table is made of. */
struct stats_making {
	struct ctx *c;
	struct arena *a;
	const struct opinion_stats_of *of;
	struct stats_whose whose;
	struct stats_table *t;
};
struct stats_row *stats_add_row(struct stats_making *m, int64_t id,
                                const char *key, const char *label);
/* Figures in the making's arena. */
int stats_read(struct stats_making *m, const struct stats_whose *whose,
               struct opinion_figures **out) MUST_CHECK;
/* Counts of the rows and their shares of all. */
void stats_put_shares(struct stats_making *m, int64_t all);

int stats_categories(struct stats_making *m) MUST_CHECK;
int stats_places(struct stats_making *m) MUST_CHECK;

#endif
