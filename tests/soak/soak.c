/*
 * soak SECONDS PORT KEYFILE CONFIG DATABASE LIAISOND, started by
 * tests/soak/run. SOAK_SEED chooses the walk, SOAK_SESSIONS how many work.
 * In the first half every kind of process is killed, in the second only
 * those that serve one person: so what the others keep by mistake is seen.
 */
#include "tests/soak/soak.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "db/base/buf.h"
#include "db/base/err.h"

enum {
	WRITERS = 20, /* accounts that tests/soak/run makes */
	SESSIONS = 100,
	PRESSERS = 8, /* processes for the other sessions */
	WORKERS = WRITERS + PRESSERS,
	FIRST = 2, /* of the addresses they come from */
	ADDRESS_BYTES = 16,
	KILL_MS = 400, /* and as much again, by chance */
	STEP_US = 50000,
	SERVICE = 7, /* processes without anybody signed in */
	SETTLE_MS = 20000,
	WAL_MB = 16,
	SLACK_KB = 2048, /* memory in the end, besides a quarter more */
	LAST_MS = 60000
};

void
fault(const struct soak *s, const char *fmt, ...)
{
	va_list args;

	s->shared->faults++;
	(void)fprintf(stderr, "soak: ");
	va_start(args, fmt);
	(void)vfprintf(stderr, fmt, args);
	va_end(args);
	(void)fprintf(stderr, "\n");
}

/* xorshift: the same walk for the same seed. */
unsigned
chance(unsigned *state, unsigned below)
{
	if (*state == 0)
		*state = 1;
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state % below;
}

static int
setting(const char *name, int usual)
{
	const char *text = getenv(name);

	return text != NULL && text[0] != '\0' ? (int)strtol(text, NULL, 10)
	                                       : usual;
}

/* Each from an address of its own: of one source the fifth password that
 * waits is hashed when a processor is idle, and here none ever is. */
static pid_t
employ(const struct soak *s, int number, int pressers)
{
	struct soak own = *s;
	char from[ADDRESS_BYTES];
	pid_t pid = fork();
	int i = number - WRITERS;

	if (pid != 0)
		return pid;
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)snprintf(from, sizeof(from), "127.0.0.%d", FIRST + number);
	own.at.from = from;
	if (i < 0)
		writer_run(&own, number);
	else
		presser_run(&own, number,
		            pressers * (i + 1) / PRESSERS -
		                pressers * i / PRESSERS);
	_exit(0);
}

static long
size_kb(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (long)(st.st_size / 1024) : 0;
}

/* Kill until it is over; the largest the WAL was. */
static long
rage(const struct soak *s, const char *wal, pid_t *liaisond)
{
	unsigned state = s->seed;
	double next = now_ms() + KILL_MS;
	long most_kb = 0;

	for (int order = 0; now_ms() < s->end_ms;) {
		long kb = size_kb(wal);

		if (kb > most_kb)
			most_kb = kb;
		if (now_ms() >= next) {
			bool gentle = now_ms() > (s->begin_ms + s->end_ms) / 2;

			if (site_kill(s, *liaisond, order++, gentle, &state)) {
				(void)waitpid(*liaisond, NULL, 0);
				*liaisond = site_start(s);
			}
			next = now_ms() + KILL_MS + chance(&state, KILL_MS);
		}
		(void)usleep(STEP_US);
	}
	return most_kb;
}

static void
dismiss(const struct soak *s, const pid_t *workers)
{
	double end = now_ms() + LAST_MS;

	s->shared->over = true;
	for (int i = 0; i < WORKERS; i++)
		while (waitpid(workers[i], NULL, WNOHANG) == 0) {
			if (now_ms() > end) {
				fault(s, "worker %d hangs", i);
				(void)kill(workers[i], SIGKILL);
			}
			(void)usleep(STEP_US);
		}
}

static void
judge(const struct soak *s, const struct census *before,
      const struct census *after, long wal_kb)
{
	printf("%-12s %8s %8s\n", "", "start", "end");
	printf("%-12s %8d %8d\n", "processes", before->processes,
	       after->processes);
	printf("%-12s %8d %8d\n", "descriptors", before->descriptors,
	       after->descriptors);
	printf("%-12s %8ld %8ld\n", "memory, KB", before->memory_kb,
	       after->memory_kb);
	printf("%-12s %8s %8ld\n", "WAL, KB", "", wal_kb);
	if (after->processes != SERVICE)
		fault(s, "%d processes are left", after->processes - SERVICE);
	if (after->descriptors > before->descriptors)
		fault(s, "descriptors are left");
	if (after->memory_kb > before->memory_kb * 5 / 4 + SLACK_KB)
		fault(s, "memory is left");
	if (wal_kb > WAL_MB * 1024L)
		fault(s, "the WAL grew");
}

static void
say_work(const struct soak *s)
{
	const struct shared *shared = s->shared;

	printf("%d keys, %d sign-ins, %d links cut, %d stalls\n", shared->keys,
	       shared->sign_ins, shared->cuts, shared->stalls);
	printf("%d times what was typed was found again\n", shared->kept);
	site_say_kills();
}

/* The server with nobody signed in, once everything has been used. By an
 * account whose language and keys nobody has changed by chance. */
static struct census
at_rest(const struct soak *s)
{
	struct client c;

	if (!client_open(&c, &s->at, "writer0"))
		fault(s, "nobody can sign in: %s", client_why(&c));
	else if (!client_await(&c, "工作台", SETTLE_MS))
		fault(s, "nobody sees a first screen");
	client_close(&c);
	return site_settle(s, SERVICE, SETTLE_MS);
}

static void
soak(struct soak *s, const char *database)
{
	struct buf wal = BUF_INIT;
	pid_t workers[WORKERS], liaisond = site_start(s);
	struct census before = at_rest(s), after;
	int pressers = setting("SOAK_SESSIONS", SESSIONS) - WRITERS;
	long wal_kb;

	buf_addf(&wal, "%s-wal", database);
	for (int i = 0; i < WORKERS; i++)
		workers[i] = employ(s, i, pressers);
	wal_kb = rage(s, wal.data, &liaisond);
	dismiss(s, workers);
	after = at_rest(s);
	say_work(s);
	judge(s, &before, &after, wal_kb);
	site_stop(s, liaisond);
	if (site_settle(s, 0, SETTLE_MS).processes != 0)
		fault(s, "processes outlive the service");
	if (size_kb(wal.data) > 0)
		fault(s, "the WAL outlives the service");
	ledger_compare(s, database);
	buf_clear(&wal);
}

int
main(int argc, char **argv)
{
	struct soak s = {.at = {.host = "127.0.0.1"}};
	void *shared;
	int faults;

	if (argc != 7) {
		(void)fputs("soak is started by tests/soak/run\n", stderr);
		return EX_USAGE;
	}
	s.seed = (unsigned)setting("SOAK_SEED", (int)time(NULL));
	printf("SOAK_SEED=%u\n", s.seed);
	(void)fflush(stdout);
	(void)signal(SIGPIPE, SIG_IGN);
	s.at.port = (int)strtol(argv[2], NULL, 10);
	if (ssh_pki_import_privkey_file(argv[3], NULL, NULL, NULL, &s.at.key) !=
	    SSH_OK)
		return EX_NOINPUT;
	s.config = argv[4];
	s.program = argv[6];
	shared = mmap(NULL, sizeof(*s.shared), PROT_READ | PROT_WRITE,
	              MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		return EX_OSERR;
	s.shared = shared;
	s.begin_ms = now_ms();
	s.end_ms = s.begin_ms + 1e3 * strtod(argv[1], NULL);
	soak(&s, argv[5]);
	ssh_key_free(s.at.key);
	faults = s.shared->faults;
	(void)munmap(s.shared, sizeof(*s.shared));
	return faults == 0 ? 0 : 1;
}
