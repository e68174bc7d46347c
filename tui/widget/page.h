/*
 * A page to read: headings, label and value in blocks, paragraphs, a
 * timeline, and items that the mark '>' can stand on. Built anew by each
 * load; scrolled when it is longer than its place. The pager for plain text
 * is a page with one paragraph.
 *
 *	open: page_init(&s->page, ui, s); ui_body(ui, &s->page.widget);
 *	load: page_begin(&s->page);
 *	      page_title(&s->page, unit.name, state);
 *	      page_fields(&s->page, station_fields, &station,
 *	                  "address phone opened_on");
 *	      page_heading(&s->page, _("Rooms"));
 *	      page_item(&s->page, room.id.v, KIND_ROOM, "%s", room.name);
 *	      page_event(&s->page, when, who, what);
 */
#ifndef TUI_WIDGET_PAGE_H
#define TUI_WIDGET_PAGE_H

#include <stdint.h>

#include "db/base/field.h"
#include "tui/widget/widget.h"

struct page_line;

/* One cell of an item laid out in columns. */
struct page_cell {
	const char *text;
	int width; /* columns; 0: as long as it is */
	bool right;
	enum theme role; /* 0: THEME_NORMAL */
};

struct page {
	struct widget widget; /* first */
	/* below: the page's own */
	struct arena *arena;
	struct page_line *lines;
	int count, room;
	int cursor; /* index of the selected item's line, or -1 */
	int scroll, height, total; /* rows */
	bool follow;               /* bring the cursor into sight when drawn */
	int64_t want_id; /* what the cursor stood on before a reload */
	int want_kind;
};

void page_init(struct page *p, struct ui *ui, void *data);
/* Empty it; the cursor returns to the item with the same kind and id. */
void page_begin(struct page *p);

/* The page's first line: what it is, and its state at the right ("" for
 * none). A blank line follows. */
void page_title(struct page *p, const char *title, const char *state);
void page_heading(struct page *p, const char *text);
void page_blank(struct page *p);
/* Wrapped to the width when drawn. */
void page_text(struct page *p, enum theme role, const char *text);
void page_textf(struct page *p, const char *fmt, ...) PRINTF(2, 3);
/* "label  value", labels aligned with their neighbours; a long value wraps
 * under itself. */
void page_pair(struct page *p, const char *label, const char *value);
void page_pairf(struct page *p, const char *label, const char *fmt, ...)
    PRINTF(3, 4);
/* Pairs of the fields named in names (blanks between), empty ones left out. */
void page_fields(struct page *p, const struct field *fields, const void *row,
                 const char *names, struct day today);
/* A timeline's line, oldest first: "03-22 19:14  who  what". */
void page_event(struct page *p, const char *when, const char *who,
                const char *what);
/* The same, and the mark can stand on it. */
void page_item_event(struct page *p, int64_t id, int kind, const char *when,
                     const char *who, const char *what);
/* A line the mark can stand on; id and kind are the screen's own. */
void page_item(struct page *p, int64_t id, int kind, const char *fmt, ...)
    PRINTF(4, 5);
/* The same, in columns. */
void page_item_cells(struct page *p, int64_t id, int kind,
                     const struct page_cell *cells, int n);
/* A line in columns that the mark does not stand on. */
void page_cells(struct page *p, const struct page_cell *cells, int n);
/* "label  12  ############": value of max, at most columns wide. */
void page_bar(struct page *p, const char *label, const char *value, long long n,
              long long max, int columns);

/* The item under the mark: true and *id, *kind; false when there is none.
 * id and kind may be NULL. */
bool page_selected(const struct page *p, int64_t *id, int *kind);

void page_draw(struct page *p, const struct area *area);

#endif
