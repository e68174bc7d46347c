/*
 * The kinds of record that are searched, one row each, and a search over
 * all of them. The index of each is in the migrations, how it is asked
 * db/store/text_search.c.
 */
#include "db/search.h"

#include <stdlib.h>
#include <string.h>

#include "db/activity.h"
#include "db/base/buf.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/law_comment.h"
#include "db/opinion.h"
#include "db/opinion_note.h"
#include "db/person.h"
#include "db/project.h"
#include "db/store/text_search.h"

/* The best are sought among the newest hits: so many of one kind, and of
 * each when all are sought. */
enum { AMONG_ONE = 2000, AMONG_EACH = LIST_COUNT_CAP + 1 };

struct search_kind {
	const char *name;  /* as commands take it */
	const char *label; /* msgid, of one */
	bool has_number;   /* people call it by its number */
	int share;         /* at most so many when all kinds are sought */
	struct text_spec spec;
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(search_hit, number,    REF,  N_("Number")),
	FIELD(search_hit, title,     TEXT, N_("Title")),
	FIELD(search_hit, text,      TEXT, N_("Text")),
	FIELD(search_hit, unit_name, TEXT, N_("Unit")),
	FIELD(search_hit, at,        TIME, N_("Date")),
	FIELD(search_hit, score,     INT,  ""),
	FIELD(search_hit, total,     INT,  ""),
	FIELD_END,
};

#define UNIT_OF(table)                                                         \
	"coalesce((SELECT u.name FROM unit AS u WHERE u.id = " table ".unit),"  \
	" '') AS unit_name"
#define ROWS .fields = fields, .row_size = sizeof(struct search_hit)

#define NOTES_OF(which)                                                        \
	"SELECT n.id FROM opinion AS o CROSS JOIN opinion_note AS n"            \
	" ON n.opinion = o.id WHERE o." which

static const struct search_kind kinds[] = {
	{"opinions", N_("Opinion"), true, 200, {
		.entity = &entity_opinion,
		.needs = PERM_OPINION_READ,
		.weights = "6, 1, 4",
		.columns = "opinion.id AS number, opinion.subject AS title,"
		           " opinion.body || ' ' || opinion.venue AS text,"
		           " opinion.received_at AS at, " UNIT_OF("opinion"),
		.narrow = {
			[SCOPE_UNIT] = "SELECT id FROM opinion WHERE unit = :my_unit",
			[SCOPE_STATION] = "SELECT id FROM opinion WHERE station = :my_station",
			[SCOPE_SELF] = "SELECT id FROM opinion WHERE reader = :me",
			[SCOPE_ASSIGNED] = "SELECT opinion FROM opinion_leg WHERE organ = :my_organ",
		}, ROWS}},
	{"answers", N_("Answer given"), false, 200, {
		.entity = &entity_opinion_note,
		.needs = PERM_OPINION_READ,
		.weights = "1",
		.columns = "opinion_note.opinion AS number, of.subject AS title,"
		           " opinion_note.words AS text, opinion_note.at AS at, "
		           UNIT_OF("of"),
		.joins = "JOIN opinion AS of ON of.id = opinion_note.opinion",
		.narrow = {
			[SCOPE_UNIT] = NOTES_OF("unit = :my_unit"),
			[SCOPE_STATION] = NOTES_OF("station = :my_station"),
			[SCOPE_SELF] = NOTES_OF("reader = :me"),
			[SCOPE_ASSIGNED] = "SELECT n.id FROM opinion_leg AS l CROSS JOIN opinion_note AS n"
			                   " ON n.opinion = l.opinion WHERE l.organ = :my_organ",
		}, ROWS}},
	{"activities", N_("Activity"), true, 200, {
		.entity = &entity_activity,
		.needs = PERM_ACTIVITY_READ,
		.weights = "8, 4, 1, 1",
		.columns = "activity.id AS number, activity.title AS title,"
		           " activity.venue || ' ' || activity.agenda || ' ' ||"
		           " activity.minutes AS text, activity.starts_at AS at, "
		           UNIT_OF("activity"),
		.narrow = {
			[SCOPE_UNIT] = "SELECT id FROM activity WHERE unit = :my_unit",
			[SCOPE_STATION] = "SELECT id FROM activity WHERE station = :my_station",
			[SCOPE_SELF] = "SELECT activity FROM participant WHERE person = :me",
		}, ROWS}},
	{"projects", N_("Livelihood project"), true, 200, {
		.entity = &entity_project,
		.needs = PERM_PROJECT_READ,
		.weights = "6, 1, 4",
		.columns = "project.id AS number, project.title AS title,"
		           " project.body || ' ' || project.venue AS text,"
		           " project.proposed_at AS at, " UNIT_OF("project"),
		.narrow = {
			[SCOPE_UNIT] = "SELECT id FROM project WHERE unit = :my_unit",
			[SCOPE_STATION] = "SELECT id FROM project WHERE unit = :my_unit",
			[SCOPE_ASSIGNED] = "SELECT id FROM project WHERE lead = :my_organ"
			                   " UNION SELECT id FROM project WHERE organ = :my_organ",
		}, ROWS}},
	{"laws", N_("Draft law"), true, 20, {
		.entity = &entity_law,
		.needs = PERM_LAW_READ,
		.weights = "1",
		.columns = "law.id AS number, law.title AS title, '' AS text,"
		           " law.added_at AS at, '' AS unit_name",
		ROWS}},
	{"articles", N_("Law article"), false, 100, {
		.entity = &entity_law_version,
		.table = "law_article",
		.joined = "CROSS JOIN law_version ON law_version.id = law_article.version",
		.needs = PERM_LAW_READ,
		.weights = "1",
		.columns = "law_article.id AS number, law_article.label || '  ' ||"
		           " (SELECT l.title FROM law AS l"
		           "   WHERE l.id = law_version.law) AS title,"
		           " law_article.text AS text,"
		           " law_version.added_at AS at, '' AS unit_name",
		ROWS}},
	{"law_comments", N_("Law comment"), true, 200, {
		.entity = &entity_law_comment,
		.needs = PERM_LAW_READ,
		.weights = "2, 1",
		.columns = "law_comment.id AS number, k.title AS title,"
		           " law_comment.words || ' ' || law_comment.wording AS text,"
		           " law_comment.at AS at, " UNIT_OF("law_comment"),
		.joins = "JOIN consultation AS k ON k.id = law_comment.consultation",
		.narrow = {
			[SCOPE_UNIT] = "SELECT id FROM law_comment WHERE unit = :my_unit",
			[SCOPE_STATION] = "SELECT id FROM law_comment WHERE station = :my_station",
			[SCOPE_SELF] = "SELECT id FROM law_comment WHERE person = :me",
		}, ROWS}},
	{"persons", N_("Person"), false, 20, {
		.entity = &entity_person,
		.needs = PERM_ORG_READ,
		.weights = "8, 1",
		.columns = "person.id AS number, person.name AS title,"
		           " person.pinyin || ' ' || person.job AS text, 0 AS at, "
		           UNIT_OF("person"),
		ROWS}},
};
/* clang-format on */

_Static_assert(COUNT(kinds) <= SEARCH_KINDS, "totals of a result");

const char *
search_kind_name(int kind)
{
	return kind >= 0 && kind < (int)COUNT(kinds) ? kinds[kind].name : NULL;
}

const char *
search_kind_label(int kind)
{
	return kind >= 0 && kind < (int)COUNT(kinds) ? kinds[kind].label : NULL;
}

bool
search_kind_is_part(int kind)
{
	return kinds[kind].spec.table != NULL;
}

int
search_kind_named(const char *name)
{
	for (int i = 0; i < (int)COUNT(kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return i;
	return -1;
}

bool
search_may(const struct ctx *c, int kind)
{
	return may(c, kinds[kind].spec.needs);
}

/* --- one kind ---------------------------------------------------------- */

/* "停车" "难": what is folded has no character that FTS5 knows. */
static const char *
match_of(struct arena *a, const struct search_words *words)
{
	struct buf b = BUF_INIT;
	const char *text;

	for (int i = 0; i < words->n; i++) {
		buf_add(&b, i > 0 ? " \"" : "\"");
		for (const uint32_t *p = words->words[i]; *p != 0; p++) {
			char bytes[4];

			buf_addn(&b, bytes, (size_t)text_encode(*p, bytes));
		}
		buf_addc(&b, '"');
	}
	text = arena_strdup(a, b.data);
	buf_clear(&b);
	return text;
}

struct run {
	struct ctx *c;
	struct arena *a;
	struct search_result *out;
	int room; /* hits allocated */
};

static void
add(struct run *r, const struct search_hit *rows, int n, int kind, bool first)
{
	for (int i = 0; i < n; i++) {
		struct search_hit *hit;
		bool known = false;

		for (int k = 0; k < r->out->n && !known; k++)
			known = r->out->hits[k].kind == kind &&
			        r->out->hits[k].number == rows[i].number;
		if (known || r->out->n == r->room)
			continue;
		hit = &r->out->hits[r->out->n++];
		*hit = rows[i];
		hit->kind = kind;
		if (first)
			hit->score = INT64_MAX;
	}
}

static bool
is_latin(const struct search_words *words)
{
	for (int i = 0; i < words->n; i++)
		for (const uint32_t *p = words->words[i]; *p != 0; p++)
			if (*p < 'a' || *p > 'z')
				return false;
	return true;
}

/* People by pinyin and initials, as their list finds them. */
static int
add_by_pinyin(struct run *r, const char *text, int kind, int max)
{
	struct search_hit *hits;
	struct person *rows;
	int n, err = person_find(r->c, r->a, text, max, &rows, &n);

	if (err != OK)
		return err;
	hits = arena_alloc(r->a, sizeof(*hits) * ((size_t)n + 1));
	for (int i = 0; i < n; i++)
		hits[i] = (struct search_hit){
		    .number = rows[i].id.v,
		    .title = rows[i].name,
		    .text = arena_printf(r->a, "%s %s", rows[i].pinyin,
		                         rows[i].job),
		    .unit_name = "",
		    .score = -i, /* keeps their order */
		};
	add(r, hits, n, kind, false);
	if (n > r->out->totals[kind])
		r->out->totals[kind] = n;
	return OK;
}

static int
run_kind(struct run *r, const char *text, int kind, int max, int among)
{
	const struct search_kind *k = &kinds[kind];
	struct text_query query = {.number = r->out->words.number,
	                           .match = match_of(r->a, &r->out->words),
	                           .is_ranked = r->out->is_ranked,
	                           .among = among,
	                           .max = max};
	struct search_hit *rows;
	int n, err = OK;

	r->out->totals[kind] = 0;
	if (query.number != 0 && k->has_number) {
		err = text_search(r->c, r->a, &k->spec, &query, &rows, &n);
		if (err == OK)
			add(r, rows, n, kind, true);
	}
	query.number = 0;
	if (err == OK)
		err = text_search(r->c, r->a, &k->spec, &query, &rows, &n);
	if (err != OK)
		return err;
	add(r, rows, n, kind, false);
	if (n > 0)
		r->out->totals[kind] = rows[0].total;
	if (k->spec.entity == &entity_person && is_latin(&r->out->words))
		err = add_by_pinyin(r, text, kind, max);
	return err;
}

/* --- all of them -------------------------------------------------------- */

/* Scores that hardly differ are one grade, a fifth apart from the next, so
 * that among them the newest comes first. */
static int
grade(int64_t score)
{
	int bit = 0;

	if (score < 4)
		return 0;
	while (score >> (bit + 1) != 0)
		bit++;
	return bit * 4 + (int)(score >> (bit - 2) & 3);
}

/* The record of that number, people, then by rank or day. */
static int
compare(const void *a, const void *b)
{
	const struct search_hit *x = a, *y = b;
	bool x_first = x->score == INT64_MAX, y_first = y->score == INT64_MAX;

	if (x_first != y_first)
		return x_first ? -1 : 1;
	if ((x->at.s == 0) != (y->at.s == 0))
		return x->at.s == 0 ? -1 : 1;
	if (x->at.s == 0 && x->score != y->score)
		return x->score > y->score ? -1 : 1;
	if (grade(x->score) != grade(y->score))
		return grade(y->score) - grade(x->score);
	if (x->at.s != y->at.s)
		return x->at.s > y->at.s ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind - y->kind;
	return (x->number < y->number) - (x->number > y->number);
}

static int
run_all(struct run *r, const char *text, int max)
{
	int err = OK;

	for (int i = 0; i < (int)COUNT(kinds) && err == OK; i++) {
		int share = kinds[i].share < max ? kinds[i].share : max;

		if (search_may(r->c, i))
			err = run_kind(r, text, i, share, AMONG_EACH);
	}
	return err;
}

int
search_run(struct ctx *c, struct arena *a, const char *text, int kind, int max,
           struct search_result *out)
{
	struct search_result result = {0};
	struct run r = {.c = c, .a = a, .out = &result};
	int err = search_read(a, text, &result.words);

	if (c->scope == SCOPE_NONE)
		return ERR_DENIED;
	if (err != OK)
		return err;
	for (int i = 0; i < SEARCH_KINDS; i++)
		result.totals[i] = -1;
	result.is_ranked = result.words.chars > 1;
	r.room = kind == SEARCH_ALL ? (int)COUNT(kinds) * max + max : 2 * max;
	result.hits = arena_alloc(a, sizeof(*result.hits) * (size_t)r.room);
	if (result.words.n > 0)
		err = kind == SEARCH_ALL
		          ? run_all(&r, text, max)
		          : run_kind(&r, text, kind, max, AMONG_ONE);
	if (err != OK)
		return err;
	qsort(result.hits, (size_t)result.n, sizeof(*result.hits), compare);
	if (result.n > max)
		result.n = max;
	*out = result;
	return OK;
}
