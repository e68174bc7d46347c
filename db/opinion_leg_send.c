/* Sending an opinion to offices, again too, and the days they have. */
#include "db/base/i18n.h"
#include "db/deadline.h"
#include "db/opinion_in.h"
#include "db/opinion_leg_in.h"
#include "db/store/event.h"
#include "db/store/fsm.h"

/* How long an office may take to accept, from the day it was sent. */
static int
acceptance(struct ctx *c, struct opinion_leg *row)
{
	return deadline_of(c, "acceptance", day_of(row->sent_at), &row->warn_on,
	                   &row->due_on);
}

static int
check_organ(struct ctx *c, const struct opinion *o, struct organ_id organ)
{
	struct stmt *q = ctx_stmt(c, &entity_opinion_leg, LEG_SQL_ORGAN);
	int64_t n;
	int err;

	bind_id(q, ":opinion", o->id.v);
	bind_id(q, ":organ", organ.v);
	bind_id(q, ":unit", o->unit.v);
	err = stmt_int(q, &n);
	if (err == OK && n != 0) {
		ctx_check_begin(c);
		ctx_fault(c, "offices",
		          n < 0 ? N_("Choose an office of the unit or of the "
		                     "county.")
		                : N_("This office has it already."));
		err = ctx_check_end(c);
	}
	return err;
}

int
leg_write(struct ctx *c, const struct opinion_leg *row)
{
	struct stmt *q = ctx_stmt(c, &entity_opinion_leg, LEG_SQL_WRITE);

	bind_fields(q, opinion_leg_fields, row);
	return stmt_run(q, NULL);
}

/* An office that had replied has it once more. */
static int
resend(struct ctx *c, struct opinion_leg *leg)
{
	int err =
	    fsm_fire(c, &entity_opinion_leg, leg->id.v, LEG_DO_RESEND, NULL);

	event_about(c, ENTITY_ORGAN, leg->organ.v);
	leg->sent_at = ctx_now(c);
	leg->accepted_at.s = leg->replied_at.s = 0;
	leg->promised_on = (struct day){0};
	leg->asked_days = 0;
	leg->result = RESULT_NONE;
	if (err == OK)
		err = acceptance(c, leg);
	return err == OK ? leg_write(c, leg) : err;
}

static int
read_legs(struct ctx *c, struct arena *a, struct opinion_id id, int query,
          struct opinion_leg **rows, int *n)
{
	struct stmt *q = ctx_stmt(c, &entity_opinion_leg, query);

	bind_id(q, ":id", id.v);
	return stmt_all(q, a, opinion_leg_fields, sizeof(**rows), LEG_MAX, rows,
	                n);
}

int
leg_resend(struct ctx *c, const struct opinion *o, int *n)
{
	struct arena *a = arena_new();
	struct opinion_leg *rows;
	int err = read_legs(c, a, o->id, LEG_SQL_REPLIED, &rows, n);

	for (int i = 0; err == OK && i < *n; i++)
		err = resend(c, &rows[i]);
	arena_free(a);
	return err;
}

/* The office had it and replied: it is asked again. *n: 1, or 0 when it
 * never had. */
static int
send_again(struct ctx *c, const struct opinion *o, struct organ_id organ,
           enum leg_path path, int *n)
{
	struct arena *a = arena_new();
	struct opinion_leg *rows;
	int found, err = read_legs(c, a, o->id, LEG_SQL_REPLIED, &rows, &found);

	*n = 0;
	for (int i = 0; err == OK && i < found && *n == 0; i++)
		if (rows[i].organ.v == organ.v) {
			*n = 1;
			rows[i].path = (int)path;
			err = resend(c, &rows[i]);
		}
	arena_free(a);
	return err;
}

int
leg_send(struct ctx *c, const struct opinion *o, struct organ_id organ,
         enum leg_path path)
{
	struct opinion_leg row = {
	    .opinion = o->id,
	    .unit = o->unit,
	    .station = o->station,
	    .organ = organ,
	    .path = (int)path,
	    .state = LEG_SENT,
	    .sent_at = ctx_now(c),
	    .sent_by = {c->me},
	};
	struct stmt *q;
	int again = 0, err = check_organ(c, o, organ);

	if (err == OK)
		err = send_again(c, o, organ, path, &again);
	if (err != OK || again > 0)
		return err;
	err = acceptance(c, &row);
	if (err != OK)
		return err;
	row.id.v = ctx_new_id(c, &entity_opinion_leg);
	event_about(c, ENTITY_ORGAN, organ.v);
	q = ctx_stmt(c, &entity_opinion_leg, LEG_SQL_ADD);
	bind_fields(q, opinion_leg_fields, &row);
	return stmt_run(q, NULL);
}

int
leg_record(struct ctx *c, const struct opinion *o, struct organ_id organ,
           struct instant replied)
{
	struct opinion_leg row = {
	    .id = {ctx_new_id(c, &entity_opinion_leg)},
	    .opinion = o->id,
	    .unit = o->unit,
	    .station = o->station,
	    .organ = organ,
	    .path = PATH_PLATFORM,
	    .state = LEG_REPLIED,
	    .sent_at = o->received_at,
	    .accepted_at = o->received_at,
	    .replied_at = replied,
	    .result = RESULT_EXPLAINED,
	    .warn_on = clock_no_day,
	    .due_on = clock_no_day,
	};
	struct stmt *q = ctx_stmt(c, &entity_opinion_leg, LEG_SQL_ADD);
	int err;

	event_about(c, ENTITY_ORGAN, organ.v);
	bind_fields(q, opinion_leg_fields, &row);
	err = stmt_run(q, NULL);
	return err == OK ? leg_write(c, &row) : err;
}

int
leg_close_returned(struct ctx *c, struct opinion_id id)
{
	int64_t ids[LEG_MAX];
	struct stmt *q = ctx_stmt(c, &entity_opinion_leg, LEG_SQL_RETURNED);
	int n = 0, err;

	bind_id(q, ":id", id.v);
	while (n < LEG_MAX && stmt_next(q))
		ids[n++] = col_int(q, 0);
	err = stmt_end(q);
	for (int i = 0; err == OK && i < n; i++)
		err = fsm_fire(c, &entity_opinion_leg, ids[i], LEG_DO_CLOSE,
		               NULL);
	return err;
}

int
leg_due_again(struct ctx *c, const struct opinion *o)
{
	struct stmt *q;

	if (o->clock != CLOCK_COMPLETION || !opinion_ticks(o))
		return OK;
	q = ctx_stmt(c, &entity_opinion_leg, LEG_SQL_DUE);
	bind_id(q, ":id", o->id.v);
	bind_day(q, ":warn_on", o->warn_on);
	bind_day(q, ":due_on", o->due_on);
	return stmt_run(q, NULL);
}

int
leg_accept_again(struct ctx *c, struct opinion_id id)
{
	struct arena *a = arena_new();
	struct opinion_leg *rows, was;
	int n, err = read_legs(c, a, id, LEG_SQL_SENT, &rows, &n);

	for (int i = 0; err == OK && i < n; i++) {
		was = rows[i];
		err = acceptance(c, &rows[i]);
		if (err == OK &&
		    (day_compare(was.due_on, rows[i].due_on) != 0 ||
		     day_compare(was.warn_on, rows[i].warn_on) != 0))
			err = leg_write(c, &rows[i]);
	}
	arena_free(a);
	return err;
}

int
leg_release(struct ctx *c, struct opinion_leg_id id, bool released)
{
	struct arena *a = arena_new();
	struct opinion_leg leg;
	struct stmt *q;
	int err =
	    may(c, PERM_OPINION_TRIAGE) ? leg_get(c, a, id, &leg) : ERR_DENIED;

	if (err == OK)
		err = event_begin(c, ACTION_LEG_CONTACT, ENTITY_OPINION,
		                  leg.opinion.v, leg.unit.v);
	if (err != OK)
		goto done;
	q = ctx_stmt(c, &entity_opinion_leg, LEG_SQL_RELEASE);
	bind_id(q, ":id", id.v);
	bind_int(q, ":released", released);
	err = event_end(c, stmt_run(q, NULL));
done:
	arena_free(a);
	return err;
}
