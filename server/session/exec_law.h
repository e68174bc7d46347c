/* The verbs of "draft" and what their files share. */
#ifndef SERVER_SESSION_EXEC_LAW_H
#define SERVER_SESSION_EXEC_LAW_H

#include "db/law_comment.h"
#include "server/session/exec_opinion.h"

/* The consultation whose number is the first word. Errors: ERR_USAGE and as
 * consultation_get. */
int given_draft(struct exec *x, const struct given *g,
                struct consultation *out) MUST_CHECK;
/* "2026-03-01 - 2026-03-31", short for people. */
const char *draft_days(struct exec *x, struct day from, struct day to);
/* Opening the text is reading it, for who is asked. */
int draft_read(struct exec *x, const struct consultation *k) MUST_CHECK;

/* Each with what was given after the verb. */
int command_draft_show(struct exec *x, const struct given *g) MUST_CHECK;
int command_draft_find(struct exec *x, const struct given *g) MUST_CHECK;
int command_draft_comment(struct exec *x, const struct given *g) MUST_CHECK;
int command_draft_comments(struct exec *x, const struct given *g) MUST_CHECK;
int command_draft_collation(struct exec *x, const struct given *g) MUST_CHECK;
/* A deputy's step, or one of a comment, by its name. ERR_USAGE: none. */
int command_draft_step(struct exec *x, const char *verb,
                       const struct given *g) MUST_CHECK;
/* import law and export law. */
int command_law_import(struct exec *x) MUST_CHECK;
int command_law_export(struct exec *x) MUST_CHECK;

#endif
