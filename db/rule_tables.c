/*
 * The tables of rules: what a row holds, and how it is read and written.
 * Not scoped: by what rules the county works everybody signed in may know.
 */
#include "db/base/i18n.h"
#include "db/rule_in.h"

/* A column of a table, kept in a member of struct rule. */
#define COLUMN(column, member, kind_, ...)                                     \
	{                                                                      \
		.name = column, .kind = FIELD_##kind_,                         \
		.at = offsetof(struct rule, member),                           \
		.size = sizeof(((struct rule *)0)->member),                    \
		.label = __VA_ARGS__                                           \
	}

enum { LABEL_MAX = 20, ENGLISH_MAX = 40, TEXT_MAX = 2000, WORDS_MAX = 100 };

static const struct enum_name purposes[] = {
    {"leave", N_("asking for leave")},
    {"leave_refused", N_("refusing leave")},
    {"cancel", N_("cancelling an activity")},
    {"reopen", N_("reopening an activity")},
    {"correct", N_("correcting a roll")},
    {"code", N_("revoking a code")},
    {"disable", N_("disabling an account")},
    {"strike", N_("striking out")},
    {"refuse", N_("refusing an opinion")},
    {"discard", N_("discarding an opinion")},
    {"end", N_("ending an opinion")},
    {NULL, NULL},
};

static const struct enum_name uses[] = {
    {"agenda", N_("agendas")},
    {"minutes", N_("minutes")},
    {"notice", N_("notices")},
    {"reply", N_("offices' replies")},
    {"answer", N_("answers on the spot")},
    {"tell", N_("telling the citizen")},
    {"refuse", N_("refusals")},
    {"progress", N_("reports of progress")},
    {"return", N_("returning")},
    {"supervise", N_("supervised answers")},
    {NULL, NULL},
};

static const struct enum_name sorts[] = {
    {"off", N_("days off")},
    {"work", N_("working days")},
    {NULL, NULL},
};

/* clang-format off */
#define HEAD HEAD_OF(N_("Holds from"))
#define HEAD_OF(from)                                                          \
	COLUMN("id",       id,       REF,   N_("Number"), .readonly = true),   \
	COLUMN("name",     name,     TOKEN, N_("Rule"),   .readonly = true),   \
	COLUMN("from_on",  from_on,  DAY,   from, .required = true, .max = 10, .width = 10)
#define CALLED                                                                 \
	COLUMN("label",    label,    TEXT,  N_("Title"),  .required = true, .max = LABEL_MAX), \
	COLUMN("label_en", label_en, TEXT,  N_("English name"), .required = true, .max = ENGLISH_MAX)
#define IN_USE                                                                 \
	COLUMN("in_use",   in_use,   BOOL,  N_("In use"), .width = 4)
#define ORDER                                                                  \
	COLUMN("position", position, INT,   N_("Order"),  .max = 5, .hint = N_("0: at the end"))

static const struct field activity_fields[] = {
	HEAD, CALLED,
	COLUMN("duty",     part,     TOKEN, N_("Counts as"), .required = true, .width = 12),
	COLUMN("before_minutes", n1, INT,   N_("Sign-in before"), .heading = N_("Before"), .max = 4, .width = 6, .hint = N_("minutes before it begins")),
	COLUMN("after_minutes", n2,  INT,   N_("Sign-in after"), .heading = N_("After"), .max = 4, .width = 6, .hint = N_("minutes after it ends")),
	IN_USE, ORDER, FIELD_END,
};

static const struct field duty_fields[] = {
	HEAD,
	COLUMN("full_points", n1,    POINTS, N_("In time"), .max = 6, .width = 7, .required = true),
	COLUMN("late_points", n2,    POINTS, N_("Late"), .max = 6, .width = 7, .required = true),
	COLUMN("full_cap", n3,       POINTS, N_("At most a year, in time"), .heading = N_("At most"), .max = 6, .width = 8, .hint = N_("0: no limit")),
	COLUMN("late_cap", n4,       POINTS, N_("At most a year, late"), .heading = N_("At most"), .max = 6, .width = 8, .hint = N_("0: no limit")),
	COLUMN("position", position, INT,   N_("Order"), .readonly = true),
	FIELD_END,
};

static const struct field category_fields[] = {
	HEAD, CALLED,
	COLUMN("parent",   part,     TOKEN, N_("Belongs to"), .hint = N_("empty: the top level")),
	COLUMN("words",    text,     TEXT,  N_("Also called"), .max = WORDS_MAX, .hint = N_("apart by blanks")),
	IN_USE, ORDER, FIELD_END,
};

static const struct field category_line_fields[] = {
	HEAD, CALLED,
	COLUMN("parent",   part,     TOKEN, N_("Belongs to")),
	COLUMN("words",    text,     TEXT,  N_("Also called")),
	IN_USE, ORDER,
	COLUMN("depth",    depth,    INT,   N_("Level")),
	FIELD_END,
};

static const struct field deadline_fields[] = {
	HEAD, CALLED,
	COLUMN("days",     n1,       INT,   N_("Working days"), .required = true, .max = 3, .width = 12),
	COLUMN("position", position, INT,   N_("Order"), .readonly = true),
	FIELD_END,
};

static const struct field reason_fields[] = {
	HEAD,
	COLUMN("purpose",  choice,   ENUM,  N_("Used for"), .names = purposes, .width = 24),
	CALLED, IN_USE, ORDER, FIELD_END,
};

static const struct field holiday_fields[] = {
	HEAD_OF(N_("First day")),
	COLUMN("to_on",    to_on,    DAY,   N_("Last day"), .required = true, .max = 10, .width = 10),
	COLUMN("sort",     choice,   ENUM,  N_("Sort"), .names = sorts, .width = 13),
	CALLED,
	COLUMN("position", position, INT,   N_("Order"), .readonly = true),
	FIELD_END,
};

static const struct field template_fields[] = {
	HEAD,
	COLUMN("purpose",  choice,   ENUM,  N_("Used for"), .names = uses, .width = 20),
	COLUMN("category", part,     TOKEN, N_("Category"), .hint = N_("empty: any")),
	COLUMN("label",    label,    TEXT,  N_("Title"), .required = true, .max = ENGLISH_MAX),
	COLUMN("text",     text,     LINES, N_("Text"), .required = true, .max = TEXT_MAX),
	IN_USE, ORDER, FIELD_END,
};

static const struct field setting_fields[] = {
	HEAD,
	COLUMN("value",    text,     TEXT,  N_("Value"), .required = true, .max = 40, .width = 12),
	COLUMN("position", position, INT,   N_("Order"), .readonly = true),
	FIELD_END,
};
/* clang-format on */

/* --- SQL ---------------------------------------------------------------- */

/* cols are a table's columns beyond id, name and from_on, values the same
 * as parameters. */
#define QUERIES(t, cols, values)                                               \
	[RULE_SQL_GET] =                                                       \
	    "SELECT id, name, from_on, " cols " FROM " t " WHERE id = :id",    \
	[RULE_SQL_ON] =                                                        \
	    "SELECT id, name, from_on, " cols " FROM " t                       \
	    " WHERE from_on = (SELECT max(s.from_on) FROM " t " AS s"          \
	    "   WHERE s.name = " t ".name AND s.from_on <= :on)"               \
	    " ORDER BY position, name, from_on",                               \
	[RULE_SQL_NAMED] = "SELECT id, name, from_on, " cols " FROM " t        \
			   " WHERE name = :name AND from_on <= :on"            \
			   " ORDER BY from_on DESC LIMIT 1",                   \
	[RULE_SQL_ADD] = "INSERT INTO " t " (id, name, from_on, " cols ")"     \
			 " VALUES (:id, :name, :from_on, " values ")",         \
	[RULE_SQL_SAVE] = "UPDATE " t " SET (from_on, " cols ") ="             \
			  " (:from_on, " values ") WHERE id = :id",            \
	[RULE_SQL_DROP] = "DELETE FROM " t " WHERE id = :id",                  \
	[RULE_SQL_ROWS] = "SELECT count(*) FROM " t " WHERE name = :name",     \
	[RULE_SQL_LAST] = "SELECT coalesce(max(position), 0) FROM " t

/* What holds today and what is to come. */
#define CURRENT_RULE(t)                                                        \
	t ".from_on >= iif(:current, coalesce((SELECT max(s.from_on) FROM " t  \
	  " AS s WHERE s.name = " t ".name AND s.from_on <= :today), ''),"     \
	  " '')"
#define FINDS "(instr(label, :find) > 0 OR instr(label_en, :find) > 0)"

#define LIST(t, cols, fields_, finds, current)                                 \
	{                                                                      \
		.entity = &entity_##t, .needs = PERM_RULE_READ,                \
		.columns = "id, name, from_on, " cols, .from = #t,             \
		.filters =                                                     \
		    (const struct list_filter[]){                              \
			{.name = "find",                                       \
		         .label = N_("Name"),                                  \
		         .predicate = (finds),                                 \
		         .is_text = true},                                     \
			{.name = "current",                                    \
		         .label = N_("In force and to come"),                  \
		         .predicate = (current)},                              \
			{.name = "rule",                                       \
		         .label = N_("One rule"),                              \
		         .predicate = "+" #t ".name = :rule",                  \
		         .is_text = true}},                                    \
		.filter_count = RULE_LIST_FILTERS,                             \
		.orders =                                                      \
		    (const struct list_order[]){                               \
			{.name = "order",                                      \
		         .label = N_("In order"),                              \
		         .keys = {#t ".position", #t ".name",                  \
		                  #t ".from_on"}}},                            \
		.order_count = 1, .fields = (fields_),                         \
		.row_size = sizeof(struct rule)                                \
	}

#define RULES(KIND_, t, label_, fields_)                                       \
	{                                                                      \
		.kind = ENTITY_##KIND_, .name = #t, .label = (label_),         \
		.fields = (fields_), .sql = t##_sql,                           \
		.sql_count = RULE_SQL_COUNT,                                   \
	}

#define ACTIVITY_COLUMNS                                                       \
	"label, label_en, duty, before_minutes, after_minutes, in_use, "       \
	"position"
static const char *const activity_rule_sql[RULE_SQL_COUNT] = {
    QUERIES("activity_rule", ACTIVITY_COLUMNS,
            ":label, :label_en, :duty, :before_minutes, :after_minutes,"
            " :in_use, :position"),
    [RULE_SQL_USED] = "SELECT 1 FROM activity WHERE kind = :name LIMIT 1",
};

#define DUTY_COLUMNS "full_points, late_points, full_cap, late_cap, position"
static const char *const duty_rule_sql[RULE_SQL_COUNT] = {
    QUERIES("duty_rule", DUTY_COLUMNS,
            ":full_points, :late_points, :full_cap, :late_cap, :position"),
};

#define CATEGORY_COLUMNS "label, label_en, parent, words, in_use, position"
static const char *const category_rule_sql[RULE_SQL_COUNT] = {
    QUERIES("category_rule", CATEGORY_COLUMNS,
            ":label, :label_en, :parent, :words, :in_use, :position"),
    [RULE_SQL_USED] =
	"SELECT 1 WHERE EXISTS (SELECT 1 FROM category_rule"
	"   WHERE parent = :name)"
	" OR EXISTS (SELECT 1 FROM counter WHERE id = 0"
	"   AND what = 'opinion_category.county' AND part = :name AND n > 0)",
};

#define DEADLINE_COLUMNS "label, label_en, days, position"
static const char *const deadline_rule_sql[RULE_SQL_COUNT] = {
    QUERIES("deadline_rule", DEADLINE_COLUMNS,
            ":label, :label_en, :days, :position"),
};

#define REASON_COLUMNS "purpose, label, label_en, in_use, position"
static const char *const reason_rule_sql[RULE_SQL_COUNT] = {
    QUERIES("reason_rule", REASON_COLUMNS,
            ":purpose, :label, :label_en, :in_use, :position"),
};

#define HOLIDAY_COLUMNS "to_on, sort, label, label_en, position"
static const char *const holiday_rule_sql[RULE_SQL_COUNT] = {
    QUERIES("holiday_rule", HOLIDAY_COLUMNS,
            ":to_on, :sort, :label, :label_en, :position"),
    [RULE_SQL_OVERLAP] = "SELECT count(*) FROM holiday_rule"
			 " WHERE to_on >= :from_on AND from_on <= :to_on"
			 "   AND id <> ifnull(:id, 0)",
    [RULE_SQL_BETWEEN] = "SELECT from_on, to_on, sort FROM holiday_rule"
			 " WHERE to_on >= :from_on AND from_on <= :to_on"
			 " ORDER BY from_on",
};

#define TEMPLATE_COLUMNS "purpose, category, label, text, in_use, position"
static const char *const template_rule_sql[RULE_SQL_COUNT] = {
    QUERIES("template_rule", TEMPLATE_COLUMNS,
            ":purpose, :category, :label, :text, :in_use, :position"),
};

static const char *const setting_rule_sql[RULE_SQL_COUNT] = {
    QUERIES("setting_rule", "value, position", ":value, :position"),
};

const struct entity entity_activity_rule = RULES(
    ACTIVITY_RULE, activity_rule, N_("Kind of activity"), activity_fields);
const struct entity entity_duty_rule =
    RULES(DUTY_RULE, duty_rule, N_("Points"), duty_fields);
const struct entity entity_category_rule =
    RULES(CATEGORY_RULE, category_rule, N_("Category"), category_fields);
const struct entity entity_deadline_rule =
    RULES(DEADLINE_RULE, deadline_rule, N_("Deadline"), deadline_fields);
const struct entity entity_reason_rule =
    RULES(REASON_RULE, reason_rule, N_("Reason"), reason_fields);
const struct entity entity_holiday_rule =
    RULES(HOLIDAY_RULE, holiday_rule, N_("Holiday"), holiday_fields);
const struct entity entity_template_rule =
    RULES(TEMPLATE_RULE, template_rule, N_("Text"), template_fields);
const struct entity entity_setting_rule =
    RULES(SETTING_RULE, setting_rule, N_("Setting"), setting_fields);

static const struct list_spec lists[RULE_TABLES] = {
    [RULE_ACTIVITY] = LIST(activity_rule, ACTIVITY_COLUMNS, activity_fields,
                           FINDS, CURRENT_RULE("activity_rule")),
    [RULE_DUTY] = LIST(duty_rule, DUTY_COLUMNS, duty_fields,
                       "EXISTS (SELECT 1 FROM duty_kind AS k"
                       "  WHERE k.name = duty_rule.name AND " FINDS ")",
                       CURRENT_RULE("duty_rule")),
    [RULE_CATEGORY] =
	LIST(category_rule,
             CATEGORY_COLUMNS
             ", (parent <> '') + coalesce((SELECT p.parent <> ''"
             "   FROM category_rule AS p WHERE p.name = category_rule.parent"
             "  LIMIT 1), 0) AS depth",
             category_line_fields,
             "(instr(label, :find) > 0 OR instr(label_en, :find) > 0"
             " OR instr(words, :find) > 0)",
             CURRENT_RULE("category_rule")),
    [RULE_DEADLINE] = LIST(deadline_rule, DEADLINE_COLUMNS, deadline_fields,
                           FINDS, CURRENT_RULE("deadline_rule")),
    [RULE_REASON] = LIST(reason_rule, REASON_COLUMNS, reason_fields, FINDS,
                         CURRENT_RULE("reason_rule")),
    [RULE_HOLIDAY] =
	LIST(holiday_rule, HOLIDAY_COLUMNS, holiday_fields, FINDS,
             "to_on >= iif(:current, substr(:today, 1, 4), '') || '-01-01'"),
    [RULE_TEMPLATE] =
	LIST(template_rule, TEMPLATE_COLUMNS, template_fields,
             "instr(label, :find) > 0", CURRENT_RULE("template_rule")),
    [RULE_SETTING] =
	LIST(setting_rule, "value, position", setting_fields,
             "instr(name, :find) > 0", CURRENT_RULE("setting_rule")),
};

static const struct rule_spec specs[RULE_TABLES] = {
    [RULE_ACTIVITY] = {.name = "activity_kinds",
                       .label = N_("Kinds of activity"),
                       .about = N_("What an activity can be, which duty it "
                                   "counts as, and the sign-in window that "
                                   "its form begins with."),
                       .entity = &entity_activity_rule,
                       .perm = PERM_RULE_WRITE,
                       .parts = RULE_PART_DUTY},
    [RULE_DUTY] = {.name = "points",
                   .label = N_("Points"),
                   .about = N_("What a duty record brings, from a year on. "
                               "Scores and ranks are computed whenever they "
                               "are read, so a change shows at once."),
                   .entity = &entity_duty_rule,
                   .perm = PERM_POINTS_WRITE,
                   .fixed = true,
                   .yearly = true},
    [RULE_CATEGORY] = {.name = "categories",
                       .label = N_("Categories of matters"),
                       .about = N_("A tree of three levels by which matters "
                                   "are sorted and counted."),
                       .entity = &entity_category_rule,
                       .perm = PERM_RULE_WRITE,
                       .parts = RULE_PART_OWN},
    [RULE_DEADLINE] = {.name = "deadlines",
                       .label = N_("Deadlines"),
                       .about = N_("Clocks that matters run by, in working "
                                   "days: Monday to Friday, but for the "
                                   "table of holidays."),
                       .entity = &entity_deadline_rule,
                       .perm = PERM_RULE_WRITE,
                       .fixed = true},
    [RULE_REASON] = {.name = "reasons",
                     .label = N_("Reasons"),
                     .about = N_("What a dialog that asks for a reason "
                                 "offers by its number. Everybody may "
                                 "write another one."),
                     .entity = &entity_reason_rule,
                     .perm = PERM_RULE_WRITE},
    [RULE_HOLIDAY] = {.name = "holidays",
                      .label = N_("Holidays"),
                      .about = N_("Days off, and weekend days that are "
                                  "worked, by the State Council's notice. "
                                  "A year that is not here is counted by "
                                  "its weekends alone: enter the notice "
                                  "when it is out."),
                      .entity = &entity_holiday_rule,
                      .perm = PERM_RULE_WRITE,
                      .by_day = true},
    [RULE_TEMPLATE] = {.name = "texts",
                       .label = N_("Texts"),
                       .about = N_("Texts to begin from: agendas, minutes, "
                                   "notices, replies."),
                       .entity = &entity_template_rule,
                       .perm = PERM_RULE_WRITE,
                       .parts = RULE_PART_CATEGORY},
    [RULE_SETTING] = {.name = "settings",
                      .label = N_("Limits of the site"),
                      .about = N_("Numbers and words by which the whole "
                                  "site works."),
                      .entity = &entity_setting_rule,
                      .perm = PERM_SETTING_WRITE,
                      .fixed = true},
};

const struct rule_spec *
rule_spec(enum rule_table table)
{
	return &specs[table];
}

const struct list_spec *
rule_list_spec(enum rule_table table)
{
	return &lists[table];
}
