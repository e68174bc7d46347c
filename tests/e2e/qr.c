/* Cells to pixels to zbar. */
#include "tests/e2e/qr.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>
#include <zbar.h>

#include "db/base/arena.h"

/* Pixels of a cell; 8 x 16 is what a terminal of 1:2 cells shows. */
enum { CELL_W = 8, CELL_H = 16 };

struct picture {
	unsigned char *grey;
	int width;
};

/* Grey of a colour; only how light it is matters to a camera. */
static unsigned char
grey_of(int colour, unsigned char fallback)
{
	static const unsigned char basic[16] = {0,   60,  100, 140, 40,  80,
	                                        120, 200, 90,  110, 160, 220,
	                                        100, 140, 190, 255};

	if (colour == VT_DEFAULT)
		return fallback;
	if (colour < 16)
		return basic[colour];
	if (colour >= 232 && colour < 256)
		return (unsigned char)(8 + 10 * (colour - 232));
	if (colour < 232) {
		int c = colour - 16;

		return (unsigned char)((c / 36 * 76 + c / 6 % 6 * 150 +
		                        c % 6 * 29) /
		                       5);
	}
	return (unsigned char)(((colour >> 16 & 255) + (colour >> 8 & 255) * 2 +
	                        (colour & 255)) /
	                       4);
}

/* Whether the pixel at x, y of the cell has ink. Letters are a smudge. */
static bool
has_ink(const char *text, int x, int y)
{
	if (strcmp(text, "█") == 0)
		return true;
	if (strcmp(text, "▀") == 0)
		return y < CELL_H / 2;
	if (strcmp(text, "▄") == 0)
		return y >= CELL_H / 2;
	if (text[0] == '\0' || strcmp(text, " ") == 0)
		return false;
	return y >= 4 && y < 13 && x > 0 && x < 7 && (x * 5 + y * 3) % 4 < 2;
}

static void
draw_cell(struct picture *p, const struct vt_cell *c, int row, int col,
          bool dark)
{
	unsigned char fg = grey_of(c->fg, dark ? 200 : 0);
	unsigned char bg = grey_of(c->bg, dark ? 0 : 255);

	for (int y = 0; y < CELL_H; y++) {
		for (int x = 0; x < CELL_W; x++) {
			bool ink = has_ink(c->text, x, y);

			if ((c->attrs & VT_REVERSE) != 0)
				ink = !ink;
			p->grey[(row * CELL_H + y) * p->width + col * CELL_W +
			        x] = ink ? fg : bg;
		}
	}
}

static bool
decode(const struct picture *p, int height, struct buf *out)
{
	zbar_image_scanner_t *scanner = zbar_image_scanner_create();
	zbar_image_t *image = zbar_image_create();
	const zbar_symbol_t *s;
	bool found = false;

	(void)zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE,
	                                    0);
	(void)zbar_image_scanner_set_config(scanner, ZBAR_QRCODE,
	                                    ZBAR_CFG_ENABLE, 1);
	zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
	zbar_image_set_size(image, (unsigned)p->width, (unsigned)height);
	zbar_image_set_data(image, p->grey,
	                    (unsigned long)p->width * (unsigned long)height,
	                    NULL);
	(void)zbar_scan_image(scanner, image);
	for (s = zbar_image_first_symbol(image); s != NULL;
	     s = zbar_symbol_next(s)) {
		buf_addn(out, zbar_symbol_get_data(s),
		         zbar_symbol_get_data_length(s));
		buf_addc(out, '\n');
		found = true;
	}
	zbar_image_destroy(image);
	zbar_image_scanner_destroy(scanner);
	return found;
}

bool
qr_read(const struct vt *t, bool dark, struct buf *out)
{
	int rows = vt_rows(t), cols = vt_cols(t);
	struct picture p = {.width = cols * CELL_W};
	bool found;

	p.grey = xmalloc((size_t)rows * CELL_H * (size_t)p.width);
	for (int row = 0; row < rows; row++) {
		for (int col = 0; col < cols; col++) {
			struct vt_cell cell;

			vt_cell(t, row, col, &cell);
			draw_cell(&p, &cell, row, col, dark);
		}
	}
	found = decode(&p, rows * CELL_H, out);
	free(p.grey);
	return found;
}

bool
qr_read_file(const char *path, struct buf *out)
{
	png_image image = {.version = PNG_IMAGE_VERSION};
	struct picture p = {0};
	bool found = false;

	if (!png_image_begin_read_from_file(&image, path))
		return false;
	image.format = PNG_FORMAT_GRAY;
	p.width = (int)image.width;
	p.grey = xmalloc(PNG_IMAGE_SIZE(image));
	if (png_image_finish_read(&image, NULL, p.grey, 0, NULL))
		found = decode(&p, (int)image.height, out);
	png_image_free(&image);
	free(p.grey);
	return found;
}
