/* The table of offers, most urgent first. */
#include "tui/offers.h"

static const struct offer *const offers[] = {
    &offer_session, &offer_draft,  &offer_import,
    &offer_phone,   &offer_blocks, NULL,
};

int
offers_list(struct ui *ui, struct arena *a, struct offer_line out[OFFERS_MAX])
{
	int n = 0;

	for (int i = 0; offers[i] != NULL && n < OFFERS_MAX; i++) {
		int more = offers[i]->list(ui, a, out + n, OFFERS_MAX - n);

		for (int j = n; j < n + more; j++)
			out[j].offer = offers[i];
		n += more;
	}
	return n;
}

void
offers_run(struct ui *ui, const struct offer_line *line)
{
	ui_reload(ui);
	line->offer->run(ui, line->key);
}
