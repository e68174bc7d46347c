/* Invite further deputies to an activity that exists. */
#include "db/base/i18n.h"
#include "tui/activity_menu.h"
#include "tui/invite_pick.h"
#include "tui/ui.h"

struct entry {
	int64_t who;
};

struct activity_invite {
	struct form form;
	struct entry entry;
	struct activity activity;
};

static const struct field fields[] = {
    FIELD(entry, who, INT, N_("Invite"), .max = 40, .required = true),
    FIELD_END,
};

static int
find_who(struct ui *ui, void *data, struct arena *a, const char *text,
         struct form_option *out, int max)
{
	const struct activity_invite *s = data;

	return invite_pick_find(ui, s->activity.station, a, text, out, max);
}

static const struct form_row rows[] = {
    {.field = "who",
     .find = find_who,
     .many = true,
     .hint = N_("by level, group or name")},
    FORM_ROW_END,
};

static int
save(struct ui *ui, void *data)
{
	struct activity_invite *s = data;
	const int64_t *values;
	int n = form_chosen(&s->form, "who", &values), added, err;
	struct invite who;

	invite_pick_read(ui_arena(ui), values, n, &who);
	err = participant_invite(ui_ctx(ui), s->activity.id, &who, &added);
	if (err != OK)
		return activity_menu_fault(ui, err);
	ui_pop(ui);
	if (added == 0)
		ui_say(ui, "%s", _("All of them are on the list already."));
	else
		ui_say(ui,
		       P_("%d person was invited.", "%d people were invited.",
		          (unsigned long)added),
		       added);
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
	struct activity_invite *s = data;
	int err = activity_get(ui_ctx(ui), ui_keep(ui),
	                       (struct activity_id){arg}, &s->activity);

	if (err != OK)
		return err;
	form_init(&s->form, &spec, ui, s, &s->entry);
	ui_body(ui, &s->form.widget);
	return OK;
}

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	struct activity_invite *s = data;
	struct area below = area_part(body, 2, 0, 0, 0);

	(void)ui;
	area_fit(body, 0, 0, body->columns, THEME_TITLE, s->activity.title);
	form_draw(&s->form, &below);
}

static const struct key keys[] = {
    {"F10", N_("Invite"), PERM_ACTIVITY_WRITE, NULL, NULL, NULL},
    KEY_END,
};

const struct screen screen_activity_invite = {
    .name = "activity-invite",
    .title = N_("Invite"),
    .about = N_("Choose deputies by level, by group or by name, pinyin or "
                "initials; those on the list already stay as they are."),
    .needs = PERM_ACTIVITY_WRITE,
    .size = sizeof(struct activity_invite),
    .keys = keys,
    .open = open,
    .draw = draw,
};
