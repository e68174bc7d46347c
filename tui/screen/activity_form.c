/*
 * The form of an activity: a new one, published with F10 or kept as a draft
 * with F2, and an existing one until its sign-in has closed. Day and times
 * are typed apart, as on paper; those invited are chosen by level, group or
 * name.
 */
#include <string.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/campaign_unit.h"
#include "db/place.h"
#include "db/station.h"
#include "tui/activity_menu.h"
#include "tui/invite_pick.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/form.h"

/* What the form fills; members are called as the faults of db/activity.c. */
struct entry {
	struct station_id station;
	const char *title;
	int64_t kind; /* 1.. in kinds, 0 none */
	struct place_id place;
	const char *venue;
	struct day on;
	const char *starts_at, *ends_at; /* "14:00" */
	int64_t before_minutes, after_minutes;
	bool rotates;
	struct campaign_unit_id campaign;
	int64_t who;
	const char *agenda;
};

struct activity_form {
	struct form form;
	struct entry entry;
	struct activity row; /* as it was; what the form does not ask stays */
	struct activity_kind *kinds;
	int kind_count;
	int days; /* the end lies so many days after the start */
	bool draft, editing;
	bool campaigns;   /* there are some to choose from */
	int64_t invited;  /* chosen when the number of people was last said */
	int64_t windowed; /* the kind whose sign-in window was last put in */
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(entry, station,  REF,  N_("Station"), .required = true, .max = 40),
	FIELD(entry, title,    TEXT, N_("Title"), .max = ACTIVITY_TITLE_MAX, .required = true),
	FIELD(entry, kind,     INT,  N_("Kind"), .required = true, .max = 20),
	FIELD(entry, place,    REF,  N_("Room or point"), .max = 40),
	FIELD(entry, venue,    TEXT, N_("Place"), .max = ACTIVITY_VENUE_MAX),
	FIELD(entry, on,       DAY,  N_("Date"), .max = 10, .required = true),
	FIELD(entry, starts_at, TEXT, N_("Begins"), .max = 5, .required = true),
	FIELD(entry, ends_at,  TEXT, N_("Ends"), .max = 5, .required = true),
	FIELD(entry, before_minutes, INT, N_("Sign-in before"), .max = 4, .required = true),
	FIELD(entry, after_minutes, INT, N_("Sign-in after"), .max = 4, .required = true),
	FIELD(entry, rotates,  BOOL, N_("Changing code")),
	FIELD(entry, campaign, REF,  N_("Campaign"), .max = 40),
	FIELD(entry, who,      INT,  N_("Invite"), .max = 40),
	FIELD(entry, agenda,   LINES, N_("Agenda"), .max = ACTIVITY_TEXT_MAX),
	FIELD_END,
};
/* clang-format on */

/* --- the rows' choices ------------------------------------------------------
 */

static int
find_station(struct ui *ui, void *data, struct arena *a, const char *text,
             struct form_option *out, int max)
{
	struct tree_row *tree;
	int count, n = 0;
	int err =
	    station_tree(ui_ctx(ui), a, (struct unit_id){0}, &tree, &count);

	(void)data;
	if (err != OK)
		return err;
	for (int i = 0; i < count && n < max; i++)
		if (tree[i].sort == TREE_STATION &&
		    strstr(tree[i].name, text) != NULL)
			out[n++] = (struct form_option){tree[i].id,
			                                tree[i].name, NULL};
	return n;
}

static const char *
show_station(struct ui *ui, void *data, struct arena *a, int64_t value)
{
	struct station station;

	(void)data;
	if (value == 0 || station_get(ui_ctx(ui), a, (struct station_id){value},
	                              &station) != OK)
		return "";
	return station.name;
}

/* Only who works for several stations is asked which. */
static bool
asks_station(struct ui *ui, void *data)
{
	const struct activity_form *s = data;

	return !s->editing && ui_ctx(ui)->scope == SCOPE_COUNTY;
}

static int
find_kind(struct ui *ui, void *data, struct arena *a, const char *text,
          struct form_option *out, int max)
{
	const struct activity_form *s = data;
	int n = 0;

	(void)ui, (void)a;
	for (int i = 0; i < s->kind_count && n < max; i++) {
		const struct activity_kind *k = &s->kinds[i];
		const char *label = activity_kind_label(k->label, k->label_en);

		if (k->in_use && (strstr(label, text) != NULL ||
		                  strstr(k->name, text) != NULL))
			out[n++] = (struct form_option){i + 1, label, NULL};
	}
	return n;
}

static const char *
show_kind(struct ui *ui, void *data, struct arena *a, int64_t value)
{
	const struct activity_form *s = data;
	const struct activity_kind *k;

	(void)ui, (void)a;
	if (value < 1 || value > s->kind_count)
		return "";
	k = &s->kinds[value - 1];
	return activity_kind_label(k->label, k->label_en);
}

static int
find_place(struct ui *ui, void *data, struct arena *a, const char *text,
           struct form_option *out, int max)
{
	const struct activity_form *s = data;
	struct place *places;
	int count, n = 0;
	int err = place_list(ui_ctx(ui), a, s->row.station, &places, &count);

	if (err != OK)
		return err;
	for (int i = 0; i < count && n < max; i++)
		if (places[i].closed_on.year == 0 &&
		    strstr(places[i].name, text) != NULL)
			out[n++] = (struct form_option){
			    places[i].id.v, places[i].name,
			    _(place_kinds[places[i].kind].label)};
	return n;
}

static const char *
show_place(struct ui *ui, void *data, struct arena *a, int64_t value)
{
	struct place place;

	(void)data;
	if (value == 0 ||
	    place_get(ui_ctx(ui), a, (struct place_id){value}, &place) != OK)
		return "";
	return place.name;
}

static int
find_campaign(struct ui *ui, void *data, struct arena *a, const char *text,
              struct form_option *out, int max)
{
	const struct activity_form *s = data;
	struct campaign_progress *open;
	int count, n = 0;
	int err = campaign_open_list(ui_ctx(ui), a, s->row.unit, &open, &count);

	if (err != OK)
		return err;
	for (int i = 0; i < count && n < max; i++)
		if (strstr(open[i].title, text) != NULL)
			out[n++] = (struct form_option){
			    open[i].id.v, open[i].title,
			    s->row.unit.v == 0 ? open[i].unit_name : NULL};
	return n;
}

static const char *
show_campaign(struct ui *ui, void *data, struct arena *a, int64_t value)
{
	struct campaign_progress at;

	(void)data;
	if (value == 0 ||
	    campaign_progress_get(ui_ctx(ui), a,
	                          (struct campaign_unit_id){value}, &at) != OK)
		return "";
	return at.title;
}

/* Asked only while there is a campaign to choose. */
static bool
has_campaigns(struct ui *ui, void *data)
{
	return ((const struct activity_form *)data)->campaigns &&
	       ui_may(ui, PERM_CAMPAIGN_READ);
}

static int
find_who(struct ui *ui, void *data, struct arena *a, const char *text,
         struct form_option *out, int max)
{
	const struct activity_form *s = data;

	return invite_pick_find(ui, s->row.station, a, text, out, max);
}

static bool
is_new(struct ui *ui, void *data)
{
	const struct activity_form *s = data;

	(void)ui;
	return !s->editing;
}

/* clang-format off */
static const struct form_row rows[] = {
	{.field = "station", .find = find_station, .show = show_station, .when = asks_station},
	{.field = "title"},
	{.field = "kind", .find = find_kind, .show = show_kind},
	{.field = "place", .find = find_place, .show = show_place, .hint = N_("or say the place below")},
	{.field = "venue", .hint = N_("empty: the room or point")},
	{.field = "on"},
	{.field = "starts_at"},
	{.field = "ends_at"},
	{.field = "before_minutes", .hint = N_("minutes before it begins")},
	{.field = "after_minutes", .hint = N_("minutes after it ends")},
	{.field = "who", .find = find_who, .many = true, .when = is_new,
	 .hint = N_("by level, group or name")},
	{.field = "agenda", .lines = 4},
	{.field = "campaign", .find = find_campaign, .show = show_campaign, .when = has_campaigns,
	 .hint = N_("it then counts for it")},
	{.field = "rotates", .hint = N_("a photograph does not work")},
	FORM_ROW_END,
};
/* clang-format on */

/* --- saving ------------------------------------------------------------------
 */

static void
read_who(struct ui *ui, struct activity_form *s, struct invite *who)
{
	const int64_t *values;
	int n = form_chosen(&s->form, "who", &values);

	invite_pick_read(ui_arena(ui), values, n, who);
}

/* An end at or before the start on the same day is a slip, not the next
 * day: such activities do not exist. */
static int
read_times(struct activity_form *s)
{
	static const char *const bad = N_("A time looks like 14:00.");
	const struct entry *e = &s->entry;
	int hour, minute, err = OK;

	if (clock_parse_time(e->starts_at, &hour, &minute) == OK) {
		s->row.starts_at = clock_at(e->on, hour, minute);
	} else {
		form_error(&s->form, "starts_at", _(bad));
		err = ERR_INVALID;
	}
	if (clock_parse_time(e->ends_at, &hour, &minute) == OK) {
		s->row.ends_at =
		    clock_at(day_add(e->on, s->days), hour, minute);
	} else {
		form_error(&s->form, "ends_at", _(bad));
		err = ERR_INVALID;
	}
	return err;
}

static int
read_entry(struct ui *ui, struct activity_form *s)
{
	const struct entry *e = &s->entry;
	struct activity *row = &s->row;

	if (e->station.v != 0)
		row->station = e->station;
	row->title = e->title;
	row->kind = e->kind >= 1 && e->kind <= s->kind_count
	                ? s->kinds[e->kind - 1].name
	                : "";
	row->place = e->place;
	row->venue = e->venue;
	if (*row->venue == '\0')
		row->venue = show_place(ui, s, ui_arena(ui), e->place.v);
	row->before_minutes = e->before_minutes;
	row->after_minutes = e->after_minutes;
	row->rotates = e->rotates;
	row->agenda = e->agenda;
	row->campaign = e->campaign;
	return read_times(s);
}

static int
write_entry(struct ui *ui, struct activity_form *s, struct activity_id *id)
{
	struct invite who;

	*id = s->row.id;
	if (s->editing)
		return activity_menu_save(ui, &s->row);
	read_who(ui, s, &who);
	return activity_add(ui_ctx(ui), &s->row, &who, !s->draft, id);
}

static int
save(struct ui *ui, void *data)
{
	struct activity_form *s = data;
	struct ctx *c = ui_ctx(ui);
	struct activity_id id;
	int err = read_entry(ui, s);

	if (err != OK)
		return err;
	err = write_entry(ui, s, &id);
	if (err == ERR_INVALID) {
		for (int i = 0; i < c->fault_count; i++)
			if (field_find(fields, c->faults[i].field) != NULL)
				form_error(&s->form, c->faults[i].field,
				           _(c->faults[i].text));
			else
				ui_say(ui, "%s", _(c->faults[i].text));
	}
	if (err != OK)
		return err;
	if (s->editing) {
		ui_pop(ui);
		ui_say(ui, "%s", _("The activity is changed."));
		return OK;
	}
	ui_replace(ui, &screen_activity, id.v);
	if (s->draft)
		ui_say(ui, _("Draft %lld is kept. F2 publishes it."),
		       (long long)id.v);
	else
		ui_say(ui, _("Activity %lld is published. F6 shows its code."),
		       (long long)id.v);
	return OK;
}

/* Another kind of a new activity brings its sign-in window. */
static void
put_window(struct ui *ui, struct activity_form *s)
{
	const struct activity_kind *k;
	struct arena *a = ui_keep(ui);

	if (s->editing || s->windowed == s->entry.kind || s->entry.kind < 1 ||
	    s->entry.kind > s->kind_count)
		return;
	s->windowed = s->entry.kind;
	k = &s->kinds[s->entry.kind - 1];
	form_set_text(&s->form, "before_minutes",
	              arena_printf(a, "%lld", (long long)k->before_minutes));
	form_set_text(&s->form, "after_minutes",
	              arena_printf(a, "%lld", (long long)k->after_minutes));
}

/* Say how many people the invitation means, whenever that changed. */
static void
changed(struct ui *ui, void *data)
{
	struct activity_form *s = data;
	struct invite who;
	int64_t n;

	if (s->entry.station.v != 0)
		s->row.station = s->entry.station;
	put_window(ui, s);
	if (s->editing || s->invited == s->entry.who)
		return;
	s->invited = s->entry.who;
	read_who(ui, s, &who);
	if (participant_count_invite(ui_ctx(ui), s->row.station, &who, &n) ==
	    OK)
		ui_say(ui,
		       P_("%lld person will be invited.",
		          "%lld people will be invited.", (unsigned long)n),
		       (long long)n);
}

static const struct form_spec spec = {
    .fields = fields,
    .rows = rows,
    .save = save,
    .changed = changed,
};

/* --- the screens
 * --------------------------------------------------------------- */

static const char *
time_text(struct ui *ui, struct instant at)
{
	return instant_show_time(ui_keep(ui), at);
}

static void
fill_entry(struct ui *ui, struct activity_form *s)
{
	const struct activity *row = &s->row;
	struct entry *e = &s->entry;

	*e = (struct entry){
	    .station = row->station,
	    .title = row->title,
	    .place = row->place,
	    .venue = row->venue,
	    .on = day_of(row->starts_at),
	    .starts_at = time_text(ui, row->starts_at),
	    .ends_at = time_text(ui, row->ends_at),
	    .before_minutes = row->before_minutes,
	    .after_minutes = row->after_minutes,
	    .rotates = row->rotates,
	    .agenda = row->agenda,
	    .campaign = row->campaign,
	};
	for (int i = 0; i < s->kind_count; i++)
		if (strcmp(s->kinds[i].name, row->kind) == 0)
			e->kind = i + 1;
	s->days = day_diff(day_of(row->ends_at), e->on);
	if (!s->editing && s->days > 0) { /* proposed late in the evening */
		e->ends_at = "23:59";
		s->days = 0;
	}
}

/* A new activity as it is proposed; who works for a unit works for its
 * station. */
static int
propose(struct ui *ui, struct activity *row)
{
	struct ctx *c = ui_ctx(ui);
	struct station station;
	int err;

	activity_default(c, row);
	if (row->station.v != 0 || c->my_unit == 0)
		return OK;
	err = station_of_unit(c, ui_keep(ui), (struct unit_id){c->my_unit},
	                      &station);
	if (err == OK)
		row->station = station.id;
	return err;
}

static int
look_for_campaigns(struct ui *ui, struct activity_form *s)
{
	struct campaign_progress *open;
	int n, err;

	if (!ui_may(ui, PERM_CAMPAIGN_READ))
		return OK;
	err = campaign_open_list(ui_ctx(ui), ui_arena(ui), s->row.unit, &open,
	                         &n);
	s->campaigns = err == OK && (n > 0 || s->row.campaign.v != 0);
	return err;
}

/* arg: an activity to change, 0 for a new one, or a unit's campaign as its
 * negative for a new one that counts for it. */
static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct activity_form *s = data;
	struct ctx *c = ui_ctx(ui);
	int err = activity_kind_list(c, ui_keep(ui), &s->kinds, &s->kind_count);

	if (err == OK && arg > 0) {
		s->editing = true;
		err = activity_get(c, ui_keep(ui), (struct activity_id){arg},
		                   &s->row);
	} else if (err == OK) {
		err = propose(ui, &s->row);
		s->row.campaign.v = -arg;
	}
	if (err == OK)
		err = look_for_campaigns(ui, s);
	if (err != OK)
		return err;
	fill_entry(ui, s);
	form_init(&s->form, &spec, ui, s, &s->entry);
	ui_body(ui, &s->form.widget);
	return OK;
}

static void
key_draft(struct ui *ui, void *data)
{
	struct activity_form *s = data;
	int err;

	s->draft = true;
	err = form_submit(&s->form);
	if (err != OK)
		s->draft = false;
	if (err != ERR_INVALID) /* the fields say it */
		ui_error(ui, err);
}

static bool
adds(struct ui *ui, const void *data)
{
	const struct activity_form *s = data;

	(void)ui;
	return !s->editing;
}

static bool
edits(struct ui *ui, const void *data)
{
	return !adds(ui, data);
}

/* clang-format off */
static const struct key keys[] = {
	{"F10", N_("Publish"), PERM_ACTIVITY_WRITE, NULL, adds,
	 N_("Publish: the code is made, deputies are invited.")},
	{"F10", N_("Save"), PERM_ACTIVITY_WRITE, NULL, edits, NULL},
	{"F2", N_("Keep as draft"), PERM_ACTIVITY_WRITE, key_draft, adds,
	 N_("Keep it without publishing; only the officers see it.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_activity_form = {
    .name = "activity-form",
    .title = N_("Fill in the activity"),
    .about = N_("What takes place, where and when, who is invited, and how "
                "long before and after it deputies can sign in.\n"
                "F10 publishes a new one: the code is made at once. F2 keeps "
                "it as a draft that can be changed and published later.\n"
                "Until the sign-in has closed everything here may change; a "
                "moved time moves the code's window with it."),
    .needs = PERM_ACTIVITY_WRITE,
    .size = sizeof(struct activity_form),
    .keys = keys,
    .open = open,
};
