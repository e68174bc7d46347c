/* giflib, wrapped: the first picture only. */
#include <gif_lib.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/arena.h"
#include "server/media/media.h"

enum { OPAQUE = 255 };

struct reader {
	const struct source *s;
	size_t at;
};

static int
on_read(GifFileType *gif, GifByteType *to, int n)
{
	struct reader *r = gif->UserData;
	size_t left = r->s->n - r->at;
	size_t got = n > 0 && (size_t)n < left ? (size_t)n : left;

	if (n <= 0)
		return 0;
	memcpy(to, r->s->data + r->at, got);
	r->at += got;
	return (int)got;
}

/* The colour that is a hole, of a graphics control block; else as before. */
static bool
skip_extension(GifFileType *gif, int *hole)
{
	GifByteType *block = NULL;
	GraphicsControlBlock control;
	int code;

	if (DGifGetExtension(gif, &code, &block) != GIF_OK)
		return false;
	if (code == GRAPHICS_EXT_FUNC_CODE && block != NULL &&
	    DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK)
		*hole = control.TransparentColor;
	while (block != NULL)
		if (DGifGetExtensionNext(gif, &block) != GIF_OK)
			return false;
	return true;
}

static bool
find_picture(GifFileType *gif, int *hole)
{
	GifRecordType type;

	while (DGifGetRecordType(gif, &type) == GIF_OK) {
		if (type == IMAGE_DESC_RECORD_TYPE)
			return DGifGetImageDesc(gif) == GIF_OK;
		if (type != EXTENSION_RECORD_TYPE || !skip_extension(gif, hole))
			return false;
	}
	return false;
}

static void
put_line(const ColorMapObject *map, const GifPixelType *line, int n, int hole,
         unsigned char *to)
{
	for (int x = 0; x < n; x++, to += 4) {
		if (line[x] == hole || line[x] >= map->ColorCount)
			continue;
		to[0] = map->Colors[line[x]].Red;
		to[1] = map->Colors[line[x]].Green;
		to[2] = map->Colors[line[x]].Blue;
		to[3] = OPAQUE;
	}
}

static bool
read_lines(GifFileType *gif, int hole, struct picture *out)
{
	static const struct {
		int from, by;
	} rounds[] = {{0, 1}, {0, 8}, {4, 8}, {2, 4}, {1, 2}};
	const ColorMapObject *map =
	    gif->Image.ColorMap != NULL ? gif->Image.ColorMap : gif->SColorMap;
	int first = gif->Image.Interlace ? 1 : 0;
	int last = gif->Image.Interlace ? 4 : 0;
	GifPixelType *line;
	bool ok = map != NULL;

	if (!ok || !picture_new(gif->Image.Width, gif->Image.Height, out))
		return false;
	line = xcalloc((size_t)out->w, sizeof(*line));
	for (int i = first; i <= last && ok; i++)
		for (int y = rounds[i].from; y < out->h && ok;
		     y += rounds[i].by) {
			ok = DGifGetLine(gif, line, out->w) == GIF_OK;
			if (ok)
				put_line(map, line, out->w, hole,
				         out->px +
				             (size_t)y * (size_t)out->w * 4);
		}
	free(line);
	if (!ok)
		picture_free(out);
	return ok;
}

bool
gif_read(const struct source *s, struct picture *out)
{
	struct reader r = {s, 0};
	int why, hole = NO_TRANSPARENT_COLOR;
	GifFileType *gif = DGifOpen(&r, on_read, &why);
	bool ok = gif != NULL && find_picture(gif, &hole) &&
	          read_lines(gif, hole, out);

	if (gif != NULL)
		(void)DGifCloseFile(gif, &why);
	return ok;
}
