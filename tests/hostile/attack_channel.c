/* Attacks by somebody who has signed in. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/hostile/hostile.h"

#define USER "town"

enum { WINDOW = 65536, PACKET = 32768, SOON_MS = 5000, MANY = 20000 };

static struct peer *
entered(const struct site *s)
{
	struct peer *p = calloc(1, sizeof(*p));

	if (p == NULL || !client_enter(p, s->port, USER)) {
		(void)fputs("cannot sign in\n", stderr);
		exit(1);
	}
	return p;
}

static bool
end(struct peer *p, bool ok)
{
	peer_close(p);
	free(p);
	return ok;
}

static bool
screen(struct peer *p)
{
	return client_pty(p, "xterm-256color", 80, 24) && client_shell(p) &&
	       client_sees_screen(p);
}

bool
no_channel(const struct site *s)
{
	struct peer *p = entered(s);

	return end(p, peer_ended(p, s->grace_ms + SOON_MS));
}

bool
no_request(const struct site *s)
{
	struct peer *p = entered(s);
	bool ok =
	    client_channel(p, WINDOW, PACKET) && client_pty(p, "xterm", 80, 24);

	return end(p, ok && peer_ended(p, s->grace_ms + SOON_MS));
}

bool
many_channels(const struct site *s)
{
	struct peer *p = entered(s);
	int opened = 0, refused = 0, got = 1;

	for (uint32_t i = 0; i < 50 && got > 0; i++) {
		struct buf m = BUF_INIT;

		put_channel_open(&m, i, WINDOW, PACKET);
		do
			got = peer_send(p, &m) ? peer_receive(p, SOON_MS)
			                       : PEER_CLOSED;
		while (got > 0 && got != MSG_CHANNEL_CONFIRM &&
		       got != MSG_CHANNEL_REFUSED);
		opened += got == MSG_CHANNEL_CONFIRM;
		refused += got == MSG_CHANNEL_REFUSED;
	}
	return end(p, opened == 1 && refused == 49 && screen(p));
}

static bool
nothing_arrives(struct peer *p, int ms)
{
	struct pollfd wait = {.fd = p->fd, .events = POLLIN};

	while (poll(&wait, 1, ms) > 0) {
		int got = peer_receive(p, ms);

		if (got <= 0 || got == MSG_CHANNEL_DATA)
			return false;
	}
	return true;
}

bool
window_zero(const struct site *s)
{
	struct peer *p = entered(s);
	struct buf m = BUF_INIT;
	bool ok = client_channel(p, 0, PACKET) &&
	          client_pty(p, "xterm", 80, 24) && client_shell(p) &&
	          nothing_arrives(p, 500) && honest(s);

	put_byte(&m, MSG_CHANNEL_ADJUST);
	put_int(&m, SERVER_CHANNEL);
	put_int(&m, WINDOW);
	ok = ok && peer_send(p, &m) && client_sees_screen(p);
	buf_clear(&m);
	return end(p, ok);
}

/* No bytes: no channel, and the time to ask for one runs out. One byte:
 * slow, but served. */
bool
packet_zero(const struct site *s)
{
	struct peer *p = entered(s);
	struct buf m = BUF_INIT;
	int got;
	bool ok;

	put_channel_open(&m, 0, WINDOW, 0);
	ok = peer_send(p, &m);
	do
		got = peer_receive(p, s->grace_ms + SOON_MS);
	while (got > 0 && got != MSG_CHANNEL_CONFIRM && got != MSG_DISCONNECT);
	if (!end(p, ok && got != MSG_CHANNEL_CONFIRM && got != PEER_LATE))
		return false;
	p = entered(s);
	ok = client_channel(p, WINDOW, 1) && screen(p);
	return end(p, ok);
}

bool
window_wraps(const struct site *s)
{
	struct peer *p = entered(s);
	bool ok = client_channel(p, 0xffffffff, PACKET) &&
	          client_pty(p, "xterm", 80, 24) && client_shell(p);

	for (int i = 0; ok && i < 100; i++) {
		struct buf m = BUF_INIT;

		put_byte(&m, MSG_CHANNEL_ADJUST);
		put_int(&m, SERVER_CHANNEL);
		put_int(&m, 0xffffffff);
		ok = peer_send(p, &m);
	}
	return end(p, ok && honest(s));
}

/* --- key exchange -------------------------------------------------------- */

bool
rekeys(const struct site *s)
{
	struct peer *p = entered(s);
	bool ok = client_channel(p, WINDOW, PACKET) && screen(p);

	for (int i = 0; ok && i < 50; i++)
		ok = peer_exchange(p);
	return end(p, ok && honest(s) && client_type(p, "2") &&
	                  peer_await(p, MSG_CHANNEL_DATA));
}

bool
half_rekey(const struct site *s)
{
	struct peer *p = entered(s);
	unsigned char secret[32];
	bool ok = client_channel(p, WINDOW, PACKET) && screen(p) &&
	          kex_hello(p) && kex_offer(p, secret) && honest(s);

	/* It may be ended for it before it has typed all of it. */
	for (int i = 0; ok && i < 100 && client_type(p, "2"); i++)
		;
	return end(p, ok && honest(s));
}

/* --- requests without end ------------------------------------------------ */

/* The same request many times over; those who answer are not read. */
static bool
repeat(struct peer *p, int times, void (*put)(struct buf *m, int i))
{
	bool ok = true;

	for (int i = 0; ok && i < times; i++) {
		struct buf m = BUF_INIT;

		put(&m, i);
		ok = peer_send(p, &m);
	}
	return ok;
}

static void
put_size(struct buf *m, int i)
{
	put_request(m, "window-change", false);
	put_int(m, (uint32_t)(80 + i % 100));
	put_int(m, (uint32_t)(24 + i % 40));
	put_int(m, 0);
	put_int(m, 0);
}

/* It may be ended for it, and so may its own session; nobody else. */
bool
many_sizes(const struct site *s)
{
	struct peer *p = entered(s);
	bool ok = client_channel(p, WINDOW, PACKET) && screen(p);

	(void)repeat(p, MANY, put_size);
	return end(p, ok && honest(s));
}

static void
put_variable(struct buf *m, int i)
{
	char name[32];

	(void)snprintf(name, sizeof(name), "%s%d",
	               i % 2 != 0 ? "LD_PRELOAD" : "LC_", i);
	put_request(m, "env", false);
	put_text(m, i % 10 != 0 ? name : "TERMINFO");
	put_text(m, "/tmp/x.so");
}

bool
many_variables(const struct site *s)
{
	struct peer *p = entered(s);
	bool ok = client_channel(p, WINDOW, PACKET) &&
	          repeat(p, MANY, put_variable) && screen(p);

	return end(p, ok && honest(s));
}

static void
put_command(struct buf *m, int i)
{
	put_request(m, i % 3 != 0 ? "exec" : "shell", true);
	if (i % 3 != 0)
		put_text(m, "whoami");
}

bool
many_commands(const struct site *s)
{
	struct peer *p = entered(s);
	int done = 0, got;
	bool ok = client_channel(p, WINDOW, PACKET) && screen(p) &&
	          repeat(p, 1000, put_command);

	do {
		got = ok ? peer_receive(p, SOON_MS) : PEER_CLOSED;
		ok = ok && got != MSG_CHANNEL_SUCCESS;
		done += got == MSG_CHANNEL_FAILURE;
	} while (got > 0 && done < 1000);
	return end(p, ok && done == 1000 && honest(s));
}

/* --- terminals ----------------------------------------------------------- */

bool
huge_term(const struct site *s)
{
	struct peer *p = entered(s);
	char *term = calloc(1, 100001);
	bool ok;

	memset(term, 'x', 100000);
	ok = client_channel(p, WINDOW, PACKET) && client_pty(p, term, 80, 24) &&
	     client_shell(p) && client_sees_screen(p);
	free(term);
	return end(p, ok);
}

bool
odd_sizes(const struct site *s)
{
	static const uint32_t sizes[][2] = {
	    {0, 0},           {1, 1},           {0xffffffff, 0xffffffff},
	    {100000, 100000}, {0x7fffffff, 24}, {80, 0x80000000},
	};

	for (size_t i = 0; i < COUNT(sizes); i++) {
		struct peer *p = entered(s);
		bool ok = client_channel(p, 1 << 20, PACKET) &&
		          client_pty(p, "xterm", sizes[i][0], sizes[i][1]) &&
		          client_shell(p) && peer_await(p, MSG_CHANNEL_DATA);

		if (!end(p, ok))
			return false;
	}
	return true;
}

/* --- a channel misused --------------------------------------------------- */

bool
no_such_channel(const struct site *s)
{
	static const int types[] = {MSG_CHANNEL_DATA,   MSG_CHANNEL_EOF,
	                            MSG_CHANNEL_ADJUST, MSG_CHANNEL_REQUEST,
	                            MSG_CHANNEL_CLOSE,  MSG_CHANNEL_CONFIRM,
	                            MSG_CHANNEL_REFUSED};
	struct peer *p = entered(s);
	bool ok = client_channel(p, WINDOW, PACKET) && screen(p);

	for (size_t i = 0; i < COUNT(types); i++) {
		struct buf m = BUF_INIT;

		put_byte(&m, types[i]);
		put_int(&m, 99999);
		put_int(&m, 4);
		put_int(&m, 1);
		(void)peer_send(p, &m);
	}
	for (int i = 0; i < 3; i++) {
		struct buf m = BUF_INIT;

		put_byte(&m, i < 2 ? MSG_CHANNEL_CLOSE : MSG_CHANNEL_EOF);
		put_int(&m, SERVER_CHANNEL);
		(void)peer_send(p, &m);
	}
	return end(p, ok && peer_ended(p, s->grace_ms + SOON_MS) && honest(s));
}

bool
past_window(const struct site *s)
{
	static char paste[30001];
	struct peer *p = entered(s);
	bool ok = client_channel(p, WINDOW, PACKET) && screen(p);

	memset(paste, 'j', sizeof(paste) - 1);
	for (int i = 0; i < 300; i++)
		if (!client_type(p, paste))
			break;
	return end(p, ok && honest(s));
}

static void
put_global(struct buf *m, int i)
{
	(void)i;
	put_byte(m, MSG_GLOBAL_REQUEST);
	put_text(m, "tcpip-forward");
	put_byte(m, 1);
	put_text(m, "127.0.0.1");
	put_int(m, 0);
}

bool
never_reads(const struct site *s)
{
	struct peer *p = entered(s);
	bool ok = client_channel(p, 1 << 30, PACKET) && screen(p);

	(void)repeat(p, MANY, put_global);
	for (int i = 0; i < 2000; i++)
		if (!client_type(p, i % 2 != 0 ? "2" : "1"))
			break;
	return end(p, ok && honest(s));
}
