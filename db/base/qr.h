/*
 * QR codes as modules. The only user of libqrencode. Payloads are upper
 * case (A-Z 0-9 blank $%*+-./:), so that the alphanumeric mode keeps the
 * symbol small: an address with a token of 26 is version 3, 29 modules.
 */
#ifndef DB_BASE_QR_H
#define DB_BASE_QR_H

#include "db/base/arena.h"
#include "db/base/err.h"

enum { QR_TEXT_MAX = 200 }; /* bytes of payload */

/* *modules: size * size bytes in a, row by row, 1 is dark. No quiet zone.
 * Correction level M, or L when that keeps it at version 3.
 * Errors: ERR_INVALID (a byte outside the alphabet, or nothing),
 * ERR_TOO_LONG. */
int qr_make(struct arena *a, const char *text, int *size,
            const unsigned char **modules) MUST_CHECK;

/* The same for printable ASCII of any kind, such as otpauth addresses. */
int qr_make_text(struct arena *a, const char *text, int *size,
                 const unsigned char **modules) MUST_CHECK;

#endif
