/*
 * A draft law's text that waits: what was read in it, what it is against the
 * text before, and the key that imports it. Sent by a one-time address or by
 * "ssh host import law --preview"; without one the page says how.
 */
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/secret.h"
#include "db/law_report.h"
#include "tui/law_open.h"
#include "tui/screens.h"
#include "tui/transfer.h"
#include "tui/widget/page.h"

enum { CHANGE_COLUMNS = 12 };

struct law_file {
	struct page page;
	struct law_id from; /* whose page it was opened from; 0: of none */
	bool is_there, may_write;
	char shown[SECRET_HEX + 1]; /* hash of the text that the page shows */
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct law_file *s = data;

	s->from.v = arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

/* Whose next text: whose it was sent as, or of the page one came from. */
static struct law_id
into(const struct law_file *s, const struct law_pending *file)
{
	return file->into.v != 0 ? file->into : s->from;
}

/* --- what is shown ------------------------------------------------------ */

static void
fill_how(struct law_file *s)
{
	page_title(&s->page, _("No text waits to be imported"), "");
	page_text(&s->page, THEME_NORMAL,
	          _("Send one from your own computer or telephone: with F4 "
	            "by a browser, or by ssh. Here it is then shown what would "
	            "be written, and nothing is until you say so."));
	page_blank(&s->page);
	page_text(&s->page, THEME_NORMAL,
	          _("Plain text or Markdown, in UTF-8 or GB18030, at most "
	            "4 MB. The first line is the law's title; a line that "
	            "begins with the number of an article begins one."));
	page_blank(&s->page);
	page_text(&s->page, THEME_DIM,
	          "ssh ... import law --preview < FILE.txt");
}

static int
fill_what(struct ui *ui, struct law_file *s, const struct law_pending *file,
          const struct law_preview *p)
{
	struct arena *a = ui_arena(ui);
	struct law law;
	int err = p->law.v != 0 ? law_get(ui_ctx(ui), a, p->law, &law) : OK;

	if (err != OK)
		return err;
	page_title(&s->page, p->text.title, _("not written yet"));
	page_pair(&s->page, _("Sent"), ui_when(ui, a, file->at));
	page_pair(&s->page, _("Encoding"),
	          strcmp(p->encoding, "GB18030") == 0
	              ? _("GB18030; it is kept as UTF-8")
	              : p->encoding);
	page_pair(&s->page, _("In it"), law_counts_text(a, &p->text));
	if (p->refused == NULL)
		page_pair(&s->page, _("It becomes"), law_against_text(a, p));
	if (p->law.v != 0 && strcmp(law.title, p->text.title) != 0)
		page_pair(&s->page, _("Draft law"), law.title);
	if (p->refused != NULL) {
		page_blank(&s->page);
		page_text(&s->page, THEME_ERROR, _(p->refused));
	}
	return OK;
}

static void
fill_doubts(struct ui *ui, struct law_file *s, const struct law_text *t)
{
	if (t->warning_count == 0 || t->articles == 0)
		return; /* that is said already */
	page_blank(&s->page);
	page_heading(&s->page, _("Please check in the file"));
	for (int i = 0; i < t->warning_count; i++)
		page_text(&s->page, THEME_SOON,
		          law_warning_text(ui_arena(ui), &t->warnings[i]));
}

/* How deep it stands in the tree, of what there is in this text. */
static int
depth_of(const struct law_text *t, enum law_kind kind)
{
	int parts = t->parts > 0, chapters = t->chapters > 0;

	switch (kind) {
	case LAW_CHAPTER:
		return parts;
	case LAW_SECTION:
		return parts + chapters;
	case LAW_ARTICLE:
		return parts + chapters + (t->sections > 0);
	case LAW_TITLE:
	case LAW_NOTE:
	case LAW_PART:
	case LAW_REST:
		break;
	}
	return 0;
}

static enum theme
role_of(enum law_kind kind)
{
	if (kind == LAW_NOTE)
		return THEME_DIM;
	return kind == LAW_ARTICLE || kind == LAW_REST ? THEME_NORMAL
	                                               : THEME_TITLE;
}

static const char *
change_of(const struct law_preview *p, int i)
{
	return p->law.v != 0 && p->text.units[i].kind == LAW_ARTICLE &&
	               p->change[i] > LAW_SAME
	           ? _(law_changes[p->change[i]].label)
	           : "";
}

static void
fill_tree(struct ui *ui, struct law_file *s, const struct law_preview *p)
{
	struct arena *a = ui_arena(ui);
	int from = p->law.v != 0 ? 0 : 1; /* no changes of what is new */

	page_blank(&s->page);
	page_heading(&s->page, _("What was read"));
	for (int i = 0; i < p->text.n; i++) {
		const struct law_unit *u = &p->text.units[i];
		const char *text = law_plain(a, law_preview_unit(a, p, i));
		size_t n = strcspn(text, "\r\n");
		const struct page_cell cells[] = {
		    {change_of(p, i), CHANGE_COLUMNS, false, THEME_SOON},
		    {arena_printf(a, "%*s%.*s", 2 * depth_of(&p->text, u->kind),
		                  "", (int)n, text),
		     0, false, role_of(u->kind)},
		};

		if (u->kind != LAW_TITLE)
			page_cells(&s->page, &cells[from],
			           (int)COUNT(cells) - from);
	}
}

/* What is wrong with a file that is no text at all. */
static void
fill_refused(struct ui *ui, struct law_file *s, const struct law_pending *file,
             int err)
{
	const struct ctx *c = ui_ctx(ui);

	page_title(&s->page, _("Text of a draft law"), _("not written yet"));
	page_pair(&s->page, _("Sent"), ui_when(ui, ui_arena(ui), file->at));
	page_blank(&s->page);
	page_text(&s->page, THEME_ERROR,
	          err == ERR_INVALID && c->fault_count > 0
	              ? _(c->faults[0].text)
	              : _(err_msgid(err)));
}

static int
fill(struct ui *ui, struct law_file *s, const struct law_pending *file)
{
	struct law_preview p;
	int err = law_preview(ui_ctx(ui), ui_arena(ui), file->data, file->n,
	                      into(s, file), &p);

	if (err == ERR_INVALID || err == ERR_TOO_LONG) {
		fill_refused(ui, s, file, err);
		return OK;
	}
	if (err == OK)
		err = fill_what(ui, s, file, &p);
	if (err != OK)
		return err;
	s->may_write = p.refused == NULL && !p.already;
	fill_doubts(ui, s, &p.text);
	fill_tree(ui, s, &p);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct law_file *s = data;
	struct law_pending file;
	int err = law_kept(ui_ctx(ui), ui_arena(ui), &file);

	page_begin(&s->page);
	s->is_there = err == OK;
	s->may_write = false;
	if (err == ERR_NOT_FOUND)
		fill_how(s);
	if (err != OK)
		return err == ERR_NOT_FOUND ? OK : err;
	secret_sha256(file.data, file.n, s->shown);
	return fill(ui, s, &file);
}

/* --- keys ---------------------------------------------------------------- */

/* Only what the page shows: another file may have taken its place since.
 * Errors: ERR_NOT_FOUND, as law_import. */
static int
write_shown(struct ui *ui, struct law_file *s, const char *note,
            struct law_version *row)
{
	struct arena *a = ui_arena(ui);
	char hash[SECRET_HEX + 1];
	struct law_pending file;
	struct law_version_id id;
	int err = law_kept(ui_ctx(ui), a, &file);

	if (err != OK)
		return err;
	secret_sha256(file.data, file.n, hash);
	if (strcmp(hash, s->shown) != 0)
		return ERR_NOT_FOUND;
	err = law_import(ui_ctx(ui), file.data, file.n, into(s, &file), note,
	                 &id);
	if (err == OK)
		err = law_version_get(ui_ctx(ui), a, id, row);
	return err == OK ? law_forget(ui_ctx(ui)) : err;
}

static void
key_write(struct ui *ui, void *data)
{
	struct law_file *s = data;
	struct law_version row;
	const char *note =
	    ui_prompt(ui, ui_arena(ui),
	              _("Import it? A note on this text, such as its reading; "
	                "Enter imports, Esc does not."),
	              "", LAW_NOTE_MAX);
	int err;

	if (note == NULL)
		return;
	err = write_shown(ui, s, note, &row);
	if (err == OK) {
		ui_say(ui, _("Imported: text %lld of draft law %lld."),
		       (long long)row.number, (long long)row.law.v);
		if (s->from.v == row.law.v)
			ui_pop(ui);
		else
			ui_replace(ui, &screen_law_versions, row.law.v);
		return;
	}
	ui_reload(ui);
	if (err == ERR_NOT_FOUND)
		ui_say(
		    ui, "%s",
		    _("Another file was sent meanwhile; nothing was written. "
		      "This is the new one."));
	else if (err == ERR_INVALID && ui_ctx(ui)->fault_count > 0)
		ui_say(ui, "%s", _(ui_ctx(ui)->faults[0].text));
	else
		ui_error(ui, err);
}

static void
send(struct ui *ui, struct law_id law)
{
	const struct transfer_want want = {.what = TRANSFER_LAW,
	                                   .name = "law",
	                                   .label = _("Text of a draft law"),
	                                   .subject = law.v};

	ui_transfer(ui, &want, "import law --preview < FILE.txt");
}

static void
key_send(struct ui *ui, void *data)
{
	send(ui, ((const struct law_file *)data)->from);
}

static void
key_discard(struct ui *ui, void *data)
{
	(void)data;
	if (ui_confirm(ui, _("Discard the file? Nothing of it was written.")) &&
	    ui_error(ui, law_forget(ui_ctx(ui))) == OK)
		ui_reload(ui);
}

void
law_import_open(struct ui *ui, struct law_id law)
{
	struct law_pending file;

	ui_push(ui, &screen_law_file, law.v);
	if (ui_may(ui, screen_law_file.needs) &&
	    law_kept(ui_ctx(ui), NULL, &file) == ERR_NOT_FOUND)
		send(ui, law);
}

static bool
may_write(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct law_file *)data)->may_write;
}

static bool
when_there(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct law_file *)data)->is_there;
}

/* clang-format off */
static const struct key keys[] = {
	{"F4", N_("Send a file"), PERM_NONE, key_send, NULL,
	 N_("With a browser or a telephone, by a one-time address.")},
	{"F10", N_("Import"), PERM_NONE, key_write, may_write,
	 N_("As a new draft law, or as the next text of the one that the page names.")},
	{KEY_ACTION, N_("Discard the file"), PERM_NONE, key_discard, when_there, NULL},
	KEY_END,
};
/* clang-format on */

const struct screen screen_law_file = {
    .name = "law-file",
    .title = N_("Text to import"),
    .about = N_("The text of a draft law that you sent, as it was read: parts, "
                "chapters, sections and articles, and what should be looked "
                "at in the file. A text with the title of a draft law that "
                "is there becomes its next text and is compared with the "
                "newest, article by article. Every character is kept."),
    .needs = PERM_LAW_WRITE,
    .size = sizeof(struct law_file),
    .keys = keys,
    .open = open,
    .load = load,
};
