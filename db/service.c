/* Rights and traces of looking after the service. */
#include "db/service.h"

#include "db/account.h"
#include "db/base/i18n.h"
#include "db/base/json.h"
#include "db/base/text.h"
#include "db/entry.h"
#include "db/store/audit.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

enum { REASON_MAX = 200 };

int
service_may_see(const struct ctx *c)
{
	return may(c, PERM_ACCOUNT_READ) ? OK : ERR_DENIED;
}

int
service_may_end(const struct ctx *c, struct account_id of)
{
	return may(c, PERM_ACCOUNT_WRITE) || (of.v != 0 && of.v == c->account)
	           ? OK
	           : ERR_DENIED;
}

int
service_session_ended(struct ctx *c, struct account_id of, const char *reason)
{
	struct account account;
	struct arena *a;
	int err = service_may_end(c, of);

	if (err != OK)
		return err;

	a = arena_new();
	err = account_get(c, a, of, &account);
	if (err != OK)
		goto done;
	ctx_check_begin(c);
	reason =
	    entry_text(c, a, "reason", reason, TEXT_LINE, REASON_MAX, true);
	err = ctx_check_end(c);
	if (err == OK)
		err = event_begin(c, ACTION_SESSION_END, ENTITY_ACCOUNT, of.v,
		                  account.unit.v);
	if (err == OK) {
		event_reason(c, reason);
		err = event_end(c, OK);
	}
done:
	arena_free(a);
	return err;
}

/* --- penalties ----------------------------------------------------------- */

static int
write_forgiven(struct ctx *c, struct arena *a, const char *name,
               const char *source)
{
	struct json *detail = json_new_object();
	struct account account;
	int err = OK;

	json_set_text(detail, "source", source);
	if (name[0] != '\0') {
		err = account_named(c, a, name, &account);
		if (err == OK)
			json_set_int(detail, "account", account.id.v);
		else if (err == ERR_NOT_FOUND)
			err = OK;
	}
	if (err == OK)
		err = audit_add(c, 0, "penalty.forgive", json_print(detail, a));
	json_free(detail);
	return err;
}

int
service_forgiven(struct ctx *c, const char *name, const char *source)
{
	struct arena *a;
	int err;

	if (!may(c, PERM_ACCOUNT_WRITE))
		return ERR_DENIED;
	err = store_begin(c->store);
	if (err != OK)
		return err;
	a = arena_new();
	err = write_forgiven(c, a, name, source);
	arena_free(a);
	if (err == OK)
		return store_commit(c->store);
	store_rollback(c->store);
	return err;
}

/* --- seen ---------------------------------------------------------------- */

static const char sql_seen[] = "SELECT at FROM account_seen"
			       " WHERE account = :account";
static const char sql_see[] =
    "INSERT INTO account_seen (account, at) VALUES (:account, :now)"
    " ON CONFLICT (account) DO UPDATE SET at = :now";

/* Whether today's sign-in is written already, or cannot be read. */
static bool
is_seen(struct ctx *c)
{
	struct stmt *q = ctx_sql(c, NULL, sql_seen);
	struct instant at = {0};
	int err;

	bind_id(q, ":account", c->account);
	err = stmt_int(q, &at.s);
	return err == ERR_NOT_FOUND
	           ? false
	           : err != OK || day_compare(day_of(at), ctx_today(c)) >= 0;
}

void
service_seen(struct ctx *c)
{
	struct stmt *q;
	int err;

	if (c->account == 0 || is_seen(c) || store_begin(c->store) != OK)
		return;
	q = ctx_sql(c, NULL, sql_see);
	bind_id(q, ":account", c->account);
	err = stmt_run(q, NULL);
	if (err == OK)
		err = store_commit(c->store);
	else
		store_rollback(c->store);
	(void)err; /* it is written tomorrow */
}
