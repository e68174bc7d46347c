/*
 * The words that explain a guess. Pairs of signs are what is counted, words
 * are what people read: pairs that speak for the class and stand in each
 * other's company are joined, and pairs that only a join of two words makes
 * are left out.
 */
#include "db/base/guess_in.h"

#include <stdlib.h>
#include <string.h>

#include "db/base/text.h"

/* A word must be shared by so many texts, so that no single one shows. */
enum { TEXTS_MIN = 3, SIGNS_MAX = 4 };

/* Signs that no word worth showing begins or ends with. */
static const char particles[] =
    "的了是在和我们你他她它这那也都就着给把被让吗呢吧啊很没您其且而但如为之"
    "此某有不个请么并或与及于对从以来去到又再还只几每些什怎谁哪";

struct word {
	int from, to; /* spots, both in it */
	double weight;
};

/* No word begins or ends with it, and letters explain nothing. */
static bool
is_particle(const struct guess_spot *s)
{
	char sign[4] = {s->text[0], s->text[1], s->text[2], '\0'};

	return s->bytes != 3 || strstr(particles, sign) != NULL;
}

static double
pair_weight(const struct guess *g, int class, int spot)
{
	double weight = 0;
	int token = g->spots[spot].pair;

	for (; class >= 0; class = g->classes[class].parent)
		weight += guess_weight(g, class, token);
	return weight;
}

/* Whether the pair at spot may be (part of) a word. */
static bool
is_usable(const struct guess *g, int class, int spot)
{
	const struct guess_spot *s = &g->spots[spot];
	const struct guess_token *t;

	if (spot < 0 || spot + 1 >= g->spot_count || s->pair < 0)
		return false;
	t = &g->tokens[s->pair];
	return (t->texts >= TEXTS_MIN || t->is_named) && !is_particle(s) &&
	       !is_particle(s + 1) && pair_weight(g, class, spot) > 0;
}

/* Whether one of its signs is in a word that was taken. */
static bool
is_taken(const struct guess *g, const struct guess_answer *out, int spot)
{
	for (int i = spot; i < spot + 2; i++) {
		const char *s = g->spots[i].text;
		char sign[4] = {s[0], s[1], s[2], '\0'};

		for (int j = 0; j < out->word_count; j++)
			if (strstr(out->words[j], sign) != NULL)
				return true;
	}
	return false;
}

static bool
is_free(const struct guess *g, const struct guess_answer *out, int spot)
{
	return is_usable(g, out->class, spot) && !is_taken(g, out, spot);
}

/* Whether a pair is about as frequent as its neighbour: one word. */
static bool
is_joined(const struct guess *g, int pair, int other)
{
	const struct guess_token *t = &g->tokens[g->spots[pair].pair];
	const struct guess_token *o = &g->tokens[g->spots[other].pair];

	return 2 * t->texts >= o->texts && 2 * o->texts >= t->texts;
}

static struct word
grow(const struct guess *g, const struct guess_answer *out, int spot)
{
	struct word w = {spot, spot + 1, pair_weight(g, out->class, spot)};

	while (w.to - w.from + 1 < SIGNS_MAX && is_free(g, out, w.to) &&
	       is_joined(g, w.to, w.to - 1))
		w.to++;
	while (w.to - w.from + 1 < SIGNS_MAX &&
	       is_free(g, out, w.from - 1) &&
	       is_joined(g, w.from - 1, w.from))
		w.from--;
	return w;
}

void
guess_explain(const struct guess *g, struct guess_answer *out)
{
	while (out->word_count < GUESS_WORDS) {
		struct word best = {.weight = 0}, w;
		const struct guess_spot *from, *to;

		for (int i = 0; i + 1 < g->spot_count; i++) {
			if (!is_free(g, out, i))
				continue;
			w = grow(g, out, i);
			if (w.weight > best.weight)
				best = w;
		}
		if (best.weight == 0)
			return;
		from = &g->spots[best.from];
		to = &g->spots[best.to];
		out->words[out->word_count++] = arena_strndup(
		    g->a, from->text,
		    (size_t)(to->text + to->bytes - from->text));
	}
}
