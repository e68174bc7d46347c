/*
 * FTS5's tokenizer "liaison": each character that is searched for is a word
 * of its own, folded (db/base/fold.h), and what lies between is nothing. So
 * a phrase is any substring, from one character up, in Chinese as in Latin
 * letters and digits, whatever punctuation stands between.
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

	if (api == NULL)
		return store_fail(s, ERR_STORE, "SQLite has no FTS5");
	return store_error(s, api->xCreateTokenizer(api, "liaison", s,
	                                            &functions, NULL));
}
