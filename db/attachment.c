/* Files that came with opinions: their rows. */
#include "db/attachment.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/blob.h"
#include "db/opinion_in.h"
#include "db/setting.h"
#include "db/store/audit.h"
#include "db/store/event.h"

enum { MB = 1024 * 1024 };

/* clang-format off */
const struct enum_name attachment_kinds[] = {
	{"picture",  N_("Picture")},
	{"voice",    N_("Recording")},
	{"video",    N_("Video")},
	{"document", N_("Document")},
	{"other",    N_("Other file")},
	{NULL, NULL},
};

static const struct field fields[] = {
	FIELD(attachment, id,      REF,   N_("Number"), .readonly = true),
	FIELD(attachment, opinion, REF,   N_("Opinion"), .readonly = true),
	FIELD(attachment, kind,    ENUM,  N_("Kind"), .names = attachment_kinds, .readonly = true),
	FIELD(attachment, name,    TEXT,  N_("File"), .max = ATTACHMENT_NAME, .personal = true),
	FIELD(attachment, type,    TOKEN, N_("Type"), .readonly = true),
	FIELD(attachment, size,    INT,   N_("Size"), .readonly = true),
	FIELD(attachment, hash,    TOKEN, N_("Content"), .readonly = true),
	FIELD(attachment, thumb,   TOKEN, N_("Small picture"), .readonly = true),
	FIELD(attachment, at,      TIME,  N_("When"), .readonly = true),
	FIELD(attachment, by,      REF,   N_("Who"), .readonly = true),
	FIELD(attachment, event,   REF,   N_("Event"), .readonly = true),
	FIELD_END,
};

static const struct field line_fields[] = {
	FIELD(attachment, id,      REF,   ""),
	FIELD(attachment, opinion, REF,   ""),
	FIELD(attachment, kind,    ENUM,  "", .names = attachment_kinds),
	FIELD(attachment, name,    TEXT,  ""),
	FIELD(attachment, type,    TOKEN, ""),
	FIELD(attachment, size,    INT,   ""),
	FIELD(attachment, hash,    TOKEN, ""),
	FIELD(attachment, thumb,   TOKEN, ""),
	FIELD(attachment, at,      TIME,  ""),
	FIELD(attachment, by,      REF,   ""),
	FIELD(attachment, event,   REF,   ""),
	FIELD(attachment, who,     TEXT,  ""),
	FIELD_END,
};

/* The setting of each kind; what nobody recognised is as a document. */
static const struct {
	const char *name;
	int64_t otherwise;
} limits[ATTACHMENT_KINDS] = {
	[ATTACHMENT_PICTURE]  = {"attachment.picture_mb", 10},
	[ATTACHMENT_VOICE]    = {"attachment.voice_mb", 10},
	[ATTACHMENT_VIDEO]    = {"attachment.video_mb", 50},
	[ATTACHMENT_DOCUMENT] = {"attachment.document_mb", 20},
	[ATTACHMENT_OTHER]    = {"attachment.document_mb", 20},
};
/* clang-format on */

enum { SQL_LIST, SQL_GET, SQL_ADD, SQL_HAS, SQL_IN_HAND, SQL_COUNT };

#define LINE                                                                   \
	"SELECT attachment.*, coalesce((SELECT p.name FROM person AS p"        \
	" WHERE p.id = attachment.by), '') AS who FROM attachment"

static const char *const sql[] = {
    [SQL_LIST] =
	LINE " WHERE (attachment.opinion = :id OR attachment.opinion IN"
	     "   (SELECT o.id FROM opinion AS o WHERE o.merged = :id))"
	     " AND @scope ORDER BY attachment.id LIMIT 500",
    [SQL_GET] = LINE " WHERE attachment.id = :id AND @scope",
    [SQL_ADD] = "INSERT INTO attachment (id, opinion, kind, name, type, size,"
		" hash, thumb, at, by, event) VALUES (:id, :opinion, :kind,"
		" :name, :type, :size, :hash, :thumb, :at, :by, :event)",
    [SQL_HAS] = "SELECT count(*) FROM attachment"
		" WHERE attachment.opinion = :id AND @scope",
    [SQL_IN_HAND] = "SELECT 1 FROM opinion_leg AS l WHERE l.opinion = :id"
		    "   AND l.organ = :my_organ"
		    "   AND l.state NOT IN ('returned', 'closed') LIMIT 1",
};

#define OF_OPINION(predicate)                                                  \
	"EXISTS (SELECT 1 FROM opinion AS o"                                   \
	" WHERE o.id = attachment.opinion AND " predicate ")"

/* As its opinion: also what an office adds belongs to the matter. */
static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = OF_OPINION("o.unit = :my_unit"),
    [SCOPE_STATION] = OF_OPINION("o.station = :my_station"),
    [SCOPE_SELF] = OF_OPINION("o.reader = :me"),
    [SCOPE_ASSIGNED] = "EXISTS (SELECT 1 FROM opinion_leg AS own"
		       " WHERE own.opinion = attachment.opinion"
		       "   AND own.organ = :my_organ)",
};

const struct entity entity_attachment = {
    .kind = ENTITY_ATTACHMENT,
    .name = "attachment",
    .label = N_("Attachment"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = SQL_COUNT,
};

const char *
attachment_size(struct arena *a, int64_t bytes)
{
	if (bytes < MB)
		return arena_printf(a, "%lld KB",
		                    (long long)((bytes + 1023) / 1024));
	return arena_printf(a, "%.1f MB", (double)bytes / MB);
}

/* --- limits ----------------------------------------------------------------
 */

static int
most_of(struct ctx *c, int kind, int64_t *bytes)
{
	int err =
	    setting_number(c, limits[kind].name, limits[kind].otherwise, bytes);

	*bytes *= MB;
	return err;
}

int
attachment_most(struct ctx *c, int64_t *bytes, int64_t *count)
{
	int err = setting_number(c, "attachment.count", 9, count);

	*bytes = 0;
	for (int i = 0; i < ATTACHMENT_KINDS && err == OK; i++) {
		int64_t most;

		err = most_of(c, i, &most);
		if (err == OK && most > *bytes)
			*bytes = most;
	}
	return err;
}

int
attachment_check(struct ctx *c, const struct attachment_file *files, int n)
{
	int64_t count, most;
	int err = setting_number(c, "attachment.count", 9, &count);

	if (err == OK && n > count)
		ctx_fault(c, "files", N_("Too many files for one message."));
	for (int i = 0; i < n && err == OK; i++) {
		err = most_of(c, files[i].kind, &most);
		if (err != OK || files[i].size <= most)
			continue;
		ctx_fault(c, "files", N_("A file is larger than may be sent."));
		break;
	}
	return err;
}

/* --- writing ----------------------------------------------------------------
 */

/* What is named must be on the disk; the writers' lock, which the caller's
 * event holds, keeps it there (attachment_collect). */
static int
is_there(struct ctx *c, const char *hash, int64_t size)
{
	struct stat st;
	int fd, err = blob_open(store_path(c->store), hash, &fd);

	if (err != OK)
		return err;
	err = fstat(fd, &st) == 0 ? OK : ERR_IO;
	if (err == OK && size >= 0 && st.st_size != size)
		err = ERR_NOT_FOUND;
	(void)close(fd);
	return err;
}

/* The end says what kind of file it is: what is too long loses its middle. */
static const char *
name_of(struct arena *a, const char *name)
{
	enum { END = 10 };
	const char *clean = "";
	size_t at = 0, length, i = 0;
	uint32_t ch;

	if (text_clean(a, name, strlen(name), TEXT_LINE, strlen(name) + 1,
	               &clean) != OK)
		return "";
	length = text_length(clean);
	if (length <= ATTACHMENT_NAME)
		return clean;
	for (; i < ATTACHMENT_NAME - END - 2; i++)
		at += (size_t)text_decode(clean + at, strlen(clean + at), &ch);
	name = arena_strndup(a, clean, at);
	for (; i < length - END; i++)
		at += (size_t)text_decode(clean + at, strlen(clean + at), &ch);
	return arena_printf(a, "%s..%s", name, clean + at);
}

static int
add_one(struct ctx *c, struct arena *a, struct attachment *row,
        const struct attachment_file *f)
{
	struct stmt *q;
	int err = is_there(c, f->hash, f->size);

	if (err == OK && f->thumb[0] != '\0')
		err = is_there(c, f->thumb, -1);
	if (err != OK)
		return err;
	row->id.v = ctx_new_id(c, &entity_attachment);
	row->kind = f->kind;
	row->name = name_of(a, f->name);
	row->type = f->type;
	row->size = f->size;
	row->hash = f->hash;
	row->thumb = f->thumb;
	q = ctx_stmt(c, &entity_attachment, SQL_ADD);
	bind_fields(q, fields, row);
	return stmt_run(q, NULL);
}

int
attachment_add(struct ctx *c, struct opinion_id id, struct person_id by,
               const struct attachment_file *files, int n)
{
	struct attachment row = {.opinion = id, .by = by};
	struct arena *a;
	struct stmt *q;
	int64_t has;
	int err;

	if (n == 0)
		return OK;
	q = ctx_stmt(c, &entity_attachment, SQL_HAS);
	bind_id(q, ":id", id.v);
	err = stmt_int(q, &has);
	if (err == OK && has + n > ATTACHMENTS_MAX)
		err = ERR_LIMIT;
	row.at = ctx_now(c);
	row.event.v = event_id(c);
	a = arena_new();
	for (int i = 0; i < n && err == OK; i++)
		err = add_one(c, a, &row, &files[i]);
	arena_free(a);
	return err;
}

/* --- by hand ----------------------------------------------------------------
 */

bool
attachment_may_attach(struct ctx *c, const struct opinion *o)
{
	struct stmt *q;
	int64_t has;

	if (!opinion_is_open(o->state) && o->state != OPINION_MERGED)
		return false;
	if (c->scope != SCOPE_ASSIGNED)
		return may(c, PERM_OPINION_HANDLE);
	if (!may(c, PERM_OPINION_OFFICE))
		return false;
	q = ctx_stmt(c, &entity_attachment, SQL_IN_HAND);
	bind_id(q, ":id", o->id.v);
	return stmt_int(q, &has) == OK;
}

static int
attach(struct ctx *c, const struct opinion *o,
       const struct attachment_file *files, int n)
{
	int err = attachment_add(c, o->id, (struct person_id){c->me}, files, n);

	if (o->reader.v != 0)
		event_about(c, ENTITY_PERSON, o->reader.v);
	return err == OK ? opinion_touch(c, o) : err;
}

int
attachment_attach(struct ctx *c, struct opinion_id id,
                  const struct attachment_file *files, int n)
{
	struct arena *a = arena_new();
	struct opinion o;
	int err = opinion_get(c, a, id, &o);

	if (err == OK &&
	    !may(c, c->scope == SCOPE_ASSIGNED ? PERM_OPINION_OFFICE
	                                       : PERM_OPINION_HANDLE))
		err = ERR_DENIED;
	if (err == OK && !attachment_may_attach(c, &o))
		err = ERR_STATE;
	if (err != OK)
		goto done;
	ctx_check_begin(c);
	if (n < 1)
		ctx_fault(c, "files", N_("Choose a file."));
	err = attachment_check(c, files, n);
	if (err == OK)
		err = ctx_check_end(c);
	if (err == OK)
		err = event_begin(c, ACTION_OPINION_ATTACH, ENTITY_OPINION,
		                  id.v, o.unit.v);
	if (err == OK)
		err = event_end(c, attach(c, &o, files, n));
done:
	arena_free(a);
	return err;
}

/* --- reading ----------------------------------------------------------------
 */

int
attachment_list(struct ctx *c, struct arena *a, struct opinion_id id,
                struct attachment **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_OPINION_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_attachment, SQL_LIST);
	bind_id(q, ":id", id.v);
	return stmt_all(q, a, line_fields, sizeof(**rows), 500, rows, n);
}

int
attachment_get(struct ctx *c, struct arena *a, struct attachment_id id,
               struct attachment *out)
{
	struct stmt *q;

	if (!may(c, PERM_OPINION_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_attachment, SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, line_fields, out);
}

static int
write_audit(struct ctx *c, const struct attachment *row)
{
	char detail[96];
	int err = store_begin(c->store);

	if (err != OK)
		return err;
	(void)snprintf(detail, sizeof(detail),
	               "{\"opinion\":%lld,\"attachment\":%lld}",
	               (long long)row->opinion.v, (long long)row->id.v);
	err = audit_add(c, 0, "attachment.fetch", detail);
	if (err == OK)
		return store_commit(c->store);
	store_rollback(c->store);
	return err;
}

int
attachment_open(struct ctx *c, struct arena *a, struct attachment_id id,
                struct attachment *out, int *fd)
{
	struct attachment row;
	int own, err = attachment_get(c, a, id, &row);

	if (err == OK)
		err = blob_open(store_path(c->store), row.hash, &own);
	if (err != OK)
		return err;
	err = write_audit(c, &row);
	if (err != OK) {
		(void)close(own);
		return err;
	}
	*out = row;
	*fd = own;
	return OK;
}
