/* Figures of hundreds of sessions at once: memory and processor time while
 * they wait, and how fast one is answered while the others work. */
#include <stdio.h>
#include <unistd.h>

#include "tests/bench/bench.h"
#include "tests/bench/crew.h"

enum {
	SETTLE_S = 6, /* what a session does once nobody presses a key */
	ENDED_MS = 60000,
	KEYS_MAX = 1000,
	TURN_KEYS = 50,
	KEY_SETTLE_MS = 10,
	ANSWER_MS = 20000
};

/* The sessions of before are gone: figures begin from rest. */
static struct tree
rest(const struct server *s, int processes)
{
	double end = now_ms() + ENDED_MS;
	struct tree t = tree_of(s->pid);

	while (processes > 0 && t.processes > processes && now_ms() < end) {
		(void)usleep(200000);
		t = tree_of(s->pid);
	}
	return t;
}

static void
idle_of(struct bench *b, int which)
{
	const struct server *s = &b->servers[which];
	int n = b->quick ? 100 : 500, seconds = b->quick ? 5 : 20;
	struct tree before = rest(s, 0), loaded, later;
	struct crew *crew = crew_start(s, CREW_WAIT, 8, n);

	(void)sleep(SETTLE_S);
	loaded = tree_of(s->pid);
	(void)sleep((unsigned)seconds);
	later = tree_of(s->pid);
	b->figures[BUDGET_MEMORY][which] =
	    (double)(loaded.pss_kb - before.pss_kb) / n;
	b->figures[BUDGET_IDLE_CPU][which] =
	    100 * (later.cpu_s - loaded.cpu_s) / seconds;
	crew_end(crew, NULL, NULL);
	(void)rest(s, before.processes);
}

void
measure_idle(struct bench *b)
{
	for (int i = 0; i < SERVERS; i++)
		idle_of(b, i);
}

/* A session on the list, while others will work beside it. */
static struct crew *
open_keys(struct client *c, const struct server *s, int sessions)
{
	struct crew *crew = crew_start(s, CREW_PRESS, 4, sessions);
	double ignored;

	if (!client_open(c, &s->at, s->user) ||
	    !client_await(c, s->mark, ANSWER_MS))
		give_up("keys", client_why(c));
	if (s->list[0] != '\0')
		(void)client_press(c, s->list, ANSWER_MS, 100, &ignored);
	crew_pause(crew, true);
	return crew;
}

/* Keys in one session, each answered before the next. */
static void
press_keys(struct client *c, struct crew *crew, double *ms, int n)
{
	crew_pause(crew, false);
	for (int i = 0; i < n; i++)
		if (client_press(c, i % 2 ? "\033[A" : "\033[B", ANSWER_MS,
		                 KEY_SETTLE_MS, &ms[i]) <= 0)
			give_up("keys", "no answer");
	crew_pause(crew, true);
}

/* A few keys each, in turn, many times: what else the machine does hits
 * both. */
void
measure_keys(struct bench *b)
{
	static double ms[SERVERS][KEYS_MAX];
	int sessions = b->quick ? 50 : 200, keys = b->quick ? 100 : KEYS_MAX;
	struct client clients[SERVERS];
	struct crew *crews[SERVERS];

	for (int i = 0; i < SERVERS; i++)
		crews[i] = open_keys(&clients[i], &b->servers[i], sessions);
	for (int done = 0; done < keys; done += TURN_KEYS)
		for (int i = 0; i < SERVERS; i++)
			press_keys(&clients[i], crews[i], ms[i] + done,
			           TURN_KEYS);
	for (int i = 0; i < SERVERS; i++) {
		client_close(&clients[i]);
		crew_end(crews[i], NULL, NULL);
		b->figures[BUDGET_KEY][i] = quantile(ms[i], keys, 0.5);
		b->figures[BUDGET_KEY_P99][i] = quantile(ms[i], keys, 0.99);
	}
}
