/*
 * /X/<token>: a file for whoever sits at a terminal. Opening the address only
 * says what it is (chats open addresses to show a preview); the button of its
 * page fetches, once, with the rights that the person has then. The file goes
 * out as it is read. Does it not go out whole, the address may be used again
 * while its time lasts.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/attachment.h"
#include "db/blob.h"
#include "db/code_sheet.h"
#include "db/document.h"
#include "db/export.h"
#include "db/import.h"
#include "db/law.h"
#include "db/transfer.h"
#include "server/web/upload.h"
#include "server/web/web.h"

/* One file on its way; lives in the request. */
struct sending {
	struct ctx c; /* of the person who made the address */
	struct transfer t;
	const struct kind *kind;
	struct export *export;
	struct code_sheet *sheet;
	struct document document;
	struct attachment attachment;
	int fd; /* its content */
};

/* What comes or goes by an address of one kind. open: read what it is, with the
 * rights of now; errors refuse. add: as struct stream's, after open. */
struct kind {
	int (*open)(struct request *r, struct sending *s);
	/* Of what goes up, in place of add: the file of r->upload. */
	int (*take)(struct request *r, struct sending *s);
	int (*add)(struct request *r, struct sending *s, bool *more);
	void (*close)(struct sending *s);
	const char *type, *ending; /* by open when NULL */
	bool looks;                /* liaison-media says first what came */
	const char *too_long;      /* msgid; NULL: as for all */
};

/* --- a list --------------------------------------------------------------- */

/* What is no list comes whole, so nothing is taken out meanwhile. */
static int
keep_all(void *data)
{
	(void)data;
	return OK;
}

static int
open_export(struct request *r, struct sending *s)
{
	const struct export_to to = {.json = export_is_json(s->t.args),
	                             .args = s->t.args,
	                             .out = &r->out,
	                             .flush = keep_all};

	return export_begin(&s->c, s->t.name, &to, &s->export);
}

static int
add_export(struct request *r, struct sending *s, bool *more)
{
	(void)r;
	return export_step(s->export, more);
}

static void
close_export(struct sending *s)
{
	export_end(s->export);
	s->export = NULL;
}

/* --- a document ------------------------------------------------------------
 */

static int
open_document(struct request *r, struct sending *s)
{
	return document_get(&s->c, r->a, (struct document_id){s->t.subject},
	                    &s->document);
}

static int
add_document(struct request *r, struct sending *s, bool *more)
{
	buf_add(&r->out, s->document.text);
	*more = false;
	return OK;
}

/* --- codes for paper -------------------------------------------------------
 */

static int
open_codes(struct request *r, struct sending *s)
{
	char *url = arena_alloc(r->a, CONFIG_URL_MAX);
	struct code_sheet_of of;

	code_sheet_read(r->a, s->t.args, &of);
	return code_sheet_begin(&s->c, &of, config_public_url(r->web->cfg, url),
	                        &s->sheet);
}

/* For those who pass by, whatever this browser speaks. */
static int
add_codes(struct request *r, struct sending *s, bool *more)
{
	i18n_use(language_of(r->web->cfg->site_language));
	return code_sheet_step(s->sheet, &r->out, more);
}

static void
close_codes(struct sending *s)
{
	code_sheet_end(s->sheet);
	s->sheet = NULL;
}

/* --- a file to import ------------------------------------------------------
 */

static int
open_import(struct request *r, struct sending *s)
{
	enum import_kind kind = import_named(s->t.name);

	(void)r;
	if (kind == IMPORT_KINDS)
		return ERR_NOT_FOUND;
	return may(&s->c, import_perm(kind)) ? OK : ERR_DENIED;
}

static int
read_all(int fd, char *data, size_t n)
{
	for (size_t at = 0; at < n;) {
		ssize_t got = pread(fd, data + at, n - at, (off_t)at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return ERR_IO;
		at += (size_t)got;
	}
	return OK;
}

/* As it came: what is wrong with it the terminal says, line by line. */
static int
keep_upload(struct request *r, struct sending *s, size_t max,
            int (*keep)(struct sending *s, const char *data, size_t n))
{
	const struct blob_in *in = r->upload->files[0].in;
	size_t n = (size_t)blob_size(in);
	char *data;
	int err;

	if (n > max)
		return ERR_TOO_LONG;
	data = xcalloc(1, n + 1);
	err = read_all(blob_fd(in), data, n);
	if (err == OK)
		err = keep(s, data, n);
	free(data);
	return err;
}

static int
keep_import(struct sending *s, const char *data, size_t n)
{
	return import_keep(&s->c, import_named(s->t.name), data, n);
}

static int
take_import(struct request *r, struct sending *s)
{
	return keep_upload(r, s, IMPORT_BYTES_MAX, keep_import);
}

/* --- a draft law's text ----------------------------------------------------
 */

static int
open_law(struct request *r, struct sending *s)
{
	struct law law;

	if (!may(&s->c, PERM_LAW_WRITE))
		return ERR_DENIED;
	return s->t.subject != 0
	           ? law_get(&s->c, r->a, (struct law_id){s->t.subject}, &law)
	           : OK;
}

static int
keep_law(struct sending *s, const char *data, size_t n)
{
	return law_keep(&s->c, (struct law_id){s->t.subject}, data, n);
}

static int
take_law(struct request *r, struct sending *s)
{
	return keep_upload(r, s, LAW_BYTES_MAX, keep_law);
}

/* --- a file of an opinion ----------------------------------------------------
 */

enum { PIECE = 65536 };

static int
open_attachment(struct request *r, struct sending *s)
{
	int err = attachment_get(
	    &s->c, r->a, (struct attachment_id){s->t.subject}, &s->attachment);

	s->fd = -1;
	return err == OK ? blob_open(r->web->cfg->database_path,
	                             s->attachment.hash, &s->fd)
	                 : err;
}

static int
add_attachment(struct request *r, struct sending *s, bool *more)
{
	char *piece = xmalloc(PIECE);
	ssize_t n;

	do
		n = read(s->fd, piece, PIECE);
	while (n < 0 && errno == EINTR);
	if (n > 0)
		buf_addn(&r->out, piece, (size_t)n);
	free(piece);
	*more = n > 0;
	return n < 0 ? ERR_IO : OK;
}

static void
close_attachment(struct sending *s)
{
	if (s->fd >= 0)
		(void)close(s->fd);
	s->fd = -1;
}

static int
open_attach(struct request *r, struct sending *s)
{
	struct opinion o;
	int err =
	    opinion_get(&s->c, r->a, (struct opinion_id){s->t.subject}, &o);

	if (err != OK)
		return err;
	return attachment_may_attach(&s->c, &o) ? OK : ERR_DENIED;
}

static int
take_attach(struct request *r, struct sending *s)
{
	struct attachment_file files[FORM_FILES];
	int err;

	for (int i = 0; i < r->form.file_count; i++)
		files[i] = r->form.files[i].is;
	err = attachment_attach(&s->c, (struct opinion_id){s->t.subject}, files,
	                        r->form.file_count);
	return err == ERR_INVALID ? ERR_TOO_LONG : err;
}

/* clang-format off */
static const struct kind kinds[TRANSFER_WHATS] = {
	[TRANSFER_EXPORT] = {open_export, NULL, add_export, close_export,
		"text/csv; charset=utf-8", "csv", false},
	[TRANSFER_CODES] = {open_codes, NULL, add_codes, close_codes,
		"text/html; charset=utf-8", "html", false},
	[TRANSFER_DOCUMENT] = {open_document, NULL, add_document, NULL,
		"text/plain; charset=utf-8", "txt", false},
	[TRANSFER_IMPORT] = {open_import, take_import, NULL, NULL, NULL, NULL, false},
	[TRANSFER_ATTACHMENT] = {open_attachment, NULL, add_attachment, close_attachment,
		NULL, NULL, false},
	[TRANSFER_ATTACH] = {open_attach, take_attach, NULL, NULL, NULL, NULL, true},
	[TRANSFER_LAW] = {open_law, take_law, NULL, NULL, NULL, NULL, false,
		N_("The text is too long; at most 4 MB.")},
};
/* clang-format on */

/* --- what is said ----------------------------------------------------------
 */

static void
refuse(struct request *r, const struct kind *kind, int err)
{
	const char *text = _(err_msgid(err));
	int status = 503;

	switch (err) {
	case ERR_NOT_FOUND:
		status = 404;
		text = _("There is no such address, or what it led to is "
		         "gone. Make a new one in the terminal.");
		break;
	case ERR_REVOKED:
		status = 410;
		text = _("This address was used already: it is good once. "
		         "Make a new one in the terminal.");
		break;
	case ERR_EXPIRED:
		status = 410;
		text = _("The time of this address is over. Make a new one "
		         "in the terminal.");
		break;
	case ERR_DENIED:
		status = 403;
		text = _("Whoever made this address may not have the file "
		         "any more.");
		break;
	case ERR_TOO_LONG:
		status = 413;
		text = kind != NULL && kind->too_long != NULL
		           ? _(kind->too_long)
		           : _("The file is larger than can be taken.");
		break;
	case ERR_INVALID:
		status = 410;
		text = _("The list is another one by now. Make a new address "
		         "in the terminal.");
		break;
	default:
		break;
	}
	page_say(r, status, _("No file here"), text);
}

static const char *
title_of(const struct transfer *t)
{
	return *t->label != '\0' ? t->label : _(transfer_whats[t->what].label);
}

static bool
is_json(const struct transfer *t)
{
	return t->what == TRANSFER_EXPORT && export_is_json(t->args);
}

static void
pair(struct request *r, const char *label, const char *value)
{
	html_addf(&r->out, "<dt>%s</dt><dd>%s</dd>\n", label, value);
}

static void
add_fetch(struct request *r)
{
	page_form(r);
	html_addf(&r->out, "<button>%s</button>\n</form>\n<p>%s</p>\n",
	          _("Fetch the file"),
	          _("It comes once. Keep it where only you can read it."));
}

static void
add_choose(struct request *r, const struct kind *kind)
{
	if (r->is_post)
		html_addf(&r->out, "<p class=\"bad\">%s</p>\n",
		          _("No file came, or an empty one."));
	page_form_files(r);
	html_addf(&r->out,
	          "<label for=\"file\">%s</label>\n"
	          "<input id=\"file\" type=\"file\" name=\"file\" required"
	          "%s>\n<button>%s</button>\n</form>\n<p>%s</p>\n",
	          _("Choose the file"), kind->looks ? " multiple" : "",
	          _("Send the file"),
	          kind->looks
	              ? _("Whoever may see the opinion may fetch it. A "
	                  "picture (JPEG, PNG, WebP, GIF) is kept without "
	                  "the place and the time it would tell; another "
	                  "file stays as it is.")
	              : _("Nothing is written yet: the terminal shows first "
	                  "what would be."));
}

static void
show(struct request *r, const struct sending *s)
{
	const struct transfer *t = &s->t;

	page_begin(r, 200, title_of(t));
	html_addf(&r->out, "<dl>\n");
	pair(r, _("File"), _(transfer_whats[t->what].label));
	if (t->what == TRANSFER_EXPORT)
		pair(r, _("Form"), is_json(t) ? "JSON" : "CSV");
	if (t->what == TRANSFER_ATTACHMENT)
		pair(r, _("Size"), attachment_size(r->a, s->attachment.size));
	if (t->what == TRANSFER_DOCUMENT)
		pair(r, _("Bytes"),
		     arena_printf(r->a, "%zu", strlen(s->document.text)));
	pair(r, _("Valid until"), instant_show_time(r->a, t->expires_at));
	html_addf(&r->out, "</dl>\n");
	if (transfer_is_up(t->what))
		add_choose(r, s->kind);
	else
		add_fetch(r);
	page_end(r);
}

/* --- sending ---------------------------------------------------------------
 */

static int
stream_add(struct request *r, bool *more)
{
	struct sending *s = r->stream_data;

	return s->kind->add(r, s, more);
}

static void
done(struct sending *s)
{
	if (s->kind->close != NULL)
		s->kind->close(s);
}

static void
stream_end(struct request *r, bool whole)
{
	struct sending *s = r->stream_data;

	done(s);
	if (!whole && transfer_back(&s->c, &s->t) != OK)
		return; /* the next one is made in the terminal */
}

static const struct stream stream = {stream_add, stream_end};

/* Without what some system does not have in a name, and one blank at a time.
 */
static const char *
clean_name(struct arena *a, const char *text)
{
	char *name = arena_strdup(a, text), *to = name;

	for (const char *s = text; *s != '\0'; s++)
		if (*s != ' ' || to == name || to[-1] != ' ')
			*to++ = strchr("/\\:*?\"<>|\n", *s) != NULL ? '_' : *s;
	*to = '\0';
	return name;
}

static bool
is_plain(const char *text)
{
	for (; *text != '\0'; text++)
		if (!isalnum((unsigned char)*text))
			return false;
	return true;
}

/* As its sender called it; the plain one keeps the end of that, which says
 * what it is to some systems. */
static void
name_attachment(struct request *r, const struct attachment *f)
{
	const char *end = strrchr(f->name, '.');

	if (end != NULL && !is_plain(end + 1))
		end = NULL;
	r->file_plain = arena_printf(r->a, "file-%lld%s", (long long)f->id.v,
	                             end != NULL ? end : "");
	r->file_name =
	    *f->name != '\0' ? clean_name(r->a, f->name) : r->file_plain;
}

/* "opinions-2026-03-29.csv", and as the person calls it. */
static void
name_file(struct request *r, const struct sending *s)
{
	const struct transfer *t = &s->t;
	const char *ending = is_json(t) ? "json" : s->kind->ending;
	const char *plain =
	    *t->name != '\0' ? t->name : transfer_whats[t->what].name;
	char day[11];

	day_format(ctx_today(&s->c), day);
	r->file_plain = arena_printf(r->a, "%s-%s.%s", plain, day, ending);
	r->file_name = arena_printf(r->a, "%s-%s.%s",
	                            clean_name(r->a, title_of(t)), day, ending);
}

static void
start(struct request *r, struct sending *s)
{
	r->status = 200;
	r->type = is_json(&s->t) ? "application/json" : s->kind->type;
	r->stream = &stream;
	r->stream_data = s;
	if (s->t.what == TRANSFER_ATTACHMENT) {
		r->type = s->attachment.type;
		name_attachment(r, &s->attachment);
	} else {
		name_file(r, s);
	}
}

static int
fetch(struct request *r, struct sending *s)
{
	int err = transfer_use(&s->c, &s->t);

	if (err == OK)
		start(r, s);
	return err;
}

/* It is there before the screen that waits is told. */
static int
take(struct request *r, struct sending *s)
{
	int err = s->kind->take(r, s);

	if (err == OK)
		err = transfer_use(&s->c, &s->t);
	if (err == OK)
		page_say(r, 200, title_of(&s->t),
		         _("The file has come. Go on in the terminal."));
	return err;
}

/* Who may, and what it is. */
static int
open_file(struct request *r, struct sending *s)
{
	int err = transfer_find(&r->web->public, r->a, r->token, &s->t);

	if (err == OK)
		err = transfer_open(&s->c, r->web->store, &s->t);
	if (err != OK)
		return err;
	web_ctx(&s->c);
	s->kind = &kinds[s->t.what];
	return s->kind->open != NULL ? s->kind->open(r, s) : ERR_NOT_FOUND;
}

void
page_transfer(struct request *r)
{
	struct sending *s = arena_alloc(r->a, sizeof(*s));
	int err = open_file(r, s);
	bool opened = err == OK;

	if (err == OK && r->is_post && request_is_sealed(r)) {
		if (!transfer_is_up(s->t.what))
			err = fetch(r, s);
		else if (s->kind->looks && files_look(r))
			return; /* it comes here again */
		else if (r->upload != NULL && r->upload->n > 0)
			err = take(r, s);
	}
	if (err == OK && r->status != 0)
		return;
	if (opened)
		done(s);
	if (err == OK)
		show(r, s);
	else
		refuse(r, s->kind, err);
}
