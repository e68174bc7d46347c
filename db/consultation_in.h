/* What db/consultation*.c and law_comment*.c share. */
#ifndef DB_CONSULTATION_IN_H
#define DB_CONSULTATION_IN_H

#include "db/consultation.h"
#include "db/store/stmt.h"

enum {
	CONSULTATION_SQL_GET,
	CONSULTATION_SQL_ADD,
	CONSULTATION_SQL_SAVE,
	CONSULTATION_SQL_WRITE,
	CONSULTATION_SQL_ADD_UNIT,
	CONSULTATION_SQL_ALL_UNITS,
	CONSULTATION_SQL_STATION,
	CONSULTATION_SQL_UNANSWERED,
	CONSULTATION_SQL_DUE,
	CONSULTATION_SQL_ALL_OF_LAW,
	CONSULTATION_SQL_OF_TOKEN,
	CONSULTATION_SQL_HIDDEN,
	CONSULTATION_SQL_UNITS
};
enum {
	READER_SQL_LIST,
	READER_SQL_MINE,
	READER_SQL_ADD,
	READER_SQL_DEPUTIES,
	READER_SQL_TAKE,
	READER_SQL_MOVE,
	READER_SQL_RECEIVE
};

extern const struct field consultation_fields[];

/* Inside the event that prepares it: every deputy of its units (or those
 * named) is asked. */
int consultation_receive(struct ctx *c, const struct consultation *row,
                         const struct unit_id *units, int n,
                         const struct person_id *persons, int p) MUST_CHECK;
/* Inside the event that opens it: they all receive it now. */
int consultation_deliver(struct ctx *c, struct consultation_id id) MUST_CHECK;
/* Inside an event: everybody's last day is row's. */
int consultation_move_end(struct ctx *c,
                          const struct consultation *row) MUST_CHECK;
/* Inside an event: a deputy's step, when it leads on.
 * ERR_NOT_FOUND: they are not asked. */
int consultation_move(struct ctx *c, struct consultation_id id,
                      struct person_id person,
                      enum consultation_person_state step) MUST_CHECK;

#endif
