/*
 * /robot/dingtalk: what is written to the chat's robot. Only the chat's
 * addresses reach it, liaison-auth checks its signature, and the answer is
 * the body, as the chat's documentation says.
 */
#include <stdlib.h>
#include <string.h>

#include "db/base/json.h"
#include "db/robot.h"
#include "server/web/web.h"

static void
answer_json(struct request *r, int status, struct json *root)
{
	r->status = status;
	r->type = "application/json; charset=utf-8";
	buf_truncate(&r->out, 0);
	buf_add(&r->out, json_print(root, r->a));
	json_free(root);
}

static void
say(struct request *r, int status, const char *words)
{
	struct json *root = json_new_object(), *text = json_new_object();

	json_set_text(root, "msgtype", "text");
	json_set_text(text, "content", words);
	json_set(root, "text", text);
	answer_json(r, status, root);
}

/* staffId is steady where the chat sends it; senderId is not the same in
 * every robot. */
static const char *
sender_of(const struct json *root)
{
	const char *staff = json_text_of(json_get(root, "senderStaffId"));

	return *staff != '\0' ? staff
	                      : json_text_of(json_get(root, "senderId"));
}

/* The chat counts milliseconds, as a number or in a text. */
static struct instant
until_of(const struct json *ms)
{
	int64_t n = json_sort(ms) == JSON_OF_TEXT
	                ? strtoll(json_text_of(ms), NULL, 10)
	                : json_int_of(ms);

	return (struct instant){n / 1000};
}

static void
take(struct request *r, const struct json *root)
{
	const struct robot_in in = {
	    .msg = json_text_of(json_get(root, "msgId")),
	    .conversation = json_text_of(json_get(root, "conversationId")),
	    .sender = sender_of(root),
	    .nick = json_text_of(json_get(root, "senderNick")),
	    .text = json_text_of(json_get(json_get(root, "text"), "content")),
	    .in_group = strcmp(json_text_of(json_get(root, "conversationType")),
	                       "1") != 0,
	    .webhook = json_text_of(json_get(root, "sessionWebhook")),
	    .webhook_until =
		until_of(json_get(root, "sessionWebhookExpiredTime")),
	};
	const char *answer = "";
	struct ctx system;
	int err;

	ctx_init_system(&system, r->web->store);
	system.stopped = r->web->public.stopped;
	web_ctx(&system);
	i18n_use(language_of(r->web->cfg->site_language));
	err = robot_take(&system, r->a, &in, r->web->cfg->http_public_url,
	                 &answer);
	if (err == OK)
		say(r, 200, answer);
	else if (err == ERR_INVALID)
		say(r, 400, _("That could not be read"));
	else
		say(r, 503, _(err_msgid(err)));
}

static void
on_proven(struct request *r, const struct ask_answer *answer)
{
	struct json *root;

	if (answer->err != OK) {
		r->again_s = (int)answer->wait_s;
		say(r,
		    answer->err == ERR_LIMIT    ? 429
		    : answer->err == ERR_DENIED ? 403
		                                : 503,
		    _("That could not be checked just now; please try again."));
		return;
	}
	root = json_parse(r->body);
	if (root == NULL ||
	    strcmp(json_text_of(json_get(root, "msgtype")), "text") != 0)
		say(r, 400, _("Only text can be read here."));
	else
		take(r, root);
	json_free(root);
}

void
page_robot(struct request *r)
{
	const char *timestamp = http_header(r, "timestamp");
	const char *sign = http_header(r, "sign");
	struct source from;

	if (source_parse(r->address, &from) != OK ||
	    !source_is_in(&r->web->robots, &from))
		page_say(r, 404, _("There is no such page"),
		         _("The address is not complete, or what it led to is "
		           "no longer there."));
	else if (timestamp == NULL || sign == NULL)
		say(r, 403, _("This is not signed."));
	else
		ask_prove(r, PROOF_ROBOT, timestamp, sign, on_proven);
}
