/* libsodium, wrapped; with secret_box.c and passphrase.c all that includes
 * sodium.h. */
#include "db/base/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

_Static_assert(SECRET_PASSWORD >= crypto_pwhash_STRBYTES, "room for a hash");
_Static_assert(sizeof(((struct secret_sign_key *)0)->secret) ==
                   crypto_sign_SECRETKEYBYTES,
               "room for a key");
_Static_assert(sizeof(((struct secret_hash *)0)->state) >=
                   sizeof(crypto_hash_sha256_state),
               "room for a state");

const char secret_short_letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

enum { PASSWORD_TIMES = 3, PASSWORD_MEMORY = 64 << 20 };

/* What secret_password_waste verifies against: nobody's password. */
static const char nobody[SECRET_PASSWORD] =
    "$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA"
    "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

static void
ready(void)
{
	if (sodium_init() < 0) {
		(void)fputs("error random-source missing\n", stderr);
		exit(EX_OSERR);
	}
}

void
secret_random(void *out, size_t n)
{
	ready();
	randombytes_buf(out, n);
}

unsigned
secret_below(unsigned n)
{
	ready();
	return randombytes_uniform(n);
}

/* Five bits of a byte choose a letter; both alphabets have 32. */
static void
letters(char *out, size_t n, const char *alphabet)
{
	secret_random(out, n);
	for (size_t i = 0; i < n; i++)
		out[i] = alphabet[(unsigned char)out[i] & 31];
	out[n] = '\0';
}

void
secret_token(char out[SECRET_TOKEN + 1])
{
	letters(out, SECRET_TOKEN, base32);
}

void
secret_short(char out[SECRET_SHORT + 1])
{
	letters(out, SECRET_SHORT, secret_short_letters);
}

void
secret_sha256(const void *data, size_t n, char out[SECRET_HEX + 1])
{
	unsigned char hash[crypto_hash_sha256_BYTES];

	ready();
	crypto_hash_sha256(hash, data, n);
	sodium_bin2hex(out, SECRET_HEX + 1, hash, sizeof(hash));
}

/* The state passes through one of libsodium's own kind: no pointer of ours
 * is taken for one of theirs. */
void
secret_hash_begin(struct secret_hash *h)
{
	crypto_hash_sha256_state state;

	ready();
	crypto_hash_sha256_init(&state);
	memcpy(h->state, &state, sizeof(state));
}

void
secret_hash_add(struct secret_hash *h, const void *data, size_t n)
{
	crypto_hash_sha256_state state;

	memcpy(&state, h->state, sizeof(state));
	crypto_hash_sha256_update(&state, data, n);
	memcpy(h->state, &state, sizeof(state));
}

void
secret_hash_end(struct secret_hash *h, char out[SECRET_HEX + 1])
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_state state;

	memcpy(&state, h->state, sizeof(state));
	crypto_hash_sha256_final(&state, hash);
	sodium_bin2hex(out, SECRET_HEX + 1, hash, sizeof(hash));
}

void
secret_sha256_base64(const void *data, size_t n, char out[SECRET_BASE64 + 1])
{
	unsigned char hash[crypto_hash_sha256_BYTES];

	ready();
	crypto_hash_sha256(hash, data, n);
	sodium_bin2base64(out, SECRET_BASE64 + 1, hash, sizeof(hash),
	                  sodium_base64_VARIANT_ORIGINAL);
}

int
secret_key_of(const char *hex, unsigned char out[SECRET_KEY])
{
	size_t n = 0;
	const char *end = NULL;

	ready();
	if (sodium_hex2bin(out, SECRET_KEY, hex, strlen(hex), NULL, &n, &end) !=
	        0 ||
	    n != SECRET_KEY || *end != '\0')
		return ERR_INVALID;
	return OK;
}

void
secret_keyed_hash(const unsigned char key[SECRET_KEY], const void *data,
                  size_t n, char out[SECRET_HEX + 1])
{
	unsigned char hash[crypto_auth_hmacsha256_BYTES];

	ready();
	crypto_auth_hmacsha256(hash, data, n, key);
	sodium_bin2hex(out, SECRET_HEX + 1, hash, sizeof(hash));
}

void
secret_callback_sign(const char *key, const char *timestamp,
                     char out[SECRET_CALLBACK])
{
	crypto_auth_hmacsha256_state state;
	unsigned char mac[crypto_auth_hmacsha256_BYTES];
	size_t n = strlen(key);

	crypto_auth_hmacsha256_init(&state, (const unsigned char *)key, n);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)timestamp,
	                              strlen(timestamp));
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)"\n", 1);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)key, n);
	crypto_auth_hmacsha256_final(&state, mac);
	sodium_bin2base64(out, SECRET_CALLBACK, mac, sizeof(mac),
	                  sodium_base64_VARIANT_ORIGINAL);
	secret_wipe(&state, sizeof(state));
}

int
secret_password_hash(const char *password, char out[SECRET_PASSWORD])
{
	char hash[crypto_pwhash_STRBYTES];

	ready();
	if (crypto_pwhash_str_alg(hash, password, strlen(password),
	                          PASSWORD_TIMES, PASSWORD_MEMORY,
	                          crypto_pwhash_ALG_ARGON2ID13) != 0)
		return ERR_UNAVAILABLE;
	memcpy(out, hash, sizeof(hash));
	return OK;
}

bool
secret_password_verify(const char *hash, const char *password)
{
	char full[SECRET_PASSWORD] = ""; /* sodium reads all of it */
	size_t n = strlen(hash);

	ready();
	if (n == 0 || n >= sizeof(full))
		return false;
	memcpy(full, hash, n);
	return crypto_pwhash_str_verify(full, password, strlen(password)) == 0;
}

void
secret_password_waste(const char *password)
{
	(void)secret_password_verify(nobody, password);
}

/* The first line of path. Errors: ERR_NOT_FOUND, ERR_IO. */
static int
read_line(const char *path, char *out, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return errno == ENOENT ? ERR_NOT_FOUND : ERR_IO;
	n = read(fd, out, size - 1);
	(void)close(fd);
	if (n < 0)
		return ERR_IO;
	out[n] = '\0';
	out[strcspn(out, "\n")] = '\0';
	return OK;
}

static int
write_line(const char *path, unsigned mode, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	int err = OK;

	if (fd < 0)
		return ERR_IO;
	if (dprintf(fd, "%s\n", text) < 0 || fsync(fd) != 0)
		err = ERR_IO;
	if (close(fd) != 0)
		err = ERR_IO;
	return err;
}

static int
from_hex(const char *hex, unsigned char *out, size_t n)
{
	size_t got;

	if (strlen(hex) != n * 2 ||
	    sodium_hex2bin(out, n, hex, n * 2, NULL, &got, NULL) != 0 ||
	    got != n)
		return ERR_INVALID;
	return OK;
}

static void
key_of_seed(const unsigned char *seed, struct secret_sign_key *out)
{
	unsigned char public[crypto_sign_PUBLICKEYBYTES];

	crypto_sign_seed_keypair(public, out->secret, seed);
	sodium_bin2hex(out->public, sizeof(out->public), public,
	               sizeof(public));
}

int
secret_key_open(const char *path, unsigned char out[SECRET_KEY], bool *made)
{
	unsigned char key[SECRET_KEY];
	char line[SECRET_HEX + 2];
	int err;

	ready();
	err = read_line(path, line, sizeof(line));
	*made = err == ERR_NOT_FOUND;
	if (err == OK)
		err = from_hex(line, key, sizeof(key));
	if (*made) {
		randombytes_buf(key, sizeof(key));
		sodium_bin2hex(line, sizeof(line), key, sizeof(key));
		err = write_line(path, 0600, line);
	}
	if (err == OK)
		memcpy(out, key, sizeof(key));
	secret_wipe(key, sizeof(key));
	secret_wipe(line, sizeof(line));
	return err;
}

int
secret_public_write(const char *path, const char *public)
{
	char pub[PATH_MAX];

	if (snprintf(pub, sizeof(pub), "%s.pub", path) >= (int)sizeof(pub))
		return ERR_IO;
	(void)unlink(pub); /* of a key that is gone */
	return write_line(pub, 0644, public);
}

int
secret_sign_open(const char *path, struct secret_sign_key *out)
{
	unsigned char seed[SECRET_KEY];
	bool made;
	int err = secret_key_open(path, seed, &made);

	if (err == OK)
		key_of_seed(seed, out);
	if (err == OK && made)
		err = secret_public_write(path, out->public);
	secret_wipe(seed, sizeof(seed));
	return err;
}

int
secret_seal_open(const char *path, struct secret_seal_key *out)
{
	bool made;

	return secret_key_open(path, out->secret, &made);
}

enum {
	NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	SEALED_BYTES = NONCE + SECRET_SEALED_TEXT + TAG
};

int
secret_seal(const struct secret_seal_key *key, const char *about,
            const char *text, char out[SECRET_SEALED])
{
	unsigned char bytes[SEALED_BYTES];
	unsigned long long n;
	size_t len = strlen(text);

	if (len > SECRET_SEALED_TEXT)
		return ERR_TOO_LONG;
	ready();
	randombytes_buf(bytes, NONCE);
	(void)crypto_aead_xchacha20poly1305_ietf_encrypt(
	    bytes + NONCE, &n, (const unsigned char *)text, len,
	    (const unsigned char *)about, strlen(about), NULL, bytes,
	    key->secret);
	sodium_bin2hex(out, SECRET_SEALED, bytes, NONCE + (size_t)n);
	return OK;
}

int
secret_unseal(const struct secret_seal_key *key, const char *about,
              const char *sealed, char out[SECRET_SEALED_TEXT + 1])
{
	unsigned char bytes[SEALED_BYTES], text[SECRET_SEALED_TEXT];
	unsigned long long n;
	size_t len = strlen(sealed), got;

	ready();
	if (len > sizeof(bytes) * 2 ||
	    sodium_hex2bin(bytes, sizeof(bytes), sealed, len, NULL, &got,
	                   NULL) != 0 ||
	    got * 2 != len || got < NONCE + TAG ||
	    crypto_aead_xchacha20poly1305_ietf_decrypt(
		text, &n, NULL, bytes + NONCE, got - NONCE,
		(const unsigned char *)about, strlen(about), bytes,
		key->secret) != 0)
		return ERR_INVALID;
	memcpy(out, text, (size_t)n);
	out[n] = '\0';
	secret_wipe(text, sizeof(text));
	return OK;
}

int
secret_public_read(const char *path, char out[SECRET_HEX + 1])
{
	unsigned char key[crypto_sign_PUBLICKEYBYTES];
	char line[SECRET_HEX + 2];
	int err = read_line(path, line, sizeof(line));

	ready();
	if (err != OK)
		return ERR_IO;
	err = from_hex(line, key, sizeof(key));
	if (err == OK)
		memcpy(out, line, SECRET_HEX + 1);
	return err;
}

void
secret_sign(const struct secret_sign_key *key, const void *data, size_t n,
            char out[SECRET_SIGNATURE + 1])
{
	unsigned char signature[crypto_sign_BYTES];

	ready();
	crypto_sign_detached(signature, NULL, data, n, key->secret);
	sodium_bin2hex(out, SECRET_SIGNATURE + 1, signature, sizeof(signature));
}

bool
secret_sign_verify(const char *public, const void *data, size_t n,
                   const char *signature)
{
	unsigned char key[crypto_sign_PUBLICKEYBYTES], bytes[crypto_sign_BYTES];

	ready();
	return from_hex(public, key, sizeof(key)) == OK &&
	       from_hex(signature, bytes, sizeof(bytes)) == OK &&
	       crypto_sign_verify_detached(bytes, data, n, key) == 0;
}

bool
secret_equal(const void *a, const void *b, size_t n)
{
	return sodium_memcmp(a, b, n) == 0;
}

bool
secret_equal_text(const char *a, const char *b)
{
	size_t n = strlen(b);

	return strlen(a) == n && secret_equal(a, b, n);
}

void
secret_wipe(void *p, size_t n)
{
	explicit_bzero(p, n);
}
