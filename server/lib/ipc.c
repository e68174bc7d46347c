/* A message is its type in two bytes, then its parts: 'i' and eight bytes,
 * or 't', two bytes of length and the text with its NUL. */
#include "server/lib/ipc.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const struct {
	const char *name;
	unsigned sender, when;
	size_t most;
} rows[] = {
    [IPC_NONE] = {"NONE", 0, 0, 0},
#define MSG(name, sender, most, when)                                          \
	[IPC_##name] = {#name, sender, when, most},
#include "server/lib/ipc.def"
#undef MSG
};

int
ipc_pair(int out[2])
{
	int type = SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK;

	return socketpair(AF_UNIX, type, 0, out) == 0 ? OK : ERR_IO;
}

static void
put(struct ipc_msg *m, const void *bytes, size_t n)
{
	if (n > sizeof(m->data) - m->len) {
		m->bad = true;
		return;
	}
	memcpy(m->data + m->len, bytes, n);
	m->len += n;
}

void
ipc_begin(struct ipc_msg *m, enum ipc_type type)
{
	uint16_t tag = (uint16_t)type;

	m->type = type;
	m->len = m->at = 0;
	m->bad = false;
	m->fd_count = 0;
	put(m, &tag, sizeof(tag));
}

void
ipc_put_int(struct ipc_msg *m, int64_t v)
{
	put(m, "i", 1);
	put(m, &v, sizeof(v));
}

void
ipc_put_text(struct ipc_msg *m, const char *s)
{
	size_t n = strlen(s) + 1;
	uint16_t length = (uint16_t)n;

	if (n > IPC_MAX) {
		m->bad = true;
		return;
	}
	put(m, "t", 1);
	put(m, &length, sizeof(length));
	put(m, s, n);
}

void
ipc_put_fd(struct ipc_msg *m, int fd)
{
	if (m->fd_count < IPC_FDS)
		m->fds[m->fd_count++] = fd;
	else
		m->bad = true;
}

/* Room for descriptors beside a message, aligned as the kernel wants it. */
union ancillary {
	struct cmsghdr header;
	char bytes[CMSG_SPACE(sizeof(int) * IPC_FDS)];
};

static void
attach(struct msghdr *h, union ancillary *extra, const struct ipc_msg *m)
{
	struct cmsghdr *c;
	size_t n = sizeof(int) * (size_t)m->fd_count;

	if (m->fd_count == 0)
		return;
	memset(extra, 0, sizeof(*extra));
	h->msg_control = extra;
	h->msg_controllen = CMSG_SPACE(n);
	c = CMSG_FIRSTHDR(h);
	if (c == NULL) /* never: there is room for one */
		return;
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(n);
	memcpy(CMSG_DATA(c), m->fds, n);
}

int
ipc_send(int wire, struct ipc_msg *m)
{
	struct iovec iov = {m->data, m->len};
	struct msghdr h = {.msg_iov = &iov, .msg_iovlen = 1};
	union ancillary extra;
	ssize_t n;

	if (m->bad || m->len > rows[m->type].most) {
		explicit_bzero(m->data, m->len);
		return ERR_TOO_LONG;
	}
	attach(&h, &extra, m);
	do
		n = sendmsg(wire, &h, MSG_NOSIGNAL | MSG_DONTWAIT);
	while (n < 0 && errno == EINTR);
	explicit_bzero(m->data, m->len);
	if (n >= 0)
		return OK;
	return errno == EAGAIN || errno == ENOBUFS ? ERR_BUSY : ERR_CLOSED;
}

/* Take over received descriptors; more than we know would be cut by the
 * kernel and is refused by MSG_CTRUNC. */
static void
detach(struct msghdr *h, struct ipc_msg *m)
{
	for (struct cmsghdr *c = CMSG_FIRSTHDR(h); c != NULL;
	     c = CMSG_NXTHDR(h, c)) {
		size_t n;

		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
			continue;
		n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		for (size_t i = 0; i < n; i++) {
			int fd;

			memcpy(&fd, CMSG_DATA(c) + i * sizeof(int), sizeof(fd));
			if (m->fd_count < IPC_FDS)
				m->fds[m->fd_count++] = fd;
			else
				(void)close(fd);
		}
	}
}

static bool
is_allowed(struct ipc_msg *m, enum ipc_sender from, enum ipc_when when)
{
	uint16_t tag;

	if (m->len < sizeof(tag))
		return false;
	memcpy(&tag, m->data, sizeof(tag));
	if (tag == IPC_NONE || tag >= IPC_TYPES)
		return false;
	m->type = (enum ipc_type)tag;
	m->at = sizeof(tag);
	return (rows[tag].sender & from) != 0 && (rows[tag].when & when) != 0 &&
	       m->len <= rows[tag].most;
}

int
ipc_recv(int wire, enum ipc_sender from, enum ipc_when when, struct ipc_msg *m)
{
	struct iovec iov = {m->data, sizeof(m->data)};
	union ancillary extra;
	struct msghdr h = {.msg_iov = &iov,
	                   .msg_iovlen = 1,
	                   .msg_control = &extra,
	                   .msg_controllen = sizeof(extra)};
	ssize_t n;

	m->type = IPC_NONE;
	m->len = m->at = 0;
	m->bad = false;
	m->fd_count = 0;
	/* who ended with something unread resets the wire, said once before
	 * what it had sent */
	do
		n = recvmsg(wire, &h, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	while (n < 0 && (errno == EINTR || errno == ECONNRESET));
	if (n < 0)
		return errno == EAGAIN ? ERR_BUSY : ERR_CLOSED;
	detach(&h, m);
	if (n == 0 && m->fd_count == 0)
		return ERR_CLOSED;
	m->len = (size_t)n;
	if ((h.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) == 0 &&
	    is_allowed(m, from, when))
		return OK;
	ipc_clear(m);
	return ERR_PROTOCOL;
}

/* n bytes of the next part, or NULL. */
static const unsigned char *
get(struct ipc_msg *m, size_t n)
{
	const unsigned char *p = m->data + m->at;

	if (m->bad || n > m->len - m->at) {
		m->bad = true;
		return NULL;
	}
	m->at += n;
	return p;
}

static bool
get_tag(struct ipc_msg *m, unsigned char tag)
{
	const unsigned char *p = get(m, 1);

	if (p != NULL && *p != tag)
		m->bad = true;
	return !m->bad;
}

int64_t
ipc_get_int(struct ipc_msg *m, int64_t low, int64_t high)
{
	const unsigned char *p =
	    get_tag(m, 'i') ? get(m, sizeof(int64_t)) : NULL;
	int64_t v;

	if (p == NULL)
		return 0;
	memcpy(&v, p, sizeof(v));
	if (v >= low && v <= high)
		return v;
	m->bad = true;
	return 0;
}

bool
ipc_get_bool(struct ipc_msg *m)
{
	return ipc_get_int(m, 0, 1) == 1;
}

const char *
ipc_get_text(struct ipc_msg *m, size_t max)
{
	const unsigned char *p =
	    get_tag(m, 't') ? get(m, sizeof(uint16_t)) : NULL;
	uint16_t n;

	if (p == NULL)
		return "";
	memcpy(&n, p, sizeof(n));
	p = get(m, n);
	if (p == NULL)
		return "";
	/* its NUL is its last byte and the only one */
	if (n > 0 && n - 1U <= max && memchr(p, 0, n) == p + n - 1)
		return (const char *)p;
	m->bad = true;
	return "";
}

int
ipc_get_fd(struct ipc_msg *m)
{
	int fd;

	if (m->fd_count == 0) {
		m->bad = true;
		return -1;
	}
	fd = m->fds[0];
	m->fd_count--;
	memmove(m->fds, m->fds + 1, sizeof(m->fds[0]) * (size_t)m->fd_count);
	return fd;
}

int
ipc_end(const struct ipc_msg *m)
{
	return m->bad || m->at != m->len || m->fd_count > 0 ? ERR_PROTOCOL : OK;
}

void
ipc_clear(struct ipc_msg *m)
{
	for (int i = 0; i < m->fd_count; i++)
		(void)close(m->fds[i]);
	m->fd_count = 0;
	explicit_bzero(m->data, m->len);
}

bool
ipc_wait(int wire, int ms)
{
	struct pollfd p = {.fd = wire, .events = POLLIN};

	return poll(&p, 1, ms) > 0;
}

const char *
ipc_name(enum ipc_type type)
{
	return rows[type].name;
}

const char *
ipc_reason_name(enum ipc_reason reason)
{
	static const char *const names[ENDS] = {
	    [END_SHUTDOWN] = "shutdown", [END_FULL] = "full",
	    [END_TRIES] = "tries",       [END_TIME] = "time",
	    [END_FAILED] = "failed",     [END_LINK] = "link",
	    [END_SOURCE] = "source",     [END_CROWDED] = "crowded",
	    [END_PENALTY] = "penalty",   [END_SESSIONS] = "sessions",
	    [END_HAND] = "hand",
	};

	return names[reason];
}
