/* A datagram is sixteen bytes: kinds and unit. */
#include "server/lib/wake.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

struct datagram {
	uint64_t kinds;
	int64_t unit;
};

/* sun_path holds 107 bytes; a longer path goes through /proc/self/fd in no
 * simple way, so such a site has no wake and sessions see it by polling. */
static int
address(const char *database, struct sockaddr_un *out)
{
	char path[PATH_MAX];
	int n = snprintf(path, sizeof(path), "%s", database);

	*out = (struct sockaddr_un){.sun_family = AF_UNIX};
	if (n < 0 || (size_t)n >= sizeof(path))
		return ERR_TOO_LONG;
	n = snprintf(out->sun_path, sizeof(out->sun_path), "%s/wake.sock",
	             dirname(path));
	return n > 0 && (size_t)n < sizeof(out->sun_path) ? OK : ERR_TOO_LONG;
}

static int
connected(const char *database)
{
	struct sockaddr_un to;
	int type = SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
	int fd;

	if (address(database, &to) != OK)
		return -1;
	fd = socket(AF_UNIX, type, 0);
	if (fd < 0)
		return -1;
	if (connect(fd, (const struct sockaddr *)&to, sizeof(to)) == 0)
		return fd;
	(void)close(fd);
	return -1;
}

void
wake_send(const char *database, uint64_t kinds, int64_t unit)
{
	struct datagram d = {.kinds = kinds, .unit = unit};
	int fd = connected(database);

	if (fd < 0)
		return;
	(void)send(fd, &d, sizeof(d), MSG_NOSIGNAL | MSG_DONTWAIT);
	(void)close(fd);
}

int
wake_open(const char *database, int *fd)
{
	struct sockaddr_un at;
	int type = SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
	int other = connected(database);
	mode_t mask;
	int s, bad;

	if (other >= 0) { /* somebody reads it */
		(void)close(other);
		return ERR_EXISTS;
	}
	if (address(database, &at) != OK)
		return ERR_IO;
	s = socket(AF_UNIX, type, 0);
	if (s < 0)
		return ERR_IO;
	(void)unlink(at.sun_path); /* left by one that was killed */
	mask = umask(0177);
	bad = bind(s, (const struct sockaddr *)&at, sizeof(at));
	(void)umask(mask);
	if (bad != 0) {
		(void)close(s);
		return ERR_IO;
	}
	*fd = s;
	return OK;
}

void
wake_close(const char *database, int fd)
{
	struct sockaddr_un at;

	(void)close(fd);
	if (address(database, &at) == OK)
		(void)unlink(at.sun_path);
}

int
wake_recv(int fd, uint64_t *kinds, int64_t *unit)
{
	struct datagram d;
	ssize_t n = recv(fd, &d, sizeof(d), MSG_DONTWAIT | MSG_TRUNC);

	if (n < 0)
		return ERR_BUSY;
	if (n != (ssize_t)sizeof(d))
		return ERR_PROTOCOL;
	*kinds = d.kinds;
	*unit = d.unit;
	return OK;
}
