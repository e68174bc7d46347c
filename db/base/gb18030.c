#include "db/base/gb18030.h"

#include <stdlib.h>

#include <unicode/ucnv.h>
#include <unicode/ustring.h>

struct gb18030 {
	UConverter *converter;
};

int
gb18030_open(struct gb18030 **out)
{
	UErrorCode e = U_ZERO_ERROR;
	UConverter *converter = ucnv_open("gb18030", &e);
	struct gb18030 *g;

	if (U_SUCCESS(e))
		ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL,
		                    NULL, NULL, &e);
	if (U_FAILURE(e)) {
		ucnv_close(converter);
		return ERR_UNAVAILABLE;
	}
	g = xcalloc(1, sizeof(*g));
	g->converter = converter;
	*out = g;
	return OK;
}

void
gb18030_close(struct gb18030 *g)
{
	if (g == NULL)
		return;
	ucnv_close(g->converter);
	free(g);
}

int
gb18030_decode(struct gb18030 *g, struct arena *a, const char *s, size_t n,
               const char **out)
{
	/* A byte becomes at most one UTF-16 unit, that at most three bytes. */
	UChar *wide = arena_alloc(a, (n + 1) * sizeof(*wide));
	char *utf8 = arena_alloc(a, 3 * n + 1);
	UErrorCode e = U_ZERO_ERROR;
	int32_t units = ucnv_toUChars(g->converter, wide, (int32_t)n + 1, s,
	                              (int32_t)n, &e);

	u_strToUTF8(utf8, (int32_t)(3 * n) + 1, NULL, wide, units, &e);
	if (U_FAILURE(e))
		return ERR_INVALID;
	*out = utf8;
	return OK;
}
