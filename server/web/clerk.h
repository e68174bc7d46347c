/* What the pages of a telephone that is bound to an account share. */
#ifndef SERVER_WEB_CLERK_H
#define SERVER_WEB_CLERK_H

#include "server/web/web.h"

/* Whose telephone is it? done answers; not without a telephone, nor for a
 * form that was not sealed: that is answered here. */
void clerk_ask(struct request *r, ask_done *done);

/* The account's context in the office that may do perm. Errors: as
 * ctx_open_able, after a page that says so. */
int clerk_open(struct request *r, const struct ask_answer *answer,
               enum perm perm, struct ctx *c) MUST_CHECK;

/* The page of today's activities, at /M/ whatever the address was. */
void clerk_page(struct request *r, struct ctx *c);

/* What waits for a deputy and what was counted, as a part of a page. */
void own_part(struct request *r, struct ctx *c);

/* Faults of c, or the words of err, as a paragraph. */
void clerk_wrong(struct request *r, const struct ctx *c, int err);

#endif
