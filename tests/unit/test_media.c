/* What liaison-media makes of files, by a confined child as it is there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include <libexif/exif-data.h>
#include <webp/encode.h>

#include "db/base/buf.h"
#include "db/base/secret.h"
#include "server/lib/sandbox.h"
#include "server/media/media.h"

/* What stands in metadata that must be gone. */
static const char place[] = "N30-31-59-E120-41-12";

struct result {
	struct found found;
	unsigned char *out, *thumb;
};

/* --- examining ------------------------------------------------------- */

static unsigned char *
content(int fd, int64_t n)
{
	unsigned char *data = malloc((size_t)n + 1);
	struct stat st;

	assert_non_null(data);
	assert_int_equal(fstat(fd, &st), 0);
	if (n > 0) {
		assert_int_equal(st.st_size, n);
		assert_int_equal(pread(fd, data, (size_t)n, 0), n);
	}
	(void)close(fd);
	return data;
}

static struct result
examined(const void *data, size_t n)
{
	struct sandbox *sandbox = sandbox_new(SANDBOX_MEDIA);
	struct source s = {data, n, memfd_create("out", 0),
	                   memfd_create("thumb", 0)};
	struct result r = {.found = {.type = MEDIA_TYPES}};
	int p[2], status;
	pid_t pid;

	assert_non_null(sandbox);
	assert_int_equal(pipe(p), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct found found;

		if (sandbox_enter(sandbox) != OK)
			_exit(1);
		examine(&s, &found);
		_exit(write(p[1], &found, sizeof(found)) == sizeof(found) ? 0
		                                                          : 1);
	}
	(void)close(p[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(read(p[0], &r.found, sizeof(r.found)),
	                 sizeof(r.found));
	(void)close(p[0]);
	sandbox_free(sandbox);
	r.out = content(s.out, r.found.out);
	r.thumb = content(s.thumb, r.found.thumb);
	return r;
}

static void
release(struct result *r)
{
	free(r->out);
	free(r->thumb);
}

/* Nothing was recognised, and nothing is left to keep. */
static void
assert_other(const void *data, size_t n)
{
	struct result r = examined(data, n);

	assert_int_equal(r.found.type, MEDIA_OTHER);
	assert_int_equal(r.found.out, 0);
	assert_int_equal(r.found.thumb, 0);
	release(&r);
}

static void
assert_kept(const void *data, size_t n, enum media_type type)
{
	struct result r = examined(data, n);

	assert_int_equal(r.found.type, type);
	assert_int_equal(r.found.out, 0);
	release(&r);
}

/* --- pictures -------------------------------------------------------- */

/* Quarters: red, green; blue, white. */
static void
paint(int w, int h, struct picture *out)
{
	static const unsigned char colours[4][3] = {
	    {255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {255, 255, 255}};

	assert_true(picture_new(w, h, out));
	for (int y = 0; y < h; y++)
		for (int x = 0; x < w; x++) {
			unsigned char *px =
			    out->px + ((size_t)y * (size_t)w + (size_t)x) * 4;

			memcpy(px, colours[(y >= h / 2) * 2 + (x >= w / 2)], 3);
			px[3] = 255;
		}
}

static unsigned char *
painted_jpeg(int w, int h, size_t *n)
{
	unsigned char *data = NULL;
	struct picture p;

	paint(w, h, &p);
	assert_true(jpeg_write(&p, &data, n));
	picture_free(&p);
	return data;
}

/* The quarter that a picture shows there: 'r', 'g', 'b', 'w'. */
static char
colour(const struct picture *p, int x, int y)
{
	const unsigned char *px =
	    p->px + ((size_t)y * (size_t)p->w + (size_t)x) * 4;
	int high = (px[0] > 128) + (px[1] > 128) * 2 + (px[2] > 128) * 4;

	return high == 1 ? 'r' : high == 2 ? 'g' : high == 4 ? 'b' : 'w';
}

static void
entry(ExifData *data, ExifIfd ifd, int tag, ExifFormat format, const void *what,
      unsigned n, unsigned size)
{
	ExifEntry *e = exif_entry_new();

	e->tag = (ExifTag)tag;
	e->format = format;
	e->components = n;
	e->size = size;
	e->data = malloc(size);
	assert_non_null(e->data);
	memcpy(e->data, what, size);
	exif_content_add_entry(data->ifd[ifd], e);
	exif_entry_unref(e);
}

/* The same with what a telephone adds. */
static unsigned char *
with_exif(const unsigned char *jpeg, size_t n, int orientation, size_t *len)
{
	ExifData *data = exif_data_new();
	unsigned char *block = NULL, *out;
	unsigned block_n = 0;
	unsigned char turn[2];
	size_t app;

	exif_data_set_byte_order(data, EXIF_BYTE_ORDER_MOTOROLA);
	exif_set_short(turn, EXIF_BYTE_ORDER_MOTOROLA, (ExifShort)orientation);
	entry(data, EXIF_IFD_0, EXIF_TAG_ORIENTATION, EXIF_FORMAT_SHORT, turn,
	      1, 2);
	entry(data, EXIF_IFD_GPS, 0x001C, EXIF_FORMAT_ASCII, place,
	      sizeof(place), sizeof(place));
	exif_data_save_data(data, &block, &block_n);
	exif_data_unref(data);
	assert_non_null(block);
	app = block_n + 2;
	*len = n + block_n + 4;
	out = malloc(*len);
	assert_non_null(out);
	memcpy(out, jpeg, 2);
	memcpy(out + 2,
	       (unsigned char[]){0xFF, 0xE1, (unsigned char)(app >> 8),
	                         (unsigned char)app},
	       4);
	memcpy(out + 6, block, block_n);
	memcpy(out + 6 + block_n, jpeg + 2, n - 2);
	free(block);
	assert_non_null(memmem(out, *len, place, strlen(place)));
	return out;
}

static struct picture
opened(picture_reader *read, const unsigned char *data, int64_t n)
{
	struct source s = {data, (size_t)n, -1, -1};
	struct picture p;

	assert_true(read(&s, &p));
	return p;
}

static void
a_picture_loses_where_it_was_taken(void **state)
{
	size_t n, len;
	unsigned char *plain = painted_jpeg(64, 48, &n);
	unsigned char *taken = with_exif(plain, n, 1, &len);
	struct result r = examined(taken, len);

	(void)state;
	assert_int_equal(r.found.type, MEDIA_JPEG);
	assert_true(r.found.out > 0 && r.found.thumb > 0);
	assert_null(memmem(r.out, (size_t)r.found.out, place, strlen(place)));
	assert_null(memmem(r.out, (size_t)r.found.out, "Exif", 4));
	assert_null(memmem(r.thumb, (size_t)r.found.thumb, "Exif", 4));
	release(&r);
	free(plain);
	free(taken);
}

/* Corners after turning, from the upper left in reading order; of the EXIF
 * standard's table of orientations. */
static void
a_picture_is_turned_as_its_telephone_was_held(void **state)
{
	static const char *const corners[] = {
	    [1] = "rgbw", [2] = "grwb", [3] = "wbgr", [4] = "bwrg",
	    [5] = "rbgw", [6] = "brwg", [7] = "wgbr", [8] = "gwrb"};
	size_t n, len;
	unsigned char *plain = painted_jpeg(128, 64, &n);

	(void)state;
	for (int i = 1; i <= 8; i++) {
		unsigned char *held = with_exif(plain, n, i, &len);
		struct result r = examined(held, len);
		struct picture p = opened(jpeg_read, r.out, r.found.out);
		int w = i > 4 ? 64 : 128, h = i > 4 ? 128 : 64;
		char seen[5] = {colour(&p, 5, 5), colour(&p, w - 5, 5),
		                colour(&p, 5, h - 5), colour(&p, w - 5, h - 5)};

		assert_int_equal(p.w, w);
		assert_int_equal(p.h, h);
		assert_string_equal(seen, corners[i]);
		picture_free(&p);
		release(&r);
		free(held);
	}
	free(plain);
}

static void
a_large_picture_is_made_smaller_and_gets_a_small_one(void **state)
{
	size_t n;
	unsigned char *large = painted_jpeg(6000, 3000, &n);
	struct result r = examined(large, n);
	struct picture p = opened(jpeg_read, r.out, r.found.out);
	struct picture thumb = opened(jpeg_read, r.thumb, r.found.thumb);

	(void)state;
	assert_int_equal(p.w, 2560);
	assert_int_equal(p.h, 1280);
	assert_int_equal(colour(&p, 1270, 630), 'r');
	assert_int_equal(colour(&p, 1290, 650), 'w');
	assert_int_equal(thumb.w, 240);
	assert_int_equal(thumb.h, 120);
	picture_free(&p);
	picture_free(&thumb);
	release(&r);
	free(large);
}

static void
shrinking_takes_the_mean_of_what_is_covered(void **state)
{
	struct picture p;

	(void)state;
	assert_true(picture_new(3, 1, &p));
	memcpy(p.px, (unsigned char[]){0, 0, 0, 255, 90, 0, 0, 255, 0, 9, 0, 0},
	       12);
	picture_shrink(&p, 2);
	assert_int_equal(p.w, 2);
	assert_int_equal(p.h, 1);
	/* one and a half pixels each: 0 and half of 90; then 90 alone, the
	 * other one being a hole */
	assert_int_equal(p.px[0], 30);
	assert_int_equal(p.px[3], 255);
	assert_int_equal(p.px[4], 90);
	assert_int_equal(p.px[5], 0);
	assert_int_equal(p.px[7], 85);
	picture_free(&p);
}

static void
only_a_picture_with_holes_stays_png(void **state)
{
	unsigned char *data = NULL;
	struct picture p, seen;
	struct result r;
	size_t n;

	(void)state;
	paint(40, 20, &p);
	assert_true(png_write(&p, &data, &n));
	r = examined(data, n);
	assert_int_equal(r.found.type, MEDIA_JPEG);
	release(&r);
	free(data);
	p.px[3] = 0;
	assert_true(png_write(&p, &data, &n));
	r = examined(data, n);
	assert_int_equal(r.found.type, MEDIA_PNG);
	seen = opened(png_read, r.out, r.found.out);
	assert_memory_equal(seen.px, p.px, 40 * 20 * 4);
	picture_free(&seen);
	release(&r);
	free(data);
	picture_free(&p);
}

static void
webp_and_gif_become_jpeg(void **state)
{
	/* one red pixel; GIF89a specification, appendix D */
	static const unsigned char gif[] =
	    "GIF89a\1\0\1\0\x80\0\0\xff\0\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;";
	uint8_t *webp = NULL;
	struct picture p, seen;
	struct result r;
	size_t n;

	(void)state;
	paint(40, 20, &p);
	n = WebPEncodeRGBA(p.px, p.w, p.h, p.w * 4, 90, &webp);
	assert_true(n > 0);
	r = examined(webp, n);
	assert_int_equal(r.found.type, MEDIA_JPEG);
	seen = opened(jpeg_read, r.out, r.found.out);
	assert_int_equal(colour(&seen, 35, 5), 'g');
	picture_free(&seen);
	release(&r);
	WebPFree(webp);
	picture_free(&p);
	r = examined(gif, sizeof(gif) - 1);
	assert_int_equal(r.found.type, MEDIA_JPEG);
	seen = opened(jpeg_read, r.out, r.found.out);
	assert_int_equal(seen.w, 1);
	assert_int_equal(colour(&seen, 0, 0), 'r');
	picture_free(&seen);
	release(&r);
}

/* --- what is wrong with a picture ------------------------------------ */

static void
a_picture_cut_off_is_shown_as_far_as_it_came(void **state)
{
	size_t n;
	unsigned char *jpeg = painted_jpeg(256, 256, &n);
	struct result r = examined(jpeg, n / 2);
	struct picture p;

	(void)state;
	assert_int_equal(r.found.type, MEDIA_JPEG);
	p = opened(jpeg_read, r.out, r.found.out);
	assert_int_equal(colour(&p, 5, 5), 'r');
	picture_free(&p);
	release(&r);
	assert_other(jpeg, 100);
	free(jpeg);
}

static void
what_only_begins_like_a_picture_is_none(void **state)
{
	static const char *const heads[] = {"\xFF\xD8\xFF\xE0",
	                                    "\x89PNG\r\n\x1A\n", "GIF89a",
	                                    "RIFF\x40\1\0\0WEBPVP8 "};

	(void)state;
	for (size_t i = 0; i < COUNT(heads); i++) {
		unsigned char data[4096];

		memset(data, (int)(0x41 + i), sizeof(data));
		memcpy(data, heads[i], strlen(heads[i]));
		assert_other(data, sizeof(data));
	}
	assert_other("", 0);
	assert_other("\xFF", 1);
}

static uint32_t
png_sum(const unsigned char *data, size_t n) /* PNG specification, annex D */
{
	uint32_t crc = 0xFFFFFFFF;

	for (size_t i = 0; i < n; i++) {
		crc ^= data[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc & 1 ? crc >> 1 ^ 0xEDB88320U : crc >> 1;
	}
	return ~crc;
}

static void
put_number(unsigned char *at, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		at[i] = (unsigned char)(v >> (24 - 8 * i));
}

/* A few bytes that say they are more than anybody has memory for. */
static void
a_picture_beyond_fifty_million_pixels_is_not_opened(void **state)
{
	static const uint32_t sides[][2] = {
	    {7072, 7072}, {50000001, 1}, {0x7FFFFFFF, 0x7FFFFFFF}};
	unsigned char *data = NULL;
	struct picture p;
	size_t n;

	(void)state;
	paint(8, 8, &p);
	assert_true(png_write(&p, &data, &n));
	for (size_t i = 0; i < COUNT(sides); i++) {
		put_number(data + 16, sides[i][0]);
		put_number(data + 20, sides[i][1]);
		put_number(data + 29, png_sum(data + 12, 17));
		assert_other(data, n);
	}
	free(data);
	picture_free(&p);
	assert_true(picture_new(7071, 7071, &p));
	picture_free(&p);
	assert_false(picture_new(7072, 7072, &p));
	assert_false(picture_new(0, 5, &p));
	assert_false(picture_new(-5, 5, &p));
}

/* What the head of a JPEG says of its sides. */
static void
set_sides(unsigned char *jpeg, size_t n, unsigned w, unsigned h)
{
	static const unsigned char frame[] = {0xFF, 0xC0, 0x00, 0x11, 0x08};
	unsigned char *at = memmem(jpeg, n, frame, sizeof(frame));
	const unsigned char sides[] = {
	    (unsigned char)(h >> 8), (unsigned char)h, (unsigned char)(w >> 8),
	    (unsigned char)w};

	assert_non_null(at);
	memcpy(at + sizeof(frame), sides, sizeof(sides));
}

/* Sensors have more than that; a JPEG is made smaller while it is read. */
static void
a_jpeg_of_a_large_sensor_loses_where_it_was_taken(void **state)
{
	size_t n, len;
	unsigned char *small = painted_jpeg(64, 64, &n);
	unsigned char *large = with_exif(small, n, 1, &len);
	struct result r;
	struct picture p;

	(void)state;
	set_sides(large, len, 12000, 9000);
	r = examined(large, len);
	assert_int_equal(r.found.type, MEDIA_JPEG);
	assert_null(memmem(r.out, (size_t)r.found.out, place, strlen(place)));
	p = opened(jpeg_read, r.out, r.found.out);
	assert_int_equal(p.w, 2560);
	assert_int_equal(p.h, 1920);
	picture_free(&p);
	release(&r);
	set_sides(large, len, 65500, 65500);
	assert_other(large, len);
	free(large);
	free(small);
}

/* --- other files ----------------------------------------------------- */

static void
what_a_browser_would_run_is_to_fetch_only(void **state)
{
	static const char *const texts[] = {
	    "<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>",
	    "<?xml version=\"1.0\"?>\n<svg xmlns=\"x\"><script/></svg>",
	    "<!DOCTYPE html><html><script>alert(1)</script></html>",
	    "<html><head></head><body onload=x></body></html>",
	    "#!/bin/sh\nrm -rf /\n",
	};
	unsigned char pe[512] = "MZ";

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		assert_other(texts[i], strlen(texts[i]));
	pe[0x3C] = 0x80;
	memcpy(pe + 0x80, (const unsigned char[]){'P', 'E', 0, 0, 0x64, 0x86},
	       6);
	assert_other(pe, sizeof(pe));
}

static void
documents_stay_as_they_came(void **state)
{
	static const char pdf[] = "%PDF-1.4\n1 0 obj\n<< >>\nendobj\n";
	static const char text[] = "村口的路灯不亮\n晚上很黑\n";
	static const char mpeg[] = "ID3\3\0\0\0\0\0\0\xFF\xFB\x90\x64\0\0\0\0";
	static const char ogg[] =
	    "OggS\0\2\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\1\023"
	    "OpusHead\1\1\0\0\x80\xBB\0\0\0\0\0";

	(void)state;
	assert_kept(pdf, sizeof(pdf) - 1, MEDIA_PDF);
	assert_kept(text, sizeof(text) - 1, MEDIA_TEXT);
	assert_kept(mpeg, sizeof(mpeg) - 1, MEDIA_MPEG);
	assert_kept(ogg, sizeof(ogg) - 1, MEDIA_OGG);
}

/* --- sound and film -------------------------------------------------- */

static void
box(struct buf *b, const char *type, const void *in, size_t n)
{
	unsigned char size[4];

	put_number(size, (uint32_t)(n + 8));
	buf_addn(b, (const char *)size, 4);
	buf_addn(b, type, 4);
	if (n > 0)
		buf_addn(b, in, n);
}

/* A film as a telephone makes one, with its place in it. */
static void
film(struct buf *out, const char *brand, const char *handler)
{
	struct buf mdia = BUF_INIT, trak = BUF_INIT, moov = BUF_INIT;
	char hdlr[24] = "", ftyp[16] = "";

	memcpy(ftyp, (const char[]){brand[0], brand[1], brand[2], brand[3]}, 4);
	memcpy(ftyp + 8, (const char[]){'i', 's', 'o', 'm'}, 4);
	memcpy(hdlr + 8, handler, 4);
	box(&mdia, "hdlr", hdlr, sizeof(hdlr));
	box(&trak, "mdia", mdia.data, mdia.len);
	box(&moov, "mvhd", hdlr, sizeof(hdlr));
	box(&moov, "trak", trak.data, trak.len);
	box(&moov, "udta", place, sizeof(place));
	box(&moov, "meta", place, sizeof(place));
	buf_truncate(out, 0);
	box(out, "ftyp", ftyp, sizeof(ftyp));
	box(out, "moov", moov.data, moov.len);
	box(out, "mdat", "samples", 7);
	buf_clear(&mdia);
	buf_clear(&trak);
	buf_clear(&moov);
}

static void
a_film_loses_where_it_was_taken_and_nothing_moves(void **state)
{
	static const struct {
		const char *brand, *handler;
		enum media_type type;
	} kinds[] = {{"isom", "vide", MEDIA_MP4},
	             {"mp42", "vide", MEDIA_MP4},
	             {"3gp4", "vide", MEDIA_MP4},
	             {"qt  ", "vide", MEDIA_QUICKTIME},
	             {"M4A ", "soun", MEDIA_MP4_VOICE},
	             {"isom", "soun", MEDIA_MP4_VOICE}};
	struct buf b = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct result r;
		const unsigned char *mdat;

		film(&b, kinds[i].brand, kinds[i].handler);
		r = examined(b.data, b.len);
		assert_int_equal(r.found.type, kinds[i].type);
		assert_int_equal(r.found.out, b.len);
		assert_null(memmem(r.out, b.len, place, strlen(place)));
		mdat = memmem(r.out, b.len, "mdatsamples", 11);
		assert_ptr_equal(mdat, r.out + b.len - 11);
		release(&r);
	}
	buf_clear(&b);
}

static void
a_film_that_cannot_be_followed_is_to_fetch_only(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	film(&b, "isom", "vide");
	assert_other(b.data, b.len - 3);
	assert_other(b.data, 24);
	film(&b, "isom", "hint");
	assert_other(b.data, b.len);
	buf_clear(&b);
}

static void
a_film_of_the_web_without_pictures_is_a_voice(void **state)
{
	static const char head[] = "\x1A\x45\xDF\xA3\x9F\x42\x86\x81\1\x42\xF7"
				   "\x81\1\x42\xF2\x81\4\x42\xF3\x81\x08\x42"
				   "\x82\x84webm\x42\x87\x81\4\x42\x85\x81\2";
	struct buf b = BUF_INIT;

	(void)state;
	buf_addn(&b, head, sizeof(head) - 1);
	buf_add(&b, "tracks A_OPUS");
	assert_kept(b.data, b.len, MEDIA_WEBM_VOICE);
	buf_add(&b, " V_VP9");
	assert_kept(b.data, b.len, MEDIA_WEBM);
	buf_clear(&b);
}

static int
open_magic(void **state)
{
	(void)state;
	return examine_open() ? 0 : -1;
}

static int
close_magic(void **state)
{
	(void)state;
	examine_close();
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_picture_loses_where_it_was_taken),
	    cmocka_unit_test(a_picture_is_turned_as_its_telephone_was_held),
	    cmocka_unit_test(
		a_large_picture_is_made_smaller_and_gets_a_small_one),
	    cmocka_unit_test(shrinking_takes_the_mean_of_what_is_covered),
	    cmocka_unit_test(only_a_picture_with_holes_stays_png),
	    cmocka_unit_test(webp_and_gif_become_jpeg),
	    cmocka_unit_test(a_picture_cut_off_is_shown_as_far_as_it_came),
	    cmocka_unit_test(what_only_begins_like_a_picture_is_none),
	    cmocka_unit_test(a_jpeg_of_a_large_sensor_loses_where_it_was_taken),
	    cmocka_unit_test(
		a_picture_beyond_fifty_million_pixels_is_not_opened),
	    cmocka_unit_test(what_a_browser_would_run_is_to_fetch_only),
	    cmocka_unit_test(documents_stay_as_they_came),
	    cmocka_unit_test(a_film_loses_where_it_was_taken_and_nothing_moves),
	    cmocka_unit_test(a_film_that_cannot_be_followed_is_to_fetch_only),
	    cmocka_unit_test(a_film_of_the_web_without_pictures_is_a_voice),
	};

	return cmocka_run_group_tests(tests, open_magic, close_magic);
}
