/*
 * The demo's livelihood projects as they pass: each planned turn by whoever
 * takes it, through the calls that screens use. Ballots are
 * db/demo_ballot.c.
 */
#include "db/demo_project.h"

#include <string.h>

#include "db/demo_opinion.h"
#include "db/project_plan.h"
#include "db/project_task.h"
#include "db/store/stmt.h"

/* --- who and what --------------------------------------------------------- */

static struct ctx
as(const struct demo *d, struct person_id person)
{
	struct ctx c = *d->c;

	c.me = person.v;
	return c;
}

const struct demo_office *
demo_project_lead(const struct demo *d, const struct demo_project *p)
{
	const struct demo_idea *idea = &demo_ideas[p->idea];

	if (p->shown)
		return &d->units[p->unit].offices[OFFICE_SOCIAL];
	return p->words == 0 || p->unit % 3 == 0
	           ? &d->units[p->unit].offices[idea->unit_office]
	           : &d->units[DEMO_UNITS].offices[idea->county_office];
}

static const char *
say(struct demo *d, const struct demo_project *p, const char *text)
{
	return demo_say(d->page, text,
	                demo_places[p->unit].villages[p->village], "");
}

static int64_t
budget_of(const struct demo_project *p)
{
	return (int64_t)demo_ideas[p->idea].budget * 10000 *
	       (80 + p->village * 5) / 100;
}

/* --- proposals -------------------------------------------------------------
 */

/* What an opinion became and nobody took up yet, if there is any. */
static int
find_converted(struct demo *d, struct demo_project *p)
{
	static const char sql[] =
	    "SELECT id FROM project WHERE unit = :unit AND source = 'opinion'"
	    " AND state = 'pool' ORDER BY id LIMIT 1";
	struct project_act act = {
	    .step = PROJECT_DO_SHORTLIST, .words = "", .reason = ""};
	struct ctx clerk = as(d, d->units[p->unit].clerk);
	struct stmt *q = ctx_sql(&clerk, NULL, sql);
	struct project row;
	int err;

	bind_id(q, ":unit", d->units[p->unit].id.v);
	err = stmt_int(q, &act.id.v);
	if (err == OK)
		err = project_get(&clerk, d->page, act.id, &row);
	if (err != OK)
		return err;
	act.version = row.version;
	p->id = act.id;
	for (int i = 0; i < DEMO_IDEAS; i++)
		if (strcmp(demo_ideas[i].category, row.category) == 0)
			p->idea = i;
	return project_act(&clerk, &act);
}

/* Who acts, where. */
static struct ctx
proposer(const struct demo *d, struct demo_project *p)
{
	const struct demo_unit *u = &d->units[p->unit];
	struct ctx c = *d->c;

	c.my_unit = u->id.v;
	switch ((enum project_source)p->source) {
	case PROJECT_BY_DEPUTY:
		c.me = p->by.v;
		c.scope = SCOPE_SELF;
		break;
	case PROJECT_BY_OFFICE:
		c.me = demo_project_lead(d, p)->person.v;
		c.my_organ = demo_project_lead(d, p)->id.v;
		c.scope = SCOPE_ASSIGNED;
		break;
	case PROJECT_BY_STAFF:
	case PROJECT_BY_OPINION:
		c.me = u->clerk.v;
		break;
	case PROJECT_BY_PUBLIC:
	case PROJECT_BY_IMPORT:
		break; /* the system's */
	}
	return c;
}

static int
propose(struct demo *d, struct demo_project *p, int i)
{
	const struct demo_idea *idea = &demo_ideas[p->idea];
	struct ctx c = proposer(d, p);
	struct project entry;
	int err = p->source == PROJECT_BY_OPINION ? find_converted(d, p)
	                                          : ERR_NOT_FOUND;

	if (err != ERR_NOT_FOUND)
		return err;
	project_default(&c, &entry);
	entry.unit = d->units[p->unit].id;
	entry.source = p->source;
	entry.title = say(d, p, idea->titles[p->words]);
	entry.body = say(d, p, idea->bodies[p->words]);
	entry.category = idea->category;
	entry.venue = demo_places[p->unit].villages[p->village];
	entry.year = p->year;
	entry.budget = budget_of(p);
	if (p->source == PROJECT_BY_PUBLIC) {
		entry.proposed_by = demo_senders[i % DEMO_SENDERS];
		return project_add_public(
		    &c, &entry, p->held ? "短时间内多次提交" : "", &p->id);
	}
	if (p->source == PROJECT_BY_IMPORT)
		entry.reserve =
		    arena_printf(d->page, "CB%d-%04d", p->year, i + 1);
	return project_add(&c, &entry, &p->id);
}

/* --- steps by hand ---------------------------------------------------------
 */

static enum project_step
step_of(enum demo_project_what what)
{
	switch (what) {
	case DO_ACCEPT:
		return PROJECT_DO_ACCEPT;
	case DO_DECLINE:
		return PROJECT_DO_DECLINE;
	case DO_MERGE:
		return PROJECT_DO_MERGE;
	case DO_SHORTLIST:
		return PROJECT_DO_SHORTLIST;
	case DO_NOMINATE:
		return PROJECT_DO_NOMINATE;
	case DO_PLAN:
		return PROJECT_DO_PLAN;
	case DO_START:
		return PROJECT_DO_START;
	case DO_REJECT:
		return PROJECT_DO_REJECT;
	case DO_INSPECT:
		return PROJECT_DO_INSPECT;
	case DO_CLOSE:
		return PROJECT_DO_RATE;
	case DO_ARCHIVE:
		return PROJECT_DO_ARCHIVE;
	default:
		return PROJECT_DO_CLAIM;
	}
}

static void
fill_plan(struct demo *d, const struct demo_project *p, struct project_act *act)
{
	const struct demo_stage *stages =
	    demo_stages[demo_ideas[p->idea].stages];
	int n = demo_project_stages(p);
	uint64_t dice = (uint64_t)p->id.v * 7919;
	struct milestone_entry *all =
	    arena_alloc(d->page, (size_t)n * sizeof(*all));

	for (int k = 0; k < n; k++)
		all[k] = (struct milestone_entry){
		    .title = stages[k].title,
		    .due_on = demo_project_due(p, k),
		    .weight = stages[k].weight,
		};
	act->lead = demo_project_lead(d, p)->id;
	act->leader = demo_name(d->page, &dice);
	act->budget = budget_of(p);
	act->starts_on = p->starts;
	act->ends_on = p->ends;
	act->milestones = all;
	act->milestone_count = n;
}

/* Words of a step, and its reason. */
static void
fill_words(struct project_act *act)
{
	switch (act->step) {
	case PROJECT_DO_DECLINE:
		act->reason = act->id.v % 2 == 0 ? "已列入部门年度计划办理"
		                                 : "用地条件暂不具备";
		break;
	case PROJECT_DO_CLAIM:
		act->words = "工程内容全部完成,资料齐全,申请验收。";
		break;
	case PROJECT_DO_REJECT:
		act->words = "现场还有零星收尾,标识标牌未到位,请完善后再报。";
		break;
	case PROJECT_DO_INSPECT:
		act->words = "代表和村社共同验收,质量合格,同意交付使用。";
		break;
	case PROJECT_DO_RATE:
		act->words = "测评结束。";
		break;
	default:
		break;
	}
}

/* What an opinion became was taken up before, or is no longer wanted. */
static bool
is_over(const struct project *row, enum project_step step)
{
	return (step == PROJECT_DO_ACCEPT && row->state != PROJECT_PROPOSED) ||
	       (step == PROJECT_DO_SHORTLIST && row->state != PROJECT_POOL);
}

static int
act(struct demo *d, const struct demo_project *p, enum demo_project_what what)
{
	struct ctx c = as(d, what == DO_CLAIM ? demo_project_lead(d, p)->person
	                                      : d->units[p->unit].clerk);
	struct project_act it = {
	    .id = p->id, .step = step_of(what), .words = "", .reason = ""};
	struct project row;
	int err = project_get(&c, d->page, p->id, &row);

	if (err != OK || is_over(&row, it.step))
		return err;
	it.version = row.version;
	if (p->into >= 0)
		it.into = d->projects->all[p->into].id;
	if (what == DO_PLAN)
		fill_plan(d, p, &it);
	fill_words(&it);
	return project_act(&c, &it);
}

/* Shown to the public, most of them. */
static int
publish(struct demo *d, const struct demo_project *p)
{
	struct ctx clerk = as(d, d->units[p->unit].clerk);
	struct project row;
	int err = project_get(&clerk, d->page, p->id, &row);

	if (err != OK || p->id.v % 4 == 0)
		return err;
	row.published = true;
	return project_save(&clerk, &row);
}

/* --- under way -------------------------------------------------------------
 */

static int
reach(struct demo *d, const struct demo_project *p, int k)
{
	struct ctx office = as(d, demo_project_lead(d, p)->person);
	struct project_milestone *all;
	int n, err = milestone_list(&office, d->page, p->id, &all, &n);

	if (err != OK || k >= n || all[k].done_on.year != 0)
		return err;
	return milestone_reach(&office, all[k].id, ctx_today(&office));
}

/* Which milestones a report reaches: what is due before the next one; all
 * with the last. */
static int
reached_with(struct demo *d, struct ctx *office, const struct demo_project *p,
             bool last, struct project_milestone_id *out, int *n)
{
	struct project_milestone *all;
	struct day today = ctx_today(office);
	int ahead = p->tight ? -31 : 26, count;
	int err = milestone_list(office, d->page, p->id, &all, &count);

	*n = 0;
	for (int k = 0; k < count && err == OK; k++)
		if (all[k].done_on.year == 0 &&
		    (last || (k < p->reached && k < count - 1 &&
		              day_diff(all[k].due_on, today) < ahead)))
			out[(*n)++] = all[k].id;
	return err;
}

static int
report(struct demo *d, const struct demo_project *p, int64_t month, bool last)
{
	static const char *const words[] = {
	    "按计划推进,完成当月工作量。", "已完成材料进场和分项验收。",
	    "雨天较多,室外作业放缓,已增加人员。",
	    "召开现场协调会,管线迁改问题已解决。"};
	struct ctx office = as(d, demo_project_lead(d, p)->person);
	struct project_milestone_id reached[PROJECT_MILESTONES_MAX];
	int days = day_diff(p->ends, p->starts), n;
	int gone = day_diff(ctx_today(&office), p->starts);
	int done = gone * 100 / (days > 0 ? days : 1);
	struct project_report row = {
	    .project = p->id,
	    .month = month,
	    .words = words[(p->id.v + month) % 4],
	    .next = "继续按节点施工,加强安全管理。",
	};
	int err = reached_with(d, &office, p, last, reached, &n);

	if (p->reached < demo_project_stages(p))
		done = done * 3 / 5; /* behind its plan */
	row.done = last ? 100 : done > 95 ? 95 : done;
	row.spent = budget_of(p) * row.done / 100 * 97 / 100;
	if (last)
		row.words = "全部工程内容完成,已自验合格。", row.next = "";
	return err == OK ? report_add(&office, &row, reached, n) : err;
}

/* The last report says that all is done. */
static int
claim(struct demo *d, const struct demo_project *p, bool again)
{
	int err = OK;

	if (!again)
		err = report(d, p, month_of(ctx_today(d->c)), true);
	return err == OK ? act(d, p, DO_CLAIM) : err;
}

static int
ask(struct demo *d, const struct demo_project *p, int kind)
{
	static const char *const words[] = {
	    "群众要求增加无障碍设施,拟在原址扩大实施范围。",
	    "主要材料价格上涨,拟在年度预算内调增百分之十。",
	    "受管线迁改影响,申请延期二十天。",
	    "选址范围列入轨道交通控制区,无法实施,申请终止。"};
	struct ctx office = as(d, demo_project_lead(d, p)->person);

	return change_ask(&office, &(struct project_change){
				       .project = p->id,
				       .kind = kind,
				       .words = words[kind],
				       .budget = budget_of(p) * 11 / 10,
				       .ends_on = day_add(p->ends, 20),
				   });
}

static int
decide(struct demo *d, const struct demo_project *p, bool approve)
{
	static const char sql[] = "SELECT id FROM project_change"
				  " WHERE project = :id AND state = 'asked'";
	struct ctx head = as(d, d->units[p->unit].head);
	struct stmt *q = ctx_sql(&head, NULL, sql);
	struct project_change_id id;
	int err;

	bind_id(q, ":id", p->id.v);
	err = stmt_int(q, &id.v);
	return err == OK ? change_decide(&head, id, approve,
	                                 approve ? "经主席团会议研究同意"
	                                         : "按原批准内容实施")
	                 : err;
}

/* --- ratings ---------------------------------------------------------------
 */

static int
grade_of(int64_t seed)
{
	int64_t at = seed * 37 % 100;

	return at < 78   ? RATING_SATISFIED
	       : at < 95 ? RATING_BASIC
	                 : RATING_DISSATISFIED;
}

static int
rate(struct demo *d, const struct demo_project *p, int k)
{
	static const char *const words[] = {"", "群众反映很好。", "",
	                                    "希望加强后期管护。"};
	struct ctx deputy = as(d, p->team[k]);

	return project_rate(&deputy, p->id, grade_of(p->id.v + k * 11),
	                    words[(p->id.v + k) % 4]);
}

/* A member of the assembly, where there is one, and some of the public. */
static int
rate_all(struct demo *d, const struct demo_project *p)
{
	const struct demo_unit *u = &d->units[p->unit];
	struct project row;
	int err = project_get(d->c, d->page, p->id, &row);

	if (err == OK && u->member_n > 1) {
		struct ctx member = as(d, u->members[u->member_n - 1]);

		err = project_rate(&member, p->id, RATING_SATISFIED, "");
	}
	for (int k = 0; err == OK && row.published && k < 1 + p->id.v % 3; k++)
		err =
		    project_rate_public(d->c, p->id, grade_of(p->id.v + k * 29),
		                        k == 1 ? "家门口方便多了" : "");
	return err;
}

/* --- tasks -----------------------------------------------------------------
 */

static int
send(struct demo *d, const struct demo_project *p, struct demo_task *t)
{
	struct ctx deputy = as(d, t->person);
	struct project_task entry = {
	    .project = p->id,
	    .kind = t->visit != NULL ? TASK_FINDING : TASK_OPINION,
	    .words = demo_remarks[t->remark][0],
	};

	if (t->visit != NULL)
		entry.activity = t->visit->id;
	return task_add(&deputy, &entry, &t->id);
}

static int
act_on(struct demo *d, const struct demo_project *p, const struct demo_task *t,
       enum demo_project_what what)
{
	struct ctx c = as(d, t->person);
	struct project_task row;
	int err = task_get(&c, d->page, t->id, &row);

	if (err != OK)
		return err;
	if (what == DO_AGAIN || what == DO_INSIST)
		return task_act(&c, t->id, row.version,
		                what == DO_AGAIN ? TASK_DO_AGAIN
		                                 : TASK_DO_INSIST,
		                "现场看还没有到位,请再核实。", 0);
	if (what == DO_SATISFIED)
		return task_act(&c, t->id, row.version, TASK_DO_CLOSE, "",
		                t->id.v % 5 == 0 ? RATING_BASIC
		                                 : RATING_SATISFIED);
	if (what == DO_END) {
		c.me = d->units[p->unit].head.v;
		return task_act(&c, t->id, row.version, TASK_DO_END,
		                "已组织代表和单位现场核对,按最后方案实施。", 0);
	}
	c.me = demo_project_lead(d, p)->person.v;
	c.my_organ = row.organ.v;
	return what == DO_REPLY
	           ? task_act(&c, t->id, row.version, TASK_DO_REPLY,
	                      demo_remarks[t->remark][1], 0)
	           : task_act(&c, t->id, row.version, TASK_DO_ACCEPT, "", 0);
}

/* --- one turn --------------------------------------------------------------
 */

static int
set_team(struct demo *d, const struct demo_project *p)
{
	struct ctx clerk = as(d, d->units[p->unit].clerk);
	int err = team_set(&clerk, p->id, p->team, p->team_n, p->team[0]);

	return err == OK ? publish(d, p) : err;
}

static int
perform(struct demo *d, struct demo_project *p,
        const struct demo_project_turn *turn)
{
	switch (turn->what) {
	case DO_PROPOSE:
		return propose(d, p, turn->i);
	case DO_TEAM:
		return set_team(d, p);
	case DO_MILESTONE:
		return reach(d, p, turn->k);
	case DO_REPORT:
		return report(d, p, turn->k, false);
	case DO_ASK:
		return ask(d, p, turn->k);
	case DO_DECIDE:
		return decide(d, p, turn->k != 0);
	case DO_CLAIM:
		return claim(d, p, turn->k != 0);
	case DO_RATE:
		return rate(d, p, turn->k);
	case DO_RATE_ALL:
		return rate_all(d, p);
	case DO_SEND:
		return send(d, p, &p->tasks[turn->k]);
	case DO_TASK_ACCEPT:
	case DO_REPLY:
	case DO_SATISFIED:
	case DO_AGAIN:
	case DO_INSIST:
	case DO_END:
		return act_on(d, p, &p->tasks[turn->k], turn->what);
	default:
		return act(d, p, turn->what);
	}
}

int
demo_project_do(struct demo *d, int i)
{
	const struct demo_project_turn *turn = &d->projects->turns[i];

	return turn->what >= DO_PREPARE
	           ? demo_ballot_do(d, turn)
	           : perform(d, &d->projects->all[turn->i], turn);
}

int
demo_project_visit(struct ctx *c, const struct demo_activity *r,
                   struct activity_id *id)
{
	return visit_add(c, r->project->id, r->starts,
	                 demo_places[r->unit].villages[r->village], id);
}

/* --- what an opinion became ------------------------------------------------
 */

int
demo_project_settle(struct demo *d, struct ctx *c, struct opinion_id id,
                    bool *declined)
{
	static const char sql[] =
	    "SELECT p.id FROM conversion AS v"
	    " CROSS JOIN project AS p ON p.conversion = v.id"
	    " WHERE v.opinion = :opinion";
	struct stmt *q = ctx_sql(c, NULL, sql);
	struct project_act it = {.words = "", .reason = ""};
	struct project row;
	int err;

	bind_id(q, ":opinion", id.v);
	err = stmt_int(q, &it.id.v);
	if (err == OK)
		err = project_get(c, d->page, it.id, &row);
	if (err != OK)
		return err;
	*declined = it.id.v % 3 == 0;
	it.step = *declined ? PROJECT_DO_DECLINE : PROJECT_DO_ACCEPT;
	it.version = row.version;
	fill_words(&it);
	return project_act(c, &it);
}
