/* Commands about duty files, campaigns and months. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/campaign.h"
#include "db/campaign_unit.h"
#include "db/duty_ledger.h"
#include "db/month.h"
#include "db/office.h"
#include "db/station.h"
#include "server/session/exec.h"

enum { NEWEST = 50 };

/* --- file ---------------------------------------------------------------- */

/* A deputy's own file; who works for a station: the station's. */
static int
whose_file(struct exec *x, struct duty_of *of)
{
	struct station own;
	int err;

	*of = (struct duty_of){DUTY_OF_PERSON, x->c->me};
	if (x->c->scope == SCOPE_SELF)
		return OK;
	err =
	    station_of_unit(x->c, x->a, (struct unit_id){x->c->my_unit}, &own);
	*of = (struct duty_of){DUTY_OF_STATION, own.id.v};
	return err;
}

static int
read_year(struct exec *x, int64_t *year)
{
	char *end;

	*year = ctx_today(x->c).year;
	if (x->count == 0)
		return OK;
	if (x->count != 2 || strcmp(x->words[0], "--year") != 0)
		return ERR_USAGE;
	*year = strtoll(x->words[1], &end, 10);
	return *end == '\0' && *year >= 1971 && *year <= 9998 ? OK : ERR_USAGE;
}

static struct json *
sum_json(const struct duty_sum *sum)
{
	struct json *j = json_new_object();

	json_set_text(j, "kind", sum->kind);
	json_set_int(j, "in_time", sum->full);
	json_set_int(j, "late", sum->late);
	return j;
}

static struct json *
member_json(const struct duty_member *row)
{
	struct json *j = json_new_object();

	json_set_text(j, "name", row->name);
	json_set_text(j, "group", row->group_name);
	json_set_int(j, "records", row->records);
	json_set_int(j, "points_tenths", row->points);
	json_set_int(j, "rank", row->place);
	return j;
}

/* What one file is made of. */
struct file {
	const char *name;
	struct duty_year year;
	struct duty_rank rank;       /* a deputy's */
	struct duty_member *members; /* a station's */
	int count;
};

static void
file_json(struct exec *x, const struct file *f, int64_t year)
{
	struct json *root = json_new_object(), *kinds = json_new_array();
	struct json *members = json_new_array();

	json_set_text(root, "name", f->name);
	json_set_int(root, "year", year);
	json_set_int(root, "records", f->year.records);
	if (f->members == NULL) {
		json_set_int(root, "points_tenths", f->year.points);
		json_set_int(root, "rank", f->rank.place);
		json_set_int(root, "of", f->rank.of);
	}
	for (int i = 0; i < f->year.n; i++)
		json_add(kinds, sum_json(&f->year.sums[i]));
	json_set(root, "kinds", kinds);
	for (int i = 0; f->members != NULL && i < f->count; i++)
		json_add(members, member_json(&f->members[i]));
	if (f->members != NULL)
		json_set(root, "deputies", members);
	else
		json_free(members);
	exec_json(x, root);
}

static void
file_text(struct exec *x, const struct file *f, int64_t year)
{
	buf_addf(&x->out, "%s  %" PRId64 "\n", f->name, year);
	for (int i = 0; i < f->year.n; i++) {
		const struct duty_sum *sum = &f->year.sums[i];

		buf_addf(&x->out, "  %s %6" PRId64 "\n",
		         text_pad(x->a, role_label(sum->label, sum->label_en),
		                  14, false),
		         sum->full + sum->late);
	}
	if (f->members == NULL) {
		buf_addf(&x->out, _("%lld records, %lld.%d points"),
		         (long long)f->year.records,
		         (long long)(f->year.points / 10),
		         (int)(f->year.points % 10));
		if (f->rank.of > 0)
			buf_addf(&x->out, ", %" PRId64 " / %" PRId64,
			         f->rank.place, f->rank.of);
		buf_addc(&x->out, '\n');
	}
	for (int i = 0; f->members != NULL && i < f->count; i++)
		buf_addf(&x->out,
		         "%4" PRId64 "  %s %6" PRId64 " %6" PRId64 ".%d\n",
		         f->members[i].place,
		         text_pad(x->a, f->members[i].name, 12, false),
		         f->members[i].records, f->members[i].points / 10,
		         (int)(f->members[i].points % 10));
}

int
exec_file(struct exec *x)
{
	struct duty_period period = {0};
	struct file f = {.name = ""};
	struct duty_of of = {DUTY_OF_PERSON, 0};
	int err = read_year(x, &period.year);

	if (err == OK)
		err = whose_file(x, &of);
	if (err == OK)
		err = duty_holder_name(x->c, x->a, of, &f.name);
	if (err == OK)
		err = duty_ledger_get(x->c, x->a, of, period, &f.year);
	if (err == OK && of.holder == DUTY_OF_PERSON)
		err = duty_rank_get(x->c, (struct person_id){of.id},
		                    period.year, &f.rank);
	else if (err == OK)
		err =
		    duty_members(x->c, x->a, of, period, &f.members, &f.count);
	if (err != OK)
		return err;
	if (x->json)
		file_json(x, &f, period.year);
	else
		file_text(x, &f, period.year);
	return OK;
}

/* --- campaigns ----------------------------------------------------------- */

static const char *
day_text(struct exec *x, struct day day)
{
	char text[11];

	day_format(day, text);
	return arena_strdup(x->a, text);
}

static struct json *
campaign_json(struct exec *x, const void *row)
{
	const struct campaign_line *r = row;
	struct json *j = json_new_object();

	json_set_int(j, "number", r->id.v);
	json_set_text(j, "title", r->title);
	json_set_text(j, "from", day_text(x, r->from_on));
	json_set_text(j, "to", day_text(x, r->to_on));
	json_set_text(j, "state", campaign_states[r->state].name);
	json_set_int(j, "units", r->units);
	json_set_int(j, "planned", r->planned);
	json_set_int(j, "summed_up", r->summed);
	json_set_int(j, "activities", r->activities);
	json_set_int(j, "deputies_reached", r->reached);
	if (r->own >= 0)
		json_set_text(j, "own", campaign_unit_states[r->own].name);
	return j;
}

static void
campaign_text(struct exec *x, const void *row)
{
	const struct campaign_line *r = row;

	buf_addf(&x->out,
	         "%5" PRId64 "  %s - %s  %s  %2" PRId64 "/%-2" PRId64
	         "  %4" PRId64 "  %5" PRId64 "  %s\n",
	         r->id.v, day_text(x, r->from_on), day_text(x, r->to_on),
	         text_pad(x->a, r->title, 28, false), r->planned, r->units,
	         r->activities, r->reached, _(campaign_states[r->state].label));
}

int
exec_campaigns(struct exec *x)
{
	static const struct exec_list how = {"campaigns", campaign_text,
	                                     campaign_json};
	const struct list_query query = {0};

	if (x->count > 0)
		return ERR_USAGE;
	return exec_list(x, &how, &campaign_list, &query, NEWEST);
}

/* --- month --------------------------------------------------------------- */

/* "2026-03", or nothing for the present month. */
static int
read_month(struct exec *x, int64_t *month)
{
	const char *text;

	*month = month_of(ctx_today(x->c));
	if (x->count == 0)
		return OK;
	text = x->words[0];
	if (x->count != 1 || strlen(text) != 7 || text[4] != '-' ||
	    strspn(text, "0123456789-") != 7)
		return ERR_USAGE;
	*month = strtoll(text, NULL, 10) * 100 + strtoll(text + 5, NULL, 10);
	return OK;
}

static int
month_unit_text(struct exec *x, int64_t month)
{
	struct month_open rows[MONTH_WHATS];
	struct json *root, *list;
	int err = month_open_list(x->c, (struct unit_id){0}, month, rows);

	if (err != OK)
		return err;
	list = x->json ? json_new_array() : NULL;
	for (int i = 0; i < MONTH_WHATS; i++) {
		struct json *j;

		if (!x->json) {
			buf_addf(&x->out,
			         "%s %6" PRId64 " %6" PRId64 " %6" PRId64 "\n",
			         text_pad(x->a, _(month_label(rows[i].what)),
			                  34, false),
			         rows[i].today, rows[i].month, rows[i].earlier);
			continue;
		}
		j = json_new_object();
		json_set_text(j, "what", month_name(rows[i].what));
		json_set_int(j, "today", rows[i].today);
		json_set_int(j, "month", rows[i].month);
		json_set_int(j, "earlier", rows[i].earlier);
		json_add(list, j);
	}
	if (!x->json)
		return OK;
	root = json_new_object();
	json_set_int(root, "month", month);
	json_set(root, "open", list);
	exec_json(x, root);
	return OK;
}

/* The county's: a line a unit. */
static int
month_county_text(struct exec *x, int64_t month)
{
	struct month_unit *rows;
	struct json *root, *list;
	int n, err = month_units(x->c, x->a, month, &rows, &n);

	if (err != OK)
		return err;
	list = x->json ? json_new_array() : NULL;
	for (int i = 0; i < n; i++) {
		struct json *j;

		if (!x->json) {
			buf_addf(&x->out,
			         "%s %6" PRId64 " %6" PRId64 " %8" PRId64 "\n",
			         text_pad(x->a, rows[i].name, 20, false),
			         rows[i].month, rows[i].earlier,
			         rows[i].closed);
			continue;
		}
		j = json_new_object();
		json_set_text(j, "unit", rows[i].name);
		json_set_int(j, "month", rows[i].month);
		json_set_int(j, "earlier", rows[i].earlier);
		json_set_int(j, "last_closed", rows[i].closed);
		json_add(list, j);
	}
	if (!x->json)
		return OK;
	root = json_new_object();
	json_set_int(root, "month", month);
	json_set(root, "units", list);
	exec_json(x, root);
	return OK;
}

int
exec_month(struct exec *x)
{
	int64_t month;
	int err = read_month(x, &month);

	if (err != OK)
		return err;
	return x->c->scope == SCOPE_COUNTY ? month_county_text(x, month)
	                                   : month_unit_text(x, month);
}
