/* Where the page begins follows from what is left beside the QR. */
#include "tui/qr_page.h"

#include "db/base/qr.h"

enum { SIDE = 34, GAP = 2 }; /* columns the page needs, and before it */

void
qr_page_init(struct qr_page *q, struct ui *ui, void *data)
{
	page_init(&q->page, ui, data);
	ui_body(ui, &q->page.widget);
}

void
qr_page_set(struct qr_page *q, struct ui *ui, const char *address)
{
	q->qr.size = 0;
	if (*address != '\0' && qr_make_text(ui_arena(ui), address, &q->qr.size,
	                                     &q->qr.modules) != OK)
		q->qr.size = 0;
}

static enum qr_form
form_of(const struct qr_page *q)
{
	return q->wide || !qr_has_half() ? QR_DOUBLE : QR_HALF;
}

static int
side_at(const struct qr_page *q, const struct area *body)
{
	int columns;

	if (q->qr.size == 0 || body->lines != NULL)
		return 0;
	columns = qr_columns(&q->qr, form_of(q));
	if (qr_rows(&q->qr, form_of(q)) > body->rows ||
	    columns + GAP + SIDE > body->columns)
		return 0;
	return columns + GAP;
}

void
qr_page_draw(struct qr_page *q, const struct area *body)
{
	int x = side_at(q, body);
	struct area side = area_part(body, 0, x, 0, 0);

	if (x > 0)
		(void)qr_draw(body, &q->qr, form_of(q));
	page_draw(&q->page, &side);
}

void
qr_page_switch(struct qr_page *q)
{
	q->wide = !q->wide;
}

bool
qr_page_has_two(const struct qr_page *q, struct ui *ui)
{
	return q->qr.size > 0 && qr_has_half() && !ui_is_plain(ui);
}
