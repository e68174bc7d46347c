/* The ledger: what was typed, and what screens said about it. Compared with
 * SQL of its own, not with the code that wrote. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "tests/soak/soak.h"

static const char count_sql[] =
    "SELECT count(*) FROM activity WHERE title = ?1";

struct entry *
ledger_add(const struct soak *s, int writer)
{
	int i = s->shared->entries++;
	struct entry *e = &s->shared->ledger[i % ENTRIES_MAX];

	if (i >= ENTRIES_MAX)
		fault(s, "the ledger is full");
	(void)snprintf(e->title, sizeof(e->title), "soak-%u-%d-%d", s->seed,
	               writer, i);
	e->state = ENTRY_TYPED;
	return e;
}

static void
compare(const struct soak *s, const struct entry *e, int rows)
{
	static const struct {
		int least, most;
		const char *how;
	} right[] = {
	    [ENTRY_TYPED] = {0, 0, "never saved"},
	    [ENTRY_ASKED] = {0, 1, "asked to be saved"},
	    [ENTRY_SAVED] = {1, 1, "acknowledged"},
	};
	int state = e->state;

	if (rows < right[state].least || rows > right[state].most)
		fault(s, "%s: %s, and is there %d times", e->title,
		      right[state].how, rows);
}

static void
compare_all(const struct soak *s, sqlite3_stmt *q)
{
	int states[ENTRY_SAVED + 1] = {0}, n = s->shared->entries;

	for (int i = 0; i < n && i < ENTRIES_MAX; i++) {
		const struct entry *e = &s->shared->ledger[i];
		int rows = -1;

		(void)sqlite3_bind_text(q, 1, e->title, -1, SQLITE_STATIC);
		if (sqlite3_step(q) == SQLITE_ROW)
			rows = sqlite3_column_int(q, 0);
		(void)sqlite3_reset(q);
		compare(s, e, rows);
		states[e->state]++;
	}
	printf("ledger: %d acknowledged, %d without an answer, %d given up\n",
	       states[ENTRY_SAVED], states[ENTRY_ASKED], states[ENTRY_TYPED]);
	if (states[ENTRY_SAVED] == 0)
		fault(s, "nothing was written");
}

static void
check_integrity(const struct soak *s, sqlite3 *db)
{
	sqlite3_stmt *q = NULL;
	const char *text = "no answer";

	if (sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &q, NULL) ==
	        SQLITE_OK &&
	    sqlite3_step(q) == SQLITE_ROW)
		text = (const char *)sqlite3_column_text(q, 0);
	if (strcmp(text, "ok") != 0)
		fault(s, "integrity: %s", text);
	(void)sqlite3_finalize(q);
}

void
ledger_compare(const struct soak *s, const char *database)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *q = NULL;

	if (sqlite3_open_v2(database, &db, SQLITE_OPEN_READWRITE, NULL) ==
	        SQLITE_OK &&
	    sqlite3_prepare_v2(db, count_sql, -1, &q, NULL) == SQLITE_OK) {
		check_integrity(s, db);
		compare_all(s, q);
	} else {
		fault(s, "the database cannot be read");
	}
	(void)sqlite3_finalize(q);
	(void)sqlite3_close(db);
}
