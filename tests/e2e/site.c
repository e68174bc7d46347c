/* Sites of scenes. */
#include "tests/e2e/site.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/e2e/proc.h"

/* --- liaison.ini --------------------------------------------------------- */

/* Lines "section.key = value" of d->site.extra for this section; or, with a
 * key, whether there is one that replaces it. */
static bool
add_extra(const struct drive *d, const char *section, const char *key,
          struct buf *out)
{
	const char *at = d->site.extra.data;
	size_t n = strlen(section);
	bool found = false;

	for (; *at != '\0'; at = strchr(at, '\n') + 1) {
		size_t len = strcspn(at, "\n");

		if (strncmp(at, section, n) != 0 || at[n] != '.')
			continue;
		if (key == NULL) {
			buf_addn(out, at + n + 1, len - n);
			continue;
		}
		if (strncmp(at + n + 1, key, strlen(key)) == 0 &&
		    at[n + 1 + strlen(key)] == ' ')
			found = true;
	}
	return found;
}

static void
add_filled(const struct drive *d, const char *line, struct buf *out)
{
	const char *at;

	while ((at = strchr(line, '@')) != NULL) {
		buf_addn(out, line, (size_t)(at - line));
		if (strncmp(at, "@DIR@", 5) == 0) {
			buf_add(out, d->site.dir);
			line = at + 5;
		} else if (strncmp(at, "@PORT@", 6) == 0) {
			buf_addf(out, "%d", d->site.port);
			line = at + 6;
		} else if (strncmp(at, "@HTTP@", 6) == 0) {
			buf_addf(out, "%d", d->site.http_port);
			line = at + 6;
		} else {
			buf_addc(out, '@');
			line = at + 1;
		}
	}
	buf_add(out, line);
}

/* Sections of the scene's own lines that the template does not have. */
static void
add_rest(const struct drive *d, struct buf *out)
{
	const char *at = d->site.extra.data;

	for (; *at != '\0'; at = strchr(at, '\n') + 1) {
		int n = (int)strcspn(at, ".");
		struct buf head = BUF_INIT, section = BUF_INIT;

		buf_addf(&head, "[%.*s]\n", n, at);
		buf_addf(&section, "%.*s", n, at);
		if (strstr(out->data, head.data) == NULL) {
			buf_addf(out, "\n%s", head.data);
			(void)add_extra(d, section.data, NULL, out);
		}
		buf_clear(&head);
		buf_clear(&section);
	}
}

static bool
write_ini(struct drive *d)
{
	struct buf path = BUF_INIT, text = BUF_INIT, filled = BUF_INIT;
	char line[512], section[64] = "", key[64];
	FILE *in, *out;
	bool ok = false;

	buf_addf(&path, "%s/e2e/site.ini", d->tests);
	in = fopen(path.data, "re");
	while (in != NULL && fgets(line, sizeof(line), in) != NULL) {
		bool head = sscanf(line, "[%63[^]]", section) == 1;

		if (!head && sscanf(line, "%63[a-z_0-9]", key) == 1 &&
		    add_extra(d, section, key, NULL))
			continue;
		buf_add(&text, line);
		if (head)
			(void)add_extra(d, section, NULL, &text);
	}
	if (in != NULL)
		(void)fclose(in);
	add_rest(d, &text);
	add_filled(d, text.data, &filled);
	buf_truncate(&path, 0);
	buf_addf(&path, "%s/liaison.ini", d->site.dir);
	out = in != NULL ? fopen(path.data, "we") : NULL;
	if (out != NULL) {
		ok = fputs(filled.data, out) >= 0;
		ok = fclose(out) == 0 && ok;
	}
	buf_clear(&path);
	buf_clear(&text);
	buf_clear(&filled);
	return ok || fail(d, "cannot write liaison.ini");
}

/* --- commands ------------------------------------------------------------ */

bool
site_run(struct drive *d, char *const *argv)
{
	struct proc p = {.argv = argv, .dir = d->site.dir, .in = -1};

	buf_truncate(&d->out, 0);
	buf_truncate(&d->err, 0);
	d->status = -1;
	if (!proc_run(&d->loop, &p, &d->out, &d->err,
	              now_ms() + 6LL * d->deadline_ms, &d->status))
		return fail(d, "no end of %s", argv[0]);
	return true;
}

bool
site_ctl(struct drive *d, const struct word *words, int count)
{
	struct buf program = BUF_INIT, ini = BUF_INIT;
	char *argv[SCENE_WORDS + 4];
	int n = 0;
	bool ok;

	buf_addf(&program, "%s/liaisonctl", d->build);
	buf_addf(&ini, "%s/liaison.ini", d->site.dir);
	argv[n++] = program.data;
	argv[n++] = (char[]){"-c"};
	argv[n++] = ini.data;
	for (int i = 0; i < count; i++)
		argv[n++] = words[i].text;
	argv[n] = NULL;
	ok = site_run(d, argv);
	buf_clear(&program);
	buf_clear(&ini);
	return ok;
}

static bool
ctl_line(struct drive *d, const char *line)
{
	struct word words[SCENE_WORDS];
	int n = words_split(words, line, NULL, NULL, &d->why);
	bool ok = n > 0 && site_ctl(d, words, n);

	words_clear(words, n);
	if (ok && d->status != 0)
		return fail(d, "liaisonctl %s ended with %d\n%s%s", line,
		            d->status, d->out.data, d->err.data);
	return ok;
}

bool
site_make_fixture(struct drive *d, const char *dir)
{
	struct buf demo = BUF_INIT;
	const char *scale = getenv("DRIVE_SCALE");
	bool ok;

	(void)snprintf(d->site.dir, sizeof(d->site.dir), "%s", dir);
	d->deadline_ms = 100000;
	buf_addf(&demo, "demo --scale %s --seed 1 --today 2026-03-29",
	         scale != NULL ? scale : "1/40");
	ok = write_ini(d) && ctl_line(d, "init") && ctl_line(d, demo.data);
	buf_clear(&demo);
	return ok;
}

bool
site_make(struct drive *d)
{
	struct buf from = BUF_INIT;
	char *argv[] = {
	    (char[]){"cp"}, (char[]){"-a"}, (char[]){"--reflink=auto"},
	    NULL,           NULL,           NULL};
	bool ok = true;

	if (d->site.made)
		return write_ini(d);
	if (d->fixture != NULL) {
		buf_addf(&from, "%s/.", d->fixture);
		argv[3] = from.data;
		argv[4] = d->site.dir;
		ok = site_run(d, argv);
		if (ok && d->status != 0)
			ok =
			    fail(d, "cannot copy the fixture: %s", d->err.data);
	}
	d->site.made = ok;
	buf_clear(&from);
	return ok && write_ini(d);
}

/* --- the server ---------------------------------------------------------- */

static struct sockaddr_in
loopback(int port)
{
	struct sockaddr_in a = {.sin_family = AF_INET};

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	a.sin_port = htons((uint16_t)port);
	return a;
}

/*
 * Below the ports that the system gives to those who connect: one of those
 * may be taken while a server that had it is started again. Drivers that run
 * beside each other begin at different places.
 */
static int
free_port(void)
{
	enum { FIRST = 10000, PORTS = 20000, STEP = 37 };
	static int last;

	if (last == 0)
		last = getpid() * STEP % PORTS;
	for (int try = 0; try < PORTS; try++) {
		struct sockaddr_in a;
		int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
		bool ok;

		last = (last + 1) % PORTS;
		a = loopback(FIRST + last);
		ok = bind(fd, (struct sockaddr *)&a, sizeof(a)) == 0;
		(void)close(fd);
		if (ok)
			return FIRST + last;
	}
	return 0;
}

static bool
answers(int port)
{
	struct sockaddr_in a = loopback(port);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool ok = connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0;

	(void)close(fd);
	return ok;
}

static void
log_got(void *owner, const char *data, size_t n)
{
	struct site *s = owner;

	if (n > 0)
		buf_addn(&s->log, data, n);
}

static bool
launch(struct drive *d)
{
	struct buf program = BUF_INIT, ini = BUF_INIT;
	char *argv[] = {NULL, (char[]){"-c"}, NULL, NULL};
	struct proc p = {.argv = argv, .dir = d->site.dir, .in = -1};
	int to_log[2];

	if (pipe2(to_log, O_CLOEXEC) != 0)
		return fail(d, "no pipe");
	if (d->site.programs[0] != '\0')
		buf_addf(&program, "%s/%s/liaisond", d->site.dir,
		         d->site.programs);
	else
		buf_addf(&program, "%s/liaisond", d->build);
	buf_addf(&ini, "%s/liaison.ini", d->site.dir);
	argv[0] = program.data;
	argv[2] = ini.data;
	p.out = p.err = to_log[1];
	d->site.pid = proc_start(&p);
	(void)close(to_log[1]);
	loop_add(&d->loop, to_log[0], log_got, &d->site);
	buf_clear(&program);
	buf_clear(&ini);
	return true;
}

static bool
set_ports(struct drive *d)
{
	char text[16], http[16];

	(void)snprintf(text, sizeof(text), "%d", d->site.port);
	(void)snprintf(http, sizeof(http), "%d", d->site.http_port);
	return drive_set(d, "PORT", text) && drive_set(d, "HTTP_PORT", http);
}

/* The port was free a moment ago; when somebody took it, try another. */
bool
site_start(struct drive *d)
{
	int status = 0;

	if (d->site.pid > 0)
		return true;
	for (int try = 0; try < 3; try++) {
		int64_t deadline = now_ms() + 4LL * d->deadline_ms;

		if (d->site.port == 0 || try > 0) {
			d->site.port = free_port();
			d->site.http_port = free_port();
		}
		if (!set_ports(d))
			return false;
		/* What a killed server left behind may still hold the port. */
		while (answers(d->site.port) && left_ms(deadline) > 0)
			(void)loop_step(&d->loop, 20);
		if (!site_make(d) || !launch(d))
			return false;
		while (left_ms(deadline) > 0) {
			if (answers(d->site.port))
				return true;
			(void)loop_step(&d->loop, 20);
			if (proc_wait(&d->loop, d->site.pid, 0, &status))
				break;
		}
		if (left_ms(deadline) == 0)
			site_stop(d);
		d->site.pid = 0;
	}
	return fail(d, "liaisond did not start (status %d):\n%s", status,
	            d->site.log.data);
}

void
site_stop(struct drive *d)
{
	proc_end(&d->loop, d->site.pid, 5000 * d->patience);
	d->site.pid = 0;
}

/* --- a world of its own -------------------------------------------------- */

static bool
write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	size_t n = strlen(text);
	bool ok = fd >= 0 && write(fd, text, n) == (ssize_t)n;

	if (fd >= 0)
		(void)close(fd);
	return ok;
}

/* An ordinary user may do so in a user namespace, as the same user. */
bool
site_own_world(void)
{
	struct buf map = BUF_INIT;
	uid_t uid = geteuid();
	gid_t gid = getegid();
	bool ok;

	if (uid == 0)
		return unshare(CLONE_NEWNS) == 0;
	if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
		return false;
	buf_addf(&map, "%u %u 1", uid, uid);
	ok = write_text("/proc/self/setgroups", "deny") &&
	     write_text("/proc/self/uid_map", map.data);
	buf_truncate(&map, 0);
	buf_addf(&map, "%u %u 1", gid, gid);
	ok = ok && write_text("/proc/self/gid_map", map.data);
	buf_clear(&map);
	return ok;
}
