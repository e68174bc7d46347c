/* Looking a character up in the table of the build. */
#include "db/base/fold.h"

#include "db/base/fold_table.h"

uint32_t
fold_char(uint32_t ch)
{
	uint16_t cell;

	if (ch >= FOLD_CHARS)
		return 0;
	cell = fold_cells[fold_pages[ch / FOLD_PAGE]][ch % FOLD_PAGE];
	return cell == FOLD_NOTHING ? 0 : ch + (uint32_t)fold_steps[cell];
}
