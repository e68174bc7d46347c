/* Livelihood projects for everybody. No column that is not published is
 * read: neither who proposed it, nor what was said about it. */
#include "db/public_project.h"

#include <string.h>

#include "db/activity_in.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/entry.h"
#include "db/project_in.h"
#include "db/project_task.h"
#include "db/public_matter.h"
#include "db/setting.h"

enum { REPEAT_HOURS = 24, HOUR = 3600 };

/* clang-format off */
static const struct field line_fields[] = {
	FIELD(public_project_line, id,      REF,  ""),
	FIELD(public_project_line, title,   TEXT, ""),
	FIELD(public_project_line, state,   ENUM, "", .names = project_states),
	FIELD(public_project_line, year,    INT,  ""),
	FIELD(public_project_line, done,    INT,  ""),
	FIELD(public_project_line, warn_on, DAY,  ""),
	FIELD(public_project_line, due_on,  DAY,  ""),
	FIELD_END,
};

static const struct field fields[] = {
	FIELD(public_project, id,           REF,   ""),
	FIELD(public_project, title,        TEXT,  ""),
	FIELD(public_project, body,         LINES, ""),
	FIELD(public_project, venue,        TEXT,  ""),
	FIELD(public_project, unit_name,    TEXT,  ""),
	FIELD(public_project, lead_name,    TEXT,  ""),
	FIELD(public_project, state,        ENUM,  "", .names = project_states),
	FIELD(public_project, year,         INT,   ""),
	FIELD(public_project, budget,       INT,   ""),
	FIELD(public_project, done,         INT,   ""),
	FIELD(public_project, starts_on,    DAY,   ""),
	FIELD(public_project, ends_on,      DAY,   ""),
	FIELD(public_project, warn_on,      DAY,   ""),
	FIELD(public_project, due_on,       DAY,   ""),
	FIELD(public_project, satisfied,    INT,   ""),
	FIELD(public_project, basic,        INT,   ""),
	FIELD(public_project, dissatisfied, INT,   ""),
	FIELD_END,
};

static const struct field milestone_fields[] = {
	FIELD(project_milestone, id,       REF,  ""),
	FIELD(project_milestone, position, INT,  ""),
	FIELD(project_milestone, title,    TEXT, ""),
	FIELD(project_milestone, due_on,   DAY,  ""),
	FIELD(project_milestone, weight,   INT,  ""),
	FIELD(project_milestone, done_on,  DAY,  ""),
	FIELD_END,
};

static const struct field report_fields[] = {
	FIELD(project_report, id,      REF, ""),
	FIELD(project_report, month,   INT, ""),
	FIELD(project_report, planned, INT, ""),
	FIELD(project_report, done,    INT, ""),
	FIELD_END,
};
/* clang-format on */

static const char sql_list[] =
    "SELECT project.id AS id, project.title AS title,"
    "       project.state AS state, project.year AS year,"
    "       project.done AS done, project.warn_on AS warn_on,"
    "       project.due_on AS due_on"
    "  FROM project WHERE project.unit = :unit AND @scope"
    " ORDER BY project.proposed_at DESC, project.id DESC LIMIT :max";

#define RATED(grade_)                                                          \
	" (SELECT count(*) FROM project_rating AS r"                           \
	"   WHERE r.project = project.id AND r.person IS NULL"                 \
	"     AND r.grade = '" grade_ "') AS " grade_
static const char sql_get[] =
    "SELECT project.id AS id, project.title AS title, project.body AS body,"
    "       project.venue AS venue, u.name AS unit_name,"
    "       coalesce((SELECT o.name FROM organ AS o"
    "         WHERE o.id = project.lead), '') AS lead_name,"
    "       project.state AS state, project.year AS year,"
    "       project.budget AS budget, project.done AS done,"
    "       project.starts_on AS starts_on, project.ends_on AS ends_on,"
    "       project.warn_on AS warn_on, project.due_on AS due_on,"
    // clang-format off
    RATED("satisfied") "," RATED("basic") "," RATED("dissatisfied")
    // clang-format on
    "  FROM project JOIN unit AS u ON u.id = project.unit"
    " WHERE project.id = :id AND @scope";

static const char sql_milestones[] =
    "SELECT project_milestone.id AS id, position, title, due_on, weight,"
    "       done_on FROM project_milestone"
    " WHERE project_milestone.project = :id AND @scope ORDER BY position";

static const char sql_reports[] =
    "SELECT project_report.id AS id, month, planned, done FROM project_report"
    " WHERE project_report.project = :id AND @scope ORDER BY month";

/* The day's proposals of a unit are few. */
static const char sql_repeat[] =
    "SELECT 1 FROM project WHERE unit = :unit AND proposed_at > :from"
    "   AND body = :body AND source = 'public' LIMIT 1";

static const char sql_many[] =
    "SELECT 1 FROM project WHERE unit = :unit AND proposed_at > :from"
    "   AND source = 'public' LIMIT 1 OFFSET :most - 1";

/* --- reading ------------------------------------------------------------- */

int
public_projects(struct ctx *c, struct arena *a, struct unit_id unit,
                struct public_project_line **rows, int *n)
{
	struct stmt *q = ctx_sql(c, &entity_project, sql_list);

	bind_id(q, ":unit", unit.v);
	bind_int(q, ":max", PUBLIC_PROJECTS);
	return stmt_all(q, a, line_fields, sizeof(**rows), PUBLIC_PROJECTS,
	                rows, n);
}

int
public_project_get(struct ctx *c, struct arena *a, struct project_id id,
                   struct public_project *out)
{
	struct stmt *q = ctx_sql(c, &entity_project, sql_get);
	int err;

	*out = (struct public_project){.title = ""};
	bind_id(q, ":id", id.v);
	err = stmt_one(q, a, fields, out);
	if (err != OK)
		return err;
	q = ctx_sql(c, &entity_project_milestone, sql_milestones);
	bind_id(q, ":id", id.v);
	err = stmt_all(q, a, milestone_fields, sizeof(*out->milestones),
	               PROJECT_MILESTONES_MAX, &out->milestones,
	               &out->milestone_count);
	if (err != OK)
		return err;
	q = ctx_sql(c, &entity_project_report, sql_reports);
	bind_id(q, ":id", id.v);
	return stmt_all(q, a, report_fields, sizeof(*out->reports),
	                PUBLIC_MONTHS, &out->reports, &out->report_count);
}

const char *
public_project_light(const struct ctx *c, int state, struct day warn_on,
                     struct day due_on)
{
	switch (project_light(c, state, warn_on, due_on)) {
	case PROJECT_GREEN:
		return _("on schedule");
	case PROJECT_YELLOW:
		return _("a milestone is near");
	case PROJECT_RED:
		return _("behind schedule");
	default:
		return _(project_states[state].label);
	}
}

/* --- proposing ----------------------------------------------------------- */

static int
is_there(struct stmt *q, unsigned doubt, unsigned *found)
{
	if (stmt_next(q))
		*found |= doubt;
	return stmt_end(q);
}

static int
find_doubts(struct ctx *c, struct arena *a, const struct project *entry,
            unsigned *found)
{
	struct stmt *q;
	int64_t most;
	int err = doubts_of_words(
	    c, a, arena_printf(a, "%s\n%s", entry->title, entry->body), found);

	if (err == OK)
		err = setting_number(c, "message.per_hour_code", 60, &most);
	if (err != OK)
		return err;
	q = ctx_sql(c, NULL, sql_repeat);
	bind_id(q, ":unit", entry->unit.v);
	bind_int(q, ":from", ctx_now(c).s - REPEAT_HOURS * HOUR);
	bind_text(q, ":body", entry->body);
	err = is_there(q, DOUBT_REPEAT, found);
	if (err != OK)
		return err;
	q = ctx_sql(c, NULL, sql_many);
	bind_id(q, ":unit", entry->unit.v);
	bind_int(q, ":from", ctx_now(c).s - HOUR);
	bind_int(q, ":most", most);
	return is_there(q, DOUBT_CODE, found);
}

static int
keep_faults(struct ctx *c, const struct ctx *system, int err)
{
	if (err == ERR_INVALID) {
		memcpy(c->faults, system->faults, sizeof(c->faults));
		c->fault_count = system->fault_count;
	}
	return err;
}

int
public_project_propose(struct ctx *c, struct arena *a, const struct code *code,
                       const struct public_proposal *proposal,
                       struct project_id *id)
{
	unsigned found = proposal->doubts;
	struct project entry;
	struct ctx system;
	int err;

	ctx_as_system(c, &system);
	project_default(&system, &entry);
	entry.unit = code->unit;
	entry.title = proposal->title;
	entry.venue = proposal->venue;
	entry.proposed_by = proposal->name;
	ctx_check_begin(&system); /* as it is stored, so that it compares */
	entry.body = entry_text(&system, a, "body", proposal->words, TEXT_LINES,
	                        PROJECT_WORDS_MAX, true);
	err = ctx_check_end(&system);
	if (err == OK)
		err = find_doubts(&system, a, &entry, &found);
	if (err == OK)
		err = project_add_public(&system, &entry, doubt_names(a, found),
		                         id);
	return keep_faults(c, &system, err);
}

int
public_project_rate(struct ctx *c, struct project_id id, int grade,
                    const char *words)
{
	struct ctx system;

	ctx_as_system(c, &system);
	return keep_faults(c, &system,
	                   project_rate_public(&system, id, grade, words));
}
