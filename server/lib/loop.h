/*
 * An event loop over epoll: descriptors, timers and signals, one thread.
 * A watch may be removed at any time, also by another's function: events of
 * the same round that are left for it are dropped.
 */
#ifndef SERVER_LIB_LOOP_H
#define SERVER_LIB_LOOP_H

#include <stdint.h>

#include "db/base/err.h"

struct loop;
struct watch;
struct timer;

struct loop *loop_new(void);
void loop_free(struct loop *l); /* NULL is allowed */

/* Call fn when fd can be read, or its other end is gone. */
struct watch *loop_read(struct loop *l, int fd, void (*fn)(void *data),
                        void *data);
/* Before closing its descriptor: epoll keeps watching what a forked copy
 * holds open. NULL is allowed. */
void loop_remove(struct loop *l, struct watch *w);

/* Call fn once, in ms milliseconds. */
struct timer *loop_after(struct loop *l, int ms, void (*fn)(void *data),
                         void *data);
/* NULL is allowed; a timer that has fired is gone. */
void loop_cancel(struct loop *l, struct timer *t);

/* Block the signals of list (ended by 0) and hand them to fn instead. */
int loop_signals(struct loop *l, const int *list,
                 void (*fn)(void *data, int sig), void *data) MUST_CHECK;

/* Run until loop_stop. */
void loop_run(struct loop *l);
void loop_stop(struct loop *l);

#endif
