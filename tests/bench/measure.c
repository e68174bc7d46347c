/* Figures of one client, or of some that sign in: time, bytes, backlog. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/bench/bench.h"
#include "tests/bench/crew.h"
#include "tests/bench/relay.h"

enum {
	ANSWER_MS = 20000,
	SETTLE_MS = 60,
	FRAMES = 7,
	SIGN_INS_MAX = 40,
	STALL_KEYS = 150,
	STALL_KEY_US = 50000,
	STALL_SETTLE_MS = 500
};

#define PAGE_DOWN "\033[6~"
#define PAGE_UP "\033[5~"
#define DOWN "\033[B"

double
quantile(double *values, int n, double share)
{
	for (int i = 1; i < n; i++)
		for (int k = i; k > 0 && values[k - 1] > values[k]; k--) {
			double v = values[k];

			values[k] = values[k - 1];
			values[k - 1] = v;
		}
	return values[(int)(share * (n - 1))];
}

static void
open_or_give_up(struct client *c, const struct server *s)
{
	if (!client_open(c, &s->at, s->user) ||
	    !client_await(c, s->mark, ANSWER_MS))
		give_up("sign-in", client_why(c));
}

void
measure_sign_in(struct bench *b)
{
	static double ms[SERVERS][SIGN_INS_MAX];
	int n = b->quick ? 15 : SIGN_INS_MAX;

	for (int i = 0; i < n * SERVERS; i++) {
		struct client c;
		double start = now_ms();

		open_or_give_up(&c, &b->servers[i % SERVERS]);
		ms[i % SERVERS][i / SERVERS] = now_ms() - start;
		client_close(&c);
	}
	for (int i = 0; i < SERVERS; i++)
		b->figures[BUDGET_SIGN_IN][i] = quantile(ms[i], n, 0.5);
}

static void
rate(struct bench *b, enum budget row, int parallel)
{
	unsigned seconds = b->quick ? 3 : 10;

	for (int i = 0; i < SERVERS; i++) {
		double start = now_ms();
		struct crew *crew =
		    crew_start(&b->servers[i], CREW_SIGN_IN, parallel, 0);
		int done, failed;

		(void)sleep(seconds);
		crew_end(crew, &done, &failed);
		b->figures[row][i] = done / (now_ms() - start) * 1e3;
		b->figures[BUDGET_FAILED][i] += failed;
	}
}

void
measure_rate(struct bench *b)
{
	rate(b, BUDGET_RATE_16, 16);
	rate(b, BUDGET_RATE_64, 64);
}

/* What one key costs on the wire; the worst frame's segments. */
static double
cost(struct bench *b, int which, struct client *c, const char *key)
{
	struct traffic before = client_traffic(c), after;
	double *worst = &b->figures[BUDGET_SEGMENTS][which], ms, segments;

	if (client_press(c, key, ANSWER_MS, SETTLE_MS, &ms) <= 0)
		give_up("bytes", "no answer to a key");
	after = client_traffic(c);
	segments = (double)(after.segments - before.segments);
	if (segments > *worst)
		*worst = segments;
	return (double)(after.bytes - before.bytes);
}

/* Half of the frames cost at most this. */
static double
usual_cost(struct bench *b, int which, struct client *c, const char *key)
{
	double bytes[FRAMES];

	for (int i = 0; i < FRAMES; i++)
		bytes[i] = cost(b, which, c, key);
	return quantile(bytes, FRAMES, 0.5);
}

static void
bytes_of(struct bench *b, int which, bool compress)
{
	struct server s = b->servers[which];
	struct traffic before, after;
	enum budget row = compress ? BUDGET_DOWN_ZLIB : BUDGET_DOWN;
	struct client c;
	double ms;

	s.at.compress = compress;
	if (!client_connect(&c, &s.at, s.user))
		give_up("bytes", client_why(&c));
	before = client_traffic(&c);
	if (!client_start(&c) || !client_await(&c, s.mark, ANSWER_MS))
		give_up("bytes", client_why(&c));
	(void)client_press(&c, "", SETTLE_MS, SETTLE_MS, &ms);
	after = client_traffic(&c);
	b->figures[row + 2][which] = (double)(after.bytes - before.bytes);
	if (s.list[0] != '\0')
		(void)client_press(&c, s.list, ANSWER_MS, 200, &ms);
	b->figures[row + 1][which] = usual_cost(b, which, &c, PAGE_DOWN);
	b->figures[row][which] = usual_cost(b, which, &c, DOWN);
	if (!compress) {
		before = client_traffic(&c);
		(void)sleep(b->quick ? 5 : 20);
		after = client_traffic(&c);
		b->figures[BUDGET_QUIET][which] =
		    (double)(after.bytes - before.bytes);
	}
	client_close(&c);
}

void
measure_bytes(struct bench *b)
{
	for (int i = 0; i < SERVERS; i++) {
		bytes_of(b, i, false);
		bytes_of(b, i, true);
	}
}

/* A large terminal behind a link that stalls while keys go on. */
static void
backlog_of(struct bench *b, int which)
{
	struct server s = b->servers[which];
	struct traffic before;
	struct relay relay;
	struct client c;
	double ms;

	if (!relay_start(&relay, s.at.port))
		give_up("backlog", "no relay");
	s.at.port = relay.port;
	s.at.columns = 200;
	s.at.rows = 60;
	open_or_give_up(&c, &s);
	if (s.list[0] != '\0')
		(void)client_press(&c, s.list, ANSWER_MS, 200, &ms);
	before = client_traffic(&c);
	relay_stall(&relay);
	for (int i = 0; i < STALL_KEYS; i++) {
		(void)client_send(&c, i / 8 % 2 ? PAGE_UP : PAGE_DOWN);
		(void)usleep(STALL_KEY_US);
	}
	relay_resume(&relay);
	(void)client_press(&c, "", ANSWER_MS, STALL_SETTLE_MS, &ms);
	b->figures[BUDGET_BACKLOG][which] =
	    (double)(client_traffic(&c).bytes - before.bytes) / 1024;
	client_close(&c);
	relay_end(&relay);
}

void
measure_backlog(struct bench *b)
{
	for (int i = 0; i < SERVERS; i++)
		backlog_of(b, i);
}
