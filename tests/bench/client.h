/* A libssh client of the benchmark: one session on a terminal. */
#ifndef TESTS_BENCH_CLIENT_H
#define TESTS_BENCH_CLIENT_H

#include <stdbool.h>

#include <libssh/libssh.h>

struct client {
	ssh_session session;
	ssh_channel channel;
};

struct target {
	const char *host;
	int port;
	const char *from;  /* address to connect from; NULL: any */
	ssh_key key;       /* signs in every account of the benchmark */
	bool compress;     /* ask for compression */
	int columns, rows; /* 0: 80 x 24 */
};

/* What came from the server, by the kernel's count. */
struct traffic {
	long bytes;    /* TCP payload */
	long segments; /* that had any */
};

/* Connect, sign in as user and ask for a terminal; then for a shell.
 * false: it could not; client_why says what. Always close afterwards. */
bool client_connect(struct client *c, const struct target *t, const char *user);
bool client_start(struct client *c);
/* Both. */
bool client_open(struct client *c, const struct target *t, const char *user);
void client_close(struct client *c);
const char *client_why(struct client *c);

/* Send keys without waiting. */
bool client_send(struct client *c, const char *keys);
/* What the session wrote, as soon as there is any: bytes, 0: nothing came
 * within ms, negative: the session or the link is over. What is said on
 * standard error is dropped. */
int client_read(struct client *c, char *data, size_t size, int ms);
/* Read until mark was among what came; at most ms. */
bool client_await(struct client *c, const char *mark, int ms);

/* Send keys; wait for the first answer at most answer_ms, then until
 * nothing came for settle_ms. *first_ms: until the first byte. Returns the
 * bytes of payload, 0 when nothing came, -1 when the link is gone. */
long client_press(struct client *c, const char *keys, int answer_ms,
                  int settle_ms, double *first_ms);

struct traffic client_traffic(struct client *c);

/* Milliseconds of the monotonic clock. */
double now_ms(void);

#endif
