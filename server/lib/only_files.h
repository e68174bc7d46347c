/*
 * Which files a process may still open, by name: Landlock, where the kernel
 * has it. For a process that must open files while it speaks to others; who
 * can do without any sees an empty folder instead (sandbox.h).
 */
#ifndef SERVER_LIB_ONLY_FILES_H
#define SERVER_LIB_ONLY_FILES_H

#include "db/base/err.h"

/* From here on only what is in the lists, each ended by NULL: files and
 * folders that may be read, folders that may be read and written. What does
 * not exist is passed over. A kernel that cannot is logged, and no error.
 * Errors: ERR_IO (logged). */
int only_files(const char *const *read, const char *const *write) MUST_CHECK;

#endif
