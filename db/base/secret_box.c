/* Sealing for a key whose secret half is elsewhere. */
#include "db/base/secret_box.h"

#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

_Static_assert(SECRET_KEY == crypto_box_SEEDBYTES &&
                   SECRET_KEY == crypto_box_SECRETKEYBYTES &&
                   SECRET_HEX == crypto_box_PUBLICKEYBYTES * 2,
               "room for a key");
_Static_assert(SECRET_BOX_SEALED ==
                   (SECRET_BOX_TEXT + crypto_box_SEALBYTES) * 2 + 1,
               "room for a sealed text");

enum { PUBLIC = crypto_box_PUBLICKEYBYTES };

static void
ready(void)
{
	if (sodium_init() < 0) {
		(void)fputs("error random-source missing\n", stderr);
		exit(EX_OSERR);
	}
}

void
secret_box_of_seed(const unsigned char seed[SECRET_KEY],
                   struct secret_box_key *out)
{
	unsigned char public[PUBLIC];

	ready();
	memcpy(out->seed, seed, SECRET_KEY);
	(void)crypto_box_seed_keypair(public, out->secret, seed);
	sodium_bin2hex(out->public, sizeof(out->public), public,
	               sizeof(public));
}

int
secret_box_open(const char *path, struct secret_box_key *out)
{
	unsigned char seed[SECRET_KEY];
	bool made;
	int err = secret_key_open(path, seed, &made);

	if (err == OK)
		secret_box_of_seed(seed, out);
	if (err == OK && made)
		err = secret_public_write(path, out->public);
	secret_wipe(seed, sizeof(seed));
	return err;
}

/* crypto_box_seal with an ephemeral pair that follows from seed. */
static int
seal_again(unsigned char *out, const unsigned char *text, size_t n,
           const unsigned char *public, const unsigned char *seed)
{
	unsigned char nonce[crypto_box_NONCEBYTES], secret[SECRET_KEY];
	crypto_generichash_state hash;
	int rc;

	(void)crypto_box_seed_keypair(out, secret, seed);
	(void)crypto_generichash_init(&hash, NULL, 0, sizeof(nonce));
	(void)crypto_generichash_update(&hash, out, PUBLIC);
	(void)crypto_generichash_update(&hash, public, PUBLIC);
	(void)crypto_generichash_final(&hash, nonce, sizeof(nonce));
	rc = crypto_box_easy(out + PUBLIC, text, n, nonce, public, secret);
	secret_wipe(secret, sizeof(secret));
	return rc;
}

int
secret_box_seal(const char *public, const char *text, const unsigned char *seed,
                char out[SECRET_BOX_SEALED])
{
	unsigned char bytes[SECRET_BOX_TEXT + crypto_box_SEALBYTES];
	unsigned char padded[SECRET_BOX_TEXT + 1] = {0}, key[PUBLIC];
	size_t len = strlen(text), n, got;
	int rc;

	ready();
	if (len > SECRET_BOX_TEXT)
		return ERR_TOO_LONG;
	if (strlen(public) != SECRET_HEX ||
	    sodium_hex2bin(key, sizeof(key), public, SECRET_HEX, NULL, &got,
	                   NULL) != 0 ||
	    got != sizeof(key))
		return ERR_INVALID;
	memcpy(padded, text, len + 1);
	n = (len + SECRET_BOX_BLOCK - 1) / SECRET_BOX_BLOCK * SECRET_BOX_BLOCK;
	rc = seed == NULL ? crypto_box_seal(bytes, padded, n, key)
	                  : seal_again(bytes, padded, n, key, seed);
	secret_wipe(padded, sizeof(padded));
	if (rc != 0)
		return ERR_INVALID;
	sodium_bin2hex(out, SECRET_BOX_SEALED, bytes, n + crypto_box_SEALBYTES);
	return OK;
}

int
secret_box_unseal(const struct secret_box_key *key, const char *sealed,
                  char out[SECRET_BOX_TEXT + 1])
{
	unsigned char bytes[SECRET_BOX_TEXT + crypto_box_SEALBYTES];
	unsigned char text[SECRET_BOX_TEXT], public[PUBLIC];
	size_t len = strlen(sealed), got;

	ready();
	if (len >= SECRET_BOX_SEALED ||
	    sodium_hex2bin(bytes, sizeof(bytes), sealed, len, NULL, &got,
	                   NULL) != 0 ||
	    got * 2 != len || got < crypto_box_SEALBYTES)
		return ERR_INVALID;
	(void)crypto_scalarmult_base(public, key->secret);
	if (crypto_box_seal_open(text, bytes, got, public, key->secret) != 0)
		return ERR_INVALID;
	got -= crypto_box_SEALBYTES;
	memcpy(out, text, got);
	out[got] = '\0';
	secret_wipe(text, sizeof(text));
	return OK;
}
