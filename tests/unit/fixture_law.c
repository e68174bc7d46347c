/* The draft law of fixture_law.h. */
#include "tests/unit/fixture_law.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define YES(call) assert_int_equal((call), OK)

static const char text[] =
    "# 养犬管理条例\n\n第一条 为了规范养犬行为,制定本条例。\n\n"
    "第二条 本市行政区域内的养犬及其管理,适用本条例。\n\n"
    "第三条 公安机关负责养犬登记。\n";

int
laws_setup(void **state)
{
	static const char *const names[] = {"1", "2", "3"};
	struct laws *w = xcalloc(1, sizeof(*w));
	struct law_article row;
	void *o;

	if (org_setup(&o) != 0)
		return -1;
	w->o = o;
	law_clock(w, (struct day){2026, 3, 10});
	law_ctx(w, "county", &w->county);
	YES(law_import(&w->county, text, strlen(text), (struct law_id){0}, "",
	               &w->version));
	for (int i = 0; i < LAW_FIXTURE_ARTICLES; i++) {
		YES(law_article_named(&w->county, w->o->f->a, w->version,
		                      names[i], &row));
		w->articles[i] = row.id;
	}
	*state = w;
	return 0;
}

int
laws_open_setup(void **state)
{
	struct consultation entry;
	struct laws *w;
	int err = laws_setup(state);

	w = *state;
	entry = law_entry(w);
	YES(consultation_prepare(&w->county, &entry, NULL, 0, NULL, 0, &w->id));
	YES(law_step(w, "county", CONSULTATION_DO_OPEN));
	return err;
}

int
laws_teardown(void **state)
{
	struct laws *w = *state;
	void *o = w->o;

	free(w);
	return org_teardown(&o);
}

void
law_ctx(struct laws *w, const char *who, struct ctx *c)
{
	org_ctx(w->o, who, c);
	c->stopped = w->o->f->ctx.stopped;
}

void
law_clock(struct laws *w, struct day day)
{
	w->o->f->ctx.stopped = clock_at(day, 12, 0);
	w->county.stopped = w->o->f->ctx.stopped;
}

struct consultation
law_entry(const struct laws *w)
{
	return (struct consultation){
	    .version = w->version,
	    .title = "养犬管理条例征求意见",
	    .text = "请逐条提出意见。",
	    .material = "起草说明",
	    .from_on = {2026, 3, 1},
	    .to_on = {2026, 3, 31},
	    .published = true,
	};
}

struct consultation
law_now(struct laws *w, struct consultation_id id)
{
	struct consultation row;

	YES(consultation_get(&w->o->f->ctx, w->o->f->a, id, &row));
	return row;
}

int
law_step(struct laws *w, const char *who, enum consultation_step step)
{
	struct ctx c;

	law_ctx(w, who, &c);
	return consultation_fire(&c, w->id, step, "不再需要",
	                         (struct day){2026, 4, 30});
}

struct law_comment
law_comment_entry(const struct laws *w, int article, const char *words)
{
	return (struct law_comment){
	    .consultation = w->id,
	    .article = {article < 0 ? 0 : w->articles[article].v},
	    .words = words,
	};
}

struct law_comment_id
law_said(struct laws *w, const char *who, int article, const char *words)
{
	struct law_comment entry = law_comment_entry(w, article, words);
	struct law_comment_id id = {0};
	struct ctx c;

	law_ctx(w, who, &c);
	if (c.scope != SCOPE_SELF)
		entry.sender = "周先生";
	YES(law_comment_add(&c, &entry, &id));
	return id;
}

struct law_comment
law_comment_now(struct laws *w, struct law_comment_id id)
{
	struct law_comment row;

	YES(law_comment_get(&w->o->f->ctx, w->o->f->a, id, &row));
	return row;
}

int
law_do(struct laws *w, const char *who, struct law_comment_id id,
       enum law_comment_step step, struct law_comment_id into)
{
	struct law_comment_act act = {
	    .id = id,
	    .row_version = law_comment_now(w, id).row_version,
	    .step = step,
	    .reason = "请写明理由",
	    .into = into,
	    .result = COMMENT_PARTLY,
	    .answer = "已部分采纳。",
	    .words = "应当写明登记机关。",
	    .wording = "",
	};
	struct ctx c;

	law_ctx(w, who, &c);
	return law_comment_act(&c, &act);
}

int64_t
law_duties(struct laws *w)
{
	return fixture_int(w->o->f, "SELECT count(*) FROM duty_record"
	                            " WHERE kind = 'law'");
}
