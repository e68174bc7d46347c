/*
 * Instructions, from the county to units and on to their stations, or from a
 * unit to its station. Each unit or station it went to has a receipt, which
 * goes from sent to received, in progress and done; what was reported when
 * is in the receipt's events. The sender sees who has not received it and
 * who is late.
 */
#ifndef DB_INSTRUCTION_H
#define DB_INSTRUCTION_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/ids.h"
#include "db/store/ctx.h"
#include "db/store/list.h"

enum {
	INSTRUCTION_TITLE_MAX = 60, /* characters */
	INSTRUCTION_TEXT_MAX = 4000,
	INSTRUCTION_NOTE_MAX = 200
};

enum receipt_state {
	RECEIPT_SENT,
	RECEIPT_RECEIVED,
	RECEIPT_IN_PROGRESS,
	RECEIPT_DONE
};
enum receipt_step {
	RECEIPT_DO_RECEIVE,
	RECEIPT_DO_REPORT, /* progress, in words */
	RECEIPT_DO_FINISH,
	RECEIPT_DO_RETURN, /* the sender: done is not enough, with a reason */
	RECEIPT_STEPS
};

struct instruction {
	struct instruction_id id;
	struct unit_id unit; /* who sends it; 0: the county */
	const char *title, *text;
	struct instant due_at; /* the end of a day */
	struct instant sent_at;
	struct person_id sent_by;
};

struct receipt {
	struct receipt_id id;
	struct instruction_id instruction;
	struct unit_id unit;
	struct station_id station; /* 0: the unit itself */
	struct instant due_at;
	int state; /* enum receipt_state */
	struct instant received_at;
	struct person_id received_by;
	struct instant done_at;
	const char *note; /* the newest report */
};

/* A receipt as the page of an instruction shows it. */
struct receipt_line {
	struct receipt_id id;
	struct unit_id unit;
	struct station_id station;
	const char *name; /* of the unit or the station */
	struct instant due_at;
	int state; /* enum receipt_state */
	struct instant received_at;
	const char *received_by; /* "" nobody yet */
	struct instant done_at;
	const char *note;
};

/* A row of instruction_list. Counts are of the receipts in scope. */
struct instruction_line {
	struct instruction_id id;
	const char *sender; /* the unit's name; "" the county */
	const char *title;
	struct instant due_at, sent_at;
	int64_t total, received, done; /* received: or further */
	int64_t late;                  /* not done, and past due_at */
	int64_t mine; /* enum receipt_state of the acting hat; -1 none */
};

extern const struct entity entity_instruction, entity_receipt;
extern const struct enum_name receipt_states[];
extern const struct field instruction_fields[];
extern const struct field instruction_line_fields[];

enum instruction_list_filter {
	INSTRUCTION_LIST_TITLE, /* text: anywhere in the title */
	INSTRUCTION_LIST_FILTERS
};
/* Newest first. */
extern const struct list_spec instruction_list;

/* Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STORE. */
int instruction_get(struct ctx *c, struct arena *a, struct instruction_id id,
                    struct instruction *out) MUST_CHECK;
/* Its receipts in scope: units in their order, each with its station. */
int instruction_receipts(struct ctx *c, struct arena *a,
                         struct instruction_id id, struct receipt_line **rows,
                         int *n) MUST_CHECK;
/* The receipt that the acting hat answers: its unit's or its station's.
 * ERR_NOT_FOUND: it was not sent to them. */
int receipt_mine(struct ctx *c, struct arena *a, struct instruction_id id,
                 struct receipt *out) MUST_CHECK;

/*
 * Send: title, text, due_at. The county names the units; a unit sends to its
 * own station, units is not read. Errors: ERR_DENIED, ERR_NOT_FOUND,
 * ERR_INVALID (c->faults: title, text, due_at, units).
 */
int instruction_send(struct ctx *c, const struct instruction *entry,
                     const struct unit_id *units, int n,
                     struct instruction_id *id) MUST_CHECK;
/* A unit passes what it received on to its station. Errors: ERR_DENIED,
 * ERR_NOT_FOUND, ERR_STATE (not received yet), ERR_EXISTS. */
int instruction_pass(struct ctx *c, struct instruction_id id) MUST_CHECK;

/* A step of one receipt: its own hat receives, reports and finishes; who
 * sent it returns. note: for REPORT and RETURN needed, for FINISH may be "".
 * Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STATE, ERR_INVALID. */
int receipt_fire(struct ctx *c, struct receipt_id id, enum receipt_step step,
                 const char *note) MUST_CHECK;

#endif
