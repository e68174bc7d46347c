/* The duty file of a deputy, opened from a list: the argument is a person. */
#include "tui/duty_file.h"

#include "db/base/i18n.h"
#include "tui/screens.h"

const struct screen screen_duty_file = {
    .name = "duty-file",
    .title = N_("Duty file"),
    .about = duty_file_about,
    .needs = PERM_DUTY_READ,
    .size = sizeof(struct duty_file),
    .keys = duty_file_keys,
    .open = duty_file_open,
    .load = duty_file_load,
    .draw = duty_file_draw,
};
