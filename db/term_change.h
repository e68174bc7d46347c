/*
 * The change of a congress's term, one guided operation: the mandates of the
 * old term end, who of them is elected again goes on, codes of the others are
 * revoked, their offices end, what they have under way is handed over. It is
 * done in one event and can be taken back until it is confirmed; confirming
 * seals the duty files of the old term for good.
 */
#ifndef DB_TERM_CHANGE_H
#define DB_TERM_CHANGE_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/ids.h"
#include "db/leaving.h"
#include "db/store/ctx.h"
#include "db/term.h"

enum term_change_state { TERM_CHANGE_DONE, TERM_CHANGE_CONFIRMED };
extern const struct enum_name term_change_states[];

struct term_change {
	struct term_change_id id;
	struct unit_id unit; /* whose congress; 0: the county's */
	struct term_id old_term, new_term;
	int state;          /* enum term_change_state */
	struct day last_on; /* of the old mandates */
	/* what it did */
	int64_t mandates, reelected, offices, codes, invitations, handed;
	int64_t seals; /* files, once confirmed */
	struct event_id event;
	struct instant at, confirmed_at;
};

extern const struct entity entity_term_change;

/* What stands before a change, or what one did. */
struct term_preview {
	struct term old, next; /* next.id 0: not entered yet */
	bool is_changed;       /* then change says how it went */
	struct term_change change;
	struct day last_on;
	int64_t mandates, reelected, persons; /* persons: who leave */
	int64_t counts[RESPONSIBLES];
	int64_t records; /* duty records of the old term, to be sealed */
};

/* Errors: ERR_DENIED, ERR_NOT_FOUND. */
int term_change_preview(struct ctx *c, struct arena *a, struct term_id old,
                        struct term_preview *out) MUST_CHECK;
/*
 * Do it. The old term then lasts until the day before the new one's first.
 * progress (may be NULL) is told permille; false from it stops and takes all
 * back. Errors: ERR_DENIED (not one's congress), ERR_NOT_FOUND (a term),
 * ERR_INVALID (the new term has not begun), ERR_EXISTS (done already),
 * ERR_OWNERLESS, ERR_STOPPED.
 */
int term_change_run(struct ctx *c, struct term_id old,
                    bool (*progress)(void *data, int permille), void *data,
                    struct term_change_id *id) MUST_CHECK;
/* Seal the files; from then on it stands. Errors: ERR_DENIED, ERR_NOT_FOUND,
 * ERR_STATE (confirmed already). */
int term_change_confirm(struct ctx *c, struct term_change_id id) MUST_CHECK;
/* Take it back. Errors: as event_strike. */
int term_change_undo(struct ctx *c, struct arena *a, struct term_change_id id,
                     const char *reason) MUST_CHECK;

#endif
