/* The two units of fixture_world.h, as plain rows. */
#include "tests/unit/fixture_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

const char *const world_roles[] = {
    "admin",     "auditor", "county_staff", "unit_staff", "station_head",
    "vice_head", "officer", "deputy",       "organ",      "leader",
};

static bool
is_county(const char *role)
{
	return strcmp(role, "admin") == 0 || strcmp(role, "auditor") == 0 ||
	       strcmp(role, "county_staff") == 0 || strcmp(role, "leader") == 0;
}

static int
role_index(const char *role)
{
	for (int i = 0; i < WORLD_ROLES; i++)
		if (strcmp(world_roles[i], role) == 0)
			return i;
	fail_msg("no such role: %s", role);
	return -1;
}

int64_t
world_person(const char *role, int unit)
{
	int i = role_index(role);

	if (is_county(role))
		return i + 1;
	if (strcmp(role, "deputy") == 0)
		return unit * 100 + WORLD_DEPUTY;
	if (strcmp(role, "organ") == 0)
		return unit * 100 + WORLD_ORGAN;
	return unit * 100 + i + 1; /* 4..7 */
}

void
world_ctx(struct fixture *f, const char *role, int unit, struct ctx *c)
{
	/* accounts and offices have their person's number */
	assert_int_equal(ctx_open(c, f->store, world_person(role, unit), 0),
	                 OK);
	assert_string_equal(c->role, role);
}

static void
add_county(struct fixture *f)
{
	fixture_event(
	    f, ACTION_UNIT_ADD, ENTITY_UNIT, 1,
	    "INSERT INTO unit VALUES (1, '周王庙镇', 'town', 1),"
	    " (2, '硖石街道', 'subdistrict', 2);"
	    "INSERT INTO term VALUES"
	    " (1, 'county', NULL, 16, '2022-01-01', '2027-01-01');"
	    "INSERT INTO organ VALUES (1, NULL, '市交通局');"
	    "INSERT INTO person (id, unit, name, pinyin, initials, stroke)"
	    " SELECT value, NULL, '何' || value, 'he', 'h', '07'"
	    "   FROM json_each('[1,2,3,10]');"
	    "INSERT INTO office (id, person, role, from_on) VALUES"
	    " (1, 1, 'admin', '2022-01-01'), (2, 2, 'auditor', '2022-01-01'),"
	    " (3, 3, 'county_staff', '2022-01-01'),"
	    " (10, 10, 'leader', '2022-01-01');"
	    "INSERT INTO account (id, name, person, office, created_at)"
	    " SELECT id, 'county' || id, person, id, 1774000000 FROM office;");
}

/* :u stands for the unit in these. */
static const char *const unit_sql[] = {
    "INSERT INTO station (id, unit, name) SELECT u * 100, u,"
    " '联络站' || u FROM n;",
    "INSERT INTO place (id, unit, station, kind, name)"
    " SELECT u * 100 + v, u, u * 100,"
    " iif(v = 1, 'room', 'point'), '室' || v FROM n, (SELECT 1 AS v"
    " UNION SELECT 2);",
    "INSERT INTO organ SELECT u * 100, u, '社会事务办' FROM n;",
    "INSERT INTO district SELECT u * 100, u, 'county', '一选区' FROM n;",
    "INSERT INTO term SELECT u * 100, 'town', u, 17, '2022-01-01',"
    " '2027-01-01' FROM n;",
    "INSERT INTO deputy_group SELECT u * 100, u, u * 100, '第一小组'"
    " FROM n;",
    "INSERT INTO person (id, unit, name, pinyin, initials, stroke)"
    " SELECT u * 100 + v.value, u, '张' || u || v.value, 'zhang', 'z',"
    " '07' FROM n, json_each('[4,5,6,7,9,10,11,12]') v;",
    "INSERT INTO mandate (id, person, level, term, district, unit, station,"
    " grp, from_on) SELECT u * 100 + v.value, u * 100 + v.value, 'county',"
    " 1, u * 100, u, u * 100, u * 100, '2022-01-01'"
    " FROM n, json_each('[10,11,12]') v;",
    "INSERT INTO office (id, person, role, unit, station, organ, from_on)"
    " SELECT u * 100 + json_extract(v.value, '$[0]'),"
    "  u * 100 + json_extract(v.value, '$[0]'),"
    "  json_extract(v.value, '$[1]'), u,"
    "  iif(json_extract(v.value, '$[1]') = 'organ', NULL, u * 100),"
    "  iif(json_extract(v.value, '$[1]') = 'organ', u * 100, NULL),"
    "  '2022-01-01'"
    " FROM n, json_each('[[4,\"unit_staff\"],[5,\"station_head\"],"
    "[6,\"vice_head\"],[7,\"officer\"],[9,\"organ\"],[10,\"deputy\"]]') v;",
    "INSERT INTO account (id, name, person, unit, office, created_at)"
    " SELECT o.id, 'a' || o.id, o.person, o.unit, o.id, 1774000000"
    " FROM office o, n WHERE o.unit = n.u;",
    "INSERT INTO account_key SELECT o.id, o.id, 'ssh-ed25519',"
    " 'AAAA' || o.id, 'key', 1774000000, '' FROM office o, n"
    " WHERE o.unit = n.u;",
    "INSERT INTO phone (id, account, label, hash, bound_at)"
    " SELECT o.id, o.id, 'Android', 'h' || o.id, 1774000000"
    " FROM office o, n WHERE o.unit = n.u;",
    "INSERT INTO activity (id, unit, station, title, kind, venue,"
    " starts_at, ends_at, month, before_minutes, after_minutes, state,"
    " created_at, created_by) SELECT u * 100 + v.key, u, u * 100,"
    " '活动' || v.key, 'check', '荆山村', 1774764000 - 86400 * v.key,"
    " 1774771200 - 86400 * v.key, 202603, 30, 30, v.value, 1774000000,"
    " u * 100 + 4 FROM n, json_each('[\"draft\",\"published\",\"open\","
    "\"closed\",\"confirmed\",\"archived\",\"cancelled\"]') v;",
    "INSERT INTO code (id, kind, subject, unit, token, short_code, valid_from,"
    " valid_to, created_at) SELECT a.id, 'activity', a.id, a.unit,"
    " 'TOKEN' || a.id, 'S' || a.id || 'QQ', a.starts_at - 1800,"
    " a.ends_at + 1800, 1774000000 FROM activity a, n"
    " WHERE a.unit = n.u AND a.state <> 'draft';",
    "INSERT INTO participant (id, activity, person, mandate, unit, station,"
    " starts_at, month, state, way, signed_at) SELECT a.id * 10 + v.value,"
    " a.id, a.unit * 100 + 10 + v.value, a.unit * 100 + 10 + v.value,"
    " a.unit, a.station, a.starts_at, a.month,"
    " CASE WHEN a.state IN ('draft', 'published', 'cancelled')"
    "       THEN 'invited'"
    "      WHEN v.value = 0 THEN 'signed_in'"
    "      WHEN a.state = 'open' THEN 'invited' ELSE 'absent' END,"
    " iif(v.value = 0 AND a.state NOT IN ('draft', 'published',"
    " 'cancelled'), 'terminal', ''),"
    " iif(v.value = 0 AND a.state NOT IN ('draft', 'published',"
    " 'cancelled'), a.starts_at, NULL)"
    " FROM activity a, n, json_each('[0,1]') v WHERE a.unit = n.u;",
    "INSERT INTO duty_record SELECT p.id, p.person, p.mandate, 1, p.unit,"
    " p.station, p.unit * 100, 2026, 202603, 'supervision', 'full', 1,"
    " 'activity', p.activity, '活动', '荆山村', p.signed_at, 'automatic'"
    " FROM participant p, n WHERE p.unit = n.u AND p.state = 'signed_in';",
    "INSERT INTO rota (id, unit, station, person, mandate, starts_at, ends_at,"
    " month, state) SELECT u * 100 + v.value, u, u * 100, u * 100 + v.value,"
    " u * 100 + v.value, 1774764000, 1774771200, 202603, 'due'"
    " FROM n, json_each('[10,11]') v;",
    "INSERT INTO plan_item (id, unit, title, month, office, state)"
    " SELECT u * 100, u, '接待日', 202603, '联络站', 'planned' FROM n;",
    "INSERT INTO instruction (id, unit, title, text, due_at, sent_at)"
    " SELECT u * 100, u, '开展走访', '全文', 1775000000, 1774000000 FROM n;",
    "INSERT INTO receipt (id, instruction, unit, station, due_at, state)"
    " SELECT u * 100, u * 100, u, u * 100, 1775000000, 'sent' FROM n;",
    "INSERT INTO document (id, unit, name, kind, text, version, saved_at)"
    " SELECT u * 100, u, '制度', 'rule', '全文', 0, 1774000000 FROM n;",
    "INSERT INTO term SELECT u * 100 + 1, 'town', u, 16, '2017-01-01',"
    " '2021-12-31' FROM n;",
    "INSERT INTO mandate (id, person, level, term, unit, station, from_on,"
    " to_on) SELECT u * 100 + 20, u * 100 + 12, 'town', u * 100 + 1, u,"
    " u * 100, '2017-01-01', '2021-12-31' FROM n;",
    "INSERT INTO term_change (id, unit, old_term, new_term, state, last_on,"
    " mandates, reelected, offices, codes, invitations, handed, seals, event,"
    " at, confirmed_at) SELECT u * 100, u, u * 100 + 1, u * 100, 'confirmed',"
    " '2021-12-31', 1, 0, 0, 0, 0, 0, 1, 1, 1774000000, 1774000000 FROM n;",
    "INSERT INTO file_seal SELECT u * 100, u * 100 + 20, u * 100 + 12,"
    " u * 100 + 1, u, 0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca4"
    "95991b7852b855', 1774000000 FROM n;",
    "INSERT INTO file_addendum SELECT u * 100, u * 100, u * 100 + 12, u,"
    " '补充', u * 100 + 4, 1774000000 FROM n;",
    "INSERT INTO campaign (id, title, text, from_on, to_on, state, created_at)"
    " SELECT u * 100, '防疫惠民', '走访', '2026-03-01', '2026-05-31', 'issued',"
    " 1774000000 FROM n;",
    "INSERT INTO campaign_unit (id, campaign, unit, state, plan, activities,"
    " deputies) SELECT u * 100, u * 100, u, 'under_way', '三次走访', 3, 2"
    " FROM n;",
    "INSERT INTO activity_subject SELECT u * 100, u * 100 + 3,"
    " 'campaign_unit', u * 100 FROM n;",
    "INSERT INTO duty_request (id, kind, state, person, mandate, unit,"
    " station, duty, wanted, title, venue, happened_at, words, asked_at)"
    " SELECT u * 100, 'claim', 'asked', u * 100 + 10, u * 100 + 10, u,"
    " u * 100, 'contact', 'full', '走访选民', '荆山村', 1774600000, '同行三人',"
    " 1774700000 FROM n;",
    "INSERT INTO month_close SELECT u * 100, u, 202602, 1772700000, NULL, 1,"
    " 'draft 1', '等待审批' FROM n;",
    "INSERT INTO opinion (id, unit, station, source, deputy, companion, reader,"
    " subject, body, level, state, senders, merged, received_at, month)"
    " SELECT u * 100 + v.key, u, u * 100, 'desk',"
    "  iif(v.key IN (1, 2, 3), u * 100 + iif(v.key = 1, 10, 11), NULL),"
    "  iif(v.key = 4, u * 100 + 10, NULL),"
    "  CASE WHEN v.key IN (1, 4) THEN u * 100 + 10"
    "       WHEN v.key IN (2, 3) THEN u * 100 + 11 END,"
    "  '路灯', '路灯不亮', 'station', v.value, 1 + (v.key = 1),"
    "  iif(v.key = 3, u * 100 + 1, NULL), 1774764000 - v.key, 202603"
    " FROM n, json_each('[\"handling\",\"feedback\",\"handling\","
    "\"merged\",\"converted\"]') v;",
    "INSERT INTO opinion_leg (id, opinion, unit, station, organ, path, state,"
    " sent_at, due_on) SELECT u * 100 + v.value, u * 100 + v.value, u, u * 100,"
    " iif(v.value = 0, u * 100, 1), 'express', 'sent', 1774765000,"
    " '2026-04-03' FROM n, json_each('[0,2]') v;",
    "INSERT INTO opinion_note (id, opinion, leg, kind, words, at, event)"
    " SELECT u * 100 + v.key, u * 100 + (v.key / 4) % 4,"
    " iif(v.key % 8 = 3, u * 100, NULL), v.value, '话', 1774766000, 1"
    " FROM n, json_each('[\"note\",\"more\",\"answer\",\"reply\","
    "\"note\",\"more\",\"answer\",\"tell\",\"note\",\"tell\"]') v;",
    "INSERT INTO attachment (id, opinion, kind, name, type, size, hash, thumb,"
    " at, event) SELECT u * 100 + v.value, u * 100 + v.value, 'document',"
    " '照片', 'text/plain', 2, printf('%064d', v.value), '', 1774766000, 1"
    " FROM n, json_each('[0,1,2,3,4]') v;",
    "INSERT INTO conversion (id, opinion, unit, station, kind, state, title,"
    " text, made_at) SELECT u * 100, u * 100 + 4, u, u * 100, 'suggestion',"
    " 'waiting', '建议', '全文', 1774766000 FROM n;",
    "INSERT INTO project (id, unit, source, title, body, state, year, lead,"
    " proposed_at) SELECT u * 100 + 90 + v.key, u, 'staff', '加装电梯',"
    " '六幢老楼', v.value, 2026, u * 100, 1774760000 + v.key"
    " FROM n, json_each('[\"running\",\"inspected\"]') v;",
    "INSERT INTO project_member (id, project, person, head, from_on)"
    " SELECT u * 100, u * 100 + 90, u * 100 + 10, 1, '2026-01-01' FROM n;",
    "INSERT INTO project_task (id, project, unit, organ, person, activity,"
    " kind, words, state, sent_at, clock_at, due_on) SELECT u * 100 + v.key,"
    " u * 100 + 90, u, iif(v.key = 2, NULL, u * 100), u * 100 + v.value,"
    " iif(v.key = 2, u * 100 + 4, NULL),"
    " iif(v.key = 2, 'finding', 'opinion'), '话', 'sent', 1774765000,"
    " 1774765000, '2026-04-13' FROM n, json_each('[10,11,11]') v;",
    "INSERT INTO project_rating (id, project, person, grade, at)"
    " SELECT u * 100 + v.key, u * 100 + 90, iif(v.value > 0,"
    " u * 100 + v.value, NULL), 'satisfied', 1774765000"
    " FROM n, json_each('[10,11,0]') v;",
    "INSERT INTO project (id, unit, source, title, body, state, year,"
    " proposed_at) SELECT u * 100 + 50 + v.value, u, 'staff', '实事', '内容',"
    " 'ballot', 2026, 1774000000 FROM n, json_each('[0, 1]') v;",
    "INSERT INTO ballot (id, unit, station, body, title, year, kind, places,"
    " rule, tie, state, issued, opened_at) SELECT u * 100 + v.key, u, u * 100,"
    " 'congress', '票决', 2026, 'mark', 1, 'top', 'again', v.value,"
    " 2 * (v.key = 0), iif(v.key = 0, 1774000000, NULL)"
    " FROM n, json_each('[\"open\", \"draft\"]') v;",
    "INSERT INTO ballot_option (id, ballot, project, position)"
    " SELECT u * 100 + v.value, u * 100 + v.value / 2, u * 100 + 50 +"
    " v.value % 2, v.value % 2 + 1 FROM n, json_each('[0, 1, 2, 3]') v;",
    "INSERT INTO ballot_voter (id, ballot, person, mandate)"
    " SELECT u * 100 + v.value, u * 100, u * 100 + v.value, u * 100 + v.value"
    " FROM n, json_each('[10, 11]') v;",
    "INSERT INTO import SELECT u * 100, 'activities', u, 1, 'UTF-8', 1, 0, 0,"
    " 1774000000 FROM n;",
    "INSERT INTO import_source SELECT u * 100, 'activity', u, 'H1', u * 100,"
    " u * 100 FROM n;",
};

static void
add_unit(struct fixture *f, int unit)
{
	const char *sql =
	    arena_printf(f->a, "CREATE TEMP TABLE n AS SELECT %d AS u;", unit);

	assert_int_equal(store_exec(f->store, sql), OK);
	for (size_t i = 0; i < COUNT(unit_sql); i++)
		fixture_event(f, ACTION_UNIT_ADD, ENTITY_UNIT, unit,
		              unit_sql[i]);
	assert_int_equal(store_exec(f->store, "DROP TABLE temp.n"), OK);
}

void
world_make(struct fixture *f)
{
	add_county(f);
	for (int unit = 1; unit <= WORLD_UNITS; unit++)
		add_unit(f, unit);
}
