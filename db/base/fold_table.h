/* The table that the build makes for fold.c. */
#ifndef DB_BASE_FOLD_TABLE_H
#define DB_BASE_FOLD_TABLE_H

#include <stdint.h>

enum { FOLD_CHARS = 0x40000, FOLD_PAGE = 64 };

/* page of a character -> its cells; a cell -> what is added to it. */
extern const uint16_t fold_pages[FOLD_CHARS / FOLD_PAGE];
extern const uint16_t fold_cells[][FOLD_PAGE];
extern const int32_t fold_steps[];
/* The cell of characters that nobody searches for. */
enum { FOLD_NOTHING = 1 };

#endif
