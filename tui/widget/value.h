/* The text of one member of a row, as its field says. */
#ifndef TUI_WIDGET_VALUE_H
#define TUI_WIDGET_VALUE_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/base/field.h"

/* For people, in the current language: ENUM by label, BOOL yes or no,
 * POINTS "86.0", INT grouped "50,343", TIME "03-29 14:00", DAY "03-29",
 * year added when it is not today's. REF: the number. "" for none. */
const char *value_show(struct arena *a, const struct field *field,
                       const void *row, struct day today);

/* Columns a list gives the field when nothing else is said. */
int value_width(const struct field *field);
/* Numbers stand right. */
bool value_is_right(const struct field *field);

/* n with its thousands grouped: 50,343. In a. */
const char *value_grouped(struct arena *a, long long n);

#endif
