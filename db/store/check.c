/* Running the rules of check.def, and the audit's chain after them. */
#include "db/store/check.h"

#include "db/base/secret.h"
#include "db/store/audit.h"
#include "db/store/inner.h"

struct rule {
	const char *name, *sentence, *sql;
	bool each;
};

static const struct rule rules[] = {
#define CHECK(name, sentence, sql) {name, sentence, sql, false},
#define CHECK_EACH(name, sentence, sql) {name, sentence, sql, true},
#include "db/store/check.def"
#undef CHECK
#undef CHECK_EACH
};

struct run {
	struct ctx *c;
	void (*found)(void *data, const char *rule, const char *text);
	void *data;
	int n;
};

static void
report(struct run *r, const char *rule, const char *sentence,
       const char *problem)
{
	struct buf b = BUF_INIT;

	buf_addf(&b, "%s: %s", sentence, problem);
	if (r->found != NULL)
		r->found(r->data, rule, b.data);
	buf_clear(&b);
	r->n++;
}

static int
run_sql(struct run *r, const struct rule *rule, const char *sql)
{
	struct stmt *q = stmt_composed(r->c, sql);

	while (stmt_next(q))
		report(r, rule->name, rule->sentence, col_text(q, 0));
	return stmt_end(q);
}

static int
run_each(struct run *r, const struct rule *rule)
{
	int err = OK;

	for (int i = 0; i < ENTITIES && err == OK; i++) {
		const char *name = entity_of((enum entity_kind)i)->name;
		struct buf b = BUF_INIT;

		if (journal_kind(name) < 0)
			continue;
		for (const char *at = rule->sql; *at != '\0'; at++)
			if (*at == '$')
				buf_add(&b, name);
			else
				buf_addc(&b, *at);
		err = run_sql(r, rule, b.data);
		buf_clear(&b);
	}
	return err;
}

static int
run_audit(struct run *r)
{
	struct arena *a = arena_new();
	struct buf b = BUF_INIT;
	const char *why;
	int64_t bad;
	int err;

	err = audit_verify(r->c, a, NULL, NULL, NULL, &bad, &why);
	if (err == OK && bad != 0) {
		buf_addf(&b, "row %lld: %s", (long long)bad, why);
		report(r, "audit", "the audit was tampered with", b.data);
	}
	buf_clear(&b);
	arena_free(a);
	return err;
}

static int
run_text_index(struct run *r)
{
	const char *bad[TEXT_INDEXES_MAX];
	struct arena *a = arena_new();
	int n = 0, err = text_index_check(r->c, a, bad, &n);

	for (int i = 0; i < n && err == OK; i++)
		report(r, "text_index",
		       "what is searched differs from the records, run"
		       " liaisonctl reindex",
		       bad[i]);
	arena_free(a);
	return err;
}

static void
sha256(sqlite3_context *out, int n, sqlite3_value **v)
{
	char hash[SECRET_HEX + 1];
	const unsigned char *s = sqlite3_value_text(v[0]);

	(void)n;
	if (s == NULL)
		return;
	secret_sha256(s, (size_t)sqlite3_value_bytes(v[0]), hash);
	sqlite3_result_text(out, hash, -1, SQLITE_TRANSIENT);
}

int
check_functions(struct store *s)
{
	int rc = sqlite3_create_function(s->db, "sha256", 1,
	                                 SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL,
	                                 sha256, NULL, NULL);

	return store_error(s, rc);
}

int
check_run(struct ctx *c,
          void (*found)(void *data, const char *rule, const char *text),
          void *data, int *n)
{
	struct run r = {.c = c, .found = found, .data = data};
	int err = OK;

	for (size_t i = 0; i < COUNT(rules) && err == OK; i++)
		err = rules[i].each ? run_each(&r, &rules[i])
		                    : run_sql(&r, &rules[i], rules[i].sql);
	if (err == OK)
		err = run_text_index(&r);
	if (err == OK)
		err = run_audit(&r);
	if (err != OK)
		return err;
	*n = r.n;
	return OK;
}
