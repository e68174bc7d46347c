/* Settings: numbers and words that an administrator edits, in a table. */
#include "db/setting.h"

#include "db/store/stmt.h"

static const char sql_number[] =
    "SELECT CAST(value AS INTEGER) FROM setting WHERE name = :name";

int
setting_number(struct ctx *c, const char *name, int64_t otherwise, int64_t *out)
{
	struct stmt *q = ctx_sql(c, NULL, sql_number);
	int err;

	bind_text(q, ":name", name);
	err = stmt_int(q, out);
	if (err == ERR_NOT_FOUND) {
		*out = otherwise;
		err = OK;
	}
	return err;
}
