/*
 * How a Chinese name is read and sorted: pinyin, initials, a key that sorts
 * by strokes. Called when a name is written, never to show or find one.
 */
#ifndef DB_BASE_NAMES_H
#define DB_BASE_NAMES_H

#include "db/base/arena.h"
#include "db/base/err.h"

struct names_reading {
	const char *pinyin;   /* "zhang wei": a-z, 0-9 and blanks */
	const char *initials; /* "zw" */
	const char *stroke;   /* hexadecimal; compares as text */
};

/* The reading of name (valid UTF-8, cleaned). Strings in a.
 * Errors: ERR_UNAVAILABLE (ICU has no data). */
int names_read(struct arena *a, const char *name,
               struct names_reading *out) MUST_CHECK;

/* Initials of a pinyin that somebody corrected. In a. */
const char *names_initials(struct arena *a, const char *pinyin);

#endif
