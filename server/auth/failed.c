/*
 * Failed sign-ins in the audit: one row a source and minute, with how many.
 * Neither names nor passwords that were tried are written anywhere: people
 * type one in place of the other. The list is bounded; who finds no place in
 * it is counted under the source "other".
 */
#include <stdio.h>
#include <string.h>

#include "db/base/json.h"
#include "db/base/log.h"
#include "db/store/audit.h"
#include "server/auth/auth.h"

void
failed_add(struct auth *auth, const char *address)
{
	struct failed *f = auth->failed;

	while (f->count > 0 && strcmp(f->address, address) != 0)
		if (++f == auth->failed + FAILED_SOURCES) {
			address = "other";
			f--;
			break;
		}
	(void)snprintf(f->address, sizeof(f->address), "%s", address);
	f->count++;
}

static int
write_row(struct auth *auth, const struct failed *f)
{
	struct json *detail = json_new_object();
	struct arena *a = arena_new();
	int err;

	json_set_text(detail, "source", f->address);
	json_set_int(detail, "count", f->count);
	err = audit_add(&auth->system, 0, "sign_in.failed",
	                json_print(detail, a));
	json_free(detail);
	arena_free(a);
	return err;
}

void
failed_write(struct auth *auth)
{
	int err = OK;

	if (auth->failed[0].count == 0)
		return;
	if (store_begin(auth->store) == OK) {
		for (int i = 0; i < FAILED_SOURCES && err == OK; i++)
			if (auth->failed[i].count > 0)
				err = write_row(auth, &auth->failed[i]);
		if (err == OK)
			err = store_commit(auth->store);
		else
			store_rollback(auth->store);
		if (err == OK) {
			memset(auth->failed, 0, sizeof(auth->failed));
			return;
		}
	}
	/* they are written with those of the next minute */
	log_error("failed-sign-ins not written");
}
