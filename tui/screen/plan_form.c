/* An item of the yearly plan: a new one, or that of the argument. */
#include "db/base/i18n.h"
#include "db/plan_item.h"
#include "tui/screens.h"
#include "tui/station_pick.h"

struct entry {
	const char *title, *month, *office, *detail;
};

struct plan_form {
	struct form form;
	struct entry entry;
	struct plan_item row;
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(entry, title,  TEXT,  N_("Title"), .max = PLAN_TITLE_MAX, .required = true),
	FIELD(entry, month,  TEXT,  N_("Due in"), .max = 7, .required = true, .hint = N_("year and month")),
	FIELD(entry, office, TEXT,  N_("Responsible"), .max = PLAN_OFFICE_MAX, .required = true),
	FIELD(entry, detail, LINES, N_("Details"), .max = PLAN_DETAIL_MAX),
	FIELD_END,
};
/* clang-format on */

static const struct form_row rows[] = {
    {.field = "title"},  {.field = "month"},
    {.field = "office"}, {.field = "detail", .lines = 5},
    FORM_ROW_END,
};

static int
write_row(struct ui *ui, struct plan_form *s)
{
	struct ctx *c = ui_ctx(ui);
	struct plan_item now;
	int err;

	if (s->row.id.v == 0)
		return plan_item_add(c, &s->row, &s->row.id);
	while ((err = plan_item_save(c, &s->row)) == ERR_CHANGED) {
		if (!ui_confirm(ui, _("Someone changed this meanwhile. Save "
		                      "yours in its place?")))
			break;
		err = plan_item_get(c, ui_keep(ui), s->row.id, &now);
		if (err != OK)
			break;
		s->row.version = now.version;
	}
	return err;
}

static int
save(struct ui *ui, void *data)
{
	struct plan_form *s = data;
	int err;

	s->row.title = s->entry.title;
	s->row.office = s->entry.office;
	s->row.detail = s->entry.detail;
	if (month_read(s->entry.month, &s->row.month) != OK) {
		form_error(&s->form, "month", _("Write the month as 2022-03."));
		return ERR_INVALID;
	}
	err = write_row(ui, s);
	if (err != OK)
		return form_faults(ui, &s->form, err);
	ui_pop(ui);
	ui_say(ui, "%s", _("The plan is saved."));
	return OK;
}

static const struct form_spec spec = {
    .fields = fields,
    .rows = rows,
    .save = save,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct plan_form *s = data;
	int err = OK;

	s->row = (struct plan_item){.title = "",
	                            .office = "",
	                            .detail = "",
	                            .month = month_of(ui_today(ui))};
	if (arg != 0)
		err = plan_item_get(ui_ctx(ui), ui_keep(ui),
		                    (struct plan_item_id){arg}, &s->row);
	if (err != OK)
		return err;
	s->entry = (struct entry){
	    .title = s->row.title,
	    .month = month_text(ui_keep(ui), s->row.month),
	    .office = s->row.office,
	    .detail = s->row.detail,
	};
	form_init(&s->form, &spec, ui, s, &s->entry);
	ui_body(ui, &s->form.widget);
	return OK;
}

static const struct key keys[] = {
    {"F10", N_("Save"), PERM_STATION_WRITE, NULL, NULL, NULL},
    KEY_END,
};

const struct screen screen_plan_form = {
    .name = "plan-form",
    .title = N_("Item of the plan"),
    .about = N_("What is to be done, by the end of which month, and who sees "
                "to it. The plan of a unit is also its station's."),
    .needs = PERM_STATION_WRITE,
    .size = sizeof(struct plan_form),
    .keys = keys,
    .open = open,
};
