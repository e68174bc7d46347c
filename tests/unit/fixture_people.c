/* People of every role in two units. */
#include "tests/unit/fixture_people.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "db/code.h"

/* clang-format off */
static const struct {
	size_t at;
	int64_t account;
} rows[] = {
	{offsetof(struct people, admin),    11},
	{offsetof(struct people, county),   12},
	{offsetof(struct people, leader),   13},
	{offsetof(struct people, unit),     14},
	{offsetof(struct people, head),     15},
	{offsetof(struct people, officer),  16},
	{offsetof(struct people, deputy1),   1},
	{offsetof(struct people, deputy3),   3},
	{offsetof(struct people, deputy5),   5},
	{offsetof(struct people, unit2),    17},
	{offsetof(struct people, officer2), 18},
	{offsetof(struct people, deputy2),   2},
};
/* clang-format on */

struct ctx *
people_all(struct people *p, int i)
{
	return (struct ctx *)(void *)((char *)p + rows[i].at);
}

void
people_open(struct fixture *f, struct people *p)
{
	fixture_rows(f);
	fixture_event(
	    f, ACTION_PERSON_ADD, ENTITY_PERSON, 11,
	    "INSERT INTO person (id, unit, name, pinyin, initials, stroke)"
	    " SELECT value, CASE WHEN value < 14 THEN NULL"
	    "   WHEN value < 17 THEN 1 ELSE 2 END,"
	    "   '王' || value, 'wang', 'w', '04'"
	    "   FROM json_each('[11,12,13,14,15,16,17,18]');"
	    "INSERT INTO office (id, person, role, unit, station, from_on)"
	    " VALUES (11, 11, 'admin', NULL, NULL, '2022-01-01'),"
	    " (12, 12, 'county_staff', NULL, NULL, '2022-01-01'),"
	    " (13, 13, 'leader', NULL, NULL, '2022-01-01'),"
	    " (14, 14, 'unit_staff', 1, NULL, '2022-01-01'),"
	    " (15, 15, 'station_head', 1, 1, '2022-01-01'),"
	    " (16, 16, 'officer', 1, 1, '2022-01-01'),"
	    " (17, 17, 'unit_staff', 2, NULL, '2022-01-01'),"
	    " (18, 18, 'officer', 2, 2, '2022-01-01'),"
	    " (1, 1, 'deputy', 1, 1, '2022-01-01'),"
	    " (2, 2, 'deputy', 2, 2, '2022-01-01'),"
	    " (3, 3, 'deputy', 1, 1, '2022-01-01'),"
	    " (5, 5, 'deputy', 1, 1, '2022-01-01');"
	    "INSERT INTO account (id, name, person, created_at)"
	    " SELECT id, 'a' || id, person, 1774000000 FROM office;");
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(ctx_open(people_all(p, (int)i), f->store,
		                          rows[i].account, 0),
		                 OK);
}

void
people_at(struct fixture *f, struct people *p, int hour, int minute)
{
	struct instant at = clock_at((struct day){2026, 3, 29}, hour, minute);

	store_stop_clock(f->store, at);
	f->ctx.stopped = at;
	for (size_t i = 0; i < COUNT(rows); i++)
		people_all(p, (int)i)->stopped = at;
}

struct activity
people_entry(void)
{
	struct day day = {2026, 3, 29};

	return (struct activity){
	    .title = "疫情防控专项检查",
	    .kind = "check",
	    .venue = "荆山村",
	    .starts_at = clock_at(day, 15, 0),
	    .ends_at = clock_at(day, 16, 0),
	    .before_minutes = 30,
	    .after_minutes = 30,
	    .agenda = "",
	    .minutes = "",
	    .reason = "",
	};
}

struct activity_id
people_activity(struct fixture *f, struct people *p)
{
	static const struct person_id persons[] = {{1}, {3}};
	struct invite who = {.persons = persons, .person_count = 2};
	struct activity entry = people_entry();
	struct activity_id id;
	int err = activity_add(&p->unit, &entry, &who, true, &id);

	if (err != OK)
		print_error("%s: %s\n", err_name(err), store_why(f->store));
	assert_int_equal(err, OK);
	return id;
}

const char *
people_code(struct fixture *f, struct activity_id id)
{
	struct code code;

	assert_int_equal(code_for_activity(&f->ctx, f->a, id, &code), OK);
	return code.short_code;
}

void
people_sign_in(struct fixture *f, struct ctx *c, struct activity_id id)
{
	struct check_in done;
	int err = participant_check_in(c, f->a, people_code(f, id), &done);

	if (err != OK)
		print_error("%s: %s\n", err_name(err), store_why(f->store));
	assert_int_equal(err, OK);
}

struct participant
people_place(struct fixture *f, struct activity_id id, int64_t person)
{
	struct ctx as = f->ctx;
	struct participant row;

	as.me = person;
	assert_int_equal(participant_mine(&as, f->a, id, &row), OK);
	return row;
}

/* Written apart from the triggers, as liaisonctl check does it. */
static const char recount[] =
    "WITH real (what, id, period, part, n) AS ("
    " SELECT 'activity.unit', unit, month, state, count(*) FROM activity"
    "  GROUP BY unit, month, state UNION ALL"
    " SELECT 'activity.county', 0, month, state, count(*) FROM activity"
    "  GROUP BY month, state UNION ALL"
    " SELECT 'roll.activity', activity, 0, state, count(*)"
    "  FROM participant GROUP BY activity, state UNION ALL"
    " SELECT 'roll.unit', unit, month, state, count(*)"
    "  FROM participant GROUP BY unit, month, state UNION ALL"
    " SELECT 'roll.county', 0, month, state, count(*)"
    "  FROM participant GROUP BY month, state UNION ALL"
    " SELECT 'roll.walkin', activity, 0,"
    "  iif(confirmed, 'confirmed', 'waiting'), count(*)"
    "  FROM participant WHERE walk_in GROUP BY activity, confirmed UNION ALL"
    " SELECT 'code.scans', code, 0, '', count(*) FROM participant"
    "  WHERE code IS NOT NULL GROUP BY code UNION ALL"
    " SELECT 'duty.person', person, year, kind || '/' || grade, count(*)"
    "  FROM duty_record GROUP BY person, year, kind, grade UNION ALL"
    " SELECT 'duty.station', station, year, kind || '/' || grade, count(*)"
    "  FROM duty_record GROUP BY station, year, kind, grade UNION ALL"
    " SELECT 'duty.unit', unit, year, kind || '/' || grade, count(*)"
    "  FROM duty_record GROUP BY unit, year, kind, grade UNION ALL"
    " SELECT 'duty.unit', unit, month, kind || '/' || grade, count(*)"
    "  FROM duty_record GROUP BY unit, month, kind, grade UNION ALL"
    " SELECT 'duty.group', grp, year, kind || '/' || grade, count(*)"
    "  FROM duty_record WHERE grp IS NOT NULL"
    "  GROUP BY grp, year, kind, grade UNION ALL"
    " SELECT 'term.person', person, year,"
    "  term || '/' || kind || '/' || grade, count(*)"
    "  FROM duty_record GROUP BY person, year, term, kind, grade UNION ALL"
    " SELECT 'term.station', station, year,"
    "  term || '/' || kind || '/' || grade, count(*)"
    "  FROM duty_record GROUP BY station, year, term, kind, grade UNION ALL"
    " SELECT 'term.group', grp, year,"
    "  term || '/' || kind || '/' || grade, count(*)"
    "  FROM duty_record WHERE grp IS NOT NULL"
    "  GROUP BY grp, year, term, kind, grade UNION ALL"
    " SELECT 'campaign.activity', subject, 0, state, count(*)"
    "  FROM activity_subject JOIN activity ON activity.id = activity"
    "  WHERE activity_subject.kind = 'campaign_unit'"
    "  GROUP BY subject, state UNION ALL"
    " SELECT 'campaign.deputy', subject, 0, CAST(person AS TEXT), count(*)"
    "  FROM activity_subject AS s JOIN participant AS p"
    "  ON p.activity = s.activity AND p.state IN ('signed_in', 'late')"
    "  WHERE s.kind = 'campaign_unit' GROUP BY subject, person UNION ALL"
    " SELECT 'duty.county', 0, year, kind || '/' || grade, count(*)"
    "  FROM duty_record GROUP BY year, kind, grade)"
    " SELECT (SELECT count(*) FROM (SELECT * FROM real EXCEPT"
    "          SELECT what, id, period, part, n FROM counter))"
    "      + (SELECT count(*) FROM (SELECT what, id, period, part, n"
    "          FROM counter WHERE what NOT LIKE 'opinion%'"
    "          EXCEPT SELECT * FROM real))";

void
people_recount(struct fixture *f)
{
	assert_int_equal(fixture_int(f, recount), 0);
}

int64_t
people_records(struct fixture *f)
{
	return fixture_int(f, "SELECT count(*) FROM duty_record");
}
