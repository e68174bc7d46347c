/*
 * The words that explain a guess. Pairs of signs are what is counted, words
 * are what people read: pairs that weigh something and are about as frequent
 * as their neighbour are joined, and a pair that the end of one word and the
 * beginning of the next make is left out.
 */
#include "db/base/guess_in.h"

#include <string.h>

enum { SIGNS_MAX = 4, STRETCH_MAX = 8 };

/* Signs that no word worth showing has. */
static const char particles[] =
    "的了是在和我们你他她它这那也都就着给把被让吗呢吧啊很没您其且而但如为之"
    "此某有不个请么并或与及于对从以来去到又再还只几每些什怎谁哪";

struct word {
	int from, to; /* spots, both in it */
	double weight;
};

/* Letters explain nothing either. */
static bool
is_particle(const struct guess_spot *s)
{
	char sign[4] = {s->text[0], s->text[1], s->text[2], '\0'};

	return s->bytes != 3 || strstr(particles, sign) != NULL;
}

/* Whether one of the two signs at spot is in a word that was taken. */
static bool
is_taken(const struct guess *g, int spot, const char *const *words, int n)
{
	for (int i = spot; i < spot + 2; i++) {
		const char *s = g->spots[i].text;
		char sign[4] = {s[0], s[1], s[2], '\0'};

		for (int j = 0; j < n; j++)
			if (strstr(words[j], sign) != NULL)
				return true;
	}
	return false;
}

static void
rule_out(const struct guess *g, const char *const *words, int n,
         double at[GUESS_SIGNS])
{
	for (int i = 0; i + 1 < g->spot_count; i++)
		if (at[i] > 0 && is_taken(g, i, words, n))
			at[i] = 0;
}

/* Whether the pairs at two spots side by side are of one word. */
static bool
is_joined(const struct guess *g, int spot, int other)
{
	int n = g->tokens[g->spots[spot].pair].texts;
	int m = g->tokens[g->spots[other].pair].texts;

	return 2 * n >= m && 2 * m >= n;
}

static struct word
grow(const struct guess *g, const double at[GUESS_SIGNS], int spot)
{
	struct word w = {spot, spot + 1, at[spot]};

	while (w.to - w.from + 1 < SIGNS_MAX && at[w.to] > 0 &&
	       is_joined(g, w.to, w.to - 1))
		w.to++;
	while (w.to - w.from + 1 < SIGNS_MAX && w.from > 0 &&
	       at[w.from - 1] > 0 && is_joined(g, w.from - 1, w.from))
		w.from--;
	return w;
}

/* Weights of the pairs by where they stand; none where there is no pair, or
 * one that no word has. */
static void
lay_out(const struct guess *g, const double *weights, double at[GUESS_SIGNS])
{
	memset(at, 0, sizeof(*at) * GUESS_SIGNS);
	for (int i = 0; i + 1 < g->spot_count; i++) {
		const struct guess_spot *s = &g->spots[i];

		if (s->pair >= 0 && !is_particle(s) && !is_particle(s + 1))
			at[i] = weights[s->pair];
	}
}

static const char *
text_of(const struct guess *g, const struct word *w)
{
	const struct guess_spot *from = &g->spots[w->from];
	const struct guess_spot *to = &g->spots[w->to];

	return arena_strndup(g->a, from->text,
	                     (size_t)(to->text + to->bytes - from->text));
}

int
guess_words(const struct guess *g, const double *weights,
            const char *words[GUESS_WORDS])
{
	double at[GUESS_SIGNS];
	int n = 0;

	lay_out(g, weights, at);
	while (n < GUESS_WORDS) {
		struct word best = {.weight = 0};

		for (int i = 0; i + 1 < g->spot_count; i++)
			if (at[i] > best.weight)
				best = grow(g, at, i);
		if (best.weight <= 0)
			break;
		words[n++] = text_of(g, &best);
		rule_out(g, words, n, at);
	}
	return n;
}

/* The whole stretch from a spot on, cut where it gets long. */
static struct word
stretch(const double at[GUESS_SIGNS], int spot)
{
	struct word w = {spot, spot, 0};

	for (; at[w.to] > 0; w.to++) {
		if (w.to - w.from + 2 > STRETCH_MAX)
			break;
		w.weight += at[w.to];
	}
	return w;
}

int
guess_stretches(const struct guess *g, const double *weights,
                const char *words[GUESS_WORDS])
{
	double at[GUESS_SIGNS];
	int n = 0;

	lay_out(g, weights, at);
	while (n < GUESS_WORDS) {
		struct word best = {.weight = 0}, w;

		for (int i = 0; i + 1 < g->spot_count; i++)
			if (at[i] > 0 && (i == 0 || at[i - 1] <= 0)) {
				w = stretch(at, i);
				if (w.weight > best.weight)
					best = w;
			}
		if (best.weight <= 0)
			break;
		words[n++] = text_of(g, &best);
		for (int i = best.to; at[i] > 0; i++)
			at[i] = 0;
		rule_out(g, words, n, at);
	}
	return n;
}
