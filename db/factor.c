/*
 * Second factors. Two tables of their own, which no event keeps a copy of:
 * a secret that was replaced is gone. The account's columns that follow
 * from them are written in the same event, so that timeline, audit and the
 * sessions that show an account learn of it.
 */
#include "db/factor.h"

#include "db/account.h"
#include "db/base/i18n.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

static const struct field fields[] = {
    FIELD(factor, secret, TOKEN, N_("Secret")),
    FIELD(factor, step, INT, N_("Step")),
    FIELD_END,
};

/* Unscoped: no session reads these tables, and every function below takes
 * the acting account's own row or has asked for account.write. */
static const char sql_get[] =
    "SELECT secret, step FROM factor WHERE account = :account";
static const char sql_step[] = "UPDATE factor SET step = :step"
			       " WHERE account = :account AND step < :step";
static const char sql_set[] = "INSERT INTO factor (account, secret, step)"
			      " VALUES (:account, :secret, :step)";
static const char sql_drop[] = "DELETE FROM factor WHERE account = :account";
static const char sql_code[] =
    "INSERT INTO factor_code (account, hash)"
    " SELECT account, :hash FROM factor WHERE account = :account";
static const char sql_use[] = "DELETE FROM factor_code"
			      " WHERE account = :account AND hash = :hash";
static const char sql_codes[] =
    "DELETE FROM factor_code WHERE account = :account";
static const char sql_account[] =
    "UPDATE account SET factor_at = :at, recovery = :recovery"
    " WHERE id = :account";
static const char sql_left[] =
    "UPDATE account SET recovery ="
    " (SELECT count(*) FROM factor_code WHERE account = :account)"
    " WHERE id = :account";

static int
run(struct ctx *c, const char *sql, int64_t account, int64_t *changed)
{
	struct stmt *q = ctx_sql(c, NULL, sql);

	bind_id(q, ":account", account);
	return stmt_run(q, changed);
}

int
factor_get(struct ctx *c, struct arena *a, struct account_id account,
           struct factor *out)
{
	struct stmt *q;

	if (c->account != 0)
		return ERR_DENIED;

	q = ctx_sql(c, NULL, sql_get);
	bind_id(q, ":account", account.v);
	return stmt_one(q, a, fields, out);
}

int
factor_use_step(struct ctx *c, struct account_id account, int64_t step)
{
	struct stmt *q;
	int64_t changed = 0;
	int err;

	if (c->account != 0)
		return ERR_DENIED;

	err = store_begin(c->store);
	if (err != OK)
		return err;
	q = ctx_sql(c, NULL, sql_step);
	bind_id(q, ":account", account.v);
	bind_int(q, ":step", step);
	err = stmt_run(q, &changed);
	if (err == OK && changed == 0)
		err = ERR_DENIED;
	if (err == OK)
		return store_commit(c->store);
	store_rollback(c->store);
	return err;
}

/* --- the acting account's own -------------------------------------------- */

static int
begin(struct ctx *c, enum action action, int64_t account)
{
	struct arena *a = arena_new();
	struct account row;
	int err = account_get(c, a, (struct account_id){account}, &row);

	if (err == OK)
		err =
		    event_begin(c, action, ENTITY_ACCOUNT, account, row.unit.v);
	arena_free(a);
	return err;
}

static int
write_account(struct ctx *c, int64_t account, bool exists)
{
	struct stmt *q = ctx_sql(c, NULL, sql_account);

	bind_id(q, ":account", account);
	bind_time(q, ":at", exists ? ctx_now(c) : (struct instant){0});
	bind_int(q, ":recovery", exists ? OTP_RECOVERY : 0);
	return stmt_run(q, NULL);
}

/* Nothing was there to change: what of says. */
static int
change(struct ctx *c, const char *sql, const char *hash, int of)
{
	struct stmt *q = ctx_sql(c, NULL, sql);
	int64_t changed = 0;
	int err;

	bind_id(q, ":account", c->account);
	bind_text(q, ":hash", hash);
	err = stmt_run(q, &changed);
	return err == OK && changed == 0 ? of : err;
}

static int
write_codes(struct ctx *c, const struct factor_codes *codes)
{
	int err = run(c, sql_codes, c->account, NULL);

	for (int i = 0; err == OK && i < OTP_RECOVERY; i++)
		err = change(c, sql_code, codes->hash[i], ERR_NOT_FOUND);
	return err;
}

static int
write_set(struct ctx *c, const struct factor *factor,
          const struct factor_codes *codes)
{
	struct stmt *q;
	int err = run(c, sql_codes, c->account, NULL);

	if (err == OK)
		err = run(c, sql_drop, c->account, NULL);
	if (err != OK)
		return err;
	q = ctx_sql(c, NULL, sql_set);
	bind_id(q, ":account", c->account);
	bind_text(q, ":secret", factor->secret);
	bind_int(q, ":step", factor->step);
	err = stmt_run(q, NULL);
	if (err == OK)
		err = write_codes(c, codes);
	return err == OK ? write_account(c, c->account, true) : err;
}

int
factor_set(struct ctx *c, const struct factor *factor,
           const struct factor_codes *codes)
{
	int err = begin(c, ACTION_ACCOUNT_FACTOR, c->account);

	return err == OK ? event_end(c, write_set(c, factor, codes)) : err;
}

static int
write_renewed(struct ctx *c, const struct factor_codes *codes)
{
	int err = write_codes(c, codes);

	return err == OK ? run(c, sql_left, c->account, NULL) : err;
}

int
factor_renew(struct ctx *c, const struct factor_codes *codes)
{
	int err = begin(c, ACTION_ACCOUNT_RECOVERY, c->account);

	return err == OK ? event_end(c, write_renewed(c, codes)) : err;
}

int
factor_use_code(struct ctx *c, const char *hash)
{
	int err = begin(c, ACTION_ACCOUNT_RECOVERED, c->account);

	if (err != OK)
		return err;
	err = change(c, sql_use, hash, ERR_DENIED);
	if (err == OK)
		err = run(c, sql_left, c->account, NULL);
	return event_end(c, err);
}

/* --- its end ------------------------------------------------------------- */

static int
write_none(struct ctx *c, int64_t account, int of)
{
	int64_t changed = 0;
	int err = run(c, sql_codes, account, NULL);

	if (err == OK)
		err = run(c, sql_drop, account, &changed);
	if (err == OK && changed == 0)
		err = of;
	return err == OK ? write_account(c, account, false) : err;
}

int
factor_drop(struct ctx *c)
{
	int err = begin(c, ACTION_ACCOUNT_FACTOR_DROP, c->account);

	if (err != OK)
		return err;
	return event_end(c, write_none(c, c->account, ERR_NOT_FOUND));
}

int
factor_reset(struct ctx *c, struct account_id account)
{
	int err;

	/* who has just the one session that it was shown in could be rid of
	 * it for good: one's own is removed with a code */
	if (!may(c, PERM_ACCOUNT_WRITE) || account.v == c->account)
		return ERR_DENIED;

	err = begin(c, ACTION_ACCOUNT_FACTOR_RESET, account.v);
	if (err != OK)
		return err;
	return event_end(c, write_none(c, account.v, ERR_STATE));
}
