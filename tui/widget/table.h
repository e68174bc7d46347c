/*
 * A list on the screen, paged by key: header, aligned columns, a mark '>'
 * that moves, a footer "12-31 / 512". Rows come a page at a time from a
 * callback that is given anchors of its own making; the widget never sees a
 * whole list and never counts. (Lists of the store need no callbacks:
 * tui/records.h joins a struct list_spec of db/store to this widget.)
 *
 *	static const struct table_column columns[] = {
 *		{.field = "title", .stretch = true},
 *		{.field = "starts_at", .priority = 1},
 *		{.heading = N_("Signed in"), .width = 6, .right = true,
 *		 .priority = 2, .text = signed_in},
 *		TABLE_COLUMN_END,
 *	};
 *	static const struct table_spec spec = {
 *		.fields = activity_fields,
 *		.columns = columns,
 *		.row_size = sizeof(struct activity),
 *		.id_at = offsetof(struct activity, id),
 *		.fetch = fetch,
 *		.count = count,
 *		.empty = N_("No activities yet. F4 makes the first one."),
 *		.find = true,
 *	};
 *	open: table_init(&s->table, &spec, ui, s);
 *	      ui_body(ui, &s->table.widget);
 *	load: return table_load(&s->table);
 *	key:  const struct activity *row = table_row(&s->table);
 */
#ifndef TUI_WIDGET_TABLE_H
#define TUI_WIDGET_TABLE_H

#include <stdint.h>

#include "db/base/buf.h"
#include "db/base/field.h"
#include "tui/widget/widget.h"

enum table_from {
	TABLE_FIRST,  /* the first n rows; anchor is NULL */
	TABLE_LAST,   /* the last n rows; anchor is NULL */
	TABLE_AFTER,  /* the n rows after anchor */
	TABLE_BEFORE, /* the n rows before anchor */
	TABLE_AT      /* n rows from anchor itself on: the same page again */
};

struct table_query {
	enum table_from from;
	const void *anchor; /* what an earlier fetch returned */
	int n;              /* rows wanted, 1..500 */
	const char *find;   /* cleaned; "" for no find */
};

/* Rows are always in the list's order, whatever the direction. */
struct table_rows {
	const void *rows; /* array of row_size each, in the arena given */
	int count;        /* 0..n */
	const void *first, *last; /* anchors of the first and last row: of the
	                             screen's own making, in the arena given;
	                             the rows themselves will often do */
	bool more; /* there are rows beyond, in the direction asked */
};

struct table_column {
	const char *field;   /* a field's name: label, kind, width follow */
	const char *heading; /* msgid; NULL: the field's */
	int width;           /* columns; 0: the field's */
	bool right;          /* to the right; numbers of a field are anyway */
	bool stretch;        /* takes what is left; one column of a table */
	int priority;        /* 0 stays; the highest is dropped first */
	/* The text of the cell when it is no plain field. In a. */
	const char *(*text)(struct ui *ui, void *data, const void *row,
	                    struct arena *a);
	/* Its role; NULL: THEME_NORMAL. */
	enum theme (*role)(struct ui *ui, void *data, const void *row);
	bool end;
};
#define TABLE_COLUMN_END                                                       \
	{                                                                      \
		.end = true                                                    \
	}

/* Rows there are altogether; more: at least that many ("1000+").
 * total below 0: not known, the footer shows positions only. */
struct table_count {
	int64_t total;
	bool more;
};

struct table_spec {
	const struct field *fields; /* may be NULL when all columns have text */
	const struct table_column *columns;
	size_t row_size;
	size_t id_at; /* offset of an int64_t (or struct x_id) by which a row
	                 is found again after a reload */
	/* Errors are the screen's to choose; table_load returns them. */
	int (*fetch)(struct ui *ui, void *data, struct arena *a,
	             const struct table_query *query, struct table_rows *out);
	/* NULL: no count in the footer. Called once a load, not a page. */
	int (*count)(struct ui *ui, void *data, const char *find,
	             struct table_count *out);
	/* The active filter in words, or "" (then no filter line). In a. */
	const char *(*filter)(struct ui *ui, void *data, struct arena *a);
	/* Backspace on a filtered list: drop it; the list reloads. */
	void (*filter_clear)(struct ui *ui, void *data);
	/* Said right of the footer ("31 activities this year"). In a. */
	const char *(*note)(struct ui *ui, void *data, struct arena *a);
	/* Who joins the table to a source of rows: fetch and count, and with
	 * this filter and filter_clear, are given table.source as data. */
	bool source_filters;
	const char *empty; /* msgid: what would be here, which key makes one */
	bool find;         /* F3 and typing narrow by table_query.find */
	bool seeks;        /* find is all it does: digits are typed, too, and
	                      Esc leaves where nothing is */
	bool no_heading, no_footer; /* for small panes */
};

struct table {
	struct widget widget; /* first */
	const struct table_spec *spec;
	void *source; /* data of fetch and count; the screen's by default */
	/* below: the widget's own */
	struct arena *arena, *spare; /* the page shown; room for the next */
	struct table_rows page;
	struct table_count count;
	bool before, after; /* rows beyond the page */
	int64_t position;   /* of the page's first row, from 0; -1 unknown */
	int cursor, height;
	bool finding;
	struct buf find;
};

void table_init(struct table *t, const struct table_spec *spec, struct ui *ui,
                void *data);
/* Read the page shown again (at first the first one), keep the mark on its
 * row; counts too. Returns what fetch or count returned. */
int table_load(struct table *t) MUST_CHECK;
/* Begin again at the first row: after a changed filter. */
int table_restart(struct table *t) MUST_CHECK;

/* The row under the mark, or NULL when there is none. Valid till the next
 * load or key. */
const void *table_row(const struct table *t);
/* Row i of the page shown, NULL past its end. */
const void *table_page_row(const struct table *t, int i);

void table_draw(struct table *t, const struct area *area);
/* The text of the active filter, "" for none. In a. */
const char *table_filter_text(const struct table *t, struct arena *a);
/* Print it in plain mode. */
void table_print(struct table *t, const struct area *area);
/* Rows of the list that fit when rows rows are there to draw it. */
int table_room(const struct table *t, int rows);
/* The page shown again with another height; the frame says errors. */
void table_set_height(struct table *t, int height);

#endif
