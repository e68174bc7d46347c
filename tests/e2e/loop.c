/* The poll loop; loop.h says what for. */
#include "tests/e2e/loop.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

static struct chan *
chan_of(struct loop *l, int fd)
{
	for (int i = 0; i < l->count; i++) {
		if (l->chan[i].fd == fd)
			return &l->chan[i];
	}
	return NULL;
}

void
loop_add(struct loop *l, int fd, loop_got *got, void *owner)
{
	struct chan *c = &l->chan[l->count];
	int flags = fcntl(fd, F_GETFL);

	assert(l->count < (int)COUNT(l->chan));
	(void)fcntl(fd, F_SETFL, flags | O_NONBLOCK);
	(void)fcntl(fd, F_SETFD, FD_CLOEXEC);
	c->fd = fd;
	c->got = got;
	c->owner = owner;
	buf_init(&c->out);
	l->count++;
}

void
loop_remove(struct loop *l, int fd)
{
	struct chan *c = chan_of(l, fd);

	if (c == NULL)
		return;
	(void)close(fd);
	buf_clear(&c->out);
	*c = l->chan[--l->count];
}

void
loop_send(struct loop *l, int fd, const char *data, size_t n)
{
	struct chan *c = chan_of(l, fd);

	if (c != NULL)
		buf_addn(&c->out, data, n);
}

bool
loop_pending(const struct loop *l, int fd)
{
	for (int i = 0; i < l->count; i++) {
		if (l->chan[i].fd == fd)
			return l->chan[i].out.len > 0;
	}
	return false;
}

static void
chan_write(struct chan *c)
{
	ssize_t n = write(c->fd, c->out.data, c->out.len);

	if (n > 0)
		buf_drop(&c->out, (size_t)n);
	else if (n < 0 && errno != EAGAIN && errno != EINTR)
		buf_truncate(&c->out, 0);
}

/* A pty whose other side is gone answers EIO: that is its end of file. */
static void
chan_read(struct loop *l, int fd)
{
	struct chan *c = chan_of(l, fd);
	char data[65536];
	ssize_t n;

	if (c == NULL)
		return;
	n = read(fd, data, sizeof(data));
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n > 0) {
		c->got(c->owner, data, (size_t)n);
		return;
	}
	c->got(c->owner, "", 0);
	loop_remove(l, fd);
}

bool
loop_step(struct loop *l, int timeout_ms)
{
	struct pollfd fds[COUNT(l->chan)];
	int count = l->count;
	bool any = false;

	for (int i = 0; i < count; i++) {
		fds[i].fd = l->chan[i].fd;
		fds[i].events = POLLIN;
		if (l->chan[i].out.len > 0)
			fds[i].events |= POLLOUT;
		fds[i].revents = 0;
	}
	if (poll(fds, (nfds_t)count, timeout_ms) <= 0)
		return false;
	for (int i = 0; i < count; i++) {
		struct chan *c = chan_of(l, fds[i].fd);

		if (c != NULL && (fds[i].revents & POLLOUT) != 0) {
			chan_write(c);
			any = true;
		}
		if ((fds[i].revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
			chan_read(l, fds[i].fd);
			any = true;
		}
	}
	return any;
}

int64_t
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int
left_ms(int64_t deadline_ms)
{
	int64_t left = deadline_ms - now_ms();

	return left > 0 ? (int)left : 0;
}
