/*
 * The demo's draft laws: a dozen consultations over the years, from the text
 * to the answer that its authors have seen. Nothing here throws dice, so that
 * the years stay as they are.
 */
#include "db/demo_law.h"

#include <stdlib.h>
#include <string.h>

#include "db/base/buf.h"
#include "db/demo_in.h"
#include "db/law_comment.h"

enum {
	ROUNDS = 12,
	APART = 199, /* days from one to the next */
	AHEAD = 5,   /* days from its preparation to its first */
	READERS = 6, /* deputies of a unit who are asked; all of an open one */
	TALK = 4,    /* of them comment */
	FEW = 300,   /* a demo of fewer activities has the newest only */
	DUE_MAX = ROUNDS * 80
};

enum end { OPEN, DRAFT, CLOSED, CANCELLED, ANSWERED };

/* clang-format off */
static const struct round {
	int theme;
	bool other;  /* the other law that says much alike */
	bool second; /* its second text */
	enum end end;
	int from, lasts; /* days from today; days */
	int unit;
} rounds[ROUNDS] = {
	{1, false, true,  OPEN,      -10, 30, DEMO_TOWN},
	{3, true,  false, DRAFT,      12, 30, DEMO_SUBDISTRICT},
	{2, false, true,  CLOSED,    -52, 30, DEMO_TOWN},
	{0, true,  false, CANCELLED, -1 * APART, 30, 4},
	{3, false, true,  ANSWERED,  -2 * APART, 30, DEMO_SUBDISTRICT},
	{1, false, false, ANSWERED,  -3 * APART, 45, DEMO_TOWN},
	{2, true,  false, ANSWERED,  -4 * APART, 30, 1},
	{0, false, true,  ANSWERED,  -5 * APART, 30, DEMO_TOWN},
	{3, false, false, ANSWERED,  -6 * APART, 30, DEMO_SUBDISTRICT},
	{2, false, false, ANSWERED,  -7 * APART, 30, DEMO_TOWN},
	{0, false, false, ANSWERED,  -8 * APART, 45, DEMO_SUBDISTRICT},
	{1, true,  false, ANSWERED,  -9 * APART, 30, DEMO_TOWN},
};
/* clang-format on */

enum what {
	PREPARE,
	BEGIN,
	READ,
	STUDY,
	COMMENT,
	NOTHING,
	CITIZEN,
	CHECK,
	BACK,
	MERGE,
	SEND,
	CANCEL,
	CLOSE,
	ANSWER,
	TELL,
	SEE
};

struct demo_law_act {
	int64_t at;
	enum what what;
	int i, k; /* round; reader or comment, TALK: the citizen's */
};

struct demo_laws {
	struct consultation_id ids[ROUNDS];
	struct law_version_id versions[ROUNDS];
	struct law_comment_id comments[ROUNDS][TALK + 1];
	struct demo_law_act due[DUE_MAX];
	int n, next, records;
};

/* --- what is due when ---------------------------------------------------- */

static void
add(struct demo *d, int days, int hour, enum what what, int i, int k)
{
	struct demo_laws *y = d->laws;
	struct day day = day_add(d->today, days);
	int64_t at = clock_at(day, hour, 11 + k).s;

	if (at > d->now.s)
		return;
	y->due[y->n++] = (struct demo_law_act){at, what, i, k};
	y->records += what == COMMENT;
}

/* Its first day, in days from today. Whoever is asked holds a mandate as long
 * as it lasts: none runs from one term into the next. */
static int
first_day(const struct demo *d, int i)
{
	int from = rounds[i].from, lasts = rounds[i].lasts;
	int turn = day_diff(d->turn, d->today);

	if (from - AHEAD >= turn || from + lasts < turn)
		return from;
	from = turn - lasts - 1;
	return from - AHEAD > day_diff(d->first, d->today) ? from
	                                                   : turn + AHEAD;
}

static bool
is_published(int i)
{
	return i % 4 != 3;
}

static struct person_id
reader(const struct demo *d, int i, int k)
{
	const struct demo_unit *u = &d->units[rounds[i].unit];
	bool old = first_day(d, i) - AHEAD < day_diff(d->turn, d->today);
	const struct demo_pool *pool = old ? &u->old : &u->now;

	if (k == READERS) /* the account to try things with */
		return d->deputy;
	return pool->persons[(i * 3 + k + 1) % pool->n];
}

/* That account has read what is open, no more. */
static bool
is_tried(const struct demo *d, int i, int k)
{
	return rounds[i].end == OPEN && reader(d, i, k).v == d->deputy.v;
}

static void
cut_readers(struct demo *d, int i)
{
	int from = first_day(d, i);

	if (rounds[i].end == OPEN)
		add(d, from + 2, 20, READ, i, READERS);
	for (int k = 0; k < READERS; k++) {
		if (is_tried(d, i, k))
			continue;
		add(d, from + 1 + k / 2, 10, READ, i, k);
		if (k == READERS - 1)
			continue; /* the time passes */
		add(d, from + 2 + k / 2, 15, STUDY, i, k);
		if (k < TALK)
			add(d, from + 4 + k, 19, COMMENT, i, k);
		else
			add(d, from + 7, 9, NOTHING, i, k);
	}
}

static void
cut_comments(struct demo *d, int i)
{
	int from = first_day(d, i), to = from + rounds[i].lasts;

	if (is_published(i))
		add(d, from + 6, 20, CITIZEN, i, TALK);
	for (int k = 0; k < TALK + is_published(i); k++) {
		if (rounds[i].end == OPEN && (k > 1 || is_tried(d, i, k)))
			continue; /* they wait for the station */
		if (rounds[i].end == OPEN && k == 1) {
			add(d, from + 9, 9, BACK, i, k);
			continue;
		}
		if (k == TALK - 1) {
			add(d, from + 10, 9, MERGE, i, k);
			continue;
		}
		add(d, from + 8 + k, 8, CHECK, i, k);
		if (rounds[i].end == OPEN ||
		    (rounds[i].end == CLOSED && k == 2))
			continue;
		add(d, from + 12 + k, 9, SEND, i, k);
		if (rounds[i].end == ANSWERED || k == 0)
			add(d, to + 8 + k, 14, ANSWER, i, k);
	}
}

static void
cut(struct demo *d, int i)
{
	int from = first_day(d, i), to = from + rounds[i].lasts;

	add(d, from - (rounds[i].end == DRAFT ? 15 : AHEAD), 9, PREPARE, i, 0);
	if (rounds[i].end == DRAFT)
		return;
	add(d, from, 0, BEGIN, i, 0);
	if (rounds[i].end == CANCELLED) {
		add(d, from + 2, 16, CANCEL, i, 0);
		return;
	}
	cut_readers(d, i);
	cut_comments(d, i);
	if (rounds[i].end == OPEN)
		return;
	add(d, to + 1, 0, CLOSE, i, 0);
	if (rounds[i].end != ANSWERED)
		return;
	add(d, to + 20, 10, TELL, i, 0);
	for (int k = 0; k < TALK; k++)
		add(d, to + 21 + k, 12, SEE, i, k);
}

static int
by_clock(const void *a, const void *b)
{
	const struct demo_law_act *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->i != y->i ? x->i - y->i : (int)x->what - (int)y->what;
}

int
demo_law_plan(struct demo *d)
{
	int n = d->activities < FEW ? 3 : ROUNDS;

	d->laws = arena_alloc(d->a, sizeof(*d->laws));
	*d->laws = (struct demo_laws){0};
	for (int i = 0; i < n; i++)
		cut(d, i);
	qsort(d->laws->due, (size_t)d->laws->n, sizeof(*d->laws->due),
	      by_clock);
	return d->laws->records;
}

/* --- the text ------------------------------------------------------------ */

static void
add_article(struct demo *d, struct buf *out, int *number, const char *body)
{
	buf_addf(out, "第%s条 %s\n\n", law_numeral_of(d->page, ++*number),
	         body);
}

static const char *
title_of(int i)
{
	const struct demo_theme *t = &demo_themes[rounds[i].theme];

	return rounds[i].other ? t->other_title : t->title;
}

static void
write_text(struct demo *d, struct buf *out, int i, bool second)
{
	const struct demo_theme *t = &demo_themes[rounds[i].theme];
	int chapters = 0, last = 0, number = 0, old = 0;

	for (int p = 0; t->body[p] != NULL; p++)
		last += t->body[p][0] == '#';
	buf_addf(out, "# %s\n\n", title_of(i));
	for (int p = 0; t->body[p] != NULL; p++) {
		const char *body = t->body[p];

		if (body[0] == '#') {
			if (++chapters == last && second)
				add_article(d, out, &number, t->more);
			buf_addf(out, "## 第%s章 %s\n\n",
			         law_numeral_of(d->page, chapters), body + 1);
			continue;
		}
		if (++old == t->changed && second)
			body = t->instead;
		add_article(d, out, &number, body);
	}
}

/* --- who does it --------------------------------------------------------- */

static struct ctx
as_county(const struct demo *d)
{
	struct ctx c = *d->c;

	c.me = d->units[DEMO_UNITS].officer.v;
	return c;
}

static struct ctx
as_station(const struct demo *d, int unit)
{
	struct ctx c = *d->c;

	c.me = d->units[unit].officer.v;
	c.scope = SCOPE_STATION;
	c.my_unit = d->units[unit].id.v;
	c.my_station = d->units[unit].station.v;
	return c;
}

static struct ctx
as_reader(const struct demo *d, int i, int k)
{
	struct ctx c = *d->c;

	c.me = reader(d, i, k).v;
	c.scope = SCOPE_SELF;
	return c;
}

/* --- one act ------------------------------------------------------------- */

/* A text that is there already stays the one there is. */
static int
import_text(struct demo *d, struct ctx *c, int i, bool second)
{
	struct buf text = BUF_INIT;
	int err;

	write_text(d, &text, i, second);
	err = law_import(c, text.data, text.len, (struct law_id){0},
	                 second ? "二次审议稿" : "", &d->laws->versions[i]);
	buf_clear(&text);
	return err;
}

static int
prepare(struct demo *d, int i)
{
	struct ctx c = as_county(d);
	int unit = rounds[i].unit;
	struct consultation entry = {
	    .title = arena_printf(
		d->page, rounds[i].second ? "%s二次征求意见" : "%s征求意见",
		title_of(i)),
	    .text = "请结合本地实际,就草案的可操作性、管理措施和法律责任"
		    "提出意见;有具体修改文字的,请一并写明。",
	    .material = "起草说明:草案经调研、座谈后形成,重点规范群众反映集中"
			"的问题。",
	    .from_on = day_add(d->today, first_day(d, i)),
	    .to_on = day_add(d->today, first_day(d, i) + rounds[i].lasts),
	    .published = is_published(i),
	    .reason = "",
	    .summary = "",
	    .token = "",
	};
	struct person_id persons[READERS];
	int err;

	for (int k = 0; k < READERS; k++)
		persons[k] = reader(d, i, k);
	err = import_text(d, &c, i, false);
	if (err == OK && rounds[i].second)
		err = import_text(d, &c, i, true);
	entry.version = d->laws->versions[i];
	return err == OK
	           ? consultation_prepare(
			 &c, &entry, &d->units[unit].id, 1, persons,
			 rounds[i].end == OPEN ? 0 : READERS, &d->laws->ids[i])
	           : err;
}

static int
article(struct demo *d, struct ctx *c, int i, int k, struct law_article_id *id)
{
	const struct demo_theme *t = &demo_themes[rounds[i].theme];
	struct law_article row;
	int err = law_article_named(
	    c, d->page, d->laws->versions[i],
	    arena_printf(d->page, "%d", t->said[k].article), &row);

	if (err == OK)
		*id = row.id;
	return err;
}

static int
comment(struct demo *d, int i, int k)
{
	const struct demo_theme *t = &demo_themes[rounds[i].theme];
	struct ctx c = as_reader(d, i, k);
	struct law_comment entry = {
	    .consultation = d->laws->ids[i], .sender = "", .answer = ""};
	int err;

	if (k == TALK) {
		entry.sender = "居民";
		entry.unit = d->units[rounds[i].unit].id;
		entry.words = t->citizen;
		entry.wording = "";
		return law_comment_add_public(d->c, &entry, "",
		                              &d->laws->comments[i][k]);
	}
	entry.words = t->said[k].words;
	entry.wording = t->said[k].wording;
	err = article(d, &c, i, k, &entry.article);
	return err == OK ? law_comment_add(&c, &entry, &d->laws->comments[i][k])
	                 : err;
}

static int
step(struct demo *d, const struct demo_law_act *due, struct ctx *c,
     struct law_comment_act *act)
{
	static const char *const answers[] = {"已采纳,条文作了修改。",
	                                      "部分采纳,在实施细则中明确。",
	                                      "现行规定与上位法一致,不作修改。",
	                                      "", "转交有关部门在工作中研究。"};
	static const enum law_comment_result results[] = {
	    COMMENT_ADOPTED, COMMENT_PARTLY, COMMENT_NOT_ADOPTED,
	    COMMENT_NO_RESULT, COMMENT_REFERENCE};
	struct law_comment row;
	int err;

	act->id = d->laws->comments[due->i][due->k];
	act->into = d->laws->comments[due->i][0];
	act->reason = "请写明具体情形和依据";
	act->result = results[due->k % (TALK + 1)];
	act->answer = answers[due->k % (TALK + 1)];
	act->words = act->wording = "";
	err = law_comment_get(c, d->page, act->id, &row);
	if (err != OK)
		return err;
	act->row_version = row.row_version;
	return law_comment_act(c, act);
}

/* From the station to its answer. */
static int
answer_one(struct demo *d, int i, const struct law_comment_line *line)
{
	struct ctx station = as_station(d, rounds[i].unit);
	struct ctx county = as_county(d);
	struct law_comment_act act = {.id = line->id,
	                              .step = COMMENT_DO_ANSWER,
	                              .reason = "",
	                              .result = COMMENT_REFERENCE,
	                              .answer =
	                                  "所提问题在配套措施中一并研究。",
	                              .words = "",
	                              .wording = ""};
	int err = OK;

	for (int state = line->state; err == OK && state < COMMENT_SENT;
	     state = state == COMMENT_CHECKED ? COMMENT_SENT
	                                      : COMMENT_CHECKED) {
		act.step = state == COMMENT_CHECKED ? COMMENT_DO_SEND
		                                    : COMMENT_DO_CHECK;
		err = law_comment_act(&station, &act);
		act.row_version++;
	}
	act.step = COMMENT_DO_ANSWER;
	return err == OK ? law_comment_act(&county, &act) : err;
}

/* What opinions became comments meanwhile is answered with the others. */
static int
tell(struct demo *d, int i)
{
	enum { REST = 100 };
	const struct list_query rest = {
	    .values = {{COMMENT_LIST_CONSULTATION, d->laws->ids[i].v, NULL},
	               {COMMENT_LIST_TURN, 1, NULL}},
	    .value_count = 2};
	struct ctx county = as_county(d);
	struct list_page page;
	int err = list_fetch(&county, d->page, &law_comment_list, &rest,
	                     LIST_FIRST, NULL, REST, &page);

	for (int k = 0; err == OK && k < page.n; k++)
		err = answer_one(
		    d, i, &((const struct law_comment_line *)page.rows)[k]);
	return err == OK
	           ? consultation_fire(
			 &county, d->laws->ids[i], CONSULTATION_DO_ANSWER,
			 "意见已逐条研究,采纳情况见各条答复。", (struct day){0})
	           : err;
}

static int
see(struct demo *d, int i, int k)
{
	struct ctx c = as_reader(d, i, k);
	int err = consultation_take(&c, d->laws->ids[i], READER_SEEN);

	return err == OK ? law_comment_see(&c, d->laws->comments[i][k]) : err;
}

static int
perform_step(struct demo *d, const struct demo_law_act *due)
{
	static const enum law_comment_step steps[] = {
	    [CHECK] = COMMENT_DO_CHECK,   [BACK] = COMMENT_DO_RETURN,
	    [MERGE] = COMMENT_DO_MERGE,   [SEND] = COMMENT_DO_SEND,
	    [ANSWER] = COMMENT_DO_ANSWER,
	};
	struct law_comment_act act = {.step = steps[due->what]};
	struct ctx c = due->what == ANSWER ? as_county(d)
	                                   : as_station(d, rounds[due->i].unit);

	return step(d, due, &c, &act);
}

static int
perform(struct demo *d, const struct demo_law_act *due)
{
	struct ctx county = as_county(d), own = as_reader(d, due->i, due->k);
	struct consultation_id id = d->laws->ids[due->i];
	struct day none = {0};

	switch (due->what) {
	case PREPARE:
		return prepare(d, due->i);
	case BEGIN:
		return consultation_fire(&county, id, CONSULTATION_DO_OPEN, "",
		                         none);
	case CANCEL:
		return consultation_fire(&county, id, CONSULTATION_DO_CANCEL,
		                         "上位法修订,暂缓制定", none);
	case CLOSE:
		return consultation_fire(&county, id, CONSULTATION_DO_CLOSE, "",
		                         none);
	case TELL:
		return tell(d, due->i);
	case READ:
		return consultation_take(&own, id, READER_READ);
	case STUDY:
		return consultation_take(&own, id, READER_STUDIED);
	case NOTHING:
		return consultation_take(&own, id, READER_NOTHING);
	case SEE:
		return see(d, due->i, due->k);
	case COMMENT:
	case CITIZEN:
		return comment(d, due->i, due->k);
	default:
		return perform_step(d, due);
	}
}

int
demo_law_until(struct demo *d, int64_t at)
{
	struct demo_laws *y = d->laws;
	int err = OK;

	while (err == OK && y->next < y->n && y->due[y->next].at <= at) {
		const struct demo_law_act *due = &y->due[y->next++];

		d->c->stopped.s = due->at;
		err = perform(d, due);
		arena_reset(d->page);
	}
	return err;
}
