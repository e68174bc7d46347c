/*
 * The first page after signing in: what must I do now, overdue first; beside
 * it the figures of the hat worn, below it what that hat looks after. What
 * they are says the bench (tui/workbench.h); this file lays them out.
 */
#include "tui/workbench.h"

#include <string.h>

#include "db/activity.h"
#include "db/ballot.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/consultation.h"
#include "db/opinion.h"
#include "db/store/ctx.h"
#include "tui/offers.h"
#include "tui/screens.h"
#include "tui/task_open.h"
#include "tui/widget/bar.h"

static const struct bench *const benches[] = {
    &bench_deputy, &bench_unit,  &bench_station, &bench_county,
    &bench_leader, &bench_admin, &bench_audit,   &bench_organ,
};

enum {
	SIDE_MAX = 40,  /* columns of the figures */
	SIDE_GAP = 3,   /* between tasks and figures */
	SIDE_FROM = 72, /* narrower: they head the rows below */
	BAR_COLUMNS = 12
};

static const struct bench *
bench_of(const char *name)
{
	for (size_t i = 0; i < COUNT(benches); i++)
		if (strcmp(benches[i]->name, name) == 0)
			return benches[i];
	return &bench_organ;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct workbench *w = data;

	(void)arg;
	w->bench = bench_of(ui_ctx(ui)->bench);
	page_init(&w->todo, ui, w);
	page_init(&w->below, ui, w);
	ui_body(ui, &w->todo.widget);
	ui_body(ui, &w->below.widget);
	return OK;
}

/* --- figures ---------------------------------------------------------- */

struct bench_figure *
bench_figure(struct workbench *w, const char *label, const char *value,
             const char *note)
{
	struct bench_figure *f;

	if (w->figure_count == BENCH_FIGURES)
		w->figure_count--;
	f = &w->figures[w->figure_count++];
	*f =
	    (struct bench_figure){.label = label, .value = value, .note = note};
	return f;
}

/* Columns of the labels, of the values and of what stands behind them. */
struct side {
	int label, value, rest, all;
};

static struct side
measure_side(const struct workbench *w)
{
	struct side s = {0};

	for (int i = 0; i < w->figure_count; i++) {
		const struct bench_figure *f = &w->figures[i];

		s.label = bench_widest(s.label, f->label);
		s.value = bench_widest(s.value, f->value);
		if (f->note != NULL)
			s.rest = bench_widest(s.rest, f->note);
		else if (f->max > 0 && s.rest < BAR_COLUMNS)
			s.rest = BAR_COLUMNS;
	}
	s.all = s.label + 1 + s.value + (s.rest > 0 ? 2 + s.rest : 0);
	if (s.all < text_width(w->side))
		s.all = text_width(w->side);
	if (s.all > SIDE_MAX)
		s.all = SIDE_MAX;
	return s;
}

static void
draw_figures(const struct workbench *w, const struct area *area)
{
	struct side s = measure_side(w);
	int value = s.label + 1, rest = value + s.value + 2;

	area_fit(area, 0, 0, area->columns, THEME_TITLE, w->side);
	for (int i = 0; i < w->figure_count; i++) {
		const struct bench_figure *f = &w->figures[i];

		area_fit(area, i + 1, 0, s.label, THEME_NORMAL, f->label);
		area_put_right(area, i + 1, value + s.value, THEME_NORMAL,
		               f->value);
		if (area->columns <= rest)
			continue;
		if (f->note != NULL)
			area_fit(area, i + 1, rest, area->columns - rest,
			         THEME_DIM, f->note);
		else if (f->max > 0)
			area_put(area, i + 1, rest, THEME_BAR,
			         bar_text(area->arena, f->n, f->max,
			                  area->columns - rest < BAR_COLUMNS
			                      ? area->columns - rest
			                      : BAR_COLUMNS,
			                  false));
	}
}

/* --- reading and laying out ------------------------------------------- */

/* The figures as the first lines of the rows below, which scroll. */
static void
fill_figures(struct workbench *w)
{
	page_heading(&w->below, w->side);
	for (int i = 0; i < w->figure_count; i++) {
		const struct bench_figure *f = &w->figures[i];

		if (f->note == NULL && f->max > 0)
			page_bar(&w->below, f->label, f->value, f->n, f->max,
			         BAR_COLUMNS);
		else
			page_pairf(&w->below, f->label, "%s  %s", f->value,
			           f->note != NULL ? f->note : "");
	}
	page_blank(&w->below);
}

/* Where things stand in a body. */
struct layout {
	bool beside; /* figures beside the tasks */
	int todo_columns, todo_rows;
	int top; /* rows of all above `below` */
};

static int
clamp(int n, int low, int high)
{
	return n > high ? high : n < low ? low : n;
}

static struct layout
lay_out(const struct workbench *w, int rows, int columns)
{
	struct layout l = {.beside = columns >= SIDE_FROM};
	int room = w->bench->todo_rows;
	int side = w->figure_count > 0 ? w->figure_count + 1 : 0;

	if (rows < 16)
		room = 3;
	else if (rows > 19)
		room += (rows - 19) / 2;
	l.todo_rows = 1 + w->offer_count + clamp(w->todo_count, 2, room);
	l.todo_columns = columns;
	if (l.beside && side > 0)
		l.todo_columns -= measure_side(w).all + SIDE_GAP;
	l.top = l.beside && side > l.todo_rows ? side : l.todo_rows;
	return l;
}

static void
fill(struct ui *ui, struct workbench *w, int rows, int columns)
{
	struct layout l = lay_out(w, rows, columns);

	w->body_rows = rows;
	w->columns = columns;
	w->below_rows = rows - l.top - 1;
	bench_fill_todo(ui, w, l.todo_columns);
	page_begin(&w->below);
	if (!l.beside && w->figure_count > 0)
		fill_figures(w);
	w->bench->fill(ui, w);
}

static int
load(struct ui *ui, void *data)
{
	struct workbench *w = data;
	struct ctx *c = ui_ctx(ui);
	int err = OK;

	w->ready = false;
	w->todo_count = w->figure_count = w->row_count = 0;
	w->rows = NULL;
	w->todo_place = NULL;
	w->side = "";
	ui_watch(
	    ui, w->bench->kinds | ENTITY_BIT(OPINION) | ENTITY_BIT(OPINION_LEG),
	    c->my_unit);
	if (ui_may(ui, PERM_ACTIVITY_READ) || ui_may(ui, PERM_OPINION_READ) ||
	    ui_may(ui, PERM_BALLOT_READ)) {
		/* Best effort: a database that cannot be written now is
		 * still shown. */
		if (activity_tick(c, NULL) == ERR_STORE ||
		    opinion_tick(c, NULL) == ERR_STORE ||
		    ballot_tick(c, NULL) == ERR_STORE ||
		    consultation_tick(c, NULL) == ERR_STORE)
			return ERR_STORE;
		err = todo_list(c, ui_arena(ui), BENCH_TODOS, &w->todos,
		                &w->todo_count);
	}
	if (err == OK)
		err = w->bench->load(ui, w);
	if (err != OK)
		return err;
	w->offer_count = offers_list(ui, ui_arena(ui), w->offers);
	w->ready = true;
	fill(ui, w, w->body_rows > 0 ? w->body_rows : 19,
	     w->columns > 0 ? w->columns : 80);
	if (!page_selected(&w->todo, NULL, NULL) &&
	    page_selected(&w->below, NULL, NULL))
		ui_focus(ui, &w->below.widget);
	return OK;
}

/* --- on the screen ---------------------------------------------------- */

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	struct workbench *w = data;
	struct layout l;
	struct area part;

	if (!w->ready)
		return;
	l = lay_out(w, body->rows, body->columns);
	if (w->columns != body->columns || w->body_rows != body->rows)
		fill(ui, w, body->rows, body->columns);
	part = area_part(body, 0, 0, l.todo_rows, l.todo_columns);
	area_putf(&part, 0, 0, THEME_TITLE, "%s", _("To do"));
	if (w->todo_count > 0)
		area_putf(&part, 0, text_width(_("To do")) + 1, THEME_TITLE,
		          "%d%s", w->todo_count,
		          w->todo_count == BENCH_TODOS ? "+" : "");
	part = area_part(&part, 1, 0, 0, 0);
	page_draw(&w->todo, &part);
	if (l.beside) {
		part = area_part(body, 0, l.todo_columns + SIDE_GAP, l.top, 0);
		draw_figures(w, &part);
	}
	if (body->rows > l.top + 1) {
		part = area_part(body, l.top + 1, 0, 0, 0);
		page_draw(&w->below, &part);
	}
}

/* --- keys ------------------------------------------------------------- */

static void
open_named(struct ui *ui, const char *name, int64_t id)
{
	const struct screen *page = screen_named(name);

	if (page != NULL)
		ui_push(ui, page, id);
}

static void
open_todo(struct ui *ui, const struct todo *t)
{
	if (t->what == TODO_SIGN_IN)
		ui_push(ui, &screen_check_in, t->id);
	else if (t->what == TODO_RATE)
		ui_push(ui, &screen_project_rate, t->id);
	else if (t->what == TODO_FINDING)
		task_write_finding(ui, (struct activity_id){t->id});
	else if (t->kind == ENTITY_INSTRUCTION)
		ui_push(ui, &screen_instruction, t->id);
	else if (t->kind == ENTITY_ROTA)
		ui_push(ui, &screen_rota, 0);
	else if (t->kind == ENTITY_DUTY_REQUEST)
		ui_push(ui, &screen_duty_request, t->id);
	else if (t->kind == ENTITY_CAMPAIGN_UNIT)
		ui_push(ui, &screen_campaign_unit, t->id);
	else if (t->kind == ENTITY_PROJECT_TASK)
		ui_push(ui, &screen_project_task, t->id);
	else if (t->kind == ENTITY_OPINION)
		open_named(ui, "opinion", t->id);
	else if (t->kind == ENTITY_BALLOT)
		ui_push(ui, &screen_ballot, t->id);
	else if (t->kind == ENTITY_PROJECT)
		open_named(ui, "project", t->id);
	else
		ui_push(ui, &screen_activity, t->id);
}

static void
key_open(struct ui *ui, void *data)
{
	struct workbench *w = data;
	int64_t id;
	int kind;

	if (w->below.widget.focused) {
		if (page_selected(&w->below, &id, &kind))
			w->bench->open(ui, id, kind);
	} else if (page_selected(&w->todo, &id, &kind)) {
		if (kind == BENCH_OFFER)
			offers_run(ui, &w->offers[id]);
		else
			open_todo(ui, &w->todos[id]);
	}
}

static bool
when_item(struct ui *ui, const void *data)
{
	const struct workbench *w = data;

	(void)ui;
	return page_selected(w->below.widget.focused ? &w->below : &w->todo,
	                     NULL, NULL);
}

/* There is something below to go to, and back from. */
static bool
when_two(struct ui *ui, const void *data)
{
	const struct workbench *w = data;

	(void)ui;
	return page_selected(&w->todo, NULL, NULL) &&
	       page_selected(&w->below, NULL, NULL);
}

static void
key_search(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_search, 0);
}

static void
key_new(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_activity_form, 0);
}

static void
key_check_in(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_check_in, 0);
}

static void
key_settings(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_settings, 0);
}

static void
key_campaigns(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_campaigns, 0);
}

static void
key_requests(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_duty_requests, 0);
}

static void
key_month(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_month, 0);
}

static void
key_my_code(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_deputy_code, 0);
}

static const struct key keys[] = {
    {"Enter", N_("Open"), PERM_NONE, key_open, when_item,
     N_("Open what the mark stands on.")},
    {"Tab", N_("Lists"), PERM_NONE, NULL, when_two,
     N_("Go to the list below and back.")},
    {"F3", N_("Find"), PERM_NONE, key_search, NULL,
     N_("Find a page, a person or a record by any word in it.")},
    {"F4", N_("New activity"), PERM_ACTIVITY_WRITE, key_new, NULL, NULL},
    {"F6", N_("Sign in by code"), PERM_ACTIVITY_JOIN, key_check_in, NULL,
     N_("Type the short code of an activity to sign in to it.")},
    {KEY_ACTION, N_("My settings"), PERM_NONE, key_settings, NULL,
     N_("Language, width of bars and codes, password.")},
    {KEY_ACTION, N_("My deputy code"), PERM_DUTY_OWN, key_my_code, NULL,
     N_("The QR with which a citizen writes to you alone.")},
    {KEY_ACTION, N_("Campaigns"), PERM_CAMPAIGN_READ, key_campaigns, NULL,
     N_("What the county issued, and how far each unit is.")},
    {KEY_ACTION, N_("Requests about duty files"), PERM_DUTY_READ, key_requests,
     NULL, N_("Claims, corrections and appeals.")},
    {KEY_ACTION, N_("Closing of the month"), PERM_MONTH_READ, key_month, NULL,
     N_("What is still open today and this month.")},
    KEY_END,
};

const struct screen screen_workbench = {
    .name = "workbench",
    .title = N_("Workbench"),
    .about = N_("What you have to do now: first what is overdue, then what "
                "is due today, then what comes. Enter opens each. Beside "
                "it are your figures of this year, below it the newest of "
                "what you look after. A line disappears once it is done, "
                "whoever did it."),
    .size = sizeof(struct workbench),
    .keys = keys,
    .open = open,
    .load = load,
    .draw = draw,
};
