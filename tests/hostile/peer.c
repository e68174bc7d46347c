/* Packets, plain and secret. */
#include "tests/hostile/peer.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { TAG = 16 };

/* --- parts --------------------------------------------------------------- */

void
put_byte(struct buf *m, int v)
{
	char byte = (char)v;

	buf_addn(m, &byte, 1);
}

void
put_int(struct buf *m, uint32_t v)
{
	uint32_t be = htonl(v);

	buf_addn(m, (const char *)&be, sizeof(be));
}

void
put_bytes(struct buf *m, const void *bytes, size_t n)
{
	put_int(m, (uint32_t)n);
	buf_addn(m, bytes, n);
}

void
put_text(struct buf *m, const char *s)
{
	put_bytes(m, s, strlen(s));
}

uint32_t
get_int(const unsigned char *at)
{
	uint32_t be;

	memcpy(&be, at, sizeof(be));
	return ntohl(be);
}

/* --- the connection ------------------------------------------------------ */

static int64_t
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

bool
peer_connect(struct peer *p, int port)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
	                         .sin_port = htons((uint16_t)port)};
	int one = 1;

	memset(p, 0, sizeof(*p));
	p->hello = (struct buf)BUF_INIT;
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	p->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	(void)setsockopt(p->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	return connect(p->fd, (const struct sockaddr *)&at, sizeof(at)) == 0;
}

void
peer_close(struct peer *p)
{
	if (p->fd >= 0)
		(void)close(p->fd);
	p->fd = -1;
	buf_clear(&p->hello);
}

bool
peer_raw(struct peer *p, const void *bytes, size_t n)
{
	const char *at = bytes;

	while (n > 0) {
		struct pollfd wait = {.fd = p->fd, .events = POLLOUT};
		ssize_t put;

		if (poll(&wait, 1, WAIT_MS) != 1)
			return false;
		put = send(p->fd, at, n, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (put < 0 && errno != EAGAIN && errno != EINTR)
			return false;
		if (put > 0) {
			at += put;
			n -= (size_t)put;
		}
	}
	return true;
}

/* n bytes before the deadline: 1, or PEER_LATE or PEER_CLOSED. */
static int
take(struct peer *p, void *bytes, size_t n, int64_t deadline)
{
	char *at = bytes;

	while (n > 0) {
		struct pollfd wait = {.fd = p->fd, .events = POLLIN};
		int64_t left = deadline - now_ms();
		ssize_t got;

		if (left < 0 || poll(&wait, 1, (int)left) == 0)
			return PEER_LATE;
		got = recv(p->fd, at, n, 0);
		if (got == 0 || (got < 0 && errno != EINTR))
			return PEER_CLOSED;
		if (got > 0) {
			at += got;
			n -= (size_t)got;
		}
	}
	return 1;
}

bool
peer_greet(struct peer *p)
{
	static const char ours[] = "SSH-2.0-hostile\r\n";
	size_t n = 0;

	if (!peer_raw(p, ours, sizeof(ours) - 1))
		return false;
	while (n < sizeof(p->version) - 1) {
		if (take(p, p->version + n, 1, now_ms() + WAIT_MS) != 1)
			return false;
		if (p->version[n] == '\n')
			break;
		n++;
	}
	p->version[n > 0 && p->version[n - 1] == '\r' ? n - 1 : n] = '\0';
	return strncmp(p->version, "SSH-2.0-", 8) == 0;
}

/* --- packets ------------------------------------------------------------- */

/* The cipher's nonce is the packet's number; block 0 of the first key makes
 * the key of the tag, the second key hides the length. */
static void
nonce_of(const struct direction *d, unsigned char nonce[8])
{
	uint32_t be = htonl(d->packets);

	memset(nonce, 0, 8);
	memcpy(nonce + 4, &be, sizeof(be));
}

static void
hide(const struct direction *d, unsigned char *packet, size_t n)
{
	unsigned char nonce[8], tag_key[32] = {0};

	nonce_of(d, nonce);
	crypto_stream_chacha20_xor(packet, packet, 4, nonce, d->key + 32);
	crypto_stream_chacha20_xor_ic(packet + 4, packet + 4, n - 4, nonce, 1,
	                              d->key);
	crypto_stream_chacha20_xor(tag_key, tag_key, 32, nonce, d->key);
	crypto_onetimeauth_poly1305(packet + n, packet, n, tag_key);
}

bool
peer_send(struct peer *p, struct buf *m)
{
	/* without the length the secret part is whole blocks of eight; plain
	 * packets are so with it */
	size_t head = p->out.secret ? 1 : 5;
	size_t pad = 8 - (head + m->len) % 8;
	struct buf packet = BUF_INIT;
	bool ok;

	pad += pad < 4 ? 8 : 0;
	put_int(&packet, (uint32_t)(1 + m->len + pad));
	put_byte(&packet, (int)pad);
	buf_addn(&packet, m->data, m->len);
	for (size_t i = 0; i < pad; i++)
		put_byte(&packet, 0);
	if (p->out.secret) {
		size_t n = packet.len;
		unsigned char *bytes = malloc(n + TAG);

		memcpy(bytes, packet.data, n);
		hide(&p->out, bytes, n);
		ok = peer_raw(p, bytes, n + TAG);
		free(bytes);
	} else {
		ok = peer_raw(p, packet.data, packet.len);
	}
	p->out.packets++;
	buf_clear(&packet);
	buf_clear(m);
	return ok;
}

int
peer_receive(struct peer *p, int ms)
{
	int64_t deadline = now_ms() + ms;
	unsigned char length[4], nonce[8];
	size_t n;
	int rc = take(p, length, sizeof(length), deadline);

	if (rc != 1)
		return rc;
	nonce_of(&p->in, nonce);
	if (p->in.secret)
		crypto_stream_chacha20_xor(length, length, 4, nonce,
		                           p->in.key + 32);
	n = get_int(length);
	if (n < 5 || n + TAG > sizeof(p->got))
		return PEER_CLOSED;
	rc = take(p, p->got, n + (p->in.secret ? TAG : 0), now_ms() + WAIT_MS);
	if (rc != 1)
		return PEER_CLOSED;
	if (p->in.secret)
		crypto_stream_chacha20_xor_ic(p->got, p->got, n, nonce, 1,
		                              p->in.key);
	p->in.packets++;
	if (p->got[0] + 2U > n)
		return PEER_CLOSED;
	p->got_len = n - 1 - p->got[0];
	memmove(p->got, p->got + 1, p->got_len);
	return p->got[0];
}

bool
peer_await(struct peer *p, int type)
{
	int got;

	do
		got = peer_receive(p, WAIT_MS);
	while (got > 0 && got != type && got != MSG_DISCONNECT);
	return got == type;
}

bool
peer_ended(struct peer *p, int ms)
{
	int64_t deadline = now_ms() + ms;
	char sink[4096];
	int rc;

	do
		rc = take(p, sink, 1, deadline);
	while (rc == 1);
	return rc == PEER_CLOSED;
}
