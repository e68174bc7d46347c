/* The file of an import that waits to be looked at. */
#include "db/import.h"
#include "db/kept_file.h"

static const char use[] = "import";

int
import_keep(struct ctx *c, enum import_kind kind, const char *data, size_t n)
{
	if (!may(c, import_perm(kind)))
		return ERR_DENIED;
	return n > IMPORT_BYTES_MAX
	           ? ERR_TOO_LONG
	           : kept_file_put(c, use, import_name(kind), data, n);
}

int
import_kept(struct ctx *c, struct arena *a, struct import_pending *out)
{
	struct kept_file file;
	int err = kept_file_get(c, a, use, IMPORT_BYTES_MAX, &file);

	if (err != OK)
		return err;
	*out = (struct import_pending){.kind = import_named(file.word),
	                               .at = file.at,
	                               .data = file.data,
	                               .n = file.n};
	return out->kind != IMPORT_KINDS ? OK : ERR_IO;
}

int
import_forget(struct ctx *c)
{
	return kept_file_drop(c, use);
}
