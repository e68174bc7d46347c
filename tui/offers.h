/*
 * What the workbench offers above the things to do: a draft to go on with, a
 * session whose link dropped, a question about the terminal. Lines that can
 * be chosen, never pages before it; nothing when there is nothing to offer.
 * An offer is one struct and one row of the table in offers.c.
 */
#ifndef TUI_OFFERS_H
#define TUI_OFFERS_H

#include <stdint.h>

#include "db/base/arena.h"
#include "tui/ui.h"

enum { OFFERS_MAX = 5 }; /* lines at one time, of all offers */

struct offer;

struct offer_line {
	const struct offer *offer;
	int64_t key;      /* the offer's own: which one */
	const char *text; /* translated, cut to the width when drawn */
};

struct offer {
	const char *name;
	/* Fill key and text (in a) of at most max lines; returns how many.
	 * Asked at each load of the workbench. */
	int (*list)(struct ui *ui, struct arena *a, struct offer_line *out,
	            int max);
	/* Enter on the line of key. The workbench loads again afterwards. */
	void (*run)(struct ui *ui, int64_t key);
};

extern const struct offer offer_session, offer_draft, offer_import;
extern const struct offer offer_phone, offer_blocks;

/* All lines there are, in the order of the table; how many. Texts in a. */
int offers_list(struct ui *ui, struct arena *a,
                struct offer_line out[OFFERS_MAX]);
void offers_run(struct ui *ui, const struct offer_line *line);

#endif
