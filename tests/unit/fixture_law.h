/*
 * A draft law of three articles, asked about in the two units of
 * fixture_org.h from 2026-03-01 to 2026-03-31, looked at on the 10th.
 */
#ifndef TESTS_UNIT_FIXTURE_LAW_H
#define TESTS_UNIT_FIXTURE_LAW_H

#include "db/law_comment.h"
#include "tests/unit/fixture_org.h"

enum { LAW_FIXTURE_ARTICLES = 3 };

struct laws {
	struct org *o;
	struct ctx county; /* whoever runs consultations */
	struct law_version_id version;
	struct law_article_id articles[LAW_FIXTURE_ARTICLES];
	struct consultation_id id; /* open, published */
};

/* With a draft law only, and with its consultation open. */
int laws_setup(void **state);
int laws_open_setup(void **state);
int laws_teardown(void **state);

/* The context of an account, at the clock of the system's. */
void law_ctx(struct laws *w, const char *who, struct ctx *c);
/* The clock of all stands at noon of that day. */
void law_clock(struct laws *w, struct day day);

/* What laws_open_setup prepares and opens. */
struct consultation law_entry(const struct laws *w);
struct consultation law_now(struct laws *w, struct consultation_id id);
int law_step(struct laws *w, const char *who, enum consultation_step step);

/* A comment on an article (0 to 2, or -1: the whole); person and unit are for
 * who enters it for others. */
struct law_comment law_comment_entry(const struct laws *w, int article,
                                     const char *words);
/* Its number, as who comments; the call must be good. */
struct law_comment_id law_said(struct laws *w, const char *who, int article,
                               const char *words);
struct law_comment law_comment_now(struct laws *w, struct law_comment_id id);
/* A step with all that it may want; its row_version is the present one. */
int law_do(struct laws *w, const char *who, struct law_comment_id id,
           enum law_comment_step step, struct law_comment_id into);
/* Duty records that comments made. */
int64_t law_duties(struct laws *w);

#endif
