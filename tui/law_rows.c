#include "tui/law_rows.h"

#include <string.h>

#include "db/base/buf.h"
#include "db/base/text.h"
#include "db/base/text_diff.h"

enum { BESIDE = 24 }; /* columns of what stayed, beside a change */

/* Text with the role of each of its bytes. */
struct marked {
	struct buf text, roles;
};

static void
put(struct marked *m, enum theme role, const char *text, size_t n)
{
	buf_addn(&m->text, text, n);
	for (size_t i = 0; i < n; i++)
		buf_addc(&m->roles, (char)role);
}

static void
put_run(struct marked *m, enum theme role, const char *before, const char *text,
        size_t n, const char *after)
{
	put(m, role, before, strlen(before));
	put(m, role, text, n);
	put(m, role, after, strlen(after));
}

/* Columns from the end of text, as bytes. */
static size_t
tail_bytes(struct arena *a, const char *text, size_t n, int columns)
{
	const char *copy = arena_strndup(a, text, n);
	int over = text_width(copy) - columns;
	size_t cut = over > 0 ? text_fit_bytes(copy, over) : 0;

	return n - cut;
}

static void
put_same(struct arena *a, struct marked *m, enum theme role, const char *text,
         size_t n, bool brief)
{
	const char *copy = arena_strndup(a, text, n);
	size_t head, tail;

	if (!brief || text_width(copy) <= 2 * BESIDE + 4) {
		put(m, role, text, n);
		return;
	}
	head = text_fit_bytes(copy, BESIDE);
	tail = tail_bytes(a, text, n, BESIDE);
	put_run(m, role, "", text, head, " .. ");
	put(m, role, text + n - tail, tail);
}

static void
put_difference(struct arena *a, struct marked *m, const char *before,
               const char *text, enum theme role, bool brief)
{
	struct diff_run *runs;
	int n;

	text_diff(a, before, strlen(before), text, strlen(text), &runs, &n);
	for (int i = 0; i < n; i++) {
		const struct diff_run *r = &runs[i];

		switch (r->kind) {
		case DIFF_SAME:
			put_same(a, m, role, before + r->at, r->n, brief);
			break;
		case DIFF_GONE:
			put_run(m, THEME_ERROR, "[-", before + r->at, r->n,
			        "-]");
			break;
		case DIFF_NEW:
			put_run(m, THEME_DONE, "{+", text + r->at, r->n, "+}");
			break;
		}
	}
}

static void
mark_found(struct marked *m, const char *find)
{
	size_t n = strlen(find);
	const char *at = m->text.data;

	while (n > 0 && (at = strstr(at, find)) != NULL) {
		memset(m->roles.data + (at - m->text.data), THEME_FIELD, n);
		at += n;
	}
}

/* Spans of one role each; line is length bytes of text. */
static void
cut(struct arena *a, const struct marked *m, size_t at, size_t length,
    struct law_row *row)
{
	size_t end = at + length, next;
	int n = 0;

	for (size_t i = at; i < end; i++)
		n += i == at || m->roles.data[i] != m->roles.data[i - 1];
	row->spans = arena_alloc(a, (size_t)(n + 1) * sizeof(*row->spans));
	row->n = 0;
	for (; at < end; at = next) {
		for (next = at + 1;
		     next < end && m->roles.data[next] == m->roles.data[at];)
			next++;
		row->spans[row->n++] = (struct law_span){
		    (enum theme)m->roles.data[at],
		    arena_strndup(a, m->text.data + at, next - at)};
	}
}

int
law_rows(struct arena *a, const struct law_shown *shown, int width,
         struct law_row **rows)
{
	struct marked m = {BUF_INIT, BUF_INIT};
	const char *const *lines;
	size_t at = 0;
	int n = 0;

	if (shown->before != NULL)
		put_difference(a, &m, shown->before, shown->text, shown->role,
		               false);
	else
		put(&m, shown->role, shown->text, strlen(shown->text));
	mark_found(&m, shown->find);
	lines = text_wrap(a, m.text.data, width);
	while (lines[n] != NULL)
		n++;
	*rows = arena_alloc(a, (size_t)(n + 1) * sizeof(**rows));
	for (int i = 0; i < n; i++) {
		const char *found = strstr(m.text.data + at, lines[i]);

		at = found != NULL ? (size_t)(found - m.text.data) : at;
		cut(a, &m, at, strlen(lines[i]), &(*rows)[i]);
		at += strlen(lines[i]);
	}
	buf_clear(&m.text);
	buf_clear(&m.roles);
	return n;
}

void
law_row_draw(const struct area *area, int y, int x, const struct law_row *row)
{
	for (int i = 0; i < row->n; i++)
		x += area_put(area, y, x, row->spans[i].role,
		              row->spans[i].text);
}

const char *
law_row_text(struct arena *a, const struct law_row *row)
{
	struct buf b = BUF_INIT;
	const char *text;

	for (int i = 0; i < row->n; i++)
		buf_add(&b, row->spans[i].text);
	text = arena_strdup(a, b.data);
	buf_clear(&b);
	return text;
}

const char *
law_relabelled(struct arena *a, const char *before, const char *was,
               const char *label)
{
	size_t n = strlen(was);

	return n > 0 && strncmp(before, was, n) == 0
	           ? arena_printf(a, "%s%s", label, before + n)
	           : before;
}

const char *
law_marked(struct arena *a, const char *before, const char *text, bool brief)
{
	struct marked m = {BUF_INIT, BUF_INIT};
	const char *out;

	put_difference(a, &m, before, text, THEME_NORMAL, brief);
	out = arena_strdup(a, m.text.data);
	buf_clear(&m.text);
	buf_clear(&m.roles);
	return out;
}
