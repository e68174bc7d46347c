/* Commands about the server and programs beside it. */
#include "tests/e2e/command.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "tests/e2e/proc.h"
#include "tests/e2e/site.h"
#include "tests/e2e/term.h"

bool
cmd_deadline(struct drive *d, const struct word *words, int count)
{
	(void)count;
	d->deadline_ms = (int)strtol(words[1].text, NULL, 10) * d->patience;
	return d->deadline_ms > 0 || fail(d, "deadline MS");
}

bool
cmd_ini(struct drive *d, const struct word *words, int count)
{
	(void)count;
	if (d->site.pid > 0)
		return fail(d, "the server runs already");
	buf_addf(&d->site.extra, "%s = %s\n", words[1].text, words[2].text);
	return !d->site.made || site_make(d);
}

bool
cmd_server(struct drive *d, const struct word *words, int count)
{
	(void)count;
	if (strcmp(words[1].text, "start") == 0)
		return site_start(d);
	if (strcmp(words[1].text, "stop") != 0)
		return fail(d, "server start or server stop");
	site_stop(d);
	return true;
}

bool
cmd_programs(struct drive *d, const struct word *words, int count)
{
	(void)count;
	if (d->site.pid > 0)
		return fail(d, "the server runs already");
	(void)snprintf(d->site.programs, sizeof(d->site.programs), "%s",
	               words[1].text);
	return true;
}

bool
cmd_kill(struct drive *d, const struct word *words, int count)
{
	int sig = count > 2 ? (int)strtol(words[2].text, NULL, 10) : SIGKILL;
	int status;

	if (strcmp(words[1].text, "liaisond") != 0)
		return proc_signal(d->site.pid, words[1].text, sig) > 0 ||
		       fail(d, "no process %s", words[1].text);
	if (d->site.pid <= 0 || kill(d->site.pid, sig) != 0)
		return fail(d, "no process liaisond");
	if (sig == SIGKILL || sig == SIGTERM) {
		if (!proc_wait(&d->loop, d->site.pid, now_ms() + d->deadline_ms,
		               &status))
			return fail(d, "liaisond goes on");
		d->site.pid = 0;
	}
	return true;
}

bool
cmd_ctl(struct drive *d, const struct word *words, int count)
{
	return (d->site.made || site_make(d)) &&
	       site_ctl(d, words + 1, count - 1);
}

bool
cmd_check(struct drive *d, const struct word *words, int count)
{
	const struct word check = {.text = (char[]){"check"}};

	(void)words;
	(void)count;
	if (!site_ctl(d, &check, 1))
		return false;
	return d->status == 0 || fail(d, "check ends with %d:\n%s%s", d->status,
	                              d->out.data, d->err.data);
}

bool
cmd_sh(struct drive *d, const struct word *words, int count)
{
	char *argv[] = {(char[]){"sh"}, (char[]){"-c"}, words[1].text, NULL};

	(void)count;
	return (d->site.made || site_make(d)) && site_run(d, argv);
}

/* Reads with the sqlite3 shell, which knows nothing of our code. */
bool
cmd_sql(struct drive *d, const struct word *words, int count)
{
	char *argv[] = {(char[]){"sqlite3"}, (char[]){"-readonly"},
	                (char[]){"liaison.db"}, words[1].text, NULL};
	size_t n;

	(void)count;
	if (!(d->site.made || site_make(d)) || !site_run(d, argv))
		return false;
	for (n = d->out.len; n > 0 && d->out.data[n - 1] == '\n'; n--)
		continue;
	buf_truncate(&d->out, n);
	if (d->status != 0)
		return fail(d, "sqlite3: %s", d->err.data);
	return strcmp(d->out.data, words[2].text) == 0 ||
	       (words[2].regex && word_in(&words[2], d->out.data)) ||
	       fail(d, "sql answers \"%s\", not \"%s\"", d->out.data,
	            words[2].text);
}

bool
cmd_set(struct drive *d, const struct word *words, int count)
{
	(void)count;
	return drive_set(d, words[1].text, words[2].text);
}

static int
times_in(const char *what, const char *text)
{
	int n = 0;

	for (; (text = strstr(text, what)) != NULL; text += strlen(what))
		n++;
	return n;
}

bool
cmd_log(struct drive *d, const struct word *words, int count)
{
	int64_t deadline = now_ms() + d->deadline_ms;
	int times = count > 2 ? (int)strtol(words[2].text, NULL, 10) : 1;

	while (times_in(words[1].text, d->site.log.data) < times) {
		if (left_ms(deadline) == 0)
			return fail(d, "\"%s\" is not in the log %d times",
			            words[1].text, times);
		(void)loop_step(&d->loop, left_ms(deadline));
	}
	return true;
}

bool
cmd_nolog(struct drive *d, const struct word *words, int count)
{
	(void)count;
	term_drain(d, 0);
	return !word_in(&words[1], d->site.log.data) ||
	       fail(d, "\"%s\" is in the log", words[1].text);
}

/* The mount is seen by the scene's own processes and goes with them. */
bool
cmd_disk(struct drive *d, const struct word *words, int count)
{
	struct buf options = BUF_INIT;
	bool ok;

	(void)count;
	if (d->site.made)
		return fail(d, "the site is made already");
	buf_addf(&options, "size=%sk,mode=755", words[1].text);
	ok = site_own_world() &&
	     mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	     mount("tmpfs", d->site.dir, "tmpfs", 0, options.data) == 0;
	buf_clear(&options);
	return ok || fail(d, "cannot mount a small disk");
}
