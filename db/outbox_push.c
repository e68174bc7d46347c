/* Pushing: a try is written down before it begins, in a transaction of its
 * own that is no event; what it became, in another. */
#include "db/outbox_push.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/outbox_in.h"
#include "db/store/stmt.h"

enum { DAY_S = 24 * 3600, HTTP = 80, HTTPS = 443 };

/* Seconds to the next try, after so many. */
static const int again_s[PUSH_TRIES] = {60, 5 * 60, 30 * 60, 60};

/* clang-format off */
const struct enum_name push_faults[] = {
	[PUSH_ADDRESS] = {"address", N_("not an address to write to")},
	[PUSH_FOREIGN] = {"host",    N_("the host is not on the list")},
	[PUSH_NAME]    = {"name",    N_("the host was not found")},
	[PUSH_CONNECT] = {"connect", N_("no connection")},
	[PUSH_TLS]     = {"tls",     N_("the certificate is not good")},
	[PUSH_TIME]    = {"time",    N_("it took too long")},
	[PUSH_REFUSED] = {"refused", N_("the chat refused it")},
	[PUSH_ANSWER]  = {"answer",  N_("the answer could not be read")},
	[PUSH_BROKEN]  = {"broken",  N_("broken off")},
	[PUSH_FAULTS]  = {NULL, NULL},
};
/* clang-format on */

#define OPEN "told_at IS NULL AND sent_at IS NULL"

static const char sql_due[] =
    "SELECT target FROM outbox WHERE " OPEN
    "   AND due_at IS NOT NULL AND due_at <= :clock ORDER BY due_at LIMIT 1";

static const char sql_address[] =
    "SELECT address FROM robot_webhook"
    " WHERE conversation = :target AND until > :clock";

/* What goes nowhere stays for the next answer. */
static const char sql_leave[] =
    "UPDATE outbox SET due_at = NULL WHERE target = :target AND " OPEN
    "   AND due_at <= :clock AND (:nowhere OR made_at < :old"
    "     OR (SELECT e.struck_by FROM event AS e"
    "          WHERE e.id = outbox.event) IS NOT NULL)";

/* Of a process that ended in its last try. */
static const char sql_give_up[] =
    "UPDATE outbox SET due_at = NULL, given_up = 1, fault = 'broken'"
    " WHERE target = :target AND " OPEN
    "   AND due_at <= :clock AND tries >= :most";

static const char sql_take[] =
    "SELECT " OUTBOX_COLUMNS " FROM outbox AS o"
    " WHERE o.target = :target AND o.told_at IS NULL AND o.sent_at IS NULL"
    "   AND o.due_at <= :clock ORDER BY o.id LIMIT 5";

static const char sql_try[] =
    "UPDATE outbox SET tries = tries + 1, due_at = :due, fault = ''"
    " WHERE id = :id";

static const char sql_done[] =
    "UPDATE outbox SET sent_at = :now, due_at = NULL, fault = ''"
    " WHERE id = :id AND told_at IS NULL";

static const char sql_failed[] =
    "UPDATE outbox SET fault = :fault,"
    "   given_up = :final OR tries >= :most,"
    "   due_at = iif(:final OR tries >= :most, NULL, due_at)"
    " WHERE id = :id AND " OPEN;

/* Among the newest few thousand lines, whosever they are. */
static const char sql_open[] =
    "SELECT " OUTBOX_COLUMNS
    "  FROM outbox AS o CROSS JOIN opinion ON opinion.id = o.opinion"
    " WHERE o.told_at IS NULL AND o.sent_at IS NULL"
    "   AND o.given_up = :given_up"
    "   AND o.id > (SELECT max(id) FROM outbox) - 5000 AND @scope"
    "   AND (SELECT e.struck_by FROM event AS e WHERE e.id = o.event) IS NULL"
    " ORDER BY o.id DESC LIMIT :most";

static const char sql_count[] =
    "SELECT count(*) FROM outbox WHERE " OPEN
    "   AND given_up = :given_up AND (:given_up OR due_at IS NOT NULL)"
    "   AND id > (SELECT max(id) FROM outbox) - 5000";

/* --- claiming ----------------------------------------------------------- */

static struct stmt *
of_target(struct ctx *c, const char *sql, const char *target,
          struct instant now)
{
	struct stmt *q = ctx_sql(c, NULL, sql);

	bind_text(q, ":target", target);
	bind_time(q, ":clock", now);
	return q;
}

/* One text of the first row; ERR_NOT_FOUND: there is none. */
static int
one_text(struct stmt *q, struct arena *a, const char **out)
{
	const char *text = NULL;
	int err;

	if (stmt_next(q))
		text = arena_strdup(a, col_text(q, 0));
	err = stmt_end(q);
	if (err == OK && text == NULL)
		return ERR_NOT_FOUND;
	if (err == OK)
		*out = text;
	return err;
}

static int
leave(struct ctx *c, const char *target, struct instant now, bool nowhere)
{
	struct stmt *q = of_target(c, sql_leave, target, now);
	int err;

	bind_int(q, ":nowhere", nowhere);
	bind_int(q, ":old", ctx_now(c).s - DAY_S);
	err = stmt_run(q, NULL);
	if (err != OK)
		return err;
	q = of_target(c, sql_give_up, target, now);
	bind_int(q, ":most", PUSH_TRIES);
	return stmt_run(q, NULL);
}

static int
take(struct ctx *c, struct arena *a, const char *target, struct instant now,
     struct push *out)
{
	struct stmt *q = of_target(c, sql_take, target, now);
	struct outbox_line *rows;
	int err = stmt_all(q, a, outbox_fields, sizeof(*rows), OUTBOX_TOLD,
	                   &rows, &out->n);

	for (int i = 0; err == OK && i < out->n; i++) {
		out->ids[i] = rows[i].id;
		q = ctx_sql(c, NULL, sql_try);
		bind_id(q, ":id", rows[i].id);
		bind_int(q, ":due", now.s + again_s[rows[i].tries]);
		err = stmt_run(q, NULL);
	}
	if (err == OK)
		out->text = outbox_news(a, rows, out->n, false);
	return err;
}

static int
claim(struct ctx *c, struct arena *a, const char *target, struct instant now,
      const char *fixed, struct push *out)
{
	int err =
	    one_text(of_target(c, sql_address, target, now), a, &out->address);

	if (err == ERR_NOT_FOUND) {
		out->address = fixed;
		err = OK;
	}
	if (err == OK)
		err = leave(c, target, now, out->address[0] == '\0');
	return err == OK ? take(c, a, target, now, out) : err;
}

static int
end(struct ctx *c, int err)
{
	if (err == OK)
		err = store_commit(c->store);
	if (err != OK)
		store_rollback(c->store);
	return err;
}

int
push_claim(struct ctx *c, struct arena *a, struct instant now,
           const char *fixed, struct push *out)
{
	struct push p = {.n = 0};
	const char *target = "";
	int err = OK;

	/* A group whose lines are all left has none; the next may have. */
	while (err == OK && p.n == 0) {
		struct stmt *q = ctx_sql(c, NULL, sql_due);

		bind_time(q, ":clock", now);
		err = one_text(q, a, &target);
		if (err == OK)
			err = store_begin(c->store);
		if (err == OK)
			err = end(c, claim(c, a, target, now, fixed, &p));
	}
	if (err == OK)
		*out = p;
	return err;
}

/* --- what became of it -------------------------------------------------- */

static int
each(struct ctx *c, const struct push *p, const char *sql,
     enum push_fault fault)
{
	int err = store_begin(c->store);

	if (err != OK)
		return err;
	for (int i = 0; err == OK && i < p->n; i++) {
		struct stmt *q = ctx_sql(c, NULL, sql);

		bind_id(q, ":id", p->ids[i]);
		if (fault == PUSH_FAULTS) {
			bind_time(q, ":now", ctx_now(c));
		} else {
			bind_text(q, ":fault", push_faults[fault].name);
			bind_int(q, ":final", fault <= PUSH_FOREIGN);
			bind_int(q, ":most", PUSH_TRIES);
		}
		err = stmt_run(q, NULL);
	}
	return end(c, err);
}

int
push_done(struct ctx *c, const struct push *p)
{
	return each(c, p, sql_done, PUSH_FAULTS);
}

int
push_failed(struct ctx *c, const struct push *p, enum push_fault fault)
{
	return each(c, p, sql_failed, fault);
}

/* --- where it may go ----------------------------------------------------- */

static bool
is_listed(const char *host, const char *hosts)
{
	size_t n = strlen(host);

	while (*hosts != '\0') {
		size_t len = strcspn(hosts, " ");

		if (len == n && n > 0 && strncasecmp(host, hosts, n) == 0)
			return true;
		hosts += len;
		hosts += strspn(hosts, " ");
	}
	return false;
}

/* Letters, digits, dots and hyphens, then a port and a path: nothing that two
 * readers of addresses could read in two ways. */
static bool
split(const char *address, char host[PUSH_HOST + 1], int *port)
{
	static const char http[] = "http://", https[] = "https://";
	bool tls = strncmp(address, https, strlen(https)) == 0;
	size_t n = 0;
	long number = tls ? HTTPS : HTTP;
	char *end_of = NULL;

	if (!tls && strncmp(address, http, strlen(http)) != 0)
		return false;
	for (const char *at = address; *at != '\0'; at++)
		if (!isgraph((unsigned char)*at) || strchr("\\@#\"<>", *at))
			return false;
	address += strlen(tls ? https : http);
	while (isalnum((unsigned char)address[n]) || address[n] == '.' ||
	       address[n] == '-')
		n++;
	if (n == 0 || n > PUSH_HOST)
		return false;
	memcpy(host, address, n);
	host[n] = '\0';
	address += n;
	if (*address == ':') {
		if (!isdigit((unsigned char)address[1]))
			return false;
		number = strtol(address + 1, &end_of, 10);
		address = end_of;
	}
	*port = (int)number;
	return number > 0 && number <= 65535 &&
	       (*address == '/' || *address == '\0') &&
	       (tls || strcmp(host, "127.0.0.1") == 0);
}

bool
push_may(const char *address, const char *hosts, char host[PUSH_HOST + 1],
         int *port, enum push_fault *fault)
{
	*fault = PUSH_ADDRESS;
	if (!split(address, host, port))
		return false;
	*fault = PUSH_FOREIGN;
	return is_listed(host, hosts);
}

/* --- what waits ---------------------------------------------------------- */

static const char *
fault_label(const char *name)
{
	for (int i = 0; i < PUSH_FAULTS; i++)
		if (strcmp(push_faults[i].name, name) == 0)
			return _(push_faults[i].label);
	return name; /* none, or of a newer version */
}

static int
add_waiting(struct ctx *c, struct arena *a, bool given_up, int max,
            struct push_line *rows, int *n)
{
	struct stmt *q = ctx_sql(c, &entity_opinion, sql_open);
	struct outbox_line *lines;
	int got, err;

	bind_int(q, ":given_up", given_up);
	bind_int(q, ":most", max - *n);
	err = stmt_all(q, a, outbox_fields, sizeof(*lines), max - *n, &lines,
	               &got);
	for (int i = 0; err == OK && i < got; i++)
		rows[(*n)++] = (struct push_line){
		    .id = lines[i].id,
		    .text = outbox_text(a, &lines[i]),
		    .made_at = lines[i].made_at,
		    .tries = lines[i].tries,
		    .fault = fault_label(lines[i].fault),
		    .given_up = lines[i].given_up,
		};
	return err;
}

int
push_waiting(struct ctx *c, struct arena *a, int max, struct push_line **rows,
             int *n)
{
	struct push_line *found = arena_alloc(a, (size_t)max * sizeof(*found));
	int count = 0, err = OK;

	if (!may(c, PERM_OPINION_TRIAGE))
		return ERR_DENIED;
	for (int given_up = 1; err == OK && given_up >= 0; given_up--)
		err = add_waiting(c, a, given_up, max, found, &count);
	if (err != OK)
		return err;
	*rows = found;
	*n = count;
	return OK;
}

static int
count(struct ctx *c, bool given_up, int64_t *out)
{
	struct stmt *q = ctx_sql(c, NULL, sql_count);

	bind_int(q, ":given_up", given_up);
	return stmt_int(q, out);
}

int
push_count(struct ctx *c, int64_t *waiting, int64_t *given_up)
{
	int err = count(c, false, waiting);

	return err == OK ? count(c, true, given_up) : err;
}
