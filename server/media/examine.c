/* What is this file? libmagic says, and is wrapped here; the answer is a row
 * of ours or nothing. */
#include <errno.h>
#include <magic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/base/err.h"
#include "server/media/media.h"

static magic_t magic;

static const struct {
	const char *said;
	enum media_type type;
	picture_reader *read; /* of a picture */
	void (*look)(const struct source *s, struct found *found);
} rows[] = {
    {"image/jpeg", MEDIA_JPEG, jpeg_read, NULL},
    {"image/png", MEDIA_PNG, png_read, NULL},
    {"image/webp", MEDIA_JPEG, webp_read, NULL},
    {"image/gif", MEDIA_JPEG, gif_read, NULL},
    {"audio/mpeg", MEDIA_MPEG, NULL, NULL},
    {"audio/ogg", MEDIA_OGG, NULL, NULL},
    {"audio/mp4", MEDIA_MP4, NULL, movie_examine},
    {"audio/x-m4a", MEDIA_MP4, NULL, movie_examine},
    {"audio/3gpp", MEDIA_MP4, NULL, movie_examine},
    {"video/mp4", MEDIA_MP4, NULL, movie_examine},
    {"video/x-m4v", MEDIA_MP4, NULL, movie_examine},
    {"video/3gpp", MEDIA_MP4, NULL, movie_examine},
    {"video/3gpp2", MEDIA_MP4, NULL, movie_examine},
    {"video/quicktime", MEDIA_QUICKTIME, NULL, movie_examine},
    {"video/webm", MEDIA_WEBM, NULL, webm_examine},
    {"audio/webm", MEDIA_WEBM, NULL, webm_examine},
    {"text/csv", MEDIA_TEXT, NULL, NULL},
#define MEDIA(name, kind, type) {type, MEDIA_##name, NULL, NULL},
#include "server/lib/media.def"
#undef MEDIA
};

bool
examine_open(void)
{
	magic = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS |
	                   MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_TAR |
	                   MAGIC_NO_CHECK_JSON);
	return magic != NULL && magic_load(magic, NULL) == 0;
}

void
examine_close(void)
{
	if (magic != NULL)
		magic_close(magic);
	magic = NULL;
}

bool
examine_write(int fd, const void *data, size_t n)
{
	const unsigned char *at = data;

	while (n > 0) {
		ssize_t done = write(fd, at, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		at += done;
		n -= (size_t)done;
	}
	return true;
}

typedef bool picture_writer(const struct picture *p, unsigned char **out,
                            size_t *n);

static bool
put(int fd, const struct picture *p, picture_writer *fn, int64_t *size)
{
	unsigned char *data = NULL;
	size_t n = 0;
	bool ok = fn(p, &data, &n) && examine_write(fd, data, n);

	free(data);
	if (ok)
		*size = (int64_t)n;
	return ok;
}

/* Nothing of the file passes but its pixels. */
static void
write_anew(const struct source *s, picture_reader *read, struct found *found)
{
	struct found new = {.type = MEDIA_JPEG};
	struct picture p;
	bool holes, ok;

	if (!read(s, &p))
		return;
	picture_shrink(&p, PICTURE_SIDE);
	if (read == jpeg_read)
		picture_turn(&p, jpeg_orientation(s));
	holes = picture_has_holes(&p);
	if (holes)
		new.type = MEDIA_PNG;
	ok = put(s->out, &p, holes ? png_write : jpeg_write, &new.out);
	picture_flatten(&p);
	picture_shrink(&p, THUMB_SIDE);
	ok = ok && put(s->thumb, &p, jpeg_write, &new.thumb);
	picture_free(&p);
	if (ok)
		*found = new;
}

void
examine(const struct source *s, struct found *found)
{
	const char *said = s->n > 0 ? magic_buffer(magic, s->data, s->n) : NULL;
	size_t i = 0;

	*found = (struct found){.type = MEDIA_OTHER};
	while (said != NULL && i < COUNT(rows) &&
	       strcmp(said, rows[i].said) != 0)
		i++;
	if (said == NULL || i == COUNT(rows))
		return;
	if (rows[i].read != NULL)
		write_anew(s, rows[i].read, found);
	else if (rows[i].look != NULL)
		rows[i].look(s, found);
	else
		found->type = rows[i].type;
}
