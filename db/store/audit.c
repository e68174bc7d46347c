/* The chain: every row's hash covers the row and the hash before it. */
#include "db/store/audit.h"

#include <string.h>

#include "db/base/i18n.h"
#include "db/base/secret.h"
#include "db/store/inner.h"

/* clang-format off */
static const struct field fields[] = {
	FIELD(audit, seq,     INT,   N_("Number"),  .readonly = true),
	FIELD(audit, at,      TIME,  N_("Time"),    .readonly = true),
	FIELD(audit, account, INT,   N_("Account"), .readonly = true),
	FIELD(audit, office,  INT,   N_("Office"),  .readonly = true),
	FIELD(audit, event,   INT,   N_("Event"),   .readonly = true),
	FIELD(audit, action,  TOKEN, N_("Action"),  .readonly = true),
	FIELD(audit, detail,  LINES, N_("Detail"),  .readonly = true),
	FIELD_END,
};
/* clang-format on */

/* Only the county's auditor has the permission to read it. */
static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
};

enum { SQL_ADD, SQL_SIGN, SQL_ALL, SQL_SIGNED };

static const char *const sql[] = {
    [SQL_ADD] = "INSERT INTO audit (seq, at, account, office, event, action,"
		" detail, prev, hash) VALUES (:seq, :at, :account, :office,"
		" :event, :action, :detail, :prev, :hash)",
    [SQL_SIGN] = "INSERT INTO audit_sign (seq, at, hash, signature)"
		 " VALUES (:seq, :now, :hash, :signature)"
		 " ON CONFLICT DO NOTHING",
    [SQL_ALL] = "SELECT seq, at, account, office, event, action, detail,"
		" prev, hash FROM audit WHERE @scope ORDER BY seq",
    [SQL_SIGNED] = "SELECT s.seq, s.hash, s.signature, audit.hash"
		   "  FROM audit_sign AS s LEFT JOIN audit USING (seq)"
		   " WHERE audit.seq IS NULL OR @scope ORDER BY s.seq",
};

const struct entity entity_audit = {
    .kind = ENTITY_AUDIT,
    .name = "audit",
    .label = N_("Audit"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = COUNT(sql),
};

/* What is hashed. Lengths stand before the texts, so that no byte can move
 * from one column to the next. 0 stands for no account, office or event;
 * ids begin at 1. */
static void
row_hash(struct buf *b, const struct audit *row, const char *prev,
         char out[SECRET_HEX + 1])
{
	buf_truncate(b, 0);
	buf_addf(b, "%s\n%lld\n%lld\n%lld\n%lld\n%lld\n", prev,
	         (long long)row->seq, (long long)row->at.s,
	         (long long)row->account, (long long)row->office,
	         (long long)row->event);
	buf_addf(b, "%zu:%s\n%zu:", strlen(row->action), row->action,
	         strlen(row->detail));
	buf_add(b, row->detail);
	secret_sha256(b->data, b->len, out);
}

/* The writer sees the head whatever its own scope is: the chain is the
 * store's, only reading it is a right. */
static int
read_head(struct store *s, struct audit_head *out)
{
	static const char text[] = "SELECT seq, hash FROM audit"
				   " WHERE seq = (SELECT max(seq) FROM audit)";
	struct stmt *q = store_stmt(s, text);
	struct audit_head head = {0};

	if (stmt_next(q)) {
		head.seq = col_int(q, 0);
		strncat(head.hash, col_text(q, 1), sizeof(head.hash) - 1);
	}
	if (q->err == OK)
		*out = head;
	return stmt_end(q);
}

int
audit_add(struct ctx *c, int64_t event, const char *action, const char *detail)
{
	struct audit row = {.at = ctx_now(c),
	                    .account = c->account,
	                    .office = c->office,
	                    .event = event,
	                    .action = action,
	                    .detail = detail};
	char hash[SECRET_HEX + 1];
	struct audit_head head = {0};
	struct stmt *q;
	int err;

	err = read_head(c->store, &head);
	if (err != OK)
		return err;
	row.seq = head.seq + 1;
	row_hash(&c->store->scratch2, &row, head.hash, hash);

	q = store_stmt(c->store, sql[SQL_ADD]);
	bind_int(q, ":seq", row.seq);
	bind_time(q, ":at", row.at);
	bind_id(q, ":account", row.account);
	bind_id(q, ":office", row.office);
	bind_id(q, ":event", row.event);
	bind_text(q, ":action", action);
	bind_text(q, ":detail", detail);
	bind_text(q, ":prev", head.hash);
	bind_text(q, ":hash", hash);
	return stmt_run(q, NULL);
}

int
audit_head(struct ctx *c, struct audit_head *out)
{
	return read_head(c->store, out);
}

int
audit_sign_add(struct ctx *c, const struct audit_head *head,
               const char *signature)
{
	struct stmt *q;
	int err;

	err = store_begin(c->store);
	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_audit, SQL_SIGN);
	bind_int(q, ":seq", head->seq);
	bind_text(q, ":hash", head->hash);
	bind_text(q, ":signature", signature);
	err = stmt_run(q, NULL);
	if (err == OK)
		return store_commit(c->store);
	store_rollback(c->store);
	return err;
}

/* Column is what it was written as: NULL for none, never 0. */
static bool
is_plain(struct stmt *q)
{
	for (int i = 2; i <= 4; i++)
		if (!col_is_null(q, i) && col_int(q, i) == 0)
			return false;
	return true;
}

static const char *
row_fault(struct stmt *q, const struct audit_head *last)
{
	struct audit row = {.seq = col_int(q, 0),
	                    .at = {col_int(q, 1)},
	                    .account = col_int(q, 2),
	                    .office = col_int(q, 3),
	                    .event = col_int(q, 4),
	                    .action = col_text(q, 5),
	                    .detail = col_text(q, 6)};
	char hash[SECRET_HEX + 1];

	if (row.seq != last->seq + 1)
		return N_("a row is missing before this one");
	if (strcmp(col_text(q, 7), last->hash) != 0)
		return N_("it does not follow the row before it");
	row_hash(&q->store->scratch2, &row, last->hash, hash);
	if (!is_plain(q) || strcmp(hash, col_text(q, 8)) != 0)
		return N_("it was changed after it was written");
	return NULL;
}

/* How far it is, now and then; false: whoever watches wants no more. */
static bool
goes_on(const struct audit_watch *watch, int64_t seq, int64_t all)
{
	enum { EACH = 256 };

	return watch == NULL || seq % EACH != 0 ||
	       watch->show(watch->data, (int)(seq * 1000 / all));
}

static int
verify_chain(struct ctx *c, const struct audit_watch *watch, int64_t *bad,
             const char **why)
{
	struct stmt *q = ctx_stmt(c, &entity_audit, SQL_ALL);
	struct audit_head last = {0}, head = {.seq = 1};
	bool stopped = false;
	int err = read_head(c->store, &head);

	while (err == OK && !stopped && *bad == 0 && stmt_next(q)) {
		*why = row_fault(q, &last);
		if (*why != NULL)
			*bad = col_int(q, 0);
		last.seq = col_int(q, 0);
		last.hash[0] = '\0';
		strncat(last.hash, col_text(q, 8), sizeof(last.hash) - 1);
		stopped = !goes_on(watch, last.seq, head.seq + 1);
	}
	if (stmt_end(q) != OK && err == OK)
		err = ERR_STORE;
	return err == OK && stopped ? ERR_STOPPED : err;
}

static int
verify_signs(struct ctx *c,
             bool (*verify)(void *data, const struct audit_head *head,
                            const char *signature),
             void *data, int64_t *bad, const char **why)
{
	struct stmt *q = ctx_stmt(c, &entity_audit, SQL_SIGNED);

	while (*bad == 0 && stmt_next(q)) {
		struct audit_head head = {.seq = col_int(q, 0)};

		strncat(head.hash, col_text(q, 1), sizeof(head.hash) - 1);
		if (col_is_null(q, 3))
			*why = N_("it was signed and is missing: the end of "
			          "the audit was cut off");
		else if (strcmp(head.hash, col_text(q, 3)) != 0)
			*why = N_("another row was signed under this number");
		else if (verify != NULL && !verify(data, &head, col_text(q, 2)))
			*why = N_("its signature is not ours");
		else
			continue;
		*bad = head.seq;
	}
	return stmt_end(q);
}

int
audit_verify(struct ctx *c, struct arena *a,
             bool (*verify)(void *data, const struct audit_head *head,
                            const char *signature),
             void *data, const struct audit_watch *watch, int64_t *bad,
             const char **why)
{
	int64_t first = 0;
	const char *reason = NULL;
	int err;

	if (!may(c, PERM_AUDIT_READ))
		return ERR_DENIED;
	err = verify_chain(c, watch, &first, &reason);
	if (err == OK && first == 0)
		err = verify_signs(c, verify, data, &first, &reason);
	if (err != OK)
		return err;
	*bad = first;
	*why = arena_strdup(a, reason != NULL ? reason : "");
	return OK;
}
