/* They stand in the order in which their time began, so looking for those
 * that are over is looking at the first. */
#include "server/web/link.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "server/web/web.h"

enum {
	CROWDED_MS = 3000, /* for a request, while it is crowded */
	PIECE = 64 * 1024  /* of a long body, for which the same time is */
};

static struct link links = {.next = &links, .prev = &links};
static int count;

static void
unlist(struct link *k)
{
	k->prev->next = k->next;
	k->next->prev = k->prev;
}

static void
list_last(struct link *k)
{
	k->since_ms = clock_monotonic_ms();
	k->received = 0;
	k->prev = links.prev;
	k->next = &links;
	links.prev->next = k;
	links.prev = k;
}

static void
source_of(const struct sockaddr *address, struct source *out)
{
	char text[INET6_ADDRSTRLEN] = "";

	*out = (struct source){.bytes = {0}};
	if (address == NULL)
		return;
	if (address->sa_family == AF_INET) {
		struct sockaddr_in in;

		memcpy(&in, address, sizeof(in));
		(void)inet_ntop(AF_INET, &in.sin_addr, text, sizeof(text));
	} else if (address->sa_family == AF_INET6) {
		struct sockaddr_in6 in6;

		memcpy(&in6, address, sizeof(in6));
		(void)inet_ntop(AF_INET6, &in6.sin6_addr, text, sizeof(text));
	}
	if (*text != '\0' && source_parse(text, out) != OK)
		*out = (struct source){.bytes = {0}};
}

/* Those that all or many come through are not counted by source. */
static bool
is_counted(const struct web *web, const struct source *from)
{
	return !source_is_in(&web->exempt, from) &&
	       !source_is_in(&web->proxies, from);
}

bool
link_may_open(struct web *web, const struct sockaddr *address)
{
	struct source from, home;

	source_of(address, &from);
	home = source_home(&from);
	if (count < web->cfg->limits_http_connections &&
	    (!is_counted(web, &from) ||
	     limits_connect(web->limits, &home, clock_monotonic_ms())))
		return true;
	web->counters.refused++;
	return false;
}

struct link *
link_open(struct web *web, struct http *http, const struct sockaddr *address,
          int fd)
{
	struct link *k = xcalloc(1, sizeof(*k));

	k->web = web;
	k->http = http;
	k->fd = fd;
	source_of(address, &k->source);
	k->counted = is_counted(web, &k->source);
	list_last(k);
	count++;
	return k;
}

void
link_again(struct link *k)
{
	unlist(k);
	list_last(k);
}

void
link_received(struct link *k, size_t n)
{
	k->received += n;
	if (k->received >= PIECE)
		link_again(k);
}

void
link_close(struct link *k)
{
	struct source home = source_home(&k->source);

	if (k->counted)
		limits_disconnect(k->web->limits, &home);
	unlist(k);
	count--;
	free(k);
}

/* One that was cut and is still there is looked at again after as long. */
void
links_cut_late(const struct web *web)
{
	bool crowded = count * 4 > web->cfg->limits_http_connections * 3;
	int64_t most_ms =
	    crowded ? CROWDED_MS
		    : (int64_t)web->cfg->limits_http_request_seconds * 1000;
	int64_t now_ms = clock_monotonic_ms();

	for (int left = count; left > 0; left--) {
		struct link *k = links.next;

		if (now_ms - k->since_ms <= most_ms)
			return;
		if (!k->working && k->fd >= 0)
			(void)shutdown(k->fd, SHUT_RDWR);
		link_again(k);
	}
}

int
links_count(void)
{
	return count;
}
