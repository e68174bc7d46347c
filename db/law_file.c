/* The draft law's text that waits to be looked at. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "db/kept_file.h"
#include "db/law.h"

static const char use[] = "law";

int
law_keep(struct ctx *c, struct law_id into, const char *data, size_t n)
{
	char word[KEPT_WORD + 1];

	if (!may(c, PERM_LAW_WRITE))
		return ERR_DENIED;
	if (n > LAW_BYTES_MAX)
		return ERR_TOO_LONG;
	(void)snprintf(word, sizeof(word), "%" PRId64, into.v);
	return kept_file_put(c, use, word, data, n);
}

int
law_kept(struct ctx *c, struct arena *a, struct law_pending *out)
{
	struct kept_file file;
	int err = kept_file_get(c, a, use, LAW_BYTES_MAX, &file);

	if (err == OK)
		*out =
		    (struct law_pending){.into = {strtoll(file.word, NULL, 10)},
		                         .at = file.at,
		                         .data = file.data,
		                         .n = file.n};
	return err;
}

int
law_forget(struct ctx *c)
{
	return kept_file_drop(c, use);
}
