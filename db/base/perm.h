/* Permissions by name. Rows in perm.def; role_perm says who has them. */
#ifndef DB_BASE_PERM_H
#define DB_BASE_PERM_H

#include <stdbool.h>
#include <stdint.h>

enum perm {
	PERM_NONE, /* what everybody signed in may do */
#define PERM(code, name, text) PERM_##code,
#include "db/base/perm.def"
#undef PERM
	PERMS
};

struct perm_set {
	uint64_t bits[(PERMS + 63) / 64];
};

bool perm_has(const struct perm_set *set, enum perm perm); /* NONE: true */
void perm_grant(struct perm_set *set, enum perm perm);

/* Stored name; "" for PERM_NONE. */
const char *perm_name(enum perm perm);
/* PERMS when there is no such name. */
enum perm perm_of(const char *name);
/* Msgid of what it lets one do. */
const char *perm_label(enum perm perm);

#endif
