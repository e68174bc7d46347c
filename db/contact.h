/*
 * The contact of who wrote an opinion: name and telephone. It is sealed for
 * a key that only liaison-auth has and matched by a keyed hash that only
 * liaison-auth can compute, so that nobody else reads it in the database, a
 * copy of it or a log; everybody else sees a mask, 136****2210. Who may have
 * it opened is decided here, and each look leaves a row of the audit, also
 * one that was refused. Source: design.md, Contacts; domain.md, the roles.
 */
#ifndef DB_CONTACT_H
#define DB_CONTACT_H

#include "db/base/arena.h"
#include "db/base/field.h"
#include "db/base/secret_box.h"
#include "db/ids.h"
#include "db/store/ctx.h"
#include "db/store/entity.h"

enum {
	CONTACT_NAME_MAX = 30, /* characters */
	CONTACT_PHONE_MAX = 30,
	CONTACT_PHONE = 13, /* bytes of a number as it is kept */
	CONTACT_MASK = 16,
	CONTACT_TEXT = CONTACT_NAME_MAX * 4 + 1 + CONTACT_PHONE,
	CONTACT_SAME_MAX = 20
};

/* As typed, or cleaned: 13612342210 or 0573-87012345. */
struct contact_entry {
	const char *name, *phone;
};

/* For a form over a struct of that name with the members contact_name and
 * contact_phone; its rows are `undrafted`. */
#define CONTACT_FIELDS(row)                                                    \
	FIELD(row, contact_name, TEXT, N_("Name"), .max = CONTACT_NAME_MAX,    \
	      .personal = true),                                               \
	    FIELD(row, contact_phone, TEXT, N_("Telephone"),                   \
	          .max = CONTACT_PHONE_MAX, .personal = true)

/* What may be shown of one. */
struct contact {
	char mask[CONTACT_MASK]; /* "": not for an office it was not
	                            released to */
	bool may_open;           /* by the acting hat, now */
};

extern const struct entity entity_contact;

/* Between ctx_check_begin and ctx_check_end: entry (NULL, or both empty: no
 * contact) cleaned, in a. Faults: contact_name, contact_phone. */
void contact_clean(struct ctx *c, struct arena *a,
                   const struct contact_entry *entry,
                   struct contact_entry *out);
/* Seal a cleaned one, inside the event of the opinion's entry; without a
 * number there is nothing to write. Errors: ERR_UNAVAILABLE (this process
 * was given no key), ERR_STORE ... */
int contact_add(struct ctx *c, struct opinion_id id,
                const struct contact_entry *clean) MUST_CHECK;

/* The mask of an opinion that the acting hat sees. Errors: ERR_DENIED,
 * ERR_NOT_FOUND (no such opinion, or it has none), ERR_STORE. */
int contact_get(struct ctx *c, struct opinion_id id,
                struct contact *out) MUST_CHECK;
/* The newest other opinions of the same telephone that the hat sees, at most
 * CONTACT_SAME_MAX; ids in a. Nothing before liaison-auth has matched it.
 * Errors: as contact_get. */
int contact_same(struct ctx *c, struct arena *a, struct opinion_id id,
                 struct opinion_id **ids, int *n) MUST_CHECK;

/*
 * For liaison-auth. Name and telephone with a newline between, for the hat
 * of c; the audit says so before they are given. Whoever holds the contact
 * wipes it. Errors, each in the audit too: ERR_DENIED (this hat, or not
 * released), ERR_NOT_FOUND, ERR_STATE (no case in hand any more), ERR_CONFIG
 * (sealed for another key); ERR_BUSY, ERR_READONLY ... (no trace, no look).
 */
int contact_look(struct ctx *c, struct opinion_id id,
                 const struct secret_box_key *key,
                 char text[CONTACT_TEXT + 1]) MUST_CHECK;
/* Why a contact is not opened, also ERR_LIMIT and ERR_UNAVAILABLE: a msgid. */
const char *contact_refusal(int err);
/* A look that was refused before it was one; why becomes a part of the
 * audit's row. */
int contact_refused(struct ctx *c, struct opinion_id id, int why) MUST_CHECK;
/* Compute what matches of at most max that have none yet, with a number
 * above *after. *after is then the last one, *n how many there were. Those
 * of another key stay without. Errors: as store_begin. */
int contact_match(struct ctx *c, const struct secret_box_key *key, int max,
                  struct opinion_id *after, int *n) MUST_CHECK;

#endif
