/* A page in plain mode: a line each, items numbered through the whole page,
 * LINES_PAGE lines at a time. */
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "tui/term/lines.h"
#include "tui/widget/page_private.h"

/* Text without the blanks at its ends. */
static const char *
trimmed(struct arena *a, const char *text)
{
	size_t n;

	text += strspn(text, " ");
	for (n = strlen(text); n > 0 && text[n - 1] == ' '; n--)
		;
	return arena_strndup(a, text, n);
}

/* The cells that say something; a mark like "!" says what others say too. */
static const char *
cells_text(struct arena *a, const struct page_line *line)
{
	const char **cells =
	    arena_alloc(a, (size_t)(line->n + 1) * sizeof(*cells));
	int n = 0;

	for (int i = 0; i < line->n; i++) {
		const char *text = trimmed(a, line->cells[i].text);

		if (text[0] != '\0' && line->cells[i].role != THEME_BAR &&
		    strcmp(text, "!") != 0)
			cells[n++] = text;
	}
	return lines_join(a, cells, n);
}

static const char *
colon(void)
{
	return C_("label", ": ");
}

static void
print_line(struct lines *out, struct arena *a, const struct page_line *line,
           int number)
{
	const char *const title[] = {line->a, line->b};

	switch (line->kind) {
	case BLANK:
		break;
	case TITLE:
		lines_add(out, "%s",
		          lines_join(a, title, line->b[0] != '\0' ? 2 : 1));
		break;
	case HEADING:
	case TEXT:
		lines_add(out, "%s", line->a);
		break;
	case PAIR:
	case BAR:
		lines_add(out, "%s%s%s", line->a, colon(), line->b);
		break;
	case EVENT:
		if (line->item)
			lines_add(out, "%d. %s %s%s%s", number, line->a,
			          line->b, colon(), line->c);
		else
			lines_add(out, "%s %s%s%s", line->a, line->b, colon(),
			          line->c);
		break;
	case CELLS:
		lines_add(out, "%s", cells_text(a, line));
		break;
	case ITEM:
		lines_add(out, "%d. %s", number, cells_text(a, line));
		break;
	}
}

void
page_print(struct page *p, const struct area *area)
{
	int items = 0, number;

	/* the paging keys move by one less than the height; here that is a
	 * number of lines as they were said, not of rows */
	p->height = LINES_PAGE + 1;
	if (p->scroll >= p->count)
		p->scroll = p->count - 1;
	p->scroll -= p->scroll % LINES_PAGE;
	if (p->scroll < 0)
		p->scroll = 0;
	for (int i = 0; i < p->count; i++)
		items += p->lines[i].item;
	number = lines_part(area->lines, &p->widget, items, p->scroll > 0,
	                    p->scroll + LINES_PAGE < p->count);
	for (int i = 0; i < p->count && i < p->scroll + LINES_PAGE; i++) {
		if (i >= p->scroll)
			print_line(area->lines, area->arena, &p->lines[i],
			           number);
		number += p->lines[i].item;
	}
}

bool
page_choose(struct widget *w, int i, int number, const struct ask *ask)
{
	struct page *p = (struct page *)w;

	(void)number, (void)ask;
	for (int at = 0; at < p->count; at++)
		if (p->lines[at].item && i-- == 0)
			p->cursor = at;
	return true;
}
