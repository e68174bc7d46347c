/*
 * One-time codes by time (RFC 6238, SHA-1, 6 digits, 30 seconds), as the
 * programs on people's telephones make them: liboath, wrapped. What a second
 * factor may be asked and what may be done with it stands here as well,
 * because every process between a person and liaison-auth speaks of it.
 */
#ifndef DB_BASE_OTP_H
#define DB_BASE_OTP_H

#include <stdbool.h>
#include <stdint.h>

#include "db/base/err.h"

enum {
	OTP_SECRET = 26,     /* base32 characters of 16 random bytes */
	OTP_SECRET_MAX = 32, /* of the 20 bytes that others may use */
	OTP_DIGITS = 6,
	OTP_STEP_S = 30,
	OTP_SKEW = 1,         /* steps that a telephone's clock may be off */
	OTP_RECOVERY = 10,    /* codes on paper, each good once */
	OTP_RECOVERY_CODE = 9 /* "7K2M-9QPW" */
};

/* Whether an account has to show its second factor. */
enum otp_need {
	OTP_NONE,  /* no */
	OTP_SHOW,  /* yes, it has one */
	OTP_ENROL, /* its office needs one and there is none yet */
	OTP_NEEDS
};

/* What is done with an account's second factor, by the account itself. */
enum otp_act {
	OTP_ACT_SHOW,  /* a code: of the telephone, or one on paper */
	OTP_ACT_ENROL, /* a secret and its code; new recovery codes */
	OTP_ACT_RENEW, /* a code; new recovery codes */
	OTP_ACT_DROP,  /* a code; no second factor from now on */
	OTP_ACTS
};

/* A new secret, as A-Z and 2-7. Errors: ERR_UNAVAILABLE. */
int otp_secret(char out[OTP_SECRET + 1]) MUST_CHECK;
/* 26 to 32 characters of base32. */
bool otp_is_secret(const char *text);
/* Six digits. */
bool otp_is_code(const char *text);
/* The code of a step (seconds UTC / OTP_STEP_S). Errors: ERR_INVALID. */
int otp_code(const char *secret, int64_t step,
             char out[OTP_DIGITS + 1]) MUST_CHECK;
/* Is code that of secret at now_s, OTP_SKEW steps around, and of a step
 * after used? Then *step is its step. Takes as long for every code.
 * Errors: ERR_DENIED, ERR_INVALID (the secret). */
int otp_verify(const char *secret, const char *code, int64_t now_s,
               int64_t used, int64_t *step) MUST_CHECK;

/* A recovery code, and the form in which it is compared: capital letters
 * and digits without what parts them. false: text is none. */
void otp_recovery(char out[OTP_RECOVERY_CODE + 1]);
bool otp_recovery_fold(const char *text, char out[OTP_RECOVERY_CODE + 1]);

#endif
