/*
 * How often the page of a code was opened. Counted here and written together
 * every half minute, so that a page that many open costs the one writer
 * nothing; what a kill takes away is that half minute.
 */
#include <stdlib.h>

#include "db/base/log.h"
#include "db/code.h"
#include "server/web/web.h"

enum { VIEWS = 256, WRITE_MS = 30 * 1000 };

static struct code_view views[VIEWS];
static int count;

void
views_write(struct web *web)
{
	struct ctx system;
	int err;

	if (count == 0)
		return;
	ctx_init_system(&system, web->store);
	err = code_add_views(&system, views, count);
	if (err == OK)
		count = 0;
	else
		log_warn("views not written error=%s", err_name(err));
}

/* When all rows are taken they are written at once. */
void
views_count(struct web *web, struct code_id id)
{
	int i = 0;

	while (i < count && views[i].id.v != id.v)
		i++;
	if (i == VIEWS) {
		views_write(web);
		if (count == VIEWS)
			return;
		i = 0;
	}
	if (i == count)
		views[count++] = (struct code_view){.id = id};
	views[i].n++;
}

static void
on_time(void *data)
{
	struct web *web = data;

	views_write(web);
	(void)loop_after(web->loop, WRITE_MS, on_time, web);
}

void
views_begin(struct web *web)
{
	(void)loop_after(web->loop, WRITE_MS, on_time, web);
}
