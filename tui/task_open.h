/*
 * Going to the tasks of projects from other screens. The page of a project
 * offers under F2 what project_team, project_visit and project_rate do (each
 * opened with the project) and, here, its tasks and an opinion on it.
 */
#ifndef TUI_TASK_OPEN_H
#define TUI_TASK_OPEN_H

#include "db/project_task.h"
#include "tui/ui.h"

/* "Choose", satisfied, basically, dissatisfied. */
extern const struct enum_name task_grades[];

/* The list: of a project; 0: all that the acting person sees, what waits for
 * them first. */
void task_list_open(struct ui *ui, struct project_id project);
void task_page_open(struct ui *ui, struct project_task_id id);
/* The form of an opinion on a project, or of a finding of a visit. */
void task_write_opinion(struct ui *ui, struct project_id project);
void task_write_finding(struct ui *ui, struct activity_id visit);
/* The form of a step. */
void task_step_open(struct ui *ui, struct project_task_id id,
                    enum task_step step);

/* What arg of screen_project_task_form means. */
enum task_write { TASK_WRITE_OPINION, TASK_WRITE_FINDING, TASK_WRITE_STEP };
struct task_form_arg {
	enum task_write what;
	enum task_step step;
	int64_t id; /* project, activity, task */
};
struct task_form_arg task_form_arg(int64_t arg);

#endif
