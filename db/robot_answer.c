/* What a message to the robot does, and what it is told. */
#include <string.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/code.h"
#include "db/opinion_leg.h"
#include "db/opinion_note.h"
#include "db/outbox.h"
#include "db/robot_in.h"
#include "db/robot_text.h"
#include "db/rule.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

/* One message on its way. */
struct turn {
	struct ctx *c;
	bool known;
	struct arena *a;
	const struct robot_in *in;
	const struct robot_command *command;
	const char *public_url;
	struct opinion_id made; /* a matter that it made */
};

static const char *
help(const struct turn *t)
{
	(void)t;
	return _("民情 CATEGORY PLACE: what it is about\n"
	         "#NUMBER 接收 | 进展 | 办结 | 退回 and what there is to say\n"
	         "查 NUMBER\n"
	         "活动 NAME PLACE\n"
	         "绑定 CODE (from your workbench)");
}

/* Why nothing was done, in words. */
static const char *
sorry(const struct turn *t, int err)
{
	if (err == ERR_INVALID && t->c->fault_count > 0)
		return _(t->c->faults[0].text);
	return _(err_msgid(err));
}

/* The category that a word names: by label, the deepest first. */
static int
find_category(struct turn *t, const char *word, const char **name)
{
	struct rule *rules;
	int64_t depth = -1;
	int n, err = rule_list(t->c, t->a, RULE_CATEGORY, (struct day){0},
	                       &rules, &n);

	*name = "";
	for (int i = 0; err == OK && i < n; i++)
		if (rules[i].in_use && rules[i].depth > depth &&
		    (strcmp(rules[i].label, word) == 0 ||
		     strcasecmp(rules[i].label_en, word) == 0)) {
			*name = rules[i].name;
			depth = rules[i].depth;
		}
	return err;
}

static int
raise_opinion(struct turn *t, const char **said)
{
	const struct robot_command *command = t->command;
	char secret[OPINION_SECRET + 1];
	struct opinion entry;
	int err;

	opinion_default(t->c, &entry);
	if (t->c->scope != SCOPE_SELF)
		entry.source = SOURCE_ROBOT;
	err = find_category(t, command->first, &entry.category);
	if (err != OK)
		return err;
	/* One word alone is the place, unless it is a category. */
	entry.venue = command->second[0] != '\0' || entry.category[0] != '\0'
	                  ? command->second
	                  : command->first;
	entry.body = command->words[0] != '\0' ? command->words : t->in->text;
	entry.sender = text_fit(t->a, t->in->nick, OPINION_SENDER_MAX);
	if (!t->known)
		entry.doubts = "unknown";
	err = opinion_add(t->c, &entry, !t->known, secret, &t->made);
	secret_wipe(secret, sizeof(secret));
	if (err != OK)
		return err;
	*said = t->known
	            ? arena_printf(t->a, _("民情 %lld is registered."),
	                           (long long)t->made.v)
	            : arena_printf(t->a,
	                           _("民情 %lld is noted and will be looked "
	                             "at. Bind your account with 绑定 CODE."),
	                           (long long)t->made.v);
	return OK;
}

/* In a group only what was raised there exists. */
static int
is_covered(struct turn *t, int64_t number)
{
	struct stmt *q;
	int64_t found;

	if (!t->known)
		return ERR_DENIED;
	if (!t->in->in_group)
		return OK;
	q = ctx_stmt(t->c, &entity_robot_message, MESSAGE_SQL_RAISED);
	bind_id(q, ":opinion", number);
	bind_text(q, ":conversation", t->in->conversation);
	return stmt_int(q, &found);
}

static int
tell_state(struct turn *t, const char **said)
{
	struct opinion_id id = {t->command->number};
	struct opinion o;
	struct opinion_note last;
	const char *words = "";
	int err = is_covered(t, id.v);

	if (err == OK)
		err = opinion_get(t->c, t->a, id, &o);
	if (err != OK)
		return err;
	err = note_last(t->c, t->a, id, NOTE_TELL, &last);
	if (err == OK)
		words = last.words;
	*said = arena_printf(t->a, "%lld %s %s\n%s", (long long)id.v, o.subject,
	                     _(opinion_states[o.state].label), words);
	return err == ERR_NOT_FOUND ? OK : err;
}

static int
take_step(struct turn *t, const char **said)
{
	struct opinion_id id = {t->command->number};
	struct opinion o;
	struct opinion_leg leg;
	struct leg_act act = {
	    .step = t->command->step,
	    .words = t->command->words,
	    .result = RESULT_SOLVED,
	};
	int err = is_covered(t, id.v);

	if (err == OK)
		err = opinion_get(t->c, t->a, id, &o);
	if (err == OK)
		err = leg_mine(t->c, t->a, id, &leg);
	if (err != OK)
		return err;
	act.id = leg.id;
	act.version = o.version;
	err = leg_act(t->c, &act);
	if (err == OK)
		*said = arena_printf(t->a, "%lld: %s", (long long)id.v,
		                     _(leg_step_label(act.step)));
	return err;
}

static int
make_activity(struct turn *t, const char **said)
{
	struct activity entry;
	struct activity_id id;
	struct code code;
	int err = t->known ? OK : ERR_DENIED;

	if (err != OK)
		return err;
	activity_default(t->c, &entry);
	entry.title = t->command->first;
	entry.venue = t->command->second;
	entry.kind = "talk";
	entry.starts_at = ctx_now(t->c);
	entry.ends_at.s = entry.starts_at.s + 2 * 3600;
	err = activity_add(t->c, &entry, NULL, true, &id);
	if (err == OK)
		err = code_for_activity(t->c, t->a, id, &code);
	if (err != OK)
		return err;
	*said = arena_printf(t->a, _("%s: code %s"), entry.title,
	                     code_spaced(t->a, code.short_code));
	if (t->public_url[0] != '\0')
		*said = arena_printf(t->a, "%s\n%s", *said,
		                     code_payload(t->a, &code, t->public_url));
	return OK;
}

static int
do_bind(struct turn *t, const char **said)
{
	int err = t->in->in_group ? ERR_DENIED : OK;

	if (err == OK)
		err = robot_bind(t->c, code_fold(t->a, t->command->first),
		                 t->in->sender, t->in->nick);
	if (err == OK)
		*said = _("This chat account is yours now.");
	return err;
}

static int
perform(struct turn *t, const char **said)
{
	switch (t->command->verb) {
	case ROBOT_OPINION:
		return raise_opinion(t, said);
	case ROBOT_STEP:
		return take_step(t, said);
	case ROBOT_FIND:
		return tell_state(t, said);
	case ROBOT_ACTIVITY:
		return make_activity(t, said);
	case ROBOT_BIND:
		return do_bind(t, said);
	case ROBOT_HELP:
	case ROBOT_UNKNOWN:
		break;
	}
	*said = help(t);
	return OK;
}

/* --- one event -------------------------------------------------------- */

static const char *const verb_names[] = {
    [ROBOT_UNKNOWN] = "unknown", [ROBOT_HELP] = "help",
    [ROBOT_OPINION] = "opinion", [ROBOT_STEP] = "step",
    [ROBOT_FIND] = "find",       [ROBOT_ACTIVITY] = "activity",
    [ROBOT_BIND] = "bind",
};

/* A message that was not done keeps what it said, but for a code. */
static const char *
kept_words(const struct turn *t, bool refused)
{
	return t->command->verb == ROBOT_UNKNOWN ||
	               (refused && t->command->verb != ROBOT_BIND)
	           ? t->in->text
	           : "";
}

static int
write_answer(struct turn *t, const struct robot_message *row, const char *said,
             bool refused)
{
	struct stmt *q =
	    ctx_stmt(t->c, &entity_robot_message, MESSAGE_SQL_ANSWER);
	int64_t changed;
	int err;

	bind_id(q, ":id", row->id.v);
	bind_text(q, ":verb", verb_names[t->command->verb]);
	bind_text(q, ":answer", said);
	bind_id(q, ":opinion", t->made.v);
	bind_int(q, ":refused", refused);
	bind_text(q, ":words", kept_words(t, refused));
	err = stmt_run(q, &changed);
	/* answered meanwhile: what this one did is taken back */
	return err == OK && changed == 0 ? ERR_EXISTS : err;
}

/* Whether the person is told, rather than the chat asked to try again. */
static bool
is_told(int err)
{
	switch (err) {
	case ERR_DENIED:
	case ERR_NOT_FOUND:
	case ERR_STATE:
	case ERR_CHANGED:
	case ERR_INVALID:
	case ERR_EXISTS:
	case ERR_TOO_LONG:
	case ERR_LIMIT:
		return true;
	default:
		return false;
	}
}

/* A group hears what became of its matters along with the answer. */
static int
add_news(struct turn *t, const char **said)
{
	const char *news = "";
	int err = outbox_tell(t->c, t->a, t->in->conversation, &news);

	if (err == OK && *news != '\0')
		*said = arena_printf(t->a, "%s\n\n%s", *said, news);
	return err;
}

/* The deed and its answer, or only the answer, in one event. */
static int
answer_once(struct turn *t, const struct robot_message *row, bool with_deed,
            const char **said)
{
	int err = event_begin(t->c, ACTION_ROBOT_ANSWER, ENTITY_ROBOT_MESSAGE,
	                      row->id.v, 0);

	if (err != OK)
		return err;
	if (with_deed)
		err = perform(t, said);
	if (err == OK && t->in->in_group)
		err = add_news(t, said);
	if (err == OK)
		err = write_answer(t, row, *said, !with_deed);
	return event_end(t->c, err);
}

int
robot_answer(struct ctx *acting, bool known, struct arena *a,
             const struct robot_in *in, const struct robot_message *row,
             const char *public_url, const char **answer)
{
	struct robot_command command;
	struct turn t = {.c = acting,
	                 .known = known,
	                 .a = a,
	                 .in = in,
	                 .command = &command,
	                 .public_url = public_url};
	const char *said = "";
	int err;

	robot_read(a, in->text, &command);
	err = answer_once(&t, row, true, &said);
	if (is_told(err)) {
		said = sorry(&t, err);
		t.made.v = 0;
		err = answer_once(&t, row, false, &said);
	}
	if (err == OK)
		*answer = said;
	return err;
}
