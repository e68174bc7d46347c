/* Opinions on two units. */
#include "tests/unit/fixture_opinion.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

int
opinions_setup(void **state)
{
	struct opinions *w = xcalloc(1, sizeof(*w));
	void *o;

	if (org_setup(&o) != 0)
		return -1;
	w->o = o;
	w->office.v = fixture_int(w->o->f, "SELECT organ FROM office"
	                                   " WHERE role = 'organ' LIMIT 1");
	*state = w;
	return 0;
}

int
opinions_teardown(void **state)
{
	struct opinions *w = *state;
	void *o = w->o;

	free(w);
	return org_teardown(&o);
}

void
ctx_of(struct opinions *w, const char *who, struct ctx *c)
{
	org_ctx(w->o, who, c);
	c->stopped = w->o->f->ctx.stopped;
}

struct opinion_id
opinion_of(struct opinions *w, const char *who)
{
	struct opinion entry;
	struct opinion_id id = {0};
	struct ctx c;

	ctx_of(w, who, &c);
	opinion_default(&c, &entry);
	entry.subject = "周家浜路灯不亮";
	entry.body = "周家浜桥头到村口一段路灯坏了半个月。";
	entry.venue = "周家浜";
	assert_int_equal(opinion_add(&c, &entry, false, NULL, &id), OK);
	return id;
}

struct opinion
opinion_now(struct opinions *w, struct opinion_id id)
{
	struct opinion row;

	assert_int_equal(opinion_get(&w->o->f->ctx, w->o->f->a, id, &row), OK);
	return row;
}

int
act_with(struct opinions *w, const char *who, struct opinion_id id,
         struct opinion_act given)
{
	struct ctx c;

	ctx_of(w, who, &c);
	given.id = id;
	given.version = opinion_now(w, id).version;
	return opinion_act(&c, &given);
}

int
act(struct opinions *w, const char *who, struct opinion_id id,
    enum opinion_step step)
{
	struct opinion_act given = {
	    .step = step,
	    .words = "已现场查看,三日内修复。",
	    .reason = "不属于受理范围",
	    .title = "关于增设路灯的建议",
	    .result = RESULT_SOLVED,
	    .path = PATH_EXPRESS,
	    .offices = {w->office},
	    .office_count = 1,
	};

	return act_with(w, who, id, given);
}

int
leg_by(struct opinions *w, struct ctx *c, struct opinion_id id,
       enum leg_step step)
{
	struct leg_act given = {
	    .step = step,
	    .words = "灯具已到货。",
	    .result = RESULT_SOLVED,
	    .days = 5,
	    .version = opinion_now(w, id).version,
	};

	given.id.v =
	    fixture_int(w->o->f, arena_printf(w->o->f->a,
	                                      "SELECT max(id) FROM opinion_leg"
	                                      " WHERE opinion = %lld",
	                                      (long long)id.v));
	return leg_act(c, &given);
}

int
leg(struct opinions *w, const char *who, struct opinion_id id,
    enum leg_step step)
{
	struct ctx c;

	ctx_of(w, who, &c);
	return leg_by(w, &c, id, step);
}

int
rate(struct opinions *w, const char *who, struct opinion_id id,
     enum opinion_rating rating)
{
	struct ctx c;

	ctx_of(w, who, &c);
	return opinion_rate(&c, id, opinion_now(w, id).version, rating,
	                    "还是不亮", true);
}

#define YES(call) assert_int_equal((call), OK)

static void
answer_by_office(struct opinions *w, struct opinion_id id)
{
	YES(leg(w, "office", id, LEG_DO_ACCEPT));
	YES(leg(w, "office", id, LEG_DO_REPLY));
}

void
opinion_to(struct opinions *w, struct opinion_id id, enum opinion_state state)
{
	if (state == OPINION_NEW)
		return;
	YES(act(w, "officer", id, OPINION_DO_TAKE));
	if (state == OPINION_TRIAGE)
		return;
	if (state == OPINION_CONVERTED) {
		YES(act(w, "officer", id, OPINION_DO_CONVERT));
		return;
	}
	YES(act(w, "officer", id, OPINION_DO_ROUTE));
	if (state == OPINION_HANDLING)
		return;
	answer_by_office(w, id);
	if (state == OPINION_FEEDBACK)
		return;
	YES(act(w, "officer", id, OPINION_DO_TELL));
	if (state == OPINION_CLOSED)
		YES(rate(w, "officer", id, RATING_SATISFIED));
	if (state != OPINION_ESCALATED)
		return;
	YES(rate(w, "officer", id, RATING_DISSATISFIED));
	answer_by_office(w, id);
	YES(act(w, "officer", id, OPINION_DO_TELL));
	YES(rate(w, "officer", id, RATING_DISSATISFIED));
}

void
opinions_check(struct opinions *w)
{
	org_check(w->o);
}
