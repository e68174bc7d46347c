/* Draft laws: their texts and what stands in them. */
#include "db/law.h"

#include <string.h>

#include "db/base/i18n.h"
#include "db/law_in.h"

/* clang-format off */
const struct enum_name law_kinds[] = {
	{"title",   N_("Title")},
	{"note",    N_("Preamble")},
	{"part",    N_("Part")},
	{"chapter", N_("Chapter")},
	{"section", N_("Section")},
	{"article", N_("Article")},
	{"rest",    N_("Annex")},
	{NULL, NULL},
};

const struct enum_name law_changes[] = {
	{"none",    N_("First text")},
	{"same",    N_("Unchanged")},
	{"moved",   N_("Moved")},
	{"changed", N_("Changed")},
	{"new",     N_("Newly added")},
	{NULL, NULL},
};

static const struct field fields[] = {
	FIELD(law, id,       REF,  N_("Number"), .width = 6, .readonly = true),
	FIELD(law, title,    TEXT, N_("Title"), .max = LAW_TITLE_MAX, .required = true, .width = 30),
	FIELD(law, version,  INT,  N_("Version"), .readonly = true),
	FIELD(law, added_at, TIME, N_("Imported"), .readonly = true),
	FIELD(law, added_by, REF,  N_("Imported by"), .readonly = true),
	FIELD_END,
};

const struct field law_version_fields[] = {
	FIELD(law_version, id,       REF,  N_("Number"), .readonly = true),
	FIELD(law_version, law,      REF,  N_("Draft law"), .readonly = true),
	FIELD(law_version, number,   INT,  N_("Version"), .readonly = true),
	FIELD(law_version, hash,     TOKEN, N_("Hash"), .readonly = true),
	FIELD(law_version, bytes,    INT,  N_("Bytes"), .readonly = true),
	FIELD(law_version, bom,      BOOL, N_("Byte order mark"), .readonly = true),
	FIELD(law_version, chapters, INT,  N_("Chapters"), .readonly = true),
	FIELD(law_version, articles, INT,  N_("Articles"), .readonly = true),
	FIELD(law_version, note,     TEXT, N_("Note"), .max = LAW_NOTE_MAX),
	FIELD(law_version, added_at, TIME, N_("Imported"), .readonly = true),
	FIELD(law_version, added_by, REF,  N_("Imported by"), .readonly = true),
	FIELD_END,
};

static const struct field article_fields[] = {
	FIELD(law_article, id,       REF,   ""),
	FIELD(law_article, version,  REF,   ""),
	FIELD(law_article, position, INT,   ""),
	FIELD(law_article, kind,     ENUM,  "", .names = law_kinds),
	FIELD(law_article, number,   INT,   ""),
	FIELD(law_article, sub,      INT,   ""),
	FIELD(law_article, label,    TEXT,  ""),
	FIELD(law_article, text,     LINES, ""),
	FIELD(law_article, before,   REF,   ""),
	FIELD(law_article, change,   ENUM,  "", .names = law_changes),
	FIELD(law_article, comments, INT,   ""),
	FIELD_END,
};

const struct field law_line_fields[] = {
	FIELD(law_line, id,       REF,  N_("Number"), .width = 6),
	FIELD(law_line, title,    TEXT, N_("Title"), .width = 36),
	FIELD(law_line, version,  INT,  N_("Version"), .width = 4),
	FIELD(law_line, articles, INT,  N_("Articles"), .width = 6),
	FIELD(law_line, asked,    INT,  N_("Consultations"), .width = 6),
	FIELD(law_line, added_at, TIME, N_("Imported"), .width = 11),
	FIELD_END,
};
/* clang-format on */

/* Those who are asked about a law see it, from the day they are; everybody
 * else when it is published. The same of one of its texts. */
#define ASKED(match, who)                                                      \
	"EXISTS (SELECT 1 FROM consultation AS k WHERE " match                 \
	" AND k.state IN ('open', 'closed', 'answered')"                       \
	" AND (k.published = 1 OR " who "))"
#define THEIR_UNIT                                                             \
	"EXISTS (SELECT 1 FROM consultation_unit AS u"                         \
	" WHERE u.consultation = k.id AND u.unit = :my_unit)"
#define THEMSELVES                                                             \
	"EXISTS (SELECT 1 FROM consultation_person AS p"                       \
	" WHERE p.consultation = k.id AND p.person = :me)"
#define SCOPE_OF(match)                                                        \
	{                                                                      \
		[SCOPE_COUNTY] = "1", [SCOPE_UNIT] = ASKED(match, THEIR_UNIT), \
		[SCOPE_STATION] = ASKED(match, THEIR_UNIT),                    \
		[SCOPE_SELF] = ASKED(match, THEMSELVES),                       \
		[SCOPE_PUBLIC] = ASKED(match, "0"),                            \
	}

static const char *const scope[SCOPES] = SCOPE_OF("k.law = law.id");
static const char *const version_scope[SCOPES] =
    SCOPE_OF("k.law = law_version.law AND k.version = law_version.id");

static const char *const sql[] = {
    [LAW_SQL_GET] = "SELECT law.* FROM law WHERE law.id = :id AND @scope",
    [LAW_SQL_NAMED] =
	"SELECT law.* FROM law WHERE law.title = :title AND @scope",
    [LAW_SQL_ADD] = "INSERT INTO law (id, title, version, added_at, added_by)"
		    " VALUES (:id, :title, 1, :now, :me)",
    [LAW_SQL_BUMP] = "UPDATE law SET version = version + 1"
		     " WHERE id = :id AND @scope",
};

const struct entity entity_law = {
    .kind = ENTITY_LAW,
    .name = "law",
    .label = N_("Draft law"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = COUNT(sql),
};

/* An article is read through its text, whose @scope decides. */
#define ARTICLES                                                               \
	" FROM law_version CROSS JOIN law_article AS t"                        \
	" ON t.version = law_version.id"
#define COLUMNS                                                                \
	"SELECT t.id, t.version, t.position, t.kind, t.number, t.sub,"         \
	" t.label, t.before, t.change, (SELECT count(*) FROM law_comment AS m" \
	"   WHERE m.version = t.version AND m.article = t.id"                  \
	"     AND m.state NOT IN ('held', 'returned', 'withdrawn'))"           \
	" AS comments, "

static const char *const version_sql[] = {
    [VERSION_SQL_GET] = "SELECT law_version.* FROM law_version"
			" WHERE law_version.id = :id AND @scope",
    [VERSION_SQL_LIST] = "SELECT law_version.* FROM law_version"
			 " WHERE law_version.law = :law AND @scope"
			 " ORDER BY law_version.number DESC LIMIT 200",
    [VERSION_SQL_ADD] =
	"INSERT INTO law_version (id, law, number, hash, bytes, bom, chapters,"
	" articles, note, added_at, added_by) VALUES (:id, :law, :number,"
	" :hash, :bytes, :bom, :chapters, :articles, :note, :now, :me)",
    [VERSION_SQL_UNIT] =
	"INSERT INTO law_article (version, position, kind, number, sub, label,"
	" text, before, change) VALUES (:version, :position, :kind, :number,"
	" :sub, :label, :text, :before, :change)",
    [VERSION_SQL_TEXT] =
	"SELECT t.text" ARTICLES " WHERE law_version.id = :id AND @scope"
	" ORDER BY t.position",
    [VERSION_SQL_CONTENTS] =
	COLUMNS "substr(trim(t.text, char(10, 13, 32, 9, 12288)), 1, 80)"
		" AS text" ARTICLES " WHERE law_version.id = :id AND @scope"
		" ORDER BY t.position",
    [VERSION_SQL_WHOLE] = COLUMNS "t.text AS text" ARTICLES
				  " WHERE law_version.id = :id AND @scope"
				  " ORDER BY t.position",
    [VERSION_SQL_ARTICLE] =
	COLUMNS "t.text AS text FROM law_article AS t CROSS JOIN law_version"
		" ON law_version.id = t.version"
		" WHERE t.id = :id AND @scope",
    [VERSION_SQL_NAMED] = COLUMNS
    "t.text AS text" ARTICLES " WHERE law_version.id = :id AND t.version = :id"
    "   AND t.number = :number AND t.sub = :sub"
    "   AND t.kind = 'article' AND @scope"
    " ORDER BY t.position LIMIT 1",
    [VERSION_SQL_FIND] =
	COLUMNS "substr(trim(t.text, char(10, 13, 32, 9, 12288)), 1, 80)"
		" AS text" ARTICLES " WHERE law_version.id = :id"
		"   AND instr(t.text, :words) > 0 AND @scope"
		" ORDER BY t.position LIMIT 500",
    [VERSION_SQL_GONE] =
	COLUMNS "t.text AS text FROM law_version"
		" CROSS JOIN law_version AS old ON old.law = law_version.law"
		"   AND old.number = law_version.number - 1"
		" CROSS JOIN law_article AS t ON t.version = old.id"
		" WHERE law_version.id = :id AND t.kind = 'article'"
		"   AND NOT EXISTS (SELECT 1 FROM law_article AS n"
		"     WHERE n.before = t.id AND n.version = law_version.id)"
		"   AND @scope ORDER BY t.position LIMIT 500",
};

const struct entity entity_law_version = {
    .kind = ENTITY_LAW_VERSION,
    .name = "law_version",
    .label = N_("Text of a draft law"),
    .fields = law_version_fields,
    .scope = version_scope,
    .sql = version_sql,
    .sql_count = COUNT(version_sql),
};

static const struct list_order latest = {
    .name = "latest",
    .label = N_("Newest first"),
    .keys = {"law.added_at", "law.id"},
    .descending = true,
};
static const struct list_filter filters[LAW_LIST_FILTERS] = {
    [LAW_LIST_TITLE] = {.name = "title",
                        .label = N_("Title"),
                        .predicate = "instr(law.title, :title) > 0",
                        .is_text = true},
};
const struct list_spec law_list = {
    .entity = &entity_law,
    .needs = PERM_LAW_READ,
    .columns = "law.id, law.title, law.version, law.added_at,"
	       " coalesce((SELECT v.articles FROM law_version AS v"
	       "   WHERE v.law = law.id AND v.number = law.version), 0)"
	       " AS articles, (SELECT count(*) FROM consultation AS k"
	       "   WHERE k.law = law.id AND k.state NOT IN ('draft',"
	       "     'cancelled')) AS asked",
    .from = "law",
    .filters = filters,
    .filter_count = COUNT(filters),
    .orders = &latest,
    .order_count = 1,
    .fields = law_line_fields,
    .row_size = sizeof(struct law_line),
};

/* --- reading ----------------------------------------------------------- */

int
law_get(struct ctx *c, struct arena *a, struct law_id id, struct law *out)
{
	struct stmt *q;

	if (!may(c, PERM_LAW_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_law, LAW_SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, fields, out);
}

int
law_named(struct ctx *c, struct arena *a, const char *title, struct law *out)
{
	struct stmt *q;

	if (!may(c, PERM_LAW_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_law, LAW_SQL_NAMED);
	bind_text(q, ":title", title);
	return stmt_one(q, a, fields, out);
}

/* Whoever is not signed in reads what is published. */
static bool
may_read(const struct ctx *c)
{
	return may(c, PERM_LAW_READ) || c->scope == SCOPE_PUBLIC;
}

int
law_versions(struct ctx *c, struct arena *a, struct law_id id,
             struct law_version **rows, int *n)
{
	struct stmt *q;

	if (!may_read(c))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_law_version, VERSION_SQL_LIST);
	bind_id(q, ":law", id.v);
	return stmt_all(q, a, law_version_fields, sizeof(**rows), 200, rows, n);
}

int
law_version_get(struct ctx *c, struct arena *a, struct law_version_id id,
                struct law_version *out)
{
	struct stmt *q;

	if (!may_read(c))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_law_version, VERSION_SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, law_version_fields, out);
}

int
law_export(struct ctx *c, struct law_version_id id, struct buf *out)
{
	struct arena *a = arena_new();
	struct law_version version;
	int err = law_version_get(c, a, id, &version);
	struct stmt *q;

	if (err == OK && version.bom)
		buf_add(out, "\xef\xbb\xbf");
	if (err == OK) {
		q = ctx_stmt(c, &entity_law_version, VERSION_SQL_TEXT);
		bind_id(q, ":id", id.v);
		while (stmt_next(q))
			buf_add(out, col_text(q, 0));
		err = stmt_end(q);
	}
	arena_free(a);
	return err;
}

static bool
is_space(const char *s, size_t n, size_t *width)
{
	static const char wide[] = "\xe3\x80\x80"; /* ideographic */

	*width = 1;
	if (n > 0 && strchr(" \t\r\n", *s) != NULL)
		return true;
	*width = strlen(wide);
	return n >= *width && memcmp(s, wide, *width) == 0;
}

/* Without the blank lines around it. */
const char *
law_trim(struct arena *a, const char *text)
{
	size_t n = strlen(text), w;

	while (is_space(text, n, &w)) {
		text += w;
		n -= w;
	}
	while (n > 0 && (is_space(text + n - 1, 1, &w) ||
	                 (n >= 3 && is_space(text + n - 3, 3, &w) && w == 3)))
		n -= w;
	return arena_strndup(a, text, n);
}

const char *
law_plain(struct arena *a, const char *text)
{
	char *out = arena_strdup(a, text), *to = out;

	text += strspn(text, "# ");
	while (*text != '\0') {
		const char *end =
		    strncmp(text, "<!--", 4) == 0 ? strstr(text, "-->") : NULL;

		if (end != NULL)
			text = end + 3;
		else if (strncmp(text, "**", 2) == 0)
			text += 2;
		else
			*to++ = *text++;
	}
	*to = '\0';
	return law_trim(a, out);
}

/* Articles of one statement, as the page wants them. */
static int
read_all(struct stmt *q, struct arena *a, struct law_article **rows, int *n)
{
	int err = stmt_all(q, a, article_fields, sizeof(**rows), LAW_UNITS_MAX,
	                   rows, n);

	for (int i = 0; err == OK && i < *n; i++)
		(*rows)[i].text = law_trim(a, (*rows)[i].text);
	return err;
}

static int
read_one(struct stmt *q, struct arena *a, struct law_article *out)
{
	int err = stmt_one(q, a, article_fields, out);

	if (err == OK)
		out->text = law_trim(a, out->text);
	return err;
}

static int
read_of(struct ctx *c, struct arena *a, int query, struct law_version_id id,
        const char *words, struct law_article **rows, int *n)
{
	struct stmt *q;

	if (!may_read(c))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_law_version, query);
	bind_id(q, ":id", id.v);
	if (words != NULL)
		bind_text(q, ":words", words);
	return read_all(q, a, rows, n);
}

int
law_contents(struct ctx *c, struct arena *a, struct law_version_id id,
             struct law_article **rows, int *n)
{
	return read_of(c, a, VERSION_SQL_CONTENTS, id, NULL, rows, n);
}

int
law_whole(struct ctx *c, struct arena *a, struct law_version_id id,
          struct law_article **rows, int *n)
{
	return read_of(c, a, VERSION_SQL_WHOLE, id, NULL, rows, n);
}

int
law_find(struct ctx *c, struct arena *a, struct law_version_id id,
         const char *words, struct law_article **rows, int *n)
{
	return read_of(c, a, VERSION_SQL_FIND, id, words, rows, n);
}

int
law_gone(struct ctx *c, struct arena *a, struct law_version_id id,
         struct law_article **rows, int *n)
{
	return read_of(c, a, VERSION_SQL_GONE, id, NULL, rows, n);
}

int
law_article_get(struct ctx *c, struct arena *a, struct law_article_id id,
                struct law_article *out)
{
	struct stmt *q;

	if (!may_read(c))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_law_version, VERSION_SQL_ARTICLE);
	bind_id(q, ":id", id.v);
	return read_one(q, a, out);
}

/* The number that a person means: 120, 10-1, 十条之一, 第十条之一. */
static bool
number_of(const char *name, int64_t *number, int64_t *sub)
{
	static const char first[] = "第", mark[] = "条", more[] = "之";
	const char *s = name, *end;

	*sub = 0;
	if (strncmp(s, first, strlen(first)) == 0)
		s += strlen(first);
	end = strstr(s, mark);
	if (end == NULL)
		end = s + strcspn(s, "-.");
	*number = law_numeral(s, (size_t)(end - s));
	if (strncmp(end, mark, strlen(mark)) == 0)
		end += strlen(mark);
	if (strncmp(end, more, strlen(more)) == 0)
		end += strlen(more);
	else if (*end == '-' || *end == '.')
		end++;
	else
		return *number > 0 && *end == '\0';
	*sub = law_numeral(end, strlen(end));
	return *number > 0 && *sub > 0;
}

int
law_article_named(struct ctx *c, struct arena *a, struct law_version_id id,
                  const char *name, struct law_article *out)
{
	int64_t number, sub;
	struct stmt *q;

	if (!may_read(c))
		return ERR_DENIED;
	if (!number_of(name, &number, &sub))
		return ERR_NOT_FOUND;
	q = ctx_stmt(c, &entity_law_version, VERSION_SQL_NAMED);
	bind_id(q, ":id", id.v);
	bind_int(q, ":number", number);
	bind_int(q, ":sub", sub);
	return read_one(q, a, out);
}

/* --- where somebody reads --------------------------------------------------
 */

static const char sql_bookmark[] =
    "SELECT article FROM law_bookmark"
    " WHERE account = :account AND version = :version";
static const char sql_set_bookmark[] =
    "INSERT INTO law_bookmark (account, version, article)"
    " VALUES (:account, :version, :article)"
    " ON CONFLICT DO UPDATE SET article = :article";

int
law_bookmark(struct ctx *c, struct law_version_id id, struct law_article_id *at)
{
	struct stmt *q = ctx_sql(c, NULL, sql_bookmark);
	int err;

	at->v = 0;
	bind_int(q, ":account", c->account);
	bind_id(q, ":version", id.v);
	err = stmt_int(q, &at->v);
	return err == ERR_NOT_FOUND ? OK : err;
}

int
law_set_bookmark(struct ctx *c, struct law_version_id id,
                 struct law_article_id at)
{
	struct stmt *q = ctx_sql(c, NULL, sql_set_bookmark);

	bind_int(q, ":account", c->account);
	bind_id(q, ":version", id.v);
	bind_id(q, ":article", at.v);
	return stmt_run(q, NULL);
}
