/* What was read in a draft law's text, in words and as data; and finding a
 * text that was imported. */
#ifndef DB_LAW_REPORT_H
#define DB_LAW_REPORT_H

#include "db/base/json.h"
#include "db/law.h"

/* Of an enum law_doubt: what is stored in data, and a msgid for people. */
extern const struct enum_name law_doubts[];

/* One sentence about a warning, with its line; in a. */
const char *law_warning_text(struct arena *a, const struct law_warning *w);
/* How long it is, and what it is against what there is; a line each, in a. */
const char *law_counts_text(struct arena *a, const struct law_text *t);
const char *law_against_text(struct arena *a, const struct law_preview *p);
void law_preview_text(struct buf *out, struct arena *a,
                      const struct law_preview *p);
/* The caller's to add to and to free. */
struct json *law_preview_json(struct arena *a, const struct law_preview *p);

/* By number or title, and number of the text (0: the newest).
 * Errors: ERR_NOT_FOUND. */
int law_version_named(struct ctx *c, struct arena *a, const char *name,
                      int64_t number, struct law_version *out) MUST_CHECK;

#endif
