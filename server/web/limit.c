/* A row is found by a keyed hash, so that nobody can aim at another's. */
#include "server/web/limit.h"

#include <stdlib.h>
#include <string.h>

#include "db/base/arena.h"
#include "db/base/secret.h"

enum { ROWS = 16384, PROBES = 16, WHOLE = 1000, HOUR_MS = 3600 * 1000 };

struct row {
	struct source from;
	bool used;
	int connections;
	int64_t at_ms; /* when left was right */
	int64_t left;  /* requests, in thousandths */
	struct hour {
		int n;
		int64_t from_ms;
	} hours[LIMIT_KINDS];
};

struct limits {
	uint64_t seed;
	int connections, requests;
	struct row rows[ROWS];
	struct row shared;
};

struct limits *
limits_new(void)
{
	struct limits *l = xcalloc(1, sizeof(*l));

	secret_random(&l->seed, sizeof(l->seed));
	return l;
}

void
limits_free(struct limits *l)
{
	free(l);
}

void
limits_set(struct limits *l, int connections, int requests)
{
	l->connections = connections;
	l->requests = requests;
}

static uint64_t
hash_of(const struct limits *l, const struct source *from)
{
	uint64_t h = l->seed;

	for (int i = 0; i < SOURCE_BYTES; i++) {
		h = (h ^ from->bytes[i]) * 0x100000001b3ULL;
		h ^= h >> 29;
	}
	return h;
}

static void
refill(const struct limits *l, struct row *row, int64_t now_ms)
{
	int64_t most = (int64_t)l->requests * LIMIT_BURST * WHOLE;

	if (now_ms > row->at_ms)
		row->left += (now_ms - row->at_ms) * l->requests;
	if (row->left > most)
		row->left = most;
	row->at_ms = now_ms;
}

/* All that was counted is an hour old, or nothing was. */
static bool
is_over(const struct row *row, int64_t now_ms)
{
	for (int i = 0; i < LIMIT_KINDS; i++)
		if (row->hours[i].n > 0 &&
		    now_ms - row->hours[i].from_ms <= HOUR_MS)
			return false;
	return true;
}

/* Its row; with now_ms -1 only if there is one. */
static struct row *
find(struct limits *l, const struct source *from, int64_t now_ms)
{
	uint64_t at = hash_of(l, from);
	struct row *room = NULL;

	for (uint64_t i = 0; i < PROBES; i++) {
		struct row *row = &l->rows[(at + i) % ROWS];

		if (row->used && source_equal(&row->from, from))
			return row;
		if (room != NULL || now_ms < 0 || row->connections > 0)
			continue;
		if (!row->used || (now_ms - row->at_ms > LIMIT_BURST * WHOLE &&
		                   is_over(row, now_ms)))
			room = row;
	}
	if (room == NULL)
		return &l->shared;
	*room = (struct row){
	    .from = *from,
	    .used = true,
	    .at_ms = now_ms,
	    .left = (int64_t)l->requests * LIMIT_BURST * WHOLE,
	};
	return room;
}

bool
limits_connect(struct limits *l, const struct source *from, int64_t now_ms)
{
	struct row *row = find(l, from, now_ms);

	if (row->connections >= l->connections)
		return false;
	row->connections++;
	return true;
}

void
limits_disconnect(struct limits *l, const struct source *from)
{
	struct row *row = find(l, from, -1);

	if (row->connections == 0) /* it was let in before it had that row */
		row = &l->shared;
	if (row->connections > 0)
		row->connections--;
}

int
limits_request(struct limits *l, const struct source *from, int64_t now_ms)
{
	struct row *row = find(l, from, now_ms);

	refill(l, row, now_ms);
	if (row->left < WHOLE)
		return 1 + (int)((WHOLE - row->left) / WHOLE / l->requests);
	row->left -= WHOLE;
	return 0;
}

int
limits_hour(struct limits *l, const struct source *from, enum limit_kind kind,
            int64_t now_ms)
{
	struct hour *h = &find(l, from, now_ms)->hours[kind];

	if (h->n == 0 || now_ms - h->from_ms > HOUR_MS)
		*h = (struct hour){.from_ms = now_ms};
	return ++h->n;
}
