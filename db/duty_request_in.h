/* What db/duty_request.c and db/duty_decide.c share. */
#ifndef DB_DUTY_REQUEST_IN_H
#define DB_DUTY_REQUEST_IN_H

#include "db/base/field.h"

enum request_sql {
	REQUEST_SQL_GET,
	REQUEST_SQL_ADD,
	REQUEST_SQL_ANSWER,
	REQUEST_SQL_APPEAL,
	REQUEST_SQL_VERDICT,
	REQUEST_SQL_KIND,
	REQUEST_SQL_RECORD_DROP,
	REQUEST_SQL_PENDING,
	REQUEST_SQL_COUNT
};

extern const struct field duty_request_fields[];

#endif
