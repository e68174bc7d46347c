/*
 * GB18030, the encoding in which spreadsheets on Chinese Windows still write
 * CSV, into UTF-8. Uses ICU, whose tables are part of the program: the C
 * library's would be loaded, which a confined session may not.
 */
#ifndef DB_BASE_GB18030_H
#define DB_BASE_GB18030_H

#include <stddef.h>

#include "db/base/arena.h"
#include "db/base/err.h"

struct gb18030;

/* Errors: ERR_UNAVAILABLE. */
int gb18030_open(struct gb18030 **out) MUST_CHECK;
void gb18030_close(struct gb18030 *g); /* NULL is allowed */

/* n bytes of s as UTF-8, in a. Errors: ERR_INVALID (not GB18030). */
int gb18030_decode(struct gb18030 *g, struct arena *a, const char *s, size_t n,
                   const char **out) MUST_CHECK;

#endif
