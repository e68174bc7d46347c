/*
 * The one door into the terminal interface. tui knows no socket, no fork
 * and no SSH: the program around it (server/session) gives it a descriptor
 * of bytes, a way to read control events and a few services, all of them
 * here. A unit test gives it a socketpair and a small host of its own.
 */
#ifndef TUI_TUI_H
#define TUI_TUI_H

#include <stdbool.h>
#include <stdint.h>

#include "db/base/clock.h"
#include "db/base/encoding.h"
#include "db/base/err.h"
#include "db/base/otp.h"
#include "tui/service.h"

struct ctx;

enum tui_event_kind {
	TUI_NOTHING, /* the wire had nothing complete */
	TUI_RESIZE,  /* columns, rows */
	TUI_WAKE,    /* something of kinds in unit was committed */
	TUI_NOTICE,  /* show text on the message line */
	TUI_ATTACH,  /* go on with the terminal of fd: text is its name, then
	                columns, rows, language */
	TUI_RIGHTS,  /* the account changed: read the rights again */
	TUI_END      /* say text (may be "") and leave */
};

struct tui_event {
	enum tui_event_kind kind;
	int columns, rows;
	uint64_t kinds; /* ENTITY_BIT(KIND) of each */
	int64_t unit;   /* 0: county-wide */
	int fd;         /* ATTACH: the interface's from now on */
	int language;   /* enum language */
	char text[200]; /* a complete sentence, already translated */
};

/* Another session of the same person that may be gone on with. */
struct tui_other {
	int64_t number;
	bool dropped;      /* its link is gone; else it seems alive */
	char screen[41];   /* name of the one it shows */
	struct instant at; /* since, or when its link dropped */
};

enum { TUI_OTHERS_MAX = 3, TUI_RECOVERY_MAX = 160 };

struct tui_host {
	/* Terminal bytes both ways, a non-blocking stream. Where the session
	 * may outlive its link (others is not NULL) the interface closes it
	 * when the link ends. */
	int fd;
	int control; /* readable when next_event has something; -1: none */
	/* [http] public_url, where the addresses in codes begin, such as
	 * "https://liaison.example"; NULL or "": codes show their text only. */
	const char *public_url;
	bool has_robot; /* a chat's robot is configured */
	/* [site] name, shown in the title row; NULL or "": the product's. */
	const char *site_name;
	void *data;

	/* Read one control event without blocking. */
	int (*next_event)(void *data, struct tui_event *ev);
	/* One came while an answer was waited for, so that control does not
	 * tell of it. May be NULL: never. */
	bool (*has_event)(void *data);
	/* From now on wake this session for kinds in unit (0: all units). */
	void (*watch)(void *data, uint64_t kinds, int64_t unit);
	/* This session shows screen since at ("": nothing to go on with); and
	 * those of the same person that say so, newest first, at most
	 * TUI_OTHERS_MAX. NULL both: sessions end with their link. */
	void (*place)(void *data, const char *screen, struct instant at);
	int (*others)(void *data, struct tui_other *out);
	/* Give this session's stream to the other one of that number. After
	 * OK nothing may be read from it or written to it any more. Errors:
	 * ERR_NOT_FOUND (gone, or may not), ERR_UNAVAILABLE. */
	int (*take_over)(void *data, int64_t number, int fd);
	/* Have liaison-auth set a password; must_change asks for a new one at
	 * the next sign-in. Errors: ERR_DENIED, ERR_INVALID, ERR_UNAVAILABLE.
	 */
	int (*set_password)(void *data, int64_t account, const char *password,
	                    bool must_change);
	/* Have liaison-auth do something with the person's second factor. code
	 * is one that is shown now; of ENROL that of the new secret, and
	 * present one of the factor before, "" when there is none. ENROL and
	 * RENEW fill recovery: codes, blanks between. Errors: ERR_DENIED (the
	 * code), ERR_INVALID (of the new secret), ERR_LIMIT, ERR_STATE (the
	 * office needs it), ERR_UNAVAILABLE. NULL: there are none here. */
	int (*factor)(void *data, enum otp_act act, const char *code,
	              const char *secret, const char *present,
	              char recovery[TUI_RECOVERY_MAX + 1]);
	/* Have liaison-auth set the person's own PIN, "": none any more.
	 * Errors: ERR_DENIED, ERR_INVALID, ERR_UNAVAILABLE. NULL: there are
	 * no telephones here. */
	int (*set_pin)(void *data, const char *pin);
	/* Have liaison-auth check the person's own password again. */
	int (*check_password)(void *data, const char *password);
	/* NULL: nothing is known of the service. */
	const struct service *service;
	/* Have all that is drawn from now on converted for a terminal of that
	 * encoding (its name; "": as the client says); returns which it is.
	 * NULL: there is only UTF-8. */
	enum encoding (*set_encoding)(void *data, const char *name);
};

/* The account of c is locked (ctx_lock) for as long as it needs to show or
 * to set up its second factor. */
struct tui_options {
	const char *term;  /* as the client said it; checked inside */
	int columns, rows; /* as the client said them; clamped inside */
	bool must_change_password;
	enum otp_need need;  /* of a second factor, before anything else */
	const char *account; /* name of the person's, for its label */
	int idle_seconds;    /* 0: never */
	bool plain;          /* numbered lines and prompts, no screens */
	bool echo;           /* plain: show what is typed, end lines by CR LF */
};

/*
 * Run a session for the acting person of c until they leave or the link
 * ends. Returns OK when they left, ERR_CLOSED when the link ended,
 * ERR_STOPPED after TUI_END.
 */
int tui_run(const struct tui_host *host, const struct tui_options *options,
            struct ctx *c) MUST_CHECK;

/* Do once, in a parent that forks sessions, what every session would do:
 * open a terminal description, measure text, load catalogues. */
void tui_warm(void);

#endif
