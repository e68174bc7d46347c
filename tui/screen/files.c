/* Duty files as officers work with them: what deputies ask, the station's and
 * its groups' files, the month. */
#include <stdlib.h>

#include "db/base/i18n.h"
#include "db/deputy_group.h"
#include "db/duty_request.h"
#include "db/station.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

enum { ITEM_REQUESTS, ITEM_STATION, ITEM_GROUP, ITEM_MONTH };

struct files {
	struct page page;
};

static int
put_state(struct ui *ui, struct files *s, enum request_state state)
{
	struct list_query query = {.value_count = 1};
	int64_t n;
	int err;

	query.values[0] = (struct list_value){.filter = REQUEST_LIST_STATE,
	                                      .s = request_states[state].name};
	err = list_count(ui_ctx(ui), &duty_request_list, &query, &n);
	if (err == OK)
		page_item(&s->page, state + 1, ITEM_REQUESTS, "%s  %lld",
		          _(request_states[state].label), (long long)n);
	return err;
}

/* As they were set up: by name the third would stand before the second. */
static int
by_number(const void *a, const void *b)
{
	const struct deputy_group *x = a, *y = b;

	return (x->id.v > y->id.v) - (x->id.v < y->id.v);
}

static int
put_groups(struct ui *ui, struct files *s, struct station_id station)
{
	struct deputy_group *groups;
	int n, err = deputy_group_list(ui_ctx(ui), ui_arena(ui), station,
	                               &groups, &n);

	if (err == OK && n > 0)
		qsort(groups, (size_t)n, sizeof(*groups), by_number);
	for (int i = 0; err == OK && i < n; i++)
		page_item(&s->page, groups[i].id.v, ITEM_GROUP, "%s",
		          groups[i].name);
	return err;
}

/* The own station and its groups; the county has all stations. */
static int
put_stations(struct ui *ui, struct files *s)
{
	struct ctx *c = ui_ctx(ui);
	struct tree_row *rows;
	int n, err;

	err = station_tree(c, ui_arena(ui), (struct unit_id){0}, &rows, &n);
	for (int i = 0; err == OK && i < n; i++) {
		if (rows[i].sort != TREE_STATION)
			continue;
		page_item(&s->page, rows[i].id, ITEM_STATION, "%s",
		          rows[i].name);
		if (c->scope != SCOPE_COUNTY)
			err =
			    put_groups(ui, s, (struct station_id){rows[i].id});
	}
	return err;
}

static int
load(struct ui *ui, void *data)
{
	struct files *s = data;
	int err;

	ui_watch(ui, ENTITY_BIT(DUTY_REQUEST), ui_ctx(ui)->my_unit);
	page_begin(&s->page);
	page_heading(&s->page, _("Requests about duty files"));
	err = put_state(ui, s, REQUEST_ASKED);
	if (err == OK)
		err = put_state(ui, s, REQUEST_APPEALED);
	page_item(&s->page, 0, ITEM_REQUESTS, "%s", _("All requests"));
	page_blank(&s->page);
	page_heading(&s->page, _("Files"));
	if (err == OK)
		err = put_stations(ui, s);
	page_blank(&s->page);
	page_heading(&s->page, _("Month"));
	page_item(&s->page, 0, ITEM_MONTH, "%s",
	          _("What is still open today and this month"));
	return err;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct files *s = data;

	(void)arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static void
key_open(struct ui *ui, void *data)
{
	struct files *s = data;
	int64_t id;
	int kind;

	if (!page_selected(&s->page, &id, &kind))
		return;
	switch (kind) {
	case ITEM_REQUESTS:
		ui_push(ui, &screen_duty_requests, id);
		break;
	case ITEM_STATION:
		ui_push(ui, &screen_duty_ledger, id);
		break;
	case ITEM_GROUP:
		ui_push(ui, &screen_duty_ledger, -id);
		break;
	case ITEM_MONTH:
		ui_push(ui, &screen_month, 0);
		break;
	}
}

static const struct key keys[] = {
    {"Enter", N_("Open"), PERM_NONE, key_open, NULL,
     N_("Open what the mark stands on.")},
    KEY_END,
};

const struct screen screen_files = {
    .name = "files",
    .title = N_("Duty files"),
    .about = N_("The duty files of a station: claims and corrections that "
                "wait for an officer, appeals that wait for a head, the "
                "files of the station and its groups by year and term, and "
                "what the month leaves open. A deputy's file is opened from "
                "the list of deputies or from a group's file."),
    .needs = PERM_DUTY_CHECK,
    .size = sizeof(struct files),
    .keys = keys,
    .open = open,
    .load = load,
};
