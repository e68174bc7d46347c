/* Going to opinions from other screens. */
#include "tui/opinion_open.h"

#include "db/base/i18n.h"

void
opinion_open(struct ui *ui, struct opinion_id id)
{
	ui_say(ui, _("Opinion %lld"), (long long)id.v);
}

void
opinion_list_open(struct ui *ui, const struct list_query *query)
{
	(void)query;
	ui_error(ui, ERR_UNAVAILABLE);
}
