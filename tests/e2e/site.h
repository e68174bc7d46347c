/*
 * The site of a scene: a copy of the fixture in a directory of its own, and
 * the server on a free loopback port.
 */
#ifndef TESTS_E2E_SITE_H
#define TESTS_E2E_SITE_H

#include "tests/e2e/drive.h"

/* Make the fixture every scene copies, in the empty directory dir: init and
 * a small demo, by liaisonctl. Messages go to stderr. */
bool site_make_fixture(struct drive *d, const char *dir);

/* Copy the fixture and write liaison.ini, once a scene. */
bool site_make(struct drive *d);
/* Make it if need be; start liaisond and wait until its port answers. */
bool site_start(struct drive *d);
/* SIGTERM and wait. */
void site_stop(struct drive *d);

/* Run argv; output into d->out, d->err, d->status. */
bool site_run(struct drive *d, char *const *argv);
/* liaisonctl -c INI and the words. */
bool site_ctl(struct drive *d, const struct word *words, int count);

/* From here on what we start may mount, and we may look into it; nobody
 * else's processes are touched. */
bool site_own_world(void);

#endif
