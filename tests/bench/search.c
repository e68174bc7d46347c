/*
 * Searching 100,000 opinions with two answers each, by everybody who is
 * hard to please: county staff, who see all; a unit; an office; a deputy
 * with a hundred of them, and one with none. No server is needed. What is
 * measured is the processor's time: everything lies in memory, and nothing is
 * waited for.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "db/base/clock.h"
#include "db/search.h"
#include "db/store/store.h"
#include "tests/bench/bench.h"

enum { ROUNDS = 7, HITS = 200, PERSON = 5, NOBODY = 1100 };

/* Sentences are made of these; the most frequent characters are in all. */
static const char phrases[] =
    "CREATE TEMP TABLE phrase (id INTEGER PRIMARY KEY, words TEXT);"
    "INSERT INTO phrase (words) VALUES"
    " ('小区门口的路灯已经坏了半个月。'),('晚上老人小孩走路不安全,'),"
    " ('请有关部门尽快派人来处理。'),('停车难的问题一直没有解决,'),"
    " ('物业公司说不归他们管,'),('我们多次打电话反映无人答复。'),"
    " ('河道里的垃圾没有人清理,'),('夏天气味很大,影响居民生活。'),"
    " ('学校门口上下学时车辆太多,'),('希望增加一名交通协管员。'),"
    " ('公积金提取的手续能不能简化?'),('楼上装修的噪音扰民严重,'),"
    " ('早晨六点就开始施工。'),('村口的公交车站没有雨棚,'),"
    " ('下雨天等车很不方便。'),('养老服务中心的饭菜价格偏高,'),"
    " ('建议对困难老人给予补助。'),('道路改造以后排水不畅,'),"
    " ('一下大雨就积水。'),('电动自行车的充电桩太少,'),"
    " ('有人把车推上楼充电,'),('存在很大的安全隐患。'),"
    " ('广场舞的音响声音太大,'),('周末也不停。'),"
    " ('自来水的水压不够,'),('三楼以上经常没有水。'),"
    " ('快递车占用消防通道,'),('希望加强巡查和处罚。'),"
    " ('这个问题的原因是多方面的,'),('感谢工作人员的辛苦付出。')";

/* A few characters of each text are rare: one of some 20,000. */
static const char matters[] =
    "WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n"
    "  WHERE id < 100000),"
    " t (id, k, words) AS (SELECT n.id, 0, '' FROM n"
    "  UNION ALL SELECT t.id, k + 1, t.words || p.words ||"
    "   char(19968 + (t.id * 7919 + k * 104729) % 20000)"
    "   FROM t CROSS JOIN phrase AS p ON p.id ="
    "    1 + (t.id * (k * 2 + 3) * 31 + t.id / 30 + k * 17) % 30"
    "   WHERE k < 12)"
    "INSERT INTO opinion (id, unit, station, source, reader, deputy,"
    " subject, body, level, state, received_at, month)"
    " SELECT t.id, 1 + t.id % 12, 1 + t.id % 12, 'public',"
    "  1 + t.id % 1000, 1 + t.id % 1000, substr(t.words, 1, 20), t.words,"
    "  'station', 'closed', 1600000000 + t.id, 202209"
    "  FROM t WHERE k = 12";

static const char answers[] =
    "INSERT INTO opinion_leg (opinion, unit, station, organ, path, state,"
    " sent_at) SELECT id, unit, station, 1 + id % 40, 'express', 'replied',"
    " received_at FROM opinion;"
    "INSERT INTO opinion_note (opinion, leg, kind, words, at, event)"
    " SELECT o.id, o.id, k.column1, substr(o.body, 40, 60), received_at, 1"
    " FROM opinion AS o, (VALUES ('reply'), ('tell')) AS k";

static void
must(struct store *s, int err, const char *what)
{
	if (err != OK)
		give_up(what, store_why(s));
}

static void
make(const char *path)
{
	struct store *s;
	double begin = 0;
	int done;

	if (store_open(path, STORE_CREATE | STORE_BULK, &s) != OK)
		give_up(path, "no database can be made");
	must(s, store_migrate(s, &done), "migrate");
	must(s, store_exec(s, "PRAGMA foreign_keys = OFF"), "search");
	must(s, store_exec(s, phrases), "phrases");
	must(s, store_begin(s), "begin");
	begin = (double)clock_monotonic_ms();
	must(s, store_exec(s, matters), "matters");
	must(s, store_exec(s, answers), "answers");
	must(s, store_commit(s), "commit");
	(void)fprintf(stderr, "bench: 300,000 texts written in %.1f s\n",
	              ((double)clock_monotonic_ms() - begin) / 1000);
	store_close(s);
}

static double
search_ms(struct ctx *c, const char *words, struct search_result *out)
{
	double ms[ROUNDS];

	for (int i = 0; i < ROUNDS; i++) {
		struct arena *a = arena_new();
		struct timespec from, to;

		(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
		must(c->store, search_run(c, a, words, SEARCH_ALL, HITS, out),
		     words);
		(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
		ms[i] = (double)(to.tv_sec - from.tv_sec) * 1e3 +
		        (double)(to.tv_nsec - from.tv_nsec) / 1e6;
		arena_free(a);
	}
	return quantile(ms, ROUNDS, 0.5);
}

static const struct {
	const char *name;
	enum scope scope;
	int64_t unit, me, organ;
} people[] = {
    {"county", SCOPE_COUNTY, 0, 0, 0},
    {"unit", SCOPE_UNIT, 3, 0, 0},
    {"office", SCOPE_ASSIGNED, 3, 0, 7},
    {"deputy", SCOPE_SELF, 3, PERSON, 0},
    {"deputy without any", SCOPE_SELF, 3, NOBODY, 0},
};

static const char *const queries[] = {
    "的",       "桥",       "问题",   "的问",      "停车难", "公积金",
    "有关部门", "的问题的", "晚上走", "路灯 老人", "一",     "鿿",
};

void
measure_search(struct bench *b)
{
	char dir[] = "/tmp/liaison-bench-XXXXXX", path[64], command[96];
	struct store *s;
	double worst = 0;

	if (mkdtemp(dir) == NULL)
		give_up(dir, "no folder can be made");
	(void)snprintf(path, sizeof(path), "%s/db", dir);
	make(path);
	if (store_open(path, STORE_EXISTING, &s) != OK)
		give_up(path, "the database cannot be opened");
	for (size_t p = 0; p < COUNT(people); p++)
		for (size_t q = 0; q < COUNT(queries); q++) {
			struct search_result r;
			struct ctx c;
			double ms;

			ctx_init_system(&c, s);
			c.scope = people[p].scope;
			c.my_unit = people[p].unit;
			c.me = people[p].me;
			c.my_organ = people[p].organ;
			ms = search_ms(&c, queries[q], &r);
			(void)fprintf(stderr, "%8.1f ms  %5lld %5lld  %s: %s\n",
			              ms, (long long)r.totals[0],
			              (long long)r.totals[1], people[p].name,
			              queries[q]);
			worst = ms > worst ? ms : worst;
		}
	store_close(s);
	(void)snprintf(command, sizeof(command), "rm -rf %s", dir);
	if (system(command) != 0)
		(void)fprintf(stderr, "bench: %s remains\n", dir);
	b->figures[BUDGET_SEARCH][OURS] = worst;
}
