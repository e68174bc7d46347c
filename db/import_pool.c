/*
 * The government's reserve pool of livelihood projects: a new number is a
 * proposal, taken into the pool at once by who may; a known one gets the
 * title, words and budget of the file as long as nothing was voted on.
 */
#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/import_in.h"
#include "db/project_in.h"
#include "db/store/fsm.h"

enum { YEAR = IMPORT_OWN, TITLE, WORDS, CATEGORY, PLACE, BUDGET, LEAD, STATE };

/* clang-format off */
static const struct import_column columns[] = {
	[IMPORT_NUMBER] = {"number",   "编号",     N_("Its number in the reserve pool; L12 is our proposal 12."), "GC2027-015", PROJECT_RESERVE_MAX, true},
	[IMPORT_UNIT]   = {"unit",     "单位",     N_("Town or subdistrict; one's own when left out."), "周王庙镇", 40, true},
	[YEAR]          = {"year",     "年度",     N_("Proposed for this year; the next one when left out."), "2027", 10, false},
	[TITLE]         = {"title",    "名称",     N_("Title."), "周家浜桥拓宽", PROJECT_TITLE_MAX, true},
	[WORDS]         = {"words",    "内容",     N_("What is to be done and why; may have several lines."), "桥面窄,两车会不过去。", PROJECT_BODY_MAX, true},
	[CATEGORY]      = {"category", "类别",     N_("Category: its name or label."), "", 60, false},
	[PLACE]         = {"place",    "地点",     N_("Where, in words."), "周家浜", PROJECT_VENUE_MAX, false},
	[BUDGET]        = {"budget",   "预算",     N_("Yuan, as far as it is known."), "1200000", 20, false},
	[LEAD]          = {"lead",     "牵头单位", N_("The office that would carry it out."), "", ORGAN_NAME_MAX, false},
	[STATE]         = {"state",    "状态",     N_("How far it is here; not read."), "", 40, false},
};
/* clang-format on */

/* What a line says. */
struct row {
	struct project project; /* as it is to be written */
	struct organ_id lead;   /* 0: none */
};

/* --- checking -------------------------------------------------------- */

static int64_t
number_of(struct import_run *r, int column, int64_t none, int64_t max)
{
	const char *text = r->cells[column];
	size_t n = strspn(text, "0123456789");
	int64_t v;

	if (*text == '\0')
		return none;
	v = n > 0 && n < 16 && text[n] == '\0' ? strtoll(text, NULL, 10) : -1;
	if (v < 0 || v > max)
		import_bad_cell(r, column, _("this is no such number."));
	return v;
}

/* Which project the number is: remembered, typed in by hand, or our own. */
static int
find_known(struct import_run *r)
{
	struct ctx *c = r->c;
	const char *text = r->number;
	struct stmt *q;
	int err;

	if (import_seen(
		r, arena_printf(r->page, "%lld %s", (long long)r->unit.v, text),
		"") != NULL)
		import_bad_cell(r, IMPORT_NUMBER,
		                _("another line has this number too."));
	if (r->known != 0 || r->is_bad)
		return OK;
	q = ctx_stmt(c, &entity_project, PROJECT_SQL_RESERVE);
	bind_id(q, ":unit", r->unit.v);
	bind_text(q, ":reserve", text);
	err = stmt_int(q, &r->known);
	if (err == ERR_NOT_FOUND && *text == 'L' && text[1] != '\0' &&
	    text[1 + strspn(text + 1, "0123456789")] == '\0') {
		r->known = strtoll(text + 1, NULL, 10);
		return OK;
	}
	return err == ERR_NOT_FOUND ? OK : err;
}

/* A known one: nothing to write when nothing else stands in the file, or
 * when it is settled. */
static int
check_known(struct import_run *r, struct row *row, struct project *now)
{
	struct project_id id = {r->known};
	int err = project_get(r->c, r->page, id, now);

	if (err == ERR_NOT_FOUND || (err == OK && now->unit.v != r->unit.v)) {
		import_bad_cell(r, IMPORT_NUMBER,
		                _("the unit has no such project."));
		return OK;
	}
	if (err != OK)
		return err;
	r->is_already =
	    now->state >= PROJECT_BALLOT ||
	    (strcmp(now->title, row->project.title) == 0 &&
	     strcmp(now->body, row->project.body) == 0 &&
	     (*r->cells[BUDGET] == '\0' || now->budget == row->project.budget));
	now->title = row->project.title;
	now->body = row->project.body;
	if (*r->cells[BUDGET] != '\0')
		now->budget = row->project.budget;
	row->project = *now;
	return OK;
}

/* What entering it by hand would refuse. */
static int
check_entry(struct import_run *r, struct row *row)
{
	int err = project_check(r->c, r->page, &row->project);

	if (err != ERR_INVALID)
		return err;
	import_bad(r, "%s", _(r->c->faults[0].text));
	return OK;
}

static int
check(struct import_run *r)
{
	struct row *row = arena_alloc(r->page, sizeof(*row));
	struct project now, *p = &row->project;
	int err;

	*row = (struct row){.lead = {0}};
	project_default(r->c, p);
	p->unit = r->unit;
	p->source = PROJECT_BY_IMPORT;
	p->state = PROJECT_PROPOSED;
	p->reserve = r->number;
	p->title = r->cells[TITLE];
	p->body = r->cells[WORDS];
	p->venue = r->cells[PLACE];
	p->year = number_of(r, YEAR, p->year, 9999);
	p->budget = number_of(r, BUDGET, 0, PROJECT_BUDGET_MAX);
	r->row = row;
	err = import_category(r, CATEGORY, &p->category);
	if (err == OK)
		err = import_office(r, LEAD, &row->lead);
	if (err == OK)
		err = find_known(r);
	if (err == OK && !r->is_bad)
		err = check_entry(r, row);
	if (err == OK && !r->is_bad && r->known != 0)
		err = check_known(r, row, &now);
	return err;
}

/* --- writing --------------------------------------------------------- */

static int
add(struct ctx *c, struct row *row)
{
	struct project *p = &row->project;
	int err;

	p->id.v = ctx_new_id(c, &entity_project);
	err = project_insert(c, p);
	if (err == OK && may(c, PERM_PROJECT_WRITE))
		err = fsm_fire(c, &entity_project, p->id.v, PROJECT_DO_ACCEPT,
		               &p->state);
	if (err != OK || row->lead.v == 0)
		return err;
	p->lead = row->lead;
	return project_write(c, p);
}

static int
write(struct import_run *r, int64_t *record)
{
	struct row *row = r->row;
	int err = r->known != 0 ? project_update(r->c, &row->project)
	                        : add(r->c, row);

	if (err == OK)
		*record = row->project.id.v;
	return err;
}

const struct import_spec import_pool_spec = {
    .name = "pool",
    .label = N_("Reserve pool"),
    .perm = PERM_IMPORT_WRITE,
    .action = ACTION_IMPORT_POOL,
    .entity = ENTITY_PROJECT,
    .columns = columns,
    .column_count = COUNT(columns),
    .repeats = true,
    .check = check,
    .write = write,
};
