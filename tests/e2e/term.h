/*
 * Terminals of a scene: a client in a pty with libvterm behind it.
 */
#ifndef TESTS_E2E_TERM_H
#define TESTS_E2E_TERM_H

#include "tests/e2e/drive.h"

/* The terminal called name, made when there is none; it becomes current. */
struct term *term_get(struct drive *d, const char *name);

/* Start argv in t's pty; env as in struct proc. */
bool term_start(struct drive *d, struct term *t, char *const *argv,
                const char *const *env);
/* Start t's client for user at the site's port. command NULL: a shell. */
bool term_login(struct drive *d, struct term *t, const char *user,
                const char *password);

/* Run the terminal's client without one; it reads from in (-1: nothing).
 * Output into d->out and d->err. */
bool term_exec(struct drive *d, const char *user, const char *password,
               const char *command, int in);

/* The current terminal; false with a reason when it never ran anything. */
bool term_ready(struct drive *d);
/* Queue bytes and let them leave. */
bool term_send(struct drive *d, const char *data, size_t n);
/*
 * Send keys and wait for what they drew: into term->page. Both keys and a
 * Ctrl-L are sent; that redraw begins after the keys were handled, and has
 * ended when that of a second Ctrl-L begins. True also when the client ends.
 */
bool term_answer(struct drive *d, const char *data, size_t n);
/* Read until nothing arrives for quiet_ms, at most a second. */
void term_drain(struct drive *d, int quiet_ms);
void term_resize(struct term *t, int rows, int cols);
/* Kill the client (SIGKILL), collect it. */
void term_kill(struct drive *d, struct term *t);
void term_free(struct drive *d, struct term *t);

#endif
