/*
 * Data under a passphrase: the keys of a site, in a backup of it. What is
 * under it can be neither read nor changed by who does not know it.
 */
#ifndef DB_BASE_PASSPHRASE_H
#define DB_BASE_PASSPHRASE_H

#include <stddef.h>

#include "db/base/buf.h"
#include "db/base/err.h"

/* data under a passphrase (Argon2id, XSalsa20-Poly1305), appended to out:
 * about half a second and 256 MB. Errors: ERR_UNAVAILABLE (memory). */
int passphrase_lock(const char *passphrase, const void *data, size_t n,
                    struct buf *out) MUST_CHECK;
/* What was locked, appended to out; the caller wipes it. Errors: ERR_INVALID
 * (no such data), ERR_DENIED (another passphrase, or a byte was changed),
 * ERR_UNAVAILABLE. */
int passphrase_unlock(const char *passphrase, const void *data, size_t n,
                      struct buf *out) MUST_CHECK;

#endif
