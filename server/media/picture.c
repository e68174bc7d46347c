/* Pictures in memory: smaller, turned, without holes. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/arena.h"
#include "server/media/media.h"

enum { BYTES = 4, OPAQUE = 255 };

bool
picture_new(int w, int h, struct picture *out)
{
	if (w <= 0 || h <= 0 || w > PICTURE_PIXELS / h)
		return false;
	*out = (struct picture){w, h, xcalloc((size_t)w * (size_t)h, BYTES)};
	return true;
}

void
picture_free(struct picture *p)
{
	free(p->px);
	*p = (struct picture){.px = NULL};
}

/* A line of n pixels becomes one of m: each is the mean of what it covers,
 * weighed by opacity. Units are an m-th of an old pixel. */
static void
shrink_line(const unsigned char *from, int n, unsigned char *to, size_t step,
            int m)
{
	uint64_t old = (uint64_t)m, new = (uint64_t)n;

	for (uint64_t i = 0; i < old; i++) {
		uint64_t begin = i * new, end = begin + new, sum[BYTES] = {0};

		for (uint64_t k = begin / old; k * old < end; k++) {
			const unsigned char *px = from + k * BYTES;
			uint64_t low = k * old > begin ? k * old : begin;
			uint64_t high =
			    (k + 1) * old < end ? (k + 1) * old : end;
			uint64_t weight = (high - low) * px[3];

			for (int b = 0; b < 3; b++)
				sum[b] += weight * px[b];
			sum[3] += weight;
		}
		for (int b = 0; b < 3; b++)
			to[b] =
			    (unsigned char)(sum[3] > 0
			                        ? (sum[b] + sum[3] / 2) / sum[3]
			                        : 0);
		to[3] = (unsigned char)((sum[3] + new / 2) / new);
		to += step;
	}
}

/* Lines of p become columns of m pixels. */
static struct picture
shrink_lines(const struct picture *p, int m)
{
	struct picture out = {p->h, m,
	                      xcalloc((size_t)p->h * (size_t)m, BYTES)};

	for (int y = 0; y < p->h; y++)
		shrink_line(p->px + (size_t)y * (size_t)p->w * BYTES, p->w,
		            out.px + (size_t)y * BYTES, (size_t)p->h * BYTES,
		            m);
	return out;
}

static int
scaled(int a, int of, int to)
{
	int n = (int)(((int64_t)a * to + of / 2) / of);

	return n > 0 ? n : 1;
}

/* Twice with lines and columns exchanged, so that both read lines. */
void
picture_shrink(struct picture *p, int side)
{
	int most = p->w > p->h ? p->w : p->h;
	struct picture once, twice;

	if (most <= side)
		return;
	once = shrink_lines(p, scaled(p->w, most, side));
	free(p->px);
	twice = shrink_lines(&once, scaled(p->h, most, side));
	free(once.px);
	*p = twice;
}

void
picture_turn(struct picture *p, int orientation)
{
	bool swap = orientation >= 5, across, down;
	struct picture out;

	if (orientation < 2 || orientation > 8)
		return;
	across = orientation == 2 || orientation == 3 || orientation >= 7;
	down = orientation == 3 || orientation == 4 || orientation == 6 ||
	       orientation == 7;
	out.w = swap ? p->h : p->w;
	out.h = swap ? p->w : p->h;
	out.px = xcalloc((size_t)out.w * (size_t)out.h, BYTES);
	for (int y = 0; y < out.h; y++)
		for (int x = 0; x < out.w; x++) {
			int sx = swap ? y : x, sy = swap ? x : y;
			size_t from, to;

			sx = across ? p->w - 1 - sx : sx;
			sy = down ? p->h - 1 - sy : sy;
			from = ((size_t)sy * (size_t)p->w + (size_t)sx) * BYTES;
			to = ((size_t)y * (size_t)out.w + (size_t)x) * BYTES;
			memcpy(out.px + to, p->px + from, BYTES);
		}
	free(p->px);
	*p = out;
}

bool
picture_has_holes(const struct picture *p)
{
	size_t n = (size_t)p->w * (size_t)p->h;

	for (size_t i = 0; i < n; i++)
		if (p->px[i * BYTES + 3] != OPAQUE)
			return true;
	return false;
}

void
picture_flatten(struct picture *p)
{
	size_t n = (size_t)p->w * (size_t)p->h;

	for (size_t i = 0; i < n; i++) {
		unsigned char *px = p->px + i * BYTES;
		unsigned a = px[3];

		for (int b = 0; b < 3; b++)
			px[b] = (unsigned char)((px[b] * a +
			                         OPAQUE * (OPAQUE - a)) /
			                        OPAQUE);
		px[3] = OPAQUE;
	}
}
