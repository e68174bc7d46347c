/* What waits of opinions, projects and their tasks: the queries of
 * db/todo.c, each by a short index. */
#include "db/todo_in.h"

/* Opinions that wait, what is due first: the day it is due, and by its state
 * how far after TODO_ADMIT the thing to do stands. */
#define IN_HAND "opinion.state NOT IN ('closed', 'discarded', 'merged')"
#define HAS_LEG(term)                                                          \
	"EXISTS (SELECT 1 FROM opinion_leg AS l"                               \
	" WHERE l.opinion = opinion.id AND " term ")"
#define OPINION(terms)                                                         \
	"SELECT opinion.id, opinion.subject, opinion.due_on, opinion.senders," \
	" opinion.unit, CASE opinion.state WHEN 'held' THEN 0 WHEN 'new' "     \
	"THEN 1"                                                               \
	"  WHEN 'triage' THEN 2 WHEN 'again' THEN 2 WHEN 'feedback' THEN 5"    \
	"  WHEN 'escalated' THEN 6"                                            \
	"  ELSE iif(" HAS_LEG(                                                 \
	    "l.state = 'returned'") ", 3, 4) END"                              \
				    " FROM opinion WHERE " terms " AND @scope" \
				    " ORDER BY opinion.due_on, "               \
				    "opinion.id LIMIT :max"
/* What the officers do: what nobody accompanies, they tell. */
#define OFFICERS_TURN                                                          \
	"(opinion.state IN ('held', 'new', 'triage', 'again')"                 \
	" OR (opinion.state = 'feedback' AND opinion.companion IS NULL)"       \
	" OR (opinion.state = 'handling' AND " HAS_LEG(                        \
	    "(l.state = 'returned' OR l.asked_days > 0)") "))"

const char todo_sql_officers[] = OPINION(IN_HAND " AND " OFFICERS_TURN);
const char todo_sql_countys_own[] =
    OPINION(IN_HAND " AND opinion.unit IS NULL AND " OFFICERS_TURN);
const char todo_sql_escalated[] =
    OPINION(IN_HAND " AND opinion.state = 'escalated' AND opinion.due_on > ''");
const char todo_sql_deputys[] =
    OPINION(IN_HAND " AND (opinion.state IN ('new', 'triage', 'again')"
                    " OR (opinion.state = 'feedback'"
                    "     AND opinion.companion IS NOT NULL))");
/* What stands has no due day. */
const char todo_sql_legs[] =
    "SELECT opinion_leg.opinion, (SELECT o.subject FROM opinion AS o"
    "  WHERE o.id = opinion_leg.opinion), opinion_leg.due_on, 0,"
    " opinion_leg.unit, opinion_leg.state <> 'sent' FROM opinion_leg"
    " WHERE opinion_leg.state IN ('sent', 'accepted', 'working')"
    "   AND opinion_leg.due_on < '9999-12-31' AND @scope"
    " ORDER BY opinion_leg.due_on, opinion_leg.id LIMIT :max";

/* Livelihood projects: who waits longest first, or what is due first. */
#define PROJECT(when, terms)                                                   \
	"SELECT project.id, project.title, " when ", project.proposals,"       \
	" project.unit FROM project WHERE " terms " AND @scope"
#define PROJECT_IN_POOL                                                        \
	"project.state IN ('held', 'proposed', 'pool', 'shortlisted',"         \
	" 'candidate', 'ballot')"
#define PROJECT_IN_WORK                                                        \
	"project.state IN ('selected', 'planned', 'running', 'claimed',"       \
	" 'inspected', 'rated')"
/* They wait without a clock, so nothing is late. */
#define NO_DAY "''"
#define BY_DUE " ORDER BY project.due_on, project.id LIMIT :max"

const char todo_sql_proposals[] = PROJECT(
    NO_DAY, PROJECT_IN_POOL
    " AND project.state IN ('held',"
    " 'proposed')") " ORDER BY project.proposed_at, project.id LIMIT :max";
const char todo_sql_chosen[] =
    PROJECT(NO_DAY, PROJECT_IN_WORK " AND project.state = 'selected'") BY_DUE;
const char todo_sql_inspect[] =
    PROJECT(NO_DAY, PROJECT_IN_WORK " AND project.state = 'claimed'") BY_DUE;
const char todo_sql_changes[] =
    "SELECT project.id, project.title,"
    " " NO_DAY ", 0, project.unit"
    " FROM project_change CROSS JOIN project"
    " ON project.id = project_change.project"
    " WHERE project_change.project > 0 AND project_change.state = 'asked'"
    "   AND project_change.asked_by IS NOT :me AND @scope"
    " ORDER BY project_change.project LIMIT :max";
/* The last day of the first month without a report; the report is due some
 * days later, and is written from the next day on. */
#define REPORT_MONTH                                                           \
	"iif(project.reported > 0, format('%d-%02d-01',"                       \
	" project.reported / 100, project.reported % 100),"                    \
	" date(project.starts_on, 'start of month', '-1 month'))"
#define REPORT_ENDS "date(" REPORT_MONTH ", '+2 months', '-1 day')"
const char todo_sql_reports[] = PROJECT(REPORT_ENDS, PROJECT_IN_WORK
                                        " AND project.state = 'running'"
                                        " AND " REPORT_ENDS " < :today") BY_DUE;
const char todo_sql_milestones[] =
    PROJECT("project.due_on", PROJECT_IN_WORK " AND project.state = 'running'"
                                              " AND +project.warn_on <= :today")
	BY_DUE;

/* What the unit had built and somebody of it has not rated. */
const char todo_sql_rate[] =
    PROJECT(NO_DAY, PROJECT_IN_WORK " AND project.state = 'inspected'"
                                    " AND project.unit = :my_unit"
                                    " AND NOT EXISTS (SELECT 1"
                                    "   FROM project_rating AS r"
                                    "   WHERE r.project = project.id"
                                    "     AND r.person = :me)") BY_DUE;

/* Tasks of projects: when they are due, and how far after the first of its
 * kind the thing to do stands. */
#define TASK(what, terms, order)                                               \
	"SELECT project_task.id, (SELECT p.title FROM project AS p"            \
	"  WHERE p.id = project_task.project), project_task.due_on, 0,"        \
	" project_task.unit, " what " FROM project_task WHERE " terms          \
	" AND @scope ORDER BY " order " LIMIT :max"
#define TASK_OPEN "project_task.state IN ('sent', 'accepted')"
#define TASK_BY_DUE "project_task.due_on, project_task.id"
const char todo_sql_tasks[] =
    TASK("project_task.state <> 'sent'", TASK_OPEN, TASK_BY_DUE);
const char todo_sql_unit_tasks[] =
    TASK("iif(project_task.organ IS NULL, project_task.state <> 'sent', 2)",
         TASK_OPEN " AND (project_task.organ IS NULL"
                   " OR project_task.due_on < :today)",
         TASK_BY_DUE);
const char todo_sql_disputed[] =
    TASK("0", "project_task.unit > 0 AND project_task.state = 'disputed'",
         "project_task.unit, project_task.id");
const char todo_sql_replied[] =
    TASK("0", "project_task.state = 'replied' AND project_task.person = :me",
         "project_task.replied_at");
/* Visits the deputy came to, a day long. */
const char todo_sql_finding[] =
    "SELECT activity.id, activity.title, activity.starts_at, 0, activity.unit"
    " FROM participant AS own CROSS JOIN activity_subject AS s"
    " ON s.activity = own.activity AND s.kind = 'project'"
    " CROSS JOIN activity ON activity.id = own.activity"
    " WHERE own.person = :me AND own.starts_at >= :from"
    "   AND own.state IN ('signed_in', 'late')"
    "   AND NOT EXISTS (SELECT 1 FROM project_task AS t"
    "     WHERE t.activity = own.activity AND t.person = :me)"
    " ORDER BY own.starts_at, own.activity LIMIT :max";

/* Ballots: a voter's, who has not voted; and what its staff see to. Open
 * without an end, it is of today. */
const char todo_sql_vote[] =
    "SELECT ballot.id, ballot.title, coalesce(ballot.closes_at, :now), 0,"
    " ballot.unit FROM ballot_voter AS v CROSS JOIN ballot"
    " ON ballot.id = v.ballot WHERE v.person = :me AND v.voted = 0"
    " AND ballot.state = 'open' AND @scope LIMIT :max";
#define BALLOT(at, terms)                                                      \
	"SELECT ballot.id, ballot.title, " at ", 0, ballot.unit FROM ballot"   \
	" WHERE ballot.state IN ('draft', 'frozen', 'open', 'closed')"         \
	" AND " terms " AND @scope ORDER BY ballot.id LIMIT :max"
const char todo_sql_close[] =
    BALLOT("ballot.opened_at",
           "ballot.state = 'open' AND (ballot.returned = ballot.issued"
           " OR (ballot.closes_at IS NULL"
           "     AND ballot.opened_at < :now - 86400))");
const char todo_sql_outcome[] =
    BALLOT("ballot.closed_at", "ballot.state = 'closed'");

/* Draft laws: a deputy's until the last day; what waits of a consultation is
 * one thing to do, since its first comment. */
const char todo_sql_study[] =
    "SELECT consultation_person.consultation, k.title,"
    " consultation_person.to_on, 0, consultation_person.unit"
    " FROM consultation_person CROSS JOIN consultation AS k"
    " ON k.id = consultation_person.consultation"
    " WHERE consultation_person.person = :me"
    "   AND consultation_person.state IN ('received', 'read', 'studied')"
    "   AND k.state = 'open' AND @scope"
    " ORDER BY consultation_person.to_on LIMIT :max";
/* Their own answered one, or the one it went with. */
const char todo_sql_results[] =
    "SELECT law_comment.id, (SELECT k.title FROM consultation AS k"
    "  WHERE k.id = law_comment.consultation), '', 0, law_comment.unit"
    " FROM law_comment WHERE law_comment.person = :me"
    "   AND law_comment.seen_at IS NULL"
    "   AND (law_comment.state = 'answered' OR (law_comment.state = 'merged'"
    "     AND EXISTS (SELECT 1 FROM law_comment AS head"
    "       WHERE head.id = law_comment.merged"
    "         AND head.state = 'answered'))) AND @scope"
    " ORDER BY law_comment.at, law_comment.id LIMIT :max";
/* It came back while comments are still sorted. */
const char todo_sql_again[] =
    "SELECT law_comment.id, k.title, '', 0, law_comment.unit"
    " FROM law_comment CROSS JOIN consultation AS k"
    "   ON k.id = law_comment.consultation"
    " WHERE law_comment.person = :me AND law_comment.state = 'returned'"
    "   AND k.state IN ('open', 'closed') AND @scope"
    " ORDER BY law_comment.at, law_comment.id LIMIT :max";
#define COMMENTS(terms)                                                        \
	"SELECT k.id, k.title, '', (SELECT count(*) FROM law_comment"          \
	"   WHERE law_comment.consultation = k.id AND " terms                  \
	"     AND @scope) AS n, 0 FROM consultation AS k"                      \
	" WHERE k.state IN ('draft', 'open', 'closed') AND k.state <> 'draft'" \
	"   AND n > 0 ORDER BY k.to_on, k.id LIMIT :max"
const char todo_sql_comments[] =
    COMMENTS("law_comment.state IN ('held', 'submitted', 'checked')");
const char todo_sql_law_answers[] = COMMENTS("law_comment.state = 'sent'");
const char todo_sql_consultations[] =
    "SELECT consultation.id, consultation.title, consultation.to_on, 0, 0"
    " FROM consultation WHERE consultation.state IN ('draft', 'open',"
    " 'closed') AND consultation.state = 'closed' AND NOT EXISTS (SELECT 1"
    "   FROM law_comment AS m WHERE m.consultation = consultation.id"
    "     AND m.state IN ('held', 'submitted', 'checked', 'sent'))"
    "   AND @scope ORDER BY consultation.to_on, consultation.id LIMIT :max";
