/*
 * One rule, whichever its table: the form is made from the table's fields.
 * What has begun is changed by a row that begins today or later; points are
 * shown with what they would do before they are saved.
 */
#include <string.h>

#include "db/base/i18n.h"
#include "db/category.h"
#include "db/duty_record.h"
#include "db/office.h"
#include "db/rule.h"
#include "db/store/ctx.h"
#include "tui/rule_arg.h"
#include "tui/rule_effect.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/form.h"

enum { FIELDS_MAX = 16 };

/* What the form fills: the rule, and what it belongs to as a choice. */
struct entry {
	struct rule rule; /* first: the table's fields hold */
	int64_t part;     /* 1.. in parts, 0 none */
};

struct part {
	const char *name, *label;
};

struct rule_form {
	struct form form;
	struct entry entry;
	enum rule_table table;
	struct part *parts;
	int part_count;
	struct field fields[FIELDS_MAX];
	struct form_row rows[FIELDS_MAX];
	struct form_spec spec;
};

/* --- what it belongs to ----------------------------------------------------
 */

static int
find_part(struct ui *ui, void *data, struct arena *a, const char *text,
          struct form_option *out, int max)
{
	const struct rule_form *s = data;
	int n = 0;

	(void)ui, (void)a;
	for (int i = 0; i < s->part_count && n < max; i++)
		if (strstr(s->parts[i].label, text) != NULL ||
		    strstr(s->parts[i].name, text) != NULL)
			out[n++] = (struct form_option){
			    i + 1, s->parts[i].label, NULL};
	return n;
}

static const char *
show_part(struct ui *ui, void *data, struct arena *a, int64_t value)
{
	const struct rule_form *s = data;

	(void)ui, (void)a;
	return value >= 1 && value <= s->part_count ? s->parts[value - 1].label
	                                            : "";
}

static int
read_duties(struct ui *ui, struct rule_form *s)
{
	struct arena *a = ui_keep(ui);
	struct duty_kind *kinds;
	int n, err = duty_kind_list(ui_ctx(ui), a, &kinds, &n);

	if (err != OK)
		return err;
	s->parts = arena_alloc(a, sizeof(*s->parts) * (size_t)n);
	for (int i = 0; i < n; i++)
		s->parts[i] =
		    (struct part){kinds[i].name, role_label(kinds[i].label,
		                                            kinds[i].label_en)};
	s->part_count = n;
	return OK;
}

/* Categories of so many upper levels. */
static int
read_categories(struct ui *ui, struct rule_form *s, int levels)
{
	struct arena *a = ui_keep(ui);
	struct category_tree t;
	int err = category_tree_get(ui_ctx(ui), a, &t);

	if (err != OK)
		return err;
	s->parts = arena_alloc(a, sizeof(*s->parts) * (size_t)t.n + 1);
	for (int i = 0; i < t.n; i++)
		if (t.rows[i].depth < levels)
			s->parts[s->part_count++] =
			    (struct part){t.rows[i].name, t.rows[i].path};
	return OK;
}

/* --- saving ------------------------------------------------------------- */

static int
show_faults(struct ui *ui, struct rule_form *s)
{
	const struct ctx *c = ui_ctx(ui);

	for (int i = 0; i < c->fault_count; i++)
		if (field_find(s->fields, c->faults[i].field) != NULL)
			form_error(&s->form, c->faults[i].field,
			           _(c->faults[i].text));
		else
			ui_say(ui, "%s", _(c->faults[i].text));
	return ERR_INVALID;
}

/* Whoever changes points sees first what becomes of the scores. */
static int
ask_first(struct ui *ui, struct rule_form *s)
{
	struct rule clean;
	int err = rule_check(ui_ctx(ui), ui_arena(ui), s->table, &s->entry.rule,
	                     &clean);

	if (err == OK)
		err = rule_effect_show(ui, &clean);
	if (err == OK && !ui_confirm(ui, _("Save these points?")))
		err = ERR_STOPPED;
	return err;
}

static int
save(struct ui *ui, void *data)
{
	struct rule_form *s = data;
	struct rule *row = &s->entry.rule;
	struct rule_id id;
	int err = OK;

	row->part = s->entry.part > 0 ? s->parts[s->entry.part - 1].name : "";
	if (rule_spec(s->table)->yearly)
		err = ask_first(ui, s);
	if (err == OK)
		err = rule_save(ui_ctx(ui), s->table, row, &id);
	if (err == ERR_INVALID)
		return show_faults(ui, s);
	if (err == ERR_STATE)
		ui_say(ui, "%s",
		       _("These days have begun and stay in the table."));
	else if (err == ERR_EXISTS)
		ui_say(ui, "%s",
		       _("There is a change for that day already; open it "
		         "from the list."));
	if (err != OK)
		return err == ERR_STATE || err == ERR_EXISTS ? ERR_STOPPED
		                                             : err;
	ui_pop(ui);
	ui_say(ui, "%s", _("Saved."));
	return OK;
}

/* --- the form of a table ------------------------------------------------ */

/* Fields that people fill become rows; what a rule belongs to is chosen. */
static void
make_form(struct rule_form *s, const struct field *fields, bool readonly)
{
	int n = 0, rows = 0;

	for (const struct field *f = fields;
	     f->name != NULL && n < FIELDS_MAX - 1; f++) {
		struct form_row *row = &s->rows[rows];

		s->fields[n] = *f;
		if (f->at == offsetof(struct rule, part)) {
			s->fields[n].kind = FIELD_INT;
			s->fields[n].at = offsetof(struct entry, part);
			s->fields[n].size = sizeof(s->entry.part);
			s->fields[n].max = 30;
		}
		n++;
		if (f->readonly)
			continue;
		*row =
		    (struct form_row){.field = f->name, .readonly = readonly};
		if (f->at == offsetof(struct rule, part)) {
			row->find = find_part;
			row->show = show_part;
		}
		if (f->kind == FIELD_LINES)
			row->lines = 6;
		rows++;
	}
	s->fields[n] = (struct field)FIELD_END;
	s->rows[rows] = (struct form_row)FORM_ROW_END;
	s->spec = (struct form_spec){
	    .fields = s->fields, .rows = s->rows, .save = save, .live = true};
}

static void
begin_new(struct ui *ui, struct rule_form *s)
{
	struct day today = ui_today(ui);

	s->entry.rule = (struct rule){.name = "",
	                              .label = "",
	                              .label_en = "",
	                              .part = "",
	                              .text = "",
	                              .from_on = today,
	                              .to_on = today,
	                              .n1 = 30,
	                              .n2 = 30,
	                              .in_use = true};
}

/* A row that has begun is changed from today on, points from this year. */
static int
begin_change(struct ui *ui, struct rule_form *s, struct rule_id id)
{
	struct rule *row = &s->entry.rule;
	int err = rule_get(ui_ctx(ui), ui_keep(ui), s->table, id, row);

	if (err != OK)
		return err;
	for (int i = 0; i < s->part_count; i++)
		if (row->part != NULL &&
		    strcmp(s->parts[i].name, row->part) == 0)
			s->entry.part = i + 1;
	if (!rule_is_open(ui_ctx(ui), s->table, row) &&
	    !rule_spec(s->table)->by_day &&
	    ui_may(ui, rule_spec(s->table)->perm))
		row->from_on = rule_open_from(ui_ctx(ui), s->table);
	return OK;
}

/* What kind of rule, and which: a name is no word of the form's own. */
static const char *
title_of(struct ui *ui, const struct rule_form *s)
{
	struct arena *a = ui_keep(ui);
	const struct rule *row = &s->entry.rule;
	const char *which = "";

	if (row->name[0] != '\0')
		which = rule_title(a, s->table, row);
	for (int i = 0; s->table == RULE_DUTY && i < s->part_count; i++)
		if (strcmp(s->parts[i].name, row->name) == 0)
			which = s->parts[i].label;
	return arena_printf(a, "%s  %s", _(rule_spec(s->table)->entity->label),
	                    which);
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct rule_form *s = data;
	struct rule_id id = rule_arg_row(arg);
	const struct rule_spec *spec;
	bool may_change;
	int err = OK;

	s->table = rule_arg_table(arg);
	spec = rule_spec(s->table);
	may_change = ui_may(ui, spec->perm);
	if (spec->parts == RULE_PART_DUTY || s->table == RULE_DUTY)
		err = read_duties(ui, s);
	else if (spec->parts == RULE_PART_OWN)
		err = read_categories(ui, s, 2); /* that others go below */
	else if (spec->parts == RULE_PART_CATEGORY)
		err = read_categories(ui, s, 3);
	if (err == OK && id.v != 0)
		err = begin_change(ui, s, id);
	else if (err == OK)
		begin_new(ui, s);
	if (err != OK)
		return err;
	make_form(s, spec->entity->fields, !may_change);
	s->spec.title = title_of(ui, s);
	form_init(&s->form, &s->spec, ui, s, &s->entry);
	ui_body(ui, &s->form.widget);
	return OK;
}

static bool
when_may(struct ui *ui, const void *data)
{
	return ui_may(ui,
	              rule_spec(((const struct rule_form *)data)->table)->perm);
}

static bool
when_points(struct ui *ui, const void *data)
{
	return when_may(ui, data) &&
	       rule_spec(((const struct rule_form *)data)->table)->yearly;
}

static void
key_effect(struct ui *ui, void *data)
{
	struct rule_form *s = data;

	struct rule clean;
	int err = rule_check(ui_ctx(ui), ui_arena(ui), s->table, &s->entry.rule,
	                     &clean);

	if (err == ERR_INVALID)
		(void)show_faults(ui, s);
	else if (ui_error(ui, err) == OK)
		ui_error(ui, rule_effect_show(ui, &clean));
}

static const struct key keys[] = {
    {"F6", N_("Preview"), PERM_NONE, key_effect, when_points,
     N_("This year's scores and places under these points.")},
    {"F10", N_("Save"), PERM_NONE, NULL, when_may, NULL},
    KEY_END,
};

const struct screen screen_rule_form = {
    .name = "rule-form",
    .title = N_("Rule"),
    .about = N_("A rule holds from its day on until the next change of it. "
                "What holds already is not written over: saving makes a "
                "change from today, or from the day you give. Points hold "
                "for whole years, also for this one, and are shown with "
                "what they do to the scores before they are saved."),
    .needs = PERM_RULE_READ,
    .size = sizeof(struct rule_form),
    .keys = keys,
    .open = open,
};
