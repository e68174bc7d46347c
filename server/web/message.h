/* Leaving a message, on the page of a station and of a deputy. */
#ifndef SERVER_WEB_MESSAGE_H
#define SERVER_WEB_MESSAGE_H

#include "db/code.h"
#include "server/web/web.h"

/* The form, at the end of the page of r. said: who will read it, a sentence;
 * wrong: what was wrong with the form that was sent, or NULL. */
void message_form(struct request *r, const char *said, const char *wrong);

/* Take what was sent to the page of code and show the receipt. On an error
 * *wrong says what is to be done. Errors: ERR_DENIED (the form has no seal),
 * as public_message_take. */
int message_take(struct request *r, const struct code *code,
                 const char **wrong) MUST_CHECK;

/* What the source of r has left within the hour, this included, and a field
 * for machines that was filled in: bits of enum doubt. Errors: ERR_DENIED (the
 * form has no seal), ERR_LIMIT (so much that no more is taken); *wrong says
 * so. */
int message_doubts(struct request *r, unsigned *found,
                   const char **wrong) MUST_CHECK;
/* The same of words that are added to a message. */
int message_words(struct request *r, const char **wrong) MUST_CHECK;
/* That field, out of sight; its id begins with prefix. */
void message_trap(struct request *r, const char *prefix);

/* proposal.c: proposing a livelihood project from the page of a station. */
void proposal_form(struct request *r, const char *wrong);
/* As message_take. */
int proposal_take(struct request *r, const struct code *code,
                  const char **wrong) MUST_CHECK;
bool proposal_is(const struct request *r);

#endif
