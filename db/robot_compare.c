/* By hand against by robot: counts, messages that came to nothing, and what
 * may have been entered twice. */
#include "db/robot_compare.h"

#include <stdlib.h>
#include <string.h>

#include "db/base/alike.h"
#include "db/base/i18n.h"
#include "db/setting.h"
#include "db/store/stmt.h"

enum { READ_MAX = 2000, ROBOT_MAX = 300, TEXT = 400 };

/* Below it two texts share a topic only. */
static const double twice_least = 0.45;

/* clang-format off */
const struct enum_name compare_whys[] = {
	{"held",    N_("unknown, held")},
	{"unread",  N_("not understood")},
	{"refused", N_("refused")},
	{"open",    N_("not answered")},
	{NULL, NULL},
};

static const struct field message_fields[] = {
	FIELD(compare_message, id,       REF,   ""),
	FIELD(compare_message, opinion,  REF,   ""),
	FIELD(compare_message, why,      ENUM,  "", .names = compare_whys),
	FIELD(compare_message, taken_at, TIME,  ""),
	FIELD(compare_message, who,      TEXT,  ""),
	FIELD(compare_message, words,    LINES, ""),
	FIELD(compare_message, answer,   LINES, ""),
	FIELD_END,
};
/* clang-format on */

/* In the order of the index of the month. */
static const char sql_units[] =
    "SELECT coalesce(opinion.unit, 0), opinion.source, count(*),"
    "   coalesce((SELECT u.name FROM unit AS u WHERE u.id = opinion.unit), '')"
    "  FROM opinion WHERE opinion.month = :month AND @scope"
    " GROUP BY opinion.unit, opinion.source";

/* What deputies wrote to the robot is theirs, and came by the robot. */
static const char sql_deputies[] =
    "SELECT coalesce(opinion.unit, 0)"
    "  FROM robot_message AS m CROSS JOIN opinion ON opinion.id = m.opinion"
    " WHERE m.taken_at >= :from AND m.taken_at < :to"
    "   AND opinion.source = 'deputy' AND opinion.month = :month AND @scope";

static const char sql_messages[] =
    "SELECT m.id, m.opinion, CASE WHEN m.opinion IS NOT NULL THEN 'held'"
    "   WHEN m.answered_at IS NULL THEN 'open'"
    "   WHEN m.refused THEN 'refused' ELSE 'unread' END AS why, m.taken_at,"
    "   coalesce(p.name, '') AS who,"
    "   iif(m.opinion IS NULL, m.words,"
    "     coalesce((SELECT o.subject FROM opinion AS o"
    "       WHERE o.id = m.opinion), '')) AS words, m.answer"
    "  FROM robot_message AS m"
    "  LEFT JOIN robot_sender AS s ON s.sender = m.sender"
    "  LEFT JOIN account AS a ON a.id = s.account"
    "  LEFT JOIN person AS p ON p.id = a.person"
    " WHERE m.taken_at >= :from AND m.taken_at < :to"
    "   AND (m.answered_at IS NULL OR m.refused = 1 OR m.verb = 'unknown'"
    "     OR m.opinion IN (SELECT o.id FROM opinion AS o"
    "       WHERE o.id = m.opinion AND o.state = 'held'))"
    "   AND (:all OR EXISTS (SELECT 1 FROM office AS f"
    "     WHERE f.person = a.person AND f.unit = :my_unit))"
    " ORDER BY m.taken_at DESC, m.id DESC LIMIT :most";

/* Those of the month and some days around it, newest first. */
static const char sql_texts[] =
    "SELECT opinion.id, coalesce(opinion.unit, 0), opinion.received_at,"
    "   opinion.source = 'robot' OR EXISTS (SELECT 1 FROM robot_message AS m"
    "     WHERE m.opinion = opinion.id), opinion.month = :month,"
    "   opinion.subject, substr(opinion.body, 1, 400),"
    "   coalesce((SELECT u.name FROM unit AS u"
    "     WHERE u.id = opinion.unit), '')"
    "  FROM opinion WHERE opinion.received_at >= :from"
    "   AND opinion.received_at < :to"
    "   AND opinion.source IN ('robot', 'deputy', 'desk', 'meeting')"
    "   AND opinion.state NOT IN ('discarded', 'merged') AND @scope"
    " ORDER BY opinion.received_at DESC, opinion.id DESC LIMIT :most";

static struct instant
begins(int64_t month)
{
	return clock_at((struct day){(int)(month / 100), (int)(month % 100), 1},
	                0, 0);
}

/* --- counts -------------------------------------------------------------- */

static struct compare_unit *
unit_of(struct robot_compare *out, int64_t id)
{
	for (int i = 0; i < out->unit_count; i++)
		if (out->units[i].unit.v == id)
			return &out->units[i];
	return NULL;
}

static int
count_units(struct ctx *c, struct arena *a, struct robot_compare *out)
{
	struct stmt *q = ctx_sql(c, &entity_opinion, sql_units);

	bind_int(q, ":month", out->month);
	while (stmt_next(q)) {
		int64_t id = col_int(q, 0);
		int source = enum_index(opinion_sources, col_text(q, 1));
		struct compare_unit *u = unit_of(out, id);

		if (u == NULL && out->unit_count < COMPARE_SHOWN) {
			u = &out->units[out->unit_count++];
			*u = (struct compare_unit){
			    .unit = {id},
			    .name = id != 0 ? arena_strdup(a, col_text(q, 3))
			                    : _("the county"),
			};
		}
		if (u != NULL && source >= 0)
			u->n[source] += col_int(q, 2);
	}
	return stmt_end(q);
}

static int
move_deputies(struct ctx *c, struct robot_compare *out)
{
	struct stmt *q = ctx_sql(c, &entity_opinion, sql_deputies);

	bind_time(q, ":from", begins(out->month));
	bind_time(q, ":to", begins(month_add(out->month, 1)));
	bind_int(q, ":month", out->month);
	while (stmt_next(q)) {
		struct compare_unit *u = unit_of(out, col_int(q, 0));

		if (u != NULL) {
			u->n[SOURCE_DEPUTY]--;
			u->n[SOURCE_ROBOT]++;
		}
	}
	return stmt_end(q);
}

static int
read_messages(struct ctx *c, struct arena *a, struct robot_compare *out)
{
	struct stmt *q = ctx_sql(c, NULL, sql_messages);
	int err;

	bind_time(q, ":from", begins(out->month));
	bind_time(q, ":to", begins(month_add(out->month, 1)));
	bind_int(q, ":all", c->scope == SCOPE_COUNTY);
	bind_int(q, ":most", COMPARE_SHOWN);
	err = stmt_all(q, a, message_fields, sizeof(*out->messages),
	               COMPARE_SHOWN, &out->messages, &out->message_count);
	out->cut |= err == OK && out->message_count == COMPARE_SHOWN;
	return err;
}

/* --- entered twice ---------------------------------------------------------
 */

struct text {
	int64_t id, unit;
	struct instant at;
	bool robot, of_month;
	const char *subject, *body, *unit_name;
};

static int
read_texts(struct ctx *c, struct arena *a, int64_t month, int64_t days,
           struct text **rows, int *n)
{
	struct stmt *q = ctx_sql(c, &entity_opinion, sql_texts);
	int64_t around = days * 86400;

	bind_int(q, ":month", month);
	bind_int(q, ":from", begins(month).s - around);
	bind_int(q, ":to", begins(month_add(month, 1)).s + around);
	bind_int(q, ":most", READ_MAX);
	*rows = arena_alloc(a, READ_MAX * sizeof(**rows));
	for (*n = 0; *n < READ_MAX && stmt_next(q); ++*n)
		(*rows)[*n] = (struct text){
		    .id = col_int(q, 0),
		    .unit = col_int(q, 1),
		    .at = {col_int(q, 2)},
		    .robot = col_int(q, 3) != 0,
		    .of_month = col_int(q, 4) != 0,
		    .subject = arena_strdup(a, col_text(q, 5)),
		    .body = arena_strdup(a, col_text(q, 6)),
		    .unit_name = arena_strdup(a, col_text(q, 7)),
		};
	return stmt_end(q);
}

/* What was entered by hand and is most like one that came by the robot. */
static const struct text *
twin_of(struct arena *work, const struct text *one, const struct text *rows,
        int n, int64_t within, double *share)
{
	struct alike *l = alike_new(work, one->subject, one->body);
	struct alike_answer best;

	for (int i = 0; i < n; i++)
		if (!rows[i].robot && rows[i].unit == one->unit &&
		    llabs(rows[i].at.s - one->at.s) <= within)
			alike_add(l, i, rows[i].subject, rows[i].body);
	if (alike_best(l, twice_least, &best, 1) == 0)
		return NULL;
	*share = best.share;
	return &rows[best.id];
}

static void
find_pairs(struct arena *a, const struct text *rows, int n, int64_t within,
           struct robot_compare *out)
{
	struct arena *work = arena_new();
	int compared = 0;

	for (int i = 0; i < n && out->pair_count < COMPARE_SHOWN; i++) {
		const struct text *one = &rows[i], *twin;
		double share;

		if (!one->robot || !one->of_month)
			continue;
		if (++compared > ROBOT_MAX)
			break;
		arena_reset(work);
		twin = twin_of(work, one, rows, n, within, &share);
		if (twin == NULL)
			continue;
		out->pairs[out->pair_count++] = (struct compare_pair){
		    .robot = {one->id},
		    .hand = {twin->id},
		    .robot_at = one->at,
		    .hand_at = twin->at,
		    .robot_subject = arena_strdup(a, one->subject),
		    .hand_subject = arena_strdup(a, twin->subject),
		    .unit_name = arena_strdup(a, one->unit_name),
		    .percent = (int)(share * 100 + 0.5),
		};
	}
	out->cut |= compared > ROBOT_MAX || n == READ_MAX;
	arena_free(work);
}

static int
read_pairs(struct ctx *c, struct arena *a, struct robot_compare *out)
{
	struct arena *texts;
	struct text *rows;
	int64_t days;
	int n, err = setting_number(c, "robot.twice_days", 7, &days);

	if (err != OK)
		return err;
	texts = arena_new();
	err = read_texts(c, texts, out->month, days, &rows, &n);
	if (err == OK)
		find_pairs(a, rows, n, days * 86400, out);
	arena_free(texts);
	return err;
}

int
robot_compare(struct ctx *c, struct arena *a, int64_t month,
              struct robot_compare *out)
{
	struct robot_compare found = {.month = month};
	int err;

	if (!may(c, PERM_OPINION_TRIAGE))
		return ERR_DENIED;
	found.units = arena_alloc(a, COMPARE_SHOWN * sizeof(*found.units));
	found.pairs = arena_alloc(a, COMPARE_SHOWN * sizeof(*found.pairs));
	err = count_units(c, a, &found);
	if (err == OK)
		err = move_deputies(c, &found);
	if (err == OK)
		err = read_messages(c, a, &found);
	if (err == OK)
		err = read_pairs(c, a, &found);
	if (err == OK)
		*out = found;
	return err;
}
