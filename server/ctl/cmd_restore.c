/*
 * A backup put in the place of the site. All is checked before anything is
 * moved, and what is replaced is put aside. While the moving is not done the
 * site says so (server/lib/serving.h) and is neither served nor worked on.
 */
#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "db/attachment_files.h"
#include "db/base/i18n.h"
#include "db/base/secret.h"
#include "db/blob.h"
#include "db/store/audit.h"
#include "db/store/check.h"
#include "server/ctl/ctl.h"
#include "server/lib/seal.h"
#include "server/lib/serving.h"

struct restore {
	const char *file, *copy; /* the backup; the site that is to be */
	const char *stamp;       /* ends the names of what is put aside */
	struct json *keys;       /* that come with it; NULL: none */
	int site;                /* holds the site, see serving_take */
};

/* --- is it good? ----------------------------------------------------- */

static void
found(void *data, const char *rule, const char *text)
{
	struct ctl *ctl = data;

	ctl_say(ctl, "%s: %s", rule, text);
}

static bool
verify(void *data, const struct audit_head *head, const char *signature)
{
	return seal_verify(data, head->seq, head->hash, signature);
}

/* The key that comes with the copy, else that of this site. ERR_NOT_FOUND:
 * a machine that has none yet cannot say. */
static int
public_key(struct ctl *ctl, const struct json *keys, char out[SECRET_HEX + 1])
{
	const char *path = seal_key_path(ctl->a, ctl->cfg);
	const char *name = strrchr(path, '/') + 1, *text;

	if (keys == NULL)
		return secret_public_read(arena_printf(ctl->a, "%s.pub", path),
		                          out);
	text =
	    json_text_of(json_get(keys, arena_printf(ctl->a, "%s.pub", name)));
	if (strlen(text) < SECRET_HEX)
		return ERR_NOT_FOUND;
	memcpy(out, text, SECRET_HEX);
	out[SECRET_HEX] = '\0';
	return OK;
}

static int
check_signatures(struct ctl *ctl, const struct json *keys)
{
	char public[SECRET_HEX + 1];
	const char *why = "";
	int64_t bad = 0;
	int err;

	if (public_key(ctl, keys, public) != OK)
		return OK;
	err = audit_verify(&ctl->c, ctl->a, verify, public, NULL, &bad, &why);
	if (err != OK || bad == 0)
		return err;
	ctl_say(ctl, _("The audit does not hold at row %lld: %s"),
	        (long long)bad, why);
	return ERR_INVALID;
}

static int
check_schema(struct ctl *ctl, const char *file)
{
	struct store *s = ctl->c.store;
	int version = store_version(s), done;

	if (version > store_newest_version()) {
		ctl_say(ctl,
		        _("%s was made by a newer version of this program"
		          " (schema %d; this one has %d). Install that"
		          " version first."),
		        file, version, store_newest_version());
		return ERR_CONFIG;
	}
	if (version <= 0) {
		ctl_say(ctl, _("%s is no backup of a site, or it is damaged."),
		        file);
		return ERR_INVALID;
	}
	return store_migrate(s, &done);
}

/* Open the copy, bring it to this schema, and check all there is to check:
 * the file, keys between tables, totals, links, the audit. */
static int
check_copy(struct ctl *ctl, const char *copy, const char *file,
           const struct json *keys)
{
	int n = 0, err = store_open(copy, STORE_CREATE, &ctl->c.store);

	if (err != OK) {
		ctl_say(ctl, _("%s is no backup of a site, or it is damaged."),
		        file);
		return ERR_INVALID;
	}
	ctx_init_system(&ctl->c, ctl->c.store);
	err = check_schema(ctl, file);
	if (err == OK)
		err = check_run(&ctl->c, found, ctl, &n);
	if (err == OK && n == 0)
		err = check_signatures(ctl, keys);
	if (err == ERR_STORE || n > 0) {
		ctl_say(ctl, _("%s is damaged and was not restored."), file);
		err = ERR_INVALID;
	}
	return err;
}

static void
missing(void *data, const char *rule, const char *text)
{
	(void)rule;
	ctl_say(data, "%s", text);
}

/* What the copy carries, beside it. What it does not have was lost before it
 * was made, and is only said. */
static int
unpack_files(struct ctl *ctl, const char *file)
{
	int n = 0, err = files_unpack(&ctl->c);

	if (err == ERR_INVALID)
		ctl_say(ctl, _("%s is damaged and was not restored."), file);
	if (err == OK)
		err = files_check(&ctl->c, missing, ctl, &n);
	return err;
}

/* --- in its place ---------------------------------------------------- */

/* The audit says that the site went back to this copy, and from where. */
static int
write_audit(struct ctl *ctl, const struct audit_head *before)
{
	struct store *s = ctl->c.store;
	const char *detail =
	    arena_printf(ctl->a, "{\"replaced\":[%lld,\"%s\"]}",
	                 (long long)before->seq, before->hash);
	int err = store_begin(s);

	if (err != OK)
		return err;
	err = audit_add(&ctl->c, 0, "site.restore", detail);
	if (err == OK)
		return store_commit(s);
	store_rollback(s);
	return err;
}

/* The head of the database that is replaced, as far as it can be read. */
static struct audit_head
head_of(const char *path)
{
	struct audit_head head = {0};
	struct store *s;
	struct ctx c;

	if (store_open(path, STORE_READONLY, &s) != OK)
		return head;
	ctx_init_system(&c, s);
	if (audit_head(&c, &head) != OK)
		head = (struct audit_head){0};
	store_close(s);
	return head;
}

static void
remove_copy(struct ctl *ctl, const char *copy)
{
	static const char *const ends[] = {"", "-wal", "-shm", "-lock"};

	for (size_t i = 0; i < COUNT(ends); i++)
		(void)unlink(arena_printf(ctl->a, "%s%s", copy, ends[i]));
	blob_remove_all(copy);
}

/* What of the old database is still in its log goes with it. */
static int
put_log_aside(struct ctl *ctl, const char *stamp)
{
	const char *path = ctl->cfg->database_path;
	const char *log = arena_printf(ctl->a, "%s-wal", path);
	const char *aside = arena_printf(ctl->a, "%s.%s-wal", path, stamp);
	struct stat st;

	(void)unlink(arena_printf(ctl->a, "%s-shm", path));
	if (stat(log, &st) != 0)
		return OK;
	if ((st.st_size > 0 ? rename(log, aside) : unlink(log)) == 0)
		return OK;
	ctl_say(ctl, "%s: %s", log, strerror(errno));
	return ERR_IO;
}

/* Those of a database are called after it, wherever it is called. */
static int
put_files_aside(struct ctl *ctl, const char *stamp)
{
	const char *path = ctl->cfg->database_path;
	const char *files = blob_files(ctl->a, path);
	const char *aside =
	    blob_files(ctl->a, arena_printf(ctl->a, "%s.%s", path, stamp));

	if (rename(files, aside) != 0 && errno != ENOENT)
		return ctl_say_errno(ctl, files);
	return OK;
}

/* The list of heads too: those signed after the copy was made would be
 * missed in it for ever. */
static int
put_old_aside(struct ctl *ctl, const char *stamp)
{
	int err = ctl_put_aside(ctl, ctl->cfg->database_path, stamp);

	if (err == OK)
		err = put_log_aside(ctl, stamp);
	if (err == OK)
		err =
		    ctl_put_aside(ctl, seal_list_path(ctl->a, ctl->cfg), stamp);
	return err == OK ? put_files_aside(ctl, stamp) : err;
}

static int
put_files_in_place(struct ctl *ctl, const char *copy)
{
	const char *from = blob_files(ctl->a, copy);

	return access(from, F_OK) == 0
	           ? ctl_move_new(ctl, from,
	                          blob_files(ctl->a, ctl->cfg->database_path))
	           : OK;
}

/* From the first move to the last the site is half of one; whoever comes in
 * between, after a kill or a power cut, is told to run this again. */
static int
put_in_place(struct ctl *ctl, struct restore *r)
{
	const char *path = ctl->cfg->database_path;
	bool had = access(path, F_OK) == 0;
	int err = serving_note_restore(r->site, true);

	if (err != OK)
		return ctl_say_errno(ctl, path);
	if (r->keys != NULL)
		err = ctl_keys_put(ctl, r->keys, r->stamp);
	if (err == OK)
		err = put_old_aside(ctl, r->stamp);
	if (err == OK)
		err = put_files_in_place(ctl, r->copy);
	if (err == OK)
		err = ctl_move_new(ctl, r->copy, path);
	if (err == OK && serving_note_restore(r->site, false) != OK)
		err = ctl_say_errno(ctl, path);
	if (err == OK && had)
		(void)printf(_("The database that was there is %s.%s now.\n"),
		             path, r->stamp);
	return err;
}

static int
make_copy(struct ctl *ctl, const struct restore *r)
{
	struct audit_head before = head_of(ctl->cfg->database_path);
	int err;

	remove_copy(ctl, r->copy); /* of one that was interrupted */
	err = ctl_copy_file(ctl, r->file, r->copy);
	if (err == OK)
		err = check_copy(ctl, r->copy, r->file, r->keys);
	if (err == OK)
		err = unpack_files(ctl, r->file);
	if (err == OK)
		err = write_audit(ctl, &before);
	if (err == OK)
		err = store_checkpoint(ctl->c.store);
	store_close(ctl->c.store);
	ctl->c.store = NULL;
	return err == OK ? ctl_sync(ctl, r->copy) : err;
}

static int
restore(struct ctl *ctl, struct restore *r, bool with_keys)
{
	int err = OK;

	if (with_keys)
		err = ctl_keys_read(
		    ctl, arena_printf(ctl->a, "%s.keys", r->file), &r->keys);
	if (err == OK)
		err = make_copy(ctl, r);
	if (err == OK)
		err = put_in_place(ctl, r);
	remove_copy(ctl, r->copy);
	json_free(r->keys);
	return err;
}

static int
take_site(struct ctl *ctl, int *fd)
{
	int err = serving_take(ctl->cfg->database_path, fd);

	if (err == ERR_EXISTS) {
		ctl_say(ctl, "%s",
		        _("The service runs on this database. Stop it first:"
		          " systemctl stop liaisond"));
		return ERR_BUSY;
	}
	if (err != OK)
		ctl_say(ctl, "%s: %s", ctl->cfg->database_path,
		        strerror(errno));
	return err;
}

/* What root puts there the service could not open. */
static int
check_user(struct ctl *ctl)
{
	const char *path = arena_strdup(ctl->a, ctl->cfg->database_path);
	struct stat st;

	if (stat(dirname(arena_strdup(ctl->a, path)), &st) != 0)
		return ctl_say_errno(ctl, path);
	if (st.st_uid == geteuid())
		return OK;
	ctl_say(ctl, "%s",
	        _("Run this as the user whom the site's folder belongs to."));
	return ERR_DENIED;
}

static const char *
time_stamp(struct ctl *ctl)
{
	time_t now = time(NULL);
	char text[32];
	struct tm tm;

	(void)strftime(text, sizeof(text), "%Y%m%d-%H%M%S",
	               gmtime_r(&now, &tm));
	return arena_strdup(ctl->a, text);
}

int
ctl_restore(struct ctl *ctl)
{
	bool replace = ctl_flag(ctl, "--replace");
	bool with_keys = ctl_flag(ctl, "--with-keys");
	const char *path = ctl->cfg->database_path;
	struct restore r = {.stamp = time_stamp(ctl)};
	int err;

	if (!ctl_words(ctl, 1, 1))
		return ERR_USAGE;
	r.file = ctl->words[0];
	r.copy = arena_printf(ctl->a, "%s.restore", path);
	if (!replace && access(path, F_OK) == 0) {
		ctl_say(ctl, "%s",
		        _("There is a database already. With --replace it is"
		          " put aside."));
		return ERR_EXISTS;
	}
	err = check_user(ctl);
	if (err == OK)
		err = take_site(ctl, &r.site);
	if (err != OK)
		return err;
	err = restore(ctl, &r, with_keys);
	(void)close(r.site);
	return err;
}
