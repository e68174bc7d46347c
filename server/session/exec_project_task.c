/* What is said about a livelihood project: an opinion of a deputy, the tasks
 * that follow, a lead unit's reply and what the deputy thinks of it. */
#include <inttypes.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/opinion.h"
#include "db/project_task.h"
#include "server/session/exec_project.h"

enum { NEWEST = 50 };

/* --- tasks --------------------------------------------------------------- */

static void
line_text(struct exec *x, const struct task_line *r)
{
	bool late = day_compare(r->due_on, ctx_today(x->c)) < 0;
	const char *due =
	    day_compare(r->due_on, clock_no_day) == 0
		? ""
		: arena_printf(x->a, "%s%s", late ? "!" : "",
	                       day_show(x->a, r->due_on, ctx_today(x->c)));

	buf_addf(&x->out, "%6" PRId64 "  %s  %s  %s  %s  %s\n", r->id.v,
	         text_pad(x->a, r->title, 20, false),
	         text_pad(x->a, r->name, 8, false),
	         text_pad(x->a, r->words, 28, false),
	         text_pad(x->a, _(task_states[r->state].label), 12, false),
	         due);
}

static struct json *
line_json(struct exec *x, const struct task_line *r)
{
	struct json *j = json_new_object();
	char due[11];

	json_set_int(j, "number", r->id.v);
	json_set_int(j, "project", r->project.v);
	json_set_text(j, "title", r->title);
	json_set_text(j, "kind", task_kinds[r->kind].name);
	json_set_text(j, "deputy", r->name);
	json_set_text(j, "unit", r->unit_name);
	json_set_text(j, "lead", r->organ_name);
	json_set_text(j, "words", r->words);
	json_set_text(j, "state", task_states[r->state].name);
	json_set_text(j, "rating", opinion_ratings[r->rating].name);
	json_set_text(j, "sent_at", instant_iso(x->a, r->sent_at));
	if (day_compare(r->due_on, clock_no_day) == 0) {
		json_set_null(j, "due_on");
		return j;
	}
	day_format(r->due_on, due);
	json_set_text(j, "due_on", due);
	return j;
}

/* Of one project (others' findings with it), or the newest. */
static int
read_tasks(struct exec *x, const struct given *g, struct task_line **rows,
           int *n)
{
	const struct list_query query = {0};
	struct list_page page;
	struct project_id id;
	int err;

	if (g->n == 1) {
		err = given_number(g->words[0], &id.v);
		return err == OK
		           ? task_of_project(x->c, x->a, id, NEWEST, rows, n)
		           : err;
	}
	if (g->n > 1)
		return ERR_USAGE;
	err = list_fetch(x->c, x->a, &task_list, &query, LIST_FIRST, NULL,
	                 NEWEST, &page);
	if (err == OK) {
		*rows = page.rows;
		*n = page.n;
	}
	return err;
}

int
command_tasks(struct exec *x, const struct given *g)
{
	struct json *root, *list;
	struct task_line *rows;
	int n, err = read_tasks(x, g, &rows, &n);

	if (err != OK)
		return err;
	if (!x->json) {
		for (int i = 0; i < n; i++)
			line_text(x, &rows[i]);
		return OK;
	}
	list = json_new_array();
	for (int i = 0; i < n; i++)
		json_add(list, line_json(x, &rows[i]));
	root = json_new_object();
	json_set(root, "tasks", list);
	exec_json(x, root);
	return OK;
}

/* What is said after something was done: the task as it is. */
static int
task_done(struct exec *x, struct project_task_id id)
{
	struct task_line line;
	int err = task_names(x->c, x->a, id, &line);

	if (err == OK && x->json)
		exec_json(x, line_json(x, &line));
	else if (err == OK)
		line_text(x, &line);
	return err;
}

/* --- verbs --------------------------------------------------------------- */

int
command_task_say(struct exec *x, const struct given *g)
{
	struct project_task entry = {.kind = TASK_OPINION};
	struct project_task_id id;
	int err =
	    g->n >= 2 ? given_number(g->words[0], &entry.project.v) : ERR_USAGE;

	if (err == OK)
		err = given_text(x, g, 1, &entry.words);
	if (err == OK)
		err = command_faults(x, task_add(x->c, &entry, &id));
	return err == OK ? task_done(x, id) : err;
}

static int
take(struct exec *x, int64_t number, enum task_step step, const char *words,
     int rating)
{
	struct project_task_id id = {number};
	struct project_task t;
	int err = task_get(x->c, x->a, id, &t);

	if (err == OK && step == TASK_DO_AGAIN && t.rounds > 0)
		step = TASK_DO_INSIST;
	if (err == OK)
		err = command_faults(
		    x, task_act(x->c, id, t.version, step, words, rating));
	return err == OK ? task_done(x, id) : err;
}

int
command_task_reply(struct exec *x, const struct given *g)
{
	const char *words;
	int64_t id;
	int err = g->n >= 2 ? given_number(g->words[0], &id) : ERR_USAGE;

	if (err == OK)
		err = given_text(x, g, 1, &words);
	return err == OK ? take(x, id, TASK_DO_REPLY, words, RATING_NONE) : err;
}

int
command_task_take(struct exec *x, const struct given *g)
{
	int64_t id;
	int err = g->n == 1 ? given_number(g->words[0], &id) : ERR_USAGE;

	return err == OK ? take(x, id, TASK_DO_ACCEPT, "", RATING_NONE) : err;
}

/* A number, a grade and words, which may be missing. */
static int
read_grade(struct exec *x, const struct given *g, int64_t *id, int *grade,
           const char **words)
{
	int err = g->n >= 2 ? given_number(g->words[0], id) : ERR_USAGE;

	if (err != OK)
		return err;
	*grade = enum_index(opinion_ratings, g->words[1]);
	if (*grade <= RATING_NONE || *grade > RATING_DISSATISFIED)
		return ERR_USAGE;
	return given_text(x, g, 2, words);
}

/* What a deputy thinks of a reply; dissatisfied, it goes on. */
int
command_task_judge(struct exec *x, const struct given *g)
{
	const char *words;
	int64_t id;
	int grade, err = read_grade(x, g, &id, &grade, &words);

	if (err != OK)
		return err;
	return take(
	    x, id, grade == RATING_DISSATISFIED ? TASK_DO_AGAIN : TASK_DO_CLOSE,
	    words, grade);
}
