/* What a telephone would show. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/clock.h"
#include "db/base/otp.h"
#include "tests/e2e/command.h"

/* A step that ends before the code was typed would make it another one. */
enum { SPARE_S = 4, SECRET_MAX = 64 };

/* As a person reads it off the screen: in groups. */
static bool
join(const char *text, char out[SECRET_MAX])
{
	size_t n = 0;

	for (; *text != '\0' && n + 1 < SECRET_MAX; text++)
		if (*text != ' ')
			out[n++] = *text;
	out[n] = '\0';
	return otp_is_secret(out);
}

static int64_t
left_s(void)
{
	return OTP_STEP_S - clock_now().s % OTP_STEP_S;
}

bool
cmd_code(struct drive *d, const struct word *words, int count)
{
	char secret[SECRET_MAX], code[OTP_DIGITS + 1];
	int64_t off = count > 3 ? strtol(words[3].text, NULL, 10) : 0;
	int64_t deadline = now_ms() + SPARE_S * 1000;

	if (!join(words[2].text, secret))
		return fail(d, "\"%s\" is no secret", words[2].text);
	while (left_s() <= SPARE_S && left_ms(deadline) > 0)
		(void)loop_step(&d->loop, left_ms(deadline));
	if (otp_code(secret, clock_now().s / OTP_STEP_S + off, code) != OK)
		return fail(d, "no code of \"%s\"", words[2].text);
	return drive_set(d, words[1].text, code);
}
