/* The page of an opinion but for its timeline. */
#include "tui/opinion_view.h"

#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/public_matter.h"
#include "db/store/ctx.h"
#include "tui/widget/bar.h"

/* English needs more for the steps. */
enum { BAR = 8, STEPS_ZH = 31, STEPS_EN = 35, VALUE = 26 };

/* --- reading ---------------------------------------------------------- */

static int
load_merged(struct ui *ui, struct opinion_id id, struct opinion_view *v)
{
	struct list_query query = {.value_count = 1};
	struct list_page page;
	int err;

	v->merged_count = 0;
	if (v->o.row.senders < 2)
		return OK;
	query.values[0] = (struct list_value){OPINION_LIST_INTO, id.v, NULL};
	err = list_fetch(ui_ctx(ui), ui_arena(ui), &opinion_list, &query,
	                 LIST_FIRST, NULL, MERGED_SHOWN, &page);
	if (err != OK)
		return err;
	v->merged = page.rows;
	v->merged_count = page.n;
	return OK;
}

static int
load_made(struct ui *ui, struct opinion_id id, struct opinion_view *v)
{
	int err = conversion_of(ui_ctx(ui), ui_arena(ui), id, &v->made);

	v->project.v = 0;
	if (err == ERR_NOT_FOUND || err == ERR_DENIED) {
		v->made.id.v = 0;
		return OK;
	}
	if (err != OK || v->made.kind != CONVERSION_PROJECT)
		return err;
	err = project_of_conversion(ui_ctx(ui), v->made.id, &v->project);
	return err == ERR_NOT_FOUND || err == ERR_DENIED ? OK : err;
}

static int
load_contact(struct ui *ui, struct opinion_id id, struct opinion_view *v)
{
	int err = contact_get(ui_ctx(ui), id, &v->contact);

	if (err == OK)
		return OK;
	v->contact = (struct contact){.may_open = false};
	return err == ERR_NOT_FOUND || err == ERR_DENIED ? OK : err;
}

/* What past matters propose: a category, an office, what says the same. */
static int
load_proposals(struct ui *ui, struct opinion_view *v)
{
	const struct opinion *o = &v->o.row;
	const struct suggest_asked asked = {o->id, o->unit, o->subject,
	                                    o->body};
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	bool sorts = o->state == OPINION_NEW || o->state == OPINION_TRIAGE;
	int err = OK;

	v->category_count = v->office_count = v->alike_count = 0;
	if (!sorts || !ui_may(ui, PERM_OPINION_HANDLE))
		return OK;
	if (*o->category == '\0')
		err = suggest_category(c, a, &asked, &v->category, 1,
		                       &v->category_count);
	if (err == OK)
		err = suggest_office(c, a, &asked, o->category, &v->office, 1,
		                     &v->office_count);
	if (err == OK)
		err = suggest_alike(c, a, &asked, v->alike, ALIKE_SHOWN,
		                    &v->alike_count);
	return err == ERR_DENIED ? OK : err;
}

int
opinion_view_load(struct ui *ui, struct opinion_id id, struct opinion_view *v)
{
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	int err = opinion_page_get(c, a, id, &v->o);

	if (err == OK)
		err = due_sight_load(ui, &v->sight);
	if (err == OK)
		err = leg_list(c, a, id, &v->legs, &v->leg_count);
	if (err == OK)
		err = note_list(c, a, id, &v->notes, &v->note_count);
	if (err == OK)
		err = attachment_list(c, a, id, &v->files, &v->file_count);
	if (err == OK)
		err = load_contact(ui, id, v);
	if (err == OK)
		err = load_made(ui, id, v);
	if (err == OK)
		err = load_merged(ui, id, v);
	if (err == OK)
		err = load_proposals(ui, v);
	return err == OK ? history_load(ui, &v->history, ENTITY_OPINION, id.v)
	                 : err;
}

/* --- what it is --------------------------------------------------------- */

/* Two labels with their values in a line. */
static void
put_two(struct page *p, const char *l1, const char *v1, const char *l2,
        const char *v2)
{
	int label = i18n_language() == LANGUAGE_ZH ? 6 : 11;
	const struct page_cell cells[] = {
	    {.text = l1, .width = label, .role = THEME_DIM},
	    {.text = v1, .width = VALUE},
	    {.text = l2, .width = label, .role = THEME_DIM},
	    {.text = v2},
	};

	page_cells(p, cells, *l2 != '\0' ? 4 : 2);
}

static const char *
source_text(struct ui *ui, const struct opinion_page *o)
{
	const char *label = _(opinion_sources[o->row.source].label);
	const char *name =
	    o->row.source == SOURCE_PUBLIC ? o->deputy_name : o->receiver;

	return arena_printf(ui_arena(ui), "%s %s", label, name);
}

static const char *
sender_text(struct ui *ui, const struct opinion_view *v)
{
	const struct opinion *row = &v->o.row;
	const char *text = arena_printf(
	    ui_arena(ui), "%s%s%s", row->sender,
	    *row->sender && *v->contact.mask ? "  " : "", v->contact.mask);

	if (row->senders < 2)
		return text;
	return arena_printf(ui_arena(ui),
	                    P_("%s, %lld sender", "%s, %lld senders",
	                       (unsigned long)row->senders),
	                    text, (long long)row->senders);
}

static const char *
place_text(struct ui *ui, const struct opinion_page *o)
{
	/* a place is called after its village: who is of the unit knows it */
	const char *unit =
	    *o->place_name != '\0' && ui_ctx(ui)->scope != SCOPE_COUNTY
		? ""
		: o->unit_name;

	return arena_printf(ui_arena(ui), "%s%s%s%s%s", unit,
	                    *unit && *o->place_name ? " " : "", o->place_name,
	                    *o->row.venue ? " " : "", o->row.venue);
}

/* The end of its path that has room: what it is goes before under what. */
static const char *
category_text(const struct opinion_page *o)
{
	const char *text = o->category_label, *next;

	if (*text == '\0')
		return _("not sorted yet");
	while (text_width(text) > VALUE && (next = strchr(text, '/')) != NULL)
		text = next + 1;
	return text;
}

static void
put_head(struct ui *ui, struct page *p, const struct opinion_view *v)
{
	const struct opinion_page *o = &v->o;
	const struct opinion *row = &o->row;
	const char *level = arena_printf(
	    ui_arena(ui), "%s%s", _(opinion_levels[row->level].label),
	    row->urgent ? C_("mark", "  ! urgent") : "");

	put_two(p, _("Source"), source_text(ui, o), _("Received on"),
	        instant_show(ui_arena(ui), row->received_at, ui_today(ui)));
	put_two(p, _("Category"), category_text(o), _("Place"),
	        place_text(ui, o));
	put_two(p, _("Raised by"), sender_text(ui, v), _("Level"), level);
	if (*o->companion_name != '\0')
		put_two(p, _("Deputy"), o->companion_name, _("Readers"),
		        row->deputy.v != 0 ? _("this deputy and the officers")
		                           : _("no other deputy"));
	page_blank(p);
	page_text(p, THEME_NORMAL, row->body);
	page_blank(p);
}

/* --- both loops ------------------------------------------------------------
 */

/* "Received - Sorted - [Handling] - Answered": at which of n steps. */
static const char *
steps_text(struct arena *a, const char *const *steps, int n, int at)
{
	const char *text = "";

	for (int i = 0; i < n; i++)
		text = arena_printf(a, i == at ? "%s%s[%s]" : "%s%s%s", text,
		                    i > 0 ? " - " : "", _(steps[i]));
	return text;
}

static int
handling_at(int state)
{
	switch ((enum opinion_state)state) {
	case OPINION_HELD:
	case OPINION_NEW:
		return 0;
	case OPINION_TRIAGE:
	case OPINION_AGAIN:
	case OPINION_ESCALATED:
		return 1;
	case OPINION_HANDLING:
	case OPINION_MERGED:
	case OPINION_CONVERTED:
		return 2;
	case OPINION_FEEDBACK:
	case OPINION_AWAITING:
	case OPINION_CLOSED:
		return 3;
	case OPINION_DISCARDED:
	case OPINION_STATES:
		break;
	}
	return -1;
}

/* 0: they know that it is received. */
static int
citizen_at(const struct opinion *o)
{
	switch ((enum opinion_state)o->state) {
	case OPINION_FEEDBACK:
		return 1;
	case OPINION_AWAITING:
		return 2;
	case OPINION_CLOSED:
		return o->rating != RATING_NONE ? 2 : -1;
	default:
		return o->state == OPINION_HELD || o->state == OPINION_NEW ||
		               o->state == OPINION_DISCARDED
		           ? -1
		           : 0;
	}
}

static void
put_loop(struct ui *ui, struct page *p, const char *label, const char *steps,
         const struct opinion_loop *loop, const char *begun, const char *done)
{
	struct arena *a = ui_arena(ui);
	const struct clock_reading *r = &loop->clock;
	bool zh = i18n_language() == LANGUAGE_ZH;
	enum theme role = r->light == LIGHT_RED      ? THEME_ALARM
	                  : r->light == LIGHT_YELLOW ? THEME_SOON
	                                             : THEME_NORMAL;
	struct page_cell cells[] = {
	    {.text = label, .width = zh ? 6 : 8, .role = THEME_DIM},
	    {.text = steps, .width = zh ? STEPS_ZH : STEPS_EN},
	    {.text = ""},
	    {.text = "", .role = THEME_BAR},
	    {.text = "", .role = role},
	};

	if (loop->runs) {
		cells[2].text =
		    arena_printf(a, C_("used", "%lld/%lld days"),
		                 (long long)r->used, (long long)loop->days);
		cells[3].text =
		    bar_text(a, r->used < loop->days ? r->used : loop->days,
		             loop->days, BAR, true);
		cells[4].text = light_word(r);
	} else if (loop->closed && loop->took >= 0) {
		cells[2].text =
		    loop->took == 0
			? _("the same day")
			: arena_printf(a,
		                       P_("%lld working day",
		                          "%lld working days",
		                          (unsigned long)loop->took),
		                       (long long)loop->took);
		cells[3] = (struct page_cell){.text = done};
	} else {
		cells[2].text = loop->closed ? done : begun;
	}
	page_cells(p, cells, loop->runs ? 5 : 4);
}

static const char *
rating_text(struct ui *ui, const struct opinion *o)
{
	if (o->rating == RATING_NONE)
		return "";
	return arena_printf(ui_arena(ui), "%s%s",
	                    _(opinion_ratings[o->rating].label),
	                    o->by_hand ? _(" (by hand)") : "");
}

static void
put_loops(struct ui *ui, struct page *p, const struct opinion_page *o)
{
	static const char *const handling[] = {N_("in"), N_("sorted"),
	                                       N_("handling"), N_("answered")};
	static const char *const citizen[] = {N_("knows"), N_("is told"),
	                                      N_("rates")};
	struct arena *a = ui_arena(ui);
	const struct opinion *row = &o->row;
	const char *elsewhere =
	    row->state == OPINION_MERGED || row->state == OPINION_CONVERTED
		? _(opinion_states[row->state].label)
		: _("not begun");

	put_loop(ui, p, C_("loop", "Handling"),
	         steps_text(a, handling, (int)COUNT(handling),
	                    handling_at(row->state)),
	         &o->handling, elsewhere,
	         row->result != RESULT_NONE
	             ? _(opinion_results[row->result].label)
	             : "");
	put_loop(ui, p, C_("loop", "Citizen"),
	         steps_text(a, citizen, (int)COUNT(citizen), citizen_at(row)),
	         &o->citizen,
	         row->state == OPINION_AGAIN || row->state == OPINION_ESCALATED
	             ? _(opinion_ratings[RATING_DISSATISFIED].label)
	             : _("not begun"),
	         rating_text(ui, row));
	if (row->extended > 0)
		page_textf(p, _("The time was extended by %lld working days."),
		           (long long)row->extended);
	if (o->counted)
		page_text(p, THEME_DIM,
		          _("The county's table has no holidays of this year "
		            "yet: Monday to Friday were counted."));
}

/* --- where it is -------------------------------------------------------------
 */

static const char *
leg_note(struct ui *ui, const struct leg_line *l)
{
	struct arena *a = ui_arena(ui);
	const char *text = "";
	size_t n;

	if (l->asked_days > 0)
		text = arena_printf(a, _("%sasks %lld days more  "), text,
		                    (long long)l->asked_days);
	if (l->reports > 0)
		text = arena_printf(a,
		                    P_("%s%lld report  ", "%s%lld reports  ",
		                       (unsigned long)l->reports),
		                    text, (long long)l->reports);
	if (l->promised_on.year != 0 && l->result == RESULT_NONE)
		text = arena_printf(a, _("%spromised %s  "), text,
		                    day_show(a, l->promised_on, ui_today(ui)));
	if (l->result != RESULT_NONE)
		text = arena_printf(a, "%s%s  ", text,
		                    _(opinion_results[l->result].label));
	if (l->released)
		text = arena_printf(a, _("%scontact released"), text);
	n = strlen(text);
	while (n > 0 && text[n - 1] == ' ')
		n--;
	return arena_strndup(a, text, n);
}

static void
put_legs(struct ui *ui, struct page *p, const struct opinion_view *v)
{
	struct arena *a = ui_arena(ui);
	bool zh = i18n_language() == LANGUAGE_ZH;

	for (int i = 0; i < v->leg_count; i++) {
		const struct leg_line *l = &v->legs[i];
		const struct due_days due = {l->warn_on, l->due_on,
		                             l->paused_at, false};
		bool runs = l->state == LEG_SENT || l->state == LEG_ACCEPTED ||
		            l->state == LEG_WORKING;
		const struct page_cell cells[] = {
		    {.text = l->path == PATH_PLATFORM ? "A" : "B", .width = 1},
		    {.text = l->name, .width = 22},
		    {.text = _(leg_states[l->state].label),
		     .width = zh ? 6 : 11},
		    {.text = runs ? due_text(a, &v->sight, &due) : "",
		     .width = zh ? 9 : 11,
		     .role = runs ? due_role(&v->sight, &due) : THEME_NORMAL},
		    {.text = leg_note(ui, l)},
		};

		page_cells(p, cells, (int)COUNT(cells));
	}
}

static void
put_proposal(struct ui *ui, struct page *p, const char *what,
             const struct suggestion *s)
{
	struct arena *a = ui_arena(ui);
	const char *words = suggest_because(a, s);
	const char *why =
	    *words != '\0' ? arena_printf(a, _(" (because: %s)"), words) : "";

	page_text(p, THEME_DIM,
	          arena_printf(a, _("Proposed %s: %s %d%%%s"), what, s->label,
	                       s->percent, why));
}

static void
put_proposals(struct ui *ui, struct page *p, const struct opinion_view *v)
{
	struct arena *a = ui_arena(ui);

	if (v->category_count > 0)
		put_proposal(ui, p, _("category"), &v->category);
	if (v->office_count > 0)
		put_proposal(ui, p, _("office"), &v->office);
	for (int i = 0; i < v->alike_count; i++)
		put_proposal(ui, p,
		             arena_printf(a, _("merging with %lld"),
		                          (long long)v->alike[i].opinion.v),
		             &v->alike[i]);
}

static void
put_links(struct ui *ui, struct page *p, const struct opinion_view *v)
{
	const struct opinion *row = &v->o.row;

	if (row->merged.v != 0)
		page_textf(p,
		           _("Merged into %lld: its answer and rating reach "
		             "this sender too."),
		           (long long)row->merged.v);
	for (int i = 0; i < v->merged_count; i++)
		page_textf(p, _("With it: %lld %s  %s"),
		           (long long)v->merged[i].id.v, v->merged[i].subject,
		           instant_show(ui_arena(ui), v->merged[i].received_at,
		                        ui_today(ui)));
	if (v->made.id.v == 0)
		return;
	if (v->project.v != 0) {
		page_item(p, v->project.v, ENTITY_PROJECT,
		          _("Became: livelihood project %lld  %s"),
		          (long long)v->project.v, v->made.title);
		return;
	}
	page_textf(p, _("Became: %s  %s"),
	           _(conversion_kinds[v->made.kind].label), v->made.title);
	if (v->made.state == CONVERSION_WAITING)
		page_text(p, THEME_DIM,
		          _("The record is kept and waits for its answer. "
		            "Until that application is here, the answer is "
		            "entered on this page (F2)."));
}

void
opinion_view_fill(struct ui *ui, struct page *p, const struct opinion_view *v)
{
	const struct opinion *row = &v->o.row;
	const struct due_days due = {row->warn_on, row->due_on, row->paused_at,
	                             row->clock == CLOCK_RATING};

	page_title(p,
	           arena_printf(ui_arena(ui), _("Opinion %lld   %s"),
	                        (long long)row->id.v, row->subject),
	           arena_printf(ui_arena(ui), "%s  %s",
	                        _(opinion_states[row->state].label),
	                        due_text(ui_arena(ui), &v->sight, &due)));
	put_head(ui, p, v);
	opinion_files_fill(ui, p, v);
	put_loops(ui, p, &v->o);
	put_legs(ui, p, v);
	put_proposals(ui, p, v);
	put_links(ui, p, v);
	if (*row->doubts != '\0')
		page_textf(p, _("Held because: %s"),
		           doubt_text(ui_arena(ui), row->doubts));
	if (*row->reason != '\0')
		page_textf(p, _("Reason: %s"), row->reason);
	opinion_timeline_fill(ui, p, v);
}
