/*
 * Pictures for the demo's messages: a street, a river, a lamp, drawn from a
 * few shapes, as PNG without compression. They need no library and are the
 * same each time.
 */
#include "db/demo_picture.h"

#include <string.h>

#include "db/attachment.h"
#include "db/base/buf.h"
#include "db/base/secret.h"
#include "db/blob.h"
#include "db/store/store.h"

enum {
	WIDTH = 200,
	HEIGHT = 150,
	SMALL = 2, /* a small picture has every second dot */
	SHAPES = 8,
	COLOURS = 16
};

/* clang-format off */
enum colour { NIGHT, SKY, GREY, DARK, GREEN, BROWN, WATER, WHITE, YELLOW, RED,
              BLUE, BRICK, FIELD, STONE, BLACK, GLOW };

static const unsigned char palette[COLOURS][3] = {
	{20, 24, 48}, {150, 190, 225}, {130, 130, 132}, {70, 70, 74},
	{60, 120, 62}, {120, 86, 52}, {70, 120, 140}, {238, 238, 232},
	{236, 190, 60}, {190, 52, 44}, {48, 84, 150}, {164, 92, 68},
	{150, 170, 80}, {176, 170, 158}, {24, 22, 22}, {250, 232, 160},
};

/* A rectangle or, round, what fits into it; height 0 ends a scene. */
static const struct shape {
	enum colour colour;
	short x, y, w, h;
	bool round;
} scenes[DEMO_PICTURES][SHAPES] = {
	{{NIGHT, 0, 0, 200, 150, false}, {DARK, 0, 110, 200, 40, false},  /* a lamp that is out */
	 {GREY, 96, 30, 4, 84, false}, {GREY, 96, 28, 30, 4, false}, {BLACK, 120, 30, 12, 8, true},
	 {GLOW, 10, 70, 6, 6, true}, {GLOW, 180, 64, 5, 5, true}},
	{{SKY, 0, 0, 200, 60, false}, {GREEN, 0, 50, 200, 20, false},     /* a road with holes */
	 {GREY, 0, 66, 200, 84, false}, {BLACK, 60, 90, 60, 22, true}, {DARK, 66, 94, 48, 14, true},
	 {BLACK, 140, 120, 30, 12, true}, {WHITE, 20, 80, 30, 3, false}},
	{{SKY, 0, 0, 200, 50, false}, {GREEN, 0, 46, 200, 20, false},     /* a river with rubbish */
	 {WATER, 0, 60, 200, 70, false}, {BROWN, 0, 126, 200, 24, false}, {WHITE, 70, 80, 14, 9, true},
	 {RED, 96, 92, 10, 8, true}, {YELLOW, 120, 84, 12, 6, false}},
	{{STONE, 0, 0, 200, 90, false}, {GREY, 0, 88, 200, 62, false},    /* cars before a door */
	 {BROWN, 84, 30, 32, 60, false}, {BLUE, 20, 84, 70, 34, false}, {RED, 104, 90, 74, 36, false},
	 {BLACK, 28, 110, 16, 16, true}, {BLACK, 120, 118, 16, 16, true}},
	{{SKY, 0, 0, 200, 110, false}, {BRICK, 30, 30, 90, 90, false},    /* a building site */
	 {YELLOW, 140, 10, 6, 110, false}, {YELLOW, 90, 10, 100, 5, false}, {DARK, 100, 15, 2, 40, false},
	 {BROWN, 0, 110, 200, 40, false}, {STONE, 130, 100, 50, 30, true}},
	{{SKY, 0, 0, 200, 56, false}, {FIELD, 0, 54, 200, 96, false},     /* a ditch in a field */
	 {BROWN, 80, 54, 40, 96, false}, {WATER, 90, 60, 20, 90, false}, {GREEN, 10, 30, 30, 30, true},
	 {BROWN, 22, 52, 6, 16, false}, {STONE, 96, 90, 10, 6, true}},
};
/* clang-format on */

/* --- drawing ---------------------------------------------------------------
 */

static bool
is_in(const struct shape *s, int x, int y)
{
	int dx, dy;

	if (x < s->x || y < s->y || x >= s->x + s->w || y >= s->y + s->h)
		return false;
	dx = 2 * (x - s->x) - s->w + 1;
	dy = 2 * (y - s->y) - s->h + 1;
	return !s->round || dx * dx * s->h * s->h + dy * dy * s->w * s->w <=
	                        s->w * s->w * s->h * s->h;
}

static unsigned
dot(int scene, int x, int y)
{
	unsigned colour = NIGHT;

	for (int i = 0; i < SHAPES && scenes[scene][i].h > 0; i++)
		if (is_in(&scenes[scene][i], x, y))
			colour = scenes[scene][i].colour;
	return colour;
}

/* --- PNG ---------------------------------------------------------------------
 */

static void
add_number(struct buf *out, uint32_t n)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_addc(out, (char)(n >> shift & 0xff));
}

static uint32_t
crc_of(const char *data, size_t n)
{
	uint32_t crc = 0xffffffff;

	for (size_t i = 0; i < n; i++) {
		crc ^= (unsigned char)data[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return ~crc;
}

static void
add_chunk(struct buf *out, const char *type, const struct buf *data)
{
	size_t from = out->len + 4;

	add_number(out, (uint32_t)data->len);
	buf_add(out, type);
	if (data->len > 0)
		buf_addn(out, data->data, data->len);
	add_number(out, crc_of(out->data + from, out->len - from));
}

/* One stored block; rows are short enough for it. */
static void
add_stored(struct buf *out, const struct buf *rows)
{
	uint32_t a = 1, b = 0;
	unsigned n = (unsigned)rows->len;

	buf_addn(out, "\x78\x01\x01", 3);
	buf_addc(out, (char)(n & 0xff));
	buf_addc(out, (char)(n >> 8));
	buf_addc(out, (char)(~n & 0xff));
	buf_addc(out, (char)(~n >> 8 & 0xff));
	buf_addn(out, rows->data, rows->len);
	for (size_t i = 0; i < rows->len; i++) {
		a = (a + (unsigned char)rows->data[i]) % 65521;
		b = (b + a) % 65521;
	}
	add_number(out, b << 16 | a);
}

/* Four bits a dot; every step-th of the scene. */
static void
draw(struct buf *out, int scene, int step)
{
	struct buf head = BUF_INIT, colours = BUF_INIT, rows = BUF_INIT;
	struct buf data = BUF_INIT, none = BUF_INIT;

	add_number(&head, (uint32_t)(WIDTH / step));
	add_number(&head, (uint32_t)(HEIGHT / step));
	buf_addn(&head, "\x04\x03\0\0\0", 5);
	buf_addn(&colours, (const char *)palette, sizeof(palette));
	for (int y = 0; y < HEIGHT; y += step) {
		buf_addc(&rows, 0);
		for (int x = 0; x < WIDTH; x += 2 * step)
			buf_addc(&rows, (char)(dot(scene, x, y) << 4 |
			                       dot(scene, x + step, y)));
	}
	add_stored(&data, &rows);
	buf_addn(out, "\x89PNG\r\n\x1a\n", 8);
	add_chunk(out, "IHDR", &head);
	add_chunk(out, "PLTE", &colours);
	add_chunk(out, "IDAT", &data);
	add_chunk(out, "IEND", &none);
	buf_clear(&head);
	buf_clear(&colours);
	buf_clear(&rows);
	buf_clear(&data);
}

static int
keep(const char *database, const struct buf *data, char hash[SECRET_HEX + 1])
{
	struct blob_in *in;
	int err = blob_begin(database, &in);

	if (err != OK)
		return err;
	err = blob_add(in, data->data, data->len);
	if (err == OK)
		return blob_keep(in, hash);
	blob_drop(in);
	return err;
}

int
demo_picture(struct demo *d, int scene, struct attachment_file *out)
{
	struct attachment_file *kept = &d->pictures[scene];
	const char *database = store_path(d->c->store);
	char hash[SECRET_HEX + 1] = "", thumb[SECRET_HEX + 1] = "";
	struct buf data = BUF_INIT;
	int err = OK;

	if (kept->hash == NULL) {
		draw(&data, scene, 1);
		kept->kind = ATTACHMENT_PICTURE;
		kept->type = "image/png";
		kept->size = (int64_t)data.len;
		err = keep(database, &data, hash);
		buf_truncate(&data, 0);
		draw(&data, scene, SMALL);
		if (err == OK)
			err = keep(database, &data, thumb);
		buf_clear(&data);
		kept->thumb = arena_strdup(d->a, thumb);
		kept->hash = err == OK ? arena_strdup(d->a, hash) : NULL;
	}
	*out = *kept;
	return err;
}
