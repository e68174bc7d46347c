/*
 * What the screens about people share: choices for their forms, lines that
 * say what is held, a record's history, and the argument of leaving.
 */
#ifndef TUI_PEOPLE_H
#define TUI_PEOPLE_H

#include "db/mandate.h"
#include "db/office.h"
#include "db/store/event.h"
#include "tui/ui.h"
#include "tui/widget/form.h"
#include "tui/widget/page.h"

/* What ends, in the one number a screen is opened with. */
enum people_end { PEOPLE_ALL, PEOPLE_MANDATE, PEOPLE_OFFICE };
int64_t people_arg(enum people_end what, int64_t id);
enum people_end people_arg_what(int64_t arg);
int64_t people_arg_id(int64_t arg);

/* For form rows: those that match text. Each as form_row.find. */
int people_find_unit(struct ui *ui, struct arena *a, const char *text,
                     struct form_option *out, int max);
int people_find_place(struct ui *ui, struct station_id station, struct arena *a,
                      const char *text, struct form_option *out, int max);
int people_find_group(struct ui *ui, struct station_id station, struct arena *a,
                      const char *text, struct form_option *out, int max);
int people_find_district(struct ui *ui, struct unit_id unit, int level,
                         struct arena *a, const char *text,
                         struct form_option *out, int max);
/* The label of a choice; "" when it is not there. In a. */
const char *people_show_unit(struct ui *ui, struct arena *a, int64_t value);
const char *people_show_place(struct ui *ui, struct arena *a, int64_t value);
const char *people_show_group(struct ui *ui, struct arena *a, int64_t value);
const char *people_show_district(struct ui *ui, struct arena *a, int64_t value);

/* "2022-01-10 - 2026-12-31", "2022-01-10 -" while it is held. In a. */
const char *people_span(struct arena *a, struct day from, struct day to);
/* "County, term 16". In a. */
const char *people_mandate(struct arena *a, int level, int64_t number);

/* What c found wrong, each under its field of form, or on the message line;
 * returns err. */
int people_faults(struct ui *ui, struct form *form, int err);
/* The same for a dialog: the sentence of the first fault, or of err. */
int people_say(struct ui *ui, int err);
/* A reason; NULL: none was given (and that was said). In the screen's arena. */
const char *people_reason(struct ui *ui, const char *question);

/* A heading and the lines of a record's timeline; the mark stands on those
 * that the acting person may strike out, as items of kind PEOPLE_EVENT. */
enum { PEOPLE_EVENT = 100 };
void people_history(struct ui *ui, struct page *p,
                    const struct event_line *lines, int n);
bool people_may_strike(struct ui *ui, const struct event_line *e);
/* Ask why and strike it out. */
void people_strike(struct ui *ui, int64_t event);

#endif
