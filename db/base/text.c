/* UTF-8 text: decoding, width, cutting, wrapping, cleaning, folding. The
 * width of a character is a table of ours (text_width.def), the same in
 * every locale and on every C library. */
#include "db/base/text.h"

#include <string.h>

struct range {
	uint32_t first, last;
};

static const struct range zero[] = {
#define ZERO(first, last) {first, last},
#define WIDE(first, last)
#define AMBIGUOUS(first, last)
#include "db/base/text_width.def"
#undef ZERO
#undef WIDE
#undef AMBIGUOUS
};

static const struct range wide[] = {
#define ZERO(first, last)
#define WIDE(first, last) {first, last},
#define AMBIGUOUS(first, last)
#include "db/base/text_width.def"
#undef ZERO
#undef WIDE
#undef AMBIGUOUS
};

static const struct range ambiguous[] = {
#define ZERO(first, last)
#define WIDE(first, last)
#define AMBIGUOUS(first, last) {first, last},
#include "db/base/text_width.def"
#undef ZERO
#undef WIDE
#undef AMBIGUOUS
};

/* One terminal a process, and text is measured where no session is at hand
 * (ncurses itself asks), so this is one of the few globals. */
static bool ambiguous_is_wide;

enum { COMBINING_MAX = 2 }; /* marks kept on one character */

/* Whether what was read of a character of want more bytes (its second byte
 * included) can still become one: not too long a form, no surrogate, not
 * past the end. */
static bool
can_be(uint32_t v, int want, uint32_t min)
{
	uint32_t rest = 6 * ((uint32_t)want - 1);
	uint32_t low = v << rest, high = low | ((1U << rest) - 1);

	return high >= min && low <= 0x10FFFF &&
	       !(low >= 0xD800 && high <= 0xDFFF);
}

static int
tail(const char *s, size_t n, int want, uint32_t min, uint32_t *ch)
{
	uint32_t v = *ch;

	for (int i = 1; i <= want; i++) {
		unsigned char b;

		if ((size_t)i >= n)
			return -2;
		b = (unsigned char)s[i];
		if ((b & 0xC0) != 0x80)
			return -1;
		v = v << 6 | (b & 0x3F);
		if (i == 1 && !can_be(v, want, min))
			return -1;
	}
	*ch = v;
	return want + 1;
}

int
text_decode(const char *s, size_t n, uint32_t *ch)
{
	unsigned char b;
	uint32_t v;
	int len;

	if (n == 0)
		return 0;
	b = (unsigned char)s[0];
	if (b < 0x80) {
		*ch = b;
		return 1;
	}
	if (b < 0xC2 || b > 0xF4)
		return -1;
	if (b < 0xE0) {
		v = b & 0x1F;
		len = tail(s, n, 1, 0x80, &v);
	} else if (b < 0xF0) {
		v = b & 0x0F;
		len = tail(s, n, 2, 0x800, &v);
	} else {
		v = b & 0x07;
		len = tail(s, n, 3, 0x10000, &v);
	}
	if (len > 0)
		*ch = v;
	return len;
}

int
text_encode(uint32_t ch, char *out)
{
	if (ch < 0x80) {
		out[0] = (char)ch;
		return 1;
	}
	if (ch < 0x800) {
		out[0] = (char)(0xC0 | ch >> 6);
		out[1] = (char)(0x80 | (ch & 0x3F));
		return 2;
	}
	if (ch < 0x10000) {
		out[0] = (char)(0xE0 | ch >> 12);
		out[1] = (char)(0x80 | (ch >> 6 & 0x3F));
		out[2] = (char)(0x80 | (ch & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | ch >> 18);
	out[1] = (char)(0x80 | (ch >> 12 & 0x3F));
	out[2] = (char)(0x80 | (ch >> 6 & 0x3F));
	out[3] = (char)(0x80 | (ch & 0x3F));
	return 4;
}

static bool
is_in(const struct range *table, size_t n, uint32_t ch)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (ch < table[mid].first)
			high = mid;
		else if (ch > table[mid].last)
			low = mid + 1;
		else
			return true;
	}
	return false;
}

bool
text_is_ambiguous(uint32_t ch)
{
	return ch >= 0xA1 && is_in(ambiguous, COUNT(ambiguous), ch);
}

void
text_set_ambiguous(bool is_wide)
{
	ambiguous_is_wide = is_wide;
}

int
text_char_width(uint32_t ch)
{
	if (ch < 0x80 || (ch < 0x300 && !ambiguous_is_wide))
		return 1;
	/* most of what is written here; no search needed */
	if (ch >= 0x4E00 && ch <= 0x9FFF)
		return 2;
	if (is_in(zero, COUNT(zero), ch))
		return 0;
	if (is_in(wide, COUNT(wide), ch))
		return 2;
	return ambiguous_is_wide && text_is_ambiguous(ch) ? 2 : 1;
}

/* The next character of s; a byte that is no UTF-8 counts as one column. */
static int
step(const char *s, size_t n, uint32_t *ch)
{
	int len = text_decode(s, n, ch);

	if (len >= 0)
		return len;
	*ch = '?';
	return 1;
}

int
text_width(const char *s)
{
	size_t n = strlen(s);
	int width = 0;

	while (n > 0) {
		uint32_t ch;
		int len = step(s, n, &ch);

		width += text_char_width(ch);
		s += len;
		n -= (size_t)len;
	}
	return width;
}

size_t
text_length(const char *s)
{
	size_t n = strlen(s), count = 0;

	while (n > 0) {
		uint32_t ch;
		int len = step(s, n, &ch);

		count++;
		s += len;
		n -= (size_t)len;
	}
	return count;
}

size_t
text_fit_bytes(const char *s, int columns)
{
	size_t n = strlen(s), at = 0;
	int width = 0;

	while (at < n) {
		uint32_t ch;
		int len = step(s + at, n - at, &ch);

		width += text_char_width(ch);
		if (width > columns)
			break;
		at += (size_t)len;
	}
	return at;
}

const char *
text_fit(struct arena *a, const char *s, int columns)
{
	size_t n;

	if (columns <= 0)
		return "";
	if (text_width(s) <= columns)
		return s;
	if (columns <= 2)
		return &".."[2 - columns];
	n = text_fit_bytes(s, columns - 2);
	return arena_printf(a, "%.*s..", (int)n, s);
}

const char *
text_pad(struct arena *a, const char *s, int columns, bool right)
{
	int blanks;

	s = text_fit(a, s, columns);
	blanks = columns - text_width(s);
	if (blanks <= 0)
		return s;
	if (right)
		return arena_printf(a, "%*s%s", blanks, "", s);
	return arena_printf(a, "%s%*s", s, blanks, "");
}

static bool
is_one_of(uint32_t ch, const char *set)
{
	char bytes[5];

	bytes[text_encode(ch, bytes)] = '\0';
	return ch != 0 && strstr(set, bytes) != NULL;
}

/* May a line end between these two? Closing marks do not begin a line,
 * opening ones do not end it; a blank is a place to break by itself. */
static bool
may_break(uint32_t before, uint32_t after)
{
	if (after == ' ')
		return false;
	if (before == ' ')
		return true;
	if (text_char_width(before) != 2 && text_char_width(after) != 2)
		return false;
	if (text_char_width(after) == 0)
		return false;
	return !is_one_of(after, "，。、；：？！）》」』】〉〕”’…—,.;:?!)%") &&
	       !is_one_of(before, "（《「『【〈〔“‘(");
}

/* Bytes of the first line of the n bytes at s, which have no newline. */
static size_t
line_bytes(const char *s, size_t n, int columns)
{
	size_t at = 0, good = 0;
	uint32_t before = 0;
	int width = 0;

	while (at < n) {
		uint32_t ch;
		int len = step(s + at, n - at, &ch);

		if (at > 0 && may_break(before, ch))
			good = at;
		width += text_char_width(ch);
		if (width > columns && ch != ' ')
			return good > 0 ? good : at > 0 ? at : (size_t)len;
		before = ch;
		at += (size_t)len;
	}
	return n;
}

struct lines {
	const char **at;
	size_t count, room;
};

static void
add_line(struct arena *a, struct lines *l, const char *s)
{
	if (l->count + 1 >= l->room) {
		size_t room = l->room > 0 ? 2 * l->room : 16;
		const char **more = arena_alloc(a, room * sizeof(*more));

		if (l->count > 0)
			memcpy(more, l->at, l->count * sizeof(*more));
		l->at = more;
		l->room = room;
	}
	l->at[l->count++] = s;
	l->at[l->count] = NULL;
}

/* Break the n bytes at s, which have no newline. */
static void
wrap_paragraph(struct arena *a, struct lines *l, const char *s, size_t n,
               int columns)
{
	do {
		size_t take = line_bytes(s, n, columns), end = take;

		while (end > 0 && s[end - 1] == ' ')
			end--;
		add_line(a, l, arena_strndup(a, s, end));
		s += take;
		n -= take;
	} while (n > 0);
}

const char *const *
text_wrap(struct arena *a, const char *s, int columns)
{
	struct lines l = {0};

	if (columns < 2)
		columns = 2;
	for (;;) {
		size_t n = strcspn(s, "\n");

		wrap_paragraph(a, &l, s, n, columns);
		s += n;
		if (s[0] == '\0' || s[1] == '\0')
			break;
		s++;
	}
	return l.at;
}

/* Characters that would be seen by nobody but change what others see. */
static bool
is_unwanted(uint32_t ch)
{
	return ch < 0x20 || (ch >= 0x7F && ch < 0xA0) || ch == 0xAD ||
	       ch == 0x034F || ch == 0x061C || ch == 0x115F || ch == 0x1160 ||
	       ch == 0x180E || (ch >= 0x200B && ch <= 0x200F) ||
	       (ch >= 0x2028 && ch <= 0x202E) ||
	       (ch >= 0x2060 && ch <= 0x206F) || ch == 0x3164 ||
	       (ch >= 0xFE00 && ch <= 0xFE0F) || ch == 0xFEFF || ch == 0xFFA0 ||
	       (ch >= 0xFFF9 && ch <= 0xFFFB) || (ch & 0xFFFE) == 0xFFFE ||
	       (ch >= 0xFDD0 && ch <= 0xFDEF) ||
	       (ch >= 0xE0000 && ch <= 0xE0FFF) || ch >= 0xF0000;
}

/* What ch becomes: 0 nothing, else a character. */
static uint32_t
cleaned(uint32_t ch, uint32_t before, int mode)
{
	if (ch == '\r')
		ch = '\n';
	else if (ch == '\n' && before == '\r')
		return 0;
	if (ch == '\t' || ch == 0xA0 || ch == 0x85)
		return ' ';
	if (ch == '\n')
		return mode == TEXT_LINES ? '\n' : ' ';
	return is_unwanted(ch) ? 0 : ch;
}

int
text_clean(struct arena *a, const char *s, size_t n, int mode, size_t max,
           const char **out)
{
	char *clean = arena_alloc(a, n + 1);
	size_t len = 0, begin = 0, count;
	uint32_t before = 0;
	int marks = 0;

	while (n > 0) {
		uint32_t ch, put;
		int took = text_decode(s, n, &ch);

		if (took < 0)
			return ERR_INVALID;
		put = cleaned(ch, before, mode);
		marks = text_char_width(ch) == 0 ? marks + 1 : 0;
		if (put != 0 && marks <= COMBINING_MAX)
			len += (size_t)text_encode(put, clean + len);
		before = ch;
		s += took;
		n -= (size_t)took;
	}
	while (len > 0 && (clean[len - 1] == ' ' || clean[len - 1] == '\n'))
		len--;
	clean[len] = '\0';
	while (clean[begin] == ' ' || clean[begin] == '\n')
		begin++;
	count = text_length(clean + begin);
	if (count > max)
		return ERR_TOO_LONG;
	*out = clean + begin;
	return OK;
}

uint32_t
text_fold_char(uint32_t ch)
{
	if (ch >= 0xFF01 && ch <= 0xFF5E)
		return ch - 0xFF01 + '!';
	return ch == 0x3000 ? ' ' : ch;
}

const char *
text_fold(struct arena *a, const char *s)
{
	size_t n = strlen(s), len = 0;
	char *out = arena_alloc(a, n + 1);

	while (n > 0) {
		uint32_t ch;
		int took = text_decode(s, n, &ch);

		if (took < 0) {
			out[len++] = *s;
			took = 1;
		} else {
			len +=
			    (size_t)text_encode(text_fold_char(ch), out + len);
		}
		s += took;
		n -= (size_t)took;
	}
	return out;
}
