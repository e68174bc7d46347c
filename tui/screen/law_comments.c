/* Comments on draft laws: a deputy's own, for the staff what is to be checked
 * or answered first. The argument: a consultation and an article, 0: all; below
 * 0: what waits for the acting person's hand in a consultation. */
#include "db/base/i18n.h"
#include "tui/law_open.h"
#include "tui/records.h"
#include "tui/screens.h"

struct law_comments {
	struct records list;
	struct law_arg about;
	const char *words; /* the filter */
};

/* clang-format off */
static const struct view {
	const char *label;
	int filter; /* -1: none */
	const char *text;
} views[] = {
	{N_("All"), -1, NULL},
	{N_("To be worked on"), COMMENT_LIST_TURN, NULL},
	{N_("Held back"), COMMENT_LIST_STATE, "held"},
	{N_("To be checked"), COMMENT_LIST_STATE, "submitted"},
	{N_("Cleared"), COMMENT_LIST_STATE, "checked"},
	{N_("Sent up"), COMMENT_LIST_STATE, "sent"},
	{N_("Answered"), COMMENT_LIST_STATE, "answered"},
	{N_("Returned"), COMMENT_LIST_STATE, "returned"},
	{N_("Adopted"), COMMENT_LIST_RESULT, "adopted"},
	{N_("Partly adopted"), COMMENT_LIST_RESULT, "partly"},
	{N_("Not adopted"), COMMENT_LIST_RESULT, "not"},
	{N_("For reference"), COMMENT_LIST_RESULT, "reference"},
	{N_("From the public page"), COMMENT_LIST_SOURCE, "public"},
};
/* clang-format on */
enum { VIEW_ALL, VIEW_CHECK = 3, VIEW_SENT = 5 };

static void
show_view(struct law_comments *s, int i)
{
	for (int f = 0; f < COMMENT_LIST_FILTERS; f++)
		records_filter_remove(&s->list, f);
	if (s->about.consultation.v != 0)
		records_filter(&s->list, COMMENT_LIST_CONSULTATION,
		               s->about.consultation.v, NULL);
	if (s->about.article.v != 0)
		records_filter(&s->list, COMMENT_LIST_ARTICLE,
		               s->about.article.v, NULL);
	s->words = i == VIEW_ALL ? "" : _(views[i].label);
	if (views[i].filter >= 0)
		records_filter(&s->list, views[i].filter, 1, views[i].text);
}

static const char *
filter_text(struct ui *ui, void *data, struct arena *a)
{
	(void)ui, (void)a;
	return ((const struct law_comments *)data)->words;
}

static void
filter_clear(struct ui *ui, void *data)
{
	(void)ui;
	show_view(data, VIEW_ALL);
}

/* --- cells --------------------------------------------------------------- */

static const char *
cell_article(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct law_comment_line *line = row;

	(void)ui, (void)data, (void)a;
	return line->article.v != 0 ? line->label : _("The whole");
}

static const char *
cell_state(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct law_comment_line *line = row;

	(void)ui, (void)data, (void)a;
	return line->state == COMMENT_ANSWERED
	           ? _(law_comment_results[line->result].label)
	           : _(law_comment_states[line->state].label);
}

static enum theme
role_state(struct ui *ui, void *data, const void *row)
{
	const struct law_comment_line *line = row;

	(void)ui, (void)data;
	if (line->state == COMMENT_RETURNED || line->state == COMMENT_HELD)
		return THEME_SOON;
	return line->result == COMMENT_ADOPTED || line->result == COMMENT_PARTLY
	           ? THEME_DONE
	           : THEME_NORMAL;
}

static const char *
cell_wording(struct ui *ui, void *data, const void *row, struct arena *a)
{
	(void)ui, (void)data, (void)a;
	return ((const struct law_comment_line *)row)->has_wording ? "+" : "";
}

/* clang-format off */
#define COLUMN_ARTICLE {.heading = N_("Article"), .width = 12, .text = cell_article}
#define COLUMN_WORDS {.field = "words", .width = 20, .stretch = true}
#define COLUMN_WORDING {.heading = N_("Wording"), .width = 7, .priority = 5, .text = cell_wording}
#define COLUMN_AT {.field = "at", .width = 11, .priority = 4}
#define COLUMN_TITLE {.field = "title", .width = 16, .priority = 3}
#define COLUMN_STATE {.heading = N_("State"), .width = 14, .text = cell_state, .role = role_state}
static const struct table_column own_columns[] = {
	COLUMN_ARTICLE, COLUMN_WORDS, COLUMN_WORDING, COLUMN_TITLE, COLUMN_AT, COLUMN_STATE, TABLE_COLUMN_END,
};
static const struct table_column columns[] = {
	{.field = "id", .heading = N_("No."), .width = 5, .right = true, .priority = 6},
	COLUMN_ARTICLE, COLUMN_WORDS,
	{.field = "name", .width = 8, .priority = 1},
	{.field = "unit_name", .width = 10, .priority = 2},
	{.field = "source", .width = 10, .priority = 7},
	COLUMN_WORDING, COLUMN_TITLE, COLUMN_AT, COLUMN_STATE, TABLE_COLUMN_END,
};
static const struct table_spec own_table = {
	.columns = own_columns, .id_at = offsetof(struct law_comment_line, id),
	.filter = filter_text, .filter_clear = filter_clear,
	.empty = N_("You have not commented here yet. F4 in the text of a draft law comments on an article."),
};
static const struct table_spec table = {
	.columns = columns, .id_at = offsetof(struct law_comment_line, id),
	.filter = filter_text, .filter_clear = filter_clear,
	.empty = N_("Nothing here. What deputies and citizens say about draft laws appears here; F5 shows others."),
};
/* clang-format on */
static const struct records_spec own_spec = {
    .list = &law_comment_list,
    .table = &own_table,
    .find = RECORDS_NO_FIND,
};
static const struct records_spec spec = {
    .list = &law_comment_list,
    .table = &table,
    .find = RECORDS_NO_FIND,
};

/* --- the screen ---------------------------------------------------------- */

static int
first_view(struct ui *ui, int64_t arg)
{
	if (arg > 0 || ui_ctx(ui)->scope == SCOPE_SELF)
		return VIEW_ALL;
	if (ui_may(ui, PERM_LAW_ANSWER))
		return VIEW_SENT;
	return ui_may(ui, PERM_LAW_CHECK) ? VIEW_CHECK : VIEW_ALL;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct law_comments *s = data;

	s->about = law_article_arg(arg < 0 ? -arg : arg);
	s->words = "";
	records_init(&s->list,
	             ui_ctx(ui)->scope == SCOPE_SELF ? &own_spec : &spec, ui,
	             s);
	show_view(s, first_view(ui, arg));
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	ui_watch(ui, ENTITY_BIT(LAW_COMMENT), 0);
	return records_load(&((struct law_comments *)data)->list);
}

static bool
has_row(struct ui *ui, const void *data)
{
	(void)ui;
	return records_row(&((const struct law_comments *)data)->list) != NULL;
}

static void
key_open(struct ui *ui, void *data)
{
	const struct law_comment_line *row =
	    records_row(&((struct law_comments *)data)->list);

	ui_push(ui, &screen_law_comment, row->id.v);
}

static void
key_filter(struct ui *ui, void *data)
{
	const char *labels[COUNT(views)];
	struct law_comments *s = data;
	int chosen;

	for (size_t i = 0; i < COUNT(views); i++)
		labels[i] = _(views[i].label);
	chosen = ui_menu(ui, _("Show only"), labels, (int)COUNT(views));
	if (chosen < 0)
		return;
	show_view(s, chosen);
	ui_error(ui, records_restart(&s->list));
}

static const struct key keys[] = {
    {"Enter", N_("Open"), PERM_NONE, key_open, has_row, NULL},
    {"F5", N_("Filter"), PERM_NONE, key_filter, NULL,
     N_("To be checked, sent up, answered, by result. Backspace shows all.")},
    RECORDS_KEY_EXPORT,
    KEY_END,
};

const struct screen screen_law_comments = {
    .name = "law-comments",
    .title = N_("Comments on draft laws"),
    .about =
	N_("What is said about draft laws: a deputy's own, for the station and "
           "the county those of their place.\n"
           "To be checked -> cleared -> sent up -> answered: adopted, partly "
           "adopted, not adopted or for reference. Returned: its author may "
           "change it. + proposes a wording."),
    .needs = PERM_LAW_READ,
    .size = sizeof(struct law_comments),
    .keys = keys,
    .open = open,
    .load = load,
};
