/*
 * Who is responsible for what, and handing it over when somebody leaves: a
 * mandate or an office ends, or all that a person holds, in one event with
 * everything that follows. The kinds of thing one can be responsible for are
 * rows of db/responsible.def; nothing is left without an owner.
 */
#ifndef DB_LEAVING_H
#define DB_LEAVING_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/ids.h"
#include "db/store/ctx.h"

enum responsible {
#define RESPONSIBLE(code, label, outcome, perm, from, change)                  \
	RESPONSIBLE_##code,
#include "db/responsible.def"
#undef RESPONSIBLE
	RESPONSIBLES
};

enum { LEAVING_REASON_MAX = 200 };

/* Which of a person's offices and mandates end. Exactly one of mandate,
 * office, all; term is db/term_change.h's. */
struct leaving {
	struct person_id person;
	struct mandate_id mandate;
	struct office_id office;
	bool all;
	struct term_id term; /* all mandates of it */
	struct day last;     /* the last day; none: yesterday */
	const char *reason;
	struct person_id heirs[RESPONSIBLES]; /* who takes over; 0: nobody */
	/* filled in by leaving.c */
	struct day after;      /* the day after */
	struct instant since;  /* its beginning */
	struct person_id heir; /* of the row at hand */
};

/* What a person would leave behind, a row a kind that has any. */
struct left {
	enum responsible kind;
	const char *label, *outcome; /* msgids */
	int64_t n;
	bool wants_heir;
};

/* Somebody who could take over. */
struct heir {
	struct person_id person;
	const char *name;
	const char *label, *label_en; /* of the office that lets them */
	bool county;                  /* an office of the county's */
	int64_t position;             /* of the role */
	struct office_id office;
};

/* Rows for what leaves behind; *n of at most RESPONSIBLES.
 * Errors: ERR_DENIED, ERR_NOT_FOUND (not in scope), ERR_INVALID. */
int leaving_preview(struct ctx *c, struct arena *a, const struct leaving *leave,
                    struct left rows[RESPONSIBLES], int *n) MUST_CHECK;
/* Those at the person's unit, or of the county, who may take kind over. */
int leaving_heirs(struct ctx *c, struct arena *a, struct person_id person,
                  enum responsible kind, struct heir **rows, int *n) MUST_CHECK;
/*
 * Do it. The reason is needed. Errors besides: ERR_OWNERLESS (something has
 * nobody who takes it over, or not by somebody who may), ERR_STATE (ended
 * already), ERR_ADMIN, ERR_INVALID (reason, to_on).
 */
int leaving_run(struct ctx *c, const struct leaving *leave) MUST_CHECK;

/* For db/term_change.c, within its event: what follows for one person whose
 * mandates of leave->term have been ended; heirs that are 0 are found: the
 * staff of the unit. counts are added to. */
int leaving_settle(struct ctx *c, struct arena *a, struct leaving *leave,
                   int64_t counts[RESPONSIBLES]) MUST_CHECK;
/* The same counted beforehand. */
int leaving_count(struct ctx *c, const struct leaving *leave,
                  int64_t counts[RESPONSIBLES]) MUST_CHECK;
/* Fill in last, after and since. */
void leaving_days(struct ctx *c, struct leaving *leave);
const char *leaving_label(enum responsible kind);   /* msgid */
const char *leaving_outcome(enum responsible kind); /* msgid */

#endif
