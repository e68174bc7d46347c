/* What db/outbox*.c share. */
#ifndef DB_OUTBOX_IN_H
#define DB_OUTBOX_IN_H

#include "db/outbox.h"

struct outbox_line {
	int64_t id, opinion;
	const char *step, *detail;
	struct day due_on;
	struct instant made_at;
	int64_t tries;
	const char *fault;
	bool given_up;
};
extern const struct field outbox_fields[];

#define OUTBOX_COLUMNS                                                         \
	"o.id, o.opinion, o.step, o.detail, o.due_on, o.made_at, o.tries,"     \
	" o.fault, o.given_up"

/* "#123 given to 社会事务办, answer due 10-12": the number first. In a. */
const char *outbox_text(struct arena *a, const struct outbox_line *l);
/* n of them, and that there were others before; "" of none. */
const char *outbox_news(struct arena *a, const struct outbox_line *rows, int n,
                        bool more);

#endif
