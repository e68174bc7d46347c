/* The site's zone, and the stopped clock of a demo site. */
#ifndef SERVER_LIB_STOPPED_H
#define SERVER_LIB_STOPPED_H

#include "db/base/clock.h"
#include "db/base/config.h"

/* Set the process's zone and read [site] clock into *stopped (0: it runs).
 * Errors: ERR_CONFIG, logged. */
int stopped_clock(const struct config *cfg, struct instant *stopped) MUST_CHECK;

#endif
