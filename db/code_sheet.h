/*
 * Codes for paper: an HTML document of A4 pages that stands by itself, with
 * each QR as SVG, whose it is, what it opens in a sentence, and the address
 * in letters. One code is a poster, several are eight a page, to be cut.
 */
#ifndef DB_CODE_SHEET_H
#define DB_CODE_SHEET_H

#include <stdbool.h>

#include "db/base/arena.h"
#include "db/base/buf.h"
#include "db/base/err.h"
#include "db/ids.h"
#include "db/store/ctx.h"

struct code_sheet;

/* Which codes: one, or all of them that are good now or later. */
struct code_sheet_of {
	struct code_id id;   /* 0: all of these */
	const char *kind;    /* of code_kinds; NULL or "": of every */
	struct unit_id unit; /* 0: of all in sight */
};

/* Written a page at a time: begin, step until *more is false, end (also after
 * an error). In the current language; of and public_url live as long.
 * Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_INVALID (no such kind; one that
 * changes, which several leave out), and of one that is good no longer
 * ERR_EXPIRED or ERR_REVOKED. */
int code_sheet_begin(struct ctx *c, const struct code_sheet_of *of,
                     const char *public_url,
                     struct code_sheet **out) MUST_CHECK;
int code_sheet_step(struct code_sheet *s, struct buf *out,
                    bool *more) MUST_CHECK;
void code_sheet_end(struct code_sheet *s); /* NULL is allowed */

/* of as JSON that transfers carry, and back; in a. */
const char *code_sheet_args(struct arena *a, const struct code_sheet_of *of);
void code_sheet_read(struct arena *a, const char *args,
                     struct code_sheet_of *out);

#endif
