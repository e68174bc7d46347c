/* Receiving opinions, and those of the past. */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "db/attachment.h"
#include "db/base/i18n.h"
#include "db/base/secret.h"
#include "db/base/text.h"
#include "db/contact.h"
#include "db/entry.h"
#include "db/opinion_in.h"
#include "db/opinion_note.h"
#include "db/store/event.h"

/* --- checking -------------------------------------------------------- */

/* A fault when nothing is there; *found (may be NULL): its number. */
static int
must_exist(struct ctx *c, struct stmt *q, const char *field, const char *msgid,
           int64_t *found)
{
	int64_t v;
	int err = stmt_int(q, found != NULL ? found : &v);

	if (err != ERR_NOT_FOUND)
		return err;
	ctx_fault(c, field, msgid);
	return OK;
}

/* Who accompanies: a deputy of today, and of a message to a deputy only that
 * deputy. */
int
opinion_check_companion(struct ctx *c, struct opinion *row)
{
	struct stmt *q;

	row->reader = row->deputy.v != 0 ? row->deputy : row->companion;
	if (row->companion.v == 0)
		return OK;
	if (row->deputy.v != 0 && row->companion.v != row->deputy.v) {
		ctx_fault(c, "companion",
		          N_("It came to one deputy; no other may read it."));
		return OK;
	}
	q = ctx_stmt(c, &entity_opinion, OPINION_SQL_DEPUTY);
	bind_id(q, ":person", row->companion.v);
	bind_id(q, ":unit", row->unit.v);
	return must_exist(c, q, "companion",
	                  N_("Choose a deputy of the unit who is in office."),
	                  NULL);
}

static int
check_activity(struct ctx *c, const struct opinion *row)
{
	struct stmt *q;

	if (row->activity.v == 0)
		return OK;
	q = ctx_stmt(c, &entity_opinion, OPINION_SQL_ACTIVITY);
	bind_id(q, ":activity", row->activity.v);
	bind_id(q, ":unit", row->unit.v);
	return must_exist(c, q, "activity",
	                  N_("Choose a reception of the unit."), NULL);
}

static int
check_place(struct ctx *c, const struct opinion *row)
{
	struct stmt *q;

	if (row->place.v == 0)
		return OK;
	q = ctx_stmt(c, &entity_opinion, OPINION_SQL_PLACE);
	bind_id(q, ":place", row->place.v);
	bind_id(q, ":station", row->station.v);
	if (stmt_next(q))
		return stmt_end(q);
	ctx_fault(c, "place", N_("Choose a room or point of the station."));
	return stmt_end(q);
}

static int
check_category(struct ctx *c, const struct opinion *row)
{
	struct stmt *q;

	if (row->category[0] == '\0')
		return OK;
	q = ctx_stmt(c, &entity_opinion, OPINION_SQL_CATEGORY);
	bind_text(q, ":category", row->category);
	return must_exist(c, q, "category", N_("Choose a category."), NULL);
}

/* The unit's station; the county itself has none. */
static int
find_station(struct ctx *c, struct opinion *row)
{
	struct stmt *q;

	row->station.v = 0;
	if (row->unit.v == 0)
		return OK;
	q = ctx_stmt(c, &entity_opinion, OPINION_SQL_STATION);
	bind_id(q, ":unit", row->unit.v);
	return must_exist(c, q, "unit", N_("Choose a unit with a station."),
	                  &row->station.v);
}

/* Who sees one unit works in it. */
static void
own_unit(const struct ctx *c, struct opinion *row)
{
	if (c->scope != SCOPE_COUNTY)
		row->unit.v = c->my_unit;
}

static bool
is_stop(uint32_t ch)
{
	static const uint32_t stops[] = {',',    ';',    0x3001,
	                                 0x3002, 0xff0c, 0xff1b};

	for (size_t i = 0; i < COUNT(stops); i++)
		if (ch == stops[i])
			return true;
	return false;
}

/* The first words make a subject: what goes on ends at a comma when one is
 * not too near. */
static const char *
subject_of(struct arena *a, const char *body)
{
	enum { WORDS = 24, LEAST = 6 };
	size_t left = strcspn(body, "\n"), n = 0, end = 0;
	uint32_t ch;

	for (int i = 0; i < WORDS && n < left; i++) {
		size_t at = n;

		n += (size_t)text_decode(body + n, left - n, &ch);
		if (i >= LEAST && is_stop(ch))
			end = at;
	}
	return arena_strndup(a, body, end > 0 ? end : n);
}

static void
check_contact(struct ctx *c, struct arena *a, struct opinion *row)
{
	struct contact_entry *clean;

	if (row->contact == NULL)
		return;
	clean = arena_alloc(a, sizeof(*clean));
	contact_clean(c, a, row->contact, clean);
	row->contact = clean;
}

int
opinion_check(struct ctx *c, struct arena *a, struct opinion *row)
{
	int err;

	ctx_check_begin(c);
	own_unit(c, row);
	entry_clean(c, a, opinion_fields, row);
	check_contact(c, a, row);
	if (row->subject[0] == '\0')
		row->subject = subject_of(a, row->body);
	err = find_station(c, row);
	if (err == OK)
		err = opinion_check_companion(c, row);
	if (err == OK)
		err = check_activity(c, row);
	if (err == OK)
		err = check_place(c, row);
	if (err == OK)
		err = check_category(c, row);
	if (err == OK)
		err = attachment_check(c, row->files, row->file_count);
	return err == OK ? ctx_check_end(c) : err;
}

/* --- receiving ------------------------------------------------------- */

void
opinion_default(struct ctx *c, struct opinion *out)
{
	*out = (struct opinion){
	    .unit = {c->my_unit},
	    .source = c->scope == SCOPE_SELF ? SOURCE_DEPUTY : SOURCE_DESK,
	    .venue = "",
	    .sender = "",
	    .subject = "",
	    .body = "",
	    .category = "",
	    .reason = "",
	    .doubts = "",
	    .level = c->my_unit != 0 ? OPINION_OF_STATION : OPINION_OF_COUNTY,
	};
}

static int
insert(struct ctx *c, const struct opinion *row, const char *hash,
       const struct opinion_days *days)
{
	struct stmt *q = ctx_stmt(c, &entity_opinion, OPINION_SQL_ADD);
	int err;

	event_subject(c, row->id.v, row->unit.v);
	/* It stands in the timeline of its deputy; in a reception's, which
	 * other deputies read, when it is no deputy's own. */
	if (row->reader.v != 0)
		event_about(c, ENTITY_PERSON, row->reader.v);
	else if (row->activity.v != 0)
		event_about(c, ENTITY_ACTIVITY, row->activity.v);
	bind_fields(q, opinion_fields, row);
	bind_text(q, ":secret", hash);
	opinion_bind_days(q, days);
	err = stmt_run(q, NULL);
	if (err == OK && row->contact != NULL)
		err = contact_add(c, row->id, row->contact);
	return err == OK ? attachment_add(c, row->id, row->received_by,
	                                  row->files, row->file_count)
	                 : err;
}

/* A new secret, and its hash. A demo's follow from its seed. */
static void
make_secret(const struct ctx *c, int64_t id, char secret[OPINION_SECRET + 1],
            char hash[SECRET_HEX + 1])
{
	char text[SECRET_HEX + 1];

	if (c->seed == 0) {
		secret_token(text);
	} else {
		snprintf(text, sizeof(text), "opinion %" PRIu64 " %" PRId64,
		         c->seed, id);
		secret_sha256(text, strlen(text), text);
	}
	for (int i = 0; i < OPINION_SECRET; i++)
		secret[i] = (char)toupper((unsigned char)text[i]);
	secret[OPINION_SECRET] = '\0';
	secret_sha256(secret, OPINION_SECRET, hash);
	secret_wipe(text, sizeof(text));
}

static int
receive(struct ctx *c, struct opinion *row, bool held,
        char secret[OPINION_SECRET + 1])
{
	static const struct opinion_days none = {-1, -1, -1};
	char hash[SECRET_HEX + 1];
	int err;

	row->id.v = ctx_new_id(c, &entity_opinion);
	make_secret(c, row->id.v, secret, hash);
	row->received_at = ctx_now(c);
	row->month = month_of(day_of(row->received_at));
	row->state = held ? OPINION_HELD : OPINION_NEW;
	err = opinion_clock_set(c, row, held ? CLOCK_NONE : CLOCK_RESPONSE,
	                        row->received_at);
	return err == OK ? insert(c, row, hash, &none) : err;
}

int
opinion_add(struct ctx *c, const struct opinion *entry, bool held,
            char secret[OPINION_SECRET + 1], struct opinion_id *id)
{
	struct opinion row = *entry;
	char own[OPINION_SECRET + 1];
	struct arena *a;
	int err;

	if (!may(c, PERM_OPINION_ENTER))
		return ERR_DENIED;
	a = arena_new();
	if (c->scope == SCOPE_SELF) { /* what a deputy writes is theirs */
		row.source = SOURCE_DEPUTY;
		row.deputy.v = c->me;
	}
	if (row.deputy.v != 0)
		row.companion = row.deputy;
	row.received_by.v = row.source == SOURCE_PUBLIC ? 0 : c->me;
	if (!held)
		row.doubts = "";
	err = opinion_check(c, a, &row);
	if (err == OK)
		err = event_begin(c, ACTION_OPINION_ADD, ENTITY_OPINION, 0,
		                  row.unit.v);
	if (err != OK)
		goto done;
	err = event_end(c, receive(c, &row, held, own));
	if (err == OK) {
		*id = row.id;
		if (secret != NULL)
			memcpy(secret, own, sizeof(own));
	}
	secret_wipe(own, sizeof(own));
done:
	arena_free(a);
	return err;
}

int
opinion_secret_fits(struct ctx *c, struct opinion_id id, const char *secret,
                    bool *fits)
{
	char hash[SECRET_HEX + 1];
	struct stmt *q = ctx_stmt(c, &entity_opinion, OPINION_SQL_SECRET);

	secret_sha256(secret, strlen(secret), hash);
	bind_id(q, ":id", id.v);
	*fits = stmt_next(q) && secret_equal_text(hash, col_text(q, 0));
	return stmt_end(q);
}

/* Closed long ago: by an answer of then. */
static int
file_past(struct ctx *c, struct opinion *row, struct instant answered,
          struct opinion_days *days)
{
	struct calendar cal;
	struct day from = day_of(row->received_at), to = day_of(answered);
	int err = calendar_load(c, from, to, &cal);

	if (err != OK)
		return err;
	row->state = OPINION_CLOSED;
	row->result = RESULT_EXPLAINED;
	row->rating = RATING_SILENT;
	row->taken_at = row->received_at;
	row->handled_at = row->told_at = row->closed_at = answered;
	row->warn_on = row->due_on = clock_no_day;
	days->response = 0;
	days->handling = calendar_count(&cal, from, to);
	return OK;
}

int
opinion_record(struct ctx *c, const struct opinion *entry, const char *answer,
               struct instant answered, struct opinion_id *id)
{
	struct opinion row = *entry;
	struct opinion_days days = {-1, -1, -1};
	struct arena *a;
	int err;

	if (!may(c, PERM_IMPORT_WRITE))
		return ERR_DENIED;
	a = arena_new();
	row.source = SOURCE_IMPORT;
	row.month = month_of(day_of(row.received_at));
	row.state = OPINION_NEW;
	err = opinion_check(c, a, &row);
	if (err == OK)
		err = answer != NULL
		          ? file_past(c, &row, answered, &days)
		          : opinion_clock_set(c, &row, CLOCK_RESPONSE,
		                              row.received_at);
	if (err != OK)
		goto done;
	row.id.v = ctx_new_id(c, &entity_opinion);
	err = insert(c, &row, "", &days);
	if (err == OK && answer != NULL)
		err = note_record(c, row.id, NOTE_ANSWER, answer, answered);
	if (err == OK)
		*id = row.id;
done:
	arena_free(a);
	return err;
}
