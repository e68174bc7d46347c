/* Which records of a file a screen is to show, as the one number that
 * ui_push takes. */
#ifndef TUI_DUTY_PICK_H
#define TUI_DUTY_PICK_H

#include <stdbool.h>

#include "db/duty_ledger.h"

struct ui;

struct duty_pick {
	struct duty_of of;
	struct duty_period period;
	int kind; /* index in duty_kind_list(); -1: all */
};

int64_t duty_pick_pack(const struct duty_pick *pick);
struct duty_pick duty_pick_unpack(int64_t arg);

/* "2026", "16th county congress": a period in words. In a. */
const char *duty_pick_period(struct arena *a, const struct duty_choice *choice);
/* Ask for one of what there is; false: Esc, or there is none. *words lives in
 * ui_keep. */
bool duty_pick_ask(struct ui *ui, struct duty_of of, struct duty_period *period,
                   const char **words);

#endif
