/* Sessions as screens show them, and ending one. */
#ifndef TUI_SESSION_STEP_H
#define TUI_SESSION_STEP_H

#include "db/ids.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

enum { SESSIONS_SHOWN = 500 };

/* The sessions of an account (0: of all), newest first, in ui_arena; how
 * many, 0 also when the service is not known. */
int sessions_read(struct ui *ui, struct account_id account,
                  struct service_session **out);
/* A line of the page for each: id is the session's number, kind as given. */
void sessions_fill(struct ui *ui, struct page *p, int kind,
                   const struct service_session *rows, int n, bool names);
/* Ask for a reason and end it. Errors are said. */
void session_step_end(struct ui *ui, const struct service_session *s);
/* The one of that number among rows, or NULL. */
const struct service_session *
session_numbered(const struct service_session *rows, int n, int64_t number);

#endif
