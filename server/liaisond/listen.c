/* The ports: bound once here, so that they stay open while liaison-net or
 * liaison-web is restarted, and those never need the right to bind. */
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "db/base/log.h"
#include "server/liaisond/site.h"

enum { BACKLOG = 1024 };

static int
bind_to(const struct addrinfo *at)
{
	int type = SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
	int yes = 1, no = 0;
	int fd = socket(at->ai_family, type, 0);

	if (fd < 0)
		return -1;
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (at->ai_family == AF_INET6) /* :: is IPv4 too */
		(void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &no,
		                 sizeof(no));
	if (bind(fd, at->ai_addr, at->ai_addrlen) == 0 &&
	    listen(fd, BACKLOG) == 0)
		return fd;
	(void)close(fd);
	return -1;
}

/* The port the kernel chose, when 0 was asked for. */
static void
log_port(int fd, const char *service, const char *address)
{
	struct sockaddr_storage at;
	socklen_t n = sizeof(at);
	char port[16] = "?";

	if (getsockname(fd, (struct sockaddr *)&at, &n) == 0)
		(void)getnameinfo((const struct sockaddr *)&at, n, NULL, 0,
		                  port, sizeof(port), NI_NUMERICSERV);
	log_info("listening service=%s address=%s port=%s", service, address,
	         port);
}

int
listen_open(const struct config *cfg, enum port which, int *fd)
{
	bool ssh = which == PORT_SSH;
	const char *address = ssh ? cfg->ssh_listen : cfg->http_listen;
	const struct addrinfo hints = {
	    .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
	    .ai_socktype = SOCK_STREAM,
	};
	struct addrinfo *at;
	char port[16];

	(void)snprintf(port, sizeof(port), "%d",
	               ssh ? cfg->ssh_port : cfg->http_port);
	if (getaddrinfo(address, port, &hints, &at) != 0) {
		log_error("listen address=%s is no address", address);
		return ERR_CONFIG;
	}
	*fd = bind_to(at);
	freeaddrinfo(at);
	if (*fd < 0) {
		log_error("listen address=%s port=%s is taken or not allowed",
		          address, port);
		return ERR_UNAVAILABLE;
	}
	log_port(*fd, ssh ? "ssh" : "http", address);
	return OK;
}
