/* Every name is opened below the folder's descriptor, and never through a
 * link. What is kept and what is removed goes one after the other (flock). */
#include "db/blob.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/base/clock.h"
#include "db/base/log.h"

enum { FOLDER = 2, PIECE = 64 * 1024 };

static const char suffix[] = "-files", new_name[] = "new";

struct blob_in {
	int files; /* <database>-files */
	int new;   /* new/ below it */
	int fd;
	char name[SECRET_TOKEN + 1]; /* in new/ */
	struct secret_hash hash;
	int64_t size;
};

/* --- folders --------------------------------------------------------- */

static int
failed(const char *what)
{
	int why = errno;

	log_error("files %s errno=%d", what, why);
	return why == ENOSPC || why == EDQUOT ? ERR_FULL : ERR_IO;
}

/* The folder called name below at; made when it is to be written. -1. */
static int
open_folder(int at, const char *name, bool make)
{
	if (make && mkdirat(at, name, 0700) != 0 && errno != EEXIST)
		return -1;
	return openat(at, name,
	              O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* <database>-files. Where it lies, links are the administrator's. */
static int
open_files(const char *database, bool make)
{
	struct arena *a = arena_new();
	int fd = open_folder(AT_FDCWD,
	                     arena_printf(a, "%s%s", database, suffix), make);
	int why = errno;

	arena_free(a);
	errno = why;
	return fd;
}

/* The folder that names the one that fd is of. */
static bool
sync_above(int fd)
{
	int up = openat(fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = up >= 0 && fsync(up) == 0;

	if (up >= 0)
		(void)close(up);
	return ok;
}

static bool
is_hash(const char *text)
{
	return strspn(text, "0123456789abcdef") == SECRET_HEX &&
	       text[SECRET_HEX] == '\0';
}

static void
folder_of(const char *hash, char out[FOLDER + 1])
{
	memcpy(out, hash, FOLDER);
	out[FOLDER] = '\0';
}

/* --- writing --------------------------------------------------------- */

static void
release(struct blob_in *in)
{
	if (in->fd >= 0)
		(void)close(in->fd);
	if (in->new >= 0)
		(void)close(in->new);
	if (in->files >= 0)
		(void)close(in->files);
	free(in);
}

int
blob_begin(const char *database, struct blob_in **out)
{
	struct blob_in *in = xcalloc(1, sizeof(*in));
	int err;

	in->new = in->fd = -1;
	secret_token(in->name);
	secret_hash_begin(&in->hash);
	in->files = open_files(database, true);
	if (in->files >= 0)
		in->new = open_folder(in->files, new_name, true);
	if (in->new >= 0)
		in->fd = openat(
		    in->new, in->name,
		    O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (in->fd >= 0) {
		*out = in;
		return OK;
	}
	err = failed("begin");
	release(in);
	return err;
}

int
blob_add(struct blob_in *in, const void *data, size_t n)
{
	const char *at = data;

	secret_hash_add(&in->hash, data, n);
	while (n > 0) {
		ssize_t done = write(in->fd, at, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return failed("write");
		at += done;
		n -= (size_t)done;
		in->size += done;
	}
	return OK;
}

int64_t
blob_size(const struct blob_in *in)
{
	return in->size;
}

int
blob_fd(const struct blob_in *in)
{
	return in->fd;
}

int
blob_rehash(struct blob_in *in)
{
	char *piece = xmalloc(PIECE);
	ssize_t n;

	secret_hash_begin(&in->hash);
	in->size = 0;
	while ((n = pread(in->fd, piece, PIECE, in->size)) > 0) {
		secret_hash_add(&in->hash, piece, (size_t)n);
		in->size += n;
	}
	free(piece);
	if (n < 0 || lseek(in->fd, 0, SEEK_END) != in->size)
		return failed("read");
	return OK;
}

int
blob_reader(const struct blob_in *in, int *fd)
{
	int found =
	    openat(in->new, in->name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

	if (found < 0)
		return failed("open");
	*fd = found;
	return OK;
}

/* Also when it is there already: so that it is new to who collects. The
 * folders are synced each time: who made them may not have come so far. */
static bool
give_name(struct blob_in *in, const char *hash)
{
	char name[FOLDER + 1];
	int folder;
	bool ok;

	folder_of(hash, name);
	folder = open_folder(in->files, name, true);
	ok = folder >= 0 && flock(in->files, LOCK_EX) == 0 &&
	     renameat(in->new, in->name, folder, hash) == 0 &&
	     fsync(folder) == 0 && fsync(in->files) == 0 &&
	     sync_above(in->files);
	if (folder >= 0)
		(void)close(folder);
	return ok;
}

int
blob_keep(struct blob_in *in, char hash[SECRET_HEX + 1])
{
	char name[SECRET_HEX + 1];
	int err = OK;

	secret_hash_end(&in->hash, name);
	if (fsync(in->fd) != 0 || !give_name(in, name)) {
		err = failed("keep");
		blob_drop(in);
		return err;
	}
	release(in);
	memcpy(hash, name, sizeof(name));
	return OK;
}

void
blob_drop(struct blob_in *in)
{
	if (in == NULL)
		return;
	(void)unlinkat(in->new, in->name, 0); /* unless it has its name */
	release(in);
}

/* --- reading --------------------------------------------------------- */

const char *
blob_files(struct arena *a, const char *database)
{
	return arena_printf(a, "%s%s", database, suffix);
}

const char *
blob_path(struct arena *a, const char *database, const char *hash)
{
	return arena_printf(a, "%s%s/%.2s/%s", database, suffix, hash, hash);
}

int
blob_open(const char *database, const char *hash, int *fd)
{
	char name[FOLDER + 1];
	int files, folder = -1, file = -1, why;
	struct stat st;

	if (!is_hash(hash))
		return ERR_NOT_FOUND;
	folder_of(hash, name);
	files = open_files(database, false);
	if (files >= 0)
		folder = open_folder(files, name, false);
	if (folder >= 0)
		file = openat(folder, hash, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	why = errno;
	if (folder >= 0)
		(void)close(folder);
	if (files >= 0)
		(void)close(files);
	errno = why;
	if (file < 0)
		return errno == ENOENT ? ERR_NOT_FOUND : failed("open");
	if (fstat(file, &st) != 0 || !S_ISREG(st.st_mode)) {
		(void)close(file);
		return ERR_IO;
	}
	*fd = file;
	return OK;
}

/* --- collecting ------------------------------------------------------ */

struct walk {
	int files;
	int64_t new_s;
	blob_visit *visit;
	void *data;
};

/* A file's function. Errors are the walk's end. */
typedef int walk_file(const struct walk *w, int folder, const char *name,
                      const struct stat *st);

static bool
is_the_same(const struct stat *a, const struct stat *b)
{
	return a->st_ino == b->st_ino &&
	       a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	       a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static int
remove_file(const struct walk *w, int folder, const char *name,
            const struct stat *seen)
{
	struct stat st;
	int err = OK;

	if (flock(w->files, LOCK_EX) != 0)
		return failed("lock");
	if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    is_the_same(&st, seen) && unlinkat(folder, name, 0) != 0)
		err = failed("remove");
	(void)flock(w->files, LOCK_UN);
	return err;
}

static int
walk_kept(const struct walk *w, int folder, const char *name,
          const struct stat *st)
{
	bool remove = false;
	int err;

	if (!is_hash(name) || !S_ISREG(st->st_mode))
		return OK;
	err = w->visit(w->data, name, st->st_size, st->st_mtim.tv_sec, &remove);
	if (err == OK && remove)
		err = remove_file(w, folder, name, st);
	return err;
}

static int
walk_new(const struct walk *w, int folder, const char *name,
         const struct stat *st)
{
	if (!S_ISREG(st->st_mode) ||
	    clock_now().s - st->st_mtim.tv_sec <= w->new_s)
		return OK;
	return remove_file(w, folder, name, st);
}

/* folder is closed here. */
static int
walk_folder(const struct walk *w, int folder, walk_file *fn)
{
	DIR *dir = fdopendir(folder);
	struct dirent *entry;
	int err = OK;

	if (dir == NULL) {
		(void)close(folder);
		return failed("read");
	}
	while (err == OK && (errno = 0, entry = readdir(dir)) != NULL) {
		struct stat st;

		if (entry->d_name[0] == '.' ||
		    fstatat(folder, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) !=
		        0)
			continue; /* gone meanwhile */
		err = fn(w, folder, entry->d_name, &st);
	}
	if (err == OK && entry == NULL && errno != 0)
		err = failed("read");
	(void)closedir(dir);
	return err;
}

static int
walk_files(const struct walk *w, int at, const char *name,
           const struct stat *st)
{
	bool is_new = strcmp(name, new_name) == 0;
	int folder;

	if (!S_ISDIR(st->st_mode) || (!is_new && strlen(name) != FOLDER))
		return OK;
	folder = open_folder(at, name, false);
	if (folder < 0)
		return errno == ENOENT ? OK : failed("open");
	return walk_folder(w, folder, is_new ? walk_new : walk_kept);
}

int
blob_walk(const char *database, int64_t new_s, blob_visit *visit, void *data)
{
	struct walk w = {open_files(database, false), new_s, visit, data};
	int copy, err;

	if (w.files < 0)
		return errno == ENOENT ? OK : failed("open");
	copy = openat(w.files, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	err = copy >= 0 ? walk_folder(&w, copy, walk_files) : failed("open");
	(void)close(w.files);
	return err;
}

static int
visit_all(void *data, const char *hash, int64_t size, int64_t changed_s,
          bool *remove)
{
	(void)data;
	(void)hash;
	(void)size;
	(void)changed_s;
	*remove = true;
	return OK;
}

void
blob_remove_all(const char *database)
{
	struct arena *a = arena_new();
	const char *path = blob_files(a, database);

	if (blob_walk(database, -1, visit_all, NULL) == OK)
		for (int i = 0; i < 256; i++)
			(void)rmdir(arena_printf(a, "%s/%02x", path, i));
	(void)rmdir(arena_printf(a, "%s/%s", path, new_name));
	(void)rmdir(path);
	arena_free(a);
}
