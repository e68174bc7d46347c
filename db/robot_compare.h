/*
 * Whether the robot and the desk agree: in a month, how many matters came by
 * which way, what was written to the robot and became none, and matters that
 * look as if they had been entered twice, by the robot and by hand. Reads the
 * rows of that month only.
 */
#ifndef DB_ROBOT_COMPARE_H
#define DB_ROBOT_COMPARE_H

#include "db/opinion.h"

enum { COMPARE_SOURCES = 6, COMPARE_SHOWN = 100 };

struct compare_unit {
	struct unit_id unit; /* 0: the county itself */
	const char *name;
	/* By enum opinion_source; what a deputy wrote to the robot came by
	 * the robot. */
	int64_t n[COMPARE_SOURCES];
};

enum compare_why {
	COMPARE_HELD,    /* somebody unknown; the matter waits */
	COMPARE_UNREAD,  /* not understood */
	COMPARE_REFUSED, /* the answer says why */
	COMPARE_OPEN,    /* taken and never answered */
	COMPARE_WHYS
};
extern const struct enum_name compare_whys[];

struct compare_message {
	struct robot_message_id id;
	struct opinion_id opinion; /* of one held */
	int why;
	struct instant taken_at;
	const char *who; /* the person, or ""; */
	const char *words, *answer;
};

struct compare_pair {
	struct opinion_id robot, hand;
	struct instant robot_at, hand_at;
	const char *robot_subject, *hand_subject, *unit_name;
	int percent; /* of what they say is the same */
};

struct robot_compare {
	int64_t month;
	struct compare_unit *units;
	struct compare_message *messages;
	struct compare_pair *pairs;
	int unit_count, message_count, pair_count;
	bool cut; /* more than are shown or compared */
};

/*
 * Of month (202603), in a, in the current language. Messages of people of
 * one's own unit; the county sees all, and those of unknown people.
 * Errors: ERR_DENIED (without opinion.triage), ERR_STORE.
 */
int robot_compare(struct ctx *c, struct arena *a, int64_t month,
                  struct robot_compare *out) MUST_CHECK;

#endif
