/* Lists to be exported: their columns, and rows as CSV or JSON. */
#include "db/export.h"

#include <inttypes.h>
#include <string.h>

#include "db/activity.h"
#include "db/audit_list.h"
#include "db/base/csv_write.h"
#include "db/base/i18n.h"
#include "db/base/json.h"
#include "db/duty_record.h"
#include "db/export_stats.h"
#include "db/opinion.h"
#include "db/person.h"
#include "db/store/ctx.h"
#include "db/store/list.h"
#include "db/unit.h"

enum { PAGE = 200, COLUMNS_MAX = 16 };

struct column {
	const char *key;   /* in JSON */
	const char *label; /* msgid, in the first row of CSV */
	const char *field; /* of the list's fields */
	const char *en;    /* where field is a label: its English twin; JSON
	                      has the member called key, the name stored */
};

struct kind {
	const char *name;
	const struct list_spec *list;
	const struct list_spec *own; /* what a deputy gets; NULL: refused */
	/* What is no list: writes all between the brackets of JSON. */
	int (*write)(struct ctx *c, const struct export_to *to);
	struct column columns[COLUMNS_MAX];
};

/* clang-format off */
static const struct kind kinds[] = {
	{"activities", &activity_list, &activity_mine_list, NULL, {
		{"number",    N_("Number"),      "id",         NULL},
		{"unit",      N_("Unit"),        "unit_name",  NULL},
		{"title",     N_("Activity"),    "title",      NULL},
		{"kind",      N_("Kind"),        "kind_label", "kind_label_en"},
		{"venue",     N_("Venue"),       "venue",      NULL},
		{"starts_at", N_("Begins"),      "starts_at",  NULL},
		{"ends_at",   N_("Ends"),        "ends_at",    NULL},
		{"state",     N_("State"),       "state",      NULL},
		{"present",   N_("Signed in"),   "present",    NULL},
		{"total",     N_("On the roll"), "total",      NULL},
	}},
	{"opinions", &opinion_words, &opinion_words, NULL, {
		{"number",      N_("Number"),   "id",             NULL},
		{"unit",        N_("Unit"),     "unit_name",      NULL},
		{"received_at", N_("Received"), "received_at",    NULL},
		{"subject",     N_("Subject"),  "subject",        NULL},
		{"words",       N_("Words"),    "body",           NULL},
		{"category",    N_("Category"), "category_label", "category_label_en"},
		{"place",       N_("Place"),    "venue",          NULL},
		{"source",      N_("Source"),   "source",         NULL},
		{"state",       N_("State"),    "state",          NULL},
		{"result",      N_("Result"),   "result",         NULL},
		{"rating",      N_("Rating"),   "rating",         NULL},
		{"due_on",      N_("Due"),      "due_on",         NULL},
		{"senders",     N_("Senders"),  "senders",        NULL},
		{"urgent",      N_("Urgent"),   "urgent",         NULL},
	}},
	{"duty_records", &duty_record_list, &duty_record_list, NULL, {
		{"number",      N_("Number"),   "id",          NULL},
		{"name",        N_("Name"),     "name",        NULL},
		{"happened_at", N_("Date"),     "happened_at", NULL},
		{"kind",        N_("Kind"),     "kind_label",  "kind_label_en"},
		{"title",       N_("Activity"), "title",       NULL},
		{"venue",       N_("Venue"),    "venue",       NULL},
		{"grade",       N_("Grade"),    "grade",       NULL},
		{"points",      N_("Points"),   "points",      NULL},
		{"activity",    N_("Of"),       "subject",     NULL},
	}},
	{"persons", &person_list, NULL, NULL, {
		{"number", N_("Number"), "id",     NULL},
		{"unit",   N_("Unit"),   "unit",   NULL},
		{"name",   N_("Name"),   "name",   NULL},
		{"pinyin", N_("Pinyin"), "pinyin", NULL},
		{"post",   N_("Post"),   "job",    NULL},
	}},
	{"audit", &audit_list, NULL, NULL, {
		{"number",  N_("Number"),  "seq",          NULL},
		{"at",      N_("Time"),    "at",           NULL},
		{"account", N_("Account"), "account",      NULL},
		{"name",    N_("Name"),    "name",         NULL},
		{"action",  N_("Action"),  "action",       NULL},
		{"kind",    N_("Kind"),    "subject_kind", NULL},
		{"record",  N_("Record"),  "subject",      NULL},
		{"unit",    N_("Unit"),    "unit_name",    NULL},
		{"detail",  N_("Detail"),  "detail",       NULL},
		{"sha256",  N_("SHA-256"), "hash",         NULL},
	}},
	{"opinion_stats", NULL, NULL, export_stats, {{NULL, NULL, NULL, NULL}}},
};
/* clang-format on */

struct run {
	struct ctx *c;
	const struct kind *kind;
	const struct export_to *to;
	const struct list_spec *list;
	struct unit *units; /* for columns that name one */
	int unit_count;
	int64_t rows; /* written so far */
};

/* --- values --------------------------------------------------------------- */

static const char *
unit_name(const struct run *e, int64_t id)
{
	for (int i = 0; i < e->unit_count; i++)
		if (e->units[i].id.v == id)
			return e->units[i].name;
	return "";
}

static const char *
points_text(struct arena *a, int64_t tenths)
{
	int64_t size = tenths < 0 ? -tenths : tenths;

	return arena_printf(a, "%s%" PRId64 ".%d", tenths < 0 ? "-" : "",
	                    size / 10, (int)(size % 10));
}

static const char *
time_text(struct arena *a, struct instant at)
{
	int hour, minute;
	char day[11];

	if (at.s == 0)
		return "";
	day_format(day_of(at), day);
	clock_time_of(at, &hour, &minute);
	return arena_printf(a, "%s %02d:%02d", day, hour, minute);
}

/* No day, or one after every other. */
static const char *
day_text(struct arena *a, struct day day)
{
	char *text = arena_alloc(a, 11);

	if (day.year != 0 && day.year != 9999)
		day_format(day, text);
	return text;
}

static const char *
enum_text(const struct field *field, int value, bool json)
{
	for (int i = 0; field->names[i].name != NULL; i++)
		if (i == value)
			return json ? field->names[i].name
			            : _(field->names[i].label);
	return "";
}

/* Whether the value is a number by itself. */
static bool
is_number(const struct field *field)
{
	return field->kind == FIELD_INT || field->kind == FIELD_POINTS ||
	       (field->kind == FIELD_REF && strcmp(field->name, "unit") != 0);
}

static const char *
value_text(const struct run *e, struct arena *a, const struct field *field,
           const void *row, bool json)
{
	const void *at = (const char *)row + field->at;
	const char *const *text = at;

	switch (field->kind) {
	case FIELD_REF:
		if (!is_number(field))
			return unit_name(e, *(const int64_t *)at);
		return arena_printf(a, "%" PRId64, *(const int64_t *)at);
	case FIELD_INT:
		return arena_printf(a, "%" PRId64, *(const int64_t *)at);
	case FIELD_POINTS:
		return points_text(a, *(const int64_t *)at);
	case FIELD_ENUM:
		return enum_text(field, *(const int *)at, json);
	case FIELD_TIME:
		return json ? instant_iso(a, *(const struct instant *)at)
		            : time_text(a, *(const struct instant *)at);
	case FIELD_TEXT:
	case FIELD_LINES:
	case FIELD_TOKEN:
		return *text != NULL ? *text : "";
	case FIELD_BOOL:
		return *(const bool *)at ? _("yes") : "";
	case FIELD_DAY:
		return day_text(a, *(const struct day *)at);
	case FIELD_NONE:
		break;
	}
	return "";
}

static const struct field *
field_of(const struct run *e, const struct column *c)
{
	const char *name = c->field;

	if (c->en != NULL && e->to->json)
		name = c->key;
	else if (c->en != NULL && i18n_language() == LANGUAGE_EN)
		name = c->en;
	return field_find(e->list->fields, name);
}

/* --- rows ----------------------------------------------------------------- */

static void
csv_head(struct run *e)
{
	csv_begin(e->to->out);
	for (const struct column *c = e->kind->columns; c->key != NULL; c++)
		csv_text(e->to->out, c == e->kind->columns, _(c->label));
	csv_end_row(e->to->out);
}

static void
csv_row(struct run *e, struct arena *a, const void *row)
{
	struct buf *out = e->to->out;

	for (const struct column *c = e->kind->columns; c->key != NULL; c++) {
		const struct field *field = field_of(e, c);
		const char *text = value_text(e, a, field, row, false);
		bool first = c == e->kind->columns;

		if (is_number(field))
			csv_number(out, first, text);
		else
			csv_text(out, first, text);
	}
	csv_end_row(out);
}

static void
json_row(struct run *e, struct arena *a, const void *row)
{
	struct json *j = json_new_object();

	for (const struct column *c = e->kind->columns; c->key != NULL; c++) {
		const struct field *field = field_of(e, c);
		const char *text = value_text(e, a, field, row, true);

		if (field->kind == FIELD_BOOL)
			json_set_bool(
			    j, c->key,
			    *(const bool *)((const char *)row + field->at));
		else if (is_number(field) && field->kind != FIELD_POINTS)
			json_set_int(
			    j, c->key,
			    *(const int64_t *)((const char *)row + field->at));
		else
			json_set_text(j, c->key, text);
	}
	buf_addf(e->to->out, "%s%s", e->rows > 0 ? ",\n" : "\n",
	         json_print(j, a));
	json_free(j);
}

static void
add_row(struct run *e, struct arena *a, const void *row)
{
	if (e->to->json)
		json_row(e, a, row);
	else
		csv_row(e, a, row);
	e->rows++;
}

/* Pages after each other; the last key lies in the arena of the page before.
 */
static int
add_rows(struct run *e)
{
	const struct list_query query = {.order = 0};
	struct arena *now = arena_new(), *before = arena_new(), *swap;
	struct list_page page = {.more = true};
	const struct list_key *last = NULL;
	int err = OK;

	while (err == OK && page.more) {
		err = list_fetch(e->c, now, e->list, &query,
		                 last != NULL ? LIST_AFTER : LIST_FIRST, last,
		                 PAGE, &page);
		for (int i = 0; err == OK && i < page.n; i++)
			add_row(e, now,
			        (const char *)page.rows +
			            (size_t)i * e->list->row_size);
		if (err == OK)
			err = e->to->flush(e->to->data);
		last = page.n > 0 ? &page.keys[page.n - 1] : NULL;
		swap = before;
		before = now;
		now = swap;
		arena_reset(now);
	}
	arena_free(now);
	arena_free(before);
	return err;
}

/* --- the whole ------------------------------------------------------------ */

static const struct kind *
kind_named(const char *name)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

const char *
export_kinds(struct arena *a)
{
	const char *all = kinds[0].name;

	for (size_t i = 1; i < COUNT(kinds); i++)
		all = arena_printf(a, "%s, %s", all, kinds[i].name);
	return all;
}

static int
run(struct run *e)
{
	struct buf *out = e->to->out;
	int err;

	if (e->to->json)
		buf_addf(out, "{\"version\":1,\"kind\":\"%s\",\"rows\":[",
		         e->kind->name);
	else if (e->kind->write == NULL)
		csv_head(e);
	err =
	    e->kind->write != NULL ? e->kind->write(e->c, e->to) : add_rows(e);
	if (err == OK && e->to->json)
		buf_add(out, "\n]}\n");
	return err;
}

int
export_run(struct ctx *c, const char *kind, const struct export_to *to)
{
	struct run e = {.c = c, .kind = kind_named(kind), .to = to};
	struct arena *a;
	int err;

	if (e.kind == NULL)
		return ERR_NOT_FOUND;
	e.list = c->scope == SCOPE_SELF ? e.kind->own : e.kind->list;
	if (e.kind->write == NULL && (e.list == NULL || !may(c, e.list->needs)))
		return ERR_DENIED;
	if (e.kind->write == export_stats && !may(c, PERM_OPINION_STATS))
		return ERR_DENIED;
	/* what only the clock has changed; read also while that cannot be
	 * written */
	if (activity_tick(c, NULL) == ERR_STORE ||
	    opinion_tick(c, NULL) == ERR_STORE)
		return ERR_STORE;
	a = arena_new();
	/* who may not see units has no list with a column that needs them */
	err = may(c, PERM_ORG_READ) ? unit_list(c, a, &e.units, &e.unit_count)
	                            : OK;
	if (err == OK)
		err = run(&e);
	arena_free(a);
	return err;
}
