/* The table of commands, how a line becomes words, and the streams. */
#include "server/session/exec.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#include "db/base/i18n.h"
#include "db/base/text.h"

enum { WORDS_MAX = 32, PATIENCE_MS = 60000, COMMAND_CHARS = 2000 };

struct command {
	const char *name;
	int (*run)(struct exec *x);
	const char *usage;
	enum perm perm;
	bool reads; /* and changes nothing: a key may be enrolled for it */
	const char *text;
};

static const struct command commands[] = {
#define EXEC(name, function, usage, perm, reads, text)                         \
	{name, function, usage, perm, reads, text},
#include "server/lib/exec.def"
#undef EXEC
};

void
exec_say(struct exec *x, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	x->host->say(x->host->data, arena_vprintf(x->a, fmt, args));
	va_end(args);
}

void
exec_json(struct exec *x, struct json *root)
{
	const char *line = json_print(root, x->a);

	/* in front, so that a reader sees it first: {"version":1,... */
	buf_add(&x->out, "{\"version\":1");
	if (line[1] != '}')
		buf_addc(&x->out, ',');
	buf_add(&x->out, line + 1);
	buf_addc(&x->out, '\n');
	json_free(root);
}

static int
wait_for(int fd, short events)
{
	struct pollfd p = {.fd = fd, .events = events};

	return poll(&p, 1, PATIENCE_MS) > 0 ? OK : ERR_CLOSED;
}

/* Put CR before each LF. */
static void
to_crlf(struct buf *out)
{
	struct buf from = *out;

	buf_init(out);
	for (size_t i = 0; i < from.len; i++) {
		if (from.data[i] == '\n' &&
		    (i == 0 || from.data[i - 1] != '\r'))
			buf_addc(out, '\r');
		buf_addc(out, from.data[i]);
	}
	buf_clear(&from);
}

void
exec_bytes(struct exec *x)
{
	x->bytes = true;
	(void)x->host->set_encoding(x->host->data, "utf-8");
}

int
exec_flush(struct exec *x)
{
	int err = OK;

	if (x->host->crlf && !x->bytes)
		to_crlf(&x->out);
	while (x->out.len > 0 && err == OK) {
		ssize_t n = send(x->host->fd, x->out.data, x->out.len,
		                 MSG_NOSIGNAL | MSG_DONTWAIT);

		if (n >= 0)
			buf_drop(&x->out, (size_t)n);
		else if (errno == EAGAIN)
			err = wait_for(x->host->fd, POLLOUT);
		else if (errno != EINTR)
			err = ERR_CLOSED;
	}
	return err;
}

/* At the end of input: the client said so and waits for what comes back, or
 * the link has gone and what came may be the half. */
static bool
is_link_up(const struct exec *x)
{
	struct pollfd p = {.fd = x->host->fd};

	return poll(&p, 1, 0) >= 0 && (p.revents & (POLLHUP | POLLERR)) == 0;
}

int
exec_read(struct exec *x, struct buf *out, size_t max)
{
	char bytes[4096];

	for (;;) {
		ssize_t n =
		    recv(x->host->fd, bytes, sizeof(bytes), MSG_DONTWAIT);

		if (n == 0)
			return is_link_up(x) ? OK : ERR_CLOSED;
		if (n > 0 && (size_t)n > max - out->len)
			return ERR_TOO_LONG;
		if (n > 0)
			buf_addn(out, bytes, (size_t)n);
		else if ((errno != EAGAIN && errno != EINTR) ||
		         wait_for(x->host->fd, POLLIN) != OK)
			return ERR_CLOSED;
	}
}

/* Cut *at into its next word: blanks part words, quotes of either kind keep
 * them together. NULL: no more, or *open: a quote is not closed. */
static const char *
next_word(struct arena *a, const char **at, bool *open)
{
	const char *s = *at + strspn(*at, " \t");
	struct buf word = BUF_INIT;
	const char *kept;
	char quote = '\0';

	if (*s == '\0')
		return NULL;
	for (; *s != '\0' && (quote != '\0' || strchr(" \t", *s) == NULL);
	     s++) {
		if (quote == '\0' && (*s == '\'' || *s == '"'))
			quote = *s;
		else if (quote != '\0' && *s == quote)
			quote = '\0';
		else
			buf_addc(&word, *s);
	}
	*at = s;
	*open = quote != '\0';
	kept = arena_strdup(a, word.data);
	buf_clear(&word);
	return *open ? NULL : kept;
}

/* Words of line without --json. Errors: ERR_USAGE, said already. */
static int
split(struct exec *x, const char *line)
{
	const char **words = arena_alloc(x->a, sizeof(*words) * WORDS_MAX);
	const char *word;
	bool open = false;

	x->words = words;
	while ((word = next_word(x->a, &line, &open)) != NULL) {
		if (strcmp(word, "--json") == 0) {
			x->json = true;
			continue;
		}
		if (x->count >= WORDS_MAX) {
			exec_say(x, "%s", _("These are too many words."));
			return ERR_USAGE;
		}
		words[x->count++] = word;
	}
	if (!open && x->count > 0)
		return OK;
	exec_say(x, "%s",
	         open ? _("A quotation mark is not closed.")
	              : _("Which command? See: help"));
	return ERR_USAGE;
}

static const struct command *
find(const char *name)
{
	for (size_t i = 0; i < COUNT(commands); i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

/* Also a list that was written otherwise lets nothing through that writes. */
static bool
is_allowed(const struct exec *x, const struct command *command)
{
	size_t n = strlen(command->name);
	const char *at = x->host->only;

	if (at == NULL || *at == '\0')
		return true;
	for (; command->reads && *at != '\0'; at += strspn(at, ",")) {
		size_t len = strcspn(at, ",");

		if (len == n && memcmp(at, command->name, n) == 0)
			return true;
		at += len;
	}
	return false;
}

/* What to type for it: its name and its words. */
static const char *
typed(struct exec *x, const struct command *command)
{
	return arena_printf(x->a, "%s%s%s", command->name,
	                    command->usage[0] != '\0' ? " " : "",
	                    command->usage);
}

static int
run(struct exec *x, const char *line)
{
	const struct command *command;
	const char *clean;
	int err = text_clean(x->a, line, strlen(line), TEXT_LINE, COMMAND_CHARS,
	                     &clean);

	if (err == OK)
		err = split(x, clean);
	if (err != OK)
		return err;
	if (x->json)
		(void)x->host->set_encoding(x->host->data, "utf-8");
	command = find(x->words[0]);
	if (command == NULL) {
		exec_say(x, _("There is no such command: %s. See: help"),
		         x->words[0]);
		return ERR_USAGE;
	}
	x->words++;
	x->count--;
	if (!is_allowed(x, command)) {
		exec_say(x,
		         _("This key was enrolled for these commands only: "
		           "%s"),
		         x->host->only);
		return ERR_DENIED;
	}
	if (!may(x->c, command->perm))
		return ERR_DENIED;
	err = command->run(x);
	if (err == ERR_USAGE)
		exec_say(x, _("Usage: %s"), typed(x, command));
	return err;
}

int
exec_run(struct ctx *c, const struct exec_host *host, const char *command)
{
	struct exec x = {.c = c, .host = host, .a = arena_new()};
	int err, flushed;

	buf_init(&x.out);
	err = run(&x, command);
	if (err != OK && err != ERR_USAGE && !x.said)
		exec_say(&x, "%s", _(err_msgid(err)));
	flushed = exec_flush(&x);
	if (err == OK)
		err = flushed;
	buf_clear(&x.out);
	arena_free(x.a);
	return err_exit_code(err);
}

/* The session takes it before commands are looked up (session.c); who comes
 * here has typed more than the word. */
int
exec_plain(struct exec *x)
{
	(void)x;
	return ERR_USAGE;
}

static void
help_json(struct exec *x)
{
	struct json *root = json_new_object(), *list = json_new_array();

	for (size_t i = 0; i < COUNT(commands); i++) {
		struct json *j;

		if (!may(x->c, commands[i].perm) ||
		    !is_allowed(x, &commands[i]))
			continue;
		j = json_new_object();
		json_set_text(j, "name", commands[i].name);
		json_set_text(j, "usage", commands[i].usage);
		json_set_text(j, "text", _(commands[i].text));
		json_add(list, j);
	}
	json_set(root, "commands", list);
	exec_json(x, root);
}

int
exec_help(struct exec *x)
{
	if (x->count > 0)
		return ERR_USAGE;
	if (x->json) {
		help_json(x);
		return OK;
	}
	for (size_t i = 0; i < COUNT(commands); i++) {
		const struct command *command = &commands[i];

		if (!may(x->c, command->perm) || !is_allowed(x, command))
			continue;
		buf_addf(&x->out, "%s  %s\n",
		         text_pad(x->a, typed(x, command), 32, false),
		         _(command->text));
	}
	return OK;
}
