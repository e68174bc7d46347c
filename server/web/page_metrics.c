/* What is counted of every answer, and the page that monitoring reads. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "db/stats.h"
#include "server/web/link.h"
#include "server/web/web.h"

/* The last row stands for all others. */
static const int statuses[STATUSES] = {200, 303, 400, 403, 404, 405, 409,
                                       410, 413, 415, 429, 500, 503};
static const int bounds_ms[BUCKETS] = {1,  2,   5,   10,  25,
                                       50, 100, 250, 500, 1000};

static const char *const routes[ROUTES + 1] = {
#define ROUTE(name, methods, path, opens, share) [ROUTE_##name] = #name,
#include "server/web/routes.def"
#undef ROUTE
    [ROUTES] = "none",
};

void
metrics_count(struct web *web, const struct request *r, int64_t took_us)
{
	struct counters *c = &web->counters;
	int status = 0, bucket = 0;

	while (status < STATUSES - 1 && statuses[status] != r->status)
		status++;
	while (bucket < BUCKETS && took_us > bounds_ms[bucket] * 1000)
		bucket++;
	c->by[r->route][status]++;
	c->took[bucket]++;
	c->took_us += took_us;
}

static void
head(struct buf *b, const char *name, const char *kind, const char *help)
{
	buf_addf(b, "# HELP liaison_%s %s\n# TYPE liaison_%s %s\n", name, help,
	         name, kind);
}

static void
one(struct buf *b, const char *name, const char *kind, const char *help,
    int64_t n)
{
	head(b, name, kind, help);
	buf_addf(b, "liaison_%s %lld\n", name, (long long)n);
}

static void
add_requests(struct buf *b, const struct counters *c)
{
	int64_t sum = 0;

	head(b, "http_requests_total", "counter",
	     "Answers by route and status.");
	for (int i = 0; i <= ROUTES; i++)
		for (int k = 0; k < STATUSES; k++)
			if (c->by[i][k] > 0)
				buf_addf(b,
				         "liaison_http_requests_total{route="
				         "\"%s\",status=\"%d\"} %lld\n",
				         routes[i], statuses[k],
				         (long long)c->by[i][k]);
	head(b, "http_seconds", "histogram",
	     "From a request's headers to its answer.");
	for (int i = 0; i <= BUCKETS; i++) {
		sum += c->took[i];
		if (i < BUCKETS)
			buf_addf(
			    b, "liaison_http_seconds_bucket{le=\"%g\"} %lld\n",
			    bounds_ms[i] / 1000.0, (long long)sum);
	}
	buf_addf(b,
	         "liaison_http_seconds_bucket{le=\"+Inf\"} %lld\n"
	         "liaison_http_seconds_sum %.6f\n"
	         "liaison_http_seconds_count %lld\n",
	         (long long)sum, (double)c->took_us / 1e6, (long long)sum);
}

static int64_t
size_of(struct arena *a, const char *path, const char *end)
{
	struct stat st;

	return stat(arena_printf(a, "%s%s", path, end), &st) == 0
	           ? (int64_t)st.st_size
	           : 0;
}

/* Counting whole tables takes its time on a large site: done once a minute,
 * however often it is asked for. */
static void
add_records(struct request *r)
{
	enum { FRESH_MS = 60 * 1000 };
	static int64_t counted_ms;
	static struct buf kept = BUF_INIT;
	int64_t now_ms = clock_monotonic_ms();
	struct stat_line *rows;
	struct ctx system;
	int n;

	ctx_init_system(&system, r->web->store);
	if ((counted_ms == 0 || now_ms - counted_ms > FRESH_MS) &&
	    stats_list(&system, r->a, &rows, &n) == OK) {
		counted_ms = now_ms;
		buf_truncate(&kept, 0);
		head(&kept, "records", "gauge",
		     "How much there is of everything.");
		for (int i = 0; i < n; i++)
			buf_addf(&kept, "liaison_records{kind=\"%s\"} %lld\n",
			         rows[i].name, (long long)rows[i].n);
	}
	buf_add(&r->out, kept.data);
}

static void
add_store(struct request *r)
{
	const char *path = r->web->cfg->database_path;

	one(&r->out, "database_bytes", "gauge", "Size of the database.",
	    size_of(r->a, path, ""));
	one(&r->out, "wal_bytes", "gauge", "Size of its write-ahead log.",
	    size_of(r->a, path, "-wal"));
	add_records(r);
}

static void
on_numbers(struct request *r, const struct ask_answer *answer)
{
	struct buf *b = &r->out;

	r->status = 200;
	r->type = "text/plain; version=0.0.4; charset=utf-8";
	if (answer->err == OK) {
		one(b, "ssh_connections", "gauge", "SSH connections.",
		    answer->connections);
		one(b, "ssh_connections_waiting", "gauge",
		    "Of them, before sign-in.", answer->waiting);
		one(b, "sessions", "gauge", "Sessions.", answer->sessions);
		one(b, "sessions_dropped", "gauge",
		    "Of them, whose link dropped.", answer->dropped);
	}
	one(b, "http_connections", "gauge", "HTTP connections.", links_count());
	one(b, "http_connections_refused_total", "counter",
	    "HTTP connections closed at once.", r->web->counters.refused);
	add_requests(b, &r->web->counters);
	add_store(r);
}

/* Who is not meant to read it is not told that it is there. */
void
page_metrics(struct request *r)
{
	struct source from;

	if (r->behind || source_parse(r->address, &from) != OK ||
	    !source_is_in(&r->web->metrics, &from)) {
		page_say(r, 404, _("There is no such page"),
		         _("The address is not complete, or what it led to is "
		           "no longer there."));
		return;
	}
	ask_numbers(r, on_numbers);
}
