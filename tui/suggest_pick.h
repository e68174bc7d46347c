/*
 * Choosing where an opinion goes, and with which other one: form rows whose
 * list begins with what is proposed, each with the words that speak for it.
 */
#ifndef TUI_SUGGEST_PICK_H
#define TUI_SUGGEST_PICK_H

#include "db/suggest.h"
#include "tui/widget/form.h"

/* For a form_row.find over handling units: those of the unit and of the
 * county. category: of the opinion, "" none. Errors: as suggest_office(). */
int suggest_pick_office(struct ctx *c, struct arena *a,
                        const struct suggest_asked *asked, const char *category,
                        const char *text, struct form_option *out, int max);

/* For a form_row.find over opinions, by their number: those that say the
 * same; what is typed is sought. Errors: as suggest_alike(). */
int suggest_pick_opinion(struct ctx *c, struct arena *a,
                         const struct suggest_asked *asked, const char *text,
                         struct form_option *out, int max);

/* For their form_row.show; "" when it is not there. In a. */
const char *suggest_pick_office_label(struct ctx *c, struct arena *a,
                                      int64_t value);
const char *suggest_pick_opinion_label(struct ctx *c, struct arena *a,
                                       int64_t value);

#endif
