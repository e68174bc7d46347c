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
	COMMENT_SQL_OF_ARTICLE
};

extern const struct field law_comment_fields[];

#endif
