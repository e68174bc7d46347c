/* What db/rule*.c share: the queries of each table of rules. */
#ifndef DB_RULE_IN_H
#define DB_RULE_IN_H

#include "db/rule.h"

enum {
	RULE_SQL_GET,
	RULE_SQL_ON,
	RULE_SQL_NAMED,
	RULE_SQL_ADD,
	RULE_SQL_SAVE,
	RULE_SQL_DROP,
	RULE_SQL_ROWS,
	RULE_SQL_LAST,
	RULE_SQL_USED,    /* a record keeps :name; NULL: none does */
	RULE_SQL_OVERLAP, /* days that are another's; NULL: no matter */
	RULE_SQL_BETWEEN, /* holidays */
	RULE_SQL_COUNT
};

extern const struct entity entity_activity_rule, entity_duty_rule;
extern const struct entity entity_category_rule, entity_deadline_rule;
extern const struct entity entity_reason_rule, entity_holiday_rule;
extern const struct entity entity_template_rule, entity_setting_rule;

#endif
