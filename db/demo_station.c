/*
 * How the demo's stations are run: documents, the yearly plan, the rota of
 * the days to come, what was raised at receptions, and instructions in every
 * state. Acts like those of db/demo_run.c, which does them in its order of
 * the clock.
 */
#include <string.h>

#include "db/account.h"
#include "db/activity.h"
#include "db/demo_in.h"
#include "db/document.h"
#include "db/instruction.h"
#include "db/plan_item.h"
#include "db/rota.h"
#include "db/station.h"

enum { DAY = 86400, SENT_MAX = 4, TUESDAY = 2 };

/* The system's rights as one person at one place. */
static struct ctx
at_unit(const struct demo *d, int unit)
{
	struct ctx c = *d->c;

	c.me = d->units[unit].clerk.v;
	c.scope = SCOPE_UNIT;
	c.my_unit = d->units[unit].id.v;
	return c;
}

static struct ctx
at_station(const struct demo *d, int unit)
{
	struct ctx c = at_unit(d, unit);

	c.me = d->units[unit].officer.v;
	c.scope = SCOPE_STATION;
	c.my_station = d->units[unit].station.v;
	return c;
}

/* --- documents and profile ------------------------------------------------
 */

static const struct document county_papers[] = {
    {.name = "代表联络站工作规则",
     .kind = DOCUMENT_RULE,
     .text = "一、联络站每月至少安排一次代表接待日。\n"
             "二、接待日提前七天公布代表、时间和地点。\n"
             "三、群众反映的事项当日登记,日清日结。\n"
             "四、每季度向市人大常委会报告一次运行情况。"},
    {.name = "接待日通知",
     .kind = DOCUMENT_NOTICE,
     .text = "接待选民,听取意见建议;现场登记,能答复的当场答复。"},
    {.name = "活动纪要",
     .kind = DOCUMENT_MINUTES,
     .text = "时间、地点:\n参加人员:\n主要内容:\n意见建议:\n处理安排:"},
};

/* What the profile of a station says. */
static int
write_profile(struct demo *d, struct ctx *c, int unit)
{
	struct station row;
	int err = station_get(c, d->page, d->units[unit].station, &row);

	row.hours = "周一至周五 8:30-17:00";
	row.profile = "联系选民、听取民意、反映诉求;每周二上午代表接待。";
	return err == OK ? station_save(c, &row) : err;
}

static int
write_papers(struct demo *d)
{
	struct document_id id;
	int err = OK;

	for (size_t i = 0; err == OK && i < COUNT(county_papers); i++)
		err = document_save(d->c, &county_papers[i], &id);
	for (int u = 0; err == OK && u < DEMO_UNITS; u++) {
		struct ctx c = at_unit(d, u);
		struct document own = {
		    .name = "代表小组活动安排",
		    .kind = DOCUMENT_OTHER,
		    .text =
			"每个代表小组每季度活动一次,由组长召集,联络员记录。",
		};

		err = document_save(&c, &own, &id);
		if (err == OK)
			err = write_profile(d, &c, u);
	}
	return err;
}

/* --- the plan ----------------------------------------------------------- */

static const struct {
	const char *title, *office;
	int month;
} items[] = {
    {"制定代表接待日轮值表", "联络站", 1}, {"代表履职培训", "人大办", 2},
    {"民生实事项目视察", "代表小组", 3},   {"代表向选民述职", "联络站", 5},
    {"五水共治监督检查", "人大办", 6},     {"半年工作评议", "人大办", 7},
    {"代表建议督办", "代表小组", 9},       {"年度履职档案归档", "联络站", 12},
};

static int
plan_unit(struct ctx *c, struct demo *d, int shift)
{
	struct plan_item_id id;
	int err = OK;

	for (int i = 0; err == OK && i < (int)COUNT(items); i++) {
		struct plan_item row = {
		    .title = items[i].title,
		    .month = d->today.year * 100 + items[i].month,
		    .office = items[i].office,
		    .detail = "",
		};
		int due = items[i].month - d->today.month;

		err = plan_item_add(c, &row, &id);
		if (err == OK && (due < 0 || (due == 0 && shift % 2)) &&
		    (i + shift) % 7 != 0)
			err = plan_item_fire(c, id, PLAN_DO_FINISH, "");
		else if (err == OK && due >= 0 && due <= 1)
			err = plan_item_fire(c, id, PLAN_DO_START, "");
		else if (err == OK && due > 3 && shift % 5 == 1)
			err = plan_item_fire(c, id, PLAN_DO_DROP,
			                     "与全市活动合并");
	}
	return err;
}

static int
make_plans(struct demo *d)
{
	int err = OK;

	for (int u = 0; err == OK && u < DEMO_UNITS; u++) {
		struct ctx c = at_unit(d, u);

		err = plan_unit(&c, d, u);
	}
	return err;
}

/* --- the rota ------------------------------------------------------------ */

/* Two deputies each Tuesday of this month and the next. */
static int
fill_rota(struct demo *d, int unit)
{
	const struct demo_unit *u = &d->units[unit];
	struct ctx c = at_station(d, unit);
	struct rota_rule rule = {
	    .station = u->station,
	    .month = d->today.year * 100 + d->today.month,
	    .weekday = TUESDAY,
	    .per_day = 2,
	    .starts = 9 * 60,
	    .ends = 11 * 60,
	};
	int days, err = rota_fill(&c, &rule, &days);

	rule.month += d->today.month == 12 ? 100 - 11 : 1;
	return err == OK ? rota_fill(&c, &rule, &days) : err;
}

/* The demo's deputies receive people a week from now. */
static int
add_own_day(struct demo *d, int unit, struct person_id person)
{
	struct ctx c = at_station(d, unit);
	struct day day = day_add(d->today, 8);
	struct rota row = {
	    .station = d->units[unit].station,
	    .place = d->units[unit].places[0],
	    .person = person,
	    .starts_at = clock_at(day, 14, 0),
	    .ends_at = clock_at(day, 16, 0),
	};
	struct rota_id id;

	return rota_add(&c, &row, &id);
}

static int
miss_one(struct demo *d, int unit)
{
	struct ctx c = at_station(d, unit);
	struct list_query query = {.order = ROTA_BY_LATEST, .value_count = 1};
	struct list_page page;
	int err;

	query.values[0] = (struct list_value){ROTA_LIST_STATION,
	                                      d->units[unit].station.v, NULL};
	err = list_fetch(&c, d->page, &rota_list, &query, LIST_FIRST, NULL, 1,
	                 &page);
	if (err != OK || page.n == 0)
		return err;
	return rota_fire(&c, ((const struct rota_line *)page.rows)[0].id,
	                 ROTA_DO_MISS, "出差");
}

static int
make_rota(struct demo *d)
{
	int err = OK;

	for (int u = 0; err == OK && u < DEMO_UNITS; u++) {
		err = fill_rota(d, u);
		if (err == OK)
			err = miss_one(d, u);
	}
	if (err == OK)
		err = add_own_day(d, DEMO_TOWN, d->deputy);
	return err != OK ? err : add_own_day(d, DEMO_SUBDISTRICT, d->deputy2);
}

int
demo_station_announce(struct demo *d, struct ctx *c,
                      const struct demo_activity *r, struct activity_id *id)
{
	struct rota row = {
	    .station = d->units[r->unit].station,
	    .place = d->units[r->unit].places[r->village],
	    .starts_at = r->starts,
	    .ends_at = r->ends,
	};
	struct rota_id one = {0};
	int err = OK;

	for (int i = 0; err == OK && i < r->n; i++) {
		row.person = r->guests[i].person;
		if (!r->guests[i].walk_in)
			err = rota_add(c, &row, &one);
	}
	return err == OK ? rota_announce(c, one, id) : err;
}

/* --- instructions -------------------------------------------------------- */

static const struct {
	const char *title, *text;
	int sent, due; /* days from today on */
	/* Of how many of the twelve, from the first on, each is true. */
	int received, reported, done;
} sent[SENT_MAX] = {
    {"上报代表小组活动计划",
     "请各镇、街道于期限前上报本年度代表小组活动计划,每组不少于四次。", -30, -4,
     12, 11, 10},
    {"开展代表进站接待月活动",
     "本月起每个联络站每周安排一次代表接待,登记群众反映的事项并及时交办。", -12,
     12, 10, 7, 2},
    {"组织代表向选民述职",
     "市、镇代表在联络站向选民口头述职,年内覆盖半数以上代表。", -3, 40, 5, 0,
     0},
    {"做好闭会期间代表活动信息报送",
     "活动结束三日内在系统中完成签到确认和纪要填写。", 0, 30, 0, 0, 0},
};

static int
send_one(struct demo *d, int i)
{
	struct instruction row = {
	    .title = sent[i].title,
	    .text = sent[i].text,
	    .due_at = clock_at(day_add(d->today, sent[i].due), 23, 59),
	};
	struct unit_id units[DEMO_UNITS];
	struct account sender;
	struct ctx c = *d->c;
	int err = account_named(d->c, d->page, "county", &sender);

	if (err != OK)
		return err;
	c.me = sender.person.v;
	for (int u = 0; u < DEMO_UNITS; u++)
		units[u] = d->units[u].id;
	return instruction_send(&c, &row, units, DEMO_UNITS,
	                        &d->instructions[i]);
}

/* One unit's answers to one instruction, as far as it got. */
static int
answer_one(struct demo *d, int i, int unit)
{
	struct ctx c = at_unit(d, unit);
	struct receipt mine;
	int err = receipt_mine(&c, d->page, d->instructions[i], &mine);

	if (err == OK && unit < sent[i].received)
		err = receipt_fire(&c, mine.id, RECEIPT_DO_RECEIVE, "");
	if (err == OK && unit < sent[i].reported)
		err = receipt_fire(&c, mine.id, RECEIPT_DO_REPORT,
		                   "已部署,正在落实");
	if (err == OK && unit < sent[i].done)
		err = receipt_fire(&c, mine.id, RECEIPT_DO_FINISH, "已完成");
	return err;
}

static int
answer_all(struct demo *d, int i)
{
	struct ctx c = at_unit(d, DEMO_TOWN);
	int err = OK;

	for (int u = 0; err == OK && u < DEMO_UNITS; u++)
		err = answer_one(d, i, u);
	/* The second goes on to the station, which has begun. */
	if (err != OK || i != 1)
		return err;
	err = instruction_pass(&c, d->instructions[i]);
	if (err == OK) {
		struct ctx s = at_station(d, DEMO_TOWN);
		struct receipt mine;

		err = receipt_mine(&s, d->page, d->instructions[i], &mine);
		if (err == OK)
			err = receipt_fire(&s, mine.id, RECEIPT_DO_RECEIVE, "");
	}
	return err;
}

/* --- the acts ------------------------------------------------------------ */

enum { PAPERS, PLANS, ROTA, SEND, ANSWER };

static const struct {
	int64_t before; /* seconds before now */
	int what, i;
} acts[DEMO_STATION_ACTS] = {
    {45 * DAY, PAPERS, 0}, {40 * DAY, PLANS, 0}, {30 * DAY, SEND, 0},
    {20 * DAY, ANSWER, 0}, {12 * DAY, SEND, 1},  {6 * DAY, ANSWER, 1},
    {3 * DAY, SEND, 2},    {2 * DAY, ANSWER, 2}, {3 * 3600, ROTA, 0},
    {2 * 3600, SEND, 3},
};

int64_t
demo_station_at(const struct demo *d, int i)
{
	return d->now.s - acts[i].before;
}

int
demo_station_do(struct demo *d, int i)
{
	switch (acts[i].what) {
	case PAPERS:
		return write_papers(d);
	case PLANS:
		return make_plans(d);
	case ROTA:
		return make_rota(d);
	case SEND:
		return send_one(d, acts[i].i);
	default:
		return answer_all(d, acts[i].i);
	}
}

/* Few deputies, lately: it was on the rota. */
bool
demo_station_is_on_rota(const struct demo *d, const struct demo_activity *r)
{
	enum { LATELY = 60, FEW = 8 };
	int ago = day_diff(d->today, day_of(r->starts));

	if (strcmp(r->kind, RECEPTION_KIND) != 0)
		return false;
	return r->end != DEMO_DRAFT && ago <= LATELY && r->n <= FEW &&
	       r->n > 0 && !r->guests[0].walk_in;
}
