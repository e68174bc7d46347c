/* Codes as lists: of those who run activities, and of the administrator, who
 * sees which code it is and not what the activity is about. */
#include "db/base/i18n.h"
#include "db/code.h"

/* clang-format off */
const struct field code_line_fields[] = {
	FIELD(code_line, id,         REF,   N_("Number"), .width = 7),
	FIELD(code_line, kind,       ENUM,  N_("Kind"), .names = code_kinds, .width = 14),
	FIELD(code_line, subject,    INT,   N_("Of"), .width = 7),
	FIELD(code_line, what,       TEXT,  N_("What for"), .width = 24),
	FIELD(code_line, unit_name,  TEXT,  N_("Unit"), .width = 12),
	FIELD(code_line, valid_from, TIME,  N_("Valid from"), .width = 16),
	FIELD(code_line, valid_to,   TIME,  N_("Valid until"), .width = 16),
	FIELD(code_line, revoked_at, TIME,  N_("Revoked"), .width = 16),
	FIELD(code_line, scans,      INT,   N_("Uses"), .width = 6),
	FIELD_END,
};

static const struct list_filter filters[CODE_LIST_FILTERS] = {
	[CODE_LIST_KIND] = {.name = "kind", .label = N_("Kind"),
		.predicate = "+code.kind = :kind", .is_text = true},
	[CODE_LIST_UNIT] = {.name = "unit", .label = N_("Unit"),
		.predicate = "code.unit = :unit"},
	[CODE_LIST_LIVE] = {.name = "live", .label = N_("Valid now or later"),
		.predicate = "(code.revoked_at IS NULL AND"
		             " code.valid_to >= :now) = :live"},
};
/* clang-format on */

static const struct list_order orders[] = {
    {.name = "newest",
     .label = N_("Newest first"),
     .keys = {"code.id"},
     .descending = true},
};

#define COLUMNS(of_activity)                                                   \
	"code.id, code.kind, code.subject, unit.name AS unit_name,"            \
	" code.valid_from, code.valid_to, code.revoked_at,"                    \
	" coalesce((SELECT n FROM counter WHERE what = 'code.scans'"           \
	"   AND id = code.id AND period = 0 AND part = ''), 0) AS scans,"      \
	" coalesce(CASE code.kind WHEN 'activity' THEN " of_activity           \
	"   WHEN 'station' THEN (SELECT s.name FROM station AS s"              \
	"                         WHERE s.id = code.subject)"                  \
	"   ELSE (SELECT p.name FROM person AS p WHERE p.id = code.subject)"   \
	"  END, '') AS what"

#define LIST(needs_, of_activity)                                              \
	{                                                                      \
		.entity = &entity_code, .needs = (needs_),                     \
		.columns = COLUMNS(of_activity),                               \
		.from = "code CROSS JOIN unit ON unit.id = code.unit",         \
		.filters = filters, .filter_count = COUNT(filters),            \
		.orders = orders, .order_count = COUNT(orders),                \
		.fields = code_line_fields,                                    \
		.row_size = sizeof(struct code_line)                           \
	}

const struct list_spec code_list =
    LIST(PERM_CODE_WRITE, "(SELECT a.title FROM activity AS a"
                          "  WHERE a.id = code.subject)");
const struct list_spec code_bare_list = LIST(PERM_CODE_MANAGE, "''");
