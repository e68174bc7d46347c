/*
 * What a text is of, by what was counted. Three judges are heard. Complement
 * naive Bayes (Rennie et al., 2003) judges a class by how badly all others
 * explain the question, which holds up where classes have few texts: once by
 * the texts, once by what classes are called, which is all there is at first
 * and counts less the more texts are known. The third asks how near the
 * question lies to the middle of the class (Rocchio). A text counts with the
 * root of its length and its subject eightfold. These numbers were chosen by
 * cross-validation; results hardly change between half and twice of each.
 */
#include "db/base/guess_in.h"

#include <math.h>

enum { LEVELS = 3, TEXTS_MIN = 3 };

static const double smoothing = 1, likeness = 0.02, few_texts = 50,
		    many_texts = 200;
/* So that shares are about as often right as they say: for seven answers;
 * more of them share the doubt. */
static const double certainty = 0.85, usual_answers = 7;

/* What the judges need of every token. */
static void
prepare(struct guess *g)
{
	for (int from = 0; from < GUESS_SOURCES; from++)
		g->asked_known[from] = 0;
	for (int i = 0; i < g->class_count; i++)
		g->classes[i].score = 0;
	for (int i = 0; i < g->token_count; i++) {
		struct guess_token *t = &g->tokens[i];
		double rare = log((g->texts + 1.0) / fmax(t->texts, 1));

		t->pull = (1 + log(t->asked)) * rare * rare;
		for (int from = 0; from < GUESS_SOURCES; from++) {
			t->log_known[from] = log(t->known[from] + smoothing);
			if (t->known[from] > 0)
				g->asked_known[from] += t->asked;
		}
	}
}

/* How much more of a token is in class than in all others: the ratio of
 * what it would be without the class, as a logarithm. */
static double
weight_of(const struct guess *g, enum guess_source from, int class, int token)
{
	const struct guess_token *t = &g->tokens[token];
	const float *of = g->classes[class].known[from];
	double known = of != NULL ? (double)of[token] : 0;

	return known > 0 ? t->asked * (t->log_known[from] -
	                               log(t->known[from] - known + smoothing))
	                 : 0;
}

static double
bayes(const struct guess *g, enum guess_source from, int class)
{
	double all = g->sum[from] + GUESS_LENGTH;
	double sum = g->asked_known[from] *
	             (log(all - g->classes[class].sum[from]) - log(all));

	for (int i = 0; i < g->token_count; i++)
		sum += weight_of(g, from, class, i);
	return sum;
}

static double
bayes_of_names(const struct guess *g, int class)
{
	return bayes(g, GUESS_NAMES, class);
}

static double
bayes_of_texts(const struct guess *g, int class)
{
	return bayes(g, GUESS_TEXTS, class);
}

/* How near the question lies to the middle of a class: of n texts of length
 * one with that likeness among each other. */
static double
nearness(const struct guess *g, int class)
{
	const struct guess_class *of = &g->classes[class];
	double sum = 0, n = of->texts;

	for (int i = 0; n > 0 && i < g->token_count; i++)
		sum += g->tokens[i].pull * (double)of->centre[i];
	return n > 0 ? sum / sqrt(n + n * (n - 1) * likeness) : 0;
}

/* A class and those above it speak together; one on top stands for what
 * would be below it. */
static double
path(const struct guess *g, int class, const double *each)
{
	double all = 0;

	for (int level = 0; level < LEVELS; level++) {
		all += each[class];
		if (g->classes[class].parent >= 0)
			class = g->classes[class].parent;
	}
	return all;
}

static bool
is_answer(const struct guess *g, int class)
{
	const struct guess_class *k = &g->classes[class];

	return !k->is_out && (!k->is_above || k->is_known);
}

/* Add what a judge says of each class to its score, as loud as loud. */
static void
judge(struct guess *g, double loud,
      double (*says)(const struct guess *g, int class))
{
	double *each =
	    arena_alloc(g->a, sizeof(*each) * (size_t)g->class_count);
	double mean = 0, square = 0, spread_of;
	int n = 0;

	for (int i = 0; i < g->class_count; i++)
		each[i] = says(g, i);
	for (int i = 0; i < g->class_count; i++) {
		double v = path(g, i, each);

		if (!is_answer(g, i))
			continue;
		n++;
		mean += v;
		square += v * v;
	}
	mean /= n > 0 ? n : 1;
	spread_of = sqrt(square / (n > 0 ? n : 1) - mean * mean);
	for (int i = 0; spread_of > 0 && i < g->class_count; i++)
		g->classes[i].score +=
		    loud * (path(g, i, each) - mean) / spread_of;
}

/* Keep the best ones, best first. */
static int
keep(struct guess_answer *out, int n, int max, int class, double share)
{
	int at = n < max ? n : max;

	while (at > 0 && out[at - 1].share < share) {
		if (at < max)
			out[at] = out[at - 1];
		at--;
	}
	if (at < max)
		out[at] = (struct guess_answer){.class = class, .share = share};
	return n < max ? n + 1 : max;
}

/* What speaks for the answer; a word must be shared by several texts, so
 * that no single one shows through. */
static void
explain(const struct guess *g, struct guess_answer *out)
{
	double *weights =
	    arena_alloc(g->a, sizeof(*weights) * (size_t)g->token_count);

	for (int i = 0; i < g->token_count; i++) {
		const struct guess_token *t = &g->tokens[i];
		int class = out->class;

		if (t->texts < TEXTS_MIN && !t->is_named)
			continue;
		for (; class >= 0; class = g->classes[class].parent)
			for (int from = 0; from < GUESS_SOURCES; from++)
				weights[i] += weight_of(g, from, class, i);
	}
	out->word_count = guess_words(g, weights, out->words);
}

int
guess_best(struct guess *g, struct guess_answer *out, int max)
{
	double all = 0, sure;
	int n = 0, answers = 0;

	prepare(g);
	judge(g, many_texts / (g->texts + many_texts), bayes_of_names);
	judge(g, g->texts / (g->texts + few_texts), bayes_of_texts);
	judge(g, g->texts / (g->texts + few_texts), nearness);
	for (int i = 0; i < g->class_count; i++)
		answers += is_answer(g, i);
	sure = certainty * sqrt(log(fmax(answers, 2)) / log(usual_answers));
	for (int i = 0; i < g->class_count; i++)
		if (is_answer(g, i)) {
			double share = exp(sure * g->classes[i].score);

			all += share;
			n = keep(out, n, max, i, share);
		}
	if (g->sum[GUESS_NAMES] + g->sum[GUESS_TEXTS] <= 0)
		return 0;
	for (int i = 0; i < n; i++) {
		out[i].share /= all;
		explain(g, &out[i]);
	}
	return n;
}
