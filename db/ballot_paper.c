/*
 * The papers of a ballot: the only code that touches them. They are kept so
 * that who has the database cannot tell whose is whose:
 *   - a row is the ballot, a random key and the marks, and nothing else;
 *   - with every vote all papers of the ballot are taken out and written
 *     anew, under new keys and in an order drawn by lot, because a page of
 *     the file keeps its rows where they were put: the places of rows that
 *     were only ever added are the order of voting;
 *   - what is taken out is overwritten (secure_delete).
 * What they cannot hide: who copies the write-ahead log, or the database
 * twice, while a ballot is open, sees which paper was added in between.
 * db/ballot_act.c moves the log into the database when the ballot closes.
 */
#include <string.h>

#include "db/ballot_in.h"
#include "db/base/secret.h"

static const char sql_read[] =
    "SELECT marks FROM ballot_paper WHERE ballot = :ballot ORDER BY key";
static const char sql_drop[] =
    "DELETE FROM ballot_paper WHERE ballot = :ballot";
static const char sql_add[] = "INSERT INTO ballot_paper (ballot, key, marks)"
			      " VALUES (:ballot, :key, :marks)";

/* The papers with room for one more. */
static int
read_all(struct ctx *c, struct arena *a, struct ballot_id id,
         const char ***papers, int *n)
{
	struct stmt *q = ctx_sql(c, NULL, sql_read);
	int err;

	*papers = arena_alloc(a, (BALLOT_VOTERS_MAX + 1) * sizeof(**papers));
	bind_id(q, ":ballot", id.v);
	for (*n = 0; *n < BALLOT_VOTERS_MAX && stmt_next(q); ++*n)
		(*papers)[*n] = arena_strdup(a, col_text(q, 0));
	err = stmt_end(q);
	return err == OK && *n == BALLOT_VOTERS_MAX ? ERR_LIMIT : err;
}

static void
shuffle(const char **papers, int n)
{
	for (int i = n - 1; i > 0; i--) {
		int j = (int)secret_below((unsigned)i + 1);
		const char *was = papers[i];

		papers[i] = papers[j];
		papers[j] = was;
	}
}

static int
write_one(struct ctx *c, struct ballot_id id, const char *marks)
{
	struct stmt *q = ctx_sql(c, NULL, sql_add);
	char key[SECRET_TOKEN + 1];

	secret_token(key);
	bind_id(q, ":ballot", id.v);
	bind_text(q, ":key", key);
	bind_text(q, ":marks", marks);
	return stmt_run(q, NULL);
}

int
ballot_paper_drop(struct ctx *c, struct ballot_id id)
{
	struct stmt *q;
	int err = store_exec(c->store, "PRAGMA secure_delete = ON");

	if (err != OK)
		return err;
	q = ctx_sql(c, NULL, sql_drop);
	bind_id(q, ":ballot", id.v);
	return stmt_run(q, NULL);
}

int
ballot_paper_add(struct ctx *c, struct ballot_id id, const char *marks)
{
	struct arena *a = arena_new();
	const char **papers;
	int n, err = read_all(c, a, id, &papers, &n);

	if (err == OK)
		err = ballot_paper_drop(c, id);
	if (err != OK)
		goto done;
	papers[n++] = marks;
	shuffle(papers, n);
	for (int i = 0; err == OK && i < n; i++)
		err = write_one(c, id, papers[i]);
done:
	arena_free(a);
	return err;
}

int
ballot_paper_count(struct ctx *c, struct ballot_id id,
                   const struct ballot_terms *terms, struct ballot_result *r)
{
	struct arena *a = arena_new();
	const char **papers;
	int n, err = read_all(c, a, id, &papers, &n);

	memset(r, 0, sizeof(*r));
	for (int i = 0; err == OK && i < n; i++)
		ballot_count_add(terms, papers[i], r);
	if (err == OK)
		ballot_count_end(terms, r);
	arena_free(a);
	return err;
}
