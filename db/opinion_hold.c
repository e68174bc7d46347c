/* Messages that were held: counted, listed, decided. */
#include "db/opinion_hold.h"

#include <stdlib.h>

#include "db/base/i18n.h"
#include "db/public_matter.h"
#include "db/store/stmt.h"

/* clang-format off */
static const struct field fields[] = {
	FIELD(hold_line, id,          REF,   N_("Number")),
	FIELD(hold_line, version,     INT,   ""),
	FIELD(hold_line, doubts,      TOKEN, N_("Held because")),
	FIELD(hold_line, unit_name,   TEXT,  N_("Unit")),
	FIELD(hold_line, sender,      TEXT,  N_("Raised by")),
	FIELD(hold_line, body,        LINES, N_("Words")),
	FIELD(hold_line, received_at, TIME,  N_("Received on")),
	FIELD(hold_line, state,       ENUM,  N_("State"), .names = opinion_states),
	FIELD(hold_line, by,          TEXT,  N_("Decided by")),
	FIELD_END,
};

static const struct list_order latest = {.name = "latest", .label = N_("Newest first"),
	.keys = {"opinion.received_at", "opinion.id"}, .descending = true};

#define COLUMNS \
	"opinion.id, opinion.version, opinion.doubts, opinion.sender," \
	" coalesce((SELECT u.name FROM unit AS u WHERE u.id = opinion.unit), '') AS unit_name," \
	" substr(opinion.body, 1, 400) AS body, opinion.received_at, opinion.state"
/* The step that stands. */
#define BY \
	", coalesce((SELECT p.name FROM event_link AS l" \
	"   CROSS JOIN event AS e ON e.id = l.event" \
	"   JOIN person AS p ON p.id = e.person" \
	"  WHERE l.kind = 'opinion' AND l.id = opinion.id" \
	"    AND e.action IN ('opinion.release', 'opinion.discard')" \
	"    AND e.struck_by IS NULL LIMIT 1), '') AS by"
#define LIST(columns_, only_) \
	{ \
		.entity = &entity_opinion, .needs = PERM_OPINION_TRIAGE, \
		.columns = (columns_), .from = "opinion", .only = (only_), \
		.orders = &latest, .order_count = 1, \
		.fields = fields, .row_size = sizeof(struct hold_line), \
	}
/* clang-format on */

const struct list_spec hold_list =
    LIST(COLUMNS ", '' AS by", "opinion.state = 'held'");
const struct list_spec hold_decided_list =
    LIST(COLUMNS BY, "opinion.doubts <> '' AND opinion.state <> 'held'");

/* Of the last days, and what has waited longer: each by an index of those
 * held only, the newest first. */
static const char sql_week[] =
    "SELECT opinion.doubts, coalesce(opinion.code, 0),"
    "   opinion.state = 'held', opinion.received_at >= :day, 1"
    "  FROM opinion WHERE opinion.doubts <> ''"
    "   AND opinion.received_at >= :week AND @scope"
    " ORDER BY opinion.received_at DESC LIMIT :most";
static const char sql_older[] =
    "SELECT opinion.doubts, coalesce(opinion.code, 0), 1,"
    "   opinion.received_at >= :day, 0"
    "  FROM opinion WHERE opinion.state = 'held'"
    "   AND opinion.received_at < :week AND @scope"
    " ORDER BY opinion.received_at DESC LIMIT :most";

static const char sql_code[] =
    "SELECT CASE k.kind WHEN 'station'"
    "   THEN (SELECT s.name FROM station AS s WHERE s.id = k.subject)"
    "   ELSE (SELECT p.name FROM person AS p WHERE p.id = k.subject) END"
    "  FROM code AS k WHERE k.id = :id";

/* --- counting ----------------------------------------------------------- */

struct by_code {
	int64_t code;
	struct hold_count count;
};

struct counting {
	struct hold_count reasons[DOUBT_KINDS];
	struct by_code *codes; /* ordered as they come */
	int code_count;
	int rows;
};

static void
add(struct hold_count *count, const bool in[HOLD_SPANS])
{
	for (int i = 0; i < HOLD_SPANS; i++)
		count->n[i] += in[i];
}

/* Few codes of a unit are in use at one time. */
static struct hold_count *
of_code(struct counting *k, int64_t code)
{
	for (int i = 0; i < k->code_count; i++)
		if (k->codes[i].code == code)
			return &k->codes[i].count;
	k->codes[k->code_count].code = code;
	return &k->codes[k->code_count++].count;
}

static int
count_rows(struct ctx *c, const char *sql, struct counting *k,
           struct hold_counts *out)
{
	struct stmt *q = ctx_sql(c, &entity_opinion, sql);
	struct day today = ctx_today(c);

	bind_time(q, ":day", clock_at(today, 0, 0));
	bind_time(q, ":week", clock_at(day_add(today, -6), 0, 0));
	bind_int(q, ":most", HOLD_COUNTED);
	while (stmt_next(q)) {
		const char *doubts = col_text(q, 0);
		int64_t code = col_int(q, 1);
		const bool in[HOLD_SPANS] = {
		    [HOLD_TODAY] = col_int(q, 3) != 0,
		    [HOLD_WEEK] = col_int(q, 4) != 0,
		    [HOLD_WAITING] = col_int(q, 2) != 0,
		};

		add(&out->all, in);
		for (int i = 0; i < DOUBT_KINDS; i++)
			if (doubt_is(&doubt_kinds[i], doubts))
				add(&k->reasons[i], in);
		if (code != 0)
			add(of_code(k, code), in);
		k->rows++;
	}
	return stmt_end(q);
}

static int
more(const void *a, const void *b)
{
	const struct by_code *one = a, *two = b;
	int64_t n = one->count.n[HOLD_WEEK] + one->count.n[HOLD_WAITING];
	int64_t m = two->count.n[HOLD_WEEK] + two->count.n[HOLD_WAITING];

	if (n != m)
		return n < m ? 1 : -1;
	return one->code < two->code ? -1 : 1;
}

static int
name_codes(struct ctx *c, struct arena *a, struct counting *k,
           struct hold_counts *out)
{
	int err = OK;

	qsort(k->codes, (size_t)k->code_count, sizeof(*k->codes), more);
	for (int i = 0; err == OK && i < k->code_count && i < HOLD_CODES; i++) {
		struct stmt *q = ctx_sql(c, NULL, sql_code);

		bind_id(q, ":id", k->codes[i].code);
		out->codes[i] = k->codes[i].count;
		out->codes[i].label =
		    arena_strdup(a, stmt_next(q) ? col_text(q, 0) : "");
		out->code_count++;
		err = stmt_end(q);
	}
	return err;
}

static int
count_all(struct ctx *c, struct arena *a, struct counting *k,
          struct hold_counts *out)
{
	int err = count_rows(c, sql_week, k, out);

	out->cut = k->rows >= HOLD_COUNTED;
	k->rows = 0;
	if (err == OK)
		err = count_rows(c, sql_older, k, out);
	out->cut |= k->rows >= HOLD_COUNTED;
	for (int i = 0; i < DOUBT_KINDS; i++) {
		struct hold_count *r = &k->reasons[i];

		r->label = _(doubt_kinds[i].label);
		if (r->n[HOLD_WEEK] + r->n[HOLD_WAITING] > 0)
			out->reasons[out->reason_count++] = *r;
	}
	return err == OK ? name_codes(c, a, k, out) : err;
}

int
hold_counts(struct ctx *c, struct arena *a, struct hold_counts *out)
{
	struct counting k = {0};
	struct hold_counts counts = {.all = {.label = _("All")}};
	int err;

	if (!may(c, PERM_OPINION_TRIAGE))
		return ERR_DENIED;
	k.codes = xcalloc(2 * HOLD_COUNTED, sizeof(*k.codes));
	counts.reasons = arena_alloc(a, DOUBT_KINDS * sizeof(*counts.reasons));
	counts.codes = arena_alloc(a, HOLD_CODES * sizeof(*counts.codes));
	err = count_all(c, a, &k, &counts);
	free(k.codes);
	if (err == OK)
		*out = counts;
	return err;
}

/* --- deciding ----------------------------------------------------------- */

int
hold_decide(struct ctx *c, const struct hold_line *line, enum opinion_step step,
            const char *reason)
{
	const struct opinion_act act = {
	    .id = line->id,
	    .version = line->version,
	    .step = step,
	    .words = "",
	    .reason = reason,
	    .title = "",
	};

	return opinion_act(c, &act);
}
