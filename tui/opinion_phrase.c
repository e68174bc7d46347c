/* Texts and reasons on offer in the form of a step. */
#include "tui/opinion_phrase.h"

#include "db/base/i18n.h"
#include "db/rule.h"
#include "db/store/ctx.h"
#include "db/template.h"
#include "tui/reason.h"

enum { OFFERED = 30 };

/* What is offered: texts for the words, reasons for the reason. */
struct phrases {
	const char *labels[OFFERED], *texts[OFFERED];
	int n, reasons; /* the reasons come first */
};

static enum reason_purpose
reason_of(const struct opinion_todo *todo)
{
	if (todo->deed != DEED_STEP ||
	    !(opinion_wants((enum opinion_step)todo->step) & WANTS_REASON))
		return REASON_OTHER;
	switch ((enum opinion_step)todo->step) {
	case OPINION_DO_REFUSE:
		return REASON_REFUSE;
	case OPINION_DO_DISCARD:
		return REASON_DISCARD;
	default:
		return REASON_END;
	}
}

static int
read_reasons(struct ui *ui, const struct opinion_todo *todo, struct phrases *p)
{
	enum reason_purpose purpose = reason_of(todo);
	struct rule *rows;
	int n, err;

	if (purpose == REASON_OTHER)
		return OK;
	err = rule_list(ui_ctx(ui), ui_arena(ui), RULE_REASON, (struct day){0},
	                &rows, &n);
	for (int i = 0; err == OK && i < n && p->n < OFFERED; i++)
		if (rows[i].in_use && rows[i].choice == (int)purpose) {
			p->labels[p->n] = p->texts[p->n] =
			    rule_title(ui_arena(ui), RULE_REASON, &rows[i]);
			p->n++;
		}
	p->reasons = p->n;
	return err;
}

/* Those that fit the step and the opinion's category. */
static int
read_texts(struct ui *ui, const struct opinion_todo *todo, const char *category,
           struct phrases *p)
{
	enum template_purpose purpose = TEMPLATE_NONE;
	struct rule *rows;
	int n, err;

	if (todo->deed == DEED_STEP)
		purpose = template_of_step((enum opinion_step)todo->step);
	else if (todo->deed == DEED_LEG)
		purpose = template_of_leg_step((enum leg_step)todo->step);
	err = template_list(ui_ctx(ui), ui_arena(ui), purpose, category, &rows,
	                    &n);
	for (int i = 0; err == OK && i < n && p->n < OFFERED; i++) {
		p->labels[p->n] = rows[i].label;
		p->texts[p->n++] = rows[i].text;
	}
	return err;
}

bool
opinion_phrase_ask(struct ui *ui, const struct opinion_todo *todo,
                   const char *category, struct opinion_phrase *out)
{
	struct phrases p = {.n = 0};
	int chosen, err = read_reasons(ui, todo, &p);

	if (err == OK)
		err = read_texts(ui, todo, category, &p);
	if (ui_error(ui, err) != OK)
		return false;
	if (p.n == 0) {
		ui_say(ui, "%s",
		       _("The county's table of texts has none for this "
		         "yet."));
		return false;
	}
	chosen = ui_menu(ui, _("Texts"), p.labels, p.n);
	if (chosen < 0)
		return false;
	*out = (struct opinion_phrase){p.texts[chosen], chosen < p.reasons};
	return true;
}
