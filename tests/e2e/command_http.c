/* Commands that speak HTTP to the site, over plain sockets: what is sent is
 * what the scene says, also what no browser would send. */
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "db/base/clock.h"
#include "db/base/secret.h"
#include "tests/e2e/command.h"
#include "tests/e2e/qr.h"
#include "tests/e2e/site.h"

enum { HELD_MAX = 20000, STEP_MS = 20 };

static int held[HELD_MAX], held_count;

static int
connected(const struct drive *d)
{
	struct sockaddr_in at = {.sin_family = AF_INET};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	at.sin_port = htons((uint16_t)d->site.http_port);
	if (fd >= 0 &&
	    connect(fd, (const struct sockaddr *)&at, sizeof(at)) == 0)
		return fd;
	if (fd >= 0)
		(void)close(fd);
	return -1;
}

/* What comes until the server closes; false: it does not. */
static bool
read_all(struct drive *d, int fd)
{
	int64_t deadline = now_ms() + d->deadline_ms;
	char part[4096];
	ssize_t n = 1;

	while (n > 0 && left_ms(deadline) > 0) {
		struct pollfd p = {.fd = fd, .events = POLLIN};

		(void)loop_step(&d->loop, 0);
		if (poll(&p, 1, STEP_MS) <= 0)
			continue;
		n = recv(fd, part, sizeof(part), 0);
		if (n > 0)
			buf_addn(&d->out, part, (size_t)n);
	}
	return n <= 0;
}

/* The cookies of a browser that has one site: the last of each value. */
static void
keep_cookie(struct drive *d)
{
	const char *at = strcasestr(d->out.data, "\nSet-Cookie: ");
	const char *value = at != NULL ? strchr(at, '=') : NULL;

	if (value == NULL)
		return;
	at += strlen("\nSet-Cookie: ");
	if (value[1] == ';')
		d->cookie[0] = '\0';
	else
		(void)snprintf(d->cookie, sizeof(d->cookie), "%.*s",
		               (int)strcspn(at, ";"), at);
}

static bool
converse(struct drive *d, const char *data, size_t n)
{
	int fd = site_start(d) ? connected(d) : -1;
	bool ok;

	if (fd < 0)
		return fail(d, "no connection to the HTTP port");
	buf_truncate(&d->out, 0);
	buf_truncate(&d->err, 0);
	while (n > 0) {
		ssize_t sent = send(fd, data, n, MSG_NOSIGNAL);

		if (sent <= 0) /* it has said enough and closed */
			break;
		data += sent;
		n -= (size_t)sent;
	}
	ok = read_all(d, fd);
	(void)close(fd);
	d->status = 0;
	(void)sscanf(d->out.data, "HTTP/1.%*d %d", &d->status);
	keep_cookie(d);
	return ok ||
	       fail(d, "the server does not end its answer:\n%s", d->out.data);
}

/* Of an address, as a code has it, the path; the host is this one. */
static const char *
path_of(const char *address)
{
	const char *at = strstr(address, "://");

	if (at == NULL)
		return address;
	at = strchr(at + 3, '/');
	return at != NULL ? at : "/";
}

bool
cmd_http(struct drive *d, const struct word *words, int count)
{
	const char *body = count > 3 ? words[3].text : NULL;
	struct buf b = BUF_INIT;
	bool ok;

	buf_addf(&b,
	         "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n"
	         "Connection: close\r\n%s",
	         words[1].text, path_of(words[2].text), d->http_head.data);
	if (d->cookie[0] != '\0')
		buf_addf(&b, "Cookie: %s\r\n", d->cookie);
	if (body != NULL)
		buf_addf(&b, "Content-Type: %s\r\nContent-Length: %zu\r\n",
		         body[0] == '{' ? "application/json"
		                        : "application/x-www-form-urlencoded",
		         strlen(body));
	buf_addf(&b, "\r\n%s", body != NULL ? body : "");
	ok = converse(d, b.data, b.len);
	buf_clear(&b);
	return ok;
}

bool
cmd_http_raw(struct drive *d, const struct word *words, int count)
{
	struct buf b = BUF_INIT;
	int times = count > 3 ? (int)strtol(words[3].text, NULL, 10) : 1;
	bool ok;

	buf_add(&b, words[1].text);
	for (int i = 0; count > 2 && i < times; i++)
		buf_add(&b, words[2].text);
	if (count > 4)
		buf_add(&b, words[4].text);
	ok = converse(d, b.data, b.len);
	buf_clear(&b);
	return ok;
}

bool
cmd_http_head(struct drive *d, const struct word *words, int count)
{
	if (count == 1)
		buf_truncate(&d->http_head, 0);
	else
		buf_addf(&d->http_head, "%s\r\n", words[1].text);
	return true;
}

bool
cmd_http_sign(struct drive *d, const struct word *words, int count)
{
	int64_t off = count > 2 ? strtol(words[2].text, NULL, 10) : 0;
	char sign[SECRET_CALLBACK], timestamp[32];

	(void)snprintf(timestamp, sizeof(timestamp), "%lld",
	               (long long)(clock_now().s + off) * 1000);
	secret_callback_sign(words[1].text, timestamp, sign);
	buf_truncate(&d->http_head, 0);
	buf_addf(&d->http_head, "timestamp: %s\r\nsign: %s\r\n", timestamp,
	         sign);
	return true;
}

bool
cmd_http_cookie(struct drive *d, const struct word *words, int count)
{
	(void)count;
	(void)snprintf(d->cookie, sizeof(d->cookie), "%s", words[1].text);
	return true;
}

bool
cmd_http_hold(struct drive *d, const struct word *words, int count)
{
	int n = (int)strtol(words[1].text, NULL, 10), fd;
	int times = count > 4 ? (int)strtol(words[4].text, NULL, 10) : 0;
	struct buf b = BUF_INIT;
	struct rlimit files;

	buf_add(&b, count > 2 ? words[2].text : "");
	for (int i = 0; i < times; i++)
		buf_add(&b, words[3].text);

	if (n == 0)
		while (held_count > 0)
			(void)close(held[--held_count]);
	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &files);
	}
	for (int i = 0; i < n && held_count < HELD_MAX; i++) {
		fd = connected(d);
		if (fd < 0)
			break;
		(void)send(fd, b.data, b.len, MSG_NOSIGNAL);
		held[held_count++] = fd;
	}
	buf_clear(&b);
	return held_count >= n || fail(d, "only %d connections", held_count);
}

/* A browser of a telephone, see tests/e2e/browser. */
bool
cmd_browser(struct drive *d, const struct word *words, int count)
{
	struct buf program = BUF_INIT;
	char *argv[SCENE_WORDS + 1];
	bool ok;

	buf_addf(&program, "%s/e2e/browser", d->tests);
	argv[0] = program.data;
	for (int i = 1; i < count; i++)
		argv[i] = words[i].text;
	argv[count] = NULL;
	ok = site_start(d) && site_run(d, argv);
	buf_clear(&program);
	return ok && (d->status == 0 ||
	              fail(d, "browser %s: %s", words[1].text, d->err.data));
}

/* The code in the picture that "browser shot" made. */
bool
cmd_browser_qr(struct drive *d, const struct word *words, int count)
{
	struct buf program = BUF_INIT, file = BUF_INIT, found = BUF_INIT;
	char shot[] = "shot", name[] = "qr";
	char *argv[] = {NULL, shot, name, NULL};
	bool ok;

	(void)count;
	buf_addf(&program, "%s/e2e/browser", d->tests);
	buf_addf(&file, "%s/qr.png", d->site.dir);
	argv[0] = program.data;
	ok = site_run(d, argv) && d->status == 0 &&
	     qr_read_file(file.data, &found);
	buf_truncate(&found, strcspn(found.data, "\n"));
	if (!ok)
		(void)fail(d, "the browser shows no code");
	else if (!word_in(&words[1], found.data))
		ok = fail(d, "the browser's code says %s", found.data);
	else
		ok = drive_set(d, "QR", found.data);
	buf_clear(&program);
	buf_clear(&file);
	buf_clear(&found);
	return ok;
}
