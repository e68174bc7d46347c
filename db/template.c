/* Texts to begin from, picked from the county's table. */
#include "db/template.h"

#include <string.h>

enum { LEVELS = 4 }; /* a category and what it lies below */

enum template_purpose
template_of_step(enum opinion_step step)
{
	switch (step) {
	case OPINION_DO_ANSWER:
	case OPINION_DO_CONVERTED:
		return TEMPLATE_ANSWER;
	case OPINION_DO_TELL:
		return TEMPLATE_TELL;
	case OPINION_DO_REFUSE:
		return TEMPLATE_REFUSE;
	case OPINION_DO_SUPERVISE:
		return TEMPLATE_SUPERVISE;
	default:
		return TEMPLATE_NONE;
	}
}

enum template_purpose
template_of_leg_step(enum leg_step step)
{
	switch (step) {
	case LEG_DO_REPLY:
		return TEMPLATE_REPLY;
	case LEG_DO_PROGRESS:
		return TEMPLATE_PROGRESS;
	case LEG_DO_RETURN:
		return TEMPLATE_RETURN;
	default:
		return TEMPLATE_NONE;
	}
}

/* The category and those above it, nearest first; then "". */
static int
lineage(struct ctx *c, struct arena *a, const char *category,
        const char *names[LEVELS + 1], int *n)
{
	struct rule row = {.part = category};
	int err = OK;

	for (*n = 0; err == OK && *n < LEVELS && row.part[0] != '\0'; ++*n) {
		names[*n] = row.part;
		err = rule_named(c, a, RULE_CATEGORY, row.part, (struct day){0},
		                 &row);
	}
	names[(*n)++] = "";
	return err == ERR_NOT_FOUND ? OK : err;
}

int
template_list(struct ctx *c, struct arena *a, enum template_purpose purpose,
              const char *category, struct rule **rows, int *n)
{
	const char *names[LEVELS + 1];
	struct rule *all, *out;
	int count, levels, found = 0;
	int err = rule_list(c, a, RULE_TEMPLATE, (struct day){0}, &all, &count);

	if (err == OK)
		err = lineage(c, a, category, names, &levels);
	if (err != OK)
		return err;
	out = arena_alloc(a, sizeof(*out) * (size_t)(count + 1));
	for (int level = 0; level < levels; level++)
		for (int i = 0; i < count; i++)
			if (all[i].in_use && all[i].choice == (int)purpose &&
			    strcmp(all[i].part, names[level]) == 0)
				out[found++] = all[i];
	*rows = out;
	*n = found;
	return OK;
}
