/* Rosters: a line is a person with the mandates and the office they have.
 * The same number again is the same person, to whom another term's roster
 * adds its mandate. */
#include <string.h>

#include "db/base/i18n.h"
#include "db/deputy_group.h"
#include "db/district.h"
#include "db/import_in.h"
#include "db/mandate.h"
#include "db/office.h"
#include "db/person.h"
#include "db/place.h"
#include "db/store/stmt.h"

enum {
	NAME = IMPORT_OWN,
	PINYIN,
	JOB,
	COUNTY_TERM,
	COUNTY_DISTRICT,
	TOWN_TERM,
	TOWN_DISTRICT,
	GROUP,
	PLACE,
	FROM,
	TO,
	ROLE
};

/* clang-format off */
static const struct import_column columns[] = {
	[IMPORT_NUMBER]   = {"number",          "编号",       N_("The source's number of this person."), "0001", 40, true},
	[IMPORT_UNIT]     = {"unit",            "单位",       N_("Town or subdistrict; one's own when left out."), "周王庙镇", 40, true},
	[NAME]            = {"name",            "姓名",       N_("Name."), "张伟", PERSON_NAME_MAX, true},
	[PINYIN]          = {"pinyin",          "拼音",       N_("Pinyin, where the name is read otherwise than usual."), "zhang wei", PERSON_PINYIN_MAX, false},
	[JOB]             = {"post",            "职务",       N_("Post."), "云龙村党总支书记", PERSON_JOB_MAX, false},
	[COUNTY_TERM]     = {"county_term",     "市代表届次", N_("County deputy of this term, such as 16."), "16", 20, false},
	[COUNTY_DISTRICT] = {"county_district", "市代表选区", N_("Electoral district; a new one is added."), "第3选区", DISTRICT_NAME_MAX, false},
	[TOWN_TERM]       = {"town_term",       "镇代表届次", N_("Town deputy of this term, such as 17."), "17", 20, false},
	[TOWN_DISTRICT]   = {"town_district",   "镇代表选区", N_("Electoral district; a new one is added."), "第8选区", DISTRICT_NAME_MAX, false},
	[GROUP]           = {"group",           "代表小组",   N_("Deputies' group; a new one is added."), "第一小组", DEPUTY_GROUP_NAME_MAX, false},
	[PLACE]           = {"place",           "联络室(点)", N_("Room or point of the station, which exists."), "", PLACE_NAME_MAX, false},
	[FROM]            = {"from",            "任职日期",   N_("First day; the term's when left out."), "", 40, false},
	[TO]              = {"to",              "离任日期",   N_("Last day; the term's when the term is over."), "", 40, false},
	[ROLE]            = {"role",            "系统角色",   N_("An office besides, such as officer (联络员)."), "", 40, false},
};
/* clang-format on */

/* What a line says. */
struct row {
	struct person person;
	struct mandate mandates[2]; /* by enum level */
	bool wanted[2];
	const char *districts[2]; /* by name; looked up when written */
	const char *group;
	const char *role; /* "" none */
};

/* --- looking up ------------------------------------------------------ */

static int
term_numbered(struct import_run *r, int level, int64_t number, struct term *out)
{
	struct term *terms;
	int n, err = term_list(r->c, r->page, &terms, &n);

	if (err != OK)
		return err;
	for (int i = 0; i < n; i++)
		if (terms[i].level == level && terms[i].number == number &&
		    (level == LEVEL_COUNTY || terms[i].unit.v == r->unit.v)) {
			*out = terms[i];
			return OK;
		}
	return ERR_NOT_FOUND;
}

/* Days of a mandate: within its term, and ended with it. */
static void
set_days(struct import_run *r, const struct term *term, struct mandate *m)
{
	m->from_on = import_day(r, FROM);
	m->to_on = import_day(r, TO);
	if (m->from_on.year == 0)
		m->from_on = term->from_on;
	if (m->to_on.year == 0 && day_compare(term->to_on, ctx_today(r->c)) < 0)
		m->to_on = term->to_on;
	if (day_compare(m->from_on, term->from_on) < 0 ||
	    day_compare(m->from_on, term->to_on) > 0)
		import_bad_cell(r, FROM, _("this day is outside the term."));
	if (m->to_on.year != 0 && (day_compare(m->to_on, m->from_on) < 0 ||
	                           day_compare(m->to_on, term->to_on) > 0))
		import_bad_cell(r, TO, _("this day is outside the term."));
}

static int
is_held(struct import_run *r, struct term_id term, bool *held)
{
	struct mandate_line *rows;
	int n, err = mandate_of_person(r->c, r->page,
	                               (struct person_id){r->known}, &rows, &n);

	*held = false;
	for (int i = 0; err == OK && i < n; i++)
		*held = *held || rows[i].term.v == term.v;
	return err;
}

static int
check_mandate(struct import_run *r, struct row *row, int level)
{
	int column = level == LEVEL_COUNTY ? COUNTY_TERM : TOWN_TERM;
	struct mandate *m = &row->mandates[level];
	int64_t number = import_ordinal(r, column);
	struct term term;
	bool held = false;
	int err;

	row->districts[level] =
	    r->cells[level == LEVEL_COUNTY ? COUNTY_DISTRICT : TOWN_DISTRICT];
	if (number == 0)
		return OK;
	err = term_numbered(r, level, number, &term);
	if (err == ERR_NOT_FOUND) {
		import_bad_cell(r, column,
		                _("there is no such term; add it first."));
		return OK;
	}
	if (err == OK && r->known != 0)
		err = is_held(r, term.id, &held);
	if (err != OK)
		return err;
	m->level = level;
	m->term = term.id;
	m->station = r->station;
	set_days(r, &term, m);
	row->wanted[level] = !held;
	return OK;
}

static int
check_place(struct import_run *r, struct row *row)
{
	struct place place;
	int err;

	if (*r->cells[PLACE] == '\0')
		return OK;
	err = place_named(r->c, r->page, r->station, r->cells[PLACE], &place);
	if (err == ERR_NOT_FOUND) {
		import_bad_cell(r, PLACE,
		                _("the station has no such room or point."));
		return OK;
	}
	for (int i = 0; err == OK && i < 2; i++)
		row->mandates[i].place = place.id;
	return err;
}

static int
check_role(struct import_run *r, struct row *row)
{
	const char *text = r->cells[ROLE];
	struct role *roles;
	int n, err = role_list(r->c, r->page, &roles, &n);

	row->role = "";
	if (err != OK || *text == '\0')
		return err;
	for (int i = 0; i < n; i++) {
		if (strcmp(roles[i].name, text) != 0 &&
		    strcmp(roles[i].label, text) != 0)
			continue;
		row->role = roles[i].name;
		if (strcmp(roles[i].scope, "unit") != 0 &&
		    strcmp(roles[i].scope, "station") != 0 &&
		    strcmp(roles[i].scope, "self") != 0)
			import_bad_cell(r, ROLE,
			                _("this office is given by hand."));
		return OK;
	}
	import_bad_cell(r, ROLE, _("there is no such role."));
	return OK;
}

/* A number stands for one person of a unit, in this file and before. */
static int
check_same(struct import_run *r)
{
	const char *key =
	    arena_printf(r->page, "%lld %s", (long long)r->unit.v, r->number);
	const char *before = import_seen(r, key, r->cells[NAME]);
	struct person person;
	int err;

	if (r->known != 0) {
		err = person_get(r->c, r->page, (struct person_id){r->known},
		                 &person);
		if (err != OK)
			return err;
		before = person.name;
	}
	if (before != NULL && strcmp(before, r->cells[NAME]) != 0)
		import_bad_cell(
		    r, NAME,
		    arena_printf(r->page, _("this number is %s's."), before));
	return OK;
}

static int
check(struct import_run *r)
{
	struct row *row = arena_alloc(r->page, sizeof(*row));
	int err;

	row->person = (struct person){.unit = r->unit,
	                              .name = r->cells[NAME],
	                              .pinyin = r->cells[PINYIN],
	                              .job = r->cells[JOB]};
	row->group = r->cells[GROUP];
	r->row = row;
	err = person_check(r->c, r->page, &row->person, NULL);
	if (err == ERR_INVALID) {
		import_bad(r, "%s", _(r->c->faults[0].text));
		return OK;
	}
	if (err == OK)
		err = check_same(r);
	for (int level = 0; err == OK && level < 2; level++)
		err = check_mandate(r, row, level);
	if (err == OK)
		err = check_place(r, row);
	if (err == OK)
		err = check_role(r, row);
	r->is_already = r->known != 0 && !row->wanted[0] && !row->wanted[1];
	return err;
}

/* --- writing --------------------------------------------------------- */

/* The unit's district of that name, added when there is none. */
static int
find_district(struct import_run *r, int level, const char *name,
              struct district_id *id)
{
	struct district entry = {.unit = r->unit, .level = level, .name = name};
	struct district *rows;
	int n, err = district_list(r->c, r->page, r->unit, level, &rows, &n);

	for (int i = 0; err == OK && i < n; i++)
		if (strcmp(rows[i].name, name) == 0) {
			*id = rows[i].id;
			return OK;
		}
	return err == OK ? district_add(r->c, &entry, id) : err;
}

static int
find_group(struct import_run *r, const char *name, struct deputy_group_id *id)
{
	struct deputy_group entry = {.station = r->station, .name = name};
	struct deputy_group *rows;
	int n, err = deputy_group_list(r->c, r->page, r->station, &rows, &n);

	for (int i = 0; err == OK && i < n; i++)
		if (strcmp(rows[i].name, name) == 0) {
			*id = rows[i].id;
			return OK;
		}
	return err == OK ? deputy_group_add(r->c, &entry, id) : err;
}

static int
write_mandate(struct import_run *r, const struct row *row, int level,
              struct person_id person)
{
	struct mandate m = row->mandates[level];
	struct mandate_id id;
	int err = OK;

	m.person = person;
	if (*row->districts[level] != '\0')
		err =
		    find_district(r, level, row->districts[level], &m.district);
	if (err == OK && *row->group != '\0')
		err = find_group(r, row->group, &m.grp);
	return err == OK ? mandate_add(r->c, &m, &id) : err;
}

static int
write_office(struct import_run *r, const struct row *row,
             struct person_id person)
{
	struct office office = {.person = person,
	                        .role = row->role,
	                        .unit = r->unit,
	                        .station = r->station,
	                        .from_on = import_day(r, FROM)};
	struct office_id id;

	return office_add(r->c, &office, &id);
}

static int
write(struct import_run *r, int64_t *record)
{
	const struct row *row = r->row;
	struct person_id person = {r->known};
	int err = OK;

	if (r->known == 0) {
		err = person_add(r->c, &row->person, &person);
		if (err == OK && *row->role != '\0')
			err = write_office(r, row, person);
	}
	for (int level = 0; err == OK && level < 2; level++)
		if (row->wanted[level])
			err = write_mandate(r, row, level, person);
	if (err == OK)
		*record = person.v;
	return err;
}

const struct import_spec import_person_spec = {
    .name = "persons",
    .label = N_("People"),
    .perm = PERM_PEOPLE_WRITE,
    .action = ACTION_IMPORT_PERSONS,
    .entity = ENTITY_PERSON,
    .columns = columns,
    .column_count = COUNT(columns),
    .repeats = true,
    .check = check,
    .write = write,
};
