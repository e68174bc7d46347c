/* What db/law*.c share. */
#ifndef DB_LAW_IN_H
#define DB_LAW_IN_H

#include "db/law.h"
#include "db/store/stmt.h"

enum { LAW_SQL_GET, LAW_SQL_NAMED, LAW_SQL_ADD, LAW_SQL_BUMP };
enum {
	VERSION_SQL_GET,
	VERSION_SQL_LIST,
	VERSION_SQL_ADD,
	VERSION_SQL_UNIT,
	VERSION_SQL_TEXT,
	VERSION_SQL_CONTENTS,
	VERSION_SQL_WHOLE,
	VERSION_SQL_ARTICLE,
	VERSION_SQL_NAMED,
	VERSION_SQL_FIND,
	VERSION_SQL_GONE
};

extern const struct field law_version_fields[];

/* Without the blank lines around it; in a. */
const char *law_trim(struct arena *a, const char *text);

#endif
