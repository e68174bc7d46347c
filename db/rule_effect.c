/* What other points would do to this year's scores and places: computed from
 * the counters, as the scores themselves are, and kept nowhere. */
#include "db/base/i18n.h"
#include "db/mandate.h"
#include "db/predicates.h"
#include "db/rule_in.h"
#include "db/store/stmt.h"

#define SCORED(points, cap)                                                    \
	"iif(" cap " > 0, min(n.n * " points ", " cap "), n.n * " points ")"
#define NOW SCORED("r.points", "r.cap")
#define THEN SCORED("r.points_new", "r.cap_new")
#define HOLDS DUTY_RULE_OF("r.name", ":year")

static const char sql_effects[] =
    "WITH grade (name, late, points, cap) AS MATERIALIZED ("
    "  SELECT r.name, 0, r.full_points, r.full_cap FROM duty_rule AS r"
    "   WHERE r.id = " HOLDS "  UNION ALL"
    "  SELECT r.name, 1, r.late_points, r.late_cap FROM duty_rule AS r"
    "   WHERE r.id = " HOLDS "),"
    " rule (part, points, cap, points_new, cap_new) AS MATERIALIZED ("
    "  SELECT name || iif(late, '/late', '/full'), points, cap,"
    "         iif(name = :name, iif(late, :late_points, :full_points),"
    "             points),"
    "         iif(name = :name, iif(late, :late_cap, :full_cap), cap)"
    "    FROM grade),"
    " who AS MATERIALIZED ("
    "  SELECT DISTINCT mandate.person, mandate.station FROM mandate"
    "   WHERE mandate.from_on <= :last"
    "     AND (mandate.to_on IS NULL OR mandate.to_on >= :first)"
    "     AND @scope),"
    " score AS MATERIALIZED ("
    "  SELECT who.person, who.station,"
    "         coalesce(sum(" NOW "), 0) AS old,"
    "         coalesce(sum(" THEN "), 0) AS new"
    "    FROM who CROSS JOIN rule AS r LEFT JOIN counter AS n"
    "      ON n.what = 'duty.person' AND n.id = who.person"
    "     AND n.period = :year AND n.part = r.part"
    "   GROUP BY who.person, who.station),"
    " placed AS ("
    "  SELECT *, rank() OVER (PARTITION BY station ORDER BY old DESC)"
    "              AS place_old,"
    "         rank() OVER (PARTITION BY station ORDER BY new DESC)"
    "              AS place_new FROM score)"
    " SELECT placed.person, person.name AS name, station.name AS station,"
    "        old AS \"before\", new AS \"after\","
    "        place_old AS place_before, place_new AS place_after,"
    "        count(*) OVER () AS of"
    "   FROM placed JOIN person ON person.id = placed.person"
    "   JOIN station ON station.id = placed.station"
    "  WHERE old <> new OR place_old <> place_new"
    "  ORDER BY abs(new - old) DESC, abs(place_new - place_old) DESC,"
    "           placed.person LIMIT :max";

static const struct field fields[] = {
    FIELD(rule_effect, person, REF, ""),
    FIELD(rule_effect, name, TEXT, ""),
    FIELD(rule_effect, station, TEXT, ""),
    FIELD(rule_effect, before, POINTS, ""),
    FIELD(rule_effect, after, POINTS, ""),
    FIELD(rule_effect, place_before, INT, ""),
    FIELD(rule_effect, place_after, INT, ""),
    FIELD(rule_effect, of, INT, ""),
    FIELD_END,
};

int
rule_effects(struct ctx *c, struct arena *a, const struct rule *entry, int max,
             struct rule_effect **rows, int *n)
{
	int year = ctx_today(c).year;
	struct stmt *q;

	if (!may(c, PERM_POINTS_WRITE) || !may(c, PERM_DUTY_READ))
		return ERR_DENIED;
	q = ctx_sql(c, &entity_mandate, sql_effects);
	bind_text(q, ":name", entry->name);
	bind_int(q, ":full_points", entry->n1);
	bind_int(q, ":late_points", entry->n2);
	bind_int(q, ":full_cap", entry->n3);
	bind_int(q, ":late_cap", entry->n4);
	bind_int(q, ":year", year);
	bind_day(q, ":first", (struct day){year, 1, 1});
	bind_day(q, ":last", (struct day){year, 12, 31});
	bind_int(q, ":max", max);
	return stmt_all(q, a, fields, sizeof(**rows), max, rows, n);
}
