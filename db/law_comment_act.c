/* Making a comment on a draft law, and every step until its answer. */
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/consultation_in.h"
#include "db/duty_record.h"
#include "db/entry.h"
#include "db/law_comment_in.h"
#include "db/mandate.h"
#include "db/store/event.h"
#include "db/store/fsm.h"

/* clang-format off */
static const struct comment_rule {
	enum action action;
	bool by_hand;
	bool own; /* its author's step */
} rules[COMMENT_STEPS] = {
	[COMMENT_DO_RELEASE]  = {ACTION_COMMENT_RELEASE, true, false},
	[COMMENT_DO_CHECK]    = {ACTION_COMMENT_CHECK, true, false},
	[COMMENT_DO_RETURN]   = {ACTION_COMMENT_RETURN, true, false},
	[COMMENT_DO_AGAIN]    = {ACTION_COMMENT_AGAIN, true, true},
	[COMMENT_DO_MERGE]    = {ACTION_COMMENT_MERGE, true, false},
	[COMMENT_DO_SEND]     = {ACTION_COMMENT_SEND, true, false},
	[COMMENT_DO_ANSWER]   = {ACTION_COMMENT_ANSWER, true, false},
	[COMMENT_DO_WITHDRAW] = {ACTION_COMMENT_WITHDRAW, true, true},
};
/* clang-format on */

/* --- making one ---------------------------------------------------------- */

/* Who enters for a deputy enters for one of their own unit. */
int
law_comment_place(struct ctx *c, struct law_comment *row)
{
	bool deputy = row->person.v != 0;
	struct stmt *q =
	    ctx_stmt(c, &entity_law_comment,
	             deputy ? COMMENT_SQL_UNIT : COMMENT_SQL_STATION);
	bool found, own = c->scope == SCOPE_UNIT || c->scope == SCOPE_STATION;
	int err;

	bind_id(q, ":consultation", row->consultation.v);
	if (deputy) {
		bind_id(q, ":person", row->person.v);
		bind_int(q, ":mine", own ? c->my_unit : 0);
	} else {
		bind_id(q, ":unit", row->unit.v);
	}
	found = stmt_next(q);
	if (found) {
		row->unit.v = col_int(q, 0);
		row->station.v = col_int(q, 1);
	}
	err = stmt_end(q);
	return err == OK && !found ? ERR_NOT_FOUND : err;
}

int
law_comment_check_article(struct ctx *c, const struct law_comment *row)
{
	struct stmt *q;
	int64_t id;

	if (row->article.v == 0)
		return OK;
	q = ctx_stmt(c, &entity_law_comment, COMMENT_SQL_ARTICLE);
	bind_id(q, ":article", row->article.v);
	bind_id(q, ":version", row->version.v);
	return stmt_int(q, &id);
}

static int
check(struct ctx *c, struct arena *a, struct law_comment *row)
{
	int err;

	ctx_check_begin(c);
	entry_clean(c, a, law_comment_fields, row);
	if (row->wording[0] != '\0' && row->article.v == 0)
		ctx_fault(c, "wording",
		          N_("A wording is proposed for one article."));
	if (row->source == COMMENT_BY_OFFICER && row->person.v == 0 &&
	    row->sender[0] == '\0')
		ctx_fault(c, "person", N_("Say whose comment it is."));
	err = law_comment_check_article(c, row);
	if (err != OK)
		return err;
	err = law_comment_place(c, row);
	if (err == ERR_NOT_FOUND && row->source != COMMENT_BY_DEPUTY) {
		if (row->person.v != 0)
			ctx_fault(
			    c, "person",
			    N_("This deputy is not asked about this draft."));
		else
			ctx_fault(
			    c, "unit",
			    N_("This unit is not asked about this draft."));
		err = OK;
	}
	return err == OK ? ctx_check_end(c) : err;
}

/* What a deputy says about one article counts once. */
static int
count_duty(struct ctx *c, struct arena *a, const struct law_comment *row,
           const char *title)
{
	struct duty_record record = {
	    .person = row->person,
	    .kind = "law",
	    .subject_kind = "law_comment",
	    .subject = row->id.v,
	    .title = title,
	    .venue = "",
	    .happened_at = row->at,
	};
	struct stmt *q = ctx_stmt(c, &entity_law_comment, COMMENT_SQL_COUNTED);
	struct mandate mandate;
	int64_t n;
	int err;

	bind_id(q, ":consultation", row->consultation.v);
	bind_id(q, ":person", row->person.v);
	bind_id(q, ":article", row->article.v);
	err = stmt_int(q, &n);
	if (err != OK || n > 1)
		return err;
	err = mandate_on(c, a, row->person, row->station, day_of(row->at),
	                 &mandate);
	if (err == ERR_NOT_FOUND)
		return OK; /* no mandate any more: nothing to count it for */
	record.mandate = mandate.id;
	record.term = mandate.term;
	record.unit = mandate.unit;
	record.station = mandate.station;
	record.grp = mandate.grp;
	return err == OK ? duty_record_add(c, &record) : err;
}

int
law_comment_insert(struct ctx *c, struct arena *a, struct law_comment *row,
                   const struct consultation *k)
{
	struct stmt *q;
	int64_t added;
	int err;

	row->id.v = ctx_new_id(c, &entity_law_comment);
	row->at = ctx_now(c);
	event_subject(c, row->id.v, row->unit.v);
	event_about(c, ENTITY_CONSULTATION, k->id.v);
	q = ctx_stmt(c, &entity_law_comment, COMMENT_SQL_ADD);
	bind_fields(q, law_comment_fields, row);
	err = stmt_run(q, &added);
	if (err == OK && added == 0)
		err = ERR_STATE; /* closed meanwhile */
	if (err != OK || row->person.v == 0)
		return err;
	event_about(c, ENTITY_PERSON, row->person.v);
	err = consultation_move(c, k->id, row->person, READER_COMMENTED);
	return err == OK ? count_duty(c, a, row, k->title) : err;
}

static int
add(struct ctx *c, struct law_comment *row, struct law_comment_id *id)
{
	struct arena *a = arena_new();
	struct consultation k;
	int err = consultation_get(c, a, row->consultation, &k);

	if (err == OK && row->source == COMMENT_BY_PUBLIC && !k.published)
		err = ERR_NOT_FOUND;
	if (err == OK && k.state != CONSULTATION_OPEN)
		err = ERR_STATE;
	if (err == OK) {
		row->version = k.version;
		err = check(c, a, row);
	}
	if (err == OK)
		err = event_begin(c, ACTION_COMMENT_ADD, ENTITY_LAW_COMMENT, 0,
		                  row->unit.v);
	if (err == OK)
		err = event_end(c, law_comment_insert(c, a, row, &k));
	if (err == OK)
		*id = row->id;
	arena_free(a);
	return err;
}

int
law_comment_add(struct ctx *c, const struct law_comment *entry,
                struct law_comment_id *id)
{
	struct law_comment row = *entry;

	row.conversion.v = 0;
	row.entered_by.v = 0;
	if (c->scope == SCOPE_SELF && may(c, PERM_LAW_COMMENT)) {
		row.source = COMMENT_BY_DEPUTY;
		row.person.v = c->me;
		row.sender = "";
	} else if (may(c, PERM_LAW_CHECK)) {
		row.source = COMMENT_BY_OFFICER;
		row.entered_by.v = c->me;
		if (c->scope != SCOPE_COUNTY)
			row.unit.v = c->my_unit;
	} else {
		return ERR_DENIED;
	}
	row.state = COMMENT_SUBMITTED;
	row.reason = row.answer = "";
	return add(c, &row, id);
}

int
law_comment_add_public(struct ctx *c, const struct law_comment *entry,
                       const char *held, struct law_comment_id *id)
{
	struct law_comment row = *entry;

	row.source = COMMENT_BY_PUBLIC;
	row.person.v = 0;
	row.entered_by.v = 0;
	row.conversion.v = 0;
	row.state = held[0] != '\0' ? COMMENT_HELD : COMMENT_SUBMITTED;
	row.reason = held;
	row.answer = "";
	return add(c, &row, id);
}

/* --- steps --------------------------------------------------------------- */

static bool
is_own(const struct ctx *c, const struct law_comment *row)
{
	return row->person.v != 0 ? row->person.v == c->me
	                          : row->entered_by.v == c->me;
}

/* Is it still being sorted and answered? */
static bool
is_going(struct ctx *c, const struct law_comment *row)
{
	struct stmt *q = ctx_stmt(c, &entity_law_comment, COMMENT_SQL_GOING);
	int64_t going = 0;

	bind_id(q, ":consultation", row->consultation.v);
	return stmt_int(q, &going) == OK && going != 0;
}

int
law_comment_offers(struct ctx *c, const struct law_comment *row,
                   enum law_comment_step *steps, int max)
{
	int all[COMMENT_STEPS], n = 0;
	int found =
	    fsm_offers(c, &entity_law_comment, row->state, all, COMMENT_STEPS);

	if (found > 0 && !is_going(c, row))
		return 0;
	for (int i = 0; i < found && n < max; i++)
		if (rules[all[i]].by_hand &&
		    (!rules[all[i]].own || is_own(c, row)))
			steps[n++] = (enum law_comment_step)all[i];
	return n;
}

static int
check_into(struct ctx *c, struct arena *a, const struct law_comment *row,
           struct law_comment_id into)
{
	struct law_comment other;
	int err = into.v == 0 || into.v == row->id.v
	              ? ERR_NOT_FOUND
	              : law_comment_get(c, a, into, &other);

	if (err == ERR_NOT_FOUND) {
		ctx_fault(c, "into", N_("Say which comment it goes with."));
		return OK;
	}
	if (err == OK &&
	    (other.version.v != row->version.v ||
	     other.article.v != row->article.v ||
	     (other.state != COMMENT_SUBMITTED &&
	      other.state != COMMENT_CHECKED && other.state != COMMENT_SENT)))
		ctx_fault(c, "into",
		          N_("It goes only with an open comment on the same "
		             "article of the same text."));
	return err;
}

static int
check_act(struct ctx *c, struct arena *a, struct law_comment *row,
          const struct law_comment_act *act)
{
	const struct edge *edge =
	    fsm_edge(&entity_law_comment, row->state, (int)act->step);
	int err = OK;

	if (edge == NULL || !rules[act->step].by_hand)
		return ERR_STATE;
	if (!may(c, edge->perm) || (rules[act->step].own && !is_own(c, row)))
		return ERR_DENIED;
	if (row->row_version != act->row_version)
		return ERR_CHANGED;
	if (!is_going(c, row))
		return ERR_STATE;
	ctx_check_begin(c);
	if (edge->wants_reason)
		row->reason = entry_text(c, a, "reason", act->reason, TEXT_LINE,
		                         COMMENT_REASON_MAX, true);
	if (act->step == COMMENT_DO_AGAIN) {
		row->words = entry_text(c, a, "words", act->words, TEXT_LINES,
		                        COMMENT_WORDS_MAX, true);
		row->wording =
		    entry_text(c, a, "wording", act->wording, TEXT_LINES,
		               COMMENT_WORDING_MAX, false);
	}
	if (act->step == COMMENT_DO_ANSWER) {
		if (act->result <= COMMENT_NO_RESULT ||
		    act->result > COMMENT_REFERENCE)
			ctx_fault(c, "result", N_("Choose a result."));
		row->result = act->result;
		row->answer = entry_text(c, a, "answer", act->answer,
		                         TEXT_LINES, COMMENT_WORDS_MAX,
		                         act->result != COMMENT_ADOPTED);
	}
	if (act->step == COMMENT_DO_MERGE)
		err = check_into(c, a, row, act->into);
	return err == OK ? ctx_check_end(c) : err;
}

static int
write(struct ctx *c, struct law_comment *row)
{
	struct stmt *q = ctx_stmt(c, &entity_law_comment, COMMENT_SQL_WRITE);
	int64_t changed;
	int err;

	bind_fields(q, law_comment_fields, row);
	err = stmt_run(q, &changed);
	return err == OK && changed == 0 ? ERR_CHANGED : err;
}

/* Its answer reaches everybody whose comment was merged into it: their pages
 * read it there; here it enters their timelines. */
static int
tell_merged(struct ctx *c, const struct law_comment *row)
{
	struct stmt *q = ctx_stmt(c, &entity_law_comment, COMMENT_SQL_MERGED);

	bind_id(q, ":id", row->id.v);
	while (stmt_next(q)) {
		event_about(c, ENTITY_LAW_COMMENT, col_int(q, 0));
		if (col_int(q, 1) != 0)
			event_about(c, ENTITY_PERSON, col_int(q, 1));
	}
	return stmt_end(q);
}

/* What was merged into it goes with it. */
static int
repoint(struct ctx *c, const struct law_comment *row)
{
	struct ctx all = *c;
	struct stmt *q;

	/* the county may have merged other units' into it */
	all.scope = SCOPE_COUNTY;
	q = ctx_stmt(&all, &entity_law_comment, COMMENT_SQL_FOLLOW);
	bind_id(q, ":id", row->id.v);
	bind_id(q, ":into", row->merged.v);
	return stmt_run(q, NULL);
}

static int
write_step(struct ctx *c, struct law_comment *row,
           const struct law_comment_act *act)
{
	struct instant now = ctx_now(c);
	int err = fsm_fire(c, &entity_law_comment, row->id.v, (int)act->step,
	                   &row->state);

	if (err != OK)
		return err;
	event_about(c, ENTITY_CONSULTATION, row->consultation.v);
	if (row->person.v != 0)
		event_about(c, ENTITY_PERSON, row->person.v);
	if (act->step == COMMENT_DO_CHECK)
		row->checked_at = now;
	else if (act->step == COMMENT_DO_SEND)
		row->sent_at = now;
	else if (act->step == COMMENT_DO_ANSWER)
		row->answered_at = now;
	else if (act->step == COMMENT_DO_MERGE)
		row->merged = act->into;
	err = write(c, row);
	if (err == OK && act->step == COMMENT_DO_ANSWER)
		err = tell_merged(c, row);
	if (err == OK && act->step == COMMENT_DO_ANSWER)
		err = law_comment_tell_opinions(c, row);
	if (err == OK && act->step == COMMENT_DO_MERGE) {
		event_about(c, ENTITY_LAW_COMMENT, act->into.v);
		err = repoint(c, row);
	}
	return err;
}

int
law_comment_act(struct ctx *c, const struct law_comment_act *act)
{
	struct arena *a = arena_new();
	struct law_comment row;
	int err = law_comment_get(c, a, act->id, &row);

	if (err == OK)
		err = check_act(c, a, &row, act);
	if (err == OK)
		err = event_begin(c, rules[act->step].action,
		                  ENTITY_LAW_COMMENT, row.id.v, row.unit.v);
	if (err == OK) {
		if (act->step == COMMENT_DO_RETURN)
			event_reason(c, row.reason);
		err = event_end(c, write_step(c, &row, act));
	}
	arena_free(a);
	return err;
}

int
law_comment_answer_of(struct ctx *c, struct arena *a,
                      const struct law_comment *row, struct law_comment *out)
{
	struct law_comment head;
	struct ctx all = *c;
	int err;

	*out = *row;
	if (row->merged.v == 0)
		return OK;
	all.scope = SCOPE_COUNTY;
	err = law_comment_get(&all, a, row->merged, &head);
	if (err != OK || head.state != COMMENT_ANSWERED)
		return err;
	out->state = head.state;
	out->result = head.result;
	out->answer = head.answer;
	out->answered_at = head.answered_at;
	return OK;
}

int
law_comment_see(struct ctx *c, struct law_comment_id id)
{
	struct arena *a = arena_new();
	struct law_comment row, answer;
	struct stmt *q;
	int err = law_comment_get(c, a, id, &row);

	if (err == OK && row.person.v != c->me)
		err = ERR_DENIED;
	if (err == OK)
		err = law_comment_answer_of(c, a, &row, &answer);
	if (err == OK && answer.state != COMMENT_ANSWERED)
		err = ERR_STATE;
	if (err != OK || row.seen_at.s != 0)
		goto done;
	err = event_begin(c, ACTION_COMMENT_SEE, ENTITY_LAW_COMMENT, id.v,
	                  row.unit.v);
	if (err != OK)
		goto done;
	event_about(c, ENTITY_PERSON, c->me);
	q = ctx_stmt(c, &entity_law_comment, COMMENT_SQL_SEE);
	bind_id(q, ":id", id.v);
	err = event_end(c, stmt_run(q, NULL));
done:
	arena_free(a);
	return err;
}
