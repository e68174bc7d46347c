/*
 * What FTS5 takes from us. The tokenizer "liaison": each character that is
 * searched for is a word of its own, folded (db/base/fold.h), and what lies
 * between is nothing. So a phrase is any substring, from one character up, in
 * Chinese as in Latin letters and digits, whatever punctuation stands between.
 * And the function "fit", which says how well a row fits the phrases.
 */
#include "db/base/fold.h"
#include "db/base/text.h"
#include "db/store/inner.h"

static int
create(void *data, const char **words, int n, Fts5Tokenizer **out)
{
	(void)words, (void)n;
	*out = data; /* it has no state; FTS5 wants an address */
	return SQLITE_OK;
}

static void
forget(Fts5Tokenizer *t)
{
	(void)t;
}

static int
tokenize(Fts5Tokenizer *t, void *data, int flags, const char *text, int n,
         int (*found)(void *data, int flags, const char *token, int len,
                      int from, int to))
{
	int rc = SQLITE_OK;

	(void)t, (void)flags;
	for (int at = 0, len; at < n && rc == SQLITE_OK; at += len) {
		char token[4];
		uint32_t ch;

		len = text_decode(text + at, (size_t)(n - at), &ch);
		if (len <= 0) { /* no text: the byte is nothing */
			len = 1;
			continue;
		}
		ch = fold_char(ch);
		if (ch != 0)
			rc = found(data, 0, token, text_encode(ch, token), at,
			           at + len);
	}
	return rc;
}

enum {
	PHRASES_MAX = 32, /* more of them add nothing */
	USUAL = 200,      /* characters of a text as most are */
	UNIT = 1000000    /* a score is a whole number */
};

/* fit(index, weight of each column): as bm25() does it, each phrase counts
 * less the oftener it was met and the longer the text is; but how rare a
 * phrase is everywhere is not asked, which bm25() counts through the whole
 * index for: every phrase must be there, so it changes little. */
static void
fit(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *out, int n,
    sqlite3_value **weights)
{
	double met[PHRASES_MAX] = {0}, score = 0;
	int hits = 0, size = 0, rc = api->xInstCount(fts, &hits);

	if (rc == SQLITE_OK)
		rc = api->xColumnSize(fts, -1, &size);
	for (int i = 0; i < hits && rc == SQLITE_OK; i++) {
		int phrase, column, offset;

		rc = api->xInst(fts, i, &phrase, &column, &offset);
		if (rc == SQLITE_OK && phrase < PHRASES_MAX)
			met[phrase] +=
			    column < n ? sqlite3_value_double(weights[column])
				       : 1;
	}
	for (int i = 0; i < PHRASES_MAX; i++)
		if (met[i] > 0)
			score += met[i] / (met[i] + 0.3 + 0.9 * size / USUAL);
	if (rc == SQLITE_OK)
		sqlite3_result_int64(out, (int64_t)(score * UNIT));
	else
		sqlite3_result_error_code(out, rc);
}

static fts5_api *
api_of(struct store *s)
{
	fts5_api *api = NULL;
	sqlite3_stmt *q;

	if (sqlite3_prepare_v2(s->db, "SELECT fts5(?1)", -1, &q, NULL) !=
	    SQLITE_OK)
		return NULL;
	sqlite3_bind_pointer(q, 1, &api, "fts5_api_ptr", NULL);
	sqlite3_step(q);
	sqlite3_finalize(q);
	return api;
}

int
store_tokenizer(struct store *s)
{
	static fts5_tokenizer functions = {create, forget, tokenize};
	fts5_api *api = api_of(s);
	int rc;

	if (api == NULL)
		return store_fail(s, ERR_STORE, "SQLite has no FTS5");
	rc = api->xCreateTokenizer(api, "liaison", s, &functions, NULL);
	if (rc == SQLITE_OK)
		rc = api->xCreateFunction(api, "fit", NULL, fit, NULL);
	return store_error(s, rc);
}
