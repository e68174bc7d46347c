/* The signature over the audit's head, into a list outside the database's
 * folder first, then into the table: who rewrites the database cannot
 * rewrite what was already told elsewhere. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "db/base/log.h"
#include "db/store/audit.h"
#include "server/auth/auth.h"
#include "server/lib/seal.h"

int
sign_open(struct auth *auth)
{
	struct arena *a = arena_new();
	int flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC;
	int err;

	if (mkdir(auth->cfg->site_keys, 0700) != 0 && errno != EEXIST)
		log_error("keys-folder errno=%d", errno);
	err = secret_sign_open(seal_key_path(a, auth->cfg), &auth->key);
	if (err == OK) {
		auth->heads = open(seal_list_path(a, auth->cfg), flags, 0600);
		if (auth->heads < 0)
			err = ERR_IO;
	}
	arena_free(a);
	return err;
}

void
sign_head(struct auth *auth)
{
	char signature[SECRET_SIGNATURE + 1];
	struct audit_head head;
	int err = audit_head(&auth->system, &head);

	if (err == OK && head.seq <= auth->signed_seq)
		return;
	if (err == OK) {
		seal_sign(&auth->key, head.seq, head.hash, signature);
		err = seal_tell(auth->heads, head.seq, head.hash, signature);
	}
	if (err == OK)
		err = audit_sign_add(&auth->system, &head, signature);
	if (err == OK || err == ERR_EXISTS)
		auth->signed_seq = head.seq;
	else
		log_error("audit-head not signed error=%s", err_name(err));
}
