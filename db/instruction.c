/* Instructions and their receipts. */
#include "db/instruction.h"

#include <assert.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/entry.h"
#include "db/store/event.h"
#include "db/store/fsm.h"
#include "db/store/stmt.h"

enum { RECEIPTS_MAX = 1000 };

/* clang-format off */
const struct enum_name receipt_states[] = {
	{"sent",        N_("Not received")},
	{"received",    N_("Received")},
	{"in_progress", N_("In progress")},
	{"done",        N_("Done")},
	{NULL, NULL},
};

const struct field instruction_fields[] = {
	FIELD(instruction, id,      REF,   N_("Number"), .readonly = true),
	FIELD(instruction, unit,    REF,   N_("Unit"), .readonly = true),
	FIELD(instruction, title,   TEXT,  N_("Title"), .max = INSTRUCTION_TITLE_MAX, .required = true),
	FIELD(instruction, text,    LINES, N_("Text"), .max = INSTRUCTION_TEXT_MAX, .required = true),
	FIELD(instruction, due_at,  TIME,  N_("Due"), .required = true),
	FIELD(instruction, sent_at, TIME,  N_("Sent"), .readonly = true),
	FIELD(instruction, sent_by, REF,   N_("Sent by"), .readonly = true),
	FIELD_END,
};

static const struct field receipt_fields[] = {
	FIELD(receipt, id,          REF,  N_("Number"), .readonly = true),
	FIELD(receipt, instruction, REF,  N_("Instruction"), .readonly = true),
	FIELD(receipt, unit,        REF,  N_("Unit"), .readonly = true),
	FIELD(receipt, station,     REF,  N_("Station"), .readonly = true),
	FIELD(receipt, due_at,      TIME, N_("Due"), .readonly = true),
	FIELD(receipt, state,       ENUM, N_("State"), .names = receipt_states, .readonly = true),
	FIELD(receipt, received_at, TIME, N_("Received"), .readonly = true),
	FIELD(receipt, received_by, REF,  N_("Received by"), .readonly = true),
	FIELD(receipt, done_at,     TIME, N_("Done"), .readonly = true),
	FIELD(receipt, note,        TEXT, N_("Report"), .max = INSTRUCTION_NOTE_MAX, .readonly = true),
	FIELD_END,
};

static const struct field receipt_line_fields[] = {
	FIELD(receipt_line, id,          REF,  N_("Number")),
	FIELD(receipt_line, unit,        REF,  N_("Unit")),
	FIELD(receipt_line, station,     REF,  N_("Station")),
	FIELD(receipt_line, name,        TEXT, N_("Called")),
	FIELD(receipt_line, due_at,      TIME, N_("Due")),
	FIELD(receipt_line, state,       ENUM, N_("State"), .names = receipt_states),
	FIELD(receipt_line, received_at, TIME, N_("Received")),
	FIELD(receipt_line, received_by, TEXT, N_("Received by")),
	FIELD(receipt_line, done_at,     TIME, N_("Done")),
	FIELD(receipt_line, note,        TEXT, N_("Report")),
	FIELD_END,
};

const struct field instruction_line_fields[] = {
	FIELD(instruction_line, id,       REF,  N_("Number"), .width = 6),
	FIELD(instruction_line, sender,   TEXT, N_("Sent from"), .width = 10),
	FIELD(instruction_line, title,    TEXT, N_("Instruction"), .width = 30),
	FIELD(instruction_line, due_at,   TIME, N_("Due"), .width = 11),
	FIELD(instruction_line, sent_at,  TIME, N_("Sent"), .width = 11),
	FIELD(instruction_line, total,    INT,  N_("Sent to"), .width = 8),
	FIELD(instruction_line, received, INT,  N_("Received"), .width = 8),
	FIELD(instruction_line, done,     INT,  N_("Done"), .width = 8),
	FIELD(instruction_line, late,     INT,  N_("Overdue"), .width = 6),
	FIELD(instruction_line, mine,     INT,  N_("My receipt"), .width = 12),
	FIELD_END,
};

static const struct step steps[RECEIPT_STEPS] = {
	[RECEIPT_DO_RECEIVE] = {"receive", N_("Confirm receipt")},
	[RECEIPT_DO_REPORT]  = {"report",  N_("Report progress")},
	[RECEIPT_DO_FINISH]  = {"done",    N_("Report it done")},
	[RECEIPT_DO_RETURN]  = {"return",  N_("Ask for more")},
};

static const struct edge edges[] = {
	/* from                on                  to                   who may                reason */
	{RECEIPT_SENT,        RECEIPT_DO_RECEIVE, RECEIPT_RECEIVED,    PERM_STATION_WRITE,    false},
	{RECEIPT_RECEIVED,    RECEIPT_DO_REPORT,  RECEIPT_IN_PROGRESS, PERM_STATION_WRITE,    true},
	{RECEIPT_IN_PROGRESS, RECEIPT_DO_REPORT,  RECEIPT_IN_PROGRESS, PERM_STATION_WRITE,    true},
	{RECEIPT_RECEIVED,    RECEIPT_DO_FINISH,  RECEIPT_DONE,        PERM_STATION_WRITE,    false},
	{RECEIPT_IN_PROGRESS, RECEIPT_DO_FINISH,  RECEIPT_DONE,        PERM_STATION_WRITE,    false},
	{RECEIPT_DONE,        RECEIPT_DO_RETURN,  RECEIPT_IN_PROGRESS, PERM_INSTRUCTION_SEND, true},
};
/* clang-format on */

static const enum action actions[RECEIPT_STEPS] = {
    [RECEIPT_DO_RECEIVE] = ACTION_RECEIPT_RECEIVE,
    [RECEIPT_DO_REPORT] = ACTION_RECEIPT_REPORT,
    [RECEIPT_DO_FINISH] = ACTION_RECEIPT_DONE,
    [RECEIPT_DO_RETURN] = ACTION_RECEIPT_RETURN,
};

enum { SQL_GET, SQL_ADD, SQL_COUNT };

static const char *const sql[] = {
    [SQL_GET] = "SELECT instruction.* FROM instruction"
		" WHERE instruction.id = :id AND @scope",
    [SQL_ADD] = "INSERT INTO instruction (id, unit, title, text, due_at,"
		" sent_at, sent_by)"
		" VALUES (:id, :unit, :title, :text, :due_at, :sent_at,"
		" :sent_by)",
};

/* Who sent it, and those it went to. */
static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "instruction.unit = :my_unit OR EXISTS (SELECT 1"
		   " FROM receipt AS own WHERE own.instruction ="
		   " instruction.id AND own.unit = :my_unit)",
    [SCOPE_STATION] = "EXISTS (SELECT 1 FROM receipt AS own"
		      " WHERE own.instruction = instruction.id"
		      "   AND own.unit = :my_unit"
		      "   AND own.station = :my_station)",
};

const struct entity entity_instruction = {
    .kind = ENTITY_INSTRUCTION,
    .name = "instruction",
    .label = N_("Instruction"),
    .fields = instruction_fields,
    .scope = scope,
    .sql = sql,
    .sql_count = SQL_COUNT,
};

enum {
	RECEIPT_SQL_GET,
	RECEIPT_SQL_MINE,
	RECEIPT_SQL_LIST,
	RECEIPT_SQL_ADD,
	RECEIPT_SQL_NOTE,
	RECEIPT_SQL_STATION,
	RECEIPT_SQL_COUNT
};

static const char *const receipt_sql[] = {
    [RECEIPT_SQL_GET] = "SELECT receipt.* FROM receipt"
			" WHERE receipt.id = :id AND @scope",
    [RECEIPT_SQL_MINE] = "SELECT receipt.* FROM receipt"
			 " WHERE receipt.instruction = :instruction"
			 "   AND receipt.unit = :my_unit"
			 "   AND ifnull(receipt.station, 0) = :station"
			 "   AND @scope",
    [RECEIPT_SQL_LIST] =
	"SELECT receipt.id, receipt.unit, receipt.station,"
	" CASE WHEN receipt.station IS NULL THEN u.name ELSE s.name END"
	" AS name, receipt.due_at, receipt.state, receipt.received_at,"
	" coalesce((SELECT p.name FROM person AS p"
	"            WHERE p.id = receipt.received_by), '') AS received_by,"
	" receipt.done_at, receipt.note"
	" FROM receipt CROSS JOIN unit AS u ON u.id = receipt.unit"
	" CROSS JOIN station AS s ON s.unit = receipt.unit"
	" WHERE receipt.instruction = :id AND @scope"
	" ORDER BY u.position, ifnull(receipt.station, 0)",
    [RECEIPT_SQL_ADD] = "INSERT INTO receipt (id, instruction, unit, station,"
			" due_at, state)"
			" VALUES (:id, :instruction, :unit, :station,"
			" :due_at, 'sent')",
    [RECEIPT_SQL_NOTE] =
	"UPDATE receipt SET note = :note, received_at = :received_at,"
	" received_by = :received_by, done_at = :done_at"
	" WHERE id = :id AND @scope",
    [RECEIPT_SQL_STATION] = "SELECT id FROM station WHERE unit = :unit",
};

static const char *const receipt_scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "receipt.unit = :my_unit",
    [SCOPE_STATION] = "receipt.station = :my_station",
};

const struct entity entity_receipt = {
    .kind = ENTITY_RECEIPT,
    .name = "receipt",
    .label = N_("Receipt"),
    .fields = receipt_fields,
    .scope = receipt_scope,
    .sql = receipt_sql,
    .sql_count = RECEIPT_SQL_COUNT,
    .states = receipt_states,
    .edges = edges,
    .edge_count = COUNT(edges),
    .steps = steps,
    .step_count = COUNT(steps),
};

/* --- the list --------------------------------------------------------- */

/* What the acting hat sees of a row's receipts: a county's hat has neither
 * unit nor station, a unit's all of its unit, a station's its own. */
#define COUNTED(more)                                                          \
	"(SELECT count(*) FROM receipt AS r"                                   \
	"  WHERE r.instruction = instruction.id"                               \
	"    AND r.unit = coalesce(:my_unit, r.unit)"                          \
	"    AND ifnull(r.station, 0) ="                                       \
	"        coalesce(:my_station, ifnull(r.station, 0))" more ")"

static const struct list_filter filters[INSTRUCTION_LIST_FILTERS] = {
    [INSTRUCTION_LIST_TITLE] = {.name = "title",
                                .label = N_("Title"),
                                .predicate =
                                    "instr(instruction.title, :title) > 0",
                                .is_text = true},
};

static const struct list_order orders[] = {
    {.name = "latest",
     .label = N_("Newest first"),
     .keys = {"instruction.sent_at", "instruction.id"},
     .descending = true},
};

/* clang-format off */
const struct list_spec instruction_list = {
    .entity = &entity_instruction,
    .needs = PERM_STATION_READ,
    .columns =
	"instruction.id, coalesce((SELECT u.name FROM unit AS u"
	"   WHERE u.id = instruction.unit), '') AS sender,"
	" instruction.title, instruction.due_at, instruction.sent_at,"
	" " COUNTED("") " AS total,"
	" " COUNTED(" AND r.state <> 'sent'") " AS received,"
	" " COUNTED(" AND r.state = 'done'") " AS done,"
	" " COUNTED(" AND r.state <> 'done' AND r.due_at < :now") " AS late,"
	" coalesce((SELECT CASE r.state WHEN 'sent' THEN 0"
	"     WHEN 'received' THEN 1 WHEN 'in_progress' THEN 2 ELSE 3 END"
	"   FROM receipt AS r WHERE r.instruction = instruction.id"
	"    AND r.unit = :my_unit"
	"    AND ifnull(r.station, 0) = ifnull(:my_station, 0)), -1) AS mine",
    .from = "instruction",
    .filters = filters,
    .filter_count = COUNT(filters),
    .orders = orders,
    .order_count = COUNT(orders),
    .fields = instruction_line_fields,
    .row_size = sizeof(struct instruction_line),
};
/* clang-format on */

/* --- reading ---------------------------------------------------------- */

int
instruction_get(struct ctx *c, struct arena *a, struct instruction_id id,
                struct instruction *out)
{
	struct stmt *q;

	if (!may(c, PERM_STATION_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_instruction, SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, instruction_fields, out);
}

int
instruction_receipts(struct ctx *c, struct arena *a, struct instruction_id id,
                     struct receipt_line **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_STATION_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_receipt, RECEIPT_SQL_LIST);
	bind_id(q, ":id", id.v);
	return stmt_all(q, a, receipt_line_fields, sizeof(**rows), RECEIPTS_MAX,
	                rows, n);
}

int
receipt_mine(struct ctx *c, struct arena *a, struct instruction_id id,
             struct receipt *out)
{
	struct stmt *q;

	if (!may(c, PERM_STATION_READ))
		return ERR_DENIED;
	if (c->scope != SCOPE_UNIT && c->scope != SCOPE_STATION)
		return ERR_NOT_FOUND;
	q = ctx_stmt(c, &entity_receipt, RECEIPT_SQL_MINE);
	bind_id(q, ":instruction", id.v);
	bind_int(q, ":station", c->scope == SCOPE_STATION ? c->my_station : 0);
	return stmt_one(q, a, receipt_fields, out);
}

/* --- sending ---------------------------------------------------------- */

static int
add_receipt(struct ctx *c, const struct instruction *of, struct unit_id unit,
            struct station_id station)
{
	struct receipt row = {
	    .id = {ctx_new_id(c, &entity_receipt)},
	    .instruction = of->id,
	    .unit = unit,
	    .station = station,
	    .due_at = of->due_at,
	};
	struct stmt *q = ctx_stmt(c, &entity_receipt, RECEIPT_SQL_ADD);

	event_about(c, ENTITY_UNIT, unit.v);
	bind_fields(q, receipt_fields, &row);
	return stmt_run(q, NULL);
}

static int
station_of(struct ctx *c, struct unit_id unit, struct station_id *station)
{
	struct stmt *q = ctx_stmt(c, &entity_receipt, RECEIPT_SQL_STATION);

	bind_id(q, ":unit", unit.v);
	return stmt_int(q, &station->v);
}

static int
write_all(struct ctx *c, struct instruction *row, const struct unit_id *units,
          int n)
{
	struct station_id station = {0};
	struct stmt *q;
	int err;

	row->id.v = ctx_new_id(c, &entity_instruction);
	row->sent_at = ctx_now(c);
	row->sent_by.v = c->me;
	event_subject(c, row->id.v, row->unit.v);
	q = ctx_stmt(c, &entity_instruction, SQL_ADD);
	bind_fields(q, instruction_fields, row);
	err = stmt_run(q, NULL);
	if (row->unit.v != 0) { /* a unit's goes to its station */
		if (err == OK)
			err = station_of(c, row->unit, &station);
		return err != OK ? err
		                 : add_receipt(c, row, row->unit, station);
	}
	for (int i = 0; err == OK && i < n; i++)
		err = add_receipt(c, row, units[i], station);
	return err;
}

int
instruction_send(struct ctx *c, const struct instruction *entry,
                 const struct unit_id *units, int n, struct instruction_id *id)
{
	struct instruction row = *entry;
	struct arena *a;
	int err;

	if (!may(c, PERM_INSTRUCTION_SEND) ||
	    (c->scope != SCOPE_COUNTY && c->scope != SCOPE_UNIT))
		return ERR_DENIED;
	a = arena_new();
	row.unit.v = c->scope == SCOPE_UNIT ? c->my_unit : 0;
	ctx_check_begin(c);
	entry_clean(c, a, instruction_fields, &row);
	if (row.due_at.s < ctx_now(c).s)
		ctx_fault(c, "due_at", N_("This day is over."));
	if (row.unit.v == 0 && n == 0)
		ctx_fault(c, "units", N_("Choose who it goes to."));
	err = ctx_check_end(c);
	if (err == OK)
		err = event_begin(c, ACTION_INSTRUCTION_SEND,
		                  ENTITY_INSTRUCTION, 0, row.unit.v);
	if (err == OK)
		err = event_end(c, write_all(c, &row, units, n));
	if (err == OK)
		*id = row.id;
	arena_free(a);
	return err;
}

int
instruction_pass(struct ctx *c, struct instruction_id id)
{
	struct arena *a = arena_new();
	struct instruction row;
	struct receipt mine;
	struct station_id station;
	int err = may(c, PERM_INSTRUCTION_SEND) && c->scope == SCOPE_UNIT
	              ? instruction_get(c, a, id, &row)
	              : ERR_DENIED;

	if (err == OK)
		err = receipt_mine(c, a, id, &mine);
	if (err == OK && mine.state == RECEIPT_SENT)
		err = ERR_STATE;
	if (err == OK)
		err = station_of(c, mine.unit, &station);
	if (err == OK)
		err = event_begin(c, ACTION_INSTRUCTION_PASS,
		                  ENTITY_INSTRUCTION, id.v, mine.unit.v);
	if (err == OK)
		err = event_end(c, add_receipt(c, &row, mine.unit, station));
	arena_free(a);
	return err;
}

/* --- a receipt's steps ------------------------------------------------ */

/* Its own hat answers it; who sent the instruction asks for more. */
static int
may_step(struct ctx *c, struct arena *a, const struct receipt *row,
         enum receipt_step step)
{
	struct instruction of;
	int err;

	if (step != RECEIPT_DO_RETURN)
		return (c->scope == SCOPE_UNIT && row->station.v == 0) ||
		               (c->scope == SCOPE_STATION &&
		                row->station.v == c->my_station)
		           ? OK
		           : ERR_DENIED;
	err = instruction_get(c, a, row->instruction, &of);
	if (err != OK)
		return err;
	return of.unit.v == (c->scope == SCOPE_UNIT ? c->my_unit : 0) &&
	               c->scope != SCOPE_STATION
	           ? OK
	           : ERR_DENIED;
}

static int
write_step(struct ctx *c, struct receipt *row, enum receipt_step step)
{
	struct stmt *q;
	int err = fsm_fire(c, &entity_receipt, row->id.v, step, NULL);

	if (err != OK)
		return err;
	if (step == RECEIPT_DO_RECEIVE) {
		row->received_at = ctx_now(c);
		row->received_by.v = c->me;
	}
	row->done_at.s = step == RECEIPT_DO_FINISH ? ctx_now(c).s : 0;
	q = ctx_stmt(c, &entity_receipt, RECEIPT_SQL_NOTE);
	bind_fields(q, receipt_fields, row);
	return stmt_run(q, NULL);
}

int
receipt_fire(struct ctx *c, struct receipt_id id, enum receipt_step step,
             const char *note)
{
	struct arena *a = arena_new();
	const struct edge *edge = NULL;
	struct receipt row;
	struct stmt *q;
	int err;

	assert(step < RECEIPT_STEPS);
	q = ctx_stmt(c, &entity_receipt, RECEIPT_SQL_GET);
	bind_id(q, ":id", id.v);
	err = may(c, PERM_STATION_READ) ? stmt_one(q, a, receipt_fields, &row)
	                                : ERR_DENIED;
	if (err == OK)
		err = may_step(c, a, &row, step);
	if (err == OK) {
		edge = fsm_edge(&entity_receipt, row.state, step);
		err = edge == NULL ? ERR_STATE : OK;
	}
	if (err != OK)
		goto done;
	ctx_check_begin(c);
	row.note = entry_text(c, a, "note", note, TEXT_LINE,
	                      INSTRUCTION_NOTE_MAX, edge->wants_reason);
	err = ctx_check_end(c);
	if (err == OK)
		err = event_begin(c, actions[step], ENTITY_RECEIPT, id.v,
		                  row.unit.v);
	if (err != OK)
		goto done;
	event_reason(c, row.note);
	event_about(c, ENTITY_INSTRUCTION, row.instruction.v);
	err = event_end(c, write_step(c, &row, step));
done:
	arena_free(a);
	return err;
}
