/*
 * Connections, whoever speaks on them: how many there are, of whom, and until
 * when each must have asked and been answered. The library's own time-out
 * starts again with every byte, so a client that sends one now and then could
 * hold a connection for ever.
 */
#ifndef SERVER_WEB_LINK_H
#define SERVER_WEB_LINK_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "db/base/source.h"

struct http;
struct web;

struct link {
	struct link *next, *prev; /* in the order of since_ms */
	struct web *web;
	struct http *http;
	struct source source;
	int fd;
	bool counted; /* for its source */
	bool working; /* its request waits for us, not we for it */
	int64_t since_ms;
	size_t received; /* of a body that may be long, since then */
};

/* Is there room for one more from there? Then it counts at once. */
bool link_may_open(struct web *web, const struct sockaddr *address);
struct link *link_open(struct web *web, struct http *http,
                       const struct sockaddr *address, int fd);
/* Its request was answered: the time of the next one begins. */
void link_again(struct link *k);
/* n bytes more of a body that may be long: its time begins again with each
 * 64 KB, so that it may take as long as it comes at a certain rate. */
void link_received(struct link *k, size_t n);
void link_close(struct link *k);

/* Cut those whose time is over: the library sees the end of what it reads. */
void links_cut_late(const struct web *web);
int links_count(void);

#endif
