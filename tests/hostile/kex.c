/* Key exchange: RFC 4253, section 7 and 8, with curve25519 (RFC 8731). */
#include <sodium.h>
#include <string.h>

#include "tests/hostile/peer.h"

enum { HASH = crypto_hash_sha256_BYTES };

bool
kex_hello(struct peer *p)
{
	static const char *const lists[] = {"curve25519-sha256",
	                                    "ssh-ed25519",
	                                    "chacha20-poly1305@openssh.com",
	                                    "chacha20-poly1305@openssh.com",
	                                    "hmac-sha2-256-etm@openssh.com",
	                                    "hmac-sha2-256-etm@openssh.com",
	                                    "none",
	                                    "none",
	                                    "",
	                                    ""};
	struct buf m = BUF_INIT;
	char cookie[16];

	randombytes_buf(cookie, sizeof(cookie));
	put_byte(&m, MSG_KEXINIT);
	buf_addn(&m, cookie, sizeof(cookie));
	for (size_t i = 0; i < COUNT(lists); i++)
		put_text(&m, lists[i]);
	put_byte(&m, 0);
	put_int(&m, 0);
	buf_truncate(&p->hello, 0);
	buf_addn(&p->hello, m.data, m.len);
	return peer_send(p, &m);
}

bool
kex_offer(struct peer *p, unsigned char secret[32])
{
	struct buf m = BUF_INIT;
	unsigned char public[32];

	randombytes_buf(secret, 32);
	(void)crypto_scalarmult_base(public, secret);
	put_byte(&m, MSG_ECDH_INIT);
	put_bytes(&m, public, sizeof(public));
	return peer_send(p, &m);
}

/* A number as SSH writes it: no leading zeros, but one before a high bit. */
static void
put_number(struct buf *m, const unsigned char *bytes, size_t n)
{
	while (n > 0 && *bytes == 0) {
		bytes++;
		n--;
	}
	if (n == 0 || *bytes < 0x80) {
		put_bytes(m, bytes, n);
		return;
	}
	put_int(m, (uint32_t)n + 1);
	put_byte(m, 0);
	buf_addn(m, (const char *)bytes, n);
}

struct agreed {
	struct buf number; /* the shared secret */
	unsigned char hash[HASH];
};

/* Two hashes make the 64 bytes of a direction's keys. */
static void
derive(const struct peer *p, const struct agreed *a, char letter,
       struct direction *d)
{
	struct buf m = BUF_INIT;

	buf_addn(&m, a->number.data, a->number.len);
	buf_addn(&m, (const char *)a->hash, HASH);
	buf_addn(&m, &letter, 1);
	buf_addn(&m, (const char *)p->session_id, HASH);
	(void)crypto_hash_sha256(d->key, (const unsigned char *)m.data, m.len);
	buf_truncate(&m, a->number.len + HASH);
	buf_addn(&m, (const char *)d->key, HASH);
	(void)crypto_hash_sha256(d->key + HASH, (const unsigned char *)m.data,
	                         m.len);
	buf_clear(&m);
}

/* Read the reply: host key, the server's public half. */
static bool
agree(struct peer *p, const unsigned char secret[32], struct buf *so_far,
      struct agreed *a)
{
	unsigned char ours[32], shared[32];
	const unsigned char *key = p->got + 1, *theirs;
	size_t key_len = get_int(key);

	if (key_len + 4 + 4 + 32 > p->got_len)
		return false;
	theirs = key + 4 + key_len;
	(void)crypto_scalarmult_base(ours, secret);
	if (get_int(theirs) != 32 ||
	    crypto_scalarmult(shared, secret, theirs + 4) != 0)
		return false;
	put_bytes(so_far, key + 4, key_len);
	put_bytes(so_far, ours, sizeof(ours));
	put_bytes(so_far, theirs + 4, 32);
	put_number(&a->number, shared, sizeof(shared));
	buf_addn(so_far, a->number.data, a->number.len);
	(void)crypto_hash_sha256(a->hash, (const unsigned char *)so_far->data,
	                         so_far->len);
	return true;
}

static bool
change_keys(struct peer *p, const struct agreed *a)
{
	struct direction in = p->in, out = p->out;
	struct buf m = BUF_INIT;

	if (!p->has_session_id)
		memcpy(p->session_id, a->hash, HASH);
	p->has_session_id = true;
	derive(p, a, 'C', &out);
	derive(p, a, 'D', &in);
	put_byte(&m, MSG_NEWKEYS);
	if (!peer_send(p, &m) || !peer_await(p, MSG_NEWKEYS))
		return false;
	out.secret = in.secret = true;
	out.packets = p->out.packets;
	in.packets = p->in.packets;
	p->in = in;
	p->out = out;
	return true;
}

bool
kex_finish(struct peer *p, const unsigned char secret[32])
{
	struct agreed a = {.number = BUF_INIT};
	struct buf m = BUF_INIT;
	bool ok = peer_await(p, MSG_KEXINIT);

	put_text(&m, "SSH-2.0-hostile");
	put_text(&m, p->version);
	put_bytes(&m, p->hello.data, p->hello.len);
	put_bytes(&m, p->got, p->got_len);
	ok = ok && peer_await(p, MSG_ECDH_REPLY) && agree(p, secret, &m, &a) &&
	     change_keys(p, &a);
	buf_clear(&m);
	buf_clear(&a.number);
	return ok;
}

bool
peer_exchange(struct peer *p)
{
	unsigned char secret[32];

	return kex_hello(p) && kex_offer(p, secret) && kex_finish(p, secret);
}

bool
peer_open(struct peer *p, int port)
{
	return peer_connect(p, port) && peer_greet(p) && peer_exchange(p);
}
