/*
 * A vote: the voter's "voted" and a paper without a name, in one transaction.
 * What is marked goes to db/ballot_paper.c and nowhere else: not into the
 * event, the audit, the duty record, a draft or a log.
 */
#include "db/activity_in.h"
#include "db/ballot_in.h"
#include "db/base/i18n.h"
#include "db/duty_record.h"
#include "db/mandate.h"
#include "db/store/event.h"

static const char sql_voted_at[] =
    "SELECT event.at FROM ballot_voter AS v"
    "  JOIN event_link AS l ON l.kind = 'ballot_voter' AND l.id = v.id"
    "  JOIN event ON event.id = l.event AND event.action = 'ballot.vote'"
    " WHERE v.ballot = :ballot AND v.person = :me";

const char *
ballot_refusal(int err)
{
	switch (err) {
	case ERR_DENIED:
		return N_("You are not on the list of voters of this ballot.");
	case ERR_NOT_FOUND:
		return N_("There is no such ballot in your unit.");
	case ERR_EXISTS:
		return N_("You have voted in this ballot already. Your paper "
		          "is counted once.");
	case ERR_STATE:
		return N_("This ballot is not open.");
	case ERR_EXPIRED:
		return N_("This ballot is closed; no more papers are taken.");
	case ERR_REVOKED:
		return N_("What entitled you to vote ended after the list was "
		          "made; you may not vote any more.");
	case ERR_INVALID:
		return N_("The paper was not marked as it asks; nothing was "
		          "counted.");
	default:
		return err_msgid(err);
	}
}

/* Has the person still what put them on the list? Their mandate then; 0: of
 * the assembly. */
static int
still_votes(struct ctx *c, const struct ballot *b, struct mandate_id *mandate)
{
	struct stmt *q =
	    ctx_stmt(c, &entity_ballot_voter,
	             b->body == BALLOT_CONGRESS ? BALLOT_VOTER_SQL_CONGRESS
	                                        : BALLOT_VOTER_SQL_ASSEMBLY);
	bool found;
	int err;

	bind_id(q, ":unit", b->unit.v);
	bind_int(q, ":person", c->me);
	found = stmt_next(q);
	mandate->v = found ? col_int(q, 1) : 0;
	err = stmt_end(q);
	return err == OK && !found ? ERR_REVOKED : err;
}

static int
check(struct ctx *c, struct arena *a, struct ballot_id id, struct ballot *b,
      struct mandate_id *mandate)
{
	struct ballot_voter me;
	int err = ballot_get(c, a, id, b);

	if (err != OK)
		return err;
	if (b->state == BALLOT_DRAFT)
		return ERR_STATE;
	err = ballot_mine(c, a, id, &me);
	if (err == ERR_NOT_FOUND)
		return ERR_DENIED;
	if (err != OK)
		return err;
	if (me.voted)
		return ERR_EXISTS;
	if (b->state == BALLOT_FROZEN || b->state == BALLOT_VOID)
		return ERR_STATE;
	if (b->state != BALLOT_OPEN ||
	    (b->closes_at.s != 0 && b->closes_at.s <= ctx_now(c).s))
		return ERR_EXPIRED;
	return still_votes(c, b, mandate);
}

int
ballot_may_vote(struct ctx *c, struct ballot_id id)
{
	struct arena *a = arena_new();
	struct mandate_id mandate;
	struct ballot b;
	int err = may(c, PERM_BALLOT_VOTE) && c->me != 0
	              ? check(c, a, id, &b, &mandate)
	              : ERR_DENIED;

	arena_free(a);
	return err;
}

static int
check_marks(struct ctx *c, struct arena *a, const struct ballot *b,
            const char *marks)
{
	struct ballot_terms terms = {.kind = b->kind,
	                             .rule = b->rule,
	                             .places = (int)b->places,
	                             .issued = b->issued};
	struct ballot_option *options;
	int err = ballot_options(c, a, b->id, &options, &terms.options);

	if (err != OK)
		return err;
	ctx_check_begin(c);
	if (!ballot_marks_fit(&terms, marks))
		ctx_fault(c, "marks",
		          N_("The paper was not marked as it asks; nothing "
		             "was counted."));
	return ctx_check_end(c);
}

/* Taking part is a deputy's duty; how they voted is nobody's business. */
static int
add_record(struct ctx *c, struct arena *a, const struct ballot *b,
           struct mandate_id id)
{
	struct mandate m;
	struct ctx system;
	int err;

	if (id.v == 0)
		return OK;
	ctx_as_system(c, &system);
	err = mandate_get(&system, a, id, &m);
	if (err != OK)
		return err;
	return duty_record_add(c, &(struct duty_record){
				      .person = {c->me},
				      .mandate = m.id,
				      .term = m.term,
				      .unit = m.unit,
				      .station = m.station,
				      .grp = m.grp,
				      .kind = "meeting",
				      .grade = DUTY_FULL,
				      .subject_kind = entity_ballot.name,
				      .subject = b->id.v,
				      .title = b->title,
				      .venue = "",
				      .happened_at = ctx_now(c),
				      .state = DUTY_AUTOMATIC,
				  });
}

/* One row or somebody was quicker: another session of the same person, or
 * who closed it. */
static int
set_one(struct ctx *c, const struct entity *e, int sql, const char *name,
        struct ballot_id id, int else_err)
{
	struct stmt *q = ctx_stmt(c, e, sql);
	int64_t changed;
	int err;

	bind_id(q, name, id.v);
	err = stmt_run(q, &changed);
	return err == OK && changed != 1 ? else_err : err;
}

static int
write_vote(struct ctx *c, struct arena *a, struct ballot_id id,
           const char *marks)
{
	struct mandate_id mandate;
	struct ballot b;
	int err = check(c, a, id, &b, &mandate);

	if (err == OK)
		err = check_marks(c, a, &b, marks);
	event_about(c, ENTITY_PERSON, c->me);
	if (err == OK)
		err = set_one(c, &entity_ballot_voter, BALLOT_VOTER_SQL_VOTED,
		              ":ballot", id, ERR_EXISTS);
	if (err == OK)
		err = set_one(c, &entity_ballot, BALLOT_SQL_RETURNED, ":id", id,
		              ERR_EXPIRED);
	if (err == OK)
		err = ballot_paper_add(c, id, marks);
	return err == OK ? add_record(c, a, &b, mandate) : err;
}

int
ballot_vote(struct ctx *c, struct ballot_id id, const char *marks)
{
	struct arena *a = arena_new();
	struct ballot b;
	int err = may(c, PERM_BALLOT_VOTE) && c->me != 0
	              ? ballot_get(c, a, id, &b)
	              : ERR_DENIED;

	if (err == OK)
		err = event_begin(c, ACTION_BALLOT_VOTE, ENTITY_BALLOT, id.v,
		                  b.unit.v);
	if (err == OK)
		err = event_end(c, write_vote(c, a, id, marks));
	arena_free(a);
	return err;
}

int
ballot_voted_at(struct ctx *c, struct ballot_id id, struct instant *at)
{
	struct stmt *q = ctx_sql(c, NULL, sql_voted_at);

	bind_id(q, ":ballot", id.v);
	return stmt_int(q, &at->s);
}
