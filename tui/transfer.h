/*
 * A file to the person's own computer or telephone, or from it: a one-time
 * address with its QR, and the ssh line that does the same. The screen goes
 * on by itself when the address was used.
 */
#ifndef TUI_TRANSFER_H
#define TUI_TRANSFER_H

#include "db/transfer.h"
#include "tui/ui.h"

/* Show an address for want, whose texts are copied. ssh: the words after
 * "ssh ..." that do the same; NULL: there are none. When a file came (what
 * goes up), the screen closes and the one that called loads again. */
void ui_transfer(struct ui *ui, const struct transfer_want *want,
                 const char *ssh);

/* An export (db/export.h): CSV or JSON by a key of the screen. words: what
 * narrows it, "" nothing. */
void ui_transfer_export(struct ui *ui, const char *kind, const char *args,
                        const char *words);

#endif
