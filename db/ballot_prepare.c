/* Preparing a ballot: terms and candidates, until the list is frozen. */
#include "db/activity.h"
#include "db/ballot_in.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/entry.h"
#include "db/store/event.h"

static const char sql_candidate[] =
    "SELECT 1 FROM project WHERE project.id = :id AND project.unit = :unit"
    " AND project.state = 'candidate' AND @scope";
static const char sql_candidates[] =
    "SELECT project.id, project.title FROM project"
    " WHERE project.unit = :my_unit AND project.state = 'candidate'"
    "   AND project.state IN ('held', 'proposed', 'pool', 'shortlisted',"
    "     'candidate', 'ballot') AND @scope"
    " ORDER BY project.proposed_at, project.id";
static const char sql_again[] =
    "SELECT count(*) FROM ballot WHERE again = :id AND state <> 'void'";

void
ballot_default(struct ctx *c, struct ballot *out)
{
	*out = (struct ballot){
	    .unit = {c->my_unit},
	    .title = "",
	    .year = ctx_today(c).year,
	    .kind = BALLOT_MARK,
	    .places = 1,
	    .rule = BALLOT_MAJORITY,
	    .tie = BALLOT_TIE_AGAIN,
	    .tellers = "",
	    .reason = "",
	};
}

int
ballot_candidates(struct ctx *c, struct arena *a,
                  struct ballot_candidate **rows, int *n)
{
	enum { CANDIDATES_MAX = 500 };
	static const struct field read[] = {
	    FIELD(ballot_candidate, id, REF, ""),
	    FIELD(ballot_candidate, title, TEXT, ""),
	    FIELD_END,
	};

	if (!may(c, PERM_BALLOT_WRITE))
		return ERR_DENIED;
	return stmt_all(ctx_sql(c, &entity_project, sql_candidates), a, read,
	                sizeof(**rows), CANDIDATES_MAX, rows, n);
}

/* --- checking ----------------------------------------------------------- */

/* Body and station follow from the unit: what its kind has is a row. */
static int
place(struct ctx *c, struct ballot *row)
{
	struct stmt *q = ctx_stmt(c, &entity_ballot, BALLOT_SQL_UNIT);
	bool congress = false, assembly = false;
	int err;

	bind_id(q, ":unit", row->unit.v);
	if (stmt_next(q)) {
		congress = col_int(q, 0) != 0;
		assembly = col_int(q, 1) != 0;
	}
	err = stmt_end(q);
	if (err != OK)
		return err;
	if (!congress && !assembly)
		ctx_fault(c, "", N_("Nobody of this unit votes on projects."));
	row->body = congress ? BALLOT_CONGRESS : BALLOT_ASSEMBLY;
	q = ctx_stmt(c, &entity_ballot, BALLOT_SQL_STATION);
	bind_id(q, ":unit", row->unit.v);
	return stmt_int(q, &row->station.v);
}

static int
check_project(struct ctx *c, const struct ballot *row,
              const struct project_id *projects, int at)
{
	struct stmt *q = ctx_sql(c, &entity_project, sql_candidate);
	int64_t found;
	int err;

	for (int i = 0; i < at; i++)
		if (projects[i].v == projects[at].v)
			ctx_fault(c, "projects",
			          N_("A candidate is on the list twice."));
	bind_id(q, ":id", projects[at].v);
	bind_id(q, ":unit", row->unit.v);
	err = stmt_int(q, &found);
	if (err != ERR_NOT_FOUND)
		return err;
	ctx_fault(c, "projects",
	          N_("Only candidates of the unit can be put on the list."));
	return OK;
}

static int
check_projects(struct ctx *c, const struct ballot *row,
               const struct project_id *projects, int n)
{
	int err = OK;

	if (n < 2)
		ctx_fault(c, "projects", N_("Choose two candidates or more."));
	if (n > BALLOT_OPTIONS_MAX)
		ctx_fault(c, "projects", N_("These are too many candidates."));
	else
		for (int i = 0; err == OK && i < n; i++)
			err = check_project(c, row, projects, i);
	if (row->places < 1)
		ctx_fault(c, "places", N_("Say how many are selected."));
	else if (n >= 2 && row->places >= n)
		ctx_fault(c, "places",
		          N_("There must be more candidates than places."));
	return err;
}

static int
check_activity(struct ctx *c, struct arena *a, const struct ballot *row)
{
	struct activity meeting;
	int err;

	if (row->activity.v == 0)
		return OK;
	err = activity_get(c, a, row->activity, &meeting);
	if (err == ERR_NOT_FOUND ||
	    (err == OK && meeting.unit.v != row->unit.v)) {
		ctx_fault(c, "activity",
		          N_("There is no such meeting of the unit."));
		return OK;
	}
	return err;
}

int
ballot_check(struct ctx *c, struct arena *a, struct ballot *row,
             const struct project_id *projects, int n)
{
	bool is_ours = c->scope == SCOPE_COUNTY || row->unit.v == c->my_unit;
	int err;

	if (!is_ours)
		return ERR_DENIED;
	ctx_check_begin(c);
	entry_clean(c, a, ballot_fields, row);
	if (row->year < 2000 || row->year > 2099)
		ctx_fault(c, "year", N_("Write the year with four digits."));
	if (row->kind < BALLOT_MARK || row->kind > BALLOT_EACH)
		ctx_fault(c, "kind", N_("Choose how to vote."));
	if (row->rule < BALLOT_MAJORITY || row->rule > BALLOT_TOP)
		ctx_fault(c, "rule", N_("Choose who is selected."));
	if (row->tie < BALLOT_TIE_AGAIN || row->tie > BALLOT_TIE_PRESIDIUM)
		ctx_fault(c, "tie", N_("Choose what follows from a tie."));
	if (row->closes_at.s != 0 && row->closes_at.s <= ctx_now(c).s)
		ctx_fault(c, "closes_at", N_("This time is over."));
	err = place(c, row);
	if (err == OK)
		err = check_projects(c, row, projects, n);
	if (err == OK)
		err = check_activity(c, a, row);
	return err == OK ? ctx_check_end(c) : err;
}

/* --- writing ------------------------------------------------------------ */

static int
add_options(struct ctx *c, struct ballot_id id,
            const struct project_id *projects, int n)
{
	int err = OK;

	for (int i = 0; err == OK && i < n; i++) {
		struct ballot_option row = {
		    .id = {ctx_new_id(c, &entity_ballot_option)},
		    .ballot = id,
		    .project = projects[i],
		    .position = i + 1,
		};
		struct stmt *q =
		    ctx_stmt(c, &entity_ballot_option, BALLOT_OPTION_SQL_ADD);

		bind_fields(q, ballot_option_fields, &row);
		err = stmt_run(q, NULL);
	}
	return err;
}

int
ballot_add(struct ctx *c, struct ballot *row, const struct project_id *projects,
           int n)
{
	struct stmt *q;
	int err;

	row->id.v = ctx_new_id(c, &entity_ballot);
	event_subject(c, row->id.v, row->unit.v);
	if (row->again.v != 0)
		event_about(c, ENTITY_BALLOT, row->again.v);
	q = ctx_stmt(c, &entity_ballot, BALLOT_SQL_ADD);
	bind_fields(q, ballot_fields, row);
	err = stmt_run(q, NULL);
	return err == OK ? add_options(c, row->id, projects, n) : err;
}

int
ballot_prepare(struct ctx *c, const struct ballot *entry,
               const struct project_id *projects, int n, struct ballot_id *id)
{
	struct arena *a = arena_new();
	struct ballot row = *entry;
	int err = may(c, PERM_BALLOT_WRITE) ? OK : ERR_DENIED;

	if (row.unit.v == 0)
		row.unit.v = c->my_unit;
	row.again.v = 0;
	if (err == OK)
		err = ballot_check(c, a, &row, projects, n);
	if (err == OK)
		err =
		    event_begin(c, ACTION_BALLOT_PREPARE, ENTITY_BALLOT, 0, 0);
	if (err == OK)
		err = event_end(c, ballot_add(c, &row, projects, n));
	arena_free(a);
	if (err == OK)
		*id = row.id;
	return err;
}

static int
save(struct ctx *c, const struct ballot *row, const struct project_id *projects,
     int n)
{
	struct stmt *q = ctx_stmt(c, &entity_ballot, BALLOT_SQL_SAVE);
	int64_t changed;
	int err;

	bind_fields(q, ballot_fields, row);
	err = stmt_run(q, &changed);
	if (err == OK && changed == 0)
		err = ERR_CHANGED;
	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_ballot_option, BALLOT_OPTION_SQL_DROP);
	bind_id(q, ":ballot", row->id.v);
	err = stmt_run(q, NULL);
	return err == OK ? add_options(c, row->id, projects, n) : err;
}

int
ballot_save(struct ctx *c, const struct ballot *entry,
            const struct project_id *projects, int n)
{
	struct arena *a = arena_new();
	struct ballot old, row = *entry;
	int err = may(c, PERM_BALLOT_WRITE) ? ballot_get(c, a, entry->id, &old)
	                                    : ERR_DENIED;

	if (err == OK && old.version != entry->version)
		err = ERR_CHANGED;
	if (err == OK && old.state != BALLOT_DRAFT)
		err = ERR_STATE;
	if (err != OK)
		goto done;
	row.unit = old.unit;
	err = ballot_check(c, a, &row, projects, n);
	if (err == OK)
		err = event_begin(c, ACTION_BALLOT_SAVE, ENTITY_BALLOT,
		                  row.id.v, row.unit.v);
	if (err == OK)
		err = event_end(c, save(c, &row, projects, n));
done:
	arena_free(a);
	return err;
}

/* --- among the tied ------------------------------------------------------ */

/* The same terms; the places that are left go to some of the tied. */
static int
follow_up(struct ctx *c, struct arena *a, struct ballot *row,
          struct project_id tied[BALLOT_OPTIONS_MAX], int *n)
{
	struct ballot_option *options;
	int count, err = ballot_options(c, a, row->id, &options, &count);

	if (err != OK)
		return err;
	*n = 0;
	for (int i = 0; i < count; i++)
		if (options[i].outcome == OPTION_TIED)
			tied[(*n)++] = options[i].project;
		else if (options[i].outcome == OPTION_SELECTED)
			row->places--;
	row->again = row->id;
	row->closes_at.s = 0;
	row->title = arena_printf(a, _("%s: further ballot"),
	                          text_fit(a, row->title, 60));
	return OK;
}

/* Errors: ERR_EXISTS, there is a further ballot. */
static int
has_none(struct ctx *c, struct ballot_id id)
{
	struct stmt *q = ctx_sql(c, NULL, sql_again);
	int64_t there;
	int err;

	bind_id(q, ":id", id.v);
	err = stmt_int(q, &there);
	return err == OK && there > 0 ? ERR_EXISTS : err;
}

int
ballot_again(struct ctx *c, struct ballot_id id, struct ballot_id *out)
{
	struct project_id tied[BALLOT_OPTIONS_MAX];
	struct arena *a = arena_new();
	struct ballot row;
	int n = 0;
	int err =
	    may(c, PERM_BALLOT_WRITE) ? ballot_get(c, a, id, &row) : ERR_DENIED;

	if (err == OK &&
	    (row.state != BALLOT_CONFIRMED || row.outcome != BALLOT_TIED))
		err = ERR_STATE;
	if (err != OK)
		goto done;
	err = has_none(c, id);
	if (err == OK)
		err = follow_up(c, a, &row, tied, &n);
	if (err == OK)
		err = ballot_check(c, a, &row, tied, n);
	if (err == OK)
		err =
		    event_begin(c, ACTION_BALLOT_PREPARE, ENTITY_BALLOT, 0, 0);
	if (err != OK)
		goto done;
	err = has_none(c, id); /* still */
	err = event_end(c, err == OK ? ballot_add(c, &row, tied, n) : err);
	if (err == OK)
		*out = row.id;
done:
	arena_free(a);
	return err;
}
