/* Commands about what a screen shows. */
#include "tests/e2e/command.h"

#include <stdlib.h>
#include <string.h>

#include "db/base/arena.h"
#include "tests/e2e/golden.h"
#include "tests/e2e/qr.h"
#include "tests/e2e/term.h"

/* How long "bytes", "expect" and "reject" let a frame come in whole. */
enum { FRAME_MS = 30 };

static bool
on_screen(const struct drive *d, const struct word *what)
{
	struct buf text = BUF_INIT;
	bool found;

	vt_text(d->term->vt, &text);
	found = word_in(what, text.data);
	buf_clear(&text);
	return found;
}

static int64_t
deadline_of(const struct drive *d, const struct word *words, int count, int at)
{
	if (count <= at)
		return now_ms() + d->deadline_ms;
	return now_ms() + strtol(words[at].text, NULL, 10) * d->patience;
}

/* Step until text is there (or not, as wanted), the deadline, or the end. */
static bool
until(struct drive *d, const struct word *what, bool wanted, int64_t deadline)
{
	if (!term_ready(d))
		return false;
	while (on_screen(d, what) != wanted) {
		if (d->term->fd < 0)
			return fail(d, "the client ended before \"%s\" %s",
			            what->text, wanted ? "came" : "went");
		if (left_ms(deadline) == 0)
			return fail(d, "\"%s\" %s", what->text,
			            wanted ? "did not come" : "stays");
		(void)loop_step(&d->loop, left_ms(deadline));
	}
	return true;
}

bool
cmd_wait(struct drive *d, const struct word *words, int count)
{
	return until(d, &words[1], true, deadline_of(d, words, count, 2));
}

bool
cmd_waitnot(struct drive *d, const struct word *words, int count)
{
	return until(d, &words[1], false, deadline_of(d, words, count, 2));
}

bool
cmd_expect(struct drive *d, const struct word *words, int count)
{
	(void)count;
	if (!term_ready(d))
		return false;
	term_drain(d, FRAME_MS);
	return on_screen(d, &words[1]) ||
	       fail(d, "\"%s\" is not on the screen", words[1].text);
}

bool
cmd_reject(struct drive *d, const struct word *words, int count)
{
	(void)count;
	if (!term_ready(d))
		return false;
	term_drain(d, FRAME_MS);
	return !on_screen(d, &words[1]) ||
	       fail(d, "\"%s\" is on the screen", words[1].text);
}

/* The cell where text starts. */
static bool
find(const struct vt *t, const char *text, int *row, int *col)
{
	for (*row = 0; *row < vt_rows(t); ++*row) {
		for (*col = 0; *col < vt_cols(t); ++*col) {
			size_t n = 0;
			struct vt_cell c;

			for (int k = *col; k < vt_cols(t); k++) {
				vt_cell(t, *row, k, &c);
				if (strncmp(text + n, c.text, strlen(c.text)) !=
				    0)
					break;
				n += strlen(c.text);
				if (text[n] == '\0')
					return true;
			}
		}
	}
	return false;
}

bool
cmd_attr(struct drive *d, const struct word *words, int count)
{
	struct buf want = BUF_INIT, is = BUF_INIT;
	struct vt_cell cell;
	int row, col;
	bool ok;

	if (!term_ready(d))
		return false;
	term_drain(d, FRAME_MS);
	if (!find(d->term->vt, words[1].text, &row, &col))
		return fail(d, "\"%s\" is not on the screen", words[1].text);
	vt_cell(d->term->vt, row, col, &cell);
	golden_attrs(&cell, &is);
	for (int i = 2; i < count; i++)
		buf_addf(&want, " %s", words[i].text);
	ok = strcmp(want.data, is.data) == 0;
	if (!ok)
		(void)fail(d, "\"%s\" is shown%s, not%s", words[1].text,
		           is.len > 0 ? is.data : " plain",
		           want.len > 0 ? want.data : " plain");
	buf_clear(&want);
	buf_clear(&is);
	return ok;
}

bool
cmd_cursor(struct drive *d, const struct word *words, int count)
{
	int row, col, at_row, at_col;
	struct buf is = BUF_INIT;
	bool shown, ok;

	(void)count;
	if (!term_ready(d))
		return false;
	term_drain(d, FRAME_MS);
	shown = vt_cursor(d->term->vt, &row, &col);
	buf_addf(&is, "%d:%d", row, col);
	if (!shown)
		ok = strcmp(words[1].text, "hidden") == 0;
	else if (strcmp(words[1].text, is.data) == 0)
		ok = true;
	else
		ok = find(d->term->vt, words[1].text, &at_row, &at_col) &&
		     at_row == row && at_col < col;
	if (!ok)
		(void)fail(d, "the cursor is %s, not at %s",
		           shown ? is.data : "hidden", words[1].text);
	buf_clear(&is);
	return ok;
}

bool
cmd_bell(struct drive *d, const struct word *words, int count)
{
	int64_t deadline = deadline_of(d, words, count, 1);

	if (!term_ready(d))
		return false;
	while (vt_bells(d->term->vt) == d->term->bells) {
		if (d->term->fd < 0 || left_ms(deadline) == 0)
			return fail(d, "no bell");
		(void)loop_step(&d->loop, left_ms(deadline));
	}
	d->term->bells = vt_bells(d->term->vt);
	return true;
}

bool
cmd_nobell(struct drive *d, const struct word *words, int count)
{
	(void)words;
	(void)count;
	if (!term_ready(d))
		return false;
	term_drain(d, FRAME_MS);
	return vt_bells(d->term->vt) == d->term->bells || fail(d, "a bell");
}

bool
cmd_mark(struct drive *d, const struct word *words, int count)
{
	(void)words;
	(void)count;
	if (!term_ready(d))
		return false;
	term_drain(d, FRAME_MS);
	d->term->bytes = 0;
	return true;
}

bool
cmd_bytes(struct drive *d, const struct word *words, int count)
{
	size_t most = strtoul(words[2].text, NULL, 10);

	(void)count;
	if (!term_ready(d))
		return false;
	if (strcmp(words[1].text, "<=") != 0)
		return fail(d, "bytes <= N");
	term_drain(d, FRAME_MS);
	return d->term->bytes <= most ||
	       fail(d, "%zu bytes since mark, at most %zu are allowed",
	            d->term->bytes, most);
}

bool
cmd_quiet(struct drive *d, const struct word *words, int count)
{
	int64_t deadline = now_ms() + strtol(words[1].text, NULL, 10);
	size_t before;

	(void)count;
	if (!term_ready(d))
		return false;
	before = d->term->bytes;
	while (left_ms(deadline) > 0 && d->term->bytes == before)
		(void)loop_step(&d->loop, left_ms(deadline));
	return d->term->bytes == before ||
	       fail(d, "%zu bytes came unasked", d->term->bytes - before);
}

bool
cmd_capture(struct drive *d, const struct word *words, int count)
{
	struct buf text = BUF_INIT, value = BUF_INIT;
	bool ok;

	if (!until(d, &words[2], true, deadline_of(d, words, count, 3)))
		return false;
	vt_text(d->term->vt, &text);
	ok = word_capture(&words[2], text.data, &value) &&
	     drive_set(d, words[1].text, value.data);
	buf_clear(&text);
	buf_clear(&value);
	return ok;
}

bool
cmd_golden(struct drive *d, const struct word *words, int count)
{
	(void)count;
	return term_ready(d) && golden_check(d, words[1].text);
}

bool
cmd_noescape(struct drive *d, const struct word *words, int count)
{
	(void)words;
	(void)count;
	if (!term_ready(d))
		return false;
	term_drain(d, FRAME_MS);
	return memchr(d->term->raw.data, '\033', d->term->raw.len) == NULL ||
	       fail(d, "a control sequence came");
}

bool
cmd_mask(struct drive *d, const struct word *words, int count)
{
	(void)count;
	if (d->mask_count == MASKS)
		return fail(d, "too many masks");
	d->masks[d->mask_count++] = xstrdup(words[1].text);
	return true;
}

bool
cmd_qr_picture(struct drive *d, const struct word *words, int count)
{
	struct buf path = BUF_INIT;
	bool ok;

	(void)count;
	buf_addf(&path, "%s/%s", d->site.dir, words[1].text);
	buf_truncate(&d->out, 0);
	ok = qr_read_file(path.data, &d->out);
	buf_clear(&path);
	return ok || fail(d, "no code in %s", words[1].text);
}

bool
cmd_qr(struct drive *d, const struct word *words, int count)
{
	(void)count;
	if (!term_ready(d))
		return false;
	term_drain(d, FRAME_MS);
	for (int dark = 0; dark < 2; dark++) {
		const char *kind = dark ? "dark" : "light";
		struct buf found = BUF_INIT;
		bool ok = qr_read(d->term->vt, dark != 0, &found);

		buf_truncate(&found, strcspn(found.data, "\n"));
		if (!ok)
			(void)fail(d, "no code on a %s terminal", kind);
		else if (!word_in(&words[1], found.data))
			ok = fail(d, "on a %s terminal the code says %s", kind,
			          found.data);
		else
			ok = drive_set(d, "QR", found.data);
		buf_clear(&found);
		if (!ok)
			return false;
	}
	return true;
}

bool
cmd_noqr(struct drive *d, const struct word *words, int count)
{
	struct buf found = BUF_INIT;
	bool any;

	(void)words;
	(void)count;
	if (!term_ready(d))
		return false;
	term_drain(d, FRAME_MS);
	any = qr_read(d->term->vt, true, &found) ||
	      qr_read(d->term->vt, false, &found);
	if (any)
		(void)fail(d, "a code says %s", found.data);
	buf_clear(&found);
	return !any;
}
