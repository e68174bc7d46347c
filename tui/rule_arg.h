/* How the screens of rules say to one another which table and row. */
#ifndef TUI_RULE_ARG_H
#define TUI_RULE_ARG_H

#include "db/rule.h"

/* Row 0: a new one, or the whole table. */
static inline int64_t
rule_arg(enum rule_table table, struct rule_id row)
{
	return row.v * RULE_TABLES + (int64_t)table;
}

static inline enum rule_table
rule_arg_table(int64_t arg)
{
	/* numbers below 0 are rows too */
	return (enum rule_table)((arg % RULE_TABLES + RULE_TABLES) %
	                         RULE_TABLES);
}

static inline struct rule_id
rule_arg_row(int64_t arg)
{
	return (struct rule_id){(arg - (int64_t)rule_arg_table(arg)) /
	                        RULE_TABLES};
}

#endif
