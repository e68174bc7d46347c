/* libwebp, wrapped. Animations are none of ours. */
#include <webp/decode.h>

#include "server/media/media.h"

bool
webp_read(const struct source *s, struct picture *out)
{
	WebPBitstreamFeatures found;
	int stride;

	if (WebPGetFeatures(s->data, s->n, &found) != VP8_STATUS_OK ||
	    found.has_animation || !picture_new(found.width, found.height, out))
		return false;
	stride = out->w * 4;
	if (WebPDecodeRGBAInto(s->data, s->n, out->px,
	                       (size_t)stride * (size_t)out->h, stride) != NULL)
		return true;
	picture_free(out);
	return false;
}
