/*
 * The chat robot's callback: signed with a secret that the chat's page shows
 * and its administrator puts into a file. Only here is it known.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/base/log.h"
#include "server/auth/auth.h"

enum { HOUR_MS = 3600 * 1000 };

void
robot_open(struct auth *auth)
{
	ssize_t n;
	int fd;

	if (auth->cfg->robot_sources[0] == '\0')
		return;
	fd = open(auth->cfg->robot_secret, O_RDONLY | O_CLOEXEC);
	n = fd < 0 ? -1 : read(fd, auth->robot, SECRET_ROBOT);
	if (fd >= 0)
		(void)close(fd);
	auth->robot[n > 0 ? n : 0] = '\0';
	auth->robot[strcspn(auth->robot, "\r\n")] = '\0';
	if (auth->robot[0] == '\0')
		log_error("robot-secret missing errno=%d", errno);
}

int
robot_proves(const struct auth *auth, const char *timestamp, const char *sign)
{
	char expected[SECRET_CALLBACK];
	int64_t at_ms, now_ms = clock_now().s * 1000;
	char *end;

	errno = 0;
	at_ms = strtoll(timestamp, &end, 10);
	if (auth->robot[0] == '\0' || errno != 0 || *end != '\0' ||
	    end == timestamp || at_ms < now_ms - HOUR_MS ||
	    at_ms > now_ms + HOUR_MS)
		return ERR_DENIED;
	secret_callback_sign(auth->robot, timestamp, expected);
	return secret_equal_text(sign, expected) ? OK : ERR_DENIED;
}
