/*
 * A comment on a draft law: on one article, with a wording that begins as the
 * article's own text, or on the whole. An officer says whose it is. What the
 * wording changes is shown before it is sent.
 */
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/person.h"
#include "tui/law_open.h"
#include "tui/law_rows.h"
#include "tui/people.h"
#include "tui/screens.h"

enum { SHOWN_ROWS = 5, DIFFERENCE = 900 /* columns shown of it */ };

struct entry {
	const char *words, *wording;
	struct person_id person;
	const char *sender;
	struct unit_id unit;
};

struct law_comment_form {
	struct form form;
	struct entry entry;
	struct consultation row;
	struct law_article article; /* id 0: the whole */
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(entry, words,   LINES, N_("Comment and reason"), .max = COMMENT_WORDS_MAX, .required = true),
	FIELD(entry, wording, LINES, N_("Proposed wording"), .max = COMMENT_WORDING_MAX),
	FIELD(entry, person,  REF,   N_("Deputy")),
	FIELD(entry, sender,  TEXT,  N_("Or a citizen"), .max = COMMENT_SENDER_MAX),
	FIELD(entry, unit,    REF,   N_("Unit")),
	FIELD_END,
};
/* clang-format on */

static bool
is_article(struct ui *ui, void *data)
{
	(void)ui;
	return ((const struct law_comment_form *)data)->article.id.v != 0;
}

static bool
is_officer(struct ui *ui, void *data)
{
	(void)data;
	return ui_ctx(ui)->scope != SCOPE_SELF;
}

static bool
asks_unit(struct ui *ui, void *data)
{
	const struct law_comment_form *s = data;

	return ui_ctx(ui)->scope == SCOPE_COUNTY && s->entry.person.v == 0;
}

static int
find_person(struct ui *ui, void *data, struct arena *a, const char *text,
            struct form_option *out, int max)
{
	struct person *rows;
	int n, err = person_find(ui_ctx(ui), a, text, max, &rows, &n);

	(void)data;
	for (int i = 0; err == OK && i < n; i++)
		out[i] = (struct form_option){rows[i].id.v, rows[i].name, NULL};
	return err == OK ? n : err;
}

static const char *
show_person(struct ui *ui, void *data, struct arena *a, int64_t value)
{
	(void)data;
	return value == 0
	           ? ""
	           : person_name(ui_ctx(ui), a, (struct person_id){value});
}

static int
find_unit(struct ui *ui, void *data, struct arena *a, const char *text,
          struct form_option *out, int max)
{
	(void)data;
	return people_find_unit(ui, a, text, out, max);
}

static const char *
show_unit(struct ui *ui, void *data, struct arena *a, int64_t value)
{
	(void)data;
	return people_show_unit(ui, a, value);
}

/* clang-format off */
static const struct form_row rows[] = {
	{.field = "words", .lines = 3},
	{.field = "wording", .lines = 5, .when = is_article, .hint = N_("change the text to what it should say")},
	{.field = "person", .find = find_person, .show = show_person, .when = is_officer, .hint = N_("whose it is, if a deputy's")},
	{.field = "sender", .when = is_officer, .hint = N_("a word, no contact")},
	{.field = "unit", .find = find_unit, .show = show_unit, .when = asks_unit},
	FORM_ROW_END,
};
/* clang-format on */

/* The wording when it says something else than the article. */
static const char *
wording_of(const struct law_comment_form *s)
{
	return s->article.id.v == 0 ||
	               strcmp(s->entry.wording, s->article.text) == 0
	           ? ""
	           : s->entry.wording;
}

static bool
is_meant(struct ui *ui, const struct law_comment_form *s)
{
	struct arena *a = ui_arena(ui);
	const char *wording = wording_of(s);

	if (wording[0] == '\0')
		return true;
	return ui_confirm(
	    ui, arena_printf(
		    a,
		    _("%s\nThis is what your wording changes: "
	              "[-gone-] {+new+}. Send it?"),
		    text_fit(a, law_marked(a, s->article.text, wording, true),
	                     DIFFERENCE)));
}

static int
save(struct ui *ui, void *data)
{
	struct law_comment_form *s = data;
	const struct law_comment row = {
	    .consultation = s->row.id,
	    .article = s->article.id,
	    .person = s->entry.person,
	    .sender = s->entry.person.v != 0 ? "" : s->entry.sender,
	    .unit = s->entry.unit,
	    .words = s->entry.words,
	    .wording = wording_of(s),
	};
	struct law_comment_id id;
	int err;

	if (ui_ctx(ui)->scope != SCOPE_SELF && row.person.v == 0 &&
	    row.sender[0] == '\0') {
		form_error(&s->form, "person", _("Say whose comment it is."));
		return ERR_INVALID;
	}
	if (asks_unit(ui, s) && row.unit.v == 0) {
		form_error(&s->form, "unit", _("Say where it came from."));
		return ERR_INVALID;
	}
	if (!is_meant(ui, s))
		return ERR_STOPPED;
	err = law_comment_add(ui_ctx(ui), &row, &id);
	if (err != OK)
		return people_faults(ui, &s->form, err);
	ui_pop(ui);
	ui_say(ui, "%s", _("Your comment is sent to the station to check."));
	return OK;
}

static const struct form_spec spec = {
    .fields = fields,
    .rows = rows,
    .save = save,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct law_comment_form *s = data;
	const struct law_arg about = law_article_arg(arg);
	int err = consultation_get(ui_ctx(ui), ui_keep(ui), about.consultation,
	                           &s->row);

	s->article = (struct law_article){.label = "", .text = ""};
	if (err == OK && about.article.v != 0)
		err = law_article_get(ui_ctx(ui), ui_keep(ui), about.article,
		                      &s->article);
	if (err != OK)
		return err;
	s->entry = (struct entry){
	    .words = "", .wording = s->article.text, .sender = ""};
	form_init(&s->form, &spec, ui, s, &s->entry);
	ui_body(ui, &s->form.widget);
	return OK;
}

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	struct law_comment_form *s = data;
	const char *const *lines =
	    text_wrap(body->arena, s->article.text, body->columns - 2);
	struct area below;
	int y = 1;

	(void)ui;
	area_fit(body, 0, 0, body->columns, THEME_TITLE,
	         arena_printf(body->arena, "%s  %s",
	                      s->article.id.v != 0 ? s->article.label
	                                           : _("The whole"),
	                      s->row.title));
	for (int i = 0; i < SHOWN_ROWS && lines[i] != NULL; i++)
		area_put(body, y++, 2, THEME_DIM,
		         i == SHOWN_ROWS - 1 && lines[i + 1] != NULL
		             ? ".."
		             : lines[i]);
	below = area_part(body, y + 1, 0, 0, 0);
	form_draw(&s->form, &below);
}

static const struct key keys[] = {
    {"F10", N_("Send"), PERM_LAW_READ, NULL, NULL,
     N_("Send it; the station checks it, then it goes up.")},
    KEY_END,
};

const struct screen screen_law_comment_form = {
    .name = "law-comment-form",
    .title = N_("Comment on a draft law"),
    .about = N_("A comment with its reason, and if you like the wording you "
                "propose: it begins as the article's own text, change it to "
                "what it should say. It stays with this text of the law for "
                "ever; the station checks it, the county answers it."),
    .needs = PERM_LAW_READ,
    .size = sizeof(struct law_comment_form),
    .keys = keys,
    .open = open,
    .draw = draw,
};
