/*
 * Events: one action of one person is one event, one transaction, and in it
 * every record that follows. Between event_begin and event_end an entity
 * only runs its INSERTs, UPDATEs and DELETEs; the store watches the rows
 * (SQLite's preupdate hook) and writes by itself
 *   - what striking out has to do (event_undo),
 *   - the links (event_link): each row written, and each subject named,
 *   - one audit row with what changed, chained to the last,
 * while the counters follow by triggers. Nobody writes these by hand.
 */
#ifndef DB_STORE_EVENT_H
#define DB_STORE_EVENT_H

#include "db/base/arena.h"
#include "db/store/ctx.h"

/* An action that can be written; the rows are in db/store/actions.def:
 * ACTION(CODE, "name", label, perm, strikable). */
enum action {
#define ACTION(code, name, label, perm, strikable) ACTION_##code,
#include "db/store/actions.def"
#undef ACTION
	ACTIONS
};

/* A row of the table, as lists of events show it. */
struct event {
	int64_t id;
	const char *action; /* stored name */
	struct instant at;
	int64_t account, person, office, unit; /* 0: none */
	const char *subject_kind;
	int64_t subject;
	const char *reason;
	int64_t struck_by; /* 0: it stands */
};

const char *action_name(enum action action);
const char *action_label(enum action action); /* msgid: "signed in" */
enum action action_of(const char *name);      /* ACTIONS: unknown */
enum perm action_perm(enum action action);
bool action_is_strikable(enum action action);

/* Begin: checks the action's permission, takes the writer's lock, writes
 * the event row. subject is what it is about (0 when it is created in this
 * event: say it later by event_subject). unit 0: the county's ledger.
 * Inside another event it joins it: same transaction, a row with cause.
 * Errors: ERR_DENIED, ERR_BUSY, ERR_FULL, ERR_READONLY, ERR_STORE. */
int event_begin(struct ctx *c, enum action action, enum entity_kind kind,
                int64_t subject, int64_t unit) MUST_CHECK;

/* Name the subject, the reason, or a further record the event is about
 * (it appears in that record's timeline, and striking out an event that
 * wrote that record is refused while this one stands). */
void event_subject(struct ctx *c, int64_t subject, int64_t unit);
void event_reason(struct ctx *c, const char *reason);
void event_about(struct ctx *c, enum entity_kind kind, int64_t id);

/* Number of the event being written, for columns that keep it. */
int64_t event_id(const struct ctx *c);

/* err OK: write links, undo and audit and commit; else roll everything
 * back. Returns err, or what went wrong in committing. The outermost end
 * commits and then calls c->committed. Always call it after a begin that
 * returned OK. */
int event_end(struct ctx *c, int err) MUST_CHECK;

/*
 * Strike out: a new event that takes back exactly what id wrote.
 * Errors: ERR_DENIED (permission, scope, or an action that cannot be
 * struck), ERR_NOT_FOUND, ERR_STATE (struck already), ERR_INVALID (no
 * reason), ERR_DEPENDS: *later lists the events that stand on it.
 */
struct event_list {
	int64_t *ids;
	int n;
};
int event_strike(struct ctx *c, struct arena *a, int64_t id, const char *reason,
                 struct event_list *later) MUST_CHECK;

/* One line of a timeline. */
struct event_line {
	int64_t id;
	struct instant at;
	enum action action; /* ACTIONS for one of a newer version */
	const char *who;    /* person's name; "" the system */
	const char *hat;    /* role's label in the current language; "" none */
	const char *about;  /* whom it was about: a name; "" none */
	const char *reason;
	bool struck;
	bool caused; /* it followed from another, and is struck with that */
};

/* The newest max lines about a record, oldest first. The caller has read
 * the record under its scope before. */
int event_timeline(struct ctx *c, struct arena *a, enum entity_kind kind,
                   int64_t id, int max, struct event_line **lines,
                   int *n) MUST_CHECK;

/* The same of a record that others act on too, each for themselves: the
 * county's lines, those of the acting hat's unit and one's own; of a deputy or
 * a handling unit: the county's, their own, and what was done with the record
 * itself, unless by another deputy or about one. */
int event_timeline_own(struct ctx *c, struct arena *a, enum entity_kind kind,
                       int64_t id, int max, struct event_line **lines,
                       int *n) MUST_CHECK;

/* The same of a person: without the ballots they voted in, and without
 * matters (leave, messages, comments) for who may not read duty files. */
int event_timeline_person(struct ctx *c, struct arena *a, int64_t id, int max,
                          struct event_line **lines, int *n) MUST_CHECK;

/* The line of one event, such as those in an event_list: whoever may strike
 * an event may know what stands on it. */
int event_line_get(struct ctx *c, struct arena *a, int64_t id,
                   struct event_line *out) MUST_CHECK;

#endif
