/*
 * Signing in by the short code, for a deputy: one field, and under it what
 * followed: the duty record, its points, the year and the place in it.
 */
#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/code.h"
#include "db/duty_record.h"
#include "db/participant.h"
#include "tui/activity_menu.h"
#include "tui/ui.h"
#include "tui/widget/form.h"
#include "tui/widget/page.h"

enum { FORM_ROWS = 3, CODE_TEXT_MAX = 40 };

struct entry {
	const char *code;
};

struct check_in_screen {
	struct form form;
	struct page page; /* what followed */
	struct entry entry;
	bool done;
	struct check_in in;
	struct activity row;
};

/* A sentence for each way it can fail; the others speak for themselves. */
static const char *
refusal(int err)
{
	switch (err) {
	case ERR_NOT_FOUND:
		return _("There is no such code. Please look at it again; it "
		         "has six letters and digits, no 0, O, 1 or I.");
	case ERR_EARLY:
		return _("The sign-in of this activity has not begun yet.");
	case ERR_EXPIRED:
		return _("The sign-in of this activity is over. The officer "
		         "can still sign you in by hand.");
	case ERR_REVOKED:
		return _("This code has been replaced. Please ask for the new "
		         "one.");
	case ERR_STATE:
		return _("This activity does not take place, or its roll is "
		         "confirmed already.");
	case ERR_DENIED:
		return _("Only deputies with a current mandate sign in by a "
		         "code.");
	default:
		return _(err_msgid(err));
	}
}

static const char *
points(struct arena *a, int64_t tenths)
{
	return arena_printf(a, "%lld.%lld", (long long)tenths / 10,
	                    (long long)tenths % 10);
}

static const char *
sentence(const struct check_in *in)
{
	if (in->already)
		return _("You had signed in already; nothing was counted "
		         "twice.");
	if (in->walk_in)
		return _("You are signed in. You were not on the list, so the "
		         "officer will confirm it.");
	if (in->late)
		return _("You are signed in, late.");
	return _("You are signed in.");
}

static int
load_year(struct ui *ui, struct check_in_screen *s)
{
	struct arena *a = ui_arena(ui);
	struct person_id me = {ui_ctx(ui)->me};
	struct duty_year year;
	struct duty_rank rank;
	int64_t y = day_of(s->row.starts_at).year;
	int err = duty_year_get(ui_ctx(ui), a, me, y, &year);

	if (err == OK)
		err = duty_rank_get(ui_ctx(ui), me, y, &rank);
	if (err != OK)
		return err;
	page_pairf(&s->page, _("This year"),
	           P_("%lld record, %s points", "%lld records, %s points",
	              (unsigned long)year.records),
	           (long long)year.records, points(a, year.points));
	if (rank.of > 0)
		page_pairf(&s->page, _("Rank"),
		           _("%lld of %lld at the station"),
		           (long long)rank.place, (long long)rank.of);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct check_in_screen *s = data;
	struct arena *a = ui_arena(ui);

	page_begin(&s->page);
	if (!s->done) {
		page_text(
		    &s->page, THEME_DIM,
		    _("The officer shows the code at the activity. Small "
		      "and large letters, blanks and full-width forms make "
		      "no difference."));
		return OK;
	}
	page_text(&s->page, THEME_DONE, sentence(&s->in));
	page_blank(&s->page);
	page_pair(&s->page, _("Activity"), s->in.title);
	page_pair(&s->page, _("Place"), s->row.venue);
	page_pair(&s->page, _("Time"),
	          instant_show(a, s->row.starts_at, ui_today(ui)));
	page_pair(&s->page, _("Signed in"),
	          instant_show(a, s->in.signed_at, ui_today(ui)));
	page_pairf(&s->page, _("Duty record"), "+%s", points(a, s->in.points));
	return load_year(ui, s);
}

static int
save(struct ui *ui, void *data)
{
	struct check_in_screen *s = data;
	struct ctx *c = ui_ctx(ui);
	int err = activity_tick(c, NULL);

	if (err == OK)
		err =
		    participant_check_in(c, ui_keep(ui), s->entry.code, &s->in);
	if (err != OK) {
		form_error(&s->form, "code", refusal(err));
		s->done = false;
		ui_reload(ui);
		return ERR_INVALID;
	}
	err = activity_get(c, ui_keep(ui), s->in.activity, &s->row);
	if (err != OK)
		return err;
	s->done = true;
	form_set_text(&s->form, "code", "");
	ui_reload(ui);
	return OK;
}

/* clang-format off */
static const struct field fields[] = {
	FIELD(entry, code, TEXT, N_("Short code"), .max = CODE_TEXT_MAX, .required = true),
	FIELD_END,
};
/* clang-format on */

static const struct form_row rows[] = {
    {.field = "code", .hint = N_("six letters and digits, such as 7K2 M9Q")},
    FORM_ROW_END,
};

static const struct form_spec spec = {
    .fields = fields,
    .rows = rows,
    .save = save,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct check_in_screen *s = data;

	(void)arg;
	s->entry.code = "";
	form_init(&s->form, &spec, ui, s, &s->entry);
	page_init(&s->page, ui, s);
	ui_body(ui, &s->form.widget);
	ui_body(ui, &s->page.widget);
	return OK;
}

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	struct check_in_screen *s = data;
	struct area form = area_part(body, 0, 0, FORM_ROWS, 0);
	struct area below = area_part(body, FORM_ROWS, 2, 0, 0);

	(void)ui;
	form_draw(&s->form, &form);
	page_draw(&s->page, &below);
}

static void
key_submit(struct ui *ui, void *data)
{
	struct check_in_screen *s = data;

	int err = form_submit(&s->form);

	if (err != ERR_INVALID) /* the field says it */
		ui_error(ui, err);
}

static const struct key keys[] = {
    {"Enter", N_("Sign in"), PERM_ACTIVITY_JOIN, key_submit, NULL, NULL},
    {"F10", N_("Sign in"), PERM_ACTIVITY_JOIN, NULL, NULL, NULL},
    KEY_END,
};

const struct screen screen_check_in = {
    .name = "check-in",
    .title = N_("Sign in by code"),
    .about =
	N_("Type the short code that the officer shows at the activity. The "
           "sign-in, your duty record and its points are written at once.\n"
           "Without an invitation you are signed in too, as a walk-in; the "
           "officer confirms it. Typing the code twice counts once."),
    .needs = PERM_ACTIVITY_JOIN,
    .size = sizeof(struct check_in_screen),
    .keys = keys,
    .open = open,
    .load = load,
    .draw = draw,
};
