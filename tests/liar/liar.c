/*
 * What stands where liaison-net should, once somebody has taken that over:
 * it speaks the wire of server/lib/ipc.def as it likes. It says what came of
 * each lie, one line each on standard error, and then stays.
 */
#include <libgen.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/base/arena.h"
#include "db/base/encoding.h"
#include "server/lib/ipc.h"
#include "server/lib/spawn.h"

enum { WAIT_MS = 20000, QUIET_MS = 1500 };

/* What to send, in this order; NULL user: no sign-in of that kind. */
struct lie {
	const char *what;
	const char *key_user; /* "signed with the enrolled key" */
	const char *password_user;
	const char *password;
	const char *code;   /* "it answered that" */
	enum ipc_type also; /* a message that is not ours to send */
	bool only_probe;    /* "would that key do?" */
	bool by_code;       /* "the client can be asked for a code" */
};

static const struct lie lies[] = {
    {.what = "truth", .key_user = "town"},
    {.what = "admin", .key_user = "admin"},
    {.what = "auditor", .key_user = "auditor"},
    {.what = "county", .key_user = "county"},
    {.what = "nothing"},
    {.what = "probe", .key_user = "town", .only_probe = true},
    {.what = "foreign-key", .key_user = "deputy"},
    {.what = "other-name",
     .key_user = "admin",
     .password_user = "town",
     .password = "liaison"},
    {.what = "wrong-password",
     .key_user = "admin",
     .password_user = "admin",
     .password = "wrong"},
    {.what = "result", .key_user = "admin", .also = IPC_LOGIN_RESULT},
    {.what = "auth-result", .key_user = "admin", .also = IPC_AUTH_RESULT},
    {.what = "spawn", .key_user = "admin", .also = IPC_SPAWN},
    {.what = "set-password", .key_user = "town", .also = IPC_SET_PASSWORD},
    {.what = "code-unasked", .key_user = "admin", .code = "000000"},
    {.what = "wrong-code",
     .password_user = "admin",
     .password = "liaison",
     .by_code = true,
     .code = "000000"},
    {.what = "no-code",
     .password_user = "admin",
     .password = "liaison",
     .by_code = true},
    {.what = "page", .password_user = "admin", .password = "liaison"},
    {.what = "factor", .key_user = "admin", .also = IPC_FACTOR},
    {.what = "auth-factor", .key_user = "admin", .also = IPC_AUTH_FACTOR},
    {.what = "auth-done", .key_user = "admin", .also = IPC_AUTH_DONE},
};

/* The next message of that type, or why there is none. */
static int
await(int wire, enum ipc_type type, int64_t *value)
{
	struct ipc_msg m;
	int err;

	for (;;) {
		if (!ipc_wait(wire, WAIT_MS))
			return ERR_UNAVAILABLE;
		err = ipc_recv(wire, FROM_LIAISOND, ANY_TIME, &m);
		if (err != OK)
			return err;
		if (m.type == type || m.type == IPC_REFUSED)
			break;
		ipc_clear(&m);
	}
	err = m.type == type ? OK : ERR_DENIED;
	if (type == IPC_STARTED)
		*value = ipc_get_fd(&m);
	if (type == IPC_LOGIN_RESULT)
		*value = ipc_get_int(&m, 0, VERDICTS - 1);
	ipc_clear(&m);
	return err;
}

static int64_t
say_key(int wire, const struct lie *lie, const char *type, const char *key)
{
	int64_t verdict = VERDICT_NO;
	struct ipc_msg m;

	ipc_begin(&m, IPC_LOGIN_KEY);
	ipc_put_text(&m, lie->key_user);
	ipc_put_text(&m, type);
	ipc_put_text(&m, key);
	ipc_put_int(&m, !lie->only_probe);
	(void)!ipc_send(wire, &m);
	(void)!await(wire, IPC_LOGIN_RESULT, &verdict);
	return verdict;
}

static void
say_password(int wire, const struct lie *lie)
{
	struct ipc_msg m;
	int64_t verdict;

	ipc_begin(&m, IPC_LOGIN_PASSWORD);
	ipc_put_text(&m, lie->password_user);
	ipc_put_text(&m, lie->password);
	ipc_put_int(&m, lie->by_code);
	(void)!ipc_send(wire, &m);
	(void)!await(wire, IPC_LOGIN_RESULT, &verdict);
}

static void
say_code(int wire, const struct lie *lie)
{
	struct ipc_msg m;
	int64_t verdict;

	ipc_begin(&m, IPC_LOGIN_CODE);
	ipc_put_text(&m, lie->code);
	(void)!ipc_send(wire, &m);
	(void)!await(wire, IPC_LOGIN_RESULT, &verdict);
}

static void
say_also(int wire, enum ipc_type type)
{
	struct ipc_msg m;

	ipc_begin(&m, type);
	ipc_put_int(&m, 1);
	ipc_put_int(&m, 0);
	if (type == IPC_SET_PASSWORD)
		ipc_put_text(&m, "stolen-by-the-net");
	(void)!ipc_send(wire, &m);
}

/* Read what comes until one of words does, or the end of waiting; which. */
static const char *
read_until(int stream, const char *const *words, int ms)
{
	static char seen[65536];
	struct pollfd p = {.fd = stream, .events = POLLIN};
	size_t n = 0;

	while (n < sizeof(seen) - 1 && poll(&p, 1, ms) > 0) {
		ssize_t got = read(stream, seen + n, sizeof(seen) - 1 - n);

		if (got <= 0)
			break;
		n += (size_t)got;
		seen[n] = '\0';
		for (int i = 0; words[i] != NULL; i++)
			if (memmem(seen, n, words[i], strlen(words[i])) != NULL)
				return words[i];
	}
	return NULL;
}

/* What the session that was given shows, whatever is typed. */
static const char *
look(int stream)
{
	/* the row of applications shows brackets where one is open */
	static const char *const work[] = {"Workbench]", "Management]", NULL};
	static const char *const any[] = {"Workbench]", "Verification code",
	                                  "New code", NULL};
	static const char keys[] = "000000\r0\033OP\033\033[19~2";
	const char *first = read_until(stream, any, WAIT_MS);

	if (first == NULL)
		return "nothing";
	if (strstr(first, " code") == NULL ||
	    write(stream, keys, sizeof(keys) - 1) < 0 ||
	    read_until(stream, work, QUIET_MS) != NULL)
		return "workbench";
	return "code";
}

/* Is a session given? Its stream, or -1. */
static int
start(int wire)
{
	struct ipc_msg m;
	int64_t stream;

	ipc_begin(&m, IPC_START);
	ipc_put_int(&m, true);
	ipc_put_text(&m, "xterm");
	ipc_put_int(&m, 80);
	ipc_put_int(&m, 24);
	ipc_put_text(&m, "en_US.UTF-8");
	ipc_put_int(&m, ENCODING_UTF8);
	ipc_put_int(&m, false);
	ipc_put_int(&m, false);
	ipc_put_text(&m, "");
	if (ipc_send(wire, &m) != OK || await(wire, IPC_STARTED, &stream) != OK)
		return -1;
	return (int)stream;
}

static void
tell(const struct lie *lie, const char *type, const char *key)
{
	int64_t verdict = VERDICT_NO, ignored;
	struct ipc_msg m;
	int pair[2], stream;

	if (ipc_pair(pair) != OK)
		return;
	ipc_begin(&m, IPC_CONNECTION);
	ipc_put_text(&m, "127.0.0.1");
	ipc_put_fd(&m, pair[1]);
	(void)!ipc_send(SPAWN_WIRE, &m);
	(void)close(pair[1]);
	(void)!await(pair[0], IPC_ADMITTED, &ignored);
	if (lie->key_user != NULL)
		verdict = say_key(pair[0], lie, type, key);
	if (lie->password_user != NULL)
		say_password(pair[0], lie);
	if (lie->code != NULL)
		say_code(pair[0], lie);
	if (lie->also != IPC_NONE)
		say_also(pair[0], lie->also);
	stream = start(pair[0]);
	(void)fprintf(stderr, "lie what=%s verdict=%d session=%s%s%s\n",
	              lie->what, (int)verdict, stream >= 0 ? "yes" : "no",
	              stream >= 0 ? " shows=" : "",
	              stream >= 0 ? look(stream) : "");
	if (stream >= 0)
		(void)close(stream);
	(void)close(pair[0]);
}

int
main(int argc, char **argv)
{
	char path[4096], type[64], key[4000];
	FILE *in;

	if (argc != 3)
		return 64;
	if (strcmp(argv[1], "--prepare") == 0)
		return 0; /* needs no host key */
	(void)snprintf(path, sizeof(path), "%s/id.pub", dirname(argv[2]));
	in = fopen(path, "re");
	if (in == NULL || fscanf(in, "%63s %3999s", type, key) != 2)
		return 66;
	(void)fclose(in);
	for (size_t i = 0; i < COUNT(lies); i++)
		tell(&lies[i], type, key);
	(void)fputs("lies told\n", stderr);
	while (ipc_wait(SPAWN_WIRE, -1) && pause() != 0)
		;
	return 0;
}
