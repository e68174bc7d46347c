/* Commands about a link that can stall, and what that costs the server. A
 * stopped client holds much itself; what the link holds is known. */
#include "tests/e2e/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/e2e/proc.h"
#include "tests/e2e/site.h"

enum { PIDS = 256 };

static bool
open_link(struct drive *d)
{
	char port[16];

	if (d->linked)
		return fail(d, "there is a link already");
	if (!site_start(d))
		return false;
	d->linked = relay_start(&d->link, d->site.port);
	(void)snprintf(port, sizeof(port), "%d", d->link.port);
	return d->linked ? drive_set(d, "LINK", port) : fail(d, "no link");
}

bool
cmd_link(struct drive *d, const struct word *words, int count)
{
	const char *what = words[1].text;

	(void)count;
	if (strcmp(what, "open") == 0)
		return open_link(d);
	if (!d->linked)
		return fail(d, "there is no link");
	if (strcmp(what, "stall") == 0)
		relay_stall(&d->link);
	else if (strcmp(what, "resume") == 0)
		relay_resume(&d->link);
	else
		return fail(d, "link open, stall or resume");
	return true;
}

static long
weight_kb(const struct drive *d)
{
	pid_t pids[PIDS];
	int found = proc_find(d->site.pid, NULL, pids, PIDS);
	long kb = proc_memory_kb(d->site.pid);

	for (int i = 0; i < found; i++)
		kb += proc_memory_kb(pids[i]);
	return kb;
}

bool
cmd_weigh(struct drive *d, const struct word *words, int count)
{
	(void)words;
	(void)count;
	d->weight_kb = weight_kb(d);
	return d->weight_kb > 0 || fail(d, "no server to weigh");
}

bool
cmd_grown(struct drive *d, const struct word *words, int count)
{
	long most = strtol(words[2].text, NULL, 10), kb;

	(void)count;
	if (strcmp(words[1].text, "<=") != 0 || d->weight_kb == 0)
		return fail(d, "weigh, then: grown <= KB");
#ifdef SANITIZE
	most *= 8; /* what is freed stays in the sanitizer's quarantine */
#endif
	kb = weight_kb(d) - d->weight_kb;
	return kb <= most || fail(d, "grown by %ld KB, not %ld", kb, most);
}
