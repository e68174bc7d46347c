/* An instruction to send: the county's to units, a unit's to its station. */
#include <string.h>

#include "db/base/i18n.h"
#include "db/instruction.h"
#include "db/unit.h"
#include "tui/screens.h"
#include "tui/station_pick.h"

enum { UNITS_MAX = 200 };

struct entry {
	const char *title, *text;
	struct day due_at;
	int64_t units;
};

struct instruction_form {
	struct form form;
	struct entry entry;
	struct unit *all;
	int n;
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(entry, title,  TEXT,  N_("Title"), .max = INSTRUCTION_TITLE_MAX, .required = true),
	FIELD(entry, due_at, DAY,   N_("Due"), .max = 10, .required = true),
	FIELD(entry, units,  INT,   N_("Sent to"), .max = 40),
	FIELD(entry, text,   LINES, N_("Text"), .max = INSTRUCTION_TEXT_MAX, .required = true),
	FIELD_END,
};
/* clang-format on */

static int
find_unit(struct ui *ui, void *data, struct arena *a, const char *text,
          struct form_option *out, int max)
{
	const struct instruction_form *s = data;
	int n = 0;

	(void)ui, (void)a;
	for (int i = 0; i < s->n && n < max; i++)
		if (strstr(s->all[i].name, text) != NULL)
			out[n++] = (struct form_option){s->all[i].id.v,
			                                s->all[i].name, NULL};
	return n;
}

/* Only who sends to several is asked whom. */
static bool
asks_units(struct ui *ui, void *data)
{
	(void)data;
	return ui_ctx(ui)->scope == SCOPE_COUNTY;
}

static const struct form_row rows[] = {
    {.field = "title"},
    {.field = "due_at"},
    {.field = "units",
     .find = find_unit,
     .many = true,
     .when = asks_units,
     .hint = N_("units; Enter chooses")},
    {.field = "text", .lines = 7},
    FORM_ROW_END,
};

static int
save(struct ui *ui, void *data)
{
	struct instruction_form *s = data;
	struct instruction row = {
	    .title = s->entry.title,
	    .text = s->entry.text,
	    .due_at = clock_at(s->entry.due_at, 23, 59),
	};
	struct unit_id units[UNITS_MAX];
	struct instruction_id id;
	const int64_t *chosen;
	int n = 0, err;

	if (asks_units(ui, data))
		n = form_chosen(&s->form, "units", &chosen);
	n = n > UNITS_MAX ? UNITS_MAX : n;
	for (int i = 0; i < n; i++)
		units[i].v = chosen[i];
	err = instruction_send(ui_ctx(ui), &row, units, n, &id);
	if (err != OK)
		return form_faults(ui, &s->form, err);
	ui_replace(ui, &screen_instruction, id.v);
	ui_say(ui, "%s", _("Sent. It stands on their workbench."));
	return OK;
}

static const struct form_spec spec = {
    .fields = fields,
    .rows = rows,
    .save = save,
};

/* All units are proposed: most instructions go to everybody. */
static void
propose_units(struct ui *ui, struct instruction_form *s)
{
	struct form_option *options =
	    arena_alloc(ui_keep(ui), (size_t)(s->n + 1) * sizeof(*options));

	for (int i = 0; i < s->n; i++)
		options[i] =
		    (struct form_option){s->all[i].id.v, s->all[i].name, NULL};
	form_choose(&s->form, "units", options, s->n);
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct instruction_form *s = data;
	int err = unit_list(ui_ctx(ui), ui_keep(ui), &s->all, &s->n);

	(void)arg;
	if (err != OK)
		return err;
	s->entry = (struct entry){
	    .title = "", .text = "", .due_at = day_add(ui_today(ui), 14)};
	form_init(&s->form, &spec, ui, s, &s->entry);
	if (asks_units(ui, s))
		propose_units(ui, s);
	ui_body(ui, &s->form.widget);
	return OK;
}

static const struct key keys[] = {
    {"F10", N_("Send"), PERM_INSTRUCTION_SEND, NULL, NULL,
     N_("Send it: it stands on the workbench of those it goes to.")},
    KEY_END,
};

const struct screen screen_instruction_form = {
    .name = "instruction-form",
    .title = N_("Send an instruction"),
    .about = N_("What is to be done until when. The county sends to the "
                "units it chooses, a unit to its own station. Each confirms "
                "the receipt and reports until it is done."),
    .needs = PERM_INSTRUCTION_SEND,
    .size = sizeof(struct instruction_form),
    .keys = keys,
    .open = open,
};
