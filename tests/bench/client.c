/* The benchmark's client; see client.h. */
#include "tests/bench/client.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

/* libssh may wait for ever on a link that it has closed itself. */
enum { TIMEOUT_S = 20 };

double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

const char *
client_why(struct client *c)
{
	const char *why = ssh_get_error(c->session);

	/* of an answer that did not come in time libssh says nothing */
	return why[0] != '\0' ? why : "no answer";
}

/* Those who see most need the demo's password besides their key. Whoever
 * presses keys at random may take the account's key away, but does not find
 * another password. */
static bool
sign_in(struct client *c, const struct target *t)
{
	int rc = ssh_userauth_publickey(c->session, NULL, t->key);

	if (rc == SSH_AUTH_PARTIAL || rc == SSH_AUTH_DENIED)
		rc = ssh_userauth_password(c->session, NULL, "liaison");
	return rc == SSH_AUTH_SUCCESS;
}

bool
client_connect(struct client *c, const struct target *t, const char *user)
{
	int no = 0, yes = 1;
	long timeout_s = TIMEOUT_S;

	c->channel = NULL;
	c->session = ssh_new();
	ssh_options_set(c->session, SSH_OPTIONS_HOST, t->host);
	ssh_options_set(c->session, SSH_OPTIONS_PORT, &t->port);
	if (t->from != NULL)
		ssh_options_set(c->session, SSH_OPTIONS_BINDADDR, t->from);
	ssh_options_set(c->session, SSH_OPTIONS_USER, user);
	ssh_options_set(c->session, SSH_OPTIONS_PROCESS_CONFIG, &no);
	ssh_options_set(c->session, SSH_OPTIONS_NODELAY, &yes);
	ssh_options_set(c->session, SSH_OPTIONS_TIMEOUT, &timeout_s);
	ssh_options_set(c->session, SSH_OPTIONS_KEY_EXCHANGE,
	                "curve25519-sha256");
	if (t->compress)
		ssh_options_set(c->session, SSH_OPTIONS_COMPRESSION, "yes");
	if (ssh_connect(c->session) != SSH_OK || !sign_in(c, t))
		return false;
	c->channel = ssh_channel_new(c->session);
	if (ssh_channel_open_session(c->channel) != SSH_OK)
		return false;
	/* sshd may not accept it; then the peer has no use for it either */
	(void)ssh_channel_request_env(c->channel, "LANG", "zh_CN.UTF-8");
	return ssh_channel_request_pty_size(c->channel, "xterm-256color",
	                                    t->columns ? t->columns : 80,
	                                    t->rows ? t->rows : 24) == SSH_OK;
}

bool
client_start(struct client *c)
{
	return ssh_channel_request_shell(c->channel) == SSH_OK;
}

bool
client_open(struct client *c, const struct target *t, const char *user)
{
	return client_connect(c, t, user) && client_start(c);
}

void
client_close(struct client *c)
{
	if (c->channel != NULL)
		ssh_channel_free(c->channel);
	ssh_disconnect(c->session);
	ssh_free(c->session);
}

bool
client_send(struct client *c, const char *keys)
{
	uint32_t n = (uint32_t)strlen(keys);

	return ssh_channel_write(c->channel, keys, n) == (int)n;
}

int
client_read(struct client *c, char *data, size_t size, int ms)
{
	char said[1024];
	int n =
	    ssh_channel_read_timeout(c->channel, data, (uint32_t)size, 0, ms);

	/* A refusal is told on standard error, and libssh hears the end of
	 * a channel only once all that came on it was read. */
	while (n == 0 && ssh_channel_read_nonblocking(c->channel, said,
	                                              sizeof(said), 1) > 0)
		;
	if (n == 0 && (ssh_channel_is_eof(c->channel) ||
	               ssh_channel_is_closed(c->channel)))
		return -1;
	return n;
}

bool
client_await(struct client *c, const char *mark, int ms)
{
	char data[65536];
	size_t kept = 0, n = strlen(mark);
	double end = now_ms() + ms;

	while (now_ms() < end) {
		int got = client_read(c, data + kept, sizeof(data) - kept,
		                      (int)(end - now_ms()));

		if (got <= 0)
			return false;
		kept += (size_t)got;
		if (memmem(data, kept, mark, n) != NULL)
			return true;
		if (kept >= n) { /* the mark may be cut in two */
			memmove(data, data + kept - n + 1, n - 1);
			kept = n - 1;
		}
	}
	return false;
}

struct traffic
client_traffic(struct client *c)
{
	struct tcp_info info = {0};
	socklen_t n = sizeof(info);

	(void)getsockopt(ssh_get_fd(c->session), IPPROTO_TCP, TCP_INFO, &info,
	                 &n);
	return (struct traffic){.bytes = (long)info.tcpi_bytes_received,
	                        .segments = (long)info.tcpi_data_segs_in};
}

long
client_press(struct client *c, const char *keys, int answer_ms, int settle_ms,
             double *first_ms)
{
	char data[65536];
	long got = 0;
	double start = now_ms();

	if (keys[0] != '\0' && !client_send(c, keys))
		return -1;
	for (;;) {
		int n = client_read(c, data, sizeof(data),
		                    got ? settle_ms : answer_ms);

		if (n < 0)
			return -1;
		if (n == 0)
			return got;
		if (got == 0)
			*first_ms = now_ms() - start;
		got += n;
	}
}
