/*
 * One person: mandates over levels and terms, offices, what they are
 * responsible for, sealed files, what happened. The argument is the person.
 */
#include "db/person.h"

#include "db/base/i18n.h"
#include "db/file_seal.h"
#include "db/leaving.h"
#include "db/office.h"
#include "db/store/ctx.h"
#include "tui/people.h"
#include "tui/screens.h"

enum { EVENTS_MAX = 40 };

/* What the mark stands on. */
enum { ITEM_MANDATE, ITEM_OFFICE, ITEM_SEAL };

struct person_view {
	struct page page;
	struct person_id id;
	struct person row;
	struct mandate_line *mandates;
	struct office_line *offices;
	struct file_seal *seals;
	int n_mandates, n_offices, n_seals;
	bool is_here; /* holds something now */
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct person_view *s = data;

	s->id.v = arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

/* --- what is shown ---------------------------------------------------- */

static bool
is_current(struct day from, struct day to, struct day today)
{
	return day_compare(from, today) <= 0 &&
	       (to.year == 0 || day_compare(to, today) >= 0);
}

static void
fill_mandates(struct ui *ui, struct person_view *s)
{
	struct arena *a = ui_arena(ui);

	page_heading(&s->page, _("Mandates"));
	if (s->n_mandates == 0)
		page_text(&s->page, THEME_DIM, _("None."));
	for (int i = 0; i < s->n_mandates; i++) {
		const struct mandate_line *m = &s->mandates[i];
		bool now = is_current(m->from_on, m->to_on, ui_today(ui));
		enum theme role = now ? THEME_NORMAL : THEME_DIM;
		const char *where = arena_printf(
		    a, "%s%s%s%s%s", m->district_name,
		    m->group_name[0] != '\0' ? "  " : "", m->group_name,
		    m->place_name[0] != '\0' ? "  " : "", m->place_name);
		const struct page_cell cells[] = {
		    {people_mandate(a, m->level, m->term_number), 16, false,
		     role},
		    {people_span(a, m->from_on, m->to_on), 23, false, role},
		    {where, 0, false, role},
		};

		s->is_here = s->is_here || now;
		page_item_cells(&s->page, m->id.v, ITEM_MANDATE, cells, 3);
	}
	page_blank(&s->page);
}

static void
fill_offices(struct ui *ui, struct person_view *s)
{
	struct arena *a = ui_arena(ui);

	page_heading(&s->page, _("Offices"));
	if (s->n_offices == 0)
		page_text(&s->page, THEME_DIM, _("None."));
	for (int i = 0; i < s->n_offices; i++) {
		const struct office_line *o = &s->offices[i];
		bool now = is_current(o->from_on, o->to_on, ui_today(ui));
		enum theme role = now ? THEME_NORMAL : THEME_DIM;
		const struct page_cell cells[] = {
		    {role_label(o->label, o->label_en), 16, false, role},
		    {people_span(a, o->from_on, o->to_on), 23, false, role},
		    {office_text(a, o), 0, false, role},
		};

		s->is_here = s->is_here || now;
		page_item_cells(&s->page, o->id.v, ITEM_OFFICE, cells, 3);
	}
	page_blank(&s->page);
}

/* Only for who could hand it over. */
static int
fill_responsible(struct ui *ui, struct person_view *s)
{
	const struct leaving all = {.person = s->id, .all = true};
	struct left rows[RESPONSIBLES];
	int n, found = 0, err;

	if (!ui_may(ui, PERM_PEOPLE_WRITE))
		return OK;
	err = leaving_preview(ui_ctx(ui), ui_arena(ui), &all, rows, &n);
	for (int i = 0; err == OK && i < n; i++) {
		if (rows[i].kind == RESPONSIBLE_OFFICE ||
		    rows[i].kind == RESPONSIBLE_MANDATE)
			continue;
		if (found++ == 0)
			page_heading(&s->page, _("Responsible for"));
		page_pairf(&s->page, _(rows[i].label), "%lld",
		           (long long)rows[i].n);
	}
	if (found > 0)
		page_blank(&s->page);
	return err;
}

static int
fill_seals(struct ui *ui, struct person_view *s)
{
	struct arena *a = ui_arena(ui);
	int err = OK;

	if (s->n_seals > 0)
		page_heading(&s->page, _("Sealed duty files"));
	for (int i = 0; err == OK && i < s->n_seals; i++) {
		const struct file_seal *seal = &s->seals[i];
		struct file_addendum *added;
		struct term term;
		int n = 0;

		err = term_get(ui_ctx(ui), a, seal->term, &term);
		if (err == OK)
			err = file_addendum_list(ui_ctx(ui), a, seal->id,
			                         &added, &n);
		if (err != OK)
			return err;
		page_item(&s->page, seal->id.v, ITEM_SEAL,
		          _("%s: %lld records, sealed %s"),
		          people_mandate(a, term.level, term.number),
		          (long long)seal->records,
		          instant_show(a, seal->at, ui_today(ui)));
		for (int k = 0; k < n; k++)
			page_textf(&s->page, "    %s  %s",
			           instant_show(a, added[k].at, ui_today(ui)),
			           added[k].text);
	}
	if (s->n_seals > 0)
		page_blank(&s->page);
	return err;
}

static void
fill_head(struct ui *ui, struct person_view *s)
{
	const struct person *p = &s->row;
	const char *unit = people_show_unit(ui, ui_arena(ui), p->unit.v);

	page_title(&s->page, p->name,
	           p->unit.v != 0 ? unit : _("whole county"));
	page_pair(&s->page, _("Pinyin"), p->pinyin);
	if (p->job[0] != '\0')
		page_pair(&s->page, _("Occupation"), p->job);
	if (p->note[0] != '\0')
		page_pair(&s->page, _("Note"), p->note);
	page_blank(&s->page);
}

static int
read_all(struct ui *ui, struct person_view *s)
{
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	int err = person_get(c, a, s->id, &s->row);

	if (err == OK)
		err = mandate_of_person(c, a, s->id, &s->mandates,
		                        &s->n_mandates);
	if (err == OK)
		err = office_of_person(c, a, s->id, &s->offices, &s->n_offices);
	if (err == OK)
		err = file_seal_of_person(c, a, s->id, &s->seals, &s->n_seals);
	return err;
}

static int
load(struct ui *ui, void *data)
{
	struct person_view *s = data;
	struct event_line *events;
	int n, err;

	s->n_mandates = s->n_offices = s->n_seals = 0;
	s->is_here = false;
	err = read_all(ui, s);
	if (err == OK)
		err = event_timeline_person(ui_ctx(ui), ui_arena(ui), s->id.v,
		                            EVENTS_MAX, &events, &n);
	if (err != OK)
		return err;
	ui_watch(ui,
	         ENTITY_BIT(PERSON) | ENTITY_BIT(MANDATE) | ENTITY_BIT(OFFICE) |
	             ENTITY_BIT(TERM_CHANGE) | ENTITY_BIT(FILE_SEAL),
	         s->row.unit.v);
	page_begin(&s->page);
	fill_head(ui, s);
	fill_mandates(ui, s);
	fill_offices(ui, s);
	err = fill_responsible(ui, s);
	if (err == OK)
		err = fill_seals(ui, s);
	people_history(ui, &s->page, events, n);
	return err;
}

/* --- keys ------------------------------------------------------------- */

static bool
stands_on(const void *data, int wanted, int64_t *id)
{
	int kind;

	return page_selected(&((const struct person_view *)data)->page, id,
	                     &kind) &&
	       kind == wanted;
}

static bool
when_deputy(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct person_view *)data)->n_mandates > 0;
}

static bool
when_mandate(struct ui *ui, const void *data)
{
	(void)ui;
	return stands_on(data, ITEM_MANDATE, NULL);
}

static bool
when_office(struct ui *ui, const void *data)
{
	(void)ui;
	return stands_on(data, ITEM_OFFICE, NULL);
}

static bool
when_seal(struct ui *ui, const void *data)
{
	(void)ui;
	return stands_on(data, ITEM_SEAL, NULL);
}

static bool
when_here(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct person_view *)data)->is_here;
}

static bool
when_unit(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct person_view *)data)->row.unit.v != 0;
}

static void
key_file(struct ui *ui, void *data)
{
	ui_push(ui, &screen_duty_file, ((struct person_view *)data)->id.v);
}

static void
key_code(struct ui *ui, void *data)
{
	ui_push(ui, &screen_deputy_code, ((struct person_view *)data)->id.v);
}

static void
key_edit(struct ui *ui, void *data)
{
	ui_push(ui, &screen_person_form, ((struct person_view *)data)->id.v);
}

static void
key_mandate(struct ui *ui, void *data)
{
	ui_push(ui, &screen_mandate_form, ((struct person_view *)data)->id.v);
}

static void
key_office(struct ui *ui, void *data)
{
	ui_push(ui, &screen_office_form, ((struct person_view *)data)->id.v);
}

static void
key_move(struct ui *ui, void *data)
{
	int64_t id;

	if (stands_on(data, ITEM_MANDATE, &id))
		ui_push(ui, &screen_mandate_form, -id);
}

static void
key_end_mandate(struct ui *ui, void *data)
{
	int64_t id;

	if (stands_on(data, ITEM_MANDATE, &id))
		ui_push(ui, &screen_leaving, people_arg(PEOPLE_MANDATE, id));
}

static void
key_end_office(struct ui *ui, void *data)
{
	int64_t id;

	if (stands_on(data, ITEM_OFFICE, &id))
		ui_push(ui, &screen_leaving, people_arg(PEOPLE_OFFICE, id));
}

static void
key_leave(struct ui *ui, void *data)
{
	ui_push(ui, &screen_leaving,
	        people_arg(PEOPLE_ALL, ((struct person_view *)data)->id.v));
}

static bool
when_event(struct ui *ui, const void *data)
{
	(void)ui;
	return stands_on(data, PEOPLE_EVENT, NULL);
}

static void
key_strike(struct ui *ui, void *data)
{
	int64_t id;

	if (stands_on(data, PEOPLE_EVENT, &id))
		people_strike(ui, id);
}

static void
key_addendum(struct ui *ui, void *data)
{
	struct file_addendum_id added;
	const char *text;
	int64_t id;

	if (!stands_on(data, ITEM_SEAL, &id))
		return;
	text = ui_prompt(ui, ui_arena(ui), _("Addendum to the sealed file"), "",
	                 FILE_ADDENDUM_MAX);
	if (text == NULL)
		return;
	if (people_say(ui,
	               file_addendum_add(ui_ctx(ui), (struct file_seal_id){id},
	                                 text, &added)) == OK)
		ui_say(ui, "%s", _("Added."));
	ui_reload(ui);
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Duty file"), PERM_DUTY_READ, key_file, when_deputy,
	 N_("The deputy's duty file: records, points and rank by year.")},
	{"F6", N_("Deputy code"), PERM_CODE_READ, key_code, when_deputy,
	 N_("The QR with which a citizen writes to this deputy alone.")},
	{"F4", N_("Mandate"), PERM_PEOPLE_WRITE, key_mandate, when_unit,
	 N_("Enter a mandate of this person.")},
	{KEY_ACTION, N_("Change the person"), PERM_PEOPLE_WRITE, key_edit, NULL,
	 N_("Name, pinyin, unit, occupation.")},
	{KEY_ACTION, N_("Give an office"), PERM_PEOPLE_WRITE, key_office, NULL, NULL},
	{KEY_ACTION, N_("Change group, district, place"), PERM_PEOPLE_WRITE, key_move, when_mandate,
	 N_("Of the mandate under the mark.")},
	{KEY_ACTION, N_("End the mandate"), PERM_PEOPLE_WRITE, key_end_mandate, when_mandate,
	 N_("The mandate under the mark; what hangs on it is shown before.")},
	{KEY_ACTION, N_("End the office"), PERM_PEOPLE_WRITE, key_end_office, when_office,
	 N_("The office under the mark; what hangs on it is shown before.")},
	{KEY_ACTION, N_("Leaves altogether"), PERM_PEOPLE_WRITE, key_leave, when_here,
	 N_("All mandates and offices end; what the person was responsible for is handed over.")},
	{"Delete", N_("Strike out"), PERM_EVENT_STRIKE, key_strike, when_event,
	 N_("Strike out the entry of the history under the mark, with a reason; what followed from it no longer counts.")},
	{KEY_ACTION, N_("Addendum"), PERM_PEOPLE_WRITE, key_addendum, when_seal,
	 N_("Add a remark to the sealed file under the mark.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_person = {
    .name = "person",
    .title = N_("Person"),
    .about = N_("One person: mandates over levels and terms, offices, what "
                "they are responsible for, the files sealed with a term, and "
                "what happened. F2 changes, ends and hands over; nothing one "
                "is responsible for is left without an owner."),
    .needs = PERM_ORG_READ,
    .size = sizeof(struct person_view),
    .keys = keys,
    .open = open,
    .load = load,
};
