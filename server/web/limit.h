/*
 * How much each source may ask for: connections at one time, requests a
 * second. A table of fixed size: a source that holds nothing and has been
 * quiet makes room for the next; when all are busy, newcomers share a row.
 */
#ifndef SERVER_WEB_LIMIT_H
#define SERVER_WEB_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "db/base/source.h"

struct limits;

enum {
	LIMIT_BURST = 5, /* seconds' worth that may come at once */
	LIMIT_HOUR = 60  /* of each kind an hour: no more are taken */
};

/* What is counted by the hour: messages of all sorts, what is added to one,
 * forms with files. */
enum limit_kind { LIMIT_MESSAGES, LIMIT_WORDS, LIMIT_UPLOADS, LIMIT_KINDS };

struct limits *limits_new(void);
void limits_free(struct limits *l); /* NULL is allowed */
/* From now on so many connections and requests a second. */
void limits_set(struct limits *l, int connections, int requests);

/* One more connection of from; false: it holds too many. Each that was let
 * in is given back once. Times are monotonic milliseconds. */
bool limits_connect(struct limits *l, const struct source *from,
                    int64_t now_ms);
void limits_disconnect(struct limits *l, const struct source *from);
/* One more request; 0: it may, else after so many seconds. */
int limits_request(struct limits *l, const struct source *from, int64_t now_ms);
/* One more of those; how many that source has sent within the hour. */
int limits_hour(struct limits *l, const struct source *from,
                enum limit_kind kind, int64_t now_ms);

#endif
