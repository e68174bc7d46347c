/* The list of people: what they are now, by pinyin or by strokes. */
#include "db/base/i18n.h"
#include "db/person.h"
#include "db/predicates.h"

/* clang-format off */
static const struct field fields[] = {
	FIELD(person_line, id,        REF,   N_("Number")),
	FIELD(person_line, unit,      REF,   N_("Unit")),
	FIELD(person_line, unit_name, TEXT,  N_("Unit"),   .width = 10),
	FIELD(person_line, name,      TEXT,  N_("Name"),   .width = 10),
	FIELD(person_line, pinyin,    TOKEN, N_("Pinyin"), .width = 20),
	FIELD(person_line, job,       TEXT,  N_("Post"),   .width = 24),
	FIELD(person_line, county,    BOOL,  N_("County deputy")),
	FIELD(person_line, town,      BOOL,  N_("Town deputy")),
	FIELD(person_line, offices,   INT,   N_("Offices")),
	FIELD(person_line, label,     TEXT,  N_("Office")),
	FIELD(person_line, label_en,  TEXT,  N_("Office")),
	FIELD_END,
};

#define MANDATE(more)                                                          \
	"EXISTS (SELECT 1 FROM mandate AS m WHERE m.person = person.id"         \
	" AND " CURRENT("m") more ")"
#define OFFICE                                                                 \
	" FROM office AS o WHERE o.person = person.id AND o.role <> 'deputy'"    \
	" AND " CURRENT("o")

static const struct list_filter filters[] = {
	[PERSON_LIST_UNIT] = {.name = "unit", .label = N_("Unit"),
	                      .predicate = "person.unit = :unit"},
	[PERSON_LIST_TERM] = {.name = "term", .label = N_("Term"),
	                      .predicate = "EXISTS (SELECT 1 FROM mandate AS t"
	                                   " WHERE t.person = person.id AND t.term = :term)"},
	[PERSON_LIST_DEPUTIES] = {.name = "deputies", .label = N_("Deputies now"),
	                          .predicate = MANDATE("") " = :deputies"},
	[PERSON_LIST_OFFICERS] = {.name = "officers", .label = N_("In office now"),
	                          .predicate = "EXISTS (SELECT 1" OFFICE ") = :officers"},
	[PERSON_LIST_LEFT] = {.name = "left", .label = N_("Those who left"),
	                      .predicate = "(NOT " MANDATE("") " AND NOT EXISTS"
	                                   " (SELECT 1 FROM office AS o WHERE o.person = person.id"
	                                   "   AND " CURRENT("o") ")) = :left"},
	[PERSON_LIST_FIND] = {.name = "find", .label = N_("Name"),
	                      .predicate = PERSON_FINDS, .is_text = true},
};

static const struct list_order orders[] = {
	[PERSON_BY_PINYIN] = {.name = "pinyin", .label = N_("By pinyin"),
	                      .keys = {"person.pinyin", "person.id"}},
	[PERSON_BY_STROKE] = {.name = "stroke", .label = N_("By strokes"),
	                      .keys = {"person.stroke", "person.id"}},
};

#define OFFICE_WORD(column)                                                    \
	" coalesce((SELECT r." column " FROM role AS r WHERE r.name = (SELECT o.role" \
	OFFICE " LIMIT 1)), '') AS " column

#define COLUMNS                                                                \
	"person.id AS id, person.unit AS unit,"                                 \
	" coalesce((SELECT u.name FROM unit AS u WHERE u.id = person.unit), '')" \
	" AS unit_name, person.name AS name, person.pinyin AS pinyin,"          \
	" person.job AS job, " MANDATE(" AND m.level = 'county'") " AS county,"  \
	" " MANDATE(" AND m.level = 'town'") " AS town,"                         \
	" (SELECT count(*)" OFFICE ") AS offices,"                               \
	OFFICE_WORD("label") "," OFFICE_WORD("label_en")
/* clang-format on */

const struct list_spec person_list = {
    .entity = &entity_person,
    .needs = PERM_ORG_READ,
    .columns = COLUMNS,
    .from = "person",
    .filters = filters,
    .filter_count = COUNT(filters),
    .orders = orders,
    .order_count = COUNT(orders),
    .fields = fields,
    .row_size = sizeof(struct person_line),
};
