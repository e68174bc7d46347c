/* Files that come with words: the inputs of a form, and what was sent. */
#ifndef SERVER_WEB_ATTACH_H
#define SERVER_WEB_ATTACH_H

#include "server/web/web.h"

/* The inputs, inside a form that page_form_files() opened: the telephone's
 * camera, its album, its recorder. What came with a form that has to be
 * corrected is there already and goes along. */
void attach_inputs(struct request *r);

/* What came with r's form, also what it had brought before; in r->a.
 * Returns how many. */
int attach_files(struct request *r, const struct attachment_file **files);

/* Forget what came: it is not there any more. */
void attach_forget(struct request *r);

#endif
