/* A file to import: any bytes, read to the end; lines go forward, cells are
 * strings, and each decodes as GB18030 or is refused. */
#include <stdlib.h>
#include <string.h>

#include "db/base/csv.h"
#include "db/base/gb18030.h"
#include "tests/fuzz/fuzz.h"

static void
use(struct gb18030 *g, const struct csv_record *record, int *line)
{
	struct arena *a = arena_new();
	const char *text;

	if (record->line <= *line || record->n > CSV_CELLS_MAX)
		abort();
	*line = record->line;
	for (int i = 0; i < record->n; i++)
		if (gb18030_decode(g, a, record->cells[i],
		                   strlen(record->cells[i]), &text) == OK &&
		    strlen(text) > 3 * strlen(record->cells[i]))
			abort();
	arena_free(a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct csv_reader *r = csv_reader_new((const char *)data, size);
	struct csv_record record;
	struct gb18030 *g;
	int line = 0;

	if (gb18030_open(&g) != OK)
		abort();
	while (csv_reader_next(r, &record))
		use(g, &record, &line);
	if (csv_reader_at(r) != size)
		abort();
	gb18030_close(g);
	csv_reader_free(r);
	return 0;
}
