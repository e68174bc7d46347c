/* Commands about draft laws: the list, one consultation with its contents,
 * one article, and which verb does what. */
#include "server/session/exec_law.h"

#include <inttypes.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"

int
given_draft(struct exec *x, const struct given *g, struct consultation *out)
{
	struct consultation_id id;
	int err = g->n >= 1 ? given_number(g->words[0], &id.v) : ERR_USAGE;

	return err == OK ? consultation_get(x->c, x->a, id, out) : err;
}

const char *
draft_days(struct exec *x, struct day from, struct day to)
{
	struct day today = ctx_today(x->c);

	return arena_printf(x->a, "%s - %s", day_show(x->a, from, today),
	                    day_show(x->a, to, today));
}

int
draft_read(struct exec *x, const struct consultation *k)
{
	struct consultation_person mine;
	int err = consultation_mine(x->c, x->a, k->id, &mine);

	if (err == OK && mine.state == READER_RECEIVED)
		err = consultation_take(x->c, k->id, READER_READ);
	return err == ERR_NOT_FOUND || err == ERR_STATE || err == ERR_DENIED
	           ? OK
	           : err;
}

static void
set_day(struct json *j, const char *name, struct day day)
{
	char text[11];

	day_format(day, text);
	json_set_text(j, name, text);
}

/* --- the list ------------------------------------------------------------ */

static const char *
mine_label(int mine)
{
	return mine < 0 ? "" : _(reader_states[mine].label);
}

static void
line_text(struct exec *x, const void *row)
{
	const struct consultation_line *r = row;

	buf_addf(
	    &x->out,
	    "%6" PRId64 "  %s  %s  %s  %" PRId64 "/%" PRId64 "  %" PRId64
	    "  %s\n",
	    r->id.v, text_pad(x->a, r->title, 36, false),
	    text_pad(x->a, draft_days(x, r->from_on, r->to_on), 23, false),
	    text_pad(x->a, _(consultation_states[r->state].label), 14, false),
	    r->done, r->people, r->comments, mine_label(r->mine));
}

static struct json *
line_json(struct exec *x, const void *row)
{
	const struct consultation_line *r = row;
	struct json *j = json_new_object();

	(void)x;
	json_set_int(j, "number", r->id.v);
	json_set_text(j, "title", r->title);
	json_set_text(j, "state", consultation_states[r->state].name);
	set_day(j, "from", r->from_on);
	set_day(j, "to", r->to_on);
	json_set_bool(j, "published", r->published);
	json_set_int(j, "people", r->people);
	json_set_int(j, "studied", r->studied);
	json_set_int(j, "done", r->done);
	json_set_int(j, "comments", r->comments);
	if (r->mine < 0)
		json_set_null(j, "mine");
	else
		json_set_text(j, "mine", reader_states[r->mine].name);
	return j;
}

int
exec_drafts(struct exec *x)
{
	static const struct exec_list how = {"drafts", line_text, line_json};
	struct list_query query = {.order = (int)consultation_order(x->c)};
	struct given g;
	int64_t year;
	int limit = 0, err = given_read(x, 0, &g);

	if (err == OK &&
	    (g.n > 0 ||
	     (g.state != NULL && enum_index(consultation_states, g.state) < 0)))
		err = ERR_USAGE;
	if (err == OK)
		err = given_limit(&g, &limit);
	if (err == OK && g.year != NULL) {
		err = given_number(g.year, &year);
		if (err == OK)
			list_where(&query, CONSULTATION_LIST_YEAR, year, NULL);
	}
	if (err == OK && g.state != NULL)
		list_where(&query, CONSULTATION_LIST_STATE, 0, g.state);
	return err == OK ? exec_list(x, &how, &consultation_list, &query, limit)
	                 : err;
}

/* --- one ----------------------------------------------------------------- */

static void
pair(struct exec *x, const char *label, const char *value)
{
	if (*value != '\0')
		buf_addf(&x->out, "%s  %s\n", text_pad(x->a, label, 16, false),
		         value);
}

/* The first line of a heading, without the marks of Markdown. */
static const char *
heading(struct exec *x, const struct law_article *row)
{
	const char *text = row->text + strspn(row->text, "# ");

	return arena_strndup(x->a, text, strcspn(text, "\r\n"));
}

static void
contents_text(struct exec *x, const struct law_article *rows, int n)
{
	for (int i = 0; i < n; i++) {
		const struct law_article *r = &rows[i];
		bool head = r->kind >= LAW_PART && r->kind <= LAW_SECTION;

		if (!head && r->kind != LAW_ARTICLE)
			continue;
		buf_addf(&x->out, "%s%s", head ? "" : "    ",
		         head ? heading(x, r) : r->label);
		if (r->comments > 0)
			buf_addf(&x->out, "  * %" PRId64, r->comments);
		buf_addc(&x->out, '\n');
	}
}

static void
page_text(struct exec *x, const struct consultation *k,
          const struct law_version *v, const struct consultation_person *mine)
{
	buf_addf(&x->out, "%s\n", k->title);
	pair(x, _("Number"), arena_printf(x->a, "%" PRId64, k->id.v));
	pair(x, _("State"), _(consultation_states[k->state].label));
	pair(x, _("Time"), draft_days(x, k->from_on, k->to_on));
	pair(x, _("Draft law"),
	     arena_printf(x->a, _("text %lld, chapters %lld, articles %lld"),
	                  (long long)v->number, (long long)v->chapters,
	                  (long long)v->articles));
	pair(x, _("Deputies"),
	     arena_printf(x->a,
	                  _("asked %lld, studied it %lld, had their say %lld"),
	                  (long long)k->people, (long long)k->studied,
	                  (long long)k->done));
	pair(x, _("Comments"), arena_printf(x->a, "%" PRId64, k->comments));
	if (mine != NULL)
		pair(x, _("You"), _(reader_states[mine->state].label));
	if (k->published && x->host->public_url[0] != '\0')
		pair(x, _("Address"),
		     arena_printf(x->a, "%s/L/%s", x->host->public_url,
		                  k->token));
	if (*k->text != '\0')
		buf_addf(&x->out, "\n%s\n", k->text);
	if (*k->material != '\0')
		buf_addf(&x->out, "\n%s\n", k->material);
	if (*k->summary != '\0')
		buf_addf(&x->out, "\n%s\n", k->summary);
	buf_addc(&x->out, '\n');
}

static void
page_json(struct exec *x, const struct consultation *k,
          const struct law_version *v, const struct consultation_person *mine,
          const struct law_article *rows, int n)
{
	struct json *root = json_new_object(), *list = json_new_array();

	json_set_int(root, "number", k->id.v);
	json_set_text(root, "title", k->title);
	json_set_text(root, "state", consultation_states[k->state].name);
	set_day(root, "from", k->from_on);
	set_day(root, "to", k->to_on);
	json_set_bool(root, "published", k->published);
	json_set_int(root, "draft_law", k->law.v);
	json_set_int(root, "text", v->number);
	json_set_int(root, "chapters", v->chapters);
	json_set_int(root, "articles", v->articles);
	json_set_int(root, "people", k->people);
	json_set_int(root, "studied", k->studied);
	json_set_int(root, "done", k->done);
	json_set_int(root, "comments", k->comments);
	if (mine != NULL)
		json_set_text(root, "mine", reader_states[mine->state].name);
	json_set_text(root, "asked", k->text);
	json_set_text(root, "material", k->material);
	json_set_text(root, "summary", k->summary);
	for (int i = 0; i < n; i++) {
		struct json *j;

		if (rows[i].kind == LAW_NOTE || rows[i].kind == LAW_TITLE)
			continue;
		j = json_new_object();
		json_set_text(j, "kind", law_kinds[rows[i].kind].name);
		json_set_text(j, "label", rows[i].label);
		json_set_text(j, "change", law_changes[rows[i].change].name);
		json_set_int(j, "comments", rows[i].comments);
		json_add(list, j);
	}
	json_set(root, "contents", list);
	exec_json(x, root);
}

static int
show_page(struct exec *x, const struct consultation *k)
{
	struct consultation_person mine;
	struct law_article *rows;
	struct law_version v;
	int n, err = law_version_get(x->c, x->a, k->version, &v), asked;

	if (err == OK)
		err = law_contents(x->c, x->a, k->version, &rows, &n);
	if (err != OK)
		return err;
	asked = consultation_mine(x->c, x->a, k->id, &mine);
	if (asked != OK && asked != ERR_NOT_FOUND && asked != ERR_DENIED)
		return asked;
	if (x->json) {
		page_json(x, k, &v, asked == OK ? &mine : NULL, rows, n);
		return OK;
	}
	page_text(x, k, &v, asked == OK ? &mine : NULL);
	contents_text(x, rows, n);
	return OK;
}

/* --- articles ------------------------------------------------------------ */

static struct json *
article_json(const struct law_article *r)
{
	struct json *j = json_new_object();

	json_set_text(j, "label", r->label);
	json_set_text(j, "change", law_changes[r->change].name);
	json_set_int(j, "comments", r->comments);
	json_set_text(j, "text", r->text);
	return j;
}

static void
article_text(struct exec *x, const struct law_article *r)
{
	buf_addf(&x->out, "%s\n", r->text);
	if (r->comments > 0)
		buf_addf(&x->out,
		         P_("* %lld comment\n", "* %lld comments\n",
		            (unsigned long)r->comments),
		         (long long)r->comments);
}

int
command_draft_show(struct exec *x, const struct given *g)
{
	struct law_article row;
	struct consultation k;
	int err = g->n <= 2 ? given_draft(x, g, &k) : ERR_USAGE;

	if (err != OK)
		return err;
	if (g->n == 1)
		return show_page(x, &k);
	err = law_article_named(x->c, x->a, k.version, g->words[1], &row);
	if (err == OK)
		err = draft_read(x, &k);
	if (err == OK && x->json)
		exec_json(x, article_json(&row));
	else if (err == OK)
		article_text(x, &row);
	return err;
}

int
command_draft_find(struct exec *x, const struct given *g)
{
	struct json *root, *list;
	struct law_article *rows;
	struct consultation k;
	const char *words;
	int n, err = g->n >= 2 ? given_draft(x, g, &k) : ERR_USAGE;

	if (err == OK)
		err = given_text(x, g, 1, &words);
	if (err == OK)
		err = law_find(x->c, x->a, k.version, words, &rows, &n);
	if (err == OK)
		err = draft_read(x, &k);
	if (err != OK)
		return err;
	if (!x->json) {
		for (int i = 0; i < n; i++)
			article_text(x, &rows[i]);
		return OK;
	}
	list = json_new_array();
	for (int i = 0; i < n; i++)
		json_add(list, article_json(&rows[i]));
	root = json_new_object();
	json_set(root, "articles", list);
	exec_json(x, root);
	return OK;
}

/* --- verbs --------------------------------------------------------------- */

int
exec_draft(struct exec *x)
{
	static const struct exec_verb verbs[] = {
	    {"show", command_draft_show},
	    {"find", command_draft_find},
	    {"comment", command_draft_comment},
	    {"comments", command_draft_comments},
	    {"collation", command_draft_collation},
	};

	return given_verb(x, verbs, COUNT(verbs), command_draft_step);
}
