/*
 * Somebody leaves: what they hold ends, and what they were responsible for
 * goes to whom it should, in one event.
 */
#include "db/leaving.h"

#include <stdlib.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/entry.h"
#include "db/mandate.h"
#include "db/office.h"
#include "db/person.h"
#include "db/predicates.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

enum { ROWS_MAX = 1000 };

/* clang-format off */
static const struct field fields[] = {
	FIELD(leaving, person,  REF,  N_("Person")),
	FIELD(leaving, mandate, REF,  N_("Mandate")),
	FIELD(leaving, office,  REF,  N_("Office")),
	FIELD(leaving, all,     BOOL, N_("All")),
	FIELD(leaving, term,    REF,  N_("Term")),
	FIELD(leaving, last,    DAY,  N_("Last day")),
	FIELD(leaving, reason,  TEXT, N_("Reason"), .max = LEAVING_REASON_MAX, .required = true),
	FIELD(leaving, after,   DAY,  N_("Last day")),
	FIELD(leaving, since,   TIME, N_("Last day")),
	FIELD(leaving, heir,    REF,  N_("Person")),
	FIELD_END,
};

static const struct field heir_fields[] = {
	FIELD(heir, person,   REF,  N_("Person")),
	FIELD(heir, name,     TEXT, N_("Name")),
	FIELD(heir, label,    TEXT, N_("Office")),
	FIELD(heir, label_en, TEXT, N_("Office")),
	FIELD(heir, county,   BOOL, N_("County")),
	FIELD(heir, position, INT,  N_("Order")),
	FIELD(heir, office,   REF,  N_("Office")),
	FIELD_END,
};

/* --- what follows, in SQL ------------------------------------------------ */

/* The from-to row of table t is held on the day after. */
#define HOLDS_AFTER(t)                                                         \
	t ".from_on <= :after AND (" t ".to_on IS NULL OR " t ".to_on >= :after)"
/* A mandate s that stays; one that does for this person. */
#define STAYS                                                                  \
	"NOT :all AND s.id IS NOT :mandate AND s.term IS NOT :term AND " HOLDS_AFTER("s")
#define STAYS_DEPUTY                                                           \
	"EXISTS (SELECT 1 FROM mandate AS s WHERE s.person = :person AND " STAYS ")"
#define LEAVES_MANDATE "(:all OR :mandate IS NOT NULL OR :term IS NOT NULL)"
/* Office t ends: itself, with everything, or with the last mandate. */
#define LEAVES_OFFICE(t)                                                       \
	"(" t ".id IS :office OR :all OR (" t ".role = 'deputy'"                \
	" AND " LEAVES_MANDATE " AND NOT " STAYS_DEPUTY "))"
/* On the list of what begins afterwards, under a mandate that ends. */
#define INVITED                                                                \
	"participant.person = :person AND participant.starts_at >= :since"      \
	" AND participant.state IN ('invited', 'signed_up', 'leave_asked',"      \
	" 'leave_granted', 'leave_refused')"                                     \
	" AND participant.mandate IN (SELECT m.id FROM mandate AS m"             \
	"      WHERE m.person = :person AND (:all OR m.id IS :mandate"           \
	"        OR m.term IS :term))"
/* Days of the rota afterwards, under a mandate that ends. */
#define ON_ROTA                                                                \
	"rota.person = :person AND rota.state = 'due'"                          \
	" AND rota.starts_at >= :since"                                         \
	" AND rota.mandate IN (SELECT m.id FROM mandate AS m"                   \
	"      WHERE m.person = :person AND (:all OR m.id IS :mandate"           \
	"        OR m.term IS :term))"

static const struct {
	const char *label, *outcome;
	enum perm perm;
	const char *count; /* how many there are */
	const char *change;
} kinds[RESPONSIBLES] = {
#define RESPONSIBLE(code, label_, outcome_, perm_, from, change_)              \
	[RESPONSIBLE_##code] = {label_, outcome_, perm_,                        \
	                        "SELECT count(*) FROM" from,                     \
	                        sizeof(change_) > 1 ? change_ from ")" : NULL},
#include "db/responsible.def"
#undef RESPONSIBLE
};

static const char sql_mandates[] =
	"SELECT id FROM mandate WHERE person = :person AND (:all OR id IS :mandate)"
	" AND (to_on IS NULL OR to_on > :last) AND @scope";
static const char sql_mandates_all[] =
	"SELECT count(*) FROM mandate WHERE person = :person AND (:all OR id IS :mandate)"
	" AND (to_on IS NULL OR to_on > :last)";
static const char sql_end[] =
	"UPDATE mandate SET to_on = :last WHERE person = :person"
	" AND (:all OR id IS :mandate) AND (to_on IS NULL OR to_on > :last) AND @scope";
static const char sql_offices[] =
	"SELECT o.id FROM office AS o WHERE o.person = :person AND "
	HOLDS_AFTER("o") " AND " LEAVES_OFFICE("o");
static const char sql_heirs[] =
	"SELECT office.person AS person, person.name AS name, role.label AS label,"
	"       role.label_en AS label_en, office.unit IS NULL AS county,"
	"       role.position AS position, office.id AS office"
	"  FROM role_perm CROSS JOIN role ON role.name = role_perm.role"
	" CROSS JOIN office ON office.role = role.name"
	" CROSS JOIN person ON person.id = office.person"
	" WHERE role_perm.perm = :perm AND office.person <> :person"
	"   AND (office.unit IS :unit OR office.unit IS NULL)"
	"   AND " CURRENT("office") " AND @scope";
/* clang-format on */

const char *
leaving_label(enum responsible kind)
{
	return kinds[kind].label;
}

const char *
leaving_outcome(enum responsible kind)
{
	return kinds[kind].outcome;
}

/* --- counting ------------------------------------------------------------ */

void
leaving_days(struct ctx *c, struct leaving *leave)
{
	if (leave->last.year == 0)
		leave->last = day_add(ctx_today(c), -1);
	leave->after = day_add(leave->last, 1);
	leave->since = clock_at(leave->after, 0, 0);
}

static int
count_kind(struct ctx *c, const struct leaving *leave, int kind, int64_t *n)
{
	struct stmt *q = ctx_sql(c, NULL, kinds[kind].count);

	bind_fields(q, fields, leave);
	return stmt_int(q, n);
}

int
leaving_count(struct ctx *c, const struct leaving *leave,
              int64_t counts[RESPONSIBLES])
{
	int err = OK;

	for (int k = 0; err == OK && k < RESPONSIBLES; k++) {
		int64_t n = 0;

		err = count_kind(c, leave, k, &n);
		counts[k] += n;
	}
	return err;
}

/* The person is in scope, the days are days, what ends is there. */
static int
check(struct ctx *c, struct arena *a, struct leaving *leave,
      struct person *person)
{
	int err;

	if (!may(c, PERM_PEOPLE_WRITE) && !may(c, PERM_ACCOUNT_WRITE))
		return ERR_DENIED;
	if (leave->mandate.v != 0 && !may(c, PERM_PEOPLE_WRITE))
		return ERR_DENIED;
	err = person_get(c, a, leave->person, person);
	if (err != OK)
		return err;
	leaving_days(c, leave);
	ctx_check_begin(c);
	if (!day_is_valid(leave->last))
		ctx_fault(c, "last", N_("This is not a day."));
	/* what follows, follows at once */
	else if (day_compare(leave->last, ctx_today(c)) > 0)
		ctx_fault(c, "last",
		          N_("This day is still to come; end it then."));
	return ctx_check_end(c);
}

int
leaving_preview(struct ctx *c, struct arena *a, const struct leaving *entry,
                struct left rows[RESPONSIBLES], int *n)
{
	struct leaving leave = *entry;
	struct person person;
	int64_t counts[RESPONSIBLES] = {0};
	int err = check(c, a, &leave, &person), found = 0;

	if (err == OK)
		err = leaving_count(c, &leave, counts);
	if (err != OK)
		return err;
	for (int k = 0; k < RESPONSIBLES; k++)
		if (counts[k] > 0)
			rows[found++] = (struct left){
			    .kind = (enum responsible)k,
			    .label = kinds[k].label,
			    .outcome = kinds[k].outcome,
			    .n = counts[k],
			    .wants_heir = kinds[k].perm != PERM_NONE,
			};
	*n = found;
	return OK;
}

/* The unit's own before the county's, then in the roles' order. */
static int
by_nearness(const void *a, const void *b)
{
	const struct heir *x = a, *y = b;

	if (x->county != y->county)
		return x->county ? 1 : -1;
	if (x->position != y->position)
		return x->position > y->position ? 1 : -1;
	return (x->office.v > y->office.v) - (x->office.v < y->office.v);
}

static int
find_heirs(struct ctx *c, struct arena *a, const struct person *person,
           int kind, struct heir **rows, int *n)
{
	struct stmt *q = ctx_sql(c, &entity_office, sql_heirs);
	int err;

	bind_text(q, ":perm", perm_name(kinds[kind].perm));
	bind_int(q, ":person", person->id.v);
	bind_id(q, ":unit", person->unit.v);
	err = stmt_all(q, a, heir_fields, sizeof(**rows), ROWS_MAX, rows, n);
	if (err == OK && *n > 1)
		qsort(*rows, (size_t)*n, sizeof(**rows), by_nearness);
	return err;
}

int
leaving_heirs(struct ctx *c, struct arena *a, struct person_id id,
              enum responsible kind, struct heir **rows, int *n)
{
	struct person person;
	int err = person_get(c, a, id, &person);

	return err == OK ? find_heirs(c, a, &person, kind, rows, n) : err;
}

/* --- doing --------------------------------------------------------------- */

static int
end_offices(struct ctx *c, struct arena *a, const struct leaving *leave)
{
	struct stmt *q = ctx_sql(c, NULL, sql_offices);
	struct office_id *ids;
	int n = 0, err;

	ids = arena_alloc(a, ROWS_MAX * sizeof(*ids));
	bind_fields(q, fields, leave);
	while (stmt_next(q) && n < ROWS_MAX)
		ids[n++].v = col_int(q, 0);
	err = stmt_end(q);
	for (int i = 0; err == OK && i < n; i++)
		err = office_end(c, ids[i], leave->last);
	return err;
}

/* Whoever takes a kind over: the one chosen, who must be able to; where the
 * change of a term chooses nobody, the first of those who are. */
static int
choose_heir(struct ctx *c, struct arena *a, struct leaving *leave,
            const struct person *person, int kind)
{
	int64_t wanted = leave->heirs[kind].v;
	struct heir *rows;
	int n, err = find_heirs(c, a, person, kind, &rows, &n);

	if (err != OK)
		return err;
	leave->heir.v = 0;
	for (int i = 0; i < n && leave->heir.v == 0; i++)
		if (rows[i].person.v == wanted ||
		    (wanted == 0 && leave->term.v != 0))
			leave->heir = rows[i].person;
	return leave->heir.v != 0 ? OK : ERR_OWNERLESS;
}

static int
settle_kind(struct ctx *c, struct arena *a, struct leaving *leave,
            const struct person *person, int kind)
{
	struct stmt *q;
	int err = OK;

	leave->heir.v = 0;
	if (kinds[kind].perm != PERM_NONE) {
		err = choose_heir(c, a, leave, person, kind);
		if (err == OK)
			event_about(c, ENTITY_PERSON, leave->heir.v);
	}
	if (err != OK || kinds[kind].change == NULL)
		return err;
	q = ctx_sql(c, NULL, kinds[kind].change);
	bind_fields(q, fields, leave);
	return stmt_run(q, NULL);
}

int
leaving_settle(struct ctx *c, struct arena *a, struct leaving *leave,
               int64_t counts[RESPONSIBLES])
{
	int64_t now[RESPONSIBLES] = {0};
	struct person person;
	int err = person_get(c, a, leave->person, &person);

	/* all is counted before the offices end: what follows from them is
	 * then no longer seen */
	if (err == OK)
		err = leaving_count(c, leave, now);
	for (int k = 0; err == OK && k < RESPONSIBLES; k++) {
		counts[k] += now[k];
		if (now[k] > 0 && k != RESPONSIBLE_OFFICE)
			err = settle_kind(c, a, leave, &person, k);
	}
	if (err == OK && now[RESPONSIBLE_OFFICE] > 0)
		err = end_offices(c, a, leave);
	return err;
}

/* A clerk who does not see all of it does not end all of it. */
static int
end_mandates(struct ctx *c, const struct leaving *leave, int64_t *ended)
{
	struct stmt *q = ctx_sql(c, NULL, sql_mandates_all);
	int64_t all;
	int err;

	*ended = 0;
	bind_fields(q, fields, leave);
	err = stmt_int(q, &all);
	if (err != OK || all == 0)
		return err;
	q = ctx_sql(c, &entity_mandate, sql_mandates);
	bind_fields(q, fields, leave);
	while (stmt_next(q))
		event_about(c, ENTITY_MANDATE, col_int(q, 0));
	err = stmt_end(q);
	if (err != OK)
		return err;
	q = ctx_sql(c, &entity_mandate, sql_end);
	bind_fields(q, fields, leave);
	err = stmt_run(q, ended);
	return err == OK && *ended != all ? ERR_DENIED : err;
}

static int
write_all(struct ctx *c, struct arena *a, struct leaving *leave)
{
	int64_t counts[RESPONSIBLES] = {0}, mandates = 0;
	int err = OK;

	event_reason(c, leave->reason);
	/* Counted while the mandates are still there: a deputy's office ends
	 * with the last one. */
	if (leave->all || leave->mandate.v != 0)
		err = end_mandates(c, leave, &mandates);
	if (err == OK && leave->mandate.v != 0 && mandates == 0)
		err = ERR_STATE;
	if (err == OK)
		err = leaving_settle(c, a, leave, counts);
	if (err == OK && mandates + counts[RESPONSIBLE_OFFICE] == 0)
		err = ERR_STATE;
	return err;
}

/* Whose the mandate or the office is. */
static int
check_owner(struct ctx *c, struct arena *a, const struct leaving *leave)
{
	struct mandate mandate;
	struct office office;
	int err = OK;

	if (leave->mandate.v != 0) {
		err = mandate_get(c, a, leave->mandate, &mandate);
		if (err == OK && mandate.person.v != leave->person.v)
			err = ERR_NOT_FOUND;
		ctx_check_begin(c);
		if (err == OK &&
		    day_compare(leave->last, day_add(mandate.from_on, -1)) < 0)
			ctx_fault(c, "last",
			          N_("The last day is before the first."));
		if (err == OK)
			err = ctx_check_end(c);
	}
	if (err == OK && leave->office.v != 0) {
		err = office_get(c, a, leave->office, &office);
		if (err == OK && office.person.v != leave->person.v)
			err = ERR_NOT_FOUND;
	}
	return err;
}

int
leaving_run(struct ctx *c, const struct leaving *entry)
{
	struct leaving leave = *entry;
	struct person person;
	struct arena *a = arena_new();
	int err = check(c, a, &leave, &person);

	if (err == OK)
		err = check_owner(c, a, &leave);
	if (err != OK)
		goto done;
	ctx_check_begin(c);
	leave.reason = entry_text(c, a, "reason", leave.reason, TEXT_LINE,
	                          LEAVING_REASON_MAX, true);
	err = ctx_check_end(c);
	if (err != OK)
		goto done;
	err = event_begin(c, ACTION_PERSON_LEAVE, ENTITY_PERSON, person.id.v,
	                  person.unit.v);
	if (err != OK)
		goto done;
	err = event_end(c, write_all(c, a, &leave));
done:
	arena_free(a);
	return err;
}
