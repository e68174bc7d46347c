/* What the screens about people share. */
#include "tui/people.h"

#include <string.h>

#include "db/base/i18n.h"
#include "db/deputy_group.h"
#include "db/district.h"
#include "db/place.h"
#include "db/store/ctx.h"
#include "db/unit.h"

enum { WHAT_SHIFT = 48, REASON_MAX = 200 };

int64_t
people_arg(enum people_end what, int64_t id)
{
	return ((int64_t)what << WHAT_SHIFT) | id;
}

enum people_end
people_arg_what(int64_t arg)
{
	return (enum people_end)(arg >> WHAT_SHIFT);
}

int64_t
people_arg_id(int64_t arg)
{
	return arg & (((int64_t)1 << WHAT_SHIFT) - 1);
}

/* --- choices ---------------------------------------------------------- */

static int
add(struct form_option *out, int n, int64_t value, const char *label,
    const char *text)
{
	if (strstr(label, text) == NULL)
		return n;
	out[n] = (struct form_option){.value = value, .label = label};
	return n + 1;
}

int
people_find_unit(struct ui *ui, struct arena *a, const char *text,
                 struct form_option *out, int max)
{
	struct unit *rows;
	int n, found = 0;
	int err = unit_list(ui_ctx(ui), a, &rows, &n);

	for (int i = 0; err == OK && i < n && found < max; i++)
		found = add(out, found, rows[i].id.v, rows[i].name, text);
	return err != OK ? err : found;
}

int
people_find_place(struct ui *ui, struct station_id station, struct arena *a,
                  const char *text, struct form_option *out, int max)
{
	struct place *rows;
	int n, found = 0;
	int err = place_list(ui_ctx(ui), a, station, &rows, &n);

	for (int i = 0; err == OK && i < n && found < max; i++)
		found = add(out, found, rows[i].id.v, rows[i].name, text);
	return err != OK ? err : found;
}

int
people_find_group(struct ui *ui, struct station_id station, struct arena *a,
                  const char *text, struct form_option *out, int max)
{
	struct deputy_group *rows;
	int n, found = 0;
	int err = deputy_group_list(ui_ctx(ui), a, station, &rows, &n);

	for (int i = 0; err == OK && i < n && found < max; i++)
		found = add(out, found, rows[i].id.v, rows[i].name, text);
	return err != OK ? err : found;
}

int
people_find_district(struct ui *ui, struct unit_id unit, int level,
                     struct arena *a, const char *text, struct form_option *out,
                     int max)
{
	struct district *rows;
	int n, found = 0;
	int err = district_list(ui_ctx(ui), a, unit, level, &rows, &n);

	for (int i = 0; err == OK && i < n && found < max; i++)
		found = add(out, found, rows[i].id.v, rows[i].name, text);
	return err != OK ? err : found;
}

const char *
people_show_unit(struct ui *ui, struct arena *a, int64_t value)
{
	struct unit row;

	return value != 0 && unit_get(ui_ctx(ui), a, (struct unit_id){value},
	                              &row) == OK
	           ? row.name
	           : "";
}

const char *
people_show_place(struct ui *ui, struct arena *a, int64_t value)
{
	struct place row;

	return value != 0 && place_get(ui_ctx(ui), a, (struct place_id){value},
	                               &row) == OK
	           ? row.name
	           : "";
}

const char *
people_show_group(struct ui *ui, struct arena *a, int64_t value)
{
	struct deputy_group row;

	return value != 0 && deputy_group_get(ui_ctx(ui), a,
	                                      (struct deputy_group_id){value},
	                                      &row) == OK
	           ? row.name
	           : "";
}

const char *
people_show_district(struct ui *ui, struct arena *a, int64_t value)
{
	struct district row;

	return value != 0 &&
	               district_get(ui_ctx(ui), a, (struct district_id){value},
	                            &row) == OK
	           ? row.name
	           : "";
}

/* --- words ------------------------------------------------------------ */

const char *
people_span(struct arena *a, struct day from, struct day to)
{
	char first[11], last[11];

	day_format(from, first);
	day_format(to, last);
	return arena_printf(a, "%s - %s", first, last);
}

const char *
people_mandate(struct arena *a, int level, int64_t number)
{
	return arena_printf(a,
	                    level == LEVEL_COUNTY ? _("County, term %lld")
	                                          : _("Town, term %lld"),
	                    (long long)number);
}

int
people_faults(struct ui *ui, struct form *form, int err)
{
	const struct ctx *c = ui_ctx(ui);

	if (err != ERR_INVALID)
		return err;
	for (int i = 0; i < c->fault_count; i++) {
		const char *field = c->faults[i].field;

		if (field_find(form->spec->fields, field) != NULL)
			form_error(form, field, _(c->faults[i].text));
		else
			ui_say(ui, "%s", _(c->faults[i].text));
	}
	return err;
}

int
people_say(struct ui *ui, int err)
{
	const struct ctx *c = ui_ctx(ui);

	if (err == ERR_INVALID && c->fault_count > 0)
		ui_say(ui, "%s", _(c->faults[0].text));
	else
		ui_error(ui, err);
	return err;
}

const char *
people_reason(struct ui *ui, const char *question)
{
	const char *reason =
	    ui_prompt(ui, ui_arena(ui), question, "", REASON_MAX);

	if (reason == NULL)
		return NULL;
	if (reason[0] == '\0') {
		ui_say(ui, "%s", _("A reason is needed; nothing was changed."));
		return NULL;
	}
	return reason;
}

static const char *
event_text(struct arena *a, const struct event_line *e)
{
	return arena_printf(a, "%s%s%s%s%s%s",
	                    e->action < ACTIONS ? _(action_label(e->action))
	                                        : _("something newer"),
	                    *e->about != '\0' ? "  " : "", e->about,
	                    *e->reason != '\0' ? ": " : "", e->reason,
	                    e->struck ? _("  (struck out)") : "");
}

/* "03-29 14:00", with the year when any is of another. */
static int
when_width(struct ui *ui, const struct event_line *lines, int n)
{
	for (int i = 0; i < n; i++)
		if (day_of(lines[i].at).year != ui_today(ui).year)
			return 16;
	return 11;
}

void
people_history(struct ui *ui, struct page *p, const struct event_line *lines,
               int n)
{
	struct arena *a = ui_arena(ui);
	int width = when_width(ui, lines, n);

	page_heading(p, _("History"));
	for (int i = 0; i < n; i++) {
		const struct event_line *e = &lines[i];
		const struct page_cell cells[] = {
		    {instant_show(a, e->at, ui_today(ui)), width, false,
		     THEME_NORMAL},
		    {e->who[0] != '\0' ? e->who : _("the system"), 10, false,
		     THEME_NORMAL},
		    {event_text(a, e), 0, false,
		     e->struck ? THEME_DIM : THEME_NORMAL},
		};

		if (people_may_strike(ui, e))
			page_item_cells(p, e->id, PEOPLE_EVENT, cells, 3);
		else
			page_cells(p, cells, 3);
	}
}

bool
people_may_strike(struct ui *ui, const struct event_line *e)
{
	return ui_may(ui, PERM_EVENT_STRIKE) && !e->struck && !e->caused &&
	       e->action != ACTIONS && action_is_strikable(e->action);
}

void
people_strike(struct ui *ui, int64_t event)
{
	struct arena *a = ui_arena(ui);
	struct event_list later;
	const char *reason;
	int err;

	reason = people_reason(ui, _("Why is this entry struck out?"));
	if (reason == NULL)
		return;
	err = event_strike(ui_ctx(ui), a, event, reason, &later);
	ui_reload(ui);
	if (err == ERR_DEPENDS)
		ui_say(ui, "%s",
		       _("Something was recorded since on what it changed; "
		         "strike that out first."));
	else if (people_say(ui, err) == OK)
		ui_say(ui, "%s",
		       _("Struck out; what followed from it no "
		         "longer counts."));
}
