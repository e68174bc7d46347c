/* Choosing an office or another opinion in a form. */
#include "tui/suggest_pick.h"

#include <inttypes.h>
#include <string.h>

#include "db/opinion.h"
#include "db/organ.h"
#include "db/search.h"

static const char *
because(struct arena *a, const struct suggestion *s)
{
	return arena_printf(a, "%d%% %s", s->percent, suggest_because(a, s));
}

static bool
has(const struct form_option *out, int n, int64_t value)
{
	while (n > 0 && out[n - 1].value != value)
		n--;
	return n > 0;
}

/* --- offices ------------------------------------------------------------- */

const char *
suggest_pick_office_label(struct ctx *c, struct arena *a, int64_t value)
{
	struct organ row;

	return value != 0 &&
	               organ_get(c, a, (struct organ_id){value}, &row) == OK
	           ? row.name
	           : "";
}

int
suggest_pick_office(struct ctx *c, struct arena *a,
                    const struct suggest_asked *asked, const char *category,
                    const char *text, struct form_option *out, int max)
{
	struct suggestion s[SUGGEST_TOP];
	struct organ *organs;
	int n = 0, count, err = OK;

	if (text[0] == '\0')
		err = suggest_office(c, a, asked, category, s,
		                     max < SUGGEST_TOP ? max : SUGGEST_TOP, &n);
	if (err == OK)
		err = organ_list(c, a, asked->unit, &organs, &count);
	if (err != OK)
		return err;
	for (int i = 0; i < n; i++)
		out[i] = (struct form_option){.value = s[i].organ.v,
		                              .label = s[i].label,
		                              .note = because(a, &s[i])};
	for (int i = 0; i < count && n < max; i++)
		if (strstr(organs[i].name, text) != NULL &&
		    !has(out, n, organs[i].id.v))
			out[n++] = (struct form_option){
			    .value = organs[i].id.v, .label = organs[i].name};
	return n;
}

/* --- opinions ------------------------------------------------------------ */

static const char *
opinion_label(struct arena *a, int64_t id, const char *subject)
{
	return arena_printf(a, "#%" PRId64 " %s", id, subject);
}

const char *
suggest_pick_opinion_label(struct ctx *c, struct arena *a, int64_t value)
{
	struct opinion row;

	return value != 0 &&
	               opinion_get(c, a, (struct opinion_id){value}, &row) == OK
	           ? opinion_label(a, value, row.subject)
	           : "";
}

static int
seek(struct ctx *c, struct arena *a, const struct suggest_asked *asked,
     const char *text, struct form_option *out, int max)
{
	struct search_result found;
	int n = 0;
	int err =
	    search_run(c, a, text, search_kind_named("opinions"), max, &found);

	for (int i = 0; err == OK && i < found.n; i++)
		if (found.hits[i].number != asked->except.v)
			out[n++] = (struct form_option){
			    .value = found.hits[i].number,
			    .label = opinion_label(a, found.hits[i].number,
			                           found.hits[i].title),
			    .note = found.hits[i].unit_name};
	return err == OK ? n : err;
}

int
suggest_pick_opinion(struct ctx *c, struct arena *a,
                     const struct suggest_asked *asked, const char *text,
                     struct form_option *out, int max)
{
	struct suggestion s[SUGGEST_ALIKE];
	int n = 0, err;

	if (text[0] != '\0')
		return seek(c, a, asked, text, out, max);
	err = suggest_alike(c, a, asked, s,
	                    max < SUGGEST_ALIKE ? max : SUGGEST_ALIKE, &n);
	for (int i = 0; err == OK && i < n; i++)
		out[i] = (struct form_option){
		    .value = s[i].opinion.v,
		    .label = opinion_label(a, s[i].opinion.v, s[i].label),
		    .note = because(a, &s[i])};
	return err == OK ? n : err;
}
