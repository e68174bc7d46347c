/* Each profile does what its process needs, and dies of what it must not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netdb.h>
#include <nss.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "server/lib/only_files.h"
#include "server/lib/sandbox.h"

enum {
	NET = 1,
	SESSION = 2,
	AUTH = 4,
	WORKER = 8,
	WEB = 16,
	MEDIA = 32,
	POST = 64,
	ALL = 127
};

/* --- what is tried; 0: it worked ----------------------------------------- */

static int
opened(int fd)
{
	int err = fd < 0 ? errno : 0;

	if (fd >= 0)
		(void)close(fd);
	return err;
}

static int
do_socket(void)
{
	return opened(socket(AF_INET, SOCK_STREAM, 0));
}

static int
do_connect_word(void) /* liaison-auth's word to liaisond */
{
	return opened(socket(AF_UNIX, SOCK_DGRAM, 0));
}

static int
do_exec(void)
{
	char *argv[] = {(char[]){"true"}, NULL};

	return execv("/bin/true", argv) != 0 ? errno : 0;
}

static int
do_open(void)
{
	return opened(open("/etc/passwd", O_RDONLY | O_CLOEXEC));
}

static int
do_fork(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	return pid < 0 ? errno : 0;
}

static int
do_memory(void)
{
	void *p = malloc((size_t)1 << 20);
	int got = p == NULL;

	free(p);
	return got;
}

static int
do_executable(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_EXEC,
	               MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		return errno;
	(void)munmap(p, 4096);
	return 0;
}

static int
do_make_executable(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
	               MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	int err = mprotect(p, 4096, PROT_READ | PROT_EXEC) != 0 ? errno : 0;

	(void)munmap(p, 4096);
	return err;
}

static int
do_write(void)
{
	return write(STDERR_FILENO, "", 0) != 0 ? errno : 0;
}

static int
do_bind(void)
{
	return listen(0, 1) != 0 ? errno : 0;
}

static int
do_own(void) /* signals of a descriptor could go to others */
{
	return fcntl(0, F_SETOWN, getpid()) != 0 ? errno : 0;
}

static int
do_setuid(void)
{
	return setuid(0) != 0 ? errno : 0;
}

static int
do_chroot(void)
{
	return chroot("/") != 0 ? errno : 0;
}

static int
do_type(void) /* TIOCSTI would type on a terminal */
{
	return (int)syscall(SYS_ioctl, 0, 0x5412UL, "x") != 0 ? errno : 0;
}

#ifndef SANITIZE /* their runtime looks into the process itself */
static int
by_value(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static int
do_sort(void) /* as much as a year's ranks of a county, and more */
{
	enum { MANY = 100000 };
	int *all = malloc(MANY * sizeof(*all));
	int bad;

	if (all == NULL)
		return ENOMEM;
	for (int i = 0; i < MANY; i++)
		all[i] = MANY - i;
	qsort(all, MANY, sizeof(*all), by_value);
	bad = all[0] == 1 ? 0 : EIO;
	free(all);
	return bad;
}

static int
do_ptrace(void)
{
	return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) != 0 ? errno : 0;
}

static int
do_kill(void)
{
	return kill(getppid(), 0) != 0 ? errno : 0;
}

static int
do_thread(void)
{
	return (int)syscall(SYS_clone, 0x100UL /* CLONE_VM */, 0, 0, 0, 0) < 0
	           ? errno
	           : 0;
}
#endif

/* clang-format off */
static const struct {
	const char *name;
	int (*fn)(void);
	int allowed, refused; /* refused: answered with EPERM; others die */
} tries[] = {
	{"memory",          do_memory,          ALL,            0},
	{"write",           do_write,           ALL,            0},
	{"open",            do_open,            SESSION | AUTH | WEB | POST, NET | WORKER | MEDIA},
	{"internet",        do_socket,          POST,           NET},
	{"unix socket",     do_connect_word,    AUTH,           NET},
	{"execve",          do_exec,            0,              0},
	{"executable",      do_executable,      0,              0},
	{"make executable", do_make_executable, 0,              0},
	{"listen",          do_bind,            0,              0},
	{"F_SETOWN",        do_own,             0,              0},
	{"setuid",          do_setuid,          0,              0},
	{"chroot",          do_chroot,          0,              0},
	{"TIOCSTI",         do_type,            0,              NET | AUTH | WEB | MEDIA},
#ifndef SANITIZE
	{"sort",            do_sort,            SESSION | WEB,  0},
	{"fork",            do_fork,            AUTH,           0},
	{"ptrace",          do_ptrace,          0,              0},
	{"kill",            do_kill,            0,              0},
	{"thread",          do_thread,          0,              0},
#else
	{"fork",            do_fork,            ALL,            0},
#endif
};
/* clang-format on */

/* How a child ends that enters and tries: its status as wait tells it. */
static int
outcome(const struct sandbox *s, int (*fn)(void))
{
	pid_t pid = fork();
	int status = -1;

	if (pid == 0) {
		if (sandbox_enter(s) != OK)
			_exit(255);
		_exit(fn());
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void
a_call_outside_the_list_ends_that_process(void **state)
{
	(void)state;
	for (int p = 0; p < SANDBOX_PROFILES; p++) {
		struct sandbox *s = sandbox_new((enum sandbox_profile)p);

		assert_non_null(s);
		for (size_t i = 0; i < COUNT(tries); i++) {
			int got = outcome(s, tries[i].fn);
			bool died = WIFSIGNALED(got) && WTERMSIG(got) == SIGSYS;
			int want = (tries[i].refused & 1 << p) != 0 ? EPERM : 0;

			if ((tries[i].allowed & 1 << p) == 0 && want == 0) {
				if (!died)
					fail_msg("profile %d: %s gave %#x", p,
					         tries[i].name, (unsigned)got);
			} else if (!WIFEXITED(got) ||
			           WEXITSTATUS(got) != want) {
				fail_msg("profile %d: %s gave %#x, not %d", p,
				         tries[i].name, (unsigned)got, want);
			}
		}
		sandbox_free(s);
	}
}

/* Over several addresses, as the C library puts them in order. */
static int
do_name(void)
{
	const struct addrinfo hints = {.ai_family = AF_UNSPEC,
	                               .ai_socktype = SOCK_STREAM};
	struct addrinfo *all;
	int err = getaddrinfo("localhost", NULL, &hints, &all);

	if (err == 0)
		freeaddrinfo(all);
	return err;
}

static void
who_writes_to_others_finds_their_addresses(void **state)
{
	struct sandbox *s = sandbox_new(SANDBOX_POST);

	(void)state;
	assert_int_equal(__nss_configure_lookup("hosts", "files dns"), 0);
	assert_int_equal(outcome(s, do_name), 0);
	sandbox_free(s);
}

static int
do_stranger(void) /* a file that is neither in the lists nor below them */
{
	static const char *const read[] = {"/etc/hosts", "/etc/no-such", NULL};
	static const char *const write[] = {"/tmp", NULL};

	if (only_files(read, write) != OK)
		return 255;
	return do_open();
}

/* Where the kernel has Landlock; elsewhere it opens. */
static void
of_files_only_those_named_are_opened(void **state)
{
	pid_t pid = fork();
	int status;

	(void)state;
	if (pid == 0)
		_exit(do_stranger());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (syscall(SYS_landlock_create_ruleset, NULL, 0, 1U) > 0)
		assert_int_equal(WEXITSTATUS(status), EACCES);
	else
		assert_int_equal(WEXITSTATUS(status), 0);
}

/* --- limits, rights ------------------------------------------------------ */

static int
look_at_limits(void)
{
	struct rlimit core, files;

	if (syscall(SYS_prlimit64, 0, RLIMIT_CORE, NULL, &core) != 0 ||
	    syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, NULL, &files) != 0)
		return 1;
	return core.rlim_max == 0 && files.rlim_max <= 64 ? 0 : 2;
}

static void
descriptors_and_dumps_are_bounded(void **state)
{
	struct sandbox *s = sandbox_new(SANDBOX_AUTH);

	(void)state;
	assert_int_equal(outcome(s, look_at_limits), 0);
	sandbox_free(s);
}

#ifndef SANITIZE
static int
eat(void)
{
	for (int mib = 0; mib < 1024; mib++) {
		char *p = malloc((size_t)1 << 20);

		if (p == NULL)
			return 0;
		memset(p, 1, (size_t)1 << 20);
	}
	return 1;
}

static void
memory_is_bounded(void **state)
{
	(void)state;
	for (int p = 0; p < SANDBOX_PROFILES; p++) {
		struct sandbox *s = sandbox_new((enum sandbox_profile)p);

		assert_int_equal(outcome(s, eat), 0);
		sandbox_free(s);
	}
}
#endif

/* --- the place ----------------------------------------------------------- */

/* What /proc says of a child that has entered, while it waits for us. */
struct seen {
	char status[4096];
	char root[256];
};

static void
look_at(pid_t pid, struct seen *out)
{
	char path[64];
	ssize_t n;
	int fd;

	(void)snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	n = read(fd, out->status, sizeof(out->status) - 1);
	assert_true(n > 0);
	out->status[n] = '\0';
	(void)close(fd);
	(void)snprintf(path, sizeof(path), "/proc/%d/root", (int)pid);
	n = readlink(path, out->root, sizeof(out->root) - 1);
	out->root[n > 0 ? n : 0] = '\0';
}

static void
enter_and_look(const struct sandbox *s, struct seen *out)
{
	int in[2], on[2], status;
	char byte;
	pid_t pid;

	assert_int_equal(pipe2(in, O_CLOEXEC), 0);
	assert_int_equal(pipe2(on, O_CLOEXEC), 0);
	pid = fork();
	if (pid == 0) {
		(void)close(in[0]);
		(void)close(on[1]);
		if (sandbox_enter(s) == OK && write(in[1], "i", 1) == 1)
			_exit((int)read(on[0], &byte, 1));
		_exit(1);
	}
	(void)close(in[1]);
	assert_int_equal(read(in[0], &byte, 1), 1);
	look_at(pid, out);
	(void)close(on[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	(void)close(in[0]);
	(void)close(on[0]);
}

static char nobody[] = "nobody", root_name[] = "root",
	    unknown[] = "no-such-user";

static void
make_site(struct config *cfg, char *folder)
{
	*cfg = (struct config){
	    .arena = arena_new(), .site_keys = folder, .ssh_user = nobody};
	assert_non_null(mkdtemp(folder));
}

static void
clear_site(struct config *cfg)
{
	(void)rmdir(arena_printf(cfg->arena, "%s/empty", cfg->site_keys));
	assert_int_equal(rmdir(cfg->site_keys), 0);
	arena_free(cfg->arena);
}

/* As root in an empty folder and as somebody else; as anybody else the same
 * without both. */
static void
a_connection_has_no_place_and_no_rights(void **state)
{
	char folder[] = "/tmp/test_sandboxXXXXXX";
	struct sandbox *s = sandbox_new(SANDBOX_NET);
	struct seen seen;
	struct config cfg;

	(void)state;
	make_site(&cfg, folder);
	assert_int_equal(sandbox_set_place(s, &cfg), OK);
	enter_and_look(s, &seen);
	assert_non_null(strstr(seen.status, "\nCapPrm:\t0000000000000000\n"));
	assert_non_null(strstr(seen.status, "\nNoNewPrivs:\t1\n"));
	assert_non_null(strstr(seen.status, "\nSeccomp:\t2\n"));
	if (geteuid() == 0) {
		assert_null(strstr(seen.status, "\nUid:\t0\t"));
		assert_non_null(strstr(seen.status, "\nGroups:\t \n"));
		assert_string_equal(
		    seen.root, arena_printf(cfg.arena, "%s/empty", folder));
	}
	sandbox_free(s);
	clear_site(&cfg);
}

/* A root that opens the database needs no other power of root's. */
static void
a_session_keeps_no_power_of_root(void **state)
{
	struct sandbox *s = sandbox_new(SANDBOX_SESSION);
	struct seen seen;

	(void)state;
	enter_and_look(s, &seen);
	if (geteuid() == 0) /* CAP_DAC_OVERRIDE */
		assert_non_null(
		    strstr(seen.status, "\nCapPrm:\t0000000000000002\n"));
	else
		assert_non_null(
		    strstr(seen.status, "\nCapPrm:\t0000000000000000\n"));
	assert_non_null(strstr(seen.status, "\nSeccomp:\t2\n"));
	sandbox_free(s);
}

/* --- a kernel that has no filters ---------------------------------------- */

/* Have seccomp(2) itself answer as a kernel or container without it. */
static void
take_filters_away(void)
{
	struct sock_filter code[] = {
	    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0), /* the call's number */
	    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_seccomp, 0, 1),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EINVAL),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {COUNT(code), code};

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) != 0)
		_exit(99);
}

/* The folder of this program; what it tests lies one above. */
static const char *
test_folder(void)
{
	static char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	assert_true(n > 0);
	self[n] = '\0';
	return dirname(self);
}

static int
status_of(pid_t pid)
{
	int status = -1;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
without_filters_nobody_enters(void **state)
{
	struct sandbox *s = sandbox_new(SANDBOX_SESSION);
	pid_t pid = fork();

	(void)state;
	if (pid == 0) {
		take_filters_away();
		_exit(sandbox_try(s) == ERR_IO && sandbox_enter(s) == ERR_IO
		          ? 0
		          : 1);
	}
	assert_int_equal(status_of(pid), 0);
	sandbox_free(s);
}

/* liaisond asks liaison-net before it binds a port. */
static void
without_filters_nothing_is_served(void **state)
{
	char folder[] = "/tmp/test_sandboxXXXXXX", prepare[] = "--prepare";
	struct arena *a = arena_new();
	char *ini, *net, *key;
	FILE *out;
	int want[] = {EX_OSERR, EX_OK};

	(void)state;
	assert_non_null(mkdtemp(folder));
	ini = arena_printf(a, "%s/liaison.ini", folder);
	net = arena_printf(a, "%s/../liaison-net", test_folder());
	key = arena_printf(a, "%s/host_key", folder);
	out = fopen(ini, "we");
	assert_non_null(out);
	(void)fprintf(out,
	              "[ssh]\nhost_key = %s\n[site]\nkeys = %s\n"
	              "[database]\npath = %s/db/liaison.db\n",
	              key, folder, folder);
	assert_int_equal(fclose(out), 0);
	for (int i = 0; i < 2; i++) {
		char *argv[] = {net, prepare, ini, NULL};
		pid_t pid = fork();

		if (pid == 0) {
			if (i == 0)
				take_filters_away();
			(void)execv(net, argv);
			_exit(98);
		}
		assert_int_equal(status_of(pid), want[i]);
	}
	(void)rmdir(arena_printf(a, "%s/empty", folder));
	assert_int_equal(unlink(key), 0);
	assert_int_equal(unlink(ini), 0);
	assert_int_equal(rmdir(folder), 0);
	arena_free(a);
}

static void
a_place_that_cannot_be_had_is_refused(void **state)
{
	char folder[] = "/tmp/test_sandboxXXXXXX";
	struct sandbox *s = sandbox_new(SANDBOX_NET);
	bool root = geteuid() == 0;
	struct config cfg;
	const char *empty;

	(void)state;
	make_site(&cfg, folder);
	empty = arena_printf(cfg.arena, "%s/empty", folder);
	cfg.ssh_user = unknown;
	assert_int_equal(sandbox_set_place(s, &cfg), root ? ERR_CONFIG : OK);
	cfg.ssh_user = root_name;
	assert_int_equal(sandbox_set_place(s, &cfg), root ? ERR_CONFIG : OK);
	cfg.ssh_user = nobody;
	assert_int_equal(mkdir(empty, 0777), 0);
	assert_int_equal(chmod(empty, 0777), 0);
	assert_int_equal(sandbox_set_place(s, &cfg), root ? ERR_CONFIG : OK);
	sandbox_free(s);
	clear_site(&cfg);
}

static void
each_profile_is_smaller_than_the_next(void **state)
{
	static const enum sandbox_profile order[] = {
	    SANDBOX_WORKER, SANDBOX_NET, SANDBOX_SESSION};
	int before = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(order); i++) {
		struct sandbox *s = sandbox_new(order[i]);
		struct sandbox_size size = sandbox_size(s);

		print_message("# profile %d: %d calls, %d refused, %d "
		              "instructions\n",
		              (int)order[i], size.allowed, size.refused,
		              size.instructions);
		assert_true(size.allowed > before);
		assert_true(size.instructions > size.allowed);
		before = size.allowed;
		sandbox_free(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_call_outside_the_list_ends_that_process),
	    cmocka_unit_test(who_writes_to_others_finds_their_addresses),
	    cmocka_unit_test(of_files_only_those_named_are_opened),
	    cmocka_unit_test(descriptors_and_dumps_are_bounded),
#ifndef SANITIZE
	    cmocka_unit_test(memory_is_bounded),
#endif
	    cmocka_unit_test(a_connection_has_no_place_and_no_rights),
	    cmocka_unit_test(a_session_keeps_no_power_of_root),
	    cmocka_unit_test(without_filters_nobody_enters),
	    cmocka_unit_test(without_filters_nothing_is_served),
	    cmocka_unit_test(a_place_that_cannot_be_had_is_refused),
	    cmocka_unit_test(each_profile_is_smaller_than_the_next),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
