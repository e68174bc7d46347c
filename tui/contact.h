/* The contact of who wrote an opinion, opened by liaison-auth. */
#ifndef TUI_CONTACT_H
#define TUI_CONTACT_H

#include "db/ids.h"
#include "tui/ui.h"

/* Have it opened and show it in a dialog, then forget it; or say why not.
 * That somebody looked, or was refused, stands in the audit. */
void contact_show(struct ui *ui, struct opinion_id id);

#endif
