/* Conversion with the C library's iconv, one character at a time. */
#include "server/net/convert.h"

#include <errno.h>
#include <string.h>

#include "db/base/text.h"

#define NO_ICONV ((iconv_t)-1)

enum { CHAR_ROOM = 8 }; /* more than a character takes in any of them */

static const char no_text[] = "\xEF\xBF\xBD"; /* U+FFFD */

/* Put what was held as one character into out (CHAR_ROOM). Returns its
 * bytes, 0 when more are needed, -1 when it can become no character. */
static int
translate(struct convert *v, char *out)
{
	char *from = v->held, *to = out;
	size_t left = v->held_len, room = CHAR_ROOM;

	/* iconv would look at the third of four bytes (the only place where
	 * there are three) only with the fourth, and hold back a key */
	if (!v->encode && left == 3 && (unsigned char)v->held[2] < 0x81)
		return -1;
	if (iconv(v->with, &from, &left, &to, &room) != (size_t)-1)
		return (int)(to - out);
	return errno == EINVAL ? 0 : -1;
}

/* "?" for each column, so that what stands behind it stays in its place;
 * *took: bytes of held that this stands for. */
static size_t
replace(const struct convert *v, char *out, size_t *took)
{
	uint32_t ch;
	int len, width;

	*took = 1;
	if (!v->encode) {
		memcpy(out, no_text, sizeof(no_text) - 1);
		return sizeof(no_text) - 1;
	}
	len = text_decode(v->held, v->held_len, &ch);
	width = len > 0 ? text_char_width(ch) : 1;
	if (len > 0)
		*took = (size_t)len;
	memset(out, '?', (size_t)width);
	return (size_t)width;
}

static size_t
feed(struct convert *v, char byte, char *out)
{
	char rest[CONVERT_HELD];
	size_t n, took, left;
	int len;

	if (v->held_len == 0 && (unsigned char)byte < 0x80) {
		out[0] = byte;
		return 1;
	}
	v->held[v->held_len++] = byte;
	len = translate(v, out);
	if (len == 0 && v->held_len < CONVERT_HELD)
		return 0;
	if (len > 0) {
		v->held_len = 0;
		return (size_t)len;
	}
	/* what does not belong together begins again behind its first byte */
	n = replace(v, out, &took);
	left = v->held_len - took;
	memcpy(rest, v->held + took, left);
	v->held_len = 0;
	for (size_t i = 0; i < left; i++)
		n += feed(v, rest[i], out + n);
	return n;
}

size_t
convert(struct convert *v, const char *in, size_t n, char *out)
{
	size_t len = 0;

	if (!v->on) {
		memcpy(out, v->held, v->held_len);
		memcpy(out + v->held_len, in, n);
		n += v->held_len;
		v->held_len = 0;
		return n;
	}
	for (size_t i = 0; i < n; i++)
		len += feed(v, in[i], out + len);
	return len;
}

void
convert_use(struct convert *v, const struct converters *all,
            enum encoding encoding, bool encode)
{
	v->on = encoding != ENCODING_UTF8;
	v->encode = encode;
	v->with = encode ? all->encode[encoding] : all->decode[encoding];
	if (!encode)
		v->held_len = 0;
}

/* --- opening ------------------------------------------------------------- */

/* What they are to the C library. Of GBK everything is read that GB18030
 * knows, but only GBK written. */
static const struct {
	const char *decode, *encode;
} names[ENCODINGS] = {
    [ENCODING_GB18030] = {"GB18030", "GB18030"},
    [ENCODING_GBK] = {"GB18030", "GBK"},
};

/* The first use of a converter is part of opening it. */
static bool
use_once(iconv_t with, bool encode)
{
	struct convert v = {.with = with, .on = true, .encode = encode};
	const char *in = encode ? "\xE6\xB5\xB7" : "\xBA\xA3"; /* 海 */
	const char *want = encode ? "\xBA\xA3" : "\xE6\xB5\xB7";
	char out[CONVERT_ROOM(CONVERT_HELD)];
	size_t n = convert(&v, in, strlen(in), out);

	return n == strlen(want) && memcmp(out, want, n) == 0;
}

int
converters_open(struct converters *all)
{
	for (int i = 0; i < ENCODINGS; i++)
		all->decode[i] = all->encode[i] = NO_ICONV;
	for (int i = 0; i < ENCODINGS; i++) {
		if (names[i].decode == NULL)
			continue;
		all->decode[i] = iconv_open("UTF-8", names[i].decode);
		all->encode[i] = iconv_open(names[i].encode, "UTF-8");
		if (all->decode[i] == NO_ICONV || all->encode[i] == NO_ICONV ||
		    !use_once(all->decode[i], false) ||
		    !use_once(all->encode[i], true)) {
			converters_close(all);
			return ERR_UNAVAILABLE;
		}
	}
	return OK;
}

void
converters_close(struct converters *all)
{
	for (int i = 0; i < ENCODINGS; i++) {
		if (all->decode[i] != NO_ICONV)
			(void)iconv_close(all->decode[i]);
		if (all->encode[i] != NO_ICONV)
			(void)iconv_close(all->encode[i]);
		all->decode[i] = all->encode[i] = NO_ICONV;
	}
}
