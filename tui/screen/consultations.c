/* Consultations on draft laws, what is due first (for the county the newest):
 * what a deputy is asked, how far they got and until when; for the staff how
 * many had their say. */
#include "db/base/i18n.h"
#include "tui/law_open.h"
#include "tui/records.h"
#include "tui/screens.h"

struct consultations {
	struct records list;
	const char *state; /* what F5 narrows to, in words; "" not */
};

static bool
is_done(const struct consultation_line *line)
{
	return line->mine < READER_RECEIVED || line->mine >= READER_COMMENTED;
}

static const char *
cell_due(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct consultation_line *line = row;
	enum theme role;

	(void)data;
	return law_due(ui, a, line->to_on, line->state == CONSULTATION_OPEN,
	               is_done(line) || line->state > CONSULTATION_CLOSED,
	               &role);
}

static enum theme
role_due(struct ui *ui, void *data, const void *row)
{
	const struct consultation_line *line = row;
	enum theme role;

	(void)data;
	(void)law_due(
	    ui, ui_arena(ui), line->to_on, line->state == CONSULTATION_OPEN,
	    is_done(line) || line->state > CONSULTATION_CLOSED, &role);
	return role;
}

static const char *
cell_mine(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct consultation_line *line = row;

	(void)ui, (void)data, (void)a;
	return line->mine < 0 ? _("Not asked")
	                      : _(reader_states[line->mine].label);
}

static enum theme
role_mine(struct ui *ui, void *data, const void *row)
{
	const struct consultation_line *line = row;

	(void)ui, (void)data;
	return line->mine >= READER_COMMENTED ? THEME_DONE : THEME_NORMAL;
}

static const char *
cell_said(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct consultation_line *line = row;

	(void)ui, (void)data;
	return arena_printf(a, "%lld/%lld", (long long)line->done,
	                    (long long)line->people);
}

static const char *
cell_studied(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct consultation_line *line = row;

	(void)ui, (void)data;
	return arena_printf(a, "%lld/%lld", (long long)line->studied,
	                    (long long)line->people);
}

static enum theme
role_state(struct ui *ui, void *data, const void *row)
{
	const struct consultation_line *line = row;

	(void)ui, (void)data;
	if (line->state == CONSULTATION_OPEN)
		return THEME_SOON;
	return line->state == CONSULTATION_ANSWERED ? THEME_DONE : THEME_NORMAL;
}

/* clang-format off */
static const struct table_column own_columns[] = {
	{.field = "title", .width = 24, .stretch = true},
	{.heading = N_("Until"), .width = 14, .text = cell_due, .role = role_due},
	{.field = "comments", .heading = N_("Comments"), .width = 8, .right = true, .priority = 3},
	{.field = "state", .width = 14, .priority = 2, .role = role_state},
	{.heading = N_("My step"), .width = 14, .priority = 1, .text = cell_mine, .role = role_mine},
	TABLE_COLUMN_END,
};
static const struct table_column columns[] = {
	{.field = "id", .heading = N_("No."), .width = 4, .right = true, .priority = 5},
	{.field = "title", .width = 20, .stretch = true},
	{.field = "from_on", .heading = N_("From"), .width = 10, .priority = 6},
	{.heading = N_("Until"), .width = 14, .priority = 2, .text = cell_due, .role = role_due},
	{.heading = N_("Studied"), .width = 8, .right = true, .priority = 4, .text = cell_studied},
	{.heading = N_("Had say"), .width = 8, .right = true, .priority = 1, .text = cell_said},
	{.field = "comments", .heading = N_("Comments"), .width = 8, .right = true, .priority = 3},
	{.field = "state", .width = 14, .role = role_state},
	TABLE_COLUMN_END,
};
/* clang-format on */

static const char *
filter_text(struct ui *ui, void *data, struct arena *a)
{
	(void)ui, (void)a;
	return ((const struct consultations *)data)->state;
}

static void
filter_clear(struct ui *ui, void *data)
{
	struct consultations *s = data;

	(void)ui;
	s->state = "";
	records_filter_remove(&s->list, CONSULTATION_LIST_STATE);
}

/* clang-format off */
static const struct table_spec own_table = {
	.columns = own_columns, .id_at = offsetof(struct consultation_line, id),
	.filter = filter_text, .filter_clear = filter_clear,
	.empty = N_("No draft law was sent to you yet. One that you are asked about appears here."),
};
static const struct table_spec table = {
	.columns = columns, .id_at = offsetof(struct consultation_line, id),
	.filter = filter_text, .filter_clear = filter_clear,
	.empty = N_("No consultations yet. The county imports a draft law and prepares one with F4."),
};
/* clang-format on */
static const struct records_spec own_spec = {
    .list = &consultation_list,
    .table = &own_table,
    .find = CONSULTATION_LIST_TITLE,
};
static const struct records_spec spec = {
    .list = &consultation_list,
    .table = &table,
    .find = CONSULTATION_LIST_TITLE,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct consultations *s = data;

	(void)arg;
	s->state = "";
	records_init(&s->list,
	             ui_ctx(ui)->scope == SCOPE_SELF ? &own_spec : &spec, ui,
	             s);
	records_order(&s->list, (int)consultation_order(ui_ctx(ui)));
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct consultations *s = data;

	if (consultation_tick(ui_ctx(ui), NULL) == ERR_STORE)
		return ERR_STORE;
	ui_watch(ui, ENTITY_BIT(CONSULTATION) | ENTITY_BIT(CONSULTATION_PERSON),
	         0);
	return records_load(&s->list);
}

static bool
has_row(struct ui *ui, const void *data)
{
	(void)ui;
	return records_row(&((const struct consultations *)data)->list) != NULL;
}

static void
key_open(struct ui *ui, void *data)
{
	const struct consultation_line *row =
	    records_row(&((struct consultations *)data)->list);

	ui_push(ui, &screen_consultation, row->id.v);
}

static void
key_new(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_consultation_form, 0);
}

static void
key_filter(struct ui *ui, void *data)
{
	struct consultations *s = data;
	const char *labels[CONSULTATION_STATES];
	int chosen;

	for (int i = 0; i < CONSULTATION_STATES; i++)
		labels[i] = _(consultation_states[i].label);
	chosen = ui_menu(ui, _("State"), labels, CONSULTATION_STATES);
	if (chosen < 0)
		return;
	s->state = arena_strdup(ui_keep(ui), labels[chosen]);
	records_filter_by_person(&s->list, CONSULTATION_LIST_STATE, 0,
	                         consultation_states[chosen].name);
	ui_error(ui, records_restart(&s->list));
}

static void
key_comments(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_law_comments, 0);
}

static void
key_laws(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_laws, 0);
}

static void
key_import(struct ui *ui, void *data)
{
	(void)data;
	law_import_open(ui, (struct law_id){0});
}

static void
key_read(struct ui *ui, void *data)
{
	const struct consultation_line *row =
	    records_row(&((struct consultations *)data)->list);

	law_read_open(ui, row->id);
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Open"),   PERM_NONE, key_open, has_row, NULL},
	{"F4",    N_("Prepare"), PERM_LAW_WRITE, key_new, NULL,
	 N_("Prepare a consultation on a draft law that was imported.")},
	{"F5",    N_("Filter"), PERM_NONE, key_filter, NULL,
	 N_("Show only one state; Backspace shows all again.")},
	{KEY_ACTION, N_("Read the text"), PERM_NONE, key_read, has_row, NULL},
	{KEY_ACTION, N_("Comments"), PERM_NONE, key_comments, NULL,
	 N_("All comments that you may see, those to be worked on first.")},
	{KEY_ACTION, N_("Draft laws"), PERM_NONE, key_laws, NULL,
	 N_("All draft laws that you may see, with their texts and consultations.")},
	{KEY_ACTION, N_("Import a draft law"), PERM_LAW_WRITE, key_import, NULL,
	 N_("A draft law's text, sent from a computer or a telephone and looked at first.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_consultations = {
    .name = "consultations",
    .title = N_("Consultations on draft laws"),
    .about = N_(
	"Draft laws about which deputies and the public are asked.\n"
	"Being prepared -> open, from its first to its last day -> being "
	"answered -> answered: everybody sees what became of their comments.\n"
	"A deputy receives it, reads it, studies it, comments or says that "
	"there is no comment, and sees the result; ! is overdue or due "
	"today."),
    .needs = PERM_LAW_READ,
    .size = sizeof(struct consultations),
    .keys = keys,
    .open = open,
    .load = load,
};
