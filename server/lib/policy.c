/* Nothing about digits and capitals: such rules make
 * people write passwords down. */
#include "server/lib/policy.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "db/base/text.h"

enum { LENGTH_MIN = 8 };

static const char *const common[] = {
    "12345678",  "123456789",  "1234567890", "87654321",   "11111111",
    "22222222",  "66666666",   "88888888",   "00000000",   "12341234",
    "password",  "password1",  "passw0rd",   "p@ssw0rd",   "qwertyui",
    "qwerty123", "1qaz2wsx",   "qazwsxedc",  "asdfghjkl",  "abcd1234",
    "a1234567",  "a12345678",  "aa123456",   "abc12345",   "1234abcd",
    "iloveyou",  "woaini1314", "5201314520", "woaini520",  "administrator",
    "liaison1",  "liaison123", "haining1",   "haining123", "changeme",
};

static bool
is_one_character(const char *s)
{
	return s[strspn(s, (char[]){s[0], '\0'})] == '\0';
}

int
policy_check(const char *user, const char *password)
{
	size_t n = strlen(user);

	if (text_length(password) < LENGTH_MIN || is_one_character(password))
		return ERR_INVALID;
	/* the name with a digit or two behind it is the name */
	if (n > 0 && strncasecmp(password, user, n) == 0 &&
	    text_length(password + n) < 3)
		return ERR_INVALID;
	for (size_t i = 0; i < COUNT(common); i++)
		if (strcasecmp(password, common[i]) == 0)
			return ERR_INVALID;
	return OK;
}
