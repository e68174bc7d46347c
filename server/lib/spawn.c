#include "server/lib/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <linux/close_range.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sysexits.h>
#include <unistd.h>

#include "db/base/log.h"

enum { FDS_MAX = 8, FIRST = 3, FILES_MAX = 65536 };

static void
reset_signals(void)
{
	sigset_t none;

	for (int sig = 1; sig < NSIG; sig++)
		(void)signal(sig, SIG_DFL); /* KILL and STOP refuse: fine */
	(void)signal(SIGPIPE, SIG_IGN);
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
}

void
spawn_isolate(const int *keep, int n)
{
	unsigned from = FIRST;

	for (int i = 0; i < n; i++) {
		if ((unsigned)keep[i] > from)
			(void)close_range(from, (unsigned)keep[i] - 1, 0);
		from = (unsigned)keep[i] + 1;
	}
	(void)close_range(from, ~0U, 0);
	reset_signals();
}

/* Move fds to 3, 4, ..: first out of each other's way, then into place;
 * dup2 clears close-on-exec. */
static int
place(const int *fds, int n)
{
	int up[FDS_MAX];

	for (int i = 0; i < n; i++) {
		up[i] = fcntl(fds[i], F_DUPFD_CLOEXEC, FIRST + FDS_MAX);
		if (up[i] < 0)
			return ERR_IO;
	}
	for (int i = 0; i < n; i++)
		if (dup2(up[i], FIRST + i) < 0)
			return ERR_IO;
	(void)close_range((unsigned)(FIRST + n), ~0U, 0);
	return OK;
}

static int
beside_us(const char *name, char out[PATH_MAX])
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	int put;

	if (n < 0)
		return ERR_IO;
	self[n] = '\0';
	put = snprintf(out, PATH_MAX, "%s/%s", dirname(self), name);
	return put > 0 && put < PATH_MAX ? OK : ERR_IO;
}

int
spawn(const char *name, char *const argv[], const int *fds, int fd_count,
      pid_t *pid)
{
	char path[PATH_MAX];
	pid_t child;

	if (fd_count > FDS_MAX || beside_us(name, path) != OK)
		return ERR_IO;
	child = fork();
	if (child < 0)
		return ERR_IO;
	if (child > 0) {
		*pid = child;
		return OK;
	}
	/* what malloc keeps by size for its next use lies between the pages
	 * that could be given back: a third of an idle session */
	if (place(fds, fd_count) == OK &&
	    setenv("GLIBC_TUNABLES", "glibc.malloc.tcache_count=0", 1) == 0) {
		reset_signals();
		(void)execv(path, argv);
	}
	log_error("spawn program=%s errno=%d", name, errno);
	_exit(EX_UNAVAILABLE);
}

void
process_begin(void)
{
	struct rlimit files;
	int fd;

	(void)signal(SIGPIPE, SIG_IGN);
	/* what we hold (keys, passwords, people's records) is nobody's to
	 * look at, not even another process of the same user */
	(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	(void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	/* a session is two descriptors of liaisond; the usual soft limit of
	 * 1024 is for programs that use select */
	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur =
		    files.rlim_max < FILES_MAX ? files.rlim_max : FILES_MAX;
		(void)setrlimit(RLIMIT_NOFILE, &files);
	}
	do /* a descriptor of ours must never become 0, 1 or 2 */
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd < FIRST);
	if (fd >= FIRST)
		(void)close(fd);
}
