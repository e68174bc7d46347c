/* A line: its cells, what they refer to, and the event it becomes. What a
 * kind asks besides is its check's and its write's. */
#include <string.h>

#include "db/base/csv.h"
#include "db/base/i18n.h"
#include "db/import_in.h"
#include "db/station.h"
#include "db/unit.h"

static void
take_cell(struct import_run *r, const struct import_input *in, int column,
          const char *cell)
{
	const struct import_column *spec = &r->spec->columns[column];
	int err = import_cell(in, r->page, cell, spec->max, &r->cells[column]);

	if (err == ERR_TOO_LONG)
		import_bad_cell(r, column, _("this is too long."));
	else if (err != OK)
		import_bad_cell(
		    r, column,
		    arena_printf(r->page, _("these bytes are not %s."),
		                 in->gb18030 != NULL ? "GB18030" : "UTF-8"));
	else if (*r->cells[column] == '=' && cell[0] == '=')
		import_bad_cell(r, column,
		                _("this is a formula and not a value."));
}

bool
import_cells(struct import_run *r, const struct import_input *in,
             const struct csv_record *record)
{
	bool any = false;

	for (int i = 0; i < r->spec->column_count; i++)
		r->cells[i] = "";
	for (int i = 0; i < record->n; i++) {
		if (record->cells[i][0] == '\0')
			continue;
		any = true;
		if (i >= in->cells)
			import_bad(r, "%s",
			           _("There are more cells than headings."));
		else if (in->columns[i] >= 0)
			take_cell(r, in, in->columns[i], record->cells[i]);
	}
	return any;
}

void
import_required(struct import_run *r)
{
	for (int i = 0; i < r->spec->column_count; i++)
		if (r->spec->columns[i].required && *r->cells[i] == '\0' &&
		    !(i == IMPORT_UNIT && import_has_unit(r)))
			import_bad_cell(r, i, _("this must be filled in."));
}

bool
import_has_unit(const struct import_run *r)
{
	return r->c->my_unit != 0 || r->default_unit != NULL;
}

/* The unit and its station: of the cell, else as was asked, else of the
 * acting hat; a kind that may do without one is the county's own. */
static int
read_unit(struct import_run *r)
{
	const char *cell = r->cells[IMPORT_UNIT], *name = cell;
	struct station station;
	struct unit unit;
	int err;

	if (r->unit_name != NULL && strcmp(r->unit_name, cell) == 0)
		return OK; /* most lines name the unit of the line before */
	if (*name == '\0' && r->default_unit != NULL)
		name = r->default_unit;
	if (*name == '\0' && r->c->my_unit == 0) {
		r->unit.v = r->station.v = 0;
		r->unit_name = NULL;
		return OK;
	}
	if (*name != '\0')
		err = unit_named(r->c, r->page, name, &unit);
	else
		err = unit_get(r->c, r->page, (struct unit_id){r->c->my_unit},
		               &unit);
	if (err == OK)
		err = station_of_unit(r->c, r->page, unit.id, &station);
	if (err == ERR_NOT_FOUND) {
		import_bad_cell(r, IMPORT_UNIT,
		                _("there is no such unit, or it is not"
		                  " yours."));
		return OK;
	}
	if (err == OK) {
		r->unit = unit.id;
		r->station = station.id;
		r->unit_name = arena_strdup(r->a, cell);
	}
	return err;
}

/* Known from before, or in this file already? */
static int
read_number(struct import_run *r)
{
	const char *key = arena_printf(r->page, "%lld %s", (long long)r->unit.v,
	                               r->cells[IMPORT_NUMBER]);
	const char *line = arena_printf(r->page, "%d", r->line);
	const char *before;
	int err;

	r->number = r->cells[IMPORT_NUMBER];
	r->known = 0;
	err = import_find(r->c, r->spec->entity, r->unit, r->number, &r->known);
	if (err != OK && err != ERR_NOT_FOUND)
		return err;
	if (r->spec->repeats)
		return OK;
	before = import_seen(r, key, line);
	if (before != NULL)
		import_bad_cell(r, IMPORT_NUMBER,
		                arena_printf(r->page,
		                             _("line %s has this number too."),
		                             before));
	r->is_already = r->known != 0;
	return OK;
}

static int
check_line(struct import_run *r)
{
	int err = OK;

	import_required(r);
	if (!r->is_bad)
		err = read_unit(r);
	if (err == OK && !r->is_bad)
		err = read_number(r);
	if (err == OK && !r->is_bad && !r->is_already)
		err = r->spec->check(r);
	return err;
}

/* A line is an event that the import caused. What fails here was right when
 * it was checked: all is taken back, and the line is named. */
static int
write_line(struct import_run *r)
{
	int64_t record = r->known;
	int err = event_begin(r->c, ACTION_IMPORT_ROW, r->spec->entity, record,
	                      r->unit.v);

	if (err != OK)
		return err;
	err = r->spec->write(r, &record);
	event_subject(r->c, record, r->unit.v);
	if (err == OK && r->known == 0)
		err = import_source_add(r, record);
	err = event_end(r->c, err);
	if (err == ERR_INVALID && r->c->fault_count > 0)
		import_bad(r, "%s", _(r->c->faults[0].text));
	else if (err != OK)
		import_bad(r, "%s", _(err_msgid(err)));
	return err;
}

static void
keep_sample(struct import_run *r)
{
	struct import_report *out = r->report;
	int n = r->spec->column_count;
	const char **cells;

	if (out->sample_count == IMPORT_SAMPLES)
		return;
	cells = arena_alloc(r->a, (size_t)n * sizeof(*cells));
	for (int i = 0; i < n; i++)
		cells[i] = arena_strdup(r->a, r->cells[i]);
	out->samples[out->sample_count++] =
	    (struct import_sample){.line = r->line, .cells = cells};
}

int
import_line(struct import_run *r, const struct import_input *in,
            const struct csv_record *record, bool write)
{
	struct import_report *out = r->report;
	int err = OK;

	arena_reset(r->page);
	r->line = record->line;
	r->is_bad = r->is_already = false;
	if (record->fault != NULL)
		import_bad(r, "%s", _(record->fault));
	else if (!import_cells(r, in, record))
		return OK;
	out->rows++;
	if (!r->is_bad)
		err = check_line(r);
	if (err != OK || r->is_bad)
		return err;
	if (r->is_already) {
		out->already++;
		return OK;
	}
	if (write)
		err = write_line(r);
	else
		keep_sample(r);
	out->good++;
	return err;
}
