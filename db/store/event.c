/* One action, one transaction, one row here, and what follows by itself. */
#include "db/store/event.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/store/inner.h"

struct action_row {
	const char *name, *label;
	enum perm perm;
	bool strikable;
};

static const struct action_row actions[ACTIONS] = {
#define ACTION(code, name_, label_, perm_, strikable_)                         \
	[ACTION_##code] = {name_, label_, perm_, strikable_},
#include "db/store/actions.def"
#undef ACTION
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(event, id,           INT,   N_("Number"),  .readonly = true),
	FIELD(event, action,       TOKEN, N_("Action"),  .readonly = true),
	FIELD(event, at,           TIME,  N_("Time"),    .readonly = true),
	FIELD(event, account,      INT,   N_("Account"), .readonly = true),
	FIELD(event, person,       INT,   N_("Person"),  .readonly = true),
	FIELD(event, office,       INT,   N_("Office"),  .readonly = true),
	FIELD(event, unit,         INT,   N_("Unit"),    .readonly = true),
	FIELD(event, subject_kind, TOKEN, N_("Kind"),    .readonly = true),
	FIELD(event, subject,      INT,   N_("Record"),  .readonly = true),
	FIELD(event, reason,       TEXT,  N_("Reason"),  .readonly = true),
	FIELD(event, struck_by,    INT,   N_("Struck out by"), .readonly = true),
	FIELD_END,
};
/* clang-format on */

/* An event lies in its unit's ledger; a station has one unit. */
static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "event.unit = :my_unit",
    [SCOPE_STATION] = "event.unit = :my_unit",
    [SCOPE_SELF] = "event.person = :me",
};

enum { SQL_GET, SQL_ADD, SQL_SAVE };

static const char *const sql[] = {
    [SQL_GET] = "SELECT id, action, at, account, person, office, unit,"
		" subject_kind, subject, reason, struck_by"
		"  FROM event WHERE id = :id AND @scope",
    [SQL_ADD] = "INSERT INTO event (action, at, account, person, office,"
		" unit, subject_kind, subject, cause)"
		" VALUES (:action, :now, :account, :me, :my_office, :unit,"
		" :kind, :subject, :cause)",
    [SQL_SAVE] = "UPDATE event SET subject = :subject, unit = :unit,"
		 " reason = :reason WHERE id = :id",
};

const struct entity entity_event = {
    .kind = ENTITY_EVENT,
    .name = "event",
    .label = N_("Event"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = COUNT(sql),
};

const char *
action_name(enum action action)
{
	return actions[action].name;
}

const char *
action_label(enum action action)
{
	return actions[action].label;
}

enum action
action_of(const char *name)
{
	for (int i = 0; i < ACTIONS; i++)
		if (strcmp(actions[i].name, name) == 0)
			return (enum action)i;
	return ACTIONS;
}

enum perm
action_perm(enum action action)
{
	return actions[action].perm;
}

bool
action_is_strikable(enum action action)
{
	return actions[action].strikable;
}

int
event_read(struct ctx *c, struct arena *a, int64_t id, struct event *out)
{
	struct stmt *q = ctx_stmt(c, &entity_event, SQL_GET);

	bind_int(q, ":id", id);
	return stmt_one(q, a, fields, out);
}

/* --- writing one --------------------------------------------------------- */

static int
add_row(struct ctx *c, struct event_frame *f)
{
	struct stmt *q = ctx_stmt(c, &entity_event, SQL_ADD);
	int err;

	bind_text(q, ":action", action_name(f->action));
	bind_id(q, ":account", c->account);
	bind_id(q, ":unit", f->unit);
	bind_text(q, ":kind", entity_of(f->kind)->name);
	bind_int(q, ":subject", f->subject);
	bind_id(q, ":cause", f->outer != NULL ? f->outer->id : 0);
	err = stmt_run(q, NULL);
	f->id = sqlite3_last_insert_rowid(c->store->db);
	return err;
}

static int
save_row(struct ctx *c, const struct event_frame *f)
{
	struct stmt *q;

	if (!f->dirty)
		return OK;
	q = ctx_stmt(c, &entity_event, SQL_SAVE);
	bind_int(q, ":id", f->id);
	bind_int(q, ":subject", f->subject);
	bind_id(q, ":unit", f->unit);
	bind_text(q, ":reason", f->reason);
	return stmt_run(q, NULL);
}

static void
pop(struct ctx *c)
{
	struct store *s = c->store;
	struct event_frame *f = s->frame;

	s->frame = c->frame = f->outer;
	free(f->changes);
	free(f->abouts);
	free(f);
}

/* Inside a transaction that somebody else began (the demo, an import) an
 * event that fails takes back itself only. */
static int
open_transaction(struct store *s)
{
	s->owns = !store_in_transaction(s);
	return s->owns ? store_begin(s)
	               : stmt_run(store_stmt(s, "SAVEPOINT event"), NULL);
}

static void
abandon(struct store *s)
{
	if (s->owns) {
		store_rollback(s);
	} else if (store_in_transaction(s)) {
		char why[WHY_MAX];

		memcpy(why, s->why, sizeof(why));
		if (store_exec(s, "ROLLBACK TO event") == OK &&
		    store_exec(s, "RELEASE event") == OK)
			memcpy(s->why, why, sizeof(why));
	}
}

int
event_begin(struct ctx *c, enum action action, enum entity_kind kind,
            int64_t subject, int64_t unit)
{
	struct store *s = c->store;
	struct event_frame *f;
	int err;

	if (!may(c, action_perm(action)))
		return ERR_DENIED;
	assert(c->frame == s->frame);
	if (s->frame == NULL) {
		err = open_transaction(s);
		if (err != OK)
			return err;
	}
	f = xcalloc(1, sizeof(*f));
	f->at = ctx_now(c); /* of the outer one, if there is one */
	f->outer = s->frame;
	f->action = action;
	f->kind = kind;
	f->subject = subject;
	f->unit = unit;
	f->reason = "";
	s->frame = c->frame = f;
	err = add_row(c, f);
	if (err == OK)
		return OK;
	if (f->outer != NULL) {
		s->failed = err;
		pop(c);
		return err;
	}
	pop(c);
	abandon(s);
	journal_forget(s);
	return err;
}

void
event_subject(struct ctx *c, int64_t subject, int64_t unit)
{
	c->frame->subject = subject;
	c->frame->unit = unit;
	c->frame->dirty = true;
}

void
event_reason(struct ctx *c, const char *reason)
{
	c->frame->reason = arena_strdup(c->store->arena, reason);
	c->frame->dirty = true;
}

void
event_about(struct ctx *c, enum entity_kind kind, int64_t id)
{
	struct event_frame *f = c->frame;

	if (id == 0)
		return;
	if (f->about_n == f->about_size) {
		f->about_size = f->about_size > 0 ? f->about_size * 2 : 4;
		f->abouts = xrealloc(f->abouts, (size_t)f->about_size *
		                                    sizeof(*f->abouts));
	}
	f->abouts[f->about_n++] = (struct about){.kind = kind, .id = id};
}

int64_t
event_id(const struct ctx *c)
{
	return c->frame->id;
}

static void
note_unit(struct store *s, int64_t unit)
{
	if (s->unit == 0)
		s->unit = unit;
	else if (unit != s->unit)
		s->units_differ = true;
}

static int
finish(struct ctx *c, struct event_frame *f)
{
	struct store *s = c->store;
	int err = s->failed;

	if (err == OK)
		err = save_row(c, f);
	if (err == OK)
		err = journal_write(c, f);
	note_unit(s, f->unit);
	s->kinds |= ENTITY_BIT_OF(f->kind);
	return err;
}

static int
close_transaction(struct ctx *c, int err)
{
	struct store *s = c->store;
	uint64_t kinds = s->kinds;
	int64_t unit = s->units_differ ? 0 : s->unit;
	bool owns = s->owns;

	if (err != OK)
		abandon(s);
	else
		err = owns ? store_commit(s)
		           : stmt_run(store_stmt(s, "RELEASE event"), NULL);
	journal_forget(s);
	if (err == OK && owns && c->committed != NULL)
		c->committed(c->committed_data, kinds, unit);
	return err;
}

int
event_end(struct ctx *c, int err)
{
	struct store *s = c->store;
	struct event_frame *f = c->frame;
	bool inner = f->outer != NULL;

	if (err == OK)
		err = finish(c, f);
	pop(c);
	if (!inner)
		return close_transaction(c, err);
	/* What an inner event left half done must not be kept. */
	if (err != OK && s->failed == OK)
		s->failed = err;
	return err;
}
