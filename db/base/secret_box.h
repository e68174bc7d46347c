/*
 * A pair of keys that seals short texts: whoever has the public one seals,
 * only who has the secret one opens (X25519, XSalsa20 with Poly1305:
 * crypto_box_seal of libsodium).
 */
#ifndef DB_BASE_SECRET_BOX_H
#define DB_BASE_SECRET_BOX_H

#include "db/base/err.h"
#include "db/base/secret.h"

enum {
	SECRET_BOX_BLOCK = 64,  /* a sealed text tells its length by these */
	SECRET_BOX_TEXT = 192,  /* bytes of a text, without its NUL */
	SECRET_BOX_SEALED = 481 /* hexadecimal digits with their NUL */
};

struct secret_box_key {
	unsigned char seed[SECRET_KEY]; /* for keyed hashes */
	unsigned char secret[SECRET_KEY];
	char public[SECRET_HEX + 1]; /* hexadecimal */
};
/* Read the key from path (and its public half from path with ".pub"); made
 * by the first call, 0600. Errors: ERR_IO, ERR_INVALID (not a key). */
int secret_box_open(const char *path, struct secret_box_key *out) MUST_CHECK;
/* The key of that seed, of tests. */
void secret_box_of_seed(const unsigned char seed[SECRET_KEY],
                        struct secret_box_key *out);

/* text, in hexadecimal. seed (NULL: chance): sealing it again gives the same,
 * for the demo. Errors: ERR_TOO_LONG, ERR_INVALID (not a key). */
int secret_box_seal(const char *public, const char *text,
                    const unsigned char *seed,
                    char out[SECRET_BOX_SEALED]) MUST_CHECK;
/* Errors: ERR_INVALID (not sealed for this key). */
int secret_box_unseal(const struct secret_box_key *key, const char *sealed,
                      char out[SECRET_BOX_TEXT + 1]) MUST_CHECK;

#endif
