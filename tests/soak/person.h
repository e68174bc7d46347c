/* One person at a terminal: a client, and a screen that is read as people
 * read it. */
#ifndef TESTS_SOAK_PERSON_H
#define TESTS_SOAK_PERSON_H

#include "tests/e2e/vt.h"
#include "tests/soak/soak.h"

struct person {
	const struct soak *soak;
	const char *user;
	struct client client;
	struct vt *vt;
	bool in;
};

/* Try again until signed in, or the soak is over (false). */
bool person_sign_in(struct person *p);
/* Close the connection; or just cut it, as a dead link does. */
void person_leave(struct person *p);
void person_cut(struct person *p);

bool person_press(struct person *p, const char *keys);
/* Read for ms. False: the link is gone; p->in is false then. */
bool person_read(struct person *p, int ms);
bool person_sees(const struct person *p, const char *text);
/* Wait until one of two texts is there (b may be NULL): 1 or 2; 0: not
 * within ms, or the link is gone. */
int person_await(struct person *p, const char *a, const char *b, int ms);
/* The same with all the patience there is; to wait in vain is a fault, but
 * a dead link is none. */
int person_expect(struct person *p, const char *a, const char *b);

#endif
