/*
 * libmicrohttpd, wrapped: the one file that includes it. It parses HTTP and
 * speaks TLS; what a request means is decided in request.c, who may connect
 * and for how long in link.c.
 */
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "db/base/log.h"
#include "db/phone.h"
#include "server/lib/spawn.h"
#include "server/web/link.h"
#include "server/web/upload.h"
#include "server/web/web.h"

enum {
	TICK_MS = 1000,
	QUIET_S = 20,       /* without a byte */
	MEMORY = 16 * 1024, /* of a connection: its headers fit in there */
	OWN_FILES = 64,
	PEM_MAX = 256 * 1024,
	BLOCK = 32 * 1024, /* of a stream */
	TURN_MS = 20, /* at most, until the rest of the program has its turn */
	PARTS = 8 * 1024,   /* for what a part of a form says of itself */
	BODIES = 256 << 20, /* bytes of forms that are not whole yet, all */
	LIE = 4 /* a body of this many times what is taken is cut off */
};

/* A daemon of the library; after new certificates the one before goes on
 * until its connections have ended. */
struct http {
	struct web *web;
	struct http *before;
	struct MHD_Daemon *daemon;
	int listen;
	bool tls;
	struct watch *watch;
	char *cert, *key;
	int count;
};

/* What of a request is the library's. */
struct exchange {
	struct request r;
	struct MHD_Connection *connection;
	struct link *link;
	struct buf body;
	struct MHD_PostProcessor *parts; /* of a form that may have files */
	size_t received;
	size_t held; /* of bodies */
	bool ran;
	bool more; /* of its stream */
};

static struct timer *tick, *turn;
static size_t bodies; /* bytes that forms on their way hold in memory */

static void run(struct http *h);

/* --- connections ----------------------------------------------------- */

static enum MHD_Result
on_accept(void *data, const struct sockaddr *address, socklen_t n)
{
	(void)n;
	return link_may_open(((struct http *)data)->web, address) ? MHD_YES
	                                                          : MHD_NO;
}

static struct link *
open_link(struct http *h, struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	int fd = info != NULL ? info->connect_fd : -1;

	info = MHD_get_connection_info(connection,
	                               MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	h->count++;
	return link_open(h->web, h, info != NULL ? info->client_addr : NULL,
	                 fd);
}

static void
on_link(void *data, struct MHD_Connection *connection, void **context,
        enum MHD_ConnectionNotificationCode code)
{
	struct http *h = data;

	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		*context = open_link(h, connection);
	} else if (*context != NULL) {
		h->count--;
		link_close(*context);
	}
}

/* --- requests -------------------------------------------------------- */

struct wanted {
	const char *name, *value;
};

static enum MHD_Result
on_header(void *data, enum MHD_ValueKind kind, const char *name,
          const char *value)
{
	struct wanted *w = data;

	(void)kind;
	if (strcasecmp(name, w->name) == 0)
		w->value = value;
	return MHD_YES;
}

const char *
http_header(const struct request *r, const char *name)
{
	const struct exchange *x = r->data;
	struct wanted w = {name, NULL};

	(void)MHD_get_connection_values(x->connection, MHD_HEADER_KIND,
	                                on_header, &w);
	return w.value;
}

const char *
http_parameter(const struct request *r, const char *name)
{
	const struct exchange *x = r->data;

	return MHD_lookup_connection_value(x->connection, MHD_GET_ARGUMENT_KIND,
	                                   name);
}

/* How long a body is must be said in one way only: two readers, a proxy and
 * this one, could else see two requests begin in different places. */
static enum MHD_Result
on_length(void *data, enum MHD_ValueKind kind, const char *name,
          const char *value)
{
	int *ways = data;

	(void)kind;
	(void)value;
	*ways += strcasecmp(name, "Content-Length") == 0 ||
	         strcasecmp(name, "Transfer-Encoding") == 0;
	return MHD_YES;
}

static bool
is_ambiguous(struct MHD_Connection *connection)
{
	int ways = 0;

	(void)MHD_get_connection_values(connection, MHD_HEADER_KIND, on_length,
	                                &ways);
	return ways > 1;
}

static int64_t
length_of(const struct request *r)
{
	const char *text = http_header(r, "Content-Length");

	return text != NULL ? strtoll(text, NULL, 10) : -1;
}

static bool
has_body(const struct request *r)
{
	return length_of(r) > 0 || http_header(r, "Transfer-Encoding") != NULL;
}

/* A piece of one; in which encoding it says it is, no browser says. */
static enum MHD_Result
on_part(void *data, enum MHD_ValueKind kind, const char *name, const char *file,
        const char *type, const char *encoding, const char *bytes,
        uint64_t offset, size_t n)
{
	struct exchange *x = data;

	(void)kind;
	(void)type;
	(void)encoding;
	upload_part(x->r.upload, name, file, bytes, offset, n);
	return MHD_YES;
}

/* A phone that sends much may be silent for as long as another takes for
 * everything. */
static void
begin_parts(struct exchange *x)
{
	if (x->r.upload == NULL || x->r.status != 0)
		return;
	x->parts = MHD_create_post_processor(x->connection, PARTS, on_part, x);
	if (x->parts == NULL)
		upload_failed(x->r.upload, ERR_INVALID);
	(void)MHD_set_connection_option(
	    x->connection, MHD_CONNECTION_OPTION_TIMEOUT,
	    (unsigned)x->r.web->cfg->limits_http_request_seconds);
}

/* false: the last part has no end. */
static bool
end_parts(struct exchange *x)
{
	bool ok =
	    x->parts == NULL || MHD_destroy_post_processor(x->parts) == MHD_YES;

	x->parts = NULL;
	return ok;
}

static struct exchange *
exchange_new(struct http *h, struct MHD_Connection *connection,
             const char *path, const char *method)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct exchange *x = xcalloc(1, sizeof(*x));

	x->connection = connection;
	x->link = info->socket_context;
	x->link->working = false;
	buf_init(&x->body);
	buf_init(&x->r.out);
	x->r.web = h->web;
	x->r.a = arena_new();
	x->r.route = ROUTES;
	x->r.path = arena_strdup(x->r.a, path);
	x->r.data = x;
	x->r.began_us = clock_monotonic_us();
	request_open(&x->r, &x->link->source, h->tls, method, length_of(&x->r));
	begin_parts(x);
	return x;
}

static void
add(struct MHD_Response *response, const char *name, const char *value)
{
	/* a value that the library takes for no header is ours, so a mistake */
	if (MHD_add_response_header(response, name, value) != MHD_YES)
		log_error("header name=%s refused", name);
}

/* Only this site gets it back, and no page of another can have it sent. */
static void
add_cookie(struct MHD_Response *response, const struct request *r)
{
	enum { LONG = PHONE_DAYS * 86400 };

	add(response, "Set-Cookie",
	    arena_printf(
		r->a, "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s",
		r->secure ? "__Host-phone" : "phone", r->new_phone,
		*r->new_phone != '\0' ? LONG : 0, r->secure ? "; Secure" : ""));
}

static void
add_headers(struct MHD_Response *response, const struct request *r)
{
	for (const struct header *h = page_headers(); h->name != NULL; h++)
		add(response, h->name, h->value);
	add(response, "Content-Type", r->type);
	add(response, "Cache-Control",
	    r->keep ? "public, max-age=60" : "no-store");
	add(response, "Vary",
	    r->keep ? "Accept-Language, Cookie" : "Accept-Language");
	if (r->location != NULL)
		add(response, "Location", r->location);
	if (r->file_name != NULL)
		add(response, "Content-Disposition",
		    form_attachment(r->a, r->file_plain, r->file_name));
	if (r->secure)
		add(response, "Strict-Transport-Security", "max-age=31536000");
	if (r->allow != NULL)
		add(response, "Allow", r->allow);
	if (r->again_s > 0)
		add(response, "Retry-After",
		    arena_printf(r->a, "%d", r->again_s));
	if (r->new_phone != NULL)
		add_cookie(response, r);
}

/* The library has room for more of a stream. */
static ssize_t
on_room(void *data, uint64_t at, char *to, size_t most)
{
	struct exchange *x = data;
	struct buf *out = &x->r.out;

	(void)at;
	while (out->len == 0 && x->more)
		if (request_add(&x->r, &x->more) != OK)
			return MHD_CONTENT_READER_END_WITH_ERROR;
	if (out->len == 0)
		return MHD_CONTENT_READER_END_OF_STREAM;
	most = most < out->len ? most : out->len;
	memcpy(to, out->data, most);
	buf_drop(out, most);
	return (ssize_t)most;
}

/* However long a stream takes, its link is cut for silence only. */
static struct MHD_Response *
make_response(struct exchange *x)
{
	size_t n = x->r.out.len;

	if (x->r.stream == NULL)
		return MHD_create_response_from_buffer(n, buf_take(&x->r.out),
		                                       MHD_RESPMEM_MUST_FREE);
	x->more = true;
	x->link->working = true;
	/* what lies in the kernel counts as sent: little, so that a client
	 * that goes away is noticed */
	(void)setsockopt(x->link->fd, SOL_SOCKET, SO_SNDBUF, &(int){BLOCK},
	                 sizeof(int));
	return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK,
	                                         on_room, x, NULL);
}

static enum MHD_Result
send_answer(struct exchange *x)
{
	struct request *r = &x->r;
	struct MHD_Response *response = make_response(x);
	enum MHD_Result result;

	if (response == NULL)
		return MHD_NO;
	add_headers(response, r);
	result =
	    MHD_queue_response(x->connection, (unsigned)r->status, response);
	MHD_destroy_response(response);
	metrics_count(r->web, r, clock_monotonic_us() - r->began_us);
	return result;
}

/* Thousands that each send most of a form and wait would fill the memory that
 * this process may have, and end it: rather than that, one of them is cut. */
static enum MHD_Result
hold(struct exchange *x)
{
	size_t n = x->body.len;

	if (x->r.upload != NULL)
		n += x->r.upload->text;
	bodies += n - x->held;
	x->held = n;
	return bodies <= BODIES ? MHD_YES : MHD_NO;
}

static enum MHD_Result
take_body(struct exchange *x, const char *data, size_t *n)
{
	size_t most = (size_t)request_most(&x->r);
	struct upload *u = x->r.upload;

	x->received += *n;
	if (x->received > most * LIE)
		return MHD_NO;
	if (u != NULL) {
		link_received(x->link, *n);
		if (x->received > most)
			upload_failed(u, ERR_TOO_LONG);
		if (x->parts != NULL && u->err == OK &&
		    MHD_post_process(x->parts, data, *n) != MHD_YES)
			upload_failed(u, ERR_INVALID);
	} else if (x->body.len <=
	           most) /* one byte more than fits says enough */
		buf_addn(&x->body, data, *n);
	*n = 0;
	return hold(x);
}

static enum MHD_Result
on_request(void *data, struct MHD_Connection *connection, const char *path,
           const char *method, const char *version, const char *upload,
           size_t *upload_n, void **context)
{
	struct exchange *x = *context;

	(void)version;
	if (x == NULL && is_ambiguous(connection))
		return MHD_NO;
	if (x == NULL) {
		x = exchange_new(data, connection, path, method);
		*context = x;
		/* what is refused already is not read; without a body the
		 * connection can go on if it is answered with the rest */
		return x->r.status != 0 && !x->r.late && has_body(&x->r)
		           ? send_answer(x)
		           : MHD_YES;
	}
	if (*upload_n > 0)
		return take_body(x, upload, upload_n);
	if (!x->ran && x->r.status == 0) {
		x->ran = true;
		if (!end_parts(x))
			upload_failed(x->r.upload, ERR_INVALID);
		request_run(&x->r, x->body.data, x->body.len);
		if (x->r.waiting) {
			x->link->working = true;
			MHD_suspend_connection(connection);
			return MHD_YES;
		}
	}
	return send_answer(x);
}

void
http_go_on(struct request *r)
{
	struct exchange *x = r->data;

	r->waiting = false;
	x->link->working = false;
	MHD_resume_connection(x->connection);
	run(x->link->http);
}

/* The time of the next request begins. */
static void
on_completed(void *data, struct MHD_Connection *connection, void **context,
             enum MHD_RequestTerminationCode code)
{
	struct exchange *x = *context;

	(void)data;
	if (x == NULL)
		return;
	x->link->working = false;
	link_again(x->link);
	if (x->r.stream != NULL)
		x->r.stream->end(&x->r,
		                 code == MHD_REQUEST_TERMINATED_COMPLETED_OK);
	if (x->r.upload != NULL)
		(void)MHD_set_connection_option(connection,
		                                MHD_CONNECTION_OPTION_TIMEOUT,
		                                (unsigned)QUIET_S);
	(void)end_parts(x);
	bodies -= x->held;
	secret_wipe(x->body.data, x->body.len);
	buf_clear(&x->body);
	request_close(&x->r);
	free(x);
	*context = NULL;
}

/* Addresses of ours need no escapes: what has one is no address of ours, and
 * nothing that is hidden behind one is ever seen. */
static size_t
unescape_nothing(void *data, struct MHD_Connection *connection, char *text)
{
	(void)data;
	(void)connection;
	return strlen(text);
}

static void
say(void *data, const char *fmt, va_list args)
{
	char line[200];

	(void)data;
	/* our own words only: what clients send stays out of the log */
	if (vsnprintf(line, sizeof(line), fmt, args) > 0) {
		line[strcspn(line, "\n")] = '\0';
		log_debug("http %s", line);
	}
}

/* --- the daemon
 * --------------------------------------------------------------- */

static void http_free(struct http *h);

static void
on_turn(void *data)
{
	turn = NULL;
	for (struct http *h = ((struct web *)data)->http; h != NULL;
	     h = h->before)
		run(h);
}

/* Work on what is there, as often as the library wants it; what a stream
 * leaves to do waits for the next turn. */
static void
run(struct http *h)
{
	int64_t until_ms = clock_monotonic_ms() + TURN_MS;
	MHD_UNSIGNED_LONG_LONG ms = 1;

	do {
		(void)MHD_run(h->daemon);
		if (MHD_get_timeout(h->daemon, &ms) != MHD_YES || ms != 0)
			return;
	} while (clock_monotonic_ms() < until_ms);
	if (turn == NULL)
		turn = loop_after(h->web->loop, 0, on_turn, h->web);
}

static void
on_ready(void *data)
{
	run(data);
}

static void
on_tick(void *data)
{
	struct web *web = data;

	links_cut_late(web);
	for (struct http *h = web->http; h != NULL; h = h->before) {
		run(h);
		while (h->before != NULL && h->before->count == 0) {
			struct http *over = h->before;

			h->before = over->before;
			http_free(over);
		}
	}
	tick = loop_after(web->loop, TICK_MS, on_tick, web);
}

static char *
read_pem(const char *path)
{
	char *text = NULL;
	FILE *in = fopen(path, "re");
	size_t n;

	if (in == NULL) {
		log_error("certificate file=%s errno=%d", path, errno);
		return NULL;
	}
	text = xcalloc(1, PEM_MAX);
	n = fread(text, 1, PEM_MAX - 1, in);
	(void)fclose(in);
	if (n == 0)
		log_error("certificate file=%s is empty", path);
	return text;
}

static bool
read_certificates(struct http *h)
{
	const struct config *cfg = h->web->cfg;

	h->tls = cfg->http_tls_cert[0] != '\0';
	if (!h->tls)
		return true;
	h->cert = read_pem(cfg->http_tls_cert);
	h->key = read_pem(cfg->http_tls_key);
	return h->cert != NULL && h->key != NULL;
}

static void
http_free(struct http *h)
{
	loop_remove(h->web->loop, h->watch);
	if (h->daemon != NULL)
		MHD_stop_daemon(h->daemon);
	if (h->listen >= 0)
		(void)close(h->listen);
	if (h->key != NULL)
		secret_wipe(h->key, PEM_MAX);
	free(h->cert);
	free(h->key);
	free(h);
}

/* Asked for once: in the sandbox nobody may. */
static unsigned
most_connections(void)
{
	static struct rlimit files;

	if (files.rlim_cur == 0)
		(void)getrlimit(RLIMIT_NOFILE, &files);
	return files.rlim_cur > 2 * OWN_FILES
	           ? (unsigned)(files.rlim_cur - OWN_FILES)
	           : OWN_FILES;
}

static bool
start_daemon(struct http *h)
{
	const struct MHD_OptionItem tls[] = {
	    {MHD_OPTION_HTTPS_MEM_CERT, 0, h->cert},
	    {MHD_OPTION_HTTPS_MEM_KEY, 0, h->key},
	    {MHD_OPTION_HTTPS_PRIORITIES, 0,
	     (char[]){"SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"}},
	    {MHD_OPTION_END, 0, NULL},
	};
	const struct MHD_OptionItem none[] = {{MHD_OPTION_END, 0, NULL}};
	unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME |
	                 MHD_USE_ERROR_LOG | (h->tls ? MHD_USE_TLS : 0);

	h->daemon = MHD_start_daemon(
	    flags, 0, on_accept, h, on_request, h, MHD_OPTION_EXTERNAL_LOGGER,
	    say, NULL, MHD_OPTION_LISTEN_SOCKET, h->listen,
	    MHD_OPTION_CONNECTION_LIMIT, most_connections(),
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)QUIET_S,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_CONNECTION,
	    on_link, h, MHD_OPTION_NOTIFY_COMPLETED, on_completed, h,
	    MHD_OPTION_UNESCAPE_CALLBACK, unescape_nothing, NULL,
	    MHD_OPTION_ARRAY, h->tls ? tls : none, MHD_OPTION_END);
	return h->daemon != NULL;
}

/* The library closes a socket that it could not begin with: it gets a copy. */
int
http_start(struct web *web)
{
	const union MHD_DaemonInfo *info;
	struct http *h = xcalloc(1, sizeof(*h));

	h->web = web;
	h->listen = fcntl(SPAWN_LISTEN, F_DUPFD_CLOEXEC, SPAWN_LISTEN + 1);
	if (h->listen < 0 || !read_certificates(h)) {
		http_free(h);
		return ERR_CONFIG;
	}
	if (!start_daemon(h)) {
		log_error("http not started tls=%d", (int)h->tls);
		h->listen = -1;
		http_free(h);
		return ERR_CONFIG;
	}
	info = MHD_get_daemon_info(h->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	h->watch = loop_read(web->loop, info->epoll_fd, on_ready, h);
	h->before = web->http;
	if (h->before != NULL) {
		MHD_socket fd = MHD_quiesce_daemon(h->before->daemon);

		if (fd != MHD_INVALID_SOCKET)
			(void)close(fd);
		h->before->listen = -1;
	}
	web->http = h;
	if (tick == NULL)
		tick = loop_after(web->loop, TICK_MS, on_tick, web);
	return OK;
}

void
http_stop(struct web *web)
{
	ask_end(web);
	loop_cancel(web->loop, tick);
	loop_cancel(web->loop, turn);
	tick = turn = NULL;
	while (web->http != NULL) {
		struct http *h = web->http;

		web->http = h->before;
		h->listen = -1; /* the library's until it is quiet */
		http_free(h);
	}
}
