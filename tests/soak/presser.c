/* People who press whatever keys, leave, lose their links, or stop reading
 * for a while. Now and then each asks for the whole screen, and gets it. */
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "db/base/arena.h"
#include "tests/soak/soak.h"

enum {
	ANSWER_MS = 20,
	SETTLE_MS = 2,
	ALIVE_MS = 20000,
	STALL_KEYS = 20,
	AGAIN_US = 100000,
	PATIENCE_MS = 60000
};

/* None of them may change what the writers of another unit write. */
static const char *const users[] = {"town",    "deputy", "station", "officer",
                                    "deputy2", "town2",  "leader",  "auditor"};

static const char *const keys[] = {
    "1",        "2",        "8",        "0",        "\r",     "\033[A",
    "\033[B",   "\033[5~",  "\033[6~",  "\033OP",   "\033OS", "\033[15~",
    "\033[17~", "\033[27u", "\033[27u", "\t",       "防疫",   "abc",
    "\177",     "\033[21~", "\033OQ",   "\033[20~", "+",      "\033[19~",
};

struct seat {
	struct client client;
	const char *user;
	int stalled; /* keys still to be pressed before reading again */
	bool in;
};

static bool
sit_down(const struct soak *s, struct seat *seat)
{
	double end = now_ms() + PATIENCE_MS;

	while (!s->shared->over) {
		if (client_open(&seat->client, &s->at, seat->user)) {
			s->shared->sign_ins++;
			return true;
		}
		if (now_ms() > end) {
			fault(s, "%s cannot sign in: %s", seat->user,
			      client_why(&seat->client));
			end = now_ms() + PATIENCE_MS;
		}
		client_close(&seat->client);
		(void)usleep(AGAIN_US);
	}
	return false;
}

static void
get_up(struct seat *seat)
{
	if (seat->in)
		client_close(&seat->client);
	seat->in = false;
	seat->stalled = 0;
}

/* The whole screen, or the link is gone. */
static bool
is_alive(const struct soak *s, struct seat *seat)
{
	double ms;
	long got = client_press(&seat->client, "\f", ALIVE_MS, SETTLE_MS, &ms);

	if (got == 0)
		fault(s, "a session of %s does not answer", seat->user);
	return got > 0;
}

static bool
act(const struct soak *s, struct seat *seat, unsigned *state)
{
	const char *key = keys[chance(state, COUNT(keys))];
	double ms;

	s->shared->keys++;
	if (seat->stalled > 0) {
		seat->stalled--;
		return client_send(&seat->client, key);
	}
	switch (chance(state, 400)) {
	case 0:
		return false;
	case 1:
		s->shared->cuts++;
		(void)shutdown(ssh_get_fd(seat->client.session), SHUT_RDWR);
		return false;
	case 2:
	case 3:
		s->shared->stalls++;
		seat->stalled = STALL_KEYS;
		return true;
	default:
		break;
	}
	if (chance(state, 50) == 0)
		return is_alive(s, seat);
	return client_press(&seat->client, key, ANSWER_MS, SETTLE_MS, &ms) >= 0;
}

void
presser_run(const struct soak *s, int number, int sessions)
{
	struct seat *seats = xcalloc((size_t)sessions, sizeof(*seats));
	unsigned state = s->seed * 7919 + (unsigned)number + 1;

	for (int i = 0; i < sessions; i++)
		seats[i].user = users[(size_t)(number + i) % COUNT(users)];
	while (!s->shared->over) {
		struct seat *seat = &seats[chance(&state, (unsigned)sessions)];

		if (!seat->in)
			seat->in = sit_down(s, seat);
		if (seat->in && !act(s, seat, &state))
			get_up(seat);
	}
	for (int i = 0; i < sessions; i++)
		get_up(&seats[i]);
	free(seats);
}
