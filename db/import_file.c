/* The file that waits to be looked at. Written whole under another name and
 * moved into place, so that a killed process leaves the old one or none. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/base/i18n.h"
#include "db/import.h"

enum { HEAD = 64 }; /* "liaison-import 1 KIND SECONDS\n", padded */

static const char *
pending_path(const struct ctx *c, struct arena *a)
{
	return arena_printf(a, "%s-import-%" PRId64, store_path(c->store),
	                    c->account);
}

static int
io_error(void)
{
	return errno == ENOSPC || errno == EDQUOT || errno == EFBIG ? ERR_FULL
	                                                            : ERR_IO;
}

static int
write_all(int fd, const char *data, size_t n)
{
	while (n > 0) {
		ssize_t put = write(fd, data, n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return io_error();
		data += put;
		n -= (size_t)put;
	}
	return OK;
}

static int
write_file(const char *path, const char head[HEAD], const char *data, size_t n)
{
	int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW;
	int fd = open(path, flags, 0600);
	int err;

	if (fd < 0)
		return io_error();
	err = write_all(fd, head, HEAD);
	if (err == OK)
		err = write_all(fd, data, n);
	if (err == OK && fdatasync(fd) != 0)
		err = io_error();
	if (close(fd) != 0 && err == OK)
		err = io_error();
	return err;
}

int
import_keep(struct ctx *c, enum import_kind kind, const char *data, size_t n)
{
	struct arena *a = arena_new();
	const char *path = pending_path(c, a);
	const char *temporary = arena_printf(a, "%s.new", path);
	char head[HEAD + 1];
	int err = may(c, import_perm(kind)) ? OK : ERR_DENIED;

	if (err == OK && n > IMPORT_BYTES_MAX)
		err = ERR_TOO_LONG;
	if (err != OK)
		goto done;
	(void)snprintf(head, sizeof(head), "liaison-import 1 %-20s %-24" PRId64,
	               import_name(kind), ctx_now(c).s);
	head[HEAD - 1] = '\n';
	err = write_file(temporary, head, data, n);
	if (err == OK && rename(temporary, path) != 0)
		err = io_error();
	if (err != OK)
		(void)unlink(temporary);
done:
	arena_free(a);
	return err;
}

static int
read_all(int fd, char *data, size_t n)
{
	while (n > 0) {
		ssize_t take = read(fd, data, n);

		if (take < 0 && errno == EINTR)
			continue;
		if (take <= 0)
			return ERR_IO;
		data += take;
		n -= (size_t)take;
	}
	return OK;
}

static int
read_head(int fd, struct import_pending *out)
{
	char head[HEAD + 1] = "", kind[21];
	int64_t at;
	int err = read_all(fd, head, HEAD);

	if (err != OK)
		return err;
	if (sscanf(head, "liaison-import 1 %20s %" SCNd64, kind, &at) != 2 ||
	    import_named(kind) == IMPORT_KINDS)
		return ERR_IO;
	*out = (struct import_pending){.kind = import_named(kind), .at = {at}};
	return OK;
}

static int
read_data(int fd, struct arena *a, struct import_pending *out)
{
	struct stat st;
	char *data;
	int err;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) ||
	    st.st_size > IMPORT_BYTES_MAX + HEAD)
		return ERR_IO;
	out->n = (size_t)st.st_size - HEAD;
	data = arena_alloc(a, out->n + 1);
	err = read_all(fd, data, out->n);
	out->data = data;
	return err;
}

int
import_kept(struct ctx *c, struct arena *a, struct import_pending *out)
{
	struct arena *names = arena_new();
	const char *path = pending_path(c, names);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	int err = fd < 0 && errno == ENOENT ? ERR_NOT_FOUND : ERR_IO;
	struct import_pending found;

	arena_free(names);
	if (fd < 0)
		return err;
	err = read_head(fd, &found);
	if (err == OK && a != NULL)
		err = read_data(fd, a, &found);
	(void)close(fd);
	if (err == OK)
		*out = found;
	return err;
}

int
import_forget(struct ctx *c)
{
	struct arena *a = arena_new();
	int err = OK;

	if (unlink(pending_path(c, a)) != 0 && errno != ENOENT)
		err = ERR_IO;
	arena_free(a);
	return err;
}
