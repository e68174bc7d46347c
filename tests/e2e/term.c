/* Clients in ptys. */
#include "tests/e2e/term.h"

#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "db/base/arena.h"
#include "tests/e2e/proc.h"

struct term *
term_get(struct drive *d, const char *name)
{
	struct term *t;

	for (int i = 0; i < d->term_count; i++) {
		if (strcmp(d->terms[i]->name, name) == 0)
			return d->term = d->terms[i];
	}
	if (d->term_count == TERMS)
		return NULL;
	t = xcalloc(1, sizeof(*t));
	if (d->term != NULL) {
		*t = *d->term;
		t->vt = NULL;
		t->decode = t->encode = NULL;
		t->bytes = 0;
		t->bells = 0;
	}
	(void)snprintf(t->name, sizeof(t->name), "%s", name);
	t->fd = -1;
	t->pid = 0;
	t->status = -1;
	buf_init(&t->raw);
	buf_init(&t->page);
	d->terms[d->term_count++] = t;
	return d->term = t;
}

/* Feed the terminal; note what stands there when the server clears it. A
 * clear may come in pieces. */
static void
feed(struct term *t, const char *data, size_t n)
{
	static const char clear[] = "\033[2J";
	size_t from = 0;

	for (size_t i = 0; i < n; i++) {
		if (data[i] != clear[t->matched]) {
			t->matched = data[i] == clear[0];
			continue;
		}
		if (clear[++t->matched] != '\0')
			continue;
		t->matched = 0;
		t->clears++;
		vt_feed(t->vt, data + from, i - from);
		from = i;
		buf_truncate(&t->page, 0);
		vt_text(t->vt, &t->page);
	}
	vt_feed(t->vt, data + from, n - from);
}

static void
got(void *owner, const char *data, size_t n)
{
	struct term *t = owner;

	if (n == 0) {
		t->fd = -1;
		return;
	}
	if (t->decode != NULL) {
		struct buf text = BUF_INIT;

		t->torn |= !recode_add(t->decode, data, n, &text);
		feed(t, text.data, text.len);
		buf_clear(&text);
	} else {
		feed(t, data, n);
	}
	t->bytes += n;
	if (t->raw.len < KEPT_RAW)
		buf_addn(&t->raw, data, n);
}

static bool
set_encoding(struct drive *d, struct term *t)
{
	recode_free(t->decode);
	recode_free(t->encode);
	t->decode = t->encode = NULL;
	t->torn = false;
	if (t->encoding[0] == '\0')
		return true;
	t->decode = recode_new(t->encoding, "UTF-8");
	t->encode = recode_new("UTF-8", t->encoding);
	return (t->decode != NULL && t->encode != NULL) ||
	       fail(d, "no encoding %s", t->encoding);
}

bool
term_start(struct drive *d, struct term *t, char *const *argv,
           const char *const *env)
{
	struct winsize size = {.ws_row = (unsigned short)t->rows,
	                       .ws_col = (unsigned short)t->cols};
	struct proc p = {.argv = argv, .env = env, .dir = d->site.dir};

	term_kill(d, t);
	vt_free(t->vt);
	t->vt = vt_new(t->rows > 0 ? t->rows : 24, t->cols > 0 ? t->cols : 80);
	t->bells = 0;
	t->bytes = 0;
	t->matched = 0;
	t->status = -1;
	if (!set_encoding(d, t))
		return false;
	t->pid = forkpty(&t->fd, NULL, NULL, &size);
	if (t->pid < 0)
		return fail(d, "no pty");
	if (t->pid == 0)
		proc_become(&p);
	loop_add(&d->loop, t->fd, got, t);
	return true;
}

/* --- command lines of the clients ---------------------------------------- */

struct args {
	char *argv[48];
	int count;
};

static void
arg(struct args *a, const char *text)
{
	a->argv[a->count++] = xstrdup(text);
	a->argv[a->count] = NULL;
}

static void
args_split(struct args *a, const char *text)
{
	char *copy = xstrdup(text), *state = NULL;

	for (char *s = strtok_r(copy, " ", &state); s != NULL;
	     s = strtok_r(NULL, " ", &state))
		arg(a, s);
	free(copy);
}

static void
args_clear(struct args *a)
{
	for (int i = 0; i < a->count; i++)
		free(a->argv[i]);
	a->count = 0;
}

static const char openssh[] =
    "-F none -o StrictHostKeyChecking=accept-new -o LogLevel=ERROR "
    "-o UserKnownHostsFile=known_hosts -o GlobalKnownHostsFile=none "
    "-o SendEnv=LANG -o NumberOfPasswordPrompts=1 -o IdentityAgent=none "
    "-o IdentitiesOnly=yes -o EscapeChar=none -o ControlPath=none "
    "-o ConnectTimeout=20";

static void
ssh_args(struct args *a, const struct drive *d, const struct term *t)
{
	char port[16];

	/* of an option given twice ssh takes the first: the scene's wins */
	arg(a, "ssh");
	args_split(a, t->options);
	args_split(a, openssh);
	if (t->key[0] != '\0') {
		args_split(a, "-o PreferredAuthentications=publickey -i");
		arg(a, t->key);
	} else {
		args_split(a, "-o PubkeyAuthentication=no -o "
		              "PreferredAuthentications="
		              "password,keyboard-interactive");
	}
	(void)snprintf(port, sizeof(port), "%d", d->site.port);
	arg(a, "-p");
	arg(a, port);
}

/* plink wants the fingerprint of the host key, else it asks. */
static bool
host_key(struct drive *d, char *out, size_t size)
{
	struct proc p = {.dir = d->site.dir, .in = -1};
	struct buf shown = BUF_INIT, err = BUF_INIT;
	char *argv[] = {(char[]){"sh"}, (char[]){"-c"}, NULL, NULL};
	struct buf script = BUF_INIT;
	int status = -1;
	bool ok;

	buf_addf(&script,
	         "ssh-keyscan -t ed25519 -p %d 127.0.0.1 2>/dev/null |"
	         " ssh-keygen -lf - | cut -d' ' -f2",
	         d->site.port);
	argv[2] = script.data;
	p.argv = argv;
	ok = proc_run(&d->loop, &p, &shown, &err, now_ms() + 10000, &status);
	shown.data[strcspn(shown.data, "\n")] = '\0';
	ok = ok && strncmp(shown.data, "SHA256:", 7) == 0;
	(void)snprintf(out, size, "%s", shown.data);
	buf_clear(&shown);
	buf_clear(&err);
	buf_clear(&script);
	return ok || fail(d, "no host key to be seen at port %d", d->site.port);
}

/* The client up to its user; pty: "-t", or "-T" without a terminal. */
static bool
client_args(struct drive *d, const struct term *t, struct args *a,
            const char *user, const char *password, const char *pty)
{
	char key[128], port[16];
	struct buf who = BUF_INIT;
	bool ok = true;

	buf_addf(&who, "%s@127.0.0.1", user);
	(void)snprintf(port, sizeof(port), "%d", d->site.port);
	if (strcmp(t->client, "plink") == 0) {
		ok = host_key(d, key, sizeof(key));
		args_split(a, "plink -ssh -no-antispoof -no-trivial-auth "
		              "-hostkey");
		arg(a, key);
		args_split(a, "-pw");
		arg(a, password);
		args_split(a, t->options);
		arg(a, "-P");
		arg(a, port);
	} else if (strcmp(t->client, "dbclient") == 0) {
		args_split(a, "dbclient -y -y");
		args_split(a, t->options);
		arg(a, "-p");
		arg(a, port);
	} else {
		ssh_args(a, d, t);
	}
	arg(a, pty);
	arg(a, who.data);
	buf_clear(&who);
	return ok;
}

/* ssh asks the driver itself for the password: see main in drive.c. */
struct client_env {
	struct buf text[6];
	const char *env[12];
};

static void
env_fill(struct client_env *e, const struct drive *d, const struct term *t,
         const char *password)
{
	char self[4096] = "";
	int n = 0;

	if (readlink("/proc/self/exe", self, sizeof(self) - 1) < 0)
		self[0] = '\0';
	for (size_t i = 0; i < COUNT(e->text); i++)
		buf_init(&e->text[i]);
	buf_addf(&e->text[n++], "TERM=%s", t->type);
	buf_addf(&e->text[n++], "SSH_ASKPASS=%s", self);
	buf_addf(&e->text[n++], "DRIVE_ASKPASS=%s", password);
	buf_addf(&e->text[n++], "DROPBEAR_PASSWORD=%s", password);
	buf_addf(&e->text[n++], "HOME=%s", d->site.dir);
	buf_addf(&e->text[n++], "LANG%s%s", t->lang[0] != '\0' ? "=" : "",
	         t->lang);
	for (int i = 0; i < n; i++)
		e->env[i] = e->text[i].data;
	e->env[n++] = "SSH_ASKPASS_REQUIRE=force";
	e->env[n++] = "SSH_AUTH_SOCK";
	e->env[n++] = "LC_ALL";
	e->env[n++] = "LANGUAGE";
	e->env[n++] = "LC_CTYPE=C.UTF-8"; /* it prints banners by that */
	e->env[n] = NULL;
}

static void
env_clear(struct client_env *e)
{
	for (size_t i = 0; i < COUNT(e->text); i++)
		buf_clear(&e->text[i]);
}

bool
term_login(struct drive *d, struct term *t, const char *user,
           const char *password)
{
	struct args a = {.count = 0};
	struct client_env e;
	bool ok = client_args(d, t, &a, user, password, "-t");

	env_fill(&e, d, t, password);
	ok = ok && term_start(d, t, a.argv, e.env);
	env_clear(&e);
	args_clear(&a);
	return ok;
}

bool
term_exec(struct drive *d, const char *user, const char *password,
          const char *command, int in)
{
	struct args a = {.count = 0};
	struct proc p = {.dir = d->site.dir, .in = in};
	struct client_env e;
	bool ok = client_args(d, d->term, &a, user, password, "-T");

	if (command[0] != '\0')
		arg(&a, command);
	env_fill(&e, d, d->term, password);
	p.argv = a.argv;
	p.env = e.env;
	buf_truncate(&d->out, 0);
	buf_truncate(&d->err, 0);
	if (ok && !proc_run(&d->loop, &p, &d->out, &d->err,
	                    now_ms() + 4LL * d->deadline_ms, &d->status))
		ok = fail(d, "no end of: %s", command);
	env_clear(&e);
	args_clear(&a);
	return ok;
}

/* --- using them ---------------------------------------------------------- */

bool
term_ready(struct drive *d)
{
	if (d->term == NULL || d->term->vt == NULL)
		return fail(d, "nothing runs in this terminal yet");
	return true;
}

bool
term_send(struct drive *d, const char *data, size_t n)
{
	struct term *t = d->term;
	int64_t deadline = now_ms() + 4LL * d->deadline_ms;

	if (!term_ready(d))
		return false;
	if (t->fd < 0)
		return fail(d, "the client has ended");
	if (t->encode != NULL) {
		struct buf keys = BUF_INIT;
		bool good = recode_add(t->encode, data, n, &keys);

		loop_send(&d->loop, t->fd, keys.data, keys.len);
		buf_clear(&keys);
		if (!good)
			return fail(d, "%s has no such character", t->encoding);
	} else {
		loop_send(&d->loop, t->fd, data, n);
	}
	while (loop_pending(&d->loop, t->fd)) {
		if (left_ms(deadline) == 0)
			return fail(d, "the client takes no more input");
		(void)loop_step(&d->loop, left_ms(deadline));
	}
	return true;
}

/* Until the screen has been cleared count times, or the end. */
static bool
cleared(struct drive *d, int count)
{
	int64_t deadline = now_ms() + d->deadline_ms;

	while (d->term->clears < count && d->term->fd >= 0) {
		if (left_ms(deadline) == 0)
			return fail(d, "Ctrl-L does not redraw");
		(void)loop_step(&d->loop, left_ms(deadline));
	}
	return true;
}

bool
term_answer(struct drive *d, const char *data, size_t n)
{
	static const char redraw = 'L' & 0x1F;
	int count = term_ready(d) ? d->term->clears : 0;
	struct buf keys = BUF_INIT;
	bool ok;

	buf_addn(&keys, data, n);
	buf_addc(&keys, redraw);
	ok = term_send(d, keys.data, keys.len) && cleared(d, count + 1) &&
	     (d->term->fd < 0 || term_send(d, &redraw, 1)) &&
	     cleared(d, count + 2);
	buf_clear(&keys);
	return ok;
}

void
term_drain(struct drive *d, int quiet_ms)
{
	int64_t deadline = now_ms() + 1000;

	while (left_ms(deadline) > 0 && loop_step(&d->loop, quiet_ms))
		continue;
}

void
term_resize(struct term *t, int rows, int cols)
{
	struct winsize size = {.ws_row = (unsigned short)rows,
	                       .ws_col = (unsigned short)cols};

	t->rows = rows;
	t->cols = cols;
	if (t->vt != NULL && rows > 0 && cols > 0)
		vt_resize(t->vt, rows, cols);
	if (t->fd >= 0)
		(void)ioctl(t->fd, TIOCSWINSZ, &size);
}

void
term_kill(struct drive *d, struct term *t)
{
	if (t->pid > 0 && t->status < 0) {
		(void)kill(t->pid, SIGKILL);
		(void)proc_wait(&d->loop, t->pid, now_ms() + 5000, &t->status);
	}
	t->pid = 0;
	if (t->fd >= 0)
		loop_remove(&d->loop, t->fd);
	t->fd = -1;
}

void
term_free(struct drive *d, struct term *t)
{
	term_kill(d, t);
	vt_free(t->vt);
	recode_free(t->decode);
	recode_free(t->encode);
	buf_clear(&t->raw);
	buf_clear(&t->page);
	free(t);
}
