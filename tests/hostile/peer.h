/*
 * An SSH client that obeys nobody: every packet is the test's to write, in
 * any order and of any size. One key exchange (curve25519), one cipher
 * (chacha20-poly1305@openssh.com), host keys are not checked. Functions that
 * return bool are false once the connection is over.
 */
#ifndef TESTS_HOSTILE_PEER_H
#define TESTS_HOSTILE_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/base/buf.h"

/* RFC 4250, section 4.1, and RFC 8731 */
enum {
	MSG_DISCONNECT = 1,
	MSG_IGNORE = 2,
	MSG_UNIMPLEMENTED = 3,
	MSG_SERVICE_REQUEST = 5,
	MSG_SERVICE_ACCEPT = 6,
	MSG_KEXINIT = 20,
	MSG_NEWKEYS = 21,
	MSG_ECDH_INIT = 30,
	MSG_ECDH_REPLY = 31,
	MSG_AUTH_REQUEST = 50,
	MSG_AUTH_FAILURE = 51,
	MSG_AUTH_SUCCESS = 52,
	MSG_AUTH_PK_OK = 60,
	MSG_AUTH_QUESTIONS = 60, /* RFC 4256 */
	MSG_AUTH_ANSWERS = 61,
	MSG_GLOBAL_REQUEST = 80,
	MSG_CHANNEL_OPEN = 90,
	MSG_CHANNEL_CONFIRM = 91,
	MSG_CHANNEL_REFUSED = 92,
	MSG_CHANNEL_ADJUST = 93,
	MSG_CHANNEL_DATA = 94,
	MSG_CHANNEL_EOF = 96,
	MSG_CHANNEL_CLOSE = 97,
	MSG_CHANNEL_REQUEST = 98,
	MSG_CHANNEL_SUCCESS = 99,
	MSG_CHANNEL_FAILURE = 100
};

enum {
	PEER_CLOSED = -1, /* what peer_receive says instead of a message */
	PEER_LATE = 0,
	WAIT_MS = 20000,
	PACKET_MAX = 300000
};

struct direction {
	bool secret; /* keys are in use */
	unsigned char key[64];
	uint32_t packets;
};

struct peer {
	int fd;
	struct direction in, out;
	unsigned char session_id[32];
	bool has_session_id;
	char version[256]; /* of the server */
	struct buf hello;  /* our KEXINIT, while keys are exchanged */
	unsigned char got[PACKET_MAX]; /* the last message */
	size_t got_len;
};

/* Parts of a message. */
void put_byte(struct buf *m, int v);
void put_int(struct buf *m, uint32_t v);
void put_text(struct buf *m, const char *s);
void put_bytes(struct buf *m, const void *bytes, size_t n);
uint32_t get_int(const unsigned char *at);

/* TCP only. */
bool peer_connect(struct peer *p, int port);
void peer_close(struct peer *p);
/* Bytes as they are, outside any packet. */
bool peer_raw(struct peer *p, const void *bytes, size_t n);
/* The version lines. */
bool peer_greet(struct peer *p);

/* Send m as one packet and clear it. */
bool peer_send(struct peer *p, struct buf *m);
/* The next message's type, or PEER_CLOSED, PEER_LATE. */
int peer_receive(struct peer *p, int ms);
/* Skip messages until one of that type comes. */
bool peer_await(struct peer *p, int type);
/* Read until the connection is over: true when that was within ms. */
bool peer_ended(struct peer *p, int ms);

/* Key exchange in its steps, and all of them. */
bool kex_hello(struct peer *p);
bool kex_offer(struct peer *p, unsigned char secret[32]);
bool kex_finish(struct peer *p, const unsigned char secret[32]);
bool peer_exchange(struct peer *p);
/* Connect, greet, exchange keys. */
bool peer_open(struct peer *p, int port);

#endif
