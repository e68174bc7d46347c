/* Steps of a project by their stored names, its monthly report, and rating
 * it. What a step wants is typed as words and options; who may is decided in
 * db/. */
#include <inttypes.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/opinion.h"
#include "db/project_task.h"
#include "server/session/exec_project.h"

/* --- steps --------------------------------------------------------------- */

static int
step_named(const char *verb)
{
	for (int i = 0; i < entity_project.step_count; i++)
		if (entity_project.steps[i].name != NULL &&
		    strcmp(entity_project.steps[i].name, verb) == 0)
			return i;
	return -1;
}

/* Where one line is all that is wanted, the words are it. */
static int
read_words(struct exec *x, const struct given *g, struct project_act *act)
{
	unsigned wants = project_wants(act->step);
	int err = OK;

	act->reason = g->reason != NULL ? g->reason : "";
	act->words = "";
	if (g->into != NULL)
		err = given_number(g->into, &act->into.v);
	if (err == OK && g->n > 1)
		err = given_text(x, g, 1, &act->words);
	if ((wants & PROJECT_WANTS_REASON) && *act->reason == '\0') {
		act->reason = act->words;
		act->words = "";
	}
	return err;
}

int
command_project_step(struct exec *x, const char *verb, const struct given *g)
{
	struct project_act act = {0};
	struct project p;
	int step = step_named(verb);
	int err = step >= 0 ? given_project(x, g, &p) : ERR_USAGE;

	if (err != OK)
		return err;
	act.id = p.id;
	act.version = p.version;
	act.step = (enum project_step)step;
	if (project_wants(act.step) & PROJECT_WANTS_PLAN) {
		exec_say(x, "%s",
		         _("A plan has milestones: enter it on the project's "
		           "page."));
		return ERR_USAGE;
	}
	err = read_words(x, g, &act);
	if (err == OK)
		err = command_faults(x, project_act(x->c, &act));
	return err == OK ? project_done(x, p.id) : err;
}

/* --- a month's report ---------------------------------------------------- */

/* "2,3": places in the plan, from 1. */
static int
read_reached(struct exec *x, struct project_id id, const char *text,
             struct project_milestone_id *out, int *n)
{
	struct project_milestone *rows;
	char *rest, *words = arena_strdup(x->a, text);
	int count, err = milestone_list(x->c, x->a, id, &rows, &count);

	*n = 0;
	for (char *w = strtok_r(words, ",", &rest); err == OK && w != NULL;
	     w = strtok_r(NULL, ",", &rest)) {
		int64_t at;

		err = given_number(w, &at);
		if (err == OK && (at > count || *n == PROJECT_MILESTONES_MAX))
			err = ERR_USAGE;
		if (err == OK)
			out[(*n)++] = rows[at - 1].id;
	}
	return err;
}

/* A percentage or an amount, which may be none; 60% as well. */
static int
read_figure(const char *word, int64_t *out)
{
	size_t n = strspn(word, "0123456789");
	char digits[16] = "";

	if (n == 0 || n >= sizeof(digits) ||
	    (word[n] != '\0' && strcmp(word + n, "%") != 0))
		return ERR_USAGE;
	memcpy(digits, word, n);
	*out = 0;
	for (size_t i = 0; i < n; i++)
		*out = *out * 10 + (digits[i] - '0');
	return OK;
}

int
command_project_report(struct exec *x, const struct given *g)
{
	static const struct given from_stdin = {.words = {"-"}, .n = 1};
	struct project_milestone_id reached[PROJECT_MILESTONES_MAX];
	struct project_report entry = {.next = ""};
	struct project p;
	int n = 0, err = g->n >= 4 ? given_project(x, g, &p) : ERR_USAGE;

	if (err == OK)
		err = given_month(g->words[1], &entry.month);
	if (err == OK)
		err = read_figure(g->words[2], &entry.done);
	if (err == OK)
		err = read_figure(g->words[3], &entry.spent);
	if (err == OK && g->reached != NULL)
		err = read_reached(x, p.id, g->reached, reached, &n);
	if (err == OK && g->n > 4)
		err = given_text(x, g, 4, &entry.words);
	else if (err == OK)
		err = given_text(x, &from_stdin, 0, &entry.words);
	if (err != OK)
		return err;
	entry.project = p.id;
	err = command_faults(x, report_add(x->c, &entry, reached, n));
	return err == OK ? project_done(x, p.id) : err;
}

/* --- rating -------------------------------------------------------------- */

int
command_project_rate(struct exec *x, const struct given *g)
{
	struct project p;
	const char *words;
	int grade = g->n >= 2 ? enum_index(opinion_ratings, g->words[1]) : -1;
	int err;

	if (grade <= RATING_NONE || grade > RATING_DISSATISFIED)
		return command_project_step(x, "rate", g);
	err = given_project(x, g, &p);
	if (err == OK)
		err = given_text(x, g, 2, &words);
	if (err == OK)
		err = command_faults(x, project_rate(x->c, p.id, grade, words));
	if (err == OK && !x->json)
		buf_addf(&x->out, "%s\n", _(opinion_ratings[grade].label));
	else if (err == OK) {
		struct json *root = json_new_object();

		json_set_int(root, "project", p.id.v);
		json_set_text(root, "rating", opinion_ratings[grade].name);
		exec_json(x, root);
	}
	return err;
}
