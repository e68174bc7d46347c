/* Opening, sending and closing of a terminal. ncurses writes into a memfd,
 * since writing to the stream itself it flushes at every cursor movement. */
#include "tui/term/term.h"

#include <errno.h>
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tui/term/families.h"
#include "tui/term/private.h"

static const char paste_on[] = "\033[?2004h";
static const char paste_off[] = "\033[?2004l";

/* Signals for which newterm installs handlers of its own. */
static const int taken[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH, SIGTTOU};

static int
clamp(int n, int usual, int max)
{
	return n <= 0 ? usual : n > max ? max : n;
}

static SCREEN *
try_newterm(struct term *t, const char *name)
{
	struct sigaction before[COUNT(taken)];
	char number[16];
	SCREEN *screen;

	for (size_t i = 0; i < COUNT(taken); i++)
		sigaction(taken[i], NULL, &before[i]);
	/* without a tty this is how newterm learns the size */
	(void)snprintf(number, sizeof(number), "%d", t->rows);
	setenv("LINES", number, 1);
	(void)snprintf(number, sizeof(number), "%d", t->columns);
	setenv("COLUMNS", number, 1);
	screen = newterm(name, t->out, t->in);
	unsetenv("LINES");
	unsetenv("COLUMNS");
	for (size_t i = 0; i < COUNT(taken); i++)
		sigaction(taken[i], &before[i], NULL);
	if (screen != NULL && tigetstr("cup") == NULL) {
		endwin(); /* dumb: cannot draw */
		delscreen(screen);
		screen = NULL;
	}
	return screen;
}

static void
set_colours(struct term *t)
{
	t->colour =
	    has_colors() && start_color() == OK && getenv("NO_COLOR") == NULL;
	if (!t->colour)
		return;
	use_default_colors();
	init_pair(PAIR_RED, COLOR_RED, -1);
	init_pair(PAIR_YELLOW, COLOR_YELLOW, -1);
	init_pair(PAIR_GREEN, COLOR_GREEN, -1);
	/* 16 and 231 are black and white that no theme changes */
	if (COLORS >= 256) {
		init_pair(PAIR_QR, 16, 231);
		init_pair(PAIR_QR_DARK, 231, 16);
	} else {
		init_pair(PAIR_QR, COLOR_BLACK, COLOR_WHITE);
		init_pair(PAIR_QR_DARK, COLOR_WHITE, COLOR_BLACK);
	}
}

static void
set_modes(struct term *t)
{
	/* without a tty these fail, but leave wgetch and output as wanted */
	cbreak();
	noecho();
	nonl();
	set_colours(t);
	/* drawing goes to newscr; the window nobody uses gives back a fifth
	 * of the memory */
	wresize(stdscr, 1, 1);
	curs_set(0);
	t->cursor_is_on = false;
	malloc_trim(0);
}

static int
open_files(struct term *t)
{
	int out = memfd_create("frame", MFD_CLOEXEC);

	if (out < 0)
		return ERR_UNAVAILABLE;
	t->out = fdopen(out, "w+");
	t->in = fopen("/dev/null", "re");
	return t->out != NULL && t->in != NULL ? OK : ERR_UNAVAILABLE;
}

static void
term_free(struct term *t)
{
	if (t->screen != NULL)
		delscreen(t->screen);
	if (t->out != NULL)
		(void)fclose(t->out);
	if (t->in != NULL)
		(void)fclose(t->in);
	buf_clear(&t->waiting);
	free(t);
}

int
term_open(const char *name, int columns, int rows, int fd, struct term **out)
{
	struct term *t = xcalloc(1, sizeof(*t));

	name = name != NULL ? name : "";
	buf_init(&t->waiting);
	t->fd = fd;
	t->columns = clamp(columns, 80, TERM_MAX_COLUMNS);
	t->rows = clamp(rows, 24, TERM_MAX_ROWS);
	t->repaint = true;
	if (open_files(t) != OK) {
		term_free(t);
		return ERR_UNAVAILABLE;
	}
	t->screen = try_newterm(t, term_description(name));
	if (t->screen == NULL)
		t->screen = try_newterm(t, term_stand_in(name));
	if (t->screen == NULL)
		t->screen = try_newterm(t, "vt100");
	if (t->screen == NULL) {
		term_free(t);
		return ERR_UNAVAILABLE;
	}
	set_modes(t);
	*out = t;
	return OK;
}

/* What ncurses has written becomes bytes to send. */
static void
collect(struct term *t)
{
	int fd = fileno(t->out);
	off_t end;
	char bytes[4096];

	(void)fflush(t->out);
	end = lseek(fd, 0, SEEK_CUR);
	for (off_t at = 0; at < end;) {
		ssize_t n = pread(fd, bytes, sizeof(bytes), at);

		if (n <= 0)
			break;
		buf_addn(&t->waiting, bytes, (size_t)n);
		at += n;
	}
	if (ftruncate(fd, 0) == 0)
		(void)lseek(fd, 0, SEEK_SET);
}

static int
send_waiting(struct term *t)
{
	while (t->waiting.len > 0) {
		ssize_t n = send(t->fd, t->waiting.data, t->waiting.len,
		                 MSG_DONTWAIT | MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return OK;
		if (n <= 0) {
			t->closed = true;
			buf_truncate(&t->waiting, 0);
			return ERR_CLOSED;
		}
		buf_drop(&t->waiting, (size_t)n);
	}
	buf_clear(&t->waiting);
	return OK;
}

void
term_close(struct term *t)
{
	if (t == NULL)
		return;
	set_term(t->screen);
	endwin(); /* fails without a tty, but writes what restores */
	collect(t);
	buf_add(&t->waiting, paste_off);
	if (!t->closed && send_waiting(t) != OK)
		t->closed = true;
	term_free(t);
}

void
term_drop(struct term *t)
{
	if (t == NULL)
		return;
	t->closed = true;
	term_close(t);
}

void
term_warm(void)
{
	struct term *t;

	if (term_open("xterm-256color", 80, 24, -1, &t) != OK)
		return;
	term_drop(t);
}

void
term_resize(struct term *t, int columns, int rows)
{
	columns = clamp(columns, 80, TERM_MAX_COLUMNS);
	rows = clamp(rows, 24, TERM_MAX_ROWS);
	if (columns == t->columns && rows == t->rows)
		return;
	set_term(t->screen);
	t->columns = columns;
	t->rows = rows;
	resizeterm(rows, columns);
	wresize(stdscr, 1, 1);
	t->repaint = true;
	malloc_trim(0); /* the old size's windows */
}

int
term_columns(const struct term *t)
{
	return t->columns;
}

int
term_rows(const struct term *t)
{
	return t->rows;
}

struct area
term_begin(struct term *t, struct arena *a, struct day today)
{
	set_term(t->screen);
	werase(newscr);
	t->cursor_shown = false;
	t->cursor_y = t->rows - 1;
	t->cursor_x = 0;
	return (struct area){.term = t,
	                     .rows = t->rows,
	                     .columns = t->columns,
	                     .arena = a,
	                     .today = today};
}

/* The last frame drawn, as bytes behind those that wait. */
static void
generate(struct term *t)
{
	set_term(t->screen);
	if (!t->greeted)
		buf_add(&t->waiting, paste_on);
	t->greeted = true;
	if (t->cursor_shown != t->cursor_is_on) {
		curs_set(t->cursor_shown ? 1 : 0);
		t->cursor_is_on = t->cursor_shown;
	}
	wmove(newscr, t->cursor_y, t->cursor_x);
	if (t->repaint)
		clearok(curscr, TRUE);
	t->repaint = false;
	doupdate();
	collect(t);
	if (t->bell)
		buf_addc(&t->waiting, '\a');
	t->bell = false;
}

int
term_flush(struct term *t)
{
	int err;

	if (t->closed)
		return ERR_CLOSED;
	/* what was generated must go first and whole; then the newest frame
	 * is generated against it, and those between were never made */
	err = send_waiting(t);
	if (err != OK || term_is_behind(t))
		return err;
	generate(t);
	t->frame_bytes = t->waiting.len;
	return send_waiting(t);
}

bool
term_is_behind(const struct term *t)
{
	return t->waiting.len > 0;
}

int
term_catch_up(struct term *t)
{
	return t->closed ? ERR_CLOSED : send_waiting(t);
}

void
term_repaint(struct term *t)
{
	t->repaint = true;
}

void
term_bell(struct term *t)
{
	t->bell = true;
}

size_t
term_frame_bytes(const struct term *t)
{
	return t->frame_bytes;
}

bool
term_cursor_at(const struct term *t, int *y, int *x)
{
	*y = t->cursor_y;
	*x = t->cursor_x;
	return t->cursor_shown;
}
