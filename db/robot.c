/* The chat robot: taking messages once, and who writes them. What they do is
 * db/robot_answer.c. */
#include "db/robot.h"

#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/entry.h"
#include "db/robot_in.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

enum { SENDERS_MAX = 100 };

/* clang-format off */
static const struct field sender_fields[] = {
	FIELD(robot_sender, id,       REF,  N_("Number"), .readonly = true),
	FIELD(robot_sender, account,  REF,  N_("Account"), .readonly = true),
	FIELD(robot_sender, nick,     TEXT, N_("Name in the chat"), .readonly = true),
	FIELD(robot_sender, bound_at, TIME, N_("Bound"), .readonly = true),
	FIELD_END,
};

static const struct field message_fields[] = {
	FIELD(robot_message, id,           REF,   N_("Number"), .readonly = true),
	FIELD(robot_message, msg,          TEXT,  N_("Message"), .personal = true, .readonly = true),
	FIELD(robot_message, conversation, TEXT,  N_("Conversation"), .personal = true, .readonly = true),
	FIELD(robot_message, sender,       TEXT,  N_("Sender"), .personal = true, .readonly = true),
	FIELD(robot_message, in_group,     BOOL,  N_("In a group"), .readonly = true),
	FIELD(robot_message, taken_at,     TIME,  N_("Taken"), .readonly = true),
	FIELD(robot_message, answered_at,  TIME,  N_("Answered"), .readonly = true),
	FIELD(robot_message, verb,         TOKEN, N_("Command"), .readonly = true),
	FIELD(robot_message, answer,       LINES, N_("Robot's answer"), .personal = true, .readonly = true),
	FIELD(robot_message, opinion,      REF,   N_("Opinion"), .readonly = true),
	FIELD_END,
};
/* clang-format on */

enum {
	SENDER_SQL_MINE,
	SENDER_SQL_OF,
	SENDER_SQL_FORGET,
	SENDER_SQL_CODE,
	SENDER_SQL_FIND,
	SENDER_SQL_BIND,
	SENDER_SQL_DROP,
	SENDER_SQL_COUNT
};

/* Only the newest code of an account is good. */
static const char *const sender_sql[] = {
    [SENDER_SQL_MINE] = "SELECT id, account, nick, bound_at FROM robot_sender"
			" WHERE account = :account AND sender IS NOT NULL"
			"   AND @scope",
    [SENDER_SQL_OF] = "SELECT account FROM robot_sender AS r"
		      " WHERE r.sender = :sender",
    [SENDER_SQL_FORGET] = "DELETE FROM robot_sender"
			  " WHERE account = :account AND sender IS NULL"
			  "   AND @scope",
    [SENDER_SQL_CODE] =
	"INSERT INTO robot_sender (id, account, code, code_until)"
	" VALUES (:id, :account, :code, :until)",
    [SENDER_SQL_FIND] = "SELECT id FROM robot_sender AS r"
			" WHERE r.code = :code AND r.code_until >= :now",
    [SENDER_SQL_BIND] = "UPDATE OR IGNORE robot_sender SET sender = :sender,"
			" nick = :nick, code = NULL, bound_at = :now"
			" WHERE id = :id AND @scope",
    [SENDER_SQL_DROP] = "DELETE FROM robot_sender"
			" WHERE id = :id AND account = :account AND @scope",
};

/* Everybody's are their own. */
static const char *const sender_scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "EXISTS (SELECT 1 FROM account AS a"
		   " WHERE a.id = robot_sender.account AND a.person = :me)",
    [SCOPE_STATION] = "EXISTS (SELECT 1 FROM account AS a"
		      " WHERE a.id = robot_sender.account AND a.person = :me)",
    [SCOPE_SELF] = "EXISTS (SELECT 1 FROM account AS a"
		   " WHERE a.id = robot_sender.account AND a.person = :me)",
    [SCOPE_ASSIGNED] = "EXISTS (SELECT 1 FROM account AS a"
		       " WHERE a.id = robot_sender.account AND a.person = :me)",
};

const struct entity entity_robot_sender = {
    .kind = ENTITY_ROBOT_SENDER,
    .name = "robot_sender",
    .label = N_("Chat account"),
    .fields = sender_fields,
    .scope = sender_scope,
    .sql = sender_sql,
    .sql_count = SENDER_SQL_COUNT,
};

static const char *const message_sql[] = {
    [MESSAGE_SQL_GET] =
	"SELECT id, msg, conversation, sender, in_group,"
	" taken_at, answered_at, verb, answer, opinion, refused, words"
	" FROM robot_message WHERE msg = :msg",
    [MESSAGE_SQL_ADD] =
	"INSERT INTO robot_message (id, msg, conversation, sender, in_group,"
	" taken_at) VALUES (:id, :msg, :conversation, :sender, :in_group,"
	" :now)",
    [MESSAGE_SQL_ANSWER] =
	"UPDATE robot_message SET answered_at = :now, verb = :verb,"
	" answer = :answer, opinion = :opinion, refused = :refused,"
	" words = :words"
	" WHERE id = :id AND answered_at IS NULL",
    [MESSAGE_SQL_RAISED] =
	"SELECT 1 FROM robot_message WHERE opinion = :opinion"
	"   AND conversation = :conversation LIMIT 1",
};

/* Not scoped: no screen shows them; the robot reads them as the system. */
const struct entity entity_robot_message = {
    .kind = ENTITY_ROBOT_MESSAGE,
    .name = "robot_message",
    .label = N_("Message to the robot"),
    .fields = message_fields,
    .sql = message_sql,
    .sql_count = MESSAGE_SQL_COUNT,
};

/* --- bindings -------------------------------------------------------- */

int
robot_senders(struct ctx *c, struct arena *a, struct robot_sender **rows,
              int *n)
{
	struct stmt *q = ctx_stmt(c, &entity_robot_sender, SENDER_SQL_MINE);

	bind_id(q, ":account", c->account);
	return stmt_all(q, a, sender_fields, sizeof(**rows), SENDERS_MAX, rows,
	                n);
}

static int
write_code(struct ctx *c, const char *code)
{
	struct stmt *q = ctx_stmt(c, &entity_robot_sender, SENDER_SQL_FORGET);
	int err;

	bind_id(q, ":account", c->account);
	err = stmt_run(q, NULL);
	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_robot_sender, SENDER_SQL_CODE);
	bind_id(q, ":id", ctx_new_id(c, &entity_robot_sender));
	bind_id(q, ":account", c->account);
	bind_text(q, ":code", code);
	bind_int(q, ":until", ctx_now(c).s + ROBOT_CODE_MINUTES * 60);
	return stmt_run(q, NULL);
}

int
robot_code(struct ctx *c, char code[SECRET_SHORT + 1])
{
	char made[SECRET_SHORT + 1];
	int err;

	if (c->account == 0)
		return ERR_DENIED;
	secret_short(made);
	err = event_begin(c, ACTION_ROBOT_CODE, ENTITY_ACCOUNT, c->account, 0);
	if (err == OK)
		err = event_end(c, write_code(c, made));
	if (err == OK)
		memcpy(code, made, sizeof(made));
	return err;
}

int
robot_unbind(struct ctx *c, struct robot_sender_id id)
{
	struct stmt *q;
	int64_t changed = 0;
	int err =
	    event_begin(c, ACTION_ROBOT_UNBIND, ENTITY_ACCOUNT, c->account, 0);

	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_robot_sender, SENDER_SQL_DROP);
	bind_id(q, ":id", id.v);
	bind_id(q, ":account", c->account);
	err = stmt_run(q, &changed);
	return event_end(c, err == OK && changed == 0 ? ERR_NOT_FOUND : err);
}

int
robot_bind(struct ctx *c, const char *code, const char *sender,
           const char *nick)
{
	struct stmt *q = ctx_stmt(c, &entity_robot_sender, SENDER_SQL_FIND);
	int64_t id, changed = 0;
	int err;

	bind_text(q, ":code", code);
	err = stmt_int(q, &id);
	if (err == OK)
		err = event_begin(c, ACTION_ROBOT_BIND, ENTITY_ROBOT_SENDER, id,
		                  0);
	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_robot_sender, SENDER_SQL_BIND);
	bind_id(q, ":id", id);
	bind_text(q, ":sender", sender);
	bind_text(q, ":nick", nick);
	err = stmt_run(q, &changed);
	/* nothing changed: this chat account is somebody's already */
	return event_end(c, err == OK && changed == 0 ? ERR_EXISTS : err);
}

/* Who wrote it: the account it is bound to, in the hat worn last. */
static int
who(struct ctx *c, const char *sender, struct ctx *acting, bool *known)
{
	struct stmt *q = ctx_stmt(c, &entity_robot_sender, SENDER_SQL_OF);
	int64_t account;
	int err;

	*acting = *c;
	*known = false;
	bind_text(q, ":sender", sender);
	err = stmt_int(q, &account);
	if (err == ERR_NOT_FOUND)
		return OK;
	if (err == OK)
		err = ctx_open(acting, c->store, account, 0);
	if (err == ERR_NOT_FOUND || err == ERR_DENIED) {
		*acting = *c; /* disabled, or without an office by now */
		return OK;
	}
	acting->committed = c->committed;
	acting->committed_data = c->committed_data;
	*known = err == OK;
	return err;
}

/* --- where a group can be written to ------------------------------------ */

static const char sql_webhook[] =
    "INSERT INTO robot_webhook (conversation, address, until)"
    " VALUES (:conversation, :address, :until)"
    " ON CONFLICT (conversation) DO UPDATE"
    "   SET address = excluded.address, until = excluded.until"
    "   WHERE excluded.until >= until";

/* One that is too long is none of the chat's. */
static int
keep_webhook(struct ctx *c, const struct robot_in *in)
{
	size_t n = in->webhook != NULL ? strlen(in->webhook) : 0;
	struct stmt *q;

	if (!in->in_group || n == 0 || n > ROBOT_WEBHOOK_MAX)
		return OK;
	for (size_t i = 0; i < n; i++)
		if (in->webhook[i] <= ' ' || in->webhook[i] > '~')
			return OK;
	q = ctx_sql(c, NULL, sql_webhook);
	bind_text(q, ":conversation", in->conversation);
	bind_text(q, ":address", in->webhook);
	bind_int(q, ":until", in->webhook_until.s);
	return stmt_run(q, NULL);
}

/* --- taking ---------------------------------------------------------- */

static int
find(struct ctx *c, struct arena *a, const char *msg, struct robot_message *out)
{
	struct stmt *q = ctx_stmt(c, &entity_robot_message, MESSAGE_SQL_GET);

	bind_text(q, ":msg", msg);
	return stmt_one(q, a, message_fields, out);
}

static int
note(struct ctx *c, const struct robot_in *in, struct robot_message *row)
{
	struct stmt *q;
	int err = event_begin(c, ACTION_ROBOT_TAKE, ENTITY_ROBOT_MESSAGE, 0, 0);

	if (err != OK)
		return err;
	row->id.v = ctx_new_id(c, &entity_robot_message);
	row->taken_at = ctx_now(c);
	event_subject(c, row->id.v, 0);
	q = ctx_stmt(c, &entity_robot_message, MESSAGE_SQL_ADD);
	bind_fields(q, message_fields, row);
	err = stmt_run(q, NULL);
	return event_end(c, err == OK ? keep_webhook(c, in) : err);
}

/* What arrived, cleaned. */
static int
clean(struct ctx *c, struct arena *a, const struct robot_in *in,
      struct robot_message *row, struct robot_in *out)
{
	ctx_check_begin(c);
	out->msg =
	    entry_text(c, a, "msgId", in->msg, TEXT_LINE, ROBOT_ID_MAX, true);
	out->conversation = entry_text(c, a, "conversationId", in->conversation,
	                               TEXT_LINE, ROBOT_ID_MAX, false);
	out->sender = entry_text(c, a, "senderId", in->sender, TEXT_LINE,
	                         ROBOT_ID_MAX, true);
	out->nick = entry_text(c, a, "senderNick", in->nick, TEXT_LINE,
	                       ROBOT_ID_MAX, false);
	out->text = entry_text(c, a, "text", in->text, TEXT_LINES,
	                       ROBOT_TEXT_MAX, false);
	out->in_group = in->in_group;
	out->webhook = in->webhook;
	out->webhook_until = in->webhook_until;
	*row = (struct robot_message){
	    .msg = out->msg,
	    .conversation = out->conversation,
	    .sender = out->sender,
	    .in_group = in->in_group,
	};
	return ctx_check_end(c);
}

int
robot_take(struct ctx *c, struct arena *a, const struct robot_in *in,
           const char *public_url, const char **answer)
{
	struct robot_in given;
	struct robot_message row, known_row;
	struct ctx acting;
	bool known;
	int err = clean(c, a, in, &row, &given);

	if (err != OK)
		return err;
	err = find(c, a, given.msg, &known_row);
	if (err == OK) {
		row = known_row;
	} else if (err == ERR_NOT_FOUND) {
		err = note(c, &given, &row);
		if (err == ERR_EXISTS) /* it came twice at once */
			err = find(c, a, given.msg, &row);
	}
	if (err != OK)
		return err;
	if (row.answered_at.s != 0) {
		*answer = row.answer;
		return OK;
	}
	err = who(c, given.sender, &acting, &known);
	if (err == OK)
		err = robot_answer(&acting, known, a, &given, &row, public_url,
		                   answer);
	if (err == ERR_EXISTS) { /* another process was quicker */
		err = find(c, a, given.msg, &row);
		*answer = row.answer;
	}
	return err;
}
