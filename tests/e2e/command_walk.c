/*
 * walk: opens everything a person can reach from the keys alone, a few steps
 * deep: each application, its help, every entry of its menus, what Enter and
 * the function keys open. Nothing may end the session, show a raw format or
 * complain of the database. In English, for it reads the two questions that
 * leaving asks.
 */
#include "tests/e2e/command.h"

#include <string.h>

#include "tests/e2e/keys.h"
#include "tests/e2e/term.h"

enum { DEPTH = 4, PATH_KEYS = 8 };

struct walk {
	struct drive *d;
	const char *path[PATH_KEYS]; /* from the workbench */
	int length;
	struct buf screen; /* as it was last */
};

/* Sentences that no screen of a sound site shows. */
static const char *const alarms[] = {
    "(null)", "%s", "%lld", "%d ", "%1$s", "The database", "Reading or writing",
};

static bool
look(struct walk *w)
{
	buf_truncate(&w->screen, 0);
	buf_add(&w->screen, w->d->term->page.data);
	if (w->d->term->fd < 0)
		return fail(w->d, "the session ended");
	for (size_t i = 0; i < COUNT(alarms); i++) {
		if (strstr(w->screen.data, alarms[i]) != NULL)
			return fail(w->d, "\"%s\" is shown", alarms[i]);
	}
	return true;
}

/* Send one key, look at what it draws. */
static bool
step(struct walk *w, const char *key)
{
	struct buf out = BUF_INIT;
	bool ok = keys_add(&out, key, w->d->term->type) &&
	          term_answer(w->d, out.data, out.len);

	buf_clear(&out);
	return ok && look(w);
}

/* Esc until the first screen asks whether to leave; not leaving. */
static bool
go_home(struct walk *w)
{
	for (int i = 0; i < 12; i++) {
		if (!step(w, "Esc"))
			return false;
		if (strstr(w->screen.data, "Leave without saving") != NULL &&
		    !step(w, "1"))
			return false;
		if (strstr(w->screen.data, "Leave liaison?") != NULL)
			return step(w, "Esc");
	}
	return fail(w->d, "Esc does not lead back to the first screen");
}

/* To where w->path leads. */
static bool
go(struct walk *w)
{
	if (!go_home(w))
		return false;
	for (int i = 0; i < w->length; i++) {
		if (!step(w, w->path[i]))
			return false;
	}
	return true;
}

/* How many entries the menu on the screen has: rows like "> 3 Sign up". */
static int
menu_entries(const struct walk *w)
{
	const char *rule = strrchr(w->screen.data, '-');
	const char *at = rule != NULL ? rule : w->screen.data;
	int n = 0;

	while ((at = strchr(at, '\n')) != NULL) {
		at++;
		if ((at[0] == ' ' || at[0] == '>') && at[1] == ' ' &&
		    at[2] == "1234567890"[n] && at[3] == ' ')
			n++;
		if (n == 10)
			break;
	}
	return n;
}

/* Back to the screen that base shows: one Esc is enough as a rule. */
static bool
go_back(struct walk *w, const struct buf *base)
{
	if (strcmp(w->screen.data, base->data) == 0)
		return true;
	if (!step(w, "Esc"))
		return false;
	return strcmp(w->screen.data, base->data) == 0 || go(w);
}

static bool
try_menu(struct walk *w, const struct buf *base)
{
	char digit[2] = "1";
	int n;

	if (!step(w, "F2"))
		return false;
	n = menu_entries(w);
	for (int i = 0; i < n; i++) {
		digit[0] = "1234567890"[i];
		if ((i > 0 && !step(w, "F2")) || !step(w, digit) ||
		    !step(w, "F1") || !go_back(w, base))
			return fail(w->d, " (entry %d of the menu)", i + 1);
	}
	return go_back(w, base);
}

static bool
try_key(struct walk *w, const char *key, const struct buf *base)
{
	if (!step(w, key) || !go_back(w, base))
		return fail(w->d, " (%s)", key);
	return true;
}

static bool
explore(struct walk *w, int depth)
{
	static const char *const keys[] = {"F1", "F3", "F4",  "F5",
	                                   "F6", "F7", "Tab", "End"};
	struct buf base = BUF_INIT;
	bool ok = go(w);

	buf_add(&base, w->screen.data);
	for (size_t i = 0; ok && i < COUNT(keys); i++)
		ok = try_key(w, keys[i], &base);
	ok = ok && try_menu(w, &base) && step(w, "Enter");
	if (ok && depth < DEPTH && strcmp(base.data, w->screen.data) != 0) {
		w->path[w->length++] = "Enter";
		ok = explore(w, depth + 1);
		w->length--;
	}
	buf_clear(&base);
	return ok;
}

static void
add_path(const struct walk *w)
{
	(void)fail(w->d, "; the way there:");
	for (int i = 0; i < w->length; i++)
		(void)fail(w->d, " %s", w->path[i]);
}

bool
cmd_walk(struct drive *d, const struct word *words, int count)
{
	static const char *const apps[] = {"1", "2", "3", "4", "5",
	                                   "6", "7", "8", "9", "0"};
	struct walk w = {.d = d, .screen = BUF_INIT};
	struct buf row = BUF_INIT;
	bool ok = term_ready(d) && term_answer(d, "", 0) && look(&w);

	(void)words;
	(void)count;
	/* The second row names the applications by their digits. */
	if (ok && strchr(w.screen.data, '\n') != NULL)
		buf_add(&row, strchr(w.screen.data, '\n') + 1);
	row.data[strcspn(row.data, "\n")] = '\0';
	for (size_t i = 0; ok && i < COUNT(apps); i++) {
		if (strstr(row.data, apps[i]) == NULL)
			continue;
		w.path[0] = apps[i];
		w.length = 1;
		ok = explore(&w, 1);
	}
	if (ok && w.length == 0)
		ok = fail(d, "no application on the second row");
	if (!ok)
		add_path(&w);
	buf_clear(&row);
	buf_clear(&w.screen);
	return ok;
}
