/*
 * Contacts of citizens: opened here and nowhere else. Who may is decided by
 * the store (db/contact.c), which writes the audit before the text is given.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "db/base/arena.h"
#include "db/base/log.h"
#include "db/contact.h"
#include "db/setting.h"
#include "server/auth/auth.h"
#include "server/lib/seal.h"
#include "server/lib/spawn.h"

enum { HOUR_S = 3600, LOOKS = 60, BATCH = 100, PAUSE_MS = 20 };

/* Counted only: what is too much is said below. */
static const struct penalty_rule free_rule = {
    .free = 100000, .first_s = 1, .most_s = 1, .forgive_s = HOUR_S / LOOKS};

int
contact_open(struct auth *auth)
{
	struct arena *a = arena_new();
	int err =
	    secret_box_open(seal_contact_path(a, auth->cfg), &auth->contacts);

	auth->looks = penalties_new(&free_rule);
	arena_free(a);
	return err;
}

void
contact_close(struct auth *auth)
{
	penalties_free(auth->looks);
	secret_wipe(&auth->contacts, sizeof(auth->contacts));
}

/* --- looking ------------------------------------------------------------- */

/* How many may count, as the setting says today; one is forgotten whenever
 * that part of an hour is over. */
static int
read_limit(struct auth *auth, int *most)
{
	struct penalty_rule rule = free_rule;
	int64_t looks;
	int err = setting_number(&auth->system, "contact.looks", LOOKS, &looks);

	if (err != OK)
		return err;
	rule.forgive_s = looks < HOUR_S ? HOUR_S / (int)looks : 1;
	penalties_rule(auth->looks, &rule);
	*most = (int)looks;
	return OK;
}

static struct penalty_key
key_of(const struct auth *auth, const char *what, int64_t account)
{
	const struct source anywhere = {.bytes = {0}};
	char whose[32];

	(void)snprintf(whose, sizeof(whose), "%s %" PRId64, what, account);
	return penalty_key(auth->looks, whose, &anywhere);
}

/* One more look of an account, also one that is refused. The audit hears now
 * and then that there are too many, not each time that one is asked for. */
static int
count(struct auth *auth, struct ctx *c, struct opinion_id id)
{
	struct penalty_key looks = key_of(auth, "look", c->account);
	struct penalty_key told = key_of(auth, "told", c->account);
	int64_t now_s = clock_monotonic_ms() / 1000;
	int most, err = read_limit(auth, &most);

	if (err != OK)
		return err;
	if (penalty_failures(auth->looks, &looks, now_s) < most) {
		(void)penalty_add(auth->looks, &looks, now_s);
		return OK;
	}
	if (penalty_failures(auth->looks, &told, now_s) == 0) {
		(void)penalty_add(auth->looks, &told, now_s);
		err = contact_refused(c, id, ERR_LIMIT);
	}
	return err == OK ? ERR_LIMIT : err;
}

static int
look(struct auth *auth, int64_t account, int64_t office, struct opinion_id id,
     char text[CONTACT_TEXT + 1])
{
	struct ctx c;
	int err = ctx_open(&c, auth->store, account, office), traced;

	if (err != OK) {
		/* without rights, under the name of who asked */
		c = auth->system;
		c.account = account;
		traced = contact_refused(&c, id, err);
		return traced == OK ? err : traced;
	}
	err = count(auth, &c, id);
	if (err == OK)
		err = contact_look(&c, id, &auth->contacts, text);
	if (err == ERR_CONFIG)
		log_error("contact opinion=%" PRId64 " cannot be opened:"
		          " is keys/contact another one?",
		          id.v);
	return err;
}

void
contact_answer(struct auth *auth, struct ipc_msg *m)
{
	char text[CONTACT_TEXT + 1] = "";
	int64_t number = ipc_get_int(m, 1, INT64_MAX);
	int64_t account = ipc_get_int(m, 1, INT64_MAX);
	int64_t office = ipc_get_int(m, 0, INT64_MAX);
	struct opinion_id id = {ipc_get_int(m, 1, INT64_MAX)};
	int err = ipc_end(m);

	if (err == OK)
		err = look(auth, account, office, id, text);
	answer_done(number, err, err == OK ? text : "");
	secret_wipe(text, sizeof(text));
}

/* --- matching ------------------------------------------------------------ */

void
contact_match_all(void *data)
{
	struct auth *auth = data;
	int n = 0, err = contact_match(&auth->system, &auth->contacts, BATCH,
	                               &auth->matched, &n);

	if (err != OK)
		log_error("contacts not matched error=%s", err_name(err));
	else if (n > 0)
		log_info("contacts-matched count=%d", n);
	if (err == OK && n == BATCH)
		(void)loop_after(auth->loop, PAUSE_MS, contact_match_all, auth);
}

void
contact_watch(struct auth *auth)
{
	struct ipc_msg m;

	ipc_begin(&m, IPC_AUTH_WATCH);
	ipc_put_int(&m, (int64_t)ENTITY_BIT(CONTACT));
	if (ipc_send(SPAWN_WIRE, &m) != OK)
		log_error("watch lost");
	contact_match_all(auth);
}
