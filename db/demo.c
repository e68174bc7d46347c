/*
 * The demo: one transaction, the clock moved from act to act. Everything
 * goes through the calls that screens use, so its rows are as good as
 * real ones and `check` holds.
 */
#include "db/demo.h"

#include "db/base/i18n.h"
#include "db/demo_in.h"
#include "db/store/stmt.h"

enum { YEARS = 5 };

static int
must_be_empty(struct ctx *c)
{
	static const char sql[] = "SELECT count(*) FROM unit";
	int64_t n;
	int err = stmt_int(ctx_sql(c, NULL, sql), &n);

	return err == OK && n > 0 ? ERR_EXISTS : err;
}

/* When the demo ends: now, or some minutes past two of the day asked for,
 * when offices are open. */
static void
set_clock(struct demo *d, struct day today)
{
	d->now = ctx_now(d->c);
	d->today = day_of(d->now);
	if (today.year != 0 && day_compare(today, d->today) != 0) {
		d->today = today;
		d->now = clock_at(today, 14, 2);
	}
	d->first = day_add((struct day){d->today.year - YEARS, d->today.month,
	                                d->today.day > 28 ? 28 : d->today.day},
	                   1);
	/* The present term began about four years ago. */
	d->turn = (struct day){d->first.year + 1, 3, 1};
}

/* Indexes are made at the end, all at once; but for the few searches that
 * the acts themselves make. */
static const char own_indexes[] =
    "CREATE INDEX demo_mandate ON mandate (person);"
    "CREATE INDEX demo_due ON activity (state, starts_at);"
    "CREATE INDEX demo_subject ON activity_subject (activity);"
    "CREATE INDEX demo_code ON code (kind, subject);"
    "CREATE INDEX demo_counted ON duty_record (subject)"
    " WHERE subject_kind = 'opinion';"
    "CREATE INDEX demo_leg ON opinion_leg (opinion);"
    "CREATE INDEX demo_pause ON opinion_pause (opinion);"
    "CREATE INDEX demo_conversion ON conversion (opinion);"
    "CREATE INDEX demo_merged ON opinion (merged) WHERE merged IS NOT NULL;"
    "CREATE INDEX demo_project ON project (conversion);"
    "CREATE INDEX demo_milestone ON project_milestone (project);"
    "CREATE INDEX demo_report ON project_report (project, month);"
    "CREATE INDEX demo_change ON project_change (project);"
    "CREATE INDEX demo_team ON project_member (project);"
    "CREATE INDEX demo_task ON project_task (person);"
    "CREATE INDEX demo_rating ON project_rating (project);"
    "CREATE INDEX demo_option ON ballot_option (ballot);"
    "CREATE INDEX demo_voter ON ballot_voter (ballot, person);"
    "CREATE INDEX demo_awaiting ON opinion (due_on) WHERE state = 'awaiting';";
static const char own_indexes_drop[] =
    "DROP INDEX demo_mandate; DROP INDEX demo_due; DROP INDEX demo_subject;"
    "DROP INDEX demo_code; DROP INDEX demo_leg; DROP INDEX demo_pause;"
    "DROP INDEX demo_conversion; DROP INDEX demo_merged;"
    "DROP INDEX demo_awaiting; DROP INDEX demo_counted;"
    "DROP INDEX demo_project; DROP INDEX demo_milestone;"
    "DROP INDEX demo_report; DROP INDEX demo_change; DROP INDEX demo_team;"
    "DROP INDEX demo_task; DROP INDEX demo_rating; DROP INDEX demo_option;"
    "DROP INDEX demo_voter;";

static int
fill(struct demo *d)
{
	struct store *s = d->c->store;
	struct demo_activity *rows;
	int n, err = demo_org(d);

	if (err == OK)
		err = demo_plan(d, &rows, &n);
	if (err == OK)
		err = store_indexes_drop(s);
	if (err == OK)
		err = store_exec(s, own_indexes);
	if (err == OK)
		err = demo_run(d, rows, n);
	if (err == OK)
		err = store_exec(s, own_indexes_drop);
	return err == OK ? store_indexes_make(s) : err;
}

int
demo_make(struct ctx *c, const struct demo_options *options,
          void (*progress)(void *data, int permille), void *data)
{
	int64_t scale = options->scale > 0 ? options->scale : 1;
	int64_t part = options->part > 1 ? options->part : 1;
	enum language language = i18n_language();
	struct ctx before = *c;
	struct demo d = {
	    .c = c,
	    .dice = options->seed != 0 ? options->seed : 1,
	    .activities = (int)(DEMO_ACTIVITIES * scale / part),
	    .records = DEMO_RECORDS * scale / part,
	    .opinions = (int)(DEMO_OPINIONS * scale / part),
	    .progress = progress,
	    .progress_data = data,
	};
	int err = must_be_empty(c);

	if (err != OK)
		return err;
	set_clock(&d, options->today);
	d.a = arena_new();
	d.page = arena_new();
	c->seed = d.dice;
	i18n_use(LANGUAGE_ZH); /* what the store itself writes down */
	c->stopped = clock_at(d.first, 8, 0);
	err = store_begin(c->store);
	if (err == OK) {
		err = fill(&d);
		if (err == OK)
			err = store_commit(c->store);
		else
			store_rollback(c->store);
	}
	arena_free(d.page);
	arena_free(d.a);
	c->stopped = before.stopped;
	c->seed = before.seed;
	i18n_use(language);
	return err;
}
