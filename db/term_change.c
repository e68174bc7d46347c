/* The change of a congress's term, and its confirmation. */
#include "db/term_change.h"

#include "db/base/i18n.h"
#include "db/file_seal.h"
#include "db/mandate.h"
#include "db/store/event.h"
#include "db/store/fsm.h"
#include "db/store/stmt.h"

enum { PERSONS_MAX = 10000 };

/* clang-format off */
const struct enum_name term_change_states[] = {
	[TERM_CHANGE_DONE]      = {"done",      N_("done, not confirmed")},
	[TERM_CHANGE_CONFIRMED] = {"confirmed", N_("confirmed")},
	{NULL, NULL},
};

static const struct field fields[] = {
	FIELD(term_change, id,           REF,  N_("Number"),   .readonly = true),
	FIELD(term_change, unit,         REF,  N_("Unit"),     .readonly = true),
	FIELD(term_change, old_term,     REF,  N_("Old term"), .readonly = true),
	FIELD(term_change, new_term,     REF,  N_("New term"), .readonly = true),
	FIELD(term_change, state,        ENUM, N_("State"), .names = term_change_states, .readonly = true),
	FIELD(term_change, last_on,      DAY,  N_("Last day"), .readonly = true),
	FIELD(term_change, mandates,     INT,  N_("Mandates"), .readonly = true),
	FIELD(term_change, reelected,    INT,  N_("Elected again"), .readonly = true),
	FIELD(term_change, offices,      INT,  N_("Offices"),  .readonly = true),
	FIELD(term_change, codes,        INT,  N_("Codes"),    .readonly = true),
	FIELD(term_change, invitations,  INT,  N_("Invitations"), .readonly = true),
	FIELD(term_change, handed,       INT,  N_("Handed over"), .readonly = true),
	FIELD(term_change, seals,        INT,  N_("Sealed"),   .readonly = true),
	FIELD(term_change, event,        REF,  N_("Event"),    .readonly = true),
	FIELD(term_change, at,           TIME, N_("Date"),     .readonly = true),
	FIELD(term_change, confirmed_at, TIME, N_("Confirmed"), .readonly = true),
	FIELD_END,
};

enum { DO_CONFIRM };
static const struct step steps[] = {
	[DO_CONFIRM] = {"confirm", N_("Confirm")},
};
static const struct edge edges[] = {
	{TERM_CHANGE_DONE, DO_CONFIRM, TERM_CHANGE_CONFIRMED, PERM_TERM_CHANGE, false},
};
/* clang-format on */

static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "term_change.unit = :my_unit",
    [SCOPE_STATION] = "term_change.unit = :my_unit",
};

enum {
	SQL_GET,
	SQL_OF_TERM,
	SQL_ADD,
	SQL_CONFIRMED,
	SQL_LEAVERS,
	SQL_RECORDS,
	SQL_HELD,
	SQL_AGAIN,
	SQL_END,
	SQL_TERM
};

#define HELD                                                                   \
	" WHERE mandate.term = :old"                                           \
	"   AND (mandate.to_on IS NULL OR mandate.to_on > :last)"

static const char *const sql[] = {
    [SQL_GET] =
	"SELECT term_change.* FROM term_change WHERE id = :id AND @scope",
    [SQL_OF_TERM] = "SELECT term_change.* FROM term_change"
		    " WHERE old_term = :old AND @scope",
    [SQL_ADD] = "INSERT INTO term_change (id, unit, old_term, new_term, state,"
		" last_on, mandates, reelected, offices, codes, invitations,"
		" handed, event, at) VALUES (:id, :unit, :old_term, :new_term,"
		" :state, :last_on, :mandates, :reelected, :offices, :codes,"
		" :invitations, :handed, :event, :now)",
    [SQL_CONFIRMED] = "UPDATE term_change SET seals = :seals,"
		      " confirmed_at = :now WHERE id = :id AND @scope",
    /* Whoever changes the term of a congress changes all its mandates: the
     * term was asked for under their scope. */
    [SQL_LEAVERS] = "SELECT mandate.person FROM mandate" HELD,
    [SQL_RECORDS] = "SELECT count(*) FROM duty_record WHERE term = :old",
    [SQL_HELD] = "SELECT count(*) FROM mandate" HELD,
    [SQL_AGAIN] = "SELECT count(*) FROM mandate" HELD
		  " AND EXISTS (SELECT 1 FROM mandate AS m WHERE"
		  "   m.person = mandate.person AND m.term = :next)",
    [SQL_END] = "UPDATE mandate SET to_on = :last" HELD,
    [SQL_TERM] = "UPDATE term SET to_on = :last WHERE id = :old",
};

const struct entity entity_term_change = {
    .kind = ENTITY_TERM_CHANGE,
    .name = "term_change",
    .label = N_("Change of term"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = COUNT(sql),
    .states = term_change_states,
    .edges = edges,
    .edge_count = COUNT(edges),
    .steps = steps,
    .step_count = COUNT(steps),
};

/* --- what would follow --------------------------------------------------- */

static int
count(struct ctx *c, int which, const struct term_preview *p, int64_t *n)
{
	struct stmt *q = ctx_stmt(c, &entity_term_change, which);

	bind_id(q, ":old", p->old.id.v);
	if (which != SQL_RECORDS)
		bind_day(q, ":last", p->last_on);
	if (which == SQL_AGAIN)
		bind_id(q, ":next", p->next.id.v);
	return stmt_int(q, n);
}

/* Everybody whose mandate of the old term would end, or ends. */
static int
leavers(struct ctx *c, struct arena *a, const struct term_preview *p,
        struct person_id **ids, int *n)
{
	struct stmt *q = ctx_stmt(c, &entity_term_change, SQL_LEAVERS);

	*ids = arena_alloc(a, PERSONS_MAX * sizeof(**ids));
	*n = 0;
	bind_id(q, ":old", p->old.id.v);
	bind_day(q, ":last", p->last_on);
	while (stmt_next(q) && *n < PERSONS_MAX)
		(*ids)[(*n)++].v = col_int(q, 0);
	return stmt_end(q);
}

static struct leaving
leaving_of(struct ctx *c, const struct term_preview *p, struct person_id id)
{
	struct leaving leave = {
	    .person = id, .term = p->old.id, .last = p->last_on, .reason = ""};

	leaving_days(c, &leave);
	return leave;
}

/* The two terms, and whether it was done. */
static int
read_terms(struct ctx *c, struct arena *a, struct term_id old,
           struct term_preview *p)
{
	struct stmt *q;
	int err = term_get(c, a, old, &p->old);

	if (err != OK)
		return err;
	err = term_next(c, a, &p->old, 1, &p->next);
	if (err != OK && err != ERR_NOT_FOUND)
		return err;
	if (err == OK)
		p->last_on = day_add(p->next.from_on, -1);
	q = ctx_stmt(c, &entity_term_change, SQL_OF_TERM);
	bind_id(q, ":old", old.v);
	err = stmt_one(q, a, fields, &p->change);
	p->is_changed = err == OK;
	return err == ERR_NOT_FOUND ? OK : err;
}

static int
count_all(struct ctx *c, struct arena *a, struct term_preview *p)
{
	struct person_id *ids = NULL;
	int n = 0, err = count(c, SQL_HELD, p, &p->mandates);

	if (err == OK)
		err = count(c, SQL_AGAIN, p, &p->reelected);
	if (err == OK)
		err = leavers(c, a, p, &ids, &n);
	for (int i = 0; err == OK && i < n; i++) {
		const struct leaving leave = leaving_of(c, p, ids[i]);

		err = leaving_count(c, &leave, p->counts);
	}
	p->persons = p->mandates - p->reelected;
	return err;
}

int
term_change_preview(struct ctx *c, struct arena *a, struct term_id old,
                    struct term_preview *out)
{
	struct term_preview p = {0};
	int err = read_terms(c, a, old, &p);

	if (err == OK)
		err = count(c, SQL_RECORDS, &p, &p.records);
	if (err == OK && !p.is_changed && p.next.id.v != 0)
		err = count_all(c, a, &p);
	if (err == OK)
		*out = p;
	return err;
}

/* --- doing it ------------------------------------------------------------ */

static int
end_mandates(struct ctx *c, const struct term_preview *p)
{
	struct stmt *q = ctx_stmt(c, &entity_term_change, SQL_END);
	int err;

	bind_id(q, ":old", p->old.id.v);
	bind_day(q, ":last", p->last_on);
	err = stmt_run(q, NULL);
	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_term_change, SQL_TERM);
	bind_id(q, ":old", p->old.id.v);
	bind_day(q, ":last", p->last_on);
	return stmt_run(q, NULL);
}

static int
write_change(struct ctx *c, const struct term_preview *p,
             struct term_change *row)
{
	struct stmt *q = ctx_stmt(c, &entity_term_change, SQL_ADD);

	*row = (struct term_change){
	    .id = {ctx_new_id(c, &entity_term_change)},
	    .unit = p->old.unit,
	    .old_term = p->old.id,
	    .new_term = p->next.id,
	    .state = TERM_CHANGE_DONE,
	    .last_on = p->last_on,
	    .mandates = p->mandates,
	    .reelected = p->reelected,
	    .offices = p->counts[RESPONSIBLE_OFFICE],
	    .codes = p->counts[RESPONSIBLE_CODE],
	    .invitations =
		p->counts[RESPONSIBLE_INVITATION] + p->counts[RESPONSIBLE_SEAT],
	    .handed = p->counts[RESPONSIBLE_ACTIVITY],
	    .event = {event_id(c)},
	};
	event_subject(c, row->id.v, p->old.unit.v);
	event_about(c, ENTITY_TERM, p->next.id.v);
	bind_fields(q, fields, row);
	return stmt_run(q, NULL);
}

struct run {
	bool (*progress)(void *data, int permille);
	void *data;
};

static int
change(struct ctx *c, struct arena *a, struct term_preview *p,
       const struct run *run, struct term_change *row)
{
	struct person_id *ids = NULL;
	int n = 0, err = count(c, SQL_HELD, p, &p->mandates);

	if (err == OK)
		err = count(c, SQL_AGAIN, p, &p->reelected);
	if (err == OK)
		err = leavers(c, a, p, &ids, &n);
	if (err == OK)
		err = end_mandates(c, p);
	for (int i = 0; err == OK && i < n; i++) {
		struct leaving leave = leaving_of(c, p, ids[i]);

		event_about(c, ENTITY_PERSON, ids[i].v);
		err = leaving_settle(c, a, &leave, p->counts);
		if (err == OK && run->progress != NULL &&
		    !run->progress(run->data, i * 1000 / n))
			err = ERR_STOPPED;
	}
	return err == OK ? write_change(c, p, row) : err;
}

/* Nobody changes a term before the new one is at hand. */
static int
check(struct ctx *c, const struct term_preview *p)
{
	if (!may(c, PERM_TERM_CHANGE) || !term_is_ours(c, &p->old))
		return ERR_DENIED;
	if (p->is_changed)
		return ERR_EXISTS;
	if (p->next.id.v == 0)
		return ERR_NOT_FOUND;
	ctx_check_begin(c);
	if (day_compare(p->next.from_on, day_add(ctx_today(c), 1)) > 0)
		ctx_fault(c, "from_on", N_("The new term has not begun yet."));
	if (day_compare(p->last_on, p->old.from_on) < 0)
		ctx_fault(c, "from_on",
		          N_("The new term begins before the old one."));
	return ctx_check_end(c);
}

int
term_change_run(struct ctx *c, struct term_id old,
                bool (*progress)(void *data, int permille), void *data,
                struct term_change_id *id)
{
	const struct run run = {progress, data};
	struct arena *a = arena_new();
	struct term_preview p = {0};
	struct term_change row;
	int err = read_terms(c, a, old, &p);

	if (err == OK)
		err = check(c, &p);
	if (err == OK)
		err = event_begin(c, ACTION_TERM_CHANGE, ENTITY_TERM_CHANGE, 0,
		                  p.old.unit.v);
	if (err != OK)
		goto done;
	err = event_end(c, change(c, a, &p, &run, &row));
	if (err == OK)
		*id = row.id;
done:
	arena_free(a);
	return err;
}

/* --- confirming ---------------------------------------------------------- */

static int
change_get(struct ctx *c, struct arena *a, struct term_change_id id,
           struct term_change *out)
{
	struct stmt *q;

	if (!may(c, PERM_TERM_CHANGE))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_term_change, SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, fields, out);
}

static int
confirm(struct ctx *c, struct term_change *row)
{
	struct stmt *q;
	int err = fsm_fire(c, &entity_term_change, row->id.v, DO_CONFIRM, NULL);

	event_about(c, ENTITY_TERM, row->old_term.v);
	if (err == OK)
		err = file_seal_term(c, row->old_term, &row->seals);
	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_term_change, SQL_CONFIRMED);
	bind_fields(q, fields, row);
	return stmt_run(q, NULL);
}

int
term_change_confirm(struct ctx *c, struct term_change_id id)
{
	struct arena *a = arena_new();
	struct term_change row;
	int err = change_get(c, a, id, &row);

	if (err == OK && row.unit.v == 0 && c->scope != SCOPE_COUNTY)
		err = ERR_DENIED;
	if (err == OK)
		err = event_begin(c, ACTION_TERM_CONFIRM, ENTITY_TERM_CHANGE,
		                  id.v, row.unit.v);
	if (err == OK)
		err = event_end(c, confirm(c, &row));
	arena_free(a);
	return err;
}

int
term_change_undo(struct ctx *c, struct arena *a, struct term_change_id id,
                 const char *reason)
{
	struct event_list later;
	struct term_change row;
	int err = change_get(c, a, id, &row);

	return err == OK ? event_strike(c, a, row.event.v, reason, &later)
	                 : err;
}
