/* Which description draws a terminal that has none of its own. */
#include "tui/term/families.h"

#include <string.h>

#include "db/base/err.h"

static const struct {
	const char *family, *stand_in;
} families[] = {
#define FAMILY(family, stand_in) {family, stand_in},
#include "tui/term/families.def"
#undef FAMILY
};

bool
term_is_name(const char *name)
{
	size_t n = strlen(name);

	return n >= 1 && n <= 40 && name[0] != '.' &&
	       strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	                    "abcdefghijklmnopqrstuvwxyz"
	                    "0123456789+._-") == n;
}

static bool
belongs(const char *name, const char *family)
{
	size_t n = strlen(family);

	return strncmp(name, family, n) == 0 &&
	       strchr("-.+", name[n]) != NULL; /* or its end */
}

const char *
term_stand_in(const char *name)
{
	if (!term_is_name(name))
		return "vt100";
	for (size_t i = 0; i < COUNT(families); i++)
		if (belongs(name, families[i].family))
			return families[i].stand_in;
	return strstr(name, "256color") != NULL ? "xterm-256color" : "vt100";
}

const char *
term_description(const char *name)
{
	/* their colours are red, green and blue, not numbers of ours */
	if (!term_is_name(name) || strstr(name, "-direct") != NULL)
		return term_stand_in(name);
	return name;
}
