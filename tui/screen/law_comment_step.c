/* The steps of a comment that want words: the county's answer with its
 * result, and its author's second try after it came back. */
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "tui/law_open.h"
#include "tui/people.h"
#include "tui/screens.h"

enum { SHOWN_ROWS = 5 };

struct entry {
	int result;
	const char *answer;
	const char *words, *wording;
};

struct law_comment_step_form {
	struct form form;
	struct entry entry;
	struct law_comment_act act;
	struct law_comment row;
	struct law_article article; /* id 0: the whole */
};

/* clang-format off */
static const struct enum_name results[] = {
	{"none",      N_("Choose")},
	{"adopted",   N_("Adopted")},
	{"partly",    N_("Partly adopted")},
	{"not",       N_("Not adopted")},
	{"reference", N_("For reference")},
	{NULL, NULL},
};
static const struct field fields[] = {
	FIELD(entry, result,  ENUM,  N_("Result"), .names = results),
	FIELD(entry, answer,  LINES, N_("Answer and reason"), .max = COMMENT_WORDS_MAX),
	FIELD(entry, words,   LINES, N_("Comment and reason"), .max = COMMENT_WORDS_MAX),
	FIELD(entry, wording, LINES, N_("Proposed wording"), .max = COMMENT_WORDING_MAX),
	FIELD_END,
};
/* clang-format on */

static bool
is_answer(struct ui *ui, void *data)
{
	(void)ui;
	return ((const struct law_comment_step_form *)data)->act.step ==
	       COMMENT_DO_ANSWER;
}

static bool
is_again(struct ui *ui, void *data)
{
	return !is_answer(ui, data);
}

static bool
has_article(struct ui *ui, void *data)
{
	return !is_answer(ui, data) &&
	       ((const struct law_comment_step_form *)data)->row.article.v != 0;
}

static const struct form_row rows[] = {
    {.field = "result", .when = is_answer},
    {.field = "answer",
     .lines = 5,
     .when = is_answer,
     .hint = N_("adopted: may be empty")},
    {.field = "words", .lines = 4, .when = is_again},
    {.field = "wording", .lines = 5, .when = has_article},
    FORM_ROW_END,
};

/* The wording when it says something else than the article. */
static const char *
wording_of(const struct law_comment_step_form *s)
{
	return strcmp(s->entry.wording, s->article.text) == 0
	           ? ""
	           : s->entry.wording;
}

static int
save(struct ui *ui, void *data)
{
	struct law_comment_step_form *s = data;
	int err;

	s->act.row_version = s->row.row_version;
	s->act.result = s->entry.result;
	s->act.answer = s->entry.answer;
	s->act.words = s->entry.words;
	s->act.wording = wording_of(s);
	s->act.reason = "";
	err = law_comment_act(ui_ctx(ui), &s->act);
	if (err != OK)
		return people_faults(ui, &s->form, err);
	ui_pop(ui);
	ui_say(ui, "%s",
	       is_answer(ui, s) ? _("It is answered; its author sees it.")
	                        : _("Your comment is sent to the station to "
	                            "check."));
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
	struct law_comment_step_form *s = data;
	int err;

	s->act = law_step_arg(arg);
	err = law_comment_get(ui_ctx(ui), ui_keep(ui), s->act.id, &s->row);
	if (err != OK)
		return err;
	s->article = (struct law_article){.label = "", .text = ""};
	if (s->row.article.v != 0)
		err = law_article_get(ui_ctx(ui), ui_keep(ui), s->row.article,
		                      &s->article);
	if (err != OK)
		return err;
	s->entry = (struct entry){.answer = "",
	                          .words = s->row.words,
	                          .wording = s->row.wording[0] != '\0'
	                                         ? s->row.wording
	                                         : s->article.text};
	form_init(&s->form, &spec, ui, s, &s->entry);
	ui_body(ui, &s->form.widget);
	return OK;
}

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	struct law_comment_step_form *s = data;
	const char *above =
	    is_answer(ui, s)
		? s->row.words
		: arena_printf(body->arena, "%s: %s",
	                       _(law_comment_states[s->row.state].label),
	                       s->row.reason);
	const char *const *lines =
	    text_wrap(body->arena, above, body->columns - 2);
	struct area below;
	int y = 1;

	area_fit(body, 0, 0, body->columns, THEME_TITLE,
	         s->article.id.v != 0 ? s->article.label : _("The whole"));
	for (int i = 0; i < SHOWN_ROWS && lines[i] != NULL; i++)
		area_put(body, y++, 2, THEME_DIM,
		         i == SHOWN_ROWS - 1 && lines[i + 1] != NULL
		             ? ".."
		             : lines[i]);
	below = area_part(body, y + 1, 0, 0, 0);
	form_draw(&s->form, &below);
}

static const struct key keys[] = {
    {"F10", N_("Send"), PERM_LAW_READ, NULL, NULL, NULL},
    KEY_END,
};

const struct screen screen_law_comment_step = {
    .name = "law-comment-step",
    .title = N_("Answer or change a comment"),
    .about = N_("The answer to a comment: adopted, partly adopted, not "
                "adopted or for reference, with the reason; those merged "
                "into it are answered too. Or a comment that came back, "
                "changed by its author."),
    .needs = PERM_LAW_READ,
    .size = sizeof(struct law_comment_step_form),
    .keys = keys,
    .open = open,
    .draw = draw,
};
