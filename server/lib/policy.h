/* What a password must be. */
#ifndef SERVER_LIB_POLICY_H
#define SERVER_LIB_POLICY_H

#include "db/base/err.h"

/* At least eight characters, not the user's name, not one of those that
 * everybody tries first. Errors: ERR_INVALID. */
int policy_check(const char *user, const char *password) MUST_CHECK;

#endif
