/* A set-associative table: a key's hash chooses a row of a few slots. The
 * hash has a random key, so nobody can aim at somebody's row. */
#include "server/lib/penalty.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/arena.h"
#include "db/base/secret.h"

enum {
	ROWS = 512,
	WAYS = 8,
	DOUBLINGS = 20 /* counted beyond the free ones: more change nothing */
};

struct slot {
	struct penalty_key key;
	int failures; /* at last_s; 0: the slot is free */
	char name[65];
	struct source from;
	int64_t last_s, until_s;
};

struct penalties {
	struct penalty_rule rule;
	unsigned char secret[SECRET_KEY];
	struct slot slots[ROWS][WAYS];
};

_Static_assert(ROWS *WAYS == PENALTY_SLOTS, "slots of penalty_list");

struct penalties *
penalties_new(const struct penalty_rule *rule)
{
	struct penalties *p = xcalloc(1, sizeof(*p));

	p->rule = *rule;
	secret_random(p->secret, sizeof(p->secret));
	return p;
}

void
penalties_free(struct penalties *p)
{
	free(p);
}

void
penalties_rule(struct penalties *p, const struct penalty_rule *rule)
{
	p->rule = *rule;
}

struct penalty_key
penalty_key(const struct penalties *p, const char *name,
            const struct source *from)
{
	struct source home = source_home(from);
	char name_hash[SECRET_HEX + 1] = "", hash[SECRET_HEX + 1];
	unsigned char both[SOURCE_BYTES + SECRET_HEX + 1];
	struct penalty_key key;

	if (name != NULL)
		secret_keyed_hash(p->secret, name, strlen(name), name_hash);
	memcpy(both, home.bytes, SOURCE_BYTES);
	memcpy(both + SOURCE_BYTES, name_hash, sizeof(name_hash));
	secret_keyed_hash(p->secret, both, SOURCE_BYTES + strlen(name_hash),
	                  hash);
	memcpy(key.hash, hash, sizeof(key.hash));
	return key;
}

static int
row_of(const struct penalty_key *key)
{
	unsigned v = 0;

	/* the hash is hexadecimal: four bits a byte */
	for (int i = 0; i < 4; i++)
		v = v << 4 ^ key->hash[i];
	return (int)(v % ROWS);
}

static const struct slot *
find(const struct penalties *p, const struct penalty_key *key)
{
	const struct slot *row = p->slots[row_of(key)];

	for (int i = 0; i < WAYS; i++)
		if (row[i].failures > 0 &&
		    memcmp(&row[i].key, key, sizeof(*key)) == 0)
			return &row[i];
	return NULL;
}

static int
counting(const struct penalties *p, const struct slot *s, int64_t now_s)
{
	int64_t forgiven = (now_s - s->last_s) / p->rule.forgive_s;

	return forgiven >= s->failures ? 0 : s->failures - (int)forgiven;
}

/* The key's slot, else the one in its row that matters least. */
static struct slot *
find_or_take(struct penalties *p, const struct penalty_key *key, int64_t now_s)
{
	struct slot *row = p->slots[row_of(key)], *least = &row[0];

	for (int i = 0; i < WAYS; i++) {
		int n = counting(p, &row[i], now_s);
		int lowest = counting(p, least, now_s);

		if (row[i].failures > 0 &&
		    memcmp(&row[i].key, key, sizeof(*key)) == 0)
			return &row[i];
		if (n < lowest ||
		    (n == lowest && row[i].last_s < least->last_s))
			least = &row[i];
	}
	*least = (struct slot){.key = *key, .last_s = now_s};
	return least;
}

int
penalty_failures(const struct penalties *p, const struct penalty_key *key,
                 int64_t now_s)
{
	const struct slot *s = find(p, key);

	return s != NULL ? counting(p, s, now_s) : 0;
}

int64_t
penalty_until(const struct penalties *p, const struct penalty_key *key,
              int64_t now_s)
{
	const struct slot *s = find(p, key);

	return s != NULL && s->until_s > now_s ? s->until_s : 0;
}

/* Seconds to wait after that many failures. */
static int
wait_s(const struct penalty_rule *rule, int failures)
{
	int over = failures - rule->free;
	int64_t s = rule->first_s;

	if (over <= 0)
		return 0;
	s <<= over - 1;
	return s < rule->most_s ? (int)s : rule->most_s;
}

int64_t
penalty_add(struct penalties *p, const struct penalty_key *key, int64_t now_s)
{
	struct slot *s = find_or_take(p, key, now_s);
	int n = counting(p, s, now_s) + 1;
	int64_t until_s;

	/* what of forgive_s had passed goes on counting */
	s->last_s =
	    n == 1 ? now_s : now_s - (now_s - s->last_s) % p->rule.forgive_s;
	s->failures =
	    n < p->rule.free + DOUBLINGS ? n : p->rule.free + DOUBLINGS;
	until_s = now_s + wait_s(&p->rule, s->failures);
	if (until_s > s->until_s)
		s->until_s = until_s;
	return s->until_s > now_s ? s->until_s : 0;
}

void
penalty_clear(struct penalties *p, const struct penalty_key *key)
{
	struct slot *row = p->slots[row_of(key)];

	for (int i = 0; i < WAYS; i++)
		if (memcmp(&row[i].key, key, sizeof(*key)) == 0)
			row[i] = (struct slot){.failures = 0};
}

void
penalty_about(struct penalties *p, const struct penalty_key *key,
              const char *name, const struct source *from)
{
	struct slot *row = p->slots[row_of(key)];

	for (int i = 0; i < WAYS; i++)
		if (row[i].failures > 0 &&
		    memcmp(&row[i].key, key, sizeof(*key)) == 0) {
			row[i].from = source_home(from);
			(void)snprintf(row[i].name, sizeof(row[i].name), "%s",
			               name);
		}
}

int
penalty_list(const struct penalties *p, int64_t now_s, int *next,
             struct penalty_line *out, int max)
{
	int n = 0, at = *next;

	for (; at < PENALTY_SLOTS && n < max; at++) {
		const struct slot *s = &p->slots[at / WAYS][at % WAYS];
		int failures = counting(p, s, now_s);

		if (failures == 0 && s->until_s <= now_s)
			continue;
		out[n] = (struct penalty_line){.from = s->from,
		                               .failures = failures,
		                               .until_s = s->until_s};
		(void)snprintf(out[n].name, sizeof(out[n].name), "%s", s->name);
		n++;
	}
	*next = at < PENALTY_SLOTS ? at : -1;
	return n;
}
