/*
 * The file that waits: what importing it would do, line by line where it
 * would not, and the key that does it. Sent by "ssh host import KIND
 * --preview"; without one the page says how.
 */
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/secret.h"
#include "db/base/text.h"
#include "db/import.h"
#include "db/store/ctx.h"
#include "tui/screens.h"
#include "tui/transfer.h"
#include "tui/ui.h"
#include "tui/widget/page.h"
#include "tui/widget/value.h"

enum { LINE_COLUMNS = 6, CELL_COLUMNS = 18, CELLS_SHOWN = 10 };

struct import_file {
	struct page page;
	bool is_there;
	enum import_kind kind;
	struct instant at;
	char shown[SECRET_HEX + 1]; /* hash of the file that the page shows */
	struct import_report report;
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct import_file *s = data;

	(void)arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

/* --- what is shown ----------------------------------------------------- */

static void
fill_how(struct import_file *s)
{
	page_title(&s->page, _("No file waits to be imported"), "");
	page_text(&s->page, THEME_NORMAL,
	          _("Send one from your own computer or telephone: with F4 "
	            "by a browser, or by ssh. Here it is then shown what would "
	            "be written, and nothing is until you say so."));
	page_blank(&s->page);
	for (int i = 0; i < IMPORT_KINDS; i++)
		page_pairf(&s->page, _(import_label((enum import_kind)i)),
		           "ssh ... import %s --preview < FILE.csv",
		           import_name((enum import_kind)i));
	page_blank(&s->page);
	page_text(&s->page, THEME_NORMAL,
	          _("The dots are what you type to sign in. An empty file to "
	            "fill in: ssh ... import template KIND > FILE.csv"));
}

static void
fill_counts(struct ui *ui, struct import_file *s)
{
	const struct import_report *r = &s->report;
	struct arena *a = ui_arena(ui);

	page_title(&s->page, _(import_label(s->kind)), _("not written yet"));
	page_pair(&s->page, _("Sent"), ui_when(ui, a, s->at));
	page_pair(&s->page, _("Encoding"), r->encoding);
	page_pair(&s->page, _("Lines"), value_grouped(a, r->rows));
	page_pair(&s->page, _("To be written"), value_grouped(a, r->good));
	page_pair(&s->page, _("There already"), value_grouped(a, r->already));
	page_pair(&s->page, _("Bad"), value_grouped(a, r->bad_count));
	if (r->refused == NULL)
		return;
	page_blank(&s->page);
	page_text(&s->page, THEME_ERROR, r->refused);
}

static void
fill_bad(struct ui *ui, struct import_file *s)
{
	const struct import_report *r = &s->report;

	if (r->bad_count == 0)
		return;
	page_blank(&s->page);
	page_heading(&s->page, _("Bad lines"));
	for (int i = 0; i < r->bad_count; i++) {
		const struct page_cell cells[] = {
		    {value_grouped(ui_arena(ui), r->bad[i].line), LINE_COLUMNS,
		     true, THEME_NORMAL},
		    {r->bad[i].text, 0, false, THEME_NORMAL},
		};

		page_item_cells(&s->page, r->bad[i].line, 0, cells, 2);
	}
}

/* Of the columns that have something in the lines shown, the first ones. */
static int
used_columns(const struct import_file *s, int out[CELLS_SHOWN])
{
	const struct import_report *r = &s->report;
	int columns, n = 0;

	(void)import_columns(s->kind, &columns);
	for (int i = 0; i < columns && n < CELLS_SHOWN; i++)
		for (int j = 0; j < r->sample_count; j++)
			if (r->samples[j].cells[i][0] != '\0') {
				out[n++] = i;
				break;
			}
	return n;
}

/* As wide as what stands in it, within reason. */
static int
column_width(const struct import_file *s, const struct import_column *spec,
             int column)
{
	const struct import_report *r = &s->report;
	int width = text_width(import_heading(spec));

	for (int j = 0; j < r->sample_count; j++) {
		int w = text_width(r->samples[j].cells[column]);

		width = w > width ? w : width;
	}
	return width < CELL_COLUMNS ? width : CELL_COLUMNS;
}

static void
fill_samples(struct ui *ui, struct import_file *s)
{
	const struct import_report *r = &s->report;
	int columns, at[CELLS_SHOWN], n = used_columns(s, at);
	const struct import_column *spec = import_columns(s->kind, &columns);
	struct page_cell cells[CELLS_SHOWN + 1] = {
	    {_("Line"), LINE_COLUMNS, true, THEME_HEADING}};

	if (r->sample_count == 0)
		return;
	page_blank(&s->page);
	page_heading(&s->page, _("The first lines to be written"));
	for (int i = 0; i < n; i++)
		cells[i + 1] = (struct page_cell){
		    import_heading(&spec[at[i]]),
		    column_width(s, &spec[at[i]], at[i]), false, THEME_HEADING};
	page_cells(&s->page, cells, n + 1);
	for (int j = 0; j < r->sample_count; j++) {
		const struct import_sample *sample = &r->samples[j];

		cells[0].text = value_grouped(ui_arena(ui), sample->line);
		for (int i = 0; i < n; i++)
			cells[i + 1].text = sample->cells[at[i]];
		for (int i = 0; i <= n; i++)
			cells[i].role = THEME_NORMAL;
		page_cells(&s->page, cells, n + 1);
	}
}

/* --- reading it -------------------------------------------------------- */

static int
run(struct ui *ui, struct import_file *s, const struct import_pending *file,
    bool check_only, bool skip_bad)
{
	struct ui_progress progress = {
	    .ui = ui, .what = check_only ? _("Checking") : _("Writing")};
	const struct import_options options = {.check_only = check_only,
	                                       .skip_bad = skip_bad,
	                                       .progress = ui_progress_show,
	                                       .data = &progress};
	int err = import_run(ui_ctx(ui), ui_arena(ui), file->kind, file->data,
	                     file->n, &options, &s->report);

	ui_progress_end(&progress);
	return err;
}

/* The file itself is as large as it may be and not kept here. */
static int
check(struct ui *ui, struct import_file *s)
{
	struct arena *a = arena_new();
	struct import_pending file;
	int err = import_kept(ui_ctx(ui), a, &file);

	s->is_there = err == OK;
	if (err == OK) {
		s->kind = file.kind;
		s->at = file.at;
		secret_sha256(file.data, file.n, s->shown);
		err = run(ui, s, &file, true, false);
	}
	arena_free(a);
	return err;
}

static int
load(struct ui *ui, void *data)
{
	struct import_file *s = data;
	int err = check(ui, s);

	page_begin(&s->page);
	if (err == ERR_NOT_FOUND)
		fill_how(s);
	if (err == ERR_STOPPED)
		ui_pop(ui);
	if (err != OK && err != ERR_INVALID)
		return err == ERR_NOT_FOUND ? OK : err;
	fill_counts(ui, s);
	fill_bad(ui, s);
	fill_samples(ui, s);
	return OK;
}

/* Only what the page shows: another file may have taken its place since.
 * Errors: ERR_NOT_FOUND. */
static int
write_shown(struct ui *ui, struct import_file *s, bool skip_bad)
{
	struct arena *a = arena_new();
	char hash[SECRET_HEX + 1];
	struct import_pending file;
	int err = import_kept(ui_ctx(ui), a, &file);

	if (err == OK) {
		secret_sha256(file.data, file.n, hash);
		err = file.kind == s->kind && strcmp(hash, s->shown) == 0
		          ? run(ui, s, &file, false, skip_bad)
		          : ERR_NOT_FOUND;
	}
	arena_free(a);
	return err == OK ? import_forget(ui_ctx(ui)) : err;
}

/* --- keys -------------------------------------------------------------- */

static void
write_file(struct ui *ui, struct import_file *s, bool skip_bad)
{
	struct arena *a = ui_arena(ui);
	int err;

	if (!ui_confirm(ui,
	                arena_printf(a,
	                             _("Write %s lines? They can be taken back "
	                               "as a whole."),
	                             value_grouped(a, s->report.good))))
		return;
	err = write_shown(ui, s, skip_bad);
	if (err == OK) {
		ui_say(ui, _("Written: %s lines. This is import %lld."),
		       value_grouped(a, s->report.good),
		       (long long)s->report.id.v);
		ui_pop(ui);
		return;
	}
	ui_reload(ui);
	if (err == ERR_NOT_FOUND)
		ui_say(
		    ui, "%s",
		    _("Another file was sent meanwhile; nothing was written. "
		      "This is the new one."));
	else
		ui_error(ui, err);
}

static void
key_write(struct ui *ui, void *data)
{
	struct import_file *s = data;

	if (s->report.bad_count == 0 && s->report.refused == NULL)
		write_file(ui, s, false);
	else
		ui_say(ui, "%s",
		       _("Correct the bad lines and send the file again, or "
		         "F2: write the good ones only."));
}

static void
key_write_good(struct ui *ui, void *data)
{
	write_file(ui, data, true);
}

static void
key_discard(struct ui *ui, void *data)
{
	(void)data;
	if (ui_confirm(ui, _("Discard the file? Nothing of it was written.")) &&
	    ui_error(ui, import_forget(ui_ctx(ui))) == OK)
		ui_reload(ui);
}

/* By a browser, for who has no ssh at hand; the preview opens by itself. */
static void
key_send(struct ui *ui, void *data)
{
	const char *kinds[IMPORT_KINDS];
	struct transfer_want want = {.what = TRANSFER_IMPORT};
	int which[IMPORT_KINDS], n = 0, chosen;

	(void)data;
	for (int i = 0; i < IMPORT_KINDS; i++)
		if (ui_may(ui, import_perm((enum import_kind)i))) {
			which[n] = i;
			kinds[n++] = _(import_label((enum import_kind)i));
		}
	chosen = ui_menu(ui, _("Send which file"), kinds, n);
	if (chosen < 0)
		return;
	want.name = import_name((enum import_kind)which[chosen]);
	want.label =
	    arena_printf(ui_arena(ui), "%s: %s", _("Import"), kinds[chosen]);
	ui_transfer(ui, &want,
	            arena_printf(ui_arena(ui), "import %s --preview < FILE.csv",
	                         want.name));
}

static void
key_columns(struct ui *ui, void *data)
{
	const char *kinds[IMPORT_KINDS];
	struct buf text = BUF_INIT;
	int chosen;

	(void)data;
	for (int i = 0; i < IMPORT_KINDS; i++)
		kinds[i] = _(import_label((enum import_kind)i));
	chosen = ui_menu(ui, _("Columns of which file"), kinds, IMPORT_KINDS);
	if (chosen < 0)
		return;
	import_headers(&text, ui_arena(ui), (enum import_kind)chosen);
	ui_show(ui, kinds[chosen], text.data);
	buf_clear(&text);
}

static bool
when_good(struct ui *ui, const void *data)
{
	const struct import_file *s = data;

	(void)ui;
	return s->is_there && s->report.good > 0;
}

static bool
when_some_bad(struct ui *ui, const void *data)
{
	const struct import_file *s = data;

	return when_good(ui, data) && s->report.bad_count > 0 &&
	       s->report.refused == NULL;
}

static bool
when_there(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct import_file *)data)->is_there;
}

/* clang-format off */
static const struct key keys[] = {
	{"F4", N_("Send a file"), PERM_NONE, key_send, NULL,
	 N_("With a browser or a telephone, by a one-time address.")},
	{"F10", N_("Write"), PERM_NONE, key_write, when_good,
	 N_("Write all lines, when none is bad.")},
	{KEY_ACTION, N_("Write the good lines only"), PERM_NONE, key_write_good, when_some_bad,
	 N_("Leave the bad lines out; sent again later, corrected, the file adds just them.")},
	{KEY_ACTION, N_("Discard the file"), PERM_NONE, key_discard, when_there, NULL},
	{KEY_ACTION, N_("Columns"), PERM_NONE, key_columns, NULL,
	 N_("What the first line of a file may name, and what stands below.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_import_file = {
    .name = "import-file",
    .title = N_("File to import"),
    .about = N_("The file you sent with ssh ... import KIND --preview, as it "
                "would be written. A line that was imported before counts "
                "as there already and is not written again: its number in "
                "the source says so. Lines are bad for the reason given; as "
                "long as there are any, F10 writes nothing."),
    .needs = PERM_IMPORT_READ,
    .size = sizeof(struct import_file),
    .keys = keys,
    .open = open,
    .load = load,
};
