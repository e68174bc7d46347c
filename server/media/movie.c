/*
 * The MP4 family (ISO 14496-12, QuickTime): boxes in boxes. Those that carry
 * what a telephone adds of itself, its place above all (udta with its "xyz"
 * or loci, meta with its keys, uuid), become free space of the same size, so
 * that nothing else moves. Samples are not opened: a track of places among
 * them would stay.
 */
#include <string.h>

#include "server/media/media.h"

enum { DEEP = 8, HEAD = 8, LONG_HEAD = 16, BLANKS = 64, TYPE = 4 };

static const char containers[][TYPE + 1] = {"moov", "trak", "mdia", "moof",
                                            "traf"};
static const char blanked[][TYPE + 1] = {"udta", "meta", "uuid", "loci"};

struct movie {
	const struct source *s;
	struct blank {
		size_t at, end, head;
	} blanks[BLANKS];
	int n;
	bool quicktime, video, voice, moov;
};

static uint64_t
number(const unsigned char *at, int bytes)
{
	uint64_t v = 0;

	for (int i = 0; i < bytes; i++)
		v = v << 8 | at[i];
	return v;
}

static bool
is_in(const unsigned char *type, const char names[][TYPE + 1], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (memcmp(type, names[i], TYPE) == 0)
			return true;
	return false;
}

/* Box at at, before end: its head and where it ends; false: none. */
static bool
open_box(const struct source *s, size_t at, size_t end, struct blank *out)
{
	uint64_t size;

	if (end - at < HEAD)
		return false;
	size = number(s->data + at, 4);
	out->at = at;
	out->head = HEAD;
	if (size == 1) {
		if (end - at < LONG_HEAD)
			return false;
		size = number(s->data + at + HEAD, 8);
		out->head = LONG_HEAD;
	} else if (size == 0) {
		size = end - at;
	}
	if (size < out->head || size > end - at)
		return false;
	out->end = at + (size_t)size;
	return true;
}

static void
look(struct movie *m, const unsigned char *type, const unsigned char *in,
     size_t n)
{
	if (memcmp(type, "ftyp", TYPE) == 0 && n >= TYPE)
		m->quicktime = memcmp(in, "qt  ", TYPE) == 0;
	if (memcmp(type, "moov", TYPE) == 0)
		m->moov = true;
	if (memcmp(type, "hdlr", TYPE) == 0 && n >= 3 * TYPE) {
		m->video |= memcmp(in + 2 * TYPE, "vide", TYPE) == 0;
		m->voice |= memcmp(in + 2 * TYPE, "soun", TYPE) == 0;
	}
}

/* false: there is something that cannot be followed. */
static bool
walk(struct movie *m, size_t at, size_t end, int depth)
{
	while (at < end) {
		const unsigned char *type = m->s->data + at + TYPE;
		struct blank b;

		if (!open_box(m->s, at, end, &b))
			return false;
		look(m, type, m->s->data + at + b.head, b.end - at - b.head);
		if (is_in(type, blanked, sizeof(blanked) / sizeof(*blanked))) {
			if (m->n == BLANKS)
				return false;
			m->blanks[m->n++] = b;
		} else if (is_in(type, containers,
		                 sizeof(containers) / sizeof(*containers)) &&
		           (depth == DEEP ||
		            !walk(m, at + b.head, b.end, depth + 1))) {
			return false;
		}
		at = b.end;
	}
	return true;
}

static bool
write_zeros(int fd, size_t n)
{
	static const unsigned char zeros[4096];

	while (n > 0) {
		size_t some = n < sizeof(zeros) ? n : sizeof(zeros);

		if (!examine_write(fd, zeros, some))
			return false;
		n -= some;
	}
	return true;
}

static bool
write_blanked(const struct movie *m)
{
	const struct source *s = m->s;
	size_t at = 0;

	for (int i = 0; i < m->n; i++) {
		const struct blank *b = &m->blanks[i];

		if (!examine_write(s->out, s->data + at, b->at + TYPE - at) ||
		    !examine_write(s->out, "free", TYPE) ||
		    !examine_write(s->out, s->data + b->at + 2 * TYPE,
		                   b->head - HEAD) ||
		    !write_zeros(s->out, b->end - b->at - b->head))
			return false;
		at = b->end;
	}
	return examine_write(s->out, s->data + at, s->n - at);
}

void
movie_examine(const struct source *s, struct found *found)
{
	struct movie m = {.s = s};

	if (!walk(&m, 0, s->n, 0) || !m.moov || (!m.video && !m.voice))
		return;
	if (m.n > 0) {
		if (!write_blanked(&m))
			return;
		found->out = (int64_t)s->n;
	}
	found->type = !m.video      ? MEDIA_MP4_VOICE
	              : m.quicktime ? MEDIA_QUICKTIME
	                            : MEDIA_MP4;
}

/* The names of codecs stand near the beginning, those of pictures begin with
 * V_ (Matroska's codec registry). */
void
webm_examine(const struct source *s, struct found *found)
{
	enum { NEAR = 64 * 1024 };
	size_t n = s->n < NEAR ? s->n : NEAR;
	bool video = memmem(s->data, n, "V_VP", 4) != NULL ||
	             memmem(s->data, n, "V_AV1", 5) != NULL;

	found->type = video ? MEDIA_WEBM : MEDIA_WEBM_VOICE;
}
