/*
 * A list of the store on the screen: joins a struct list_spec of db/store
 * (order, filters, scope, paging by key) to the table widget. A plain list
 * screen has no callbacks of its own:
 *
 *	static const struct table_spec table = {
 *		.columns = columns,
 *		.id_at = offsetof(struct activity_line, id),
 *		.empty = N_("No activities yet. F4 makes the first one."),
 *	};
 *	static const struct records_spec spec = {
 *		.list = &activity_list,
 *		.table = &table,
 *		.find = ACTIVITY_LIST_TITLE,
 *	};
 *	open: records_init(&s->list, &spec, ui, s);
 *	      records_filter(&s->list, ACTIVITY_LIST_YEAR, 2022, NULL);
 *	load: return records_load(&s->list);
 *	key:  const struct activity_line *row = records_row(&s->list);
 */
#ifndef TUI_RECORDS_H
#define TUI_RECORDS_H

#include "db/store/list.h"
#include "tui/widget/table.h"

enum { RECORDS_NO_FIND = -1 };

struct records_spec {
	const struct list_spec *list;
	/* fields, row_size, fetch and count are filled in from list when
	 * they are not set. filter and filter_clear: when not set, the text
	 * is the labels of the filters that records_filter set with
	 * `by_person`, and Backspace removes those. */
	const struct table_spec *table;
	int find; /* index of the filter that takes the typed text, or
	             RECORDS_NO_FIND */
	/* NULL, or what turns typed text into the filter's (a pattern). */
	const char *(*pattern)(struct arena *a, const char *text);
};

struct records {
	struct table table; /* first: its widget, ui and data */
	const struct records_spec *spec;
	/* below: the adapter's own */
	struct table_spec joined;
	struct list_query query;
	bool by_person[LIST_FILTERS];
	struct arena *texts;              /* of filters */
	const struct widget_class *inner; /* the table's */
	struct widget_class class;        /* that, freeing texts as well */
};

/* Registers the widget with ui_body. */
void records_init(struct records *r, const struct records_spec *spec,
                  struct ui *ui, void *data);
/* Set, or replace, filter number `filter`; s for text filters. Loaded by
 * the next records_load or records_restart. */
void records_filter(struct records *r, int filter, int64_t v, const char *s);
/* The same, chosen by the person: shown in the filter line, dropped by
 * Backspace. */
void records_filter_by_person(struct records *r, int filter, int64_t v,
                              const char *s);
void records_filter_remove(struct records *r, int filter);
bool records_is_filtered(const struct records *r, int filter);
void records_order(struct records *r, int order);
/* Other columns, from the next load on. */
void records_columns(struct records *r, const struct table_column *columns);

int records_load(struct records *r) MUST_CHECK;
int records_restart(struct records *r) MUST_CHECK;
const void *records_row(const struct records *r);

/* F7: what the list shows, with its filters and what is sought, as a file
 * (tui/transfer.h). A screen whose struct begins with its records has the
 * row RECORDS_KEY_EXPORT among its keys. */
void records_export(struct ui *ui, const struct records *r);
void records_key_export(struct ui *ui, void *data);
#define RECORDS_KEY_EXPORT                                                     \
	{                                                                      \
		"F7", N_("Export"), PERM_NONE, records_key_export, NULL,       \
		    N_("What the list shows, as CSV or JSON: fetched by a "    \
		       "one-time address, or through ssh.")                    \
	}

#endif
