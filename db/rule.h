/*
 * The tables by which the county works: kinds of activity, points,
 * categories, deadlines, reasons, holidays, texts, settings. One table is
 * one row of db/rule_tables.c; what follows from it (form, list, audit,
 * history, command) is the same for all.
 *
 * A rule has a name that records keep, and rows: each holds from its day
 * until the next one begins. What has begun is history and is not written
 * over; what has not can be changed and withdrawn.
 */
#ifndef DB_RULE_H
#define DB_RULE_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/ids.h"
#include "db/store/ctx.h"
#include "db/store/list.h"

enum rule_table {
	RULE_ACTIVITY,
	RULE_DUTY,
	RULE_CATEGORY,
	RULE_DEADLINE,
	RULE_REASON,
	RULE_HOLIDAY,
	RULE_TEMPLATE,
	RULE_SETTING,
	RULE_TABLES
};

/* A row of any of them; a table uses what its fields name. */
struct rule {
	struct rule_id id;
	const char *name; /* what records keep; made by rule_save */
	struct day from_on, to_on;
	const char *label, *label_en;
	const char *part; /* name of what it belongs to, "" none */
	int choice;       /* purpose or sort, an index of the field's names */
	int64_t n1, n2, n3, n4;
	const char *text;
	bool in_use;
	int64_t position;
	int64_t depth; /* in a tree, 0 on top */
};

enum rule_parts {
	RULE_NO_PART,
	RULE_PART_DUTY,    /* a kind of duty */
	RULE_PART_OWN,     /* another rule of the table: a tree */
	RULE_PART_CATEGORY /* a category of matters; "" any */
};

struct rule_spec {
	const char *name;  /* as commands call it */
	const char *label; /* msgid */
	const char *about; /* msgid: what it is for, a sentence */
	const struct entity *entity;
	enum perm perm; /* who may change it */
	enum rule_parts parts;
	bool fixed;  /* the program knows the names: none is added */
	bool yearly; /* from 1 January, of this year too */
	bool by_day; /* a row is days of its own, named by the first */
};

const struct rule_spec *rule_spec(enum rule_table table);
const struct list_spec *rule_list_spec(enum rule_table table);

/* Of every list of rules. In the order of position. */
enum rule_list_filter {
	RULE_LIST_FIND, /* text: in a label or the text; of settings what
	                   setting_find_text() makes of it */
	RULE_LIST_NOW,  /* number, ignored: what holds or is to come */
	RULE_LIST_NAME, /* text: one rule's rows */
	RULE_LIST_FILTERS
};

/* Errors: ERR_DENIED, ERR_NOT_FOUND. */
int rule_get(struct ctx *c, struct arena *a, enum rule_table table,
             struct rule_id id, struct rule *out) MUST_CHECK;
/* What held on a day, in the table's order; no_day: today. Who is signed in
 * may ask. */
int rule_list(struct ctx *c, struct arena *a, enum rule_table table,
              struct day on, struct rule **rows, int *n) MUST_CHECK;
/* The one of that name that held on a day. ERR_NOT_FOUND: none did. */
int rule_named(struct ctx *c, struct arena *a, enum rule_table table,
               const char *name, struct day on, struct rule *out) MUST_CHECK;

/* From which day on a row may be made, changed and withdrawn. */
struct day rule_open_from(const struct ctx *c, enum rule_table table);
/* Whether it has not begun, so that it may be changed and withdrawn. */
bool rule_is_open(const struct ctx *c, enum rule_table table,
                  const struct rule *row);
/* What a row holds, in one line of the current language. In a. */
const char *rule_title(struct arena *a, enum rule_table table,
                       const struct rule *row);

/* Check and clean an entry: c->faults by column. */
int rule_check(struct ctx *c, struct arena *a, enum rule_table table,
               const struct rule *entry, struct rule *out) MUST_CHECK;
/* Add or change, one event. No name: a new rule. A name: from entry->from_on
 * on it is so; a row of that very day is written over.
 * Errors: ERR_DENIED, ERR_INVALID (c->faults by column), ERR_EXISTS. */
int rule_save(struct ctx *c, enum rule_table table, const struct rule *entry,
              struct rule_id *id) MUST_CHECK;
/* Take back a row that has not begun. Errors: ERR_DENIED, ERR_NOT_FOUND,
 * ERR_STATE (it has begun), ERR_DEPENDS (records keep it, or others are
 * below it). */
int rule_withdraw(struct ctx *c, enum rule_table table,
                  struct rule_id id) MUST_CHECK;

/* The table of holidays between two days, read once so that what follows is
 * a pure function of it. A year that the table has no row of counts Monday
 * to Friday. */
enum { CALENDAR_RANGES = 400 };
struct calendar {
	struct calendar_range {
		struct day from, to;
		bool off; /* else days worked on a weekend */
	} ranges[CALENDAR_RANGES];
	int n;
};
int calendar_load(struct ctx *c, struct day from, struct day to,
                  struct calendar *out) MUST_CHECK;
bool calendar_is_workday(const struct calendar *cal, struct day day);
/* Whether the table says anything about that year. */
bool calendar_knows(const struct calendar *cal, int year);
/* Working days after from, up to and with to; 0 when to is not later. */
int64_t calendar_count(const struct calendar *cal, struct day from,
                       struct day to);
/* The n-th working day after day; n 0: day itself. */
struct day calendar_add(const struct calendar *cal, struct day day, int64_t n);

/* The same for one question: the n-th working day after day. */
int workday_after(struct ctx *c, struct day day, int64_t n,
                  struct day *out) MUST_CHECK;

/* --- points: this year's scores, now and with entry instead ------------- */

struct rule_effect {
	struct person_id person;
	const char *name, *station;
	int64_t before, after;             /* tenths of points */
	int64_t place_before, place_after; /* at the station */
	int64_t of;                        /* so many change */
};
/* The deputies of the acting scope whose score or place changes, largest
 * change first. Errors: ERR_DENIED. */
int rule_effects(struct ctx *c, struct arena *a, const struct rule *entry,
                 int max, struct rule_effect **rows, int *n) MUST_CHECK;

#endif
