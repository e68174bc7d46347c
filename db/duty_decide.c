/*
 * Deciding requests about duty files. What an officer checks, or a head
 * grants, enters the file in the same event: a claim as a record, a
 * correction of a roll by the roll's own correction, of another record in
 * its place.
 */
#include <assert.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/duty_record.h"
#include "db/duty_request.h"
#include "db/duty_request_in.h"
#include "db/file_seal.h"
#include "db/mandate.h"
#include "db/participant_in.h"
#include "db/store/event.h"
#include "db/store/fsm.h"
#include "db/store/stmt.h"

/* --- what follows in the file ---------------------------------------- */

static int
add_record(struct ctx *c, struct arena *a, const struct duty_request *row)
{
	struct duty_record record;
	struct mandate m;
	int err = mandate_get(c, a, row->mandate, &m);

	if (err != OK)
		return err;
	record = (struct duty_record){
	    .person = row->person,
	    .mandate = m.id,
	    .term = m.term,
	    .unit = m.unit,
	    .station = m.station,
	    .grp = m.grp,
	    .kind = row->duty,
	    .grade = row->wanted == WANTED_LATE ? DUTY_LATE : DUTY_FULL,
	    .subject_kind = entity_duty_request.name,
	    .subject = row->id.v,
	    .title = row->title,
	    .venue = row->venue,
	    .happened_at = row->happened_at,
	    .state = DUTY_CHECKED,
	};
	return duty_record_add(c, &record);
}

/* A record is not changed: the wrong one goes, the right one comes. */
static int
replace_record(struct ctx *c, struct arena *a, const struct duty_request *row)
{
	struct stmt *q =
	    ctx_stmt(c, &entity_duty_request, REQUEST_SQL_RECORD_DROP);
	int64_t changed;
	int err;

	bind_id(q, ":record", row->record.v);
	bind_id(q, ":person", row->person.v);
	err = stmt_run(q, &changed);
	if (err == OK && changed == 0)
		err = ERR_STATE;
	if (err == OK && row->wanted != WANTED_NONE)
		err = add_record(c, a, row);
	return err;
}

/* The roll is right afterwards, and the record follows from the roll. */
static int
correct_roll(struct ctx *c, struct arena *a, const struct duty_request *row,
             const char *words)
{
	static const enum participant_state states[] = {
	    [WANTED_FULL] = PARTICIPANT_SIGNED_IN,
	    [WANTED_LATE] = PARTICIPANT_LATE,
	    [WANTED_NONE] = PARTICIPANT_ABSENT,
	};
	enum participant_state to = states[row->wanted];
	/* A correction's reason is short: else the request's number. */
	const char *reason =
	    words[0] != '\0' && text_length(words) <= ACTIVITY_REASON_MAX
		? words
		: arena_printf(a, "#%lld", (long long)row->id.v);
	struct participant place = {0};
	struct activity activity;
	int err = activity_get(c, a, row->activity, &activity);

	if (err == OK && activity.state == ACTIVITY_ARCHIVED) {
		ctx_check_begin(c);
		ctx_fault(c, "",
		          N_("The activity is archived: a head reopens it "
		             "first."));
		return ctx_check_end(c);
	}
	if (err == OK)
		err = participant_of(c, a, row->activity, row->person, &place);
	if (err != OK || place.state == (int)to)
		return err;
	return participant_correct(c, place.id, to, reason);
}

/* What a sealed file takes instead of the records themselves. */
static const char *
addendum_text(struct arena *a, const struct duty_request *row,
              const char *words)
{
	char day[11];

	day_format(day_of(row->happened_at), day);
	return arena_printf(a, "#%lld %s %s %s: %s %s", (long long)row->id.v,
	                    day, row->title, row->venue, row->words, words);
}

/* A request that holds enters the file here and nowhere else; a sealed file
 * takes it as an addendum. */
static int
enter_in_file(struct ctx *c, struct arena *a, const struct duty_request *row,
              const char *words)
{
	bool sealed;
	int err = file_addendum_enter(c, row->mandate,
	                              addendum_text(a, row, words), &sealed);

	if (err != OK || sealed)
		return err;
	if (row->kind == REQUEST_CLAIM)
		return add_record(c, a, row);
	if (row->activity.v != 0)
		return correct_roll(c, a, row, words);
	return replace_record(c, a, row);
}

/* --- the step -------------------------------------------------------- */

/* clang-format off */
static const struct {
	enum action action;
	int sql; /* where the words go */
	bool holds;
} does[REQUEST_STEPS] = {
	[REQUEST_DO_CHECK]    = {ACTION_REQUEST_CHECK,    REQUEST_SQL_ANSWER,  true},
	[REQUEST_DO_REJECT]   = {ACTION_REQUEST_REJECT,   REQUEST_SQL_ANSWER,  false},
	[REQUEST_DO_GRANT]    = {ACTION_REQUEST_GRANT,    REQUEST_SQL_VERDICT, true},
	[REQUEST_DO_DISMISS]  = {ACTION_REQUEST_DISMISS,  REQUEST_SQL_VERDICT, false},
	[REQUEST_DO_APPEAL]   = {ACTION_REQUEST_APPEAL,   REQUEST_SQL_APPEAL,  false},
	[REQUEST_DO_WITHDRAW] = {ACTION_REQUEST_WITHDRAW, REQUEST_SQL_APPEAL,  false},
};
/* clang-format on */

static bool
is_deputys(enum request_step step)
{
	return step == REQUEST_DO_APPEAL || step == REQUEST_DO_WITHDRAW;
}

/* What stands in the way, in words. */
static int
check(struct ctx *c, const struct duty_request *row, enum request_step step,
      const char *words)
{
	const struct edge *edge =
	    fsm_edge(&entity_duty_request, row->state, step);

	if (edge == NULL)
		return ERR_STATE;
	if (!may(c, edge->perm))
		return ERR_DENIED;
	ctx_check_begin(c);
	if (edge->wants_reason && words[0] == '\0')
		ctx_fault(c, "words", N_("Give a reason."));
	if (text_length(words) > REQUEST_WORDS_MAX)
		ctx_fault(c, "words", N_("The text is too long."));
	if (!is_deputys(step) && c->me != 0 && row->person.v == c->me)
		ctx_fault(c, "", N_("Nobody decides about their own file."));
	if ((step == REQUEST_DO_GRANT || step == REQUEST_DO_DISMISS) &&
	    c->me != 0 && row->answered_by.v == c->me)
		ctx_fault(c, "",
		          N_("You rejected it: somebody else decides the "
		             "appeal."));
	return ctx_check_end(c);
}

static int
write_words(struct ctx *c, const struct duty_request *row, int sql,
            const char *words)
{
	struct stmt *q = ctx_stmt(c, &entity_duty_request, sql);

	bind_id(q, ":id", row->id.v);
	bind_text(q, ":words", words);
	return stmt_run(q, NULL);
}

int
duty_request_fire(struct ctx *c, struct duty_request_id id,
                  enum request_step step, const char *words)
{
	struct arena *a = arena_new();
	struct duty_request row;
	int err;

	assert(step < REQUEST_DO_ASK);
	err = duty_request_get(c, a, id, &row);
	if (err == OK)
		err = check(c, &row, step, words);
	if (err == OK)
		err = event_begin(c, does[step].action, ENTITY_DUTY_REQUEST,
		                  id.v, row.unit.v);
	if (err != OK)
		goto done;
	event_about(c, ENTITY_PERSON, row.person.v);
	err = fsm_fire(c, &entity_duty_request, id.v, step, NULL);
	if (err == OK)
		err = write_words(c, &row, does[step].sql, words);
	if (err == OK && does[step].holds)
		err = enter_in_file(c, a, &row, words);
	err = event_end(c, err);
done:
	arena_free(a);
	return err;
}
