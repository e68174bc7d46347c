#include "server/lib/seal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const char *
seal_key_path(struct arena *a, const struct config *cfg)
{
	return arena_printf(a, "%s/audit", cfg->site_keys);
}

const char *
seal_list_path(struct arena *a, const struct config *cfg)
{
	return arena_printf(a, "%s/audit-heads", cfg->site_keys);
}

const char *
seal_secret_path(struct arena *a, const struct config *cfg)
{
	return arena_printf(a, "%s/seal", cfg->site_keys);
}

const char *
seal_contact_path(struct arena *a, const struct config *cfg)
{
	return arena_printf(a, "%s/contact", cfg->site_keys);
}

const char *
seal_contact_public(struct arena *a, const struct config *cfg)
{
	char public[SECRET_HEX + 1];
	const char *path = arena_printf(a, "%s.pub", seal_contact_path(a, cfg));

	return secret_public_read(path, public) == OK ? arena_strdup(a, public)
	                                              : "";
}

enum { TEXT = 128 };

/* The purpose stands in front, so that no other signature of the same key
 * can ever be taken for one of a head. */
static size_t
text(char out[TEXT], int64_t seq, const char *hash)
{
	(void)snprintf(out, TEXT, "liaison audit %" PRId64 " %.64s", seq, hash);
	return strlen(out);
}

void
seal_sign(const struct secret_sign_key *key, int64_t seq, const char *hash,
          char out[SECRET_SIGNATURE + 1])
{
	char t[TEXT];

	secret_sign(key, t, text(t, seq, hash), out);
}

int
seal_tell(int list, int64_t seq, const char *hash, const char *signature)
{
	if (dprintf(list, "%" PRId64 " %s %s\n", seq, hash, signature) < 0 ||
	    fdatasync(list) != 0)
		return ERR_IO;
	return OK;
}

bool
seal_verify(const char *public, int64_t seq, const char *hash,
            const char *signature)
{
	char t[TEXT];

	return secret_sign_verify(public, t, text(t, seq, hash), signature);
}
