/*
 * Guessing a class. A token is one sign (a Han character, or a whole word of
 * letters and digits) or two that stand side by side. The question's tokens
 * stand in a small table that stays in the processor's cache; a known text
 * is read once and only what the table has is counted.
 */
#include "db/base/guess.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "db/base/fold.h"
#include "db/base/guess_in.h"
#include "db/base/text.h"

static const double subject_weight = 8, seed_weight = 10;

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

/* Nearly all are Han characters of three bytes. */
static int
decode(const char *s, uint32_t *ch)
{
	const unsigned char *u = (const unsigned char *)s;

	if (u[0] < 0xe3 || u[0] > 0xe9 || (u[1] & 0xc0) != 0x80 ||
	    (u[2] & 0xc0) != 0x80)
		return text_decode(s, strnlen(s, 4), ch);
	*ch = (u[0] & 0x0fU) << 12 | (u[1] & 0x3fU) << 6 | (u[2] & 0x3fU);
	return 3;
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
	n = decode(s, &ch);
	*sign = n > 0 ? sign_of(fold_char(ch)) : 0;
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

/* Most signs of another text are not in the question. */
static bool
may_have(const struct guess *g, uint32_t sign)
{
	return (g->signs[sign % GUESS_BITS / 64] >> sign % 64 & 1) != 0;
}

/* Note it in the text at hand when the question has it too. */
static bool
see(struct guess *g, uint64_t key, double weight)
{
	uint64_t at = spread(key);
	const struct guess_slot *slot = &g->slots[at & (GUESS_SLOTS - 1)];

	while (slot->key != 0 && slot->key != key)
		slot = &g->slots[++at & (GUESS_SLOTS - 1)];
	if (slot->key == 0)
		return false;
	if (g->tokens[slot->token].here == 0)
		g->seen[g->seen_count++] = slot->token;
	g->tokens[slot->token].here += weight;
	return true;
}

static int
take(struct guess *g, uint64_t key, bool is_pair, double weight)
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
		g->tokens[slot->token].is_pair = is_pair;
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
		*spot = (struct guess_spot){.text = s, .bytes = n, .pair = -1};
		(void)take(g, sign, false, weight);
		g->signs[sign % GUESS_BITS / 64] |= (uint64_t)1 << sign % 64;
		if (last != 0)
			spot[-1].pair =
			    take(g, pair_of(last, sign), true, weight);
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

void
guess_leave_out(struct guess *g, int class)
{
	g->classes[class].is_out = true;
}

/* --- what is known -------------------------------------------------------
 */

static void
look(struct guess *g, const char *s, double weight, int max)
{
	uint32_t last = 0, sign = 0;
	bool had = false, has = false; /* the last one, this one */
	int n;

	for (; max > 0 && (n = guess_sign(s, &sign)) > 0;
	     s += n, last = sign, had = has) {
		has = sign != 0 && may_have(g, sign);
		if (sign == 0)
			continue;
		max--;
		g->here += weight;
		if (has)
			(void)see(g, sign, weight);
		if (last == 0)
			continue;
		g->here += weight;
		g->pairs_here++;
		if (!has || !had || !see(g, pair_of(last, sign), weight))
			g->strange_here++;
	}
}

void
guess_look(struct guess *g, const char *subject, const char *body)
{
	for (int i = 0; i < g->seen_count; i++)
		g->tokens[g->seen[i]].here = 0;
	g->seen_count = 0;
	g->pairs_here = g->strange_here = 0;
	g->here = 0;
	look(g, subject, subject_weight, GUESS_SUBJECT);
	look(g, body, 1, GUESS_BODY);
}

static float *
counts(struct guess *g)
{
	return arena_alloc(g->a, sizeof(float) * (size_t)g->token_count);
}

/* Count what is seen for class and all that it lies below. */
static void
count_known(struct guess *g, enum guess_source from, int class, double factor)
{
	for (; class >= 0; class = g->classes[class].parent) {
		struct guess_class *to = &g->classes[class];

		if (to->known[from] == NULL)
			to->known[from] = counts(g);
		for (int i = 0; i < g->seen_count; i++)
			to->known[from][g->seen[i]] +=
			    (float)(g->tokens[g->seen[i]].here * factor);
		to->sum[from] += g->here * factor;
	}
	for (int i = 0; i < g->seen_count; i++) {
		struct guess_token *t = &g->tokens[g->seen[i]];

		t->known[from] += t->here * factor;
	}
	g->sum[from] += g->here * factor;
}

/* The same as a text of length one. */
static void
count_text(struct guess *g, int class)
{
	double length = sqrt(g->here);

	for (; class >= 0; class = g->classes[class].parent) {
		struct guess_class *to = &g->classes[class];

		if (to->texts++ == 0)
			to->centre = counts(g);
		for (int i = 0; i < g->seen_count; i++) {
			const struct guess_token *t = &g->tokens[g->seen[i]];

			if (t->is_pair)
				to->centre[g->seen[i]] +=
				    (float)((1 + log(t->here)) / length);
		}
	}
	for (int i = 0; i < g->seen_count; i++)
		g->tokens[g->seen[i]].texts++;
	g->texts++;
}

void
guess_learn(struct guess *g, int class, const char *subject, const char *body)
{
	guess_look(g, subject, body);
	g->classes[class].is_known = true;
	if (g->here <= 0)
		return;
	count_known(g, GUESS_TEXTS, class, sqrt(GUESS_LENGTH / g->here));
	count_text(g, class);
}

/* A word counts as far as the question has it, by its pairs where it has
 * any: a sign alone is in too many words. */
static void
seed_word(struct guess *g, int class, const char *word)
{
	double whole;
	int n = 0;

	guess_look(g, "", word);
	whole = fmax(g->pairs_here, 1);
	g->here = whole;
	for (int i = 0; i < g->seen_count; i++) {
		int token = g->seen[i];

		if (g->tokens[token].is_pair || g->pairs_here == 0)
			g->seen[n++] = token;
		else
			g->tokens[token].here = 0;
	}
	g->seen_count = n;
	for (int i = 0; i < n && n >= whole; i++)
		g->tokens[g->seen[i]].is_named = true;
	count_known(g, GUESS_NAMES, class,
	            seed_weight * n * n / (whole * whole));
}

void
guess_seed(struct guess *g, int class, const char *words)
{
	size_t n;

	for (; *words != '\0'; words += n) {
		n = strcspn(words, " ");
		if (n == 0)
			n = 1;
		else
			seed_word(g, class, arena_strndup(g->a, words, n));
	}
}
