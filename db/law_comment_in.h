/* What db/law_comment*.c share. */
#ifndef DB_LAW_COMMENT_IN_H
#define DB_LAW_COMMENT_IN_H

#include "db/law_comment.h"
#include "db/store/stmt.h"

enum {
	COMMENT_SQL_GET,
	COMMENT_SQL_ADD,
	COMMENT_SQL_WRITE,
	COMMENT_SQL_ARTICLE,
	COMMENT_SQL_UNIT,
	COMMENT_SQL_STATION,
	COMMENT_SQL_MERGED,
	COMMENT_SQL_FOLLOW,
	COMMENT_SQL_SEE,
	COMMENT_SQL_COUNTED,
	COMMENT_SQL_COLLATION,
	COMMENT_SQL_OF_ARTICLE,
	COMMENT_SQL_GOING,
	COMMENT_SQL_ASKING,
	COMMENT_SQL_OPINIONS
};

extern const struct field law_comment_fields[];

/* Inside an event: row, whole, into the database. */
int law_comment_insert(struct ctx *c, struct arena *a, struct law_comment *row,
                       const struct consultation *k) MUST_CHECK;
/* row.unit and row.station: who checks it. Errors: ERR_NOT_FOUND: the deputy,
 * or the unit, is not asked. */
int law_comment_place(struct ctx *c, struct law_comment *row) MUST_CHECK;
/* Is article one of version's? Errors: ERR_NOT_FOUND. */
int law_comment_check_article(struct ctx *c,
                              const struct law_comment *row) MUST_CHECK;
/* Inside the event that answers it: the opinions that it, or what was merged
 * into it, was before. */
int law_comment_tell_opinions(struct ctx *c,
                              const struct law_comment *row) MUST_CHECK;

#endif
