/* The tree of categories, read whole. */
#include "db/category.h"

#include <string.h>

#include "db/base/i18n.h"
#include "db/rule.h"

enum { LEVELS = 3 };

int
category_index(const struct category_tree *t, const char *name)
{
	for (int i = 0; i < t->n; i++)
		if (strcmp(t->rows[i].name, name) == 0)
			return i;
	return -1;
}

/* Where it lies; a circle, or a part that holds no more, ends on top. */
static void
place(struct arena *a, struct category_tree *t, struct category *row)
{
	const struct category *up = row;

	row->path = row->label;
	while (up->parent >= 0 && row->depth < LEVELS - 1) {
		up = &t->rows[up->parent];
		row->depth++;
		row->path = arena_printf(a, "%s/%s", up->label, row->path);
	}
}

int
category_tree_get(struct ctx *c, struct arena *a, struct category_tree *out)
{
	bool english = i18n_language() == LANGUAGE_EN;
	struct category_tree t;
	struct rule *rules;
	int err = rule_list(c, a, RULE_CATEGORY, (struct day){0}, &rules, &t.n);

	if (err != OK)
		return err;
	t.rows = arena_alloc(a, sizeof(*t.rows) * (size_t)t.n + 1);
	for (int i = 0; i < t.n; i++)
		t.rows[i] = (struct category){
		    .name = rules[i].name,
		    .label = english && rules[i].label_en[0] != '\0'
		                 ? rules[i].label_en
		                 : rules[i].label,
		    .zh = rules[i].label,
		    .en = rules[i].label_en,
		    .words = rules[i].text,
		    .in_use = rules[i].in_use};
	for (int i = 0; i < t.n; i++)
		t.rows[i].parent = category_index(&t, rules[i].part);
	for (int i = 0; i < t.n; i++)
		place(a, &t, &t.rows[i]);
	*out = t;
	return OK;
}

/* --- finding ------------------------------------------------------------- */

enum how { BY_LABEL, BY_WORDS, BELOW, HOWS };

static bool
is_named(const struct category *row, const char *text)
{
	return strstr(row->zh, text) != NULL ||
	       strcasestr(row->en, text) != NULL;
}

static bool
finds(const struct category_tree *t, const struct category *row,
      const char *text, enum how how)
{
	switch (how) {
	case BY_LABEL:
		return is_named(row, text);
	case BY_WORDS:
		return strcasestr(row->words, text) != NULL;
	case BELOW:
		for (int up = row->parent; up >= 0; up = t->rows[up].parent)
			if (is_named(&t->rows[up], text))
				return true;
		return false;
	case HOWS:
		break;
	}
	return false;
}

static bool
has(const int *out, int n, int i)
{
	while (n > 0 && out[n - 1] != i)
		n--;
	return n > 0;
}

int
category_find(const struct category_tree *t, const char *text, int *out,
              int max)
{
	int n = 0;

	for (enum how how = BY_LABEL; how < HOWS; how++)
		for (int i = 0; i < t->n && n < max; i++) {
			const struct category *row = &t->rows[i];

			if (!row->in_use || has(out, n, i))
				continue;
			if (text[0] == '\0' ? row->depth < LEVELS - 1
			                    : finds(t, row, text, how))
				out[n++] = i;
		}
	return n;
}
