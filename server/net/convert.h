/*
 * A client's encoding to UTF-8 and back, byte by byte, so that it makes no
 * difference where a stream is split. What is no text on one side is one
 * U+FFFD or "?" on the other, and the next character is whole again.
 */
#ifndef SERVER_NET_CONVERT_H
#define SERVER_NET_CONVERT_H

#include <iconv.h>
#include <stdbool.h>
#include <stddef.h>

#include "db/base/encoding.h"
#include "db/base/err.h"

enum {
	CONVERT_HELD = 4, /* bytes of a character that may wait for more */
	CONVERT_GROWTH = 3
};
/* Room that n bytes need when converted: in any case, and to the client. */
#define CONVERT_ROOM(n) (CONVERT_GROWTH * ((n) + CONVERT_HELD))
#define CONVERT_ROOM_OUT(n) (2 * ((n) + CONVERT_HELD))

/* What a conversion needs of the C library: it loads files when it opens
 * one, so they are opened (and used once) before a process confines itself,
 * and shared by the processes forked from it. */
struct converters {
	iconv_t decode[ENCODINGS], encode[ENCODINGS];
};

/* One direction of one stream. */
struct convert {
	iconv_t with;
	bool on;     /* false: bytes pass as they are */
	bool encode; /* from UTF-8 */
	char held[CONVERT_HELD];
	size_t held_len;
};

/* Errors: ERR_UNAVAILABLE (the C library has no such converter). */
int converters_open(struct converters *all) MUST_CHECK;
void converters_close(struct converters *all);

/* v converts from (encode: to) encoding from now on. A character to the
 * client that is half there stays so: it is UTF-8 in any case. */
void convert_use(struct convert *v, const struct converters *all,
                 enum encoding encoding, bool encode);

/* Convert n bytes to out; returns how many it became. */
size_t convert(struct convert *v, const char *in, size_t n, char *out);

#endif
