/* Pictures for the demo's messages. */
#ifndef DB_DEMO_PICTURE_H
#define DB_DEMO_PICTURE_H

#include "db/demo_in.h"

/* Picture number scene, below DEMO_PICTURES: drawn and put beside the
 * database once. Its name is the caller's to set. Errors: ERR_FULL, ERR_IO. */
int demo_picture(struct demo *d, int scene,
                 struct attachment_file *out) MUST_CHECK;

#endif
