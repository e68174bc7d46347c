/* Comments on draft laws over ssh: making one, listing them, the steps by
 * their stored names, and the collation. */
#include <inttypes.h>
#include <string.h>

#include "db/base/csv_write.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/law_comment_in.h"
#include "server/session/exec_law.h"

enum { MOST = 500 };

static int
done(struct exec *x, struct law_comment_id id)
{
	struct law_comment now;
	struct json *j;
	int err = law_comment_get(x->c, x->a, id, &now);

	if (err != OK)
		return err == ERR_NOT_FOUND ? OK : err;
	if (!x->json) {
		buf_addf(&x->out, "%" PRId64 "  %s\n", id.v,
		         _(law_comment_states[now.state].label));
		return OK;
	}
	j = json_new_object();
	json_set_int(j, "number", id.v);
	json_set_text(j, "state", law_comment_states[now.state].name);
	exec_json(x, j);
	return OK;
}

/* --- making one ---------------------------------------------------------- */

/* comment N ARTICLE|all [--wording TEXT] [--unit U] [--sender S] [WORDS|-] */
int
command_draft_comment(struct exec *x, const struct given *g)
{
	struct given words = {.words = {"-"}, .n = 1};
	struct law_comment entry = {.sender = "", .wording = ""};
	struct law_article row;
	struct consultation k;
	struct law_comment_id id;
	int err = g->n >= 2 ? given_draft(x, g, &k) : ERR_USAGE;

	if (err == OK && strcmp(g->words[1], "all") != 0) {
		err =
		    law_article_named(x->c, x->a, k.version, g->words[1], &row);
		if (err == OK)
			entry.article = row.id;
	}
	if (err == OK && g->unit != NULL)
		err = given_unit(x, g->unit, &entry.unit);
	if (err == OK)
		err = g->n > 2 ? given_text(x, g, 2, &entry.words)
		               : given_text(x, &words, 0, &entry.words);
	if (err != OK)
		return err;
	entry.consultation = k.id;
	if (g->sender != NULL)
		entry.sender = g->sender;
	if (g->wording != NULL)
		entry.wording = g->wording;
	err = draft_read(x, &k);
	if (err == OK)
		err = command_faults(x, law_comment_add(x->c, &entry, &id));
	return err == OK ? done(x, id) : err;
}

/* --- the list ------------------------------------------------------------ */

static int
line_text(struct exec *x, const struct law_comment_line *r)
{
	struct law_comment row, answer = {.answer = ""};
	int err = law_comment_get(x->c, x->a, r->id, &row);

	if (err == OK)
		err = law_comment_answer_of(x->c, x->a, &row, &answer);
	if (err != OK)
		return err == ERR_NOT_FOUND ? OK : err;
	buf_addf(
	    &x->out, "%6" PRId64 "  %s  %s  %s  %s\n", r->id.v,
	    text_pad(x->a, *r->label != '\0' ? r->label : _("the whole"), 12,
	             false),
	    text_pad(x->a, r->name, 10, false),
	    text_pad(x->a, _(law_comment_states[row.state].label), 10, false),
	    text_fit(x->a, r->words, 40));
	if (answer.state == COMMENT_ANSWERED)
		buf_addf(&x->out, "        %s  %s\n",
		         _(law_comment_results[answer.result].label),
		         answer.answer);
	else if (row.state == COMMENT_RETURNED)
		buf_addf(&x->out, "        %s\n", row.reason);
	return OK;
}

static int
line_json(struct exec *x, const struct law_comment_line *r, struct json *list)
{
	struct law_comment row, answer = {.answer = ""};
	struct json *j;
	int err = law_comment_get(x->c, x->a, r->id, &row);

	if (err == OK)
		err = law_comment_answer_of(x->c, x->a, &row, &answer);
	if (err != OK)
		return err == ERR_NOT_FOUND ? OK : err;
	j = json_new_object();
	json_set_int(j, "number", r->id.v);
	json_set_int(j, "draft", row.consultation.v);
	json_set_text(j, "title", r->title);
	json_set_text(j, "article", r->label);
	json_set_text(j, "name", r->name);
	json_set_text(j, "unit", r->unit_name);
	json_set_text(j, "source", law_comment_sources[r->source].name);
	json_set_text(j, "state", law_comment_states[r->state].name);
	json_set_text(j, "at", instant_iso(x->a, r->at));
	json_set_text(j, "words", row.words);
	json_set_text(j, "wording", row.wording);
	json_set_text(j, "reason", row.reason);
	json_set_text(j, "result", law_comment_results[answer.result].name);
	json_set_text(j, "answer", answer.answer);
	json_add(list, j);
	return OK;
}

static int
print_rows(struct exec *x, const struct list_query *query, int limit)
{
	struct json *root = json_new_object(), *list = json_new_array();
	const struct law_comment_line *rows;
	struct list_page page;
	int err = list_fetch(x->c, x->a, &law_comment_list, query, LIST_FIRST,
	                     NULL, limit, &page);

	rows = page.rows;
	for (int i = 0; err == OK && i < page.n; i++)
		err = x->json ? line_json(x, &rows[i], list)
		              : line_text(x, &rows[i]);
	json_set(root, "comments", list);
	if (err == OK && x->json) {
		json_set_bool(root, "more", page.more);
		exec_json(x, root);
	} else {
		json_free(root);
	}
	return err;
}

/* comments [N] [--state S] [--limit N]: one's own, or the station's. */
int
command_draft_comments(struct exec *x, const struct given *g)
{
	struct list_query q = {.order = 0};
	int64_t number;
	int limit, err = g->n <= 1 ? OK : ERR_USAGE;

	if (err == OK && g->n == 1) {
		err = given_number(g->words[0], &number);
		if (err == OK)
			list_where(&q, COMMENT_LIST_CONSULTATION, number, NULL);
	}
	if (err == OK && g->state != NULL &&
	    enum_index(law_comment_states, g->state) < 0)
		err = ERR_USAGE;
	if (err == OK && g->state != NULL)
		list_where(&q, COMMENT_LIST_STATE, 0, g->state);
	if (err == OK)
		err = given_limit(g, &limit);
	return err == OK ? print_rows(x, &q, limit) : err;
}

/* --- steps --------------------------------------------------------------- */

static int
step_named(const char *verb)
{
	for (int i = 0; i < entity_law_comment.step_count; i++)
		if (strcmp(entity_law_comment.steps[i].name, verb) == 0)
			return i;
	return -1;
}

static int
read_act(struct exec *x, const struct given *g, struct law_comment_act *act)
{
	const char *text = "";
	bool answers = act->step == COMMENT_DO_ANSWER;
	int first = answers ? 2 : 1, err = OK;

	if (answers && g->n < 2)
		return ERR_USAGE;
	if (g->n > first)
		err = given_text(x, g, first, &text);
	if (err == OK && g->into != NULL)
		err = given_number(g->into, &act->into.v);
	act->reason = act->answer = act->words = text;
	if (act->step == COMMENT_DO_AGAIN && g->wording != NULL)
		act->wording = g->wording;
	if (answers)
		act->result = enum_index(law_comment_results, g->words[1]);
	return answers && act->result < 0 ? ERR_USAGE : err;
}

/* A deputy has seen the result: what was answered them too. */
static int
see_answers(struct exec *x, struct consultation_id id)
{
	struct list_query q = {.order = 0};
	const struct law_comment_line *rows;
	struct list_page page;
	int err;

	list_where(&q, COMMENT_LIST_CONSULTATION, id.v, NULL);
	err = list_fetch(x->c, x->a, &law_comment_list, &q, LIST_FIRST, NULL,
	                 MOST, &page);
	rows = page.rows;
	for (int i = 0; err == OK && i < page.n; i++) {
		err = law_comment_see(x->c, rows[i].id);
		if (err == ERR_STATE || err == ERR_DENIED)
			err = OK;
	}
	return err;
}

static int
reader_step(struct exec *x, enum consultation_person_state step,
            const struct given *g)
{
	struct consultation_person mine;
	struct consultation k;
	struct json *j;
	int err = g->n == 1 ? given_draft(x, g, &k) : ERR_USAGE;

	if (err == OK && step == READER_STUDIED)
		err = draft_read(x, &k);
	if (err == OK)
		err = consultation_take(x->c, k.id, step);
	if (err == OK && step == READER_SEEN)
		err = see_answers(x, k.id);
	if (err == OK)
		err = consultation_mine(x->c, x->a, k.id, &mine);
	if (err != OK)
		return err;
	if (!x->json) {
		buf_addf(&x->out, "%" PRId64 "  %s\n", k.id.v,
		         _(reader_states[mine.state].label));
		return OK;
	}
	j = json_new_object();
	json_set_int(j, "number", k.id.v);
	json_set_text(j, "state", reader_states[mine.state].name);
	exec_json(x, j);
	return OK;
}

int
command_draft_step(struct exec *x, const char *verb, const struct given *g)
{
	static const struct {
		const char *verb;
		enum consultation_person_state step;
	} own[] = {{"study", READER_STUDIED},
	           {"nothing", READER_NOTHING},
	           {"seen", READER_SEEN}};
	struct law_comment_act act = {.wording = ""};
	struct law_comment row;
	int step = step_named(verb);
	int err = ERR_USAGE;

	for (size_t i = 0; i < COUNT(own); i++)
		if (strcmp(own[i].verb, verb) == 0)
			return reader_step(x, own[i].step, g);
	if (step < 0 || g->n < 1)
		return ERR_USAGE;
	err = given_number(g->words[0], &act.id.v);
	if (err == OK)
		err = law_comment_get(x->c, x->a, act.id, &row);
	if (err != OK)
		return err;
	act.row_version = row.row_version;
	act.step = (enum law_comment_step)step;
	act.wording = row.wording;
	err = read_act(x, g, &act);
	if (err == OK)
		err = command_faults(x, law_comment_act(x->c, &act));
	return err == OK ? done(x, act.id) : err;
}

/* --- the collation ------------------------------------------------------- */

static const char *
row_label(const struct collation_row *r)
{
	return *r->label != '\0' ? r->label : _("the whole");
}

static void
rows_csv(struct exec *x, const struct collation_row *rows, int n)
{
	static const char *const heads[] = {
	    N_("Article"),        N_("Comments"), N_("By deputies"),
	    N_("By others"),      N_("Answered"), N_("Adopted"),
	    N_("Partly adopted"),
	};

	csv_begin(&x->out);
	for (size_t i = 0; i < COUNT(heads); i++)
		csv_text(&x->out, i == 0, _(heads[i]));
	csv_end_row(&x->out);
	for (int i = 0; i < n; i++) {
		const int64_t figures[] = {rows[i].comments, rows[i].deputies,
		                           rows[i].publics,  rows[i].answered,
		                           rows[i].adopted,  rows[i].partly};

		csv_text(&x->out, true, row_label(&rows[i]));
		for (size_t f = 0; f < COUNT(figures); f++)
			csv_number(&x->out, false,
			           arena_printf(x->a, "%" PRId64, figures[f]));
		csv_end_row(&x->out);
	}
}

static void
rows_json(struct exec *x, const struct collation_row *rows, int n)
{
	struct json *root = json_new_object(), *list = json_new_array();

	for (int i = 0; i < n; i++) {
		struct json *j = json_new_object();

		json_set_text(j, "article", rows[i].label);
		json_set_int(j, "comments", rows[i].comments);
		json_set_int(j, "by_deputies", rows[i].deputies);
		json_set_int(j, "by_others", rows[i].publics);
		json_set_int(j, "answered", rows[i].answered);
		json_set_int(j, "adopted", rows[i].adopted);
		json_set_int(j, "partly", rows[i].partly);
		json_add(list, j);
	}
	json_set(root, "articles", list);
	exec_json(x, root);
}

static void
rows_text(struct exec *x, const struct collation_row *rows, int n)
{
	for (int i = 0; i < n; i++)
		buf_addf(&x->out,
		         _("%s  comments %lld, answered %lld, adopted "
		           "%lld, partly %lld\n"),
		         text_pad(x->a, row_label(&rows[i]), 14, false),
		         (long long)rows[i].comments,
		         (long long)rows[i].answered,
		         (long long)rows[i].adopted, (long long)rows[i].partly);
}

/* collation N [--markdown|--json|--csv] */
int
command_draft_collation(struct exec *x, const struct given *g)
{
	struct collation_row *rows;
	struct consultation k;
	int n, err = g->n == 1 ? given_draft(x, g, &k) : ERR_USAGE;

	if (err == OK && g->markdown + g->csv + x->json > 1)
		err = ERR_USAGE;
	if (err == OK && g->markdown)
		return law_collation_document(x->c, k.id, &x->out);
	if (err == OK)
		err = law_collation(x->c, x->a, k.id, &rows, &n);
	if (err != OK)
		return err;
	if (x->json)
		rows_json(x, rows, n);
	else if (g->csv)
		rows_csv(x, rows, n);
	else
		rows_text(x, rows, n);
	return OK;
}
