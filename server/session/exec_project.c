/* Commands about livelihood projects: the list, proposing one, and which verb
 * does what. */
#include "server/session/exec_project.h"

#include <inttypes.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/opinion_clock.h" /* clock_no_day */

int
given_project(struct exec *x, const struct given *g, struct project *out)
{
	struct project_id id;
	int err = g->n >= 1 ? given_number(g->words[0], &id.v) : ERR_USAGE;

	return err == OK ? project_get(x->c, x->a, id, out) : err;
}

void
project_set_day(struct json *j, const char *name, struct day day)
{
	char text[11];

	if (day.year == 0 || day_compare(day, clock_no_day) == 0) {
		json_set_null(j, name);
		return;
	}
	day_format(day, text);
	json_set_text(j, name, text);
}

const char *
project_light_name(struct exec *x, int state, struct day warn_on,
                   struct day due_on)
{
	static const char *const names[] = {
	    [PROJECT_NO_LIGHT] = "none",
	    [PROJECT_GREEN] = "green",
	    [PROJECT_YELLOW] = "yellow",
	    [PROJECT_RED] = "red",
	};

	return names[project_light(x->c, state, warn_on, due_on)];
}

int
project_done(struct exec *x, struct project_id id)
{
	struct project now;
	struct json *j;
	int err = project_get(x->c, x->a, id, &now);

	if (err != OK)
		return err == ERR_NOT_FOUND ? OK : err;
	if (!x->json) {
		buf_addf(&x->out, "%" PRId64 "  %s\n", id.v,
		         _(project_states[now.state].label));
		return OK;
	}
	j = json_new_object();
	json_set_int(j, "number", id.v);
	json_set_text(j, "state", project_states[now.state].name);
	exec_json(x, j);
	return OK;
}

/* --- the list ------------------------------------------------------------ */

static const char *
due_text(struct exec *x, const struct project_line *r)
{
	enum project_light light =
	    project_light(x->c, r->state, r->warn_on, r->due_on);

	if (light == PROJECT_NO_LIGHT ||
	    day_compare(r->due_on, clock_no_day) == 0)
		return "";
	return arena_printf(x->a, "%s%s", light == PROJECT_RED ? "!" : "",
	                    day_show(x->a, r->due_on, ctx_today(x->c)));
}

static void
line_text(struct exec *x, const void *row)
{
	const struct project_line *r = row;

	buf_addf(&x->out,
	         "%6" PRId64 "  %4" PRId64 "  %s  %s  %s  %3" PRId64 "%%  %s\n",
	         r->id.v, r->year, text_pad(x->a, r->title, 30, false),
	         text_pad(x->a, r->unit_name, 10, false),
	         text_pad(x->a, _(project_states[r->state].label), 10, false),
	         r->done, due_text(x, r));
}

static struct json *
line_json(struct exec *x, const void *row)
{
	const struct project_line *r = row;
	struct json *j = json_new_object();

	json_set_int(j, "number", r->id.v);
	json_set_text(j, "title", r->title);
	json_set_text(j, "unit", r->unit_name);
	json_set_int(j, "year", r->year);
	json_set_text(j, "source", project_sources[r->source].name);
	json_set_text(j, "state", project_states[r->state].name);
	json_set_text(j, "lead", r->lead_name);
	json_set_int(j, "budget", r->budget);
	json_set_int(j, "spent", r->spent);
	json_set_int(j, "done", r->done);
	json_set_int(j, "proposals", r->proposals);
	json_set_bool(j, "published", r->published);
	json_set_text(j, "proposed_at", instant_iso(x->a, r->proposed_at));
	json_set_text(j, "light",
	              project_light_name(x, r->state, r->warn_on, r->due_on));
	project_set_day(j, "due_on", r->due_on);
	return j;
}

static int
make_query(struct exec *x, const struct given *g, const struct list_spec **spec,
           struct list_query *q)
{
	struct unit_id unit;
	int64_t year;
	int err = OK;

	*q = (struct list_query){.order = 0};
	*spec = g->pool ? &project_pool : &project_list;
	if (g->late)
		*spec = &project_works;
	if (g->pool && g->late)
		return ERR_USAGE;
	if (g->late)
		list_where(q, PROJECT_LIST_LATE, 1, NULL);
	if (g->state != NULL && enum_index(project_states, g->state) < 0)
		return ERR_USAGE;
	if (g->state != NULL)
		list_where(q, PROJECT_LIST_STATE, 0, g->state);
	if (g->category != NULL)
		list_where(q, PROJECT_LIST_CATEGORY, 0, g->category);
	if (g->year != NULL) {
		err = given_number(g->year, &year);
		list_where(q, PROJECT_LIST_YEAR, err == OK ? year : 0, NULL);
	}
	if (err != OK || g->unit == NULL)
		return err;
	err = given_unit(x, g->unit, &unit);
	if (err == OK)
		list_where(q, PROJECT_LIST_UNIT, unit.v, NULL);
	return err;
}

int
exec_projects(struct exec *x)
{
	static const struct exec_list how = {"projects", line_text, line_json};
	const struct list_spec *spec;
	struct list_query query;
	struct given g;
	int limit = 0, err = given_read(x, 0, &g);

	if (err == OK && g.n > 0)
		err = ERR_USAGE;
	if (err == OK)
		err = given_limit(&g, &limit);
	if (err == OK)
		err = make_query(x, &g, &spec, &query);
	return err == OK ? exec_list(x, &how, spec, &query, limit) : err;
}

/* --- proposing ----------------------------------------------------------- */

/* The first line is the title, what follows the words. */
static void
split(struct exec *x, const char *text, struct project *entry)
{
	size_t n = strcspn(text, "\n");

	entry->title = arena_strndup(x->a, text, n);
	text += n;
	entry->body = text + strspn(text, "\n");
}

static void
print_proposal(struct exec *x, struct project_id id,
               const struct project_alike *rows, int n)
{
	struct json *root, *list;

	if (!x->json) {
		buf_addf(&x->out, "%" PRId64 "  %s\n", id.v,
		         _(project_states[PROJECT_PROPOSED].label));
		if (n > 0)
			buf_addf(&x->out, "%s\n", _("Similar proposals:"));
		for (int i = 0; i < n; i++)
			buf_addf(&x->out, "%6" PRId64 "  %3d%%  %s  %s\n",
			         rows[i].id.v, rows[i].alike,
			         text_pad(x->a, rows[i].title, 30, false),
			         _(project_states[rows[i].state].label));
		return;
	}
	root = json_new_object();
	list = json_new_array();
	json_set_int(root, "number", id.v);
	json_set_text(root, "state", project_states[PROJECT_PROPOSED].name);
	for (int i = 0; i < n; i++) {
		struct json *j = json_new_object();

		json_set_int(j, "number", rows[i].id.v);
		json_set_text(j, "title", rows[i].title);
		json_set_text(j, "state", project_states[rows[i].state].name);
		json_set_int(j, "year", rows[i].year);
		json_set_int(j, "alike", rows[i].alike);
		json_add(list, j);
	}
	json_set(root, "similar", list);
	exec_json(x, root);
}

int
command_project_propose(struct exec *x, const struct given *g)
{
	static const struct given from_stdin = {.words = {"-"}, .n = 1};
	struct project entry, now;
	struct project_alike *rows;
	struct project_id id;
	const char *text;
	int n, err = given_text(x, g->n > 0 ? g : &from_stdin, 0, &text);

	project_default(x->c, &entry);
	if (err == OK && g->unit != NULL)
		err = given_unit(x, g->unit, &entry.unit);
	if (err == OK && g->year != NULL)
		err = given_number(g->year, &entry.year);
	if (err == OK && g->budget != NULL)
		err = given_number(g->budget, &entry.budget);
	if (err != OK)
		return err;
	split(x, text, &entry);
	if (g->title != NULL) {
		entry.title = g->title;
		entry.body = text;
	}
	entry.category = g->category != NULL ? g->category : "";
	entry.venue = g->place != NULL ? g->place : "";
	err = command_faults(x, project_add(x->c, &entry, &id));
	if (err == OK)
		err = project_get(x->c, x->a, id, &now);
	if (err == OK)
		err = project_alike(x->c, x->a, now.unit, now.title, now.body,
		                    id, &rows, &n);
	if (err == OK)
		print_proposal(x, id, rows, n);
	return err;
}

/* --- verbs --------------------------------------------------------------- */

int
exec_project(struct exec *x)
{
	static const struct exec_verb verbs[] = {
	    {"show", command_project_show},
	    {"months", command_project_months},
	    {"propose", command_project_propose},
	    {"report", command_project_report},
	    {"rate", command_project_rate},
	    {"say", command_task_say},
	    {"tasks", command_tasks},
	    {"take", command_task_take},
	    {"reply", command_task_reply},
	    {"judge", command_task_judge},
	};

	return given_verb(x, verbs, COUNT(verbs), command_project_step);
}
