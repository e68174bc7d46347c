#include "server/web/upload.h"

#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

/* They bound what lies on the disk without a name. */
enum { HOLD_MAX = 32, HOLD_OF_SOURCE = 6 };
/* The database needs the rest of the disk more. */
#define DISK_LEFT ((uint64_t)256 << 20)

static struct upload *holding;

struct upload *
upload_new(struct arena *a, const struct upload_rules *rules)
{
	struct upload *u = xcalloc(1, sizeof(*u));

	u->a = a;
	u->rules = *rules;
	buf_init(&u->value);
	return u;
}

static void
drop_files(struct upload *u)
{
	for (int i = 0; i < u->n; i++) {
		blob_drop(u->files[i].in);
		blob_drop(u->files[i].out);
		blob_drop(u->files[i].thumb);
	}
	u->n = 0;
	for (struct upload **at = &holding; *at != NULL; at = &(*at)->next)
		if (*at == u) {
			*at = u->next;
			break;
		}
	u->holds = false;
}

void
upload_free(struct upload *u)
{
	if (u == NULL)
		return;
	drop_files(u);
	secret_wipe(u->value.data, u->value.len);
	buf_clear(&u->value);
	free(u);
}

/* With what is wrong with a file alone the fields are still read: they are
 * shown again. */
static bool
is_over(const struct upload *u)
{
	return u->err == ERR_INVALID || u->err == ERR_TOO_LONG ||
	       u->err == ERR_DENIED;
}

void
upload_failed(struct upload *u, int err)
{
	if (is_over(u))
		return;
	u->err = err;
	drop_files(u);
}

/* --- files ----------------------------------------------------------- */

static int
hold(struct upload *u)
{
	int all = 0, same = 0, err;

	if (u->holds)
		return OK;
	err = u->rules.may_begin(u->rules.data, &u->form);
	if (err != OK)
		return err;
	for (const struct upload *h = holding; h != NULL; h = h->next) {
		all++;
		same += u->rules.from != NULL && h->rules.from != NULL &&
		        source_equal(h->rules.from, u->rules.from);
	}
	if (all >= HOLD_MAX || same >= HOLD_OF_SOURCE)
		return ERR_BUSY;
	u->next = holding;
	holding = u;
	u->holds = true;
	return OK;
}

/* There is a first byte: an input that was left empty has none. */
static int
begin_file(struct upload *u)
{
	struct upload_file *f = &u->files[u->n];
	struct statvfs disk;
	int err;

	if (!form_is_name(u->name, strlen(u->name)))
		return ERR_INVALID;
	if (u->n == FORM_FILES)
		return ERR_LIMIT;
	err = hold(u);
	if (err == OK)
		err = blob_begin(u->rules.database, &f->in);
	if (err != OK)
		return err;
	u->n++;
	f->field = u->name;
	f->name = form_file_name(u->a, u->file);
	if (fstatvfs(blob_fd(f->in), &disk) == 0 &&
	    (uint64_t)disk.f_bavail * disk.f_frsize < DISK_LEFT)
		return ERR_FULL;
	return OK;
}

static int
add_to_file(struct upload *u, const char *data, size_t n)
{
	int err = OK;

	if (n == 0 || u->err != OK)
		return OK;
	if (u->size == 0)
		err = begin_file(u);
	u->size += (int64_t)n;
	if (err == OK && u->size > u->rules.file)
		err = ERR_TOO_LONG;
	return err == OK ? blob_add(u->files[u->n - 1].in, data, n) : err;
}

/* --- parts ----------------------------------------------------------- */

static int
add_to_field(struct upload *u, const char *data, size_t n)
{
	u->text += n;
	if (u->text > u->rules.text)
		return ERR_TOO_LONG;
	buf_addn(&u->value, data, n);
	return OK;
}

static int
close_part(struct upload *u)
{
	int err = OK;

	if (u->part == UPLOAD_FIELD)
		err = form_add(u->a, &u->form, u->name, strlen(u->name),
		               u->value.data, u->value.len);
	u->part = UPLOAD_NONE;
	buf_truncate(&u->value, 0);
	u->size = 0;
	return err;
}

static bool
is_same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* The library may tell of a part before it has a byte of it, and then tell
 * of it again. */
static bool
goes_on(const struct upload *u, const char *name, const char *file)
{
	return u->part != UPLOAD_NONE && u->value.len == 0 && u->size == 0 &&
	       is_same(u->name, name) && is_same(u->file, file);
}

static int
begin_part(struct upload *u, const char *name, const char *file)
{
	int err = close_part(u);

	u->part = file != NULL ? UPLOAD_FILE : UPLOAD_FIELD;
	u->name = arena_strdup(u->a, name);
	u->file = file != NULL ? arena_strdup(u->a, file) : NULL;
	u->text += strlen(name) + (file != NULL ? strlen(file) : 0);
	return err;
}

void
upload_part(struct upload *u, const char *name, const char *file,
            const char *data, uint64_t offset, size_t n)
{
	int err = OK;

	if (is_over(u))
		return;
	if (name == NULL)
		err = ERR_INVALID;
	else if (offset == 0 && !goes_on(u, name, file))
		err = begin_part(u, name, file);
	if (err == OK)
		err = u->part == UPLOAD_FILE ? add_to_file(u, data, n)
		                             : add_to_field(u, data, n);
	if (err != OK)
		upload_failed(u, err);
}

int
upload_end(struct upload *u)
{
	int err = is_over(u) ? OK : close_part(u);

	if (err != OK)
		upload_failed(u, err);
	return u->err;
}
