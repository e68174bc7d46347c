/* Opinions as lists show them, and the page of one. */
#include <string.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/opinion_in.h"
#include "db/rule.h"

/* clang-format off */
const struct field opinion_line_fields[] = {
	FIELD(opinion_line, id,                REF,   N_("Number"), .width = 6),
	FIELD(opinion_line, subject,           TEXT,  N_("Subject"), .width = 30),
	FIELD(opinion_line, category_label,    TEXT,  N_("Category"), .width = 10),
	FIELD(opinion_line, category_label_en, TEXT,  N_("Category")),
	FIELD(opinion_line, category,          TOKEN, N_("Category")),
	FIELD(opinion_line, unit_name,         TEXT,  N_("Unit"), .width = 10),
	FIELD(opinion_line, venue,             TEXT,  N_("Place"), .width = 12),
	FIELD(opinion_line, received_at,       TIME,  N_("Received on"), .width = 11),
	FIELD(opinion_line, state,             ENUM,  N_("State"), .names = opinion_states, .width = 10),
	FIELD(opinion_line, source,            ENUM,  N_("Source"), .names = opinion_sources, .width = 8),
	FIELD(opinion_line, result,            ENUM,  N_("Result"), .names = opinion_results, .width = 10),
	FIELD(opinion_line, rating,            ENUM,  N_("Rating"), .names = opinion_ratings, .width = 8),
	FIELD(opinion_line, clock,             ENUM,  N_("Clock"), .names = opinion_clocks),
	FIELD(opinion_line, due_on,            DAY,   N_("Due"), .width = 8),
	FIELD(opinion_line, warn_on,           DAY,   N_("Due soon from")),
	FIELD(opinion_line, paused_at,         TIME,  N_("Paused")),
	FIELD(opinion_line, senders,           INT,   N_("Senders"), .width = 6),
	FIELD(opinion_line, urgent,            BOOL,  N_("Urgent")),
	FIELD(opinion_line, body,              LINES, N_("Words")),
	FIELD_END,
};

#define RECEIVED_BETWEEN(day, later)                                           \
	"likely(opinion.received_at >= unixepoch(" day ", '-1 day'))"          \
	" AND likely(opinion.received_at < unixepoch(" day ", " later "))"

/* The partial indexes of work in hand know this very text. */
#define IN_HAND "opinion.state NOT IN ('closed', 'discarded', 'merged')"

/* likely(): the list's order goes before an index of the filter, so that a
 * page is read and not sorted. */
static const struct list_filter filters[OPINION_LIST_FILTERS] = {
	[OPINION_LIST_UNIT]   = {"unit", N_("Unit"), "opinion.unit = :unit", false},
	[OPINION_LIST_STATE]  = {"state", N_("State"), "opinion.state = :state", true},
	/* New, come back, returned or asking for time; and what nobody
	 * accompanies is to be told. */
	[OPINION_LIST_TURN]   = {"turn", N_("To do"),
		"(opinion.state IN ('held', 'new', 'triage', 'again', 'escalated')"
		" OR (opinion.state = 'feedback' AND opinion.companion IS NULL)"
		" OR (opinion.state = 'handling' AND EXISTS (SELECT 1 FROM opinion_leg AS l"
		"   WHERE l.opinion = opinion.id AND (l.state = 'returned' OR l.asked_days > 0))))"
		" AND :turn = :turn", false},
	[OPINION_LIST_MY_TURN] = {"mine", N_("To do"),
		"(opinion.state IN ('new', 'triage', 'again')"
		" OR (opinion.state = 'feedback' AND opinion.companion IS NOT NULL))"
		" AND :mine = :mine", false},
	[OPINION_LIST_OVERDUE] = {"overdue", N_("Overdue"),
		"opinion.due_on < :today AND opinion.clock <> 'rating' AND :overdue = :overdue", false},
	[OPINION_LIST_SOON]   = {"soon", N_("Due soon"),
		"opinion.warn_on <= :today AND opinion.clock <> 'rating' AND :soon = :soon", false},
	/* Read in the order of the list: many are of one category. */
	[OPINION_LIST_CATEGORY] = {"category", N_("Category"),
		"(+opinion.category = :category OR (+opinion.category > :category || '.'"
		" AND +opinion.category < :category || '/'))", true},
	[OPINION_LIST_PLACE]  = {"place", N_("Room or point"), "likely(opinion.place = :place)", false},
	[OPINION_LIST_SOURCE] = {"source", N_("Source"), "opinion.source = :source", true},
	[OPINION_LIST_RESULT] = {"result", N_("Result"), "opinion.result = :result", true},
	[OPINION_LIST_RATING] = {"rating", N_("Rating"), "opinion.rating = :rating", true},
	/* The month is the site's; the bounds, a day wider, are the index's. */
	[OPINION_LIST_MONTH]  = {"month", N_("Month"),
		"+opinion.month = :month AND " RECEIVED_BETWEEN("format('%d-%02d-01', :month / 100, :month % 100)", "'+32 days'"), false},
	[OPINION_LIST_YEAR]   = {"year", N_("Year"),
		"+opinion.month > :year * 100 AND +opinion.month < :year * 100 + 99"
		" AND " RECEIVED_BETWEEN("format('%d-01-01', :year)", "'+367 days'"), false},
	[OPINION_LIST_ACTIVITY] = {"activity", N_("Reception"), "likely(opinion.activity = :activity)", false},
	[OPINION_LIST_INTO]   = {"into", N_("Merged into"), "likely(opinion.merged = :into)", false},
	[OPINION_LIST_TITLE]  = {"title", N_("Subject"), "(instr(opinion.subject, :title) > 0 OR opinion.id = :title)", true},
	/* Read in the order of the list, like a category. */
	[OPINION_LIST_SPAN]   = {"span", N_("Months"),
		"+opinion.month >= :span / 1000000 AND +opinion.month <= :span % 1000000"
		" AND +opinion.received_at >= unixepoch(format('%d-%02d-01', :span / 100000000, :span / 1000000 % 100), '-1 day')"
		" AND +opinion.received_at < unixepoch(format('%d-%02d-01', :span % 1000000 / 100, :span % 100), '+32 days')", false},
	[OPINION_LIST_BY_HAND] = {"by_hand", N_("Rated by hand"), "opinion.by_hand = :by_hand", false},
};

static const struct list_order latest = {.name = "latest", .label = N_("Newest first"),
	.keys = {"opinion.received_at", "opinion.id"}, .descending = true};
static const struct list_order due = {.name = "due", .label = N_("By due day"),
	.keys = {"opinion.due_on", "opinion.id"}};
static const struct list_order senders = {.name = "senders", .label = N_("Most senders first"),
	.keys = {"opinion.senders", "opinion.id"}, .descending = true};

/* The three lists differ in which rows there are, and in their order. */
#define LIST(columns_, only_, order_)                                                    \
	{                                                                      \
		.entity = &entity_opinion, .needs = PERM_OPINION_READ,         \
		.columns = (columns_), .from = TABLES, .only = (only_),        \
		.filters = filters, .filter_count = COUNT(filters),            \
		.orders = &(order_), .order_count = 1,                         \
		.fields = opinion_line_fields,                                 \
		.row_size = sizeof(struct opinion_line),                       \
	}
#define COLUMNS \
	"opinion.id, opinion.subject, opinion.category," \
	" coalesce(k.label, '') AS category_label," \
	" coalesce(k.label_en, '') AS category_label_en," \
	" coalesce((SELECT u.name FROM unit AS u WHERE u.id = opinion.unit), '') AS unit_name," \
	" coalesce((SELECT p.name FROM place AS p WHERE p.id = opinion.place), opinion.venue) AS venue," \
	" opinion.received_at, opinion.state, opinion.source, opinion.result, opinion.rating," \
	" opinion.clock, opinion.warn_on, opinion.due_on, opinion.paused_at," \
	" opinion.senders, opinion.urgent"
#define TABLES \
	"opinion LEFT JOIN category_rule AS k ON k.name = opinion.category" \
	" AND k.from_on = (SELECT max(s.from_on) FROM category_rule AS s" \
	"   WHERE s.name = opinion.category AND s.from_on <= :today)"

const struct list_spec opinion_list = LIST(COLUMNS, NULL, latest);
const struct list_spec opinion_inbox = LIST(COLUMNS, IN_HAND, due);
const struct list_spec opinion_hot = LIST(COLUMNS, "opinion.senders > 1", senders);
#define WORDS COLUMNS ", opinion.body"
const struct list_spec opinion_words = LIST(WORDS, NULL, latest);
const struct list_spec opinion_inbox_words = LIST(WORDS, IN_HAND, due);
const struct list_spec opinion_hot_words = LIST(WORDS, "opinion.senders > 1", senders);

/* --- the page --------------------------------------------------------- */

static const struct field name_fields[] = {
	FIELD(opinion_page, unit_name,      TEXT, ""),
	FIELD(opinion_page, place_name,     TEXT, ""),
	FIELD(opinion_page, deputy_name,    TEXT, ""),
	FIELD(opinion_page, companion_name, TEXT, ""),
	FIELD(opinion_page, receiver,       TEXT, ""),
	FIELD_END,
};
/* clang-format on */

static const char sql_names[] =
    "SELECT coalesce((SELECT u.name FROM unit AS u"
    "   WHERE u.id = opinion.unit), '') AS unit_name,"
    " coalesce((SELECT p.name FROM place AS p"
    "   WHERE p.id = opinion.place), '') AS place_name,"
    " coalesce((SELECT p.name FROM person AS p"
    "   WHERE p.id = opinion.deputy), '') AS deputy_name,"
    " coalesce((SELECT p.name FROM person AS p"
    "   WHERE p.id = opinion.companion), '') AS companion_name,"
    " coalesce((SELECT p.name FROM person AS p"
    "   WHERE p.id = opinion.received_by), '') AS receiver"
    " FROM opinion WHERE opinion.id = :id AND @scope";

static const char sql_took[] =
    "SELECT coalesce(handling_days, -1), coalesce(feedback_days, -1)"
    " FROM opinion WHERE opinion.id = :id AND @scope";

static int
read_took(struct ctx *c, struct opinion_page *out)
{
	struct stmt *q = ctx_sql(c, &entity_opinion, sql_took);

	bind_id(q, ":id", out->row.id.v);
	if (stmt_next(q)) {
		out->handling.took = col_int(q, 0);
		out->citizen.took = col_int(q, 1);
	}
	return stmt_end(q);
}

/* Whether a year of the running clock has no row in the calendar. */
static int
read_calendar(struct ctx *c, const struct opinion *o,
              const struct opinion_loop *loop, struct opinion_page *out)
{
	int from = day_of(o->clock_at).year, to = loop->clock.due.year;
	struct calendar cal;
	int err = calendar_load(c, (struct day){from, 1, 1},
	                        (struct day){to, 12, 31}, &cal);

	for (int year = from; err == OK && year <= to; year++)
		out->counted = out->counted || !calendar_knows(&cal, year);
	return err;
}

/* The loops: which runs, and what its clock shows. */
static int
read_loops(struct ctx *c, struct opinion_page *out)
{
	const struct opinion *o = &out->row;
	bool handles =
	    o->clock == CLOCK_RESPONSE || o->clock == CLOCK_COMPLETION;
	struct opinion_loop *loop = handles ? &out->handling : &out->citizen;
	int err = read_took(c, out);

	out->handling.closed = o->handled_at.s != 0;
	out->citizen.closed = o->state == OPINION_CLOSED;
	if (err != OK || o->clock == CLOCK_NONE)
		return err;
	loop->runs = true;
	loop->closed = false;
	loop->days = o->clock_days;
	err = opinion_clock_read(c, o, o->clock_at, (struct instant){0},
	                         o->clock_days, &loop->clock);
	return err == OK ? read_calendar(c, o, loop, out) : err;
}

/* The category with what it belongs to, top first. */
static int
read_category(struct ctx *c, struct arena *a, const char *name,
              const char **label)
{
	enum { DEPTH = 5 };
	struct rule rule = {.part = name};
	int err = OK;

	*label = "";
	for (int i = 0; i < DEPTH && err == OK && rule.part[0] != '\0'; i++) {
		const char *one;

		err = rule_named(c, a, RULE_CATEGORY, rule.part, ctx_today(c),
		                 &rule);
		if (err != OK)
			break;
		one = activity_kind_label(rule.label, rule.label_en);
		*label = **label == '\0'
		             ? one
		             : arena_printf(a, "%s/%s", one, *label);
	}
	return err == ERR_NOT_FOUND ? OK : err;
}

int
opinion_page_get(struct ctx *c, struct arena *a, struct opinion_id id,
                 struct opinion_page *out)
{
	struct opinion_page page = {0};
	struct stmt *q;
	int err = opinion_get(c, a, id, &page.row);

	if (err != OK)
		return err;
	q = ctx_sql(c, &entity_opinion, sql_names);
	bind_id(q, ":id", id.v);
	err = stmt_one(q, a, name_fields, &page);
	if (err == OK)
		err = read_loops(c, &page);
	if (err == OK)
		err = read_category(c, a, page.row.category,
		                    &page.category_label);
	if (err == OK)
		*out = page;
	return err;
}
