/* Names of encodings. */
#include "db/base/encoding.h"

#include <string.h>

#include "db/base/err.h"

static const char *const names[ENCODINGS] = {
    [ENCODING_UTF8] = "utf-8",
    [ENCODING_GB18030] = "gb18030",
    [ENCODING_GBK] = "gbk",
};

/* What systems call them in a locale, written small and without marks. */
static const struct {
	const char *spelling;
	enum encoding encoding;
} spellings[] = {
    {"gb18030", ENCODING_GB18030}, {"gb180302005", ENCODING_GB18030},
    {"54936", ENCODING_GB18030},   {"gbk", ENCODING_GBK},
    {"gb2312", ENCODING_GBK},      {"euccn", ENCODING_GBK},
    {"cp936", ENCODING_GBK},       {"936", ENCODING_GBK},
    {"windows936", ENCODING_GBK},
};

const char *
encoding_name(enum encoding encoding)
{
	return names[encoding];
}

enum encoding
encoding_named(const char *name, enum encoding what)
{
	for (int i = 0; i < ENCODINGS; i++)
		if (strcmp(names[i], name) == 0)
			return (enum encoding)i;
	return what;
}

enum encoding
encoding_of_locale(const char *locale)
{
	const char *s = strchr(locale, '.');
	char small[16];
	size_t n = 0;

	if (s == NULL)
		return ENCODING_UTF8;
	for (s++; *s != '\0' && *s != '@'; s++) {
		char c = *s >= 'A' && *s <= 'Z' ? (char)(*s + ('a' - 'A')) : *s;

		if ((c < 'a' || c > 'z') && (c < '0' || c > '9'))
			continue;
		if (n + 1 == sizeof(small))
			return ENCODING_UTF8;
		small[n++] = c;
	}
	small[n] = '\0';
	for (size_t i = 0; i < COUNT(spellings); i++)
		if (strcmp(spellings[i].spelling, small) == 0)
			return spellings[i].encoding;
	return ENCODING_UTF8;
}
