/* A server's processes, as /proc tells them: memory and time used. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/bench/bench.h"

enum { PROCESSES_MAX = 20000, PATH_BYTES = 64, LINE_BYTES = 1024 };

struct process {
	pid_t pid, parent;
	double cpu_s;
	bool inside;
};

/* KB that pid counts for (PSS); 0 when it is gone. */
static long
pss_of(pid_t pid)
{
	char path[PATH_BYTES], line[LINE_BYTES];
	long kb = 0;
	FILE *f;

	(void)snprintf(path, sizeof(path), "/proc/%d/smaps_rollup", (int)pid);
	f = fopen(path, "r");
	if (f == NULL)
		return 0;
	while (fgets(line, sizeof(line), f) != NULL)
		if (strncmp(line, "Pss:", 4) == 0)
			kb = strtol(line + 4, NULL, 10);
	(void)fclose(f);
	return kb;
}

/* From "pid (name) state parent ...": the parent is the 4th field, ticks in
 * user and system the 14th and 15th. */
static bool
read_process(const char *name, struct process *out)
{
	char path[PATH_BYTES + 256], line[LINE_BYTES];
	long field[16] = {0};
	char *p = NULL;
	FILE *f;

	(void)snprintf(path, sizeof(path), "/proc/%s/stat", name);
	f = fopen(path, "r");
	if (f == NULL)
		return false;
	if (fgets(line, sizeof(line), f) != NULL)
		p = strrchr(line, ')');
	(void)fclose(f);
	if (p == NULL)
		return false;
	p += strlen(") S");
	for (int i = 4; i < 16; i++)
		field[i] = strtol(p, &p, 10);
	*out = (struct process){
	    .pid = (pid_t)strtol(name, NULL, 10),
	    .parent = (pid_t)field[4],
	    .cpu_s =
		(double)(field[14] + field[15]) / (double)sysconf(_SC_CLK_TCK),
	};
	return true;
}

static int
read_all(struct process *all)
{
	DIR *d = opendir("/proc");
	struct dirent *e;
	int n = 0;

	if (d == NULL)
		return 0;
	while ((e = readdir(d)) != NULL && n < PROCESSES_MAX)
		if (e->d_name[0] >= '1' && e->d_name[0] <= '9' &&
		    read_process(e->d_name, &all[n]))
			n++;
	(void)closedir(d);
	return n;
}

/* Mark pid and whoever descends from it; pids may wrap, so in rounds. */
static void
mark(struct process *all, int n, pid_t pid)
{
	bool again = true;

	for (int i = 0; i < n; i++)
		all[i].inside = all[i].pid == pid;
	while (again) {
		again = false;
		for (int i = 0; i < n; i++)
			for (int k = 0; k < n && !all[i].inside; k++)
				if (all[k].inside &&
				    all[k].pid == all[i].parent)
					again = all[i].inside = true;
	}
}

struct tree
tree_of(pid_t pid)
{
	struct process *all = calloc(PROCESSES_MAX, sizeof(*all));
	struct tree t = {0};
	int n;

	if (all == NULL)
		give_up("processes", "no memory");
	n = read_all(all);
	mark(all, n, pid);
	for (int i = 0; i < n; i++)
		if (all[i].inside) {
			t.processes++;
			t.pss_kb += pss_of(all[i].pid);
			t.cpu_s += all[i].cpu_s;
		}
	free(all);
	return t;
}
