/* Units: one command sets up a unit with its station. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/office.h"
#include "db/station.h"
#include "db/unit.h"
#include "server/ctl/ctl.h"

int
ctl_unit_add(struct ctl *ctl)
{
	struct unit_new entry = {.station = ctl_option(ctl, "--station"),
	                         .address = ctl_option(ctl, "--address"),
	                         .phone = ctl_option(ctl, "--phone")};
	struct station_id station;
	struct unit_id id;

	if (!ctl_words(ctl, 2, 2))
		return ERR_USAGE;
	entry.name = ctl->words[0];
	entry.kind = ctl->words[1];
	return unit_add(&ctl->c, &entry, &id, &station);
}

static void
add_row(struct json *units, const struct tree_row *unit, const char *station)
{
	struct json *row = json_new_object();

	json_set_text(row, "name", unit->name);
	json_set_text(row, "kind", unit->kind_label_en);
	json_set_text(row, "station", station);
	json_set_int(row, "deputies", unit->deputies);
	json_add(units, row);
}

int
ctl_unit_list(struct ctl *ctl)
{
	struct json *root, *units = NULL;
	struct tree_row *rows;
	int n, err;

	if (!ctl_words(ctl, 0, 0))
		return ERR_USAGE;
	err = station_tree(&ctl->c, ctl->a, (struct unit_id){0}, &rows, &n);
	if (err != OK)
		return err;
	if (ctl->json)
		units = json_new_array();
	/* Each unit is followed by its station. */
	for (int i = 0; i + 1 < n; i += 2) {
		const struct tree_row *u = &rows[i];

		if (ctl->json)
			add_row(units, u, u[1].name);
		else
			(void)printf("%s  %s  %4" PRId64 "  %s\n",
			             text_pad(ctl->a, u->name, 16, false),
			             text_pad(ctl->a,
			                      role_label(u->kind_label,
			                                 u->kind_label_en),
			                      12, false),
			             u->deputies, u[1].name);
	}
	if (ctl->json) {
		root = json_new_object();
		json_set(root, "units", units);
		ctl_json(ctl, root);
	}
	return OK;
}
