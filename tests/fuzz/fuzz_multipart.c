/* A form with files, from the bytes of a request to what its page gets: by
 * the HTTP library itself, which is fed in pieces through a socket pair. The
 * first byte says how large they are. */
#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "db/base/text.h"
#include "server/web/upload.h"
#include "tests/fuzz/fuzz.h"

enum { PARTS = 8 * 1024, ROUNDS = 64 };

static char dir[64], database[80], new[100];
static struct MHD_Daemon *daemon_;
static struct arena *a;
static struct upload *u;
static struct MHD_PostProcessor *parts;
static bool over;

static int
has_form(void *data, const struct form *form)
{
	(void)data;
	return *form_value(form, "form") != '\0' ? OK : ERR_DENIED;
}

static enum MHD_Result
on_part(void *data, enum MHD_ValueKind kind, const char *name, const char *file,
        const char *type, const char *encoding, const char *bytes,
        uint64_t offset, size_t n)
{
	(void)data;
	(void)kind;
	(void)type;
	(void)encoding;
	upload_part(u, name, file, bytes, offset, n);
	return MHD_YES;
}

static void
check_text(const char *text, const char *without)
{
	uint32_t ch;

	if (strpbrk(text, without) != NULL)
		abort();
	for (const char *at = text; *at != '\0';) {
		int n = text_decode(at, strlen(at), &ch);

		if (n <= 0)
			abort();
		at += n;
	}
}

static void
check(int err)
{
	if (err != OK && u->n != 0)
		abort();
	if (u->form.n > FORM_FIELDS || u->n > FORM_FILES)
		abort();
	for (int i = 0; i < u->form.n; i++)
		check_text(u->form.fields[i].value, "\r\x1b\x7f");
	for (int i = 0; i < u->n; i++) {
		check_text(u->files[i].name, "/\\\r\n\t\x1b\x7f");
		if (text_length(u->files[i].name) > FORM_FILE_NAME ||
		    blob_size(u->files[i].in) < 1)
			abort();
	}
	over = true;
}

static enum MHD_Result
on_request(void *data, struct MHD_Connection *connection, const char *path,
           const char *method, const char *version, const char *bytes,
           size_t *n, void **context)
{
	struct MHD_Response *response;
	enum MHD_Result result;

	(void)data;
	(void)path;
	(void)method;
	(void)version;
	if (*context == NULL) {
		*context = u;
		parts =
		    MHD_create_post_processor(connection, PARTS, on_part, NULL);
		return MHD_YES;
	}
	if (*n > 0) {
		if (MHD_post_process(parts, bytes, *n) != MHD_YES)
			upload_failed(u, ERR_INVALID);
		*n = 0;
		return MHD_YES;
	}
	if (MHD_destroy_post_processor(parts) != MHD_YES)
		upload_failed(u, ERR_INVALID);
	parts = NULL;
	check(upload_end(u));
	response =
	    MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
	result = MHD_queue_response(connection, 200, response);
	MHD_destroy_response(response);
	return result;
}

static void
clear(void)
{
	(void)rmdir(new);
	(void)snprintf(new, sizeof(new), "%s-files", database);
	(void)rmdir(new);
	(void)rmdir(dir);
}

static void
begin(void)
{
	if (daemon_ != NULL)
		return;
	(void)snprintf(dir, sizeof(dir), "/tmp/fuzz-XXXXXX");
	if (mkdtemp(dir) == NULL)
		abort();
	(void)snprintf(database, sizeof(database), "%s/db", dir);
	(void)snprintf(new, sizeof(new), "%s-files/new", database);
	(void)atexit(clear);
	daemon_ = MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET, 0,
	                           NULL, NULL, on_request, NULL,
	                           MHD_OPTION_CONNECTION_MEMORY_LIMIT,
	                           (size_t)(16 * 1024), MHD_OPTION_END);
	if (daemon_ == NULL)
		abort();
}

static void
run(void)
{
	for (int i = 0; i < ROUNDS && !over; i++)
		if (MHD_run(daemon_) != MHD_YES)
			abort();
}

static void
feed(int fd, const char *data, size_t n, size_t piece)
{
	for (size_t at = 0; at < n && !over; at += piece) {
		size_t some = n - at < piece ? n - at : piece;

		if (send(fd, data + at, some, MSG_NOSIGNAL) != (ssize_t)some)
			return;
		for (int i = 0; i < 3; i++)
			(void)MHD_run(daemon_);
	}
	run();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct upload_rules rules = {.database = database,
	                                   .text = 2000,
	                                   .file = 1000,
	                                   .may_begin = has_form};
	struct sockaddr_in from = {.sin_family = AF_INET};
	char head[200];
	int pair[2];

	if (size < 2)
		return 0;
	begin();
	a = arena_new();
	u = upload_new(a, &rules);
	over = false;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair) != 0)
		abort();
	(void)MHD_add_connection(daemon_, pair[0],
	                         (const struct sockaddr *)&from, sizeof(from));
	(void)snprintf(head, sizeof(head),
	               "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
	               "Content-Type: multipart/form-data; boundary=b\r\n"
	               "Content-Length: %zu\r\n\r\n",
	               size - 1);
	feed(pair[1], head, strlen(head), strlen(head));
	feed(pair[1], (const char *)data + 1, size - 1, 1 + data[0] * 4U);
	(void)close(pair[1]);
	for (int i = 0; i < ROUNDS / 8; i++)
		(void)MHD_run(daemon_);
	if (parts != NULL) { /* the connection ended without its answer */
		(void)MHD_destroy_post_processor(parts);
		parts = NULL;
	}
	upload_free(u);
	arena_free(a);
	if (rmdir(new) != 0 && errno != ENOENT) /* something was left */
		abort();
	return 0;
}
