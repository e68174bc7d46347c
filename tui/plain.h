/*
 * Plain mode: the same screens as numbered lines and a prompt, for readers
 * for the blind and for terminals that cannot place a cursor. Screens and
 * key tables do not know of it: areas take what is drawn as lines of text
 * (tui/term/lines.h), widgets ask for values (tui/widget/ask.h), and so do
 * ui_menu, ui_prompt and ui_show. A screen of widgets needs nothing of its
 * own.
 */
#ifndef TUI_PLAIN_H
#define TUI_PLAIN_H

#include <stdbool.h>

#include "db/base/arena.h"
#include "db/base/err.h"
#include "tui/widget/ask.h"

struct plain;
struct ui;

/* What screens are laid out for: narrow, so that nothing stands beside
 * something else. */
enum { PLAIN_COLUMNS = 70 };

/* --- asking; each also what the dialogs of tui/ui.h do in plain mode ------ */

/* Say text (lines by newlines) at once. */
void plain_say(struct ui *ui, const char *text);
void plain_hint(struct ui *ui, enum ask_hint hint, bool again);
/* One line, cleaned, in a; NULL: a single dot, Esc or the end. initial: what
 * an empty line means. */
const char *plain_prompt(struct ui *ui, struct arena *a, const char *label,
                         const char *initial, int max, bool secret);
/* Lines until a single dot; NULL when there were none. */
const char *plain_prompt_lines(struct ui *ui, struct arena *a,
                               const char *label, int max);
/* The index chosen, or -1. */
int plain_menu(struct ui *ui, const char *title, const char *const *entries,
               int n);
bool plain_confirm(struct ui *ui, const char *question);
/* Long text, a page at a time. */
void plain_show(struct ui *ui, const char *title, const char *text);

/* --- for the frame -------------------------------------------------------- */

/* echo: the client's terminal is raw, so what is typed is shown by us. */
struct plain *plain_new(bool echo);
void plain_free(struct plain *p); /* NULL is allowed */
/* No more input will come; the session ends when it is missed. */
void plain_input_ends(struct plain *p);
/* Output waits for the client. */
bool plain_is_behind(const struct plain *p);
const char *plain_newline(const struct plain *p);
/* Say the page, read a line and do it; false when the session ends. */
bool plain_step(struct ui *ui);
/* The letters that can be typed, for the F1 page; in a. */
const char *plain_help(struct arena *a);

#endif
