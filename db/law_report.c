/* What was read in a draft law's text, in words and as data. */
#include "db/law_report.h"

#include <stdlib.h>

#include "db/base/i18n.h"

/* clang-format off */
const struct enum_name law_doubts[] = {
	[LAW_NO_ARTICLE] = {"no_article", N_("there is no article in it")},
	[LAW_TWICE]      = {"twice",      N_("this number stands there twice")},
	[LAW_GAP]        = {"gap",        N_("a number before it is missing")},
	[LAW_BACK]       = {"back",       N_("its number is lower than the one before")},
	[LAW_NUMERAL]    = {"numeral",    N_("it begins like an article, but has no number")},
	[LAW_TABLE]      = {"table",      N_("a table is kept as it is")},
	{NULL, NULL},
};
/* clang-format on */

const char *
law_warning_text(struct arena *a, const struct law_warning *w)
{
	const char *what =
	    arena_printf(a, "%s%s%s", w->label != NULL ? w->label : "",
	                 w->label != NULL && *w->label != '\0' ? ": " : "",
	                 _(law_doubts[w->doubt].label));

	return arena_printf(a, _("line %d: %s"), w->line, what);
}

const char *
law_counts_text(struct arena *a, const struct law_text *t)
{
	return arena_printf(a,
	                    _("parts %d, chapters %d, sections %d, articles "
	                      "%d"),
	                    t->parts, t->chapters, t->sections, t->articles);
}

const char *
law_against_text(struct arena *a, const struct law_preview *p)
{
	if (p->law.v == 0)
		return _("A new draft law.");
	if (p->already)
		return arena_printf(a,
		                    _("Draft law %lld has this very text "
		                      "already."),
		                    (long long)p->law.v);
	return arena_printf(a,
	                    _("The next text of draft law %lld: unchanged %d, "
	                      "moved %d, changed %d, new %d, gone %d"),
	                    (long long)p->law.v, p->same, p->moved, p->changed,
	                    p->fresh, p->gone);
}

void
law_preview_text(struct buf *out, struct arena *a, const struct law_preview *p)
{
	const struct law_text *t = &p->text;

	for (int i = 0; i < t->warning_count; i++)
		buf_addf(out, "%s\n", law_warning_text(a, &t->warnings[i]));
	buf_addf(out, "%s (%s)\n", t->title, p->encoding);
	buf_addf(out, "%s\n%s\n", law_counts_text(a, t),
	         law_against_text(a, p));
}

struct json *
law_preview_json(struct arena *a, const struct law_preview *p)
{
	const struct law_text *t = &p->text;
	struct json *j = json_new_object(), *list = json_new_array();

	json_set_text(j, "title", t->title);
	json_set_text(j, "encoding", p->encoding);
	json_set_int(j, "parts", t->parts);
	json_set_int(j, "chapters", t->chapters);
	json_set_int(j, "sections", t->sections);
	json_set_int(j, "articles", t->articles);
	json_set_int(j, "draft_law", p->law.v);
	json_set_bool(j, "already", p->already);
	json_set_int(j, "same", p->same);
	json_set_int(j, "moved", p->moved);
	json_set_int(j, "changed", p->changed);
	json_set_int(j, "new", p->fresh);
	json_set_int(j, "gone", p->gone);
	for (int i = 0; i < t->warning_count; i++) {
		const struct law_warning *w = &t->warnings[i];
		struct json *row = json_new_object();

		json_set_int(row, "line", w->line);
		json_set_text(row, "doubt", law_doubts[w->doubt].name);
		json_set_text(row, "label", w->label != NULL ? w->label : "");
		json_set_text(row, "text", law_warning_text(a, w));
		json_add(list, row);
	}
	json_set(j, "warnings", list);
	return j;
}

int
law_version_named(struct ctx *c, struct arena *a, const char *name,
                  int64_t number, struct law_version *out)
{
	struct law_version *rows;
	struct law law;
	char *end;
	struct law_id id = {strtoll(name, &end, 10)};
	int n = 0, err = *end == '\0' && *name != '\0'
	                     ? law_get(c, a, id, &law)
	                     : law_named(c, a, name, &law);

	if (err == OK)
		err = law_versions(c, a, law.id, &rows, &n);
	if (err != OK)
		return err;
	for (int i = 0; i < n; i++)
		if (number == 0 || rows[i].number == number) {
			*out = rows[i];
			return OK;
		}
	return ERR_NOT_FOUND;
}
