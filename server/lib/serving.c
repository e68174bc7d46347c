#include "server/lib/serving.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static int
lock_path(const char *database, char path[PATH_MAX])
{
	int n = snprintf(path, PATH_MAX, "%s-serving", database);

	return n > 0 && n < PATH_MAX ? OK : ERR_IO;
}

int
serving_take(const char *database, int *fd)
{
	char path[PATH_MAX];
	int lock, err = lock_path(database, path);

	if (err != OK)
		return err;
	lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (lock < 0)
		return ERR_IO;
	if (flock(lock, LOCK_EX | LOCK_NB) == 0) {
		*fd = lock;
		return OK;
	}
	err = errno == EWOULDBLOCK ? ERR_EXISTS : ERR_IO;
	(void)close(lock);
	return err;
}

int
serving_note_restore(int fd, bool begun)
{
	static const char note[] = "a restore moves files\n";
	ssize_t n = (ssize_t)sizeof(note) - 1;

	if (begun ? pwrite(fd, note, (size_t)n, 0) != n : ftruncate(fd, 0) != 0)
		return ERR_IO;
	return fsync(fd) == 0 ? OK : ERR_IO;
}

bool
serving_is_half_restored(const char *database)
{
	char path[PATH_MAX];
	struct stat st;

	return lock_path(database, path) == OK && stat(path, &st) == 0 &&
	       st.st_size > 0;
}
