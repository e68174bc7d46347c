/*
 * Who has a site: liaisond holds a lock on a file beside the database for as
 * long as it lives, however it ends. Restoring takes it too, so that neither
 * begins while the other is at work. What stands in the file outlives a
 * restore that was killed: a site half put in place is not served.
 */
#ifndef SERVER_LIB_SERVING_H
#define SERVER_LIB_SERVING_H

#include <stdbool.h>

#include "db/base/err.h"

/* *fd holds the site until it is closed.
 * Errors: ERR_EXISTS (somebody has it), ERR_IO. */
int serving_take(const char *database, int *fd) MUST_CHECK;

/* Note, on the disk, that a restore has begun to move files, or that it has
 * ended. Errors: ERR_IO. */
int serving_note_restore(int fd, bool begun) MUST_CHECK;
/* Whether a restore began to move files and has not ended. */
bool serving_is_half_restored(const char *database);

#endif
