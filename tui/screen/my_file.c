/* A deputy's own duty file, an application of its own. */
#include "tui/duty_file.h"

#include "db/base/i18n.h"
#include "tui/screens.h"

static int
open(struct ui *ui, void *data, int64_t arg)
{
	(void)arg;
	return duty_file_open(ui, data, 0);
}

const struct screen screen_my_file = {
    .name = "my-file",
    .title = N_("My duty file"),
    .about = duty_file_about,
    .needs = PERM_DUTY_OWN,
    .size = sizeof(struct duty_file),
    .keys = duty_file_keys,
    .open = open,
    .load = duty_file_load,
    .draw = duty_file_draw,
};
