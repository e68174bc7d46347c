/*
 * The text of a draft law, to read: opens where one left off. Opened from a
 * consultation it is noted that a deputy has read it, and an article can be
 * commented on.
 */
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/store/list.h"
#include "tui/law_open.h"
#include "tui/law_view.h"
#include "tui/screens.h"

enum { OWN_MAX = 500, WORDS_MAX = 40 };

struct law_reader {
	struct law_view view;
	struct law_arg arg;
	struct consultation row; /* id 0: none */
	struct law_article_id *hits;
	int hit_count;
	bool from_mark; /* the next load goes where the bookmark is */
};

/* A deputy's own comments, an article each. */
static int
count_own(struct ui *ui, struct law_reader *s)
{
	struct list_query query = {.value_count = 1};
	const struct law_comment_line *rows;
	struct list_page page;
	int err;

	if (ui_ctx(ui)->scope != SCOPE_SELF || s->row.id.v == 0)
		return OK;
	query.values[0] =
	    (struct list_value){COMMENT_LIST_CONSULTATION, s->row.id.v, NULL};
	err = list_fetch(ui_ctx(ui), ui_arena(ui), &law_comment_list, &query,
	                 LIST_FIRST, NULL, OWN_MAX, &page);
	if (err != OK)
		return err;
	rows = page.rows;
	for (int i = 0; i < page.n; i++) {
		int at = law_view_find(&s->view, rows[i].article);

		if (at >= 0)
			s->view.own[at]++;
	}
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct law_reader *s = data;
	struct law_article_id at = {0};
	int err = OK;

	if (s->arg.consultation.v != 0)
		err = consultation_get(ui_ctx(ui), ui_arena(ui),
		                       s->arg.consultation, &s->row);
	if (err == OK && s->from_mark)
		err = law_bookmark(ui_ctx(ui), s->arg.version, &at);
	s->from_mark = false;
	if (err == OK)
		err = law_view_load(&s->view, s->arg.version, at);
	if (err == OK)
		err = count_own(ui, s);
	ui_watch(ui, ENTITY_BIT(LAW_COMMENT), 0);
	return err;
}

static void go_typed(struct ui *ui, void *data, const char *text);

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct law_reader *s = data;
	int err = OK;

	s->arg = law_reader_arg(arg);
	if (s->arg.consultation.v != 0) {
		err = consultation_get(ui_ctx(ui), ui_keep(ui),
		                       s->arg.consultation, &s->row);
		s->arg.version = s->row.version;
	}
	if (err != OK)
		return err;
	if (s->row.id.v != 0 && ui_ctx(ui)->scope == SCOPE_SELF) {
		err = consultation_take(ui_ctx(ui), s->row.id, READER_READ);
		if (err != OK && err != ERR_STATE && err != ERR_NOT_FOUND)
			ui_error(ui, err); /* it can be read all the same */
	}
	s->from_mark = true;
	law_view_init(&s->view, ui, s);
	s->view.typed = go_typed;
	s->hits = arena_alloc(ui_keep(ui), OWN_MAX * sizeof(*s->hits));
	return OK;
}

/* Where one reads is kept whenever one goes elsewhere. */
static void
keep_place(struct ui *ui, struct law_reader *s)
{
	const struct law_article *at = law_view_at(&s->view);

	if (at != NULL)
		ui_error(ui,
		         law_set_bookmark(ui_ctx(ui), s->arg.version, at->id));
}

static void
leave(struct ui *ui, void *data)
{
	keep_place(ui, data);
}

/* --- going to an article ------------------------------------------------- */

static void
go_to(struct ui *ui, struct law_reader *s, struct law_article_id id)
{
	int i = law_view_find(&s->view, id);

	if (i < 0)
		return;
	law_view_go(&s->view, i);
	keep_place(ui, s);
}

static void
go_typed(struct ui *ui, void *data, const char *text)
{
	struct law_reader *s = data;
	struct arena *a = ui_arena(ui);
	struct law_article row;
	const char *name =
	    ui_prompt(ui, a, _("Which article, as 12, 12-1 or in words"), text,
	              WORDS_MAX);
	int err;

	if (name == NULL || name[0] == '\0')
		return;
	err = law_article_named(ui_ctx(ui), a, s->arg.version,
	                        text_fold(a, name), &row);
	if (err == ERR_NOT_FOUND)
		ui_say(ui, _("There is no article %s."), name);
	else if (ui_error(ui, err) == OK)
		go_to(ui, s, row.id);
}

/* --- finding words ------------------------------------------------------- */

static void
say_hit(struct ui *ui, const struct law_reader *s, int i)
{
	ui_say(ui, _("%d of %d places; + goes on, - back."), i + 1,
	       s->hit_count);
}

/* The next hit after the mark, or before it; around the end. */
static void
go_hit(struct ui *ui, struct law_reader *s, int by, bool here)
{
	int found = by > 0 ? 0 : s->hit_count - 1;

	if (s->hit_count == 0)
		return;
	for (int i = 0; i < s->hit_count; i++) {
		int k = by > 0 ? i : s->hit_count - 1 - i;
		int at = law_view_find(&s->view, s->hits[k]);

		if (by > 0 ? at > s->view.at || (here && at == s->view.at)
		           : at < s->view.at) {
			found = k;
			break;
		}
	}
	go_to(ui, s, s->hits[found]);
	say_hit(ui, s, found);
}

static void
key_seek(struct ui *ui, void *data)
{
	struct law_reader *s = data;
	struct law_article *rows;
	const char *words = ui_prompt(ui, ui_arena(ui), _("Words to find"),
	                              s->view.find, WORDS_MAX);
	int n;

	if (words == NULL)
		return;
	s->hit_count = 0;
	s->view.find = arena_strdup(ui_keep(ui), words);
	if (words[0] == '\0' ||
	    ui_error(ui, law_find(ui_ctx(ui), ui_arena(ui), s->arg.version,
	                          words, &rows, &n)) != OK)
		return;
	for (int i = 0; i < n && i < OWN_MAX; i++)
		s->hits[s->hit_count++] = rows[i].id;
	if (n == 0)
		ui_say(ui, _("%s is not in this text."), words);
	go_hit(ui, s, 1, true);
}

static bool
has_hits(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct law_reader *)data)->hit_count > 0;
}

static void
key_next(struct ui *ui, void *data)
{
	go_hit(ui, data, 1, false);
}

static void
key_back(struct ui *ui, void *data)
{
	go_hit(ui, data, -1, false);
}

/* --- other keys ---------------------------------------------------------- */

static bool
is_open(struct ui *ui, const void *data)
{
	const struct law_reader *s = data;

	return s->row.id.v != 0 && s->row.state == CONSULTATION_OPEN &&
	       (ui_may(ui, PERM_LAW_COMMENT) || ui_may(ui, PERM_LAW_CHECK));
}

static struct law_article_id
marked(const struct law_reader *s)
{
	const struct law_article *at = law_view_at(&s->view);

	return at != NULL && at->kind == LAW_ARTICLE
	           ? at->id
	           : (struct law_article_id){0};
}

static void
key_comment(struct ui *ui, void *data)
{
	struct law_reader *s = data;

	keep_place(ui, s);
	law_comment_write(ui, s->row.id, marked(s));
}

static bool
has_consultation(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct law_reader *)data)->row.id.v != 0;
}

static void
key_comments(struct ui *ui, void *data)
{
	struct law_reader *s = data;

	keep_place(ui, s);
	if (ui_may(ui, PERM_LAW_CHECK))
		law_collated_open(ui, s->row.id, marked(s));
	else
		law_comment_list_open(ui, s->row.id, marked(s));
}

static void
key_contents(struct ui *ui, void *data)
{
	struct law_reader *s = data;

	keep_place(ui, s);
	s->from_mark = true;
	ui_push(ui, &screen_law_contents, s->arg.version.v);
}

static void
key_differences(struct ui *ui, void *data)
{
	struct law_reader *s = data;

	s->view.differs = !s->view.differs;
	ui_say(ui, "%s",
	       s->view.differs ? _("[-gone-] {+new+} against the text before.")
	                       : _("Only this text is shown."));
}

static void
key_changes(struct ui *ui, void *data)
{
	law_changes_open(ui, ((const struct law_reader *)data)->arg.version);
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Comments"), PERM_NONE, key_comments, has_consultation,
	 N_("The comments on the article under the mark: your own, for the staff all.")},
	{"F3", N_("Find"), PERM_NONE, key_seek, NULL, N_("Words in the text; then + goes to the next place, - to the one before.")},
	{"F4", N_("Comment"), PERM_NONE, key_comment, is_open,
	 N_("Comment on the article under the mark; on a heading: on the whole.")},
	{"F5", N_("Contents"), PERM_NONE, key_contents, NULL, N_("Chapters and articles, to choose from.")},
	{"+", N_("Next place"), PERM_NONE, key_next, has_hits, NULL},
	{"-", N_("Place before"), PERM_NONE, key_back, has_hits, NULL},
	{KEY_ACTION, N_("Differences on or off"), PERM_NONE, key_differences, NULL,
	 N_("What went and what came against the text before, in the text: [-gone-] {+new+}.")},
	{KEY_ACTION, N_("What changed"), PERM_NONE, key_changes, NULL,
	 N_("Only what is new, changed, moved or gone against the text before.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_law_reader = {
    .name = "law-reader",
    .title = N_("Text of a draft law"),
    .about = N_(
	"The articles in order, with their chapters. Type a number to go to "
	"that article: 12, 12-1, or in Chinese numerals. Next time it opens "
	"where you left off.\n"
	"Under an article stands what became of it since the text before, and "
	"how many comments it has."),
    .needs = PERM_LAW_READ,
    .size = sizeof(struct law_reader),
    .keys = keys,
    .open = open,
    .load = load,
    .leave = leave,
};
