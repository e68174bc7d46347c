/*
 * The clocks of stored opinions: what is written when one begins, stands or
 * goes on, and what is due by itself. The arithmetic is db/opinion_clock.c.
 */
#include "db/activity_in.h"
#include "db/base/i18n.h"
#include "db/opinion_in.h"
#include "db/opinion_leg.h"
#include "db/rule.h"
#include "db/store/event.h"

enum { PAUSES_MAX = 64, DUE_MAX = 64 };

/* The pauses of an opinion since an instant. */
static int
read_pauses(struct ctx *c, struct opinion_id id, struct instant from,
            struct clock_span spans[PAUSES_MAX], int *n)
{
	struct stmt *q = ctx_stmt(c, &entity_opinion, OPINION_SQL_PAUSES);

	bind_id(q, ":id", id.v);
	bind_int(q, ":from", from.s);
	*n = 0;
	while (*n < PAUSES_MAX && stmt_next(q)) {
		struct instant to = {col_int(q, 1)};

		spans[*n].from = day_of((struct instant){col_int(q, 0)});
		spans[*n].to = (struct day){0};
		if (to.s != 0)
			spans[*n].to = day_of(to);
		++*n;
	}
	return stmt_end(q);
}

int
opinion_clock_read(struct ctx *c, const struct opinion *row,
                   struct instant began, struct instant ended, int64_t days,
                   struct clock_reading *out)
{
	struct clock_span spans[PAUSES_MAX];
	struct clock_log log = {.days = days, .pauses = spans};
	struct day today = ctx_today(c), last;
	struct calendar cal;
	int err = read_pauses(c, row->id, began, spans, &log.n);

	if (err != OK)
		return err;
	log.began = day_of(began);
	if (ended.s != 0)
		log.ended = day_of(ended);
	/* Half a year of days off at most, and whatever has passed. */
	last = day_add(day_compare(today, log.began) > 0 ? today : log.began,
	               (int)days * 2 + 200);
	err = calendar_load(c, log.began, last, &cal);
	if (err == OK)
		clock_read(&cal, &log, today, out);
	return err;
}

int
opinion_clock_used(struct ctx *c, const struct opinion *row,
                   struct instant from, int64_t *days)
{
	struct clock_reading r;
	int err = opinion_clock_read(c, row, from, ctx_now(c), 1, &r);

	if (err == OK)
		*days = r.used;
	return err;
}

int
opinion_clock_days(struct ctx *c, struct opinion *row)
{
	struct clock_reading r;
	int err;

	row->warn_on = row->due_on = clock_no_day;
	if (row->clock == CLOCK_NONE || row->paused_at.s != 0)
		return OK;
	err = opinion_clock_read(c, row, row->clock_at, (struct instant){0},
	                         row->clock_days, &r);
	if (err == OK) {
		row->warn_on = r.warn;
		row->due_on = r.due;
	}
	return err;
}

int
opinion_clock_set(struct ctx *c, struct opinion *row,
                  enum opinion_clock_kind kind, struct instant at)
{
	struct arena *a;
	struct rule rule;
	int err = OK;

	row->clock = (int)kind;
	row->clock_at = at;
	row->clock_days = row->extended = 0;
	row->paused_at.s = 0;
	if (kind == CLOCK_NONE) {
		row->clock_at.s = 0;
	} else {
		a = arena_new();
		err = rule_named(c, a, RULE_DEADLINE, opinion_clocks[kind].name,
		                 day_of(at), &rule);
		if (err == OK)
			row->clock_days = rule.n1;
		arena_free(a);
	}
	return err == OK ? opinion_clock_days(c, row) : err;
}

/* --- what is due ----------------------------------------------------- */

struct unrated {
	struct opinion_id id;
	int64_t version;
};

static int
find_unrated(struct ctx *c, struct unrated due[DUE_MAX], int *n)
{
	struct stmt *q = ctx_stmt(c, &entity_opinion, OPINION_SQL_UNRATED);

	*n = 0;
	while (*n < DUE_MAX && stmt_next(q))
		due[(*n)++] = (struct unrated){{col_int(q, 0)}, col_int(q, 1)};
	return stmt_end(q);
}

int
opinion_tick(struct ctx *c, int *changed)
{
	struct unrated due[DUE_MAX];
	struct ctx system;
	int n, err;

	ctx_as_system(c, &system);
	err = find_unrated(&system, due, &n);
	for (int i = 0; err == OK && i < n; i++) {
		struct opinion_act act = {
		    .id = due[i].id,
		    .version = due[i].version,
		    .step = OPINION_DO_EXPIRE,
		};

		err = opinion_act(&system, &act);
		if (err == ERR_STATE || err == ERR_CHANGED)
			err = OK; /* somebody else was quicker */
	}
	if (err == OK && changed != NULL)
		*changed = n;
	return err;
}

/* --- another calendar ------------------------------------------------ */

static int
write_days(struct ctx *c, const struct opinion *row)
{
	struct stmt *q = ctx_stmt(c, &entity_opinion, OPINION_SQL_CLOCK);
	int err;

	bind_fields(q, opinion_fields, row);
	err = stmt_run(q, NULL);
	return err == OK ? leg_due_again(c, row) : err;
}

static int
again(struct ctx *c, struct opinion_id id)
{
	struct arena *a = arena_new();
	struct opinion was, row;
	/* who keeps the calendar need not see opinions */
	struct stmt *q = ctx_stmt(c, &entity_opinion, OPINION_SQL_GET);
	int err;

	bind_id(q, ":id", id.v);
	err = stmt_one(q, a, opinion_fields, &was);
	row = was;
	if (err == OK)
		err = opinion_clock_days(c, &row);
	if (err == OK && (day_compare(was.due_on, row.due_on) != 0 ||
	                  day_compare(was.warn_on, row.warn_on) != 0))
		err = write_days(c, &row);
	if (err == OK && row.state == OPINION_HANDLING)
		err = leg_accept_again(c, id);
	arena_free(a);
	return err;
}

int
opinion_clocks_again(struct ctx *c)
{
	enum { OPEN_MAX = 1000000 };
	static const struct field ids[] = {
	    FIELD(opinion, id, REF, ""),
	    FIELD_END,
	};
	struct arena *a = arena_new();
	struct opinion_id *rows;
	int n, err;

	err = stmt_all(ctx_stmt(c, &entity_opinion, OPINION_SQL_RUNNING), a,
	               ids, sizeof(*rows), OPEN_MAX, &rows, &n);
	for (int i = 0; err == OK && i < n; i++)
		err = again(c, rows[i]);
	arena_free(a);
	return err;
}
