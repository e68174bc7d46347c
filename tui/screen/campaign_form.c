/* The form of a campaign: a new one, issued with F10 to all units or some,
 * or one that is changed while it is issued. */
#include <string.h>

#include "db/base/i18n.h"
#include "db/campaign.h"
#include "db/unit.h"
#include "tui/activity_menu.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/form.h"

struct entry {
	const char *title;
	struct day from_on, to_on;
	int64_t units; /* chosen; 0: all */
	const char *text, *goals;
};

struct campaign_form {
	struct form form;
	struct entry entry;
	struct campaign row;
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(entry, title,   TEXT,  N_("Title"), .max = CAMPAIGN_TITLE_MAX, .required = true),
	FIELD(entry, from_on, DAY,   N_("From"), .max = 10, .required = true),
	FIELD(entry, to_on,   DAY,   N_("To"), .max = 10, .required = true),
	FIELD(entry, units,   INT,   N_("Units"), .max = 40),
	FIELD(entry, text,    LINES, N_("What it is about"), .max = CAMPAIGN_TEXT_MAX, .required = true),
	FIELD(entry, goals,   LINES, N_("Goals"), .max = CAMPAIGN_TEXT_MAX),
	FIELD_END,
};
/* clang-format on */

static int
find_unit(struct ui *ui, void *data, struct arena *a, const char *text,
          struct form_option *out, int max)
{
	struct unit *units;
	int count, n = 0, err = unit_list(ui_ctx(ui), a, &units, &count);

	(void)data;
	if (err != OK)
		return err;
	for (int i = 0; i < count && n < max; i++)
		if (strstr(units[i].name, text) != NULL)
			out[n++] = (struct form_option){units[i].id.v,
			                                units[i].name, NULL};
	return n;
}

static bool
is_new(struct ui *ui, void *data)
{
	(void)ui;
	return ((const struct campaign_form *)data)->row.id.v == 0;
}

static const struct form_row rows[] = {
    {.field = "title"},
    {.field = "from_on"},
    {.field = "to_on"},
    {.field = "units",
     .find = find_unit,
     .many = true,
     .when = is_new,
     .hint = N_("empty: all units")},
    {.field = "text", .lines = 4},
    {.field = "goals", .lines = 3},
    FORM_ROW_END,
};

static int
write_entry(struct ui *ui, struct campaign_form *s, struct campaign_id *id)
{
	const int64_t *values;
	struct unit_id *units;
	int n;

	s->row.title = s->entry.title;
	s->row.from_on = s->entry.from_on;
	s->row.to_on = s->entry.to_on;
	s->row.text = s->entry.text;
	s->row.goals = s->entry.goals;
	*id = s->row.id;
	if (id->v != 0)
		return campaign_save(ui_ctx(ui), &s->row);
	n = form_chosen(&s->form, "units", &values);
	units = arena_alloc(ui_arena(ui), (size_t)(n + 1) * sizeof(*units));
	for (int i = 0; i < n; i++)
		units[i].v = values[i];
	return campaign_issue(ui_ctx(ui), &s->row, units, n, id);
}

static int
save(struct ui *ui, void *data)
{
	struct campaign_form *s = data;
	struct ctx *c = ui_ctx(ui);
	struct campaign_id id;
	bool issued = s->row.id.v == 0;
	int err = write_entry(ui, s, &id);

	if (err == ERR_INVALID)
		for (int i = 0; i < c->fault_count; i++)
			form_error(&s->form, c->faults[i].field,
			           _(c->faults[i].text));
	if (err != OK)
		return err;
	if (issued)
		ui_replace(ui, &screen_campaign, id.v);
	else
		ui_pop(ui);
	ui_say(ui, "%s",
	       issued ? _("The campaign is issued; it stands on the units' "
	                  "workbenches.")
	              : _("The campaign is changed."));
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
	struct campaign_form *s = data;
	struct day today = ui_today(ui);

	s->row = (struct campaign){.title = "",
	                           .text = "",
	                           .goals = "",
	                           .summary = "",
	                           .reason = "",
	                           .from_on = today,
	                           .to_on = day_add(today, 60)};
	if (arg != 0) {
		int err = campaign_get(ui_ctx(ui), ui_keep(ui),
		                       (struct campaign_id){arg}, &s->row);

		if (err != OK)
			return err;
	}
	s->entry = (struct entry){.title = s->row.title,
	                          .from_on = s->row.from_on,
	                          .to_on = s->row.to_on,
	                          .text = s->row.text,
	                          .goals = s->row.goals};
	form_init(&s->form, &spec, ui, s, &s->entry);
	ui_body(ui, &s->form.widget);
	return OK;
}

static bool
issues(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct campaign_form *)data)->row.id.v == 0;
}

static bool
edits(struct ui *ui, const void *data)
{
	return !issues(ui, data);
}

/* clang-format off */
static const struct key keys[] = {
	{"F10", N_("Issue"), PERM_CAMPAIGN_WRITE, NULL, issues,
	 N_("Issue it: each unit sees it on its workbench until it is planned.")},
	{"F10", N_("Save"), PERM_CAMPAIGN_WRITE, NULL, edits, NULL},
	KEY_END,
};
/* clang-format on */

const struct screen screen_campaign_form = {
    .name = "campaign-form",
    .title = N_("Fill in the campaign"),
    .about = N_("A campaign: what it is about, from when to when, what it is "
                "to reach, and which units take part. The days bound the "
                "activities that can be attached. While it is issued all but "
                "the units can be changed."),
    .needs = PERM_CAMPAIGN_WRITE,
    .size = sizeof(struct campaign_form),
    .keys = keys,
    .open = open,
};
