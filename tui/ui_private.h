/* What the files of the frame share: the loop (ui.c), the screens that are open
 * (ui_stack.c), the keys (ui_keys.c), the drawing (ui_frame.c) and the dialogs
 * (ui_dialog.c). */
#ifndef TUI_UI_PRIVATE_H
#define TUI_UI_PRIVATE_H

#include "tui/plain.h"
#include "tui/term/term.h"
#include "tui/ui.h"
#include "tui/widget/edit.h"

enum { DEPTH_MAX = 24, PANES_MAX = 4, LINE_KEYS_MAX = 24 };

/* What was typed in a screen and how much of it a file has. */
struct level_draft {
	unsigned written; /* edits of the widget that are in the file */
	unsigned tried;   /* and when it was last tried */
	int64_t since_ms; /* first edit that is not; 0: none */
	bool looked;      /* whether there is one from before */
	bool kept;        /* the file has one */
	bool given_up;    /* the person left without saving */
	char *base;       /* of an existing record: what stood there; owned */
};

/* A screen that is open. */
struct level {
	const struct screen *screen;
	int64_t arg;
	void *data;
	struct arena *arena, *keep;
	struct widget *panes[PANES_MAX];
	int pane_count, focus;
	uint64_t kinds; /* watched */
	int64_t unit;
	uint64_t woken;   /* kinds committed since the last load */
	bool stale;       /* load before the next frame */
	int64_t again_ms; /* when the clock alone asks for it; 0: never */
	bool closing;
	struct level_draft draft;
};

enum dialog_kind { DIALOG_MENU, DIALOG_PROMPT, DIALOG_TEXT };

struct dialog {
	enum dialog_kind kind;
	const char *title; /* or the question */
	const char *const *entries;
	int n, cursor, top;
	bool is_question; /* MENU: yes or no; a burst does not answer it */
	bool deaf; /* MENU: the next Enter ends a text that chose nothing */
	struct edit *edit;
	const char *text;
	int height, total; /* TEXT: rows shown, rows there are */
};

/* A key as the key line shows it. */
struct line_key {
	const char *name, *label; /* label translated */
	const char *help;         /* translated */
	bool can_run;
};

struct ui {
	struct ui_setup setup;
	int fd;              /* of the terminal's bytes; -1: the link is lost */
	struct term *term;   /* NULL then, and in plain mode */
	struct plain *plain; /* NULL on screens */
	struct input_decoder *in;
	struct level *levels[DEPTH_MAX];
	int depth;
	char *place, *name;  /* of the title row; NULL: ask again */
	bool has_hats;       /* asked with them */
	char app;            /* digit of the application shown */
	char first_app;      /* and of the one where a session begins */
	struct arena *frame; /* emptied after each frame */
	struct dialog *dialog;
	char message[400];
	bool key_line; /* the key line has the focus */
	int key_at;
	bool dirty, ending, restart;
	char go; /* digit to go to once the key's function returned */
	int result;
	char last_words[200]; /* said on the terminal after the end */
	int64_t last_key_ms;
	bool warned;     /* of the idle limit */
	int64_t busy_ms; /* when there last was anything to do */
	bool resting;    /* since then memory was given back */
	bool held;    /* the screen shows on; any key asks for the password */
	int tries;    /* wrong ones since */
	bool running; /* not before the first screen */
	const char *place_told; /* name of a screen, or ""; NULL: not yet */
	bool take_draft;   /* the screen just opened goes on with its draft */
	bool draft_failed; /* said already */
	uint64_t watched;
	int64_t watched_unit;
};

/* ui_stack.c. */
struct level *ui_top(struct ui *ui); /* NULL when there is none */
struct widget *ui_focused(struct ui *ui);
/* The first application that may be opened; none: the end. */
void ui_go_first(struct ui *ui);
/* Close them all, for the end. */
void ui_free_levels(struct ui *ui);

/* Bring the stack in order after a key or event: close, load, go. */
void ui_settle(struct ui *ui);
/* Draw when needed, then wait for keys or events (in plain mode: or until
 * the client takes more). */
void ui_wait(struct ui *ui);
void ui_draw(struct ui *ui);
/* What the screen on top shows between the rows of the frame. */
void ui_draw_body(struct ui *ui, const struct area *body);
/* The hat, the rights or the language are others now. */
void ui_forget_title(struct ui *ui);
/* Whether one screen stands before everything else (a forced password). */
bool ui_is_locked(struct ui *ui);
void ui_finish(struct ui *ui, int result, const char *last_words);

/* The next key that waits, noted for the idle limit; false when none does.
 * Ctrl-L is answered here, so that it redraws everywhere and changes nothing,
 * not even the message. */
bool ui_next_key(struct ui *ui, struct input *in);
void ui_key(struct ui *ui, const struct input *in);
/* What the key line shows now; at most LINE_KEYS_MAX, in ui->frame. */
int ui_line_keys(struct ui *ui, struct line_key *out);
/* Rows of the F2 menu allowed now; their indices. */
int ui_actions(struct ui *ui, const struct key **out, int max);
void ui_help(struct ui *ui);
/* Ask when something typed would be lost; true: go on. */
bool ui_may_leave(struct ui *ui);

/* The account changed, or another link shows this session. */
void ui_rights_changed(struct ui *ui);
/* ui_link.c. Tell the host what is shown when that is something else now. */
void ui_place(struct ui *ui);
/* The link is gone: go on without, or end. */
void ui_link_lost(struct ui *ui);
void ui_attach(struct ui *ui, const struct tui_event *ev);
void ui_say_last(const struct ui *ui, const char *text);

/* ui_hold.c. At the idle limit the screen may be held instead of ended; then
 * every key goes there. */
bool ui_may_hold(struct ui *ui);
void ui_hold(struct ui *ui);
void ui_hold_key(struct ui *ui);

/* ui_draft.c. Write what is due; milliseconds until something is (-1:
 * nothing). */
void ui_draft_tick(struct ui *ui);
int ui_draft_wait_ms(const struct ui *ui);
/* Write all that is not; whether a draft lies there now. */
bool ui_draft_flush(struct ui *ui);
/* Before level is freed: saved and given up ones go, others stay. */
void ui_draft_leave(struct ui *ui, struct level *level);
/* The person leaves the top screen without saving. */
void ui_draft_given_up(struct ui *ui);
/* The top screen was just opened: its draft is offered, or taken at once.
 * true: something changed. */
bool ui_draft_offer(struct ui *ui);

void ui_dialog_draw(struct ui *ui, const struct area *body);

#endif
