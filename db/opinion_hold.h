/*
 * Messages that were held: how many for which reason and by which code, those
 * that still wait, and those decided with who did it. The message is kept as
 * it came, whatever is decided; deciding is a step of the opinion (release,
 * discard). Source: domain.md, application 4, the state HELD.
 */
#ifndef DB_OPINION_HOLD_H
#define DB_OPINION_HOLD_H

#include "db/opinion.h"

enum hold_span { HOLD_TODAY, HOLD_WEEK, HOLD_WAITING, HOLD_SPANS };

enum { HOLD_CODES = 10, HOLD_COUNTED = 5000 };

struct hold_count {
	const char *label; /* a translated reason, or what the code is of */
	int64_t n[HOLD_SPANS];
};

struct hold_counts {
	struct hold_count all;
	struct hold_count *reasons; /* those that there are; one message may
	                               have several */
	struct hold_count *codes;   /* the HOLD_CODES that brought most */
	int reason_count, code_count;
	bool cut; /* there are more than HOLD_COUNTED: the newest count */
};

/* Of the last seven days and of those that wait; in a, in the current
 * language. Errors: ERR_DENIED (without opinion.triage), ERR_STORE. */
int hold_counts(struct ctx *c, struct arena *a,
                struct hold_counts *out) MUST_CHECK;

struct hold_line {
	struct opinion_id id;
	int64_t version;
	const char *doubts;    /* for doubt_text() */
	const char *unit_name; /* "" the county */
	const char *sender, *body;
	struct instant received_at;
	int state;      /* enum opinion_state */
	const char *by; /* who decided; "" nobody */
};

/* Those that wait, and those decided; newest first. */
extern const struct list_spec hold_list, hold_decided_list;

/* Release or discard (with a reason) the one at that version.
 * Errors: as opinion_act. */
int hold_decide(struct ctx *c, const struct hold_line *line,
                enum opinion_step step, const char *reason) MUST_CHECK;

#endif
