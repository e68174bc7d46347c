/*
 * A session of the terminal interface in a process of its own, with a
 * terminal (libvterm) at the other end of its stream: keys go in, what a
 * person would see comes out. Nothing sleeps: an event through the control
 * pipe is answered once the keys before it are done.
 */
#ifndef TESTS_UNIT_FIXTURE_TERM_H
#define TESTS_UNIT_FIXTURE_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tui/ui.h"

struct session; /* one that runs, and its terminal */

/* What session_watched tells lies in memory that both processes share. */
struct session_watch {
	uint64_t kinds;
	int64_t unit;
};

/* What the host of sessions from now on knows of the service; NULL: nothing.
 */
extern const struct service *session_service;

/* Run setup (its host and options are filled in, but for idle_seconds and
 * plain) on a terminal called term of that size; buffer: bytes the stream
 * holds, 0 for the usual. */
struct session *session_start(const struct ui_setup *setup, const char *term,
                              int columns, int rows, int buffer);
/* Close the stream; what ui_run returned. */
int session_stop(struct session *s);
/* Kill it where it stands. */
void session_kill(struct session *s);
bool session_runs(const struct session *s);

/* The person's end of the stream. */
int session_fd(const struct session *s);
struct session_watch session_watched(const struct session *s);

/* Send keys; press also waits for the frame and shows it. */
void type(struct session *s, const char *keys);
void press(struct session *s, const char *keys);
/* Wait until all keys are done; settle also shows what was sent. */
void wait_idle(struct session *s);
void settle(struct session *s);
/* Send an event and wait for its frame. */
void send_event(struct session *s, const struct tui_event *ev);
/* Send one and wait only until it was read. */
void send_event_only(struct session *s, const struct tui_event *ev);
/* Change the size of the terminal and tell the session. */
void resize(struct session *s, int columns, int rows);

/* Bytes and bells received since the last press or event. */
size_t session_bytes(const struct session *s);
int session_bells(const struct session *s);

/* Row y as the terminal shows it, blanks at its end removed; it lives as
 * long as s. */
const char *row(struct session *s, int y);
bool shows(struct session *s, const char *text);
void wait_until_gone(struct session *s, const char *text);
void cursor(struct session *s, int *y, int *x);
/* A cell: its character (0: blank) and the red of its two colours. */
void cell(struct session *s, int y, int x, uint32_t *ch, int *fg, int *bg);

/* Fail, and show the screen, when text is not on it. */
#define SHOWS(s, text) session_shows(s, text, __FILE__, __LINE__)
void session_shows(struct session *s, const char *text, const char *file,
                   int line);

/* Esc alone needs a silence to be known; this way of saying it does not. */
#define ESC "\033[27u"

#endif
