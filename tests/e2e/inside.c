/* Memory by process_vm_readv and descriptors by pidfd_getfd: the files of
 * /proc that say the same belong to root for processes closed to dumps. */
#include "tests/e2e/inside.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "db/base/arena.h"

/* --- what to look for ---------------------------------------------------- */

static int
digit_of(int c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c > 0 ? strchr(digits, c) : NULL;

	return at != NULL ? (int)(at - digits) : -1;
}

enum { KEY_BYTES = 1024 };

/* What stands between the first and the last line of an OpenSSH key: its
 * digits, and decoded. */
struct key_text {
	char digits[2 * KEY_BYTES];
	unsigned char bytes[KEY_BYTES];
	size_t len;
};

static void
decode(FILE *in, struct key_text *out)
{
	unsigned bits = 0, have = 0;
	size_t at = 0;
	int c;

	while ((c = fgetc(in)) != EOF && c != '-' && at < KEY_BYTES) {
		if (digit_of(c) < 0)
			continue;
		out->digits[at++] = (char)c;
		bits = (bits & 0xff) << 6 | (unsigned)digit_of(c);
		have += 6;
		if (have < 8)
			continue;
		have -= 8;
		out->bytes[out->len++] = (unsigned char)(bits >> have);
	}
}

/* The secret is the one string of 64 bytes: the seed, then what is public. */
static bool
read_ssh_key(struct needles *n, FILE *in)
{
	static const unsigned char length[] = {0, 0, 0, 64};
	struct key_text k = {.len = 0};
	const unsigned char *at;
	size_t seed;

	decode(in, &k);
	at = memmem(k.bytes, k.len, length, sizeof(length));
	if (at == NULL || at + 68 > k.bytes + k.len)
		return false;
	memcpy(n->raw, at + 4, sizeof(n->raw));
	seed = (size_t)(at + 4 - k.bytes);
	(void)snprintf(n->text, sizeof(n->text), "%.40s",
	               k.digits + (seed + 2) / 3 * 4);
	return true;
}

static bool
read_hex(struct needles *n, const char *line)
{
	for (size_t i = 0; i < sizeof(n->raw); i++) {
		char two[3] = {line[2 * i], line[2 * i + 1], '\0'}, *end;

		n->raw[i] = (unsigned char)strtoul(two, &end, 16);
		if (end != two + 2)
			return false;
	}
	(void)snprintf(n->text, sizeof(n->text), "%.64s", line);
	return true;
}

/* A text is a secret as it is. */
static bool
read_text(struct needles *n, char *line)
{
	size_t len = strcspn(line, "\n");

	if (len < 20 || len > sizeof(n->raw))
		return false;
	line[len] = '\0';
	memcpy(n->raw, line, len);
	n->raw_len = len;
	memcpy(n->text, line, len + 1);
	return true;
}

bool
needles_read(struct needles *n, const char *path)
{
	FILE *in = fopen(path, "re");
	char line[128] = "";
	bool ok = in != NULL && fgets(line, sizeof(line), in) != NULL;

	n->raw_len = sizeof(n->raw);
	if (ok)
		ok = line[0] == '-' ? read_ssh_key(n, in)
		                    : read_hex(n, line) || read_text(n, line);
	if (in != NULL)
		(void)fclose(in);
	return ok;
}

/* --- memory -------------------------------------------------------------- */

static enum found
search(const char *bytes, size_t len, const struct needles *n)
{
	if (memmem(bytes, len, n->raw, n->raw_len) != NULL)
		return FOUND_RAW;
	if (memmem(bytes, len, n->text, strlen(n->text)) != NULL)
		return FOUND_TEXT;
	return FOUND_NOT;
}

static enum found
search_range(pid_t pid, unsigned long from, unsigned long to,
             const struct needles *n)
{
	enum { STEP = 1 << 20, OVERLAP = 64 };
	char *bytes = xcalloc(1, STEP);
	enum found found = FOUND_NOT;

	for (; from < to && found == FOUND_NOT; from += STEP - OVERLAP) {
		size_t len = to - from < STEP ? to - from : STEP;
		struct iovec here = {bytes, len};
		/* an address of another process is only a number to us */
		struct iovec there = {NULL, len};
		ssize_t got;

		memcpy(&there.iov_base, &from, sizeof(from));
		got = process_vm_readv(pid, &here, 1, &there, 1, 0);
		if (got < 0 && errno == EPERM)
			found = FOUND_UNREADABLE;
		else if (got > 0)
			found = search(bytes, (size_t)got, n);
	}
	free(bytes);
	return found;
}

enum found
inside_memory(pid_t pid, const struct needles *n)
{
	char path[64], line[512];
	enum found found = FOUND_NOT;
	unsigned long from, to, read_bytes = 0;
	FILE *in;

	(void)snprintf(path, sizeof(path), "/proc/%d/maps", (int)pid);
	in = fopen(path, "re");
	while (in != NULL && found == FOUND_NOT &&
	       fgets(line, sizeof(line), in) != NULL) {
		char may;

		if (sscanf(line, "%lx-%lx %c", &from, &to, &may) != 3 ||
		    may != 'r' || to - from > 1UL << 31)
			continue;
		read_bytes += to - from;
		found = search_range(pid, from, to, n);
	}
	if (in != NULL)
		(void)fclose(in);
	return read_bytes == 0 ? FOUND_UNREADABLE : found;
}

/* --- descriptors --------------------------------------------------------- */

enum { FDS = 256 };

/* Call fn with a copy of each descriptor of pid; -1: not allowed. */
static int
each_fd(pid_t pid, bool (*fn)(int fd, const void *data), const void *data)
{
	int process = (int)syscall(SYS_pidfd_open, pid, 0);
	int count = 0;

	for (int i = 0; process >= 0 && i < FDS && count >= 0; i++) {
		int fd = (int)syscall(SYS_pidfd_getfd, process, i, 0);

		if (fd >= 0) {
			count += fn(fd, data);
			(void)close(fd);
		} else if (errno != EBADF) {
			count = -1;
		}
	}
	if (process < 0)
		return -1;
	(void)close(process);
	return count;
}

static bool
is_file(int fd, const void *data)
{
	const struct stat *want = data;
	struct stat st;

	return fstat(fd, &st) == 0 && st.st_dev == want->st_dev &&
	       st.st_ino == want->st_ino;
}

static bool
is_any(int fd, const void *data)
{
	(void)fd;
	(void)data;
	return true;
}

int
inside_has_open(pid_t pid, const char *path)
{
	struct stat want;

	return stat(path, &want) == 0 ? each_fd(pid, is_file, &want) : 0;
}

int
inside_count_open(pid_t pid)
{
	return each_fd(pid, is_any, NULL);
}
