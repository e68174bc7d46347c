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

#include "db/attachment.h"
#include "db/base/arena.h"
#include "db/base/err.h"
#include "db/base/i18n.h"

enum {
	FORM_FIELDS = 72,
	FORM_NAME = 32,
	FORM_TEXT = 4000,
	FORM_FILES = 9,
	FORM_FILE_NAME = 100 /* characters */
};

/* One that came with it, looked at and kept. */
struct form_file {
	const char *field;
	struct attachment_file is;
};

struct form {
	struct {
		const char *name, *value; /* cleaned, may have several lines */
	} fields[FORM_FIELDS];
	int n;
	struct form_file files[FORM_FILES];
	int file_count;
};

/* Read n bytes of application/x-www-form-urlencoded; strings in a.
 * Errors: ERR_INVALID (not such a form, or text that is not UTF-8),
 * ERR_TOO_LONG (a value, or too many fields). */
int form_parse(struct arena *a, const char *body, size_t n,
               struct form *out) MUST_CHECK;
/* One field more, cleaned as those are. */
int form_add(struct arena *a, struct form *f, const char *name, size_t name_len,
             const char *value, size_t n) MUST_CHECK;
bool form_is_name(const char *text, size_t n);
/* What a file may be called that came as said: no folders, no controls, at
 * most FORM_FILE_NAME characters, perhaps "". In a. */
const char *form_file_name(struct arena *a, const char *said);
/* The first field of that name; "": there is none. */
const char *form_value(const struct form *f, const char *name);

/* Is text a token of a code, of either case? upper gets it as it is kept. */
enum { FORM_TOKEN = 26 };
bool form_token(const char *text, char upper[FORM_TOKEN + 1]);

/* A token, and behind a dot the letters of a code that changes (db/code.h);
 * ending "": there are none. */
enum { FORM_ENDING = 6 };
bool form_code(const char *text, char upper[FORM_TOKEN + 1],
               char ending[FORM_ENDING + 1]);

/* Is text the number of a record: digits, not beginning with 0? */
bool form_number(const char *text, int64_t *number);

/* The value of a cookie in the header's text; in a, "": there is none. */
const char *form_cookie(struct arena *a, const char *header, const char *name);

/* The language that Accept-Language likes best of ours; fallback when it
 * names neither. header may be NULL. */
enum language form_language(const char *header, enum language fallback);

/* Content-Disposition of a file to be kept under name, by browsers that know
 * RFC 5987, else under plain, which is ASCII without quotes; in a. */
const char *form_attachment(struct arena *a, const char *plain,
                            const char *name);

/* The last address of X-Forwarded-For, which the proxy that we trust wrote;
 * in a, "": there is none. */
const char *form_forwarded(struct arena *a, const char *header);

#endif
