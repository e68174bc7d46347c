/* Comparing texts. How rare a pair is, is known when all were read, so what
 * each has of the question is kept until then. */
#include "db/base/alike.h"

#include <math.h>

#include "db/base/guess_in.h"

struct text {
	int64_t id;
	int strange;    /* pairs that the question does not have */
	int shared;     /* those it has, each once */
	uint16_t *have; /* which */
	struct text *next;
};

struct alike {
	struct guess *g;
	struct text *texts;
};

struct alike *
alike_new(struct arena *a, const char *subject, const char *body)
{
	struct alike *l = arena_alloc(a, sizeof(*l));

	l->g = guess_new(a, subject, body, 0);
	return l;
}

void
alike_add(struct alike *l, int64_t id, const char *subject, const char *body)
{
	struct guess *g = l->g;
	struct text *t = arena_alloc(g->a, sizeof(*t));

	guess_look(g, subject, body);
	t->id = id;
	t->strange = g->strange_here;
	t->have =
	    arena_alloc(g->a, sizeof(*t->have) * (size_t)g->seen_count + 1);
	for (int i = 0; i < g->seen_count; i++)
		if (g->tokens[g->seen[i]].is_pair) {
			t->have[t->shared++] = (uint16_t)g->seen[i];
			g->tokens[g->seen[i]].texts++;
		}
	g->texts++;
	t->next = l->texts;
	l->texts = t;
}

/* As the cosine of two texts; a pair that only one of them has weighs what
 * one of the question does on average. */
static double
share_of(const struct text *t, const double *rare, double mine, double mean)
{
	double shared = 0, theirs;

	for (int i = 0; i < t->shared; i++)
		shared += rare[t->have[i]];
	theirs = shared + t->strange * mean;
	return theirs > 0 && mine > 0 ? shared / sqrt(mine * theirs) : 0;
}

static void
explain(const struct alike *l, const struct text *t, const double *rare,
        struct alike_answer *out)
{
	double *weights =
	    arena_alloc(l->g->a, sizeof(*weights) * (size_t)l->g->token_count);

	for (int i = 0; i < t->shared; i++)
		weights[t->have[i]] = rare[t->have[i]];
	out->word_count = guess_stretches(l->g, weights, out->words);
}

struct near {
	const struct text *text;
	double share;
};

/* Put one among the best, most alike first; how many there are now. */
static int
keep(struct near *best, int n, int max, const struct near *one)
{
	int at = n;

	for (; at > 0 && best[at - 1].share < one->share; at--)
		if (at < max)
			best[at] = best[at - 1];
	if (at == max)
		return n;
	best[at] = *one;
	return n < max ? n + 1 : max;
}

int
alike_best(struct alike *l, double least, struct alike_answer *out, int max)
{
	const struct guess *g = l->g;
	double *rare = arena_alloc(g->a, sizeof(*rare) * GUESS_TOKENS);
	struct near *best = arena_alloc(g->a, sizeof(*best) * (size_t)max + 1);
	double mine = 0, pairs = 0;
	int n = 0;

	for (int i = 0; i < g->token_count; i++) {
		const struct guess_token *t = &g->tokens[i];

		if (!t->is_pair)
			continue;
		rare[i] = log((g->texts + 1.0) / (t->texts > 0 ? t->texts : 1));
		mine += rare[i];
		pairs++;
	}
	for (const struct text *t = l->texts; t != NULL; t = t->next) {
		const struct near one = {
		    t, share_of(t, rare, mine, mine / fmax(pairs, 1))};

		if (one.share >= least)
			n = keep(best, n, max, &one);
	}
	for (int i = 0; i < n; i++) {
		out[i] = (struct alike_answer){.id = best[i].text->id,
		                               .share = best[i].share};
		explain(l, best[i].text, rare, &out[i]);
	}
	return n;
}
