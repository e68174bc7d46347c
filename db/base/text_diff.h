/*
 * How one text became another, in runs of characters: what stayed, what went,
 * what came, readable (no run of one character between two changes). And which
 * of many texts became which. Pure.
 */
#ifndef DB_BASE_TEXT_DIFF_H
#define DB_BASE_TEXT_DIFF_H

#include <stdbool.h>
#include <stddef.h>

#include "db/base/arena.h"

enum diff_kind { DIFF_SAME, DIFF_GONE, DIFF_NEW };
struct diff_run {
	enum diff_kind kind;
	size_t at, n; /* bytes: of old for SAME and GONE, of new for NEW */
};

/* Runs in a, in reading order: GONE before NEW where both stand. Work is
 * bounded: texts that have little in common are GONE and NEW as a whole. */
void text_diff(struct arena *a, const char *old, size_t old_n, const char *new,
               size_t new_n, struct diff_run **runs, int *n);
/* 0 nothing in common to 100 the same. */
int text_alike(const char *old, size_t old_n, const char *new, size_t new_n);

/* Match new articles with old: old_of[i] is the index of the old one that new
 * i was, or -1; alike[i] percent. The very same text first, then what is most
 * alike (at least 50), then the same label when it is alike at all (20). */
struct diff_text {
	const char *label, *text;
	size_t n;
};
void text_match(struct arena *a, const struct diff_text *old, int old_n,
                const struct diff_text *new, int new_n, int *old_of,
                int *alike);

#endif
