/*
 * What sshd runs beside us in the benchmark: peer DATABASE. An ordinary
 * program on a pty that draws the list of activities as liaison-tui does:
 * the same rows from the same database, the same frame around them, the same
 * keys to move. ncurses and SQLite as anybody would use them.
 */
#include <curses.h>
#include <locale.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

enum { ROWS_MAX = 200, TITLE_BYTES = 100, TOP = 4, BOTTOM = 4 };

struct row {
	long long id, starts_at;
	char title[TITLE_BYTES], station[TITLE_BYTES], state[16];
};

struct list {
	sqlite3_stmt *forth, *back;
	struct row rows[ROWS_MAX];
	int n, page, at;
};

#define COLUMNS                                                                \
	"SELECT a.id, a.starts_at, a.title, s.name, a.state"                   \
	"  FROM activity AS a JOIN station AS s ON s.id = a.station"

static const char forth[] =
    COLUMNS " WHERE (a.starts_at, a.id) < (?1, ?2)"
	    " ORDER BY a.starts_at DESC, a.id DESC LIMIT ?3";
static const char back[] = COLUMNS " WHERE (a.starts_at, a.id) > (?1, ?2)"
				   " ORDER BY a.starts_at, a.id LIMIT ?3";

static void
copy_text(char *out, size_t size, const unsigned char *text)
{
	size_t n = text != NULL ? strlen((const char *)text) : 0;

	n = n < size ? n : size - 1;
	if (n > 0)
		memcpy(out, text, n);
	out[n] = '\0';
}

/* The page after, or before, the place (starts_at, id). */
static void
load(struct list *l, bool forwards, long long starts_at, long long id)
{
	sqlite3_stmt *q = forwards ? l->forth : l->back;
	struct row read[ROWS_MAX];
	int n = 0;

	sqlite3_bind_int64(q, 1, starts_at);
	sqlite3_bind_int64(q, 2, id);
	sqlite3_bind_int(q, 3, l->page);
	while (n < l->page && sqlite3_step(q) == SQLITE_ROW) {
		struct row *r = &read[n++];

		r->id = sqlite3_column_int64(q, 0);
		r->starts_at = sqlite3_column_int64(q, 1);
		copy_text(r->title, sizeof(r->title),
		          sqlite3_column_text(q, 2));
		copy_text(r->station, sizeof(r->station),
		          sqlite3_column_text(q, 3));
		copy_text(r->state, sizeof(r->state),
		          sqlite3_column_text(q, 4));
	}
	sqlite3_reset(q);
	if (n == 0)
		return;
	for (int i = 0; i < n; i++)
		l->rows[i] = read[forwards ? i : n - 1 - i];
	l->n = n;
	l->at = 0;
}

static void
draw_row(const struct list *l, int i)
{
	const struct row *r = &l->rows[i];
	time_t at = (time_t)r->starts_at;
	struct tm tm;
	char when[16];

	localtime_r(&at, &tm);
	strftime(when, sizeof(when), "%m-%d %H:%M", &tm);
	mvprintw(TOP + i, 0, "%c %5lld %s", i == l->at ? '>' : ' ', r->id,
	         r->title);
	mvaddstr(TOP + i, 32, r->station);
	mvaddstr(TOP + i, 56, when);
	mvaddstr(TOP + i, 70, r->state);
}

static void
draw(const struct list *l)
{
	erase();
	attron(A_BOLD);
	mvaddstr(0, 0, "海宁人大基层单元  周王庙镇");
	attroff(A_BOLD);
	mvaddstr(1, 0, " 1工作台[2活动]0管理");
	mvhline(2, 0, '-', COLS - 2);
	mvaddstr(3, 3,
	         "编号 活动                     联络站                  "
	         "时间          状态");
	for (int i = 0; i < l->n; i++)
		draw_row(l, i);
	mvprintw(LINES - 3, 0, "1-%d", l->n);
	mvaddstr(LINES - 1, 0,
	         "上/下选择  Enter打开  F2操作  F3查找  F5筛选  F10退出");
	refresh();
}

static void
press(struct list *l, int key)
{
	const struct row *first = &l->rows[0], *last = &l->rows[l->n - 1];

	if (key == KEY_DOWN && l->at < l->n - 1)
		l->at++;
	else if (key == KEY_UP && l->at > 0)
		l->at--;
	else if (key == KEY_NPAGE)
		load(l, true, last->starts_at, last->id);
	else if (key == KEY_PPAGE)
		load(l, false, first->starts_at, first->id);
}

static bool
open_list(struct list *l, const char *path)
{
	sqlite3 *db;

	return sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) ==
	           SQLITE_OK &&
	       sqlite3_prepare_v2(db, forth, -1, &l->forth, NULL) ==
	           SQLITE_OK &&
	       sqlite3_prepare_v2(db, back, -1, &l->back, NULL) == SQLITE_OK;
}

int
main(int argc, char **argv)
{
	struct list list = {.n = 0}, *l = &list;
	int key;

	setlocale(LC_ALL, "C.UTF-8");
	if (argc != 2 || !open_list(l, argv[1]))
		return EX_USAGE;
	initscr();
	cbreak();
	noecho();
	keypad(stdscr, TRUE);
	curs_set(0);
	/* terminals send either form */
	define_key("\033[A", KEY_UP);
	define_key("\033[B", KEY_DOWN);
	l->page = LINES - TOP - BOTTOM;
	l->page = l->page < ROWS_MAX ? l->page : ROWS_MAX;
	load(l, true, INT64_MAX, INT64_MAX);
	do {
		draw(l);
		key = getch();
		if (l->n > 0)
			press(l, key);
	} while (key != ERR && key != KEY_F(10));
	endwin();
	return 0;
}
