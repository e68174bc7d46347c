/*
 * Doing and striking out leaves no trace: for every action that can be struck
 * out, the whole database before and after is the same, but for events and
 * the audit. A new strikable action without a row here fails the test.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/account.h"
#include "db/activity.h"
#include "db/code.h"
#include "db/deputy_group.h"
#include "db/district.h"
#include "db/import.h"
#include "db/leaving.h"
#include "db/mandate.h"
#include "db/office.h"
#include "db/organ.h"
#include "db/participant.h"
#include "db/person.h"
#include "db/place.h"
#include "db/station.h"
#include "db/term.h"
#include "db/term_change.h"
#include "db/unit.h"
#include "tests/unit/fixture_strike.h"

/* --- the organisation ----------------------------------------------------- */

static void
add_unit(struct cast *w)
{
	struct unit_new entry = {.name = "长安镇",
	                         .kind = "town",
	                         .station = "",
	                         .address = "",
	                         .phone = ""};
	struct unit_id id;

	YES(unit_add(&w->admin, &entry, &id, NULL));
}

static void
save_station(struct cast *w)
{
	struct station s;

	YES(station_get(&w->admin, w->a, (struct station_id){100}, &s));
	s.profile = "一楼大厅\n周一至周五";
	YES(station_save(&w->admin, &s));
}

static void
add_place(struct cast *w)
{
	struct place entry = {
	    .station = {100}, .kind = PLACE_ROOM, .name = "荆山村联络室"};
	struct place_id id;

	YES(place_add(&w->admin, &entry, &id));
}

static void
add_organ(struct cast *w)
{
	struct organ entry = {.unit = {1}, .name = "城建办"};
	struct organ_id id;

	YES(organ_add(&w->admin, &entry, &id));
}

static void
add_district(struct cast *w)
{
	struct district entry = {
	    .unit = {1}, .level = LEVEL_COUNTY, .name = "二选区"};
	struct district_id id;

	YES(district_add(&w->admin, &entry, &id));
}

static void
add_term(struct cast *w)
{
	struct term entry = {.level = LEVEL_COUNTY,
	                     .number = 17,
	                     .from_on = {2027, 1, 2},
	                     .to_on = {2032, 1, 1}};
	struct term_id id;

	YES(term_add(&w->admin, &entry, &id));
}

static void
add_group(struct cast *w)
{
	struct deputy_group entry = {.station = {100}, .name = "第二小组"};
	struct deputy_group_id id;

	YES(deputy_group_add(&w->admin, &entry, &id));
}

static void
add_person(struct cast *w)
{
	struct person entry = {.unit = {1},
	                       .name = "单𬭚",
	                       .pinyin = "",
	                       .initials = "",
	                       .job = "村医",
	                       .note = ""};
	struct person_id id;

	YES(person_add(&w->admin, &entry, &id));
}

static void
save_person(struct cast *w)
{
	struct person p;

	YES(person_get(&w->admin, w->a, (struct person_id){110}, &p));
	p.name = "曾伟";
	YES(person_save(&w->admin, &p));
}

static void
add_mandate(struct cast *w)
{
	struct mandate entry = {.person = {110},
	                        .level = LEVEL_TOWN,
	                        .term = {100},
	                        .station = {100}};
	struct mandate_id id;

	YES(mandate_add(&w->admin, &entry, &id));
}

static void
add_office(struct cast *w)
{
	struct office entry = {
	    .person = {111}, .role = "officer", .station = {100}};
	struct office_id id;

	YES(office_add(&w->admin, &entry, &id));
}

static void
end_office(struct cast *w)
{
	YES(office_end(&w->admin, (struct office_id){107}, (struct day){0}));
}

static void
add_account(struct cast *w)
{
	struct account_new entry = {
	    .name = "newclerk",
	    .person = {.unit = {1},
	               .name = "葛敏",
	               .pinyin = "",
	               .initials = "",
	               .job = "",
	               .note = ""},
	    .office = {.role = "unit_staff", .unit = {1}},
	};
	struct account_id id;

	YES(account_add(&w->admin, &entry, &id));
}

/* --- activities ----------------------------------------------------------- */

enum { DRAFT = 100, PUBLISHED, OPENED, CLOSED, CONFIRMED };

static struct activity_id
id_of(int64_t v)
{
	return (struct activity_id){v};
}

/* A published activity that is open for signing in now. */
static struct activity_id
hold_now(struct cast *w, bool invite)
{
	static const struct person_id who[] = {{110}};
	struct invite invited = {.persons = who, .person_count = 1};
	struct activity entry;
	struct activity_id id;

	activity_default(&w->staff, &entry);
	entry.title = "疫情防控专项检查";
	entry.kind = "check";
	entry.venue = "荆山村";
	entry.starts_at = ctx_now(&w->staff);
	entry.ends_at.s = entry.starts_at.s + 7200;
	YES(activity_add(&w->staff, &entry, invite ? &invited : NULL, true,
	                 &id));
	return id;
}

static void
add_activity(struct cast *w)
{
	(void)hold_now(w, true);
}

static void
save_activity(struct cast *w)
{
	struct activity row;

	YES(activity_get(&w->staff, w->a, id_of(PUBLISHED), &row));
	row.title = "改了名称";
	row.starts_at.s += 86400 * 40; /* moves the month and the roll too */
	row.ends_at.s += 86400 * 40;
	YES(activity_save(&w->staff, &row));
}

static void
publish(struct cast *w)
{
	YES(activity_fire(&w->staff, id_of(DRAFT), ACTIVITY_DO_PUBLISH, ""));
}

static void
open_by_hand(struct cast *w)
{
	YES(activity_fire(&w->staff, id_of(PUBLISHED), ACTIVITY_DO_OPEN, ""));
}

static void
close_by_hand(struct cast *w)
{
	YES(activity_fire(&w->staff, id_of(OPENED), ACTIVITY_DO_CLOSE, ""));
}

static void
confirm_roll(struct cast *w)
{
	YES(activity_fire(&w->staff, id_of(CLOSED), ACTIVITY_DO_CONFIRM, ""));
}

static void
archive(struct cast *w)
{
	YES(activity_fire(&w->head, id_of(CONFIRMED), ACTIVITY_DO_ARCHIVE, ""));
}

static void
reopen(struct cast *w)
{
	YES(activity_fire(&w->head, id_of(CONFIRMED), ACTIVITY_DO_REOPEN,
	                  "漏签一人"));
}

static void
cancel(struct cast *w)
{
	YES(activity_fire(&w->staff, id_of(PUBLISHED), ACTIVITY_DO_CANCEL,
	                  "台风"));
}

/* --- the roll ------------------------------------------------------------- */

static void
invite(struct cast *w)
{
	static const struct person_id who[] = {{112}};
	struct invite list = {.persons = who, .person_count = 1};
	int added;

	YES(participant_invite(&w->staff, id_of(PUBLISHED), &list, &added));
	assert_int_equal(added, 1);
}

static void
drop(struct cast *w)
{
	YES(participant_drop(&w->staff,
	                     (struct participant_id){PUBLISHED * 10 + 1}));
}

static void
sign_up(struct cast *w)
{
	YES(participant_answer(&w->deputy, id_of(PUBLISHED),
	                       PARTICIPANT_DO_SIGN_UP, ""));
}

static void
ask_leave(struct cast *w)
{
	YES(participant_answer(&w->deputy, id_of(PUBLISHED),
	                       PARTICIPANT_DO_ASK_LEAVE, "出差"));
}

static void
decide(struct cast *w, bool yes)
{
	YES(participant_decide(&w->staff,
	                       (struct participant_id){PUBLISHED * 10}, yes,
	                       yes ? "" : "名额不足"));
}

static void
grant(struct cast *w)
{
	decide(w, true);
}

static void
refuse(struct cast *w)
{
	decide(w, false);
}

static void
prepare_invited(struct cast *w)
{
	(void)hold_now(w, true);
	YES(activity_tick(&w->staff, NULL)); /* the clock opens it */
}

static void
prepare_walk_in(struct cast *w)
{
	(void)hold_now(w, false);
	YES(activity_tick(&w->staff, NULL));
}

static void
check_in(struct cast *w)
{
	struct check_in done;
	struct activity_id id = {
	    fixture_int(w->f, "SELECT max(id) FROM activity")};
	struct code code;

	YES(code_for_activity(&w->staff, w->a, id, &code));
	YES(participant_check_in(&w->deputy, w->a, code.short_code, &done));
	assert_false(done.already);
}

static void
prepare_waiting(struct cast *w)
{
	prepare_walk_in(w);
	check_in(w);
}

static void
confirm_walk_in(struct cast *w)
{
	struct participant_id id = {
	    fixture_int(w->f, "SELECT max(id) FROM participant")};

	YES(participant_confirm(&w->staff, id, true, ""));
}

static void
correct_to_present(struct cast *w)
{
	YES(participant_correct(&w->staff,
	                        (struct participant_id){CLOSED * 10 + 1},
	                        PARTICIPANT_SIGNED_IN, "手机没电"));
}

static void
mint(struct cast *w)
{
	struct instant now = ctx_now(&w->staff);
	struct code_id id;

	YES(code_mint(&w->staff, CODE_DEPUTY, 110, (struct unit_id){1}, now,
	              (struct instant){now.s + 86400}, &id));
}

/* --- from files ----------------------------------------------------------- */

static void
import(struct cast *w, struct ctx *c, enum import_kind kind, const char *text)
{
	const struct import_options options = {0};
	struct import_report report;

	YES(import_run(c, w->a, kind, text, strlen(text), &options, &report));
	assert_int_equal(report.good, 1);
}

static void
import_people(struct cast *w)
{
	import(w, &w->admin, IMPORT_PERSONS,
	       "编号,单位,姓名,市代表届次\n1,周王庙镇,金水根,16\n");
}

static void
import_activities(struct cast *w)
{
	import(w, &w->staff, IMPORT_ACTIVITIES,
	       "编号,名称,类型,地点,开始时间\n1,视察,视察,村,2022-03-09\n");
}

static void
import_duty_records(struct cast *w)
{
	import(w, &w->staff, IMPORT_DUTY_RECORDS,
	       "编号,姓名,活动编号\n1,张110,1\n");
}

static void
import_opinions(struct cast *w)
{
	import(w, &w->staff, IMPORT_OPINIONS,
	       "id,received_at,body,answer,answered_at\n"
	       "1,2019-04-25,路灯不亮,已修,2019-05-10\n");
}

static void
import_pool(struct cast *w)
{
	import(w, &w->staff, IMPORT_POOL,
	       "number,title,words\nGC-1,修桥,桥面窄。\n");
}

/* --- people over the years ------------------------------------------------ */

static void
save_group(struct cast *w)
{
	const struct deputy_group entry = {.id = {100}, .name = "荆山小组"};

	YES(deputy_group_save(&w->staff, &entry));
}

static void
save_district(struct cast *w)
{
	const struct district entry = {.id = {100}, .name = "荆山选区"};

	YES(district_save(&w->staff, &entry));
}

static void
save_term(struct cast *w)
{
	struct term row;

	YES(term_get(&w->staff, w->a, (struct term_id){100}, &row));
	row.to_on = (struct day){2027, 3, 1};
	YES(term_save(&w->staff, &row));
}

static void
save_mandate(struct cast *w)
{
	struct mandate row;

	YES(mandate_get(&w->staff, w->a, (struct mandate_id){110}, &row));
	row.place.v = 101;
	row.grp.v = 0;
	YES(mandate_save(&w->staff, &row));
}

/* The clerk leaves, and the head takes over what is under way. */
static void
leave(struct cast *w)
{
	const struct leaving entry = {
	    .person = {104},
	    .all = true,
	    .reason = "退休",
	    .heirs = {[RESPONSIBLE_ACTIVITY] = {105}},
	};

	YES(leaving_run(&w->admin, &entry));
}

/* A deputy with a code and an invitation to come. */
static void
prepare_seat(struct cast *w)
{
	save_activity(w);
	mint(w);
}

static void
end_mandate(struct cast *w)
{
	const struct leaving entry = {
	    .person = {110}, .mandate = {110}, .reason = "调离本市"};

	YES(leaving_run(&w->staff, &entry));
	assert_int_equal(fixture_int(w->f, "SELECT count(*) FROM code WHERE"
	                                   " kind = 'deputy' AND revoked_at"
	                                   " IS NULL"),
	                 0);
	assert_int_equal(
	    fixture_int(w->f, "SELECT count(*) FROM rota WHERE person = 110"),
	    0);
}

static void
prepare_term(struct cast *w)
{
	const struct term entry = {.level = LEVEL_COUNTY,
	                           .number = 17,
	                           .from_on = ctx_today(&w->county),
	                           .to_on = {2031, 12, 31}};
	struct term_id id;

	prepare_seat(w);
	YES(term_add(&w->county, &entry, &id));
}

static void
reelect(struct cast *w)
{
	static const struct mandate_id keep[] = {{111}, {210}};
	struct term_id next = {fixture_int(w->f, "SELECT max(id) FROM term")};
	int added;

	YES(reelection_save(&w->county, (struct term_id){1}, next, keep, 2,
	                    &added, NULL));
	assert_int_equal(added, 2);
}

static void
prepare_change(struct cast *w)
{
	prepare_term(w);
	reelect(w);
}

static void
change_term(struct cast *w)
{
	struct term_change_id id;

	YES(term_change_run(&w->county, (struct term_id){1}, NULL, NULL, &id));
}

/* --- the table ------------------------------------------------------------ */

static const struct scenario scenarios[] = {
    {ACTION_UNIT_ADD, NULL, add_unit},
    {ACTION_STATION_SAVE, NULL, save_station},
    {ACTION_PLACE_ADD, NULL, add_place},
    {ACTION_ORGAN_ADD, NULL, add_organ},
    {ACTION_DISTRICT_ADD, NULL, add_district},
    {ACTION_TERM_ADD, NULL, add_term},
    {ACTION_GROUP_ADD, NULL, add_group},
    {ACTION_PERSON_ADD, NULL, add_person},
    {ACTION_PERSON_SAVE, NULL, save_person},
    {ACTION_MANDATE_ADD, NULL, add_mandate},
    {ACTION_OFFICE_ADD, NULL, add_office},
    {ACTION_OFFICE_END, NULL, end_office},
    {ACTION_ACCOUNT_ADD, NULL, add_account},
    {ACTION_ACTIVITY_ADD, NULL, add_activity},
    {ACTION_ACTIVITY_SAVE, NULL, save_activity},
    {ACTION_ACTIVITY_PUBLISH, NULL, publish},
    {ACTION_ACTIVITY_OPEN, NULL, open_by_hand},
    {ACTION_ACTIVITY_CLOSE, NULL, close_by_hand},
    {ACTION_ACTIVITY_CONFIRM, NULL, confirm_roll},
    {ACTION_ACTIVITY_ARCHIVE, NULL, archive},
    {ACTION_ACTIVITY_CANCEL, NULL, cancel},
    {ACTION_ACTIVITY_REOPEN, NULL, reopen},
    {ACTION_PARTICIPANT_INVITE, NULL, invite},
    {ACTION_PARTICIPANT_DROP, NULL, drop},
    {ACTION_PARTICIPANT_SIGN_UP, NULL, sign_up},
    {ACTION_PARTICIPANT_ASK_LEAVE, NULL, ask_leave},
    {ACTION_PARTICIPANT_GRANT, ask_leave, grant},
    {ACTION_PARTICIPANT_REFUSE, ask_leave, refuse},
    {ACTION_PARTICIPANT_CHECK_IN, prepare_invited, check_in},
    {ACTION_PARTICIPANT_CHECK_IN, prepare_walk_in, check_in},
    {ACTION_PARTICIPANT_CONFIRM, prepare_waiting, confirm_walk_in},
    {ACTION_PARTICIPANT_CORRECT, NULL, correct_to_present},
    {ACTION_CODE_MINT, NULL, mint},
    {ACTION_GROUP_SAVE, NULL, save_group},
    {ACTION_DISTRICT_SAVE, NULL, save_district},
    {ACTION_TERM_SAVE, NULL, save_term},
    {ACTION_MANDATE_SAVE, NULL, save_mandate},
    {ACTION_PERSON_LEAVE, NULL, leave},
    {ACTION_PERSON_LEAVE, prepare_seat, end_mandate},
    {ACTION_TERM_REELECT, prepare_term, reelect},
    {ACTION_TERM_CHANGE, prepare_change, change_term},
    {ACTION_IMPORT_PERSONS, NULL, import_people},
    {ACTION_IMPORT_ACTIVITIES, NULL, import_activities},
    {ACTION_IMPORT_DUTY_RECORDS, import_activities, import_duty_records},
    {ACTION_IMPORT_OPINIONS, NULL, import_opinions},
    {ACTION_IMPORT_POOL, NULL, import_pool},
};

static const struct scenario *const tables[] = {
    running_scenarios, opinion_scenarios, project_scenarios,
    team_scenarios,    ballot_scenarios,  law_scenarios};

static void
every_strikable_action_has_a_scenario(void **state)
{
	(void)state;
	for (int action = 0; action < ACTIONS; action++) {
		bool found = false;

		for (size_t i = 0; i < COUNT(scenarios) && !found; i++)
			found = scenarios[i].action == (enum action)action;
		for (size_t t = 0; t < COUNT(tables); t++)
			for (const struct scenario *s = tables[t];
			     s->act != NULL && !found; s++)
				found = s->action == (enum action)action;
		/* a line is taken back with its import */
		if (action == ACTION_IMPORT_ROW)
			continue;
		if (action_is_strikable((enum action)action) && !found)
			fail_msg("no scenario strikes out %s",
			         action_name((enum action)action));
	}
}

/* The newest event that is nobody's consequence. */
static int64_t
newest_event(struct fixture *f, enum action action)
{
	int64_t id =
	    fixture_int(f, "SELECT max(id) FROM event WHERE cause IS NULL");
	const char *sql = arena_printf(
	    f->a, "SELECT action = '%s' FROM event WHERE id = %lld",
	    action_name(action), (long long)id);

	if (fixture_int(f, sql) != 1)
		fail_msg("the scenario did not end with %s",
		         action_name(action));
	return id;
}

static void
play(struct fixture *f, const struct scenario *s)
{
	struct cast w = {.f = f, .a = f->a};
	struct event_list later = {0};
	const char *before;

	world_ctx(f, "admin", 1, &w.admin);
	world_ctx(f, "county_staff", 1, &w.county);
	world_ctx(f, "unit_staff", 1, &w.staff);
	world_ctx(f, "station_head", 1, &w.head);
	world_ctx(f, "deputy", 1, &w.deputy);
	if (s->prepare != NULL)
		s->prepare(&w);
	before = fixture_dump(f, f->a);
	s->act(&w);
	assert_string_not_equal(fixture_dump(f, f->a), before);
	YES(event_strike(&f->ctx, f->a, newest_event(f, s->action), "记错",
	                 &later));
	assert_string_equal(fixture_dump(f, f->a), before);
}

static void
play_in_a_world(const struct scenario *s)
{
	void *fresh;

	print_message("  %s\n", action_name(s->action));
	assert_int_equal(fixture_setup(&fresh), 0);
	world_make(fresh);
	play(fresh, s);
	fixture_teardown(&fresh);
}

static void
doing_and_striking_out_leaves_the_database_as_it_was(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(scenarios); i++)
		play_in_a_world(&scenarios[i]);
	for (size_t t = 0; t < COUNT(tables); t++)
		for (const struct scenario *s = tables[t]; s->act != NULL; s++)
			play_in_a_world(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_strikable_action_has_a_scenario),
	    cmocka_unit_test(
		doing_and_striking_out_leaves_the_database_as_it_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
