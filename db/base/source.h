/*
 * Where somebody comes from: network addresses, the part of them that one
 * customer of a provider has, and lists of blocks. IPv4 is kept as IPv6
 * (::ffff:a.b.c.d), which is how a socket of both reports it.
 */
#ifndef DB_BASE_SOURCE_H
#define DB_BASE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "db/base/err.h"

enum { SOURCE_BYTES = 16, SOURCE_BLOCKS_MAX = 64 };

struct source {
	unsigned char bytes[SOURCE_BYTES];
};

struct source_list {
	struct source base[SOURCE_BLOCKS_MAX];
	int bits[SOURCE_BLOCKS_MAX]; /* of 128 */
	int n;
};

/* An address as getnameinfo writes it, also with a zone ("fe80::1%eth0").
 * Errors: ERR_INVALID. */
int source_parse(const char *text, struct source *out) MUST_CHECK;

/* What counts as one source: all of an IPv4 address; of IPv6 the /64, in
 * which anybody may pick addresses freely. */
struct source source_home(const struct source *s);
/* As text; a /64 is its first address. size 46 is enough. */
void source_show(const struct source *s, char *out, size_t size);
bool source_equal(const struct source *a, const struct source *b);

/* Addresses and CIDR blocks with blanks or commas between; "": none.
 * Errors: ERR_INVALID (one is neither), ERR_LIMIT. */
int source_list_parse(const char *text, struct source_list *out) MUST_CHECK;
bool source_is_in(const struct source_list *l, const struct source *s);

#endif
