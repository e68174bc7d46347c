/*
 * The code of an activity: the QR at the left, what it stands for and the
 * short code at the right, and under them the sign-ins as they happen, each
 * with the bell. Meant to stay open on a screen in the meeting room.
 */
#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/base/qr.h"
#include "db/base/text.h"
#include "db/code.h"
#include "db/participant.h"
#include "db/person.h"
#include "tui/activity_menu.h"
#include "tui/public_code.h"
#include "tui/reason.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/banner.h"
#include "tui/widget/qr.h"

enum {
	NEWEST_MAX = 60,  /* sign-ins shown at most */
	WAITING_MAX = 38, /* names in the menu of signing in by hand */
	SIDE = 36,        /* columns the right side needs */
	LARGE_ROWS = 26,  /* from here on the code is in large letters */
	EXTEND_MAX = 600  /* minutes */
};

struct activity_code {
	struct activity_id id;
	struct activity_page a;
	struct code code;
	bool minted;
	const char *payload; /* "" when the site has no public address */
	struct qr_code qr;   /* size 0: none */
	bool wide;           /* two columns a module, by choice */
	const struct participant_line *newest;
	int newest_count;
	int64_t seen; /* people signed in when last loaded; -1 at first */
};

/* --- drawing ---------------------------------------------------------------
 */

/* Why the code cannot be used now, or NULL. */
static const char *
trouble(struct ui *ui, const struct activity_code *s)
{
	int state = s->a.row.state;

	if (!s->minted)
		return _("There is no code yet: publish the activity first.");
	if (state == ACTIVITY_CANCELLED)
		return _("The activity is cancelled.");
	switch (code_usable(ui_ctx(ui), &s->code)) {
	case OK:
		return NULL;
	case ERR_EARLY:
		return _("Not valid yet: the sign-in has not begun.");
	case ERR_REVOKED:
		return _("This code is revoked.");
	default:
		return _("The sign-in is over.");
	}
}

/* The short code, in large letters where there is room for them. */
static int
draw_short(const struct activity_code *s, const struct area *side, int y)
{
	const char *code = code_spaced(side->arena, s->code.short_code);
	int x = text_width(_("Short code")) + 3;

	area_put(side, y, 0, THEME_NORMAL, _("Short code"));
	area_put(side, y, x, THEME_TITLE, code);
	area_fit(side, y + 1, x, side->columns - x, THEME_DIM,
	         _("(typed when signed in)"));
	if (side->rows < LARGE_ROWS || banner_columns(code) > side->columns)
		return y + 2;
	banner_draw(side, y + 3, 0, code);
	return y + 3 + BANNER_ROWS + 1;
}

static int
draw_code(struct ui *ui, const struct activity_code *s, const struct area *side)
{
	const char *why = trouble(ui, s);
	int y = 3;

	if (s->minted) {
		y = draw_short(s, side, y);
		area_putf(side, y++, 0, THEME_NORMAL, "%s   %s - %s",
		          _("Valid"),
		          instant_show_time(side->arena, s->code.valid_from),
		          instant_show_time(side->arena, s->code.valid_to));
		if (code_turns(&s->code))
			area_fit(side, y++, 0, side->columns, THEME_DIM,
			         _("It changes; the last two still work."));
	}
	if (why != NULL)
		area_fit(side, y++, 0, side->columns, THEME_ALARM, why);
	return y;
}

/* What is said beside a name: what is unusual, else the level. */
static const char *
remark(const struct participant_line *line)
{
	if (line->walk_in && !line->confirmed)
		return _("walk-in?");
	if (line->state == PARTICIPANT_LATE)
		return _("late");
	if (line->way == WAY_HAND)
		return _("by hand");
	if (line->mandates > 1)
		return C_("level", "both");
	return line->level[0] == 'c' ? C_("level", "county")
	                             : C_("level", "town");
}

static void
draw_newest(const struct activity_code *s, const struct area *side, int y)
{
	const struct roll *r = &s->a.roll;

	area_putf(side, y++, 0, THEME_TITLE, _("Signed in %lld / %lld"),
	          (long long)r->present, (long long)r->total);
	for (int i = 0; i < s->newest_count && y < side->rows - 1; i++, y++) {
		const struct participant_line *line = &s->newest[i];

		area_put(side, y, 2, THEME_NORMAL,
		         instant_show_time(side->arena, line->signed_at));
		area_fit(side, y, 9, 10, THEME_NORMAL, line->name);
		area_fit(side, y, 20, side->columns - 20, THEME_NORMAL,
		         remark(line));
	}
	area_putf(side, side->rows - 1, 0, THEME_NORMAL,
	          _("missing %lld  leave %lld  walk-ins %lld"),
	          (long long)(r->total - r->present - r->leave_granted),
	          (long long)r->leave_granted, (long long)r->walk_ins);
}

static enum qr_form
form_of(const struct activity_code *s)
{
	return s->wide || !qr_has_half() ? QR_DOUBLE : QR_HALF;
}

/* Where the right side begins: after the QR when both have room, else at
 * the left edge, without the QR. */
static int
side_at(const struct activity_code *s, const struct area *body)
{
	int columns;

	if (s->qr.size == 0)
		return 0;
	columns = qr_columns(&s->qr, form_of(s));
	if (qr_rows(&s->qr, form_of(s)) > body->rows ||
	    columns + 3 + SIDE > body->columns)
		return 0;
	return columns + 3;
}

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	const struct activity_code *s = data;
	const struct activity *row = &s->a.row;
	int x = side_at(s, body), y;
	struct area side = area_part(body, 0, x, 0, 0);

	if (x > 0)
		qr_draw(body, &s->qr, form_of(s));
	area_fit(&side, 0, 0, side.columns, THEME_TITLE, row->title);
	area_fit(
	    &side, 1, 0, side.columns, THEME_NORMAL,
	    arena_printf(side.arena, "%s  %s - %s", row->venue,
	                 instant_show(side.arena, row->starts_at, side.today),
	                 instant_show_time(side.arena, row->ends_at)));
	y = draw_code(ui, s, &side);
	if (x == 0 && s->qr.size > 0) {
		area_fit(
		    &side, y++, 0, side.columns, THEME_DIM,
		    ui_is_plain(ui)
			? _("The address of the code:")
			: _("The window is too small for the QR; F5 changes "
		            "its form. The address:"));
		area_fit(&side, y++, 0, side.columns, THEME_NORMAL, s->payload);
	}
	draw_newest(s, &side, y + 1);
}

/* --- loading -----------------------------------------------------------------
 */

/* Ring once for however many came since the last look. */
static void
greet(struct ui *ui, struct activity_code *s)
{
	int64_t present = s->a.roll.present, before = s->seen;

	s->seen = present;
	if (before < 0 || present <= before || s->newest_count == 0)
		return;
	ui_bell(ui);
	if (present - before == 1)
		ui_say(ui, _("%s has signed in."), s->newest[0].name);
	else
		ui_say(ui, _("%s and %lld more have signed in."),
		       s->newest[0].name, (long long)(present - before - 1));
}

static int
load_newest(struct ui *ui, struct activity_code *s)
{
	struct list_query query = {.order = PARTICIPANT_BY_NEWEST,
	                           .value_count = 1};
	struct list_page page;
	int err;

	query.values[0] =
	    (struct list_value){PARTICIPANT_LIST_SIGNED, s->id.v, NULL};
	err = list_fetch(ui_ctx(ui), ui_arena(ui), &participant_list, &query,
	                 LIST_FIRST, NULL, NEWEST_MAX, &page);
	if (err != OK)
		return err;
	s->newest = page.rows;
	s->newest_count = page.n;
	return OK;
}

static int
load_code(struct ui *ui, struct activity_code *s)
{
	const char *url = ui_host(ui)->public_url;
	struct arena *a = ui_arena(ui);
	int err = code_for_activity(ui_ctx(ui), a, s->id, &s->code);
	int turn_ms;

	s->minted = err == OK;
	s->payload = "";
	s->qr = (struct qr_code){.size = 0};
	if (err != OK)
		return err == ERR_NOT_FOUND ? OK : err;
	err = code_shown(ui_ctx(ui), a, &s->code, &s->code);
	if (err == OK)
		err = code_turn_ms(ui_ctx(ui), &s->code, &turn_ms);
	if (err != OK)
		return err;
	if (turn_ms > 0 && code_usable(ui_ctx(ui), &s->code) == OK)
		ui_again(ui, turn_ms);
	if (url == NULL || *url == '\0')
		return OK;
	s->payload = code_payload(a, &s->code, url);
	/* An address that makes no QR still leaves the short code. */
	if (qr_make(a, s->payload, &s->qr.size, &s->qr.modules) != OK)
		s->qr.size = 0;
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct activity_code *s = data;
	struct ctx *c = ui_ctx(ui);
	int err = activity_tick(c, NULL);

	if (err == OK)
		err = activity_page_get(c, ui_arena(ui), s->id, &s->a);
	if (err == OK)
		err = load_code(ui, s);
	if (err == OK)
		err = load_newest(ui, s);
	if (err != OK)
		return err;
	ui_watch(ui,
	         ENTITY_BIT(ACTIVITY) | ENTITY_BIT(PARTICIPANT) |
	             ENTITY_BIT(CODE),
	         s->a.row.unit.v);
	greet(ui, s);
	return OK;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct activity_code *s = data;

	(void)ui;
	s->id.v = arg;
	s->seen = -1;
	return OK;
}

/* --- what may be done
 * ----------------------------------------------------------- */

/* Those who have not signed in whose name, pinyin or initials match. */
static int
find_missing(struct ui *ui, const struct activity_code *s, const char *text,
             const struct participant_line **out)
{
	struct list_query query = {.order = PARTICIPANT_BY_ROLL,
	                           .value_count = 1};
	const struct participant_line *rows;
	struct list_page page;
	int n = 0;

	query.values[0] =
	    (struct list_value){PARTICIPANT_LIST_ACTIVITY, s->id.v, NULL};
	if (*text != '\0')
		list_where(&query, PARTICIPANT_LIST_FIND, 0,
		           person_find_text(ui_arena(ui), text));
	if (ui_error(ui, list_fetch(ui_ctx(ui), ui_arena(ui), &participant_list,
	                            &query, LIST_FIRST, NULL, 200, &page)) !=
	    OK)
		return -1;
	rows = page.rows;
	for (int i = 0; i < page.n && n < WAITING_MAX; i++)
		if (rows[i].state != PARTICIPANT_SIGNED_IN &&
		    rows[i].state != PARTICIPANT_LATE)
			out[n++] = &rows[i];
	return n;
}

static void
key_by_hand(struct ui *ui, void *data)
{
	struct activity_code *s = data;
	const struct participant_line *rows[WAITING_MAX];
	const char *labels[WAITING_MAX], *text, *reason;
	struct check_in in;
	int n, chosen, err;

	text = ui_prompt(ui, ui_arena(ui),
	                 _("Name or initials (empty: all who are missing)"), "",
	                 30);
	if (text == NULL)
		return;
	n = find_missing(ui, s, text, rows);
	if (n == 0)
		ui_say(ui, "%s", _("Nobody of that name is missing."));
	if (n <= 0)
		return;
	for (int i = 0; i < n; i++)
		labels[i] = rows[i]->name;
	chosen = ui_menu(ui, _("Sign in by hand"), labels, n);
	if (chosen < 0)
		return;
	reason =
	    reason_ask(ui, REASON_CORRECT, _("Reason for signing in by hand"));
	if (reason == NULL)
		return;
	err = participant_check_in_by_hand(ui_ctx(ui), ui_arena(ui), s->id,
	                                   rows[chosen]->person, false, reason,
	                                   &in);
	if (err != OK)
		activity_menu_fault(ui, err);
	ui_reload(ui);
}

static void
key_extend(struct ui *ui, void *data)
{
	struct activity_code *s = data;
	struct activity row;
	const char *text;
	int64_t minutes = 0;
	int err;

	text = ui_prompt(ui, ui_arena(ui),
	                 _("Extend the sign-in by how many minutes"), "30", 3);
	if (text == NULL)
		return;
	for (text = text_fold(ui_arena(ui), text); *text >= '0' && *text <= '9';
	     text++)
		minutes = minutes * 10 + *text - '0';
	if (*text != '\0' || minutes < 1 || minutes > EXTEND_MAX) {
		ui_say(ui, "%s", _("Say a number of minutes from 1 to 600."));
		return;
	}
	/* longer than it is by now, not than it was when it was drawn */
	err = activity_get(ui_ctx(ui), ui_arena(ui), s->a.row.id, &row);
	row.after_minutes += minutes;
	if (err == OK)
		err = activity_save(ui_ctx(ui), &row);
	if (err != OK)
		activity_menu_fault(ui, err);
	else
		ui_say(ui,
		       P_("The sign-in is open %lld minute longer.",
		          "The sign-in is open %lld minutes longer.",
		          (unsigned long)minutes),
		       (long long)minutes);
	ui_reload(ui);
}

static void
key_replace(struct ui *ui, void *data)
{
	struct activity_code *s = data;
	struct code_id fresh;
	const char *reason;
	int err;

	reason =
	    reason_ask(ui, REASON_CODE,
	               _("Reason for a new code (the old one stops working)"));
	if (reason == NULL)
		return;
	err = code_replace(ui_ctx(ui), s->id, reason, &fresh);
	if (err != OK)
		activity_menu_fault(ui, err);
	else
		ui_say(ui, "%s",
		       _("The old code no longer works; this is the new one."));
	ui_reload(ui);
}

static void
key_roll(struct ui *ui, void *data)
{
	const struct activity_code *s = data;

	ui_push(ui, &screen_roll, s->id.v);
}

static void
key_form(struct ui *ui, void *data)
{
	struct activity_code *s = data;

	(void)ui;
	s->wide = !s->wide;
}

static bool
is_running(struct ui *ui, const void *data)
{
	const struct activity_code *s = data;

	(void)ui;
	return s->minted && (s->a.row.state == ACTIVITY_OPEN ||
	                     s->a.row.state == ACTIVITY_PUBLISHED);
}

static bool
has_two_forms(struct ui *ui, const void *data)
{
	const struct activity_code *s = data;

	return s->qr.size > 0 && qr_has_half() && !ui_is_plain(ui);
}

static void
key_print(struct ui *ui, void *data)
{
	const struct code_sheet_of of = {
	    .id = ((const struct activity_code *)data)->code.id};

	code_print(ui, &of);
}

static bool
when_minted(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct activity_code *)data)->minted;
}

/* clang-format off */
static const struct key keys[] = {
	{KEY_ACTION, N_("Sign in by hand"), PERM_ACTIVITY_ROLL, key_by_hand, is_running,
	 N_("Sign in somebody who has no phone at hand, with a reason.")},
	{KEY_ACTION, N_("Extend"), PERM_ACTIVITY_WRITE, key_extend, is_running,
	 N_("Keep the sign-in open for longer.")},
	{KEY_ACTION, N_("Revoke and replace"), PERM_CODE_WRITE, key_replace, is_running,
	 N_("The code shown stops working and another takes its place.")},
	{KEY_ACTION, N_("Print"), PERM_NONE, key_print, when_minted,
	 N_("A4, the size of a poster, fetched by a one-time address.")},
	{"Enter", N_("Roll"), PERM_NONE, key_roll, NULL, NULL},
	{"F5", N_("QR form"), PERM_NONE, key_form, has_two_forms,
	 N_("For terminals that draw half blocks two columns wide: two columns a module.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_activity_code = {
    .name = "activity-code",
    .stays = true,
    .title = N_("Activity code"),
    .about =
	N_("The code deputies sign in with: the short code is typed in the "
           "terminal after signing in there. The QR holds the address of the "
           "activity's page for phones.\n"
           "It is valid from some minutes before the activity until some "
           "minutes after it. Each sign-in appears here at once, newest first, "
           "with the bell. A code that changes shows another one after some "
           "seconds, so that a photograph of it is of no use.\n"
           "When the QR looks torn, F5 draws it two columns a module, which "
           "needs a larger window."),
    .needs = PERM_CODE_WRITE,
    .size = sizeof(struct activity_code),
    .keys = keys,
    .open = open,
    .load = load,
    .draw = draw,
};
