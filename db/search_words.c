/* What was typed as words, and where they stand in a text. */
#include <string.h>

#include "db/base/buf.h"
#include "db/base/fold.h"
#include "db/base/text.h"
#include "db/search.h"

/* A character of a text that can be sought, and its bytes. */
struct place {
	uint32_t ch;
	size_t from, to;
};

static bool
is_blank(uint32_t ch)
{
	return ch <= ' ' || ch == 0x3000 || ch == 0xa0;
}

/* --- reading ------------------------------------------------------------- */

static int64_t
number_of(const struct search_words *words)
{
	int64_t v = 0;

	if (words->n != 1 || words->chars > 12)
		return 0;
	for (const uint32_t *p = words->words[0]; *p != 0; p++) {
		if (*p < '0' || *p > '9')
			return 0;
		v = v * 10 + (*p - '0');
	}
	return v;
}

int
search_read(struct arena *a, const char *text, struct search_words *out)
{
	size_t n = strlen(text), most = text_length(text);
	struct search_words words = {0};
	const uint32_t **list;
	uint32_t *to;
	bool open = false;

	if (most > SEARCH_MAX)
		return ERR_TOO_LONG;
	list = arena_alloc(a, (most + 1) * sizeof(*list));
	to = arena_alloc(a, (2 * most + 1) * sizeof(*to));
	for (int len; n > 0; text += len, n -= (size_t)len) {
		uint32_t ch, folded;

		len = text_decode(text, n, &ch);
		if (len <= 0)
			return ERR_INVALID;
		folded = fold_char(ch);
		if (open && is_blank(ch)) {
			*to++ = 0;
			open = false;
		}
		if (folded == 0)
			continue;
		if (!open)
			list[words.n++] = to;
		open = true;
		*to++ = folded;
		words.chars++;
	}
	*to = 0;
	list[words.n] = NULL;
	words.words = list;
	words.number = number_of(&words);
	*out = words;
	return OK;
}

/* --- marking ------------------------------------------------------------- */

static size_t
places_of(const char *text, size_t n, struct place *out)
{
	size_t count = 0;

	for (size_t at = 0; at < n;) {
		uint32_t ch;
		int len = text_decode(text + at, n - at, &ch);

		ch = len > 0 ? fold_char(ch) : 0;
		if (len <= 0)
			len = 1;
		if (ch != 0)
			out[count++] = (struct place){ch, at, at + (size_t)len};
		at += (size_t)len;
	}
	return count;
}

/* Characters of the longest word that stands at place i; 0: none. */
static size_t
word_at(const struct search_words *words, const struct place *places,
        size_t count, size_t i)
{
	size_t best = 0;

	for (int w = 0; w < words->n; w++) {
		const uint32_t *p = words->words[w];
		size_t k = 0;

		while (p[k] != 0 && i + k < count && places[i + k].ch == p[k])
			k++;
		if (p[k] == 0 && k > best)
			best = k;
	}
	return best;
}

/* Bytes from which to show text so that byte `hit` stands in the first half
 * of columns; at the beginning of a character. */
static size_t
first_byte(const char *text, size_t hit, int columns)
{
	size_t from = hit;
	int room = columns / 3;

	if (text_width(text) <= columns)
		return 0;
	while (from > 0) {
		size_t before = from - 1;
		uint32_t ch;

		while (before > 0 && (text[before] & 0xC0) == 0x80)
			before--;
		if (text_decode(text + before, from - before, &ch) <= 0)
			break;
		room -= text_char_width(ch);
		if (room < 0)
			return from;
		from = before;
	}
	return from;
}

/* Line breaks and runs of blanks as one blank. */
static const char *
one_line(struct arena *a, const char *text)
{
	char *out = arena_strdup(a, text);
	size_t n = 0;

	for (const char *p = text; *p != '\0'; p++) {
		bool blank = *p == ' ' || *p == '\n' || *p == '\t';

		if (!blank)
			out[n++] = *p;
		else if (n > 0 && out[n - 1] != ' ')
			out[n++] = ' ';
	}
	while (n > 0 && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
	return out;
}

const char *
search_mark(struct arena *a, const struct search_words *words, const char *text,
            int columns, bool *found)
{
	const char *line = one_line(a, text), *result;
	size_t n = strlen(line), at = 0, count;
	struct place *places = arena_alloc(a, (n + 1) * sizeof(*places));
	struct buf b = BUF_INIT;

	count = places_of(line, n, places);
	if (found != NULL)
		*found = false;
	for (size_t i = 0; i < count;) {
		size_t len = word_at(words, places, count, i);

		if (len == 0) {
			i++;
			continue;
		}
		if (b.len == 0) {
			at = first_byte(line, places[i].from, columns);
			buf_add(&b, at > 0 ? ".." : "");
		}
		if (found != NULL)
			*found = true;
		buf_addn(&b, line + at, places[i].from - at);
		buf_addc(&b, '[');
		at = places[i + len - 1].to;
		buf_addn(&b, line + places[i].from, at - places[i].from);
		buf_addc(&b, ']');
		i += len;
	}
	buf_add(&b, line + at);
	result = text_fit(a, arena_strdup(a, b.data), columns);
	buf_clear(&b);
	return result;
}
