/* A draft law's text comes in: read, compared with the one before, written. */
#include <string.h>

#include "db/base/gb18030.h"
#include "db/base/i18n.h"
#include "db/base/secret.h"
#include "db/base/text.h"
#include "db/base/text_diff.h"
#include "db/entry.h"
#include "db/law_in.h"
#include "db/store/event.h"

/* --- the encoding -------------------------------------------------------- */

static bool
is_utf8(const char *s, size_t n)
{
	uint32_t ch;

	for (size_t i = 0; i < n;) {
		int step = text_decode(s + i, n - i, &ch);

		if (step <= 0)
			return false;
		i += (size_t)step;
	}
	return true;
}

static int
decode(struct arena *a, const char *bytes, size_t n, struct law_preview *out)
{
	static const char bom[] = "\xef\xbb\xbf";
	struct gb18030 *g;
	int err;

	out->bom = n >= 3 && memcmp(bytes, bom, 3) == 0;
	out->source = bytes + (out->bom ? 3 : 0);
	out->n = n - (out->bom ? 3 : 0);
	out->encoding = "UTF-8";
	if (is_utf8(out->source, out->n))
		return OK;
	out->encoding = "GB18030";
	err = gb18030_open(&g);
	if (err != OK)
		return err;
	err = gb18030_decode(g, a, bytes, n, &out->source);
	gb18030_close(g);
	if (err == OK)
		out->n = strlen(out->source);
	return err;
}

/* --- against the text before --------------------------------------------- */

/* What became of what, article by article: the ids of the old ones and how
 * each changed; by unit of the new text. */
struct compared {
	struct law_article_id *before;
	enum law_change *change;
	int gone;
};

/* The text of an article without its number, which may have moved. */
static struct diff_text
body_of(struct arena *a, const char *label, const char *text)
{
	const char *body = law_trim(a, text);
	const char *at = strstr(body, label);

	if (at != NULL)
		body = law_trim(a, at + strlen(label));
	return (struct diff_text){label, body, strlen(body)};
}

static int
old_articles(struct ctx *c, struct arena *a, struct law_version_id id,
             struct law_article **ids, struct diff_text **texts, int *n)
{
	struct law_article *all;
	int count, err = law_whole(c, a, id, &all, &count);

	*n = 0;
	if (err != OK)
		return err;
	*ids = arena_alloc(a, ((size_t)count + 1) * sizeof(**ids));
	*texts = arena_alloc(a, ((size_t)count + 1) * sizeof(**texts));
	for (int i = 0; i < count; i++) {
		if (all[i].kind != LAW_ARTICLE)
			continue;
		(*ids)[*n] = all[i];
		(*texts)[(*n)++] = body_of(a, all[i].label, all[i].text);
	}
	return OK;
}

const char *
law_preview_unit(struct arena *a, const struct law_preview *p, int i)
{
	const struct law_unit *u = &p->text.units[i];

	return arena_strndup(a, p->source + u->begins, u->ends - u->begins);
}

static enum law_change
change_of(const struct law_article *old, const char *label, int alike)
{
	if (alike < 100)
		return LAW_CHANGED;
	return strcmp(old->label, label) == 0 ? LAW_SAME : LAW_MOVED;
}

static void
count_changes(const struct compared *out, struct law_preview *p)
{
	int *const counts[] = {NULL, &p->same, &p->moved, &p->changed,
	                       &p->fresh};

	for (int i = 0; i < p->text.n; i++)
		if (counts[out->change[i]] != NULL)
			++*counts[out->change[i]];
	p->gone = out->gone;
}

static int
compare(struct ctx *c, struct arena *a, struct law_version_id id,
        struct law_preview *p, struct compared *out)
{
	const struct law_text *t = &p->text;
	struct diff_text *old,
	    *new = arena_alloc(a, ((size_t)t->n + 1) * sizeof(*new));
	int *at = arena_alloc(a, ((size_t)t->n + 1) * sizeof(*at));
	int *old_of = arena_alloc(a, ((size_t)t->n + 1) * sizeof(*old_of));
	int *alike = arena_alloc(a, ((size_t)t->n + 1) * sizeof(*alike));
	struct law_article *ids;
	int n = 0, old_n, err = old_articles(c, a, id, &ids, &old, &old_n);

	if (err != OK)
		return err;
	for (int i = 0; i < t->n; i++)
		if (t->units[i].kind == LAW_ARTICLE) {
			new[n] = body_of(a, t->units[i].label,
			                 law_preview_unit(a, p, i));
			at[n++] = i;
		}
	text_match(a, old, old_n, new, n, old_of, alike);
	out->gone = old_n;
	for (int i = 0; i < n; i++) {
		out->change[at[i]] = LAW_NEW;
		if (old_of[i] < 0)
			continue;
		out->before[at[i]] = ids[old_of[i]].id;
		out->change[at[i]] =
		    change_of(&ids[old_of[i]], new[i].label, alike[i]);
		out->gone--;
	}
	count_changes(out, p);
	return OK;
}

/* The newest text of a law. */
static int
newest(struct ctx *c, struct arena *a, struct law_id id,
       struct law_version *out)
{
	struct law_version *rows;
	int n, err = law_versions(c, a, id, &rows, &n);

	if (err == OK && n == 0)
		err = ERR_NOT_FOUND;
	if (err == OK)
		*out = rows[0];
	return err;
}

static int
find_law(struct ctx *c, struct arena *a, struct law_preview *p)
{
	struct law law;
	int err = p->law.v != 0 ? law_get(c, a, p->law, &law)
	                        : law_named(c, a, p->text.title, &law);

	if (err == ERR_NOT_FOUND && p->law.v == 0)
		return OK; /* a new one */
	if (err == OK)
		p->law = law.id;
	return err;
}

static int
no_text(struct ctx *c)
{
	ctx_check_begin(c);
	ctx_fault(c, "file",
	          N_("This is no plain text in UTF-8 or GB18030. Save the "
	             "document as plain text first."));
	return ERR_INVALID;
}

static const char *
refusal(const struct law_text *t)
{
	if (t->articles == 0)
		return N_("There is no article in it: no line begins with "
		          "a number such as \xe7\xac\xac\xe4\xb8\x80\xe6\x9d"
		          "\xa1.");
	return t->units[0].kind != LAW_TITLE
	           ? N_("The first line must be the law's title.")
	           : NULL;
}

static int
prepare(struct ctx *c, struct arena *a, const char *bytes, size_t n,
        struct law_preview *p, struct compared *compared)
{
	char hash[SECRET_HEX + 1];
	struct law_version last;
	int err = decode(a, bytes, n, p);

	if (err == OK)
		err = law_text_read(a, p->source, p->n, &p->text);
	if (err == ERR_INVALID)
		return no_text(c);
	if (err != OK)
		return err;
	p->refused = refusal(&p->text);
	*compared = (struct compared){
	    .before = arena_alloc(a, ((size_t)p->text.n + 1) *
	                                 sizeof(*compared->before)),
	    .change = arena_alloc(a, ((size_t)p->text.n + 1) *
	                                 sizeof(*compared->change)),
	};
	p->change = compared->change;
	err = find_law(c, a, p);
	if (err != OK || p->law.v == 0)
		return err;
	err = newest(c, a, p->law, &last);
	if (err != OK)
		return err;
	secret_sha256(p->source, p->n, hash);
	p->already = strcmp(hash, last.hash) == 0 && p->bom == last.bom;
	return compare(c, a, last.id, p, compared);
}

int
law_preview(struct ctx *c, struct arena *a, const char *bytes, size_t n,
            struct law_id into, struct law_preview *out)
{
	struct compared compared = {.gone = 0};

	*out = (struct law_preview){.encoding = "", .law = into};
	if (!may(c, PERM_LAW_WRITE))
		return ERR_DENIED;
	return prepare(c, a, bytes, n, out, &compared);
}

/* --- writing ------------------------------------------------------------- */

static int
write_law(struct ctx *c, struct law_preview *p)
{
	struct stmt *q;

	if (p->law.v != 0) {
		q = ctx_stmt(c, &entity_law, LAW_SQL_BUMP);
		bind_id(q, ":id", p->law.v);
		event_subject(c, p->law.v, 0);
		return stmt_run(q, NULL);
	}
	p->law.v = ctx_new_id(c, &entity_law);
	event_subject(c, p->law.v, 0);
	q = ctx_stmt(c, &entity_law, LAW_SQL_ADD);
	bind_id(q, ":id", p->law.v);
	bind_text(q, ":title", p->text.title);
	return stmt_run(q, NULL);
}

static int
write_units(struct ctx *c, struct arena *a, const struct law_preview *p,
            const struct compared *compared, struct law_version_id id)
{
	int err = OK;

	for (int i = 0; i < p->text.n && err == OK; i++) {
		const struct law_unit *u = &p->text.units[i];
		struct stmt *q =
		    ctx_stmt(c, &entity_law_version, VERSION_SQL_UNIT);

		bind_id(q, ":version", id.v);
		bind_int(q, ":position", i + 1);
		bind_text(q, ":kind", law_kinds[u->kind].name);
		bind_int(q, ":number", u->number);
		bind_int(q, ":sub", u->sub);
		bind_text(q, ":label", u->label);
		bind_text(q, ":text", law_preview_unit(a, p, i));
		bind_id(q, ":before", compared->before[i].v);
		bind_text(q, ":change", law_changes[compared->change[i]].name);
		err = stmt_run(q, NULL);
	}
	return err;
}

static int
write(struct ctx *c, struct arena *a, struct law_preview *p,
      const struct compared *compared, struct law_version *row)
{
	char hash[SECRET_HEX + 1];
	struct law law;
	struct stmt *q;
	int err = write_law(c, p);

	if (err == OK)
		err = law_get(c, a, p->law, &law);
	if (err != OK)
		return err;
	secret_sha256(p->source, p->n, hash);
	row->id.v = ctx_new_id(c, &entity_law_version);
	row->law = p->law;
	row->number = law.version;
	row->hash = hash;
	row->bytes = (int64_t)p->n;
	row->bom = p->bom;
	row->chapters = p->text.chapters;
	row->articles = p->text.articles;
	q = ctx_stmt(c, &entity_law_version, VERSION_SQL_ADD);
	bind_fields(q, law_version_fields, row);
	err = stmt_run(q, NULL);
	row->hash = "";
	return err == OK ? write_units(c, a, p, compared, row->id) : err;
}

static int
check(struct ctx *c, struct arena *a, struct law_preview *p, const char **note)
{
	ctx_check_begin(c);
	if (p->refused != NULL)
		ctx_fault(c, "file", p->refused);
	p->text.title = entry_text(c, a, "title", p->text.title, TEXT_LINE,
	                           LAW_TITLE_MAX, false);
	*note = entry_text(c, a, "note", *note, TEXT_LINE, LAW_NOTE_MAX, false);
	return ctx_check_end(c);
}

int
law_import(struct ctx *c, const char *bytes, size_t n, struct law_id into,
           const char *note, struct law_version_id *id)
{
	struct law_preview p = {.law = into, .text = {.title = ""}};
	struct law_version row = {.note = note};
	struct compared compared = {.gone = 0};
	struct arena *a;
	int err;

	if (!may(c, PERM_LAW_WRITE))
		return ERR_DENIED;
	a = arena_new();
	err = prepare(c, a, bytes, n, &p, &compared);
	if (err == OK && p.already) {
		err = newest(c, a, p.law, &row);
		*id = row.id;
		goto done;
	}
	if (err == OK)
		err = check(c, a, &p, &row.note);
	if (err == OK)
		err = event_begin(c, ACTION_LAW_IMPORT, ENTITY_LAW, p.law.v, 0);
	if (err == OK)
		err = event_end(c, write(c, a, &p, &compared, &row));
	if (err == OK)
		*id = row.id;
done:
	arena_free(a);
	return err;
}
