#include "db/base/passphrase.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/arena.h"
#include "db/base/secret.h"

/* What stands in front: what it is, then salt and nonce. */
static const char lock_magic[] = "liaison-locked-1\n";
enum {
	LOCK_MAGIC = sizeof(lock_magic) - 1,
	LOCK_HEAD =
	    LOCK_MAGIC + crypto_pwhash_SALTBYTES + crypto_secretbox_NONCEBYTES
};

static int
lock_key(const char *passphrase, const unsigned char *salt,
         unsigned char key[crypto_secretbox_KEYBYTES])
{
	if (sodium_init() < 0 ||
	    crypto_pwhash(key, crypto_secretbox_KEYBYTES, passphrase,
	                  strlen(passphrase), salt,
	                  crypto_pwhash_OPSLIMIT_MODERATE,
	                  crypto_pwhash_MEMLIMIT_MODERATE,
	                  crypto_pwhash_ALG_ARGON2ID13) != 0)
		return ERR_UNAVAILABLE;
	return OK;
}

int
passphrase_lock(const char *passphrase, const void *data, size_t n,
                struct buf *out)
{
	unsigned char key[crypto_secretbox_KEYBYTES];
	unsigned char head[LOCK_HEAD];
	unsigned char *sealed;
	int err;

	memcpy(head, lock_magic, LOCK_MAGIC);
	secret_random(head + LOCK_MAGIC, LOCK_HEAD - LOCK_MAGIC);
	err = lock_key(passphrase, head + LOCK_MAGIC, key);
	if (err != OK)
		return err;
	sealed = xmalloc(n + crypto_secretbox_MACBYTES);
	crypto_secretbox_easy(sealed, data, n,
	                      head + LOCK_MAGIC + crypto_pwhash_SALTBYTES, key);
	buf_addn(out, head, LOCK_HEAD);
	buf_addn(out, sealed, n + crypto_secretbox_MACBYTES);
	free(sealed);
	secret_wipe(key, sizeof(key));
	return OK;
}

int
passphrase_unlock(const char *passphrase, const void *data, size_t n,
                  struct buf *out)
{
	const unsigned char *head = data;
	unsigned char key[crypto_secretbox_KEYBYTES];
	unsigned char *open;
	size_t size;
	int err;

	if (n < LOCK_HEAD + crypto_secretbox_MACBYTES ||
	    memcmp(head, lock_magic, LOCK_MAGIC) != 0)
		return ERR_INVALID;
	err = lock_key(passphrase, head + LOCK_MAGIC, key);
	if (err != OK)
		return err;
	size = n - LOCK_HEAD - crypto_secretbox_MACBYTES;
	open = xmalloc(size + 1);
	if (crypto_secretbox_open_easy(
		open, head + LOCK_HEAD, n - LOCK_HEAD,
		head + LOCK_MAGIC + crypto_pwhash_SALTBYTES, key) != 0)
		err = ERR_DENIED;
	else
		buf_addn(out, open, size);
	secret_wipe(open, size);
	free(open);
	secret_wipe(key, sizeof(key));
	return err;
}
