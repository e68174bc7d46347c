/*
 * Randomness, hashes, passwords and signatures: libsodium, wrapped. Secrets
 * are wiped by who holds them and compared in constant time.
 */
#ifndef DB_BASE_SECRET_H
#define DB_BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/base/err.h"

enum {
	SECRET_TOKEN = 26, /* base32 characters, 130 random bits */
	SECRET_SHORT = 6,  /* characters of a code that people type */
	SECRET_HEX = 64,   /* hexadecimal digits of a 32 byte hash or key */
	SECRET_KEY = 32,   /* bytes of a key of secret_keyed_hash */
	SECRET_SIGNATURE = 128, /* hexadecimal digits */
	SECRET_PASSWORD = 128   /* room for a password's hash, with its NUL */
};

/* Letters and digits of short codes: nothing that reads like another. */
extern const char secret_short_letters[];

void secret_random(void *out, size_t n);
/* A uniform number below n; n at least 1. */
unsigned secret_below(unsigned n);
/* A token for an address: A-Z and 2-7. */
void secret_token(char out[SECRET_TOKEN + 1]);
/* A code to type: letters of secret_short_letters. */
void secret_short(char out[SECRET_SHORT + 1]);

/* SHA-256, in hexadecimal. */
void secret_sha256(const void *data, size_t n, char out[SECRET_HEX + 1]);
/* The same of what comes bit by bit. */
struct secret_hash {
	uint64_t state[16]; /* libsodium's */
};
void secret_hash_begin(struct secret_hash *h);
void secret_hash_add(struct secret_hash *h, const void *data, size_t n);
void secret_hash_end(struct secret_hash *h, char out[SECRET_HEX + 1]);
/* And in base64, as a browser's content policy wants it. */
enum { SECRET_BASE64 = 44 };
void secret_sha256_base64(const void *data, size_t n,
                          char out[SECRET_BASE64 + 1]);
/* A key from its hexadecimal digits. Errors: ERR_INVALID. */
int secret_key_of(const char *hex, unsigned char out[SECRET_KEY]) MUST_CHECK;
/* HMAC-SHA-256, in hexadecimal: only who has key can compute it. */
void secret_keyed_hash(const unsigned char key[SECRET_KEY], const void *data,
                       size_t n, char out[SECRET_HEX + 1]);

/* The signature that a chat's callback carries: base64 of HMAC-SHA-256 of
 * "timestamp newline key" by key. out holds SECRET_CALLBACK bytes. Source:
 * the public DingTalk robot documentation. */
enum { SECRET_CALLBACK = 45 };
void secret_callback_sign(const char *key, const char *timestamp,
                          char out[SECRET_CALLBACK]);

/* Argon2id, t=3 and 64 MiB: about 100 ms and 66 MB, so only liaison-auth's
 * workers, the demo and tests call these. Errors: ERR_UNAVAILABLE (memory). */
int secret_password_hash(const char *password,
                         char out[SECRET_PASSWORD]) MUST_CHECK;
/* hash "" never fits and takes no time; see secret_password_waste. */
bool secret_password_verify(const char *hash, const char *password);
/* Take as long as verifying: for a user that does not exist. */
void secret_password_waste(const char *password);

/* Read a key from path; made by the first call, 0600. *made: it was. And its
 * public half, in hexadecimal, beside it in path with ".pub".
 * Errors: ERR_IO, ERR_INVALID (not a key). */
int secret_key_open(const char *path, unsigned char out[SECRET_KEY],
                    bool *made) MUST_CHECK;
int secret_public_write(const char *path, const char *public) MUST_CHECK;

/* ed25519. The secret key is kept as hexadecimal of its seed. */
struct secret_sign_key {
	unsigned char secret[64];
	char public[SECRET_HEX + 1]; /* hexadecimal */
};
/* Read the key from path (and its public half from path with ".pub"); made
 * by the first call, 0600. Errors: ERR_IO, ERR_INVALID (not a key). */
int secret_sign_open(const char *path, struct secret_sign_key *out) MUST_CHECK;
/* Read a public key from its file. Errors: ERR_IO, ERR_INVALID. */
int secret_public_read(const char *path, char out[SECRET_HEX + 1]) MUST_CHECK;
void secret_sign(const struct secret_sign_key *key, const void *data, size_t n,
                 char out[SECRET_SIGNATURE + 1]);
bool secret_sign_verify(const char *public, const void *data, size_t n,
                        const char *signature);

/* A key that seals short texts: authenticated encryption (XChaCha20 with
 * Poly1305), so that a text sealed about one thing opens for no other. */
enum { SECRET_SEALED_TEXT = 64, SECRET_SEALED = 209 }; /* with its NUL */
struct secret_seal_key {
	unsigned char secret[SECRET_KEY];
};
/* Read the key from path; made by the first call, 0600.
 * Errors: ERR_IO, ERR_INVALID (not a key). */
int secret_seal_open(const char *path, struct secret_seal_key *out) MUST_CHECK;
/* text of at most SECRET_SEALED_TEXT bytes, in hexadecimal. about: what it
 * belongs to. Errors: ERR_TOO_LONG. */
int secret_seal(const struct secret_seal_key *key, const char *about,
                const char *text, char out[SECRET_SEALED]) MUST_CHECK;
/* Errors: ERR_INVALID (not sealed by this key about this). */
int secret_unseal(const struct secret_seal_key *key, const char *about,
                  const char *sealed,
                  char out[SECRET_SEALED_TEXT + 1]) MUST_CHECK;

/* Constant time in n. */
bool secret_equal(const void *a, const void *b, size_t n);
/* Strings; time depends on b's length only. */
bool secret_equal_text(const char *a, const char *b);
void secret_wipe(void *p, size_t n);

#endif
