/*
 * What an opinion became: a suggestion, a proposed project, a comment on a
 * draft law. The record waits here for its answer; the opinion goes on to
 * the citizen when it has one.
 */
#ifndef DB_CONVERSION_H
#define DB_CONVERSION_H

#include "db/opinion.h"

enum conversion_kind {
	CONVERSION_SUGGESTION,
	CONVERSION_PROJECT,
	CONVERSION_LAW_COMMENT,
	CONVERSION_KINDS
};
enum conversion_state { CONVERSION_WAITING, CONVERSION_ANSWERED };

struct conversion {
	struct conversion_id id;
	struct opinion_id opinion;
	struct unit_id unit; /* the opinion's, as station */
	struct station_id station;
	int kind;  /* enum conversion_kind */
	int state; /* enum conversion_state */
	const char *title, *text;
	struct instant made_at, answered_at;
	struct person_id made_by;
};

extern const struct entity entity_conversion;
extern const struct enum_name conversion_kinds[], conversion_states[];

enum conversion_list_filter {
	CONVERSION_LIST_KIND, /* text */
	CONVERSION_LIST_FILTERS
};
extern const struct list_spec conversion_list;

int conversion_get(struct ctx *c, struct arena *a, struct conversion_id id,
                   struct conversion *out) MUST_CHECK;
/* The newest of an opinion. ERR_NOT_FOUND: it became nothing. */
int conversion_of(struct ctx *c, struct arena *a, struct opinion_id id,
                  struct conversion *out) MUST_CHECK;

/* Inside the opinion's event. */
int conversion_add(struct ctx *c, const struct opinion *o,
                   enum conversion_kind kind, const char *title,
                   struct conversion_id *id) MUST_CHECK;
int conversion_answer(struct ctx *c, struct opinion_id id) MUST_CHECK;

#endif
