/* The code of a deputy: the QR with which a citizen writes to this one
 * person. The argument is the person; 0 is oneself. */
#include "db/base/i18n.h"
#include "db/person.h"
#include "tui/public_code.h"
#include "tui/screens.h"
#include "tui/ui.h"

struct deputy_code {
	struct public_code code;
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct deputy_code *s = data;
	const struct ctx *c = ui_ctx(ui);

	s->code.kind = CODE_DEPUTY;
	s->code.subject = arg != 0 ? arg : c->me;
	s->code.unit.v = c->my_unit;
	qr_page_init(&s->code.view, ui, s);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct deputy_code *s = data;
	struct ctx *c = ui_ctx(ui);
	struct person person;
	int err = person_get(c, ui_arena(ui),
	                     (struct person_id){s->code.subject}, &person);

	if (err != OK)
		return err;
	s->code.writes = may(c, PERM_CODE_WRITE) || s->code.subject == c->me;
	return public_code_load(
	    ui, &s->code, person.name,
	    _("Who scans it can write to this deputy alone: no other deputy "
	      "will read it."));
}

const struct screen screen_deputy_code = {
    .name = "deputy-code",
    .title = N_("Deputy code"),
    .about = N_("The code of one deputy, to be printed on a card or shown on "
                "a telephone: a citizen who scans it leaves a message to "
                "this deputy alone. It ends with the mandate. Replace it "
                "when it was misused."),
    .needs = PERM_ACTIVITY_READ,
    .size = sizeof(struct deputy_code),
    .keys = public_code_keys,
    .open = open,
    .load = load,
    .draw = public_code_draw,
};
