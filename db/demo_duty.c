/*
 * The demo's campaigns and requests: what the county issued over the years and
 * how far the units are, what deputies claimed, and a month that was closed.
 * Nothing here throws dice, so that the years stay as they are.
 */
#include <stdlib.h>

#include "db/campaign.h"
#include "db/campaign_unit.h"
#include "db/demo_in.h"
#include "db/duty_request.h"
#include "db/month.h"
#include "db/store/stmt.h"

enum {
	CAMPAIGNS = 11,
	APART = 182, /* days from one to the next, back from today */
	LASTS = 90,  /* days */
	COMING = 0,
	RUNNING = 1,
	LAST = 2,
	CANCELLED = 5,
	ONE_IN = 6, /* activities of those days that count for one */
	REQUESTS = 24
};

static const struct {
	const char *title, *text, *goals;
} texts[CAMPAIGNS] = {
    {"代表进百村访千户", "各镇街组织代表进村入户,听民声、解民忧。",
     "每名代表走访不少于五户"},
    {"民生实事代表督办", "代表分组督办年度民生实事项目,现场查看进度。",
     "项目全覆盖,问题有回音"},
    {"共同富裕代表在行动", "走访困难家庭和薄弱村,助力共同富裕。",
     "薄弱村全覆盖"},
    {"平安护航代表行动", "开展安全隐患排查和矛盾化解。", "隐患及时交办"},
    {"营商环境代表走访", "走访企业,收集优化营商环境的意见。", "重点企业全覆盖"},
    {"文明城市代表监督", "对文明创建开展监督。", ""},
    {"五水共治代表行", "巡查河道,推动水环境治理。", "河道巡查全覆盖"},
    {"垃圾分类代表在身边", "宣传和监督垃圾分类。", "小区全覆盖"},
    {"乡村振兴代表助力", "围绕乡村振兴开展调研和服务。", "形成调研报告"},
    {"安全生产代表督查", "对重点行业安全生产开展督查。", "问题整改到位"},
    {"防疫惠民", "走访卡口和企业,服务防疫和民生。", "代表全部参加"},
};

/* --- what is due when ------------------------------------------------- */

enum what {
	ISSUE,
	PLAN,
	SUM_UP,
	ACCEPT,
	CLOSE,
	CANCEL,
	ASK,
	ANSWER,
	APPEAL,
	DECIDE,
	MONTH
};

struct demo_later {
	int64_t at;
	enum what what;
	int i, k; /* campaign or request; unit */
};

struct demo_campaign {
	struct campaign_id id;
	struct day from, to;
	struct campaign_unit_id units[DEMO_UNITS];
	bool planned[DEMO_UNITS], over[DEMO_UNITS];
};

struct demo_duty {
	struct demo_campaign campaigns[CAMPAIGNS];
	struct duty_request_id requests[REQUESTS];
	struct demo_later *due;
	int n, next;
	struct person_id county;
};

enum { DUE_MAX = CAMPAIGNS * (DEMO_UNITS * 3 + 2) + REQUESTS * 4 + 4 };

static void
add(struct demo *d, struct day day, int hour, enum what what, int i, int k)
{
	struct demo_duty *y = d->duty;
	int64_t at = clock_at(day, hour, 7 + k).s;

	if (at <= d->now.s && day_compare(day, d->first) >= 0)
		y->due[y->n++] = (struct demo_later){at, what, i, k};
}

/* The end of a request: how it stands today. */
static enum request_state
ends_as(int i)
{
	static const enum request_state ends[] = {
	    REQUEST_ASKED,    REQUEST_CHECKED, REQUEST_REJECTED,
	    REQUEST_APPEALED, REQUEST_GRANTED, REQUEST_DISMISSED,
	};
	enum request_state end = ends[i % (int)COUNT(ends)];

	if (end == REQUEST_ASKED && i > 12)
		return REQUEST_CHECKED;
	return end == REQUEST_APPEALED && i > 12 ? REQUEST_GRANTED : end;
}

int
demo_duty_records(void)
{
	int n = 0;

	for (int i = 0; i < REQUESTS; i++)
		n += ends_as(i) == REQUEST_CHECKED ||
		     ends_as(i) == REQUEST_GRANTED;
	return n;
}

static int
request_unit(int i)
{
	if (i % 3 == 0)
		return DEMO_TOWN;
	return i < 3 ? DEMO_TOWN : (i * 5) % DEMO_UNITS;
}

static struct person_id
request_person(const struct demo *d, int i)
{
	const struct demo_pool *pool = &d->units[request_unit(i)].now;

	return i < 3 ? d->deputy : pool->persons[i * 7 % pool->n];
}

/* The last campaign that is over went to all but the demo's town. */
static bool
takes_part(int i, int k)
{
	return i != LAST || k != DEMO_TOWN;
}

static void
cut_campaign(struct demo *d, int i)
{
	struct demo_campaign *m = &d->duty->campaigns[i];

	m->from = day_add(d->today, 10 - (i > 0 ? 30 + APART * (i - 1) : 0));
	m->to = day_add(m->from, LASTS);
	if (day_compare(m->from, day_add(d->first, 30)) < 0)
		return;
	add(d, day_add(m->from, -14), 9, ISSUE, i, 0);
	if (i == CANCELLED) {
		add(d, day_add(m->from, -2), 9, CANCEL, i, 0);
		return;
	}
	for (int k = 0; k < DEMO_UNITS; k++) {
		if (i == COMING && k % 3 != 0)
			continue;
		if ((i == RUNNING && k == DEMO_UNITS - 1) || !takes_part(i, k))
			continue;
		add(d, day_add(m->from, -12 + k % 8), 10, PLAN, i, k);
		if (i == LAST && k % 5 == 4)
			continue;
		add(d, day_add(m->to, 5 + k % 9), 15, SUM_UP, i, k);
		if (i > LAST || k % 4 != 3)
			add(d, day_add(m->to, 20), 10, ACCEPT, i, k);
	}
	if (i > LAST)
		add(d, day_add(m->to, 40), 16, CLOSE, i, 0);
}

static void
cut_request(struct demo *d, int i)
{
	enum request_state end = ends_as(i);
	/* What waits has not waited long. */
	int ago = end == REQUEST_ASKED      ? 2 + i / 3
	          : end == REQUEST_APPEALED ? 4 + i
	                                    : 4 + i * 9;
	struct day day = day_add(d->today, -ago);

	add(d, day, 9, ASK, i, 0);
	if (end == REQUEST_ASKED)
		return;
	add(d, day_add(day, 1), 10, ANSWER, i, 0);
	if (end == REQUEST_CHECKED || end == REQUEST_REJECTED)
		return;
	add(d, day_add(day, 3), 20, APPEAL, i, 0);
	if (end != REQUEST_APPEALED)
		add(d, day_add(day, 6), 11, DECIDE, i, 0);
}

static int
by_clock(const void *a, const void *b)
{
	const struct demo_later *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->what != y->what)
		return x->what < y->what ? -1 : 1;
	if (x->i != y->i)
		return x->i < y->i ? -1 : 1;
	return x->k - y->k;
}

int
demo_duty_plan(struct demo *d)
{
	static const char sql[] =
	    "SELECT person FROM account WHERE name = 'county'";
	struct day third = {d->today.year, d->today.month, 3};
	struct demo_duty *y = arena_alloc(d->a, sizeof(*y));

	*y = (struct demo_duty){0};
	y->due = arena_alloc(d->a, sizeof(*y->due) * DUE_MAX);
	d->duty = y;
	for (int i = 0; i < CAMPAIGNS; i++)
		cut_campaign(d, i);
	for (int i = 0; i < REQUESTS; i++)
		cut_request(d, i);
	add(d, third, 16, MONTH, 0, DEMO_TOWN);
	add(d, third, 16, MONTH, 0, DEMO_SUBDISTRICT);
	qsort(y->due, (size_t)y->n, sizeof(*y->due), by_clock);
	return stmt_int(ctx_sql(d->c, NULL, sql), &y->county.v);
}

/* --- one act ---------------------------------------------------------- */

static int
issue(struct demo *d, struct ctx *county, int i)
{
	static const char sql[] =
	    "SELECT id FROM campaign_unit WHERE campaign = :campaign"
	    " ORDER BY id";
	struct demo_campaign *m = &d->duty->campaigns[i];
	struct unit_id units[DEMO_UNITS];
	const struct campaign entry = {.title = texts[i].title,
	                               .text = texts[i].text,
	                               .goals = texts[i].goals,
	                               .summary = "",
	                               .reason = "",
	                               .from_on = m->from,
	                               .to_on = m->to};
	struct stmt *q;
	int n = 0, err;

	for (int k = 0; k < DEMO_UNITS; k++)
		if (takes_part(i, k))
			units[n++] = d->units[k].id;
	err = campaign_issue(county, &entry, units, n, &m->id);
	if (err != OK)
		return err;
	q = ctx_sql(d->c, NULL, sql);
	bind_id(q, ":campaign", m->id.v);
	for (int k = 0; k < DEMO_UNITS; k++)
		if (takes_part(i, k) && stmt_next(q))
			m->units[k].v = col_int(q, 0);
	return stmt_end(q);
}

static int
plan(struct demo *d, struct ctx *clerk, int i, int k)
{
	struct demo_campaign *m = &d->duty->campaigns[i];
	const struct campaign_unit row = {
	    .id = m->units[k],
	    .plan = "以代表小组为单位开展,每组至少一次,联络站汇总问题。",
	    .activities = 3 + k % 4,
	    .deputies = 20 + k * 3,
	    .summary = "",
	    .reason = ""};

	m->planned[k] = true;
	return campaign_plan(clerk, &row);
}

/* A unit that held nothing for it has nothing to sum up. */
static int
sum_up(struct demo *d, struct ctx *clerk, int i, int k)
{
	struct demo_campaign *m = &d->duty->campaigns[i];
	struct campaign_unit row;
	int err = campaign_unit_get(clerk, d->page, m->units[k], &row);

	if (err != OK || row.state != CAMPAIGN_UNIT_UNDER_WAY)
		return err;
	m->over[k] = true;
	row.summary = "活动按计划完成,收集的问题已分类交办,群众反映良好。";
	row.opinions = 6 + (i * 7 + k * 5) % 20;
	row.solved = row.opinions * 2 / 3;
	return campaign_sum_up(clerk, &row);
}

static int
accept(struct demo *d, struct ctx *county, int i, int k)
{
	const struct demo_campaign *m = &d->duty->campaigns[i];

	return m->over[k] ? campaign_answer(county, m->units[k], true, "") : OK;
}

static int
ask(struct demo *d, int i)
{
	static const struct {
		const char *duty, *title;
	} what[] = {
	    {"contact", "走访选区困难群众"},
	    {"activity", "调解邻里纠纷"},
	    {"study", "参加代表培训班"},
	    {"supervision", "现场查看道路修复"},
	};
	const struct demo_place *place = &demo_places[request_unit(i)];
	struct ctx deputy = *d->c;
	const struct duty_request entry = {
	    .duty = what[i % 4].duty,
	    .title = what[i % 4].title,
	    .venue = place->villages[i % DEMO_VILLAGES],
	    .words = "村干部同行,有现场照片和走访记录。",
	    .happened_at = clock_at(day_add(day_of(ctx_now(d->c)), -2), 15, 0)};

	deputy.me = request_person(d, i).v;
	return duty_claim(&deputy, &entry, &d->duty->requests[i]);
}

static int
decide(struct demo *d, const struct demo_later *due, struct ctx *c)
{
	struct duty_request_id id = d->duty->requests[due->i];
	enum request_state end = ends_as(due->i);

	c->me = due->what == ANSWER ? d->units[request_unit(due->i)].officer.v
	                            : d->units[request_unit(due->i)].head.v;
	if (due->what == ANSWER && end == REQUEST_CHECKED)
		return duty_request_fire(c, id, REQUEST_DO_CHECK, "情况属实");
	if (due->what == ANSWER)
		return duty_request_fire(c, id, REQUEST_DO_REJECT,
		                         "没有可以核实的材料");
	if (due->what == APPEAL) {
		c->me = request_person(d, due->i).v;
		return duty_request_fire(c, id, REQUEST_DO_APPEAL,
		                         "已补充照片和村里证明");
	}
	return end == REQUEST_GRANTED
	           ? duty_request_fire(c, id, REQUEST_DO_GRANT,
	                               "补充材料可以证实")
	           : duty_request_fire(c, id, REQUEST_DO_DISMISS,
	                               "属本职工作,不计履职");
}

static int
close_last_month(struct demo *d, struct ctx *head, int k)
{
	head->my_unit = d->units[k].id.v;
	return month_close(head, month_add(month_of(day_of(ctx_now(d->c))), -1),
	                   "个别活动的请假待核,下月初办结");
}

static int
perform(struct demo *d, const struct demo_later *due)
{
	struct ctx county = *d->c, unit = *d->c;
	struct campaign_id id = d->duty->campaigns[due->i % CAMPAIGNS].id;

	county.me = d->duty->county.v;
	unit.me = d->units[due->k].clerk.v;
	switch (due->what) {
	case ISSUE:
		return issue(d, &county, due->i);
	case PLAN:
		return plan(d, &unit, due->i, due->k);
	case SUM_UP:
		return sum_up(d, &unit, due->i, due->k);
	case ACCEPT:
		return accept(d, &county, due->i, due->k);
	case CLOSE:
		return campaign_fire(&county, id, CAMPAIGN_DO_CLOSE,
		                     "各镇街按计划完成,成效明显。");
	case CANCEL:
		return campaign_fire(&county, id, CAMPAIGN_DO_CANCEL,
		                     "与全市统一行动合并开展");
	case ASK:
		return ask(d, due->i);
	case ANSWER:
	case APPEAL:
	case DECIDE:
		return decide(d, due, &unit);
	case MONTH:
		unit.me = d->units[due->k].head.v;
		return close_last_month(d, &unit, due->k);
	}
	return OK;
}

int
demo_duty_until(struct demo *d, int64_t at)
{
	struct demo_duty *y = d->duty;
	int err = OK;

	while (err == OK && y->next < y->n && y->due[y->next].at <= at) {
		const struct demo_later *due = &y->due[y->next++];

		d->c->stopped.s = due->at;
		err = perform(d, due);
		arena_reset(d->page);
	}
	return err;
}

struct campaign_unit_id
demo_campaign_of(const struct demo *d, const struct demo_activity *row,
                 int number)
{
	struct day day = day_of(row->starts);
	struct campaign_unit_id none = {0};

	for (int i = 0; i < CAMPAIGNS && number % ONE_IN == 0; i++) {
		const struct demo_campaign *m = &d->duty->campaigns[i];

		if (m->planned[row->unit] && !m->over[row->unit] &&
		    i != CANCELLED && day_compare(day, m->from) >= 0 &&
		    day_compare(day, m->to) <= 0)
			return m->units[row->unit];
	}
	return none;
}
