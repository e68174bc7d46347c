/* Attacks on the questions of keyboard-interactive (RFC 4256): answers of
 * another number or size than asked for, out of turn, again and again. */
#include <stdlib.h>
#include <string.h>

#include "tests/hostile/hostile.h"

#define USER "town"
#define CODED "admin" /* the scene has given it a second factor */

enum { LONG = 200000, MANY = 2000, TIMES = 40 };

/* What is sent in place of one answer. */
struct odd {
	uint32_t count;  /* as said */
	int texts;       /* as sent */
	size_t length;   /* of each */
	uint32_t behind; /* length said of one more text that is not there */
};

static const struct odd odds[] = {
    {.count = UINT32_MAX},
    {.count = UINT32_MAX, .texts = 1, .length = 6},
    {.count = 0x40000001, .texts = 1, .length = 6},
    {.count = 0},
    {.count = 0, .texts = 1, .length = 6},
    {.count = 2, .texts = 1, .length = 6},
    {.count = 2, .texts = 2, .length = 6},
    {.count = 1, .texts = 2, .length = 6},
    {.count = 1, .texts = 0},
    {.count = 1, .texts = 1, .length = 0},
    {.count = 1, .texts = 1, .length = LONG},
    {.count = 1, .behind = UINT32_MAX},
    {.count = 1, .behind = 7},
    {.count = 256, .texts = 256, .length = 100},
    {.count = 257, .texts = 257, .length = 100},
    {.count = MANY, .texts = MANY, .length = 0},
};

static bool
send_odd(struct peer *p, const struct odd *odd)
{
	struct buf m = BUF_INIT;
	char *text = malloc(odd->length + 1);

	if (text == NULL)
		abort();
	memset(text, '1', odd->length);
	text[odd->length] = '\0';
	put_byte(&m, MSG_AUTH_ANSWERS);
	put_int(&m, odd->count);
	for (int i = 0; i < odd->texts; i++)
		put_text(&m, text);
	if (odd->behind != 0)
		put_int(&m, odd->behind);
	free(text);
	return peer_send(p, &m);
}

/* Refused, asked again or cut off; some libssh drops without a word. Never
 * let in, and what comes next is served as ever. */
static bool
is_refused(struct peer *p, const char *user)
{
	int got = client_password(p, user, "wrong");

	while (got == MSG_AUTH_QUESTIONS)
		got = client_awaits(p);
	return got == MSG_AUTH_FAILURE || got == MSG_DISCONNECT ||
	       got == PEER_CLOSED;
}

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
answer_oddly(const struct site *s, const char *user, bool code,
             const struct odd *odd)
{
	struct peer *p = peer_new();
	bool ok = peer_open(p, s->port) && client_service(p) &&
	          client_ask(p, user) == MSG_AUTH_QUESTIONS;

	if (ok && code)
		ok = client_answer(p, "liaison") == MSG_AUTH_QUESTIONS;
	ok = ok && send_odd(p, odd) && is_refused(p, user);
	peer_close(p);
	free(p);
	return ok;
}

static bool
all_odd(const struct site *s, const char *user, bool code)
{
	for (size_t i = 0; i < COUNT(odds); i++)
		if (!answer_oddly(s, user, code, &odds[i]))
			return false;
	return true;
}

bool
odd_answers(const struct site *s)
{
	return all_odd(s, USER, false);
}

bool
odd_codes(const struct site *s)
{
	return all_odd(s, CODED, true);
}

/* An answer to no question, first and after a failure. */
bool
unasked(const struct site *s)
{
	const struct odd one = {.count = 1, .texts = 1, .length = 7};
	struct peer *p = peer_new();
	bool ok = peer_open(p, s->port) && client_service(p) &&
	          send_odd(p, &one) && is_refused(p, USER);

	peer_close(p);
	ok = ok && peer_open(p, s->port) && client_service(p) &&
	     client_password(p, USER, "wrong") == MSG_AUTH_FAILURE &&
	     send_odd(p, &one) && is_refused(p, USER);
	peer_close(p);
	free(p);
	return ok;
}

/* Asks to be asked for ever, then answers what was asked before a
 * password failed. */
bool
asks_again(const struct site *s)
{
	const struct odd one = {.count = 1, .texts = 1, .length = 6};
	struct peer *p = peer_new();
	int got = MSG_AUTH_QUESTIONS;
	bool ok = peer_open(p, s->port) && client_service(p);

	for (int i = 0; ok && i < TIMES && got == MSG_AUTH_QUESTIONS; i++)
		got = client_ask(p, USER);
	ok = ok && got != MSG_AUTH_SUCCESS;
	peer_close(p);
	ok = ok && peer_open(p, s->port) && client_service(p) &&
	     client_ask(p, CODED) == MSG_AUTH_QUESTIONS &&
	     client_answer(p, "liaison") == MSG_AUTH_QUESTIONS &&
	     client_password(p, CODED, "wrong") == MSG_AUTH_FAILURE &&
	     send_odd(p, &one) && is_refused(p, CODED);
	peer_close(p);
	free(p);
	return ok;
}
