/*
 * The text of a law, line by line: a line that begins like a heading or an
 * article begins a unit, every other one belongs to the unit before it.
 */
#include "db/base/law_text.h"

#include <stdbool.h>
#include <string.h>

#include "db/base/text.h"

enum {
	GROW = 64,
	NUMERAL_MAX = 40, /* bytes of a numeral */
	HEADING_MAX = 120 /* bytes of a heading's line */
};

#define MARK_ARTICLE "条"
#define MARK_SUB "之"
#define SPACE_WIDE "　"

/* --- a line ------------------------------------------------------------ */

struct line {
	const char *text; /* without what Markdown and blanks put before it */
	size_t n;         /* without its end and blanks before that */
	size_t begins, ends;
	int number;
	int marks; /* # before it */
};

static bool
begins(const char *s, size_t n, const char *with)
{
	size_t w = strlen(with);

	return n >= w && memcmp(s, with, w) == 0;
}

static size_t
blank(const char *s, size_t n)
{
	if (n > 0 && (*s == ' ' || *s == '\t' || *s == '\r' || *s == '\f'))
		return 1;
	return begins(s, n, SPACE_WIDE) ? strlen(SPACE_WIDE) : 0;
}

static bool
ends_as(const struct line *l, const char *with)
{
	size_t w = strlen(with);

	return l->n >= w && memcmp(l->text + l->n - w, with, w) == 0;
}

/* Blanks, the marks of headings, of bold text and of citing. */
static void
strip(struct line *l)
{
	while (l->n > 0) {
		size_t w = blank(l->text, l->n);

		if (w == 0 &&
		    (*l->text == '#' || *l->text == '*' || *l->text == '>')) {
			l->marks += *l->text == '#';
			w = 1;
		}
		if (w == 0)
			break;
		l->text += w;
		l->n -= w;
	}
	while (l->n > 0 && (strchr(" \t\r\f*", l->text[l->n - 1]) != NULL))
		l->n--;
	while (ends_as(l, SPACE_WIDE))
		l->n -= strlen(SPACE_WIDE);
}

/* A line ends with a newline or, in old files, with a return alone. */
static struct line
line_at(const char *text, size_t n, size_t at, int number)
{
	struct line l = {.text = text + at, .begins = at, .number = number};
	size_t end = at;

	while (end < n && text[end] != '\n' && text[end] != '\r')
		end++;
	l.n = end - at;
	if (end < n && text[end] == '\r' && end + 1 < n &&
	    text[end + 1] == '\n')
		end++;
	l.ends = end < n ? end + 1 : n;
	strip(&l);
	return l;
}

/* --- what a line begins -------------------------------------------------- */

/* 第<numeral><mark>: how many bytes, 0 it is none; -1 the numeral is no
 * numeral. */
static int
numbered(const struct line *l, const char *mark, int64_t *number)
{
	const char first[] = "第";
	size_t from = strlen(first);

	if (!begins(l->text, l->n, first))
		return 0;
	for (size_t i = from; i < l->n && i - from <= NUMERAL_MAX; i++) {
		if (!begins(l->text + i, l->n - i, mark))
			continue;
		if (i == from)
			return 0;
		*number = law_numeral(l->text + from, i - from);
		return *number < 0 ? -1 : (int)(i + strlen(mark));
	}
	return 0;
}

/* 之一 after an article's number. */
static int
sub_number(const struct line *l, int at, int64_t *sub)
{
	size_t from = (size_t)at + strlen(MARK_SUB), best = 0;

	*sub = 0;
	if (!begins(l->text + at, l->n - (size_t)at, MARK_SUB))
		return at;
	for (size_t n = 1; from + n <= l->n && n <= NUMERAL_MAX; n++) {
		int64_t v = law_numeral(l->text + from, n);

		if (v > 0) {
			best = n;
			*sub = v;
		}
	}
	return best > 0 ? (int)(from + best) : at;
}

static bool
is_apart(const struct line *l, int at)
{
	return (size_t)at == l->n ||
	       blank(l->text + at, l->n - (size_t)at) > 0 ||
	       begins(l->text + at, l->n - (size_t)at, "*") ||
	       begins(l->text + at, l->n - (size_t)at, "【") ||
	       begins(l->text + at, l->n - (size_t)at, "（");
}

struct reader {
	struct arena *a;
	const char *text;
	struct law_text *out;
	int64_t last;      /* number of the last article */
	bool in_contents;  /* a table of contents: its headings are none */
	const char *first; /* the first heading in it */
	bool in_table;
};

static void
warn(struct reader *r, enum law_doubt doubt, const struct line *l,
     const char *label)
{
	struct law_text *t = r->out;

	if (t->warning_count % GROW == 0) {
		struct law_warning *more = arena_alloc(
		    r->a, (size_t)(t->warning_count + GROW) * sizeof(*more));

		if (t->warning_count > 0)
			memcpy(more, t->warnings,
			       (size_t)t->warning_count * sizeof(*more));
		t->warnings = more;
	}
	t->warnings[t->warning_count++] =
	    (struct law_warning){doubt, l->number, label};
}

/* An article, or a sentence that begins by naming one: that is followed by
 * its own words at once, and its number is not the next. */
static bool
is_article(struct reader *r, const struct line *l, struct law_unit *u)
{
	int at = numbered(l, MARK_ARTICLE, &u->number);

	if (at < 0 && r->last > 0 && l->n < HEADING_MAX)
		warn(r, LAW_NUMERAL, l, arena_strndup(r->a, l->text, l->n));
	if (at <= 0)
		return false;
	at = sub_number(l, at, &u->sub);
	if (!is_apart(l, at) && (u->number != r->last + 1 || u->sub != 0))
		return false;
	u->kind = LAW_ARTICLE;
	u->label = arena_strndup(r->a, l->text, (size_t)at);
	return true;
}

static bool
is_heading(struct reader *r, const struct line *l, struct law_unit *u)
{
	static const struct {
		const char *mark;
		enum law_kind kind;
	} marks[] = {
	    {"编", LAW_PART}, {"章", LAW_CHAPTER}, {"节", LAW_SECTION}};

	if (l->n > HEADING_MAX || ends_as(l, "。"))
		return false;
	for (size_t i = 0; i < COUNT(marks); i++) {
		int at = numbered(l, marks[i].mark, &u->number);

		if (at <= 0)
			continue;
		u->kind = marks[i].kind;
		u->label = arena_strndup(r->a, l->text, (size_t)at);
		return true;
	}
	return false;
}

static bool
is_rest(const struct line *l)
{
	static const char *const words[] = {"附件", "附表", "附录", "附：",
	                                    "附:"};

	if (l->n > HEADING_MAX)
		return false;
	for (size_t i = 0; i < COUNT(words); i++)
		if (begins(l->text, l->n, words[i]))
			return true;
	return false;
}

/* 目录, with or without blanks between. */
static bool
is_contents(const struct line *l)
{
	const char a[] = "目", b[] = "录";
	size_t w;

	return l->n >= strlen(a) + strlen(b) && l->n < HEADING_MAX / 2 &&
	       begins(l->text, l->n, a) &&
	       begins(l->text + l->n - strlen(b), strlen(b), b) &&
	       ((w = l->n - strlen(a) - strlen(b)) == 0 ||
	        blank(l->text + strlen(a), w) > 0);
}

/* --- units --------------------------------------------------------------- */

static int
add_unit(struct reader *r, struct law_unit *u, const struct line *l)
{
	struct law_text *t = r->out;

	if (t->n == LAW_UNITS_MAX)
		return ERR_TOO_LONG;
	if (t->n % GROW == 0) {
		struct law_unit *more =
		    arena_alloc(r->a, (size_t)(t->n + GROW) * sizeof(*more));

		if (t->n > 0)
			memcpy(more, t->units, (size_t)t->n * sizeof(*more));
		t->units = more;
	}
	u->begins = t->n > 0 ? l->begins : 0; /* blank lines before the first */
	u->line = l->number;
	t->units[t->n++] = *u;
	t->parts += u->kind == LAW_PART;
	t->chapters += u->kind == LAW_CHAPTER;
	t->sections += u->kind == LAW_SECTION;
	t->articles += u->kind == LAW_ARTICLE;
	return OK;
}

static bool
is_known(const struct reader *r, const struct law_unit *u)
{
	for (int i = 0; i < r->out->n; i++) {
		const struct law_unit *v = &r->out->units[i];

		if (v->kind == LAW_ARTICLE && v->number == u->number &&
		    v->sub == u->sub)
			return true;
	}
	return false;
}

static void
check_number(struct reader *r, const struct law_unit *u, const struct line *l)
{
	/* only what is not the next one is looked for among all */
	if (u->number != r->last + 1 && is_known(r, u))
		warn(r, LAW_TWICE, l, u->label);
	else if (u->number < r->last)
		warn(r, LAW_BACK, l, u->label);
	else if (u->number > r->last + 1)
		warn(r, LAW_GAP, l, u->label);
	r->last = u->number;
}

static void
check_table(struct reader *r, const struct line *l)
{
	bool is = l->n > 1 && *l->text == '|';

	if (is && !r->in_table)
		warn(r, LAW_TABLE, l, "");
	r->in_table = is;
}

/* Headings of a table of contents come again where they belong. */
static bool
still_in_contents(struct reader *r, const struct law_unit *u)
{
	if (!r->in_contents)
		return false;
	if (u->kind == LAW_ARTICLE ||
	    (r->first != NULL && strcmp(r->first, u->label) == 0)) {
		r->in_contents = false;
		return false;
	}
	if (r->first == NULL)
		r->first = u->label;
	return true;
}

static bool
has_rest(const struct reader *r)
{
	return r->out->n > 0 && r->out->units[r->out->n - 1].kind == LAW_REST;
}

static int
take_line(struct reader *r, const struct line *l)
{
	struct law_unit u = {.label = ""};

	if (l->n == 0 || has_rest(r)) /* an annex has articles of its own */
		return OK;
	check_table(r, l);
	if (is_article(r, l, &u) || is_heading(r, l, &u)) {
		if (still_in_contents(r, &u))
			return OK;
		if (u.kind == LAW_ARTICLE)
			check_number(r, &u, l);
		return add_unit(r, &u, l);
	}
	if (r->out->n == 0) {
		u.kind = LAW_TITLE;
		r->out->title = arena_strndup(r->a, l->text, l->n);
		return add_unit(r, &u, l);
	}
	if (is_contents(l) && r->out->articles == 0)
		r->in_contents = true;
	if (r->out->units[r->out->n - 1].kind == LAW_TITLE)
		u.kind = LAW_NOTE;
	else if (r->out->articles > 0 && is_rest(l))
		u.kind = LAW_REST;
	else
		return OK;
	return add_unit(r, &u, l);
}

/* Text, and nothing a terminal or a page would take for anything else. */
static bool
is_text(const char *text, size_t n)
{
	uint32_t ch;

	for (size_t i = 0; i < n;) {
		int step = text_decode(text + i, n - i, &ch);

		if (step <= 0 ||
		    (ch < ' ' && ch != '\t' && ch != '\n' && ch != '\r' &&
		     ch != '\f') ||
		    ch == 0x7f)
			return false;
		i += (size_t)step;
	}
	return n > 0;
}

int
law_text_read(struct arena *a, const char *text, size_t n, struct law_text *out)
{
	struct reader r = {.a = a, .text = text, .out = out};
	int err = OK, number = 1;

	*out = (struct law_text){.title = ""};
	if (n > LAW_BYTES_MAX)
		return ERR_TOO_LONG;
	if (!is_text(text, n))
		return ERR_INVALID;
	for (size_t at = 0; at < n && err == OK; number++) {
		struct line l = line_at(text, n, at, number);

		err = take_line(&r, &l);
		at = l.ends;
	}
	for (int i = 0; i < out->n; i++)
		out->units[i].ends =
		    i + 1 < out->n ? out->units[i + 1].begins : n;
	if (err == OK && out->n == 0)
		err = ERR_INVALID;
	if (err == OK && out->articles == 0)
		warn(&r, LAW_NO_ARTICLE, &(struct line){.number = 1}, "");
	return err;
}
