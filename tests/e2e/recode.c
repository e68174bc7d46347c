/* iconv over a stream. */
#include "tests/e2e/recode.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

#include "db/base/arena.h"

struct recode {
	iconv_t with;
	struct buf held;
};

struct recode *
recode_new(const char *from, const char *to)
{
	struct recode *r = xcalloc(1, sizeof(*r));

	r->with = iconv_open(to, from);
	buf_init(&r->held);
	if (r->with != (iconv_t)-1)
		return r;
	free(r);
	return NULL;
}

void
recode_free(struct recode *r)
{
	if (r == NULL)
		return;
	(void)iconv_close(r->with);
	buf_clear(&r->held);
	free(r);
}

bool
recode_add(struct recode *r, const char *in, size_t n, struct buf *out)
{
	char *from, piece[1024];
	size_t left, got = 0;

	buf_addn(&r->held, in, n);
	from = r->held.data;
	left = r->held.len;
	do {
		char *to = piece;
		size_t room = sizeof(piece);

		errno = 0;
		got = iconv(r->with, &from, &left, &to, &room);
		buf_addn(out, piece, (size_t)(to - piece));
	} while (got == (size_t)-1 && errno == E2BIG);
	buf_drop(&r->held, r->held.len - left);
	return got != (size_t)-1 || errno == EINVAL;
}
