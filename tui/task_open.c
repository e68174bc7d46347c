/* Going to the tasks of projects from other screens. */
#include "tui/task_open.h"

#include "db/base/i18n.h"
#include "tui/screens.h"

/* A form's argument: the record's number, what of it, which step. */
enum { WHAT_SHIFT = 48, STEP_SHIFT = 52 };

const struct enum_name task_grades[] = {
    {"none", N_("Choose")},
    {"satisfied", N_("Satisfied")},
    {"basic", N_("Basically satisfied")},
    {"dissatisfied", N_("Dissatisfied")},
    {NULL, NULL},
};

void
task_list_open(struct ui *ui, struct project_id project)
{
	ui_push(ui, &screen_project_tasks, project.v);
}

void
task_page_open(struct ui *ui, struct project_task_id id)
{
	ui_push(ui, &screen_project_task, id.v);
}

static void
open_form(struct ui *ui, enum task_write what, enum task_step step, int64_t id)
{
	ui_push(ui, &screen_project_task_form,
	        id | (int64_t)what << WHAT_SHIFT | (int64_t)step << STEP_SHIFT);
}

void
task_write_opinion(struct ui *ui, struct project_id project)
{
	open_form(ui, TASK_WRITE_OPINION, TASK_DO_SEND, project.v);
}

void
task_write_finding(struct ui *ui, struct activity_id visit)
{
	open_form(ui, TASK_WRITE_FINDING, TASK_DO_SEND, visit.v);
}

void
task_step_open(struct ui *ui, struct project_task_id id, enum task_step step)
{
	open_form(ui, TASK_WRITE_STEP, step, id.v);
}

struct task_form_arg
task_form_arg(int64_t arg)
{
	const int64_t nibble = ((int64_t)1 << (STEP_SHIFT - WHAT_SHIFT)) - 1;

	return (struct task_form_arg){
	    (enum task_write)(arg >> WHAT_SHIFT & nibble),
	    (enum task_step)(arg >> STEP_SHIFT),
	    arg & (((int64_t)1 << WHAT_SHIFT) - 1)};
}
