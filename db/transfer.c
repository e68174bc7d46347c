/* One-time addresses: rows that are no records, found by a hash. */
#include "db/transfer.h"

#include <string.h>

#include "db/base/i18n.h"
#include "db/base/json.h"
#include "db/base/text.h"
#include "db/setting.h"
#include "db/store/audit.h"
#include "db/store/stmt.h"

/* So long it is still said of one that its time is over, or that it was
 * used; then it was never there. */
enum { KEPT_S = 86400 };

const struct enum_name transfer_whats[] = {
    [TRANSFER_EXPORT] = {"export", N_("List as a file")},
    [TRANSFER_ATTACHMENT] = {"attachment", N_("File of an opinion")},
    [TRANSFER_CODES] = {"codes", N_("Codes for paper")},
    [TRANSFER_DOCUMENT] = {"document", N_("Document")},
    [TRANSFER_IMPORT] = {"import", N_("File to import")},
    [TRANSFER_ATTACH] = {"attach", N_("File for an opinion")},
    [TRANSFER_LAW] = {"law", N_("Text of a draft law")},
    {NULL, NULL},
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(transfer, id,         REF,   N_("Number"), .readonly = true),
	FIELD(transfer, what,       ENUM,  N_("What"), .names = transfer_whats, .readonly = true),
	FIELD(transfer, account,    INT,   N_("Account"), .readonly = true),
	FIELD(transfer, office,     INT,   N_("Office"), .readonly = true),
	FIELD(transfer, name,       TOKEN, N_("Kind"), .max = TRANSFER_NAME, .readonly = true),
	FIELD(transfer, subject,    INT,   N_("Of"), .readonly = true),
	FIELD(transfer, args,       LINES, N_("Filter"), .max = TRANSFER_ARGS, .readonly = true),
	FIELD(transfer, label,      TEXT,  N_("Title"), .max = TRANSFER_LABEL, .readonly = true),
	FIELD(transfer, created_at, TIME,  N_("Made at"), .readonly = true),
	FIELD(transfer, expires_at, TIME,  N_("Valid until"), .readonly = true),
	FIELD(transfer, used_at,    TIME,  N_("Used"), .readonly = true),
	FIELD_END,
};
/* clang-format on */

enum { SQL_GET, SQL_ROOM, SQL_ADD, SQL_DROP };

#define COLUMNS                                                                \
	"SELECT id, what, account, office, name, subject, args, label,"        \
	" created_at, expires_at, used_at FROM transfer"

static const char *const sql[] = {
    [SQL_GET] = COLUMNS " WHERE id = :id AND @scope",
    [SQL_ROOM] = "DELETE FROM transfer WHERE id IN (SELECT id FROM transfer"
		 "   WHERE account = :account AND expires_at >= :now"
		 "     AND used_at IS NULL AND @scope"
		 "   ORDER BY expires_at DESC, id DESC"
		 "   LIMIT -1 OFFSET :others)",
    [SQL_ADD] = "INSERT INTO transfer (hash, what, account, office, name,"
		"  subject, args, label, created_at, expires_at)"
		" VALUES (:hash, :what, :account, :office, :name, :subject,"
		"  :args, :label, :created_at, :expires_at)",
    [SQL_DROP] = "DELETE FROM transfer WHERE id = :id AND used_at IS NULL"
		 "   AND @scope",
};

/* One's own, under every hat; nobody else's, whatever one may. */
#define OWN                                                                    \
	"transfer.account IN"                                                  \
	" (SELECT a.id FROM account AS a WHERE a.person = :me)"

static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = OWN, [SCOPE_UNIT] = OWN,     [SCOPE_STATION] = OWN,
    [SCOPE_SELF] = OWN,   [SCOPE_ASSIGNED] = OWN,
};

const struct entity entity_transfer = {
    .kind = ENTITY_TRANSFER,
    .name = "transfer",
    .label = N_("One-time address"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = COUNT(sql),
    .secret = true,
};

/* Unscoped: by a hash that only who has the address can name, or by a number
 * that was found so. */
static const char sql_of_hash[] = COLUMNS " WHERE hash = :hash";
static const char sql_id[] = "SELECT id FROM transfer WHERE hash = :hash";
static const char sql_tidy[] =
    "DELETE FROM transfer WHERE expires_at < :before";
static const char sql_use[] =
    "UPDATE transfer SET used_at = :now"
    " WHERE id = :id AND used_at IS NULL AND expires_at >= :now";
static const char sql_back[] =
    "UPDATE transfer SET used_at = NULL WHERE id = :id";

bool
transfer_is_up(int what)
{
	return what == TRANSFER_IMPORT || what == TRANSFER_ATTACH ||
	       what == TRANSFER_LAW;
}

/* --- making one ----------------------------------------------------------- */

static const char *
or_empty(const char *text)
{
	return text != NULL ? text : "";
}

static int
remove_old(struct ctx *c)
{
	struct stmt *q = ctx_sql(c, NULL, sql_tidy);
	struct instant before = ctx_now(c);

	before.s -= KEPT_S;
	bind_time(q, ":before", before);
	return stmt_run(q, NULL);
}

/* Room for one more: the oldest of too many are good no longer. */
static int
make_room(struct ctx *c)
{
	struct stmt *q;
	int64_t most;
	int err = setting_number(c, "transfer.most", 10, &most);

	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_transfer, SQL_ROOM);
	bind_id(q, ":account", c->account);
	bind_int(q, ":others", most - 1);
	return stmt_run(q, NULL);
}

static int
add_row(struct ctx *c, const struct transfer *row, const char *hash,
        struct transfer_id *id)
{
	struct stmt *q = ctx_stmt(c, &entity_transfer, SQL_ADD);
	int err;

	bind_text(q, ":hash", hash);
	bind_fields(q, fields, row);
	err = stmt_run(q, NULL);
	if (err != OK)
		return err;
	q = ctx_sql(c, NULL, sql_id);
	bind_text(q, ":hash", hash);
	return stmt_int(q, &id->v);
}

static int
write_row(struct ctx *c, const struct transfer *row, const char *hash,
          struct transfer_id *id)
{
	int err = store_begin(c->store);

	if (err != OK)
		return err;
	err = remove_old(c);
	if (err == OK)
		err = make_room(c);
	if (err == OK)
		err = add_row(c, row, hash, id);
	if (err == OK)
		return store_commit(c->store);
	store_rollback(c->store);
	return err;
}

int
transfer_make(struct ctx *c, const struct transfer_want *want,
              char token[SECRET_TOKEN + 1], struct transfer_id *id)
{
	struct transfer row = {
	    .what = (int)want->what,
	    .account = c->account,
	    .office = c->office,
	    .name = or_empty(want->name),
	    .subject = want->subject,
	    .args = or_empty(want->args),
	    .label = or_empty(want->label),
	    .created_at = ctx_now(c),
	    .expires_at = ctx_now(c),
	};
	char hash[SECRET_HEX + 1], fresh[SECRET_TOKEN + 1];
	struct transfer_id made = {0};
	int64_t minutes;
	int err;

	if (c->account <= 0 || c->locked)
		return ERR_DENIED;
	if (strlen(row.name) > TRANSFER_NAME ||
	    strlen(row.args) > TRANSFER_ARGS ||
	    text_length(row.label) > TRANSFER_LABEL)
		return ERR_TOO_LONG;

	err = setting_number(c, "transfer.minutes", 10, &minutes);
	if (err != OK)
		return err;
	row.expires_at.s += minutes * 60;
	secret_token(fresh);
	secret_sha256(fresh, SECRET_TOKEN, hash);
	err = write_row(c, &row, hash, &made);
	if (err == OK) {
		memcpy(token, fresh, sizeof(fresh));
		*id = made;
	}
	secret_wipe(fresh, sizeof(fresh));
	return err;
}

int
transfer_get(struct ctx *c, struct arena *a, struct transfer_id id,
             struct transfer *out)
{
	struct stmt *q = ctx_stmt(c, &entity_transfer, SQL_GET);

	bind_id(q, ":id", id.v);
	return stmt_one(q, a, fields, out);
}

int
transfer_drop(struct ctx *c, struct transfer_id id)
{
	struct stmt *q;
	int err = store_begin(c->store);

	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_transfer, SQL_DROP);
	bind_id(q, ":id", id.v);
	err = stmt_run(q, NULL);
	if (err == OK)
		return store_commit(c->store);
	store_rollback(c->store);
	return err;
}

/* --- using it ------------------------------------------------------------- */

int
transfer_find(struct ctx *c, struct arena *a, const char *token,
              struct transfer *out)
{
	struct stmt *q = ctx_sql(c, NULL, sql_of_hash);
	char hash[SECRET_HEX + 1];
	struct transfer found;
	int err;

	secret_sha256(token, strlen(token), hash);
	bind_text(q, ":hash", hash);
	err = stmt_one(q, a, fields, &found);
	if (err != OK)
		return err;
	if (found.used_at.s != 0)
		return ERR_REVOKED;
	if (found.expires_at.s < ctx_now(c).s)
		return ERR_EXPIRED;
	*out = found;
	return OK;
}

int
transfer_open(struct ctx *c, struct store *s, const struct transfer *t)
{
	return ctx_open(c, s, t->account, t->office);
}

static int
add_audit(struct ctx *c, const struct transfer *t, const char *action)
{
	struct json *detail = json_new_object();
	struct arena *a = arena_new();
	int err;

	json_set_text(detail, "what", transfer_whats[t->what].name);
	if (*t->name != '\0')
		json_set_text(detail, "name", t->name);
	if (t->subject != 0)
		json_set_int(detail, "subject", t->subject);
	err = audit_add(c, 0, action, json_print(detail, a));
	arena_free(a);
	json_free(detail);
	return err;
}

/* One statement about t that changes its row, else ERR_REVOKED, and what the
 * audit calls it; then who waits for it is woken. */
static int
change(struct ctx *c, const struct transfer *t, const char *text,
       const char *action)
{
	struct stmt *q;
	int64_t changed = 0;
	int err;

	if (c->account != t->account || c->account <= 0)
		return ERR_DENIED;
	err = store_begin(c->store);
	if (err != OK)
		return err;
	q = ctx_sql(c, NULL, text);
	bind_id(q, ":id", t->id.v);
	err = stmt_run(q, &changed);
	if (err == OK && changed == 0)
		err = ERR_REVOKED;
	if (err == OK)
		err = add_audit(c, t, action);
	if (err != OK) {
		store_rollback(c->store);
		return err;
	}
	err = store_commit(c->store);
	if (err == OK && c->committed != NULL)
		c->committed(c->committed_data, ENTITY_BIT(TRANSFER), 0);
	return err;
}

int
transfer_use(struct ctx *c, const struct transfer *t)
{
	return change(c, t, sql_use,
	              transfer_is_up(t->what) ? "transfer.send"
	                                      : "transfer.fetch");
}

int
transfer_back(struct ctx *c, const struct transfer *t)
{
	return change(c, t, sql_back, "transfer.broken");
}
