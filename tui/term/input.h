/*
 * Bytes from a terminal to keys. Own state machine, not curses': it knows
 * every encoding in use of the cursor and function keys whatever TERM says,
 * keeps its state between reads (split anywhere, the keys are the same),
 * swallows what terminals answer unasked (CSI, OSC, DCS, APC, PM, SOS) and
 * takes a bracketed paste as one event.
 */
#ifndef TUI_TERM_INPUT_H
#define TUI_TERM_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum input_kind {
	INPUT_NONE,
	INPUT_CHAR, /* ch: a printable character, as typed (not folded) */
	INPUT_TEXT, /* text: a paste or a burst; never runs keys */
	INPUT_CTRL, /* ch: the letter, 'A' to 'Z' (not H I J M [) */
	INPUT_ENTER,
	INPUT_ESC,
	INPUT_TAB,
	INPUT_BACKTAB,
	INPUT_BACKSPACE,
	INPUT_UP,
	INPUT_DOWN,
	INPUT_LEFT,
	INPUT_RIGHT,
	INPUT_HOME,
	INPUT_END,
	INPUT_PGUP,
	INPUT_PGDN,
	INPUT_INSERT,
	INPUT_DELETE,
	INPUT_F1, /* .. INPUT_F12 follow each other */
	INPUT_F2,
	INPUT_F3,
	INPUT_F4,
	INPUT_F5,
	INPUT_F6,
	INPUT_F7,
	INPUT_F8,
	INPUT_F9,
	INPUT_F10,
	INPUT_F11,
	INPUT_F12,
	INPUT_KINDS
};

struct input {
	enum input_kind kind;
	uint32_t ch;
	bool shift, alt, ctrl; /* where the terminal said so */
	bool truncated;        /* TEXT: more was pasted than is taken */
	bool burst;            /* TEXT: keys of one line that came together */
	const char *text;      /* TEXT: UTF-8 as it came, valid till the next
	                          input_feed; newlines are \n */
	size_t len;            /* of text, bytes */
};

enum {
	INPUT_PASTE_MAX = 1 << 20, /* bytes kept of one paste */
	INPUT_ESC_MS = 60,         /* a lone ESC is Esc after this long */
	INPUT_STUCK_MS = 1000,     /* a reply that never ends is dropped */
	INPUT_PASTE_MS = 10000     /* a paste that never ends is taken */
};

struct input_decoder;

struct input_decoder *input_new(void);
void input_free(struct input_decoder *d); /* NULL is allowed */

/* Take n bytes; keys they complete can then be read with input_next. */
void input_feed(struct input_decoder *d, const void *bytes, size_t n);

/* The next key; false when there is none (yet). */
bool input_next(struct input_decoder *d, struct input *out);

/* The TEXT that input_next gave just now comes again, without its first bytes;
 * nothing when nothing is left of it. */
void input_again(struct input_decoder *d, size_t bytes);

/* Milliseconds of silence after which input_timeout is to be called, since
 * something begun may not go on (a lone ESC is the Esc key); -1: never. */
int input_wait_ms(const struct input_decoder *d);
void input_timeout(struct input_decoder *d);

/* Once all that was waiting has been fed: characters that came in one go
 * become INPUT_TEXT, so that a paste from a terminal without brackets runs
 * no keys. */
void input_merge_bursts(struct input_decoder *d);

#endif
