/* The site as a whole: its database, schema, keys, backup, configuration. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/account.h"
#include "db/base/i18n.h"
#include "db/base/secret.h"
#include "db/base/secret_box.h"
#include "db/store/audit.h"
#include "server/ctl/ctl.h"
#include "server/lib/seal.h"
#include "server/lib/serving.h"
#include "server/lib/stopped.h"
#include "server/lib/wake.h"

static void
tell_liaisond(void *data, uint64_t kinds, int64_t unit)
{
	const struct config *cfg = data;

	wake_send(cfg->database_path, kinds, unit);
}

static int
must_be_whole(struct ctl *ctl)
{
	if (!serving_is_half_restored(ctl->cfg->database_path))
		return OK;
	ctl_say(ctl, "%s",
	        _("A restore is at work here, or did not end. Run it again: "
	          "liaisonctl restore FILE --replace"));
	return ERR_BUSY;
}

static int
open_store(struct ctl *ctl, int flags)
{
	const char *path = ctl->cfg->database_path;
	int err = store_open(path, flags, &ctl->c.store);

	if (err == ERR_NOT_FOUND)
		ctl_say(ctl,
		        _("There is no database %s yet. See: liaisonctl init"),
		        path);
	else if (err != OK)
		ctl_say(ctl, "%s: %s", path, store_why(NULL));
	return err;
}

int
ctl_open(struct ctl *ctl, int flags)
{
	struct instant stopped;
	struct store *s;
	int done, err = stopped_clock(ctl->cfg, &stopped);

	if (err != OK)
		return err;
	store_warm();
	err = must_be_whole(ctl);
	if (err == OK)
		err = open_store(ctl, flags);
	if (err != OK)
		return err;
	s = ctl->c.store;
	if ((flags & STORE_CREATE) != 0)
		err = store_migrate(s, &done);
	store_stop_clock(s, stopped);
	store_set_contact_key(s, seal_contact_public(ctl->a, ctl->cfg));
	ctx_init_system(&ctl->c, s);
	ctl->c.committed = tell_liaisond;
	ctl->c.committed_data = ctl->cfg;
	return err;
}

int
ctl_make_keys(struct ctl *ctl)
{
	struct secret_sign_key key;
	struct secret_box_key contacts;
	int err;

	if (mkdir(ctl->cfg->site_keys, 0700) != 0 && errno != EEXIST) {
		ctl_say(ctl, "%s: %s", ctl->cfg->site_keys, strerror(errno));
		return ERR_IO;
	}
	err = secret_sign_open(seal_key_path(ctl->a, ctl->cfg), &key);
	secret_wipe(&key, sizeof(key));
	if (err != OK)
		return err;
	err = secret_box_open(seal_contact_path(ctl->a, ctl->cfg), &contacts);
	if (err == OK)
		store_set_contact_key(ctl->c.store, contacts.public);
	secret_wipe(&contacts, sizeof(contacts));
	return err;
}

static int
add_admin(struct ctl *ctl)
{
	struct account_new entry = {.name = "admin",
	                            .person = {.name = _("Administrator")},
	                            .office = {.role = "admin"},
	                            .must_change = true};
	const char *password = ctl_password_make(ctl->a);
	struct account_id id;
	int err = ctl_password_hash(ctl, password, &entry.password);

	if (err == OK)
		err = account_add(&ctl->c, &entry, &id);
	if (err != OK)
		return err;
	(void)printf(_("Account admin, first password %s\n"), password);
	(void)puts(_("It is shown this once and must be changed at the first"
	             " sign-in."));
	return OK;
}

int
ctl_init(struct ctl *ctl)
{
	struct account admin;
	int err;

	if (!ctl_words(ctl, 0, 0))
		return ERR_USAGE;
	err = ctl_make_keys(ctl);
	if (err == OK)
		err = account_named(&ctl->c, ctl->a, "admin", &admin);
	if (err == OK) {
		ctl_say(ctl, "%s", _("This site is set up already."));
		return ERR_EXISTS;
	}
	if (err == ERR_NOT_FOUND) /* a demo site's is made by the demo */
		err = ctl->cfg->site_demo ? OK : add_admin(ctl);
	return err;
}

int
ctl_migrate(struct ctl *ctl)
{
	int done, err;

	if (!ctl_words(ctl, 0, 0))
		return ERR_USAGE;
	err = must_be_whole(ctl);
	/* Never makes one: a wrong path must not look like an empty site. */
	if (err == OK && access(ctl->cfg->database_path, F_OK) != 0)
		err = ERR_NOT_FOUND;
	if (err == OK)
		err = store_open(ctl->cfg->database_path, STORE_CREATE,
		                 &ctl->c.store);
	else
		ctl_say(ctl,
		        _("There is no database %s yet. See: liaisonctl init"),
		        ctl->cfg->database_path);
	if (err == OK)
		err = store_migrate(ctl->c.store, &done);
	if (err == OK) /* those that an older version had no use for */
		err = ctl_make_keys(ctl);
	if (err != OK)
		return err;
	if (done > 0)
		(void)printf(P_("%d migration ran, schema %d\n",
		                "%d migrations ran, schema %d\n",
		                (unsigned long)done),
		             done, store_version(ctl->c.store));
	return OK;
}

/* --- small ones ---------------------------------------------------------- */

int
ctl_config(struct ctl *ctl)
{
	struct buf out = BUF_INIT;

	if (!ctl_words(ctl, 0, 0))
		return ERR_USAGE;
	config_print(&out);
	(void)fputs(out.data, stdout);
	buf_clear(&out);
	return OK;
}

int
ctl_health(struct ctl *ctl)
{
	struct audit_head head;
	struct json *j;
	int err;

	if (!ctl_words(ctl, 0, 0))
		return ERR_USAGE;
	err = audit_head(&ctl->c, &head);
	if (err != OK)
		return err;
	if (!ctl->json) {
		(void)printf("database  ok\nschema    %d\naudit     %" PRId64
		             "\n",
		             store_version(ctl->c.store), head.seq);
		return OK;
	}
	j = json_new_object();
	json_set_text(j, "database", "ok");
	json_set_int(j, "schema", store_version(ctl->c.store));
	json_set_int(j, "audit", head.seq);
	ctl_json(ctl, j);
	return OK;
}
