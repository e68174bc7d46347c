/* Names and sentences of the results in err.def. */
#include "db/base/err.h"

#include <sysexits.h>

#include "db/base/i18n.h"

static const struct {
	const char *name;
	const char *msgid;
} rows[] = {
    [ERR_ROW_OK] = {"OK", N_("Done.")},
#define ERR(code, text) [ERR_ROW_##code] = {#code, text},
#include "db/base/err.def"
#undef ERR
};

static int
row_of(int err)
{
	return err <= 0 && -err < ERR_ROWS ? -err : ERR_ROW_STORE;
}

const char *
err_msgid(int err)
{
	return rows[row_of(err)].msgid;
}

const char *
err_name(int err)
{
	return rows[row_of(err)].name;
}

int
err_exit_code(int err)
{
	switch (err) {
	case OK:
		return EX_OK;
	case ERR_DENIED:
		return EX_NOPERM;
	case ERR_NOT_FOUND:
		return EX_NOINPUT;
	case ERR_USAGE:
		return EX_USAGE;
	case ERR_CONFIG:
		return EX_CONFIG;
	case ERR_BUSY:
	case ERR_LIMIT:
		return EX_TEMPFAIL;
	case ERR_UNAVAILABLE:
	case ERR_CLOSED:
		return EX_UNAVAILABLE;
	case ERR_IO:
	case ERR_FULL:
	case ERR_READONLY:
	case ERR_STORE:
		return EX_IOERR;
	case ERR_PROTOCOL:
		return EX_PROTOCOL;
	default: /* not an enum switch: what is left is bad input */
		return EX_DATAERR;
	}
}
