/* Importing people, activities, duty records and opinions: all or nothing, once
 * only, each bad line named, in one's own scope, and taken back as a whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "db/base/i18n.h"
#include "db/base/json.h"
#include "db/import.h"
#include "db/opinion.h"
#include "db/store/check.h"
#include "tests/unit/fixture_org.h"

#define PERSONS "编号,单位,姓名,职务,市代表届次,镇代表届次,代表小组\n"
#define ACTIVITIES "编号,单位,名称,类型,地点,开始时间,结束时间,状态\n"
#define DUTIES "编号,单位,姓名,活动编号,类型,到会情况,名称,地点,时间\n"
#define OPINIONS "id,author,received_at,subject,body,answer,answered_at\n"
#define ONE_DUTY "1,周王庙镇,张伟,,监督,,视察,云龙村,2022-03-09 09:00\n"

static struct import_report report;

static int
import(struct ctx *c, struct arena *a, enum import_kind kind, const char *text,
       bool skip_bad)
{
	const struct import_options options = {.skip_bad = skip_bad};

	return import_run(c, a, kind, text, strlen(text), &options, &report);
}

/* As the system. */
static int
take(struct org *o, enum import_kind kind, const char *text)
{
	return import(&o->f->ctx, o->f->a, kind, text, false);
}

/* It is refused for that line and nothing is written. */
static void
is_bad(struct org *o, enum import_kind kind, const char *text, int line,
       const char *why)
{
	int64_t before = org_audits(o);

	assert_int_equal(take(o, kind, text), ERR_INVALID);
	assert_null(report.refused);
	assert_int_equal(report.bad_count, 1);
	assert_int_equal(report.bad[0].line, line);
	if (strstr(report.bad[0].text, why) == NULL)
		fail_msg("no \"%s\" in: %s", why, report.bad[0].text);
	assert_int_equal(org_audits(o), before);
}

static void
is_refused(struct org *o, const char *data, size_t n, const char *why)
{
	const struct import_options options = {0};

	assert_int_equal(import_run(&o->f->ctx, o->f->a, IMPORT_PERSONS, data,
	                            n, &options, &report),
	                 ERR_INVALID);
	assert_non_null(report.refused);
	if (strstr(report.refused, why) == NULL)
		fail_msg("no \"%s\" in: %s", why, report.refused);
}

static void
say(void *data, const char *rule, const char *text)
{
	(void)data;
	print_error("%s: %s\n", rule, text);
}

static void
check_holds(struct org *o)
{
	int n;

	assert_int_equal(check_run(&o->f->ctx, say, NULL, &n), OK);
	assert_int_equal(n, 0);
}

/* --- opinions -------------------------------------------------------- */

static void
an_answered_opinion_comes_closed_on_the_day_of_its_answer(void **state)
{
	static const char file[] =
	    OPINIONS "7,A01,2019-04-25T09:32:09,路灯,\"不亮\n很久了\",已修,"
		     "2019-05-10T14:56:53\n"
		     "8,A02,2019-04-26T09:32:09,停车,没地方停,,\n";
	struct org *o = *state;

	assert_int_equal(take(o, IMPORT_OPINIONS, file), OK);
	assert_int_equal(report.good, 2);
	assert_int_equal(
	    fixture_int(o->f,
	                "SELECT count(*) FROM opinion AS p"
	                " JOIN opinion_note AS n ON n.opinion = p.id"
	                " WHERE p.state = 'closed' AND p.source = 'import'"
	                "   AND p.unit IS NULL AND p.rating = 'silent'"
	                "   AND p.body = '不亮' || char(10) || '很久了'"
	                "   AND p.sender = 'A01' AND n.words = '已修'"
	                "   AND n.kind = 'answer' AND n.by IS NULL"
	                "   AND n.at = p.closed_at"
	                "   AND p.closed_at - p.received_at = 1315440"),
	    1);
	assert_int_equal(fixture_int(o->f, "SELECT count(*) FROM opinion"
	                                   " WHERE state = 'new'"),
	                 1);
	/* Again: the numbers of the source are known. */
	assert_int_equal(take(o, IMPORT_OPINIONS, file), OK);
	assert_int_equal(report.good, 0);
	assert_int_equal(report.already, 2);
	check_holds(o);
}

static void
opinions_of_a_unit_may_name_category_and_office(void **state)
{
	struct org *o = *state;
	const struct import_options options = {.unit = "硖石街道"};
	const char *file =
	    "id,received_at,body,answer,answered_at,category,likes,dislikes\n"
	    "7,2019-04-25 09:32,不亮,已修,2019-05-10 14:56,路灯,12,0\n";

	assert_int_equal(import_run(&o->f->ctx, o->f->a, IMPORT_OPINIONS, file,
	                            strlen(file), &options, &report),
	                 OK);
	assert_int_equal(
	    fixture_int(o->f, "SELECT count(*) FROM opinion AS p"
	                      " JOIN unit AS u ON u.id = p.unit"
	                      " JOIN opinion_note AS n ON n.opinion = p.id"
	                      " WHERE u.name = '硖石街道'"
	                      "   AND p.category = 'build.municipal.light'"
	                      "   AND p.subject = '不亮' AND n.kind = 'note'"
	                      "   AND instr(n.words, '12') > 0"),
	    1);
	is_bad(o, IMPORT_OPINIONS,
	       "id,received_at,body,category\n8,2019-04-25,不亮,无此类\n", 2,
	       "category");
	is_bad(o, IMPORT_OPINIONS,
	       "id,received_at,body,office\n8,2019-04-25,不亮,无此局\n", 2,
	       "office");
	is_bad(o, IMPORT_OPINIONS,
	       OPINIONS "8,A,2019-04-25,路灯,不亮,已修,2019-04-01\n", 2,
	       "before");
	is_bad(o, IMPORT_OPINIONS, OPINIONS "8,A,2019-04-25,路灯,不亮,已修,\n",
	       2, "filled");
	check_holds(o);
}

static void
a_subject_that_is_too_long_is_kept_with_the_words(void **state)
{
	struct org *o = *state;
	struct buf text = BUF_INIT;

	buf_add(&text, OPINIONS "7,A,2019-04-25,");
	for (int i = 0; i < OPINION_SUBJECT_MAX + 5; i++)
		buf_add(&text, "灯");
	buf_add(&text, ",不亮,,\n");
	assert_int_equal(take(o, IMPORT_OPINIONS, text.data), OK);
	assert_int_equal(fixture_int(o->f, "SELECT count(*) FROM opinion"
	                                   " WHERE length(subject) = 60"
	                                   "   AND length(body) = 65 + 1 + 2"),
	                 1);
	buf_truncate(&text, 0);
	buf_add(&text, OPINIONS "8,A,2019-04-25,路灯,");
	for (int i = 0; i <= OPINION_BODY_MAX; i++)
		buf_add(&text, "暗");
	buf_add(&text, ",,\n");
	is_bad(o, IMPORT_OPINIONS, text.data, 2, "too long");
	buf_clear(&text);
}

/* --- people ---------------------------------------------------------- */

static void
a_roster_brings_people_with_their_mandates(void **state)
{
	struct org *o = *state;

	assert_int_equal(take(o, IMPORT_PERSONS,
	                      PERSONS
	                      "0001,周王庙镇,金水根,书记,第十六届,17,第二小组\n"
	                      "0002,硖石街道,陶雪,,16届,,第一小组\n"),
	                 OK);
	assert_int_equal(report.good, 2);
	assert_int_equal(
	    fixture_int(o->f, "SELECT count(*) FROM mandate JOIN person AS p"
	                      " ON p.id = mandate.person WHERE p.name ="
	                      " '金水根' AND p.initials = 'jsg'"),
	    2);
	assert_int_equal(fixture_int(o->f, "SELECT count(*) FROM deputy_group"
	                                   " WHERE name = '第二小组'"),
	                 1);
	check_holds(o);
}

static void
another_terms_roster_adds_a_mandate_to_the_same_person(void **state)
{
	struct org *o = *state;

	assert_int_equal(
	    take(o, IMPORT_PERSONS, PERSONS "7,周王庙镇,金水根,,16,,\n"), OK);
	assert_int_equal(
	    take(o, IMPORT_PERSONS, PERSONS "7,周王庙镇,金水根,,16,17,\n"), OK);
	assert_int_equal(report.good, 1);
	assert_int_equal(
	    take(o, IMPORT_PERSONS, PERSONS "7,周王庙镇,金水根,,16,17,\n"), OK);
	assert_int_equal(report.already, 1);
	assert_int_equal(fixture_int(o->f, "SELECT count(*) FROM person"
	                                   " WHERE name = '金水根'"),
	                 1);
	is_bad(o, IMPORT_PERSONS, PERSONS "7,周王庙镇,别人,,16,,\n", 2,
	       "金水根");
}

static void
a_bad_line_of_a_roster_is_named(void **state)
{
	struct org *o = *state;

	is_bad(o, IMPORT_PERSONS,
	       PERSONS "1,周王庙镇,金水根,,16,,\n2,没有镇,陶雪,,16,,\n", 3,
	       "unit");
	is_bad(o, IMPORT_PERSONS, PERSONS "1,周王庙镇,金水根,,9,,\n", 2,
	       "county_term");
	is_bad(o, IMPORT_PERSONS, PERSONS "1,硖石街道,金水根,,,17,\n", 2,
	       "town_term");
	is_bad(o, IMPORT_PERSONS, PERSONS "1,周王庙镇,,,16,,\n", 2, "name");
	is_bad(o, IMPORT_PERSONS, PERSONS "1,周王庙镇,=A1,,16,,\n", 2,
	       "formula");
	is_bad(o, IMPORT_PERSONS,
	       PERSONS "1,周王庙镇,金水根,,16,,\n1,周王庙镇,陶雪,,16,,\n", 3,
	       "金水根");
	is_bad(o, IMPORT_PERSONS, PERSONS "1,周王庙镇,金\xe6水根,,16,,\n", 2,
	       "UTF-8");
}

static void
only_who_keeps_the_roster_imports_people(void **state)
{
	struct org *o = *state;
	struct ctx c;

	org_ctx(o, "officer", &c);
	assert_int_equal(import(&c, o->f->a, IMPORT_PERSONS,
	                        PERSONS "1,周王庙镇,金水根,,16,,\n", false),
	                 ERR_DENIED);
	org_ctx(o, "town", &c);
	assert_int_equal(import(&c, o->f->a, IMPORT_PERSONS,
	                        PERSONS "1,硖石街道,金水根,,16,,\n", false),
	                 ERR_INVALID);
	assert_int_equal(import(&c, o->f->a, IMPORT_PERSONS,
	                        PERSONS "7,周王庙镇,金火根,,16,,\n", false),
	                 OK);
	org_ctx(o, "admin", &c);
	assert_int_equal(import(&c, o->f->a, IMPORT_PERSONS,
	                        PERSONS "1,周王庙镇,金水根,,16,,\n", false),
	                 OK);
	assert_int_equal(
	    import(&c, o->f->a, IMPORT_DUTY_RECORDS, DUTIES ONE_DUTY, false),
	    ERR_DENIED);
}

/* --- activities and duty records ------------------------------------- */

static void
records_fall_into_the_mandate_of_their_day(void **state)
{
	struct org *o = *state;

	assert_int_equal(take(o, IMPORT_ACTIVITIES,
	                      ACTIVITIES
	                      "H1,周王庙镇,视察水利,视察,云龙村,"
	                      "2022年3月9日 9:00,2022/3/9 11:30,\n"
	                      "H2,周王庙镇,座谈,talk,会议室,2022-04-01 0:00,,"
	                      "已确认\n"),
	                 OK);
	assert_int_equal(take(o, IMPORT_DUTY_RECORDS,
	                      DUTIES
	                      "L1,周王庙镇,张伟,H1,,,,,\n"
	                      "L2,周王庙镇,沈国强,H1,,迟到,,,\n"
	                      "L3,周王庙镇,张伟,,联系群众,,走访,博儒桥村,"
	                      "2022-05-01\n"),
	                 OK);
	assert_int_equal(report.good, 3);
	assert_int_equal(
	    fixture_int(o->f, "SELECT count(*) FROM duty_record AS d"
	                      " JOIN participant AS p ON p.activity = d.subject"
	                      " AND p.person = d.person WHERE d.kind ="
	                      " 'supervision' AND d.month = 202203"
	                      " AND d.term = 1 AND d.title = '视察水利'"),
	    2);
	assert_int_equal(fixture_int(o->f, "SELECT count(*) FROM activity"
	                                   " WHERE state = 'archived'"
	                                   "   AND ends_at - starts_at = 9000"),
	                 1);
	check_holds(o);

	is_bad(o, IMPORT_DUTY_RECORDS,
	       DUTIES "L9,周王庙镇,张伟,,监督,,视察,村,2019-03-09\n", 2,
	       "2019-03-09");
	is_bad(o, IMPORT_DUTY_RECORDS, DUTIES "L9,周王庙镇,张伟,H1,,,,,\n", 2,
	       "roll");
	is_bad(o, IMPORT_DUTY_RECORDS, DUTIES "L9,周王庙镇,张伟,H7,,,,,\n", 2,
	       "activity");
}

static void
dates_are_read_as_people_and_spreadsheets_write_them(void **state)
{
	static const char *const good[] = {
	    "2022-03-09 0:00",     "2022/3/9",
	    "2022年3月9日",        "20220309",
	    "2022-03-09T00:00:00", "２０２２－０３－０９"};
	static const char *const bad[] = {
	    "2022-02-30",       "44629",   "3-9", "昨天",
	    "2022-03-09 25:00", "22-03-09"};
	struct org *o = *state;
	struct arena *a = o->f->a;

	for (size_t i = 0; i < COUNT(good); i++)
		assert_int_equal(
		    take(o, IMPORT_DUTY_RECORDS,
		         arena_printf(
			     a, DUTIES "d%d,周王庙镇,张伟,,监督,,视察,村,%s\n",
			     (int)i, good[i])),
		    OK);
	assert_int_equal(fixture_int(o->f, "SELECT count(DISTINCT happened_at)"
	                                   "  FROM duty_record"),
	                 1);
	for (size_t i = 0; i < COUNT(bad); i++)
		is_bad(o, IMPORT_DUTY_RECORDS,
		       arena_printf(
			   a, DUTIES "b%d,周王庙镇,张伟,,监督,,视察,村,%s\n",
			   (int)i, bad[i]),
		       2, "happened");
}

static void
people_of_one_name_are_told_apart_by_number(void **state)
{
	struct org *o = *state;

	assert_int_equal(
	    take(o, IMPORT_PERSONS, PERSONS "A1,周王庙镇,张伟,医生,16,,\n"),
	    OK);
	is_bad(o, IMPORT_DUTY_RECORDS, DUTIES ONE_DUTY, 2, "医生");
	assert_int_equal(
	    take(o, IMPORT_DUTY_RECORDS,
	         "number,unit,person,person_number,kind,title,happened\n"
	         "1,周王庙镇,张伟,A1,study,学习,2022-03-09\n"),
	    OK);
	assert_int_equal(fixture_int(o->f,
	                             "SELECT count(*) FROM duty_record AS d"
	                             " JOIN person AS p ON p.id = d.person"
	                             " WHERE p.job = '医生'"),
	                 1);
	is_bad(o, IMPORT_DUTY_RECORDS,
	       "number,unit,person,person_number,kind,title,happened\n"
	       "2,周王庙镇,沈国强,A1,study,学习,2022-03-09\n",
	       2, "张伟");
}

static void
a_unit_imports_its_own_only(void **state)
{
	struct org *o = *state;
	struct ctx c;

	org_ctx(o, "town2", &c);
	assert_int_equal(
	    import(&c, o->f->a, IMPORT_DUTY_RECORDS, DUTIES ONE_DUTY, false),
	    ERR_INVALID);
	assert_int_equal(report.bad_count, 1);
	/* its own unit needs no column */
	org_ctx(o, "town", &c);
	assert_int_equal(import(&c, o->f->a, IMPORT_DUTY_RECORDS,
	                        "number,person,kind,title,happened\n"
	                        "1,张伟,study,学习,2022-03-09\n",
	                        false),
	                 OK);
	/* another unit's number 1 is not this one's */
	org_ctx(o, "town2", &c);
	assert_int_equal(import(&c, o->f->a, IMPORT_DUTY_RECORDS,
	                        "number,person,kind,title,happened\n"
	                        "1,李强,study,学习,2022-03-09\n",
	                        false),
	                 OK);
	assert_int_equal(report.good, 1);
	org_ctx(o, "officer", &c);
	assert_int_equal(
	    import(&c, o->f->a, IMPORT_DUTY_RECORDS, DUTIES ONE_DUTY, false),
	    ERR_DENIED);
	org_ctx(o, "leader", &c);
	assert_int_equal(
	    import(&c, o->f->a, IMPORT_DUTY_RECORDS, DUTIES ONE_DUTY, false),
	    ERR_DENIED);
}

/* --- the whole ------------------------------------------------------- */

static void
the_same_file_again_adds_nothing(void **state)
{
	struct org *o = *state;
	int64_t audits;

	assert_int_equal(take(o, IMPORT_DUTY_RECORDS, DUTIES ONE_DUTY), OK);
	audits = org_audits(o);
	assert_int_equal(take(o, IMPORT_DUTY_RECORDS, DUTIES ONE_DUTY), OK);
	assert_int_equal(report.already, 1);
	assert_int_equal(report.good, 0);
	assert_int_equal(report.id.v, 0);
	assert_int_equal(org_audits(o), audits);
	is_bad(o, IMPORT_DUTY_RECORDS,
	       DUTIES "2,周王庙镇,张伟,,监督,,视察,村,"
	              "2022-03-09\n"
	              "2,周王庙镇,张伟,,监督,,视察,村,"
	              "2022-03-10\n",
	       3, "2");
}

static void
nothing_is_written_unless_all_is_good_or_bad_lines_are_skipped(void **state)
{
	static const char text[] =
	    DUTIES ONE_DUTY "2,周王庙镇,没有此人,,监督,,视察,村,2022-03-09\n";
	struct org *o = *state;

	is_bad(o, IMPORT_DUTY_RECORDS, text, 3, "name");
	assert_int_equal(
	    import(&o->f->ctx, o->f->a, IMPORT_DUTY_RECORDS, text, true), OK);
	assert_int_equal(report.good, 1);
	assert_int_equal(report.bad_count, 1);
	assert_int_equal(fixture_int(o->f, "SELECT added * 10 + skipped"
	                                   "  FROM import"),
	                 11);
}

static void
taking_an_import_back_leaves_the_database_as_it_was(void **state)
{
	struct org *o = *state;
	const char *before = fixture_dump(o->f, o->f->a);

	assert_int_equal(take(o, IMPORT_PERSONS,
	                      PERSONS
	                      "1,周王庙镇,金水根,书记,16,17,第九小组\n"),
	                 OK);
	org_strike_restores(o, before);
	assert_int_equal(take(o, IMPORT_ACTIVITIES,
	                      ACTIVITIES
	                      "H1,周王庙镇,视察,视察,村,2022-03-09,,\n"),
	                 OK);
	org_strike_restores(o, before);
	assert_int_equal(take(o, IMPORT_DUTY_RECORDS, DUTIES ONE_DUTY), OK);
	org_strike_restores(o, before);
	check_holds(o);
	/* and the file can be imported again */
	assert_int_equal(take(o, IMPORT_DUTY_RECORDS, DUTIES ONE_DUTY), OK);
	assert_int_equal(report.good, 1);
}

static void
an_import_that_something_stands_on_is_not_taken_back(void **state)
{
	struct org *o = *state;
	struct import_id first;

	assert_int_equal(take(o, IMPORT_ACTIVITIES,
	                      ACTIVITIES
	                      "H1,周王庙镇,视察,视察,村,2022-03-09,,\n"),
	                 OK);
	first = report.id;
	assert_int_equal(
	    take(o, IMPORT_DUTY_RECORDS, DUTIES "L1,周王庙镇,张伟,H1,,,,,\n"),
	    OK);
	assert_int_equal(import_undo(&o->f->ctx, o->f->a, first, "误录"),
	                 ERR_DEPENDS);
	assert_int_equal(import_undo(&o->f->ctx, o->f->a, report.id, "误录"),
	                 OK);
	assert_int_equal(import_undo(&o->f->ctx, o->f->a, first, "误录"), OK);
	check_holds(o);
}

static void
the_encoding_is_found_out_and_said(void **state)
{
	struct org *o = *state;

	assert_int_equal(take(o, IMPORT_DUTY_RECORDS, DUTIES ONE_DUTY), OK);
	assert_string_equal(report.encoding, "UTF-8");
	assert_int_equal(
	    take(o, IMPORT_DUTY_RECORDS, "\xef\xbb\xbf" DUTIES ONE_DUTY), OK);
	assert_string_equal(report.encoding, "UTF-8 (BOM)");
	assert_int_equal(
	    take(o, IMPORT_DUTY_RECORDS,
	         "number,unit,person,kind,title,happened\n"
	         "7,\xd6\xdc\xcd\xf5\xc3\xed\xd5\xf2,\xd5\xc5\xce\xb0,"
	         "study,\xd1\xa7\xcf\xb0,2022-03-09\n"),
	    OK);
	assert_string_equal(report.encoding, "GB18030");
	assert_int_equal(fixture_int(o->f, "SELECT count(*) FROM duty_record"
	                                   " WHERE title = '学习'"),
	                 1);
}

static void
a_wrong_file_is_refused_as_a_whole(void **state)
{
	static const char many[] = "a\n";
	struct org *o = *state;
	struct buf b = BUF_INIT;

	is_refused(o, "", 0, "empty");
	is_refused(o, "PK\003\004....", 8, "workbook");
	is_refused(o, "\xff\xfe\x31\x00", 4, "UTF-16");
	is_refused(o, "编号,单位,年龄\n", strlen("编号,单位,年龄\n"), "name");
	is_refused(o, "编号,单位,年龄\n", strlen("编号,单位,年龄\n"), "年龄");
	is_refused(o, many, IMPORT_BYTES_MAX + 1, "large");
	buf_add(&b, PERSONS);
	for (int i = 0; i < IMPORT_BAD_MAX + 10; i++)
		buf_addf(&b, "%d,没有,没有,,,,\n", i);
	is_refused(o, b.data, b.len, "thousand");
	buf_clear(&b);
}

/* Of the rows, at what share of the work. */
static bool
stop_at(void *data, int permille)
{
	return permille < *(const int *)data;
}

static void
what_is_stopped_has_written_nothing(void **state)
{
	static int shares[] = {1, 500};
	struct org *o = *state;
	struct buf b = BUF_INIT;
	int64_t before = org_audits(o);

	buf_add(&b, DUTIES);
	for (int i = 0; i < 1000; i++)
		buf_addf(&b,
		         "%d,周王庙镇,张伟,,监督,,视察,云龙村,"
		         "2022-03-09 09:00\n",
		         i);
	for (size_t i = 0; i < COUNT(shares); i++) {
		const struct import_options options = {.progress = stop_at,
		                                       .data = &shares[i]};

		assert_int_equal(import_run(&o->f->ctx, o->f->a,
		                            IMPORT_DUTY_RECORDS, b.data, b.len,
		                            &options, &report),
		                 ERR_STOPPED);
		assert_int_equal(report.id.v, 0);
		assert_int_equal(org_audits(o), before);
	}
	check_holds(o);
	buf_clear(&b);
}

static void
a_file_waits_for_its_person_and_nobody_else(void **state)
{
	struct org *o = *state;
	struct import_pending found;
	struct ctx c, other, officer;

	org_ctx(o, "town", &c);
	org_ctx(o, "town2", &other);
	assert_int_equal(import_kept(&c, o->f->a, &found), ERR_NOT_FOUND);
	org_ctx(o, "officer", &officer);
	assert_int_equal(import_keep(&officer, IMPORT_PERSONS, "x", 1),
	                 ERR_DENIED);
	assert_int_equal(import_keep(&c, IMPORT_ACTIVITIES, "a,b\n", 4), OK);
	assert_int_equal(import_kept(&c, o->f->a, &found), OK);
	assert_int_equal(found.kind, IMPORT_ACTIVITIES);
	assert_int_equal(found.n, 4);
	assert_memory_equal(found.data, "a,b\n", 4);
	assert_int_equal(import_kept(&c, NULL, &found), OK);
	assert_null(found.data);
	assert_int_equal(import_kept(&other, o->f->a, &found), ERR_NOT_FOUND);
	assert_int_equal(import_forget(&c), OK);
	assert_int_equal(import_kept(&c, o->f->a, &found), ERR_NOT_FOUND);
}

static void
a_template_is_a_file_that_can_be_imported(void **state)
{
	struct org *o = *state;

	for (int kind = 0; kind < IMPORT_KINDS; kind++) {
		struct buf b = BUF_INIT;

		import_template(&b, (enum import_kind)kind, false);
		assert_int_equal(take(o, (enum import_kind)kind, b.data), OK);
		assert_int_equal(report.rows, 0);
		buf_clear(&b);
	}
}

static int
english(void **state)
{
	(void)state;
	i18n_use(LANGUAGE_EN);
	return clock_zone("Asia/Shanghai");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, org_setup, org_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_roster_brings_people_with_their_mandates),
	    TEST(another_terms_roster_adds_a_mandate_to_the_same_person),
	    TEST(a_bad_line_of_a_roster_is_named),
	    TEST(only_who_keeps_the_roster_imports_people),
	    TEST(records_fall_into_the_mandate_of_their_day),
	    TEST(dates_are_read_as_people_and_spreadsheets_write_them),
	    TEST(people_of_one_name_are_told_apart_by_number),
	    TEST(a_unit_imports_its_own_only),
	    TEST(the_same_file_again_adds_nothing),
	    TEST(
		nothing_is_written_unless_all_is_good_or_bad_lines_are_skipped),
	    TEST(taking_an_import_back_leaves_the_database_as_it_was),
	    TEST(an_import_that_something_stands_on_is_not_taken_back),
	    TEST(the_encoding_is_found_out_and_said),
	    TEST(a_wrong_file_is_refused_as_a_whole),
	    TEST(what_is_stopped_has_written_nothing),
	    TEST(a_file_waits_for_its_person_and_nobody_else),
	    TEST(a_template_is_a_file_that_can_be_imported),
	    TEST(an_answered_opinion_comes_closed_on_the_day_of_its_answer),
	    TEST(opinions_of_a_unit_may_name_category_and_office),
	    TEST(a_subject_that_is_too_long_is_kept_with_the_words),
	};

	return cmocka_run_group_tests(tests, english, NULL);
}
