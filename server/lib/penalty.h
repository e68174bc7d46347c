/*
 * Penalties for failed sign-ins. Each failure counts against a key; a count
 * beyond what is free costs a wait that doubles from failure to failure, and
 * one failure is forgiven in every forgive_s seconds that pass. The table has
 * a fixed size: when it is full, the slightest entry makes room, so that
 * many strangers can neither fill the memory nor free a stubborn one.
 *
 * Times are seconds of any clock that the caller keeps to.
 */
#ifndef SERVER_LIB_PENALTY_H
#define SERVER_LIB_PENALTY_H

#include <stdint.h>

#include "db/base/source.h"

struct penalty_rule {
	int free;            /* failures that cost nothing */
	int first_s, most_s; /* the first wait, and the longest */
	int forgive_s;       /* one failure is forgotten after this */
};

struct penalty_key {
	unsigned char hash[16];
};

struct penalties;

struct penalties *penalties_new(const struct penalty_rule *rule);
void penalties_free(struct penalties *p); /* NULL is allowed */
void penalties_rule(struct penalties *p, const struct penalty_rule *rule);

/* The key of somebody's name (NULL: any) at a source, a keyed hash; whether
 * the name exists does not matter. */
struct penalty_key penalty_key(const struct penalties *p, const char *name,
                               const struct source *from);

/* Failures that still count, and until when to wait; 0: no need. */
int penalty_failures(const struct penalties *p, const struct penalty_key *key,
                     int64_t now_s);
int64_t penalty_until(const struct penalties *p, const struct penalty_key *key,
                      int64_t now_s);
/* One more failure; returns penalty_until. */
int64_t penalty_add(struct penalties *p, const struct penalty_key *key,
                    int64_t now_s);
/* Whom the key's failures are of, for penalty_list: kept in memory only, for
 * as long as they count. */
void penalty_about(struct penalties *p, const struct penalty_key *key,
                   const char *name, const struct source *from);

struct penalty_line {
	char name[65];
	struct source from;
	int failures;
	int64_t until_s;
};
enum { PENALTY_SLOTS = 4096 };
/* Those that count, from slot *next (0..) on, at most max of them; how many.
 * *next: where to go on, -1 at the end. */
int penalty_list(const struct penalties *p, int64_t now_s, int *next,
                 struct penalty_line *out, int max);
/* Forget the key. */
void penalty_clear(struct penalties *p, const struct penalty_key *key);

#endif
