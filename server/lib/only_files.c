#include "server/lib/only_files.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "db/base/log.h"

/* The last two are younger than some headers. */
#define REFER (UINT64_C(1) << 13)
#define TRUNCATE (UINT64_C(1) << 14)
#define OF_FILES                                                               \
	((uint64_t)(LANDLOCK_ACCESS_FS_READ_FILE |                             \
	            LANDLOCK_ACCESS_FS_WRITE_FILE |                            \
	            LANDLOCK_ACCESS_FS_EXECUTE) |                              \
	 TRUNCATE)
#define READ                                                                   \
	((uint64_t)(LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR))
#define WRITE                                                                  \
	(READ |                                                                \
	 (uint64_t)(LANDLOCK_ACCESS_FS_WRITE_FILE |                            \
	            LANDLOCK_ACCESS_FS_REMOVE_FILE |                           \
	            LANDLOCK_ACCESS_FS_MAKE_REG) |                             \
	 TRUNCATE)

/* Everything that is known of files by this kernel. */
static uint64_t
handled(long version)
{
	uint64_t all = REFER - 1;

	if (version >= 2)
		all |= REFER;
	if (version >= 3)
		all |= TRUNCATE;
	return all;
}

static bool
allow(int rules, const char *path, uint64_t access)
{
	struct landlock_path_beneath_attr rule = {
	    .parent_fd = open(path, O_PATH | O_CLOEXEC)};
	struct stat st;
	bool ok;

	if (rule.parent_fd < 0)
		return errno == ENOENT;
	ok = fstat(rule.parent_fd, &st) == 0;
	rule.allowed_access =
	    ok && S_ISDIR(st.st_mode) ? access : access & OF_FILES;
	ok = ok && syscall(SYS_landlock_add_rule, rules,
	                   LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
	(void)close(rule.parent_fd);
	return ok;
}

static bool
allow_all(int rules, const char *const *paths, uint64_t access)
{
	for (; *paths != NULL; paths++)
		if (!allow(rules, *paths, access))
			return false;
	return true;
}

int
only_files(const char *const *read, const char *const *write)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
	                       LANDLOCK_CREATE_RULESET_VERSION);
	struct landlock_ruleset_attr attr = {.handled_access_fs =
	                                         handled(version)};
	int rules;
	bool ok;

	if (version < 1) {
		log_warn("landlock missing: files are bounded by rights only");
		return OK;
	}
	rules =
	    (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof(attr), 0);
	ok = rules >= 0 &&
	     allow_all(rules, read, READ & attr.handled_access_fs) &&
	     allow_all(rules, write, WRITE & attr.handled_access_fs) &&
	     prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	     syscall(SYS_landlock_restrict_self, rules, 0) == 0;
	if (!ok)
		log_error("landlock errno=%d", errno);
	if (rules >= 0)
		(void)close(rules);
	return ok ? OK : ERR_IO;
}
