/*
 * Finding anything: pages of the program, and records and people by words,
 * names or numbers. What is typed is searched at once.
 */
#include "db/search.h"

#include <string.h>

#include "db/base/buf.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/store/list.h"
#include "tui/law_open.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/table.h"

enum { HITS_MAX = 200, PAGES_MAX = 5, TITLE = 26, FOUND = 20 };

/* Where a kind of record is read. */
static const struct {
	const char *kind;
	const struct screen *screen;
} pages_of[] = {
    {"opinions", &screen_opinion},         {"answers", &screen_opinion},
    {"activities", &screen_activity},      {"projects", &screen_project},
    {"persons", &screen_person},           {"laws", &screen_law_versions},
    {"law_comments", &screen_law_comment},
};

/* Pages one can go to from anywhere. */
static const struct screen *const places[] = {
    &screen_opinions,      &screen_opinion_stats, &screen_activities,
    &screen_my_file,       &screen_files,         &screen_campaigns,
    &screen_month,         &screen_duty_requests, &screen_rota,
    &screen_plan,          &screen_receptions,    &screen_instructions,
    &screen_documents,     &screen_deputies,      &screen_persons,
    &screen_terms,         &screen_stations,      &screen_codes,
    &screen_imports,       &screen_rules,         &screen_accounts,
    &screen_sessions,      &screen_penalties,     &screen_audit,
    &screen_settings,      &screen_password,      &screen_held,
    &screen_conversions,   &screen_phones,        &screen_robot,
    &screen_robot_compare, &screen_project_tasks, &screen_ballots,
    &screen_projects,      &screen_project_stats, &screen_consultations,
    &screen_law_comments,  &screen_laws,
};

struct row {
	int64_t id;                 /* from 1 */
	const struct screen *place; /* NULL: hit */
	const struct search_hit *hit;
};

struct search_view {
	struct table table;
	struct arena *a;  /* of what was found last */
	const char *find; /* and with what */
	int kind;
	bool is_read;
	struct search_result result;
	struct row *rows;
	int n;
};

/* --- finding ----------------------------------------------------------- */

/* Whether the page's name has every word. */
static bool
is_called(struct search_view *s, const struct screen *screen)
{
	struct search_words one = s->result.words;
	bool found = one.n > 0;

	for (int i = 0; i < s->result.words.n && found; i++) {
		one.words = s->result.words.words + i;
		one.n = 1;
		(void)search_mark(s->a, &one, _(screen->title), 80, &found);
	}
	return found;
}

static void
add_places(struct ui *ui, struct search_view *s)
{
	int most = PAGES_MAX;

	for (size_t i = 0; i < COUNT(places) && most > 0; i++)
		if (ui_may(ui, places[i]->needs) && is_called(s, places[i])) {
			s->rows[s->n].place = places[i];
			s->rows[s->n].id = s->n + 1;
			s->n++;
			most--;
		}
}

/* Rows of the pages of that name, then of the records. */
static void
fill(struct ui *ui, struct search_view *s)
{
	size_t room = PAGES_MAX + (size_t)s->result.n + 1;

	s->n = 0;
	s->rows = arena_alloc(s->a, sizeof(*s->rows) * room);
	memset(s->rows, 0, sizeof(*s->rows) * room);
	if (s->kind == SEARCH_ALL)
		add_places(ui, s);
	for (int i = 0; i < s->result.n; i++, s->n++)
		s->rows[s->n] =
		    (struct row){.id = s->n + 1, .hit = &s->result.hits[i]};
}

/* What is shown stays when it fails. */
static int
search(struct ui *ui, struct search_view *s, const char *find)
{
	struct search_result result;
	struct arena *a;
	int err;

	if (s->is_read && strcmp(find, s->find) == 0)
		return OK;
	a = arena_new();
	err = search_run(ui_ctx(ui), a, find, s->kind, HITS_MAX, &result);
	if (err != OK) {
		arena_free(a);
		return err;
	}
	arena_free(s->a);
	s->a = a;
	s->find = arena_strdup(a, find);
	s->result = result;
	s->is_read = true;
	fill(ui, s);
	return OK;
}

static int
fetch(struct ui *ui, void *data, struct arena *a,
      const struct table_query *query, struct table_rows *out)
{
	struct search_view *s = data;
	const struct row *anchor = query->anchor;
	int at = anchor != NULL ? (int)anchor->id - 1 : 0, from = 0;
	int err = search(ui, s, query->find);
	struct row *rows;

	if (err != OK)
		return err;
	if (query->from == TABLE_LAST)
		from = s->n - query->n;
	else if (query->from == TABLE_AFTER)
		from = at + 1;
	else if (query->from == TABLE_BEFORE)
		from = at - query->n;
	else if (query->from == TABLE_AT)
		from = at;
	if (from < 0)
		from = 0;
	out->count = s->n - from < query->n ? s->n - from : query->n;
	if (query->from == TABLE_BEFORE && from + out->count > at)
		out->count = at - from;
	if (out->count < 0)
		out->count = 0;
	rows = arena_alloc(a, sizeof(*rows) * ((size_t)out->count + 1));
	for (int i = 0; i < out->count; i++)
		rows[i] = s->rows[from + i];
	out->rows = rows;
	out->first = rows;
	out->last = rows + (out->count > 0 ? out->count - 1 : 0);
	out->more = query->from == TABLE_LAST || query->from == TABLE_BEFORE
	                ? from > 0
	                : from + out->count < s->n;
	return OK;
}

static int
count(struct ui *ui, void *data, const char *find, struct table_count *out)
{
	struct search_view *s = data;
	int err = search(ui, s, find);

	if (err != OK)
		return err;
	*out = (struct table_count){.total = s->n};
	return OK;
}

/* --- cells --------------------------------------------------------------- */

static const char *
cell_kind(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct row *r = row;

	(void)ui, (void)data, (void)a;
	return r->place != NULL ? _("Page")
	                        : _(search_kind_label(r->hit->kind));
}

static const char *
cell_number(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct row *r = row;

	(void)ui, (void)data;
	return r->place != NULL || r->hit->at.s == 0 ||
	               search_kind_is_part(r->hit->kind)
	           ? ""
	           : arena_printf(a, "%lld", (long long)r->hit->number);
}

static const char *
cell_title(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct search_view *s = data;
	const struct row *r = row;

	(void)ui;
	return search_mark(
	    a, &s->result.words,
	    r->place != NULL ? _(r->place->title) : r->hit->title, TITLE, NULL);
}

static const char *
cell_text(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct search_view *s = data;
	const struct row *r = row;
	/* what the other columns leave, the unit's too when it is shown */
	int columns = s->table.widget.columns - 56;

	(void)ui;
	if (columns >= FOUND + 11)
		columns -= 11;
	return search_mark(a, &s->result.words,
	                   r->place != NULL ? _(r->place->about) : r->hit->text,
	                   columns > FOUND ? columns : FOUND, NULL);
}

static const char *
cell_day(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct row *r = row;
	char day[11];

	(void)ui, (void)data;
	if (r->place != NULL || r->hit->at.s == 0)
		return "";
	day_format(day_of(r->hit->at), day);
	return arena_strdup(a, day);
}

static const char *
cell_unit(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct row *r = row;

	(void)ui, (void)data, (void)a;
	return r->place != NULL ? "" : r->hit->unit_name;
}

/* clang-format off */
static const struct table_column columns[] = {
	{.heading = N_("Kind"),   .width = 8, .text = cell_kind},
	{.heading = N_("Number"), .width = 6, .right = true, .text = cell_number},
	{.heading = N_("Title"),  .width = TITLE, .text = cell_title},
	{.heading = N_("Found in it"), .width = FOUND, .stretch = true, .priority = 3, .text = cell_text},
	{.heading = N_("Unit"),   .width = 10, .priority = 4, .text = cell_unit},
	{.heading = N_("Date"),   .width = 10, .priority = 1, .text = cell_day},
	TABLE_COLUMN_END,
};
/* clang-format on */

static const char *
hits_text(struct arena *a, int64_t n)
{
	return n > LIST_COUNT_CAP ? arena_printf(a, "%d+", LIST_COUNT_CAP)
	                          : arena_printf(a, "%lld", (long long)n);
}

/* "Activity 35  Person 2", and when not all of them are shown. */
static const char *
note(struct ui *ui, void *data, struct arena *a)
{
	const struct search_view *s = data;
	struct buf b = BUF_INIT;
	const char *text;
	int64_t total = 0;

	(void)ui;
	for (int i = 0; search_kind_name(i) != NULL; i++) {
		if (s->result.totals[i] <= 0)
			continue;
		total += s->result.totals[i];
		buf_addf(&b, "%s%s %s", b.len > 0 ? "  " : "",
		         _(search_kind_label(i)),
		         hits_text(a, s->result.totals[i]));
	}
	if (total > s->result.n)
		buf_addf(&b, "  %s", _("More words or F5 narrow it."));
	text = arena_strdup(a, b.data);
	buf_clear(&b);
	return text;
}

static const char *
filter_text(struct ui *ui, void *data, struct arena *a)
{
	const struct search_view *s = data;

	(void)ui, (void)a;
	return s->kind == SEARCH_ALL ? "" : _(search_kind_label(s->kind));
}

static const struct table_spec table = {
    .columns = columns,
    .row_size = sizeof(struct row),
    .id_at = offsetof(struct row, id),
    .fetch = fetch,
    .count = count,
    .filter = filter_text,
    .note = note,
    .empty = N_("Type any words, a name, pinyin or initials, or a number. "
                "One character is enough. What you may see is searched."),
    .find = true,
    .seeks = true,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct search_view *s = data;
	struct widget *w = &s->table.widget;

	(void)arg;
	s->a = arena_new();
	s->kind = SEARCH_ALL;
	table_init(&s->table, &table, ui, s);
	ui_body(ui, w);
	if (!ui_is_plain(ui))
		(void)w->class->key(w, &(struct input){.kind = INPUT_F3});
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct search_view *s = data;

	(void)ui;
	s->is_read = false;
	return table_load(&s->table);
}

static void
leave(struct ui *ui, void *data)
{
	(void)ui;
	arena_free(((struct search_view *)data)->a);
}

/* --- keys ---------------------------------------------------------------- */

static bool
when_row(struct ui *ui, const void *data)
{
	(void)ui;
	return table_row(&((const struct search_view *)data)->table) != NULL;
}

static void
key_open(struct ui *ui, void *data)
{
	struct search_view *s = data;
	const struct row *r = table_row(&s->table);
	const char *kind;

	if (r == NULL)
		return;
	if (r->place != NULL) {
		ui_push(ui, r->place, 0);
		return;
	}
	kind = search_kind_name(r->hit->kind);
	if (strcmp(kind, "articles") == 0) {
		law_article_open(ui, (struct law_article_id){r->hit->number});
		return;
	}
	for (size_t i = 0; i < COUNT(pages_of); i++)
		if (strcmp(pages_of[i].kind, kind) == 0) {
			ui_push(ui, pages_of[i].screen, r->hit->number);
			return;
		}
	ui_show(ui, r->hit->title, r->hit->text);
}

static void
key_kind(struct ui *ui, void *data)
{
	struct search_view *s = data;
	const char *labels[SEARCH_KINDS + 1];
	int kinds[SEARCH_KINDS + 1], n = 0, chosen;

	labels[n] = _("All kinds");
	kinds[n++] = SEARCH_ALL;
	for (int i = 0; search_kind_name(i) != NULL; i++) {
		if (!search_may(ui_ctx(ui), i))
			continue;
		labels[n] = _(search_kind_label(i));
		kinds[n++] = i;
	}
	chosen = ui_menu(ui, _("Kind of record"), labels, n);
	if (chosen < 0)
		return;
	s->kind = kinds[chosen];
	s->is_read = false;
	ui_error(ui, table_restart(&s->table));
}

static const struct key keys[] = {
    {"Enter", N_("Open"), PERM_NONE, key_open, when_row,
     N_("Open the page or the record that the mark stands on.")},
    {"F5", N_("Kind"), PERM_NONE, key_kind, NULL,
     N_("Search records of one kind only, or of all.")},
    KEY_END,
};

const struct screen screen_search = {
    .name = "search",
    .title = N_("Find"),
    .about = N_("Type any part of a text: one character is enough, "
                "traditional and simplified find each other, and signs "
                "between do not matter. Several words must all be there. "
                "Pages of the program come first, then the record of that "
                "number, people, and the rest: the newest first for a "
                "single character, else what fits best. What was found "
                "stands in [brackets]."),
    .needs = PERM_NONE,
    .size = sizeof(struct search_view),
    .keys = keys,
    .open = open,
    .load = load,
    .leave = leave,
};
