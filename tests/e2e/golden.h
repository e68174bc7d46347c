/*
 * Golden screens: the screen as text, to be compared with a file.
 */
#ifndef TESTS_E2E_GOLDEN_H
#define TESTS_E2E_GOLDEN_H

#include "tests/e2e/drive.h"

/*
 * The screen of t: one line per row, a line "--", where the cursor is, then
 * one line per run of cells that are not plain. What a mask (regular
 * expression) matches is shown as stars, the modules of a QR code as "Q":
 * they differ from run to run.
 */
void golden_dump(const struct vt *t, char *const *masks, int mask_count,
                 struct buf *out);

/* The attributes of a cell in words, as a golden shows them; "" is plain. */
void golden_attrs(const struct vt_cell *cell, struct buf *out);

/*
 * Compare the current terminal with golden/NAME.SIZE.LANG.txt until they
 * agree or the deadline passes; or write that file.
 */
bool golden_check(struct drive *d, const char *name);
/* The same for what the last command printed, with golden/NAME.LANG.txt. */
bool golden_check_output(struct drive *d, const char *name);

#endif
