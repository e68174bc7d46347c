#include "tests/unit/fixture_strike.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "db/activity.h"
#include "db/campaign.h"
#include "db/campaign_unit.h"
#include "db/document.h"
#include "db/duty_request.h"
#include "db/instruction.h"
#include "db/month.h"
#include "db/place.h"
#include "db/plan_item.h"
#include "db/rota.h"

/* --- campaigns ------------------------------------------------------------ */

static const struct campaign_id spring = {100};
static const struct campaign_unit_id our_spring = {100};

static struct campaign
campaign_entry(void)
{
	return (struct campaign){.title = "五水共治",
	                         .text = "巡河",
	                         .goals = "",
	                         .summary = "",
	                         .reason = "",
	                         .from_on = {2026, 4, 1},
	                         .to_on = {2026, 6, 30}};
}

static void
issue(struct cast *w)
{
	const struct campaign entry = campaign_entry();
	struct campaign_id id;

	YES(campaign_issue(&w->county, &entry, NULL, 0, &id));
}

static void
change_campaign(struct cast *w)
{
	struct campaign entry = campaign_entry();

	entry.id = spring;
	YES(campaign_save(&w->county, &entry));
}

static void
close_campaign(struct cast *w)
{
	YES(campaign_fire(&w->county, spring, CAMPAIGN_DO_CLOSE, "很好"));
}

static void
reopen_campaign(struct cast *w)
{
	YES(campaign_fire(&w->county, spring, CAMPAIGN_DO_REOPEN, "早了"));
}

static void
cancel_campaign(struct cast *w)
{
	YES(campaign_fire(&w->county, spring, CAMPAIGN_DO_CANCEL, "改期"));
}

static void
plan_campaign(struct cast *w)
{
	struct campaign_unit row;

	YES(campaign_unit_get(&w->staff, w->a, our_spring, &row));
	row.plan = "四次";
	row.activities = 4;
	YES(campaign_plan(&w->staff, &row));
}

static void
attach(struct cast *w)
{
	YES(campaign_attach(&w->staff, our_spring, (struct activity_id){104}));
}

static void
detach(struct cast *w)
{
	YES(campaign_detach(&w->staff, our_spring, (struct activity_id){103}));
}

static void
sum_up(struct cast *w)
{
	struct campaign_unit row;

	YES(campaign_unit_get(&w->staff, w->a, our_spring, &row));
	row.summary = "走访二十户";
	row.opinions = 5;
	row.solved = 2;
	YES(campaign_sum_up(&w->staff, &row));
}

static void
accept_summary(struct cast *w)
{
	YES(campaign_answer(&w->county, our_spring, true, ""));
}

static void
return_summary(struct cast *w)
{
	YES(campaign_answer(&w->county, our_spring, false, "太短"));
}

/* --- requests about duty files, months ------------------------------------ */

static const struct duty_request_id asked = {100};

static void
claim(struct cast *w)
{
	const struct duty_request entry = {
	    .duty = "contact",
	    .title = "走访",
	    .venue = "",
	    .words = "同行",
	    .happened_at = {ctx_now(&w->deputy).s - 86400}};
	struct duty_request_id id;

	YES(duty_claim(&w->deputy, &entry, &id));
}

static void
withdraw(struct cast *w)
{
	YES(duty_request_fire(&w->deputy, asked, REQUEST_DO_WITHDRAW, ""));
}

static void
check_request(struct cast *w)
{
	YES(duty_request_fire(&w->staff, asked, REQUEST_DO_CHECK, ""));
}

static void
reject(struct cast *w)
{
	YES(duty_request_fire(&w->staff, asked, REQUEST_DO_REJECT, "无据"));
}

static void
appeal(struct cast *w)
{
	YES(duty_request_fire(&w->deputy, asked, REQUEST_DO_APPEAL, "有照片"));
}

static void
prepare_appeal(struct cast *w)
{
	reject(w);
	appeal(w);
}

static void
grant_appeal(struct cast *w)
{
	YES(duty_request_fire(&w->head, asked, REQUEST_DO_GRANT, ""));
}

static void
dismiss(struct cast *w)
{
	YES(duty_request_fire(&w->head, asked, REQUEST_DO_DISMISS, "不足"));
}

static void
close_month(struct cast *w)
{
	YES(month_close(&w->staff, 202603, "下月再办"));
}

/* --- running a station: rows of the world are 100, 110 and 111 ---------- */

static void
save_place(struct cast *w)
{
	struct place row;

	YES(place_get(&w->head, w->a, (struct place_id){101}, &row));
	row.name = "改了名称";
	row.closed_on = ctx_today(&w->head);
	YES(place_save(&w->head, &row));
}

static void
fill_rota(struct cast *w)
{
	struct rota_rule rule = {.station = {100},
	                         .month = 202605,
	                         .weekday = 2,
	                         .per_day = 2,
	                         .starts = 540,
	                         .ends = 600};
	int days;

	YES(rota_fill(&w->head, &rule, &days));
}

static void
add_rota(struct cast *w)
{
	struct rota row = {.station = {100},
	                   .person = {112},
	                   .starts_at = {1774850400},
	                   .ends_at = {1774857600}};
	struct rota_id id;

	YES(rota_add(&w->head, &row, &id));
}

static void
drop_rota(struct cast *w)
{
	YES(rota_drop(&w->head, (struct rota_id){110}));
}

static void
swap_rota(struct cast *w)
{
	int64_t other = fixture_int(w->f, "SELECT max(id) FROM rota");

	YES(rota_swap(&w->head, (struct rota_id){110},
	              (struct rota_id){other}));
}

static void
miss_rota(struct cast *w)
{
	YES(rota_fire(&w->head, (struct rota_id){110}, ROTA_DO_MISS, "出差"));
}

static void
back_on_rota(struct cast *w)
{
	YES(rota_fire(&w->head, (struct rota_id){110}, ROTA_DO_BACK, ""));
}

static void
announce(struct cast *w)
{
	struct activity_id id;

	YES(rota_announce(&w->head, (struct rota_id){110}, &id));
}

/* The reception that takes notes now. */

static void
add_plan(struct cast *w)
{
	struct plan_item row = {
	    .title = "接待月", .month = 202605, .office = "联络站"};
	struct plan_item_id id;

	YES(plan_item_add(&w->staff, &row, &id));
}

static void
save_plan(struct cast *w)
{
	struct plan_item row;

	YES(plan_item_get(&w->staff, w->a, (struct plan_item_id){100}, &row));
	row.title = "改了名称";
	YES(plan_item_save(&w->staff, &row));
}

static void
step_plan(struct cast *w, enum plan_step step, const char *reason)
{
	YES(plan_item_fire(&w->staff, (struct plan_item_id){100}, step,
	                   reason));
}

static void
start_plan(struct cast *w)
{
	step_plan(w, PLAN_DO_START, "");
}

static void
finish_plan(struct cast *w)
{
	step_plan(w, PLAN_DO_FINISH, "");
}

static void
drop_plan(struct cast *w)
{
	step_plan(w, PLAN_DO_DROP, "合并");
}

static void
reopen_plan(struct cast *w)
{
	step_plan(w, PLAN_DO_REOPEN, "漏了一组");
}

/* The county's to unit 1, received there. */
static void
send_and_receive(struct cast *w)
{
	const struct unit_id unit = {1};
	struct instruction row = {.title = "上报", .text = "全文"};
	struct instruction_id id;
	struct receipt mine;

	row.due_at.s = ctx_now(&w->staff).s + 86400;
	YES(instruction_send(&w->f->ctx, &row, &unit, 1, &id));
	YES(receipt_mine(&w->staff, w->a, id, &mine));
	YES(receipt_fire(&w->staff, mine.id, RECEIPT_DO_RECEIVE, ""));
}

static void
send_instruction(struct cast *w)
{
	struct instruction row = {.title = "上报", .text = "全文"};
	struct instruction_id id;

	row.due_at.s = ctx_now(&w->staff).s + 86400;
	YES(instruction_send(&w->staff, &row, NULL, 0, &id));
}

static void
pass_instruction(struct cast *w)
{
	int64_t id = fixture_int(w->f, "SELECT max(id) FROM instruction");

	YES(instruction_pass(&w->staff, (struct instruction_id){id}));
}

static void
receive(struct cast *w)
{
	YES(receipt_fire(&w->head, (struct receipt_id){100}, RECEIPT_DO_RECEIVE,
	                 ""));
}

static void
report(struct cast *w)
{
	YES(receipt_fire(&w->head, (struct receipt_id){100}, RECEIPT_DO_REPORT,
	                 "已部署"));
}

static void
finish(struct cast *w)
{
	YES(receipt_fire(&w->head, (struct receipt_id){100}, RECEIPT_DO_FINISH,
	                 "已完成"));
}

static void
receive_and_finish(struct cast *w)
{
	receive(w);
	finish(w);
}

static void
ask_for_more(struct cast *w)
{
	YES(receipt_fire(&w->staff, (struct receipt_id){100}, RECEIPT_DO_RETURN,
	                 "缺附表"));
}

static void
save_document(struct cast *w)
{
	struct document row = {
	    .name = "制度", .kind = DOCUMENT_RULE, .text = "新的"};
	struct document_id id;

	YES(document_save(&w->staff, &row, &id));
}

static void
drop_document(struct cast *w)
{
	YES(document_drop(&w->staff, (struct document_id){100}));
}

const struct scenario running_scenarios[] = {
    {ACTION_PLACE_SAVE, NULL, save_place},
    {ACTION_ROTA_FILL, NULL, fill_rota},
    {ACTION_ROTA_ADD, NULL, add_rota},
    {ACTION_ROTA_DROP, NULL, drop_rota},
    {ACTION_ROTA_SWAP, add_rota, swap_rota},
    {ACTION_ROTA_MISS, NULL, miss_rota},
    {ACTION_ROTA_MISS, announce, miss_rota},
    {ACTION_ROTA_BACK, miss_rota, back_on_rota},
    {ACTION_ROTA_ANNOUNCE, NULL, announce},
    {ACTION_PLAN_ADD, NULL, add_plan},
    {ACTION_PLAN_SAVE, NULL, save_plan},
    {ACTION_PLAN_START, NULL, start_plan},
    {ACTION_PLAN_DONE, NULL, finish_plan},
    {ACTION_PLAN_DROP, NULL, drop_plan},
    {ACTION_PLAN_REOPEN, drop_plan, reopen_plan},
    {ACTION_INSTRUCTION_SEND, NULL, send_instruction},
    {ACTION_INSTRUCTION_PASS, send_and_receive, pass_instruction},
    {ACTION_RECEIPT_RECEIVE, NULL, receive},
    {ACTION_RECEIPT_REPORT, receive, report},
    {ACTION_RECEIPT_DONE, receive, finish},
    {ACTION_RECEIPT_RETURN, receive_and_finish, ask_for_more},
    {ACTION_DOCUMENT_SAVE, NULL, save_document},
    {ACTION_DOCUMENT_DROP, NULL, drop_document},
    {ACTION_CAMPAIGN_ISSUE, NULL, issue},
    {ACTION_CAMPAIGN_SAVE, NULL, change_campaign},
    {ACTION_CAMPAIGN_CLOSE, NULL, close_campaign},
    {ACTION_CAMPAIGN_REOPEN, close_campaign, reopen_campaign},
    {ACTION_CAMPAIGN_CANCEL, NULL, cancel_campaign},
    {ACTION_CAMPAIGN_PLAN, NULL, plan_campaign},
    {ACTION_CAMPAIGN_ATTACH, NULL, attach},
    {ACTION_CAMPAIGN_DETACH, NULL, detach},
    {ACTION_CAMPAIGN_SUM_UP, NULL, sum_up},
    {ACTION_CAMPAIGN_RETURN, sum_up, return_summary},
    {ACTION_CAMPAIGN_ACCEPT, sum_up, accept_summary},
    {ACTION_REQUEST_ASK, NULL, claim},
    {ACTION_REQUEST_WITHDRAW, NULL, withdraw},
    {ACTION_REQUEST_CHECK, NULL, check_request},
    {ACTION_REQUEST_REJECT, NULL, reject},
    {ACTION_REQUEST_APPEAL, reject, appeal},
    {ACTION_REQUEST_GRANT, prepare_appeal, grant_appeal},
    {ACTION_REQUEST_DISMISS, prepare_appeal, dismiss},
    {ACTION_MONTH_CLOSE, NULL, close_month},
    {ACTIONS, NULL, NULL},
};
