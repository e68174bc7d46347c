/* The session process, and the terminal that reads it. */
#include "tests/unit/fixture_term.h"

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vterm.h>

#include <cmocka.h>

#include "db/base/buf.h"
#include "db/base/text.h"

const struct service *session_service;

struct session {
	int fd;                        /* the person's end of the stream */
	struct session_watch *watched; /* shared with the child */
	int control[2];                /* events to the session */
	int ack[2];                    /* it has read one */
	struct tui_host host;
	pid_t pid;
	VTerm *vt;
	struct arena *a;
	size_t bytes; /* received since the last key */
	int bells;
	bool running;
	int idle; /* seconds */
	bool plain;
};

static int
next_event(void *data, struct tui_event *ev)
{
	struct session *f = data;

	if (read(f->control[0], ev, sizeof(*ev)) != sizeof(*ev)) {
		ev->kind = TUI_NOTHING;
		return OK;
	}
	return write(f->ack[1], "x", 1) == 1 ? OK : ERR_CLOSED;
}

static void
watch(void *data, uint64_t kinds, int64_t unit)
{
	struct session *f = data;

	f->watched->kinds = kinds;
	f->watched->unit = unit;
}

/* Send an event and wait until the session has read it. */
void
send_event_only(struct session *f, const struct tui_event *ev)
{
	char byte;

	if (write(f->control[1], ev, sizeof(*ev)) != sizeof(*ev) ||
	    read(f->ack[0], &byte, 1) != 1)
		f->running = false;
}

/* Wait until the session has done all that was sent to it: keys are read
 * with or before the first event, their frame is drawn before the second. */
void
wait_idle(struct session *f)
{
	const struct tui_event nothing = {.kind = TUI_NOTHING};

	for (int i = 0; i < 3 && f->running; i++)
		send_event_only(f, &nothing);
}

static void
receive(struct session *f)
{
	char bytes[65536];
	ssize_t n;

	while ((n = recv(f->fd, bytes, sizeof(bytes), MSG_DONTWAIT)) > 0) {
		for (ssize_t i = 0; i < n; i++)
			f->bells += bytes[i] == '\a';
		vterm_input_write(f->vt, bytes, (size_t)n);
		f->bytes += (size_t)n;
	}
}

void
settle(struct session *f)
{
	wait_idle(f);
	receive(f);
}

void
type(struct session *f, const char *keys)
{
	size_t n = strlen(keys);

	assert_int_equal(send(f->fd, keys, n, MSG_NOSIGNAL), n);
}

void
press(struct session *f, const char *keys)
{
	f->bytes = 0;
	type(f, keys);
	settle(f);
}

void
send_event(struct session *f, const struct tui_event *ev)
{
	f->bytes = 0;
	send_event_only(f, ev);
	settle(f);
}

static _Noreturn void
run(struct session *f, const struct ui_setup *given, const char *term,
    int columns, int rows)
{
	const struct tui_options options = {.term = term,
	                                    .columns = columns,
	                                    .rows = rows,
	                                    .idle_seconds = f->idle,
	                                    .plain = f->plain,
	                                    .echo = f->plain};
	struct ui_setup setup = *given;
	int result;

	setup.host = &f->host;
	setup.options = &options;
	close(f->control[1]);
	close(f->ack[0]);
	close(f->fd);
	result = ui_run(&setup);
	arena_free(f->a);
	vterm_free(f->vt);
	free(f);
	_exit(-result);
}

static void
open_pipes(struct session *f, int buffer)
{
	int pair[2];

	assert_int_equal(
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
	assert_int_equal(pipe2(f->control, O_NONBLOCK | O_DIRECT), 0);
	assert_int_equal(pipe(f->ack), 0);
	if (buffer > 0)
		setsockopt(pair[0], SOL_SOCKET, SO_SNDBUF, &buffer,
		           sizeof(buffer));
	f->fd = pair[1];
	f->host = (struct tui_host){.service = session_service,
	                            .fd = pair[0],
	                            .control = f->control[0],
	                            .data = f,
	                            .site_name = "海宁人大基层单元",
	                            .next_event = next_event,
	                            .watch = watch};
	f->watched = mmap(NULL, sizeof(*f->watched), PROT_READ | PROT_WRITE,
	                  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(f->watched != MAP_FAILED);
}

struct session *
session_start(const struct ui_setup *setup, const char *term, int columns,
              int rows, int buffer)
{
	struct session *f = xcalloc(1, sizeof(*f));

	if (setup->options != NULL) {
		f->idle = setup->options->idle_seconds;
		f->plain = setup->options->plain;
	}
	(void)signal(SIGPIPE, SIG_IGN); /* the session may have ended */
	open_pipes(f, buffer);
	f->vt = vterm_new(rows > 0 ? rows : 24, columns > 0 ? columns : 80);
	vterm_set_utf8(f->vt, 1);
	vterm_screen_enable_altscreen(vterm_obtain_screen(f->vt), 1);
	vterm_screen_reset(vterm_obtain_screen(f->vt), 1);
	f->a = arena_new();
	f->running = true;
	f->pid = fork();
	assert_true(f->pid >= 0);
	if (f->pid == 0)
		run(f, setup, term, columns, rows);
	close(f->host.fd);
	close(f->control[0]);
	close(f->ack[1]);
	settle(f);
	return f;
}

static void
session_free(struct session *f)
{
	vterm_free(f->vt);
	arena_free(f->a);
	close(f->control[1]);
	close(f->ack[0]);
	munmap(f->watched, sizeof(*f->watched));
	free(f);
}

int
session_stop(struct session *f)
{
	int status = 0;

	close(f->fd);
	waitpid(f->pid, &status, 0);
	assert_true(WIFEXITED(status));
	session_free(f);
	return -WEXITSTATUS(status);
}

void
session_kill(struct session *f)
{
	int status = 0;

	assert_int_equal(kill(f->pid, SIGKILL), 0);
	waitpid(f->pid, &status, 0);
	close(f->fd);
	session_free(f);
}

bool
session_runs(const struct session *f)
{
	return f->running;
}

int
session_fd(const struct session *f)
{
	return f->fd;
}

struct session_watch
session_watched(const struct session *f)
{
	return *f->watched;
}

size_t
session_bytes(const struct session *f)
{
	return f->bytes;
}

int
session_bells(const struct session *f)
{
	return f->bells;
}

/* Row y as the person's terminal shows it. */
const char *
row(struct session *f, int y)
{
	VTermScreen *screen = vterm_obtain_screen(f->vt);
	struct buf text = BUF_INIT;
	int rows, columns;
	const char *out;

	vterm_get_size(f->vt, &rows, &columns);
	for (int x = 0; x < columns; x++) {
		VTermScreenCell cell;
		VTermPos at = {.row = y, .col = x};

		vterm_screen_get_cell(screen, at, &cell);
		if (cell.chars[0] == (uint32_t)-1)
			continue;
		if (cell.chars[0] == 0)
			buf_addc(&text, ' ');
		for (int i = 0;
		     i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++) {
			char bytes[4];

			buf_addn(&text, bytes,
			         (size_t)text_encode(cell.chars[i], bytes));
		}
		if (cell.width == 2)
			x++;
	}
	while (text.len > 0 && text.data[text.len - 1] == ' ')
		buf_truncate(&text, text.len - 1);
	out = arena_strdup(f->a, text.data);
	buf_clear(&text);
	return out;
}

bool
shows(struct session *f, const char *text)
{
	int rows, columns;

	vterm_get_size(f->vt, &rows, &columns);
	for (int y = 0; y < rows; y++)
		if (strstr(row(f, y), text) != NULL)
			return true;
	return false;
}

void
session_shows(struct session *f, const char *text, const char *file, int line)
{
	int rows, columns;

	if (shows(f, text))
		return;
	vterm_get_size(f->vt, &rows, &columns);
	for (int y = 0; y < rows; y++)
		print_error("%2d|%s\n", y, row(f, y));
	print_error("not on the screen: %s\n", text);
	_fail(file, line);
}

void
wait_until_gone(struct session *f, const char *text)
{
	struct pollfd wait = {.fd = f->fd, .events = POLLIN};

	while (shows(f, text)) {
		if (poll(&wait, 1, 5000) != 1)
			fail_msg("still on the screen: %s", text);
		receive(f);
	}
	settle(f);
}

void
cursor(struct session *f, int *y, int *x)
{
	VTermPos at;

	vterm_state_get_cursorpos(vterm_obtain_state(f->vt), &at);
	*y = at.row;
	*x = at.col;
}

void
cell(struct session *f, int y, int x, uint32_t *ch, int *fg, int *bg)
{
	VTermScreen *screen = vterm_obtain_screen(f->vt);
	VTermScreenCell c;

	vterm_screen_get_cell(screen, (VTermPos){.row = y, .col = x}, &c);
	vterm_screen_convert_color_to_rgb(screen, &c.bg);
	vterm_screen_convert_color_to_rgb(screen, &c.fg);
	*ch = c.chars[0] == ' ' ? 0 : c.chars[0];
	*fg = c.fg.rgb.red;
	*bg = c.bg.rgb.red;
}

void
resize(struct session *f, int columns, int rows)
{
	vterm_set_size(f->vt, rows, columns);
	send_event(f, &(struct tui_event){.kind = TUI_RESIZE,
	                                  .columns = columns,
	                                  .rows = rows});
}
