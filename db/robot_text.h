/*
 * What people write to the chat robot, as a pure function of the text:
 *   民情 <类别> <地点>：<内容>      #<编号> 接收|进展|办结|退回 <说明>
 *   查 <编号>      活动 <名称> <地点>      绑定 <口令>      帮助
 * Full-width letters, digits and punctuation count as their half-width ones
 * where they are grammar. Source: domain.md, Robot.
 */
#ifndef DB_ROBOT_TEXT_H
#define DB_ROBOT_TEXT_H

#include "db/base/arena.h"
#include "db/opinion_leg.h"

enum robot_verb {
	ROBOT_UNKNOWN,
	ROBOT_HELP,
	ROBOT_OPINION,
	ROBOT_STEP,
	ROBOT_FIND,
	ROBOT_ACTIVITY,
	ROBOT_BIND
};

struct robot_command {
	enum robot_verb verb;
	/* Before the colon of a 民情: one word or two; of an activity: its
	 * title and place. "" none. */
	const char *first, *second;
	const char *words;  /* what follows; "" none */
	int64_t number;     /* of a matter; 0 none */
	enum leg_step step; /* of a ROBOT_STEP */
};

/* text is clean. Strings in a, never NULL. */
void robot_read(struct arena *a, const char *text, struct robot_command *out);

#endif
