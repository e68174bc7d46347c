#include "tui/law_open.h"

#include "db/base/i18n.h"
#include "tui/screens.h"

enum { STEP_SHIFT = 48, SOON_DAYS = 3 };

void
law_read_open(struct ui *ui, struct consultation_id id)
{
	ui_push(ui, &screen_law_reader, id.v);
}

void
law_text_open(struct ui *ui, struct law_version_id id)
{
	ui_push(ui, &screen_law_reader, -id.v);
}

void
law_article_open(struct ui *ui, struct law_article_id id)
{
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	struct consultation *asked = NULL;
	struct law_version version;
	struct law_article row;
	int n = 0, err = law_article_get(c, a, id, &row);

	if (err == OK)
		err = law_version_get(c, a, row.version, &version);
	if (err == OK)
		err = consultations_of_law(c, a, version.law, &asked, &n);
	if (err == OK)
		err = law_set_bookmark(c, row.version, id);
	if (ui_error(ui, err) != OK)
		return;
	for (int i = 0; i < n; i++)
		if (asked[i].version.v == row.version.v) {
			law_read_open(ui, asked[i].id);
			return;
		}
	law_text_open(ui, row.version);
}

void
law_changes_open(struct ui *ui, struct law_version_id id)
{
	ui_push(ui, &screen_law_changes, id.v);
}

struct law_arg
law_reader_arg(int64_t arg)
{
	struct law_arg out = {{arg}, {0}, {0}};

	if (arg < 0) {
		out.consultation.v = 0;
		out.version.v = -arg;
	}
	return out;
}

static int64_t
article_arg(struct consultation_id id, struct law_article_id article)
{
	return id.v + article.v * SCREEN_PAIR;
}

struct law_arg
law_article_arg(int64_t arg)
{
	return (struct law_arg){{arg % SCREEN_PAIR}, {0}, {arg / SCREEN_PAIR}};
}

void
law_comment_write(struct ui *ui, struct consultation_id id,
                  struct law_article_id article)
{
	ui_push(ui, &screen_law_comment_form, article_arg(id, article));
}

void
law_comment_list_open(struct ui *ui, struct consultation_id id,
                      struct law_article_id article)
{
	ui_push(ui, &screen_law_comments, article_arg(id, article));
}

void
law_comment_turn_open(struct ui *ui, struct consultation_id id)
{
	ui_push(ui, &screen_law_comments, -id.v);
}

void
law_collated_open(struct ui *ui, struct consultation_id id,
                  struct law_article_id article)
{
	ui_push(ui, &screen_law_collated, article_arg(id, article));
}

void
law_comment_step_open(struct ui *ui, struct law_comment_id id,
                      enum law_comment_step step)
{
	ui_push(ui, &screen_law_comment_step,
	        id.v | (int64_t)step << STEP_SHIFT);
}

struct law_comment_act
law_step_arg(int64_t arg)
{
	return (struct law_comment_act){
	    .id = {arg & (((int64_t)1 << STEP_SHIFT) - 1)},
	    .step = (enum law_comment_step)(arg >> STEP_SHIFT)};
}

const char *
law_due(struct ui *ui, struct arena *a, struct day to, bool open, bool done,
        enum theme *role)
{
	int days = day_diff(to, ui_today(ui));

	*role = THEME_NORMAL;
	if (done || (!open && days >= 0))
		return day_show(a, to, ui_today(ui));
	if (days < 0) {
		*role = THEME_ALARM;
		return arena_printf(a, _("! %s overdue"),
		                    day_show(a, to, ui_today(ui)));
	}
	if (days > SOON_DAYS)
		return day_show(a, to, ui_today(ui));
	*role = THEME_SOON;
	return days == 0
	           ? _("! today")
	           : arena_printf(
			 a, P_("in %d day", "in %d days", (unsigned long)days),
			 days);
}
