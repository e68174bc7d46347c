/* find: records and people by any words, as the search page finds them. */
#include <inttypes.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/search.h"
#include "db/store/list.h"
#include "server/session/exec.h"

enum { HITS = 200, TITLE = 26, FOUND = 60 };

static const char *
day_text(struct exec *x, const struct search_hit *hit)
{
	char day[11] = "";

	if (hit->at.s != 0)
		day_format(day_of(hit->at), day);
	return arena_strdup(x->a, day);
}

static void
print_lines(struct exec *x, const struct search_result *r)
{
	for (int i = 0; i < r->n; i++) {
		const struct search_hit *hit = &r->hits[i];
		const char *title =
		    search_mark(x->a, &r->words, hit->title, TITLE, NULL);

		buf_addf(
		    &x->out, "%s %6s  %s  %s  %s\n",
		    text_pad(x->a, _(search_kind_label(hit->kind)), 8, false),
		    search_kind_is_part(hit->kind)
			? ""
			: arena_printf(x->a, "%" PRId64, hit->number),
		    text_pad(x->a, title, TITLE, false),
		    text_pad(x->a, day_text(x, hit), 10, false),
		    search_mark(x->a, &r->words, hit->text, FOUND, NULL));
	}
	for (int i = 0; search_kind_name(i) != NULL; i++)
		if (r->totals[i] > LIST_COUNT_CAP)
			exec_say(x, "%s: %d+", _(search_kind_label(i)),
			         LIST_COUNT_CAP);
		else if (r->totals[i] >= 0)
			exec_say(x, "%s: %" PRId64, _(search_kind_label(i)),
			         r->totals[i]);
}

static struct json *
hit_json(struct exec *x, const struct search_result *r,
         const struct search_hit *hit)
{
	struct json *j = json_new_object();

	json_set_text(j, "kind", search_kind_name(hit->kind));
	json_set_int(j, "number", hit->number);
	json_set_text(j, "title", hit->title);
	json_set_text(j, "found",
	              search_mark(x->a, &r->words, hit->text, FOUND, NULL));
	json_set_text(j, "unit", hit->unit_name);
	json_set_text(j, "on", day_text(x, hit));
	return j;
}

static void
print_json(struct exec *x, const struct search_result *r)
{
	struct json *root = json_new_object(), *list = json_new_array();
	struct json *totals = json_new_object();
	bool more = false;

	for (int i = 0; i < r->n; i++)
		json_add(list, hit_json(x, r, &r->hits[i]));
	for (int i = 0; search_kind_name(i) != NULL; i++) {
		bool capped = r->totals[i] > LIST_COUNT_CAP;

		more = more || capped;
		if (r->totals[i] >= 0)
			json_set_int(totals, search_kind_name(i),
			             capped ? LIST_COUNT_CAP : r->totals[i]);
	}
	json_set(root, "hits", list);
	json_set(root, "totals", totals);
	json_set_bool(root, "more", more); /* than some total says */
	json_set_text(root, "order", r->is_ranked ? "best" : "newest");
	exec_json(x, root);
}

int
exec_find_in(struct exec *x, int kind, const char *const *words, int n)
{
	struct search_result r;
	const char *text = "";
	int err;

	for (int i = 0; i < n; i++)
		text = arena_printf(x->a, "%s%s%s", text, i > 0 ? " " : "",
		                    words[i]);
	err = search_run(x->c, x->a, text, kind, HITS, &r);
	if (err != OK)
		return err;
	if (r.words.n == 0)
		return ERR_USAGE;
	if (x->json)
		print_json(x, &r);
	else
		print_lines(x, &r);
	return OK;
}

int
exec_find(struct exec *x)
{
	const char **words =
	    arena_alloc(x->a, sizeof(*words) * ((size_t)x->count + 1));
	int kind = SEARCH_ALL, n = 0;

	for (int i = 0; i < x->count; i++) {
		if (strcmp(x->words[i], "--kind") != 0) {
			words[n++] = x->words[i];
			continue;
		}
		kind = i + 1 < x->count ? search_kind_named(x->words[++i]) : -1;
		if (kind < 0)
			return ERR_USAGE;
	}
	return exec_find_in(x, kind, words, n);
}
