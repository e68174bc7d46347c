/*
 * "Something was committed": one datagram to liaisond's socket beside the
 * database, from programs that are not its children (liaisonctl). liaisond
 * wakes the sessions that show it. Losing one costs a second, no more.
 */
#ifndef SERVER_LIB_WAKE_H
#define SERVER_LIB_WAKE_H

#include <stdint.h>

#include "db/base/err.h"

/* Tell liaisond, if there is one, that kinds (ENTITY_BIT) of unit (0:
 * all units) were committed to the database file. Never waits or fails. */
void wake_send(const char *database, uint64_t kinds, int64_t unit);

/* liaisond's end: bind the socket. Errors: ERR_EXISTS (another liaisond
 * serves this database), ERR_IO. */
int wake_open(const char *database, int *fd) MUST_CHECK;
void wake_close(const char *database, int fd);
/* The next datagram. Errors: ERR_BUSY (none there), ERR_PROTOCOL. */
int wake_recv(int fd, uint64_t *kinds, int64_t *unit) MUST_CHECK;

#endif
