/* The order matters: the place needs root's rights, the identity gives them
 * up, and the filter comes last because it forbids all of this. */
#include "server/lib/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pwd.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "db/base/log.h"

enum {
	NET = 1 << SANDBOX_NET,
	SESSION = 1 << SANDBOX_SESSION,
	AUTH = 1 << SANDBOX_AUTH,
	WORKER = 1 << SANDBOX_WORKER,
	WEB = 1 << SANDBOX_WEB,
	MEDIA = 1 << SANDBOX_MEDIA,
	POST = 1 << SANDBOX_POST,
	STORE = SESSION | AUTH | WEB | POST,
	ALL = NET | STORE | WORKER | MEDIA,
#ifdef SANITIZE
	SANITIZER = ALL
#else
	SANITIZER = 0
#endif
};

/* fork() as the C library asks for it, and nothing like a thread */
#define FORK_FLAGS (CLONE_CHILD_CLEARTID | CLONE_CHILD_SETTID | SIGCHLD)
#define WHOLE 0xffffffffU

static const struct call {
	int number;
	int who;
	uint32_t action;
	bool conditional;
	struct scmp_arg_cmp arg;
} calls[] = {
#define CALL(name, who) {SCMP_SYS(name), who, SCMP_ACT_ALLOW, false, {0}},
#define CALL_IF(name, who, n, mask, value)                                     \
	{SCMP_SYS(name),                                                       \
	 who,                                                                  \
	 SCMP_ACT_ALLOW,                                                       \
	 true,                                                                 \
	 {n, SCMP_CMP_MASKED_EQ, mask, (scmp_datum_t)(value)}},
#define REFUSE(name, who)                                                      \
	{SCMP_SYS(name), who, SCMP_ACT_ERRNO(EPERM), false, {0}},
#include "server/lib/sandbox.def"
#undef CALL
#undef CALL_IF
#undef REFUSE
};

#define MIB ((rlim_t)1 << 20)

/* RLIMIT_FSIZE stays: the log may be a file, and no profile that must not
 * write files can open one. Sanitizers map terabytes, so DATA is not theirs.
 */
static const struct {
	int who;
	__rlimit_resource_t what;
	rlim_t most;
} limits[] = {
    {ALL, RLIMIT_CORE, 0},
    {NET | SESSION | WEB | WORKER | MEDIA | POST, RLIMIT_NPROC, 0},
    {NET | WORKER | MEDIA, RLIMIT_NOFILE, 16},
    {MEDIA, RLIMIT_CPU, 10}, /* seconds */
    {SESSION | AUTH | POST, RLIMIT_NOFILE, 64},
#ifndef SANITIZE
    {NET, RLIMIT_DATA, 64 * MIB},
    {SESSION, RLIMIT_DATA, 512 * MIB},
    {WEB, RLIMIT_DATA, 768 * MIB},
    {AUTH | WORKER | POST, RLIMIT_DATA, 256 * MIB},
    {MEDIA, RLIMIT_AS, 1024 * MIB},
    {MEDIA, RLIMIT_DATA, 512 * MIB},
#endif
};

static const char *const names[SANDBOX_PROFILES] = {
    [SANDBOX_NET] = "net",   [SANDBOX_SESSION] = "session",
    [SANDBOX_AUTH] = "auth", [SANDBOX_WORKER] = "worker",
    [SANDBOX_WEB] = "web",   [SANDBOX_MEDIA] = "media",
    [SANDBOX_POST] = "post",
};

struct sandbox {
	enum sandbox_profile profile;
	struct sock_fprog filter;
	char *root; /* NULL: the file system as it is */
	uid_t uid;
	gid_t gid;
};

/* --- building ------------------------------------------------------------ */

static bool
add_rules(scmp_filter_ctx ctx, int who)
{
	for (size_t i = 0; i < COUNT(calls); i++) {
		const struct call *c = &calls[i];

		if ((c->who & who) != 0 &&
		    seccomp_rule_add_array(ctx, c->action, c->number,
		                           c->conditional, &c->arg) != 0) {
			log_error("sandbox row=%zu refused", i);
			return false;
		}
	}
	return true;
}

/* The compiled filter passes through a file that lies in memory. */
static bool
take_filter(struct sandbox *s, scmp_filter_ctx ctx)
{
	int fd = memfd_create("filter", MFD_CLOEXEC);
	struct stat st;
	bool ok =
	    fd >= 0 && seccomp_export_bpf(ctx, fd) == 0 && fstat(fd, &st) == 0;

	if (ok) {
		size_t n = (size_t)st.st_size;

		s->filter.filter = xcalloc(1, n);
		s->filter.len =
		    (unsigned short)(n / sizeof(s->filter.filter[0]));
		ok = pread(fd, s->filter.filter, n, 0) == (ssize_t)n;
	}
	if (fd >= 0)
		(void)close(fd);
	return ok;
}

struct sandbox *
sandbox_new(enum sandbox_profile profile)
{
	struct sandbox *s = xcalloc(1, sizeof(*s));
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_KILL_PROCESS);
	bool ok;

	s->profile = profile;
	s->uid = getuid();
	s->gid = getgid();
	ok = ctx != NULL &&
	     seccomp_attr_set(ctx, SCMP_FLTATR_ACT_BADARCH,
	                      SCMP_ACT_KILL_PROCESS) == 0 &&
	     /* a binary tree instead of a list: every call passes it */
	     seccomp_attr_set(ctx, SCMP_FLTATR_CTL_OPTIMIZE, 2) == 0 &&
	     add_rules(ctx, 1 << profile) && take_filter(s, ctx);
	seccomp_release(ctx);
	if (ok)
		return s;
	log_error("sandbox profile=%s cannot be built: has this kernel "
	          "seccomp filters?",
	          names[profile]);
	sandbox_free(s);
	return NULL;
}

void
sandbox_free(struct sandbox *s)
{
	if (s == NULL)
		return;
	free(s->filter.filter);
	free(s->root);
	free(s);
}

/* Root's, for nobody to write, and no link that points elsewhere. */
static bool
make_empty(const char *folder)
{
	struct stat st;

	if (mkdir(folder, 0555) == 0 && chmod(folder, 0555) != 0)
		return false;
	return lstat(folder, &st) == 0 && S_ISDIR(st.st_mode) &&
	       st.st_uid == 0 && (st.st_mode & 0222) == 0;
}

int
sandbox_set_place(struct sandbox *s, const struct config *cfg)
{
	const struct passwd *user;

	if (geteuid() != 0)
		return OK;
	user = getpwnam(cfg->ssh_user);
	if (user == NULL || user->pw_uid == 0) {
		log_error("configuration ssh.user=%s is %s", cfg->ssh_user,
		          user == NULL ? "unknown" : "root");
		return ERR_CONFIG;
	}
	s->uid = user->pw_uid;
	s->gid = user->pw_gid;
	free(s->root);
	s->root = xstrdup(arena_printf(cfg->arena, "%s/empty", cfg->site_keys));
	if (make_empty(s->root))
		return OK;
	log_error("sandbox folder=%s must be root's and read-only", s->root);
	return ERR_CONFIG;
}

struct sandbox_size
sandbox_size(const struct sandbox *s)
{
	struct sandbox_size size = {.instructions = s->filter.len};

	for (size_t i = 0; i < COUNT(calls); i++) {
		bool again = i > 0 && calls[i - 1].number == calls[i].number;

		if ((calls[i].who & 1 << s->profile) == 0 || again)
			continue;
		if (calls[i].action == SCMP_ACT_ALLOW)
			size.allowed++;
		else
			size.refused++;
	}
	return size;
}

/* --- entering ------------------------------------------------------------ */

static bool
set_limits(const struct sandbox *s)
{
	for (size_t i = 0; i < COUNT(limits); i++) {
		struct rlimit most = {limits[i].most, limits[i].most};

		if ((limits[i].who & 1 << s->profile) != 0 &&
		    setrlimit(limits[i].what, &most) != 0)
			return false;
	}
	return true;
}

static bool
set_place(const struct sandbox *s)
{
	return s->root == NULL || (chroot(s->root) == 0 && chdir("/") == 0);
}

/* Also the changed identity must not be able to look into the others of
 * its kind: no dumps, no debugger. */
static bool
set_identity(const struct sandbox *s)
{
	if (s->root == NULL)
		return true;
	return setgroups(0, NULL) == 0 &&
	       setresgid(s->gid, s->gid, s->gid) == 0 &&
	       setresuid(s->uid, s->uid, s->uid) == 0 &&
	       prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

/* A root that keeps its name for the database's sake keeps of its powers
 * only that of writing there, whoever owns the folder. */
static bool
set_capabilities(const struct sandbox *s)
{
	struct __user_cap_header_struct head = {
	    .version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2] = {{0}};

	if ((1 << s->profile & STORE) != 0) {
		uint32_t keep = CAP_TO_MASK(CAP_DAC_OVERRIDE);

		if (syscall(SYS_capget, &head, data) != 0)
			return false;
		data[0].permitted &= keep;
		data[0].effective = data[0].permitted;
		data[0].inheritable = 0;
		data[1] = (struct __user_cap_data_struct){0};
	}
	return syscall(SYS_capset, &head, data) == 0;
}

static bool
set_no_new_privileges(const struct sandbox *s)
{
	(void)s;
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

static bool
set_filter(const struct sandbox *s)
{
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &s->filter) ==
	       0;
}

int
sandbox_enter(const struct sandbox *s)
{
	static const struct {
		const char *name;
		bool (*set)(const struct sandbox *s);
	} steps[] = {
	    {"limits", set_limits},
	    {"chroot", set_place},
	    {"identity", set_identity},
	    {"capabilities", set_capabilities},
	    {"no_new_privs", set_no_new_privileges},
	    {"seccomp", set_filter},
	};

	for (size_t i = 0; i < COUNT(steps); i++)
		if (!steps[i].set(s)) {
			log_error("sandbox profile=%s step=%s errno=%d",
			          names[s->profile], steps[i].name, errno);
			return ERR_IO;
		}
	return OK;
}

int
sandbox_try(const struct sandbox *s)
{
	pid_t pid = fork();
	int status;

	if (pid == 0)
		_exit(sandbox_enter(s) == OK ? 0 : 1);
	return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0
	           ? OK
	           : ERR_IO;
}
