/* Sending a task of a project and its steps: who may, what each wants and
 * what follows. */
#include <assert.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/deadline.h"
#include "db/duty_record.h"
#include "db/entry.h"
#include "db/mandate.h"
#include "db/opinion.h"
#include "db/project_in.h"
#include "db/project_task_in.h"
#include "db/store/event.h"
#include "db/store/fsm.h"

/* clang-format off */
static const struct rule_of_task {
	bool words;
	enum action action;
} rules[TASK_STEPS] = {
	[TASK_DO_SEND]   = {true,  ACTION_TASK_SEND},
	[TASK_DO_ACCEPT] = {false, ACTION_TASK_ACCEPT},
	[TASK_DO_REPLY]  = {true,  ACTION_TASK_REPLY},
	[TASK_DO_CLOSE]  = {false, ACTION_TASK_CLOSE},
	[TASK_DO_AGAIN]  = {true,  ACTION_TASK_AGAIN},
	[TASK_DO_INSIST] = {true,  ACTION_TASK_INSIST},
	[TASK_DO_END]    = {true,  ACTION_TASK_END},
};
/* clang-format on */

const char *
task_step_label(enum task_step step)
{
	return entity_project_task.steps[step].label;
}

/* --- the clock ------------------------------------------------------- */

static int
set_clock(struct ctx *c, struct project_task *row)
{
	return deadline_of(c, "project_task", day_of(row->clock_at),
	                   &row->warn_on, &row->due_on);
}

static void
stop_clock(struct project_task *row)
{
	row->warn_on = row->due_on = clock_no_day;
}

static int
clock_again(struct ctx *c, struct project_task *row)
{
	struct day was = row->due_on, warned = row->warn_on;
	struct stmt *q;
	int err = set_clock(c, row);

	if (err != OK || (day_compare(was, row->due_on) == 0 &&
	                  day_compare(warned, row->warn_on) == 0))
		return err;
	q = ctx_stmt(c, &entity_project_task, TASK_SQL_CLOCK);
	bind_fields(q, project_task_fields, row);
	return stmt_run(q, NULL);
}

int
task_clocks_again(struct ctx *c)
{
	enum { OPEN_MAX = 100000 };
	struct arena *a = arena_new();
	struct project_task *rows;
	/* who keeps the calendar need not see tasks */
	struct stmt *q = ctx_stmt(c, &entity_project_task, TASK_SQL_RUNNING);
	int n, err = stmt_all(q, a, project_task_fields, sizeof(*rows),
	                      OPEN_MAX, &rows, &n);

	for (int i = 0; err == OK && i < n; i++)
		err = clock_again(c, &rows[i]);
	arena_free(a);
	return err;
}

/* --- sending --------------------------------------------------------- */

int
project_count_duty(struct ctx *c, struct arena *a, const struct project *p,
                   const char *venue)
{
	static const char sql[] = "SELECT id FROM station WHERE unit = :unit";
	struct stmt *q = ctx_sql(c, NULL, sql);
	struct station_id station;
	struct mandate m;
	int err;

	bind_id(q, ":unit", p->unit.v);
	err = stmt_int(q, &station.v);
	if (err == OK)
		err = mandate_on(c, a, (struct person_id){c->me}, station,
		                 ctx_today(c), &m);
	if (err != OK)
		return err == ERR_NOT_FOUND ? OK : err;
	return duty_record_add(c, &(struct duty_record){
				      .person = {c->me},
				      .mandate = m.id,
				      .term = m.term,
				      .unit = m.unit,
				      .station = m.station,
				      .grp = m.grp,
				      .kind = "supervision",
				      .grade = DUTY_FULL,
				      .subject_kind = entity_project.name,
				      .subject = p->id.v,
				      .title = p->title,
				      .venue = venue,
				      .happened_at = ctx_now(c),
				      .state = DUTY_AUTOMATIC,
				  });
}

/* Whether row, not written yet, is the first that counts. */
static int
is_first(struct ctx *c, const struct project_task *row, bool *is)
{
	bool finding = row->kind == TASK_FINDING;
	struct stmt *q =
	    ctx_stmt(c, &entity_project_task,
	             finding ? TASK_SQL_FINDINGS : TASK_SQL_OPINIONS);
	int64_t n = 0;
	int err;

	if (finding) {
		bind_id(q, ":activity", row->activity.v);
	} else {
		bind_id(q, ":project", row->project.v);
		bind_time(q, ":from", clock_at(ctx_today(c), 0, 0));
	}
	err = stmt_int(q, &n);
	*is = n == 0;
	return err;
}

static int
write_new(struct ctx *c, struct arena *a, const struct project *p,
          struct project_task *row)
{
	struct stmt *q;
	bool first;
	int err = project_still(c, p);

	if (err == OK)
		err = is_first(c, row, &first);
	if (err != OK)
		return err;
	row->id.v = ctx_new_id(c, &entity_project_task);
	row->sent_at = row->clock_at = ctx_now(c);
	event_subject(c, row->id.v, row->unit.v);
	/* An opinion is nobody else's: the project's timeline, which others
	 * read, does not know of it. */
	if (row->kind == TASK_FINDING) {
		event_about(c, ENTITY_PROJECT, p->id.v);
		event_about(c, ENTITY_ACTIVITY, row->activity.v);
	}
	err = set_clock(c, row);
	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_project_task, TASK_SQL_ADD);
	bind_fields(q, project_task_fields, row);
	err = stmt_run(q, NULL);
	return err == OK && first ? project_count_duty(c, a, p, p->venue) : err;
}

/* What of a project can still be acted on by a lead unit or the unit. */
static int
may_send(struct ctx *c, const struct project *p, const struct project_task *t)
{
	if (t->kind == TASK_FINDING)
		return visit_may_find(c, t->activity, p->id);
	return project_is_candidate(p->state) || project_is_open(p->state)
	           ? OK
	           : ERR_STATE;
}

int
task_add(struct ctx *c, const struct project_task *entry,
         struct project_task_id *id)
{
	struct arena *a = arena_new();
	struct project_task row = {
	    .project = entry->project,
	    .person = {c->me},
	    .kind = entry->kind,
	    .words = entry->words,
	    .state = TASK_SENT,
	    .reply = "",
	    .first_reply = "",
	    .again = "",
	    .reason = "",
	};
	struct project p;
	int err = may(c, PERM_PROJECT_SUPERVISE) && c->me != 0
	              ? project_get(c, a, entry->project, &p)
	              : ERR_DENIED;

	if (err != OK)
		goto done;
	if (row.kind == TASK_FINDING)
		row.activity = entry->activity;
	row.unit = p.unit;
	row.organ = p.lead;
	err = may_send(c, &p, &row);
	if (err != OK)
		goto done;
	ctx_check_begin(c);
	row.words = entry_text(c, a, "words", entry->words, TEXT_LINES,
	                       PROJECT_WORDS_MAX, true);
	err = ctx_check_end(c);
	if (err == OK)
		err = event_begin(c, ACTION_TASK_SEND, ENTITY_PROJECT_TASK, 0,
		                  row.unit.v);
	if (err == OK)
		err = event_end(c, write_new(c, a, &p, &row));
	if (err == OK)
		*id = row.id;
done:
	arena_free(a);
	return err;
}

/* --- steps ----------------------------------------------------------- */

/* The lead unit answers; where there is none yet, the unit's staff. */
static bool
is_answerer(const struct ctx *c, const struct project_task *t)
{
	return t->organ.v != 0
	           ? may(c, PERM_PROJECT_OFFICE) && t->organ.v == c->my_organ
	           : may(c, PERM_PROJECT_WRITE);
}

/* Whose step it is, and how often. */
static bool
is_turn(const struct ctx *c, const struct project_task *t, enum task_step step)
{
	switch (step) {
	case TASK_DO_ACCEPT:
	case TASK_DO_REPLY:
		return is_answerer(c, t);
	case TASK_DO_CLOSE:
		return t->person.v == c->me && c->me != 0;
	case TASK_DO_AGAIN:
		return t->person.v == c->me && c->me != 0 && t->rounds == 0;
	case TASK_DO_INSIST:
		return t->person.v == c->me && c->me != 0 && t->rounds > 0;
	case TASK_DO_END:
		return true;
	case TASK_DO_SEND:
	case TASK_STEPS:
		break;
	}
	return false;
}

int
task_offers(struct ctx *c, const struct project_task *t, enum task_step *out,
            int max)
{
	int all[TASK_STEPS], n = 0;
	int found =
	    fsm_offers(c, &entity_project_task, t->state, all, TASK_STEPS);

	for (int i = 0; i < found && n < max; i++)
		if (is_turn(c, t, (enum task_step)all[i]))
			out[n++] = (enum task_step)all[i];
	return n;
}

static int
may_act(struct ctx *c, const struct project_task *t, int64_t version,
        enum task_step step)
{
	const struct edge *edge =
	    fsm_edge(&entity_project_task, t->state, (int)step);

	if (edge != NULL && !may(c, edge->perm))
		return ERR_DENIED;
	if (t->version != version)
		return ERR_CHANGED;
	if (edge == NULL)
		return ERR_STATE;
	if (is_turn(c, t, step))
		return OK;
	return step == TASK_DO_AGAIN || step == TASK_DO_INSIST ? ERR_STATE
	                                                       : ERR_DENIED;
}

static int
follow(struct ctx *c, struct project_task *t, enum task_step step,
       const char *words, int rating)
{
	struct instant now = ctx_now(c);

	switch (step) {
	case TASK_DO_REPLY:
		t->reply = words;
		t->replied_at = now;
		stop_clock(t);
		break;
	case TASK_DO_CLOSE:
		t->rating = rating;
		t->closed_at = now;
		break;
	case TASK_DO_AGAIN:
		t->rounds++;
		t->again = words;
		t->rating = RATING_DISSATISFIED;
		t->first_reply = t->reply;
		t->reply = "";
		t->replied_at.s = 0;
		t->clock_at = now;
		return set_clock(c, t);
	case TASK_DO_INSIST:
		t->rounds++;
		t->again = words;
		t->rating = RATING_DISSATISFIED;
		break;
	case TASK_DO_END:
		t->reason = words;
		t->closed_at = now;
		break;
	case TASK_DO_ACCEPT:
	case TASK_DO_SEND:
	case TASK_STEPS:
		break;
	}
	return OK;
}

static int
write_step(struct ctx *c, struct project_task *t, enum task_step step,
           const char *words, int rating)
{
	struct stmt *q;
	int64_t changed;
	int err =
	    fsm_fire(c, &entity_project_task, t->id.v, (int)step, &t->state);

	if (t->kind == TASK_FINDING)
		event_about(c, ENTITY_PROJECT, t->project.v);
	event_about(c, ENTITY_PERSON, t->person.v);
	if (err == OK)
		err = follow(c, t, step, words, rating);
	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_project_task, TASK_SQL_WRITE);
	bind_fields(q, project_task_fields, t);
	err = stmt_run(q, &changed);
	return err == OK && changed == 0 ? ERR_CHANGED : err;
}

int
task_act(struct ctx *c, struct project_task_id id, int64_t version,
         enum task_step step, const char *words, int rating)
{
	struct arena *a = arena_new();
	struct project_task t;
	int err = task_get(c, a, id, &t);

	assert(step < TASK_STEPS);
	if (err == OK)
		err = may_act(c, &t, version, step);
	if (err != OK)
		goto done;
	ctx_check_begin(c);
	words = entry_text(c, a, "words", words, TEXT_LINES, PROJECT_WORDS_MAX,
	                   rules[step].words);
	if (step == TASK_DO_CLOSE && rating != RATING_SATISFIED &&
	    rating != RATING_BASIC)
		ctx_fault(c, "rating",
		          N_("Choose satisfied or basically satisfied."));
	err = ctx_check_end(c);
	if (err == OK)
		err = event_begin(c, rules[step].action, ENTITY_PROJECT_TASK,
		                  id.v, t.unit.v);
	if (err == OK)
		err = event_end(c, write_step(c, &t, step, words, rating));
done:
	arena_free(a);
	return err;
}
