/* What db/robot*.c share. */
#ifndef DB_ROBOT_IN_H
#define DB_ROBOT_IN_H

#include "db/robot.h"

enum {
	MESSAGE_SQL_GET,
	MESSAGE_SQL_ADD,
	MESSAGE_SQL_ANSWER,
	MESSAGE_SQL_RAISED,
	MESSAGE_SQL_COUNT
};

struct robot_message {
	struct robot_message_id id;
	const char *msg, *conversation, *sender;
	bool in_group;
	struct instant taken_at, answered_at;
	const char *verb, *answer;
	struct opinion_id opinion;
	bool refused;
	const char *words; /* of one that was not done; "" */
};

/* Bind a chat account by the code of an account. Errors: ERR_NOT_FOUND (no
 * such code, or too late), ERR_EXISTS (bound already). */
int robot_bind(struct ctx *c, const char *code, const char *sender,
               const char *nick) MUST_CHECK;

/* Do what the message says as acting (known: a bound account, else the
 * system for somebody unknown) and write the answer, in one event. */
int robot_answer(struct ctx *acting, bool known, struct arena *a,
                 const struct robot_in *in, const struct robot_message *row,
                 const char *public_url, const char **answer) MUST_CHECK;

#endif
