/* Telephones and PINs. Invitations and hashes of PINs lie in tables of their
 * own, which no event keeps a copy of. */
#include "db/phone.h"

#include <string.h>

#include "db/account.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/setting.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

static const struct field fields[] = {
    FIELD(phone, id, REF, N_("Number"), .readonly = true),
    FIELD(phone, account, REF, N_("Account"), .readonly = true),
    FIELD(phone, label, TEXT, N_("Bound telephone"), .max = PHONE_LABEL_MAX),
    FIELD(phone, bound_at, TIME, N_("Bound"), .readonly = true),
    FIELD(phone, seen, BOOL, N_("Confirmed"), .readonly = true),
    FIELD_END,
};

static const struct field pin_fields[] = {
    FIELD(pin, account, REF, N_("Account")),
    FIELD(pin, hash, TOKEN, N_("Sign-in PIN")),
    FIELD_END,
};

enum { SQL_LIST, SQL_GET, SQL_COUNT, SQL_ADD, SQL_SEE, SQL_DROP };

#define COLUMNS "SELECT id, account, label, bound_at, seen FROM phone"

static const char *const sql[] = {
    [SQL_LIST] = COLUMNS " WHERE account = :account AND @scope ORDER BY id",
    [SQL_GET] = COLUMNS " WHERE id = :id AND @scope",
    [SQL_COUNT] = "SELECT count(*) FROM phone WHERE account = :account"
		  "   AND @scope",
    [SQL_ADD] = "INSERT INTO phone (id, account, label, hash, bound_at)"
		" VALUES (:id, :account, :label, :hash, :now)",
    [SQL_SEE] = "UPDATE phone SET seen = 1 WHERE id = :id AND @scope",
    [SQL_DROP] = "DELETE FROM phone WHERE id = :id AND @scope",
};

#define OWN                                                                    \
	"phone.account IN"                                                     \
	" (SELECT a.id FROM account AS a WHERE a.person = :me)"

static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1", /* for account.write only: the functions see to it */
    [SCOPE_UNIT] = OWN,   [SCOPE_STATION] = OWN,
    [SCOPE_SELF] = OWN,   [SCOPE_ASSIGNED] = OWN,
};

const struct entity entity_phone = {
    .kind = ENTITY_PHONE,
    .name = "phone",
    .label = N_("Bound telephone"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = COUNT(sql),
    .secret = true,
};

/* Unscoped: read in a system context only, or of the acting account. */
static const char sql_of_hash[] =
    "SELECT account, id FROM phone WHERE hash = :hash";
static const char sql_known[] =
    "SELECT account FROM phone WHERE hash = :hash AND bound_at > :now - :s";
static const char sql_invited[] = "SELECT account FROM phone_invite"
				  " WHERE hash = :hash AND valid_to >= :now";
static const char sql_invite[] =
    "INSERT INTO phone_invite (account, hash, valid_to)"
    " VALUES (:account, :hash, :valid_to) ON CONFLICT (account)"
    " DO UPDATE SET hash = :hash, valid_to = :valid_to";
static const char sql_use[] =
    "DELETE FROM phone_invite WHERE account = :account"
    " AND hash = :hash AND valid_to >= :now";
static const char sql_forget[] = "DELETE FROM phone WHERE id = :id";
static const char sql_pin_at[] =
    "SELECT pin_at FROM account WHERE id = :account";
static const char sql_set_pin_at[] =
    "UPDATE account SET pin_at = :at WHERE id = :account";
static const char sql_drop_pin[] =
    "DELETE FROM account_pin WHERE account = :account";
static const char sql_pin[] =
    "INSERT INTO account_pin (account, hash) VALUES (:account, :hash)";
static const char sql_pins[] =
    "SELECT a.id AS account, p.hash AS hash"
    "  FROM account AS a JOIN account_pin AS p ON p.account = a.id"
    " WHERE a.name = :name AND a.disabled_at IS NULL"
    " UNION ALL "
    "SELECT a.id, p.hash FROM person AS o JOIN account AS a ON a.person = o.id"
    "  JOIN account_pin AS p ON p.account = a.id"
    " WHERE o.name = :name AND a.disabled_at IS NULL"
    "   AND NOT EXISTS (SELECT 1 FROM account AS b WHERE b.name = :name)";

/* --- what they are --------------------------------------------------- */

/* Kinds of telephones and browsers by what they say; the first that fits. */
static const char *const kinds[] = {"HarmonyOS", "iPhone",   "iPad", "Android",
                                    "Windows",   "Mac OS X", "Linux"};

const char *
phone_label(struct arena *a, const char *browser)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strstr(browser, kinds[i]) != NULL)
			return arena_strdup(a, kinds[i]);
	return "-";
}

/* Six equal digits, or a row of them up or down, are the first to be tried. */
const char *
phone_pin_fault(const char *pin)
{
	size_t n = strlen(pin);
	bool row = true;

	if (strspn(pin, "0123456789") != n || n < PIN_LEAST || n > PIN_MOST)
		return N_("A PIN is 6 to 12 digits.");
	for (size_t i = 2; i < n; i++)
		if (pin[i] - pin[i - 1] != pin[1] - pin[0])
			row = false;
	if (row && pin[1] - pin[0] >= -1 && pin[1] - pin[0] <= 1)
		return N_("That PIN is the first one to be guessed; please "
		          "choose another.");
	return NULL;
}

/* --- one's own
 * ---------------------------------------------------------------- */

int
phone_list(struct ctx *c, struct arena *a, struct account_id account,
           struct phone **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_ACCOUNT_READ) && account.v != c->account)
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_phone, SQL_LIST);
	bind_id(q, ":account", account.v);
	return stmt_all(q, a, fields, sizeof(**rows), PHONE_MOST, rows, n);
}

static int
account_unit(struct ctx *c, int64_t account, int64_t *unit)
{
	struct arena *a = arena_new();
	struct account row;
	int err = account_get(c, a, (struct account_id){account}, &row);

	if (err == OK)
		*unit = row.unit.v;
	arena_free(a);
	return err;
}

static int
begin(struct ctx *c, enum action action, int64_t account)
{
	int64_t unit = 0;
	int err = account_unit(c, account, &unit);

	return err == OK ? event_begin(c, action, ENTITY_ACCOUNT, account, unit)
	                 : err;
}

/* Read the row, see that the acting hat may, and run q_of on it. */
static int
change(struct ctx *c, struct phone_id id, enum action action, int which)
{
	struct stmt *q = ctx_stmt(c, &entity_phone, SQL_GET);
	struct arena *a = arena_new();
	struct phone row;
	int err;

	bind_id(q, ":id", id.v);
	err = stmt_one(q, a, fields, &row);
	if (err == OK && row.account.v != c->account &&
	    (!may(c, PERM_ACCOUNT_WRITE) || which == SQL_SEE))
		err = ERR_DENIED;
	if (err == OK)
		err = begin(c, action, row.account.v);
	arena_free(a);
	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_phone, which);
	bind_id(q, ":id", id.v);
	return event_end(c, stmt_run(q, NULL));
}

int
phone_drop(struct ctx *c, struct phone_id id)
{
	return change(c, id, ACTION_PHONE_DROP, SQL_DROP);
}

int
phone_see(struct ctx *c, struct phone_id id)
{
	return change(c, id, ACTION_PHONE_SEE, SQL_SEE);
}

static int
check_room(struct ctx *c)
{
	struct stmt *q = ctx_stmt(c, &entity_phone, SQL_COUNT);
	int64_t n = 0, most = 0;
	int err;

	bind_id(q, ":account", c->account);
	err = stmt_int(q, &n);
	if (err == OK)
		err = setting_number(c, "phone.most", 2, &most);
	return err == OK && n >= most ? ERR_LIMIT : err;
}

static int
write_invite(struct ctx *c, const char *hash, struct instant valid_to)
{
	struct stmt *q;
	int err = store_begin(c->store);

	if (err != OK)
		return err;
	q = ctx_sql(c, NULL, sql_invite);
	bind_id(q, ":account", c->account);
	bind_text(q, ":hash", hash);
	bind_time(q, ":valid_to", valid_to);
	err = stmt_run(q, NULL);
	if (err == OK)
		return store_commit(c->store);
	store_rollback(c->store);
	return err;
}

int
phone_invite(struct ctx *c, char token[SECRET_TOKEN + 1],
             struct instant *valid_to)
{
	char hash[SECRET_HEX + 1], fresh[SECRET_TOKEN + 1];
	struct instant until = ctx_now(c);
	int64_t minutes;
	int err;

	if (c->account <= 0 || c->locked)
		return ERR_DENIED;

	err = check_room(c);
	if (err == OK)
		err = setting_number(c, "phone.minutes", 10, &minutes);
	if (err != OK)
		return err;
	secret_token(fresh);
	secret_sha256(fresh, SECRET_TOKEN, hash);
	until.s += minutes * 60;
	err = write_invite(c, hash, until);
	if (err == OK) {
		memcpy(token, fresh, sizeof(fresh));
		*valid_to = until;
	}
	secret_wipe(fresh, sizeof(fresh));
	return err;
}

int
phone_pin_at(struct ctx *c, struct instant *at)
{
	struct stmt *q;
	int err;

	if (c->account <= 0)
		return ERR_DENIED;

	q = ctx_sql(c, NULL, sql_pin_at);
	bind_id(q, ":account", c->account);
	err = stmt_int(q, &at->s);
	return err == ERR_NOT_FOUND ? ERR_DENIED : err;
}

/* --- for liaison-auth
 * ---------------------------------------------------------- */

static int
write_pin(struct ctx *c, const char *hash)
{
	bool some = *hash != '\0';
	struct stmt *q = ctx_sql(c, NULL, sql_drop_pin);
	int err;

	bind_id(q, ":account", c->account);
	err = stmt_run(q, NULL);
	if (err == OK && some) {
		q = ctx_sql(c, NULL, sql_pin);
		bind_id(q, ":account", c->account);
		bind_text(q, ":hash", hash);
		err = stmt_run(q, NULL);
	}
	if (err != OK)
		return err;
	q = ctx_sql(c, NULL, sql_set_pin_at);
	bind_id(q, ":account", c->account);
	bind_time(q, ":at", some ? ctx_now(c) : (struct instant){0});
	return stmt_run(q, NULL);
}

int
phone_pin(struct ctx *c, const char *hash)
{
	int err;

	if (c->account <= 0 || strlen(hash) >= SECRET_PASSWORD)
		return ERR_DENIED;

	err = begin(c, ACTION_ACCOUNT_PIN, c->account);
	return err == OK ? event_end(c, write_pin(c, hash)) : err;
}

int
phone_pins(struct ctx *c, struct arena *a, const char *name, struct pin **rows,
           int *n)
{
	struct stmt *q;

	if (c->account != 0)
		return ERR_DENIED;

	q = ctx_sql(c, NULL, sql_pins);
	bind_text(q, ":name", name);
	return stmt_all(q, a, pin_fields, sizeof(**rows), PIN_NAMESAKES, rows,
	                n);
}

int
phone_account(struct ctx *c, const char *hash, struct account_id *out)
{
	struct stmt *q;

	if (c->account != 0)
		return ERR_DENIED;

	q = ctx_sql(c, NULL, sql_known);
	bind_text(q, ":hash", hash);
	bind_int(q, ":s", PHONE_DAYS * 86400);
	return stmt_int(q, &out->v);
}

int
phone_invited(struct ctx *c, const char *hash, struct account_id *out)
{
	struct stmt *q;

	if (c->account != 0)
		return ERR_DENIED;

	q = ctx_sql(c, NULL, sql_invited);
	bind_text(q, ":hash", hash);
	return stmt_int(q, &out->v);
}

/* One telephone, one person: whoever had it before has it no longer. */
static int
forget_before(struct ctx *c, const char *hash)
{
	struct stmt *q = ctx_sql(c, NULL, sql_of_hash);
	int64_t account = 0, id = 0;
	int err;

	bind_text(q, ":hash", hash);
	if (stmt_next(q)) {
		account = col_int(q, 0);
		id = col_int(q, 1);
	}
	err = stmt_end(q);
	if (err != OK || id == 0)
		return err;
	event_about(c, ENTITY_ACCOUNT, account);
	q = ctx_sql(c, NULL, sql_forget);
	bind_id(q, ":id", id);
	return stmt_run(q, NULL);
}

static int
write_bound(struct ctx *c, const struct phone_bind *wish)
{
	struct stmt *q = ctx_sql(c, NULL, sql_use);
	int64_t used = 0;
	int err;

	bind_id(q, ":account", c->account);
	bind_text(q, ":hash", wish->invite);
	err = stmt_run(q, &used);
	if (err == OK && used == 0)
		err = ERR_NOT_FOUND;
	if (err == OK)
		err = forget_before(c, wish->before);
	if (err == OK)
		err = check_room(c);
	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_phone, SQL_ADD);
	bind_id(q, ":id", ctx_new_id(c, &entity_phone));
	bind_id(q, ":account", c->account);
	bind_text(q, ":label", wish->label);
	bind_text(q, ":hash", wish->secret);
	return stmt_run(q, NULL);
}

int
phone_bind(struct ctx *c, const struct phone_bind *wish)
{
	int err;

	if (c->account <= 0)
		return ERR_DENIED;
	if (text_length(wish->label) > PHONE_LABEL_MAX)
		return ERR_TOO_LONG;

	err = begin(c, ACTION_PHONE_BIND, c->account);
	return err == OK ? event_end(c, write_bound(c, wish)) : err;
}
