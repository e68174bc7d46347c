/* The page of a project. */
#include "tui/project_view.h"

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/store/ctx.h"
#include "tui/project_words.h"
#include "tui/station_pick.h"
#include "tui/widget/bar.h"
#include "tui/widget/value.h"

enum {
	LABEL_ZH = 8,
	LABEL_EN = 12,
	VALUE = 26,
	BAR = 20,
	PERCENT = 5,
	MONTHS_SHOWN = 24,
	REPORTS_SHOWN = 12,
	VISITS_SHOWN = 12,
	ALL = 100
};

int
project_view_load(struct ui *ui, struct project_id id, struct project_view *v)
{
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	int err = project_page_get(c, a, id, &v->page);

	if (err == OK)
		err = milestone_list(c, a, id, &v->milestones,
		                     &v->milestone_count);
	if (err == OK)
		err = project_months(c, a, id, &v->months, &v->month_count);
	if (err == OK)
		err = report_list(c, a, id, &v->reports, &v->report_count);
	if (err == OK)
		err = change_list(c, a, id, &v->changes, &v->change_count);
	if (err == OK)
		err =
		    ballots_of_project(c, a, id, &v->ballots, &v->ballot_count);
	if (err == OK)
		err = project_said(c, a, id, &v->said, &v->said_count);
	if (err == OK)
		err = visit_list(c, a, id, &v->visits, &v->visit_count);
	if (err == OK)
		err = history_load_own(ui, &v->history, ENTITY_PROJECT, id.v);
	return err;
}

/* --- what it is ------------------------------------------------------- */

/* Two pairs beside each other; empty ones say "-". */
static void
put_two(struct page *p, const char *label, const char *value,
        const char *label2, const char *value2)
{
	int width = i18n_language() == LANGUAGE_ZH ? LABEL_ZH : LABEL_EN;
	const struct page_cell cells[] = {
	    {.text = label, .width = width, .role = THEME_DIM},
	    {.text = *value != '\0' ? value : "-", .width = VALUE},
	    {.text = label2, .width = width, .role = THEME_DIM},
	    {.text = *value2 != '\0' ? value2 : "-"},
	};

	page_cells(p, cells, (int)COUNT(cells));
}

static void
put_one(struct page *p, const char *label, const char *value)
{
	int width = i18n_language() == LANGUAGE_ZH ? LABEL_ZH : LABEL_EN;
	const struct page_cell cells[] = {
	    {.text = label, .width = width, .role = THEME_DIM},
	    {.text = value},
	};

	page_cells(p, cells, (int)COUNT(cells));
}

static const char *
source_text(struct arena *a, const struct project_page *v)
{
	const struct project *row = &v->row;
	const char *who = *v->organ_name != '\0'      ? v->organ_name
	                  : *v->proposer_name != '\0' ? v->proposer_name
	                                              : row->proposed_by;
	const char *source = _(project_sources[row->source].label);

	return *who != '\0' ? arena_printf(a, "%s  %s", source, who) : source;
}

static const char *
span_text(struct ui *ui, const struct project *row)
{
	struct arena *a = ui_arena(ui);

	if (row->starts_on.year == 0)
		return "";
	return arena_printf(a, "%s - %s",
	                    day_show(a, row->starts_on, ui_today(ui)),
	                    day_show(a, row->ends_on, ui_today(ui)));
}

static const char *
spent_text(struct arena *a, const struct project *row)
{
	if (row->budget == 0 || row->spent == 0)
		return project_yuan(a, row->spent);
	return arena_printf(a, "%s  %lld%%", project_yuan(a, row->spent),
	                    (long long)(row->spent * ALL / row->budget));
}

static const char *
number_text(struct arena *a, int64_t n)
{
	return arena_printf(a, "%lld", (long long)n);
}

/* What the lead unit has to know first: why it was sent back, and what waits
 * for a decision. */
static void
put_urgent(struct ui *ui, struct page *p, const struct project_view *v)
{
	struct arena *a = ui_arena(ui);
	const char *why = "";

	for (int i = 0; i < v->said_count; i++)
		if (v->said[i].kind == PROJECT_NOTE_REJECT)
			why = v->said[i].words;
	if (v->page.row.state == PROJECT_RUNNING && *why != '\0')
		page_textf(p, _("! Not done yet: %s"), why);
	for (int i = 0; i < v->change_count; i++)
		if (v->changes[i].state == CHANGE_ASKED)
			page_textf(p, _("! A change waits for approval: %s"),
			           arena_printf(a, C_("said", "%s: %s"),
			                        project_change_what(
						    ui, a, &v->changes[i]),
			                        v->changes[i].words));
}

/* Two lines: which, where the mark can stand, and what it came to. */
static void
put_ballot(struct ui *ui, struct page *p, const struct ballot_of_project *b)
{
	struct arena *a = ui_arena(ui);
	int width = i18n_language() == LANGUAGE_ZH ? LABEL_ZH : LABEL_EN;
	const char *where =
	    *b->meeting != '\0' ? b->meeting : _(ballot_bodies[b->body].label);
	const char *told = ballot_told(a, b);
	const char *day = b->closed_at.s == 0
	                      ? ""
	                      : day_show(a, day_of(b->closed_at), ui_today(ui));
	const struct page_cell cells[] = {
	    {.text = _("Ballot"), .width = width, .role = THEME_DIM},
	    {.text = b->title, .width = 44},
	    {.text = b->outcome == OPTION_NONE
	                 ? ""
	                 : _(option_outcomes[b->outcome].label),
	     .role = b->outcome == OPTION_SELECTED ? THEME_DONE : THEME_NORMAL},
	};

	if (b->may_open)
		page_item_cells(p, b->id.v, ENTITY_BALLOT, cells,
		                (int)COUNT(cells));
	else
		page_cells(p, cells, (int)COUNT(cells));
	put_one(p, "",
	        arena_printf(a, *day != '\0' ? "%s  %s  %s" : "%s%s  %s", day,
	                     told, where));
}

static void
put_head(struct ui *ui, struct page *p, const struct project_view *view)
{
	struct arena *a = ui_arena(ui);
	const struct project_page *v = &view->page;
	const struct project *row = &v->row;

	put_two(p, _("Unit"), v->unit_name, _("Raised on"),
	        instant_show(a, row->proposed_at, ui_today(ui)));
	put_two(p, _("Source"), source_text(a, v), _("Year"),
	        number_text(a, row->year));
	put_two(p, _("Category"), v->category_label, _("Place"), row->venue);
	put_two(p, _("Budget"), project_yuan(a, row->budget), _("Proposals"),
	        number_text(a, row->proposals));
	if (*row->reserve != '\0' || row->published)
		put_two(p, _("Reserve pool"), row->reserve,
		        C_("projects", "Public page"),
		        row->published ? _("shown") : _("not shown"));
	for (int i = 0; i < view->ballot_count; i++)
		put_ballot(ui, p, &view->ballots[i]);
	if (v->opinion.v != 0)
		page_item(p, v->opinion.v, ENTITY_OPINION,
		          _("From opinion %lld"), (long long)v->opinion.v);
	if (row->merged.v != 0)
		page_item(p, row->merged.v, ENTITY_PROJECT,
		          _("Goes with %lld %s"), (long long)row->merged.v,
		          v->merged_title);
	if (*row->reason != '\0')
		page_textf(p, _("Reason: %s"), row->reason);
	page_blank(p);
	page_text(p, THEME_NORMAL, row->body);
}

/* --- the plan ---------------------------------------------------------- */

static const char *
reached_text(struct ui *ui, const struct project_milestone *m)
{
	struct arena *a = ui_arena(ui);

	if (m->done_on.year != 0)
		return arena_printf(a, _("reached %s"),
		                    day_show(a, m->done_on, ui_today(ui)));
	return day_compare(m->due_on, ui_today(ui)) < 0 ? _("! late") : "";
}

/* The newest one that was decided: what the figures of the plan are of, or
 * why they are not what was asked for. */
static void
put_decided(struct ui *ui, struct page *p, const struct project_view *v)
{
	struct arena *a = ui_arena(ui);
	const struct project_change *last = NULL;
	const char *text;

	for (int i = 0; i < v->change_count; i++)
		if (v->changes[i].state != CHANGE_ASKED)
			last = &v->changes[i];
	if (last == NULL)
		return;
	text = arena_printf(a, "%s  %s  %s",
	                    day_show(a, day_of(last->decided_at), ui_today(ui)),
	                    _(change_states[last->state].label),
	                    project_change_what(ui, a, last));
	if (*last->decision != '\0')
		text =
		    arena_printf(a, C_("said", "%s: %s"), text, last->decision);
	put_one(p, C_("projects", "Change"), text);
}

static void
put_plan(struct ui *ui, struct page *p, const struct project_view *v)
{
	struct arena *a = ui_arena(ui);
	const struct project *row = &v->page.row;

	page_blank(p);
	page_heading(p, _("Plan"));
	put_two(p, _("Lead unit"), v->page.lead_name, _("Leader"), row->leader);
	put_two(p, _("From, to"), span_text(ui, row), _("Spent"),
	        spent_text(a, row));
	put_decided(ui, p, v);
	for (int i = 0; i < v->milestone_count; i++) {
		const struct project_milestone *m = &v->milestones[i];
		bool late = m->done_on.year == 0 &&
		            day_compare(m->due_on, ui_today(ui)) < 0;
		const struct page_cell cells[] = {
		    {.text = number_text(a, m->position),
		     .width = 2,
		     .right = true},
		    {.text = m->title, .width = 34},
		    {.text = arena_printf(a, "%lld%%", (long long)m->weight),
		     .width = PERCENT,
		     .right = true},
		    {.text = day_show(a, m->due_on, ui_today(ui)), .width = 11},
		    {.text = reached_text(ui, m),
		     .role = late                   ? THEME_ALARM
		             : m->done_on.year != 0 ? THEME_DONE
		                                    : THEME_NORMAL},
		};

		page_cells(p, cells, (int)COUNT(cells));
	}
}

/* --- month by month ---------------------------------------------------- */

static const char *
percent(struct arena *a, int64_t n)
{
	return arena_printf(a, "%lld%%", (long long)n);
}

static void
put_month(struct ui *ui, struct page *p, const struct project_month *m)
{
	struct arena *a = ui_arena(ui);
	bool is_over = m->month < month_of(ui_today(ui));
	bool told = m->done >= 0;
	int64_t behind =
	    told && m->done < m->planned ? m->planned - m->done : 0;
	const struct page_cell cells[] = {
	    {.text = month_text(a, m->month), .width = 7},
	    {.text = bar_text(a, m->planned, ALL, BAR, true),
	     .width = BAR,
	     .role = THEME_DIM},
	    {.text = percent(a, m->planned), .width = PERCENT, .right = true},
	    {.text = told      ? bar_text(a, m->done, ALL, BAR, true)
	             : is_over ? _("no report")
	                       : "",
	     .width = BAR,
	     .role = told ? THEME_BAR : THEME_DIM},
	    {.text = told ? percent(a, m->done) : "",
	     .width = PERCENT,
	     .right = true},
	    {.text = behind > 0 ? arena_printf(a, _("! behind %lld%%"),
	                                       (long long)behind)
	                        : "",
	     .role = THEME_ALARM},
	};

	page_cells(p, cells, (int)COUNT(cells));
}

/* The bars of the newest months: of a plan of years, the last two. */
static void
put_months(struct ui *ui, struct page *p, const struct project_view *v)
{
	const struct page_cell head[] = {
	    {.text = _("Month"), .width = 7, .role = THEME_HEADING},
	    {.text = C_("projects", "Planned"),
	     .width = BAR,
	     .role = THEME_HEADING},
	    {.text = "", .width = PERCENT},
	    {.text = _("Done"), .width = BAR, .role = THEME_HEADING},
	    {.text = ""},
	};
	int from =
	    v->month_count > MONTHS_SHOWN ? v->month_count - MONTHS_SHOWN : 0;

	if (v->month_count == 0)
		return;
	page_blank(p);
	page_cells(p, head, (int)COUNT(head));
	for (int i = from; i < v->month_count; i++)
		put_month(ui, p, &v->months[i]);
}

static void
put_reports(struct ui *ui, struct page *p, const struct project_view *v)
{
	struct arena *a = ui_arena(ui);
	int from = v->report_count > REPORTS_SHOWN
	               ? v->report_count - REPORTS_SHOWN
	               : 0;

	if (v->report_count == 0)
		return;
	page_blank(p);
	page_heading(p, _("Monthly reports"));
	for (int i = from; i < v->report_count; i++) {
		const struct project_report *r = &v->reports[i];
		const char *words =
		    *r->next == '\0'
			? r->words
			: arena_printf(a, _("%s\nNext: %s"), r->words, r->next);

		page_event(p, month_text(a, r->month),
		           arena_printf(a, "%lld%%  %s", (long long)r->done,
		                        project_yuan(a, r->spent)),
		           words);
	}
}

static void
put_changes(struct ui *ui, struct page *p, const struct project_view *v)
{
	struct arena *a = ui_arena(ui);

	if (v->change_count == 0)
		return;
	page_blank(p);
	page_heading(p, _("Changes asked for"));
	for (int i = 0; i < v->change_count; i++) {
		const struct project_change *c = &v->changes[i];
		const char *words =
		    arena_printf(a, C_("said", "%s: %s"),
		                 project_change_what(ui, a, c), c->words);

		if (*c->decision != '\0')
			words = arena_printf(
			    a, "%s\n%s", words,
			    arena_printf(a, C_("said", "%s: %s"),
			                 _(change_states[c->state].label),
			                 c->decision));
		page_event(p, instant_show(a, c->asked_at, ui_today(ui)),
		           _(change_states[c->state].label), words);
	}
}

/* --- who supervises it -------------------------------------------------- */

static const char *
grades_text(struct arena *a, int64_t satisfied, int64_t basic,
            int64_t dissatisfied)
{
	return arena_printf(a,
	                    _("satisfied %lld, basically %lld, dissatisfied "
	                      "%lld"),
	                    (long long)satisfied, (long long)basic,
	                    (long long)dissatisfied);
}

/* The newest visits of those the reader sees. */
static void
put_visits(struct ui *ui, struct page *p, const struct project_view *view)
{
	struct arena *a = ui_arena(ui);

	for (int i = 0; i < view->visit_count && i < VISITS_SHOWN; i++) {
		const struct project_visit *v = &view->visits[i];
		const struct page_cell cells[] = {
		    {.text = day_show(a, day_of(v->starts_at), ui_today(ui)),
		     .width = 11},
		    {.text = v->title, .width = 34},
		    {.text = arena_printf(a, _("signed in %lld"),
		                          (long long)v->came),
		     .width = 14},
		    {.text = _(activity_states[v->state].label)},
		};

		if (ui_may(ui, PERM_ACTIVITY_READ))
			page_item_cells(p, v->activity.v, ENTITY_ACTIVITY,
			                cells, (int)COUNT(cells));
		else
			page_cells(p, cells, (int)COUNT(cells));
	}
}

static void
put_supervision(struct ui *ui, struct page *p, const struct project_view *view)
{
	const struct project_page *v = &view->page;
	struct arena *a = ui_arena(ui);

	if (v->row.state < PROJECT_SELECTED || v->row.state > PROJECT_ARCHIVED)
		return;
	page_blank(p);
	page_heading(p, _("Supervision"));
	put_two(p, _("Team"), number_text(a, v->team), _("Visits"),
	        number_text(a, v->visits));
	page_item(p, v->row.id.v, ENTITY_PROJECT_TASK,
	          _("Opinions and findings: %lld, open %lld"),
	          (long long)v->tasks, (long long)v->tasks_open);
	put_visits(ui, p, view);
	if (v->satisfied + v->basic + v->dissatisfied > 0)
		page_pair(
		    p, _("Deputies"),
		    grades_text(a, v->satisfied, v->basic, v->dissatisfied));
	if (v->public_satisfied + v->public_basic + v->public_dissatisfied > 0)
		page_pair(p, _("The public"),
		          grades_text(a, v->public_satisfied, v->public_basic,
		                      v->public_dissatisfied));
}

/* --- what happened ------------------------------------------------------ */

static const char *
words_of(struct arena *a, const struct project_view *v, int64_t event)
{
	const char *text = "";

	for (int i = 0; i < v->said_count; i++)
		if (v->said[i].event.v == event)
			text = *text == '\0' ? v->said[i].words
			                     : arena_printf(a, "%s\n%s", text,
			                                    v->said[i].words);
	return text;
}

static void
put_timeline(struct ui *ui, struct page *p, const struct project_view *v)
{
	struct arena *a = ui_arena(ui);
	bool marks = ui_may(ui, PERM_EVENT_STRIKE);

	page_blank(p);
	page_heading(p, _("History"));
	for (int i = 0; i < v->history.n; i++) {
		const struct event_line *e = &v->history.events[i];
		const char *when = instant_show(a, e->at, ui_today(ui));
		const char *who = *e->who != '\0' ? e->who : _("the system");
		const char *what = e->action == ACTIONS
		                       ? _("something newer")
		                       : _(action_label(e->action));
		const char *words = words_of(a, v, e->id);

		if (*e->reason != '\0')
			what = arena_printf(a, C_("said", "%s: %s"), what,
			                    e->reason);
		if (*words != '\0')
			what =
			    arena_printf(a, C_("said", "%s: %s"), what, words);
		if (e->struck)
			what =
			    arena_printf(a, "%s%s", what, _("  (struck out)"));
		if (marks)
			page_item_event(p, e->id, ENTITY_EVENT, when, who,
			                what);
		else
			page_event(p, when, who, what);
	}
}

void
project_view_fill(struct ui *ui, struct page *p, const struct project_view *v)
{
	struct arena *a = ui_arena(ui);
	const struct project *row = &v->page.row;
	const char *light = project_light_text(ui_ctx(ui), row->state,
	                                       row->warn_on, row->due_on);

	page_title(p,
	           arena_printf(a, _("Project %lld   %s"), (long long)row->id.v,
	                        row->title),
	           arena_printf(a, *light != '\0' ? "%s  %s" : "%s%s",
	                        _(project_states[row->state].label), light));
	put_urgent(ui, p, v);
	put_head(ui, p, v);
	if (row->lead.v != 0)
		put_plan(ui, p, v);
	put_months(ui, p, v);
	put_reports(ui, p, v);
	put_changes(ui, p, v);
	put_supervision(ui, p, v);
	put_timeline(ui, p, v);
}
