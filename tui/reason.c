#include "tui/reason.h"

#include "db/base/buf.h"
#include "db/base/i18n.h"
#include "db/rule.h"
#include "db/store/ctx.h"

enum { OFFERED = 9, REASON_MAX = 200 };

static int
read_offered(struct ui *ui, enum reason_purpose purpose,
             const char *out[OFFERED])
{
	struct arena *a = ui_arena(ui);
	struct rule *rows;
	int n, found = 0;

	if (rule_list(ui_ctx(ui), a, RULE_REASON, (struct day){0}, &rows, &n) !=
	    OK)
		return 0; /* none is offered, any can be written */
	for (int i = 0; i < n && found < OFFERED; i++)
		if (rows[i].in_use && rows[i].choice == (int)purpose)
			out[found++] = rule_title(a, RULE_REASON, &rows[i]);
	return found;
}

static const char *
question_with(struct ui *ui, const char *question,
              const char *const offered[OFFERED], int n)
{
	struct buf b = BUF_INIT;
	const char *text;

	buf_add(&b, question);
	for (int i = 0; i < n; i++)
		buf_addf(&b, "%s%d %s", i == 0 ? "  (" : "  ", i + 1,
		         offered[i]);
	if (n > 0)
		buf_addc(&b, ')');
	text = arena_strdup(ui_arena(ui), b.data);
	buf_clear(&b);
	return text;
}

const char *
reason_ask(struct ui *ui, enum reason_purpose purpose, const char *question)
{
	const char *offered[OFFERED], *text;
	int n = read_offered(ui, purpose, offered);

	text =
	    ui_prompt(ui, ui_arena(ui), question_with(ui, question, offered, n),
	              "", REASON_MAX);
	if (text == NULL)
		return NULL;
	if (text[0] == '\0') {
		ui_say(ui, "%s", _("A reason is needed; nothing was changed."));
		return NULL;
	}
	if (text[0] >= '1' && text[0] < '1' + n && text[1] == '\0')
		return offered[text[0] - '1'];
	return text;
}
