/* One JSON array a person; written to a new file that takes the old one's
 * place. */
#include "db/draft.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/base/json.h"

enum { FILE_MAX = (DRAFTS_MAX + 1) * (DRAFT_MAX + 4096) };

const char *
draft_file(const struct ctx *c, struct arena *a)
{
	return arena_printf(a, "%s-drafts/%lld", store_path(c->store),
	                    (long long)c->account);
}

/* --- reading ------------------------------------------------------------- */

/* The whole file as text; "" when there is none. */
static const char *
read_file(const char *file, struct arena *a)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat st;
	size_t have = 0;
	char *text;

	if (fd < 0)
		return "";
	if (fstat(fd, &st) != 0 || st.st_size <= 0 || st.st_size > FILE_MAX) {
		(void)close(fd);
		return "";
	}
	text = arena_alloc(a, (size_t)st.st_size + 1);
	while (have < (size_t)st.st_size) {
		ssize_t n = read(fd, text + have, (size_t)st.st_size - have);

		if (n <= 0)
			break;
		have += (size_t)n;
	}
	text[have] = '\0';
	(void)close(fd);
	return text;
}

static const char *
text_of(const struct json *object, const char *key, struct arena *a)
{
	return arena_strdup(a, json_text_of(json_get(object, key)));
}

static struct draft
draft_of(const struct json *object, struct arena *a)
{
	return (struct draft){
	    .screen = text_of(object, "screen", a),
	    .arg = json_int_of(json_get(object, "arg")),
	    .office = json_int_of(json_get(object, "office")),
	    .at = {json_int_of(json_get(object, "at"))},
	    .title = text_of(object, "title", a),
	    .base = text_of(object, "base", a),
	    .state = text_of(object, "state", a),
	};
}

static int
newest_first(const void *a, const void *b)
{
	const struct draft *x = a, *y = b;

	return (x->at.s < y->at.s) - (x->at.s > y->at.s);
}

/* All drafts of the person, newest first; room for one more. */
static int
read_all(const char *file, struct arena *a, struct draft **out)
{
	struct json *root = json_parse(read_file(file, a));
	int n = root != NULL ? json_length(root) : 0;

	if (n > DRAFTS_MAX)
		n = DRAFTS_MAX;
	*out = arena_alloc(a, (size_t)(n + 1) * sizeof(**out));
	for (int i = 0; i < n; i++)
		(*out)[i] = draft_of(json_at(root, i), a);
	json_free(root);
	qsort(*out, (size_t)n, sizeof(**out), newest_first);
	return n;
}

int
draft_list(const char *file, struct arena *a, int64_t office,
           struct draft **out)
{
	int all = read_all(file, a, out), n = 0;

	for (int i = 0; i < all; i++)
		if ((*out)[i].office == office)
			(*out)[n++] = (*out)[i];
	return n;
}

static bool
is(const struct draft *d, const char *screen, int64_t arg, int64_t office)
{
	return d->arg == arg && d->office == office &&
	       strcmp(d->screen, screen) == 0;
}

int
draft_get(const char *file, struct arena *a, const char *screen, int64_t arg,
          int64_t office, struct draft *out)
{
	struct draft *all;
	int n = read_all(file, a, &all);

	for (int i = 0; i < n; i++)
		if (is(&all[i], screen, arg, office)) {
			*out = all[i];
			return OK;
		}
	return ERR_NOT_FOUND;
}

/* --- writing ------------------------------------------------------------- */

static int
err_of_errno(void)
{
	return errno == ENOSPC || errno == EDQUOT ? ERR_FULL : ERR_IO;
}

static int
open_file(const char *file)
{
	return open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
}

/* The person's file, so that two sessions of theirs do not write over each
 * other. It is locked by its name: one that was replaced while we waited is
 * not it any more. */
static int
lock_file(const char *file, struct arena *a, int *out)
{
	struct stat held, named;

	for (;;) {
		int fd = open_file(file);

		if (fd < 0 && errno == ENOENT &&
		    mkdir(dirname(arena_strdup(a, file)), 0700) == 0)
			fd = open_file(file);
		if (fd < 0)
			return err_of_errno();
		if (flock(fd, LOCK_EX) == 0 && fstat(fd, &held) == 0 &&
		    stat(file, &named) == 0 && held.st_ino == named.st_ino) {
			*out = fd;
			return OK;
		}
		(void)close(fd);
	}
}

static struct json *
json_of(const struct draft *d)
{
	struct json *object = json_new_object();

	json_set_text(object, "screen", d->screen);
	json_set_int(object, "arg", d->arg);
	json_set_int(object, "office", d->office);
	json_set_int(object, "at", d->at.s);
	json_set_text(object, "title", d->title);
	json_set_text(object, "base", d->base);
	json_set_text(object, "state", d->state);
	return object;
}

static int
write_whole(const char *file, const char *text)
{
	int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	size_t n = strlen(text), done = 0;
	int err = OK;

	if (fd < 0)
		return err_of_errno();
	while (err == OK && done < n) {
		ssize_t put = write(fd, text + done, n - done);

		if (put < 0 && errno != EINTR)
			err = err_of_errno();
		else if (put > 0)
			done += (size_t)put;
	}
	if (err == OK && fdatasync(fd) != 0)
		err = err_of_errno();
	if (close(fd) != 0 && err == OK)
		err = err_of_errno();
	return err;
}

/* Replace file, which is locked, by these drafts. */
static int
write_all(const char *file, struct arena *a, const struct draft *all, int n)
{
	const char *fresh = arena_printf(a, "%s.new", file);
	struct json *root;
	int err;

	if (n == 0)
		return unlink(file) == 0 ? OK : err_of_errno();
	root = json_new_array();
	for (int i = 0; i < n; i++)
		json_add(root, json_of(&all[i]));
	err = write_whole(fresh, json_print(root, a));
	json_free(root);
	if (err == OK && rename(fresh, file) != 0)
		err = err_of_errno();
	if (err != OK)
		(void)unlink(fresh); /* it takes room that is needed */
	return err;
}

/* Without the draft called as is said, and with d, which may be NULL. */
static int
change(const char *file, const char *screen, int64_t arg, int64_t office,
       const struct draft *d)
{
	struct arena *a = arena_new();
	struct draft *all, *kept;
	int fd = -1, n = 0, count;
	int err = lock_file(file, a, &fd);

	if (err != OK)
		goto done;
	count = read_all(file, a, &all);
	kept = arena_alloc(a, (size_t)(count + 1) * sizeof(*kept));
	if (d != NULL)
		kept[n++] = *d;
	for (int i = 0; i < count && n < DRAFTS_MAX; i++)
		if (!is(&all[i], screen, arg, office) &&
		    (d == NULL ||
		     d->at.s - all[i].at.s < DRAFT_DAYS * (int64_t)86400))
			kept[n++] = all[i];
	err = write_all(file, a, kept, n);
done:
	if (fd >= 0)
		(void)close(fd);
	arena_free(a);
	return err;
}

int
draft_put(const char *file, const struct draft *d)
{
	if (strlen(d->state) > DRAFT_MAX || strlen(d->base) > DRAFT_MAX)
		return ERR_TOO_LONG;
	return change(file, d->screen, d->arg, d->office, d);
}

int
draft_drop(const char *file, const char *screen, int64_t arg, int64_t office)
{
	if (access(file, F_OK) != 0)
		return OK;
	return change(file, screen, arg, office, NULL);
}
