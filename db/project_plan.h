/*
 * A project's plan and what became of it: milestones, monthly reports, asked
 * changes, and the month-by-month picture of planned against done.
 */
#ifndef DB_PROJECT_PLAN_H
#define DB_PROJECT_PLAN_H

#include "db/project.h"

struct project_milestone {
	struct project_milestone_id id;
	struct project_id project;
	int64_t position;
	const char *title;
	struct day due_on;
	int64_t weight;
	struct day done_on; /* none: not yet */
};
extern const struct entity entity_project_milestone;

int milestone_list(struct ctx *c, struct arena *a, struct project_id id,
                   struct project_milestone **rows, int *n) MUST_CHECK;
/* Reached on a day (none: taken back), by the lead unit or the unit's staff;
 * the project's warn_on and due_on become those of the next one. Errors:
 * ERR_DENIED, ERR_NOT_FOUND, ERR_STATE, ERR_INVALID (in the future). */
int milestone_reach(struct ctx *c, struct project_milestone_id id,
                    struct day on) MUST_CHECK;

/* Percent that the plan wants done at the end of a month: pure. */
int64_t plan_percent(const struct project_milestone *rows, int n,
                     int64_t month);

struct project_report {
	struct project_report_id id;
	struct project_id project;
	int64_t month;         /* 202203 */
	int64_t planned, done; /* percent */
	int64_t spent;         /* yuan, in all */
	const char *words, *next;
	struct instant at;
	struct person_id by;
	struct event_id event;
};
extern const struct entity entity_project_report;

int report_list(struct ctx *c, struct arena *a, struct project_id id,
                struct project_report **rows, int *n) MUST_CHECK;
/* What the form begins with: the month to report, the last figures. */
int report_default(struct ctx *c, struct arena *a, struct project_id id,
                   struct project_report *out) MUST_CHECK;
/* The lead unit's report of a month, once, for this month or an earlier one
 * that has none; done may not fall below the last one's. reached: milestones
 * reached since (their done_on is today). Errors: ERR_DENIED, ERR_NOT_FOUND,
 * ERR_STATE, ERR_EXISTS (the month), ERR_INVALID (month, done, spent, words).
 */
int report_add(struct ctx *c, const struct project_report *entry,
               const struct project_milestone_id *reached,
               int reached_count) MUST_CHECK;

enum change_kind { CHANGE_SCOPE, CHANGE_BUDGET, CHANGE_TIME, CHANGE_STOP };
enum change_state { CHANGE_ASKED, CHANGE_APPROVED, CHANGE_REFUSED };
struct project_change {
	struct project_change_id id;
	struct project_id project;
	int kind; /* enum change_kind */
	const char *words;
	int64_t budget;
	struct day ends_on;
	int state; /* enum change_state */
	struct instant asked_at, decided_at;
	struct person_id asked_by, decided_by;
	const char *decision;
};
extern const struct entity entity_project_change;
extern const struct enum_name change_kinds[], change_states[];

int change_list(struct ctx *c, struct arena *a, struct project_id id,
                struct project_change **rows, int *n) MUST_CHECK;
/* By the lead unit or the unit's staff, one at a time. */
int change_ask(struct ctx *c, const struct project_change *entry) MUST_CHECK;
/* By who may approve; what was approved holds at once: the budget, the end
 * (the last milestone moves with it), STOPPED. */
int change_decide(struct ctx *c, struct project_change_id id, bool approve,
                  const char *decision) MUST_CHECK;

/* A month of the picture. */
struct project_month {
	int64_t month;
	int64_t planned; /* percent at its end */
	int64_t done;    /* by its report; -1: none */
};
/* From the month it begins to the later of its end and today. */
int project_months(struct ctx *c, struct arena *a, struct project_id id,
                   struct project_month **rows, int *n) MUST_CHECK;

/* What was said, with its event, oldest first. */
struct project_said {
	int kind; /* enum project_note_kind */
	const char *words, *name;
	struct instant at;
	struct event_id event;
};
enum project_note_kind {
	PROJECT_NOTE_DECLINE,
	PROJECT_NOTE_RETURN,
	PROJECT_NOTE_PLAN,
	PROJECT_NOTE_CLAIM,
	PROJECT_NOTE_REJECT,
	PROJECT_NOTE_INSPECT,
	PROJECT_NOTE_ARCHIVE,
	PROJECT_NOTE_STOP,
	PROJECT_NOTE_NOTE
};
extern const struct entity entity_project_note;
extern const struct enum_name project_note_kinds[];
int project_said(struct ctx *c, struct arena *a, struct project_id id,
                 struct project_said **rows, int *n) MUST_CHECK;
/* Inside an event; empty words write nothing. */
int project_note_add(struct ctx *c, struct project_id id,
                     enum project_note_kind kind, const char *words) MUST_CHECK;

#endif
