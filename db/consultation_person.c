/* The deputies who are asked about a draft law, and how far each got. */
#include "db/base/i18n.h"
#include "db/consultation_in.h"
#include "db/store/event.h"

/* clang-format off */
const struct enum_name reader_states[] = {
	{"received",  N_("Received it")},
	{"read",      N_("Read it")},
	{"studied",   N_("Studied")},
	{"commented", N_("Commented")},
	{"nothing",   N_("No comment")},
	{"seen",      N_("Saw the result")},
	{NULL, NULL},
};

static const struct field fields[] = {
	FIELD(consultation_person, id,           REF,  N_("Number"), .readonly = true),
	FIELD(consultation_person, consultation, REF,  N_("Consultation"), .readonly = true),
	FIELD(consultation_person, person,       REF,  N_("Deputy"), .readonly = true),
	FIELD(consultation_person, unit,         REF,  N_("Unit"), .readonly = true),
	FIELD(consultation_person, state,        ENUM, N_("How far"), .names = reader_states, .readonly = true),
	FIELD(consultation_person, received_at,  TIME, N_("Received it"), .readonly = true),
	FIELD(consultation_person, read_at,      TIME, N_("Read it"), .readonly = true),
	FIELD(consultation_person, studied_at,   TIME, N_("Studied"), .readonly = true),
	FIELD(consultation_person, done_at,      TIME, N_("Had their say"), .readonly = true),
	FIELD(consultation_person, seen_at,      TIME, N_("Saw the result"), .readonly = true),
	FIELD(consultation_person, to_on,        DAY,  N_("To"), .readonly = true),
	FIELD_END,
};

static const struct field named_fields[] = {
	FIELD(consultation_person, id,           REF,  ""),
	FIELD(consultation_person, consultation, REF,  ""),
	FIELD(consultation_person, person,       REF,  ""),
	FIELD(consultation_person, unit,         REF,  ""),
	FIELD(consultation_person, state,        ENUM, "", .names = reader_states),
	FIELD(consultation_person, received_at,  TIME, ""),
	FIELD(consultation_person, read_at,      TIME, ""),
	FIELD(consultation_person, studied_at,   TIME, ""),
	FIELD(consultation_person, done_at,      TIME, ""),
	FIELD(consultation_person, seen_at,      TIME, ""),
	FIELD(consultation_person, to_on,        DAY,  ""),
	FIELD(consultation_person, name,         TEXT, ""),
	FIELD(consultation_person, unit_name,    TEXT, ""),
	FIELD_END,
};

#define FROM(state) (1u << READER_##state)

/* From which states a step leads on; taken again it changes nothing. Who
 * comments has read, whether they said so or not. */
static const struct {
	unsigned from;
	enum action action;
} steps[READER_STATES] = {
	[READER_READ]      = {FROM(RECEIVED), ACTION_CONSULTATION_READ},
	[READER_STUDIED]   = {FROM(RECEIVED) | FROM(READ), ACTION_CONSULTATION_STUDY},
	[READER_COMMENTED] = {FROM(RECEIVED) | FROM(READ) | FROM(STUDIED) | FROM(NOTHING), ACTION_COMMENT_ADD},
	[READER_NOTHING]   = {FROM(RECEIVED) | FROM(READ) | FROM(STUDIED), ACTION_CONSULTATION_NOTHING},
	[READER_SEEN]      = {FROM(RECEIVED) | FROM(READ) | FROM(STUDIED) | FROM(COMMENTED) | FROM(NOTHING), ACTION_CONSULTATION_SEE},
};
/* clang-format on */

#define NAMED                                                                  \
	"SELECT consultation_person.*, n.name AS name, u.name AS unit_name"    \
	" FROM consultation_person"                                            \
	" CROSS JOIN person AS n ON n.id = consultation_person.person"         \
	" CROSS JOIN unit AS u ON u.id = consultation_person.unit"

static const char *const sql[] = {
    [READER_SQL_LIST] =
	NAMED " WHERE consultation_person.consultation = :id AND @scope"
	      " LIMIT 5000",
    [READER_SQL_MINE] =
	NAMED " WHERE consultation_person.consultation = :id"
	      "   AND consultation_person.person = :person AND @scope",
    [READER_SQL_ADD] =
	"INSERT INTO consultation_person (id, consultation, person, unit,"
	" station, state, received_at, to_on) VALUES (:id, :consultation,"
	" :person, :unit, :station, 'received', :now, :to_on)",
    /* Each once, however many mandates they have; of the county's first. */
    [READER_SQL_DEPUTIES] =
	"SELECT m.person, m.station, min(m.level = 'town') FROM mandate AS m"
	" WHERE m.unit = :unit AND m.from_on <= :today"
	"   AND (m.to_on IS NULL OR m.to_on >= :today) AND m.station NOT NULL"
	"   AND NOT EXISTS (SELECT 1 FROM consultation_person AS p"
	"     WHERE p.consultation = :consultation AND p.person = m.person)"
	" GROUP BY m.person",
    [READER_SQL_TAKE] =
	"UPDATE consultation_person SET state = :state,"
	" read_at = CASE WHEN :step >= 1 THEN coalesce(read_at, :now) END,"
	" studied_at = CASE WHEN :step = 2 THEN coalesce(studied_at, :now)"
	"   ELSE studied_at END,"
	" done_at = CASE WHEN :step IN (3, 4) THEN coalesce(done_at, :now)"
	"   ELSE done_at END,"
	" seen_at = CASE WHEN :step = 5 THEN :now ELSE seen_at END"
	" WHERE id = :id AND state = :was AND @scope",
    [READER_SQL_MOVE] = "UPDATE consultation_person SET to_on = :to_on"
			" WHERE consultation = :id AND @scope",
    [READER_SQL_RECEIVE] = "UPDATE consultation_person SET received_at = :now"
			   " WHERE consultation = :id AND @scope",
};

static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "consultation_person.unit = :my_unit",
    [SCOPE_STATION] = "consultation_person.unit = :my_unit",
    [SCOPE_SELF] = "consultation_person.person = :me",
};

const struct entity entity_consultation_person = {
    .kind = ENTITY_CONSULTATION_PERSON,
    .name = "consultation_person",
    .label = N_("Deputy asked"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = COUNT(sql),
    .states = reader_states,
};

/* --- who is asked -------------------------------------------------------- */

static bool
is_named(const struct person_id *persons, int n, int64_t person)
{
	for (int i = 0; i < n; i++)
		if (persons[i].v == person)
			return true;
	return n == 0;
}

static int
add(struct ctx *c, const struct consultation *row, struct unit_id unit,
    struct person_id person, struct station_id station)
{
	struct stmt *q =
	    ctx_stmt(c, &entity_consultation_person, READER_SQL_ADD);

	bind_id(q, ":id", ctx_new_id(c, &entity_consultation_person));
	bind_id(q, ":consultation", row->id.v);
	bind_id(q, ":person", person.v);
	bind_id(q, ":unit", unit.v);
	bind_id(q, ":station", station.v);
	bind_day(q, ":to_on", row->to_on);
	return stmt_run(q, NULL);
}

static int
receive_unit(struct ctx *c, struct arena *a, const struct consultation *row,
             struct unit_id unit, const struct person_id *persons, int n)
{
	enum { DEPUTIES_MAX = 1000 };
	struct {
		struct person_id person;
		struct station_id station;
	} *found = arena_alloc(a, DEPUTIES_MAX * sizeof(*found));
	struct stmt *q =
	    ctx_stmt(c, &entity_consultation_person, READER_SQL_DEPUTIES);
	int count = 0, err;

	bind_id(q, ":unit", unit.v);
	bind_id(q, ":consultation", row->id.v);
	while (count < DEPUTIES_MAX && stmt_next(q)) {
		if (!is_named(persons, n, col_int(q, 0)))
			continue;
		found[count].person.v = col_int(q, 0);
		found[count++].station.v = col_int(q, 1);
	}
	err = stmt_end(q);
	for (int i = 0; err == OK && i < count; i++)
		err = add(c, row, unit, found[i].person, found[i].station);
	return err;
}

int
consultation_receive(struct ctx *c, const struct consultation *row,
                     const struct unit_id *units, int n,
                     const struct person_id *persons, int p)
{
	struct arena *a = arena_new();
	int err = OK;

	for (int i = 0; err == OK && i < n; i++) {
		err = receive_unit(c, a, row, units[i], persons, p);
		arena_reset(a);
	}
	arena_free(a);
	return err;
}

int
consultation_people(struct ctx *c, struct arena *a, struct consultation_id id,
                    struct consultation_person **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_LAW_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_consultation_person, READER_SQL_LIST);
	bind_id(q, ":id", id.v);
	return stmt_all(q, a, named_fields, sizeof(**rows), 5000, rows, n);
}

static int
reader_of(struct ctx *c, struct arena *a, struct consultation_id id,
          struct person_id person, struct consultation_person *out)
{
	struct stmt *q =
	    ctx_stmt(c, &entity_consultation_person, READER_SQL_MINE);

	bind_id(q, ":id", id.v);
	bind_id(q, ":person", person.v);
	return stmt_one(q, a, named_fields, out);
}

int
consultation_mine(struct ctx *c, struct arena *a, struct consultation_id id,
                  struct consultation_person *out)
{
	if (!may(c, PERM_LAW_READ))
		return ERR_DENIED;
	return reader_of(c, a, id, (struct person_id){c->me}, out);
}

int
consultation_deliver(struct ctx *c, struct consultation_id id)
{
	struct stmt *q =
	    ctx_stmt(c, &entity_consultation_person, READER_SQL_RECEIVE);

	bind_id(q, ":id", id.v);
	return stmt_run(q, NULL);
}

int
consultation_move_end(struct ctx *c, const struct consultation *row)
{
	struct stmt *q =
	    ctx_stmt(c, &entity_consultation_person, READER_SQL_MOVE);

	bind_id(q, ":id", row->id.v);
	bind_day(q, ":to_on", row->to_on);
	return stmt_run(q, NULL);
}

/* --- the five steps ------------------------------------------------------ */

static int
take(struct ctx *c, const struct consultation_person *row,
     enum consultation_person_state step)
{
	struct stmt *q =
	    ctx_stmt(c, &entity_consultation_person, READER_SQL_TAKE);

	bind_id(q, ":id", row->id.v);
	bind_int(q, ":step", step);
	bind_text(q, ":was", reader_states[row->state].name);
	bind_text(q, ":state", reader_states[step].name);
	return stmt_run(q, NULL);
}

/* The steps of one who is asked, as the system: an officer may write for
 * them. */
int
consultation_move(struct ctx *c, struct consultation_id id,
                  struct person_id person, enum consultation_person_state step)
{
	struct arena *a = arena_new();
	struct consultation_person row;
	int err = reader_of(c, a, id, person, &row);

	if (err == OK && (steps[step].from & (1u << row.state)))
		err = take(c, &row, step);
	arena_free(a);
	return err;
}

/* Read it, and whether the step can be taken. Errors: ERR_EXISTS, taken. */
static int
check(struct ctx *c, struct arena *a, struct consultation_id id,
      enum consultation_person_state step, struct consultation_person *row)
{
	struct consultation k;
	int err = consultation_get(c, a, id, &k);
	bool open = err == OK && k.state == CONSULTATION_OPEN;

	if (err == OK)
		err = reader_of(c, a, id, (struct person_id){c->me}, row);
	if (err != OK)
		return err;
	if (step == READER_SEEN)
		open = k.state == CONSULTATION_ANSWERED;
	else if (step == READER_READ) /* late, but read */
		open = open || k.state == CONSULTATION_CLOSED;
	if (!open)
		return ERR_STATE;
	return steps[step].from & (1u << row->state) ? OK : ERR_EXISTS;
}

int
consultation_take(struct ctx *c, struct consultation_id id,
                  enum consultation_person_state step)
{
	struct arena *a = arena_new();
	struct consultation_person row;
	int err =
	    may(c, PERM_LAW_COMMENT) ? check(c, a, id, step, &row) : ERR_DENIED;

	if (err == OK)
		err = event_begin(c, steps[step].action, ENTITY_CONSULTATION,
		                  id.v, row.unit.v);
	if (err == OK) {
		event_about(c, ENTITY_PERSON, c->me);
		err = check(c, a, id, step, &row); /* still so */
		err = event_end(c, err == OK ? take(c, &row, step) : err);
	}
	arena_free(a);
	return err == ERR_EXISTS ? OK : err;
}
