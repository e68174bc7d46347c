/* Bytes from a terminal: any bytes, split anywhere, give the same keys, and
 * no key carries a control character. */
#include <stdlib.h>
#include <string.h>

#include "db/base/buf.h"
#include "tests/fuzz/fuzz.h"
#include "tui/term/input.h"

static void
write_down(struct buf *b, const struct input *in)
{
	if (in->kind == INPUT_CHAR && (in->ch < 0x20 || in->ch == 0x7f))
		abort();
	buf_addf(b, "%d %u %d%d%d ", (int)in->kind, in->ch, in->shift, in->alt,
	         in->ctrl);
	if (in->kind == INPUT_TEXT)
		buf_addn(b, in->text, in->len);
	buf_addc(b, '\n');
}

static void
decode(struct buf *keys, const uint8_t *data, size_t size, size_t step)
{
	struct input_decoder *d = input_new();
	struct input in;

	for (size_t at = 0; at < size; at += step) {
		input_feed(d, data + at, size - at < step ? size - at : step);
		while (input_next(d, &in))
			write_down(keys, &in);
	}
	if (input_wait_ms(d) >= 0)
		input_timeout(d);
	while (input_next(d, &in))
		write_down(keys, &in);
	input_free(d);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf whole = BUF_INIT, split = BUF_INIT;

	if (size == 0)
		return 0;
	decode(&whole, data + 1, size - 1, size);
	decode(&split, data + 1, size - 1, 1 + data[0] % 7);
	if (whole.len != split.len ||
	    memcmp(whole.data, split.data, whole.len) != 0)
		abort();
	buf_clear(&whole);
	buf_clear(&split);
	return 0;
}
