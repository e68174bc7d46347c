/*
 * The frame around the screens and what screens may ask of it. One struct
 * ui is one session. Title row, applications, rule, body, message row, key
 * row; a stack of screens; dialogs, which return their answer: they run the
 * loop themselves and keep the screen as it is meanwhile.
 */
#ifndef TUI_UI_H
#define TUI_UI_H

#include <stdbool.h>
#include <stdint.h>

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/base/err.h"
#include "db/base/perm.h"
#include "tui/screen.h"
#include "tui/tui.h"
#include "tui/widget/widget.h"

struct ctx;
struct ui;

/* --- for screens --------------------------------------------------------- */

struct ctx *ui_ctx(struct ui *ui);
const struct tui_host *ui_host(struct ui *ui);
const char *ui_account(struct ui *ui); /* its name; "" not known */
/* Memory of the screen on top: emptied before each load; and one that lasts
 * until the screen closes. */
struct arena *ui_arena(struct ui *ui);
struct arena *ui_keep(struct ui *ui);
/* Today in the site's zone, by the session's clock. */
struct day ui_today(struct ui *ui);
/* "14:02" today, "03-28 14:02" else. In a. */
const char *ui_when(struct ui *ui, struct arena *a, struct instant at);
/* Whether the acting hat has perm (screens only hide what db/ refuses). */
bool ui_may(struct ui *ui, enum perm perm);

/* From open: w is (the next) pane of this screen. The first one has the
 * focus and fills the body when the screen has no draw; Tab goes through
 * them. They are cleared when the screen closes. At most 4. */
void ui_body(struct ui *ui, struct widget *w);
/* Which of them has the focus. */
void ui_focus(struct ui *ui, struct widget *w);

/* Open screen above this one; its open gets arg. */
void ui_push(struct ui *ui, const struct screen *screen, int64_t arg);
/* The same, and go on with its draft. */
void ui_push_draft(struct ui *ui, const struct screen *screen, int64_t arg);
/* The file of the person's drafts (db/draft.h); NULL: none are kept. */
const char *ui_drafts(const struct ui *ui);
/* Other sessions of the person (tui/tui.h); how many. And giving this
 * terminal to one of them, which ends this session. Errors: ERR_NOT_FOUND,
 * ERR_BUSY, ERR_UNAVAILABLE. */
int ui_others(struct ui *ui, struct tui_other out[TUI_OTHERS_MAX]);
int ui_go_on_with(struct ui *ui, int64_t number) MUST_CHECK;
/* Close this screen without asking; the one below loads again. At the end
 * of the key's function its data is gone. */
void ui_pop(struct ui *ui);
/* Close this screen and open another in its place. */
void ui_replace(struct ui *ui, const struct screen *screen, int64_t arg);
/* Go to the application of digit ('0'..'9'), leaving all screens. */
void ui_go(struct ui *ui, char digit);
/* Run load again before the next frame. */
void ui_reload(struct ui *ui);
/* The whole session: read hat and rights again, go to the first screen (a
 * hat was switched); or end it. */
void ui_restart(struct ui *ui);
void ui_end(struct ui *ui);

/* From load: wake this screen for kinds (ENTITY_BIT) in unit (0: all). */
void ui_watch(struct ui *ui, uint64_t kinds, int64_t unit);

/* From load: load again in so many milliseconds, while this screen is on top;
 * for what the clock alone changes. Not in plain mode. */
void ui_again(struct ui *ui, int ms);

/* A sentence on the message line, until the next key. */
void ui_say(struct ui *ui, const char *fmt, ...) PRINTF(2, 3);
/* The sentence of err; OK says nothing. Returns err. */
int ui_error(struct ui *ui, int err);
/* Draw every cell anew: the terminal's encoding or widths are others now. */
void ui_repaint(struct ui *ui);
/* The terminal's bell with the next frame: a live sign-in. */
void ui_bell(struct ui *ui);

/* Whether this is plain mode, for what a picture alone is good for. */
bool ui_is_plain(const struct ui *ui);

/* Dialogs. Each returns when answered; Esc is no, NULL or -1, and so is the
 * end of the link (then ui_is_ending). Texts are translated already. */
bool ui_is_ending(struct ui *ui);
bool ui_confirm(struct ui *ui, const char *question);
/* One line of text of at most max characters; cleaned; in a. NULL: Esc. */
const char *ui_prompt(struct ui *ui, struct arena *a, const char *label,
                      const char *initial, int max);
/* The same, not shown while typed. */
const char *ui_prompt_secret(struct ui *ui, struct arena *a, const char *label);
/* For what cannot be undone: the person types number. */
bool ui_confirm_number(struct ui *ui, const char *question, const char *number);
/* A menu numbered 1-9, 0; returns the index chosen or -1. n at most 40. */
int ui_menu(struct ui *ui, const char *title, const char *const *entries,
            int n);
/* Text to read, until Esc. */
void ui_show(struct ui *ui, const char *title, const char *text);

/* Work that takes long, called for again and again: after half a second a
 * bar on the message line. data is the struct, begun with ui and what. false:
 * Esc was pressed. The screen may be drawn meanwhile, its load half done. */
struct ui_progress {
	struct ui *ui;
	const char *what; /* translated: "Checking" */
	int64_t due_ms;   /* of the next frame */
	bool shown;
};
bool ui_progress_show(void *data, int permille);
void ui_progress_end(struct ui_progress *p);

/* --- for tui.c and tests ------------------------------------------------- */

/* A row of applications. Rows whose screen may not be opened are left out;
 * the others keep their digit. */
struct ui_app {
	char digit;        /* '1'..'9', '0'; NUL ends the table */
	const char *label; /* msgid */
	const struct screen *screen;
};

/* What the frame asks about the person; c is what tui_run was given. */
struct ui_person {
	bool (*may)(struct ctx *c, enum perm perm);
	struct instant (*now)(struct ctx *c);
	/* "长安镇代表联络站" and "张伟 代表". In a. */
	const char *(*place)(struct ctx *c, struct arena *a);
	const char *(*name)(struct ctx *c, struct arena *a);
	/* Whether there is another hat to put on; NULL: no. */
	bool (*has_hats)(struct ctx *c);
	/* After TUI_RIGHTS or ui_restart. */
	int (*refresh)(struct ctx *c);
	/* Keep the language chosen with F9; may be NULL. */
	void (*set_language)(struct ctx *c, int language);
	/* Nothing happens: give back what is quickly made again; may be
	 * NULL. */
	void (*rest)(struct ctx *c);
	/* Has anybody else written since the last call? NULL: nobody does. */
	bool (*changed)(struct ctx *c);
};

struct ui_setup {
	const struct tui_host *host;
	const struct tui_options *options;
	struct ctx *ctx;
	const struct ui_person *person;
	const struct ui_app *apps;
	const struct screen *first; /* instead of the first application */
	const struct screen *then;  /* and after that, at ui_restart */
	const char *drafts;       /* file of the drafts; NULL: none are kept */
	const struct screen *hat; /* F8; NULL: F8 is not offered */
	const struct screen *search; /* Ctrl-P; NULL: it is not offered */
	/* Before the first screen, with dialogs only; false ends the session
	 * (a forced change of the password was not done). May be NULL. */
	bool (*before)(struct ui *ui);
};

/* As tui_run, with everything around it given. */
int ui_run(const struct ui_setup *setup) MUST_CHECK;

#endif
