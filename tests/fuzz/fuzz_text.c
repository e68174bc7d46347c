/* Cleaning, measuring, cutting and wrapping of text from outside. */
#include <stdlib.h>
#include <string.h>

#include "db/base/text.h"
#include "tests/fuzz/fuzz.h"

/* What text_clean lets through, every later function must survive, and it
 * must fit where it was made to fit. */
static void
use_clean_text(struct arena *a, const char *s, int columns)
{
	const char *const *lines = text_wrap(a, s, columns);

	if (text_width(text_fit(a, s, columns)) > columns)
		abort();
	if (text_width(text_pad(a, s, columns, false)) != columns)
		abort();
	for (; *lines != NULL; lines++)
		if (text_width(*lines) > columns)
			abort();
	if (text_length(text_fold(a, s)) != text_length(s))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	const char *clean;

	if (size > 0 && text_clean(a, (const char *)data, size, data[0] & 1,
	                           4000, &clean) == OK) {
		for (const char *p = clean; *p != '\0'; p++)
			if ((unsigned char)*p < 0x20 && *p != '\n')
				abort();
		use_clean_text(a, clean, 2 + data[0] % 80);
	}
	arena_free(a);
	return 0;
}
