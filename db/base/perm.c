/* Names of permissions and sets of them. */
#include "db/base/perm.h"

#include <string.h>

#include "db/base/i18n.h"

static const struct {
	const char *name, *label;
} rows[PERMS] = {
    [PERM_NONE] = {"", ""},
#define PERM(code, name, text) [PERM_##code] = {name, text},
#include "db/base/perm.def"
#undef PERM
};

bool
perm_has(const struct perm_set *set, enum perm perm)
{
	unsigned n = (unsigned)perm;

	if (perm == PERM_NONE)
		return true;
	return (set->bits[n / 64] >> (n % 64) & 1) != 0;
}

void
perm_grant(struct perm_set *set, enum perm perm)
{
	unsigned n = (unsigned)perm;

	set->bits[n / 64] |= (uint64_t)1 << (n % 64);
}

const char *
perm_name(enum perm perm)
{
	return rows[perm].name;
}

const char *
perm_label(enum perm perm)
{
	return rows[perm].label;
}

enum perm
perm_of(const char *name)
{
	for (int i = PERM_NONE + 1; i < PERMS; i++)
		if (strcmp(rows[i].name, name) == 0)
			return (enum perm)i;
	return PERMS;
}
