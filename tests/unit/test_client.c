/* The soak's and the benchmark's client, against a server of our own that
 * refuses: no fault of the client may look like one of the service. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <libssh/callbacks.h>
#include <libssh/server.h>

#include "tests/bench/client.h"

enum { ALARM_S = 30, ANSWER_MS = 5000, SETTLE_MS = 100 };

static const char sentence[] = "Not now.\r\n";

struct server {
	struct target at;
	int listening;
	pid_t pid;
};

/* --- the server, in a process of its own ---------------------------------
 */

struct peer {
	ssh_channel channel;
	struct ssh_channel_callbacks_struct on_channel;
	bool told, closed;
};

static int
refuse_key(ssh_session s, const char *user, struct ssh_key_struct *key,
           char state, void *data)
{
	(void)s;
	(void)user;
	(void)key;
	(void)state;
	(void)data;
	return SSH_AUTH_DENIED;
}

static int
take_password(ssh_session s, const char *user, const char *password, void *data)
{
	(void)s;
	(void)user;
	(void)data;
	return strcmp(password, "liaison") == 0 ? SSH_AUTH_SUCCESS
	                                        : SSH_AUTH_DENIED;
}

static int
on_pty(ssh_session s, ssh_channel c, const char *term, int columns, int rows,
       int px_width, int px_height, void *data)
{
	(void)s;
	(void)c;
	(void)term;
	(void)columns;
	(void)rows;
	(void)px_width;
	(void)px_height;
	(void)data;
	return 0;
}

/* As liaison-net does when there is no session to be had. */
static int
on_shell(ssh_session s, ssh_channel c, void *data)
{
	struct peer *p = data;

	(void)s;
	(void)ssh_channel_write_stderr(c, sentence, sizeof(sentence) - 1);
	p->told = true;
	return 0;
}

static void
on_close(ssh_session s, ssh_channel c, void *data)
{
	struct peer *p = data;

	(void)s;
	(void)c;
	p->closed = true;
}

static ssh_channel
on_open(ssh_session s, void *data)
{
	struct peer *p = data;

	p->channel = ssh_channel_new(s);
	p->on_channel = (struct ssh_channel_callbacks_struct){
	    .userdata = p,
	    .channel_pty_request_function = on_pty,
	    .channel_shell_request_function = on_shell,
	    .channel_close_function = on_close,
	};
	ssh_callbacks_init(&p->on_channel);
	(void)ssh_set_channel_callbacks(p->channel, &p->on_channel);
	return p->channel;
}

/* Until the client has closed the channel, or is gone. */
static bool
converse(ssh_session s, struct peer *p)
{
	ssh_event event = ssh_event_new();
	bool ending = false;

	(void)ssh_event_add_session(event, s);
	while (!p->closed && ssh_event_dopoll(event, -1) == SSH_OK)
		if (p->told && !ending) {
			ending = true;
			(void)ssh_channel_send_eof(p->channel);
			(void)ssh_channel_close(p->channel);
		}
	ssh_event_free(event);
	return p->closed;
}

static _Noreturn void
be_server(int listening)
{
	struct peer p = {.told = false};
	struct ssh_server_callbacks_struct callbacks = {
	    .userdata = &p,
	    .auth_password_function = take_password,
	    .auth_pubkey_function = refuse_key,
	    .channel_open_request_session_function = on_open,
	};
	ssh_bind bind = ssh_bind_new();
	ssh_session s = ssh_new();
	ssh_key key = NULL;
	bool no = false, heard = false;

	(void)alarm(ALARM_S);
	ssh_callbacks_init(&callbacks);
	(void)ssh_bind_options_set(bind, SSH_BIND_OPTIONS_PROCESS_CONFIG, &no);
	if (ssh_pki_generate(SSH_KEYTYPE_ED25519, 0, &key) == SSH_OK &&
	    ssh_bind_options_set(bind, SSH_BIND_OPTIONS_IMPORT_KEY, key) ==
	        SSH_OK &&
	    ssh_set_server_callbacks(s, &callbacks) == SSH_OK &&
	    ssh_bind_accept_fd(bind, s, accept(listening, NULL, NULL)) ==
	        SSH_OK &&
	    ssh_handle_key_exchange(s) == SSH_OK) {
		ssh_set_auth_methods(s, SSH_AUTH_METHOD_PUBLICKEY |
		                            SSH_AUTH_METHOD_PASSWORD);
		heard = converse(s, &p);
	}
	ssh_free(s);
	ssh_bind_free(bind);
	_exit(heard ? 0 : 1);
}

static int
setup(void **state)
{
	struct server *s = calloc(1, sizeof(*s));
	struct sockaddr_in at = {.sin_family = AF_INET,
	                         .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof(at);

	assert_non_null(s);
	s->listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(s->listening, (struct sockaddr *)&at, n), 0);
	assert_int_equal(listen(s->listening, 1), 0);
	assert_int_equal(getsockname(s->listening, (struct sockaddr *)&at, &n),
	                 0);
	s->at =
	    (struct target){.host = "127.0.0.1", .port = ntohs(at.sin_port)};
	assert_int_equal(ssh_pki_generate(SSH_KEYTYPE_ED25519, 0, &s->at.key),
	                 SSH_OK);
	s->pid = fork();
	assert_true(s->pid >= 0);
	if (s->pid == 0)
		be_server(s->listening);
	*state = s;
	return 0;
}

static int
teardown(void **state)
{
	struct server *s = *state;

	ssh_key_free(s->at.key);
	(void)close(s->listening);
	free(s);
	return 0;
}

/* --- the tests ------------------------------------------------------------
 */

static void
a_refused_key_is_followed_by_the_password(void **state)
{
	struct server *s = *state;
	struct client c;

	assert_true(client_open(&c, &s->at, "town"));
	client_close(&c);
	assert_int_equal(waitpid(s->pid, NULL, 0), s->pid);
}

/* It closes its end, too: the server waits for that. */
static void
a_client_that_is_told_why_hears_the_end(void **state)
{
	struct server *s = *state;
	struct client c;
	double ms;
	int status = -1;

	assert_true(client_open(&c, &s->at, "town"));
	assert_int_equal(client_press(&c, "", ANSWER_MS, SETTLE_MS, &ms), -1);
	client_close(&c);
	assert_int_equal(waitpid(s->pid, &status, 0), s->pid);
	assert_int_equal(status, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		a_refused_key_is_followed_by_the_password, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		a_client_that_is_told_why_hears_the_end, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
