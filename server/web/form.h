/*
 * What comes in a request's address and body, read as what it must be: the
 * fields of a form, a token, a language, a cookie. Whatever is anything else
 * is refused; text is cleaned once, here.
 */
#ifndef SERVER_WEB_FORM_H
#define SERVER_WEB_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/base/arena.h"
#include "db/base/err.h"
#include "db/base/i18n.h"

enum { FORM_FIELDS = 72, FORM_NAME = 32, FORM_TEXT = 4000 };

struct form {
	struct {
		const char *name, *value; /* cleaned, may have several lines */
	} fields[FORM_FIELDS];
	int n;
};

/* Read n bytes of application/x-www-form-urlencoded; strings in a.
 * Errors: ERR_INVALID (not such a form, or text that is not UTF-8),
 * ERR_TOO_LONG (a value, or too many fields). */
int form_parse(struct arena *a, const char *body, size_t n,
               struct form *out) MUST_CHECK;
/* The first field of that name; "": there is none. */
const char *form_value(const struct form *f, const char *name);

/* Is text a token of a code, of either case? upper gets it as it is kept. */
enum { FORM_TOKEN = 26 };
bool form_token(const char *text, char upper[FORM_TOKEN + 1]);

/* Is text the number of a record: digits, not beginning with 0? */
bool form_number(const char *text, int64_t *number);

/* The value of a cookie in the header's text; in a, "": there is none. */
const char *form_cookie(struct arena *a, const char *header, const char *name);

/* The language that Accept-Language likes best of ours; fallback when it
 * names neither. header may be NULL. */
enum language form_language(const char *header, enum language fallback);

/* The last address of X-Forwarded-For, which the proxy that we trust wrote;
 * in a, "": there is none. */
const char *form_forwarded(struct arena *a, const char *header);

#endif
