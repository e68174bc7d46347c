/* Sign-in: password or key, each answered by liaisond. An unknown user and
 * a wrong password take the same way and time. */
#include <malloc.h>
#include <stdio.h>
#include <string.h>

#include "server/net/net.h"

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
		ssh_set_auth_methods(k->session, SSH_AUTH_METHOD_PASSWORD);
		return SSH_AUTH_PARTIAL;
	}
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
on_password(ssh_session session, const char *user, const char *password,
            void *data)
{
	struct link *k = data;
	struct ipc_msg m;

	(void)session;
	if (!same_user(k, user) || k->refused ||
	    strlen(password) > IPC_PASSWORD_MAX)
		return SSH_AUTH_DENIED;
	ipc_begin(&m, IPC_LOGIN_PASSWORD);
	ipc_put_text(&m, user);
	ipc_put_text(&m, password);
	return entered(k, ask(k, &m));
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
	ssh_set_auth_methods(k->session, SSH_AUTH_METHOD_PASSWORD |
	                                     SSH_AUTH_METHOD_PUBLICKEY);
}
