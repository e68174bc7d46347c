/* Commands about a client without a terminal and about what was printed. */
#include "tests/e2e/command.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/e2e/golden.h"
#include "tests/e2e/proc.h"
#include "tests/e2e/site.h"
#include "tests/e2e/term.h"

bool
cmd_feed(struct drive *d, const struct word *words, int count)
{
	(void)count;
	buf_truncate(&d->in, 0);
	buf_add(&d->in, words[1].text);
	return true;
}

/* A pipe that holds text and ends there; -1: it is more than a pipe holds. */
static int
pipe_with(const struct buf *text)
{
	int ends[2];
	bool ok;

	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
		return -1;
	ok = write(ends[1], text->data, text->len) == (ssize_t)text->len;
	(void)close(ends[1]);
	if (ok)
		return ends[0];
	(void)close(ends[0]);
	return -1;
}

bool
cmd_exec(struct drive *d, const struct word *words, int count)
{
	int in = d->in.len > 0 ? pipe_with(&d->in) : -1;
	bool ok;

	if (d->in.len > 0 && in < 0)
		return fail(d, "this is too much to feed");
	ok = site_start(d) &&
	     term_exec(d, words[1].text, count > 3 ? words[3].text : "liaison",
	               words[2].text, in);
	if (in >= 0)
		(void)close(in);
	buf_truncate(&d->in, 0);
	return ok;
}

bool
cmd_exec_file(struct drive *d, const struct word *words, int count)
{
	struct buf path = BUF_INIT;
	bool ok;
	int fd;

	(void)count;
	if (!site_start(d))
		return false;
	buf_addf(&path, "%s/%s", d->site.dir, words[3].text);
	fd = open(path.data, O_RDONLY | O_CLOEXEC);
	ok = fd >= 0 ? term_exec(d, words[1].text, "liaison", words[2].text, fd)
	             : fail(d, "no file %s", path.data);
	if (fd >= 0)
		(void)close(fd);
	buf_clear(&path);
	return ok;
}

bool
cmd_status(struct drive *d, const struct word *words, int count)
{
	int want = (int)strtol(words[1].text, NULL, 10);

	(void)count;
	return d->status == want ||
	       fail(d, "status is %d, not %d\nstdout: %s\nstderr: %s",
	            d->status, want, d->out.data, d->err.data);
}

bool
cmd_stdout(struct drive *d, const struct word *words, int count)
{
	(void)count;
	return word_in(&words[1], d->out.data) ||
	       fail(d, "\"%s\" is not in the output:\n%s", words[1].text,
	            d->out.data);
}

bool
cmd_stdoutnot(struct drive *d, const struct word *words, int count)
{
	(void)count;
	return !word_in(&words[1], d->out.data) ||
	       fail(d, "\"%s\" is in the output:\n%s", words[1].text,
	            d->out.data);
}

bool
cmd_stderr(struct drive *d, const struct word *words, int count)
{
	(void)count;
	return word_in(&words[1], d->err.data) ||
	       fail(d, "\"%s\" is not in the errors:\n%s", words[1].text,
	            d->err.data);
}

bool
cmd_take(struct drive *d, const struct word *words, int count)
{
	struct buf value = BUF_INIT;
	bool ok = word_capture(&words[2], d->out.data, &value) &&
	          drive_set(d, words[1].text, value.data);

	(void)count;
	buf_clear(&value);
	return ok || fail(d, "\"%s\" is not in the output:\n%s", words[2].text,
	                  d->out.data);
}

bool
cmd_keep(struct drive *d, const struct word *words, int count)
{
	struct buf path = BUF_INIT;
	FILE *out;
	bool ok;

	(void)count;
	buf_addf(&path, "%s/%s", d->site.dir, words[1].text);
	out = fopen(path.data, "we");
	buf_clear(&path);
	ok = out != NULL &&
	     fwrite(d->out.data, 1, d->out.len, out) == d->out.len;
	if (out != NULL && fclose(out) != 0)
		ok = false;
	return ok || fail(d, "cannot write %s", words[1].text);
}

bool
cmd_golden_output(struct drive *d, const struct word *words, int count)
{
	(void)count;
	return golden_check_output(d, words[1].text);
}

bool
cmd_processes(struct drive *d, const struct word *words, int count)
{
	int64_t deadline = now_ms() + d->deadline_ms;
	int want = (int)strtol(words[2].text, NULL, 10), n = -1;
	pid_t pids[256];

	(void)count;
	while (n != want && left_ms(deadline) > 0) {
		n = proc_find(d->site.pid, words[1].text, pids,
		              (int)COUNT(pids));
		if (n != want)
			(void)loop_step(&d->loop, 20);
	}
	return n == want || fail(d, "there are %d of %s, not %s", n,
	                         words[1].text, words[2].text);
}
