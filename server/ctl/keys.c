/*
 * The keys of a site, for its backup: every file of the keys' folder and the
 * host key, as one JSON object of texts, locked. The list of signed heads is
 * no key and stays; it grows for ever and belongs outside of any copy.
 */
#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/base/i18n.h"
#include "db/base/passphrase.h"
#include "db/base/secret.h"
#include "server/ctl/ctl.h"
#include "server/lib/seal.h"

enum { KEY_MAX = 64 * 1024, KEYS_MAX = 1024 * 1024 };

/* Where a key of that name lies; the host key has a path of its own. */
static const char *
key_path(struct ctl *ctl, const char *name)
{
	if (strcmp(name, "host_key") == 0)
		return ctl->cfg->ssh_host_key;
	return arena_printf(ctl->a, "%s/%s", ctl->cfg->site_keys, name);
}

static int
add_key(struct ctl *ctl, struct json *keys, const char *name)
{
	struct buf text = BUF_INIT;
	int err = ctl_read_file(ctl, key_path(ctl, name), KEY_MAX, &text);

	if (err == OK)
		json_set_text(keys, name, text.data);
	secret_wipe(text.data, text.len);
	buf_clear(&text);
	return err;
}

/* Of the files there: not the list of heads, not what a restore put aside
 * (its name ends in a time), not the host key once more. */
static bool
is_key(struct ctl *ctl, const char *name)
{
	const char *path = key_path(ctl, name), *dot = strchr(name, '.');
	struct stat st, host;

	if (strcmp(path, seal_list_path(ctl->a, ctl->cfg)) == 0 ||
	    (dot != NULL && strcmp(dot, ".pub") != 0) ||
	    lstat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return false;
	return stat(ctl->cfg->ssh_host_key, &host) != 0 ||
	       host.st_ino != st.st_ino || host.st_dev != st.st_dev;
}

static int
collect(struct ctl *ctl, struct json *keys)
{
	DIR *folder = opendir(ctl->cfg->site_keys);
	const struct dirent *entry;
	int err = OK;

	if (folder == NULL)
		return ctl_say_errno(ctl, ctl->cfg->site_keys);
	while (err == OK && (entry = readdir(folder)) != NULL)
		if (is_key(ctl, entry->d_name))
			err = add_key(ctl, keys, entry->d_name);
	(void)closedir(folder);
	if (err == OK && access(ctl->cfg->ssh_host_key, F_OK) == 0)
		err = add_key(ctl, keys, "host_key");
	return err;
}

int
ctl_keys_save(struct ctl *ctl, const char *path)
{
	struct json *keys = json_new_object();
	struct buf locked = BUF_INIT;
	const char *passphrase, *text = "";
	int err = collect(ctl, keys);

	if (err == OK)
		err = ctl_passphrase_read(ctl, true, &passphrase);
	if (err == OK) {
		text = json_print(keys, ctl->a);
		err = passphrase_lock(passphrase, text, strlen(text), &locked);
	}
	if (err == OK)
		err = ctl_write_new(ctl, path, locked.data, locked.len);
	json_free(keys);
	buf_clear(&locked);
	return err;
}

int
ctl_keys_read(struct ctl *ctl, const char *path, struct json **keys)
{
	struct buf locked = BUF_INIT, text = BUF_INIT;
	const char *passphrase;
	int err = ctl_read_file(ctl, path, KEYS_MAX, &locked);

	if (err == OK)
		err = ctl_passphrase_read(ctl, false, &passphrase);
	if (err == OK) {
		err = passphrase_unlock(passphrase, locked.data, locked.len,
		                        &text);
		if (err == ERR_DENIED)
			ctl_say(ctl, "%s",
			        _("The passphrase is another one, or the file"
			          " of the keys was changed."));
	}
	if (err == OK) {
		*keys = json_parse(text.data);
		err = *keys != NULL ? OK : ERR_INVALID;
	}
	secret_wipe(text.data, text.len);
	buf_clear(&text);
	buf_clear(&locked);
	return err;
}

static int
put_key(struct ctl *ctl, const char *name, const char *text, const char *stamp)
{
	const char *path = key_path(ctl, name);
	int err;

	/* A file made by us: no name leads out of the folder. */
	if (strchr(name, '/') != NULL || name[0] == '.')
		return ERR_INVALID;
	err = ctl_put_aside(ctl, path, stamp);
	return err == OK ? ctl_write_new(ctl, path, text, strlen(text)) : err;
}

int
ctl_keys_put(struct ctl *ctl, const struct json *keys, const char *stamp)
{
	int n = json_length(keys), err = OK;

	if (mkdir(ctl->cfg->site_keys, 0700) != 0 && errno != EEXIST)
		return ctl_say_errno(ctl, ctl->cfg->site_keys);
	for (int i = 0; err == OK && i < n; i++) {
		const char *name;
		const struct json *text = json_member(keys, i, &name);

		err = put_key(ctl, name, json_text_of(text), stamp);
	}
	return err;
}
