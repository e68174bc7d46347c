/*
 * Proposals at 100,000 opinions, each decided and sent to an office: what
 * it takes the processor to find a category, a handling unit and likely
 * duplicates for one more. No server is needed, and nothing is waited for:
 * the database is in memory by then.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "db/base/arena.h"
#include "db/store/store.h"
#include "db/suggest.h"
#include "tests/bench/bench.h"

enum { ROUNDS = 9 };

/* Sentences of twelve signs or more, each of a category; an opinion has ten
 * of them and a few signs of its own. */
static const char site[] =
    "CREATE TEMP TABLE phrase (id INTEGER PRIMARY KEY, words TEXT);"
    "INSERT INTO phrase (words) SELECT label || '的问题' || words ||"
    " '一直没有人来管,请有关部门尽快处理。' FROM category_rule;"
    "CREATE TEMP TABLE leaf (id INTEGER PRIMARY KEY, name TEXT);"
    "INSERT INTO leaf (name) SELECT name FROM category_rule"
    " WHERE name LIKE '%.%.%';"
    "INSERT INTO organ (id, unit, name)"
    " WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n"
    "  WHERE id < 40) SELECT id, NULL, '单位' || id FROM n;";
static const char opinions[] =
    "WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n"
    "  WHERE id < 100000),"
    " t (id, k, words) AS (SELECT n.id, 0, '' FROM n"
    "  UNION ALL SELECT t.id, k + 1, t.words || p.words ||"
    "   char(19968 + (t.id * 7919 + k * 104729) % 20000)"
    "   FROM t CROSS JOIN phrase AS p ON p.id ="
    "    1 + (t.id * (k * 2 + 3) * 31 + t.id / 30 + k * 17) % 200"
    "   WHERE k < 10)"
    "INSERT INTO opinion (id, unit, station, source, subject, body, category,"
    " level, state, received_at, month)"
    " SELECT t.id, 1 + t.id % 12, 1 + t.id % 12, 'public',"
    "  substr(t.words, 1, 20), t.words,"
    "  (SELECT name FROM leaf WHERE leaf.id = 1 + t.id % 160),"
    "  'station', 'closed', 1600000000 + t.id, 202209 FROM t WHERE k = 10;"
    "INSERT INTO opinion_leg (opinion, unit, station, organ, path, state,"
    " sent_at) SELECT id, unit, station, 1 + id % 40, 'express', 'replied',"
    " received_at FROM opinion";

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
	int done;

	if (store_open(path, STORE_CREATE | STORE_BULK, &s) != OK)
		give_up(path, "no database can be made");
	must(s, store_migrate(s, &done), "migrate");
	must(s, store_exec(s, "PRAGMA foreign_keys = OFF"), "suggest");
	must(s, store_begin(s), "begin");
	must(s, store_exec(s, site), "site");
	must(s, store_exec(s, opinions), "opinions");
	must(s, store_commit(s), "commit");
	store_close(s);
}

static double
spent_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* The slowest of the three for one text, each a median. */
static double
worst_ms(struct ctx *c, const struct suggest_asked *asked)
{
	static const char *const names[] = {"category", "office", "alike"};
	double ms[3][ROUNDS], worst = 0;

	for (int i = 0; i < ROUNDS; i++) {
		struct suggestion out[SUGGEST_ALIKE];
		struct arena *a = arena_new();
		double at[4];
		int n;

		at[0] = spent_ms();
		must(c->store, suggest_category(c, a, asked, out, 3, &n),
		     names[0]);
		at[1] = spent_ms();
		must(c->store, suggest_office(c, a, asked, "", out, 3, &n),
		     names[1]);
		at[2] = spent_ms();
		must(c->store,
		     suggest_alike(c, a, asked, out, SUGGEST_ALIKE, &n),
		     names[2]);
		at[3] = spent_ms();
		for (int k = 0; k < 3; k++)
			ms[k][i] = at[k + 1] - at[k];
		arena_free(a);
	}
	for (int k = 0; k < 3; k++) {
		double median = quantile(ms[k], ROUNDS, 0.5);

		(void)fprintf(stderr, "%8.1f ms  %s\n", median, names[k]);
		worst = median > worst ? median : worst;
	}
	return worst;
}

void
measure_suggest(struct bench *b)
{
	static const struct suggest_asked asked = {
	    .unit = {3},
	    .subject = "小区停车难",
	    .body =
		"小区停车位太少,物业公司不管,消防通道上停满了车,晚上回家"
		"没有地方停车。路灯也坏了半个月,下水道一下雨就积水,请有关部门"
		"尽快处理。"};
	char dir[] = "/tmp/liaison-bench-XXXXXX", path[64], command[96];
	struct store *s;
	struct ctx c;

	if (mkdtemp(dir) == NULL)
		give_up(dir, "no folder can be made");
	(void)snprintf(path, sizeof(path), "%s/db", dir);
	make(path);
	if (store_open(path, STORE_EXISTING, &s) != OK)
		give_up(path, "the database cannot be opened");
	ctx_init_system(&c, s);
	b->figures[BUDGET_SUGGEST][OURS] = worst_ms(&c, &asked);
	store_close(s);
	(void)snprintf(command, sizeof(command), "rm -rf %s", dir);
	if (system(command) != 0)
		(void)fprintf(stderr, "bench: %s remains\n", dir);
}
