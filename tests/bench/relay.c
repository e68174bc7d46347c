/* The link that can stall; see relay.h. */
#include "tests/bench/relay.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* A link holds little; what the server's side holds is what counts. */
enum { HELD = 8192, CHUNK = 16384 };

enum { CLIENT, SERVER, TOLD, ENDS };

/* Carry what from has to to; false: it is over. */
static bool
carry(int from, int to)
{
	char bytes[CHUNK];
	ssize_t n = recv(from, bytes, sizeof(bytes), 0);

	return n > 0 && send(to, bytes, (size_t)n, MSG_NOSIGNAL) == n;
}

static void
carry_all(int client, int server, int told)
{
	struct pollfd fds[ENDS] = {
	    [CLIENT] = {.fd = client, .events = POLLIN},
	    [SERVER] = {.fd = server, .events = POLLIN},
	    [TOLD] = {.fd = told, .events = POLLIN},
	};
	char stalled;

	while (poll(fds, ENDS, -1) > 0) {
		if (fds[CLIENT].revents && !carry(client, server))
			return;
		if (fds[SERVER].revents && !carry(server, client))
			return;
		if (fds[TOLD].revents == 0)
			continue;
		if (read(told, &stalled, 1) != 1)
			return;
		fds[SERVER].fd = stalled ? -1 : server;
	}
}

static _Noreturn void
be_relay(int listening, int port, int told)
{
	struct sockaddr_in to = {.sin_family = AF_INET,
	                         .sin_port = htons((uint16_t)port),
	                         .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int client, server = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
	int held = HELD;

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)setsockopt(server, SOL_SOCKET, SO_RCVBUF, &held, sizeof(held));
	client = accept(listening, NULL, NULL);
	if (client >= 0 &&
	    connect(server, (struct sockaddr *)&to, sizeof(to)) == 0) {
		(void)setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes,
		                 sizeof(yes));
		(void)setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &yes,
		                 sizeof(yes));
		carry_all(client, server, told);
	}
	_exit(0);
}

bool
relay_start(struct relay *r, int port)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
	                         .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof(at);
	int listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), pair[2];

	if (bind(listening, (struct sockaddr *)&at, n) != 0 ||
	    listen(listening, 1) != 0 ||
	    getsockname(listening, (struct sockaddr *)&at, &n) != 0 ||
	    pipe(pair) != 0) {
		(void)close(listening);
		return false;
	}
	r->port = ntohs(at.sin_port);
	r->tell = pair[1];
	r->pid = fork();
	if (r->pid == 0) {
		(void)close(pair[1]);
		be_relay(listening, port, pair[0]);
	}
	(void)close(pair[0]);
	(void)close(listening);
	return r->pid > 0;
}

static void
say(const struct relay *r, char stalled)
{
	if (write(r->tell, &stalled, 1) != 1)
		(void)kill(r->pid, SIGKILL);
}

void
relay_stall(struct relay *r)
{
	say(r, 1);
}

void
relay_resume(struct relay *r)
{
	say(r, 0);
}

void
relay_end(struct relay *r)
{
	(void)close(r->tell);
	(void)waitpid(r->pid, NULL, 0);
}
