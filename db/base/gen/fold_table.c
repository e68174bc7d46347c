/*
 * Runs when the program is built and writes the table of db/base/fold.h as
 * C: for each character of planes 0 to 3 what ICU makes of it. Everything
 * Han of Unicode lies there.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "db/base/fold_table.h"

enum {
	ROUNDS = 3,
	UNITS = 64,
	PAGES = FOLD_CHARS / FOLD_PAGE,
	STEPS_MAX = 0xffff
};

struct tables {
	UTransliterator *simplify;
	const UNormalizer2 *compose, *decompose;
	UErrorCode err;
};

static uint32_t folded[FOLD_CHARS]; /* 0: nothing */
static int32_t steps[STEPS_MAX];
static int step_count;
static uint16_t cells[PAGES][FOLD_PAGE];
static uint16_t pages[PAGES];
static int cell_pages;

/* The one character of text, else ch. */
static UChar32
single(const UChar *text, int32_t n, UChar32 ch)
{
	UChar32 first;
	int32_t at = 0;

	if (n <= 0)
		return ch;
	U16_NEXT(text, at, n, first);
	return at == n ? first : ch;
}

/* A letter without the accents that it is written with. */
static UChar32
without_marks(const UChar *text, int32_t n, UChar32 ch)
{
	UChar32 first, mark;
	int32_t at = 0;

	if (n <= 0)
		return ch;
	U16_NEXT(text, at, n, first);
	while (at < n) {
		U16_NEXT(text, at, n, mark);
		if (u_charType(mark) != U_NON_SPACING_MARK)
			return ch;
	}
	return first;
}

static bool
is_searched(UChar32 ch)
{
	if (u_isUWhiteSpace(ch) || (ch & 0xfffe) == 0xfffe)
		return false;
	/* Han that is younger than this ICU, or of somebody's own set. */
	if (ch >= 0x20000 || (ch >= 0xe000 && ch <= 0xf8ff))
		return true;
	return (U_GET_GC_MASK(ch) & (U_GC_L_MASK | U_GC_N_MASK)) != 0;
}

static UChar32
simplified(struct tables *t, UChar32 ch)
{
	UChar text[UNITS];
	int32_t n = 0, limit;
	UErrorCode e = U_ZERO_ERROR;

	if (uscript_getScript(ch, &e) != USCRIPT_HAN)
		return ch;
	U16_APPEND_UNSAFE(text, n, ch);
	limit = n;
	utrans_transUChars(t->simplify, text, &n, UNITS, 0, &limit, &t->err);
	return single(text, n, ch);
}

static uint32_t
fold(struct tables *t, UChar32 ch)
{
	UChar from[2], text[UNITS];
	int32_t n = 0, len;

	if (U_IS_SURROGATE(ch) || !is_searched(ch))
		return 0;
	U16_APPEND_UNSAFE(from, n, ch);
	len = unorm2_normalize(t->compose, from, n, text, UNITS, &t->err);
	ch = single(text, len, ch);
	n = 0;
	U16_APPEND_UNSAFE(from, n, ch);
	len = unorm2_normalize(t->decompose, from, n, text, UNITS, &t->err);
	ch = without_marks(text, len, ch);
	ch = simplified(t, u_foldCase(ch, U_FOLD_CASE_DEFAULT));
	return ch < FOLD_CHARS ? (uint32_t)ch : 0;
}

static uint16_t
cell_of(int32_t step)
{
	for (int i = 2; i < step_count; i++)
		if (steps[i] == step)
			return (uint16_t)i;
	steps[step_count] = step;
	return (uint16_t)step_count++;
}

/* Pages that are the same share their cells. */
static void
add_page(int page)
{
	uint16_t *to = cells[cell_pages];

	for (int i = 0; i < FOLD_PAGE; i++) {
		uint32_t ch = (uint32_t)(page * FOLD_PAGE + i);

		if (folded[ch] == 0)
			to[i] = FOLD_NOTHING;
		else if (folded[ch] == ch)
			to[i] = 0;
		else
			to[i] = cell_of((int32_t)(folded[ch] - ch));
	}
	for (int i = 0; i < cell_pages; i++) {
		if (memcmp(cells[i], to, sizeof(cells[i])) == 0) {
			pages[page] = (uint16_t)i;
			return;
		}
	}
	pages[page] = (uint16_t)cell_pages++;
}

static void
print(void)
{
	uint64_t hash = 0xcbf29ce484222325u;

	(void)puts("#include \"db/base/fold.h\"\n"
	           "#include \"db/base/fold_table.h\"\n"
	           "const uint16_t fold_pages[FOLD_CHARS / FOLD_PAGE] = {");
	for (int i = 0; i < PAGES; i++)
		(void)printf("%d,%s", pages[i], i % 16 == 15 ? "\n" : "");
	(void)puts("};\nconst uint16_t fold_cells[][FOLD_PAGE] = {");
	for (int i = 0; i < cell_pages; i++) {
		(void)printf("{");
		for (int k = 0; k < FOLD_PAGE; k++)
			(void)printf("%d,", cells[i][k]);
		(void)puts("},");
	}
	(void)puts("};\nconst int32_t fold_steps[] = {");
	for (int i = 0; i < step_count; i++)
		(void)printf("%d,%s", steps[i], i % 16 == 15 ? "\n" : "");
	for (int i = 0; i < FOLD_CHARS; i++)
		hash = (hash ^ folded[i]) * 0x100000001b3u;
	(void)printf("};\nconst int64_t fold_version = %lld;\n",
	             (long long)(hash >> 1));
}

int
main(void)
{
	struct tables t = {.err = U_ZERO_ERROR};

	t.simplify = utrans_openU(u"Hant-Hans", -1, UTRANS_FORWARD, NULL, 0,
	                          NULL, &t.err);
	t.compose = unorm2_getNFKCInstance(&t.err);
	t.decompose = unorm2_getNFKDInstance(&t.err);
	if (U_FAILURE(t.err))
		return EXIT_FAILURE;
	for (int i = 0; i < FOLD_CHARS; i++)
		folded[i] = fold(&t, i);
	/* What a character becomes may itself become another, or nothing. */
	for (int round = 0; round < ROUNDS; round++)
		for (int i = 0; i < FOLD_CHARS; i++)
			folded[i] = folded[folded[i]];
	step_count = FOLD_NOTHING + 1;
	for (int i = 0; i < PAGES; i++)
		add_page(i);
	utrans_close(t.simplify);
	if (U_FAILURE(t.err))
		return EXIT_FAILURE;
	print();
	return EXIT_SUCCESS;
}
