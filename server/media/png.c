/* libpng's simplified interface, wrapped. */
#include <png.h>
#include <stdlib.h>
#include <string.h>

#include "server/media/media.h"

bool
png_read(const struct source *s, struct picture *out)
{
	png_image image = {.version = PNG_IMAGE_VERSION};
	bool ok = png_image_begin_read_from_memory(&image, s->data, s->n) != 0;

	if (ok && (image.width > PICTURE_PIXELS || /* they are no ints */
	           image.height > PICTURE_PIXELS ||
	           !picture_new((int)image.width, (int)image.height, out))) {
		png_image_free(&image);
		return false;
	}
	image.format = PNG_FORMAT_RGBA;
	if (ok && png_image_finish_read(&image, NULL, out->px, 0, NULL) == 0) {
		picture_free(out);
		ok = false;
	}
	png_image_free(&image);
	return ok;
}

bool
png_write(const struct picture *p, unsigned char **out, size_t *n)
{
	png_image image = {.version = PNG_IMAGE_VERSION,
	                   .width = (png_uint_32)p->w,
	                   .height = (png_uint_32)p->h,
	                   .format = PNG_FORMAT_RGBA};
	png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);

	*out = malloc(size);
	if (*out == NULL)
		return false;
	if (png_image_write_to_memory(&image, *out, &size, 0, p->px, 0, NULL) ==
	    0) {
		free(*out);
		return false;
	}
	*n = size;
	return true;
}
