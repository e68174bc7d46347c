/* project N: one project with its plan, months, reports, changes, what was
 * said and how it is rated. */
#include <inttypes.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "server/session/exec_project.h"

enum { BAR = 20 }; /* cells that are 100 percent */

const char *
project_month_text(struct exec *x, int64_t month)
{
	return arena_printf(x->a, "%04d-%02d", (int)(month / 100),
	                    (int)(month % 100));
}

/* --- text ---------------------------------------------------------------- */

static void
pair(struct exec *x, const char *label, const char *value)
{
	if (*value != '\0')
		buf_addf(&x->out, "%s  %s\n", text_pad(x->a, label, 16, false),
		         value);
}

static const char *
days_text(struct exec *x, const struct project *p)
{
	struct day today = ctx_today(x->c);

	if (p->starts_on.year == 0)
		return "";
	return arena_printf(x->a, "%s - %s",
	                    day_show(x->a, p->starts_on, today),
	                    day_show(x->a, p->ends_on, today));
}

static const char *
grades_text(struct exec *x, int64_t satisfied, int64_t basic,
            int64_t dissatisfied)
{
	if (satisfied + basic + dissatisfied == 0)
		return "";
	return arena_printf(
	    x->a,
	    _("%lld satisfied, %lld basically satisfied, %lld dissatisfied"),
	    (long long)satisfied, (long long)basic, (long long)dissatisfied);
}

static const char *
bar(struct exec *x, int64_t percent, char ch)
{
	char cells[BAR + 1];
	int n = (int)(percent * BAR / 100);

	memset(cells, '.', BAR);
	memset(cells, ch, (size_t)(n < 0 ? 0 : n > BAR ? BAR : n));
	cells[BAR] = '\0';
	return arena_strdup(x->a, cells);
}

static void
months_text(struct exec *x, const struct project_month *rows, int n)
{
	for (int i = 0; i < n; i++) {
		bool known = rows[i].done >= 0;

		buf_addf(
		    &x->out, "%s  %s %s %3" PRId64 "%%  %s %s %s\n",
		    project_month_text(x, rows[i].month), _("planned"),
		    bar(x, rows[i].planned, '-'), rows[i].planned,
		    C_("progress", "done"),
		    bar(x, known ? rows[i].done : 0, '#'),
		    known ? arena_printf(x->a, "%3" PRId64 "%%", rows[i].done)
			  : "   -");
	}
}

static void
heading(struct exec *x, int count, const char *text)
{
	if (count > 0)
		buf_addf(&x->out, "\n%s\n", text);
}

static void
ballots_text(struct exec *x, const struct project_shown *s)
{
	heading(x, s->ballot_count, _("Ballots"));
	for (int i = 0; i < s->ballot_count; i++) {
		const struct ballot_of_project *b = &s->ballots[i];

		buf_addf(&x->out, "%6" PRId64 "  %s  %s%s%s\n", b->id.v,
		         b->title, ballot_told(x->a, b),
		         b->outcome == OPTION_NONE ? "" : "  ",
		         b->outcome == OPTION_NONE
		             ? ""
		             : _(option_outcomes[b->outcome].label));
	}
}

static void
plan_text(struct exec *x, const struct project_shown *s)
{
	struct day today = ctx_today(x->c);

	heading(x, s->milestone_count, _("Milestones"));
	for (int i = 0; i < s->milestone_count; i++) {
		const struct project_milestone *m = &s->milestones[i];

		buf_addf(&x->out, "%3" PRId64 "  %s  %3" PRId64 "%%  %s%s%s\n",
		         m->position, text_pad(x->a, m->title, 30, false),
		         m->weight, day_show(x->a, m->due_on, today),
		         m->done_on.year > 0 ? "  * " : "",
		         m->done_on.year > 0 ? day_show(x->a, m->done_on, today)
		                             : "");
	}
	heading(x, s->month_count, _("Month by month"));
	months_text(x, s->months, s->month_count);
}

static void
reports_text(struct exec *x, const struct project_shown *s)
{
	struct day today = ctx_today(x->c);

	heading(x, s->report_count, _("Reports"));
	for (int i = 0; i < s->report_count; i++) {
		const struct project_report *r = &s->reports[i];

		buf_addf(&x->out, "%s  %" PRId64 "%%  %" PRId64 "  %s\n",
		         project_month_text(x, r->month), r->done, r->spent,
		         r->words);
	}
	heading(x, s->change_count, _("Changes"));
	for (int i = 0; i < s->change_count; i++) {
		const struct project_change *r = &s->changes[i];

		const char *to =
		    r->kind == CHANGE_BUDGET
			? arena_printf(x->a, " -> %" PRId64, r->budget)
		    : r->kind == CHANGE_TIME && r->ends_on.year > 0
			? arena_printf(x->a, " -> %s",
		                       day_show(x->a, r->ends_on, today))
			: "";

		buf_addf(&x->out, "%s  %s%s  %s  %s%s%s\n",
		         instant_show(x->a, r->asked_at, today),
		         _(change_kinds[r->kind].label), to,
		         _(change_states[r->state].label), r->words,
		         *r->decision != '\0' ? " / " : "", r->decision);
	}
	heading(x, s->said_count, _("What was said"));
	for (int i = 0; i < s->said_count; i++)
		buf_addf(&x->out, "%s  %s  %s: %s\n",
		         instant_show(x->a, s->said[i].at, today),
		         *s->said[i].name != '\0' ? s->said[i].name : "-",
		         _(project_note_kinds[s->said[i].kind].label),
		         s->said[i].words);
}

static void
show_text(struct exec *x, const struct project_shown *s)
{
	const struct project_page *g = &s->page;
	const struct project *p = &g->row;
	struct day today = ctx_today(x->c);

	buf_addf(&x->out, "%" PRId64 "  %s  %s\n\n%s\n\n", p->id.v, p->title,
	         _(project_states[p->state].label), p->body);
	pair(x, _("Unit"), g->unit_name);
	pair(x, _("Year"), arena_printf(x->a, "%" PRId64, p->year));
	pair(x, _("Place"), p->venue);
	pair(x, _("Category"), g->category_label);
	pair(x, _("Source"), _(project_sources[p->source].label));
	pair(x, _("Raised on"), instant_show(x->a, p->proposed_at, today));
	pair(x, _("Proposed by"),
	     *p->proposed_by != '\0' ? p->proposed_by : g->proposer_name);
	pair(x, _("Number in the reserve pool"), p->reserve);
	pair(x, _("Reason"), p->reason);
	pair(x, _("Lead unit"), g->lead_name);
	pair(x, _("Leader"), p->leader);
	if (p->budget > 0)
		pair(x, _("Budget"),
		     arena_printf(x->a, "%" PRId64 " (%s %" PRId64 ")",
		                  p->budget, _("Spent"), p->spent));
	pair(x, _("Time"), days_text(x, p));
	if (p->reported > 0)
		pair(x, _("Done"),
		     arena_printf(x->a, "%" PRId64 "%%", p->done));
	pair(x, _("Rated by deputies"),
	     grades_text(x, g->satisfied, g->basic, g->dissatisfied));
	pair(x, _("Rated by the public"),
	     grades_text(x, g->public_satisfied, g->public_basic,
	                 g->public_dissatisfied));
	ballots_text(x, s);
	plan_text(x, s);
	reports_text(x, s);
}

int
command_project_show(struct exec *x, const struct given *g)
{
	struct project_shown s = {0};
	struct project_id id;
	int err = g->n == 1 ? given_number(g->words[0], &id.v) : ERR_USAGE;

	if (err == OK)
		err = project_page_get(x->c, x->a, id, &s.page);
	if (err == OK)
		err = milestone_list(x->c, x->a, id, &s.milestones,
		                     &s.milestone_count);
	if (err == OK && s.milestone_count > 0)
		err = project_months(x->c, x->a, id, &s.months, &s.month_count);
	if (err == OK)
		err = report_list(x->c, x->a, id, &s.reports, &s.report_count);
	if (err == OK)
		err = change_list(x->c, x->a, id, &s.changes, &s.change_count);
	if (err == OK)
		err = ballots_of_project(x->c, x->a, id, &s.ballots,
		                         &s.ballot_count);
	if (err == OK)
		err = project_said(x->c, x->a, id, &s.said, &s.said_count);
	if (err != OK)
		return err;
	if (x->json)
		project_show_json(x, &s);
	else
		show_text(x, &s);
	return OK;
}

int
command_project_months(struct exec *x, const struct given *g)
{
	struct project_month *rows;
	struct json *root;
	struct project p;
	int n, err = g->n == 1 ? given_project(x, g, &p) : ERR_USAGE;

	if (err == OK)
		err = project_months(x->c, x->a, p.id, &rows, &n);
	if (err != OK)
		return err;
	if (!x->json) {
		months_text(x, rows, n);
		return OK;
	}
	root = json_new_object();
	json_set_int(root, "number", p.id.v);
	json_set(root, "months", project_months_json(x, rows, n));
	exec_json(x, root);
	return OK;
}
