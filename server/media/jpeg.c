/* libjpeg-turbo and libexif, wrapped. */
#include <libexif/exif-data.h>
#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>

#include "server/media/media.h"

/* SENSOR_PIXELS: beyond that it takes too long to read it smaller. */
enum { QUALITY = 84, SENSOR_PIXELS = 256 * 1000 * 1000 };

/* Halved while it is read, as long as that is not smaller than it may be. */
static void
read_smaller(int *w, int *h)
{
	for (int by = 8; by >= 2; by /= 2) {
		const tjscalingfactor f = {1, by};
		int sw = TJSCALED(*w, f), sh = TJSCALED(*h, f);

		if ((sw > sh ? sw : sh) >= PICTURE_SIDE) {
			*w = sw;
			*h = sh;
			return;
		}
	}
}

/* What is damaged or cut off is shown as far as it came: that is a warning
 * only. */
bool
jpeg_read(const struct source *s, struct picture *out)
{
	tjhandle tj = tjInitDecompress();
	int w = 0, h = 0, samples, space;
	bool ok = false;

	if (tj == NULL)
		return false;
	if (tjDecompressHeader3(tj, s->data, s->n, &w, &h, &samples, &space) ==
	        0 &&
	    w > 0 && h > 0 && w <= SENSOR_PIXELS / h) {
		read_smaller(&w, &h);
		ok = picture_new(w, h, out);
	}
	if (ok &&
	    tjDecompress2(tj, s->data, s->n, out->px, w, 0, h, TJPF_RGBA,
	                  TJFLAG_LIMITSCANS) != 0 &&
	    tjGetErrorCode(tj) != TJERR_WARNING) {
		picture_free(out);
		ok = false;
	}
	(void)tjDestroy(tj);
	return ok;
}

int
jpeg_orientation(const struct source *s)
{
	ExifData *data = exif_data_new_from_data(s->data, (unsigned)s->n);
	const ExifEntry *e;
	int orientation = 1;

	if (data == NULL)
		return orientation;
	e = exif_data_get_entry(data, EXIF_TAG_ORIENTATION);
	if (e != NULL && e->format == EXIF_FORMAT_SHORT && e->size >= 2)
		orientation =
		    exif_get_short(e->data, exif_data_get_byte_order(data));
	exif_data_unref(data);
	return orientation;
}

bool
jpeg_write(const struct picture *p, unsigned char **out, size_t *n)
{
	tjhandle tj = tjInitCompress();
	unsigned char *data = NULL;
	unsigned long size = 0;
	bool ok = tj != NULL &&
	          tjCompress2(tj, p->px, p->w, 0, p->h, TJPF_RGBX, &data, &size,
	                      TJSAMP_420, QUALITY, 0) == 0;

	if (ok) {
		*out = malloc(size);
		ok = *out != NULL;
	}
	if (ok) {
		memcpy(*out, data, size);
		*n = size;
	}
	tjFree(data);
	if (tj != NULL)
		(void)tjDestroy(tj);
	return ok;
}
