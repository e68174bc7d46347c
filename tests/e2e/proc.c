/* Starting, awaiting and ending processes. */
#include "tests/e2e/proc.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

void
proc_become(const struct proc *p)
{
	char name[64];

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (int i = 0; p->env != NULL && p->env[i] != NULL; i++) {
		const char *value = strchr(p->env[i], '=');

		if (value == NULL) {
			(void)unsetenv(p->env[i]);
			continue;
		}
		(void)snprintf(name, sizeof(name), "%.*s",
		               (int)(value - p->env[i]), p->env[i]);
		(void)setenv(name, value + 1, 1);
	}
	if (p->dir == NULL || chdir(p->dir) == 0)
		(void)execvp(p->argv[0], p->argv);
	(void)dprintf(2, "cannot run %s\n", p->argv[0]);
	_exit(127);
}

pid_t
proc_start(const struct proc *p)
{
	pid_t pid = fork();

	if (pid == 0) {
		int null = open("/dev/null", O_RDWR | O_CLOEXEC);

		(void)setsid();
		(void)dup2(p->in >= 0 ? p->in : null, 0);
		(void)dup2(p->out >= 0 ? p->out : null, 1);
		(void)dup2(p->err >= 0 ? p->err : null, 2);
		proc_become(p);
	}
	return pid;
}

static bool
reap(pid_t pid, int *status)
{
	int how;

	if (waitpid(pid, &how, WNOHANG) != pid)
		return false;
	*status = WIFSIGNALED(how) ? 128 + WTERMSIG(how) : WEXITSTATUS(how);
	return true;
}

/* A pidfd becomes readable at the end; the loop must not read from it. */
bool
proc_wait(struct loop *l, pid_t pid, int64_t deadline_ms, int *status)
{
	int fd = (int)syscall(SYS_pidfd_open, pid, 0);
	struct pollfd p = {.fd = fd, .events = POLLIN};
	bool ended = reap(pid, status);

	while (!ended && left_ms(deadline_ms) > 0) {
		(void)loop_step(l, 0);
		(void)poll(&p, 1, 20);
		ended = reap(pid, status);
	}
	if (fd >= 0)
		(void)close(fd);
	return ended;
}

static pid_t
parent_of(pid_t pid, char name[32])
{
	char path[64], stat[512] = "";
	const char *open_at, *close_at;
	FILE *in;
	int parent = 0;

	(void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	in = fopen(path, "re");
	if (in == NULL)
		return 0;
	if (fgets(stat, sizeof(stat), in) == NULL)
		stat[0] = '\0';
	(void)fclose(in);
	open_at = strchr(stat, '(');
	close_at = strrchr(stat, ')');
	if (open_at == NULL || close_at == NULL)
		return 0;
	(void)snprintf(name, 32, "%.*s", (int)(close_at - open_at - 1),
	               open_at + 1);
	(void)sscanf(close_at + 1, " %*c %d", &parent);
	return parent;
}

static bool
is_below(pid_t pid, pid_t root)
{
	char name[32];

	for (int depth = 0; pid > 1 && depth < 16; depth++) {
		pid = parent_of(pid, name);
		if (pid == root)
			return true;
	}
	return false;
}

int
proc_find(pid_t root, const char *name, pid_t *pids, int most)
{
	DIR *dir = opendir("/proc");
	const struct dirent *e;
	char is[32];
	int found = 0;

	while (dir != NULL && (e = readdir(dir)) != NULL) {
		pid_t pid = (pid_t)strtol(e->d_name, NULL, 10);

		if (pid <= 1 || parent_of(pid, is) == 0)
			continue;
		if (name != NULL && strncmp(is, name, 15) != 0)
			continue;
		if (is_below(pid, root) && found < most)
			pids[found++] = pid;
	}
	if (dir != NULL)
		(void)closedir(dir);
	return found;
}

bool
proc_is_below(pid_t pid, const pid_t *pids, int count)
{
	char name[32];
	pid_t parent = parent_of(pid, name);

	for (int i = 0; i < count; i++)
		if (pids[i] == parent)
			return true;
	return false;
}

int
proc_signal(pid_t root, const char *name, int sig)
{
	pid_t pids[256];
	int found = proc_find(root, name, pids, (int)COUNT(pids));

	/* All found before the first dies: orphans are below nobody. */
	for (int i = 0; i < found; i++)
		(void)kill(pids[i], sig);
	return found;
}

void
proc_end(struct loop *l, pid_t pid, int grace_ms)
{
	int status;

	if (pid <= 0)
		return;
	(void)kill(pid, SIGTERM);
	(void)kill(pid, SIGCONT);
	if (proc_wait(l, pid, now_ms() + grace_ms, &status))
		return;
	(void)proc_signal(pid, NULL, SIGKILL);
	(void)kill(pid, SIGKILL);
	(void)proc_wait(l, pid, now_ms() + 5000, &status);
}

static void
keep(void *owner, const char *data, size_t n)
{
	if (n > 0)
		buf_addn(owner, data, n);
}

static bool
is_open(const struct loop *l, int fd)
{
	for (int i = 0; i < l->count; i++) {
		if (l->chan[i].fd == fd)
			return true;
	}
	return false;
}

bool
proc_run(struct loop *l, const struct proc *p, struct buf *out, struct buf *err,
         int64_t deadline_ms, int *status)
{
	struct proc run = *p;
	int to_out[2], to_err[2];
	pid_t pid;

	if (pipe2(to_out, O_CLOEXEC) != 0 || pipe2(to_err, O_CLOEXEC) != 0)
		return false;
	run.out = to_out[1];
	run.err = to_err[1];
	pid = proc_start(&run);
	(void)close(to_out[1]);
	(void)close(to_err[1]);
	loop_add(l, to_out[0], keep, out);
	loop_add(l, to_err[0], keep, err);
	while (pid > 0 && left_ms(deadline_ms) > 0 &&
	       (is_open(l, to_out[0]) || is_open(l, to_err[0])))
		(void)loop_step(l, left_ms(deadline_ms));
	loop_remove(l, to_out[0]);
	loop_remove(l, to_err[0]);
	if (pid > 0 && proc_wait(l, pid, deadline_ms, status))
		return true;
	proc_end(l, pid, 0);
	return false;
}

long
proc_memory_kb(pid_t pid)
{
	char path[64], line[256];
	long kb = 0;
	FILE *in;

	(void)snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	in = fopen(path, "re");
	while (in != NULL && fgets(line, sizeof(line), in) != NULL)
		if (strncmp(line, "RssAnon:", 8) == 0)
			kb = strtol(line + 8, NULL, 10);
	if (in != NULL)
		(void)fclose(in);
	return kb;
}
