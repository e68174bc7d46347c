/* Codes by time, and codes on paper. */
#include "db/base/otp.h"

#include <stdlib.h>
#include <string.h>

#include <liboath/oath.h>

#include "db/base/secret.h"

enum { SECRET_BYTES = 16, GROUP = 4 };

static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

int
otp_secret(char out[OTP_SECRET + 1])
{
	unsigned char bytes[SECRET_BYTES];
	char *text = NULL;
	size_t n = 0;
	int err = ERR_UNAVAILABLE;

	secret_random(bytes, sizeof(bytes));
	if (oath_base32_encode((const char *)bytes, sizeof(bytes), &text, &n) ==
	        OATH_OK &&
	    n >= OTP_SECRET) {
		/* telephones want it without the '=' that fill it up */
		memcpy(out, text, OTP_SECRET);
		out[OTP_SECRET] = '\0';
		err = OK;
	}
	secret_wipe(bytes, sizeof(bytes));
	if (text != NULL)
		secret_wipe(text, n);
	free(text);
	return err;
}

bool
otp_is_secret(const char *text)
{
	size_t n = strlen(text);

	return n >= OTP_SECRET && n <= OTP_SECRET_MAX &&
	       strspn(text, base32) == n;
}

bool
otp_is_code(const char *text)
{
	return strlen(text) == OTP_DIGITS &&
	       strspn(text, "0123456789") == OTP_DIGITS;
}

static int
decode(const char *secret, char **bytes, size_t *n)
{
	if (!otp_is_secret(secret))
		return ERR_INVALID;
	if (oath_base32_decode(secret, strlen(secret), bytes, n) != OATH_OK)
		return ERR_INVALID;
	return OK;
}

static int
code_of(const char *bytes, size_t n, int64_t step, char out[OTP_DIGITS + 1])
{
	if (step < 0 ||
	    oath_hotp_generate(bytes, n, (uint64_t)step, OTP_DIGITS, false,
	                       OATH_HOTP_DYNAMIC_TRUNCATION, out) != OATH_OK)
		return ERR_INVALID;
	return OK;
}

int
otp_code(const char *secret, int64_t step, char out[OTP_DIGITS + 1])
{
	char *bytes = NULL;
	size_t n = 0;
	int err = decode(secret, &bytes, &n);

	if (err == OK) {
		err = code_of(bytes, n, step, out);
		secret_wipe(bytes, n);
		free(bytes);
	}
	return err;
}

int
otp_verify(const char *secret, const char *code, int64_t now_s, int64_t used,
           int64_t *step)
{
	int64_t now = now_s / OTP_STEP_S, found = -1;
	char *bytes = NULL;
	size_t n = 0;
	int err = decode(secret, &bytes, &n);

	if (err != OK)
		return err;
	for (int64_t s = now - OTP_SKEW; s <= now + OTP_SKEW; s++) {
		char right[OTP_DIGITS + 1];

		if (code_of(bytes, n, s, right) == OK && otp_is_code(code) &&
		    secret_equal(right, code, OTP_DIGITS) && s > used &&
		    found < 0)
			found = s;
		secret_wipe(right, sizeof(right));
	}
	secret_wipe(bytes, n);
	free(bytes);
	if (found < 0)
		return ERR_DENIED;
	*step = found;
	return OK;
}

void
otp_recovery(char out[OTP_RECOVERY_CODE + 1])
{
	unsigned letters = (unsigned)strlen(secret_short_letters);

	for (int i = 0; i < OTP_RECOVERY_CODE; i++)
		out[i] = i == GROUP
		             ? '-'
		             : secret_short_letters[secret_below(letters)];
	out[OTP_RECOVERY_CODE] = '\0';
}

bool
otp_recovery_fold(const char *text, char out[OTP_RECOVERY_CODE + 1])
{
	size_t n = 0;

	for (; *text != '\0'; text++) {
		char ch = *text;

		if (ch == '-' || ch == ' ')
			continue;
		if (ch >= 'a' && ch <= 'z')
			ch = (char)(ch - 'a' + 'A');
		if (n == OTP_RECOVERY_CODE - 1 ||
		    strchr(secret_short_letters, ch) == NULL)
			return false;
		out[n++] = ch;
	}
	out[n] = '\0';
	return n == OTP_RECOVERY_CODE - 1;
}
