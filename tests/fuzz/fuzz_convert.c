/* Streams in a client's encoding: split anywhere they become the same, fit
 * the room that is promised, and to a client never turn into a control. */
#include <stdlib.h>
#include <string.h>

#include "server/net/convert.h"
#include "tests/fuzz/fuzz.h"

struct way {
	enum encoding encoding;
	bool encode;
	size_t part; /* bytes a piece */
};

static size_t
run(const struct converters *all, const struct way *way, const char *in,
    size_t n, char *out)
{
	struct convert v = {.held_len = 0};
	size_t len = 0;

	convert_use(&v, all, way->encoding, way->encode);
	for (size_t at = 0; at < n; at += way->part)
		len +=
		    convert(&v, in + at,
		            n - at < way->part ? n - at : way->part, out + len);
	return len;
}

/* Controls of s (UTF-8 has them below a blank only). */
static size_t
controls(const char *s, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] < 0x20 || s[i] == 0x7F)
			count++;
	return count;
}

static void
compare(const struct converters *all, struct way way, const char *in, size_t n)
{
	char *whole = malloc(CONVERT_ROOM(n)), *parts = malloc(CONVERT_ROOM(n));
	struct way once = {way.encoding, way.encode, n};
	size_t len = run(all, &once, in, n, whole);

	if (len > (way.encode ? CONVERT_ROOM_OUT(n) : CONVERT_ROOM(n)))
		abort();
	if (run(all, &way, in, n, parts) != len ||
	    memcmp(whole, parts, len) != 0)
		abort();
	if (controls(whole, len) != controls(in, n))
		abort();
	free(whole);
	free(parts);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct converters all;
	const char *in = (const char *)data + 1;

	if (size < 2)
		return 0;
	if (converters_open(&all) != OK)
		abort();
	for (int i = 0; i < ENCODINGS; i++)
		for (int encode = 0; encode < 2; encode++) {
			struct way way = {(enum encoding)i, encode != 0,
			                  1 + data[0] % 7};

			if (way.encoding != ENCODING_UTF8)
				compare(&all, way, in, size - 1);
		}
	converters_close(&all);
	return 0;
}
