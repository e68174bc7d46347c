/*
 * The chat robot: what is written to it is taken (noted, once a message),
 * then answered in one event with what it does. Who writes is known by a
 * binding that they made themselves with a one-time code; of others a held
 * opinion is made. In a group answers cover only what was raised there.
 * Source: domain.md, Robot.
 */
#ifndef DB_ROBOT_H
#define DB_ROBOT_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/base/secret.h"
#include "db/ids.h"
#include "db/store/ctx.h"
#include "db/store/list.h"

enum {
	ROBOT_TEXT_MAX = 4000, /* characters */
	ROBOT_ID_MAX = 128,    /* of ids the chat gives */
	ROBOT_CODE_MINUTES = 10,
	ROBOT_WEBHOOK_MAX = 500 /* bytes */
};

/* A message as it arrived; texts need not be clean. */
struct robot_in {
	const char *msg;          /* the chat's id of it */
	const char *conversation; /* id */
	const char *sender;       /* id of the person there */
	const char *nick;
	const char *text;
	bool in_group;
	/* Where the group can be written to, "" nowhere, and until when; a
	 * secret, which goes nowhere else. */
	const char *webhook;
	struct instant webhook_until;
};

/* One who is bound. */
struct robot_sender {
	struct robot_sender_id id;
	struct account_id account;
	const char *nick;
	struct instant bound_at;
};

extern const struct entity entity_robot_sender, entity_robot_message;

/*
 * Take and answer; c is the system's. *answer, in a, is what to say in the
 * language of the site; the same message again is answered as before without
 * doing anything. public_url begins addresses in it; "" none are given.
 * Errors: ERR_INVALID (no id, or text that is none), ERR_STORE ...
 */
int robot_take(struct ctx *c, struct arena *a, const struct robot_in *in,
               const char *public_url, const char **answer) MUST_CHECK;

/* A code with which the acting account binds a chat account by writing it to
 * the robot, within ROBOT_CODE_MINUTES. */
int robot_code(struct ctx *c, char code[SECRET_SHORT + 1]) MUST_CHECK;

/* The chat accounts of the acting account. */
int robot_senders(struct ctx *c, struct arena *a, struct robot_sender **rows,
                  int *n) MUST_CHECK;
/* Errors: ERR_NOT_FOUND (none of the acting account's). */
int robot_unbind(struct ctx *c, struct robot_sender_id id) MUST_CHECK;

#endif
