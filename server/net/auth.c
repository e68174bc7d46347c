/*
 * Sign-in: password or key, each answered by liaisond. An unknown user and
 * a wrong password take the same way and time. Where second factors are
 * asked for, keyboard-interactive is offered too, which asks for the
 * password and then for the code; a client that does without it is asked by
 * its session.
 */
#include <malloc.h>
#include <stdio.h>
#include <string.h>

#include "server/net/net.h"

/* A client in a locale of ASCII shows the rest as escapes: English first. */
static const char ask_password[] = "Password: ";
static const char ask_code[] = "Verification code / 验证码: ";
static const char ask_again[] = "Wrong code, again / 验证码不对,请重输: ";

/* One user name a connection; a second one ends it. */
static bool
same_user(struct link *k, const char *user)
{
	size_t n = strlen(user);

	if (n == 0 || n > IPC_USER_MAX)
		return false;
	if (k->user[0] == '\0')
		(void)snprintf(k->user, sizeof(k->user), "%s", user);
	if (strcmp(k->user, user) == 0)
		return true;
	link_refuse(k, END_TRIES);
	return false;
}

static int
methods(const struct link *k)
{
	return SSH_AUTH_METHOD_PASSWORD |
	       (k->by_code ? SSH_AUTH_METHOD_INTERACTIVE : 0);
}

static int
ask(struct link *k, struct ipc_msg *m)
{
	int64_t verdict = VERDICT_NO;

	if (ipc_send(k->wire, m) != OK ||
	    link_receive(k, IPC_LOGIN_RESULT, &verdict) != OK ||
	    verdict == VERDICT_UNAVAILABLE) {
		if (!k->refused)
			link_refuse(k, END_FAILED);
		refuse_banner(k);
		return SSH_AUTH_DENIED;
	}
	if (verdict == VERDICT_MORE) {
		ssh_set_auth_methods(k->session, methods(k));
		return SSH_AUTH_PARTIAL;
	}
	if (verdict == VERDICT_CODE)
		return SSH_AUTH_INFO;
	return verdict == VERDICT_YES ? SSH_AUTH_SUCCESS : SSH_AUTH_DENIED;
}

static int
entered(struct link *k, int verdict)
{
	if (verdict == SSH_AUTH_SUCCESS) {
		k->signed_in = true;
		link_grace(k);
		(void)malloc_trim(0);
	}
	return verdict;
}

static int
say_password(struct link *k, const char *password, bool by_code)
{
	struct ipc_msg m;

	if (k->refused || strlen(password) > IPC_PASSWORD_MAX)
		return SSH_AUTH_DENIED;
	ipc_begin(&m, IPC_LOGIN_PASSWORD);
	ipc_put_text(&m, k->user);
	ipc_put_text(&m, password);
	ipc_put_int(&m, by_code);
	return entered(k, ask(k, &m));
}

static int
on_password(ssh_session session, const char *user, const char *password,
            void *data)
{
	struct link *k = data;

	(void)session;
	k->wants_code = false;
	return same_user(k, user) ? say_password(k, password, false)
	                          : SSH_AUTH_DENIED;
}

/* --- keyboard-interactive -------------------------------------------------
 */

static int
say_code(struct link *k, const char *code)
{
	struct ipc_msg m;

	if (k->refused)
		return SSH_AUTH_DENIED;
	/* longer than any code: as wrong as one that is not */
	ipc_begin(&m, IPC_LOGIN_CODE);
	ipc_put_text(&m, strlen(code) <= IPC_CODE_MAX ? code : "");
	return entered(k, ask(k, &m));
}

static int
put_question(struct link *k, ssh_message m, const char *question, bool is_code)
{
	const char *prompts[] = {question};
	char echo[] = {(char)is_code};

	k->wants_code = is_code;
	return ssh_message_auth_interactive_request(m, "", "", 1, prompts,
	                                            echo);
}

/* The one answer to the one question; NULL: the client sent another
 * number of them, which says nothing. */
static const char *
the_answer(struct link *k)
{
	if (ssh_userauth_kbdint_getnanswers(k->session) != 1)
		return NULL;
	return ssh_userauth_kbdint_getanswer(k->session, 0);
}

/* What was answered, then the next question or the end. */
static void
on_answers(struct link *k, ssh_message m)
{
	const char *answer = the_answer(k);
	bool was_code = k->wants_code;
	int verdict = SSH_AUTH_DENIED;

	k->wants_code = false;
	if (answer != NULL && k->user[0] != '\0')
		verdict = was_code ? say_code(k, answer)
		                   : say_password(k, answer, true);
	if (verdict == SSH_AUTH_SUCCESS)
		(void)ssh_message_auth_reply_success(m, 0);
	else if (verdict == SSH_AUTH_INFO)
		(void)put_question(k, m, ask_code, true);
	else if (was_code && answer != NULL && !k->refused)
		(void)put_question(k, m, ask_again, true);
	else
		(void)ssh_message_reply_default(m);
}

/* What no callback takes. 1: libssh answers that it is not to be had. */
static int
on_message(ssh_session session, ssh_message m, void *data)
{
	struct link *k = data;

	(void)session;
	if (ssh_message_type(m) != SSH_REQUEST_AUTH ||
	    ssh_message_subtype(m) != SSH_AUTH_METHOD_INTERACTIVE ||
	    !k->by_code || k->signed_in)
		return 1;
	if (ssh_message_auth_kbdint_is_response(m))
		on_answers(k, m);
	else if (!same_user(k, ssh_message_auth_user(m)) || k->refused)
		return 1;
	else
		(void)put_question(k, m, ask_password, false);
	return 0;
}

/* Called first to ask whether the key would do, then with a signature that
 * libssh has verified. The first must never count as the second. */
static int
on_key(ssh_session session, const char *user, struct ssh_key_struct *key,
       char state, void *data)
{
	struct link *k = data;
	bool verified = state == SSH_PUBLICKEY_STATE_VALID;
	const char *type = ssh_key_type_to_char(ssh_key_type(key));
	char *base64 = NULL;
	struct ipc_msg m;
	int verdict = SSH_AUTH_DENIED;

	(void)session;
	if ((!verified && state != SSH_PUBLICKEY_STATE_NONE) ||
	    !same_user(k, user) || k->refused || type == NULL ||
	    ssh_pki_export_pubkey_base64(key, &base64) != SSH_OK)
		return SSH_AUTH_DENIED;
	if (strlen(base64) <= IPC_KEY_MAX) {
		ipc_begin(&m, IPC_LOGIN_KEY);
		ipc_put_text(&m, user);
		ipc_put_text(&m, type);
		ipc_put_text(&m, base64);
		ipc_put_int(&m, verified);
		verdict = ask(k, &m);
	}
	ssh_string_free_char(base64);
	return verified ? entered(k, verdict) : verdict;
}

static int
on_none(ssh_session session, const char *user, void *data)
{
	(void)session;
	(void)same_user(data, user);
	refuse_banner(data);
	return SSH_AUTH_DENIED;
}

void
auth_begin(struct link *k)
{
	k->server = (struct ssh_server_callbacks_struct){
	    .userdata = k,
	    .auth_none_function = on_none,
	    .auth_password_function = on_password,
	    .auth_pubkey_function = on_key,
	    .channel_open_request_session_function = channel_open,
	};
	ssh_callbacks_init(&k->server);
	(void)ssh_set_server_callbacks(k->session, &k->server);
	ssh_set_auth_methods(k->session,
	                     methods(k) | SSH_AUTH_METHOD_PUBLICKEY);
	if (k->by_code)
		ssh_set_message_callback(k->session, on_message, k);
}
