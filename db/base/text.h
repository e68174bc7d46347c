/*
 * Text: UTF-8, cleaned at the door, measured in columns when drawn. The one
 * function that knows how wide a character is stands here; layout, cutting,
 * wrapping, the cursor and input all ask it.
 */
#ifndef DB_BASE_TEXT_H
#define DB_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/base/arena.h"
#include "db/base/err.h"

/* Decode one character of s (n bytes left) into *ch and return its length
 * in bytes; 0 at the end (n == 0), -1 when the bytes are no UTF-8, -2 when
 * they are the beginning of a character that goes on past n. */
int text_decode(const char *s, size_t n, uint32_t *ch);

/* Write ch as UTF-8 to out (4 bytes of room); returns the length. */
int text_encode(uint32_t ch, char *out);

/* Columns that ch takes: 0 (combining, zero-width), 1 or 2. Independent of
 * locale; emoji and Han of every plane are 2, ambiguous ones as was set. */
int text_char_width(uint32_t ch);

/* Whether terminals disagree on the width of ch. */
bool text_is_ambiguous(uint32_t ch);
/* How wide the terminal of this process draws those: two columns, or one
 * (at first). What was measured before must be measured again. */
void text_set_ambiguous(bool is_wide);

/* Columns that s takes. */
int text_width(const char *s);

/* Characters in s. */
size_t text_length(const char *s);

/* Bytes of the longest beginning of s that fits in columns. */
size_t text_fit_bytes(const char *s, int columns);

/* s if it fits in columns, else cut without splitting a character and
 * ending in "..". */
const char *text_fit(struct arena *a, const char *s, int columns);

/* s fitted and padded with blanks to exactly columns; right: blanks first. */
const char *text_pad(struct arena *a, const char *s, int columns, bool right);

/* s broken into lines of at most columns, at blanks where there are any and
 * between Han characters, keeping newlines; closing punctuation does not
 * begin a line. Returns a NULL-terminated array. */
const char *const *text_wrap(struct arena *a, const char *s, int columns);

/* How text_clean treats newlines and what is too long. */
enum { TEXT_LINE = 0, TEXT_LINES = 1 };

/* The one cleaning of text from outside: valid UTF-8, no control, zero-width
 * or bidirectional-override characters, CRLF to LF (TEXT_LINES) or blanks
 * (TEXT_LINE), blanks trimmed at both ends. n is s's length, max the limit
 * in characters. Errors: ERR_INVALID (not UTF-8), ERR_TOO_LONG. */
int text_clean(struct arena *a, const char *s, size_t n, int mode, size_t max,
               const char **out) MUST_CHECK;

/* Full-width forms (？ ／ １ ： Ａ, ideographic space) to half-width ones:
 * for keys, dates, times, numbers and codes, never for names or prose. */
const char *text_fold(struct arena *a, const char *s);
uint32_t text_fold_char(uint32_t ch);

#endif
