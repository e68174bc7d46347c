/* Reading the audit. What it keeps of personal text is a hash, so a row shows
 * that a text changed and not what it said. */
#include "db/audit_list.h"

#include <string.h>

#include "db/base/i18n.h"
#include "db/store/audit.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

/* clang-format off */
const struct field audit_line_fields[] = {
	FIELD(audit_line, seq,          INT,   N_("Number"),  .width = 9),
	FIELD(audit_line, at,           TIME,  N_("Time"),    .width = 16),
	FIELD(audit_line, event,        INT,   N_("Event"),   .width = 9),
	FIELD(audit_line, action,       TOKEN, N_("Action"),  .width = 20),
	FIELD(audit_line, account,      TOKEN, N_("Account"), .width = 12),
	FIELD(audit_line, name,         TEXT,  N_("Name"),    .width = 10),
	FIELD(audit_line, label,        TEXT,  N_("Office"),  .width = 10),
	FIELD(audit_line, label_en,     TEXT,  N_("Office"),  .width = 10),
	FIELD(audit_line, subject_kind, TOKEN, N_("Kind"),    .width = 12),
	FIELD(audit_line, subject,      INT,   N_("Record"),  .width = 8),
	FIELD(audit_line, unit,         INT,   N_("Unit")),
	FIELD(audit_line, unit_name,    TEXT,  N_("Unit"),    .width = 12),
	FIELD(audit_line, detail,       LINES, N_("Detail")),
	FIELD(audit_line, hash,         TOKEN, N_("SHA-256")),
	FIELD_END,
};

static const struct field change_fields[] = {
	FIELD(audit_change, kind,   TOKEN, ""),
	FIELD(audit_change, id,     INT,   ""),
	FIELD(audit_change, op,     TOKEN, ""),
	FIELD(audit_change, column, TOKEN, ""),
	FIELD(audit_change, before, TEXT,  ""),
	FIELD(audit_change, after,  TEXT,  ""),
	FIELD_END,
};

static const struct list_filter filters[AUDIT_LIST_FILTERS] = {
	[AUDIT_LIST_ACCOUNT] = {.name = "account", .label = N_("Account"),
		.predicate = "audit.account = :account"},
	[AUDIT_LIST_ACTION] = {.name = "action", .label = N_("Action"),
		.predicate = "audit.action = :action", .is_text = true},
	/* + : the audit is walked, not the events */
	[AUDIT_LIST_KIND] = {.name = "kind", .label = N_("Kind"),
		.predicate = "+event.subject_kind = :kind", .is_text = true},
	[AUDIT_LIST_UNIT] = {.name = "unit", .label = N_("Unit"),
		.predicate = "+event.unit = :unit"},
	[AUDIT_LIST_FROM] = {.name = "first", .label = N_("From"),
		.predicate = "audit.seq >= :first"},
	[AUDIT_LIST_TO] = {.name = "last", .label = N_("Until"),
		.predicate = "audit.seq <= :last"},
};
/* clang-format on */

static const struct list_order orders[] = {
    {.name = "newest",
     .label = N_("Newest first"),
     .keys = {"audit.seq"},
     .descending = true},
};

#define COLUMNS                                                                \
	"audit.seq AS seq, audit.at AS at, coalesce(audit.event, 0) AS event," \
	" audit.action AS action, coalesce(account.name, '') AS account,"      \
	" coalesce(person.name, '') AS name, coalesce(role.label, '') AS"      \
	" label, coalesce(role.label_en, '') AS label_en,"                     \
	" coalesce(event.subject_kind, audit.detail ->> '$.subject[0]', '') "  \
	"AS"                                                                   \
	" subject_kind, coalesce(event.subject,"                               \
	" audit.detail ->> '$.subject[1]', 0) AS subject, event.unit AS unit," \
	" coalesce(unit.name, '') AS unit_name, audit.detail AS detail,"       \
	" audit.hash AS hash"
#define FROM                                                                   \
	"audit LEFT JOIN account ON account.id = audit.account"                \
	" LEFT JOIN person ON person.id = account.person"                      \
	" LEFT JOIN office ON office.id = audit.office"                        \
	" LEFT JOIN role ON role.name = office.role"                           \
	" LEFT JOIN event ON event.id = audit.event"                           \
	" LEFT JOIN unit ON unit.id = event.unit"

const struct list_spec audit_list = {
    .entity = &entity_audit,
    .needs = PERM_AUDIT_READ,
    .columns = COLUMNS,
    .from = FROM,
    .filters = filters,
    .filter_count = COUNT(filters),
    .orders = orders,
    .order_count = COUNT(orders),
    .fields = audit_line_fields,
    .row_size = sizeof(struct audit_line),
};

static const char sql_line[] =
    "SELECT " COLUMNS " FROM " FROM " WHERE audit.seq = :seq AND @scope";
static const char sql_at[] = "SELECT at FROM audit WHERE seq = :seq AND @scope";
/* From one to the next along the index: there are some fifty. */
static const char sql_actions[] =
    "WITH RECURSIVE each (action) AS ("
    "  SELECT min(action) FROM audit"
    "  UNION ALL SELECT (SELECT min(action) FROM audit"
    "                     WHERE action > each.action) FROM each"
    "   WHERE each.action IS NOT NULL)"
    " SELECT action FROM each WHERE action IS NOT NULL";
static const char sql_changes[] =
    "SELECT r.value ->> 0 AS kind, r.value ->> 1 AS id, r.value ->> 2 AS op,"
    "       coalesce(w.key, '') AS column,"
    "       coalesce(w.value ->> 0, '') AS before,"
    "       coalesce(w.value ->> 1, '') AS after"
    "  FROM audit JOIN json_each(audit.detail, '$.rows') AS r"
    "  LEFT JOIN json_each(iif(json_type(r.value, '$[3]') = 'object',"
    "                          r.value -> '$[3]', '{}')) AS w"
    " WHERE audit.seq = :seq AND @scope";

int
audit_line_get(struct ctx *c, struct arena *a, int64_t seq,
               struct audit_line *out)
{
	struct stmt *q;

	if (!may(c, PERM_AUDIT_READ))
		return ERR_DENIED;
	q = ctx_sql(c, &entity_audit, sql_line);
	bind_int(q, ":seq", seq);
	return stmt_one(q, a, audit_line_fields, out);
}

int
audit_first_from(struct ctx *c, struct instant at, int64_t *seq)
{
	struct audit_head head;
	int64_t low = 1, high;
	int err;

	if (!may(c, PERM_AUDIT_READ))
		return ERR_DENIED;
	err = audit_head(c, &head);
	high = head.seq + 1;
	while (err == OK && low < high) {
		int64_t middle = low + (high - low) / 2, then;
		struct stmt *q = ctx_sql(c, &entity_audit, sql_at);

		bind_int(q, ":seq", middle);
		err = stmt_int(q, &then);
		if (err == OK && then < at.s)
			low = middle + 1;
		else
			high = middle;
	}
	if (err == OK)
		*seq = low;
	return err;
}

/* What is audited without being an event. */
static const struct enum_name bare[] = {
    {"sign_in.failed", N_("failed sign-ins")},
    {"penalty.forgive", N_("forgave failed sign-ins")},
    {"contact.open", N_("opened a contact")},
    {"contact.refuse", N_("contact refused")},
    {"attachment.fetch", N_("fetched a file")},
    {"transfer.fetch", N_("fetched a file")},
    {"transfer.send", N_("sent a file")},
    {"transfer.broken", N_("a file did not arrive whole")},
};

const char *
audit_action_label(const char *action)
{
	enum action known = action_of(action);

	if (known != ACTIONS)
		return action_label(known);
	for (size_t i = 0; i < COUNT(bare); i++)
		if (strcmp(action, bare[i].name) == 0)
			return bare[i].label;
	return action;
}

int
audit_account(struct ctx *c, const char *name, struct account_id *out)
{
	static const char sql_account[] =
	    "SELECT id FROM account WHERE name = :name";
	struct stmt *q;

	if (!may(c, PERM_AUDIT_READ))
		return ERR_DENIED;
	q = ctx_sql(c, NULL, sql_account);
	bind_text(q, ":name", name);
	return stmt_int(q, &out->v);
}

int
audit_units(struct ctx *c, struct arena *a, struct audit_unit **rows, int *n)
{
	static const char sql_units[] =
	    "SELECT id AS unit, name FROM unit ORDER BY position, id";
	static const struct field fields[] = {
	    FIELD(audit_unit, unit, REF, ""),
	    FIELD(audit_unit, name, TEXT, ""),
	    FIELD_END,
	};
	enum { UNITS_MAX = 500 };

	if (!may(c, PERM_AUDIT_READ))
		return ERR_DENIED;
	return stmt_all(ctx_sql(c, NULL, sql_units), a, fields, sizeof(**rows),
	                UNITS_MAX, rows, n);
}

int
audit_actions(struct ctx *c, struct arena *a, const char ***names, int *n)
{
	enum { NAMES_MAX = 200 };
	const char **all = arena_alloc(a, sizeof(*all) * NAMES_MAX);
	struct stmt *q;
	int count = 0, err;

	if (!may(c, PERM_AUDIT_READ))
		return ERR_DENIED;
	q = ctx_sql(c, NULL, sql_actions);
	while (count < NAMES_MAX && stmt_next(q))
		all[count++] = arena_strdup(a, col_text(q, 0));
	err = stmt_end(q);
	if (err == OK) {
		*names = all;
		*n = count;
	}
	return err;
}

int
audit_changes(struct ctx *c, struct arena *a, int64_t seq, int max,
              struct audit_change **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_AUDIT_READ))
		return ERR_DENIED;
	q = ctx_sql(c, &entity_audit, sql_changes);
	bind_int(q, ":seq", seq);
	return stmt_all(q, a, change_fields, sizeof(**rows), max, rows, n);
}
