/* The code of a liaison station: the QR that opens its public page. The
 * argument is the unit. */
#include "db/base/i18n.h"
#include "db/station.h"
#include "tui/public_code.h"
#include "tui/screens.h"
#include "tui/ui.h"

struct station_code {
	struct public_code code;
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct station_code *s = data;

	s->code.kind = CODE_STATION;
	s->code.unit.v = arg;
	qr_page_init(&s->code.view, ui, s);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct station_code *s = data;
	struct station station;
	int err =
	    station_of_unit(ui_ctx(ui), ui_arena(ui), s->code.unit, &station);

	if (err != OK)
		return err;
	s->code.subject = station.id.v;
	s->code.writes = may(ui_ctx(ui), PERM_CODE_WRITE);
	return public_code_load(
	    ui, &s->code, station.name,
	    _("Who scans it sees the station, its deputies and its next "
	      "receptions, and can leave a message."));
}

const struct screen screen_station_code = {
    .name = "station-code",
    .title = N_("Station code"),
    .about = N_("The one code of the station: it hangs at the door and "
                "opens the public page of the station on any telephone. "
                "Nobody has to sign in, and nothing is shown that is not "
                "published. Replace it when it was misused."),
    .needs = PERM_CODE_READ,
    .size = sizeof(struct station_code),
    .keys = public_code_keys,
    .open = open,
    .load = load,
    .draw = public_code_draw,
};
