/* The list of ballots, newest first: what is voted on, how far it is. */
#include "db/ballot.h"

#include "db/base/i18n.h"
#include "db/store/ctx.h"
#include "tui/records.h"
#include "tui/screens.h"
#include "tui/ui.h"

struct ballots {
	struct records list;
	const char *state; /* what F5 narrows to, in words; "" not */
};

static const char *
cell_places(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct ballot_line *line = row;

	(void)ui, (void)data;
	return arena_printf(a, "%lld/%lld", (long long)line->places,
	                    (long long)line->options);
}

static const char *
cell_turnout(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct ballot_line *line = row;

	(void)ui, (void)data;
	if (line->issued == 0)
		return "";
	return arena_printf(a, "%lld/%lld", (long long)line->returned,
	                    (long long)line->issued);
}

static const char *
cell_outcome(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct ballot_line *line = row;

	(void)ui, (void)data, (void)a;
	return line->outcome == BALLOT_NONE
	           ? ""
	           : _(ballot_outcomes[line->outcome].label);
}

static enum theme
role_state(struct ui *ui, void *data, const void *row)
{
	const struct ballot_line *line = row;

	(void)ui, (void)data;
	if (line->state == BALLOT_OPEN)
		return THEME_SOON;
	return line->state == BALLOT_CONFIRMED ? THEME_DONE : THEME_NORMAL;
}

/* clang-format off */
static const struct table_column columns[] = {
	{.field = "id", .heading = N_("No."), .width = 4, .right = true, .priority = 3},
	{.field = "title", .width = 20, .stretch = true},
	{.field = "unit_name", .width = 10, .priority = 4},
	{.heading = N_("Places"), .width = 6, .right = true, .priority = 2, .text = cell_places},
	{.heading = N_("Handed in"), .width = 9, .right = true, .priority = 1, .text = cell_turnout},
	{.field = "state", .width = 11, .role = role_state},
	{.heading = N_("Outcome"), .width = 14, .priority = 2, .text = cell_outcome},
	TABLE_COLUMN_END,
};
/* clang-format on */

static const char *
filter_text(struct ui *ui, void *data, struct arena *a)
{
	(void)ui, (void)a;
	return ((const struct ballots *)data)->state;
}

static void
filter_clear(struct ui *ui, void *data)
{
	struct ballots *s = data;

	(void)ui;
	s->state = "";
	records_filter_remove(&s->list, BALLOT_LIST_STATE);
}

static const struct table_spec table = {
    .columns = columns,
    .id_at = offsetof(struct ballot_line, id),
    .filter = filter_text,
    .filter_clear = filter_clear,
    .empty = N_("No ballots yet. F4 prepares one: terms, and the candidates "
                "in the order of the paper."),
};
static const struct records_spec spec = {
    .list = &ballot_list,
    .table = &table,
    .find = RECORDS_NO_FIND,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct ballots *s = data;

	(void)arg;
	s->state = "";
	records_init(&s->list, &spec, ui, s);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct ballots *s = data;

	if (ballot_tick(ui_ctx(ui), NULL) == ERR_STORE)
		return ERR_STORE;
	ui_watch(ui, ENTITY_BIT(BALLOT), ui_ctx(ui)->my_unit);
	return records_load(&s->list);
}

static bool
has_row(struct ui *ui, const void *data)
{
	(void)ui;
	return records_row(&((const struct ballots *)data)->list) != NULL;
}

static void
key_open(struct ui *ui, void *data)
{
	struct ballots *s = data;
	const struct ballot_line *row = records_row(&s->list);

	ui_push(ui, &screen_ballot, row->id.v);
}

static void
key_new(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_ballot_form, 0);
}

static void
key_filter(struct ui *ui, void *data)
{
	struct ballots *s = data;
	const char *labels[BALLOT_STATES];
	int chosen;

	for (int i = 0; i < BALLOT_STATES; i++)
		labels[i] = _(ballot_states[i].label);
	chosen = ui_menu(ui, _("State"), labels, BALLOT_STATES);
	if (chosen < 0)
		return;
	s->state = arena_strdup(ui_keep(ui), labels[chosen]);
	records_filter_by_person(&s->list, BALLOT_LIST_STATE, 0,
	                         ballot_states[chosen].name);
	ui_error(ui, records_restart(&s->list));
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Open"),   PERM_NONE, key_open, has_row, NULL},
	{"F4",    N_("Prepare"), PERM_BALLOT_WRITE, key_new, NULL,
	 N_("Prepare a ballot among the candidates of the unit.")},
	{"F5",    N_("Filter"), PERM_NONE, key_filter, NULL,
	 N_("Show only one state; Backspace shows all again.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_ballots = {
    .name = "ballots",
    .title = N_("Ballots"),
    .about = N_(
	"Ballots on livelihood projects. In a town its deputies vote, in a "
	"subdistrict the assembly selects.\n"
	"A draft is frozen with its list of candidates and of voters, then "
	"opened, closed and counted, and confirmed. Until it is closed nobody "
	"sees a count; how many papers were handed in is shown."),
    .needs = PERM_BALLOT_READ,
    .size = sizeof(struct ballots),
    .keys = keys,
    .open = open,
    .load = load,
};
