/*
 * What a terminal of another encoding does: its bytes to UTF-8 and back.
 * By the C library alone, so that it is no copy of what it tests.
 */
#ifndef TESTS_E2E_RECODE_H
#define TESTS_E2E_RECODE_H

#include <stdbool.h>
#include <stddef.h>

#include "db/base/buf.h"

struct recode;

/* NULL: there is no such encoding. */
struct recode *recode_new(const char *from, const char *to);
void recode_free(struct recode *r);
/* Add what in becomes to out; an incomplete character waits for the rest.
 * false: in is not of that encoding. */
bool recode_add(struct recode *r, const char *in, size_t n, struct buf *out);

#endif
