/* A walk through the screens of a site: time from key to screen, bytes of
 * the terminal. */
#include <stdio.h>
#include <string.h>

#include "tests/bench/bench.h"

#define F(n) "\033[" n "~"
#define UP "\033[A"
#define ESC "\033"
#define DOWN "\033[B"
enum { ANSWER_MS = 20000, SETTLE_MS = 40, ROUNDS = 9, ESC_MS = 50 };

struct stop {
	const char *what, *keys;
};

struct walk {
	const char *user;
	bool hashed; /* signing in takes a password's hash: not judged */
	struct stop stops[12];
};

static const struct walk walks[] = {
    {"town",
     false,
     {{"activities", "2"},
      {"cursor down", DOWN},
      {"page down", F("6")},
      {"activity page", "\r"},
      {"back", ESC},
      {"new activity form", F("14")},
      {"type a Han character", "\xe9\x98\xb2"},
      {"and take it back", "\177"}, /* or a draft is offered next time */
      {0}}},
    {"county",
     true,
     {{"activities of all units", "2"},
      {"last page", F("4")},
      {"opinions of all units", "3"},
      {"all of them", "\177"},
      {"last page of them", F("4")},
      {"their statistics", F("17")},
      {0}}},
    {"officer",
     true,
     {{"opinions", "3"},
      {"page of an opinion", "\r"},
      {"what may be done", F("12")},
      {"back", ESC},
      {"back to the list", ESC},
      {"new opinion form", F("14")},
      {"and away", ESC},
      {"find anything", "\020"},
      {"two characters", "\xe8\xb7\xaf\xe7\x81\xaf"},
      {0}}},
    {"office", true, {{"its opinions", "3"}, {"one of them", "\r"}, {0}}},
    {"deputy",
     false,
     {{"activities", "2"}, {"opinions", "3"}, {"duty file", "8"}, {0}}},
    {"station",
     false,
     {{"duty files", "8"},
      {"file of the station", DOWN DOWN DOWN "\r"},
      {"back", ESC},
      {0}}},
};

static void
open_or_die(struct client *c, const struct target *t, const char *user)
{
	if (client_open(c, t, user))
		return;
	give_up(user, client_why(c));
}

static long
press_or_die(struct client *c, const char *what, const char *keys, double *ms)
{
	long n = client_press(c, keys, ANSWER_MS, SETTLE_MS, ms);

	if (n > 0)
		return n;
	give_up(what, "no answer");
}

/* What is no fault of the screen: the hash of a password, and that a lone
 * Esc is known to be one only when nothing follows. */
static double
waits(const struct walk *w, int i)
{
	if (i == 0)
		return w->hashed ? ANSWER_MS : 0;
	return strcmp(w->stops[i - 1].keys, ESC) == 0 ? ESC_MS : 0;
}

/* One walk ROUNDS times in fresh sessions; medians. */
static int
run_walk(const struct target *t, const char *scale, const struct walk *w)
{
	double ms[13][ROUNDS], must = strcmp(scale, "1") == 0 ? 50 : 100;
	long bytes[13] = {0};
	int stops = 0, slow = 0;

	for (int r = 0; r < ROUNDS; r++) {
		struct client c;
		double start = now_ms();

		open_or_die(&c, t, w->user);
		bytes[0] = press_or_die(&c, "first screen", "", &ms[0][r]);
		ms[0][r] = now_ms() - start - SETTLE_MS;
		for (stops = 0; w->stops[stops].what != NULL; stops++)
			bytes[stops + 1] = press_or_die(
			    &c, w->stops[stops].what, w->stops[stops].keys,
			    &ms[stops + 1][r]);
		client_close(&c);
	}
	for (int i = 0; i <= stops; i++) {
		double median = quantile(ms[i], ROUNDS, 0.5);
		double judged = median - waits(w, i);

		slow += judged > must;
		printf("scale %-3s %-7s %-24s %8.1f ms %6ld bytes  %s\n", scale,
		       w->user,
		       i == 0 ? "sign-in, first screen" : w->stops[i - 1].what,
		       median, bytes[i], judged > must ? "FAIL" : "pass");
	}
	return slow;
}

int
walk_screens(const struct target *t, const char *scale)
{
	int slow = 0;

	for (size_t i = 0; i < sizeof(walks) / sizeof(walks[0]); i++)
		slow += run_walk(t, scale, &walks[i]);
	return slow;
}
