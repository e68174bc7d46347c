/* The page of a code that is published: a station's or a deputy's, beside the
 * QR that opens its page on a telephone. */
#ifndef TUI_PUBLIC_CODE_H
#define TUI_PUBLIC_CODE_H

#include "db/code.h"
#include "db/code_sheet.h"
#include "tui/qr_page.h"
#include "tui/screen.h"

struct public_code {
	struct qr_page view;
	enum code_kind kind;
	int64_t subject; /* station or person */
	struct unit_id unit;
	struct code_id code; /* 0: there is none */
	bool writes;         /* the acting person may mint and replace it */
};

/* Read the code of s->subject and fill the page; title is whose it is, about
 * what a telephone shows. */
int public_code_load(struct ui *ui, struct public_code *s, const char *title,
                     const char *about) MUST_CHECK;
void public_code_draw(struct ui *ui, void *data, const struct area *body);

/* Fetch codes for paper by a one-time address. */
void code_print(struct ui *ui, const struct code_sheet_of *of);

/* F5 and what F2 offers; data begins with a struct public_code. */
extern const struct key public_code_keys[];

#endif
