/*
 * Results. A function that can fail returns OK (0) or one negative ERR_*
 * and is marked MUST_CHECK. The rows live in err.def.
 */
#ifndef DB_BASE_ERR_H
#define DB_BASE_ERR_H

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum err_row {
	ERR_ROW_OK,
#define ERR(code, text) ERR_ROW_##code,
#include "db/base/err.def"
#undef ERR
	ERR_ROWS
};

enum err {
	OK = 0,
#define ERR(code, text) ERR_##code = -ERR_ROW_##code,
#include "db/base/err.def"
#undef ERR
};

/* Sentence for the person, a msgid in English; never NULL. */
const char *err_msgid(int err);

/* Name of the code for logs and --json, such as "NOT_FOUND". */
const char *err_name(int err);

/* The code of sysexits.h that a command line ends with for err. */
int err_exit_code(int err);

#endif
