/* What the files of the page widget share. */
#ifndef TUI_WIDGET_PAGE_PRIVATE_H
#define TUI_WIDGET_PAGE_PRIVATE_H

#include "tui/widget/page.h"

enum page_line_kind {
	TITLE,
	HEADING,
	BLANK,
	TEXT,
	PAIR,
	EVENT,
	BAR,
	CELLS,
	ITEM
};

struct page_line {
	enum page_line_kind kind;
	enum theme role;
	const char *a, *b, *c; /* title state; label value; when who what */
	struct page_cell *cells;
	int n;
	bool item; /* the mark can stand on it: */
	int64_t id;
	int item_kind;
	long long value, max;
	int columns; /* of a BAR */
	int lead;    /* columns of the labels of this block */
};

/* Plain mode. */
void page_print(struct page *p, const struct area *area);
bool page_choose(struct widget *w, int i, int number, const struct ask *ask);

#endif
