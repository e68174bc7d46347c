/* Commands about oneself and the service. */
#include <inttypes.h>

#include "db/account.h"
#include "db/activity.h"
#include "db/ballot.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/consultation.h"
#include "db/opinion.h"
#include "db/outbox_push.h"
#include "db/store/audit.h"
#include "db/totals.h"
#include "server/session/exec.h"

enum { TODOS = 200 };

int
exec_whoami(struct exec *x)
{
	struct account account;
	struct office_line hat = {.name = ""};
	const char *where = "";
	struct json *j;
	int err;

	if (x->count > 0)
		return ERR_USAGE;
	err = account_get(x->c, x->a, (struct account_id){x->c->account},
	                  &account);
	if (err == OK)
		err = office_hat(x->c, x->a, (struct office_id){x->c->office},
		                 &hat);
	if (err != OK)
		return err;
	where = office_text(x->a, &hat);
	if (!x->json) {
		buf_addf(&x->out, "%s  %s  %s\n", account.name, hat.name,
		         where);
		return OK;
	}
	j = json_new_object();
	json_set_text(j, "account", account.name);
	json_set_text(j, "name", hat.name);
	json_set_text(j, "role", x->c->role);
	json_set_text(j, "office", where);
	json_set_text(j, "unit", hat.unit_name);
	json_set_text(j, "station", hat.station_name);
	exec_json(x, j);
	return OK;
}

/* Reading the audit's head proves that the database can be read. */
int
exec_health(struct exec *x)
{
	struct audit_head head;
	int64_t waiting, failed;
	struct json *j;
	int err;

	if (x->count > 0)
		return ERR_USAGE;
	err = audit_head(x->c, &head);
	if (err == OK)
		err = push_count(x->c, &waiting, &failed);
	if (err != OK)
		return err;
	if (!x->json) {
		buf_addf(&x->out,
		         "database  ok\nschema    %d\naudit     %" PRId64
		         "\noutbox    %" PRId64 " waiting, %" PRId64
		         " given up\n",
		         store_version(x->c->store), head.seq, waiting, failed);
		return OK;
	}
	j = json_new_object();
	json_set_text(j, "database", "ok");
	json_set_int(j, "schema", store_version(x->c->store));
	json_set_int(j, "audit", head.seq);
	json_set_int(j, "outbox_waiting", waiting);
	json_set_int(j, "outbox_given_up", failed);
	exec_json(x, j);
	return OK;
}

/* --- todo ----------------------------------------------------------------- */

static const char *const urgencies[] = {
    [TODO_OVERDUE] = "overdue",
    [TODO_TODAY] = "today",
    [TODO_SOON] = "soon",
    [TODO_LATER] = "later",
};

static const char *const whats[TODO_WHATS] = {
    [TODO_ANSWER] = "answer",
    [TODO_SIGN_IN] = "sign_in",
    [TODO_ATTEND] = "attend",
    [TODO_HOLD] = "hold",
    [TODO_LEAVE] = "leave",
    [TODO_WALK_IN] = "walk_in",
    [TODO_CONFIRM] = "confirm",
    [TODO_PUBLISH] = "publish",
    [TODO_DUTY] = "duty",
    [TODO_RECEIVE] = "receive",
    [TODO_CARRY_OUT] = "carry_out",
    [TODO_CHASE] = "chase",
    [TODO_CHECK] = "check",
    [TODO_APPEAL] = "appeal",
    [TODO_PLAN] = "plan",
    [TODO_SUM_UP] = "sum_up",
    [TODO_ACCEPT] = "accept",
    [TODO_TAKE] = "opinion_take",
    [TODO_HANDLE] = "opinion_handle",
    [TODO_RETURNED] = "opinion_returned",
    [TODO_TIME] = "opinion_time",
    [TODO_TELL] = "opinion_tell",
    [TODO_ESCALATED] = "opinion_escalated",
    [TODO_LEG] = "opinion_accept",
    [TODO_LEG_REPLY] = "opinion_reply",
    [TODO_PROPOSAL] = "project_look",
    [TODO_CHOSEN] = "project_plan",
    [TODO_INSPECT] = "project_inspect",
    [TODO_CHANGE] = "project_change",
    [TODO_REPORT] = "project_report",
    [TODO_MILESTONE] = "project_milestone",
    [TODO_FINDING] = "visit_findings",
    [TODO_RATE] = "project_rate",
    [TODO_TASK_RATE] = "task_rate",
    [TODO_TASK_END] = "task_end",
    [TODO_TASK] = "task_accept",
    [TODO_TASK_REPLY] = "task_reply",
    [TODO_TASK_LATE] = "task_late",
    [TODO_STUDY] = "law_study",
    [TODO_RESULT] = "law_result",
    [TODO_AGAIN] = "law_again",
    [TODO_COMMENT] = "law_check",
    [TODO_LAW_ANSWER] = "law_answer",
    [TODO_CONSULTATION] = "law_close",
};

static struct json *
todo_json(struct exec *x, const struct todo *t)
{
	struct json *j = json_new_object();

	json_set_text(j, "what", whats[t->what]);
	json_set_text(j, "urgency", urgencies[t->urgency]);
	json_set_text(j, "kind", entity_of(t->kind)->name);
	json_set_int(j, "number", t->id);
	json_set_text(j, "title", t->title);
	if (t->at.s != 0)
		json_set_text(j, "at", instant_iso(x->a, t->at));
	else
		json_set_null(j, "at");
	json_set_int(j, "count", t->n);
	return j;
}

static void
add_todo(struct exec *x, const struct todo *t)
{
	const char *when = t->at.s == 0 ? ""
	                   : t->all_day
	                       ? day_show(x->a, day_of(t->at), ctx_today(x->c))
	                       : instant_show(x->a, t->at, ctx_today(x->c));

	buf_addf(&x->out, "%s  %s  %s  %s\n",
	         t->urgency == TODO_OVERDUE || t->urgency == TODO_TODAY ? "!"
	                                                                : " ",
	         text_pad(x->a, _(todo_label(t->what)), 16, false),
	         text_pad(x->a, when, 11, false), t->title);
}

/* What the workbench shows: nothing for those who see neither activities nor
 * opinions. */
int
exec_todo(struct exec *x)
{
	struct json *root, *list;
	struct todo *rows = NULL;
	int n = 0, err = OK;

	if (x->count > 0)
		return ERR_USAGE;
	if (may(x->c, PERM_ACTIVITY_READ) || may(x->c, PERM_OPINION_READ)) {
		/* shown too while the database cannot be written */
		if (activity_tick(x->c, NULL) == ERR_STORE ||
		    opinion_tick(x->c, NULL) == ERR_STORE ||
		    ballot_tick(x->c, NULL) == ERR_STORE ||
		    consultation_tick(x->c, NULL) == ERR_STORE)
			return ERR_STORE;
		err = todo_list(x->c, x->a, TODOS, &rows, &n);
	}
	if (err != OK)
		return err;
	if (!x->json) {
		for (int i = 0; i < n; i++)
			add_todo(x, &rows[i]);
		return OK;
	}
	list = json_new_array();
	for (int i = 0; i < n; i++)
		json_add(list, todo_json(x, &rows[i]));
	root = json_new_object();
	json_set(root, "todo", list);
	exec_json(x, root);
	return OK;
}
