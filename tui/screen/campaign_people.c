/* Whom a campaign reached in a unit: its deputies, those who have not taken
 * part yet first. */
#include "db/base/i18n.h"
#include "db/campaign_unit.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

struct campaign_people {
	struct page page;
	struct campaign_unit_id id;
};

static void
put_people(struct ui *ui, struct page *p, const struct campaign_person *rows,
           int n, bool reached)
{
	int count = 0;

	for (int i = 0; i < n; i++)
		count += (rows[i].times > 0) == reached;
	page_heading(p, arena_printf(ui_arena(ui), "%s %d",
	                             reached ? _("Took part") : _("Not yet"),
	                             count));
	for (int i = 0; i < n; i++) {
		const struct page_cell cells[] = {
		    {rows[i].name, 12, false, THEME_NORMAL},
		    {rows[i].group_name, 20, false, THEME_NORMAL},
		    {reached ? arena_printf(ui_arena(ui),
		                            P_("%lld time", "%lld times",
		                               (unsigned long)rows[i].times),
		                            (long long)rows[i].times)
		             : "",
		     10, true, THEME_NORMAL},
		};

		if ((rows[i].times > 0) == reached)
			page_item_cells(p, rows[i].person.v, 0, cells,
			                (int)COUNT(cells));
	}
	page_blank(p);
}

static int
load(struct ui *ui, void *data)
{
	struct campaign_people *s = data;
	struct arena *a = ui_arena(ui);
	struct campaign_progress at;
	struct campaign_person *rows;
	int n, err = campaign_progress_get(ui_ctx(ui), a, s->id, &at);

	if (err == OK)
		err = campaign_people(ui_ctx(ui), a, s->id, &rows, &n);
	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(PARTICIPANT) | ENTITY_BIT(ACTIVITY_SUBJECT),
	         at.unit.v);
	page_begin(&s->page);
	page_title(&s->page, at.title, at.unit_name);
	put_people(ui, &s->page, rows, n, false);
	put_people(ui, &s->page, rows, n, true);
	return OK;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct campaign_people *s = data;

	s->id.v = arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static bool
on_person(struct ui *ui, const void *data)
{
	(void)ui;
	return page_selected(&((const struct campaign_people *)data)->page,
	                     NULL, NULL);
}

static void
key_open(struct ui *ui, void *data)
{
	struct campaign_people *s = data;
	int64_t id;

	if (page_selected(&s->page, &id, NULL))
		ui_push(ui, &screen_duty_file, id);
}

static const struct key keys[] = {
    {"Enter", N_("Duty file"), PERM_DUTY_READ, key_open, on_person,
     N_("The deputy's records: what they took part in.")},
    KEY_END,
};

const struct screen screen_campaign_people = {
    .name = "campaign-people",
    .title = N_("Coverage"),
    .about = N_("The deputies of the unit as this campaign reached them: how "
                "often each signed in at its activities. Those who have not "
                "taken part yet stand first, to be invited next."),
    .needs = PERM_DUTY_CHECK,
    .size = sizeof(struct campaign_people),
    .keys = keys,
    .open = open,
    .load = load,
};
