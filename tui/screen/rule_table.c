/*
 * One table of rules, whichever it is: its columns are those of its fields
 * that have a width. What holds today and what is to come, or all rows.
 */
#include <string.h>

#include "db/base/i18n.h"
#include "db/duty_record.h"
#include "db/office.h"
#include "db/rule.h"
#include "db/setting.h"
#include "db/store/ctx.h"
#include "tui/records.h"
#include "tui/rule_arg.h"
#include "tui/screens.h"
#include "tui/ui.h"

enum { COLUMNS_MAX = 10 };

struct rule_view {
	struct records list;
	enum rule_table table;
	struct table_column columns[COLUMNS_MAX];
	struct table_spec drawn;
	struct records_spec spec;
	struct duty_kind *duties; /* of this load */
	int duty_count;
};

static const char *
duty_label(const struct rule_view *s, const char *name)
{
	for (int i = 0; i < s->duty_count; i++)
		if (strcmp(s->duties[i].name, name) == 0)
			return role_label(s->duties[i].label,
			                  s->duties[i].label_en);
	return name;
}

static const char *
cell_title(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct rule_view *s = data;

	(void)ui;
	if (s->table == RULE_DUTY)
		return duty_label(s, ((const struct rule *)row)->name);
	return rule_title(a, s->table, row);
}

static const char *
cell_part(struct ui *ui, void *data, const void *row, struct arena *a)
{
	(void)ui, (void)a;
	return duty_label(data, ((const struct rule *)row)->part);
}

/* The year is enough of a first of January long ago. */
static const char *
cell_from(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct rule *rule = row;
	char *text = arena_alloc(a, 11);

	(void)ui, (void)data;
	if (rule->id.v < 0 && rule->to_on.year == 0)
		return _("from the start");
	day_format(rule->from_on, text);
	return text;
}

static const char *
cell_until(struct ui *ui, void *data, const void *row, struct arena *a)
{
	char *text = arena_alloc(a, 11);

	(void)ui, (void)data;
	day_format(((const struct rule *)row)->to_on, text);
	return text;
}

static const char *
cell_state(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct rule *rule = row;

	(void)data, (void)a;
	return day_compare(rule->from_on, ui_today(ui)) > 0 ? _("to come") : "";
}

static enum theme
role_state(struct ui *ui, void *data, const void *row)
{
	(void)ui, (void)data, (void)row;
	return THEME_SOON;
}

static const char *
column_text(const struct field *f,
            const char *(**text)(struct ui *, void *, const void *,
                                 struct arena *))
{
	if (strcmp(f->name, "from_on") == 0)
		*text = cell_from;
	else if (strcmp(f->name, "to_on") == 0)
		*text = cell_until;
	else if (strcmp(f->name, "duty") == 0)
		*text = cell_part;
	return f->heading != NULL ? f->heading : f->label;
}

static void
make_columns(struct rule_view *s, const struct field *fields)
{
	int n = 0;

	s->columns[n++] = (struct table_column){
	    .heading = N_("Title"), .stretch = true, .text = cell_title};
	for (const struct field *f = fields;
	     f->name != NULL && n < COLUMNS_MAX - 2; f++) {
		struct table_column *column = &s->columns[n];

		if (f->width == 0)
			continue;
		*column = (struct table_column){
		    .field = f->name,
		    .width = f->width,
		    .priority = strcmp(f->name, "from_on") == 0 ? 0 : n};
		column->heading = column_text(f, &column->text);
		if (column->text == cell_from)
			column->width = 14;
		n++;
	}
	s->columns[n++] = (struct table_column){.heading = N_("State"),
	                                        .width = 8,
	                                        .text = cell_state,
	                                        .role = role_state};
	s->columns[n] = (struct table_column)TABLE_COLUMN_END;
}

/* Which table this is, beside the footer. */
static const char *
note(struct ui *ui, void *data, struct arena *a)
{
	(void)ui, (void)a;
	return _(rule_spec(((const struct rule_view *)data)->table)->label);
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct rule_view *s = data;
	const struct list_spec *list;

	s->table = rule_arg_table(arg);
	list = rule_list_spec(s->table);
	make_columns(s, list->fields);
	s->drawn = (struct table_spec){
	    .columns = s->columns,
	    .id_at = offsetof(struct rule, id),
	    .note = note,
	    .empty = N_("Nothing holds and nothing is to come. F4 makes the "
	                "first one; F5 shows what was."),
	};
	s->spec = (struct records_spec){
	    .list = list,
	    .table = &s->drawn,
	    .find = RULE_LIST_FIND,
	    .pattern = s->table == RULE_SETTING ? setting_find_text : NULL};
	records_init(&s->list, &s->spec, ui, s);
	records_filter(&s->list, RULE_LIST_NOW, 1, NULL);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct rule_view *s = data;
	const struct rule_spec *spec = rule_spec(s->table);
	int err = duty_kind_list(ui_ctx(ui), ui_arena(ui), &s->duties,
	                         &s->duty_count);

	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT_OF(spec->entity->kind), 0);
	return records_load(&s->list);
}

/* --- keys ------------------------------------------------------------- */

static const struct rule *
row_of(const void *data)
{
	return records_row(&((const struct rule_view *)data)->list);
}

static bool
may_change(struct ui *ui, const struct rule_view *s)
{
	return ui_may(ui, rule_spec(s->table)->perm);
}

static bool
when_row(struct ui *ui, const void *data)
{
	(void)ui;
	return row_of(data) != NULL;
}

static bool
when_new(struct ui *ui, const void *data)
{
	const struct rule_view *s = data;

	return may_change(ui, s) && !rule_spec(s->table)->fixed;
}

static bool
when_open(struct ui *ui, const void *data)
{
	const struct rule_view *s = data;

	return row_of(s) != NULL && may_change(ui, s) &&
	       rule_is_open(ui_ctx(ui), s->table, row_of(s));
}

static void
key_open(struct ui *ui, void *data)
{
	const struct rule_view *s = data;

	if (row_of(s) != NULL)
		ui_push(ui, &screen_rule_form,
		        rule_arg(s->table, row_of(s)->id));
}

static void
key_new(struct ui *ui, void *data)
{
	const struct rule_view *s = data;

	ui_push(ui, &screen_rule_form, rule_arg(s->table, (struct rule_id){0}));
}

/* F5: what holds and is to come, all rows there ever were, or one rule's. */
static void
key_filter(struct ui *ui, void *data)
{
	struct rule_view *s = data;
	const char *entries[] = {_("In force and to come"), _("All there were"),
	                         _("The history of this one")};
	int chosen = ui_menu(ui, _("Show which rows"), entries,
	                     row_of(s) != NULL ? 3 : 2);

	if (chosen < 0)
		return;
	records_filter_remove(&s->list, RULE_LIST_NOW);
	records_filter_remove(&s->list, RULE_LIST_NAME);
	if (chosen == 0)
		records_filter(&s->list, RULE_LIST_NOW, 1, NULL);
	else if (chosen == 2)
		records_filter_by_person(&s->list, RULE_LIST_NAME, 0,
		                         row_of(s)->name);
	ui_error(ui, records_restart(&s->list));
}

static void
key_withdraw(struct ui *ui, void *data)
{
	struct rule_view *s = data;
	struct arena *a = ui_arena(ui);
	struct rule_id id = row_of(s)->id;
	int err;

	if (!ui_confirm(ui, arena_printf(a,
	                                 _("Withdraw \"%s\"? It has not "
	                                   "begun to hold."),
	                                 cell_title(ui, s, row_of(s), a))))
		return;
	err = rule_withdraw(ui_ctx(ui), s->table, id);
	if (err == ERR_DEPENDS)
		ui_say(ui, "%s",
		       _("Records are of it already: change it, or take it "
		         "out of use."));
	else if (ui_error(ui, err) == OK)
		ui_say(ui, "%s", _("Withdrawn."));
	ui_reload(ui);
}

static const struct key keys[] = {
    {"Enter", N_("Open"), PERM_NONE, key_open, when_row,
     N_("Read a rule, or change it from a day on.")},
    {"F4", N_("New"), PERM_NONE, key_new, when_new, NULL},
    {"F5", N_("Filter"), PERM_NONE, key_filter, NULL,
     N_("What holds and is to come, all rows, or the history of one.")},
    {KEY_ACTION, N_("Withdraw"), PERM_NONE, key_withdraw, when_open,
     N_("Take back what has not begun to hold.")},
    KEY_END,
};

const struct screen screen_rule_table = {
    .name = "rule-table",
    .title = N_("Table of rules"),
    .about = N_("The rows that hold today, and those that are to come. A "
                "change is a row of its own with the day from which it "
                "holds; F5 shows the rows that held before."),
    .needs = PERM_RULE_READ,
    .size = sizeof(struct rule_view),
    .keys = keys,
    .open = open,
    .load = load,
};
