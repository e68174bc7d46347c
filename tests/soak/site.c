/* The server of the soak: its processes, by the configuration they name, so
 * that orphans are seen as well. */
#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/base/err.h"
#include "tests/soak/soak.h"

enum {
	PROCESSES = 1024,
	PATH_BYTES = 64,
	LINE_BYTES = 1024,
	STEP_US = 20000,
	START_MS = 20000,
	STOP_MS = 15000
};

struct process {
	pid_t pid, parent;
	char name[16];
};

/* What is killed: in this order first, then by weight. */
static struct kind {
	const char *name;
	bool child; /* serves one person; else the one that forks those */
	unsigned weight;
	int killed;
} kinds[] = {
    {"liaison-net", true, 40, 0},   {"liaison-tui", true, 40, 0},
    {"liaison-auth", false, 8, 0},  {"liaison-tui", false, 4, 0},
    {"liaison-net", false, 4, 0},   {"liaison-web", false, 4, 0},
    {"liaison-media", false, 4, 0}, {"liaison-post", false, 4, 0},
    {"liaisond", false, 4, 0},
};

/* --- looking ------------------------------------------------------------- */

static size_t
read_file(pid_t pid, const char *file, char *out, size_t size)
{
	char path[PATH_BYTES];
	ssize_t n = -1;
	int fd;

	(void)snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, file);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		n = read(fd, out, size - 1);
		(void)close(fd);
	}
	out[n > 0 ? n : 0] = '\0';
	return n > 0 ? (size_t)n : 0;
}

static bool
is_ours(const struct soak *s, pid_t pid, struct process *out)
{
	char line[LINE_BYTES];
	size_t n = read_file(pid, "cmdline", line, sizeof(line));
	int parent;

	if (memmem(line, n, s->config, strlen(s->config)) == NULL ||
	    read_file(pid, "stat", line, sizeof(line)) == 0 ||
	    sscanf(line, "%*d (%15[^)]) %*c %d", out->name, &parent) != 2)
		return false;
	out->pid = pid;
	out->parent = (pid_t)parent;
	return strncmp(out->name, "liaison", strlen("liaison")) == 0;
}

static int
find(const struct soak *s, struct process *out)
{
	DIR *d = opendir("/proc");
	const struct dirent *e;
	int n = 0;

	while (d != NULL && n < PROCESSES && (e = readdir(d)) != NULL) {
		pid_t pid = (pid_t)strtol(e->d_name, NULL, 10);

		if (pid > 1 && is_ours(s, pid, &out[n]))
			n++;
	}
	if (d != NULL)
		(void)closedir(d);
	return n;
}

static int
descriptors(pid_t pid)
{
	char path[PATH_BYTES];
	int n = 0;
	DIR *d;

	(void)snprintf(path, sizeof(path), "/proc/%d/fd", (int)pid);
	d = opendir(path);
	while (d != NULL && readdir(d) != NULL)
		n++;
	if (d != NULL)
		(void)closedir(d);
	return n > 2 ? n - 2 : 0; /* . and .. */
}

/* What is its own: what it shares counts for others, too, who come and go. */
static long
memory_kb(pid_t pid)
{
	char text[4 * LINE_BYTES];
	const char *own;

	(void)read_file(pid, "status", text, sizeof(text));
	own = strstr(text, "\nRssAnon:");
	return own != NULL ? strtol(own + strlen("\nRssAnon:"), NULL, 10) : 0;
}

struct census
site_census(const struct soak *s)
{
	static struct process all[PROCESSES];
	struct census c = {.processes = find(s, all)};

	for (int i = 0; i < c.processes; i++) {
		c.descriptors += descriptors(all[i].pid);
		c.memory_kb += memory_kb(all[i].pid);
	}
	return c;
}

struct census
site_settle(const struct soak *s, int processes, int ms)
{
	double end = now_ms() + ms;
	struct census c;

	while ((c = site_census(s)).processes > processes && now_ms() < end)
		(void)usleep(STEP_US);
	return c;
}

/* --- starting and stopping ----------------------------------------------- */

static bool
answers(int port)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
	                         .sin_port = htons((uint16_t)port),
	                         .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool ok = connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0;

	(void)close(fd);
	return ok;
}

static pid_t
launch(const struct soak *s)
{
	pid_t pid = fork();

	if (pid == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		(void)execl(s->program, s->program, "-c", s->config,
		            (char *)NULL);
		_exit(127);
	}
	return pid;
}

/* Another may still hold the port: one that was killed ends with its last
 * process. */
pid_t
site_start(const struct soak *s)
{
	double end = now_ms() + START_MS;
	pid_t pid = launch(s);

	while (now_ms() < end) {
		if (waitpid(pid, NULL, WNOHANG) == pid)
			pid = launch(s);
		else if (answers(s->at.port))
			return pid;
		(void)usleep(STEP_US);
	}
	fault(s, "liaisond does not start");
	return pid;
}

void
site_stop(const struct soak *s, pid_t liaisond)
{
	int status = -1;

	(void)kill(liaisond, SIGTERM);
	for (double end = now_ms() + STOP_MS;
	     waitpid(liaisond, &status, WNOHANG) == 0;) {
		if (now_ms() > end) {
			fault(s, "liaisond does not stop");
			(void)kill(liaisond, SIGKILL);
			end += STOP_MS;
		}
		(void)usleep(STEP_US);
	}
	if (status != 0)
		fault(s, "liaisond ended with %d", status);
}

/* --- killing ------------------------------------------------------------- */

static struct kind *
choose(int order, bool gentle, unsigned *state)
{
	unsigned sum = 0, at;
	size_t n = 0;

	if (!gentle && order < (int)COUNT(kinds))
		return &kinds[order];
	while (n < COUNT(kinds) && (!gentle || kinds[n].child))
		sum += kinds[n++].weight;
	at = chance(state, sum);
	for (n = 0; at >= kinds[n].weight; n++)
		at -= kinds[n].weight;
	return &kinds[n];
}

bool
site_kill(const struct soak *s, pid_t liaisond, int order, bool gentle,
          unsigned *state)
{
	static struct process all[PROCESSES];
	struct kind *kind = choose(order, gentle, state);
	pid_t fit[PROCESSES], victim;
	unsigned n = 0;
	int found = find(s, all);

	for (int i = 0; i < found; i++)
		if (strcmp(all[i].name, kind->name) == 0 &&
		    (all[i].pid == liaisond ||
		     kind->child == (all[i].parent != liaisond)))
			fit[n++] = all[i].pid;
	if (n == 0)
		return false;
	victim = fit[chance(state, n)];
	kind->killed += kill(victim, SIGKILL) == 0;
	return victim == liaisond;
}

void
site_say_kills(void)
{
	printf("killed:");
	for (size_t i = 0; i < COUNT(kinds); i++)
		printf(" %s%s %d", kinds[i].name,
		       kinds[i].child ? "'s child" : "", kinds[i].killed);
	printf("\n");
}
