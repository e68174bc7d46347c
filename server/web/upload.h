/*
 * A form whose parts come one after the other, files among them. Fields are
 * kept in memory and cleaned as those of any form; files go to the disk as
 * they arrive, under no name (db/blob.h). Whoever ends it early leaves
 * nothing. Fuzzed by tests/fuzz/fuzz_multipart.c.
 */
#ifndef SERVER_WEB_UPLOAD_H
#define SERVER_WEB_UPLOAD_H

#include "db/base/buf.h"
#include "db/base/source.h"
#include "db/blob.h"
#include "server/web/form.h"

struct upload_rules {
	const char *database;      /* beside which files lie */
	size_t text;               /* bytes of all fields */
	int64_t file;              /* bytes of one file */
	const struct source *from; /* NULL: not limited by source */
	/* Asked once, when the first file begins: may it, after these fields?
	 * Errors: what the upload then fails with. */
	int (*may_begin)(void *data, const struct form *form);
	void *data;
};

struct upload_file {
	const char *field, *name;
	struct blob_in *in, *out, *thumb;
};

struct upload {
	struct upload *next; /* of those that hold files */
	bool holds;
	struct upload_rules rules;
	struct arena *a;
	struct form form;
	int err; /* what was wrong first */
	struct upload_file files[FORM_FILES];
	int n, at; /* at: the next that liaison-media looks at */
	/* the part that is being read */
	enum { UPLOAD_NONE, UPLOAD_FIELD, UPLOAD_FILE } part;
	const char *name, *file; /* of it; as they came */
	struct buf value;
	int64_t size;
	size_t text;
};

struct upload *upload_new(struct arena *a, const struct upload_rules *rules);
void upload_free(struct upload *u); /* NULL is allowed */
/* n more bytes of the part called name; file is NULL for a field. offset 0
 * begins one. What is wrong is kept in u->err, and nothing more is. */
void upload_part(struct upload *u, const char *name, const char *file,
                 const char *data, uint64_t offset, size_t n);
void upload_failed(struct upload *u, int err);
/* All parts are there. Errors: ERR_INVALID (not such a form), ERR_TOO_LONG
 * (a field, a file), ERR_LIMIT (too many files), ERR_DENIED (may_begin),
 * ERR_BUSY (too many send files just now), ERR_FULL, ERR_IO. */
int upload_end(struct upload *u) MUST_CHECK;

#endif
