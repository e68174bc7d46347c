/*
 * Accounts. Who may see accounts sees all of them; everybody else their
 * own. A person, an office and an account are made in one event.
 */
#include "db/account.h"

#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/entry.h"
#include "db/predicates.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

enum { HASH_MAX = 200, REASON_MAX = 200 };

/* clang-format off */
static const struct field fields[] = {
	FIELD(account, id,          REF,   N_("Number"),   .readonly = true),
	FIELD(account, name,        TOKEN, N_("Account"),  .max = ACCOUNT_NAME_MAX, .width = 12,
	      .required = true),
	FIELD(account, person,      REF,   N_("Person"),   .required = true),
	FIELD(account, unit,        REF,   N_("Unit"),     .readonly = true),
	FIELD(account, office,      REF,   N_("Office"),   .readonly = true),
	FIELD(account, must_change, BOOL,  N_("New password at the next sign-in")),
	FIELD(account, language,    TOKEN, N_("Language"), .max = 2),
	FIELD(account, encoding,    TOKEN, N_("Encoding"), .max = 8),
	FIELD(account, blocks,      TOKEN, N_("Width of blocks"), .max = 8),
	FIELD(account, factor_at,   TIME,  N_("Second factor"), .readonly = true),
	FIELD(account, recovery,    INT,   N_("Recovery codes"), .readonly = true),
	FIELD(account, created_at,  TIME,  N_("Opened"),   .readonly = true),
	FIELD(account, disabled_at, TIME,  N_("Disabled"), .readonly = true),
	FIELD_END,
};

/* What is read: the hash itself only ever goes to liaison-auth. */
static const struct field read_fields[] = {
	FIELD(account, id,           REF,   N_("Number")),
	FIELD(account, name,         TOKEN, N_("Account")),
	FIELD(account, person,       REF,   N_("Person")),
	FIELD(account, unit,         REF,   N_("Unit")),
	FIELD(account, office,       REF,   N_("Office")),
	FIELD(account, has_password, BOOL,  N_("Password")),
	FIELD(account, must_change,  BOOL,  N_("New password at the next sign-in")),
	FIELD(account, language,     TOKEN, N_("Language")),
	FIELD(account, encoding,     TOKEN, N_("Encoding")),
	FIELD(account, blocks,       TOKEN, N_("Width of blocks")),
	FIELD(account, factor_at,    TIME,  N_("Second factor")),
	FIELD(account, recovery,     INT,   N_("Recovery codes")),
	FIELD(account, created_at,   TIME,  N_("Opened")),
	FIELD(account, disabled_at,  TIME,  N_("Disabled")),
	FIELD_END,
};

const struct field account_line_fields[] = {
	FIELD(account_line, id,          REF,   N_("Number")),
	FIELD(account_line, name,        TOKEN, N_("Account"),  .width = 14),
	FIELD(account_line, person,      REF,   N_("Person")),
	FIELD(account_line, person_name, TEXT,  N_("Name"),     .width = 10),
	FIELD(account_line, unit,        REF,   N_("Unit")),
	FIELD(account_line, unit_name,   TEXT,  N_("Unit"),     .width = 12),
	FIELD(account_line, role,        TOKEN, N_("Office"),   .width = 12),
	FIELD(account_line, label,       TEXT,  N_("Office"),   .width = 12),
	FIELD(account_line, label_en,    TEXT,  N_("Office"),   .width = 12),
	FIELD(account_line, offices,     INT,   N_("Offices"),  .width = 6),
	FIELD(account_line, keys,        INT,   N_("Keys"),     .width = 6),
	FIELD(account_line, factor_at,   TIME,  N_("Second factor")),
	FIELD(account_line, must_change, BOOL,  N_("New password at the next sign-in")),
	FIELD(account_line, created_at,  TIME,  N_("Opened"),   .width = 16),
	FIELD(account_line, seen_at,     TIME,  N_("Last sign-in"), .width = 16),
	FIELD(account_line, disabled_at, TIME,  N_("Disabled"), .width = 16),
	FIELD_END,
};

static const struct field login_fields[] = {
	FIELD(account_login, id,          REF,   N_("Number")),
	FIELD(account_login, person,      REF,   N_("Person")),
	FIELD(account_login, password,    TOKEN, N_("Password")),
	FIELD(account_login, must_change, BOOL,  N_("New password at the next sign-in")),
	FIELD(account_login, disabled,    BOOL,  N_("Disabled")),
	FIELD(account_login, factor,      BOOL,  N_("Second factor")),
	FIELD(account_login, sees_most,   BOOL,  N_("Sees most")),
	FIELD(account_login, guarded,     BOOL,  N_("Needs a second factor")),
	FIELD(account_login, language,    TOKEN, N_("Language")),
	FIELD_END,
};
/* clang-format on */

#define COLUMNS                                                                \
	"SELECT id, name, person, unit, office,"                               \
	"       password <> '' AS has_password, must_change, language,"        \
	"       encoding, blocks, factor_at, recovery, created_at, "           \
	"disabled_at"                                                          \
	"  FROM account"

/* The first of the person's current offices in the roles' order. */
#define FIRST_ROLE                                                             \
	"(SELECT min(r.position) FROM office o"                                \
	"   JOIN role r ON r.name = o.role"                                    \
	"  WHERE o.person = account.person AND " CURRENT("o") ")"

/* Every hat counts, not only the one worn last: F8 puts on another. */
#define ANY_ROLE(what)                                                         \
	"EXISTS (SELECT 1 FROM office o JOIN role r ON r.name = o.role"        \
	"         WHERE o.person = account.person AND " CURRENT(               \
	    "o") "           AND " what ")"

#define LINE                                                                   \
	"account.id AS id, account.name AS name, account.person AS person,"    \
	" person.name AS person_name, account.unit AS unit,"                   \
	" unit.name AS unit_name, role.name AS role, role.label AS label,"     \
	" role.label_en AS label_en,"                                          \
	" (SELECT count(*) FROM office o WHERE o.person = account.person"      \
	"    AND " CURRENT("o") ") AS offices,"                                \
				" (SELECT count(*) FROM account_key k WHERE "  \
				"k.account = account.id)"                      \
				"   AS keys,"                                  \
				" account.factor_at AS factor_at,"             \
				" account.must_change AS must_change,"         \
				" account.created_at AS created_at,"           \
				" (SELECT s.at FROM account_seen AS s"         \
				"   WHERE s.account = account.id) AS seen_at," \
				" account.disabled_at AS disabled_at"
#define LINE_FROM                                                              \
	"account CROSS JOIN person ON person.id = account.person"              \
	" LEFT JOIN unit ON unit.id = account.unit"                            \
	" LEFT JOIN role ON role.position = " FIRST_ROLE

enum {
	SQL_GET,
	SQL_NAMED,
	SQL_LINE,
	SQL_LOGIN,
	SQL_OTHER_ADMINS,
	SQL_ADD,
	SQL_DISABLE,
	SQL_ENABLE,
	SQL_PASSWORD,
	SQL_SETTINGS,
	SQL_WEAR
};

static const char *const sql[] = {
    [SQL_GET] = COLUMNS " WHERE id = :id AND @scope",
    [SQL_NAMED] = COLUMNS " WHERE name = :name AND @scope",
    [SQL_LINE] =
	"SELECT " LINE " FROM " LINE_FROM " WHERE account.id = :id AND @scope",
    [SQL_LOGIN] =
	"SELECT account.id AS id, account.person AS person,"
	"       account.password AS password,"
	"       account.must_change AS must_change,"
	"       account.disabled_at IS NOT NULL AS disabled,"
	"       account.factor_at IS NOT NULL AS factor,"
	"       " ANY_ROLE(
	    "r.bench IN ('admin', 'audit', 'county')") "         AS sees_most,"
						       "       " ANY_ROLE(
							   "r.second_factor <> "
							   "0") " AS guarded,"
								"       "
								"account."
								"language AS "
								"language"
								"  FROM "
								"account WHERE "
								"account.name "
								"= :name AND "
								"@scope",
    [SQL_OTHER_ADMINS] = "SELECT count(*) FROM office"
			 "  JOIN account ON account.person = office.person"
			 " WHERE office.role = 'admin' AND " CURRENT(
			     "office") "   AND account.disabled_at IS NULL AND "
				       "account.id <> :id AND @scope",
    [SQL_ADD] = "INSERT INTO account (id, name, person, unit, password,"
		"       must_change, language, blocks, created_at)"
		"VALUES (:id, :name, :person, :unit, :password, :must_change,"
		"        :language, :blocks, :created_at)",
    [SQL_DISABLE] = "UPDATE account SET disabled_at = :now"
		    " WHERE id = :id AND disabled_at IS NULL AND @scope",
    [SQL_ENABLE] = "UPDATE account SET disabled_at = NULL"
		   " WHERE id = :id AND disabled_at IS NOT NULL AND @scope",
    [SQL_PASSWORD] = "UPDATE account SET password = :password,"
		     "       must_change = :must_change"
		     " WHERE id = :id AND @scope",
    [SQL_SETTINGS] = "UPDATE account SET language = :language,"
		     "       encoding = :encoding, blocks = :blocks"
		     " WHERE id = :id AND @scope",
    [SQL_WEAR] = "UPDATE account SET office = :office"
		 " WHERE id = :id AND @scope",
};

/* County staff and leaders have no account.read: the functions below stop
 * them before a statement runs. */
static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "account.person = :me",
    [SCOPE_STATION] = "account.person = :me",
    [SCOPE_SELF] = "account.person = :me",
    [SCOPE_ASSIGNED] = "account.person = :me",
};

const struct entity entity_account = {
    .kind = ENTITY_ACCOUNT,
    .name = "account",
    .label = N_("Account"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = COUNT(sql),
    .secret = true,
};

static const struct list_filter filters[] = {
    [ACCOUNT_LIST_UNIT] = {.name = "unit",
                           .label = N_("Unit"),
                           .predicate = "account.unit = :unit"},
    [ACCOUNT_LIST_FIND] = {.name = "find",
                           .label = N_("Name"),
                           .predicate =
                               "(substr(account.name, 1, length(:find)) = "
                               ":find OR " PERSON_FINDS ")",
                           .is_text = true},
    [ACCOUNT_LIST_DISABLED] = {.name = "disabled",
                               .label = N_("Disabled"),
                               .predicate = "(account.disabled_at IS NOT NULL)"
                                            " = :disabled"},
    [ACCOUNT_LIST_ROLE] = {.name = "role",
                           .label = N_("Office"),
                           .predicate =
                               "EXISTS (SELECT 1 FROM office AS o"
                               "  WHERE o.person = account.person"
                               "    AND o.role = :role AND " CURRENT("o") ")",
                           .is_text = true},
    [ACCOUNT_LIST_UNSEEN] = {.name = "unseen",
                             .label = N_("No sign-in for a year"),
                             .predicate =
                                 "coalesce((SELECT s.at FROM account_seen AS s"
                                 "   WHERE s.account = account.id),"
                                 " account.created_at) < :unseen"},
};

static const struct list_order orders[] = {
    {.name = "name", .label = N_("By name"), .keys = {"account.name"}},
};

const struct list_spec account_list = {
    .entity = &entity_account,
    .needs = PERM_ACCOUNT_READ,
    .columns = LINE,
    .from = LINE_FROM,
    .filters = filters,
    .filter_count = COUNT(filters),
    .orders = orders,
    .order_count = COUNT(orders),
    .fields = account_line_fields,
    .row_size = sizeof(struct account_line),
};

/* --- reading ------------------------------------------------------------- */

static bool
may_see(const struct ctx *c, struct account_id id)
{
	return may(c, PERM_ACCOUNT_READ) || (id.v != 0 && id.v == c->account);
}

static bool
may_change(const struct ctx *c, struct account_id id)
{
	return may(c, PERM_ACCOUNT_WRITE) || (id.v != 0 && id.v == c->account);
}

/* Whoever asks; the public functions have decided that. */
static int
read_account(struct ctx *c, struct arena *a, struct account_id id,
             struct account *out)
{
	struct stmt *q = ctx_stmt(c, &entity_account, SQL_GET);

	bind_id(q, ":id", id.v);
	return stmt_one(q, a, read_fields, out);
}

int
account_get(struct ctx *c, struct arena *a, struct account_id id,
            struct account *out)
{
	if (!may_see(c, id))
		return ERR_DENIED;
	return read_account(c, a, id, out);
}

int
account_named(struct ctx *c, struct arena *a, const char *name,
              struct account *out)
{
	struct stmt *q;

	if (!may(c, PERM_ACCOUNT_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_account, SQL_NAMED);
	bind_text(q, ":name", name);
	return stmt_one(q, a, read_fields, out);
}

int
account_line_get(struct ctx *c, struct arena *a, struct account_id id,
                 struct account_line *out)
{
	struct stmt *q;

	if (!may_see(c, id))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_account, SQL_LINE);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, account_line_fields, out);
}

int
account_for_login(struct ctx *c, struct arena *a, const char *name,
                  struct account_login *out)
{
	struct stmt *q;

	if (!may(c, PERM_ACCOUNT_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_account, SQL_LOGIN);
	bind_text(q, ":name", name);
	return stmt_one(q, a, login_fields, out);
}

/* --- opening an account -------------------------------------------------- */

const char *
account_name_fault(const char *name)
{
	static const char first[] = "abcdefghijklmnopqrstuvwxyz";
	static const char rest[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
	size_t n = strlen(name);

	if (n == 0)
		return N_("This must be filled in.");
	if (n > ACCOUNT_NAME_MAX)
		return N_("An account's name has at most 32 letters.");
	if (strchr(first, name[0]) == NULL || strspn(name, rest) != n)
		return N_("An account's name begins with a small letter and has"
		          " small letters, digits, dots, - and _ only.");
	return NULL;
}

static bool
is_language(const char *name)
{
	return *name == '\0' || strcmp(name, "zh") == 0 ||
	       strcmp(name, "en") == 0;
}

static bool
is_encoding(const char *name)
{
	return *name == '\0' || encoding_named(name, ENCODINGS) != ENCODINGS;
}

static bool
is_blocks(const char *name)
{
	return *name == '\0' || strcmp(name, "narrow") == 0 ||
	       strcmp(name, "wide") == 0;
}

/* The account's own columns; the person and the office check themselves in
 * their turn. */
static int
check(struct ctx *c, struct arena *a, const struct account_new *entry)
{
	const char *name = entry->name != NULL ? entry->name : "";
	const char *fault = account_name_fault(name);
	struct person clean;
	int person = OK;

	/* The person's faults first: person_check begins a round anew. */
	if (entry->of.v == 0)
		person = person_check(c, a, &entry->person, &clean);
	else
		ctx_check_begin(c);
	if (person != OK && person != ERR_INVALID)
		return person;
	if (fault != NULL)
		ctx_fault(c, "account", fault);
	if (entry->language != NULL && !is_language(entry->language))
		ctx_fault(c, "language", N_("There is no such language."));
	if (entry->blocks != NULL && !is_blocks(entry->blocks))
		ctx_fault(c, "blocks", N_("There is no such width."));
	if (entry->password != NULL && strlen(entry->password) > HASH_MAX)
		ctx_fault(c, "password", N_("This text is too long."));
	return ctx_check_end(c);
}

static int
insert(struct ctx *c, const struct account_new *entry, struct account *row)
{
	const char *password = entry->password != NULL ? entry->password : "";
	struct stmt *q;

	row->id.v = ctx_new_id(c, &entity_account);
	row->created_at = ctx_now(c);
	event_subject(c, row->id.v, row->unit.v);
	event_about(c, ENTITY_PERSON, row->person.v);
	q = ctx_stmt(c, &entity_account, SQL_ADD);
	bind_fields(q, fields, row);
	bind_text(q, ":password", password);
	return stmt_run(q, NULL);
}

/* Inside the event: the person, the account, the office. */
static int
write_all(struct ctx *c, struct arena *a, const struct account_new *entry,
          struct account *row)
{
	struct office office = entry->office;
	struct person person = {0};
	struct office_id id;
	int err;

	if (entry->of.v != 0) {
		err = person_get(c, a, entry->of, &person);
	} else {
		person = entry->person;
		err = person_add(c, &person, &person.id);
	}
	if (err != OK)
		return err;

	row->person = person.id;
	row->unit = person.unit;
	err = insert(c, entry, row);
	if (err != OK || office.role == NULL || *office.role == '\0')
		return err;
	office.person = person.id;
	return office_add(c, &office, &id);
}

int
account_add(struct ctx *c, const struct account_new *entry,
            struct account_id *id)
{
	struct account row = {0};
	struct arena *a;
	int err;

	if (!may(c, PERM_ACCOUNT_WRITE))
		return ERR_DENIED;

	a = arena_new();
	err = check(c, a, entry);
	if (err != OK)
		goto done;
	row.name = entry->name;
	row.must_change = entry->must_change;
	row.language = entry->language != NULL ? entry->language : "";
	row.blocks = entry->blocks != NULL ? entry->blocks : "";
	row.encoding = "";
	err = event_begin(c, ACTION_ACCOUNT_ADD, ENTITY_ACCOUNT, 0, 0);
	if (err != OK)
		goto done;
	err = event_end(c, write_all(c, a, entry, &row));
	if (err == OK)
		*id = row.id;
done:
	arena_free(a);
	return err;
}

/* --- changing one -------------------------------------------------------- */

/* Run a statement on one account in an event of its own; changing nothing
 * means it stood so already. */
static int
change(struct ctx *c, enum action action, const struct account *row,
       const char *reason, struct stmt *(*ready)(struct ctx *, const void *),
       const void *data)
{
	struct stmt *q;
	int64_t changed;
	int err;

	err = event_begin(c, action, ENTITY_ACCOUNT, row->id.v, row->unit.v);
	if (err != OK)
		return err;
	if (*reason != '\0')
		event_reason(c, reason);
	q = ready(c, data);
	bind_id(q, ":id", row->id.v);
	err = stmt_run(q, &changed);
	if (err == OK && changed == 0)
		err = ERR_STATE;
	return event_end(c, err);
}

static struct stmt *
ready_disable(struct ctx *c, const void *data)
{
	(void)data;
	return ctx_stmt(c, &entity_account, SQL_DISABLE);
}

static struct stmt *
ready_enable(struct ctx *c, const void *data)
{
	(void)data;
	return ctx_stmt(c, &entity_account, SQL_ENABLE);
}

/* Somebody must be left who can enable accounts again. */
static int
another_admin(struct ctx *c, struct account_id id)
{
	struct stmt *q = ctx_stmt(c, &entity_account, SQL_OTHER_ADMINS);
	int64_t n;
	int err;

	bind_id(q, ":id", id.v);
	err = stmt_int(q, &n);
	if (err == OK && n == 0)
		err = ERR_ADMIN;
	return err;
}

int
account_disable(struct ctx *c, struct account_id id, const char *reason)
{
	struct account row;
	struct arena *a;
	int err;

	if (!may(c, PERM_ACCOUNT_WRITE))
		return ERR_DENIED;
	if (id.v == c->account)
		return ERR_OWN;

	a = arena_new();
	err = read_account(c, a, id, &row);
	if (err == OK)
		err = another_admin(c, id);
	if (err != OK)
		goto done;
	ctx_check_begin(c);
	reason =
	    entry_text(c, a, "reason", reason, TEXT_LINE, REASON_MAX, false);
	err = ctx_check_end(c);
	if (err == OK)
		err = change(c, ACTION_ACCOUNT_DISABLE, &row, reason,
		             ready_disable, NULL);
done:
	arena_free(a);
	return err;
}

int
account_enable(struct ctx *c, struct account_id id)
{
	struct arena *a;
	struct account row;
	int err;

	if (!may(c, PERM_ACCOUNT_WRITE))
		return ERR_DENIED;

	a = arena_new();
	err = read_account(c, a, id, &row);
	if (err == OK)
		err = change(c, ACTION_ACCOUNT_ENABLE, &row, "", ready_enable,
		             NULL);
	arena_free(a);
	return err;
}

struct password {
	const char *hash;
	bool must_change;
};

static struct stmt *
ready_password(struct ctx *c, const void *data)
{
	struct stmt *q = ctx_stmt(c, &entity_account, SQL_PASSWORD);
	const struct password *p = data;

	bind_text(q, ":password", p->hash);
	bind_int(q, ":must_change", p->must_change);
	return q;
}

int
account_password(struct ctx *c, struct account_id id, const char *hash,
                 bool must_change)
{
	const struct password p = {hash, must_change};
	struct account row;
	struct arena *a;
	int err;

	if (!may_change(c, id))
		return ERR_DENIED;
	if (strlen(hash) > HASH_MAX)
		return ERR_TOO_LONG;

	a = arena_new();
	err = read_account(c, a, id, &row);
	if (err == OK)
		err = change(c, ACTION_ACCOUNT_PASSWORD, &row, "",
		             ready_password, &p);
	arena_free(a);
	return err;
}

static struct stmt *
ready_settings(struct ctx *c, const void *data)
{
	struct stmt *q = ctx_stmt(c, &entity_account, SQL_SETTINGS);
	const struct account *row = data;

	bind_text(q, ":language", row->language);
	bind_text(q, ":encoding", row->encoding);
	bind_text(q, ":blocks", row->blocks);
	return q;
}

static int
check_settings(struct ctx *c, const struct account *row)
{
	ctx_check_begin(c);
	if (!is_language(row->language))
		ctx_fault(c, "language", N_("There is no such language."));
	if (!is_encoding(row->encoding))
		ctx_fault(c, "encoding", N_("There is no such encoding."));
	if (!is_blocks(row->blocks))
		ctx_fault(c, "blocks", N_("There is no such width."));
	return ctx_check_end(c);
}

int
account_settings(struct ctx *c, const struct account_settings *wanted)
{
	struct account row;
	struct arena *a;
	int err;

	if (c->account == 0)
		return ERR_DENIED;

	a = arena_new();
	err = read_account(c, a, (struct account_id){c->account}, &row);
	if (err != OK)
		goto done;
	if (wanted->language != NULL)
		row.language = wanted->language;
	if (wanted->encoding != NULL)
		row.encoding = wanted->encoding;
	if (wanted->blocks != NULL)
		row.blocks = wanted->blocks;
	err = check_settings(c, &row);
	if (err == OK)
		err = change(c, ACTION_ACCOUNT_SAVE, &row, "", ready_settings,
		             &row);
done:
	arena_free(a);
	return err;
}

bool
account_is_wide(const struct account *row, enum encoding encoding)
{
	/* fonts of the terminals that speak these have the Chinese form */
	if (*row->blocks == '\0')
		return encoding != ENCODING_UTF8;
	return strcmp(row->blocks, "wide") == 0;
}

static struct stmt *
ready_wear(struct ctx *c, const void *data)
{
	struct stmt *q = ctx_stmt(c, &entity_account, SQL_WEAR);
	const struct office_id *office = data;

	bind_id(q, ":office", office->v);
	return q;
}

/* Is this one of the acting person's current offices? */
static int
is_hat(struct ctx *c, struct arena *a, struct office_id office)
{
	struct office_line *hats;
	int n, err = office_hats(c, a, &hats, &n);

	for (int i = 0; err == OK && i < n; i++)
		if (hats[i].id.v == office.v)
			return OK;
	return err != OK ? err : ERR_NOT_FOUND;
}

/* c, with the rights of another office; what is not rights stays. */
static int
reopen(struct ctx *c, struct office_id office)
{
	struct ctx fresh;
	int err = ctx_open(&fresh, c->store, c->account, office.v);

	if (err != OK)
		return err;
	fresh.stopped = c->stopped;
	fresh.committed = c->committed;
	fresh.committed_data = c->committed_data;
	*c = fresh;
	return OK;
}

int
account_wear(struct ctx *c, struct office_id office)
{
	struct account row;
	struct arena *a;
	int err;

	if (c->account == 0 || c->locked)
		return ERR_DENIED;

	a = arena_new();
	err = is_hat(c, a, office);
	if (err == OK)
		err = read_account(c, a, (struct account_id){c->account}, &row);
	if (err == OK)
		err = change(c, ACTION_ACCOUNT_SAVE, &row, "", ready_wear,
		             &office);
	if (err == OK)
		err = reopen(c, office);
	arena_free(a);
	return err;
}
