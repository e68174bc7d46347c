/* What can be done in a duty file: go to what a record followed from, look at
 * another time or one kind, claim, ask for a correction. */
#include <string.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/duty_request.h"
#include "db/mandate.h"
#include "db/office.h"
#include "db/store/ctx.h"
#include "tui/activity_menu.h"
#include "tui/duty_file.h"
#include "tui/duty_pick.h"
#include "tui/screens.h"
#include "tui/ui.h"

const struct screen *
duty_file_source(const struct duty_line *row)
{
	if (strcmp(row->subject_kind, entity_activity.name) == 0)
		return &screen_activity;
	if (strcmp(row->subject_kind, entity_duty_request.name) == 0)
		return &screen_duty_request;
	return NULL;
}

/* Narrow the list to the kind under the mark of the bars. */
static void
show_kind(struct ui *ui, struct duty_file *s)
{
	int64_t i;

	if (!page_selected(&s->kinds, &i, NULL) || i >= s->year.n)
		return;
	s->kind =
	    arena_strdup(ui_keep(ui), role_label(s->year.sums[i].label,
	                                         s->year.sums[i].label_en));
	records_filter_by_person(
	    &s->list, DUTY_LIST_KIND, 0,
	    arena_strdup(ui_keep(ui), s->year.sums[i].kind));
	if (ui_error(ui, records_restart(&s->list)) == OK)
		ui_focus(ui, &s->list.table.widget);
}

static void
key_open(struct ui *ui, void *data)
{
	struct duty_file *s = data;
	const struct duty_line *row = records_row(&s->list);

	if (s->kinds.widget.focused)
		show_kind(ui, s);
	else if (row != NULL && duty_file_source(row) != NULL)
		ui_push(ui, duty_file_source(row), row->subject);
}

static bool
when_row(struct ui *ui, const void *data)
{
	const struct duty_file *s = data;
	const struct duty_line *row = records_row(&s->list);

	(void)ui;
	return s->kinds.widget.focused ||
	       (row != NULL && duty_file_source(row) != NULL);
}

static void
key_period(struct ui *ui, void *data)
{
	struct duty_file *s = data;
	const struct duty_of of = {DUTY_OF_PERSON, s->person.v};
	struct duty_period period;
	const char *words;

	if (!duty_pick_ask(ui, of, &period, &words))
		return;
	ui_error(ui, duty_file_show(ui, s, period, words));
}

static bool
is_own(struct ui *ui, const void *data)
{
	return ((const struct duty_file *)data)->person.v == ui_ctx(ui)->me;
}

static bool
has_record(struct ui *ui, const void *data)
{
	return is_own(ui, data) &&
	       records_row(&((const struct duty_file *)data)->list) != NULL;
}

static void
key_claim(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_claim, 0);
}

void
duty_file_correct(struct ui *ui, struct duty_record_id record,
                  struct activity_id activity)
{
	struct duty_request_id id;
	const char *labels[WANTED_NONE + 1], *words;
	int wanted;

	for (int i = 0; i <= WANTED_NONE; i++)
		labels[i] = _(request_wanteds[i].label);
	wanted = ui_menu(ui, _("How it was: I .."), labels, WANTED_NONE + 1);
	if (wanted < 0)
		return;
	words =
	    ui_prompt(ui, ui_arena(ui), _("What is wrong, and what shows it"),
	              "", REQUEST_WORDS_MAX);
	if (words == NULL)
		return;
	if (activity_menu_fault(ui, duty_correct(ui_ctx(ui), record, activity,
	                                         (enum request_wanted)wanted,
	                                         words, &id)) != OK)
		return;
	ui_push(ui, &screen_duty_request, id.v);
	ui_say(ui, _("Request %lld is asked; an officer checks it."),
	       (long long)id.v);
}

static void
key_correct(struct ui *ui, void *data)
{
	const struct activity_id none = {0};
	const struct duty_line *row =
	    records_row(&((struct duty_file *)data)->list);

	duty_file_correct(ui, row->id, none);
}

static void
key_requests(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_duty_requests, 0);
}

/* The group of the mandate held now, or the first of them. */
static void
key_group(struct ui *ui, void *data)
{
	struct duty_file *s = data;
	struct mandate_line *rows;
	int n;

	if (ui_error(ui, mandate_of_person(ui_ctx(ui), ui_arena(ui), s->person,
	                                   &rows, &n)) != OK)
		return;
	for (int i = 0; i < n; i++)
		if (rows[i].grp.v != 0) {
			ui_push(ui, &screen_duty_ledger, -rows[i].grp.v);
			return;
		}
	ui_say(ui, "%s", _("There is no group to show."));
}

const struct key duty_file_keys[] = {
    {"Enter", N_("Open"), PERM_NONE, key_open, when_row,
     N_("What the record followed from; on a bar: the records of that "
        "kind.")},
    {"Tab", N_("Kinds"), PERM_NONE, NULL, NULL,
     N_("Go to the bars and back; Backspace shows all kinds again.")},
    {"F4", N_("Claim"), PERM_DUTY_OWN, key_claim, is_own,
     N_("Claim what you did and no code recorded.")},
    {"F5", N_("Period"), PERM_NONE, key_period, NULL,
     N_("Another year, or a whole term.")},
    {KEY_ACTION, N_("Ask for a correction"), PERM_DUTY_OWN, key_correct,
     has_record,
     N_("The record under the mark is wrong: an officer checks it.")},
    {KEY_ACTION, N_("My requests"), PERM_DUTY_OWN, key_requests, is_own,
     N_("What you claimed or asked to correct, and its state.")},
    {KEY_ACTION, N_("File of the group"), PERM_NONE, key_group, NULL, NULL},
    KEY_END,
};
