/*
 * Accounts: what ssh calls the user, the person behind it, how they sign in
 * and what they set. A hash comes from liaison-auth or liaisonctl; nothing
 * here sees a password. Keys are db/account_key.h.
 */
#ifndef DB_ACCOUNT_H
#define DB_ACCOUNT_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/base/encoding.h"
#include "db/ids.h"
#include "db/office.h"
#include "db/person.h"
#include "db/store/ctx.h"
#include "db/store/list.h"

enum { ACCOUNT_NAME_MAX = 32 }; /* characters */

struct account {
	struct account_id id;
	const char *name; /* [a-z][a-z0-9._-]{0,31} */
	struct person_id person;
	struct unit_id unit;     /* the person's; 0: the county's */
	struct office_id office; /* the hat worn last; 0: none */
	bool has_password;
	bool must_change;
	const char *language;     /* "zh", "en", "": as the client says */
	const char *encoding;     /* encoding_name, "": as the client says */
	const char *blocks;       /* "narrow", "wide", "": not answered yet */
	struct instant factor_at; /* its second factor; 0: it has none */
	int64_t recovery;         /* recovery codes left */
	struct instant created_at;
	struct instant disabled_at; /* 0: enabled */
};

/* A row of account_list. */
struct account_line {
	struct account_id id;
	const char *name;
	struct person_id person;
	const char *person_name;
	struct unit_id unit;
	const char *unit_name;        /* "" the county */
	const char *role;             /* of the first current office, "" none */
	const char *label, *label_en; /* of that role */
	int64_t offices;              /* current ones */
	int64_t keys;
	struct instant factor_at; /* 0: none */
	bool must_change;
	struct instant created_at, disabled_at;
	struct instant seen_at; /* the day's first sign-in; 0: never */
};

extern const struct entity entity_account;
extern const struct field account_line_fields[];

enum account_list_filter {
	ACCOUNT_LIST_UNIT,     /* number */
	ACCOUNT_LIST_FIND,     /* text of person_find_text */
	ACCOUNT_LIST_DISABLED, /* number: 1 disabled, 0 enabled */
	ACCOUNT_LIST_ROLE,     /* text: one who holds that office now */
	ACCOUNT_LIST_UNSEEN,   /* number: not signed in since (seconds UTC) */
	ACCOUNT_LIST_FILTERS
};
/* By name. For who may see accounts. */
extern const struct list_spec account_list;

/* Errors: ERR_DENIED (not account.read and not one's own), ERR_NOT_FOUND. */
int account_get(struct ctx *c, struct arena *a, struct account_id id,
                struct account *out) MUST_CHECK;
int account_named(struct ctx *c, struct arena *a, const char *name,
                  struct account *out) MUST_CHECK;
/* The row of the list, for the account's page. */
int account_line_get(struct ctx *c, struct arena *a, struct account_id id,
                     struct account_line *out) MUST_CHECK;

/* What liaison-auth asks, in a system context: whoever it is, also when
 * disabled. ERR_NOT_FOUND: no account of that name (take as long). */
struct account_login {
	struct account_id id;
	struct person_id person;
	const char *password; /* hash; "": cannot sign in by password */
	bool must_change, disabled;
	bool factor;    /* it has a second factor */
	bool sees_most; /* administrator, auditor or the county's, in any hat */
	bool guarded;   /* an office of its needs a second factor */
	const char *language;
};
int account_for_login(struct ctx *c, struct arena *a, const char *name,
                      struct account_login *out) MUST_CHECK;

/* A person with an office and an account, all in one event. */
struct account_new {
	const char *name;
	struct person_id of;  /* an existing person; 0: person is entered */
	struct person person; /* name, unit, pinyin, job, note */
	struct office office; /* role and place; role NULL or "": none */
	const char *password; /* hash; NULL or "": none yet */
	bool must_change;
	const char *language; /* NULL: "" */
	const char *blocks;   /* NULL: "" */
};
/* Errors: ERR_DENIED, ERR_INVALID (c->faults: "name" of the account is the
 * field "account", the others as in person and office), ERR_EXISTS (the
 * name is taken), ERR_NOT_FOUND (person). */
int account_add(struct ctx *c, const struct account_new *entry,
                struct account_id *id) MUST_CHECK;

/* A disabled account's sessions end. Errors: ERR_DENIED, ERR_NOT_FOUND,
 * ERR_STATE (is so already), ERR_OWN, ERR_ADMIN (the last enabled one's). */
int account_disable(struct ctx *c, struct account_id id,
                    const char *reason) MUST_CHECK;
int account_enable(struct ctx *c, struct account_id id) MUST_CHECK;

/* Set the hash: one's own, or anybody's for who may write accounts. Only
 * liaison-auth and liaisonctl call it. */
int account_password(struct ctx *c, struct account_id id, const char *hash,
                     bool must_change) MUST_CHECK;

/* The acting account's own settings, with the values of struct account;
 * NULL stays as it is. Errors: ERR_DENIED, ERR_INVALID (c->faults, by
 * member). */
struct account_settings {
	const char *language, *encoding, *blocks;
};
int account_settings(struct ctx *c,
                     const struct account_settings *wanted) MUST_CHECK;
/* Whether an account's terminal in encoding draws characters of ambiguous
 * width (blocks, Chinese quotation marks) two columns wide: as its person
 * answered, else as is usual there. */
bool account_is_wide(const struct account *row, enum encoding encoding);
/* Wear another hat from now on: writes what ctx_open takes next and reads
 * the rights of c again. Errors: ERR_NOT_FOUND (not a current office of the
 * acting person). */
int account_wear(struct ctx *c, struct office_id office) MUST_CHECK;

/* What is wrong with an account's name: a msgid, or NULL. */
const char *account_name_fault(const char *name);

#endif
