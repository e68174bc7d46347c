/*
 * The demo's opinions as they pass: each planned turn (see
 * db/demo_opinion_plan.c) by the person who takes it, through the calls that
 * screens use.
 */
#include "db/demo_opinion.h"
#include "db/conversion.h"
#include "db/demo_picture.h"
#include "db/opinion_leg.h"
#include "db/opinion_note.h"
#include "db/store/stmt.h"

/* --- words -------------------------------------------------------------- */

/* Dice of one matter, so that its words are its own. */
static uint64_t
dice_of(const struct demo *d, int matter)
{
	return d->c->seed * 1000003 + (uint64_t)matter * 7919;
}

static const char *
village_of(const struct demo_matter *m)
{
	return m->unit == DEMO_COUNTY
	           ? "市区"
	           : demo_places[m->unit].villages[m->village];
}

static const char *
say(struct demo *d, const struct demo_matter *m, const char *text)
{
	return demo_say(d->page, text, village_of(m), demo_spots[m->spot]);
}

/* From one sentence to a whole letter; first: which sentence it begins with.
 * What is wished for goes with it. */
static const char *
body_of(struct demo *d, const struct demo_matter *m, uint64_t *dice,
        unsigned first)
{
	const struct demo_concern *c = &demo_concerns[m->concern];
	unsigned length = demo_roll(dice, 10);
	const char *harm = c->harms[demo_roll(dice, COUNT(c->harms))];
	const char *wish = c->wishes[first % COUNT(c->wishes)];
	const char *opening = demo_openings[demo_roll(dice, DEMO_OPENINGS)];
	const char *since = demo_times[demo_roll(dice, DEMO_TIMES)];
	const char *end = demo_endings[demo_roll(dice, DEMO_ENDINGS)];

	if (length < 2)
		return say(d, m,
		           arena_printf(d->page, "%s%s,%s。", opening,
		                        c->words[first], wish));
	if (length < 6)
		return say(d, m,
		           arena_printf(d->page, "%s%s%s,%s。%s%s", opening,
		                        c->words[first], since, harm, wish,
		                        end));
	return say(d, m,
	           arena_printf(d->page, "%s%s%s,%s。另外,%s,%s。%s%s", opening,
	                        c->words[first], since, harm,
	                        c->words[(first + 1) % COUNT(c->words)],
	                        harm == c->harms[0] ? c->harms[1] : c->harms[0],
	                        wish, end));
}

/* What was done, by its class. */
static const char *
answer_of(struct demo *d, const struct demo_matter *m)
{
	const struct demo_concern *c = &demo_concerns[m->concern];

	switch (m->result) {
	case RESULT_SOLVED:
		return arena_printf(d->page, "经现场查看,情况属实。%s。",
		                    c->solved);
	case RESULT_PLANNED:
		return arena_printf(d->page, "情况属实,%s。", c->planned);
	case RESULT_EXPLAINED:
		return "按现行规定暂时不能办理,已上门说明政策和原因,"
		       "取得理解。";
	default:
		return "意见很有价值,已转有关部门在制定方案时研究参考。";
	}
}

static const char *
tell_of(struct demo *d, const struct demo_matter *m)
{
	return arena_printf(d->page,
	                    "您好,您反映的「%s」一事有了结果:%s"
	                    "如有不清楚的地方,随时联系我们。",
	                    m->subject, answer_of(d, m));
}

/* --- one turn ----------------------------------------------------------- */

/* One message in a few dozen comes with a picture, or with two. */
static int
add_pictures(struct demo *d, const struct demo_matter *m, int number,
             struct attachment_file files[2], int *n)
{
	struct day on = day_of(ctx_now(d->c));
	int err = OK;

	*n = 0;
	if (m->source != SOURCE_PUBLIC || m->held || number % 61 != 7)
		return OK;
	for (int i = 0; i < 1 + number / 61 % 2 && err == OK; i++) {
		err = demo_picture(d, (m->concern + i) % DEMO_PICTURES,
		                   &files[i]);
		files[i].name = arena_printf(d->page, "IMG_%04d%02d%02d_%d.png",
		                             on.year, on.month, on.day, i + 1);
		++*n;
	}
	return err;
}

static int
receive(struct demo *d, struct ctx *c, struct demo_matter *m, int number)
{
	struct attachment_file files[2];
	uint64_t dice = dice_of(d, number);
	const struct demo_concern *what = &demo_concerns[m->concern];
	const struct demo_unit *u = &d->units[m->unit];
	bool of_county = m->unit == DEMO_COUNTY;
	unsigned first = demo_roll(&dice, COUNT(what->words));
	struct opinion entry = {
	    .unit = u->id,
	    .source = m->source,
	    .venue = of_county ? "" : demo_spots[m->spot],
	    .sender = demo_senders[demo_roll(&dice, DEMO_SENDERS)],
	    .deputy = m->deputy,
	    .subject = arena_strdup(
		d->a, say(d, m, what->subjects[first % COUNT(what->subjects)])),
	    .doubts = m->held ? "rate" : "",
	    .urgent = demo_once_in(&dice, 40),
	    .level = of_county                ? OPINION_OF_COUNTY
	             : what->unit_office < 0  ? OPINION_OF_COUNTY
	             : demo_once_in(&dice, 3) ? OPINION_OF_UNIT
	                                      : OPINION_OF_STATION,
	};
	bool lately = d->now.s - ctx_now(d->c).s < 4 * 86400;
	int err;

	m->subject = entry.subject;
	entry.body = body_of(d, m, &dice, first);
	/* The citizen says what, the officer sorts it. */
	entry.category =
	    lately && m->source == SOURCE_PUBLIC ? "" : what->category;
	if (!of_county && demo_once_in(&dice, 2))
		entry.place = u->places[m->village];
	if (m->activity != NULL)
		entry.activity = m->activity->id;
	entry.files = files;
	err = add_pictures(d, m, number, files, &entry.file_count);
	return err != OK ? err : opinion_add(c, &entry, m->held, NULL, &m->id);
}

/* A letter without a category is sorted when it is taken up. */
static int
take(struct ctx *c, const struct demo_matter *m, struct opinion *o,
     struct opinion_act *act)
{
	int err = OK;

	if (o->category[0] == '\0') {
		o->category = demo_concerns[m->concern].category;
		err = opinion_sort(c, o);
		act->version++;
	}
	act->companion = m->companion;
	return err == OK ? opinion_act(c, act) : err;
}

static int
route(struct demo *d, struct ctx *c, const struct demo_matter *m,
      const struct demo_turn *turn, struct opinion_act *act)
{
	act->path = turn->by.v == m->companion.v ? PATH_EXPRESS : PATH_PLATFORM;
	act->offices[act->office_count++] =
	    demo_opinion_office(d, m, turn->leg)->id;
	if (turn->leg == LEG_BOTH)
		act->offices[act->office_count++] =
		    demo_opinion_office(d, m, LEG_SECOND)->id;
	return opinion_act(c, act);
}

/* What somebody does to an opinion itself. */
static int
do_step(struct demo *d, struct ctx *c, const struct demo_matter *m,
        const struct demo_turn *turn, struct opinion *o)
{
	struct opinion_act act = {
	    .id = o->id,
	    .version = o->version,
	    .result = m->result,
	    .conversion = m->conversion,
	    .title = m->subject,
	    .words = answer_of(d, m),
	};

	switch (turn->what) {
	case TURN_RELEASE:
		act.step = OPINION_DO_RELEASE;
		act.words = "";
		return opinion_act(c, &act);
	case TURN_DISCARD:
		act.step = OPINION_DO_DISCARD;
		act.words = "";
		act.reason = "内容为广告,与反映事项无关";
		return opinion_act(c, &act);
	case TURN_TAKE:
		act.step = OPINION_DO_TAKE;
		act.words = "";
		return take(c, m, o, &act);
	case TURN_ANSWER:
		act.step = OPINION_DO_ANSWER;
		return opinion_act(c, &act);
	case TURN_REFUSE:
		act.step = OPINION_DO_REFUSE;
		act.reason = "已进入司法程序";
		act.words = "该事项已由法院受理,请按法定程序提出诉求。";
		return opinion_act(c, &act);
	case TURN_MERGE:
		act.step = OPINION_DO_MERGE;
		act.words = "";
		act.into = d->matters->matters[m->into].id;
		return opinion_act(c, &act);
	case TURN_CONVERT:
		act.step = OPINION_DO_CONVERT;
		act.words = "";
		return opinion_act(c, &act);
	case TURN_CONVERTED:
		act.step = OPINION_DO_CONVERTED;
		return opinion_act(c, &act);
	case TURN_SUPERVISE:
		act.step = OPINION_DO_SUPERVISE;
		act.words = arena_printf(d->page, "经督办,%s",
		                         demo_concerns[m->concern].solved);
		return opinion_act(c, &act);
	case TURN_END:
		act.step = OPINION_DO_END;
		act.reason = "已依法依规答复到位,诉求超出政策范围";
		act.words = "";
		return opinion_act(c, &act);
	case TURN_TELL:
		act.step = OPINION_DO_TELL;
		act.words = tell_of(d, m);
		return opinion_act(c, &act);
	default:
		act.step = OPINION_DO_ROUTE;
		act.words = "";
		return route(d, c, m, turn, &act);
	}
}

static int
leg_of(struct demo *d, const struct demo_matter *m, enum demo_leg leg,
       struct opinion_leg_id *id)
{
	static const char sql[] =
	    "SELECT max(id) FROM opinion_leg"
	    " WHERE opinion = :opinion AND organ = :organ";
	struct stmt *q = ctx_sql(d->c, NULL, sql);

	bind_id(q, ":opinion", m->id.v);
	bind_id(q, ":organ", demo_opinion_office(d, m, leg)->id.v);
	return stmt_int(q, &id->v);
}

/* What an office does. */
static int
do_leg(struct demo *d, struct ctx *c, const struct demo_matter *m,
       const struct demo_turn *turn, const struct opinion *o)
{
	struct leg_act act = {
	    .version = o->version, .result = m->result, .words = ""};
	int err = leg_of(d, m, turn->leg, &act.id);

	switch (turn->what) {
	case TURN_ACCEPT:
		act.step = LEG_DO_ACCEPT;
		act.promised_on = day_add(day_of(ctx_now(c)), 10);
		break;
	case TURN_PROGRESS:
		act.step = LEG_DO_PROGRESS;
		act.words = "已到现场核实,正在制定处理方案。";
		break;
	case TURN_ASK:
		act.step = LEG_DO_ASK;
		act.days = 10;
		act.words = "涉及多个部门会商,申请延期。";
		break;
	case TURN_GRANT:
		act.step = LEG_DO_GRANT;
		break;
	case TURN_PAUSE:
		act.step = LEG_DO_PAUSE;
		act.words = "等待第三方检测报告,办理暂停。";
		break;
	case TURN_RESUME:
		act.step = LEG_DO_RESUME;
		break;
	case TURN_RETURN:
		act.step = LEG_DO_RETURN;
		act.words = "不属于本单位职责,建议转交有关单位。";
		break;
	default:
		act.step = LEG_DO_REPLY;
		act.words = answer_of(d, m);
		break;
	}
	return err == OK ? leg_act(c, &act) : err;
}

static int
rate(struct ctx *c, const struct demo_matter *m, const struct demo_turn *turn,
     const struct opinion *o)
{
	static const char *const thanks[] = {"", "", "谢谢,办得很快。",
	                                     "问题解决了,满意。"};
	unsigned at = (unsigned)(m->id.v * 37 % 100);

	if (turn->what == TURN_REFUTE)
		return opinion_rate(c, o->id, o->version, RATING_DISSATISFIED,
		                    "问题没有真正解决,过几天又和原来一样。",
		                    m->by_hand);
	return opinion_rate(c, o->id, o->version,
	                    at < 92 ? RATING_SATISFIED : RATING_BASIC,
	                    thanks[at % COUNT(thanks)], m->by_hand);
}

/* A proposal goes into the pool and the opinion is answered; or it is declined,
 * which answers it, as the answer to a comment on a draft law does. */
static int
converted(struct demo *d, struct ctx *c, struct demo_matter *m,
          const struct demo_turn *turn, struct opinion *o)
{
	bool declined = false;
	int err = OK;

	if (o->state != OPINION_CONVERTED) {
		m->result = o->result;
		return OK;
	}
	if (m->conversion == CONVERSION_PROJECT)
		err = demo_project_settle(d, c, m->id, &declined);

	if (declined)
		m->result = RESULT_EXPLAINED;
	return err == OK && !declined ? do_step(d, c, m, turn, o) : err;
}

static int
perform(struct demo *d, struct ctx *c, struct demo_matter *m,
        const struct demo_turn *turn)
{
	struct opinion o;
	int err = opinion_get(c, d->page, m->id, &o);

	if (err != OK)
		return err;
	switch (turn->what) {
	case TURN_ACCEPT:
	case TURN_PROGRESS:
	case TURN_ASK:
	case TURN_GRANT:
	case TURN_PAUSE:
	case TURN_RESUME:
	case TURN_RETURN:
	case TURN_REPLY:
		return do_leg(d, c, m, turn, &o);
	case TURN_RATE:
	case TURN_REFUTE:
		return rate(c, m, turn, &o);
	case TURN_MORE:
		return opinion_say(c, m->id, NOTE_MORE,
		                   say(d, m, demo_more[m->id.v % DEMO_MORE]));
	case TURN_CHASE:
		return opinion_say(c, m->id, NOTE_CHASE,
		                   "请抓紧办理,尽快答复群众。");
	case TURN_INSTRUCT:
		return opinion_say(c, m->id, NOTE_INSTRUCT,
		                   "请有关部门实地了解,限期拿出办法。");
	case TURN_CONVERTED:
		return converted(d, c, m, turn, &o);
	default:
		return do_step(d, c, m, turn, &o);
	}
}

/* What the clock closes, whatever their number. */
static int
tick(struct demo *d)
{
	int changed, err;

	do
		err = opinion_tick(d->c, &changed);
	while (err == OK && changed > 0);
	return err;
}

int
demo_opinion_do(struct demo *d, int i)
{
	const struct demo_turn *turn = &d->matters->turns[i];
	struct demo_matter *m = &d->matters->matters[turn->matter];
	struct ctx c = *d->c;

	if (turn->what == TURN_TICK)
		return tick(d);
	c.me = turn->by.v;
	return turn->what == TURN_RECEIVE ? receive(d, &c, m, turn->matter)
	                                  : perform(d, &c, m, turn);
}
