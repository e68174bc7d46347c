/*
 * Codes: minted, found, revoked, replaced. A wrong code is counted against
 * the account that typed it, outside any event: it is no record.
 */
#include "db/code.h"

#include <ctype.h>
#include <string.h>

#include "db/activity_in.h"
#include "db/base/buf.h"
#include "db/base/i18n.h"
#include "db/base/secret.h"
#include "db/base/text.h"
#include "db/code_in.h"
#include "db/mandate.h"
#include "db/predicates.h"
#include "db/setting.h"
#include "db/station.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

/* clang-format off */
const struct enum_name code_kinds[] = {
	{"activity", N_("Activity code")},
	{"station",  N_("Station code")},
	{"deputy",   N_("Deputy code")},
	{NULL, NULL},
};

/* The key is read and written, and shown to nobody. */
static const struct field fields[] = {
	FIELD(code, rotate_key, TOKEN, ""),
	FIELD(code, id,         REF,   N_("Number"), .readonly = true),
	FIELD(code, kind,       ENUM,  N_("Kind"), .names = code_kinds, .readonly = true),
	FIELD(code, subject,    INT,   N_("Of"), .readonly = true),
	FIELD(code, unit,       REF,   N_("Unit"), .readonly = true),
	FIELD(code, token,      TOKEN, N_("Address"), .readonly = true),
	FIELD(code, short_code, TOKEN, N_("Short code"), .readonly = true),
	FIELD(code, valid_from, TIME,  N_("Valid from"), .readonly = true),
	FIELD(code, valid_to,   TIME,  N_("Valid until"), .readonly = true),
	FIELD(code, revoked_at, TIME,  N_("Revoked"), .readonly = true),
	FIELD(code, created_at, TIME,  N_("Minted"), .readonly = true),
	FIELD_END,
};
/* clang-format on */

enum {
	SQL_GET,
	SQL_NEWEST,
	SQL_BY_SHORT,
	SQL_TURNING,
	SQL_ROTATES,
	SQL_TURN,
	SQL_BY_TOKEN,
	SQL_ADD,
	SQL_MOVE,
	SQL_REVOKE,
	SQL_SCANS,
	SQL_VIEW,
	SQL_VIEWS,
	SQL_TRIES,
	SQL_TRY,
	SQL_TRY_FORGET,
	SQL_COUNT
};

static const char *const sql[] = {
    [SQL_GET] = "SELECT code.* FROM code WHERE code.id = :id AND @scope",
    [SQL_NEWEST] = "SELECT code.* FROM code"
		   " WHERE code.kind = :kind AND code.subject = :subject"
		   "   AND @scope ORDER BY code.id DESC LIMIT 1",
    /* The code is the key: who knows it may find it. */
    [SQL_BY_SHORT] = "SELECT code.* FROM code WHERE short_code = :text",
    [SQL_TURNING] = "SELECT code.* FROM code WHERE rotate_key IS NOT NULL"
		    " AND valid_to >= :now AND revoked_at IS NULL",
    [SQL_ROTATES] = "SELECT rotates FROM activity WHERE id = :activity",
    [SQL_TURN] = "UPDATE code SET rotate_key = nullif(:key, '')"
		 " WHERE kind = 'activity' AND subject = :activity"
		 "   AND revoked_at IS NULL",
    [SQL_BY_TOKEN] = "SELECT code.* FROM code WHERE token = :text",
    [SQL_ADD] = "INSERT INTO code (id, kind, subject, unit, token, short_code,"
		" rotate_key, valid_from, valid_to, created_at) VALUES (:id,"
		" :kind, :subject, :unit, :token, nullif(:short_code, ''),"
		" nullif(:rotate_key, ''), :valid_from, :valid_to,"
		" :created_at)",
    [SQL_MOVE] = "UPDATE code SET valid_from = :from, valid_to = :to"
		 " WHERE kind = 'activity' AND subject = :activity"
		 "   AND revoked_at IS NULL"
		 "   AND (valid_from, valid_to) <> (:from, :to)",
    [SQL_REVOKE] = "UPDATE code SET revoked_at = :now"
		   " WHERE id = :id AND revoked_at IS NULL AND @scope",
    [SQL_SCANS] = "SELECT n FROM counter WHERE what = 'code.scans'"
		  " AND id = :id AND period = 0 AND part = ''",
    [SQL_VIEW] =
	"INSERT INTO code_view (code, day, n)"
	" SELECT code.id, :today, :n FROM code WHERE code.id = :id AND @scope"
	" ON CONFLICT (code, day) DO UPDATE SET n = n + :n",
    [SQL_VIEWS] = "SELECT coalesce(sum(n), 0) FROM code_view"
		  " WHERE code = :id",
    [SQL_TRIES] = "SELECT count(*) FROM code_try"
		  " WHERE account = :account AND at > :since",
    [SQL_TRY] = "INSERT INTO code_try (account, at)"
		" VALUES (:account, :at)",
    [SQL_TRY_FORGET] = "DELETE FROM code_try WHERE at <= :since",
};

/* A deputy sees their own deputy code; the code of an activity is on the
 * screen in the room. */
static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "code.unit = :my_unit",
    [SCOPE_STATION] = "code.unit = :my_unit",
    [SCOPE_SELF] = "code.kind = 'deputy' AND code.subject = :me",
};

const struct entity entity_code = {
    .kind = ENTITY_CODE,
    .name = "code",
    .label = N_("QR code"),
    .fields = fields + 1,
    .scope = scope,
    .sql = sql,
    .sql_count = SQL_COUNT,
};

int
code_get(struct ctx *c, struct arena *a, struct code_id id, struct code *out)
{
	struct stmt *q;

	if (!may(c, PERM_ACTIVITY_READ) && !may(c, PERM_CODE_MANAGE))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_code, SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, fields, out);
}

int
code_newest(struct ctx *c, struct arena *a, enum code_kind kind,
            int64_t subject, struct code *out)
{
	struct stmt *q;

	if (!may(c, PERM_ACTIVITY_READ) && !may(c, PERM_CODE_MANAGE))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_code, SQL_NEWEST);
	bind_text(q, ":kind", code_kinds[kind].name);
	bind_id(q, ":subject", subject);
	return stmt_one(q, a, fields, out);
}

int
code_for_activity(struct ctx *c, struct arena *a, struct activity_id id,
                  struct code *out)
{
	if (!may(c, PERM_ACTIVITY_READ))
		return ERR_DENIED;
	return code_newest(c, a, CODE_ACTIVITY, id.v, out);
}

int
code_usable(const struct ctx *c, const struct code *code)
{
	struct instant now = ctx_now(c);

	if (code->revoked_at.s != 0)
		return ERR_REVOKED;
	if (now.s < code->valid_from.s)
		return ERR_EARLY;
	return now.s <= code->valid_to.s ? OK : ERR_EXPIRED;
}

int
code_scans(struct ctx *c, struct code_id id, int64_t *n)
{
	struct stmt *q = ctx_stmt(c, &entity_code, SQL_SCANS);
	int err;

	bind_id(q, ":id", id.v);
	err = stmt_int(q, n);
	if (err == ERR_NOT_FOUND) {
		*n = 0;
		err = OK;
	}
	return err;
}

/* --- minting and revoking -------------------------------------------- */

/* Letters number `from` on of a hash, for a site whose codes are fixed. */
static void
spell(const char hash[SECRET_HEX + 1], int from, const char *letters,
      size_t letter_count, char *out, int n)
{
	for (int i = 0; i < n; i++) {
		unsigned v = 0;

		for (int k = 0; k < 2; k++) {
			char digit = hash[from + 2 * i + k];

			v = v * 16 + (unsigned)(digit <= '9'
			                            ? digit - '0'
			                            : digit - 'a' + 10);
		}
		out[i] = letters[v % letter_count];
	}
	out[n] = '\0';
}

/* Token and short code: random, or of a seeded site from the number. */
static void
new_text(const struct ctx *c, int64_t id, int attempt,
         char token[SECRET_TOKEN + 1], char typed[SECRET_SHORT + 1])
{
	static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	char hash[SECRET_HEX + 1];
	struct buf b = BUF_INIT;

	if (c->seed == 0) {
		secret_token(token);
		secret_short(typed);
		return;
	}
	buf_addf(&b, "%llu/%lld/%d", (unsigned long long)c->seed, (long long)id,
	         attempt);
	secret_sha256(b.data, b.len, hash);
	spell(hash, 0, base32, strlen(base32), token, SECRET_TOKEN);
	spell(hash, 2 * SECRET_TOKEN, secret_short_letters,
	      strlen(secret_short_letters), typed, SECRET_SHORT);
	buf_clear(&b);
}

/* The key of an activity's code that changes, random or as above; "" of any
 * other. */
static int
new_key(struct ctx *c, int64_t activity, int64_t id, char out[SECRET_HEX + 1])
{
	struct stmt *q = ctx_stmt(c, &entity_code, SQL_ROTATES);
	int64_t rotates;
	int err;

	out[0] = '\0';
	bind_id(q, ":activity", activity);
	err = stmt_int(q, &rotates);
	if (err == OK && rotates != 0)
		code_new_key(c, id, out);
	return err == ERR_NOT_FOUND ? OK : err;
}

/* Is typed some other code's already? */
static int
is_taken(struct ctx *c, const char *typed, bool *taken)
{
	struct stmt *q = ctx_stmt(c, &entity_code, SQL_BY_SHORT);

	bind_text(q, ":text", typed);
	*taken = stmt_next(q);
	return stmt_end(q);
}

static int
insert(struct ctx *c, struct code row)
{
	enum { ATTEMPTS = 20 }; /* of 32^6 codes a handful are in use */
	char token[SECRET_TOKEN + 1], typed[SECRET_SHORT + 1];
	char key[SECRET_HEX + 1] = "";
	struct stmt *q;
	bool taken = true;
	int err = row.kind == CODE_ACTIVITY
	              ? new_key(c, row.subject, row.id.v, key)
	              : OK;

	for (int i = 0; err == OK && taken && i < ATTEMPTS; i++) {
		new_text(c, row.id.v, i, token, typed);
		err = is_taken(c, typed, &taken);
	}
	if (err != OK)
		return err;
	if (taken)
		return ERR_UNAVAILABLE;
	row.token = token;
	row.rotate_key = key;
	row.short_code = row.kind == CODE_ACTIVITY ? typed : "";
	q = ctx_stmt(c, &entity_code, SQL_ADD);
	bind_fields(q, fields, &row);
	return stmt_run(q, NULL);
}

/* The unit of a deputy's mandate of today. */
static const char sql_mandate_unit[] =
    "SELECT mandate.unit FROM mandate WHERE mandate.person = :person AND"
    " " CURRENT("mandate") " AND @scope ORDER BY mandate.level, mandate.id"
			   " LIMIT 1";

static bool
may_write(const struct ctx *c)
{
	return may(c, PERM_CODE_WRITE) || may(c, PERM_CODE_MANAGE);
}

/* In an event of its own, or the caller's; who may was asked before. */
static int
mint(struct ctx *c, enum code_kind kind, int64_t subject, struct unit_id unit,
     struct instant from, struct instant to, struct code_id *id)
{
	struct code row = {
	    .kind = kind,
	    .subject = subject,
	    .unit = unit,
	    .valid_from = from,
	    .valid_to = to,
	    .created_at = ctx_now(c),
	};
	int err = event_begin(c, ACTION_CODE_MINT, ENTITY_CODE, 0, unit.v);

	if (err != OK)
		return err;
	row.id.v = ctx_new_id(c, &entity_code);
	event_subject(c, row.id.v, unit.v);
	if (kind == CODE_ACTIVITY)
		event_about(c, ENTITY_ACTIVITY, subject);
	if (kind == CODE_DEPUTY)
		event_about(c, ENTITY_PERSON, subject);
	err = event_end(c, insert(c, row));
	if (err == OK)
		*id = row.id;
	return err;
}

int
code_mint(struct ctx *c, enum code_kind kind, int64_t subject,
          struct unit_id unit, struct instant from, struct instant to,
          struct code_id *id)
{
	return may_write(c) ? mint(c, kind, subject, unit, from, to, id)
	                    : ERR_DENIED;
}

/* Codes that hang on a wall hold for years; one at a time. */
static int
mint_for_years(struct ctx *c, enum code_kind kind, int64_t subject,
               struct unit_id unit, struct code_id *id)
{
	struct arena *a = arena_new();
	struct instant now = ctx_now(c), until = now;
	struct code before;
	int64_t years;
	int err = code_newest(c, a, kind, subject, &before);

	if (err == OK && code_usable(c, &before) == OK)
		err = ERR_STATE;
	else if (err == OK || err == ERR_NOT_FOUND)
		err = setting_number(c, "code.years", 10, &years);
	if (err == OK) {
		until.s += years * 366 * 86400;
		err = mint(c, kind, subject, unit, now, until, id);
	}
	arena_free(a);
	return err;
}

int
code_mint_station(struct ctx *c, struct station_id id, struct code_id *fresh)
{
	struct arena *a;
	struct station station;
	int err;

	if (!may_write(c))
		return ERR_DENIED;
	a = arena_new();
	err = station_get(c, a, id, &station);
	if (err == OK)
		err =
		    mint_for_years(c, CODE_STATION, id.v, station.unit, fresh);
	arena_free(a);
	return err;
}

int
code_mint_deputy(struct ctx *c, struct person_id deputy, struct code_id *id)
{
	struct stmt *q;
	struct unit_id unit;
	int err;

	if (!may_write(c) && (deputy.v != c->me || !may(c, PERM_DUTY_OWN)))
		return ERR_DENIED;
	q = ctx_sql(c, &entity_mandate, sql_mandate_unit);
	bind_id(q, ":person", deputy.v);
	err = stmt_int(q, &unit.v);
	return err == OK ? mint_for_years(c, CODE_DEPUTY, deputy.v, unit, id)
	                 : err;
}

int
code_move_activity(struct ctx *c, struct activity_id id, struct instant from,
                   struct instant to)
{
	struct stmt *q = ctx_stmt(c, &entity_code, SQL_MOVE);

	bind_id(q, ":activity", id.v);
	bind_time(q, ":from", from);
	bind_time(q, ":to", to);
	return stmt_run(q, NULL);
}

int
code_turn_activity(struct ctx *c, struct activity_id id, bool rotates)
{
	struct stmt *q = ctx_stmt(c, &entity_code, SQL_TURN);
	char key[SECRET_HEX + 1] = "";

	if (rotates)
		code_new_key(c, id.v, key);
	bind_id(q, ":activity", id.v);
	bind_text(q, ":key", key);
	return stmt_run(q, NULL);
}

/* In the caller's event. */
static int
revoke(struct ctx *c, const struct code *code)
{
	struct stmt *q = ctx_stmt(c, &entity_code, SQL_REVOKE);
	int64_t changed;
	int err;

	if (code->kind == CODE_ACTIVITY)
		event_about(c, ENTITY_ACTIVITY, code->subject);
	bind_id(q, ":id", code->id.v);
	bind_time(q, ":now", ctx_now(c));
	err = stmt_run(q, &changed);
	return err == OK && changed == 0 ? ERR_STATE : err;
}

static int
begin_revoking(struct ctx *c, const struct code *code, const char *reason)
{
	int err;

	if (!may_write(c))
		return ERR_DENIED;
	ctx_check_begin(c);
	if (reason[0] == '\0')
		ctx_fault(c, "reason", N_("Give a reason."));
	err = ctx_check_end(c);
	if (err == OK)
		err = event_begin(c, ACTION_CODE_REVOKE, ENTITY_CODE,
		                  code->id.v, code->unit.v);
	if (err == OK)
		event_reason(c, reason);
	return err;
}

int
code_revoke(struct ctx *c, struct code_id id, const char *reason)
{
	struct arena *a = arena_new();
	struct code code;
	int err = code_get(c, a, id, &code);

	if (err == OK)
		err = begin_revoking(c, &code, reason);
	if (err == OK)
		err = event_end(c, revoke(c, &code));
	arena_free(a);
	return err;
}

/* Revoke code, unless it is, and mint its like, in one event. */
static int
renew(struct ctx *c, const struct code *code, const char *reason,
      struct code_id *fresh)
{
	int err = begin_revoking(c, code, reason);

	if (err != OK)
		return err;
	if (code->revoked_at.s == 0)
		err = revoke(c, code);
	if (err == OK)
		err = code_mint(c, (enum code_kind)code->kind, code->subject,
		                code->unit, code->valid_from, code->valid_to,
		                fresh);
	return event_end(c, err);
}

int
code_replace(struct ctx *c, struct activity_id id, const char *reason,
             struct code_id *fresh)
{
	struct arena *a = arena_new();
	struct code code;
	int err = code_for_activity(c, a, id, &code);

	if (err == OK)
		err = renew(c, &code, reason, fresh);
	arena_free(a);
	return err;
}

int
code_renew(struct ctx *c, struct code_id id, const char *reason,
           struct code_id *fresh)
{
	struct arena *a = arena_new();
	struct code code;
	int err = code_get(c, a, id, &code);

	/* one that was replaced already has its like */
	if (err == OK && code.revoked_at.s != 0)
		err = ERR_STATE;
	if (err == OK)
		err = renew(c, &code, reason, fresh);
	arena_free(a);
	return err;
}

/* --- typing one ------------------------------------------------------ */

const char *
code_fold(struct arena *a, const char *text)
{
	const char *folded = text_fold(a, text);
	const char *slash = strrchr(folded, '/');
	char *out = arena_strdup(a, slash != NULL ? slash + 1 : folded);
	char *end = out;

	for (const char *p = out; *p != '\0'; p++)
		if (*p != ' ' && *p != '-')
			*end++ = (char)toupper((unsigned char)*p);
	*end = '\0';
	return out;
}

const char *
code_spaced(struct arena *a, const char *short_code)
{
	if (strlen(short_code) != CODE_SHORT)
		return arena_strdup(a, short_code);
	return arena_printf(a, "%.3s %s", short_code, short_code + 3);
}

const char *
code_address(struct arena *a, const char *public_url, char letter,
             const char *token)
{
	size_t n = strlen(public_url);
	char *out;

	while (n > 0 && public_url[n - 1] == '/')
		n--;
	out = arena_printf(a, "%.*s/%c/%s", (int)n, public_url, letter, token);
	for (char *p = out; *p != '\0'; p++)
		*p = (char)toupper((unsigned char)*p);
	return out;
}

const char *
code_payload(struct arena *a, const struct code *code, const char *public_url)
{
	static const char letters[] = {
	    [CODE_ACTIVITY] = 'A',
	    [CODE_STATION] = 'S',
	    [CODE_DEPUTY] = 'D',
	};

	return code_address(a, public_url, letters[code->kind], code->token);
}

/* Since when wrong codes count, and how many are too many. */
static int
try_limit(struct ctx *c, struct instant *since, int64_t *most)
{
	int64_t minutes;
	int err = setting_number(c, "code.tries", 5, most);

	if (err == OK)
		err = setting_number(c, "code.tries_minutes", 10, &minutes);
	if (err == OK)
		since->s = ctx_now(c).s - minutes * 60;
	return err;
}

/* The system (0) types nothing; people have a limited number of tries. */
static int
check_tries(struct ctx *c)
{
	struct instant since;
	struct stmt *q;
	int64_t most, n;
	int err;

	if (c->account == 0)
		return OK;
	err = try_limit(c, &since, &most);
	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_code, SQL_TRIES);
	bind_id(q, ":account", c->account);
	bind_time(q, ":since", since);
	err = stmt_int(q, &n);
	return err == OK && n >= most ? ERR_LIMIT : err;
}

static int
note_try(struct ctx *c)
{
	struct instant since;
	struct stmt *q;
	int64_t most;
	int err;

	if (c->account == 0)
		return OK;
	err = try_limit(c, &since, &most);
	if (err == OK)
		err = store_begin(c->store);
	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_code, SQL_TRY_FORGET);
	bind_time(q, ":since", since);
	err = stmt_run(q, NULL);
	if (err == OK) {
		q = ctx_stmt(c, &entity_code, SQL_TRY);
		bind_id(q, ":account", c->account);
		bind_time(q, ":at", ctx_now(c));
		err = stmt_run(q, NULL);
	}
	if (err == OK)
		return store_commit(c->store);
	store_rollback(c->store);
	return err;
}

static int
find_token(struct ctx *c, struct arena *a, const char *text, struct instant at,
           struct code *out)
{
	struct stmt *q = ctx_stmt(c, &entity_code, SQL_BY_TOKEN);
	size_t n = strcspn(text, ".");
	int err;

	bind_text(q, ":text", arena_strndup(a, text, n));
	err = stmt_one(q, a, fields, out);
	if (err != OK)
		return err;
	return code_seen(c, out, text[n] == '.' ? text + n + 1 : "", at);
}

/* Letters that change belong to the code that shows them now. */
static int
find_turning(struct ctx *c, struct arena *a, const char *typed,
             struct code *out)
{
	enum { AT_ONCE = 200 };
	struct stmt *q = ctx_stmt(c, &entity_code, SQL_TURNING);
	struct code *rows;
	int n, found = ERR_NOT_FOUND, err;

	bind_time(q, ":now", ctx_now(c));
	err = stmt_all(q, a, fields, sizeof(*rows), AT_ONCE, &rows, &n);
	for (int i = 0; err == OK && found != OK && i < n; i++) {
		int typed_is = code_typed(c, &rows[i], typed);

		if (typed_is == OK)
			*out = rows[i];
		if (typed_is != ERR_NOT_FOUND)
			found = typed_is;
	}
	return err == OK ? found : err;
}

static int
find_short(struct ctx *c, struct arena *a, const char *typed, struct code *out)
{
	struct stmt *q = ctx_stmt(c, &entity_code, SQL_BY_SHORT);
	int err;

	bind_text(q, ":text", typed);
	err = stmt_one(q, a, fields, out);
	if (err == OK && !code_turns(out))
		return OK;
	return err == OK || err == ERR_NOT_FOUND
	           ? find_turning(c, a, typed, out)
	           : err;
}

int
code_find(struct ctx *c, struct arena *a, const char *text, struct instant at,
          struct code *out)
{
	const char *folded = code_fold(a, text);
	int err = check_tries(c);

	if (err != OK)
		return err;
	err = strlen(folded) == CODE_SHORT ? find_short(c, a, folded, out)
	                                   : find_token(c, a, folded, at, out);
	if (err == ERR_NOT_FOUND) {
		err = note_try(c);
		if (err == OK)
			err = ERR_NOT_FOUND;
	}
	return err;
}

/* --- addresses ------------------------------------------------------- */

int
code_of_token(struct ctx *c, struct arena *a, enum code_kind kind,
              const char *token, struct code *out)
{
	struct stmt *q = ctx_stmt(c, &entity_code, SQL_BY_TOKEN);
	struct code found;
	int err;

	bind_text(q, ":text", token);
	err = stmt_one(q, a, fields, &found);
	if (err == OK && found.kind != (int)kind)
		err = ERR_NOT_FOUND;
	if (err == OK)
		*out = found;
	return err;
}

int
code_views(struct ctx *c, struct code_id id, int64_t *n)
{
	struct stmt *q = ctx_stmt(c, &entity_code, SQL_VIEWS);

	bind_id(q, ":id", id.v);
	return stmt_int(q, n);
}

int
code_add_views(struct ctx *c, const struct code_view *views, int n)
{
	int err;

	if (c->account != 0)
		return ERR_DENIED;

	err = store_begin(c->store);
	if (err != OK)
		return err;
	for (int i = 0; err == OK && i < n; i++) {
		struct stmt *q = ctx_stmt(c, &entity_code, SQL_VIEW);

		bind_id(q, ":id", views[i].id.v);
		bind_int(q, ":n", views[i].n);
		err = stmt_run(q, NULL);
	}
	if (err == OK)
		return store_commit(c->store);
	store_rollback(c->store);
	return err;
}
