/* The demo's county: units, stations, people, offices, accounts. */
#include <string.h>

#include "db/account.h"
#include "db/base/secret.h"
#include "db/demo_in.h"
#include "db/deputy_group.h"
#include "db/district.h"
#include "db/mandate.h"
#include "db/office.h"
#include "db/organ.h"
#include "db/person.h"
#include "db/place.h"
#include "db/station.h"
#include "db/term.h"
#include "db/unit.h"

enum { GROUPS = 5, DISTRICTS = 8, ROOMS = 3, TERM_YEARS = 5, OLD_TERM = 15 };

/* What the deputies of one unit are put into. */
struct setting {
	struct demo_unit *unit;
	const struct demo_place *names;
	struct deputy_group_id groups[GROUPS];
	struct district_id districts[2][DISTRICTS]; /* by level */
	struct term_id terms[2][2];                 /* level; old, now */
	struct day ends[2]; /* of the old and now term */
};

static int
add_person(struct demo *d, struct unit_id unit, const char *name,
           const char *job, struct person_id *id)
{
	struct person row = {
	    .unit = unit,
	    .name = name,
	    .pinyin = "",
	    .initials = "",
	    .job = job,
	    .note = "",
	};

	return person_add(d->c, &row, id);
}

static int
add_mandate(struct demo *d, const struct setting *s, struct person_id person,
            int level, bool old)
{
	int i = (int)demo_roll(&d->dice, GROUPS);
	int k = (int)demo_roll(&d->dice, DISTRICTS);
	const struct day none = {0};
	struct mandate row = {
	    .person = person,
	    .level = level,
	    .term = s->terms[level][!old],
	    .district = s->districts[level][k],
	    .station = s->unit->station,
	    .place = s->unit->places[k],
	    .grp = s->groups[i],
	    .from_on = old ? none : d->turn,
	    .to_on = old ? s->ends[0] : none,
	};
	struct mandate_id id;

	return mandate_add(d->c, &row, &id);
}

static int
add_office(struct demo *d, struct person_id person, const char *role,
           struct unit_id unit, struct station_id station,
           struct organ_id organ)
{
	struct office row = {
	    .person = person,
	    .role = role,
	    .unit = unit,
	    .station = station,
	    .organ = organ,
	    .from_on = d->first,
	};
	struct office_id id;

	return office_add(d->c, &row, &id);
}

/* A new person in an office. */
static int
add_officer(struct demo *d, struct demo_unit *u, const char *name,
            const char *role, struct person_id *id)
{
	bool of_station = strcmp(role, "unit_staff") != 0;
	int err = add_person(
	    d, u->id, name != NULL ? name : demo_name(d->a, &d->dice), "", id);

	return err != OK ? err
	                 : add_office(d, *id, role, u->id,
	                              of_station ? u->station
	                                         : (struct station_id){0},
	                              (struct organ_id){0});
}

/* --- a unit ---------------------------------------------------------- */

static int
add_places(struct demo *d, const struct setting *s)
{
	int err = OK;

	for (int i = 0; err == OK && i < DEMO_VILLAGES; i++) {
		struct place row = {
		    .station = s->unit->station,
		    .kind = i < ROOMS ? PLACE_ROOM : PLACE_POINT,
		    .name =
			arena_printf(d->a, "%s%s", s->names->villages[i],
		                     i < ROOMS ? "代表联络室" : "代表联络点"),
		};

		err = place_add(d->c, &row, &s->unit->places[i]);
	}
	return err;
}

static const char *const numerals[] = {"一", "二", "三", "四",
                                       "五", "六", "七", "八"};

static int
add_groups(struct demo *d, struct setting *s, bool town)
{
	int err = OK;

	for (int i = 0; err == OK && i < GROUPS; i++) {
		struct deputy_group row = {
		    .station = s->unit->station,
		    .name = arena_printf(d->a, "第%s代表小组", numerals[i]),
		};

		err = deputy_group_add(d->c, &row, &s->groups[i]);
	}
	for (int level = 0; level <= (town ? LEVEL_TOWN : LEVEL_COUNTY);
	     level++)
		for (int i = 0; err == OK && i < DISTRICTS; i++) {
			struct district row = {
			    .unit = s->unit->id,
			    .level = level,
			    .name = arena_printf(d->a, "%s第%s选区",
			                         s->names->name, numerals[i]),
			};

			err = district_add(d->c, &row, &s->districts[level][i]);
		}
	return err;
}

/* The county's term (unit 0) or a town's: the one before and the present
 * one, which begins on d->turn. */
static int
add_terms(struct demo *d, int level, struct unit_id unit,
          struct term_id terms[2], struct day ends[2])
{
	struct day turn = d->turn;
	int err = OK;

	for (int i = 0; err == OK && i < 2; i++) {
		struct term row = {
		    .level = level,
		    .unit = unit,
		    .number = OLD_TERM + i,
		    .from_on = {turn.year + (i - 1) * TERM_YEARS, turn.month,
		                turn.day},
		    .to_on = day_add((struct day){turn.year + i * TERM_YEARS,
		                                  turn.month, turn.day},
		                     -1),
		};

		ends[i] = row.to_on;
		err = term_add(d->c, &row, &terms[i]);
	}
	return err;
}

static void
pool_add(struct demo_pool *pool, struct person_id person)
{
	pool->persons[pool->n++] = person;
}

/* Number i of a unit's deputies; the first is the demo account's. */
static int
add_deputy(struct demo *d, const struct setting *s, int i, bool town,
           const char *name)
{
	bool county = !town || i == 0 || demo_roll(&d->dice, 100) < 24;
	bool both = town && (i == 0 || !county || demo_once_in(&d->dice, 3));
	struct person_id id;
	int err = add_person(d, s->unit->id, name, demo_job(&d->dice), &id);

	if (err == OK && county)
		err = add_mandate(d, s, id, LEVEL_COUNTY, false);
	if (err == OK && both)
		err = add_mandate(d, s, id, LEVEL_TOWN, false);
	pool_add(&s->unit->now, id);
	if (i > 0 && demo_roll(&d->dice, 100) >= 60)
		return err;
	pool_add(&s->unit->old, id);
	return err != OK ? err
	                 : add_mandate(d, s, id,
	                               both ? LEVEL_TOWN : LEVEL_COUNTY, true);
}

/* Those of the old term who were not elected again. */
static int
add_former(struct demo *d, const struct setting *s, bool town)
{
	struct person_id id;
	int err = add_person(d, s->unit->id, demo_name(d->a, &d->dice),
	                     demo_job(&d->dice), &id);

	pool_add(&s->unit->old, id);
	return err != OK ? err
	                 : add_mandate(d, s, id,
	                               town ? LEVEL_TOWN : LEVEL_COUNTY, true);
}

static int
add_deputies(struct demo *d, const struct setting *s, const char *first,
             bool town)
{
	struct demo_unit *u = s->unit;
	size_t most = (size_t)s->names->deputies * 2;
	int err = OK;

	u->now.persons = arena_alloc(d->a, most * sizeof(*u->now.persons));
	u->old.persons = arena_alloc(d->a, most * sizeof(*u->old.persons));
	for (int i = 0; err == OK && i < s->names->deputies; i++)
		err = add_deputy(d, s, i, town,
		                 i == 0 ? first : demo_name(d->a, &d->dice));
	for (int i = u->old.n; err == OK && i < s->names->deputies * 9 / 10;
	     i++)
		err = add_former(d, s, town);
	return err;
}

static int
add_unit(struct demo *d, int i, const struct setting *county, const char *first,
         const char *clerk)
{
	struct setting s = *county;
	bool town;
	struct unit_new row = {
	    .name = demo_places[i].name,
	    .kind = demo_places[i].kind,
	    .station = "",
	    .address =
		arena_printf(d->a, "%s人民政府一楼", demo_places[i].name),
	    .phone = arena_printf(d->a, "0573-8700%04d", 1000 + i * 7),
	};
	struct demo_unit *u = s.unit = &d->units[i];
	int err;

	s.names = &demo_places[i];
	town = strcmp(s.names->kind, "town") == 0;
	if (!town)
		row.address =
		    arena_printf(d->a, "%s办事处一楼", demo_places[i].name);
	err = unit_add(d->c, &row, &u->id, &u->station);
	if (err == OK)
		err = add_places(d, &s);
	if (err == OK)
		err = add_groups(d, &s, town);
	if (err == OK && town)
		err = add_terms(d, LEVEL_TOWN, u->id, s.terms[LEVEL_TOWN],
		                s.ends);
	if (err == OK)
		err = add_deputies(d, &s, first, town);
	if (err == OK)
		err = add_officer(d, u, clerk, "unit_staff", &u->clerk);
	if (err == OK)
		err = add_officer(d, u, NULL, "station_head", &u->head);
	if (err == OK)
		err = add_officer(d, u, NULL, "officer", &u->officer);
	return err;
}

/* --- handling units -------------------------------------------------- */

/* One of a unit's or, unit 0, of the county's; somebody works there. */
static int
add_handler(struct demo *d, uint64_t *dice, struct unit_id unit,
            const char *name, struct demo_office *out)
{
	struct organ row = {.unit = unit, .name = name};
	int err = organ_add(d->c, &row, &out->id);

	if (err == OK)
		err = add_person(d, unit, demo_name(d->a, dice), "",
		                 &out->person);
	return err != OK ? err
	                 : add_office(d, out->person, "organ", unit,
	                              (struct station_id){0}, out->id);
}

/* Dice of their own: everybody else stays who they are. */
static int
add_handlers(struct demo *d)
{
	static const char *const names[DEMO_OFFICES] = {
	    "社会事务办公室", "村镇建设办公室", "农业农村办公室",
	    "综合行政执法队", "平安法治办公室"};
	static const char *const county[DEMO_COUNTY_OFFICES] = {
	    "市交通运输局",       "市公安局交警大队",
	    "市住房和城乡建设局", "市生态环境分局",
	    "市教育局",           "市卫生健康局",
	    "市民政局",           "市市场监督管理局",
	    "市水利局",           "市人力资源和社会保障局",
	    "市供电公司",         "市经济和信息化局"};
	uint64_t dice = d->c->seed + 2;
	int err = OK;

	for (int u = 0; u < DEMO_UNITS; u++)
		for (int i = 0; err == OK && i < DEMO_OFFICES; i++)
			err = add_handler(d, &dice, d->units[u].id,
			                  arena_printf(d->a, "%s%s",
			                               demo_places[u].name,
			                               names[i]),
			                  &d->units[u].offices[i]);
	for (int i = 0; err == OK && i < DEMO_COUNTY_OFFICES; i++)
		err = add_handler(d, &dice, (struct unit_id){0}, county[i],
		                  &d->units[DEMO_UNITS].offices[i]);
	return err;
}

/* --- assemblies ----------------------------------------------------------
 */

/* Residents who select projects where no deputies vote. Dice of their own. */
static int
add_members(struct demo *d)
{
	uint64_t dice = d->c->seed + 3;
	int err = OK;

	for (int k = 0; k < DEMO_UNITS; k++) {
		struct demo_unit *u = &d->units[k];

		if (strcmp(demo_places[k].kind, "subdistrict") != 0)
			continue;
		for (; err == OK && u->member_n < DEMO_MEMBERS; u->member_n++) {
			struct person_id *id = &u->members[u->member_n];

			err = add_person(d, u->id, demo_name(d->a, &dice),
			                 demo_job(&dice), id);
			if (err == OK)
				err = add_office(d, *id, "member", u->id,
				                 u->station,
				                 (struct organ_id){0});
		}
	}
	return err;
}

/* --- accounts -------------------------------------------------------- */

static int
add_account(struct demo *d, const char *name, struct person_id person,
            const char *hash)
{
	struct account_new row = {
	    .name = name,
	    .of = person,
	    .password = hash,
	    .blocks = "narrow", /* so that visitors are not asked */
	};
	struct account_id id;

	return account_add(d->c, &row, &id);
}

/* Somebody of the county's, with an office and an account. */
static int
add_staff(struct demo *d, const char *account, const char *name,
          const char *role, const char *hash, struct person_id *id)
{
	int err = add_person(d, (struct unit_id){0}, name, "", id);

	if (err == OK)
		err = add_office(d, *id, role, (struct unit_id){0},
		                 (struct station_id){0}, (struct organ_id){0});
	return err != OK ? err : add_account(d, account, *id, hash);
}

static int
add_seat(struct demo *d, const char *account, struct demo_unit *u,
         const char *hash, struct person_id *person)
{
	int err;

	*person = u->now.persons[0];
	err = add_office(d, *person, "deputy", u->id, u->station,
	                 (struct organ_id){0});
	return err != OK ? err : add_account(d, account, *person, hash);
}

static int
add_accounts(struct demo *d)
{
	struct demo_unit *town = &d->units[DEMO_TOWN];
	struct demo_unit *other = &d->units[DEMO_SUBDISTRICT];
	struct demo_unit *county = &d->units[DEMO_UNITS];
	struct person_id id;
	char hash[SECRET_PASSWORD];
	/* One hash for all: it takes a tenth of a second. */
	int err = secret_password_hash("liaison", hash);

	if (err == OK)
		err = add_staff(d, "admin", "郑立新", "admin", hash, &id);
	if (err == OK)
		err = add_staff(d, "auditor", "施文清", "auditor", hash, &id);
	if (err == OK)
		err = add_staff(d, "county", "何静", "county_staff", hash,
		                &county->officer);
	if (err == OK)
		err = add_staff(d, "leader", "梁建国", "leader", hash,
		                &d->leader);
	if (err == OK)
		err = add_account(d, "town", town->clerk, hash);
	if (err == OK)
		err = add_account(d, "station", town->head, hash);
	if (err == OK)
		err = add_account(d, "officer", town->officer, hash);
	if (err == OK)
		err = add_seat(d, "deputy", town, hash, &d->deputy);
	if (err == OK)
		err = add_account(d, "office", town->offices[0].person, hash);
	if (err == OK)
		err = add_account(d, "town2", other->clerk, hash);
	if (err == OK)
		err = add_seat(d, "deputy2", other, hash, &d->deputy2);
	d->member = other->members[0];
	if (err == OK)
		err = add_account(d, "member", d->member, hash);
	return err;
}

int
demo_org(struct demo *d)
{
	struct setting county = {0};
	int err = add_terms(d, LEVEL_COUNTY, (struct unit_id){0},
	                    county.terms[LEVEL_COUNTY], county.ends);

	for (int i = 0; err == OK && i < DEMO_UNITS; i++) {
		const char *first = i == DEMO_TOWN          ? "张伟"
		                    : i == DEMO_SUBDISTRICT ? "陆建明"
		                                            : NULL;
		const char *clerk = i == DEMO_TOWN          ? "葛敏"
		                    : i == DEMO_SUBDISTRICT ? "徐芳"
		                                            : NULL;

		if (first == NULL)
			first = demo_name(d->a, &d->dice);
		err = add_unit(d, i, &county, first, clerk);
	}
	if (err == OK)
		err = add_handlers(d);
	if (err == OK)
		err = add_members(d);
	if (err == OK)
		err = add_accounts(d);
	d->units[DEMO_UNITS].clerk = d->units[DEMO_UNITS].head =
	    d->units[DEMO_UNITS].officer;
	return err;
}
