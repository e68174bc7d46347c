/* A copy of the site, made while people work; it is whole or not there. */
#include <fcntl.h>
#include <unistd.h>

#include "db/attachment_files.h"
#include "db/base/i18n.h"
#include "db/base/secret.h"
#include "db/store/audit.h"
#include "server/ctl/ctl.h"
#include "server/lib/seal.h"

static int
must_not_exist(struct ctl *ctl, const char *path)
{
	if (access(path, F_OK) != 0)
		return OK;
	ctl_say(ctl, _("%s exists already and is not overwritten."), path);
	return ERR_EXISTS;
}

/* The head is signed at every backup, so that the copy can be proven. A
 * site without its key is copied all the same: the warning says so. */
static int
sign_head(struct ctl *ctl)
{
	const char *path = seal_key_path(ctl->a, ctl->cfg);
	char signature[SECRET_SIGNATURE + 1];
	struct secret_sign_key key;
	struct audit_head head;
	int list, err = ERR_NOT_FOUND;

	if (access(path, R_OK) == 0)
		err = secret_sign_open(path, &key);
	if (err != OK) {
		ctl_say(ctl, _("%s cannot be read: the copy is not signed."),
		        path);
		return OK;
	}
	list = open(seal_list_path(ctl->a, ctl->cfg),
	            O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	err = list >= 0 ? audit_head(&ctl->c, &head) : ERR_IO;
	if (err == OK && head.seq > 0) {
		seal_sign(&key, head.seq, head.hash, signature);
		err = seal_tell(list, head.seq, head.hash, signature);
		if (err == OK)
			err = audit_sign_add(&ctl->c, &head, signature);
	}
	if (list >= 0)
		(void)close(list);
	secret_wipe(&key, sizeof(key));
	return err;
}

static void
missing(void *data, const char *rule, const char *text)
{
	(void)rule;
	ctl_say(data, "%s", text);
}

/* What stands beside the database goes into the copy. What is missing there
 * keeps nobody from having a copy of the rest: the warning says so. */
static int
pack_files(struct ctl *ctl, const char *part)
{
	struct store *copy;
	struct ctx c;
	int err = store_open(part, STORE_EXISTING, &copy);

	if (err != OK)
		return err;
	ctx_init_system(&c, copy);
	err = files_pack(&c, store_path(ctl->c.store), missing, ctl);
	if (err == ERR_STORE)
		ctl_say(ctl, "%s: %s", part, store_why(copy));
	store_close(copy);
	return err;
}

static void
remove_part(struct ctl *ctl, const char *part)
{
	static const char *const ends[] = {"", "-wal", "-shm", "-lock"};

	for (size_t i = 0; i < COUNT(ends); i++)
		(void)unlink(arena_printf(ctl->a, "%s%s", part, ends[i]));
}

static int
copy_database(struct ctl *ctl, const char *file)
{
	const char *part = arena_printf(ctl->a, "%s.part", file);
	int err;

	remove_part(ctl, part); /* of one that was interrupted */
	err = store_backup(ctl->c.store, part);
	if (err == OK)
		err = pack_files(ctl, part);
	if (err == OK)
		err = ctl_sync(ctl, part);
	if (err == OK)
		err = ctl_move_new(ctl, part, file);
	remove_part(ctl, part);
	return err;
}

int
ctl_backup(struct ctl *ctl)
{
	bool with_keys = ctl_flag(ctl, "--with-keys");
	const char *file, *keys;
	int err;

	if (!ctl_words(ctl, 1, 1))
		return ERR_USAGE;
	file = ctl->words[0];
	keys = arena_printf(ctl->a, "%s.keys", file);
	err = must_not_exist(ctl, file);
	if (err == OK && with_keys)
		err = must_not_exist(ctl, keys);
	if (err == OK)
		err = sign_head(ctl);
	if (err == OK && with_keys)
		err = ctl_keys_save(ctl, keys);
	if (err != OK)
		return err;
	err = copy_database(ctl, file);
	if (err != OK && with_keys)
		(void)unlink(keys);
	return err;
}
