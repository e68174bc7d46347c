/* Settings: numbers and words of the whole site, rows of the table of rules
 * RULE_SETTING; what each is, and between which values, is said here. */
#ifndef DB_SETTING_H
#define DB_SETTING_H

#include "db/base/arena.h"
#include "db/store/ctx.h"

struct setting {
	const char *name;
	const char *label; /* msgid */
	int64_t low, high; /* of a number; both 0: it is words */
};

/* What the setting of that name is; NULL: the program knows none. */
const struct setting *setting_of(const char *name);

/* What a find in the table of settings asks for: the names, between blanks,
 * of those whose label as it is shown, or name, has the text. In a. */
const char *setting_find_text(struct arena *a, const char *text);

/* The number that holds today, or otherwise when there is no such row. */
int setting_number(struct ctx *c, const char *name, int64_t otherwise,
                   int64_t *out) MUST_CHECK;

#endif
