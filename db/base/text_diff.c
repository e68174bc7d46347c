/* How one text became another: Myers' shortest way, in characters. */
#include "db/base/text_diff.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/err.h"
#include "db/base/text.h"

enum {
	CHANGES_MAX = 1500, /* beyond these two texts have little in common */
	SHORT = 1,          /* character that stays between two changes */
	ALIKE = 50,
	ALIKE_AT_ALL = 20,
	SAME_LABEL = 5, /* what it counts for among texts alike */
	PAIRS_MAX = 1000 * 1000
};

/* --- characters ---------------------------------------------------------- */

struct chars {
	uint32_t *ch;
	size_t *at; /* bytes; one more than there are */
	int n;
};

static struct chars
chars_of(struct arena *a, const char *text, size_t n)
{
	struct chars out = {.ch = arena_alloc(a, (n + 1) * sizeof(*out.ch)),
	                    .at = arena_alloc(a, (n + 1) * sizeof(*out.at))};

	for (size_t i = 0; i < n; out.n++) {
		int step = text_decode(text + i, n - i, &out.ch[out.n]);

		if (step <= 0) { /* no text: byte by byte */
			out.ch[out.n] = (unsigned char)text[i];
			step = 1;
		}
		out.at[out.n] = i;
		i += (size_t)step;
	}
	out.at[out.n] = n;
	return out;
}

/* --- the shortest way ---------------------------------------------------- */

/* Edits in characters: from x, y on, n of them of that kind. */
struct edit {
	enum diff_kind kind;
	int at, n;
};
struct edits {
	struct edit *rows;
	int n, room;
};

static void
edit_add(struct arena *a, struct edits *e, enum diff_kind kind, int at, int n)
{
	if (n == 0)
		return;
	if (e->n > 0 && e->rows[e->n - 1].kind == kind) {
		e->rows[e->n - 1].n += n;
		return;
	}
	if (e->n == e->room) {
		int room = e->room * 2 + 16;
		struct edit *more =
		    arena_alloc(a, (size_t)room * sizeof(*more));

		if (e->n > 0)
			memcpy(more, e->rows, (size_t)e->n * sizeof(*more));
		e->rows = more;
		e->room = room;
	}
	e->rows[e->n++] = (struct edit){kind, at, n};
}

/* The furthest x on each diagonal, round by round: the rounds are kept to
 * walk back. Returns how many rounds it took; -1: too many. */
static int
search(struct arena *a, const uint32_t *old, int n, const uint32_t *new, int m,
       int **rounds)
{
	int most = n + m < CHANGES_MAX ? n + m : CHANGES_MAX;
	int *row = arena_alloc(a, (size_t)(2 * most + 3) * sizeof(*row));
	int *v = row + most + 1;

	v[1] = 0;
	for (int d = 0; d <= most; d++) {
		for (int k = -d; k <= d; k += 2) {
			bool down = k == -d || (k != d && v[k - 1] < v[k + 1]);
			int x = down ? v[k + 1] : v[k - 1] + 1;

			while (x < n && x - k < m && old[x] == new[x - k])
				x++;
			v[k] = x;
			if (x >= n && x - k >= m)
				return d;
		}
		rounds[d] = arena_alloc(a, (size_t)(2 * d + 1) * sizeof(int));
		memcpy(rounds[d], v - d, (size_t)(2 * d + 1) * sizeof(int));
	}
	return -1;
}

/* From the end to the beginning, so the edits come the wrong way round. */
static void
walk_back(struct arena *a, int n, int m, int d, int *const *rounds,
          struct edits *out)
{
	int x = n, y = m;

	for (; d > 0; d--) {
		const int *v = rounds[d - 1] + (d - 1);
		int k = x - y;
		bool down = k == -d || (k != d && v[k - 1] < v[k + 1]);
		int from_k = down ? k + 1 : k - 1;
		int from_x = v[from_k], from_y = from_x - from_k;
		int stay = down ? x - from_x : x - from_x - 1;

		for (int i = 0; i < stay; i++)
			edit_add(a, out, DIFF_SAME, --x, 1);
		y -= stay;
		if (down)
			edit_add(a, out, DIFF_NEW, --y, 1);
		else
			edit_add(a, out, DIFF_GONE, --x, 1);
		x = from_x;
		y = from_y;
	}
	for (; x > 0; x--)
		edit_add(a, out, DIFF_SAME, x - 1, 1);
}

/* --- readable ------------------------------------------------------------- */

/* Between two changes a character that happens to be the same tells
 * nothing: it goes and comes. Then all that goes stands before all that comes.
 */
static void
make_readable(struct arena *a, const struct edits *in, struct edits *out)
{
	int old_at = 0, new_at = 0, gone = 0, came = 0;

	for (int i = 0; i < in->n; i++) {
		const struct edit *e = &in->rows[i];
		bool between = gone + came > 0 && i + 1 < in->n;

		if (e->kind == DIFF_GONE) {
			gone += e->n;
		} else if (e->kind == DIFF_NEW) {
			came += e->n;
		} else if (between && e->n <= SHORT) {
			gone += e->n;
			came += e->n;
		} else {
			edit_add(a, out, DIFF_GONE, old_at, gone);
			edit_add(a, out, DIFF_NEW, new_at, came);
			old_at += gone;
			new_at += came;
			gone = came = 0;
			edit_add(a, out, DIFF_SAME, old_at, e->n);
			old_at += e->n;
			new_at += e->n;
		}
	}
	edit_add(a, out, DIFF_GONE, old_at, gone);
	edit_add(a, out, DIFF_NEW, new_at, came);
}

static int
common_before(const struct chars *old, const struct chars *new)
{
	int i = 0;

	while (i < old->n && i < new->n && old->ch[i] == new->ch[i])
		i++;
	return i;
}

static int
common_after(const struct chars *old, const struct chars *new, int before)
{
	int i = 0;

	while (i < old->n - before && i < new->n - before &&
	       old->ch[old->n - 1 - i] == new->ch[new->n - 1 - i])
		i++;
	return i;
}

/* The edits of the whole, in order. */
static void
find_edits(struct arena *a, const struct chars *old, const struct chars *new,
           struct edits *out)
{
	int before = common_before(old, new);
	int after = common_after(old, new, before);
	int n = old->n - before - after, m = new->n - before - after;
	int **rounds = arena_alloc(a, (CHANGES_MAX + 1) * sizeof(*rounds));
	int d = search(a, old->ch + before, n, new->ch + before, m, rounds);
	struct edits back = {.n = 0};

	edit_add(a, out, DIFF_SAME, 0, before);
	if (d < 0) {
		edit_add(a, out, DIFF_GONE, before, n);
		edit_add(a, out, DIFF_NEW, before, m);
	} else {
		walk_back(a, n, m, d, rounds, &back);
	}
	for (int i = back.n - 1; i >= 0; i--)
		edit_add(a, out, back.rows[i].kind, 0, back.rows[i].n);
	edit_add(a, out, DIFF_SAME, old->n - after, after);
}

void
text_diff(struct arena *a, const char *old, size_t old_n, const char *new,
          size_t new_n, struct diff_run **runs, int *n)
{
	struct chars o = chars_of(a, old, old_n), w = chars_of(a, new, new_n);
	struct edits all = {.n = 0}, readable = {.n = 0};

	find_edits(a, &o, &w, &all);
	make_readable(a, &all, &readable);
	*runs = arena_alloc(a, (size_t)(readable.n + 1) * sizeof(**runs));
	*n = readable.n;
	for (int i = 0; i < readable.n; i++) {
		const struct edit *e = &readable.rows[i];
		const size_t *at = e->kind == DIFF_NEW ? w.at : o.at;

		(*runs)[i] = (struct diff_run){e->kind, at[e->at],
		                               at[e->at + e->n] - at[e->at]};
	}
}

/* --- how much alike ------------------------------------------------------- */

/* The pairs of neighbouring characters, sorted. */
struct pairs {
	uint64_t *v;
	int n;
};

static int
by_value(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static struct pairs
pairs_of(struct arena *a, const char *text, size_t n)
{
	struct chars c = chars_of(a, text, n);
	struct pairs p = {arena_alloc(a, ((size_t)c.n + 1) * sizeof(*p.v)), 0};
	uint32_t last = 0;

	for (int i = 0; i < c.n; i++) {
		if (c.ch[i] <= ' ' || c.ch[i] == 0x3000)
			continue;
		if (last != 0)
			p.v[p.n++] = (uint64_t)last << 32 | c.ch[i];
		last = c.ch[i];
	}
	qsort(p.v, (size_t)p.n, sizeof(*p.v), by_value);
	return p;
}

static int
share(const struct pairs *a, const struct pairs *b)
{
	int i = 0, j = 0, both = 0;

	if (a->n + b->n == 0)
		return 0;
	while (i < a->n && j < b->n) {
		int order = by_value(&a->v[i], &b->v[j]);

		both += order == 0;
		i += order <= 0;
		j += order >= 0;
	}
	return 200 * both / (a->n + b->n);
}

int
text_alike(const char *old, size_t old_n, const char *new, size_t new_n)
{
	struct arena *a = arena_new();
	struct pairs x = pairs_of(a, old, old_n), y = pairs_of(a, new, new_n);
	int alike = old_n == new_n && memcmp(old, new, old_n) == 0
	                ? 100
	                : share(&x, &y);

	arena_free(a);
	return alike;
}

/* --- which became which --------------------------------------------------- */

struct match {
	const struct diff_text *old, *new;
	int old_n, new_n;
	int *old_of, *alike;
	bool *taken; /* of the old ones */
};

static void
take(struct match *m, int i, int j, int alike)
{
	m->old_of[i] = j;
	m->alike[i] = alike;
	m->taken[j] = true;
}

static bool
same_text(const struct diff_text *x, const struct diff_text *y)
{
	return x->n == y->n && memcmp(x->text, y->text, x->n) == 0;
}

static bool
same_label(const struct diff_text *x, const struct diff_text *y)
{
	return strcmp(x->label, y->label) == 0;
}

/* Where it stood, else the first that is free. */
static void
match_same(struct match *m)
{
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < m->new_n; i++)
			for (int j = 0; j < m->old_n && m->old_of[i] < 0; j++)
				if (!m->taken[j] &&
				    same_text(&m->old[j], &m->new[i]) &&
				    (round > 0 ||
				     same_label(&m->old[j], &m->new[i])))
					take(m, i, j, 100);
}

struct candidate {
	int i, j, alike, weight;
};

static int
best_first(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->weight != y->weight)
		return y->weight - x->weight;
	return x->i != y->i ? x->i - y->i : x->j - y->j;
}

static void
match_alike(struct arena *a, struct match *m, const struct pairs *old,
            const struct pairs *new)
{
	int n = 0;
	size_t most = (size_t)m->old_n * (size_t)m->new_n;
	struct candidate *all;

	if (most == 0 || most > PAIRS_MAX)
		return;
	all = arena_alloc(a, most * sizeof(*all));
	for (int i = 0; i < m->new_n; i++)
		for (int j = 0; j < m->old_n && m->old_of[i] < 0; j++) {
			int alike = m->taken[j] ? 0 : share(&old[j], &new[i]);

			if (alike < ALIKE)
				continue;
			all[n++] = (struct candidate){
			    i, j, alike,
			    alike + (same_label(&m->old[j], &m->new[i])
			                 ? SAME_LABEL
			                 : 0)};
		}
	qsort(all, (size_t)n, sizeof(*all), best_first);
	for (int k = 0; k < n; k++)
		if (m->old_of[all[k].i] < 0 && !m->taken[all[k].j])
			take(m, all[k].i, all[k].j, all[k].alike);
}

static void
match_labels(struct match *m, const struct pairs *old, const struct pairs *new)
{
	for (int i = 0; i < m->new_n; i++)
		for (int j = 0; j < m->old_n && m->old_of[i] < 0; j++)
			if (!m->taken[j] &&
			    same_label(&m->old[j], &m->new[i]) &&
			    share(&old[j], &new[i]) >= ALIKE_AT_ALL)
				take(m, i, j, share(&old[j], &new[i]));
}

static struct pairs *
all_pairs(struct arena *a, const struct diff_text *rows, int n)
{
	struct pairs *out = arena_alloc(a, ((size_t)n + 1) * sizeof(*out));

	for (int i = 0; i < n; i++)
		out[i] = pairs_of(a, rows[i].text, rows[i].n);
	return out;
}

void
text_match(struct arena *a, const struct diff_text *old, int old_n,
           const struct diff_text *new, int new_n, int *old_of, int *alike)
{
	struct match m = {.old = old,
	                  .new = new,
	                  .old_n = old_n,
	                  .new_n = new_n,
	                  .old_of = old_of,
	                  .alike = alike,
	                  .taken = arena_alloc(a, (size_t)old_n + 1)};
	struct pairs *x = all_pairs(a, old, old_n);
	struct pairs *y = all_pairs(a, new, new_n);

	for (int i = 0; i < new_n; i++) {
		old_of[i] = -1;
		alike[i] = 0;
	}
	match_same(&m);
	match_alike(a, &m, x, y);
	match_labels(&m, x, y);
}
