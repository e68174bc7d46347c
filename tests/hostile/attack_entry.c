/* Attacks before and at sign-in. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/hostile/hostile.h"

#define USER "town"

enum { SOON_MS = 5000 };

static struct peer *
peer_new(void)
{
	struct peer *p = calloc(1, sizeof(*p));

	if (p == NULL)
		abort();
	p->fd = -1;
	p->hello = (struct buf)BUF_INIT;
	return p;
}

static bool
end(struct peer *p, bool ok)
{
	peer_close(p);
	free(p);
	return ok;
}

bool
honest(const struct site *s)
{
	return client_good(s->port, USER, HONEST_MS);
}

/* A name of n bytes is refused or ends the connection. */
static bool
name_of(const struct site *s, size_t n)
{
	struct peer *p = peer_new();
	char *name = malloc(n + 1);
	int got;

	memset(name, 'a', n);
	name[n] = '\0';
	got = peer_open(p, s->port) && client_service(p)
	          ? client_password(p, name, "liaison")
	          : MSG_AUTH_SUCCESS;
	free(name);
	return end(p, got == MSG_AUTH_FAILURE || got == MSG_DISCONNECT ||
	                  got == PEER_CLOSED);
}

bool
long_name(const struct site *s)
{
	return name_of(s, 0) && name_of(s, 65) && name_of(s, 100000) &&
	       name_of(s, 1 << 20);
}

bool
two_names(const struct site *s)
{
	struct peer *p = peer_new();
	int first, second = MSG_AUTH_SUCCESS;

	first = peer_open(p, s->port) && client_service(p)
	            ? client_password(p, "deputy", "wrong")
	            : PEER_CLOSED;
	if (first == MSG_AUTH_FAILURE)
		second = client_sign(p, USER, 'a', 'a');
	return end(p, first == MSG_AUTH_FAILURE && second != MSG_AUTH_SUCCESS &&
	                  peer_ended(p, SOON_MS));
}

bool
forged_key(const struct site *s)
{
	struct peer *p = peer_new();
	bool ok = peer_open(p, s->port) && client_service(p) &&
	          client_probe(p, USER, 'a') == MSG_AUTH_PK_OK &&
	          client_claim(p, USER, 'a', 'c') &&
	          client_sign(p, USER, 'c', 'c') == MSG_AUTH_FAILURE;
	int got = ok ? client_sign(p, USER, 'b', 'b') : PEER_CLOSED;

	/* libssh may or may not answer the forged signature */
	if (got == MSG_AUTH_FAILURE)
		got = peer_receive(p, SOON_MS);
	return end(p, ok && got == MSG_AUTH_SUCCESS);
}

bool
stranger_key(const struct site *s)
{
	struct peer *p = peer_new();
	bool ok = peer_open(p, s->port) && client_service(p) &&
	          client_probe(p, USER, 'c') == MSG_AUTH_FAILURE &&
	          client_sign(p, USER, 'c', 'c') == MSG_AUTH_FAILURE &&
	          client_sign(p, "nobody-here", 'a', 'a') != MSG_AUTH_SUCCESS;

	return end(p, ok);
}

bool
many_keys(const struct site *s)
{
	struct peer *p = peer_new();
	bool ok = peer_open(p, s->port) && client_service(p);
	int tries = 0, got = MSG_AUTH_FAILURE;

	for (; ok && got == MSG_AUTH_FAILURE && tries < 200; tries++)
		got = client_probe(p, USER, (char)('d' + tries % 20));
	return end(p, ok && tries < 200);
}

bool
early_data(const struct site *s)
{
	struct peer *p = peer_new();
	struct buf m = BUF_INIT;
	bool ok = peer_open(p, s->port);
	int got;

	put_channel_open(&m, 0, 65536, 32768);
	ok = ok && peer_send(p, &m);
	/* unless it has ended with the first of them */
	(void)(ok && client_type(p, "x") && client_shell(p));
	do
		got = peer_receive(p, s->grace_ms + SOON_MS);
	while (got == MSG_UNIMPLEMENTED);
	buf_clear(&m);
	return end(p, ok && got != MSG_CHANNEL_CONFIRM && got != PEER_LATE);
}

/* --- every state --------------------------------------------------------- */

static bool
by_offer(struct peer *p, int port)
{
	unsigned char secret[32];

	return peer_connect(p, port) && peer_greet(p) && kex_hello(p) &&
	       kex_offer(p, secret);
}

static bool
to_state(struct peer *p, int port, int state)
{
	switch (state) {
	case 0:
		return peer_connect(p, port);
	case 1:
		return peer_connect(p, port) && peer_greet(p);
	case 2:
		return peer_connect(p, port) && peer_greet(p) && kex_hello(p);
	case 3:
		return by_offer(p, port);
	case 4:
		return peer_open(p, port);
	case 5:
		return peer_open(p, port) && client_service(p);
	case 6:
		return peer_open(p, port) && client_service(p) &&
		       client_probe(p, USER, 'a') == MSG_AUTH_PK_OK;
	case 7:
		return client_enter(p, port, USER);
	case 8:
		return client_enter(p, port, USER) &&
		       client_channel(p, 65536, 32768);
	case 9:
		return client_enter(p, port, USER) &&
		       client_channel(p, 65536, 32768) &&
		       client_pty(p, "xterm", 80, 24);
	case 10:
		return client_enter(p, port, USER) &&
		       client_channel(p, 65536, 32768) &&
		       client_pty(p, "xterm", 80, 24) && client_shell(p);
	default:
		return client_enter(p, port, USER) &&
		       client_channel(p, 65536, 32768) &&
		       client_pty(p, "xterm", 80, 24) && client_shell(p) &&
		       client_sees_screen(p);
	}
}

bool
leaves(const struct site *s)
{
	for (int state = 0; state <= 11; state++) {
		struct peer *p = peer_new();
		bool ok = to_state(p, s->port, state);

		if (!end(p, ok)) {
			(void)fprintf(stderr, "state %d not reached\n", state);
			return false;
		}
	}
	return true;
}

/* --- crowds -------------------------------------------------------------- */

static bool
crowd(const struct site *s, int many, bool honest_meanwhile)
{
	struct peer *p = calloc((size_t)many, sizeof(*p));
	bool ok = p != NULL;

	for (int i = 0; ok && i < many; i++)
		ok = peer_connect(&p[i], s->port);
	if (honest_meanwhile)
		ok = ok && honest(s);
	for (int i = 0; p != NULL && i < many; i++)
		peer_close(&p[i]);
	free(p);
	return ok;
}

bool
silent(const struct site *s)
{
	return crowd(s, 60, true);
}

bool
flood(const struct site *s)
{
	return crowd(s, 400, false);
}

/* --- noise --------------------------------------------------------------- */

/* The connection must end by itself in the time to sign in. */
static bool
ends(const struct site *s, struct peer *p)
{
	return peer_ended(p, s->grace_ms + SOON_MS);
}

bool
garbage(const struct site *s)
{
	static char noise[65536];
	struct peer *p = peer_new();
	bool ok = peer_connect(p, s->port);

	randombytes_buf(noise, sizeof(noise));
	(void)peer_raw(p, noise, sizeof(noise));
	return end(p, ok && ends(s, p));
}

bool
long_greeting(const struct site *s)
{
	static char line[65536] = "SSH-2.0-";
	struct peer *p = peer_new();
	bool ok = peer_connect(p, s->port);

	memset(line + strlen(line), 'x', sizeof(line) - strlen(line));
	(void)peer_raw(p, line, sizeof(line));
	return end(p, ok && ends(s, p));
}

static bool
announce(const struct site *s, uint32_t length, bool secret)
{
	struct peer *p = peer_new();
	struct buf m = BUF_INIT;
	static char rest[65536];
	bool ok = secret ? peer_open(p, s->port)
	                 : peer_connect(p, s->port) && peer_greet(p);

	put_int(&m, length);
	buf_addn(&m, rest, sizeof(rest));
	if (secret) { /* hidden as the cipher wants it */
		unsigned char nonce[8] = {0};

		nonce[7] = (unsigned char)p->out.packets;
		crypto_stream_chacha20_xor((unsigned char *)m.data,
		                           (unsigned char *)m.data, 4, nonce,
		                           p->out.key + 32);
	}
	(void)peer_raw(p, m.data, m.len);
	buf_clear(&m);
	return end(p, ok && ends(s, p));
}

bool
huge_packet(const struct site *s)
{
	return announce(s, 0x7fffffff, false) &&
	       announce(s, 0xffffffff, false) && announce(s, 0, false) &&
	       announce(s, 0x7fffffff, true) && announce(s, 0xffffffff, true) &&
	       announce(s, 0, true);
}

bool
bad_tag(const struct site *s)
{
	struct peer *p = peer_new();
	bool ok = peer_open(p, s->port);

	p->out.key[0] ^= 1;
	(void)client_service(p);
	return end(p, ok && ends(s, p));
}
