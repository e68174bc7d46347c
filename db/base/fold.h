/*
 * Folding for search: what a character is taken for when text is compared
 * with what somebody types. Traditional and variant Han become simplified,
 * full-width and compatibility forms plain ones, capitals small, letters
 * lose their accents. The table is made when the program is built
 * (db/base/gen/fold_table.c), so that nobody who searches opens ICU.
 */
#ifndef DB_BASE_FOLD_H
#define DB_BASE_FOLD_H

#include <stdint.h>

/* The character that ch is searched as; 0: none (blanks, punctuation,
 * marks, pictures). */
uint32_t fold_char(uint32_t ch);

/* Tells one table from another: what an index was made with. */
extern const int64_t fold_version;

#endif
