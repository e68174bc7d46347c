/*
 * liaison-media's parts. The parent (main.c) forks a child a file; the child
 * examines it (examine.c) in a sandbox and is gone. What it says is believed
 * by nobody further than its kind: sizes are looked at again by who asked.
 */
#ifndef SERVER_MEDIA_MEDIA_H
#define SERVER_MEDIA_MEDIA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "server/lib/media.h"

enum {
	PICTURE_PIXELS = 50 * 1000 * 1000, /* not opened beyond that */
	PICTURE_SIDE = 2560, /* pixels of the long side as it is written */
	THUMB_SIDE = 240
};

/* The file in memory, and where to write what is made of it. */
struct source {
	const unsigned char *data;
	size_t n;
	int out, thumb; /* descriptors */
};

/* Sizes 0: nothing was written, the file stays as it came. */
struct found {
	enum media_type type;
	int64_t out, thumb;
};

/* --- examine.c ------------------------------------------------------- */

/* Before the first fork. false: libmagic's database cannot be read. */
bool examine_open(void);
void examine_close(void);
/* Find out what it is and write it anew. On any failure *found is OTHER with
 * nothing written that counts. */
void examine(const struct source *s, struct found *found);
/* n bytes to fd. */
bool examine_write(int fd, const void *data, size_t n);

/* --- picture.c ------------------------------------------------------- */

/* Four bytes a pixel: red, green, blue, opacity; px is malloc's. */
struct picture {
	int w, h;
	unsigned char *px;
};

/* May one of that size be opened? Then there is room for it in *out. */
bool picture_new(int w, int h, struct picture *out);
void picture_free(struct picture *p);
/* Shrink to at most side pixels on the long side; never larger. */
void picture_shrink(struct picture *p, int side);
/* As EXIF counts orientations, 1 to 8; others leave it. */
void picture_turn(struct picture *p, int orientation);
bool picture_has_holes(const struct picture *p);
/* What is behind the holes becomes white. */
void picture_flatten(struct picture *p);

/* --- one file a format ----------------------------------------------- */

/* The (first) picture of the file. false: none can be read; *out has none. */
typedef bool picture_reader(const struct source *s, struct picture *out);
picture_reader jpeg_read, png_read, webp_read, gif_read;
/* 1: as it is. */
int jpeg_orientation(const struct source *s);
/* As a file; *out is the caller's (free). */
bool jpeg_write(const struct picture *p, unsigned char **out, size_t *n);
bool png_write(const struct picture *p, unsigned char **out, size_t *n);

/* Of the MP4 family: which it is, written anew without the boxes that say
 * where it was taken. */
void movie_examine(const struct source *s, struct found *found);
/* Voice or video? */
void webm_examine(const struct source *s, struct found *found);

#endif
