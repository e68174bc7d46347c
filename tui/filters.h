/*
 * The filter of a screen that shows several lists with the same filters: views
 * that everybody has, single conditions, and filters kept under a name
 * (tui/saved_filters.h). The screen has the tables; F5 and the questions are
 * here.
 */
#ifndef TUI_FILTERS_H
#define TUI_FILTERS_H

#include "db/base/field.h"
#include "db/ids.h"
#include "tui/saved_filters.h"

/* Any of the lists, as spec.list says. */
struct filtered {
	struct records list; /* first */
	struct records_spec spec;
};

/* One of the lists with at most one filter. */
struct filter_view {
	const char *label;
	const struct list_spec *list;
	int filter; /* -1: none */
	const char *text;
};

/* pick asks for the value and sets it; false: nothing was chosen. */
struct filter_condition {
	const char *label;
	bool (*pick)(struct ui *ui, struct filtered *r);
};

struct filter_menu {
	const struct filter_view *views;
	const struct filter_condition *conditions;
	const struct saved_lists *saved;
	void (*show)(struct ui *ui, struct filtered *r, int view);
};

/* F5: of the first of the views and conditions. True: something was chosen, the
 * list begins anew. */
bool filters_ask(struct ui *ui, const struct filter_menu *menu,
                 struct filtered *r, int views, int conditions);
void filters_clear(struct filtered *r);
/* What is filtered by, each as words says it; after text. In a. */
const char *filters_words(struct ui *ui, const struct filtered *r,
                          struct arena *a, const char *text,
                          const char *(*words)(struct ui *ui, struct arena *a,
                                               const struct list_value *v));
/* The label of a stored name, translated; the name itself when there is none.
 */
const char *filters_named(const struct enum_name *names, const char *name);

/* Set by the person; false, and nothing set, when there is neither a number
 * nor a text. */
bool filters_set(struct filtered *r, int filter, int64_t v, const char *s);

/* Ask for a value; NULL or 0: none was chosen. Text lives as long as
 * ui_arena. */
const char *filters_ask_named(struct ui *ui, const char *label,
                              const struct enum_name *names);
const char *filters_ask_text(struct ui *ui, const char *label, int max);
/* One of the years up to and with last. */
int filters_ask_year(struct ui *ui, int last, int years);
struct unit_id filters_ask_unit(struct ui *ui);

#endif
