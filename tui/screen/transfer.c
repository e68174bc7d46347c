/*
 * A one-time address, as QR and as text, until it was used. Another is made
 * each time the screen is opened; for a list also when its form is changed.
 */
#include <stdint.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/code.h"
#include "db/export.h"
#include "db/store/ctx.h"
#include "tui/qr_page.h"
#include "tui/screens.h"
#include "tui/transfer.h"

struct wanted {
	struct transfer_want want;
	const char *ssh; /* of an export: words after its kind */
	bool is_export, json;
};

struct transfer_view {
	struct qr_page view;
	struct wanted w;
	char token[SECRET_TOKEN + 1];
	struct transfer_id id;
	struct instant until;
	bool used;
};

/* --- asking for one --------------------------------------------------------
 */

static void
push(struct ui *ui, const struct wanted *w)
{
	struct arena *a = ui_keep(ui);
	struct wanted *kept = arena_alloc(a, sizeof(*kept));
	const struct transfer_want *want = &w->want;

	*kept = *w;
	kept->want.name = arena_strdup(a, want->name ? want->name : "");
	kept->want.args = arena_strdup(a, want->args ? want->args : "");
	kept->want.label = arena_strdup(a, want->label ? want->label : "");
	kept->ssh = w->ssh != NULL ? arena_strdup(a, w->ssh) : NULL;
	/* the screen that calls stays open below, and with it its memory */
	ui_push(ui, &screen_transfer, (int64_t)(intptr_t)kept);
}

void
ui_transfer(struct ui *ui, const struct transfer_want *want, const char *ssh)
{
	const struct wanted w = {.want = *want, .ssh = ssh};

	push(ui, &w);
}

void
ui_transfer_export(struct ui *ui, const char *kind, const char *args,
                   const char *words)
{
	const char *name = _(export_label(kind));
	const char *label = arena_printf(ui_arena(ui), "%s%s%s", name,
	                                 *words ? "  " : "", words);
	const struct wanted w = {
	    .want = {.what = TRANSFER_EXPORT,
	             .name = kind,
	             .args = args,
	             .label =
	                 text_length(label) <= TRANSFER_LABEL ? label : name},
	    .is_export = true};

	push(ui, &w);
}

/* --- what is shown ---------------------------------------------------------
 */

static int
make(struct ui *ui, struct transfer_view *s)
{
	struct transfer_want want = s->w.want;
	struct transfer made;
	struct arena *a = arena_new();
	int err;

	if (s->w.is_export)
		want.args = export_with_format(a, want.args, s->w.json);
	err = transfer_make(ui_ctx(ui), &want, s->token, &s->id);
	if (err == OK)
		err = transfer_get(ui_ctx(ui), a, s->id, &made);
	if (err == OK)
		s->until = made.expires_at;
	s->used = false;
	arena_free(a);
	return err;
}

static const struct wanted activities = {.want = {.what = TRANSFER_EXPORT,
                                                  .name = "activities",
                                                  .args = "",
                                                  .label = ""},
                                         .is_export = true};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct transfer_view *s = data;
	int err;

	/* opened by its name alone, it is about what everybody has */
	s->w = arg != 0 ? *(const struct wanted *)(intptr_t)arg : activities;
	err = make(ui, s);
	if (err != OK)
		return err;
	qr_page_init(&s->view, ui, s);
	return OK;
}

static const char *
ssh_line(struct ui *ui, const struct transfer_view *s)
{
	struct arena *a = ui_arena(ui);
	const char *form = s->w.json ? "json" : "csv";

	if (!s->w.is_export)
		return s->w.ssh;
	return arena_printf(a, "export %s%s%s > %s.%s", s->w.want.name,
	                    export_words(a, s->w.want.args),
	                    s->w.json ? " --format json" : "", s->w.want.name,
	                    form);
}

static void
fill_address(struct ui *ui, struct transfer_view *s)
{
	struct page *p = &s->view.page;
	struct arena *a = ui_arena(ui);
	const char *url = ui_host(ui)->public_url;
	const char *address =
	    code_address(a, url != NULL ? url : "", 'X', s->token);

	qr_page_set(&s->view, ui, address);
	page_text(p, THEME_NORMAL,
	          transfer_is_up((int)s->w.want.what)
	              ? _("Scan it, or open the address in a browser, and "
	                  "choose the file there.")
	              : _("Scan it, or open the address in a browser: the "
	                  "file comes when you confirm there."));
	page_blank(p);
	page_pair(p, _("Address"), address);
	page_pair(p, _("Valid until"), instant_show_time(a, s->until));
	if (s->w.is_export)
		page_pair(p, _("Form"), s->w.json ? "JSON" : "CSV");
}

static void
fill_used(struct ui *ui, struct transfer_view *s, const struct transfer *t)
{
	struct page *p = &s->view.page;

	qr_page_set(&s->view, ui, "");
	page_text(p, THEME_DONE,
	          arena_printf(ui_arena(ui), _("Fetched at %s."),
	                       instant_show_time(ui_arena(ui), t->used_at)));
	page_blank(p);
	page_text(p, THEME_NORMAL,
	          _("The address is good for nothing any more; F4 makes "
	            "another."));
}

static void
fill(struct ui *ui, struct transfer_view *s, const struct transfer *t)
{
	struct page *p = &s->view.page;
	const char *line = ssh_line(ui, s);

	page_begin(p);
	page_title(p,
	           *s->w.want.label != '\0' ? s->w.want.label
	                                    : _(transfer_whats[t->what].label),
	           "");
	if (s->used)
		fill_used(ui, s, t);
	else
		fill_address(ui, s);
	if (line == NULL)
		return;
	page_blank(p);
	page_text(p, THEME_DIM,
	          _("Or in your own terminal, with the dots as you sign in:"));
	page_text(p, THEME_NORMAL,
	          arena_printf(ui_arena(ui), "ssh ... %s", line));
}

static int
load(struct ui *ui, void *data)
{
	struct transfer_view *s = data;
	struct transfer t;
	int err = transfer_get(ui_ctx(ui), ui_arena(ui), s->id, &t);

	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(TRANSFER), 0);
	if (t.used_at.s != 0 && !s->used)
		ui_bell(ui);
	s->used = t.used_at.s != 0;
	if (s->used && transfer_is_up(t.what)) {
		ui_say(ui, "%s", _("The file has come."));
		ui_pop(ui);
		return OK;
	}
	fill(ui, s, &t);
	return OK;
}

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	(void)ui;
	qr_page_draw(&((struct transfer_view *)data)->view, body);
}

static void
leave(struct ui *ui, void *data)
{
	struct transfer_view *s = data;

	(void)ui;
	secret_wipe(s->token, sizeof(s->token));
}

/* --- keys ------------------------------------------------------------------
 */

static void
key_again(struct ui *ui, void *data)
{
	struct transfer_view *s = data;

	if (ui_error(ui, transfer_drop(ui_ctx(ui), s->id)) == OK &&
	    ui_error(ui, make(ui, s)) == OK)
		ui_reload(ui);
}

static void
key_form(struct ui *ui, void *data)
{
	struct transfer_view *s = data;

	s->w.json = !s->w.json;
	key_again(ui, data);
}

static bool
is_export(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct transfer_view *)data)->w.is_export;
}

static void
key_qr(struct ui *ui, void *data)
{
	(void)ui;
	qr_page_switch(&((struct transfer_view *)data)->view);
}

static bool
has_two_forms(struct ui *ui, const void *data)
{
	return qr_page_has_two(&((const struct transfer_view *)data)->view, ui);
}

/* clang-format off */
static const struct key keys[] = {
	{"F4", N_("New address"), PERM_NONE, key_again, NULL,
	 N_("Another address in place of this one, which is good no longer.")},
	{"F5", N_("QR form"), PERM_NONE, key_qr, has_two_forms,
	 N_("For terminals that draw half blocks two columns wide: two columns a module.")},
	{"F7", N_("CSV or JSON"), PERM_NONE, key_form, is_export,
	 N_("The other form: CSV for spreadsheets, JSON for programs.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_transfer = {
    .name = "transfer",
    .no_draft = true,
    .title = N_("One-time address"),
    .about = N_("An address for one file, good for a few minutes and once, "
                "with your rights: whoever has it gets what you would get. "
                "Opening it uses nothing up; the button on its page does. "
                "What does not arrive whole may be fetched again while the "
                "time lasts."),
    .size = sizeof(struct transfer_view),
    .keys = keys,
    .open = open,
    .load = load,
    .draw = draw,
    .leave = leave,
};
