/* A trial of the classifier on two files. */
#include "db/suggest_trial.h"

#include <string.h>

#include "db/base/csv.h"
#include "db/base/gb18030.h"
#include "db/base/guess.h"
#include "db/base/i18n.h"
#include "db/import_in.h"

enum { SUBJECT, BODY, CATEGORY, COLUMNS };
enum { TEXT_MAX = 30000, CATEGORY_MAX = 60, CLASSES_MAX = 1000, TOP = 3 };

static const struct import_column columns[] = {
    [SUBJECT] = {.name = "subject", .zh = "标题", .max = TEXT_MAX},
    [BODY] = {.name = "body", .zh = "内容", .max = TEXT_MAX, .required = true},
    [CATEGORY] = {.name = "category",
                  .zh = "类别",
                  .max = CATEGORY_MAX,
                  .required = true},
    {.name = "id", .zh = "编号", .max = TEXT_MAX},
    {.name = "author", .zh = "来信人", .max = TEXT_MAX},
    {.name = "received_at", .zh = "时间", .max = TEXT_MAX},
};

static const struct import_spec spec = {
    .name = "labelled", .columns = columns, .column_count = COUNT(columns)};

/* A line of a file. */
struct text {
	const char *subject, *body;
	int class;
	struct text *next;
};

static int
class_of(struct suggest_trial *t, struct arena *a, const char *name)
{
	int i = 0;

	if (t->classes == NULL)
		t->classes = arena_alloc(a, CLASSES_MAX * sizeof(*t->classes));
	while (i < t->class_count && strcmp(t->classes[i].name, name) != 0)
		i++;
	if (i == t->class_count && i < CLASSES_MAX)
		t->classes[t->class_count++].name = arena_strdup(a, name);
	return i;
}

static void
take_line(struct import_run *r, struct suggest_trial *t, struct text ***end)
{
	struct text *text;
	int class = class_of(t, r->a, r->cells[CATEGORY]);

	if (class == CLASSES_MAX) {
		import_bad_cell(r, CATEGORY, _("there are too many of these."));
		return;
	}
	r->report->good++;
	text = arena_alloc(r->a, sizeof(*text));
	*text = (struct text){.subject = arena_strdup(r->a, r->cells[SUBJECT]),
	                      .body = arena_strdup(r->a, r->cells[BODY]),
	                      .class = class};
	**end = text;
	*end = &text->next;
}

static int
read_lines(struct import_run *r, struct import_input *in,
           struct suggest_trial *t, struct text **first)
{
	struct csv_reader *csv = csv_reader_new(in->data, in->n);
	struct text **end = first;
	struct csv_record record;
	int err = import_header(r, in, csv);

	while (err == OK && csv_reader_next(csv, &record)) {
		arena_reset(r->page);
		r->line = record.line;
		r->is_bad = false;
		if (record.fault != NULL)
			import_bad(r, "%s", _(record.fault));
		else if (!import_cells(r, in, &record))
			continue;
		r->report->rows++;
		import_required(r);
		if (!r->is_bad)
			take_line(r, t, &end);
	}
	csv_reader_free(csv);
	return err == OK && *first == NULL ? ERR_INVALID : err;
}

static int
read_file(struct arena *a, const char *data, size_t n, struct suggest_trial *t,
          struct import_report *report, struct text **first)
{
	struct ctx nobody = {.me = 0};
	struct import_run r = {
	    .c = &nobody, .a = a, .spec = &spec, .report = report};
	struct import_input in;
	int err;

	report->bad = arena_alloc(a, IMPORT_BAD_MAX * sizeof(*report->bad));
	r.page = arena_new();
	err = import_input_open(&in, report, data, n);
	if (err == OK)
		err = read_lines(&r, &in, t, first);
	gb18030_close(in.gb18030);
	arena_free(r.page);
	return err;
}

static void
ask(struct arena *a, struct suggest_trial *t, const struct text *train,
    const struct text *test)
{
	struct suggest_class *class = &t->classes[test->class];
	struct guess_answer best[TOP];
	struct guess *g =
	    guess_new(a, test->subject, test->body, t->class_count);
	int n;

	for (int i = 0; i < t->class_count; i++)
		if (t->classes[i].known > 0)
			guess_seed(g, i, t->classes[i].name);
	for (; train != NULL; train = train->next)
		guess_learn(g, train->class, train->subject, train->body);
	n = guess_best(g, best, TOP);
	class->asked++;
	class->first += n > 0 && best[0].class == test->class;
	for (int i = 0; i < n; i++)
		class->among += best[i].class == test->class;
}

int
suggest_trial(struct arena *a, const char *train, size_t train_n,
              const char *test, size_t test_n, struct suggest_trial *out)
{
	struct text *known = NULL, *asked = NULL;
	struct arena *page;
	int err;

	*out = (struct suggest_trial){.asked = 0};
	err = read_file(a, train, train_n, out, &out->train, &known);
	for (const struct text *t = known; t != NULL; t = t->next)
		out->classes[t->class].known++;
	if (err == OK)
		err = read_file(a, test, test_n, out, &out->test, &asked);
	if (err != OK)
		return err;
	page = arena_new();
	for (const struct text *t = asked; t != NULL; t = t->next) {
		arena_reset(page);
		ask(page, out, known, t);
	}
	arena_free(page);
	for (int i = 0; i < out->class_count; i++) {
		out->asked += out->classes[i].asked;
		out->first += out->classes[i].first;
		out->among += out->classes[i].among;
	}
	return OK;
}
