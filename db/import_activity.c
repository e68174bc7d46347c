/* Activities of earlier years, as they ended: confirmed or archived. Who was
 * there comes with the duty records. */
#include <string.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/import_in.h"

enum { TITLE = IMPORT_OWN, KIND, VENUE, STARTS, ENDS, STATE, MINUTES };

enum { USUAL_SECONDS = 2 * 3600 }; /* when no end was written down */

/* clang-format off */
static const struct import_column columns[] = {
	[IMPORT_NUMBER] = {"number",  "编号",     N_("The source's number of this activity."), "H2022-015", 40, true},
	[IMPORT_UNIT]   = {"unit",    "单位",     N_("Town or subdistrict; one's own when left out."), "周王庙镇", 40, true},
	[TITLE]         = {"title",   "名称",     N_("Title."), "五水共治视察", ACTIVITY_TITLE_MAX, true},
	[KIND]          = {"kind",    "类型",     N_("Kind of activity: 检查, 视察, 调研, ... or check, inspect, survey, ..."), "视察", 40, true},
	[VENUE]         = {"venue",   "地点",     N_("Where it took place."), "云龙村", ACTIVITY_VENUE_MAX, true},
	[STARTS]        = {"starts",  "开始时间", N_("Beginning."), "2022-03-09 09:00", 40, true},
	[ENDS]          = {"ends",    "结束时间", N_("End; two hours later when left out."), "2022-03-09 11:00", 40, false},
	[STATE]         = {"state",   "状态",     N_("confirmed (已确认) or archived (已归档, when left out)."), "已归档", 20, false},
	[MINUTES]       = {"minutes", "纪要",     N_("Minutes; may have several lines."), "", ACTIVITY_TEXT_MAX, false},
};
/* clang-format on */

static int
check_kind(struct import_run *r, struct activity *row)
{
	const char *text = r->cells[KIND];
	struct activity_kind *kinds;
	int n, err = activity_kind_list(r->c, r->page, &kinds, &n);

	for (int i = 0; err == OK && i < n; i++)
		if (strcmp(kinds[i].name, text) == 0 ||
		    strcmp(kinds[i].label, text) == 0 ||
		    strcmp(kinds[i].label_en, text) == 0) {
			row->kind = kinds[i].name;
			return OK;
		}
	if (err == OK)
		import_bad_cell(r, KIND, _("there is no such kind."));
	return err;
}

static void
check_state(struct import_run *r, struct activity *row)
{
	const char *text = r->cells[STATE];

	row->state = ACTIVITY_ARCHIVED;
	if (strcmp(text, "confirmed") == 0 || strcmp(text, "已确认") == 0)
		row->state = ACTIVITY_CONFIRMED;
	else if (*text != '\0' && strcmp(text, "archived") != 0 &&
	         strcmp(text, "已归档") != 0)
		import_bad_cell(r, STATE,
		                _("only confirmed or archived activities are"
		                  " imported."));
}

static int
check(struct import_run *r)
{
	struct activity *row = arena_alloc(r->page, sizeof(*row));
	int err;

	*row = (struct activity){.unit = r->unit,
	                         .station = r->station,
	                         .title = r->cells[TITLE],
	                         .kind = "",
	                         .venue = r->cells[VENUE],
	                         .starts_at = import_time(r, STARTS),
	                         .ends_at = import_time(r, ENDS),
	                         .agenda = "",
	                         .minutes = r->cells[MINUTES],
	                         .reason = ""};
	r->row = row;
	if (row->ends_at.s == 0)
		row->ends_at.s = row->starts_at.s + USUAL_SECONDS;
	if (row->starts_at.s > ctx_now(r->c).s)
		import_bad_cell(r, STARTS, _("this lies in the future."));
	check_state(r, row);
	err = check_kind(r, row);
	if (err != OK || r->is_bad)
		return err;
	err = activity_check(r->c, row);
	if (err != ERR_INVALID)
		return err;
	import_bad(r, "%s", _(r->c->faults[0].text));
	return OK;
}

static int
write(struct import_run *r, int64_t *record)
{
	struct activity_id id;
	int err = activity_record(r->c, r->row, &id);

	if (err == OK)
		*record = id.v;
	return err;
}

const struct import_spec import_activity_spec = {
    .name = "activities",
    .label = N_("Activities"),
    .perm = PERM_IMPORT_WRITE,
    .action = ACTION_IMPORT_ACTIVITIES,
    .entity = ENTITY_ACTIVITY,
    .columns = columns,
    .column_count = COUNT(columns),
    .check = check,
    .write = write,
};
