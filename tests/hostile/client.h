/*
 * What an honest client does, in steps that an attack can leave out or
 * repeat. The two keys are made from fixed seeds: who holds 'a' or 'b'.
 */
#ifndef TESTS_HOSTILE_CLIENT_H
#define TESTS_HOSTILE_CLIENT_H

#include "tests/hostile/peer.h"

/* How libssh numbers the first channel. */
enum { SERVER_CHANNEL = 43 };

/* The one word of the first screen that every person's has. */
#define FIRST_SCREEN "工作台"

/* The line of an authorized key. */
void key_line(char who, struct buf *out);

bool client_service(struct peer *p);
/* Ask whether the key would do; the answering message's type. */
int client_probe(struct peer *p, const char *user, char who);
/* Offer the key of one, signed by that of the other; client_claim does not
 * wait for the answer. */
bool client_claim(struct peer *p, const char *user, char who, char by);
int client_sign(struct peer *p, const char *user, char who, char by);
int client_password(struct peer *p, const char *user, const char *password);
/* Keyboard-interactive: ask to be asked; one answer. */
int client_ask(struct peer *p, const char *user);
int client_answer(struct peer *p, const char *text);
/* The next answer of sign-in that comes; its type. */
int client_awaits(struct peer *p);
/* Connect and sign in with key a. */
bool client_enter(struct peer *p, int port, const char *user);

void put_channel_open(struct buf *m, uint32_t number, uint32_t window,
                      uint32_t packet);
/* Open channel 0 with the given sizes. */
bool client_channel(struct peer *p, uint32_t window, uint32_t packet);
/* Begin a request on channel 0; its own parts follow. */
void put_request(struct buf *m, const char *what, bool answer);
bool client_pty(struct peer *p, const char *term, uint32_t columns,
                uint32_t rows);
bool client_shell(struct peer *p);
bool client_type(struct peer *p, const char *keys);
/* Wait for the first screen, giving the window back as it is used. */
bool client_sees_screen(struct peer *p);

/* Everything an honest client does until it sees its screen, within ms. */
bool client_good(int port, const char *user, int ms);

#endif
