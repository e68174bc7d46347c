/* The queue in front of the one writer: a lock on a file of its own. */
#ifndef DB_STORE_LOCK_H
#define DB_STORE_LOCK_H

#include "db/base/err.h"

/* Wait at most ms for the lock. Errors: ERR_BUSY, ERR_IO. */
int lock_take(int fd, int ms) MUST_CHECK;
void lock_give(int fd);

#endif
