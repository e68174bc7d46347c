/* A list and three rules. */
#include "db/base/policy.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "db/base/i18n.h"
#include "db/base/text.h"

enum { WORD_MAX = 64, TAIL_MAX = 4 };

static bool
is_one_character(const char *s)
{
	return s[strspn(s, (char[]){s[0], '\0'})] == '\0';
}

static int
by_text(const void *key, const void *row)
{
	return strcasecmp(key, *(const char *const *)row);
}

static bool
is_listed(const char *word)
{
	return bsearch(word, policy_common, (size_t)policy_common_count,
	               sizeof(policy_common[0]), by_text) != NULL;
}

/* As it is, and without what people hang on a word to make it pass. */
static bool
is_common(const char *password)
{
	static const char hung_on[] = "0123456789!@#$%^&*._-+?~";
	char word[WORD_MAX + 1];
	size_t n = strlen(password), end = n;

	if (n > WORD_MAX)
		return false;
	if (is_listed(password))
		return true;
	while (end > 0 && n - end < TAIL_MAX &&
	       strchr(hung_on, password[end - 1]) != NULL)
		end--;
	if (end == n || end < 4)
		return false;
	memcpy(word, password, end);
	word[end] = '\0';
	return is_listed(word);
}

/* The name with a digit or two behind it is the name. */
static bool
is_name(const char *user, const char *password)
{
	size_t n = strlen(user);

	return n > 0 && strncasecmp(password, user, n) == 0 &&
	       text_length(password + n) < 3;
}

enum policy_fault
policy_fault(const char *user, const char *password, int least)
{
	if (text_length(password) < (size_t)least)
		return POLICY_SHORT;
	if (is_one_character(password))
		return POLICY_SAME;
	if (is_name(user, password))
		return POLICY_NAME;
	return is_common(password) ? POLICY_COMMON : POLICY_FINE;
}

const char *
policy_sentence(enum policy_fault fault)
{
	switch (fault) {
	case POLICY_SHORT:
		return N_("It has too few characters.");
	case POLICY_SAME:
		return N_("It is one character again and again.");
	case POLICY_NAME:
		return N_("It is the account's name.");
	case POLICY_COMMON:
		return N_("It is one of the passwords that are tried first.");
	case POLICY_FINE:
	case POLICY_FAULTS:
		break;
	}
	return "";
}

int
policy_check(const char *user, const char *password, int least)
{
	return policy_fault(user, password, least) == POLICY_FINE ? OK
	                                                          : ERR_INVALID;
}
