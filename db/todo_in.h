/* Queries of db/todo_matter.c for the table of db/todo.c: id, title, day, how
 * many, unit, and how far after the first of its kind the thing to do stands;
 * at most :max rows. */
#ifndef DB_TODO_IN_H
#define DB_TODO_IN_H

extern const char todo_sql_officers[];
extern const char todo_sql_countys_own[];
extern const char todo_sql_escalated[];
extern const char todo_sql_deputys[];
extern const char todo_sql_legs[];
extern const char todo_sql_proposals[];
extern const char todo_sql_chosen[];
extern const char todo_sql_inspect[];
extern const char todo_sql_changes[];
extern const char todo_sql_reports[];
extern const char todo_sql_milestones[];
extern const char todo_sql_tasks[];
extern const char todo_sql_unit_tasks[];
extern const char todo_sql_disputed[];
extern const char todo_sql_replied[];
extern const char todo_sql_finding[];
extern const char todo_sql_rate[];
extern const char todo_sql_vote[];
extern const char todo_sql_close[];
extern const char todo_sql_outcome[];

/* Of draft laws. */
extern const char todo_sql_study[], todo_sql_results[], todo_sql_comments[];
extern const char todo_sql_law_answers[], todo_sql_consultations[];
extern const char todo_sql_again[];

#endif
