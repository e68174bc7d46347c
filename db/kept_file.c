/* Files that wait to be looked at. Written whole under another name and moved
 * into place, so that a killed process leaves the old one or none. */
#include "db/kept_file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEAD = 64 }; /* "liaison-USE 1 WORD SECONDS\n", padded */

static const char *
path_of(const struct ctx *c, struct arena *a, const char *use)
{
	return arena_printf(a, "%s-%s-%" PRId64, store_path(c->store), use,
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
kept_file_put(struct ctx *c, const char *use, const char *word,
              const char *data, size_t n)
{
	struct arena *a = arena_new();
	const char *path = path_of(c, a, use);
	const char *temporary = arena_printf(a, "%s.new", path);
	char head[HEAD + 1];
	int err;

	(void)snprintf(head, sizeof(head), "liaison-%s 1 %-*s %-24" PRId64, use,
	               KEPT_WORD, word, ctx_now(c).s);
	memset(head + strlen(head), ' ', HEAD - strlen(head));
	head[HEAD - 1] = '\n';
	err = write_file(temporary, head, data, n);
	if (err == OK && rename(temporary, path) != 0)
		err = io_error();
	if (err != OK)
		(void)unlink(temporary);
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
read_head(int fd, const char *use, struct kept_file *out)
{
	char head[HEAD + 1] = "", is[KEPT_WORD + 1];
	int err = read_all(fd, head, HEAD);

	if (err != OK)
		return err;
	*out = (struct kept_file){.n = 0};
	return sscanf(head, "liaison-%20s 1 %20s %" SCNd64, is, out->word,
	              &out->at.s) == 3 &&
	               strcmp(is, use) == 0
	           ? OK
	           : ERR_IO;
}

static int
read_data(int fd, struct arena *a, size_t max, struct kept_file *out)
{
	struct stat st;
	char *data;
	int err;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size < HEAD ||
	    (size_t)st.st_size > max + HEAD)
		return ERR_IO;
	out->n = (size_t)st.st_size - HEAD;
	data = arena_alloc(a, out->n + 1);
	err = read_all(fd, data, out->n);
	out->data = data;
	return err;
}

int
kept_file_get(struct ctx *c, struct arena *a, const char *use, size_t max,
              struct kept_file *out)
{
	struct arena *names = arena_new();
	const char *path = path_of(c, names, use);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	int err = fd < 0 && errno == ENOENT ? ERR_NOT_FOUND : ERR_IO;
	struct kept_file found;

	arena_free(names);
	if (fd < 0)
		return err;
	err = read_head(fd, use, &found);
	if (err == OK && a != NULL)
		err = read_data(fd, a, max, &found);
	(void)close(fd);
	if (err == OK)
		*out = found;
	return err;
}

int
kept_file_drop(struct ctx *c, const char *use)
{
	struct arena *a = arena_new();
	int err = OK;

	if (unlink(path_of(c, a, use)) != 0 && errno != ENOENT)
		err = ERR_IO;
	arena_free(a);
	return err;
}
