/* The one session channel: what the client asks for, and the bytes between
 * it and the session. Neither side is read faster than the other writes. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#include "db/base/clock.h"
#include "server/net/net.h"

enum { LANGUAGE_VAR, LC_ALL_VAR, LC_MESSAGES_VAR, LC_CTYPE_VAR, LANG_VAR };

static const char *const variables[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES",
                                        "LC_CTYPE", "LANG"};

/* The first that is set decides, as POSIX has it. */
static const int says_language[] = {LANGUAGE_VAR, LC_ALL_VAR, LC_MESSAGES_VAR,
                                    LANG_VAR};
static const int says_encoding[] = {LC_ALL_VAR, LC_CTYPE_VAR, LANG_VAR};

enum {
	CHUNK = 16384,
	TYPED = sizeof(((struct link *)0)->kept) / CONVERT_GROWTH -
	        CONVERT_HELD, /* of input, so that kept takes it converted */
	STATUS_MS = 1000,     /* the exit status follows the last byte */
	/* The client answers our close when it has written out all it was
	 * sent, over 9600 baud or into a pager. */
	CLOSE_MS = 120000,
	LEAVE_MS = 15000 /* and leaves, from a busy machine too */
};

static void
set_deadline(struct link *k, int ms)
{
	k->deadline_ms = clock_monotonic_ms() + ms;
}

int
channel_wait_ms(const struct link *k)
{
	int64_t left;

	if (k->deadline_ms == 0)
		return -1;
	left = k->deadline_ms - clock_monotonic_ms();
	return left > 0 ? (int)left + 1 : 0;
}

void
channel_say(struct link *k, const char *text)
{
	char converted[CONVERT_ROOM(IPC_SAY_MAX)];
	struct convert v = {.held_len = 0};
	size_t n = strlen(text);

	if (k->channel == NULL || n > IPC_SAY_MAX)
		return;
	convert_use(&v, k->converters, k->encoding, true);
	n = convert(&v, text, n, converted);
	(void)ssh_channel_write_stderr(k->channel, converted, (uint32_t)n);
	(void)ssh_channel_write_stderr(k->channel, "\r\n", 2);
}

/* What goes into a command may be a file in whatever encoding: the command
 * itself finds out. */
void
channel_encoding(struct link *k, enum encoding encoding)
{
	k->encoding = encoding;
	convert_use(&k->out, k->converters, encoding, true);
	convert_use(&k->in, k->converters,
	            k->is_command ? ENCODING_UTF8 : encoding, false);
}

/* End the channel with a sentence instead of a session. */
static void
end_with(struct link *k, const char *text, int status)
{
	channel_say(k, text);
	k->status = status;
	k->has_status = true;
	k->stream_eof = true;
}

/* The first of n variables that is set. */
static const char *
locale(const struct client *c, const int *order, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (c->lang[order[i]][0] != '\0')
			return c->lang[order[i]];
	return "";
}

/* A command's words as UTF-8, into out (CONVERT_ROOM of its bytes). */
static const char *
words(const struct link *k, const char *command, char *out)
{
	struct convert v = {.held_len = 0};

	convert_use(&v, k->converters, k->encoding, false);
	out[convert(&v, command, strlen(command), out)] = '\0';
	return strlen(out) <= IPC_COMMAND_MAX ? out : "";
}

static void
start(struct link *k, bool is_command, const char *command)
{
	const struct client *c = &k->client;
	char converted[CONVERT_ROOM(IPC_COMMAND_MAX)];
	struct ipc_msg m;
	size_t english;
	char *text;

	k->started = true;
	k->is_command = is_command;
	channel_encoding(k, encoding_of_locale(locale(c, says_encoding,
	                                              COUNT(says_encoding))));
	ipc_begin(&m, IPC_START);
	ipc_put_int(&m, c->has_pty);
	ipc_put_text(&m, c->term);
	ipc_put_int(&m, c->columns);
	ipc_put_int(&m, c->rows);
	ipc_put_text(&m, locale(c, says_language, COUNT(says_language)));
	ipc_put_int(&m, k->encoding);
	ipc_put_int(&m, c->no_color);
	ipc_put_int(&m, is_command);
	ipc_put_text(&m, words(k, command, converted));
	if (ipc_send(k->wire, &m) == OK &&
	    link_receive(k, IPC_STARTED, NULL) == OK) {
		(void)alarm(0);
		return;
	}
	if (!k->refused)
		link_refuse(k, END_FAILED);
	text = refuse_text(k, &english);
	end_with(k, text, EX_TEMPFAIL);
	free(text);
	k->refused = false; /* it has been said */
}

static int
on_pty(ssh_session session, ssh_channel channel, const char *term, int columns,
       int rows, int px_width, int px_height, void *data)
{
	struct link *k = data;

	(void)session;
	(void)channel;
	(void)px_width;
	(void)px_height;
	if (k->started)
		return 1;
	k->client.has_pty = true;
	if (strlen(term) <= IPC_TERM_MAX)
		(void)snprintf(k->client.term, sizeof(k->client.term), "%s",
		               term);
	k->client.columns = columns > 0 ? columns : 0;
	k->client.rows = rows > 0 ? rows : 0;
	return 0;
}

static int
on_window(ssh_session session, ssh_channel channel, int columns, int rows,
          int px_width, int px_height, void *data)
{
	struct link *k = data;
	struct ipc_msg m;

	(void)session;
	(void)channel;
	(void)px_width;
	(void)px_height;
	if (!k->started || k->wire < 0)
		return 0;
	ipc_begin(&m, IPC_WINDOW);
	ipc_put_int(&m, columns > 0 ? columns : 0);
	ipc_put_int(&m, rows > 0 ? rows : 0);
	/* when it cannot be sent, the next one tells the size again */
	return ipc_send(k->wire, &m) == OK ? 0 : 1;
}

static int
on_env(ssh_session session, ssh_channel channel, const char *name,
       const char *value, void *data)
{
	struct link *k = data;

	(void)session;
	(void)channel;
	if (k->started || strlen(value) > IPC_LANGUAGE_MAX)
		return 1;
	if (strcmp(name, "NO_COLOR") == 0) {
		k->client.no_color = value[0] != '\0';
		return 0;
	}
	for (size_t i = 0; i < COUNT(variables); i++)
		if (strcmp(name, variables[i]) == 0) {
			(void)snprintf(k->client.lang[i],
			               sizeof(k->client.lang[i]), "%s", value);
			return 0;
		}
	return 1;
}

static int
on_shell(ssh_session session, ssh_channel channel, void *data)
{
	struct link *k = data;

	(void)session;
	(void)channel;
	if (k->started)
		return 1;
	if (k->client.has_pty) {
		start(k, false, "");
		return 0;
	}
	k->started = true;
	end_with(k,
	         "这里需要终端：请用 ssh -t。"
	         " This needs a terminal: please use ssh -t.",
	         EX_USAGE);
	return 0;
}

static int
on_exec(ssh_session session, ssh_channel channel, const char *command,
        void *data)
{
	struct link *k = data;

	(void)session;
	(void)channel;
	if (k->started)
		return 1;
	if (strlen(command) <= IPC_COMMAND_MAX) {
		start(k, true, command);
		return 0;
	}
	k->started = true;
	end_with(k, "命令太长。 The command is too long.", EX_USAGE);
	return 0;
}

/* Accepted so that the sentence reaches the person; sftp shows it. */
static int
on_subsystem(ssh_session session, ssh_channel channel, const char *subsystem,
             void *data)
{
	struct link *k = data;

	(void)session;
	(void)channel;
	(void)subsystem;
	if (k->started)
		return 1;
	k->started = true;
	end_with(k,
	         "这里没有文件传输服务。"
	         " There is no file transfer here; see: ssh host help",
	         EX_UNAVAILABLE);
	return 0;
}

/* Give the session what it takes without waiting; how much it took. */
static size_t
give(struct link *k, const char *bytes, size_t n)
{
	size_t sent = 0;

	while (sent < n) {
		ssize_t put = send(k->stream, bytes + sent, n - sent,
		                   MSG_NOSIGNAL | MSG_DONTWAIT);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0 && errno == EAGAIN) {
			k->paused = true;
			break;
		}
		if (put < 0)
			return n; /* it is gone: nobody wants the rest */
		sent += (size_t)put;
	}
	return sent;
}

/* Give on what is kept. */
static void
give_kept(struct link *k)
{
	size_t took = give(k, k->kept, k->kept_len);

	memmove(k->kept, k->kept + took, k->kept_len - took);
	k->kept_len -= took;
}

/* Convert and give on; how much was taken. */
static size_t
give_converted(struct link *k, const char *bytes, size_t n)
{
	size_t at = 0;

	while (at < n && k->kept_len == 0) {
		size_t part = n - at < TYPED ? n - at : TYPED;

		k->kept_len = convert(&k->in, bytes + at, part, k->kept);
		at += part;
		give_kept(k);
	}
	return at;
}

/* What is not taken stays in libssh's buffer and out of the window that the
 * client may fill, so a paste of any size costs bounded memory. */
static int
on_data(ssh_session session, ssh_channel channel, void *bytes, uint32_t n,
        int is_stderr, void *data)
{
	struct link *k = data;

	(void)session;
	(void)channel;
	if (is_stderr || k->stream < 0)
		return (int)n;
	if (k->paused || k->kept_len > 0)
		return 0;
	return (int)(k->in.on ? give_converted(k, bytes, n)
	                      : give(k, bytes, n));
}

static void
on_eof(ssh_session session, ssh_channel channel, void *data)
{
	struct link *k = data;

	(void)session;
	(void)channel;
	k->client_eof = true;
}

static void
on_close(ssh_session session, ssh_channel channel, void *data)
{
	struct link *k = data;

	(void)session;
	(void)channel;
	/* The client leaves by itself then: to plink a disconnect of ours is
	 * an error, and it loses the status. */
	if (k->closing)
		set_deadline(k, LEAVE_MS);
	else
		k->done = true;
}

ssh_channel
channel_open(ssh_session session, void *data)
{
	struct link *k = data;

	if (k->channel != NULL || !k->signed_in)
		return NULL; /* one a connection */
	k->channel = ssh_channel_new(session);
	k->on_channel = (struct ssh_channel_callbacks_struct){
	    .userdata = k,
	    .channel_pty_request_function = on_pty,
	    .channel_pty_window_change_function = on_window,
	    .channel_env_request_function = on_env,
	    .channel_shell_request_function = on_shell,
	    .channel_exec_request_function = on_exec,
	    .channel_subsystem_request_function = on_subsystem,
	    .channel_data_function = on_data,
	    .channel_eof_function = on_eof,
	    .channel_close_function = on_close,
	};
	ssh_callbacks_init(&k->on_channel);
	(void)ssh_set_channel_callbacks(k->channel, &k->on_channel);
	return k->channel;
}

/* The session can take input again: first what was kept here, then what
 * libssh holds. */
static void
resume_input(struct link *k)
{
	char bytes[TYPED];

	k->paused = false;
	while (!k->paused) {
		if (k->kept_len == 0) {
			int n = ssh_channel_read_nonblocking(k->channel, bytes,
			                                     sizeof(bytes), 0);

			if (n <= 0)
				return;
			k->kept_len =
			    convert(&k->in, bytes, (size_t)n, k->kept);
		}
		give_kept(k);
	}
}

/* How much may be read of the session now: never more than the client's
 * window takes when it is converted, or libssh would wait inside for the
 * rest. */
static size_t
output_room(const struct link *k)
{
	size_t room = ssh_channel_window_size(k->channel);

	if (k->out.on)
		room = room > CONVERT_ROOM_OUT(0)
		           ? (room - CONVERT_ROOM_OUT(0)) / 2
		           : 0;
	return room < CHUNK ? room : CHUNK;
}

static void
write_output(struct link *k, const char *bytes, size_t n)
{
	char converted[CONVERT_ROOM_OUT(CHUNK)];

	if (k->out.on) {
		n = convert(&k->out, bytes, n, converted);
		bytes = converted;
	}
	if (n > 0)
		(void)ssh_channel_write(k->channel, bytes, (uint32_t)n);
}

/* One read, one packet. What liaisond said before the session wrote is
 * heard first: it may say in which encoding the client reads that. */
static void
pass_output(struct link *k)
{
	char bytes[CHUNK];
	size_t room;
	ssize_t n;

	if (k->wire >= 0 && !k->wire_gone)
		k->wire_gone = link_receive(k, IPC_NONE, NULL) != OK;
	room = output_room(k);
	if (room == 0)
		return;
	n = recv(k->stream, bytes, room, MSG_DONTWAIT);
	if (n > 0)
		write_output(k, bytes, (size_t)n);
	else if (n == 0 || (errno != EAGAIN && errno != EINTR))
		k->stream_eof = true;
}

static int
on_stream(socket_t fd, int events, void *data)
{
	struct link *k = data;

	(void)fd;
	if ((events & POLLOUT) != 0)
		resume_input(k);
	if ((events & (POLLIN | POLLHUP | POLLERR)) != 0)
		pass_output(k);
	return 0;
}

/* Watch the stream for what can be done with it now: libssh buffers without
 * limit, so while the client does not read, neither do we. */
static void
watch_stream(struct link *k)
{
	int events = 0;

	if (k->stream >= 0 && !k->stream_eof) {
		bool pending =
		    (ssh_get_poll_flags(k->session) & SSH_WRITE_PENDING) != 0;

		if (!pending && output_room(k) > 0)
			events |= POLLIN;
		if (k->paused)
			events |= POLLOUT;
	}
	if (events == k->watched)
		return;
	if (k->watched != 0)
		(void)ssh_event_remove_fd(k->event, k->stream);
	if (events != 0)
		(void)ssh_event_add_fd(k->event, k->stream, (short)events,
		                       on_stream, k);
	k->watched = events;
}

/* Exit status, end of file, close, and then wait for the client's own
 * close: disconnecting at once loses what is still on its way. */
static void
close_channel(struct link *k)
{
	/* the client's close may be heard while we send */
	k->closing = true;
	set_deadline(k, CLOSE_MS);
	(void)ssh_channel_request_send_exit_status(k->channel, k->status);
	(void)ssh_channel_send_eof(k->channel);
	(void)ssh_channel_close(k->channel);
}

void
channel_flow(struct link *k)
{
	bool late =
	    k->deadline_ms != 0 && clock_monotonic_ms() >= k->deadline_ms;

	if (k->channel == NULL)
		return;
	watch_stream(k);
	if (k->client_eof && !k->paused && k->kept_len == 0 && k->stream >= 0)
		(void)shutdown(k->stream, SHUT_WR);
	if (!k->stream_eof)
		return;
	if (k->closing) {
		k->done = k->done || late;
		return;
	}
	if (!k->has_status && k->wire < 0)
		k->status = EX_SOFTWARE;
	if (k->has_status || k->wire < 0 || late)
		close_channel(k);
	else if (k->deadline_ms == 0)
		set_deadline(k, STATUS_MS);
}
