/*
 * liaisonctl: the administrator's command line. One row of commands.def and
 * one function each; it acts as the system, on the database itself, and
 * tells liaisond what it committed.
 */
#ifndef SERVER_CTL_CTL_H
#define SERVER_CTL_CTL_H

#include <stdbool.h>

#include "db/base/arena.h"
#include "db/base/config.h"
#include "db/base/err.h"
#include "db/base/json.h"
#include "db/store/ctx.h"

struct ctl {
	const char *file;   /* of -c; NULL: none was given */
	struct config *cfg; /* NULL when the command needs none */
	struct ctx c;       /* the system's; c.store NULL when none is open */
	struct arena *a;
	const char **words; /* after the command's own; options taken out */
	int count;
	bool json;
	bool said; /* why it failed: the error needs no sentence of its own */
};

/* Each returns OK or an error; ERR_USAGE prints the row's usage, others
 * their sentence unless the command has said why by itself. */
#define COMMAND(words, function, store, usage, text)                           \
	int function(struct ctl *ctl);
#include "server/ctl/commands.def"
#undef COMMAND

/* Take "--name value" out of the words; NULL: not there. A last word
 * without a value is left and ends as ERR_USAGE. */
const char *ctl_option(struct ctl *ctl, const char *name);
/* The same for a word that stands alone. */
bool ctl_flag(struct ctl *ctl, const char *name);
/* Are there so many words left, none of them an option? */
bool ctl_words(const struct ctl *ctl, int min, int max);

/* A translated line on standard error. */
void ctl_say(struct ctl *ctl, const char *fmt, ...) PRINTF(2, 3);
/* The faults of an ERR_INVALID, one line each; other errors pass. */
int ctl_faults(struct ctl *ctl, int err);
/* Print root (freed here) as JSON with "version" 1 in front. */
void ctl_json(struct ctl *ctl, struct json *root);

/* cmd_site.c: open the database with flags of store.h, migrated when it may
 * be made. Says why it could not. */
int ctl_open(struct ctl *ctl, int flags) MUST_CHECK;
/* The folder of keys, the key that signs the audit and the one that opens
 * contacts; the open database is given its public half. */
int ctl_make_keys(struct ctl *ctl) MUST_CHECK;

/* password.c */
enum { CTL_PASSWORD_MAX = 200, CTL_PASSPHRASE_MIN = 12 };
/* A random first password, easy to read out; and its hash. In a. */
const char *ctl_password_make(struct arena *a);
int ctl_password_hash(struct ctl *ctl, const char *password,
                      const char **hash) MUST_CHECK;
/* For user, from the terminal, twice and not shown, or the first line of
 * standard input. Errors: ERR_INVALID (says so), ERR_IO. */
int ctl_password_read(struct ctl *ctl, const char *user,
                      const char **password) MUST_CHECK;

/* A passphrase for data, typed twice (is_new) or once and not shown, or the
 * first line of standard input. Errors: ERR_INVALID (says so), ERR_IO. */
int ctl_passphrase_read(struct ctl *ctl, bool is_new,
                        const char **passphrase) MUST_CHECK;

/* keys.c: the keys of the site under a passphrase, which is asked for. */
int ctl_keys_save(struct ctl *ctl, const char *path) MUST_CHECK;
/* *keys is what is in such a file; the caller's. */
int ctl_keys_read(struct ctl *ctl, const char *path,
                  struct json **keys) MUST_CHECK;
/* Where they belong; those that are there are put aside under stamp. */
int ctl_keys_put(struct ctl *ctl, const struct json *keys,
                 const char *stamp) MUST_CHECK;

/* files.c. Each says what went wrong, with the path.
 * Errors: ERR_EXISTS, ERR_FULL, ERR_IO. */
int ctl_say_errno(struct ctl *ctl, const char *path);
/* A whole file of at most max bytes. Errors besides: ERR_TOO_LONG. */
int ctl_read_file(struct ctl *ctl, const char *path, size_t max,
                  struct buf *out) MUST_CHECK;
/* A new file of mode 0600: on the disk when it returns, or not there. */
int ctl_write_new(struct ctl *ctl, const char *path, const char *data,
                  size_t n) MUST_CHECK;
int ctl_copy_file(struct ctl *ctl, const char *from, const char *to) MUST_CHECK;
int ctl_sync(struct ctl *ctl, const char *path) MUST_CHECK;
/* Move from to to, which must not be there. */
int ctl_move_new(struct ctl *ctl, const char *from, const char *to) MUST_CHECK;
/* Move path to "<path>.<stamp>" when there is one. */
int ctl_put_aside(struct ctl *ctl, const char *path,
                  const char *stamp) MUST_CHECK;

#endif
