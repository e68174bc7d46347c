/* Projects as lists show them, and the page of one. */
#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/project_in.h"
#include "db/project_task.h"

/* clang-format off */
const struct field project_line_fields[] = {
	FIELD(project_line, id,                REF,  N_("Number"), .width = 6),
	FIELD(project_line, title,             TEXT, N_("Title"), .width = 30),
	FIELD(project_line, unit_name,         TEXT, N_("Unit"), .width = 10),
	FIELD(project_line, lead_name,         TEXT, N_("Lead unit"), .width = 12),
	FIELD(project_line, category_label,    TEXT, N_("Category"), .width = 10),
	FIELD(project_line, category_label_en, TEXT, N_("Category")),
	FIELD(project_line, source,            ENUM, N_("Source"), .names = project_sources, .width = 8),
	FIELD(project_line, state,             ENUM, N_("State"), .names = project_states, .width = 10),
	FIELD(project_line, year,              INT,  N_("Year"), .width = 4),
	FIELD(project_line, proposals,         INT,  N_("Proposals"), .width = 4),
	FIELD(project_line, budget,            INT,  N_("Budget"), .width = 10),
	FIELD(project_line, spent,             INT,  N_("Spent"), .width = 10),
	FIELD(project_line, done,              INT,  N_("Done"), .width = 4),
	FIELD(project_line, reported,          INT,  N_("Last report"), .width = 7),
	FIELD(project_line, proposed_at,       TIME, N_("Raised on"), .width = 11),
	FIELD(project_line, warn_on,           DAY,  N_("Due soon from")),
	FIELD(project_line, due_on,            DAY,  N_("Due"), .width = 8),
	FIELD(project_line, published,         BOOL, N_("Published")),
	FIELD(project_line, body,              LINES, N_("What and why")),
	FIELD(project_line, category,          TOKEN, N_("Category")),
	FIELD(project_line, venue,             TEXT, N_("Place")),
	FIELD(project_line, reserve,           TEXT, N_("Number in the reserve pool")),
	FIELD_END,
};

/* The partial indexes know these very texts. */
#define IN_POOL "project.state IN ('held', 'proposed', 'pool', 'shortlisted', 'candidate', 'ballot')"
#define IN_WORK "project.state IN ('selected', 'planned', 'running', 'claimed', 'inspected', 'rated')"

/* likely() and +: the list's order goes before an index of the filter, so
 * that a page is read and not sorted. */
static const struct list_filter filters[PROJECT_LIST_FILTERS] = {
	[PROJECT_LIST_UNIT]   = {"unit", N_("Unit"), "project.unit = :unit", false},
	[PROJECT_LIST_STATE]  = {"state", N_("State"), "+project.state = :state", true},
	[PROJECT_LIST_YEAR]   = {"year", N_("Year"), "+project.year = :year", false},
	[PROJECT_LIST_SOURCE] = {"source", N_("Source"), "+project.source = :source", true},
	[PROJECT_LIST_CATEGORY] = {"category", N_("Category"),
		"(+project.category = :category OR (+project.category > :category || '.'"
		" AND +project.category < :category || '/'))", true},
	[PROJECT_LIST_LATE]   = {"late", N_("Red"), "+project.due_on < :today AND :late = :late", false},
	[PROJECT_LIST_SOON]   = {"soon", N_("Yellow or red"), "+project.warn_on <= :today AND :soon = :soon", false},
	[PROJECT_LIST_TITLE]  = {"title", N_("Title"), "(instr(project.title, :title) > 0 OR project.id = :title)", true},
	[PROJECT_LIST_TEAM]   = {"team", N_("Team of"),
		"EXISTS (SELECT 1 FROM project_member AS m WHERE m.project = project.id"
		" AND m.person = :team AND m.to_on IS NULL)", false},
};

static const struct list_order latest = {.name = "latest", .label = N_("Newest first"),
	.keys = {"project.proposed_at", "project.id"}, .descending = true};
static const struct list_order due = {.name = "due", .label = N_("By due day"),
	.keys = {"project.due_on", "project.id"}};

#define LIST(columns_, only_, order_)                                          \
	{                                                                      \
		.entity = &entity_project, .needs = PERM_PROJECT_READ,         \
		.columns = (columns_), .from = TABLES, .only = (only_),          \
		.filters = filters, .filter_count = COUNT(filters),            \
		.orders = &(order_), .order_count = 1,                         \
		.fields = project_line_fields,                                 \
		.row_size = sizeof(struct project_line),                       \
	}
#define COLUMNS \
	"project.id, project.title, coalesce(k.label, '') AS category_label," \
	" coalesce(k.label_en, '') AS category_label_en," \
	" coalesce((SELECT u.name FROM unit AS u WHERE u.id = project.unit), '') AS unit_name," \
	" coalesce((SELECT o.name FROM organ AS o WHERE o.id = project.lead), '') AS lead_name," \
	" project.source, project.state, project.year, project.proposals, project.budget," \
	" project.spent, project.done, project.reported, project.proposed_at," \
	" project.warn_on, project.due_on, project.published"
#define TABLES \
	"project LEFT JOIN category_rule AS k ON k.name = project.category" \
	" AND k.from_on = (SELECT max(s.from_on) FROM category_rule AS s" \
	"   WHERE s.name = project.category AND s.from_on <= :today)"

const struct list_spec project_list = LIST(COLUMNS, NULL, latest);
const struct list_spec project_pool = LIST(COLUMNS, IN_POOL, latest);
const struct list_spec project_pool_words = LIST(
    COLUMNS ", project.body, project.category, project.venue, project.reserve",
    IN_POOL, latest);
const struct list_spec project_works = LIST(COLUMNS, IN_WORK, due);

/* --- the page --------------------------------------------------------- */

static const struct field page_fields[] = {
	FIELD(project_page, unit_name,           TEXT, ""),
	FIELD(project_page, organ_name,          TEXT, ""),
	FIELD(project_page, lead_name,           TEXT, ""),
	FIELD(project_page, proposer_name,       TEXT, ""),
	FIELD(project_page, merged_title,        TEXT, ""),
	FIELD(project_page, opinion,             REF,  ""),
	FIELD(project_page, team,                INT,  ""),
	FIELD(project_page, visits,              INT,  ""),
	FIELD(project_page, satisfied,           INT,  ""),
	FIELD(project_page, basic,               INT,  ""),
	FIELD(project_page, dissatisfied,        INT,  ""),
	FIELD(project_page, public_satisfied,    INT,  ""),
	FIELD(project_page, public_basic,        INT,  ""),
	FIELD(project_page, public_dissatisfied, INT,  ""),
	FIELD_END,
};

#define NAME_OF(column, table, field)                                          \
	" coalesce((SELECT t." column " FROM " table " AS t"                   \
	"   WHERE t.id = project." field "), '')"
#define HOW_MANY(table, term)                                                  \
	" (SELECT count(*) FROM " table " AS t"                                \
	"   WHERE t.project = project.id AND " term ")"
#define RATED(grade, whose)                                                    \
	HOW_MANY("project_rating", "t.grade = '" grade "' AND t.person IS " whose)
/* How many there are is no secret, but for tasks: db/project_task.h. */
static const char sql_page[] =
	"SELECT"
	NAME_OF("name", "unit", "unit") " AS unit_name,"
	NAME_OF("name", "organ", "organ") " AS organ_name,"
	NAME_OF("name", "organ", "lead") " AS lead_name,"
	NAME_OF("name", "person", "proposer") " AS proposer_name,"
	NAME_OF("title", "project", "merged") " AS merged_title,"
	" coalesce((SELECT k.opinion FROM conversion AS k"
	"   WHERE k.id = project.conversion), 0) AS opinion,"
	HOW_MANY("project_member", "t.to_on IS NULL") " AS team,"
	" (SELECT count(*) FROM activity_subject AS s"
	"   WHERE s.kind = 'project' AND s.subject = project.id) AS visits,"
	RATED("satisfied", "NOT NULL") " AS satisfied,"
	RATED("basic", "NOT NULL") " AS basic,"
	RATED("dissatisfied", "NOT NULL") " AS dissatisfied,"
	RATED("satisfied", "NULL") " AS public_satisfied,"
	RATED("basic", "NULL") " AS public_basic,"
	RATED("dissatisfied", "NULL") " AS public_dissatisfied"
	" FROM project WHERE project.id = :id AND @scope";
/* clang-format on */

/* The label of a category as it is now; "" none. */
static const char sql_category[] =
    "SELECT label, label_en FROM category_rule WHERE name = :category"
    "   AND from_on <= :today ORDER BY from_on DESC LIMIT 1";

static int
read_category(struct ctx *c, struct arena *a, struct project_page *page)
{
	struct stmt *q = ctx_sql(c, NULL, sql_category);

	bind_text(q, ":category", page->row.category);
	page->category_label = "";
	if (stmt_next(q))
		page->category_label = arena_strdup(
		    a, activity_kind_label(col_text(q, 0), col_text(q, 1)));
	return stmt_end(q);
}

int
project_page_get(struct ctx *c, struct arena *a, struct project_id id,
                 struct project_page *out)
{
	struct project_page page = {0};
	struct stmt *q;
	int err = project_get(c, a, id, &page.row);

	if (err != OK)
		return err;
	q = ctx_sql(c, &entity_project, sql_page);
	bind_id(q, ":id", id.v);
	err = stmt_one(q, a, page_fields, &page);
	if (err == OK)
		err = task_count(c, id, &page.tasks, &page.tasks_open);
	if (err == OK)
		err = read_category(c, a, &page);
	if (err == OK)
		*out = page;
	return err;
}
