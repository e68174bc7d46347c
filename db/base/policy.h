/*
 * What a password must be: long enough, and none that everybody tries first.
 * Nothing about digits and capitals: such rules make people write passwords
 * down. The list is conf/passwords.
 */
#ifndef DB_BASE_POLICY_H
#define DB_BASE_POLICY_H

#include "db/base/err.h"

/* Characters, where no setting says otherwise. */
enum { POLICY_LEAST = 8 };

enum policy_fault {
	POLICY_FINE,
	POLICY_SHORT,
	POLICY_SAME,   /* one character again and again */
	POLICY_NAME,   /* the account's name, or that and a digit or two */
	POLICY_COMMON, /* in the list, or that and a few digits */
	POLICY_FAULTS
};

/* At least `least` characters, in any script. */
enum policy_fault policy_fault(const char *user, const char *password,
                               int least);
/* Its sentence, a msgid; "" of POLICY_FINE. */
const char *policy_sentence(enum policy_fault fault);
/* Errors: ERR_INVALID (there is a fault). */
int policy_check(const char *user, const char *password, int least) MUST_CHECK;

/* The list, sorted and in small letters; made from conf/passwords. */
extern const char *const policy_common[];
extern const int policy_common_count;

#endif
