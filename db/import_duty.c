/* Duty records of earlier years. Each falls under the mandate that its
 * person held on its day, and so into that term; one that names an activity
 * puts the person on that activity's roll as well. */
#include <string.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/duty_record.h"
#include "db/import_in.h"
#include "db/mandate.h"
#include "db/participant.h"
#include "db/person.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

enum {
	PERSON = IMPORT_OWN,
	PERSON_NUMBER,
	ACTIVITY,
	KIND,
	GRADE,
	TITLE,
	VENUE,
	HAPPENED
};

/* clang-format off */
static const struct import_column columns[] = {
	[IMPORT_NUMBER] = {"number",        "编号",     N_("The source's number of this record."), "L2022-0345", 40, true},
	[IMPORT_UNIT]   = {"unit",          "单位",     N_("Whose deputy; one's own when left out."), "周王庙镇", 40, true},
	[PERSON]        = {"person",        "姓名",     N_("Name of the deputy."), "张伟", PERSON_NAME_MAX, true},
	[PERSON_NUMBER] = {"person_number", "人员编号", N_("The number of the roster's import; needed where two have one name."), "0001", 40, false},
	[ACTIVITY]      = {"activity",      "活动编号", N_("The number of the activity's import; then what follows may be empty."), "", 40, false},
	[KIND]          = {"kind",          "类型",     N_("代表活动, 联系群众, 监督, 学习, 会议 or activity, contact, supervision, study, meeting."), "监督", 40, false},
	[GRADE]         = {"grade",         "到会情况", N_("full (按时, when left out) or late (迟到)."), "按时", 20, false},
	[TITLE]         = {"title",         "名称",     N_("What was done."), "五水共治视察", ACTIVITY_TITLE_MAX, false},
	[VENUE]         = {"venue",         "地点",     N_("Where."), "云龙村", ACTIVITY_VENUE_MAX, false},
	[HAPPENED]      = {"happened",      "时间",     N_("When."), "2022-03-09 09:00", 40, false},
};
/* clang-format on */

/* What a line says. */
struct row {
	struct duty_record record;
	struct activity activity; /* id 0: none */
};

/* The county's tables, read once a file. */
struct kinds {
	struct duty_kind *duty;
	int duty_n;
	struct activity_kind *activity;
	int activity_n;
};

/* --- the person ------------------------------------------------------ */

enum { CANDIDATES = 4 };

static const char sql_people[] =
    "SELECT id, job FROM person"
    " WHERE person.name = :name AND person.unit = :unit AND @scope"
    " ORDER BY person.id LIMIT 5";

/* By name; several of that name are told apart by their posts. */
static int
find_by_name(struct import_run *r, struct person_id *id)
{
	struct stmt *q = ctx_sql(r->c, &entity_person, sql_people);
	struct buf posts = BUF_INIT;
	int n = 0, err;

	bind_text(q, ":name", r->cells[PERSON]);
	bind_id(q, ":unit", r->unit.v);
	for (; stmt_next(q); n++) {
		id->v = col_int(q, 0);
		if (n < CANDIDATES)
			buf_addf(&posts, "%s%s", n > 0 ? ", " : "",
			         *col_text(q, 1) != '\0' ? col_text(q, 1)
			                                 : "-");
	}
	err = stmt_end(q);
	if (err == OK && n == 0)
		import_bad_cell(r, PERSON,
		                _("nobody of that name is on the unit's"
		                  " roster."));
	else if (err == OK && n > 1)
		import_bad_cell(r, PERSON,
		                arena_printf(r->page,
		                             _("several have that name (%s);"
		                               " give the person's number."),
		                             posts.data));
	buf_clear(&posts);
	return err;
}

static int
find_by_number(struct import_run *r, struct person_id *id)
{
	struct person person;
	int err = import_find(r->c, ENTITY_PERSON, r->unit,
	                      r->cells[PERSON_NUMBER], &id->v);

	if (err == OK)
		err = person_get(r->c, r->page, *id, &person);
	if (err == ERR_NOT_FOUND)
		import_bad_cell(r, PERSON_NUMBER,
		                _("no roster that was imported has this"
		                  " number."));
	else if (err == OK && strcmp(person.name, r->cells[PERSON]) != 0)
		import_bad_cell(r, PERSON_NUMBER,
		                arena_printf(r->page, _("this number is %s's."),
		                             person.name));
	return err == ERR_NOT_FOUND ? OK : err;
}

static int
check_person(struct import_run *r, struct row *row)
{
	return *r->cells[PERSON_NUMBER] != '\0'
	           ? find_by_number(r, &row->record.person)
	           : find_by_name(r, &row->record.person);
}

/* --- what was done --------------------------------------------------- */

static int
check_on_roll(struct import_run *r, const struct row *row)
{
	const char *key = arena_printf(r->page, "%lld at %lld",
	                               (long long)row->record.person.v,
	                               (long long)row->activity.id.v);
	bool is = false;
	int err =
	    participant_is_on(r->c, row->activity.id, row->record.person, &is);

	if (err == OK && (is || import_seen(r, key, "") != NULL))
		import_bad_cell(r, ACTIVITY,
		                _("this person is on its roll already."));
	return err;
}

static int
check_activity(struct import_run *r, struct row *row)
{
	struct activity_id id = {0};
	int err;

	if (*r->cells[ACTIVITY] == '\0')
		return OK;
	err = import_find_near(r->c, ENTITY_ACTIVITY, r->unit,
	                       r->cells[ACTIVITY], &id.v);
	if (err == OK)
		err = activity_get(r->c, r->page, id, &row->activity);
	if (err == ERR_NOT_FOUND || err == ERR_EXISTS) {
		import_bad_cell(
		    r, ACTIVITY,
		    err == ERR_EXISTS
			? _("several units have an activity of this number.")
			: _("no activity that was imported has this number."));
		return OK;
	}
	if (err != OK)
		return err;
	if (row->activity.state != ACTIVITY_CONFIRMED &&
	    row->activity.state != ACTIVITY_ARCHIVED)
		import_bad_cell(r, ACTIVITY,
		                _("this activity is not confirmed."));
	return check_on_roll(r, row);
}

static const char *
or_else(const char *cell, const char *other)
{
	return *cell != '\0' ? cell : other;
}

static void
check_grade(struct import_run *r, struct duty_record *record)
{
	const char *text = r->cells[GRADE];

	if (strcmp(text, "late") == 0 || strcmp(text, "迟到") == 0)
		record->grade = DUTY_LATE;
	else if (*text != '\0' && strcmp(text, "full") != 0 &&
	         strcmp(text, "按时") != 0)
		import_bad_cell(r, GRADE, _("either full or late."));
}

static void
check_kind(struct import_run *r, struct row *row)
{
	const struct kinds *k = r->kinds;
	const char *text = r->cells[KIND];

	row->record.kind = "";
	for (int i = 0; i < k->activity_n && row->activity.id.v != 0; i++)
		if (strcmp(k->activity[i].name, row->activity.kind) == 0)
			row->record.kind = k->activity[i].duty;
	if (*text == '\0')
		return;
	for (int i = 0; i < k->duty_n; i++)
		if (strcmp(k->duty[i].name, text) == 0 ||
		    strcmp(k->duty[i].label, text) == 0 ||
		    strcmp(k->duty[i].label_en, text) == 0) {
			row->record.kind = k->duty[i].name;
			return;
		}
	import_bad_cell(r, KIND, _("there is no such kind."));
}

/* With an activity its columns hold; without one all must be filled in. */
static void
check_facts(struct import_run *r, struct row *row)
{
	static const int needed[] = {KIND, TITLE, HAPPENED};
	struct duty_record *record = &row->record;
	bool alone = row->activity.id.v == 0;

	check_grade(r, record);
	check_kind(r, row);
	for (size_t i = 0; alone && i < COUNT(needed); i++)
		if (*r->cells[needed[i]] == '\0')
			import_bad_cell(r, needed[i],
			                _("this must be filled in."));
	record->happened_at = import_time(r, HAPPENED);
	record->title = r->cells[TITLE];
	record->venue = r->cells[VENUE];
	record->subject_kind = "";
	record->state = DUTY_CHECKED;
	if (!alone) {
		record->title = or_else(record->title, row->activity.title);
		record->venue = or_else(record->venue, row->activity.venue);
		if (record->happened_at.s == 0)
			record->happened_at = row->activity.starts_at;
		record->subject_kind = entity_activity.name;
		record->subject = row->activity.id.v;
	}
	if (record->happened_at.s > ctx_now(r->c).s)
		import_bad_cell(r, HAPPENED, _("this lies in the future."));
}

static int
check_mandate(struct import_run *r, struct duty_record *record)
{
	struct day day = day_of(record->happened_at);
	struct mandate m;
	char text[11];
	int err =
	    mandate_on(r->c, r->page, record->person, r->station, day, &m);

	if (err == ERR_NOT_FOUND) {
		day_format(day, text);
		import_bad_cell(
		    r, PERSON,
		    arena_printf(r->page, _("held no mandate on %s."), text));
		return OK;
	}
	if (err != OK)
		return err;
	record->mandate = m.id;
	record->term = m.term;
	record->unit = m.unit;
	record->station = m.station;
	record->grp = m.grp;
	return OK;
}

static int
read_kinds(struct import_run *r)
{
	struct kinds *k = arena_alloc(r->a, sizeof(*k));
	int err = duty_kind_list(r->c, r->a, &k->duty, &k->duty_n);

	if (err == OK)
		err = activity_kind_list(r->c, r->a, &k->activity,
		                         &k->activity_n);
	if (err == OK)
		r->kinds = k;
	return err;
}

static int
check(struct import_run *r)
{
	struct row *row = arena_alloc(r->page, sizeof(*row));
	int err = r->kinds == NULL ? read_kinds(r) : OK;

	r->row = row;
	if (err == OK)
		err = check_person(r, row);
	if (err == OK && !r->is_bad)
		err = check_activity(r, row);
	if (err == OK && !r->is_bad)
		check_facts(r, row);
	if (err == OK && !r->is_bad)
		err = check_mandate(r, &row->record);
	return err;
}

/* --- writing --------------------------------------------------------- */

static int
write(struct import_run *r, int64_t *record)
{
	const struct row *row = r->row;
	struct duty_record_id id;
	int err = OK;

	event_about(r->c, ENTITY_PERSON, row->record.person.v);
	if (row->activity.id.v != 0) {
		event_about(r->c, ENTITY_ACTIVITY, row->activity.id.v);
		err = participant_record(
		    r->c, &row->activity, row->record.person,
		    row->record.mandate, row->record.grade == DUTY_LATE);
	}
	if (err == OK)
		err = duty_record_enter(r->c, &row->record, &id);
	if (err == OK)
		*record = id.v;
	return err;
}

const struct import_spec import_duty_spec = {
    .name = "duty_records",
    .label = N_("Duty records"),
    .perm = PERM_IMPORT_WRITE,
    .action = ACTION_IMPORT_DUTY_RECORDS,
    .entity = ENTITY_DUTY_RECORD,
    .columns = columns,
    .column_count = COUNT(columns),
    .check = check,
    .write = write,
};
