/* Public keys of accounts, in the form of OpenSSH's .pub files. */
#include "db/account_key.h"

#include <string.h>

#include "db/account.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/entry.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

enum { KEY_BYTES_MAX = 4000, TYPE_MAX = 40 };

/* clang-format off */
static const char *const types[] = {
	"ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384",
	"ecdsa-sha2-nistp521", "ssh-rsa", "sk-ssh-ed25519@openssh.com",
	"sk-ecdsa-sha2-nistp256@openssh.com",
};

static const struct field fields[] = {
	FIELD(account_key, id,       REF,   N_("Number"),  .readonly = true),
	FIELD(account_key, account,  REF,   N_("Account"), .readonly = true),
	FIELD(account_key, type,     TOKEN, N_("Type"),    .readonly = true, .width = 20),
	FIELD(account_key, key,      TOKEN, N_("Key"),     .readonly = true, .width = 30),
	FIELD(account_key, label,    TEXT,  N_("Label"),   .max = ACCOUNT_KEY_LABEL_MAX, .width = 20),
	FIELD(account_key, commands, TOKEN, N_("Only for"), .readonly = true, .width = 20),
	FIELD(account_key, added_at, TIME,  N_("Added"),   .readonly = true, .width = 16),
	FIELD_END,
};
/* clang-format on */

enum { SQL_GET, SQL_LIST, SQL_FIND, SQL_COUNT, SQL_ADD, SQL_DROP };

#define COLUMNS                                                                \
	"SELECT id, account, type, key, label, commands, added_at"             \
	"  FROM account_key"

static const char *const sql[] = {
    [SQL_GET] = COLUMNS " WHERE id = :id AND @scope",
    [SQL_LIST] = COLUMNS " WHERE account = :account AND @scope ORDER BY key",
    [SQL_FIND] = COLUMNS " WHERE account = :account AND key = :key"
			 "   AND type = :type AND @scope",
    [SQL_COUNT] = "SELECT count(*) FROM account_key"
		  " WHERE account = :account AND @scope",
    [SQL_ADD] =
	"INSERT INTO account_key (id, account, type, key, label, commands,"
	"                         added_at)"
	"VALUES (:id, :account, :type, :key, :label, :commands, :added_at)",
    [SQL_DROP] = "DELETE FROM account_key WHERE id = :id AND @scope",
};

#define OWN                                                                    \
	"account_key.account IN"                                               \
	" (SELECT a.id FROM account a WHERE a.person = :me)"

static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1", /* for account.read only: the functions see to it */
    [SCOPE_UNIT] = OWN,   [SCOPE_STATION] = OWN,
    [SCOPE_SELF] = OWN,   [SCOPE_ASSIGNED] = OWN,
};

const struct entity entity_account_key = {
    .kind = ENTITY_ACCOUNT_KEY,
    .name = "account_key",
    .label = N_("Key"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = COUNT(sql),
    .secret = true,
};

/* --- the text form ------------------------------------------------------- */

static int
digit(char ch)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = ch != '\0' ? strchr(digits, ch) : NULL;

	return at != NULL ? (int)(at - digits) : -1;
}

/* Decode the beginning of base64, at most size bytes; -1: not base64. */
static int
decode(const char *text, size_t n, unsigned char *out, int size)
{
	unsigned v = 0;
	int len = 0;

	if (n % 4 != 0)
		return -1;
	while (n > 0 && n > strlen(text) - 2 && text[n - 1] == '=')
		n--;
	for (size_t i = 0; i < n; i++) {
		int d = digit(text[i]);

		if (d < 0)
			return -1;
		v = v << 6 | (unsigned)d;
		if (i % 4 != 0 && len < size)
			out[len++] = (unsigned char)(v >> (6 - 2 * (i % 4)));
	}
	return len;
}

/* A blob begins with the length and name of its type. */
static bool
is_blob_of(const char *key, const char *type)
{
	unsigned char head[4 + TYPE_MAX];
	size_t n = strlen(type);
	int len = decode(key, strlen(key), head, (int)sizeof(head));

	return len >= (int)(4 + n) && strlen(key) > 60 && head[0] == 0 &&
	       head[1] == 0 && head[2] == 0 && head[3] == n &&
	       memcmp(head + 4, type, n) == 0;
}

static const char *
known_type(const char *word, size_t n)
{
	for (size_t i = 0; i < COUNT(types); i++)
		if (strlen(types[i]) == n && memcmp(types[i], word, n) == 0)
			return types[i];
	return NULL;
}

int
account_key_parse(struct arena *a, const char *line, struct account_key *out)
{
	static const char blanks[] = " \t\r\n";
	const char *type, *key, *label;
	size_t n;

	line += strspn(line, blanks);
	n = strcspn(line, blanks);
	type = known_type(line, n);
	if (type == NULL)
		return ERR_INVALID;

	line += n;
	line += strspn(line, blanks);
	n = strcspn(line, blanks);
	if (n > KEY_BYTES_MAX)
		return ERR_INVALID;
	key = arena_strndup(a, line, n);
	if (!is_blob_of(key, type))
		return ERR_INVALID;

	line += n;
	n = strlen(line);
	if (text_clean(a, line, n, TEXT_LINE, ACCOUNT_KEY_LABEL_MAX, &label) !=
	    OK)
		label = "";
	*out = (struct account_key){
	    .type = type, .key = key, .label = label, .commands = ""};
	return OK;
}

/* --- the store ----------------------------------------------------------- */

int
account_key_list(struct ctx *c, struct arena *a, struct account_id account,
                 struct account_key **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_ACCOUNT_READ) && account.v != c->account)
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_account_key, SQL_LIST);
	bind_id(q, ":account", account.v);
	return stmt_all(q, a, fields, sizeof(**rows), ACCOUNT_KEYS_MAX, rows,
	                n);
}

int
account_key_find(struct ctx *c, struct arena *a, struct account_id account,
                 const char *type, const char *key, struct account_key *out)
{
	struct stmt *q;

	if (!may(c, PERM_ACCOUNT_READ) && account.v != c->account)
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_account_key, SQL_FIND);
	bind_id(q, ":account", account.v);
	bind_text(q, ":type", type);
	bind_text(q, ":key", key);
	return stmt_one(q, a, fields, out);
}

static int
write_row(struct ctx *c, struct account_key *row)
{
	struct stmt *q = ctx_stmt(c, &entity_account_key, SQL_COUNT);
	int64_t n;
	int err;

	bind_id(q, ":account", row->account.v);
	err = stmt_int(q, &n);
	if (err != OK)
		return err;
	if (n >= ACCOUNT_KEYS_MAX)
		return ERR_LIMIT;

	row->id.v = ctx_new_id(c, &entity_account_key);
	row->added_at = ctx_now(c);
	q = ctx_stmt(c, &entity_account_key, SQL_ADD);
	bind_fields(q, fields, row);
	return stmt_run(q, NULL);
}

int
account_key_add(struct ctx *c, struct account_id account, const char *line,
                const char *commands, struct account_key_id *id)
{
	struct account of;
	struct account_key row;
	struct arena *a;
	int err;

	if (!may(c, PERM_ACCOUNT_WRITE) && account.v != c->account)
		return ERR_DENIED;

	a = arena_new();
	err = account_get(c, a, account, &of);
	if (err != OK)
		goto done;
	ctx_check_begin(c);
	if (account_key_parse(a, line, &row) != OK)
		ctx_fault(c, "key",
		          N_("This is not a public key of a kind that is"
		             " taken; paste one line of a .pub file."));
	if (strlen(commands) > ACCOUNT_KEY_COMMANDS_MAX)
		ctx_fault(c, "commands", N_("This text is too long."));
	err = ctx_check_end(c);
	if (err != OK)
		goto done;
	row.account = account;
	row.commands = commands;
	err = event_begin(c, ACTION_ACCOUNT_KEY_ADD, ENTITY_ACCOUNT, account.v,
	                  of.unit.v);
	if (err != OK)
		goto done;
	err = event_end(c, write_row(c, &row));
	if (err == OK)
		*id = row.id;
done:
	arena_free(a);
	return err;
}

int
account_key_drop(struct ctx *c, struct account_key_id id)
{
	struct stmt *q = ctx_stmt(c, &entity_account_key, SQL_GET);
	struct account_key row;
	struct account of;
	struct arena *a = arena_new();
	int err;

	bind_id(q, ":id", id.v);
	err = stmt_one(q, a, fields, &row);
	if (err != OK)
		goto done;
	err = ERR_DENIED;
	if (!may(c, PERM_ACCOUNT_WRITE) && row.account.v != c->account)
		goto done;
	err = account_get(c, a, row.account, &of);
	if (err != OK)
		goto done;
	err = event_begin(c, ACTION_ACCOUNT_KEY_DROP, ENTITY_ACCOUNT,
	                  row.account.v, of.unit.v);
	if (err != OK)
		goto done;
	q = ctx_stmt(c, &entity_account_key, SQL_DROP);
	bind_id(q, ":id", id.v);
	err = event_end(c, stmt_run(q, NULL));
done:
	arena_free(a);
	return err;
}
