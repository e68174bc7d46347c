/* The kinds of files there are; reading one, first to check it and then to
 * write it, and the one event it all becomes. */
#include "db/import.h"

#include <string.h>

#include "db/base/csv.h"
#include "db/base/gb18030.h"
#include "db/base/i18n.h"
#include "db/base/json.h"
#include "db/import_in.h"
#include "db/store/event.h"

enum { CHECKING = 250 }; /* permille of the whole that the checking takes */

static const struct import_spec *const specs[IMPORT_KINDS] = {
    [IMPORT_PERSONS] = &import_person_spec,
    [IMPORT_ACTIVITIES] = &import_activity_spec,
    [IMPORT_DUTY_RECORDS] = &import_duty_spec,
    [IMPORT_OPINIONS] = &import_opinion_spec,
    [IMPORT_POOL] = &import_pool_spec,
};

/* --- the kinds ------------------------------------------------------- */

const char *
import_name(enum import_kind kind)
{
	return specs[kind]->name;
}

enum import_kind
import_named(const char *name)
{
	int i = 0;

	while (i < IMPORT_KINDS && strcmp(specs[i]->name, name) != 0)
		i++;
	return (enum import_kind)i;
}

const char *
import_label(enum import_kind kind)
{
	return specs[kind]->label;
}

enum perm
import_perm(enum import_kind kind)
{
	return specs[kind]->perm;
}

const struct import_column *
import_columns(enum import_kind kind, int *n)
{
	*n = specs[kind]->column_count;
	return specs[kind]->columns;
}

const char *
import_heading(const struct import_column *column)
{
	return i18n_language() == LANGUAGE_EN ? column->name : column->zh;
}

void
import_template(struct buf *out, enum import_kind kind, bool example)
{
	const struct import_spec *spec = specs[kind];
	buf_add(out, "\xef\xbb\xbf");
	for (int i = 0; i < spec->column_count; i++)
		buf_addf(out, "%s%s", i > 0 ? "," : "",
		         import_heading(&spec->columns[i]));
	buf_add(out, "\r\n");
	for (int i = 0; example && i < spec->column_count; i++)
		buf_addf(out, "%s%s", i > 0 ? "," : "",
		         spec->columns[i].example);
	if (example)
		buf_add(out, "\r\n");
}

/* --- the file -------------------------------------------------------- */

static int
show_progress(const struct import_options *options,
              const struct import_input *in, size_t at)
{
	int64_t done = (int64_t)at * (in->end - in->begin);

	if (options->progress == NULL || in->n == 0)
		return OK;
	return options->progress(options->data,
	                         in->begin + (int)(done / (int64_t)in->n))
	           ? OK
	           : ERR_STOPPED;
}

static int
read_lines(struct import_run *r, struct import_input *in, bool write,
           const struct import_options *options)
{
	struct csv_reader *csv =
	    in->items == NULL ? csv_reader_new(in->data, in->n) : NULL;
	struct import_report *out = r->report;
	struct csv_record record;
	int err;

	out->rows = out->good = out->already = 0;
	out->bad_count = out->sample_count = 0;
	r->seen = import_seen_new(r->a);
	in->item = 0;
	err =
	    csv != NULL ? import_header(r, in, csv) : import_json_header(r, in);
	while (err == OK && (csv != NULL ? csv_reader_next(csv, &record)
	                                 : import_json_next(r, in, &record))) {
		err = import_line(r, in, &record, write);
		if (err == OK && out->bad_count == IMPORT_BAD_MAX) {
			out->refused = _("More than a thousand lines are bad:"
			                 " this is another file, or another"
			                 " kind.");
			err = ERR_INVALID;
		}
		if (err == OK && out->rows % 256 == 0)
			err = show_progress(
			    options, in,
			    csv != NULL ? csv_reader_at(csv)
					: (size_t)((int64_t)in->n * in->item /
			                           json_length(in->items)));
	}
	csv_reader_free(csv);
	return err;
}

/* Under the writers' lock, and checked again there: what the lines refer to
 * may have changed since. */
static int
write_lines(struct import_run *r, struct import_input *in,
            const struct import_options *options)
{
	struct ctx *c = r->c;
	int bad = r->report->bad_count;
	struct unit_id unit = {c->my_unit};
	int err = event_begin(c, r->spec->action, ENTITY_IMPORT, 0, unit.v);

	if (err != OK)
		return err;
	in->begin = CHECKING;
	in->end = 1000;
	store_cache_large(c->store, true);
	err = import_begin(r);
	if (err == OK)
		err = read_lines(r, in, true, options);
	if (err == OK && r->report->bad_count != bad && !options->skip_bad)
		err = ERR_INVALID;
	if (err == OK)
		err = import_end(r, unit);
	err = event_end(c, err);
	store_cache_large(c->store, false);
	if (err != OK)
		r->report->id.v = 0;
	return err;
}

static int
run(struct import_run *r, struct import_input *in,
    const struct import_options *options)
{
	struct import_report *out = r->report;
	int err;

	in->end = options->check_only ? 1000 : CHECKING;
	err = read_lines(r, in, false, options);
	if (err == OK && out->bad_count > 0 && !options->skip_bad)
		err = ERR_INVALID;
	if (err != OK || options->check_only || out->good == 0)
		return err;
	return write_lines(r, in, options);
}

int
import_run(struct ctx *c, struct arena *a, enum import_kind kind,
           const char *data, size_t n, const struct import_options *options,
           struct import_report *out)
{
	struct import_run r = {.c = c,
	                       .a = a,
	                       .spec = specs[kind],
	                       .report = out,
	                       .default_unit = options->unit};
	struct import_input in;
	int err;

	*out = (struct import_report){.encoding = "UTF-8"};
	if (!may(c, specs[kind]->perm))
		return ERR_DENIED;
	out->bad = arena_alloc(a, IMPORT_BAD_MAX * sizeof(*out->bad));
	r.page = arena_new();
	err = import_input_open(&in, out, data, n);
	if (err == OK)
		err = import_json_open(&in, a, out);
	if (err == OK)
		err = run(&r, &in, options);
	gb18030_close(in.gb18030);
	json_free(in.json);
	arena_free(r.page);
	return err;
}
