/* Commands that look into the server's processes, or end one of them. */
#include "tests/e2e/command.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/e2e/inside.h"
#include "tests/e2e/proc.h"
#include "tests/e2e/site.h"

enum { PIDS = 256 };

/* As root nothing is needed; others are root of their own small world,
 * and so may look into what is started in it. */
bool
cmd_inside(struct drive *d, const struct word *words, int count)
{
	(void)words;
	(void)count;
	if (d->site.pid > 0)
		return fail(d, "the server runs already");
	return site_own_world() || fail(d, "no namespace of its own");
}

static int
find(const struct drive *d, const char *program, pid_t *pids)
{
	if (strcmp(program, "liaisond") != 0)
		return proc_find(d->site.pid, program, pids, PIDS);
	pids[0] = d->site.pid;
	return d->site.pid > 0 ? 1 : 0;
}

/* Each of the program's processes has the secret of FILE, or none has. */
static bool
memory(struct drive *d, const struct word *words, bool wanted)
{
	struct buf path = BUF_INIT;
	struct needles n;
	pid_t pids[PIDS];
	int found = find(d, words[1].text, pids);
	bool ok;

	buf_addf(&path, "%s/%s", d->site.dir, words[2].text);
	ok = needles_read(&n, path.data);
	buf_clear(&path);
	if (!ok || found == 0)
		return fail(d, "no %s", ok ? words[1].text : words[2].text);
	for (int i = 0; i < found; i++) {
		enum found how = inside_memory(pids[i], &n);

		if (how == FOUND_UNREADABLE)
			return fail(d, "%s cannot be read", words[1].text);
		if (wanted ? how != FOUND_RAW : how != FOUND_NOT)
			return fail(d, "%s in memory of %s: %s", words[2].text,
			            words[1].text, wanted ? "no" : "yes");
	}
	return true;
}

bool
cmd_knows(struct drive *d, const struct word *words, int count)
{
	(void)count;
	return memory(d, words, true);
}

bool
cmd_ignores(struct drive *d, const struct word *words, int count)
{
	(void)count;
	return memory(d, words, false);
}

static bool
descriptors(struct drive *d, const struct word *words, bool wanted)
{
	struct buf path = BUF_INIT;
	pid_t pids[PIDS];
	int found = find(d, words[1].text, pids), holders = 0;

	if (found == 0)
		return fail(d, "no %s", words[1].text);
	buf_addf(&path, "%s/%s", d->site.dir, words[2].text);
	for (int i = 0; i < found && holders >= 0; i++) {
		int has = inside_has_open(pids[i], path.data);

		holders = has < 0 ? has : holders + has;
	}
	buf_clear(&path);
	if (holders < 0)
		return fail(d, "%s cannot be looked into", words[1].text);
	return (holders > 0) == wanted ||
	       fail(d, "%d processes %s have %s open", holders, words[1].text,
	            words[2].text);
}

bool
cmd_opened(struct drive *d, const struct word *words, int count)
{
	(void)count;
	return descriptors(d, words, true);
}

bool
cmd_closed(struct drive *d, const struct word *words, int count)
{
	(void)count;
	return descriptors(d, words, false);
}

/* The newest process of that name lives in a sandbox. */
bool
cmd_confined(struct drive *d, const struct word *words, int count)
{
	pid_t pids[PIDS], newest = 0;
	char path[64], line[256];
	int found = find(d, words[1].text, pids), good = 0;
	FILE *in;

	(void)count;
	for (int i = 0; i < found; i++)
		if (pids[i] > newest)
			newest = pids[i];
	(void)snprintf(path, sizeof(path), "/proc/%d/status", (int)newest);
	in = fopen(path, "re");
	while (in != NULL && fgets(line, sizeof(line), in) != NULL)
		good += strcmp(line, "NoNewPrivs:\t1\n") == 0 ||
		        strcmp(line, "Seccomp:\t2\n") == 0;
	if (in != NULL)
		(void)fclose(in);
	return good == 2 || fail(d, "%s is not confined", words[1].text);
}

/* The newest process of that name: a connection's or a session's own. */
bool
cmd_kill_newest(struct drive *d, const struct word *words, int count)
{
	int sig = (int)strtol(words[2].text, NULL, 10);
	pid_t pids[PIDS], newest = 0;
	int found = find(d, words[1].text, pids);

	(void)count;
	for (int i = 0; i < found; i++)
		if (proc_is_below(pids[i], pids, found) && pids[i] > newest)
			newest = pids[i];
	return (newest > 0 && kill(newest, sig) == 0) ||
	       fail(d, "no child %s", words[1].text);
}
