/*
 * The one form of all that is done with an opinion: which rows it has
 * follows from what the step wants, by the tables of db/opinion_act.c and
 * db/opinion_leg_act.c. Above it stand the citizen's words, so that nobody
 * answers from memory.
 */
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/conversion.h"
#include "db/store/ctx.h"
#include "tui/opinion_menu.h"
#include "tui/opinion_phrase.h"
#include "tui/opinion_words.h"
#include "tui/screens.h"
#include "tui/station_pick.h"
#include "tui/suggest_pick.h"

enum { BODY_ROWS = 4 };

/* Members are called as the faults of the functions that take the step. */
struct entry {
	const char *words, *reason, *title;
	int result, rating, path, conversion;
	struct person_id companion;
	struct opinion_id into;
	int64_t offices, days;
	struct day promised_on;
};

struct step_form {
	struct form form;
	struct entry entry;
	struct opinion_todo todo;
	struct opinion row; /* as it was read */
	struct opinion_leg leg;
	unsigned wants;
};

static const struct enum_name ratings[] = {
    {"none", N_("Choose")},
    {"satisfied", N_("Satisfied")},
    {"basic", N_("Basically satisfied")},
    {"dissatisfied", N_("Dissatisfied")},
    {NULL, NULL},
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(entry, rating,      ENUM,  N_("The citizen is"), .names = ratings),
	FIELD(entry, path,        ENUM,  N_("Path"), .names = leg_paths),
	FIELD(entry, offices,     INT,   N_("Handling units"), .max = 40),
	FIELD(entry, into,        REF,   N_("Merge into"), .max = 40),
	FIELD(entry, conversion,  ENUM,  N_("Becomes"), .names = conversion_kinds),
	FIELD(entry, title,       TEXT,  N_("Title"), .max = OPINION_SUBJECT_MAX),
	FIELD(entry, reason,      TEXT,  N_("Reason"), .max = OPINION_REASON_MAX),
	FIELD(entry, words,       LINES, N_("Words"), .max = OPINION_WORDS_MAX),
	FIELD(entry, result,      ENUM,  N_("Result"), .names = opinion_results),
	FIELD(entry, days,        INT,   N_("Working days more"), .max = 3),
	FIELD(entry, promised_on, DAY,   N_("Promised for"), .max = 10),
	FIELD(entry, companion,   REF,   N_("Accompanied by"), .max = 40),
	FIELD_END,
};
/* clang-format on */

/* --- rows -------------------------------------------------------------------
 */

static bool
wants(void *data, unsigned what)
{
	const struct step_form *s = data;

	return (s->wants & what) != 0;
}

static bool
has_words(struct ui *ui, void *data)
{
	(void)ui;
	return wants(data, WANTS_WORDS);
}

static bool
has_reason(struct ui *ui, void *data)
{
	(void)ui;
	return wants(data, WANTS_REASON);
}

static bool
has_result(struct ui *ui, void *data)
{
	(void)ui;
	return wants(data, WANTS_RESULT);
}

static bool
has_conversion(struct ui *ui, void *data)
{
	(void)ui;
	return wants(data, WANTS_CONVERSION);
}

static bool
has_offices(struct ui *ui, void *data)
{
	(void)ui;
	return wants(data, WANTS_OFFICES);
}

/* Deputies have the direct channel only. */
static bool
has_path(struct ui *ui, void *data)
{
	return has_offices(ui, data) && ui_may(ui, PERM_OPINION_TRIAGE);
}

static bool
has_into(struct ui *ui, void *data)
{
	(void)ui;
	return wants(data, WANTS_INTO);
}

static bool
has_days(struct ui *ui, void *data)
{
	(void)ui;
	return wants(data, LEG_WANTS_DAYS);
}

static bool
has_promise(struct ui *ui, void *data)
{
	(void)ui;
	return wants(data, LEG_WANTS_PROMISE);
}

static bool
has_companion(struct ui *ui, void *data)
{
	return wants(data, WANTS_COMPANION) && ui_ctx(ui)->scope != SCOPE_SELF;
}

static bool
has_rating(struct ui *ui, void *data)
{
	const struct step_form *s = data;

	(void)ui;
	return s->todo.deed == DEED_RATE;
}

static struct suggest_asked
asked_of(const struct step_form *s)
{
	return (struct suggest_asked){s->row.id, s->row.unit, s->row.subject,
	                              s->row.body};
}

static int
find_office(struct ui *ui, void *data, struct arena *a, const char *text,
            struct form_option *out, int max)
{
	const struct step_form *s = data;
	const struct suggest_asked asked = asked_of(s);

	return suggest_pick_office(ui_ctx(ui), a, &asked, s->row.category, text,
	                           out, max);
}

static int
find_into(struct ui *ui, void *data, struct arena *a, const char *text,
          struct form_option *out, int max)
{
	const struct step_form *s = data;
	const struct suggest_asked asked = asked_of(s);

	return suggest_pick_opinion(ui_ctx(ui), a, &asked, text, out, max);
}

static const char *
show_into(struct ui *ui, void *data, struct arena *a, int64_t value)
{
	(void)data;
	return suggest_pick_opinion_label(ui_ctx(ui), a, value);
}

/* A message to one deputy is accompanied by that deputy only. */
static int
find_companion(struct ui *ui, void *data, struct arena *a, const char *text,
               struct form_option *out, int max)
{
	const struct step_form *s = data;

	if (s->row.deputy.v != 0) {
		out[0] = (struct form_option){
		    s->row.deputy.v,
		    opinion_rows_show_person(ui, data, a, s->row.deputy.v),
		    NULL};
		return 1;
	}
	return opinion_find_deputy(ui, s->row.unit, a, text, out, max);
}

/* clang-format off */
static const struct form_row rows[] = {
	{.field = "rating", .when = has_rating, .hint = N_("entered by hand: never counts as satisfaction")},
	{.field = "path", .when = has_path},
	{.field = "offices", .find = find_office, .many = true, .when = has_offices, .required = true,
	 .hint = N_("one or several; Enter, or type")},
	{.field = "into", .find = find_into, .show = show_into, .when = has_into, .required = true,
	 .hint = N_("number, or words of its subject")},
	{.field = "conversion", .when = has_conversion},
	{.field = "title", .when = has_conversion, .required = true},
	{.field = "reason", .when = has_reason, .required = true},
	{.field = "words", .when = has_words, .lines = 5},
	{.field = "result", .when = has_result, .hint = N_("A to D; Enter, or type the letter")},
	{.field = "days", .when = has_days, .required = true},
	{.field = "promised_on", .when = has_promise, .hint = N_("may stay empty")},
	{.field = "companion", .find = find_companion, .show = opinion_rows_show_person, .when = has_companion,
	 .hint = N_("empty: the officers tell the citizen")},
	FORM_ROW_END,
};
/* clang-format on */

/* --- sending ----------------------------------------------------------------
 */

static int
send_step(struct ui *ui, struct step_form *s)
{
	const struct entry *e = &s->entry;
	const int64_t *offices;
	int n = form_chosen(&s->form, "offices", &offices);
	struct opinion_act act = {.id = s->row.id,
	                          .version = s->row.version,
	                          .step = (enum opinion_step)s->todo.step,
	                          .words = e->words,
	                          .reason = e->reason,
	                          .result = e->result,
	                          .companion = e->companion,
	                          .path = e->path,
	                          .into = e->into,
	                          .conversion = e->conversion,
	                          .title = e->title};

	if (n > OPINION_OFFICES_MAX) {
		form_error(&s->form, "offices",
		           _("So many cannot be chosen at once."));
		return ERR_INVALID;
	}
	for (int i = 0; i < n; i++)
		act.offices[act.office_count++].v = offices[i];
	return opinion_act(ui_ctx(ui), &act);
}

static int
send(struct ui *ui, struct step_form *s)
{
	const struct entry *e = &s->entry;
	struct ctx *c = ui_ctx(ui);
	const struct leg_act leg = {.id = s->leg.id,
	                            .version = s->row.version,
	                            .step = (enum leg_step)s->todo.step,
	                            .words = e->words,
	                            .result = e->result,
	                            .days = e->days,
	                            .promised_on = e->promised_on};

	switch (s->todo.deed) {
	case DEED_STEP:
		return send_step(ui, s);
	case DEED_LEG:
		return leg_act(c, &leg);
	case DEED_SAY:
		return opinion_say(c, s->row.id, (enum note_kind)s->todo.step,
		                   e->words);
	case DEED_RATE:
		return opinion_rate(c, s->row.id, s->row.version,
		                    (enum opinion_rating)e->rating, e->words,
		                    true);
	case DEED_SORT:
	case DEED_RELEASE:
	case DEED_CONTACT:
	case DEED_ATTACH:
	case DEED_EXTRA:
		break;
	}
	return ERR_STATE;
}

/* What comes next for the same person is opened at once: who has answered
 * tells the citizen. */
static void
go_on(struct ui *ui, struct step_form *s)
{
	const struct opinion_todo tell = {DEED_STEP, OPINION_DO_TELL,
	                                  s->row.id.v};
	enum opinion_step steps[OPINION_STEPS];
	const char *label = opinion_todo_label(&s->todo);
	struct opinion o;
	int n, err = opinion_get(ui_ctx(ui), ui_arena(ui), s->row.id, &o);

	n = err == OK && s->todo.deed != DEED_SAY
	        ? opinion_offers(ui_ctx(ui), &o, steps, OPINION_STEPS)
	        : 0;
	for (int i = 0; i < n; i++)
		if (steps[i] == OPINION_DO_TELL) {
			ui_say(ui,
			       _("Opinion %lld: %s, done. F10 tells the "
			         "citizen at once, Esc leaves it for "
			         "later."),
			       (long long)o.id.v, label);
			ui_replace(ui, &screen_opinion_step,
			           opinion_todo_arg(&tell));
			return;
		}
	if (err == OK)
		ui_say(ui, _("Opinion %lld: %s, done. Now: %s."),
		       (long long)o.id.v, label,
		       _(opinion_states[o.state].label));
	ui_pop(ui);
}

static int
save(struct ui *ui, void *data)
{
	struct step_form *s = data;
	int err;

	while ((err = send(ui, s)) == ERR_CHANGED)
		if (!opinion_changed(ui, s->row.id, &s->todo, &s->row.version))
			return err; /* what was typed stays */
	if (err != OK)
		return form_faults(ui, &s->form, err);
	go_on(ui, s);
	return OK;
}

static const struct form_spec spec = {
    .fields = fields,
    .rows = rows,
    .save = save,
    .live = true,
};

/* --- phrases ----------------------------------------------------------------
 */

static void
key_phrases(struct ui *ui, void *data)
{
	struct step_form *s = data;
	struct opinion_phrase phrase;

	if (opinion_phrase_ask(ui, &s->todo, s->row.category, &phrase))
		form_set_text(&s->form, phrase.is_reason ? "reason" : "words",
		              phrase.text);
}

static bool
takes_phrases(struct ui *ui, const void *data)
{
	const struct step_form *s = data;

	(void)ui;
	return (s->wants & (WANTS_WORDS | WANTS_REASON)) != 0;
}

/* --- the screen -------------------------------------------------------------
 */

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	struct step_form *s = data;
	const char *const *lines =
	    text_wrap(body->arena, s->row.body, body->columns - 2);
	int y = 0, max = body->rows > 16 ? body->rows - 14 : BODY_ROWS;
	struct area below;

	(void)ui;
	if (max > BODY_ROWS * 2)
		max = BODY_ROWS * 2;
	area_fit(body, y++, 0, body->columns, THEME_TITLE,
	         arena_printf(body->arena, "%s  %lld %s",
	                      opinion_todo_label(&s->todo),
	                      (long long)s->row.id.v, s->row.subject));
	for (int i = 0; i < max && lines[i] != NULL; i++)
		area_put(body, y++, 2, THEME_DIM,
		         i == max - 1 && lines[i + 1] != NULL ? ".."
		                                              : lines[i]);
	if (wants(s, WANTS_CONVERSION) &&
	    s->entry.conversion == CONVERSION_PROJECT)
		area_fit(body, y++, 0, body->columns, THEME_SOON,
		         _("! As a project these words are read by every "
		           "deputy of the unit."));
	below = area_part(body, y + 1, 0, 0, 0);
	form_draw(&s->form, &below);
}

/* What was answered is what the citizen is told, unless it is put in other
 * words. */
static int
propose_words(struct ui *ui, struct step_form *s)
{
	static const enum note_kind kinds[] = {NOTE_ANSWER, NOTE_SUPERVISE,
	                                       NOTE_REFUSE, NOTE_REPLY};
	struct opinion_note note, newest = {.words = ""};

	if (s->todo.deed != DEED_STEP || s->todo.step != OPINION_DO_TELL)
		return OK;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		int err = note_last(ui_ctx(ui), ui_keep(ui), s->row.id,
		                    kinds[i], &note);

		if (err == OK && note.id.v > newest.id.v)
			newest = note;
		else if (err != OK && err != ERR_NOT_FOUND)
			return err;
	}
	s->entry.words = newest.words;
	return OK;
}

static int
read_row(struct ui *ui, struct step_form *s)
{
	struct opinion_id id = {s->todo.id};
	int err = OK;

	if (s->todo.deed == DEED_LEG) {
		err = leg_get(ui_ctx(ui), ui_keep(ui),
		              (struct opinion_leg_id){s->todo.id}, &s->leg);
		id = s->leg.opinion;
		s->wants = leg_wants((enum leg_step)s->todo.step);
	} else if (s->todo.deed == DEED_STEP) {
		s->wants = opinion_wants((enum opinion_step)s->todo.step);
	} else {
		s->wants = WANTS_WORDS;
	}
	if (err == OK)
		err = opinion_get(ui_ctx(ui), ui_keep(ui), id, &s->row);
	return err;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct step_form *s = data;
	int err;

	s->todo = opinion_todo_of(arg);
	err = read_row(ui, s);
	s->entry = (struct entry){
	    .words = "",
	    .reason = "",
	    .title = s->row.subject,
	    .companion =
		s->row.deputy.v != 0 ? s->row.deputy : s->row.companion,
	    .path =
		ui_may(ui, PERM_OPINION_TRIAGE) ? PATH_PLATFORM : PATH_EXPRESS,
	};
	if (err == OK)
		err = propose_words(ui, s);
	if (err != OK)
		return err;
	form_init(&s->form, &spec, ui, s, &s->entry);
	ui_body(ui, &s->form.widget);
	return OK;
}

/* clang-format off */
static const struct key keys[] = {
	{"F10", N_("Do it"), PERM_OPINION_READ, NULL, NULL,
	 N_("Do it; who has to know sees it at once.")},
	{"F3", N_("Texts"), PERM_OPINION_READ, key_phrases, takes_phrases,
	 N_("Put in a text of the county's table; it can be changed before it is sent.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_opinion_step = {
    .name = "opinion-step",
    .title = N_("A step of an opinion"),
    .about = N_("What is done with the opinion, and what it needs: words, a "
                "result class, offices.\n"
                "Result: A solved, B planned, C explained, D for reference. "
                "It says what came of it, apart from whether it is closed.\n"
                "If somebody else did something meanwhile, you are told who "
                "and what, and your text stays.\n"
                "After an answer the same form offers to tell the citizen at "
                "once, in the words of the answer."),
    .needs = PERM_OPINION_READ,
    .size = sizeof(struct step_form),
    .keys = keys,
    .open = open,
    .draw = draw,
};
