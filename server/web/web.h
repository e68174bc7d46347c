/*
 * liaison-web's parts. One request at a time is worked on, in one thread; it
 * may wait for liaisond's word (ask.c) while others go on. A route is a row
 * of routes.def and a function page_<name>() in page_<name>.c, which writes
 * its page into the request and knows nothing of the HTTP library.
 */
#ifndef SERVER_WEB_WEB_H
#define SERVER_WEB_WEB_H

#include <stdbool.h>
#include <stdint.h>

#include "db/base/arena.h"
#include "db/base/buf.h"
#include "db/base/clock.h"
#include "db/base/config.h"
#include "db/base/html.h"
#include "db/base/i18n.h"
#include "db/base/secret.h"
#include "db/base/source.h"
#include "db/ids.h"
#include "db/store/ctx.h"
#include "server/lib/ipc.h"
#include "server/lib/loop.h"
#include "server/web/form.h"
#include "server/web/limit.h"

struct ask;
struct http;
struct request;
struct upload;

enum route_id {
#define ROUTE(name, methods, path, opens, share) ROUTE_##name,
#include "server/web/routes.def"
#undef ROUTE
	ROUTES
};

/* How many answers of each status and how long they took: metrics.c. */
enum { STATUSES = 16, BUCKETS = 10 };
struct counters {
	int64_t by[ROUTES + 1][STATUSES]; /* ROUTES: no route */
	int64_t took[BUCKETS + 1];        /* the last: longer than all */
	int64_t took_us;
	int64_t refused; /* connections */
};

struct web {
	const char *file; /* of the configuration */
	struct config *cfg;
	struct loop *loop;
	struct store *store;
	struct ctx public; /* of who is not signed in */
	struct http *http;
	struct limits *limits;
	struct source_list exempt, proxies, metrics, robots;
	unsigned char key[SECRET_KEY]; /* forms are signed with */
	struct ask *asks;
	int64_t next_ask;
	struct counters counters;
};

/* An answer that is sent bit by bit, after what is in r->out already. */
struct stream {
	/* Add some to r->out; *more: it was not the last. An error cuts the
	 * connection, so that nobody takes what came for the whole. */
	int (*add)(struct request *r, bool *more);
	/* It has gone out whole, or not; the last word about r. */
	void (*end)(struct request *r, bool whole);
};

/* One request and its answer. All it has is gone with it. */
struct request {
	struct web *web;
	struct arena *a;
	enum route_id route; /* ROUTES: none */
	bool is_post;
	const char *path;
	char token[FORM_TOKEN + 1]; /* what the route leaves open; "" */
	char ending[FORM_ENDING + 1];
	int64_t number; /* the same, of a record; 0 */
	enum language language;
	bool language_said; /* by ?lang=, so links go on saying it */
	char address[IPC_ADDRESS_MAX + 1];
	struct source source;
	bool exempt; /* from limits by source */
	bool behind; /* says that it came through a proxy unknown to us */
	bool secure; /* nobody on the way could read it */
	const char *cookie;  /* the secret of the phone; "": none */
	const char *browser; /* what it calls itself */
	int64_t account;     /* whose phone it was proven to be; 0 */
	struct form form;
	struct upload *upload; /* of a form that may have files; else NULL */
	bool raw;              /* its files are the page's to look at */
	const char *body;      /* of a route that takes JSON; else NULL */

	/* the answer */
	int status;
	const char *type; /* Content-Type */
	struct buf out;
	const char *allow;     /* methods, with 405 */
	const char *new_phone; /* cookie to set; NULL: none, "": drop it */
	const char *location;  /* with 303 */
	int again_s;           /* Retry-After; 0: none */
	int refresh_s;         /* the page asks again by itself; 0: never */
	bool keep;             /* may be kept for a minute */
	bool late;             /* only when all has come that is sent */
	bool counted;          /* that its code was opened */
	const struct stream *stream; /* NULL: all is in out */
	void *stream_data;           /* its own */
	const char *file_name;       /* to be kept under; NULL: a page */
	const char *file_plain;      /* the same in ASCII */
	struct instant opened;       /* when its address was, of a code */

	bool waiting; /* the answer comes later */
	void *data;   /* http.c's */
	int64_t began_us;
};

/* main.c: what c commits is told to the sessions that show it. */
void web_ctx(struct ctx *c);

/* --- http.c: the HTTP library ---------------------------------------- */

/* Serve the listening socket SPAWN_LISTEN from now on; also with other
 * certificates, in place of the server before. Errors: ERR_CONFIG (the
 * certificates; what was served goes on). */
int http_start(struct web *web) MUST_CHECK;
void http_stop(struct web *web);
/* A header of r, the last of that name: what a proxy added stands behind what
 * it was sent; NULL: there is none. And a parameter of its address. */
const char *http_header(const struct request *r, const char *name);
const char *http_parameter(const struct request *r, const char *name);
/* r waited and has its answer now. */
void http_go_on(struct request *r);

/* --- request.c: what is the same for all ----------------------------- */

/* Find the route and who asks; may answer already (status is set). length:
 * of the body, -1 unknown. */
void request_open(struct request *r, const struct source *peer, bool tls,
                  const char *method, int64_t length);
/* The whole body is there: answer, or wait. */
void request_run(struct request *r, const char *body, size_t n);
/* The route's function, with the form read. */
void request_answer(struct request *r);
/* The most bytes that r's body may have. */
int64_t request_most(const struct request *r);
void request_close(struct request *r);
/* A bit more of r->stream. Errors: its own. */
int request_add(struct request *r, bool *more) MUST_CHECK;

/* Count one more of that kind for r's source; how many it has sent within the
 * hour. 0: it is not limited. */
int request_counts(const struct request *r, enum limit_kind kind);

/* A value for the field "form" of a form of r's page, and whether the form
 * that was sent had it: only who was shown the page can send it. */
enum { REQUEST_SEAL = SECRET_HEX + 20 };
void request_seal(const struct request *r, char out[REQUEST_SEAL]);
bool request_is_sealed(const struct request *r);

/* --- files.c --------------------------------------------------------- */

/* All parts of r->upload have come: have the files looked at, then answer
 * with r->form.files filled. What the page does not attach is an orphan. */
void files_run(struct request *r);
/* From the page of a route that is RAW: have them looked at now, then call the
 * page again. False: they were already. */
bool files_look(struct request *r);
/* The same for the field "opened": when r's address was opened, so that its
 * form may be sent later than the address itself is good. */
void request_seal_opened(const struct request *r, struct instant at,
                         char out[REQUEST_SEAL]);
bool request_opened(const struct request *r, struct instant *at);

/* --- page.c: what every page has ------------------------------------- */

/* Headers of every answer, name and value; ends with NULL. */
struct header {
	const char *name, *value;
};
const struct header *page_headers(void);
void page_init(void);
/* Begin and end a page; between the two r->out takes its content. */
void page_begin(struct request *r, int status, const char *title);
void page_end(struct request *r);
/* A page with a sentence and nothing else. */
void page_say(struct request *r, int status, const char *title,
              const char *text);
/* The status of a page whose form is shown again because of err; 200: it is
 * to be corrected, or nothing was wrong. */
int page_status_of(int err);
/* What a code's address leads to when the code is not good: err says why. */
void page_no_code(struct request *r, int err);
/* The address of a page of ours, in the language that was chosen; in r->a. */
const char *page_link(const struct request *r, const char *path);
/* The QR of text (an address of ours), when it has one; full: as wide as the
 * telephone. */
void page_qr(struct request *r, const char *text, bool full);
/* Go on to another page of ours: what was sent is done. */
void page_go(struct request *r, const char *path);
/* Open a form that is sent to r's own address, with its seal. */
void page_form(struct request *r);
/* The same for one that may have files. */
void page_form_files(struct request *r);

/* --- ask.c: what liaisond is asked
 * -------------------------------------------*/

struct ask_answer {
	int err; /* ERR_UNAVAILABLE: nobody answered */
	/* of ask_numbers */
	int64_t connections, waiting, sessions, dropped;
	/* of ask_prove: ERR_DENIED, ERR_LIMIT (and how long) */
	int64_t wait_s, account;
	const char *secret; /* of a telephone that was bound */
	/* of ask_media: enum media_type, bytes that were written */
	int media;
	int64_t out, thumb;
};
typedef void ask_done(struct request *r, const struct ask_answer *answer);
/* r waits; done answers it. */
void ask_numbers(struct request *r, ask_done *done);
/* Whose is the secret? name is of a PIN, else "". */
void ask_prove(struct request *r, enum ipc_proof proof, const char *name,
               const char *secret, ask_done *done);
/* What is this file? Descriptors: the file, what is made of it, a small
 * picture; they stay the caller's. */
enum { ASK_FILES = 3 };
void ask_media(struct request *r, const int fds[ASK_FILES], ask_done *done);
/* A message of liaisond. */
void ask_message(struct web *web, struct ipc_msg *m);
void ask_end(struct web *web);

/* --- views.c --------------------------------------------------------- */

void views_begin(struct web *web);
void views_count(struct web *web, struct code_id id);
void views_write(struct web *web);

/* --- page_metrics.c -------------------------------------------------- */

void metrics_count(struct web *web, const struct request *r, int64_t took_us);

/* --- page_NAME.c ----------------------------------------------------- */

#define ROUTE(name, methods, path, opens, share)                               \
	void page_##name(struct request *r);
#include "server/web/routes.def"
#undef ROUTE

#endif
