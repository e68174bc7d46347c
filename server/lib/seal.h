/*
 * Where the site's keys lie, and the signature over the audit's head: what
 * is signed, and the outside list of heads. liaison-auth signs, liaisonctl
 * verifies.
 */
#ifndef SERVER_LIB_SEAL_H
#define SERVER_LIB_SEAL_H

#include <stdbool.h>
#include <stdint.h>

#include "db/base/arena.h"
#include "db/base/config.h"
#include "db/base/secret.h"

/* In a: the secret key (its public half is this and ".pub"), and the
 * append-only list of heads, a line each: "seq hash signature". */
const char *seal_key_path(struct arena *a, const struct config *cfg);
const char *seal_list_path(struct arena *a, const struct config *cfg);
/* The key that seals what nobody but liaison-auth may read. */
const char *seal_secret_path(struct arena *a, const struct config *cfg);

/* The key that opens contacts of citizens (its public half, for whom they
 * are sealed, is this and ".pub"). */
const char *seal_contact_path(struct arena *a, const struct config *cfg);
/* And that half, for store_set_contact_key; "" when there is none. In a. */
const char *seal_contact_public(struct arena *a, const struct config *cfg);

void seal_sign(const struct secret_sign_key *key, int64_t seq, const char *hash,
               char out[SECRET_SIGNATURE + 1]);
/* A line of the list, on the disk when it returns. list is open for
 * appending. Errors: ERR_IO. */
int seal_tell(int list, int64_t seq, const char *hash,
              const char *signature) MUST_CHECK;
bool seal_verify(const char *public, int64_t seq, const char *hash,
                 const char *signature);

#endif
