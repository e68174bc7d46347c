/* The steps of an honest client. */
#include "tests/hostile/client.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SEED = crypto_sign_SEEDBYTES, PUBLIC = crypto_sign_PUBLICKEYBYTES };

static void
keys_of(char who, unsigned char *public, unsigned char *secret)
{
	unsigned char seed[SEED];

	memset(seed, who, sizeof(seed));
	(void)crypto_sign_seed_keypair(public, secret, seed);
}

static void
put_key(struct buf *m, char who)
{
	unsigned char public[PUBLIC], secret[crypto_sign_SECRETKEYBYTES];
	struct buf key = BUF_INIT;

	keys_of(who, public, secret);
	put_text(&key, "ssh-ed25519");
	put_bytes(&key, public, PUBLIC);
	put_bytes(m, key.data, key.len);
	buf_clear(&key);
}

void
key_line(char who, struct buf *out)
{
	struct buf key = BUF_INIT;
	char text[256];

	put_key(&key, who);
	buf_add(out, "ssh-ed25519 ");
	buf_add(out,
	        sodium_bin2base64(text, sizeof(text),
	                          (const unsigned char *)key.data + 4,
	                          key.len - 4, sodium_base64_VARIANT_ORIGINAL));
	buf_clear(&key);
}

bool
client_service(struct peer *p)
{
	struct buf m = BUF_INIT;

	put_byte(&m, MSG_SERVICE_REQUEST);
	put_text(&m, "ssh-userauth");
	return peer_send(p, &m) && peer_await(p, MSG_SERVICE_ACCEPT);
}

static void
put_auth(struct buf *m, const char *user, const char *method)
{
	put_byte(m, MSG_AUTH_REQUEST);
	put_text(m, user);
	put_text(m, "ssh-connection");
	put_text(m, method);
}

/* Banners may come before the answer. */
static int
answer(struct peer *p)
{
	int got;

	do
		got = peer_receive(p, WAIT_MS);
	while (got > 0 && got != MSG_AUTH_FAILURE && got != MSG_AUTH_SUCCESS &&
	       got != MSG_AUTH_PK_OK && got != MSG_DISCONNECT);
	return got;
}

int
client_probe(struct peer *p, const char *user, char who)
{
	struct buf m = BUF_INIT;

	put_auth(&m, user, "publickey");
	put_byte(&m, 0);
	put_text(&m, "ssh-ed25519");
	put_key(&m, who);
	return peer_send(p, &m) ? answer(p) : PEER_CLOSED;
}

bool
client_claim(struct peer *p, const char *user, char who, char by)
{
	unsigned char public[PUBLIC], secret[crypto_sign_SECRETKEYBYTES];
	unsigned char signature[crypto_sign_BYTES];
	struct buf m = BUF_INIT, text = BUF_INIT, blob = BUF_INIT;

	put_auth(&m, user, "publickey");
	put_byte(&m, 1);
	put_text(&m, "ssh-ed25519");
	put_key(&m, who);
	put_bytes(&text, p->session_id, sizeof(p->session_id));
	buf_addn(&text, m.data, m.len);
	keys_of(by, public, secret);
	(void)crypto_sign_detached(signature, NULL,
	                           (const unsigned char *)text.data, text.len,
	                           secret);
	put_text(&blob, "ssh-ed25519");
	put_bytes(&blob, signature, sizeof(signature));
	put_bytes(&m, blob.data, blob.len);
	buf_clear(&blob);
	buf_clear(&text);
	return peer_send(p, &m);
}

int
client_sign(struct peer *p, const char *user, char who, char by)
{
	return client_claim(p, user, who, by) ? answer(p) : PEER_CLOSED;
}

int
client_password(struct peer *p, const char *user, const char *password)
{
	struct buf m = BUF_INIT;

	put_auth(&m, user, "password");
	put_byte(&m, 0);
	put_text(&m, password);
	return peer_send(p, &m) ? answer(p) : PEER_CLOSED;
}

int
client_ask(struct peer *p, const char *user)
{
	struct buf m = BUF_INIT;

	put_auth(&m, user, "keyboard-interactive");
	put_text(&m, "");
	put_text(&m, "");
	return peer_send(p, &m) ? answer(p) : PEER_CLOSED;
}

int
client_awaits(struct peer *p)
{
	return answer(p);
}

int
client_answer(struct peer *p, const char *text)
{
	struct buf m = BUF_INIT;

	put_byte(&m, MSG_AUTH_ANSWERS);
	put_int(&m, 1);
	put_text(&m, text);
	return peer_send(p, &m) ? answer(p) : PEER_CLOSED;
}

bool
client_enter(struct peer *p, int port, const char *user)
{
	return peer_open(p, port) && client_service(p) &&
	       client_sign(p, user, 'a', 'a') == MSG_AUTH_SUCCESS;
}

void
put_channel_open(struct buf *m, uint32_t number, uint32_t window,
                 uint32_t packet)
{
	put_byte(m, MSG_CHANNEL_OPEN);
	put_text(m, "session");
	put_int(m, number);
	put_int(m, window);
	put_int(m, packet);
}

bool
client_channel(struct peer *p, uint32_t window, uint32_t packet)
{
	struct buf m = BUF_INIT;

	put_channel_open(&m, 0, window, packet);
	return peer_send(p, &m) && peer_await(p, MSG_CHANNEL_CONFIRM);
}

void
put_request(struct buf *m, const char *what, bool want_answer)
{
	put_byte(m, MSG_CHANNEL_REQUEST);
	put_int(m, SERVER_CHANNEL);
	put_text(m, what);
	put_byte(m, want_answer);
}

bool
client_pty(struct peer *p, const char *term, uint32_t columns, uint32_t rows)
{
	struct buf m = BUF_INIT;

	put_request(&m, "pty-req", false);
	put_text(&m, term);
	put_int(&m, columns);
	put_int(&m, rows);
	put_int(&m, 0);
	put_int(&m, 0);
	put_text(&m, "");
	return peer_send(p, &m);
}

bool
client_shell(struct peer *p)
{
	struct buf m = BUF_INIT;

	put_request(&m, "shell", false);
	return peer_send(p, &m);
}

bool
client_type(struct peer *p, const char *keys)
{
	struct buf m = BUF_INIT;

	put_byte(&m, MSG_CHANNEL_DATA);
	put_int(&m, SERVER_CHANNEL);
	put_text(&m, keys);
	return peer_send(p, &m);
}

static bool
give_window(struct peer *p, uint32_t bytes)
{
	struct buf m = BUF_INIT;

	put_byte(&m, MSG_CHANNEL_ADJUST);
	put_int(&m, SERVER_CHANNEL);
	put_int(&m, bytes);
	return peer_send(p, &m);
}

bool
client_sees_screen(struct peer *p)
{
	struct buf seen = BUF_INIT;
	bool found = false;

	while (!found && peer_await(p, MSG_CHANNEL_DATA)) {
		buf_addn(&seen, p->got + 9, p->got_len - 9);
		found = memmem(seen.data, seen.len, FIRST_SCREEN,
		               strlen(FIRST_SCREEN)) != NULL;
		if (!give_window(p, (uint32_t)p->got_len))
			break;
	}
	buf_clear(&seen);
	return found;
}

static bool
reach_screen(int port, const char *user)
{
	struct peer *p = calloc(1, sizeof(*p));
	bool ok = client_enter(p, port, user) &&
	          client_channel(p, 65536, 32768) &&
	          client_pty(p, "xterm-256color", 80, 24) && client_shell(p) &&
	          client_sees_screen(p);

	peer_close(p);
	free(p);
	return ok;
}

/* A refusal is an answer too: just behind a flood there may be no place. */
bool
client_good(int port, const char *user, int ms)
{
	struct timespec from, to;
	long took;
	bool ok;

	(void)clock_gettime(CLOCK_MONOTONIC, &from);
	do {
		ok = reach_screen(port, user);
		(void)clock_gettime(CLOCK_MONOTONIC, &to);
		took = (to.tv_sec - from.tv_sec) * 1000 +
		       (to.tv_nsec - from.tv_nsec) / 1000000;
	} while (!ok && took < ms);
	if (!ok || took > ms)
		(void)fprintf(stderr, "an honest client %s after %ld ms\n",
		              ok ? "was served" : "was not served", took);
	return ok && took <= ms;
}
