/* Contents beside the database: checked, collected, packed and unpacked. */
#include "db/attachment_files.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/base/buf.h"
#include "db/base/secret.h"
#include "db/blob.h"
#include "db/store/stmt.h"

enum { READ_MOST = 1024 * 1024 };

/* One row a content that is named; size: -1 is not known. What else than an
 * attachment names contents comes in here and in sql_is_named. */
static const char sql_named[] =
    "SELECT hash, max(size), min(what) FROM ("
    " SELECT hash, size, 'attachment ' || id AS what FROM attachment"
    " UNION ALL SELECT thumb, -1, 'attachment ' || id FROM attachment"
    "  WHERE thumb <> '') GROUP BY hash ORDER BY hash";
static const char sql_is_named[] =
    "SELECT EXISTS (SELECT 1 FROM attachment WHERE hash = :hash)"
    "    OR EXISTS (SELECT 1 FROM attachment WHERE thumb = :hash"
    "                AND thumb <> '')";

static const char sql_table[] =
    "CREATE TABLE file_content"
    " (hash TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT";
static const char sql_has_table[] =
    "SELECT count(*) FROM sqlite_schema WHERE name = 'file_content'";
static const char sql_pack[] =
    "INSERT INTO file_content VALUES (:hash, :content)";
static const char sql_unpack[] = "SELECT hash, content FROM file_content";

/* A content in memory. */
struct content {
	void *data;
	size_t n;
};

static int
content_open(const char *database, const char *hash, struct content *out)
{
	struct stat st;
	int fd, err = blob_open(database, hash, &fd);

	*out = (struct content){NULL, 0};
	if (err != OK)
		return err;
	if (fstat(fd, &st) != 0)
		err = ERR_IO;
	else if (st.st_size > 0)
		out->data = mmap(NULL, (size_t)st.st_size, PROT_READ,
		                 MAP_PRIVATE, fd, 0);
	if (err == OK && out->data == MAP_FAILED)
		err = ERR_IO;
	else if (err == OK)
		out->n = (size_t)st.st_size;
	(void)close(fd);
	return err;
}

static void
content_close(struct content *f)
{
	if (f->n > 0)
		(void)munmap(f->data, f->n);
}

static bool
is_of(const struct content *f, const char *hash)
{
	char own[SECRET_HEX + 1];

	secret_sha256(f->n > 0 ? f->data : "", f->n, own);
	return strcmp(own, hash) == 0;
}

/* --- check ------------------------------------------------------------- */

/* A msgid; NULL: nothing is wrong. */
static int
fault_of(const char *database, const char *hash, int64_t size,
         const char **fault)
{
	struct content f;
	int err = content_open(database, hash, &f);

	*fault = NULL;
	if (err == ERR_NOT_FOUND) {
		*fault = "is not there";
		return OK;
	}
	if (err != OK)
		return err;
	if (size >= 0 && (size_t)size != f.n)
		*fault = "has another size";
	else if (f.n <= READ_MOST && !is_of(&f, hash))
		*fault = "is damaged";
	content_close(&f);
	return OK;
}

static void
tell(files_found *found, void *data, struct stmt *q, const char *fault)
{
	struct buf b = BUF_INIT;

	buf_addf(&b, "%s: the file %s %s", col_text(q, 2), col_text(q, 0),
	         fault);
	if (found != NULL)
		found(data, "attachment_file", b.data);
	buf_clear(&b);
}

int
files_check(struct ctx *c, files_found *found, void *data, int *n)
{
	struct stmt *q = ctx_sql(c, NULL, sql_named);
	int bad = 0, ended, err = OK;

	while (err == OK && stmt_next(q)) {
		const char *fault;

		err = fault_of(store_path(c->store), col_text(q, 0),
		               col_int(q, 1), &fault);
		if (err != OK || fault == NULL)
			continue;
		tell(found, data, q, fault);
		bad++;
	}
	ended = stmt_end(q);
	if (err == OK)
		err = ended;
	if (err == OK)
		*n += bad;
	return err;
}

/* --- collect ----------------------------------------------------------- */

struct collect {
	struct ctx *c;
	int64_t before; /* what changed later is left */
	int n;
	int64_t bytes;
};

static int
visit(void *data, const char *hash, int64_t size, int64_t changed_s,
      bool *remove)
{
	struct collect *w = data;
	struct stmt *q;
	int64_t named = 1;
	int err;

	*remove = false;
	if (changed_s >= w->before)
		return OK;
	q = ctx_sql(w->c, NULL, sql_is_named);
	bind_text(q, ":hash", hash);
	err = stmt_int(q, &named);
	if (err != OK || named)
		return err;
	*remove = true;
	w->n++;
	w->bytes += size;
	return OK;
}

int
files_collect(struct ctx *c, int64_t older_s, int *n, int64_t *bytes)
{
	struct collect w = {.c = c, .before = clock_now().s - older_s};
	int err = blob_walk(store_path(c->store), older_s, visit, &w);

	if (err != OK)
		return err;
	*n = w.n;
	*bytes = w.bytes;
	return OK;
}

/* --- in a copy ---------------------------------------------------------- */

static int
pack_one(struct ctx *c, const char *database, const char *hash)
{
	struct content f;
	struct stmt *q;
	int err = content_open(database, hash, &f);

	if (err != OK)
		return err;
	q = ctx_sql(c, NULL, sql_pack);
	bind_text(q, ":hash", hash);
	bind_bytes(q, ":content", f.data, f.n);
	err = stmt_run(q, NULL);
	content_close(&f);
	return err;
}

/* Nothing is lost with a copy that is not finished, so it needs no journal;
 * whoever made it sees to it that it is on the disk. */
int
files_pack(struct ctx *c, const char *database, files_found *missing,
           void *data)
{
	struct stmt *q;
	int ended, err = store_exec(c->store, "PRAGMA journal_mode = OFF");

	if (err == OK)
		err = store_exec(c->store, sql_table);
	if (err != OK)
		return err;
	q = ctx_sql(c, NULL, sql_named);
	while (err == OK && stmt_next(q)) {
		err = pack_one(c, database, col_text(q, 0));
		if (err != ERR_NOT_FOUND)
			continue;
		tell(missing, data, q, "is not there");
		err = OK;
	}
	ended = stmt_end(q);
	return err == OK ? ended : err;
}

static int
unpack_one(struct ctx *c, struct stmt *q)
{
	char hash[SECRET_HEX + 1];
	struct blob_in *in;
	size_t n;
	const void *data = col_bytes(q, 1, &n);
	int err = blob_begin(store_path(c->store), &in);

	if (err != OK)
		return err;
	if (n > 0)
		err = blob_add(in, data, n);
	if (err != OK) {
		blob_drop(in);
		return err;
	}
	err = blob_keep(in, hash);
	if (err == OK && strcmp(hash, col_text(q, 0)) != 0)
		err = ERR_INVALID;
	return err;
}

int
files_unpack(struct ctx *c)
{
	struct stmt *q = ctx_sql(c, NULL, sql_has_table);
	int64_t has;
	int ended, err = stmt_int(q, &has);

	if (err != OK || has == 0)
		return err;
	store_cache_large(c->store, true);
	q = ctx_sql(c, NULL, sql_unpack);
	while (err == OK && stmt_next(q))
		err = unpack_one(c, q);
	ended = stmt_end(q);
	if (err == OK)
		err = ended;
	if (err == OK)
		err = store_exec(c->store, "DROP TABLE file_content");
	return err == OK ? store_exec(c->store, "VACUUM") : err;
}
