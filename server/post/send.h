/* One text to one group of the chat, over HTTPS. Only send.c knows libcurl. */
#ifndef SERVER_POST_SEND_H
#define SERVER_POST_SEND_H

#include "db/outbox_push.h"

struct sender;

/* Before the sandbox closes; NULL: libcurl cannot begin. */
struct sender *sender_new(void);
void sender_free(struct sender *s); /* NULL is allowed */

/*
 * Post text to address, whose host and port are these, within ten seconds in
 * all: the certificate must be good, nothing is followed elsewhere, of the
 * answer a few kilobytes are read. Blocks. False: *fault says why not.
 */
bool sender_post(struct sender *s, struct arena *a, const struct push *p,
                 const char *host, int port, enum push_fault *fault);

#endif
