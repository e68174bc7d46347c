/*
 * Commands over ssh: "ssh host whoami". One row of exec.def and one function
 * each; same rights and same rows as the screens, because both ask the store.
 */
#ifndef SERVER_SESSION_EXEC_H
#define SERVER_SESSION_EXEC_H

#include <stdbool.h>
#include <stddef.h>

#include "db/base/arena.h"
#include "db/base/buf.h"
#include "db/base/err.h"
#include "db/base/json.h"
#include "db/store/ctx.h"
#include "db/store/list.h"
#include "tui/tui.h"

/* How a command reaches its client. */
struct exec_host {
	int fd; /* standard input and output, non-blocking stream */
	void *data;
	/* A sentence for standard error, already translated. */
	void (*say)(void *data, const char *text);
	/* The encoding of all output from here on, by name; "": the client's.
	 * What programs read is UTF-8 wherever it goes. */
	enum encoding (*set_encoding)(void *data, const char *name);
	/* As in tui_host. */
	const struct service *service;
	bool crlf; /* the client's terminal is raw: lines end by CR LF */
	/* Names of the commands that the key was enrolled for, comma between;
	 * "": all. */
	const char *only;
	/* As in tui_host. */
	const char *public_url;
};

struct exec {
	struct ctx *c;
	const struct exec_host *host;
	struct arena *a;          /* lives as long as the command */
	const char *const *words; /* what was typed after the command's name */
	int count;
	bool said;      /* why it failed: no other sentence is needed */
	bool json;      /* --json was among them; it is taken out */
	bool bytes;     /* what goes out is a file, see exec_bytes */
	struct buf out; /* standard output: sent when the command returns */
};

/* Run command (one line as ssh sent it) for the acting person of c; returns
 * the exit status, of sysexits.h. */
int exec_run(struct ctx *c, const struct exec_host *host, const char *command);

/* For commands. */

/* A translated line on standard error. */
void exec_say(struct exec *x, const char *fmt, ...) PRINTF(2, 3);
/* Print root (freed here) as one line with "version" 1 in front: what --json
 * promises everywhere. root is an object. */
void exec_json(struct exec *x, struct json *root);
/* From here on what goes out is no text and arrives as it is. */
void exec_bytes(struct exec *x);
/* Send what is in out, waiting for the client: for long outputs, now and
 * then. Errors: ERR_CLOSED. */
int exec_flush(struct exec *x) MUST_CHECK;
/* Read standard input to its end into out, at most max bytes.
 * Errors: ERR_TOO_LONG, ERR_CLOSED. */
int exec_read(struct exec *x, struct buf *out, size_t max) MUST_CHECK;

/* How a list is printed: each row as a line, or as an object of JSON in an
 * array of that name. */
struct exec_list {
	const char *name;
	void (*line)(struct exec *x, const void *row);
	struct json *(*json)(struct exec *x, const void *row);
};
/* The first rows of what query asks for, limit at most; in JSON with "more".
 * Errors: as list_fetch. */
int exec_list(struct exec *x, const struct exec_list *how,
              const struct list_spec *spec, const struct list_query *query,
              int limit) MUST_CHECK;

/* What "find" prints of one kind of db/search.h, or SEARCH_ALL. */
int exec_find_in(struct exec *x, int kind, const char *const *words,
                 int n) MUST_CHECK;

/* The commands, by their rows; each returns OK or an error, which becomes
 * its sentence and the exit status. */
#define EXEC(name, function, usage, perm, reads, text)                         \
	int function(struct exec *x);
#include "server/lib/exec.def"
#undef EXEC

#endif
