/*
 * Guessing a class. A token is one sign (a Han character, or a whole word of
 * letters and digits) or two that stand side by side. The question's tokens
 * stand in a small table that stays in the processor's cache; a known text
 * is read once and only what the table has is counted.
 *
 * Complement naive Bayes (Rennie et al. 2003): a class is judged by how
 * badly the texts of all other classes explain the question, which holds up
 * where classes have few texts. A text counts with the root of its length,
 * and its subject eightfold; both were chosen by cross-validation.
 */
#include "db/base/guess.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/guess_in.h"
#include "db/base/text.h"

enum { LEVELS = 3 };

static const double subject_weight = 8, seed_weight = 10, usual_length = 300,
		    certainty = 0.05,
		    smoothing = 0.7;

/* --- signs --------------------------------------------------------------- */

/* What is between words: 0. */
static uint32_t
sign_of(uint32_t ch)
{
	if (ch >= 0x3400 && ch <= 0x9fff)
		return ch;
	return ch >= 0x20000 && ch <= 0x323af ? ch : 0;
}

static bool
is_letter(char ch)
{
	return (ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'z') ||
	       (ch >= 'A' && ch <= 'Z');
}

/* A word of letters becomes one sign beyond Unicode. */
static int
read_word(const char *s, uint32_t *sign)
{
	uint32_t hash = 2166136261U;
	int n = 0;

	for (; is_letter(s[n]); n++)
		hash = (hash ^ (uint32_t)(s[n] | 0x20)) * 16777619U;
	*sign = n > 1 ? 0x200000 | (hash & 0xfffff) : 0;
	return n;
}

/* The next sign of s, 0 for what is none, and its bytes; 0 at the end. */
int
guess_sign(const char *s, uint32_t *sign)
{
	uint32_t ch;
	int n;

	if (*s == '\0')
		return 0;
	if (is_letter(*s))
		return read_word(s, sign);
	n = text_decode(s, strnlen(s, 4), &ch);
	*sign = n > 0 ? sign_of(text_fold_char(ch)) : 0;
	return n > 0 ? n : 1;
}

/* --- the question --------------------------------------------------------
 */

static uint64_t
pair_of(uint32_t first, uint32_t second)
{
	return (uint64_t)first << 32 | second;
}

static uint64_t
spread(uint64_t key)
{
	key *= 0x9e3779b97f4a7c15U;
	return key ^ key >> 29;
}

/* The token of key, -1: the question does not have it. */
static int
find(const struct guess *g, uint64_t key)
{
	for (uint64_t at = spread(key);; at++) {
		const struct guess_slot *slot = &g->slots[at & (GUESS_SLOTS - 1)];

		if (slot->key == key)
			return slot->token;
		if (slot->key == 0)
			return -1;
	}
}

static int
take(struct guess *g, uint64_t key, double weight)
{
	uint64_t at = spread(key);
	struct guess_slot *slot = &g->slots[at & (GUESS_SLOTS - 1)];

	while (slot->key != 0 && slot->key != key)
		slot = &g->slots[++at & (GUESS_SLOTS - 1)];
	if (slot->key == 0) {
		if (g->token_count == GUESS_TOKENS)
			return -1;
		slot->key = key;
		slot->token = g->token_count++;
	}
	g->tokens[slot->token].asked += weight;
	return slot->token;
}

static void
ask(struct guess *g, const char *s, double weight, int max)
{
	uint32_t last = 0, sign = 0;
	int n;

	for (; max > 0 && (n = guess_sign(s, &sign)) > 0; s += n, last = sign) {
		struct guess_spot *spot = &g->spots[g->spot_count];

		if (sign == 0)
			continue;
		max--;
		g->length += weight;
		*spot = (struct guess_spot){.text = s, .bytes = n, .pair = -1};
		(void)take(g, sign, weight);
		if (last != 0) {
			spot[-1].pair = take(g, pair_of(last, sign), weight);
			g->length += weight;
		}
		g->spot_count++;
	}
}

struct guess *
guess_new(struct arena *a, const char *subject, const char *body, int classes)
{
	struct guess *g = arena_alloc(a, sizeof(*g));
	size_t n = (size_t)classes;

	g->a = a;
	g->classes = arena_alloc(a, n * sizeof(*g->classes));
	g->class_count = classes;
	for (int i = 0; i < classes; i++)
		g->classes[i].parent = -1;
	ask(g, subject, subject_weight, GUESS_SUBJECT);
	ask(g, body, 1, GUESS_BODY);
	return g;
}

void
guess_below(struct guess *g, int class, int parent)
{
	g->classes[class].parent = parent;
	g->classes[parent].is_above = true;
}

/* --- what is known -------------------------------------------------------
 */

/* What a known text has of the question, and how long it is. */
struct known {
	int hits[GUESS_TOKENS];
	double weights[GUESS_TOKENS], length;
	int count;
};

static void
hit(const struct guess *g, struct known *k, uint64_t key, double weight)
{
	int token = find(g, key);

	k->length += weight;
	if (token < 0 || k->count == GUESS_TOKENS)
		return;
	k->hits[k->count] = token;
	k->weights[k->count++] = weight;
}

static void
look(const struct guess *g, struct known *k, const char *s, double weight,
     int max)
{
	uint32_t last = 0, sign = 0;
	int n;

	for (; max > 0 && (n = guess_sign(s, &sign)) > 0; s += n, last = sign) {
		if (sign == 0)
			continue;
		max--;
		hit(g, k, sign, weight);
		if (last != 0)
			hit(g, k, pair_of(last, sign), weight);
	}
}

/* Count it for class and all that it lies below. */
static void
add(struct guess *g, int class, const struct known *k, double factor)
{
	for (int level = 0; class >= 0 && level < LEVELS; level++) {
		struct guess_class *to = &g->classes[class];

		if (to->known == NULL)
			to->known =
			    arena_alloc(g->a, sizeof(*to->known) *
					     (size_t)g->token_count);
		for (int i = 0; i < k->count; i++)
			to->known[k->hits[i]] +=
			    (float)(k->weights[i] * factor);
		to->sum += k->length * factor;
		class = to->parent;
	}
	for (int i = 0; i < k->count; i++)
		g->tokens[k->hits[i]].known += k->weights[i] * factor;
	g->sum += k->length * factor;
}

void
guess_learn(struct guess *g, int class, const char *subject, const char *body)
{
	struct known k = {.count = 0};

	look(g, &k, subject, subject_weight, GUESS_SUBJECT);
	look(g, &k, body, 1, GUESS_BODY);
	g->texts++;
	for (int i = 0; i < k.count; i++) {
		struct guess_token *t = &g->tokens[k.hits[i]];

		if (t->last_text != g->texts)
			t->texts++;
		t->last_text = g->texts;
	}
	g->classes[class].is_known = true;
	if (k.length > 0)
		add(g, class, &k, sqrt(usual_length / k.length));
}

void
guess_seed(struct guess *g, int class, const char *words)
{
	struct known k = {.count = 0};

	look(g, &k, words, 1, GUESS_BODY);
	for (int i = 0; i < k.count; i++)
		g->tokens[k.hits[i]].is_named = true;
	add(g, class, &k, seed_weight);
}

/* --- the answer ---------------------------------------------------------- */

/* Of how little use all other classes are for it, against all of them. */
double
guess_weight(const struct guess *g, int class, int token)
{
	const struct guess_class *to = &g->classes[class];
	const struct guess_token *t = &g->tokens[token];
	double known = to->known != NULL ? (double)to->known[token] : 0;

	return t->asked * (log((t->known + smoothing) / (g->sum + 1)) -
	                   log((t->known - known + smoothing) /
	                       (g->sum - to->sum + 1)));
}

/* A class and those above it speak together; one on top stands for what
 * would be below it. */
static double
score(const struct guess *g, int class, const double *sums)
{
	double all = 0;

	for (int level = 0; level < LEVELS; level++) {
		all += sums[class];
		if (g->classes[class].parent >= 0)
			class = g->classes[class].parent;
	}
	return all / LEVELS;
}

static double
sum_of(const struct guess *g, int class)
{
	double sum = 0;

	for (int i = 0; g->classes[class].known != NULL && i < g->token_count;
	     i++)
		if (g->tokens[i].known > 0)
			sum += guess_weight(g, class, i);
	return sum;
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

int
guess_best(struct guess *g, struct guess_answer *out, int max)
{
	double *sums =
	    arena_alloc(g->a, sizeof(*sums) * (size_t)g->class_count);
	double evidence = certainty * sqrt(usual_length * g->length), all = 0;
	double best;
	int n = 0;

	for (int i = 0; i < g->class_count; i++)
		sums[i] = sum_of(g, i);
	for (int i = 0; i < g->class_count; i++)
		if (!g->classes[i].is_above || g->classes[i].is_known)
			n = keep(out, n, max, i, score(g, i, sums));
	if (n == 0 || g->sum == 0)
		return 0;
	best = out[0].share;
	for (int i = 0; i < g->class_count; i++)
		if (!g->classes[i].is_above || g->classes[i].is_known)
			all += exp((score(g, i, sums) - best) / evidence);
	for (int i = 0; i < n; i++) {
		out[i].share = exp((out[i].share - best) / evidence) / all;
		guess_explain(g, &out[i]);
	}
	return n;
}
