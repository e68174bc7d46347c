/*
 * A page beside the QR of an address: the QR at the left when both have
 * room, else the page alone, which also says the address as text.
 */
#ifndef TUI_QR_PAGE_H
#define TUI_QR_PAGE_H

#include <stdbool.h>

#include "tui/ui.h"
#include "tui/widget/page.h"
#include "tui/widget/qr.h"

struct qr_page {
	struct page page;
	struct qr_code qr; /* size 0: none */
	bool wide;         /* two columns a module, by choice */
};

void qr_page_init(struct qr_page *q, struct ui *ui, void *data);
/* Show address ("": none); q keeps no copy of it beside the modules. */
void qr_page_set(struct qr_page *q, struct ui *ui, const char *address);
void qr_page_draw(struct qr_page *q, const struct area *body);
/* For F5: the other form; and whether there are two. */
void qr_page_switch(struct qr_page *q);
bool qr_page_has_two(const struct qr_page *q, struct ui *ui);

#endif
