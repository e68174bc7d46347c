/* The log's only state is its sink and its level. */
#include "db/base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 1000 };

static const char *const names[] = {"error", "warn", "info", "debug"};

static struct {
	void (*sink)(const char *line, void *data);
	void *data;
	enum log_level level;
} log_state = {.level = LOG_INFO};

void
log_sink(void (*sink)(const char *line, void *data), void *data)
{
	log_state.sink = sink;
	log_state.data = data;
}

void
log_set_level(enum log_level level)
{
	log_state.level = level;
}

/* One write a line, so that lines of several processes never mix. */
static void
to_stderr(char *line, size_t n)
{
	line[n] = '\n';
	if (write(STDERR_FILENO, line, n + 1) < 0)
		return; /* nobody is left to tell */
}

void
log_line(enum log_level level, const char *fmt, ...)
{
	char line[LINE_MAX_BYTES + 2];
	va_list args;
	size_t n;
	int put;

	if (level > log_state.level)
		return;
	n = (size_t)snprintf(line, LINE_MAX_BYTES, "%s ", names[level]);
	va_start(args, fmt);
	put = vsnprintf(line + n, LINE_MAX_BYTES - n, fmt, args);
	va_end(args);
	if (put < 0)
		return;
	n = strlen(line);
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)line[i] < 0x20 || line[i] == 0x7f)
			line[i] = '?';
	if (log_state.sink != NULL)
		log_state.sink(line, log_state.data);
	else
		to_stderr(line, n);
}
