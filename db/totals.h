/*
 * What the workbenches show: figures from counters and short index ranges,
 * and what the acting person has to do now. Everything within their scope.
 */
#ifndef DB_TOTALS_H
#define DB_TOTALS_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/ids.h"
#include "db/store/ctx.h"

struct totals {
	int64_t today;        /* activities that start today */
	int64_t today_signed; /* sign-ins at them */
	int64_t open;         /* open now */
	int64_t month, year;  /* activities, without drafts and cancelled */
	int64_t month_present, month_missed; /* signed in or late; absent */
	int64_t year_present, year_missed;
	int64_t drafts, unconfirmed; /* closed, not yet confirmed */
	int64_t waiting;             /* walk-ins to confirm */
	int64_t records;             /* duty records of the year */
	int64_t deputies;            /* people with a current mandate */
};

/* Of one unit, or 0: all the acting person sees (a unit's hat: its unit).
 * Errors: ERR_DENIED, ERR_STORE. */
int totals_get(struct ctx *c, struct unit_id unit,
               struct totals *out) MUST_CHECK;

/* Sign-ins of those expected in tenths of a percent; -1 when none was. */
int64_t totals_rate(int64_t present, int64_t missed);

struct totals_unit {
	struct unit_id unit;
	const char *name;
	struct totals t; /* today, month, month_*, year, records, deputies */
};
/* A row a unit, in the units' order. For hats that see the county. */
int totals_units(struct ctx *c, struct arena *a, struct totals_unit **rows,
                 int *n) MUST_CHECK;

/* Activities of each month of year, 1..12, of a unit or 0: the county. */
int totals_months(struct ctx *c, struct unit_id unit, int64_t year,
                  int64_t out[12]) MUST_CHECK;

/* What must I do now: the more urgent first, then the sooner. */
enum todo_urgency { TODO_OVERDUE, TODO_TODAY, TODO_SOON, TODO_LATER };
enum todo_what {
	TODO_ANSWER,    /* a deputy's invitation to answer */
	TODO_SIGN_IN,   /* open now and I am on the roll: sign in by code */
	TODO_ATTEND,    /* today or coming, I said yes */
	TODO_HOLD,      /* an officer's activity of today */
	TODO_LEAVE,     /* leave was asked for */
	TODO_WALK_IN,   /* walk-ins wait to be confirmed */
	TODO_CONFIRM,   /* closed, the roll is to be confirmed */
	TODO_PUBLISH,   /* a draft of the coming days */
	TODO_DUTY,      /* a deputy's next day on the rota, not announced yet */
	TODO_RECEIVE,   /* an instruction to confirm the receipt of */
	TODO_CARRY_OUT, /* an instruction received and not done */
	TODO_CHASE,  /* the sender's: an instruction that is late somewhere */
	TODO_CHECK,  /* a claim or correction of a deputy */
	TODO_APPEAL, /* an appeal for a head */
	TODO_PLAN,   /* a campaign the unit has not planned */
	TODO_SUM_UP, /* one that is over and not summed up */
	TODO_ACCEPT, /* a summary for the county */
	/* Of opinions, in the order of a matter's steps. */
	TODO_ADMIT,     /* held back: to let in, or to put away */
	TODO_TAKE,      /* new: to take up */
	TODO_HANDLE,    /* taken up, or come back: to answer or to route */
	TODO_RETURNED,  /* an office gave it back: to route again */
	TODO_TIME,      /* an office asks for time */
	TODO_TELL,      /* answered: to tell the citizen */
	TODO_ESCALATED, /* dissatisfied twice: the head's and the county's */
	TODO_LEG,       /* an office's: to accept or to return */
	TODO_LEG_REPLY, /* an office's: to work on and reply to */
	/* Of livelihood projects. */
	TODO_PROPOSAL,  /* a proposal to look at */
	TODO_CHOSEN,    /* selected: to plan */
	TODO_INSPECT,   /* claimed: to inspect */
	TODO_CHANGE,    /* a change to approve or to refuse */
	TODO_REPORT,    /* an office's: last month's report */
	TODO_MILESTONE, /* an office's: a milestone that is near or late */
	/* Of projects' tasks. */
	TODO_FINDING,    /* a deputy's: a visit without findings */
	TODO_RATE,       /* a deputy's, a member's: inspected, to be rated */
	TODO_TASK_RATE,  /* a deputy's: replied, to be rated */
	TODO_TASK_END,   /* disputed: a head's */
	TODO_TASK,       /* the lead unit's: to accept */
	TODO_TASK_REPLY, /* the same: to reply to */
	TODO_TASK_LATE,  /* the staff's: the lead unit is late */
	/* Of ballots. */
	TODO_VOTE,    /* a voter's: open, and no paper of theirs yet */
	TODO_CLOSE,   /* all have voted, or it has been open for a day */
	TODO_OUTCOME, /* counted, to be confirmed */
	/* Of draft laws. */
	TODO_STUDY,        /* a deputy's: received, to read and to comment on */
	TODO_RESULT,       /* a deputy's: a comment has its answer */
	TODO_AGAIN,        /* a deputy's: a comment came back, to change */
	TODO_COMMENT,      /* a station's: comments to check and to send up */
	TODO_LAW_ANSWER,   /* the county's: comments to answer */
	TODO_CONSULTATION, /* the county's: all are answered, to be told */
	TODO_WHATS
};
struct todo {
	enum todo_urgency urgency;
	enum todo_what what;
	enum entity_kind kind; /* what id is of */
	int64_t id;
	const char *title;
	struct instant at; /* when it is due or starts */
	bool all_day;      /* only the day of at counts */
	int64_t n;         /* how many wait (leave, walk-ins); else 0 */
	struct unit_id unit;
};
int todo_list(struct ctx *c, struct arena *a, int max, struct todo **rows,
              int *n) MUST_CHECK;
/* Msgid of what: "Confirm roll". */
const char *todo_label(enum todo_what what);

#endif
