/*
 * A long law to read: articles in order with their headings, only those in
 * sight with their texts. A mark '>' stands on one of them; at the foot where
 * one is. Down at the last in sight turns the page, so that a page is sent
 * once and the mark is all that moves in it.
 */
#ifndef TUI_LAW_VIEW_H
#define TUI_LAW_VIEW_H

#include "db/law.h"
#include "tui/law_rows.h"
#include "tui/ui.h"

struct law_view {
	struct widget widget; /* first */
	struct arena *contents, *texts;
	struct law_article *rows; /* of the text read, without texts */
	int n;
	int *own;         /* comments of the acting person on each */
	const char *find; /* what is sought; "" nothing */
	bool differs;     /* against the text before */
	/* A character was typed: where to go. */
	void (*typed)(struct ui *ui, void *data, const char *text);
	/* below: the view's own */
	const char **held; /* texts that were read, and before them */
	const char **before;
	int held_count;
	int top, skip; /* first in sight, and how many of its rows are above */
	int at;        /* the mark */
	int last;      /* last in sight */
	bool cut;      /* and some of its rows are below */
	int height, width;
};

void law_view_init(struct law_view *v, struct ui *ui, void *data);
/* Read the contents of a text; the mark goes to article (0: stays). */
int law_view_load(struct law_view *v, struct law_version_id id,
                  struct law_article_id article) MUST_CHECK;
/* What is shown differently: rows are as high as they are now. */
void law_view_go(struct law_view *v, int i);
/* Index of an article, or -1. */
int law_view_find(const struct law_view *v, struct law_article_id id);
/* What the mark stands on; NULL: nothing to read. */
const struct law_article *law_view_at(const struct law_view *v);

#endif
