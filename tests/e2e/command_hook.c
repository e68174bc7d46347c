/* A group of the chat, as one who writes to it sees it: an HTTP server of one
 * address, in a process of its own, that says what was posted. */
#include "tests/e2e/command.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/e2e/proc.h"

enum { ASKED_MAX = 64 * 1024, WAITING = 16 };

static const char taken[] = "{\"errcode\":0,\"errmsg\":\"ok\"}";
static const char refused[] = "{\"errcode\":310000,\"errmsg\":\"no\"}";

/* The body of the one request of a connection, in a; NULL: it ended before. */
static const char *
body_in(int fd, char asked[ASKED_MAX])
{
	const char *body = NULL, *length;
	size_t n = 0, want = 0;
	ssize_t got;

	while (body == NULL || strlen(body) < want) {
		got = recv(fd, asked + n, ASKED_MAX - 1 - n, 0);
		if (got <= 0)
			return NULL;
		n += (size_t)got;
		asked[n] = '\0';
		body = strstr(asked, "\r\n\r\n");
		length = strcasestr(asked, "\nContent-Length:");
		if (body == NULL)
			continue;
		body += strlen("\r\n\r\n");
		want = length != NULL ? strtoul(length + 16, NULL, 10) : 0;
	}
	return body;
}

/* Answered first, so that nobody who has heard of it may end us too soon. */
static void
take_one(int fd, int out, const char *answer)
{
	static char asked[ASKED_MAX];
	const char *body = body_in(fd, asked);

	if (body == NULL)
		return;
	if (answer != NULL)
		(void)dprintf(fd,
		              "HTTP/1.1 200 OK\r\n"
		              "Content-Length: %zu\r\n\r\n%s",
		              strlen(answer), answer);
	(void)dprintf(out, "%s\n", body);
	if (answer == NULL)
		(void)recv(fd, asked, sizeof(asked), 0);
}

static _Noreturn void
serve(int at, int out, const char *answer)
{
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)signal(SIGPIPE, SIG_IGN);
	for (;;) {
		int fd = accept(at, NULL, NULL);

		if (fd < 0)
			continue;
		take_one(fd, out, answer);
		(void)close(fd);
	}
}

/* The same port as before, if there was one. */
static int
listening(struct drive *d)
{
	struct sockaddr_in at = {.sin_family = AF_INET};
	socklen_t n = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	const int on = 1;
	char port[16];

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	at.sin_port = htons((uint16_t)d->hook_port);
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) != 0 ||
	    bind(fd, (const struct sockaddr *)&at, sizeof(at)) != 0 ||
	    listen(fd, WAITING) != 0 ||
	    getsockname(fd, (struct sockaddr *)&at, &n) != 0) {
		(void)close(fd);
		return -1;
	}
	d->hook_port = ntohs(at.sin_port);
	(void)snprintf(port, sizeof(port), "%d", d->hook_port);
	(void)drive_set(d, "HOOK", port);
	return fd;
}

static void
on_body(void *owner, const char *data, size_t n)
{
	struct drive *d = owner;

	buf_addn(&d->hooked, data, n);
}

static bool
start(struct drive *d, const char *answer)
{
	int at = listening(d), to_us[2];

	if (at < 0 || pipe2(to_us, O_CLOEXEC) != 0)
		return fail(d, "the hook cannot listen");
	d->hook_pid = fork();
	if (d->hook_pid == 0)
		serve(at, to_us[1], answer);
	(void)close(at);
	(void)close(to_us[1]);
	loop_add(&d->loop, to_us[0], on_body, d);
	return d->hook_pid > 0 || fail(d, "no process for the hook");
}

bool
cmd_hook(struct drive *d, const struct word *words, int count)
{
	const char *what = words[1].text;

	(void)count;
	if (d->hook_pid > 0) {
		(void)kill(d->hook_pid, SIGKILL);
		(void)waitpid(d->hook_pid, NULL, 0);
		d->hook_pid = 0;
	}
	if (strcmp(what, "take") == 0)
		return start(d, taken);
	if (strcmp(what, "refuse") == 0)
		return start(d, refused);
	if (strcmp(what, "hold") == 0)
		return start(d, NULL);
	return strcmp(what, "stop") == 0 ||
	       fail(d, "hook take, refuse, hold or stop");
}

static int
times_in(const char *what, const char *text)
{
	int n = 0;

	for (; (text = strstr(text, what)) != NULL; text += strlen(what))
		n++;
	return n;
}

bool
cmd_hooked(struct drive *d, const struct word *words, int count)
{
	int times = count > 2 ? (int)strtol(words[2].text, NULL, 10) : 1;
	int ms = count > 3 ? (int)strtol(words[3].text, NULL, 10) : 0;
	int64_t deadline =
	    now_ms() + (ms > 0 ? ms * d->patience : d->deadline_ms);
	int n;

	while ((n = times_in(words[1].text, d->hooked.data)) < times) {
		if (left_ms(deadline) == 0)
			return fail(d,
			            "\"%s\" was posted %d times, not %d:\n%s",
			            words[1].text, n, times, d->hooked.data);
		(void)loop_step(&d->loop, left_ms(deadline));
	}
	return n == times || fail(d, "\"%s\" was posted %d times, not %d",
	                          words[1].text, n, times);
}
