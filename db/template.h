/*
 * Texts to begin from: which of the county's table fit a step of a matter
 * and its category.
 */
#ifndef DB_TEMPLATE_H
#define DB_TEMPLATE_H

#include "db/opinion_leg.h"
#include "db/rule.h"

/* In the order of the table's purposes. */
enum template_purpose {
	TEMPLATE_AGENDA,
	TEMPLATE_MINUTES,
	TEMPLATE_NOTICE,
	TEMPLATE_REPLY, /* of an office */
	TEMPLATE_ANSWER,
	TEMPLATE_TELL,
	TEMPLATE_REFUSE,
	TEMPLATE_PROGRESS,
	TEMPLATE_RETURN,
	TEMPLATE_SUPERVISE,
	TEMPLATE_NONE /* a step that has no texts */
};

enum template_purpose template_of_step(enum opinion_step step);
enum template_purpose template_of_leg_step(enum leg_step step);

/*
 * What is in use today for a purpose, those of the category or of what it
 * lies below before those of any; category "": only these. rule.label and
 * rule.text, in a. TEMPLATE_NONE gives none.
 */
int template_list(struct ctx *c, struct arena *a, enum template_purpose purpose,
                  const char *category, struct rule **rows, int *n) MUST_CHECK;

#endif
