/* Lines that wait for a group: one statement writes them, from the messages
 * that raised the matter; their words are made when they are told. */
#include "db/outbox.h"

#include <string.h>

#include "db/base/field.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/outbox_in.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

enum { WORDS = 80 }; /* columns of what the citizen was told */

/* clang-format off */
/* What a group hears of. Labels are read behind the number. */
static const struct told {
	const char *label;
	bool office; /* with the office's name before the label */
	bool due;    /* and the day an answer is due */
	bool words;  /* and what the citizen was told */
} steps[OPINION_STEPS] = {
	[OPINION_DO_RELEASE]      = {.label = N_("received")},
	[OPINION_DO_DISCARD]      = {.label = N_("not taken up")},
	[OPINION_DO_TAKE]         = {.label = N_("taken up")},
	[OPINION_DO_ANSWER]       = {.label = N_("answered")},
	[OPINION_DO_REFUSE]       = {.label = N_("not to be handled")},
	[OPINION_DO_MERGE]        = {.label = N_("goes with another matter")},
	[OPINION_DO_CONVERT]      = {.label = N_("became a proposal")},
	[OPINION_DO_CONVERTED]    = {.label = N_("answered")},
	[OPINION_DO_ROUTE]        = {.label = N_("given to"), .due = true},
	[OPINION_DO_TELL]         = {.label = N_("told"), .words = true},
	[OPINION_DO_SATISFIED]    = {.label = N_("concluded")},
	[OPINION_DO_BASIC]        = {.label = N_("concluded")},
	[OPINION_DO_DISSATISFIED] = {.label = N_("handled again")},
	[OPINION_DO_ESCALATE]     = {.label = N_("supervised by the congress")},
	[OPINION_DO_EXPIRE]       = {.label = N_("concluded")},
	[OPINION_DO_SUPERVISE]    = {.label = N_("answered")},
	[OPINION_DO_END]          = {.label = N_("ended")},
	[OPINION_DO_FOLLOW]       = {.label = N_("concluded")},
}, leg_steps[LEG_STEPS] = {
	[LEG_DO_ACCEPT]   = {.label = N_("accepted"), .office = true},
	[LEG_DO_PROGRESS] = {.label = N_("at work"), .office = true},
	[LEG_DO_REPLY]    = {.label = N_("replied"), .office = true},
};

const struct field outbox_fields[] = {
	FIELD(outbox_line, id,       INT,  ""),
	FIELD(outbox_line, opinion,  INT,  ""),
	FIELD(outbox_line, step,     TEXT, ""),
	FIELD(outbox_line, detail,   TEXT, ""),
	FIELD(outbox_line, due_on,   DAY,  ""),
	FIELD(outbox_line, made_at,  TIME, ""),
	FIELD(outbox_line, tries,    INT,  ""),
	FIELD(outbox_line, fault,    TEXT, ""),
	FIELD(outbox_line, given_up, BOOL, ""),
	FIELD_END,
};
/* clang-format on */

/* Of a routing the offices it went to, of a leg its office. */
static const char sql_add[] =
    "INSERT INTO outbox (target, opinion, event, step, detail, due_on,"
    " made_at)"
    " SELECT m.conversation, m.opinion, :event, :step,"
    "   CASE WHEN :organ IS NOT NULL"
    "     THEN (SELECT o.name FROM organ AS o WHERE o.id = :organ)"
    "     WHEN :sent THEN coalesce((SELECT group_concat(o.name, ' ')"
    "       FROM opinion_leg AS l JOIN organ AS o ON o.id = l.organ"
    "       WHERE l.opinion = m.opinion AND l.state = 'sent'"
    "         AND l.sent_at = :now), '')"
    "     ELSE :words END, :due, :now"
    "   FROM robot_message AS m"
    "  WHERE m.opinion = :opinion AND m.in_group = 1";

/* Not those that are being pushed just now. */
#define WAITS                                                                  \
	"o.target = :target AND o.told_at IS NULL AND o.sent_at IS NULL"       \
	" AND NOT (o.tries > 0 AND o.fault = ''"                               \
	"   AND coalesce(o.due_at, 0) > :clock)"

static const char sql_waiting[] =
    "SELECT " OUTBOX_COLUMNS
    "  FROM outbox AS o CROSS JOIN event AS e ON e.id = o.event"
    " WHERE " WAITS " AND o.event < :event AND e.struck_by IS NULL"
    " ORDER BY o.id DESC LIMIT 6";

static const char sql_told[] = "UPDATE outbox AS o SET told_at = :now"
			       " WHERE " WAITS;

/* --- writing ----------------------------------------------------------- */

static int
add(struct ctx *c, const struct opinion *o, const struct told *t,
    const char *step, struct organ_id organ, const char *words)
{
	struct stmt *q = ctx_sql(c, NULL, sql_add);

	bind_id(q, ":opinion", o->id.v);
	bind_id(q, ":event", event_id(c));
	bind_text(q, ":step", step);
	bind_id(q, ":organ", organ.v);
	bind_int(q, ":sent", t->due);
	bind_text(q, ":words", words);
	bind_day(q, ":due",
	         t->due && opinion_ticks(o) ? o->due_on : (struct day){0});
	bind_time(q, ":now", ctx_now(c));
	return stmt_run(q, NULL);
}

int
outbox_step(struct ctx *c, const struct opinion *o, enum opinion_step step,
            const char *words)
{
	const struct told *t = &steps[step];
	struct arena *a;
	int err;

	if (t->label == NULL)
		return OK;
	a = arena_new();
	err =
	    add(c, o, t, entity_opinion.steps[step].name, (struct organ_id){0},
	        t->words ? text_fit(a, words, WORDS) : "");
	arena_free(a);
	return err;
}

int
outbox_leg(struct ctx *c, const struct opinion *o, enum leg_step step,
           struct organ_id organ)
{
	const struct told *t = &leg_steps[step];
	struct arena *a;
	int err;

	if (t->label == NULL)
		return OK;
	a = arena_new();
	err =
	    add(c, o, t,
	        arena_printf(a, "leg.%s", entity_opinion_leg.steps[step].name),
	        organ, "");
	arena_free(a);
	return err;
}

/* --- telling ------------------------------------------------------------ */

static const struct told *
told_of(const char *step)
{
	bool of_leg = strncmp(step, "leg.", 4) == 0;
	const struct entity *e = of_leg ? &entity_opinion_leg : &entity_opinion;
	const struct told *rows = of_leg ? leg_steps : steps;

	for (int i = 0; i < e->step_count; i++)
		if (strcmp(e->steps[i].name, of_leg ? step + 4 : step) == 0 &&
		    rows[i].label != NULL)
			return &rows[i];
	return NULL;
}

const char *
outbox_text(struct arena *a, const struct outbox_line *l)
{
	const struct told *t = told_of(l->step);
	long long number = l->opinion;
	const char *text;

	if (t == NULL) /* of a newer version */
		return arena_printf(a, "#%lld", number);
	if (t->office)
		text = arena_printf(a, "#%lld %s %s", number, l->detail,
		                    _(t->label));
	else if (t->words)
		text = arena_printf(a, "#%lld %s: %s", number, _(t->label),
		                    l->detail);
	else
		text = arena_printf(a, "#%lld %s%s%s", number, _(t->label),
		                    l->detail[0] != '\0' ? " " : "", l->detail);
	if (l->due_on.year != 0)
		text = arena_printf(a, _("%s, an answer is due by %d-%d"), text,
		                    l->due_on.month, l->due_on.day);
	return text;
}

const char *
outbox_news(struct arena *a, const struct outbox_line *rows, int n, bool more)
{
	const char *text = "";

	for (int i = 0; i < n; i++)
		text =
		    arena_printf(a, "%s\n%s", text, outbox_text(a, &rows[i]));
	if (n > 0)
		text = arena_printf(a, "%s%s", _("News:"), text);
	return more ? arena_printf(a, "%s\n%s", text,
	                           _("Earlier ones: 查 NUMBER"))
	            : text;
}

static struct stmt *
waiting(struct ctx *c, const char *sql, const char *target)
{
	struct stmt *q = ctx_sql(c, NULL, sql);

	bind_text(q, ":target", target);
	bind_time(q, ":clock", clock_now());
	return q;
}

int
outbox_tell(struct ctx *c, struct arena *a, const char *target,
            const char **text)
{
	struct stmt *q = waiting(c, sql_waiting, target);
	struct outbox_line *rows, told[OUTBOX_TOLD];
	int n, told_n, err;

	bind_id(q, ":event", event_id(c));
	err = stmt_all(q, a, outbox_fields, sizeof(*rows), OUTBOX_TOLD + 1,
	               &rows, &n);
	if (err != OK)
		return err;
	told_n = n < OUTBOX_TOLD ? n : OUTBOX_TOLD;
	for (int i = 0; i < told_n; i++)
		told[i] = rows[told_n - 1 - i];
	*text = outbox_news(a, told, told_n, n > OUTBOX_TOLD);
	q = waiting(c, sql_told, target);
	bind_time(q, ":now", ctx_now(c));
	return stmt_run(q, NULL);
}
