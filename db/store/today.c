/* site_today(): the site's day, for views of what holds today. */
#include "db/store/inner.h"

static void
site_today(sqlite3_context *out, int n, sqlite3_value **arguments)
{
	const struct store *s = sqlite3_user_data(out);
	char text[11];

	(void)n, (void)arguments;
	day_format(day_of(s->stopped.s != 0 ? s->stopped : clock_now()), text);
	sqlite3_result_text(out, text, -1, SQLITE_TRANSIENT);
}

/* Innocuous: the schema, which nobody else writes, may call it. */
int
store_today(struct store *s)
{
	int rc = sqlite3_create_function(s->db, "site_today", 0,
	                                 SQLITE_UTF8 | SQLITE_INNOCUOUS, s,
	                                 site_today, NULL, NULL);

	return store_error(s, rc);
}
