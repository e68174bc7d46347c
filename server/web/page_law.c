/* /L/<token>: a draft law that people are asked about, a part of it at a time;
 * commenting on it; what was said and answered when that is over. */
#include <stdlib.h>
#include <string.h>

#include "db/base/text.h"
#include "db/public_law.h"
#include "server/web/message.h"

enum { PART_BYTES = 14000, WHOLE = -1 };

/* One after the other: what stands in the text, and behind an article what
 * was said about it. */
struct item {
	int unit;                           /* index; WHOLE */
	const struct public_answer *answer; /* NULL: the unit itself */
	int part;
};

struct law_page {
	struct consultation k;
	struct law_article *units;
	struct consultation_unit *asked;
	struct public_answer *answers;
	int n, asked_count, answer_count;
	struct item *items;
	int item_count, parts, part; /* from 1 */
};

/* --- its parts ----------------------------------------------------------- */

/* NULL: it is what was said. */
static const struct law_article *
unit_of(const struct law_page *p, const struct item *at)
{
	return at->answer == NULL ? &p->units[at->unit] : NULL;
}

static size_t
bytes_of(const struct law_page *p, const struct item *at)
{
	if (at->answer == NULL)
		return strlen(p->units[at->unit].text) + 20;
	return strlen(at->answer->words) + strlen(at->answer->wording) +
	       strlen(at->answer->answer) + 200;
}

static void
add_answers(struct law_page *p, int unit, struct law_article_id article)
{
	for (int i = 0; i < p->answer_count; i++)
		if (p->answers[i].article.v == article.v)
			p->items[p->item_count++] =
			    (struct item){unit, &p->answers[i], 0};
}

static void
cut(struct request *r, struct law_page *p)
{
	size_t bytes = 0;
	const char *said = http_parameter(r, "part");

	p->items = arena_alloc(r->a, sizeof(*p->items) *
	                                 (size_t)(p->n + p->answer_count + 1));
	for (int i = 0; i < p->n; i++) {
		if (p->units[i].kind == LAW_TITLE)
			continue;
		p->items[p->item_count++] = (struct item){i, NULL, 0};
		if (p->units[i].kind == LAW_ARTICLE)
			add_answers(p, i, p->units[i].id);
	}
	add_answers(p, WHOLE, (struct law_article_id){0});
	p->parts = 1;
	for (int i = 0; i < p->item_count; i++) {
		size_t n = bytes_of(p, &p->items[i]);

		if (bytes > 0 && bytes + n > PART_BYTES) {
			p->parts++;
			bytes = 0;
		}
		bytes += n;
		p->items[i].part = p->parts;
	}
	p->part = said != NULL ? (int)strtol(said, NULL, 10) : 1;
	if (p->part < 1 || p->part > p->parts)
		p->part = 1;
}

static const char *
part_link(struct request *r, int part)
{
	const char *path = page_link(r, r->path);

	return arena_printf(r->a, "%s%spart=%d", path,
	                    strchr(path, '?') != NULL ? "&" : "?", part);
}

/* --- the text ------------------------------------------------------------ */

static void
add_contents(struct request *r, const struct law_page *p)
{
	struct buf *out = &r->out;
	int chapters = 0;

	for (int i = 0; i < p->item_count; i++) {
		const struct law_article *u = unit_of(p, &p->items[i]);

		if (u == NULL ||
		    (u->kind != LAW_PART && u->kind != LAW_CHAPTER))
			continue;
		if (chapters++ == 0)
			html_addf(out, "<h2>%s</h2>\n<ul>\n", _("Contents"));
		html_addf(out,
		          "<li><a class=\"act\" href=\"%s#u%d\">%s</a></li>\n",
		          p->items[i].part == p->part
		              ? ""
		              : part_link(r, p->items[i].part),
		          p->items[i].unit, law_plain(r->a, u->text));
	}
	if (chapters > 0)
		html_addf(out, "</ul>\n");
}

static void
add_answer(struct request *r, const struct law_page *p, const struct item *at)
{
	struct buf *out = &r->out;
	const struct public_answer *s = at->answer;

	html_addf(out, "<blockquote class=\"dim\"><p>%s: %s</p>\n",
	          at->unit == WHOLE ? _("On the whole")
	                            : p->units[at->unit].label,
	          s->words);
	if (*s->wording != '\0')
		html_addf(out, "<p>%s: %s</p>\n", _("Proposed wording"),
		          s->wording);
	html_addf(out, "<p><strong>%s</strong> %s</p></blockquote>\n",
	          _(law_comment_results[s->result].label), s->answer);
}

static void
add_part(struct request *r, const struct law_page *p)
{
	struct buf *out = &r->out;

	for (int i = 0; i < p->item_count; i++) {
		const struct item *at = &p->items[i];
		const struct law_article *u = unit_of(p, at);

		if (at->part != p->part)
			continue;
		if (at->answer != NULL) {
			add_answer(r, p, at);
		} else if (u->kind >= LAW_PART && u->kind <= LAW_SECTION) {
			html_addf(out, "<h2 id=\"u%d\">%s</h2>\n", at->unit,
			          law_plain(r->a, u->text));
		} else {
			html_addf(out, "<section id=\"u%d\">", at->unit);
			html_add_lines(out, law_plain(r->a, u->text));
			html_addf(out, "</section>\n");
		}
	}
}

static void
add_turns(struct request *r, const struct law_page *p)
{
	struct buf *out = &r->out;

	if (p->parts == 1)
		return;
	html_addf(out, "<p>");
	if (p->part > 1)
		html_addf(out, "<a class=\"act\" href=\"%s\">%s</a> &middot; ",
		          part_link(r, p->part - 1), _("Previous part"));
	html_addf(out, _("Part %d of %d"), p->part, p->parts);
	if (p->part < p->parts)
		html_addf(out, " &middot; <a class=\"act\" href=\"%s\">%s</a>",
		          part_link(r, p->part + 1), _("Next part"));
	html_addf(out, "</p>\n");
}

/* --- commenting ---------------------------------------------------------- */

static void
add_choices(struct request *r, const struct law_page *p)
{
	struct buf *out = &r->out;
	const char *chosen = form_value(&r->form, "article");

	html_addf(out,
	          "<label for=\"article\">%s</label>\n"
	          "<select id=\"article\" name=\"article\">\n"
	          "<option value=\"\">%s</option>\n",
	          _("On which article"), _("On the whole"));
	for (int i = 0; i < p->item_count; i++) {
		const struct law_article *u = unit_of(p, &p->items[i]);
		const char *id;

		if (p->items[i].part != p->part || u == NULL ||
		    u->kind != LAW_ARTICLE)
			continue;
		id = arena_printf(r->a, "%lld", (long long)u->id.v);
		html_addf(out, "<option value=\"%s\"%s>%s</option>\n", id,
		          strcmp(id, chosen) == 0 ? " selected" : "", u->label);
	}
	html_addf(out,
	          "</select>\n<label for=\"unit\">%s</label>\n"
	          "<select id=\"unit\" name=\"unit\">\n",
	          _("Where do you live or work"));
	for (int i = 0; i < p->asked_count; i++) {
		const char *id =
		    arena_printf(r->a, "%lld", (long long)p->asked[i].unit.v);

		html_addf(out, "<option value=\"%s\"%s>%s</option>\n", id,
		          strcmp(id, form_value(&r->form, "unit")) == 0
		              ? " selected"
		              : "",
		          p->asked[i].name);
	}
	html_addf(out, "</select>\n");
}

static void
add_form(struct request *r, const struct law_page *p)
{
	struct buf *out = &r->out;
	const struct form *f = &r->form;

	html_addf(out, "<h2 id=\"comment\">%s</h2>\n",
	          _("Say what you think of it"));
	if (p->parts > 1)
		html_addf(out, "<p class=\"dim\">%s</p>\n",
		          _("Articles of this part can be chosen; turn to "
		            "another part for its articles."));
	page_form(r);
	add_choices(r, p);
	html_addf(out,
	          "<label for=\"words\">%s</label>\n"
	          "<textarea id=\"words\" name=\"words\" rows=\"5\" required "
	          "maxlength=\"2000\">%s</textarea>\n"
	          "<label for=\"wording\">%s</label>\n"
	          "<textarea id=\"wording\" name=\"wording\" rows=\"3\" "
	          "maxlength=\"4000\">%s</textarea>\n"
	          "<label for=\"sender\">%s</label>\n"
	          "<input id=\"sender\" name=\"sender\" maxlength=\"30\" "
	          "value=\"%s\">\n",
	          _("What should change, and why"), form_value(f, "words"),
	          _("How the article should read, if you like"),
	          form_value(f, "wording"),
	          _("How may we call you, if you like (no telephone)"),
	          form_value(f, "sender"));
	message_trap(r, "");
	html_addf(out,
	          "<p class=\"dim\">%s</p>\n<button>%s</button>\n</form>\n",
	          _("The congress's staff read it and answer it. The answers "
	            "are published here with what was said, without names."),
	          _("Send"));
}

static void
show_receipt(struct request *r, struct law_comment_id id)
{
	page_begin(r, 200, _("Your comment has arrived"));
	html_addf(&r->out,
	          "<p class=\"good\" role=\"status\">%s</p>\n"
	          "<dl><dt>%s</dt><dd>%lld</dd></dl>\n<p>%s</p>\n"
	          "<p><a class=\"act\" href=\"%s\">%s</a></p>\n",
	          _("Thank you for the comment."), _("Number"), (long long)id.v,
	          _("When the consultation is over, what was adopted and why "
	            "stands on the page of the draft."),
	          page_link(r, r->path), _("Back to the draft"));
	page_end(r);
}

/* On an error *wrong says why it has to be sent again. */
static int
take(struct request *r, const struct law_page *p, const char **wrong)
{
	struct public_comment comment = {
	    .words = form_value(&r->form, "words"),
	    .wording = form_value(&r->form, "wording"),
	    .name = form_value(&r->form, "sender"),
	};
	const char *article = form_value(&r->form, "article");
	struct ctx *c = &r->web->public;
	struct law_comment_id id = {0};
	int err = message_doubts(r, &comment.doubts, wrong);

	if (err != OK)
		return err;
	if (!form_number(form_value(&r->form, "unit"), &comment.unit.v) ||
	    (*article != '\0' && !form_number(article, &comment.article.v)))
		err = ERR_NOT_FOUND;
	else
		err = public_law_comment(c, r->a, &p->k, &comment, &id);
	if (err == OK)
		show_receipt(r, id);
	else if (err == ERR_INVALID && c->fault_count > 0)
		*wrong = _(c->faults[0].text);
	else
		*wrong = err == ERR_STATE ? _("This consultation is over.")
		                          : _(err_msgid(err));
	return err;
}

/* --- the page ------------------------------------------------------------ */

static int
load(struct request *r, struct law_page *p)
{
	struct ctx *c = &r->web->public;
	int err = consultation_of_token(c, r->a, r->token, &p->k);

	if (err == OK)
		err = law_whole(c, r->a, p->k.version, &p->units, &p->n);
	if (err == OK)
		err = consultation_units(c, r->a, p->k.id, &p->asked,
		                         &p->asked_count);
	if (err == OK && p->k.state == CONSULTATION_ANSWERED)
		err = public_answers(c, r->a, p->k.id, &p->answers,
		                     &p->answer_count);
	if (err == OK)
		cut(r, p);
	return err;
}

static void
add_head(struct request *r, const struct law_page *p)
{
	struct buf *out = &r->out;
	struct day today = ctx_today(&r->web->public);

	html_addf(out, "<dl><dt>%s</dt><dd>%s - %s (%s)</dd></dl>\n", _("Time"),
	          day_show(r->a, p->k.from_on, today),
	          day_show(r->a, p->k.to_on, today),
	          _(consultation_states[p->k.state].label));
	if (p->part > 1)
		return;
	html_add_lines(out, p->k.text);
	html_add_lines(out, p->k.summary);
	if (p->k.state == CONSULTATION_OPEN)
		html_addf(out,
		          "<p><a class=\"go\" href=\"#comment\">%s</a></p>\n",
		          _("Say what you think of it"));
	add_contents(r, p);
}

static void
say_why_not(struct request *r, int err)
{
	if (err == ERR_NOT_FOUND)
		page_say(r, 404, _("Draft law"),
		         _("No draft law is published at this address."));
	else if (err == ERR_STATE)
		page_say(r, 410, _("Draft law"),
		         _("This draft law is not on the public page any more."
		           " Please ask the liaison station."));
	else
		page_say(r, 503, _("Draft law"), _(err_msgid(err)));
}

void
page_law(struct request *r)
{
	struct law_page p = {.n = 0};
	const char *wrong = NULL;
	int err = load(r, &p);

	if (err != OK) {
		say_why_not(r, err);
		return;
	}
	if (r->is_post) {
		err = take(r, &p, &wrong);
		if (err == OK)
			return;
	}
	page_begin(r, page_status_of(err), p.k.title);
	if (wrong != NULL)
		html_addf(&r->out, "<p class=\"bad\" role=\"alert\">%s</p>\n",
		          wrong);
	add_head(r, &p);
	add_turns(r, &p);
	add_part(r, &p);
	add_turns(r, &p);
	if (p.k.state == CONSULTATION_OPEN)
		add_form(r, &p);
	page_end(r);
}
