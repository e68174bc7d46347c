/*
 * Admission: who may connect, try a password, and open a session. What
 * counts as one source is source_home()'s; sources on the exempt list know
 * the totals only. Penalties are kept here and not in liaison-auth because
 * they are decided before anything is hashed, and outlive its restarts;
 * every question to liaison-auth passes this process.
 */
#include <string.h>

#include "db/base/clock.h"
#include "db/base/log.h"
#include "server/liaisond/site.h"

enum {
	CROWDED_EACH = 2, /* places of one source while it is crowded */
	POLITE_A_SECOND = 5,
	KNOWN_S = 30 * 86400, /* a source is known that long */
	AGAIN_S = 60 /* who is refused for want of room may ask again then */
};

static int64_t
now_s(void)
{
	return clock_monotonic_ms() / 1000;
}

static struct penalty_rule
rule_of(const struct config *cfg, int free)
{
	return (struct penalty_rule){
	    .free = free,
	    .first_s = cfg->limits_penalty_seconds,
	    .most_s = cfg->limits_penalty_max_seconds,
	    .forgive_s = cfg->limits_penalty_forgive_seconds,
	};
}

void
admit_open(struct site *site)
{
	struct penalty_rule rule = rule_of(site->cfg, 0);
	struct penalty_rule once = {.free = 1, .forgive_s = KNOWN_S};

	site->admission.sources = penalties_new(&rule);
	site->admission.accounts = penalties_new(&rule);
	site->admission.known = penalties_new(&once);
	admit_reload(site);
}

void
admit_reload(struct site *site)
{
	const struct config *cfg = site->cfg;
	struct penalty_rule of_source =
	    rule_of(cfg, cfg->limits_source_failures);
	struct penalty_rule of_account =
	    rule_of(cfg, cfg->limits_account_failures);

	penalties_rule(site->admission.sources, &of_source);
	penalties_rule(site->admission.accounts, &of_account);
	if (source_list_parse(cfg->limits_exempt, &site->admission.exempt) !=
	    OK) /* never: the configuration was checked */
		site->admission.exempt.n = 0;
}

void
admit_close(struct site *site)
{
	penalties_free(site->admission.sources);
	penalties_free(site->admission.accounts);
	penalties_free(site->admission.known);
}

static struct penalty_key
source_key(const struct conn *k)
{
	return penalty_key(k->site->admission.sources, NULL, &k->source);
}

static struct penalty_key
account_key(const struct conn *k)
{
	return penalty_key(k->site->admission.accounts, k->user, &k->source);
}

/* An address that cannot be read is nobody's: all such share one source. */
static void
set_source(const struct site *site, struct conn *k)
{
	struct source at = {.bytes = {0}};

	if (source_parse(k->address, &at) == OK)
		k->exempt = source_is_in(&site->admission.exempt, &at);
	k->source = source_home(&at);
}

/* It is crowded from three quarters of the places on until half of them are
 * free again: between the two nothing changes. */
static void
measure(struct site *site)
{
	bool was = site->admission.crowded;
	int most = site->cfg->limits_connections;

	if (site->waiting * 4 >= most * 3)
		site->admission.crowded = true;
	else if (site->waiting * 2 <= most)
		site->admission.crowded = false;
	if (was != site->admission.crowded)
		log_warn("crowded now=%d waiting=%d", (int)!was, site->waiting);
}

static int
waiting_of(const struct site *site, const struct source *from)
{
	int n = 0;

	for (const struct conn *k = site->conns; k != NULL; k = k->next)
		n += k->account == 0 && !k->refused &&
		     source_equal(&k->source, from);
	return n;
}

/* While it is crowded, places are for those who have not failed and hold
 * few: a flood then does not keep out who comes from elsewhere. */
static enum ipc_reason
admit_source(const struct site *site, const struct conn *k)
{
	int held = waiting_of(site, &k->source);

	if (held >= site->cfg->limits_connections_per_source)
		return END_SOURCE;
	if (site->admission.crowded &&
	    (held >= CROWDED_EACH || admit_failures(k) > 0))
		return END_CROWDED;
	return ENDS;
}

enum ipc_reason
admit_connection(struct site *site, struct conn *k, int64_t *until_s)
{
	const struct config *cfg = site->cfg;
	struct penalty_key key;

	set_source(site, k);
	measure(site);
	*until_s = 0;
	if (site->stopping)
		return END_SHUTDOWN;
	key = source_key(k);
	if (!k->exempt)
		*until_s =
		    penalty_until(site->admission.sources, &key, now_s());
	if (*until_s != 0)
		return END_PENALTY;
	*until_s = now_s() + AGAIN_S;
	/* the second bounds those who sign in and then ask for nothing */
	if (site->waiting >= cfg->limits_connections ||
	    site->conn_count - site->refused >=
	        cfg->limits_connections + cfg->limits_sessions)
		return END_FULL;
	return k->exempt ? ENDS : admit_source(site, k);
}

/* The right password too: else the wait would say nothing. */
enum ipc_reason
admit_password(const struct conn *k, int64_t *until_s)
{
	struct penalty_key key = account_key(k);

	*until_s = 0;
	if (!k->exempt)
		*until_s =
		    penalty_until(k->site->admission.accounts, &key, now_s());
	return *until_s != 0 ? END_PENALTY : ENDS;
}

enum ipc_reason
admit_proof(struct conn *k, int64_t *until_s)
{
	struct penalty_key key;

	set_source(k->site, k);
	*until_s = 0;
	if (k->exempt)
		return ENDS;
	key = source_key(k);
	*until_s = penalty_until(k->site->admission.sources, &key, now_s());
	if (*until_s != 0)
		return END_PENALTY;
	return k->user[0] != '\0' ? admit_password(k, until_s) : ENDS;
}

enum ipc_reason
admit_session(const struct conn *k)
{
	const struct site *site = k->site;
	int n = 0;

	if (site->stopping)
		return END_SHUTDOWN;
	if (site->session_count >= site->cfg->limits_sessions)
		return END_FULL;
	for (const struct session *s = site->sessions; s != NULL; s = s->next)
		n += s->account == k->account && !s->over;
	if (!k->exempt && n >= site->cfg->limits_sessions_per_account)
		return END_SESSIONS;
	return ENDS;
}

int64_t
admit_failed(struct conn *k)
{
	struct admission *admission = &k->site->admission;
	struct penalty_key source = source_key(k), account = account_key(k);
	int64_t of_source, of_account = 0;

	if (k->exempt)
		return 0;
	of_source = penalty_add(admission->sources, &source, now_s());
	penalty_about(admission->sources, &source, "", &k->source);
	if (k->user[0] != '\0') {
		of_account =
		    penalty_add(admission->accounts, &account, now_s());
		penalty_about(admission->accounts, &account, k->user,
		              &k->source);
	}
	return of_source > of_account ? of_source : of_account;
}

void
admit_signed_in(struct conn *k)
{
	const struct admission *admission = &k->site->admission;
	struct penalty_key account = account_key(k);
	struct penalty_key source =
	    penalty_key(admission->known, NULL, &k->source);

	penalty_clear(admission->accounts, &account);
	if (penalty_failures(admission->known, &source, now_s()) == 0)
		(void)penalty_add(admission->known, &source, now_s());
}

int
admit_rank(const struct conn *k)
{
	const struct admission *admission = &k->site->admission;
	struct penalty_key source =
	    penalty_key(admission->known, NULL, &k->source);
	int known = penalty_failures(admission->known, &source, now_s());

	return admit_failures(k) + (known > 0 ? 0 : 1);
}

int
admit_failures(const struct conn *k)
{
	struct penalty_key key = source_key(k);

	return k->exempt ? 0
	                 : penalty_failures(k->site->admission.sources, &key,
	                                    now_s());
}

/* The sources' first, then the accounts'. */
int
admit_penalties(const struct site *site, int64_t *next,
                struct penalty_line *out, int max)
{
	const struct admission *a = &site->admission;
	const struct penalties *all[] = {a->sources, a->accounts};
	int64_t at = *next;
	int n = 0;

	for (int i = 0; i < 2; i++, at -= PENALTY_SLOTS) {
		int slot = (int)at;

		if (at < 0 || at >= PENALTY_SLOTS)
			continue;
		n = penalty_list(all[i], now_s(), &slot, out, max);
		*next = slot < 0 ? (i + 1) * PENALTY_SLOTS
		                 : i * PENALTY_SLOTS + slot;
		if (n > 0)
			break;
		at = *next - i * PENALTY_SLOTS;
	}
	if (*next >= 2 * PENALTY_SLOTS)
		*next = -1;
	return n;
}

bool
admit_forgive(struct site *site, const char *name, const struct source *from)
{
	struct penalties *p = name[0] != '\0' ? site->admission.accounts
	                                      : site->admission.sources;
	struct penalty_key key =
	    penalty_key(p, name[0] != '\0' ? name : NULL, from);

	if (penalty_failures(p, &key, now_s()) == 0 &&
	    penalty_until(p, &key, now_s()) == 0)
		return false;
	penalty_clear(p, &key);
	return true;
}

bool
admit_is_polite(struct site *site)
{
	struct admission *a = &site->admission;

	if (a->crowded)
		return false;
	if (a->polite_s != now_s()) {
		a->polite_s = now_s();
		a->polite = 0;
	}
	return ++a->polite <= POLITE_A_SECOND;
}
