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

/* One that a guess found, in the caller's arena: what a question is made of
 * is large and goes when it is answered. */
static struct suggestion
answer(struct arena *a, double share, const char *const *words, int n)
{
	struct suggestion s = {.percent = (int)(share * 100 + 0.5)};

	for (; s.word_count < n; s.word_count++)
		s.words[s.word_count] = arena_strdup(a, words[s.word_count]);
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

static int
guess_category(struct ctx *c, struct arena *a, struct arena *work,
               const struct suggest_asked *asked, struct suggestion *out,
               int max, int *n)
{
	struct guess_answer *best =
	    arena_alloc(work, sizeof(*best) * (size_t)max + 1);
	struct category_tree t;
	struct guess *g;
	int err = category_tree_get(c, work, &t), count;

	if (err != OK)
		return err;
	g = guess_new(work, asked->subject, asked->body, t.n);
	seed_categories(g, &t);
	err = learn_categories(c, g, &t, asked->except);
	if (err != OK)
		return err;
	for (int i = 0; i < t.n; i++)
		if (!t.rows[i].in_use)
			guess_leave_out(g, i);
	count = guess_best(g, best, max);
	*n = 0;
	for (int i = 0; i < count; i++) {
		const struct category *row = &t.rows[best[i].class];
		struct suggestion *s = &out[*n];

		if (best[i].word_count == 0) /* nothing to say for it */
			continue;
		*s =
		    answer(a, best[i].share, best[i].words, best[i].word_count);
		s->category = arena_strdup(a, row->name);
		s->label = arena_strdup(a, row->path);
		++*n;
	}
	return OK;
}

int
suggest_category(struct ctx *c, struct arena *a,
                 const struct suggest_asked *asked, struct suggestion *out,
                 int max, int *n)
{
	struct arena *work;
	int err;

	if (!may(c, PERM_OPINION_READ))
		return ERR_DENIED;
	work = arena_new();
	err = guess_category(c, a, work, asked, out, max, n);
	arena_free(work);
	return err;
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
              int count, const struct suggest_asked *asked)
{
	struct stmt *q = ctx_sql(c, NULL, sql_offices);
	struct arena *page = arena_new();

	bind_id(q, ":unit", asked->unit.v);
	bind_int(q, ":except", asked->except.v);
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

static int
guess_office(struct ctx *c, struct arena *a, struct arena *work,
             const struct suggest_asked *asked, const char *category,
             struct suggestion *out, int max, int *n)
{
	struct guess_answer *best =
	    arena_alloc(work, sizeof(*best) * (size_t)max + 1);
	struct organ *organs;
	struct guess *g;
	int err, count, found;

	err = organ_list(c, work, asked->unit, &organs, &count);
	if (err != OK)
		return err;
	g = guess_new(work, with_category(work, category, asked->subject),
	              asked->body, count);
	for (int i = 0; i < count; i++)
		guess_seed(g, i, organs[i].name);
	err = learn_offices(c, g, organs, count, asked);
	if (err != OK)
		return err;
	found = guess_best(g, best, max);
	*n = 0;
	for (int i = 0; i < found; i++) {
		const struct organ *row = &organs[best[i].class];
		struct suggestion *s = &out[*n];

		if (best[i].word_count == 0)
			continue;
		*s =
		    answer(a, best[i].share, best[i].words, best[i].word_count);
		s->organ = row->id;
		s->label = arena_strdup(a, row->name);
		++*n;
	}
	return OK;
}

int
suggest_office(struct ctx *c, struct arena *a,
               const struct suggest_asked *asked, const char *category,
               struct suggestion *out, int max, int *n)
{
	struct arena *work;
	int err;

	if (!may(c, PERM_OPINION_READ))
		return ERR_DENIED;
	work = arena_new();
	err = guess_office(c, a, work, asked, category, out, max, n);
	arena_free(work);
	return err;
}

/* --- likely duplicates --------------------------------------------------- */

static int
read_past(struct ctx *c, struct alike *l, const struct suggest_asked *asked)
{
	struct stmt *q = ctx_sql(c, &entity_opinion, sql_alike);

	bind_id(q, ":unit", asked->unit.v);
	bind_int(q, ":except", asked->except.v);
	bind_int(q, ":max", PAST_ALIKE);
	while (stmt_next(q))
		alike_add(l, col_int(q, 0), col_text(q, 1), col_text(q, 2));
	return stmt_end(q);
}

static int
find_alike(struct ctx *c, struct arena *a, struct arena *work,
           const struct suggest_asked *asked, struct suggestion *out, int max,
           int *n)
{
	struct alike_answer *best =
	    arena_alloc(work, sizeof(*best) * (size_t)max + 1);
	struct alike *l = alike_new(work, asked->subject, asked->body);
	int err = read_past(c, l, asked);
	int count = err == OK ? alike_best(l, alike_least, best, max) : 0;

	for (int i = 0; i < count && err == OK; i++) {
		struct opinion row;

		err = opinion_get(c, a, (struct opinion_id){best[i].id}, &row);
		if (err != OK)
			break;
		out[i] =
		    answer(a, best[i].share, best[i].words, best[i].word_count);
		out[i].opinion = row.id;
		out[i].received_at = row.received_at;
		out[i].label = row.subject;
	}
	if (err == OK)
		*n = count;
	return err;
}

int
suggest_alike(struct ctx *c, struct arena *a, const struct suggest_asked *asked,
              struct suggestion *out, int max, int *n)
{
	struct arena *work;
	int err;

	if (!may(c, PERM_OPINION_READ))
		return ERR_DENIED;
	work = arena_new();
	err = find_alike(c, a, work, asked, out, max, n);
	arena_free(work);
	return err;
}
