/*
 * /T/<number>: what became of a message. Opening the page tells nothing, not
 * even whether there is such a number; the secret is sent with every form and
 * checked by liaison-auth each time.
 */
#include <ctype.h>
#include <string.h>

#include "db/public_matter.h"
#include "server/web/attach.h"
#include "server/web/message.h"

enum { SECRET_TYPED = 64 };

/* As it is kept: upper case, without the blanks between its fours. */
static const char *
typed_secret(struct request *r)
{
	const char *text = form_value(&r->form, "secret");
	char *out = arena_alloc(r->a, SECRET_TYPED + 1);
	size_t n = 0;

	for (; *text != '\0' && n < SECRET_TYPED; text++)
		if (isalnum((unsigned char)*text))
			out[n++] = (char)toupper((unsigned char)*text);
	out[n] = '\0';
	return out;
}

static void
ask_secret(struct request *r, int status, const char *wrong)
{
	page_begin(r, status, _("Follow a message"));
	if (wrong != NULL)
		html_addf(&r->out, "<p class=\"bad\" role=\"alert\">%s</p>\n",
		          wrong);
	page_form(r);
	html_addf(&r->out,
	          "<dl><dt>%s</dt><dd>%lld</dd></dl>\n"
	          "<label for=\"secret\">%s</label>\n"
	          "<input id=\"secret\" name=\"secret\" required "
	          "maxlength=\"40\" autocomplete=\"off\" "
	          "autocapitalize=\"characters\" spellcheck=\"false\">\n"
	          "<button>%s</button>\n</form>\n",
	          _("Number"), (long long)r->number,
	          _("The secret on your receipt"), _("Show it"));
	page_end(r);
}

/* --- what there is
 * ------------------------------------------------------------ */

/* A form of the page goes on with the secret it was opened by. */
static void
add_secret(struct request *r)
{
	html_addf(&r->out,
	          "<input type=\"hidden\" name=\"secret\" value=\"%s\">\n",
	          typed_secret(r));
}

static void
add_told(struct request *r, const struct public_matter *m)
{
	struct day today = ctx_today(&r->web->public);

	if (m->n == 0)
		return;
	html_addf(&r->out, "<h2>%s</h2>\n", _("What was answered"));
	for (int i = 0; i < m->n; i++) {
		html_addf(&r->out, "<p class=\"dim\">%s</p>\n",
		          instant_show(r->a, m->told[i].at, today));
		html_add_lines(&r->out, m->told[i].words);
	}
}

static void
add_rating(struct request *r)
{
	static const struct {
		const char *value, *label;
	} grades[] = {
	    {"satisfied", N_("Satisfied")},
	    {"basic", N_("Basically satisfied")},
	    {"dissatisfied", N_("Dissatisfied")},
	};
	struct buf *out = &r->out;

	html_addf(out, "<h2>%s</h2>\n", _("Are you satisfied"));
	page_form(r);
	add_secret(r);
	html_addf(out, "<fieldset><legend>%s</legend>\n",
	          _("You can say it once"));
	for (size_t i = 0; i < COUNT(grades); i++)
		html_addf(out,
		          "<label class=\"pick\"><input type=\"radio\" "
		          "name=\"rating\" value=\"%s\" required> %s</label>\n",
		          grades[i].value, _(grades[i].label));
	html_addf(out,
	          "</fieldset>\n<label for=\"why\">%s</label>\n"
	          "<textarea id=\"why\" name=\"why\" rows=\"3\" "
	          "maxlength=\"1000\"></textarea>\n<button>%s</button>\n"
	          "</form>\n",
	          _("In a sentence (needed when you are dissatisfied)"),
	          _("Send"));
}

static void
add_more(struct request *r)
{
	html_addf(&r->out, "<h2>%s</h2>\n", _("Add something"));
	page_form_files(r);
	add_secret(r);
	html_addf(&r->out,
	          "<label for=\"more\">%s</label>\n"
	          "<textarea id=\"more\" name=\"more\" rows=\"3\" "
	          "maxlength=\"2000\">%s</textarea>\n",
	          _("Your words"), form_value(&r->form, "more"));
	attach_inputs(r);
	html_addf(&r->out, "<button>%s</button>\n</form>\n", _("Send"));
}

/* What they sent, not shown back: the secret may be on a lost paper. */
static void
add_files(struct request *r, const struct public_matter *m)
{
	struct buf *out = &r->out;
	struct day today = ctx_today(&r->web->public);

	if (m->file_count == 0)
		return;
	html_addf(out, "<h2>%s</h2>\n<ul>\n", _("Files you sent"));
	for (int i = 0; i < m->file_count; i++) {
		const struct attachment *f = &m->files[i];

		html_addf(out,
		          "<li>%s %s <span class=\"dim\">%s, %s</span></li>\n",
		          _(attachment_kinds[f->kind].label), f->name,
		          attachment_size(r->a, f->size),
		          instant_show(r->a, f->at, today));
	}
	html_addf(out, "</ul>\n");
}

/* said: what was just done, or NULL; wrong: what could not be. */
static void
show(struct request *r, const char *said, int err, const char *wrong)
{
	struct opinion_id id = {r->number};
	struct public_matter m;
	struct day today = ctx_today(&r->web->public);
	struct buf *out = &r->out;

	if (public_matter_get(&r->web->public, r->a, id, &m) != OK) {
		ask_secret(r, 503,
		           _("That could not be read just now; please try "
		             "again."));
		return;
	}
	page_begin(r, page_status_of(err), m.subject);
	if (said != NULL)
		html_addf(out, "<p class=\"good\" role=\"status\">%s</p>\n",
		          said);
	if (wrong != NULL)
		html_addf(out, "<p class=\"bad\" role=\"alert\">%s</p>\n",
		          wrong);
	html_addf(out,
	          "<dl>\n<dt>%s</dt><dd>%lld</dd>\n<dt>%s</dt><dd>%s</dd>\n"
	          "<dt>%s</dt><dd><strong>%s</strong></dd>\n</dl>\n",
	          _("Number"), (long long)id.v, _("Sent"),
	          instant_show(r->a, m.received_at, today), _("State"),
	          _(public_state(m.state)));
	if (m.merged)
		html_addf(out, "<p class=\"dim\">%s</p>\n",
		          _("Others have written about the same; what they are "
		            "answered stands here too."));
	add_files(r, &m);
	add_told(r, &m);
	if (public_may_rate(&m))
		add_rating(r);
	if (public_may_add(&m))
		add_more(r);
	page_end(r);
}

/* --- what is done
 * ------------------------------------------------------------- */

static enum opinion_rating
rating_of(const char *value)
{
	int i = enum_index(opinion_ratings, value);

	return i < RATING_SATISFIED || i > RATING_DISSATISFIED
	           ? RATING_NONE
	           : (enum opinion_rating)i;
}

static const char *
sorry(struct request *r, int err)
{
	struct ctx *c = &r->web->public;

	if (err == ERR_INVALID && c->fault_count > 0)
		return _(c->faults[0].text);
	if (err == ERR_STATE || err == ERR_CHANGED)
		return _("This cannot be done any more; please look at the "
		         "state below.");
	return _(err_msgid(err));
}

static void
add_words(struct request *r, const struct attachment_file *files, int n)
{
	const char *wrong;
	int err = message_words(r, &wrong);

	if (err != OK) {
		show(r, NULL, err, wrong);
		return;
	}
	err = public_matter_add(&r->web->public, (struct opinion_id){r->number},
	                        form_value(&r->form, "more"), files, n);
	if (err != ERR_INVALID)
		attach_forget(r);
	for (int i = 0; i < r->form.n && err == OK; i++)
		if (strcmp(r->form.fields[i].name, "more") == 0)
			r->form.fields[i].value = "";
	show(r, err == OK ? _("It was added.") : NULL, err,
	     err == OK ? NULL : sorry(r, err));
}

static void
rate(struct request *r)
{
	struct ctx *c = &r->web->public;
	struct public_matter m;
	int err =
	    public_matter_get(c, r->a, (struct opinion_id){r->number}, &m);

	if (err == OK)
		err = public_matter_rate(
		    c, &m, rating_of(form_value(&r->form, "rating")),
		    form_value(&r->form, "why"));
	show(r, err == OK ? _("Thank you for saying so.") : NULL, err,
	     err == OK ? NULL : sorry(r, err));
}

static void
on_proven(struct request *r, const struct ask_answer *answer)
{
	const struct attachment_file *files;
	int n = attach_files(r, &files);

	if (answer->err == ERR_LIMIT) {
		r->again_s = (int)answer->wait_s;
		ask_secret(r, 429,
		           _("Too many wrong secrets. Please wait a little."));
	} else if (answer->err == ERR_DENIED) {
		ask_secret(r, 403,
		           _("That number and that secret do not belong "
		             "together."));
	} else if (answer->err != OK) {
		ask_secret(r, 503,
		           _("That could not be checked just now; please try "
		             "again."));
	} else if (*form_value(&r->form, "more") != '\0' || n > 0) {
		add_words(r, files, n);
	} else if (*form_value(&r->form, "rating") != '\0') {
		rate(r);
	} else {
		show(r, NULL, OK, NULL);
	}
}

void
page_follow(struct request *r)
{
	if (!r->is_post)
		ask_secret(r, 200, NULL);
	else if (!request_is_sealed(r))
		ask_secret(r, 403,
		           _("This page was open for too long. Please send it "
		             "once more."));
	else
		ask_prove(r, PROOF_MATTER,
		          arena_printf(r->a, "T%lld", (long long)r->number),
		          typed_secret(r), on_proven);
}
