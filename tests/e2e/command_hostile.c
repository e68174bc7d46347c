/* Attacks by tests/hostile on the scene's site, and what they leave. */
#include "tests/e2e/command.h"

#include <string.h>

#include "tests/e2e/inside.h"
#include "tests/e2e/proc.h"
#include "tests/e2e/site.h"

enum { GRACE_S = 5, PIDS = 512 };

static bool
run(struct drive *d, const char *format, const char *attack)
{
	struct buf line = BUF_INIT;
	char *argv[] = {(char[]){"sh"}, (char[]){"-c"}, NULL, NULL};
	bool ok;

	buf_addf(&line, "%s/tests/hostile %s", d->build, format);
	argv[2] = line.data;
	ok = site_run(d, argv);
	buf_clear(&line);
	return ok && (d->status == 0 || fail(d, "%s ended with %d\n%s", attack,
	                                     d->status, d->err.data));
}

static bool
attack(struct drive *d, const char *name)
{
	struct buf arguments = BUF_INIT;
	bool ok;

	buf_addf(&arguments, "%d %s %d", d->site.port, name,
	         GRACE_S * 1000 * d->patience);
	ok = run(d, arguments.data, name);
	buf_clear(&arguments);
	return ok;
}

/* A site with little time to sign in, and the two keys it knows. */
static bool
begin(struct drive *d)
{
	static const char *const keys[] = {"a", "b"};

	if (!site_own_world())
		return fail(d, "no namespace of its own");
	buf_addf(&d->site.extra, "limits.sign_in_seconds = %d\n",
	         GRACE_S * d->patience);
	if (!site_make(d))
		return false;
	for (size_t i = 0; i < COUNT(keys); i++) {
		char file[] = "x.pub", arguments[] = "key x > x.pub";
		const struct word words[] = {{.text = (char[]){"user"}},
		                             {.text = (char[]){"key"}},
		                             {.text = (char[]){"town"}},
		                             {.text = file}};

		file[0] = arguments[4] = arguments[8] = keys[i][0];
		if (!run(d, arguments, "key") ||
		    !site_ctl(d, words, COUNT(words)) || d->status != 0)
			return fail(d, "no key %s: %s", file, d->err.data);
	}
	return site_start(d) && attack(d, "honest");
}

/* Wait until only the long-lived processes are left and liaisond has as
 * many descriptors as it had: *open, which is learnt when it is 0, and
 * again when fewer are open: at first a session may only just have ended. */
static bool
settle(struct drive *d, const char *after, int *open)
{
	int64_t deadline = now_ms() + d->deadline_ms;
	int links, sessions, now;

	do {
		pid_t pids[PIDS];

		links = proc_find(d->site.pid, "liaison-net", pids, PIDS);
		sessions = proc_find(d->site.pid, "liaison-tui", pids, PIDS);
		now = inside_count_open(d->site.pid);
		if (links == 1 && sessions == 1 && now > 0 &&
		    (*open == 0 || now <= *open)) {
			*open = now;
			return true;
		}
		(void)loop_step(&d->loop, 20);
	} while (left_ms(deadline) > 0);
	return fail(d,
	            "after %s: %d links, %d sessions, %d descriptors, not %d",
	            after, links - 1, sessions - 1, now, *open);
}

bool
cmd_hostile(struct drive *d, const struct word *words, int count)
{
	int open = 0;

	if (d->site.pid <= 0 && !begin(d))
		return false;
	if (!settle(d, "the start", &open))
		return false;
	for (int i = 1; i < count; i++)
		if (!attack(d, words[i].text) || !attack(d, "honest") ||
		    !settle(d, words[i].text, &open))
			return false;
	return true;
}
