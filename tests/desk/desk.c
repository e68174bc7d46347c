/*
 * desk DATABASE KEY.pub ACCOUNT NAME TELEPHONE: an opinion with a contact,
 * written down by that account, for scenes; prints its number.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "db/account.h"
#include "db/contact.h"
#include "db/opinion.h"
#include "db/store/store.h"
#include "server/lib/wake.h"

/* As every program that writes does. */
static void
on_commit(void *data, uint64_t kinds, int64_t unit)
{
	wake_send(data, kinds, unit);
}

static int
enter(struct store *store, char *database, const char *const *words,
      struct opinion_id *id)
{
	const struct contact_entry contact = {words[1], words[2]};
	struct arena *a = arena_new();
	struct account account;
	struct opinion entry;
	struct ctx system, c;
	int err;

	ctx_init_system(&system, store);
	err = account_named(&system, a, words[0], &account);
	if (err == OK)
		err = ctx_open(&c, store, account.id.v, 0);
	if (err == OK) {
		c.committed = on_commit;
		c.committed_data = database;
		opinion_default(&c, &entry);
		entry.body = "周家浜桥头到村口一段路灯坏了半个月。";
		entry.contact = &contact;
		err = opinion_add(&c, &entry, false, NULL, id);
	}
	arena_free(a);
	return err;
}

int
main(int argc, char **argv)
{
	char public[SECRET_HEX + 1];
	struct opinion_id id;
	struct store *store;
	int err = ERR_USAGE;

	if (argc == 6)
		err = secret_public_read(argv[2], public);
	if (err == OK)
		err = clock_zone("Asia/Shanghai");
	if (err == OK)
		err = store_open(argv[1], STORE_EXISTING, &store);
	if (err == OK) {
		store_set_contact_key(store, public);
		err = enter(store, argv[1], (const char *const *)argv + 3, &id);
		store_close(store);
	}
	if (err != OK) {
		(void)fprintf(stderr, "desk: %s\n", err_name(err));
		return 1;
	}
	(void)printf("%" PRId64 "\n", id.v);
	return 0;
}
