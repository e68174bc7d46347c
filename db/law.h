/*
 * Draft laws: a text in several versions, each cut into its articles.
 * Source: domain.md, application 3, "问法于民".
 */
#ifndef DB_LAW_H
#define DB_LAW_H

#include "db/base/buf.h"
#include "db/base/law_text.h"
#include "db/ids.h"
#include "db/store/ctx.h"
#include "db/store/list.h"

enum { LAW_TITLE_MAX = 80, LAW_NOTE_MAX = 200 };

struct law {
	struct law_id id;
	const char *title;
	int64_t version; /* number of the newest */
	struct instant added_at;
	struct person_id added_by;
};
struct law_version {
	struct law_version_id id;
	struct law_id law;
	int64_t number;
	bool bom;
	int64_t bytes, chapters, articles;
	const char *hash, *note; /* hash: SHA-256 of the text */
	struct instant added_at;
	struct person_id added_by;
};
enum law_change { LAW_NONE, LAW_SAME, LAW_MOVED, LAW_CHANGED, LAW_NEW };
struct law_article {
	struct law_article_id id;
	struct law_version_id version;
	int64_t position;
	int kind; /* enum law_kind */
	int64_t number, sub;
	const char *label;
	const char *text; /* without the lines' ends around it */
	struct law_article_id before;
	int change;       /* enum law_change */
	int64_t comments; /* of everybody that stand; how many, not whose */
};
extern const struct entity entity_law, entity_law_version;
extern const struct enum_name law_kinds[], law_changes[];

struct law_line {
	struct law_id id;
	const char *title;
	int64_t version, articles;
	int64_t asked; /* how often people were asked about it */
	struct instant added_at;
};
extern const struct field law_line_fields[];
enum law_list_filter { LAW_LIST_TITLE, LAW_LIST_FILTERS }; /* text */
extern const struct list_spec law_list;                    /* newest first */

int law_get(struct ctx *c, struct arena *a, struct law_id id,
            struct law *out) MUST_CHECK;
int law_named(struct ctx *c, struct arena *a, const char *title,
              struct law *out) MUST_CHECK;
int law_versions(struct ctx *c, struct arena *a, struct law_id id,
                 struct law_version **rows, int *n) MUST_CHECK;
int law_version_get(struct ctx *c, struct arena *a, struct law_version_id id,
                    struct law_version *out) MUST_CHECK;
/* The text byte by byte as it was imported. */
int law_export(struct ctx *c, struct law_version_id id,
               struct buf *out) MUST_CHECK;

/* What importing would do; bytes may be UTF-8 (BOM or not) or GB18030. */
struct law_preview {
	const char *encoding; /* "UTF-8", "GB18030" */
	bool bom;
	struct law_text text;
	const char *source; /* as UTF-8, in a */
	size_t n;
	struct law_id law; /* known by its title; 0: a new one */
	bool already;      /* the newest version has this very text */
	int same, moved, changed, fresh, gone; /* against the newest version */
	const enum law_change *change;         /* by unit of text */
	const char *refused; /* msgid: why it is no law; NULL: it may come in */
};
/* As the next text of into; 0: by its title. Errors: ERR_DENIED, ERR_INVALID
 * (c->faults: no text), ERR_TOO_LONG, ERR_NOT_FOUND (into). */
int law_preview(struct ctx *c, struct arena *a, const char *bytes, size_t n,
                struct law_id into, struct law_preview *out) MUST_CHECK;
/* A unit of it as it was written; in a. */
const char *law_preview_unit(struct arena *a, const struct law_preview *p,
                             int i);
/* Import as it was previewed: a new law, or the next version of into (0: by
 * title). The same text again changes nothing. Errors: ERR_DENIED,
 * ERR_INVALID (c->faults: no articles, no title ...), ERR_TOO_LONG. */
int law_import(struct ctx *c, const char *bytes, size_t n, struct law_id into,
               const char *note, struct law_version_id *id) MUST_CHECK;

/* A text that waits to be looked at and imported (db/kept_file.h). */
struct law_pending {
	struct law_id into; /* whose next text; 0: by its title */
	struct instant at;
	const char *data;
	size_t n;
};
/* Errors: ERR_DENIED, ERR_TOO_LONG, ERR_FULL, ERR_IO. */
int law_keep(struct ctx *c, struct law_id into, const char *data,
             size_t n) MUST_CHECK;
/* data in a, or with a NULL not read. Errors: ERR_NOT_FOUND, ERR_IO. */
int law_kept(struct ctx *c, struct arena *a,
             struct law_pending *out) MUST_CHECK;
int law_forget(struct ctx *c) MUST_CHECK;

/* A unit's text to read: without the marks of Markdown before a heading or
 * around words, and without its comments. In a. */
const char *law_plain(struct arena *a, const char *text);

/* All units of a version, in order, without texts: to choose from. */
int law_contents(struct ctx *c, struct arena *a, struct law_version_id id,
                 struct law_article **rows, int *n) MUST_CHECK;
/* The same with their texts. */
int law_whole(struct ctx *c, struct arena *a, struct law_version_id id,
              struct law_article **rows, int *n) MUST_CHECK;
int law_article_get(struct ctx *c, struct arena *a, struct law_article_id id,
                    struct law_article *out) MUST_CHECK;
/* By "120", "10-1", "第十条之一". ERR_NOT_FOUND. */
int law_article_named(struct ctx *c, struct arena *a, struct law_version_id id,
                      const char *name, struct law_article *out) MUST_CHECK;
/* Articles that hold the words, in order. */
int law_find(struct ctx *c, struct arena *a, struct law_version_id id,
             const char *words, struct law_article **rows, int *n) MUST_CHECK;
/* Those of the version before that are no more. */
int law_gone(struct ctx *c, struct arena *a, struct law_version_id id,
             struct law_article **rows, int *n) MUST_CHECK;

/* What an article was called and said in the text before. ERR_NOT_FOUND: it
 * was not there. */
int law_before(struct ctx *c, struct arena *a, struct law_article_id id,
               const char **label, const char **text) MUST_CHECK;

/* Where the acting person reads; 0: nowhere yet. No event. */
int law_bookmark(struct ctx *c, struct law_version_id id,
                 struct law_article_id *at) MUST_CHECK;
int law_set_bookmark(struct ctx *c, struct law_version_id id,
                     struct law_article_id at) MUST_CHECK;

#endif
