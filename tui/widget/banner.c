/* The letters' shapes and how they are put together. */
#include "tui/widget/banner.h"

#include <stddef.h>
#include <string.h>

enum { WIDTH = 5, GAP = 1, BLANK = 3 };

/* clang-format off */
static const struct {
	char letter;
	const char *rows[BANNER_ROWS];
} shapes[] = {
	{'0', {" ### ", "#  ##", "# # #", "##  #", " ### "}},
	{'1', {"  #  ", " ##  ", "  #  ", "  #  ", " ### "}},
	{'2', {"#### ", "    #", " ### ", "#    ", "#####"}},
	{'3', {"#### ", "    #", " ### ", "    #", "#### "}},
	{'4', {"#   #", "#   #", "#####", "    #", "    #"}},
	{'5', {"#####", "#    ", "#### ", "    #", "#### "}},
	{'6', {" ### ", "#    ", "#### ", "#   #", " ### "}},
	{'7', {"#####", "    #", "   # ", "  #  ", "  #  "}},
	{'8', {" ### ", "#   #", " ### ", "#   #", " ### "}},
	{'9', {" ### ", "#   #", " ####", "    #", " ### "}},
	{'A', {" ### ", "#   #", "#####", "#   #", "#   #"}},
	{'B', {"#### ", "#   #", "#### ", "#   #", "#### "}},
	{'C', {" ####", "#    ", "#    ", "#    ", " ####"}},
	{'D', {"#### ", "#   #", "#   #", "#   #", "#### "}},
	{'E', {"#####", "#    ", "#### ", "#    ", "#####"}},
	{'F', {"#####", "#    ", "#### ", "#    ", "#    "}},
	{'G', {" ####", "#    ", "#  ##", "#   #", " ####"}},
	{'H', {"#   #", "#   #", "#####", "#   #", "#   #"}},
	{'I', {" ### ", "  #  ", "  #  ", "  #  ", " ### "}},
	{'J', {"  ###", "   # ", "   # ", "#  # ", " ##  "}},
	{'K', {"#   #", "#  # ", "###  ", "#  # ", "#   #"}},
	{'L', {"#    ", "#    ", "#    ", "#    ", "#####"}},
	{'M', {"#   #", "## ##", "# # #", "#   #", "#   #"}},
	{'N', {"#   #", "##  #", "# # #", "#  ##", "#   #"}},
	{'O', {" ### ", "#   #", "#   #", "#   #", " ### "}},
	{'P', {"#### ", "#   #", "#### ", "#    ", "#    "}},
	{'Q', {" ### ", "#   #", "# # #", "#  # ", " ## #"}},
	{'R', {"#### ", "#   #", "#### ", "#  # ", "#   #"}},
	{'S', {" ####", "#    ", " ### ", "    #", "#### "}},
	{'T', {"#####", "  #  ", "  #  ", "  #  ", "  #  "}},
	{'U', {"#   #", "#   #", "#   #", "#   #", " ### "}},
	{'V', {"#   #", "#   #", "#   #", " # # ", "  #  "}},
	{'W', {"#   #", "#   #", "# # #", "## ##", "#   #"}},
	{'X', {"#   #", " # # ", "  #  ", " # # ", "#   #"}},
	{'Y', {"#   #", " # # ", "  #  ", "  #  ", "  #  "}},
	{'Z', {"#####", "   # ", "  #  ", " #   ", "#####"}},
};
/* clang-format on */

static const char *const *
shape_of(char letter)
{
	for (size_t i = 0; i < COUNT(shapes); i++)
		if (shapes[i].letter == letter)
			return shapes[i].rows;
	return NULL;
}

int
banner_columns(const char *text)
{
	int columns = 0;

	for (; *text != '\0'; text++)
		columns += shape_of(*text) != NULL ? WIDTH + GAP : BLANK;
	return columns > 0 ? columns - GAP : 0;
}

void
banner_draw(const struct area *area, int y, int x, const char *text)
{
	if (area->lines != NULL)
		return; /* a picture of what stands beside it as text */
	for (; *text != '\0'; text++) {
		const char *const *rows = shape_of(*text);

		for (int i = 0; rows != NULL && i < BANNER_ROWS; i++)
			area_put(area, y + i, x, THEME_TITLE, rows[i]);
		x += rows != NULL ? WIDTH + GAP : BLANK;
	}
}
