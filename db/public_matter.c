/* What a citizen writes from a telephone, and what they may read of it. */
#include "db/public_matter.h"

#include <string.h>

#include "db/activity_in.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/contact.h"
#include "db/entry.h"
#include "db/mandate.h"
#include "db/opinion_note.h"
#include "db/setting.h"
#include "db/store/stmt.h"

enum { REPEAT_HOURS = 24, TOLD_MAX = 50 };

/* clang-format off */
const struct doubt_kind doubt_kinds[DOUBT_KINDS] = {
	{DOUBT_RATE,   "rate",   N_("many messages from one source")},
	{DOUBT_TRAP,   "trap",   N_("filled in by a machine")},
	{DOUBT_LINK,   "link",   N_("addresses in the text")},
	{DOUBT_WORD,   "word",   N_("a word of the list")},
	{DOUBT_REPEAT, "repeat", N_("the same words as before")},
	{DOUBT_CODE,   "code",   N_("many messages by one code")},
	{DOUBT_UNKNOWN, "unknown", N_("unknown to the robot")},
};

static const struct field person_fields[] = {
	FIELD(public_person, name,         TEXT, ""),
	FIELD(public_person, unit_name,    TEXT, ""),
	FIELD(public_person, station_name, TEXT, ""),
	FIELD(public_person, district,     TEXT, ""),
	FIELD(public_person, county,       BOOL, ""),
	FIELD(public_person, town,         BOOL, ""),
	FIELD_END,
};

static const struct field told_fields[] = {
	FIELD(public_told, at,    TIME,  ""),
	FIELD(public_told, words, LINES, ""),
	FIELD_END,
};
/* clang-format on */

static const char sql_person[] =
    "SELECT p.name AS name, u.name AS unit_name, s.name AS station_name,"
    "       coalesce((SELECT d.name FROM district AS d"
    "         WHERE d.id = mandate.district), '') AS district,"
    "       max(mandate.level = 'county') AS county,"
    "       max(mandate.level = 'town') AS town"
    "  FROM mandate JOIN person AS p ON p.id = mandate.person"
    "  JOIN unit AS u ON u.id = mandate.unit"
    "  JOIN station AS s ON s.id = mandate.station"
    " WHERE mandate.person = :id AND @scope GROUP BY mandate.person";

/* The day's messages of a unit are few. */
static const char sql_repeat[] =
    "SELECT 1 FROM opinion WHERE unit IS :unit AND received_at > :from"
    "   AND body = :body AND source = 'public' LIMIT 1";

/* No more are read than may pass. */
static const char sql_many[] =
    "SELECT 1 FROM opinion WHERE code = :code AND received_at > :from"
    " LIMIT 1 OFFSET :most - 1";

static const char sql_word[] = "SELECT value FROM setting"
			       " WHERE name = 'message.words'";

static const char sql_told[] =
    "SELECT at, words FROM opinion_note"
    " WHERE opinion = :id AND kind = 'tell' ORDER BY id LIMIT 50";

bool
doubt_is(const struct doubt_kind *kind, const char *doubts)
{
	size_t n = strlen(kind->name);
	const char *at = doubts;

	while ((at = strstr(at, kind->name)) != NULL) {
		if ((at == doubts || at[-1] == ' ') &&
		    (at[n] == '\0' || at[n] == ' '))
			return true;
		at += n;
	}
	return false;
}

const char *
doubt_text(struct arena *a, const char *doubts)
{
	const char *text = "";

	for (int i = 0; i < DOUBT_KINDS; i++)
		if (doubt_is(&doubt_kinds[i], doubts))
			text = *text == '\0'
			           ? _(doubt_kinds[i].label)
			           : arena_printf(a, "%s, %s", text,
			                          _(doubt_kinds[i].label));
	return *text == '\0' ? doubts : text;
}

/* --- taking a message -------------------------------------------------- */

static bool
has_address(const char *text)
{
	static const char *const parts[] = {"http://", "https://", "www.",
	                                    "HTTP", "://"};

	for (size_t i = 0; i < COUNT(parts); i++)
		if (strstr(text, parts[i]) != NULL)
			return true;
	return false;
}

/* Any word of the list, which blanks divide. */
static int
has_word(struct ctx *c, struct arena *a, const char *text, bool *has)
{
	struct stmt *q = ctx_sql(c, NULL, sql_word);
	char *words = arena_strdup(a, stmt_next(q) ? col_text(q, 0) : "");
	char *rest;

	for (char *w = strtok_r(words, " ", &rest); w != NULL;
	     w = strtok_r(NULL, " ", &rest))
		*has |= strstr(text, w) != NULL;
	return stmt_end(q);
}

static int
is_repeated(struct ctx *c, const struct opinion *entry, bool *is)
{
	struct stmt *q = ctx_sql(c, NULL, sql_repeat);

	bind_id(q, ":unit", entry->unit.v);
	bind_int(q, ":from", ctx_now(c).s - REPEAT_HOURS * 3600);
	bind_text(q, ":body", entry->body);
	*is = stmt_next(q);
	return stmt_end(q);
}

/* Whether the code has brought as many within the hour as may pass. */
static int
is_many(struct ctx *c, const struct opinion *entry, bool *is)
{
	struct stmt *q;
	int64_t most;
	int err = setting_number(c, "message.per_hour_code", 60, &most);

	if (err != OK)
		return err;
	q = ctx_sql(c, NULL, sql_many);
	bind_id(q, ":code", entry->code.v);
	bind_int(q, ":from", ctx_now(c).s - 3600);
	bind_int(q, ":most", most);
	*is = stmt_next(q);
	return stmt_end(q);
}

int
doubts_of_words(struct ctx *c, struct arena *a, const char *words,
                unsigned *found)
{
	bool has = false;
	int err = has_word(c, a, words, &has);

	if (has)
		*found |= DOUBT_WORD;
	if (has_address(words))
		*found |= DOUBT_LINK;
	return err;
}

const char *
doubt_names(struct arena *a, unsigned found)
{
	const char *names = "";

	for (int i = 0; i < DOUBT_KINDS; i++)
		if (found & (unsigned)doubt_kinds[i].doubt)
			names = arena_printf(a, "%s%s%s", names,
			                     *names == '\0' ? "" : " ",
			                     doubt_kinds[i].name);
	return names;
}

/* Why it is held, as names; "" it is not. */
static int
find_doubts(struct ctx *c, struct arena *a, const struct opinion *entry,
            unsigned found, const char **names)
{
	bool is = false, many = false;
	int err = doubts_of_words(c, a, entry->body, &found);

	if (err == OK)
		err = is_repeated(c, entry, &is);
	if (err == OK)
		err = is_many(c, entry, &many);
	if (many)
		found |= DOUBT_CODE;
	if (is)
		found |= DOUBT_REPEAT;
	*names = doubt_names(a, found);
	return err;
}

int
public_message_take(struct ctx *c, struct arena *a, const struct code *code,
                    const struct public_message *message,
                    char secret[OPINION_SECRET + 1], struct opinion_id *id)
{
	const struct contact_entry contact = {message->sender, message->phone};
	struct opinion entry;
	struct public_person deputy;
	struct ctx system;
	int err = OK;

	ctx_as_system(c, &system);
	opinion_default(&system, &entry);
	entry.source = SOURCE_PUBLIC;
	entry.unit = code->unit;
	entry.code = code->id;
	entry.level = OPINION_OF_STATION;
	entry.sender = message->sender;
	entry.venue = message->venue;
	entry.files = message->files;
	entry.file_count = message->file_count;
	if (message->phone[0] != '\0')
		entry.contact = &contact;
	ctx_check_begin(&system); /* as it is stored, so that it compares */
	entry.body = entry_text(&system, a, "body", message->words, TEXT_LINES,
	                        OPINION_BODY_MAX, true);
	err = ctx_check_end(&system);
	if (err == OK && code->kind == CODE_DEPUTY) {
		entry.deputy.v = code->subject;
		err = public_person(c, a, entry.deputy, &deputy);
	}
	if (err == OK)
		err = find_doubts(&system, a, &entry, message->doubts,
		                  &entry.doubts);
	if (err == OK)
		err = opinion_add(&system, &entry, entry.doubts[0] != '\0',
		                  secret, id);
	if (err == ERR_INVALID) {
		memcpy(c->faults, system.faults, sizeof(c->faults));
		c->fault_count = system.fault_count;
	}
	return err;
}

/* --- reading ----------------------------------------------------------- */

int
public_person(struct ctx *c, struct arena *a, struct person_id id,
              struct public_person *out)
{
	struct stmt *q = ctx_sql(c, &entity_mandate, sql_person);

	bind_id(q, ":id", id.v);
	return stmt_one(q, a, person_fields, out);
}

static int
read_told(struct ctx *c, struct arena *a, struct opinion_id id,
          struct public_matter *out)
{
	struct stmt *q = ctx_sql(c, NULL, sql_told);

	bind_id(q, ":id", id.v);
	return stmt_all(q, a, told_fields, sizeof(*out->told), TOLD_MAX,
	                &out->told, &out->n);
}

/* Their own only: what others sent, or an office, is not theirs to see. */
static int
read_files(struct ctx *c, struct arena *a, struct opinion_id id,
           struct public_matter *out)
{
	struct attachment *rows;
	int n, err = attachment_list(c, a, id, &rows, &n);

	if (err != OK)
		return err;
	out->files = rows;
	for (int i = 0; i < n; i++)
		if (rows[i].opinion.v == id.v && rows[i].by.v == 0)
			rows[out->file_count++] = rows[i];
	return OK;
}

int
public_matter_get(struct ctx *c, struct arena *a, struct opinion_id id,
                  struct public_matter *out)
{
	struct opinion own, of;
	struct ctx system;
	int err;

	ctx_as_system(c, &system);
	err = opinion_get(&system, a, id, &own);
	of = own;
	if (err == OK && own.merged.v != 0)
		err = opinion_get(&system, a, own.merged, &of);
	if (err != OK)
		return err;
	*out = (struct public_matter){
	    .id = own.id,
	    .version = own.version,
	    .subject = own.subject,
	    .received_at = own.received_at,
	    .state = of.state,
	    .result = of.result,
	    .rating = of.rating,
	    .merged = own.merged.v != 0,
	};
	err = read_files(&system, a, own.id, out);
	return err == OK ? read_told(&system, a, of.id, out) : err;
}

const char *
public_state(int state)
{
	static const char *const words[OPINION_STATES] = {
	    [OPINION_HELD] = N_("It has arrived and waits to be read."),
	    [OPINION_NEW] = N_("It has arrived and waits to be taken up."),
	    [OPINION_TRIAGE] = N_("It was taken up."),
	    [OPINION_HANDLING] = N_("An office is handling it."),
	    [OPINION_FEEDBACK] = N_("There is an answer; somebody will tell "
	                            "you here."),
	    [OPINION_AWAITING] = N_("It was answered. Please say whether you "
	                            "are satisfied."),
	    [OPINION_AGAIN] = N_("It is handled again."),
	    [OPINION_ESCALATED] = N_("The congress supervises it."),
	    [OPINION_MERGED] = N_("It goes with the same matter of others."),
	    [OPINION_CONVERTED] = N_("It became a proposal, whose answer will "
	                             "stand here."),
	    [OPINION_CLOSED] = N_("It is closed."),
	    [OPINION_DISCARDED] = N_("It was not taken up."),
	};

	return words[state];
}

bool
public_may_add(const struct public_matter *m)
{
	return opinion_is_open(m->state) && m->state != OPINION_HELD;
}

/* A matter that went with another is rated there. */
bool
public_may_rate(const struct public_matter *m)
{
	return m->state == OPINION_AWAITING && !m->merged;
}

int
public_matter_add(struct ctx *c, struct opinion_id id, const char *words,
                  const struct attachment_file *files, int n)
{
	struct ctx system;
	int err;

	ctx_as_system(c, &system);
	err = opinion_say_with(&system, id, NOTE_MORE, words, files, n);
	if (err == ERR_INVALID) {
		memcpy(c->faults, system.faults, sizeof(c->faults));
		c->fault_count = system.fault_count;
	}
	return err;
}

int
public_matter_rate(struct ctx *c, const struct public_matter *m,
                   enum opinion_rating rating, const char *words)
{
	struct ctx system;
	int err;

	if (!public_may_rate(m))
		return ERR_STATE;
	ctx_as_system(c, &system);
	err = opinion_rate(&system, m->id, m->version, rating, words, false);
	if (err == ERR_INVALID) {
		memcpy(c->faults, system.faults, sizeof(c->faults));
		c->fault_count = system.fault_count;
	}
	return err;
}
