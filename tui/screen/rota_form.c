/* The rule that a month of the rota is filled from. The argument is the
 * station. */
#include "db/base/i18n.h"
#include "db/rota.h"
#include "tui/screens.h"
#include "tui/station_pick.h"

struct entry {
	const char *month;
	int weekday, nth;
	const char *starts_at, *ends_at; /* "09:00" */
	int64_t per_day;
	struct deputy_group_id group;
	struct place_id place;
};

struct rota_form {
	struct form form;
	struct entry entry;
	struct station_id station;
};

/* clang-format off */
static const struct enum_name weekdays[] = {
	{"0", N_("Sunday")}, {"1", N_("Monday")}, {"2", N_("Tuesday")},
	{"3", N_("Wednesday")}, {"4", N_("Thursday")}, {"5", N_("Friday")},
	{"6", N_("Saturday")}, {NULL, NULL},
};

static const struct enum_name which[] = {
	{"0", N_("every week")}, {"1", N_("the first of the month")},
	{"2", N_("the second")}, {"3", N_("the third")}, {"4", N_("the fourth")},
	{"5", N_("the fifth")}, {NULL, NULL},
};

static const struct field fields[] = {
	FIELD(entry, month,     TEXT, N_("Month"), .max = 7, .required = true),
	FIELD(entry, weekday,   ENUM, N_("Day of the week"), .names = weekdays, .required = true),
	FIELD(entry, nth,       ENUM, N_("Which of them"), .names = which, .required = true),
	FIELD(entry, starts_at, TEXT, N_("Begins"), .max = 5, .required = true),
	FIELD(entry, ends_at,   TEXT, N_("Ends"), .max = 5, .required = true),
	FIELD(entry, per_day,   INT,  N_("Deputies a day"), .max = 2, .required = true),
	FIELD(entry, group,     REF,  N_("Group"), .max = 40),
	FIELD(entry, place,     REF,  N_("Room or point"), .max = 40),
	FIELD_END,
};
/* clang-format on */

static int
find_group(struct ui *ui, void *data, struct arena *a, const char *text,
           struct form_option *out, int max)
{
	return station_pick_groups(ui, a, ((struct rota_form *)data)->station,
	                           text, out, max);
}

static const char *
show_group(struct ui *ui, void *data, struct arena *a, int64_t value)
{
	(void)data;
	return station_pick_group(ui, a, value);
}

static int
find_place(struct ui *ui, void *data, struct arena *a, const char *text,
           struct form_option *out, int max)
{
	return station_pick_places(ui, a, ((struct rota_form *)data)->station,
	                           text, out, max);
}

static const char *
show_place(struct ui *ui, void *data, struct arena *a, int64_t value)
{
	(void)data;
	return station_pick_place(ui, a, value);
}

static const struct form_row rows[] = {
    {.field = "month"},
    {.field = "weekday"},
    {.field = "nth"},
    {.field = "starts_at"},
    {.field = "ends_at"},
    {.field = "per_day"},
    {.field = "group",
     .find = find_group,
     .show = show_group,
     .hint = N_("empty: all deputies of the station")},
    {.field = "place",
     .find = find_place,
     .show = show_place,
     .hint = N_("empty: the station itself")},
    FORM_ROW_END,
};

static int
read_time(struct rota_form *s, const char *field, const char *text, int *out)
{
	int hour, minute;

	if (clock_parse_time(text, &hour, &minute) != OK) {
		form_error(&s->form, field, _("A time looks like 14:00."));
		return ERR_INVALID;
	}
	*out = hour * 60 + minute;
	return OK;
}

static int
save(struct ui *ui, void *data)
{
	struct rota_form *s = data;
	const struct entry *e = &s->entry;
	struct rota_rule rule = {
	    .station = s->station,
	    .group = e->group,
	    .place = e->place,
	    .weekday = e->weekday,
	    .nth = e->nth,
	    .per_day = e->per_day,
	};
	int days = 0, err = month_read(e->month, &rule.month);

	if (err != OK)
		form_error(&s->form, "month", _("Write the month as 2022-03."));
	if (read_time(s, "starts_at", e->starts_at, &rule.starts) != OK ||
	    read_time(s, "ends_at", e->ends_at, &rule.ends) != OK)
		err = ERR_INVALID;
	if (err != OK)
		return err;
	err = rota_fill(ui_ctx(ui), &rule, &days);
	if (err != OK)
		return form_faults(ui, &s->form, err);
	ui_pop(ui);
	if (days == 0)
		ui_say(ui, "%s",
		       _("No day was filled: they are over or filled "
		         "already."));
	else
		ui_say(ui,
		       P_("%d day is filled.", "%d days are filled.",
		          (unsigned long)days),
		       days);
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
	struct rota_form *s = data;
	struct day today = ui_today(ui);

	s->station = station_pick_own(ui, arg);
	s->entry = (struct entry){
	    .month = month_text(ui_keep(ui), today.day > 20
	                                         ? month_add(month_of(today), 1)
	                                         : month_of(today)),
	    .weekday = 2,
	    .starts_at = "09:00",
	    .ends_at = "11:00",
	    .per_day = 2,
	};
	form_init(&s->form, &spec, ui, s, &s->entry);
	ui_body(ui, &s->form.widget);
	return OK;
}

static const struct key keys[] = {
    {"F10", N_("Fill"), PERM_STATION_WRITE, NULL, NULL,
     N_("Fill the days that are not filled yet.")},
    KEY_END,
};

const struct screen screen_rota_form = {
    .name = "rota-form",
    .title = N_("Fill a month of the rota"),
    .about = N_("Says on which days of a month people are received, by how "
                "many deputies, where. Days that are over or filled already "
                "stay as they are. Those come first whose last day on the "
                "rota is longest ago."),
    .needs = PERM_STATION_WRITE,
    .size = sizeof(struct rota_form),
    .keys = keys,
    .open = open,
};
