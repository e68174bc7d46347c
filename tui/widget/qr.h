/*
 * A QR code in half blocks: two modules a row of text, quiet zone of four,
 * black on white by explicit colours, so that a phone reads it on dark and
 * light terminals. Knows modules, not how they are made.
 */
#ifndef TUI_WIDGET_QR_H
#define TUI_WIDGET_QR_H

#include <stdbool.h>

#include "tui/term/area.h"

enum qr_form {
	QR_HALF,  /* one column a module, two modules a row (half blocks) */
	QR_DOUBLE /* two columns a module, one row each, blanks only: for
	             terminals that draw half blocks two columns wide */
};

struct qr_code {
	int size;                     /* modules a side, 21..177 */
	const unsigned char *modules; /* size * size, 1 is dark */
};

/* Whether this terminal can show QR_HALF at all. */
bool qr_has_half(void);

/* Cells the code takes with its quiet zone. */
int qr_columns(const struct qr_code *code, enum qr_form form);
int qr_rows(const struct qr_code *code, enum qr_form form);

/* Draw at the area's upper left; false when it does not fit: then a
 * sentence that says so is drawn and the caller shows the text instead. */
bool qr_draw(const struct area *area, const struct qr_code *code,
             enum qr_form form);

#endif
