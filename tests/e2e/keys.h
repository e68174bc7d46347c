/*
 * What a terminal sends for a key.
 */
#ifndef TESTS_E2E_KEYS_H
#define TESTS_E2E_KEYS_H

#include <stdbool.h>

#include "db/base/buf.h"

/*
 * Add the bytes of the key called name: F1..F12, Up, PgDn, Enter, Esc, Tab,
 * Shift-Tab, Backspace, Delete, Space, Ctrl-X, Alt-x, or one character.
 * "Down*5" is five of them. xterm's encoding, and the Linux console's for
 * F1..F5 and the arrows when type says linux. False: no such key.
 */
bool keys_add(struct buf *out, const char *name, const char *type);

#endif
