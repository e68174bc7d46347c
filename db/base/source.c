/* Addresses, by the C library's own reading of them. */
#include "db/base/source.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 63, V4_AT = 12, V4_BITS = 96, HOME_BYTES = 8 };

static const unsigned char v4_prefix[V4_AT] = {[10] = 0xff, [11] = 0xff};

static bool
is_v4(const struct source *s)
{
	return memcmp(s->bytes, v4_prefix, sizeof(v4_prefix)) == 0;
}

int
source_parse(const char *text, struct source *out)
{
	char plain[TEXT_MAX + 1];
	struct source s;
	size_t n = strcspn(text, "%");

	if (n > TEXT_MAX)
		return ERR_INVALID;
	memcpy(plain, text, n);
	plain[n] = '\0';
	memcpy(s.bytes, v4_prefix, sizeof(v4_prefix));
	if (inet_pton(AF_INET, plain, s.bytes + V4_AT) != 1 &&
	    inet_pton(AF_INET6, plain, s.bytes) != 1)
		return ERR_INVALID;
	*out = s;
	return OK;
}

struct source
source_home(const struct source *s)
{
	struct source home = *s;

	if (!is_v4(s))
		memset(home.bytes + HOME_BYTES, 0, SOURCE_BYTES - HOME_BYTES);
	return home;
}

void
source_show(const struct source *s, char *out, size_t size)
{
	const char *text =
	    is_v4(s)
		? inet_ntop(AF_INET, s->bytes + V4_AT, out, (socklen_t)size)
		: inet_ntop(AF_INET6, s->bytes, out, (socklen_t)size);

	if (text == NULL && size > 0)
		out[0] = '\0';
}

bool
source_equal(const struct source *a, const struct source *b)
{
	return memcmp(a->bytes, b->bytes, SOURCE_BYTES) == 0;
}

/* "10.0.0.0/8", or an address alone. */
static int
parse_block(const char *text, size_t n, struct source *base, int *bits)
{
	char word[TEXT_MAX + 1], *slash, *end;
	long most, v;

	if (n > TEXT_MAX)
		return ERR_INVALID;
	memcpy(word, text, n);
	word[n] = '\0';
	slash = strchr(word, '/');
	if (slash != NULL)
		*slash = '\0';
	if (strchr(word, '%') != NULL || source_parse(word, base) != OK)
		return ERR_INVALID;
	most = strchr(word, ':') == NULL ? 32 : 128;
	v = most;
	if (slash != NULL) {
		v = strtol(slash + 1, &end, 10);
		if (slash[1] < '0' || slash[1] > '9' || *end != '\0' ||
		    v > most)
			return ERR_INVALID;
	}
	*bits = (int)v + (most == 32 ? V4_BITS : 0);
	return OK;
}

int
source_list_parse(const char *text, struct source_list *out)
{
	static const char between[] = " \t,";
	struct source_list l = {.n = 0};

	for (text += strspn(text, between); *text != '\0';
	     text += strspn(text, between)) {
		size_t n = strcspn(text, between);

		if (l.n == SOURCE_BLOCKS_MAX)
			return ERR_LIMIT;
		if (parse_block(text, n, &l.base[l.n], &l.bits[l.n]) != OK)
			return ERR_INVALID;
		l.n++;
		text += n;
	}
	*out = l;
	return OK;
}

static bool
shares_bits(const struct source *a, const struct source *b, int bits)
{
	int whole = bits / 8, rest = bits % 8;

	if (memcmp(a->bytes, b->bytes, (size_t)whole) != 0)
		return false;
	return rest == 0 ||
	       (a->bytes[whole] ^ b->bytes[whole]) >> (8 - rest) == 0;
}

bool
source_is_in(const struct source_list *l, const struct source *s)
{
	for (int i = 0; i < l->n; i++)
		if (shares_bits(&l->base[i], s, l->bits[i]))
			return true;
	return false;
}
