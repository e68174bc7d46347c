/* Files that are there whole or not at all, each failure said with its
 * path. */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/base/i18n.h"
#include "db/base/secret.h"
#include "server/ctl/ctl.h"

int
ctl_say_errno(struct ctl *ctl, const char *path)
{
	int err = errno == EEXIST                      ? ERR_EXISTS
	          : errno == ENOSPC || errno == EDQUOT ? ERR_FULL
	                                               : ERR_IO;

	ctl_say(ctl, "%s: %s", path, strerror(errno));
	return err;
}

int
ctl_read_file(struct ctl *ctl, const char *path, size_t max, struct buf *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char bytes[4096];
	ssize_t n = -1;

	if (fd < 0)
		return ctl_say_errno(ctl, path);
	while (out->len <= max && (n = read(fd, bytes, sizeof(bytes))) > 0)
		buf_addn(out, bytes, (size_t)n);
	secret_wipe(bytes, sizeof(bytes));
	(void)close(fd);
	if (n < 0)
		return ctl_say_errno(ctl, path);
	return out->len <= max ? OK : ERR_TOO_LONG;
}

static int
create(struct ctl *ctl, const char *path, int *fd)
{
	*fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	return *fd >= 0 ? OK : ctl_say_errno(ctl, path);
}

static int
write_all(struct ctl *ctl, const char *path, int fd, const char *data, size_t n)
{
	while (n > 0) {
		ssize_t put = write(fd, data, n);

		if (put < 0 && errno != EINTR)
			return ctl_say_errno(ctl, path);
		if (put > 0) {
			data += put;
			n -= (size_t)put;
		}
	}
	return OK;
}

/* On the disk, or away. */
static int
finish(struct ctl *ctl, const char *path, int fd, int err)
{
	if (err == OK && fsync(fd) != 0)
		err = ctl_say_errno(ctl, path);
	if (fd >= 0 && close(fd) != 0 && err == OK)
		err = ctl_say_errno(ctl, path);
	if (err != OK && fd >= 0)
		(void)unlink(path);
	return err;
}

int
ctl_write_new(struct ctl *ctl, const char *path, const char *data, size_t n)
{
	int fd, err = create(ctl, path, &fd);

	if (err == OK)
		err = write_all(ctl, path, fd, data, n);
	return finish(ctl, path, fd, err);
}

int
ctl_copy_file(struct ctl *ctl, const char *from, const char *to)
{
	int in = open(from, O_RDONLY | O_CLOEXEC), out, err;
	char bytes[65536];
	ssize_t n = 0;

	if (in < 0)
		return ctl_say_errno(ctl, from);
	err = create(ctl, to, &out);
	while (err == OK && (n = read(in, bytes, sizeof(bytes))) > 0)
		err = write_all(ctl, to, out, bytes, (size_t)n);
	if (n < 0)
		err = ctl_say_errno(ctl, from);
	(void)close(in);
	return finish(ctl, to, out, err);
}

int
ctl_sync(struct ctl *ctl, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int err = OK;

	if (fd < 0 || fsync(fd) != 0)
		err = ctl_say_errno(ctl, path);
	if (fd >= 0)
		(void)close(fd);
	return err;
}

int
ctl_move_new(struct ctl *ctl, const char *from, const char *to)
{
	int rc = renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);

	/* A file system that cannot promise it: look, then move. */
	if (rc != 0 && errno == EINVAL && access(to, F_OK) != 0)
		rc = rename(from, to);
	if (rc != 0)
		return ctl_say_errno(ctl, to);
	return ctl_sync(ctl, dirname(arena_strdup(ctl->a, to)));
}

int
ctl_put_aside(struct ctl *ctl, const char *path, const char *stamp)
{
	const char *aside = arena_printf(ctl->a, "%s.%s", path, stamp);

	if (rename(path, aside) != 0 && errno != ENOENT)
		return ctl_say_errno(ctl, path);
	return OK;
}
