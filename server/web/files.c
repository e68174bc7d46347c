/* From a form with files to what its page gets: one file after the other is
 * looked at by liaison-media, and kept. The request waits meanwhile. */
#include <string.h>
#include <unistd.h>

#include "db/base/log.h"
#include "server/lib/media.h"
#include "server/web/upload.h"
#include "server/web/web.h"

static const struct {
	int kind;
	const char *type;
} types[MEDIA_TYPES] = {
#define MEDIA(name, kind, type) [MEDIA_##name] = {ATTACHMENT_##kind, type},
#include "server/lib/media.def"
#undef MEDIA
};

static void look_at_next(struct request *r);

/* --- what cannot be taken -------------------------------------------- */

/* What was written goes along, so that nothing has to be written again; a
 * browser forgets which files were chosen. */
static void
add_fields(struct request *r, const char *field)
{
	const struct form *f = &r->form;

	for (int i = 0; i < f->n; i++)
		if (strcmp(f->fields[i].name, "form") != 0)
			html_addf(&r->out,
			          "<input type=\"hidden\" name=\"%s\" "
			          "value=\"%s\">\n",
			          f->fields[i].name, f->fields[i].value);
	html_addf(&r->out,
	          "<label for=\"again\">%s</label>\n"
	          "<input id=\"again\" type=\"file\" name=\"%s\" multiple>\n"
	          "<button>%s</button>\n</form>\n",
	          _("Photos, recordings, documents"), field, _("Send again"));
}

static void
say_again(struct request *r, int status, const char *text)
{
	const struct upload *u = r->upload;
	const char *field = "files";

	for (int i = 0; i < u->n && i < FORM_FILES; i++)
		field = u->files[i].field;
	page_begin(r, status, _("The files were not taken"));
	html_addf(&r->out,
	          "<p class=\"bad\" role=\"alert\">%s</p>\n<p>%s</p>\n", text,
	          _("What you have written is kept. Please choose the files "
	            "again, or send it without."));
	page_form_files(r);
	add_fields(r, field);
	page_end(r);
	if (status == 503)
		r->again_s = 10;
}

static void
refuse(struct request *r, int err)
{
	switch (err) {
	case ERR_DENIED:
		page_say(r, 403, _("That did not work"),
		         _("This page was open for too long. Please send it "
		           "once more."));
		break;
	case ERR_INVALID:
		page_say(r, 400, _("That could not be read"),
		         _("What was sent is not a form of this page."));
		break;
	case ERR_LIMIT:
		say_again(r, 413, _("These are too many files at once."));
		break;
	case ERR_TOO_LONG:
		page_say(r, 413, _("That is too much"),
		         _("What was sent is larger than this page takes."));
		break;
	case ERR_FULL:
		say_again(r, 503,
		          _("There is no room for files at the moment."));
		break;
	case ERR_BUSY:
		say_again(r, 503,
		          _("Many people send files just now. Please try "
		            "again in a minute."));
		break;
	default:
		say_again(r, 503,
		          _("The files could not be looked at just now. "
		            "Please try again in a minute."));
		break;
	}
}

/* --- what liaison-media said ----------------------------------------- */

/* Keep one that liaison-media has written, when it is what it says. */
static int
keep_written(struct request *r, struct blob_in **in, int64_t size,
             const char **hash)
{
	char name[SECRET_HEX + 1];
	int err = blob_rehash(*in);

	if (err == OK && (size == 0 || blob_size(*in) != size))
		err = ERR_PROTOCOL;
	if (err == OK) {
		err = blob_keep(*in, name);
		*in = NULL;
	}
	if (err == OK)
		*hash = arena_strdup(r->a, name);
	return err;
}

static int
keep_source(struct request *r, struct upload_file *f, const char **hash)
{
	char name[SECRET_HEX + 1];
	int err = blob_keep(f->in, name);

	f->in = NULL;
	if (err == OK)
		*hash = arena_strdup(r->a, name);
	return err;
}

static void
drop_all(struct upload_file *f)
{
	blob_drop(f->in);
	blob_drop(f->out);
	blob_drop(f->thumb);
	f->in = f->out = f->thumb = NULL;
}

/* What came itself goes when something was made of it. */
static int
keep(struct request *r, struct upload_file *f, const struct ask_answer *a)
{
	struct form *form = &r->form;
	struct attachment_file is = {.kind = types[a->media].kind,
	                             .name = f->name,
	                             .type = types[a->media].type,
	                             .size = blob_size(f->in),
	                             .thumb = ""};
	int err = ERR_PROTOCOL;

	if (a->out > 0) {
		is.size = a->out;
		err = keep_written(r, &f->out, a->out, &is.hash);
	} else if (is.kind != ATTACHMENT_PICTURE) {
		err = keep_source(r, f, &is.hash);
	}
	if (err == OK && a->thumb > 0)
		err = keep_written(r, &f->thumb, a->thumb, &is.thumb);
	drop_all(f);
	if (err != OK)
		return err;
	form->files[form->file_count++] =
	    (struct form_file){.field = f->field, .is = is};
	return OK;
}

static void
on_looked(struct request *r, const struct ask_answer *answer)
{
	struct upload *u = r->upload;
	int err = answer->err;

	if (err == OK)
		err = keep(r, &u->files[u->at++], answer);
	if (err != OK) {
		log_warn("upload refused error=%s", err_name(err));
		refuse(r, err);
		return;
	}
	look_at_next(r);
}

static int
look_at(struct request *r, struct upload_file *f)
{
	const char *database = r->web->cfg->database_path;
	int fds[ASK_FILES] = {-1, -1, -1}, err;

	err = blob_begin(database, &f->out);
	if (err == OK)
		err = blob_begin(database, &f->thumb);
	if (err == OK)
		err = blob_reader(f->in, &fds[0]);
	if (err != OK)
		return err;
	fds[1] = blob_fd(f->out);
	fds[2] = blob_fd(f->thumb);
	ask_media(r, fds, on_looked);
	(void)close(fds[0]);
	return OK;
}

static void
look_at_next(struct request *r)
{
	struct upload *u = r->upload;
	int err;

	if (u->at == u->n) {
		request_answer(r);
		return;
	}
	err = look_at(r, &u->files[u->at]);
	if (err != OK)
		refuse(r, err);
}

void
files_run(struct request *r)
{
	int err = upload_end(r->upload);

	r->form = r->upload->form;
	if (err == OK && r->upload->n > 0 && !request_is_sealed(r))
		err = ERR_DENIED;
	if (err != OK)
		refuse(r, err);
	else if (r->raw)
		request_answer(r);
	else
		look_at_next(r);
}

bool
files_look(struct request *r)
{
	if (r->upload == NULL || r->upload->at == r->upload->n)
		return false;
	look_at_next(r);
	return true;
}
