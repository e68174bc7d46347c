/* Scenarios of opinions for test_strike: everything that can be struck out,
 * with and without a deputy, an office, a merge. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "db/opinion_leg.h"
#include "db/opinion_note.h"
#include "tests/unit/fixture_strike.h"

static const struct organ_id own_office = {100};

static int64_t
newest(struct cast *w, const char *table)
{
	return fixture_int(w->f,
	                   arena_printf(w->a, "SELECT max(id) FROM %s", table));
}

/* Written down by who; held as the rules against abuse do. */
static struct opinion_id
receive(struct ctx *c, bool held)
{
	struct opinion entry;
	struct opinion_id id;

	opinion_default(c, &entry);
	entry.body = "周家浜桥头路灯坏了半个月。";
	entry.category = "build.municipal.light";
	YES(opinion_add(c, &entry, held, NULL, &id));
	return id;
}

/* A step on the newest opinion, with all it may want. */
static void
step(struct cast *w, struct ctx *c, enum opinion_step on)
{
	struct opinion_act act = {
	    .id = {newest(w, "opinion")},
	    .step = on,
	    .words = "已现场查看。",
	    .reason = "不属受理范围",
	    .title = "关于增设路灯的建议",
	    .result = RESULT_SOLVED,
	    .path = PATH_EXPRESS,
	    .offices = {own_office},
	    .office_count = 1,
	    .into = {newest(w, "opinion") - 1},
	};
	struct opinion row;

	YES(opinion_get(c, w->a, act.id, &row));
	act.version = row.version;
	YES(opinion_act(c, &act));
}

static void
leg(struct cast *w, struct ctx *c, enum leg_step on)
{
	struct leg_act act = {
	    .id = {newest(w, "opinion_leg")},
	    .step = on,
	    .words = "灯具已到货。",
	    .result = RESULT_PLANNED,
	    .days = 3,
	};
	struct opinion row;

	YES(opinion_get(c, w->a, (struct opinion_id){newest(w, "opinion")},
	                &row));
	act.version = row.version;
	YES(leg_act(c, &act));
}

static void
by_office(struct cast *w, enum leg_step on)
{
	struct ctx office;

	world_ctx(w->f, "organ", 1, &office);
	leg(w, &office, on);
}

static void
rate(struct cast *w, enum opinion_rating rating)
{
	struct opinion_id id = {newest(w, "opinion")};
	struct opinion row;

	YES(opinion_get(&w->staff, w->a, id, &row));
	YES(opinion_rate(&w->staff, id, row.version, rating, "还是不亮", true));
}

/* --- what is prepared ---------------------------------------------------- */

static void
have_held(struct cast *w)
{
	(void)receive(&w->staff, true);
}

static void
have_new(struct cast *w)
{
	(void)receive(&w->staff, false);
}

static void
have_taken(struct cast *w)
{
	have_new(w);
	step(w, &w->staff, OPINION_DO_TAKE);
}

static void
have_own(struct cast *w)
{
	(void)receive(&w->deputy, false);
	step(w, &w->deputy, OPINION_DO_TAKE);
}

static void
have_two(struct cast *w)
{
	have_taken(w);
	have_taken(w);
}

static void
have_merged(struct cast *w)
{
	have_two(w);
	step(w, &w->staff, OPINION_DO_MERGE);
}

static void
have_converted(struct cast *w)
{
	have_taken(w);
	step(w, &w->staff, OPINION_DO_CONVERT);
}

static void
have_sent(struct cast *w)
{
	have_taken(w);
	step(w, &w->staff, OPINION_DO_ROUTE);
}

static void
have_accepted(struct cast *w)
{
	have_sent(w);
	by_office(w, LEG_DO_ACCEPT);
}

static void
have_asked(struct cast *w)
{
	have_accepted(w);
	by_office(w, LEG_DO_ASK);
}

static void
have_paused(struct cast *w)
{
	have_accepted(w);
	by_office(w, LEG_DO_PAUSE);
}

static void
have_returned(struct cast *w)
{
	have_sent(w);
	by_office(w, LEG_DO_RETURN);
}

static void
have_escalated(struct cast *w)
{
	have_accepted(w);
	for (int i = 0; i < 2; i++) {
		if (i > 0)
			by_office(w, LEG_DO_ACCEPT);
		by_office(w, LEG_DO_REPLY);
		step(w, &w->staff, OPINION_DO_TELL);
		rate(w, RATING_DISSATISFIED);
	}
}

static void
have_followers(struct cast *w)
{
	have_escalated(w);
	have_taken(w);
	step(w, &w->staff, OPINION_DO_MERGE);
}

/* --- what is done and struck out ----------------------------------------- */

static void
add(struct cast *w)
{
	have_new(w);
}

static void
add_own(struct cast *w)
{
	(void)receive(&w->deputy, false);
}

static void
release(struct cast *w)
{
	step(w, &w->staff, OPINION_DO_RELEASE);
}

static void
discard(struct cast *w)
{
	step(w, &w->staff, OPINION_DO_DISCARD);
}

static void
take(struct cast *w)
{
	struct opinion_act act = {.id = {newest(w, "opinion")},
	                          .step = OPINION_DO_TAKE,
	                          .companion = {111}};

	YES(opinion_act(&w->staff, &act));
}

static void
sort(struct cast *w)
{
	struct opinion row;

	YES(opinion_get(&w->staff, w->a,
	                (struct opinion_id){newest(w, "opinion")}, &row));
	row.category = "green.noise";
	row.companion.v = 112;
	row.place.v = 101;
	row.urgent = true;
	YES(opinion_sort(&w->staff, &row));
}

static void
move_unit(struct cast *w)
{
	struct opinion row;

	YES(opinion_get(&w->county, w->a,
	                (struct opinion_id){newest(w, "opinion")}, &row));
	row.unit.v = 2;
	YES(opinion_sort(&w->county, &row));
}

static void
answer(struct cast *w)
{
	step(w, &w->staff, OPINION_DO_ANSWER);
}

static void
answer_own(struct cast *w)
{
	step(w, &w->deputy, OPINION_DO_ANSWER);
	assert_int_equal(fixture_int(w->f, "SELECT count(*) FROM duty_record"
	                                   " WHERE subject_kind = 'opinion'"),
	                 1);
}

static void
refuse(struct cast *w)
{
	step(w, &w->head, OPINION_DO_REFUSE);
}

static void
merge(struct cast *w)
{
	step(w, &w->staff, OPINION_DO_MERGE);
}

/* The third went into the second. */
static void
prepare_chain(struct cast *w)
{
	have_new(w);
	have_merged(w);
}

/* The second goes into the first, and takes the third along. */
static void
merge_chain(struct cast *w)
{
	struct opinion_act act = {.step = OPINION_DO_MERGE,
	                          .id = {newest(w, "opinion") - 1},
	                          .into = {newest(w, "opinion") - 2}};
	struct opinion row;

	YES(opinion_get(&w->staff, w->a, act.id, &row));
	act.version = row.version;
	YES(opinion_act(&w->staff, &act));
	YES(opinion_get(&w->staff, w->a, act.into, &row));
	assert_int_equal(row.senders, 3);
}

static void
convert(struct cast *w)
{
	step(w, &w->staff, OPINION_DO_CONVERT);
}

static void
converted(struct cast *w)
{
	step(w, &w->staff, OPINION_DO_CONVERTED);
}

static void
route(struct cast *w)
{
	step(w, &w->staff, OPINION_DO_ROUTE);
}

static void
supervise(struct cast *w)
{
	step(w, &w->county, OPINION_DO_SUPERVISE);
}

static void
route_again(struct cast *w)
{
	step(w, &w->county, OPINION_DO_ROUTE);
}

static void
end(struct cast *w)
{
	step(w, &w->head, OPINION_DO_END);
}

static void
end_with_followers(struct cast *w)
{
	struct opinion_act act = {.step = OPINION_DO_END,
	                          .id = {newest(w, "opinion") - 1},
	                          .reason = "已尽力"};
	struct opinion row;

	YES(opinion_get(&w->head, w->a, act.id, &row));
	act.version = row.version;
	YES(opinion_act(&w->head, &act));
	YES(opinion_get(&w->head, w->a,
	                (struct opinion_id){newest(w, "opinion")}, &row));
	assert_int_equal(row.state, OPINION_CLOSED);
}

static void
say(struct cast *w)
{
	YES(opinion_say(&w->staff, (struct opinion_id){newest(w, "opinion")},
	                NOTE_CHASE, "请尽快。"));
}

#define BY_OFFICE(name, on)                                                    \
	static void name(struct cast *w)                                       \
	{                                                                      \
		by_office(w, on);                                              \
	}
#define BY_STAFF(name, on)                                                     \
	static void name(struct cast *w)                                       \
	{                                                                      \
		leg(w, &w->staff, on);                                         \
	}

/* clang-format off */
BY_OFFICE(leg_accept, LEG_DO_ACCEPT)
BY_OFFICE(leg_return, LEG_DO_RETURN)
BY_OFFICE(leg_progress, LEG_DO_PROGRESS)
BY_OFFICE(leg_ask, LEG_DO_ASK)
BY_STAFF(leg_grant, LEG_DO_GRANT)
BY_STAFF(leg_deny, LEG_DO_DENY)
BY_OFFICE(leg_pause, LEG_DO_PAUSE)
BY_OFFICE(leg_resume, LEG_DO_RESUME)
BY_OFFICE(leg_reply, LEG_DO_REPLY)
BY_STAFF(leg_close, LEG_DO_CLOSE)
/* clang-format on */

static void
release_contact(struct cast *w)
{
	YES(leg_release(&w->staff,
	                (struct opinion_leg_id){newest(w, "opinion_leg")},
	                true));
}

static void
attach(struct cast *w)
{
	struct attachment_file file = fixture_file(w->f, "路灯");

	YES(attachment_attach(
	    &w->staff, (struct opinion_id){newest(w, "opinion")}, &file, 1));
}

const struct scenario opinion_scenarios[] = {
    {ACTION_OPINION_ADD, NULL, add},
    {ACTION_OPINION_ADD, NULL, add_own},
    {ACTION_OPINION_RELEASE, have_held, release},
    {ACTION_OPINION_DISCARD, have_held, discard},
    {ACTION_OPINION_TAKE, have_new, take},
    {ACTION_OPINION_SORT, have_taken, sort},
    {ACTION_OPINION_SORT, have_new, move_unit},
    {ACTION_OPINION_ANSWER, have_taken, answer},
    {ACTION_OPINION_ANSWER, have_own, answer_own},
    {ACTION_OPINION_REFUSE, have_taken, refuse},
    {ACTION_OPINION_MERGE, have_two, merge},
    {ACTION_OPINION_MERGE, prepare_chain, merge_chain},
    {ACTION_OPINION_CONVERT, have_taken, convert},
    {ACTION_OPINION_CONVERTED, have_converted, converted},
    {ACTION_OPINION_ROUTE, have_taken, route},
    {ACTION_OPINION_ROUTE, have_returned, route},
    {ACTION_OPINION_ROUTE, have_escalated, route_again},
    {ACTION_OPINION_SUPERVISE, have_escalated, supervise},
    {ACTION_OPINION_END, have_escalated, end},
    {ACTION_OPINION_END, have_followers, end_with_followers},
    {ACTION_OPINION_SAY, have_taken, say},
    {ACTION_OPINION_ATTACH, have_taken, attach},
    {ACTION_LEG_ACCEPT, have_sent, leg_accept},
    {ACTION_LEG_RETURN, have_sent, leg_return},
    {ACTION_LEG_PROGRESS, have_accepted, leg_progress},
    {ACTION_LEG_ASK, have_accepted, leg_ask},
    {ACTION_LEG_GRANT, have_asked, leg_grant},
    {ACTION_LEG_DENY, have_asked, leg_deny},
    {ACTION_LEG_PAUSE, have_accepted, leg_pause},
    {ACTION_LEG_RESUME, have_paused, leg_resume},
    {ACTION_LEG_REPLY, have_paused, leg_reply},
    {ACTION_LEG_CLOSE, have_accepted, leg_close},
    {ACTION_LEG_CONTACT, have_sent, release_contact},
    {ACTIONS, NULL, NULL},
};
