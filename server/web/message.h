/* Leaving a message, on the page of a station and of a deputy. */
#ifndef SERVER_WEB_MESSAGE_H
#define SERVER_WEB_MESSAGE_H

#include "db/code.h"
#include "server/web/web.h"

/* The form, at the end of the page of r. said: who will read it, a sentence;
 * wrong: what was wrong with the form that was sent, or NULL. */
void message_form(struct request *r, const char *said, const char *wrong);

/* Take what was sent to the page of code and show the receipt. false: it is
 * to be corrected, *wrong says what. */
bool message_take(struct request *r, const struct code *code,
                  const char **wrong);

#endif
