/* Proposals from past decisions. */
#include "db/suggest.h"

#include <string.h>

#include "db/base/alike.h"
#include "db/base/i18n.h"
#include "db/category.h"
#include "db/opinion.h"
#include "db/organ.h"
#include "db/store/stmt.h"

/* How many past ones are read: more of them teach nothing new, and a text
 * that says the same is not looked for years later. */
enum { PAST_CATEGORIES = 3000, PAST_OFFICES = 2000, PAST_ALIKE = 2000 };

/* The beginning of a body says what it is about. Categories and offices
 * are learned from all opinions on purpose (db/suggest.h). */
static const char sql_categories[] =
    "SELECT opinion.category, opinion.subject, substr(opinion.body, 1, 400)"
    "  FROM opinion"
    " WHERE opinion.category <> '' AND opinion.id > 0"
    "   AND opinion.id <> :except"
    "   AND opinion.state NOT IN ('held', 'discarded')"
    " ORDER BY opinion.id DESC LIMIT :max";
static const char sql_offices[] =
    "SELECT l.organ, o.category, o.subject, substr(o.body, 1, 400)"
    "  FROM opinion_leg AS l CROSS JOIN opinion AS o ON o.id = l.opinion"
    " WHERE l.unit IS :unit AND l.opinion <> :except"
    "   AND l.state NOT IN ('returned', 'closed')"
    " ORDER BY l.id DESC LIMIT :max";
static const char sql_alike[] =
    "SELECT opinion.id, opinion.subject, substr(opinion.body, 1, 400)"
    "  FROM opinion"
    " WHERE opinion.unit IS :unit AND opinion.id <> :except"
    "   AND opinion.state NOT IN ('discarded', 'merged') AND @scope"
    " ORDER BY opinion.received_at DESC, opinion.id DESC LIMIT :max";

static const double alike_least = 0.3; /* below it, two share a topic only */

const char *
suggest_because(struct arena *a, const struct suggestion *s)
{
	const char *text = "";

	for (int i = 0; i < s->word_count; i++)
		text = arena_printf(a, "%s%s%s", text, i > 0 ? " " : "",
		                    s->words[i]);
	return text;
}

/* Words of a question live as long as the question: the caller's arena. */
static struct suggestion
answer(const struct guess_answer *best)
{
	struct suggestion s = {.percent = (int)(best->share * 100 + 0.5),
	                       .word_count = best->word_count};

	memcpy(s.words, best->words, sizeof(s.words));
	return s;
}

/* --- the category -------------------------------------------------------- */

/* What the tree itself says of a class: its names. */
static void
seed_categories(struct guess *g, const struct category_tree *t)
{
	for (int i = 0; i < t->n; i++)
		if (t->rows[i].parent >= 0)
			guess_below(g, i, t->rows[i].parent);
	for (int i = 0; i < t->n; i++) {
		guess_seed(g, i, t->rows[i].zh);
		guess_seed(g, i, t->rows[i].words);
	}
}

static int
learn_categories(struct ctx *c, struct guess *g, const struct category_tree *t,
                 struct opinion_id except)
{
	struct stmt *q = ctx_sql(c, NULL, sql_categories);
	int last = 0;

	bind_int(q, ":except", except.v);
	bind_int(q, ":max", PAST_CATEGORIES);
	while (stmt_next(q)) {
		const char *name = col_text(q, 0);

		/* those side by side are often of one kind */
		if (last < 0 || strcmp(t->rows[last].name, name) != 0)
			last = category_index(t, name);
		if (last >= 0)
			guess_learn(g, last, col_text(q, 1), col_text(q, 2));
	}
	return stmt_end(q);
}

int
suggest_category(struct ctx *c, struct arena *a, struct opinion_id except,
                 const char *subject, const char *body, struct suggestion *out,
                 int max, int *n)
{
	struct guess_answer *best =
	    arena_alloc(a, sizeof(*best) * (size_t)max + 1);
	struct category_tree t;
	struct guess *g;
	int err, count, found = 0;

	if (!may(c, PERM_OPINION_READ))
		return ERR_DENIED;
	err = category_tree_get(c, a, &t);
	if (err != OK || t.n == 0) {
		*n = 0;
		return err;
	}
	g = guess_new(a, subject, body, t.n);
	seed_categories(g, &t);
	err = learn_categories(c, g, &t, except);
	if (err != OK)
		return err;
	for (int i = 0; i < t.n; i++)
		if (!t.rows[i].in_use)
			guess_leave_out(g, i);
	count = guess_best(g, best, max);
	for (int i = 0; i < count; i++) {
		if (best[i].word_count == 0) /* nothing to say for it */
			continue;
		out[found] = answer(&best[i]);
		out[found].category = t.rows[best[i].class].name;
		out[found++].label = t.rows[best[i].class].path;
	}
	*n = found;
	return OK;
}

/* --- the handling unit --------------------------------------------------- */

/* The category is one of the words: the parts of its name are signs that
 * texts of one branch share. */
static const char *
with_category(struct arena *a, const char *category, const char *subject)
{
	return category[0] != '\0'
	           ? arena_printf(a, "%s\n%s", category, subject)
	           : subject;
}

static int
learn_offices(struct ctx *c, struct guess *g, const struct organ *organs,
              int count, struct unit_id unit, struct opinion_id except)
{
	struct stmt *q = ctx_sql(c, NULL, sql_offices);
	struct arena *page = arena_new();

	bind_id(q, ":unit", unit.v);
	bind_int(q, ":except", except.v);
	bind_int(q, ":max", PAST_OFFICES);
	while (stmt_next(q)) {
		int i = 0;

		while (i < count && organs[i].id.v != col_int(q, 0))
			i++;
		arena_reset(page);
		if (i < count)
			guess_learn(
			    g, i,
			    with_category(page, col_text(q, 1), col_text(q, 2)),
			    col_text(q, 3));
	}
	arena_free(page);
	return stmt_end(q);
}

int
suggest_office(struct ctx *c, struct arena *a, struct opinion_id except,
               struct unit_id unit, const char *category, const char *subject,
               const char *body, struct suggestion *out, int max, int *n)
{
	struct guess_answer *best =
	    arena_alloc(a, sizeof(*best) * (size_t)max + 1);
	struct organ *organs;
	struct guess *g;
	int err, count = 0, found;

	if (!may(c, PERM_OPINION_READ))
		return ERR_DENIED;
	err = organ_list(c, a, unit, &organs, &count);
	if (err != OK || count == 0) {
		*n = 0;
		return err;
	}
	g = guess_new(a, with_category(a, category, subject), body, count);
	for (int i = 0; i < count; i++)
		guess_seed(g, i, organs[i].name);
	err = learn_offices(c, g, organs, count, unit, except);
	if (err != OK)
		return err;
	found = guess_best(g, best, max);
	*n = 0;
	for (int i = 0; i < found; i++) {
		struct suggestion s = answer(&best[i]);

		if (s.word_count == 0)
			continue;
		s.organ = organs[best[i].class].id;
		s.label = organs[best[i].class].name;
		out[(*n)++] = s;
	}
	return OK;
}

/* --- likely duplicates --------------------------------------------------- */

static int
read_past(struct ctx *c, struct alike *l, struct opinion_id except,
          struct unit_id unit)
{
	struct stmt *q = ctx_sql(c, &entity_opinion, sql_alike);

	bind_id(q, ":unit", unit.v);
	bind_int(q, ":except", except.v);
	bind_int(q, ":max", PAST_ALIKE);
	while (stmt_next(q))
		alike_add(l, col_int(q, 0), col_text(q, 1), col_text(q, 2));
	return stmt_end(q);
}

int
suggest_alike(struct ctx *c, struct arena *a, struct opinion_id except,
              struct unit_id unit, const char *subject, const char *body,
              struct suggestion *out, int max, int *n)
{
	struct alike_answer *best =
	    arena_alloc(a, sizeof(*best) * (size_t)max + 1);
	struct alike *l = alike_new(a, subject, body);
	int err, count;

	if (!may(c, PERM_OPINION_READ))
		return ERR_DENIED;
	err = read_past(c, l, except, unit);
	count = err == OK ? alike_best(l, alike_least, best, max) : 0;
	for (int i = 0; i < count && err == OK; i++) {
		struct opinion row;

		err = opinion_get(c, a, (struct opinion_id){best[i].id}, &row);
		if (err != OK)
			break;
		out[i] = (struct suggestion){
		    .opinion = row.id,
		    .received_at = row.received_at,
		    .label = row.subject,
		    .percent = (int)(best[i].share * 100 + 0.5),
		    .word_count = best[i].word_count};
		memcpy(out[i].words, best[i].words, sizeof(out[i].words));
	}
	if (err == OK)
		*n = count;
	return err;
}
