/*
 * Files that come with words. A browser forgets which files were chosen when
 * the same form comes back to be corrected: what has arrived then goes along
 * as sealed hidden fields, so that nobody sends a video twice.
 */
#include "server/web/attach.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/setting.h"

static const char kept_name[] = "kept";

enum { PARTS = 7 };

/* --- what has come ---------------------------------------------------------
 */

/* Only for the page it came to. */
static void
seal(const struct request *r, const char *text, char out[SECRET_HEX + 1])
{
	const char *sealed = arena_printf(r->a, "file %s %s", r->path, text);

	secret_keyed_hash(r->web->key, sealed, strlen(sealed), out);
}

/* The seal, then kind, size, type, hash, small picture and name; no part but
 * the last has a bar. */
static const char *
as_text(const struct request *r, const struct attachment_file *f)
{
	char hash[SECRET_HEX + 1];
	const char *text =
	    arena_printf(r->a, "%d|%" PRId64 "|%s|%s|%s|%s", f->kind, f->size,
	                 f->type, f->hash, f->thumb, f->name);

	seal(r, text, hash);
	return arena_printf(r->a, "%s|%s", hash, text);
}

static bool
of_text(const struct request *r, const char *text, struct attachment_file *out)
{
	char hash[SECRET_HEX + 1], *parts[PARTS];
	char *at = arena_strdup(r->a, text);

	if (strlen(text) <= SECRET_HEX || text[SECRET_HEX] != '|')
		return false;
	seal(r, text + SECRET_HEX + 1, hash);
	at[SECRET_HEX] = '\0';
	if (!secret_equal_text(at, hash))
		return false;
	at += SECRET_HEX + 1;
	for (int i = 1; i < PARTS; i++) {
		parts[i] = at;
		if (i == PARTS - 1)
			break;
		at = strchr(at, '|');
		if (at == NULL)
			return false;
		*at++ = '\0';
	}
	*out = (struct attachment_file){
	    .kind = (int)strtol(parts[1], NULL, 10),
	    .size = strtoll(parts[2], NULL, 10),
	    .type = parts[3],
	    .hash = parts[4],
	    .thumb = parts[5],
	    .name = parts[6],
	};
	return true;
}

int
attach_files(struct request *r, const struct attachment_file **files)
{
	const struct form *f = &r->form;
	size_t most = FORM_FIELDS + FORM_FILES;
	struct attachment_file *out = arena_alloc(r->a, most * sizeof(*out));
	int n = 0;

	for (int i = 0; i < f->n; i++)
		if (strcmp(f->fields[i].name, kept_name) == 0 &&
		    of_text(r, f->fields[i].value, &out[n]))
			n++;
	for (int i = 0; i < f->file_count; i++)
		out[n++] = f->files[i].is;
	*files = out;
	return n;
}

void
attach_forget(struct request *r)
{
	struct form *f = &r->form;

	f->file_count = 0;
	for (int i = 0; i < f->n; i++)
		if (strcmp(f->fields[i].name, kept_name) == 0)
			f->fields[i].value = "";
}

/* --- the inputs --------------------------------------------------------------
 */

static long long
number(struct request *r, const char *name, int64_t otherwise)
{
	int64_t n = otherwise;

	if (setting_number(&r->web->public, name, otherwise, &n) != OK)
		n = otherwise;
	return (long long)n;
}

static void
add_kept(struct request *r)
{
	const struct attachment_file *files;
	int n = attach_files(r, &files);

	for (int i = 0; i < n; i++)
		html_addf(&r->out,
		          "<p>%s %s %s<input type=\"hidden\" name=\"%s\" "
		          "value=\"%s\"></p>\n",
		          _(attachment_kinds[files[i].kind].label),
		          files[i].name, attachment_size(r->a, files[i].size),
		          kept_name, as_text(r, &files[i]));
}

void
attach_inputs(struct request *r)
{
	/* capture: at once the camera or the recorder */
	static const struct {
		const char *id, *label, *accept, *capture;
	} inputs[] = {
	    {"photo", N_("Take a picture"), "image/*",
	     " capture=\"environment\""},
	    {"album", N_("Pictures you have"), "image/*", " multiple"},
	    {"voice", N_("Speak"), "audio/*", " capture"},
	    {"video", N_("Film"), "video/*", " capture=\"environment\""},
	    {"document", N_("Documents"),
	     ".pdf,.doc,.docx,.xls,.xlsx,.odt,.ods,.txt", " multiple"},
	};
	struct buf *out = &r->out;

	html_addf(out, "<fieldset>\n<legend>%s</legend>\n",
	          _("Pictures, a recording, a video, if you like"));
	add_kept(r);
	for (size_t i = 0; i < COUNT(inputs); i++) {
		html_addf(out,
		          "<label for=\"%s\">%s</label>\n<input id=\"%s\" "
		          "name=\"%s\" type=\"file\" accept=\"%s\"",
		          inputs[i].id, _(inputs[i].label), inputs[i].id,
		          inputs[i].id, inputs[i].accept);
		buf_add(out, inputs[i].capture);
		buf_add(out, ">\n");
	}
	html_addf(
	    out, "<p class=\"dim\">%s</p>\n</fieldset>\n",
	    arena_printf(r->a,
	                 _("At most %lld files: a picture of %lld MB, a "
	                   "recording of %lld MB, a video of %lld MB, a "
	                   "document of %lld MB. A picture (JPEG, PNG, "
	                   "WebP, GIF) is kept without the place, the time "
	                   "and the device it would tell; what is to be seen "
	                   "on it is seen. Another file stays as it is."),
	                 number(r, "attachment.count", 9),
	                 number(r, "attachment.picture_mb", 10),
	                 number(r, "attachment.voice_mb", 10),
	                 number(r, "attachment.video_mb", 50),
	                 number(r, "attachment.document_mb", 20)));
}
