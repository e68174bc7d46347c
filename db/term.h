/* Terms of a congress: the 16th people's congress, from-to. */
#ifndef DB_TERM_H
#define DB_TERM_H

#include <stdbool.h>

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/ids.h"
#include "db/store/ctx.h"

/* Of which congress: also the level of a mandate and of a district. */
enum level { LEVEL_COUNTY, LEVEL_TOWN };

struct term {
	struct term_id id;
	int level;                 /* enum level */
	struct unit_id unit;       /* whose congress; 0: the county's */
	int64_t number;            /* the 16th: 16 */
	struct day from_on, to_on; /* both included */
};

extern const struct entity entity_term;
extern const struct enum_name levels[]; /* "county", "town" */

int term_get(struct ctx *c, struct arena *a, struct term_id id,
             struct term *out) MUST_CHECK;
/* All in scope: the county's, then the units', newest first. */
int term_list(struct ctx *c, struct arena *a, struct term **rows,
              int *n) MUST_CHECK;
/* The congress's term that holds on day. LEVEL_COUNTY: unit does not
 * matter. ERR_NOT_FOUND: there is none. */
int term_on(struct ctx *c, struct arena *a, int level, struct unit_id unit,
            struct day day, struct term *out) MUST_CHECK;
/* The term of the same congress that follows or comes before (by = 1, -1) by
 * its number. ERR_NOT_FOUND: there is none. */
int term_next(struct ctx *c, struct arena *a, const struct term *term, int by,
              struct term *out) MUST_CHECK;
/* "16th county congress", "17th congress of 周王庙镇". In a. */
const char *term_text(struct ctx *c, struct arena *a, const struct term *term);

/* A term of the county's congress is for who sees the whole county.
 * Errors: ERR_DENIED, ERR_NOT_FOUND (unit), ERR_INVALID (number, from_on,
 * to_on, unit), ERR_EXISTS. */
int term_add(struct ctx *c, const struct term *entry,
             struct term_id *id) MUST_CHECK;
/* Number and days of entry->id. Errors besides: ERR_SEALED (files of it
 * are sealed). */
int term_save(struct ctx *c, const struct term *entry) MUST_CHECK;
/* Whether the acting person may write terms of this congress: the county's
 * only who sees the whole county. */
bool term_is_ours(const struct ctx *c, const struct term *term);

#endif
