/* Contacts of those who wrote opinions: checked, sealed, opened, matched. */
#include "db/contact.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "db/base/buf.h"
#include "db/base/i18n.h"
#include "db/base/json.h"
#include "db/base/text.h"
#include "db/entry.h"
#include "db/opinion.h"
#include "db/store/audit.h"
#include "db/store/stmt.h"

/* What is read of a contact to decide about it. */
struct row {
	const char *mask, *sealed;
	bool in_hand, released;
};

/* A row of those that have yet to be matched. */
struct fresh {
	struct opinion_id id;
	const char *sealed;
};

static const struct field row_fields[] = {
    FIELD(row, mask, TOKEN, ""),
    FIELD(row, sealed, TOKEN, ""),
    FIELD(row, in_hand, BOOL, ""),
    FIELD(row, released, BOOL, ""),
    FIELD_END,
};

static const struct field fresh_fields[] = {
    FIELD(fresh, id, REF, ""),
    FIELD(fresh, sealed, TOKEN, ""),
    FIELD_END,
};

enum { SQL_ADD, SQL_FRESH, SQL_MATCH };

static const char *const sql[] = {
    [SQL_ADD] = "INSERT INTO contact (id, sealed, mask)"
		" VALUES (:id, :sealed, :mask)",
    [SQL_FRESH] = "SELECT id, sealed FROM contact"
		  " WHERE match IS NULL AND id > :after ORDER BY id",
    [SQL_MATCH] = "UPDATE contact SET match = :match WHERE id = :id",
};

/* Not scoped: what people read goes by the opinion's @scope, below, and what
 * has no scope is liaison-auth's. */
const struct entity entity_contact = {
    .kind = ENTITY_CONTACT,
    .name = "contact",
    .label = N_("Contact"),
    .sql = sql,
    .sql_count = COUNT(sql),
};

/* released: to the acting office, and it still has the case. */
static const char sql_row[] =
    "SELECT contact.mask, contact.sealed,"
    "       opinion.state NOT IN ('closed', 'discarded') AS in_hand,"
    "       EXISTS (SELECT 1 FROM opinion_leg AS l"
    "        WHERE l.opinion = opinion.id AND l.organ = :my_organ"
    "          AND l.released = 1"
    "          AND l.state NOT IN ('returned', 'closed')) AS released"
    "  FROM opinion CROSS JOIN contact ON contact.id = opinion.id"
    " WHERE opinion.id = :id AND @scope";
static const char sql_same[] =
    "SELECT opinion.id FROM contact AS k"
    " CROSS JOIN opinion ON opinion.id = k.id"
    " WHERE k.match = (SELECT match FROM contact WHERE id = :id)"
    "   AND k.id <> :id AND @scope ORDER BY k.id DESC";

/* --- telephone numbers --------------------------------------------------- */

enum { DIGITS = 20 };

/* The digits of text, which has nothing besides but what parts them. */
static bool
take_digits(const char *text, char out[DIGITS])
{
	int n = 0;

	for (; *text != '\0'; text++) {
		if (strchr(" -()+", *text) != NULL)
			continue;
		if (!isdigit((unsigned char)*text) || n == DIGITS - 1)
			return false;
		out[n++] = *text;
	}
	out[n] = '\0';
	return true;
}

/* Without the country's code: the area's then wants its 0. */
static void
drop_country(char digits[DIGITS])
{
	const char *rest = digits;
	bool mobile;

	if (strncmp(rest, "00", 2) == 0)
		rest += 2;
	if (strncmp(rest, "86", 2) != 0 || strlen(rest) < 11 ||
	    (rest == digits && strlen(rest) == 11))
		return;
	rest += 2;
	mobile = rest[0] == '1' && strlen(rest) == 11;
	memmove(digits + !mobile, rest, strlen(rest) + 1);
	if (!mobile)
		digits[0] = '0';
}

/* Areas of two digits after the 0 have numbers of eight, the others of seven
 * or eight. */
static bool
is_landline(const char *digits, size_t *area)
{
	size_t n = strlen(digits);

	*area = digits[1] == '1' || digits[1] == '2' ? 3 : 4;
	if (digits[0] != '0' || digits[1] == '0' || n < *area + 7 ||
	    digits[*area] < '2')
		return false;
	return n == *area + 8 || (n == *area + 7 && *area == 4);
}

/* phone as it is kept; false: it is none. */
static bool
keep_form(struct arena *a, const char *text, const char **phone)
{
	char digits[DIGITS] = "";
	size_t area;

	if (!take_digits(text_fold(a, text), digits))
		return false;
	drop_country(digits);
	if (strlen(digits) == 11 && digits[0] == '1' && digits[1] >= '3')
		*phone = arena_strdup(a, digits);
	else if (is_landline(digits, &area))
		*phone = arena_printf(a, "%.*s-%s", (int)area, digits,
		                      digits + area);
	else
		return false;
	return true;
}

static void
make_mask(const char *phone, char out[CONTACT_MASK])
{
	const char *dash = strchr(phone, '-');
	size_t n = strlen(phone),
	       i = dash != NULL ? (size_t)(dash - phone) + 1 : 3;

	memcpy(out, phone, n + 1);
	for (; i + 4 < n; i++)
		out[i] = '*';
}

/* --- entering ------------------------------------------------------------ */

void
contact_clean(struct ctx *c, struct arena *a, const struct contact_entry *entry,
              struct contact_entry *out)
{
	static const struct contact_entry none = {"", ""};
	int faults = c->fault_count;

	if (entry == NULL)
		entry = &none;
	out->name = entry_text(c, a, "contact_name", entry->name, TEXT_LINE,
	                       CONTACT_NAME_MAX, false);
	out->phone = entry_text(c, a, "contact_phone", entry->phone, TEXT_LINE,
	                        CONTACT_PHONE_MAX, false);
	if (c->fault_count > faults ||
	    (*out->name == '\0' && *out->phone == '\0'))
		return;
	if (*out->phone == '\0')
		ctx_fault(c, "contact_phone",
		          N_("Without a telephone number it is no contact."));
	else if (!keep_form(a, out->phone, &out->phone))
		ctx_fault(c, "contact_phone",
		          N_("This is no telephone number: a mobile has 11 "
		             "digits, a landline its area code in front."));
	else if (*store_contact_key(c->store) == '\0')
		ctx_fault(c, "contact_phone",
		          N_("No contact can be kept: the site's key for them "
		             "is missing."));
}

enum { ABOUT = 40 };

/* What stands in front of the sealed text: one opinion's opens for no other. */
static size_t
about(struct opinion_id id, char out[ABOUT])
{
	(void)snprintf(out, ABOUT, "liaison contact %" PRId64 "\n", id.v);
	return strlen(out);
}

/* Of a seeded site the same each time; else by chance. */
static int
seal(const struct ctx *c, const char *text, char out[SECRET_BOX_SEALED])
{
	const char *public = store_contact_key(c->store);
	unsigned char seed[SECRET_KEY] = {0};
	char hash[SECRET_HEX + 1];

	if (c->seed == 0)
		return secret_box_seal(public, text, NULL, out);
	memcpy(seed, &c->seed, sizeof(c->seed));
	secret_keyed_hash(seed, text, strlen(text), hash);
	memcpy(seed, hash, sizeof(seed));
	return secret_box_seal(public, text, seed, out);
}

int
contact_add(struct ctx *c, struct opinion_id id,
            const struct contact_entry *clean)
{
	char text[SECRET_BOX_TEXT + 1], sealed[SECRET_BOX_SEALED];
	char mask[CONTACT_MASK];
	struct stmt *q;
	size_t n;
	int err;

	if (*clean->phone == '\0')
		return OK;
	if (*store_contact_key(c->store) == '\0')
		return ERR_UNAVAILABLE;
	n = about(id, text);
	(void)snprintf(text + n, sizeof(text) - n, "%s\n%s", clean->name,
	               clean->phone);
	err = seal(c, text, sealed);
	secret_wipe(text, sizeof(text));
	if (err != OK)
		return ERR_UNAVAILABLE;
	make_mask(clean->phone, mask);
	q = ctx_stmt(c, &entity_contact, SQL_ADD);
	bind_id(q, ":id", id.v);
	bind_text(q, ":sealed", sealed);
	bind_text(q, ":mask", mask);
	return stmt_run(q, NULL);
}

/* --- reading ------------------------------------------------------------- */

/* May this hat, now? row was read under its scope. */
static int
may_look(const struct ctx *c, const struct row *row)
{
	if (c->scope == SCOPE_ASSIGNED && !row->released)
		return ERR_DENIED;
	return row->in_hand ? OK : ERR_STATE;
}

static int
read_row(struct ctx *c, struct arena *a, struct opinion_id id, struct row *out)
{
	struct stmt *q;

	if (!may(c, PERM_OPINION_READ) || !may(c, PERM_OPINION_CONTACT))
		return ERR_DENIED;
	q = ctx_sql(c, &entity_opinion, sql_row);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, row_fields, out);
}

int
contact_get(struct ctx *c, struct opinion_id id, struct contact *out)
{
	struct arena *a = arena_new();
	struct row row;
	int err = read_row(c, a, id, &row);

	if (err == OK) {
		*out = (struct contact){.may_open = may_look(c, &row) == OK};
		if (c->scope != SCOPE_ASSIGNED || row.released)
			(void)snprintf(out->mask, sizeof(out->mask), "%s",
			               row.mask);
	}
	arena_free(a);
	return err;
}

int
contact_same(struct ctx *c, struct arena *a, struct opinion_id id,
             struct opinion_id **ids, int *n)
{
	struct opinion_id *all =
	    arena_alloc(a, sizeof(*all) * CONTACT_SAME_MAX);
	struct contact shown;
	struct stmt *q;
	int count = 0, err = contact_get(c, id, &shown);

	if (err != OK)
		return err;
	if (shown.mask[0] == '\0')
		return ERR_DENIED;
	q = ctx_sql(c, &entity_opinion, sql_same);
	bind_id(q, ":id", id.v);
	while (count < CONTACT_SAME_MAX && stmt_next(q))
		all[count++].v = col_int(q, 0);
	err = stmt_end(q);
	if (err == OK) {
		*ids = all;
		*n = count;
	}
	return err;
}

/* --- opening ------------------------------------------------------------- */

/* The text behind what it is about. */
static int
unseal(const struct secret_box_key *key, struct opinion_id id,
       const char *sealed, char out[CONTACT_TEXT + 1])
{
	char text[SECRET_BOX_TEXT + 1], whose[ABOUT];
	size_t n = about(id, whose);
	int err = secret_box_unseal(key, sealed, text);

	if (err == OK &&
	    (strncmp(text, whose, n) != 0 || strlen(text + n) > CONTACT_TEXT))
		err = ERR_INVALID;
	if (err == OK)
		memcpy(out, text + n, strlen(text + n) + 1);
	secret_wipe(text, sizeof(text));
	return err == OK ? OK : ERR_CONFIG;
}

/* A row of the audit by itself: an event would stand in the way of striking
 * out what it was about. */
static int
trace(struct ctx *c, struct opinion_id id, const char *action, int why)
{
	struct json *detail = json_new_object(), *subject = json_new_array();
	struct arena *a;
	int err = store_begin(c->store);

	json_add_text(subject, entity_opinion.name);
	json_add_int(subject, id.v);
	json_set(detail, "subject", subject);
	if (why != OK)
		json_set_text(detail, "why", err_name(why));
	if (err == OK) {
		a = arena_new();
		err = audit_add(c, 0, action, json_print(detail, a));
		arena_free(a);
		if (err == OK)
			err = store_commit(c->store);
		else
			store_rollback(c->store);
	}
	json_free(detail);
	return err;
}

int
contact_refused(struct ctx *c, struct opinion_id id, int why)
{
	return trace(c, id, "contact.refuse", why);
}

static int
open_sealed(struct ctx *c, struct opinion_id id,
            const struct secret_box_key *key, char text[CONTACT_TEXT + 1])
{
	struct arena *a = arena_new();
	struct row row;
	int err = read_row(c, a, id, &row);

	if (err == OK)
		err = may_look(c, &row);
	if (err == OK)
		err = unseal(key, id, row.sealed, text);
	arena_free(a);
	return err;
}

int
contact_look(struct ctx *c, struct opinion_id id,
             const struct secret_box_key *key, char text[CONTACT_TEXT + 1])
{
	char found[CONTACT_TEXT + 1];
	int err = open_sealed(c, id, key, found), traced;

	if (err != OK) {
		traced = contact_refused(c, id, err);
		return traced == OK ? err : traced;
	}
	err = trace(c, id, "contact.open", OK);
	if (err == OK)
		memcpy(text, found, sizeof(found));
	secret_wipe(found, sizeof(found));
	return err;
}

const char *
contact_refusal(int err)
{
	switch (err) {
	case ERR_DENIED:
		return N_("You may not see this contact.");
	case ERR_NOT_FOUND:
		return N_("There is no contact, or you may not see the "
		          "opinion.");
	case ERR_STATE:
		return N_("The opinion is closed: its contact is not opened "
		          "any more.");
	case ERR_LIMIT:
		return N_("You have opened many contacts within the hour; "
		          "please wait a few minutes.");
	case ERR_CONFIG:
		return N_(
		    "This contact was sealed with another key; please tell "
		    "the administrator.");
	case ERR_UNAVAILABLE:
		return N_("Contacts cannot be opened just now; please try "
		          "again.");
	default:
		return err_msgid(err);
	}
}

/* --- matching ------------------------------------------------------------ */

static int
match_one(struct ctx *c, const struct secret_box_key *key,
          const struct fresh *row)
{
	char text[CONTACT_TEXT + 1], hash[SECRET_HEX + 1];
	const char *phone;
	struct buf b = BUF_INIT;
	struct stmt *q;

	if (unseal(key, row->id, row->sealed, text) != OK)
		return OK;
	phone = strchr(text, '\n');
	buf_addf(&b, "liaison match %s", phone != NULL ? phone + 1 : "");
	secret_keyed_hash(key->seed, b.data, b.len, hash);
	secret_wipe(b.data, b.len);
	secret_wipe(text, sizeof(text));
	buf_clear(&b);
	q = ctx_stmt(c, &entity_contact, SQL_MATCH);
	bind_id(q, ":id", row->id.v);
	bind_text(q, ":match", hash);
	return stmt_run(q, NULL);
}

static int
match_rows(struct ctx *c, const struct secret_box_key *key,
           const struct fresh *rows, int n)
{
	int err = store_begin(c->store);

	if (err != OK)
		return err;
	for (int i = 0; i < n && err == OK; i++)
		err = match_one(c, key, &rows[i]);
	if (err == OK)
		return store_commit(c->store);
	store_rollback(c->store);
	return err;
}

int
contact_match(struct ctx *c, const struct secret_box_key *key, int max,
              struct opinion_id *after, int *n)
{
	struct arena *a = arena_new();
	struct fresh *rows;
	struct stmt *q = ctx_stmt(c, &entity_contact, SQL_FRESH);
	int count, err;

	bind_int(q, ":after", after->v);
	err = stmt_all(q, a, fresh_fields, sizeof(*rows), max, &rows, &count);
	if (err == OK && count > 0)
		err = match_rows(c, key, rows, count);
	if (err == OK) {
		if (count > 0)
			*after = rows[count - 1].id;
		*n = count;
	}
	arena_free(a);
	return err;
}
