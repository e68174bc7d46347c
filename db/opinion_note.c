/* What was said about an opinion. */
#include "db/opinion_note.h"

#include "db/attachment.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/entry.h"
#include "db/opinion_in.h"
#include "db/store/event.h"

enum { NOTES_MAX = 1000 };

/* clang-format off */
const struct enum_name note_kinds[] = {
	{"more",      N_("The citizen added")},
	{"answer",    N_("Answered")},
	{"reply",     N_("Reply")},
	{"progress",  N_("Progress")},
	{"ask",       N_("Asked for time")},
	{"pause",     N_("Paused")},
	{"return",    N_("Returned")},
	{"refuse",    N_("Refused")},
	{"tell",      N_("Told the citizen")},
	{"rating",    N_("The citizen's words")},
	{"supervise", N_("Supervised")},
	{"instruct",  N_("Written instruction")},
	{"chase",     N_("Urged")},
	{"end",       N_("Ended")},
	{"note",      N_("Note")},
	{NULL, NULL},
};

static const struct field fields[] = {
	FIELD(opinion_note, id,      REF,   N_("Number"), .readonly = true),
	FIELD(opinion_note, opinion, REF,   N_("Opinion"), .readonly = true),
	FIELD(opinion_note, leg,     REF,   N_("Office"), .readonly = true),
	FIELD(opinion_note, kind,    ENUM,  N_("Kind"), .names = note_kinds, .readonly = true),
	FIELD(opinion_note, words,   LINES, N_("Words"), .max = OPINION_WORDS_MAX, .required = true, .personal = true),
	FIELD(opinion_note, at,      TIME,  N_("When"), .readonly = true),
	FIELD(opinion_note, by,      REF,   N_("Who"), .readonly = true),
	FIELD(opinion_note, event,   REF,   N_("Event"), .readonly = true),
	FIELD_END,
};

static const struct field line_fields[] = {
	FIELD(note_line, kind,   ENUM,  "", .names = note_kinds),
	FIELD(note_line, words,  LINES, ""),
	FIELD(note_line, at,     TIME,  ""),
	FIELD(note_line, event,  REF,   ""),
	FIELD(note_line, name,   TEXT,  ""),
	FIELD(note_line, office, TEXT,  ""),
	FIELD_END,
};

/* Kinds that are said by themselves. */
static const struct {
	enum perm perm;
	bool said, of_citizen;
} kinds[NOTE_KINDS] = {
	[NOTE_MORE]     = {PERM_OPINION_ENTER, true, true},
	[NOTE_INSTRUCT] = {PERM_OPINION_INSTRUCT, true, false},
	[NOTE_CHASE]    = {PERM_OPINION_HANDLE, true, false},
	[NOTE_NOTE]     = {PERM_OPINION_HANDLE, true, false},
};
/* clang-format on */

/* What every sender is told whose words were merged into one matter. */
#define TO_ALL "opinion_note.kind IN ('answer', 'refuse', 'tell', 'end')"

enum { SQL_LIST, SQL_LAST, SQL_ADD, SQL_COUNT };

static const char *const sql[] = {
    [SQL_LIST] =
	"SELECT opinion_note.kind, opinion_note.words, opinion_note.at,"
	" opinion_note.event, coalesce((SELECT p.name FROM person AS p"
	"   WHERE p.id = opinion_note.by), '') AS name,"
	" coalesce((SELECT o.name FROM opinion_leg AS l CROSS JOIN organ AS o"
	"   ON o.id = l.organ WHERE l.id = opinion_note.leg), '') AS office"
	" FROM opinion_note WHERE (opinion_note.opinion = :id"
	"   OR (opinion_note.opinion = (SELECT o.merged FROM opinion AS o"
	"         WHERE o.id = :id) AND " TO_ALL ")) AND @scope"
	" ORDER BY opinion_note.id LIMIT 1000",
    [SQL_LAST] = "SELECT opinion_note.* FROM opinion_note"
		 " WHERE opinion_note.opinion = :id"
		 "   AND opinion_note.kind = :kind AND @scope"
		 " ORDER BY opinion_note.id DESC LIMIT 1",
    [SQL_ADD] = "INSERT INTO opinion_note (id, opinion, leg, kind, words, at,"
		" by, event) VALUES (:id, :opinion, :leg, :kind, :words, :at,"
		" :by, :event)",
};

#define OF_OPINION(predicate)                                                  \
	"EXISTS (SELECT 1 FROM opinion AS o"                                   \
	" WHERE o.id = opinion_note.opinion AND " predicate ")"

/* As its opinion, and what all senders are told also as one merged into it;
 * an office reads what is the matter's own, but for what the house notes,
 * and its own leg's. */
static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = OF_OPINION("o.unit = :my_unit"),
    [SCOPE_STATION] = OF_OPINION("o.station = :my_station"),
    [SCOPE_SELF] = "(" OF_OPINION(
	"o.reader = :me") " OR (" TO_ALL " AND EXISTS (SELECT 1 FROM opinion "
			  "AS o WHERE o.merged ="
			  "   opinion_note.opinion AND o.reader = :me)))",
    [SCOPE_ASSIGNED] =
	"EXISTS (SELECT 1 FROM opinion_leg AS own"
	" WHERE own.opinion = opinion_note.opinion AND own.organ = :my_organ"
	"   AND (own.id = opinion_note.leg OR (opinion_note.leg IS NULL"
	"        AND opinion_note.kind <> 'note')))",
};

const struct entity entity_opinion_note = {
    .kind = ENTITY_OPINION_NOTE,
    .name = "opinion_note",
    .label = N_("Note"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = SQL_COUNT,
};

int
note_list(struct ctx *c, struct arena *a, struct opinion_id id,
          struct note_line **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_OPINION_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_opinion_note, SQL_LIST);
	bind_id(q, ":id", id.v);
	return stmt_all(q, a, line_fields, sizeof(**rows), NOTES_MAX, rows, n);
}

int
note_last(struct ctx *c, struct arena *a, struct opinion_id id,
          enum note_kind kind, struct opinion_note *out)
{
	struct stmt *q;

	if (!may(c, PERM_OPINION_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_opinion_note, SQL_LAST);
	bind_id(q, ":id", id.v);
	bind_text(q, ":kind", note_kinds[kind].name);
	return stmt_one(q, a, fields, out);
}

static int
add_by(struct ctx *c, struct opinion_id id, struct opinion_leg_id leg,
       enum note_kind kind, const char *words, struct person_id by,
       struct instant at)
{
	struct opinion_note row = {
	    .opinion = id,
	    .leg = leg,
	    .kind = (int)kind,
	    .words = words,
	    .by = by,
	};
	struct stmt *q;

	if (words == NULL || words[0] == '\0')
		return OK;
	row.id.v = ctx_new_id(c, &entity_opinion_note);
	row.at = at;
	row.event.v = event_id(c);
	q = ctx_stmt(c, &entity_opinion_note, SQL_ADD);
	bind_fields(q, fields, &row);
	return stmt_run(q, NULL);
}

int
note_add(struct ctx *c, struct opinion_id id, struct opinion_leg_id leg,
         enum note_kind kind, const char *words)
{
	return add_by(c, id, leg, kind, words, (struct person_id){c->me},
	              ctx_now(c));
}

int
note_record(struct ctx *c, struct opinion_id id, enum note_kind kind,
            const char *words, struct instant at)
{
	return add_by(c, id, (struct opinion_leg_id){0}, kind, words,
	              (struct person_id){0}, at);
}

bool
opinion_may_say(struct ctx *c, const struct opinion *o, enum note_kind kind)
{
	return kinds[kind].said && may(c, kinds[kind].perm) &&
	       (opinion_is_open(o->state) || o->state == OPINION_MERGED);
}

/* What is said, before it is written. */
struct said {
	enum note_kind kind;
	const char *words;
	const struct attachment_file *files;
	int n;
};

static int
write_said(struct ctx *c, const struct opinion *o, const struct said *s)
{
	/* What staff types for the citizen is still the citizen's: the event
	 * tells whose hand it was. */
	struct person_id by = {kinds[s->kind].of_citizen ? 0 : c->me};
	int err = add_by(c, o->id, (struct opinion_leg_id){0}, s->kind,
	                 s->words, by, ctx_now(c));

	if (err == OK)
		err = attachment_add(c, o->id, by, s->files, s->n);
	if (o->reader.v != 0)
		event_about(c, ENTITY_PERSON, o->reader.v);
	return err == OK ? opinion_touch(c, o) : err;
}

int
opinion_say_with(struct ctx *c, struct opinion_id id, enum note_kind kind,
                 const char *words, const struct attachment_file *files, int n)
{
	struct said said = {kind, words, files, n};
	struct arena *a = arena_new();
	struct opinion o;
	int err = opinion_get(c, a, id, &o);

	if (err == OK && !may(c, kinds[kind].perm))
		err = ERR_DENIED;
	if (err == OK && !opinion_may_say(c, &o, kind))
		err = ERR_STATE;
	if (err != OK)
		goto done;
	ctx_check_begin(c);
	said.words = entry_text(c, a, "words", words, TEXT_LINES,
	                        OPINION_WORDS_MAX, n == 0);
	err = attachment_check(c, files, n);
	if (err == OK)
		err = ctx_check_end(c);
	if (err == OK)
		err = event_begin(c, ACTION_OPINION_SAY, ENTITY_OPINION, id.v,
		                  o.unit.v);
	if (err == OK)
		err = event_end(c, write_said(c, &o, &said));
done:
	arena_free(a);
	return err;
}

int
opinion_say(struct ctx *c, struct opinion_id id, enum note_kind kind,
            const char *words)
{
	return opinion_say_with(c, id, kind, words, NULL, 0);
}
