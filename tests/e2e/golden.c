/* Goldens: dump, compare, write. */
#include "tests/e2e/golden.h"

#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/e2e/proc.h"
#include "tests/e2e/term.h"

static const char *const colours[] = {"black", "red",     "green", "yellow",
                                      "blue",  "magenta", "cyan",  "white"};

static void
add_colour(struct buf *out, const char *what, int colour)
{
	if (colour == VT_DEFAULT)
		return;
	if (colour >= 0 && colour < (int)COUNT(colours))
		buf_addf(out, " %s=%s", what, colours[colour]);
	else if (colour < VT_RGB)
		buf_addf(out, " %s=%d", what, colour);
	else
		buf_addf(out, " %s=#%06x", what, (unsigned)(colour - VT_RGB));
}

void
golden_attrs(const struct vt_cell *cell, struct buf *out)
{
	static const char *const names[] = {"bold",  "underline", "reverse",
	                                    "blink", "italic",    "strike"};

	for (size_t i = 0; i < COUNT(names); i++) {
		if ((cell->attrs & 1U << i) != 0)
			buf_addf(out, " %s", names[i]);
	}
	add_colour(out, "fg", cell->fg);
	add_colour(out, "bg", cell->bg);
}

/* A QR code is the one thing drawn with both colours set (or reversed where
 * there are none) in blanks and half blocks. */
static bool
is_module(const struct vt_cell *c)
{
	bool coloured = c->fg != VT_DEFAULT && c->bg != VT_DEFAULT;

	return coloured &&
	       (strcmp(c->text, " ") == 0 || strcmp(c->text, "▀") == 0 ||
	        strcmp(c->text, "▄") == 0 || strcmp(c->text, "█") == 0);
}

/* A blank shows no ink: only a background, underline or reverse is seen. */
static void
seen_attrs(struct vt_cell *c)
{
	if (strcmp(c->text, " ") != 0)
		return;
	if ((c->attrs & VT_REVERSE) == 0)
		c->fg = VT_DEFAULT;
	c->attrs &= VT_UNDERLINE | VT_REVERSE | VT_STRIKE;
}

static int
columns_of(const char *text, int bytes)
{
	int n = 0;

	for (int i = 0; i < bytes; i++) {
		unsigned char b = (unsigned char)text[i];

		if ((b & 0xc0) != 0x80)
			n += b >= 0xe1 ? 2 : 1;
	}
	return n;
}

/* Stars over what the masks match, one a column. */
static void
add_masked(struct buf *out, const char *text, char *const *masks, int count)
{
	struct buf line = BUF_INIT;
	regmatch_t at;
	regex_t re;

	buf_add(&line, text);
	for (int i = 0; i < count; i++) {
		struct buf next = BUF_INIT;
		const char *from = line.data;

		if (regcomp(&re, masks[i], REG_EXTENDED | REG_NEWLINE) != 0)
			continue;
		while (*from != '\0' && regexec(&re, from, 1, &at, 0) == 0 &&
		       at.rm_eo > at.rm_so) {
			int stars =
			    columns_of(from + at.rm_so, at.rm_eo - at.rm_so);

			buf_addn(&next, from, (size_t)at.rm_so);
			for (int k = 0; k < stars; k++)
				buf_addc(&next, '*');
			from += at.rm_eo;
		}
		buf_add(&next, from);
		regfree(&re);
		buf_clear(&line);
		line = next;
	}
	buf_add(out, line.data);
	buf_clear(&line);
}

static void
dump_text(const struct vt *t, struct buf *out)
{
	for (int row = 0; row < vt_rows(t); row++) {
		size_t end = out->len;

		for (int col = 0; col < vt_cols(t); col++) {
			struct vt_cell cell;

			vt_cell(t, row, col, &cell);
			buf_add(out, is_module(&cell) ? "Q" : cell.text);
			if (is_module(&cell) || strcmp(cell.text, " ") != 0)
				end = cell.width == 0 ? end : out->len;
		}
		buf_truncate(out, end);
		buf_addc(out, '\n');
	}
}

static void
dump_run(int row, int from, int to, const char *attrs, struct buf *out)
{
	if (attrs[0] != '\0')
		buf_addf(out, "%d:%d-%d%s\n", row, from, to, attrs);
}

/* Blanks between two words of the same look are part of the run. */
static void
dump_row(const struct vt *t, int row, struct buf *last, struct buf *now,
         struct buf *out)
{
	int from = 0, to = -1;

	buf_truncate(last, 0);
	for (int col = 0; col < vt_cols(t); col++) {
		struct vt_cell cell;

		vt_cell(t, row, col, &cell);
		if (cell.width == 0) {
			to = to == col - 1 ? col : to;
			continue;
		}
		buf_truncate(now, 0);
		if (is_module(&cell)) {
			buf_add(now, " module");
		} else {
			seen_attrs(&cell);
			golden_attrs(&cell, now);
		}
		if (now->len == 0 && strcmp(cell.text, " ") == 0)
			continue;
		if (strcmp(now->data, last->data) != 0) {
			dump_run(row, from, to, last->data, out);
			buf_truncate(last, 0);
			buf_add(last, now->data);
			from = col;
		}
		to = col;
	}
	dump_run(row, from, to, last->data, out);
}

static void
dump_runs(const struct vt *t, struct buf *out)
{
	struct buf last = BUF_INIT, now = BUF_INIT;

	for (int row = 0; row < vt_rows(t); row++)
		dump_row(t, row, &last, &now, out);
	buf_clear(&last);
	buf_clear(&now);
}

void
golden_dump(const struct vt *t, char *const *masks, int mask_count,
            struct buf *out)
{
	struct buf text = BUF_INIT;
	int row, col;

	dump_text(t, &text);
	add_masked(out, text.data, masks, mask_count);
	buf_clear(&text);
	buf_add(out, "--\n");
	if (vt_cursor(t, &row, &col))
		buf_addf(out, "cursor %d:%d\n", row, col);
	else
		buf_add(out, "cursor hidden\n");
	dump_runs(t, out);
}

/* --- files --------------------------------------------------------------- */

static bool
read_all(const char *path, struct buf *out)
{
	FILE *in = fopen(path, "re");
	char data[8192];
	size_t n;

	if (in == NULL)
		return false;
	while ((n = fread(data, 1, sizeof(data), in)) > 0)
		buf_addn(out, data, n);
	(void)fclose(in);
	return true;
}

static bool
write_all(struct drive *d, const char *path, const struct buf *data)
{
	FILE *out = fopen(path, "we");
	bool ok =
	    out != NULL && fwrite(data->data, 1, data->len, out) == data->len;

	if (out != NULL && fclose(out) != 0)
		ok = false;
	return ok || fail(d, "cannot write %s", path);
}

/* The first rows that differ, so that the message says it at once. */
static bool
fail_diff(struct drive *d, const char *path, const struct buf *want,
          const struct buf *is)
{
	struct buf file = BUF_INIT, err = BUF_INIT, diff = BUF_INIT;
	char *argv[] = {(char[]){"diff"}, (char[]){"-u"}, NULL, NULL, NULL};
	struct proc p = {.argv = argv, .in = -1};
	char *copy;
	int status;

	if (want->len == 0)
		return fail(d, "no golden %s (make golden)", path);
	buf_addf(&file, "%s/golden.now", d->site.dir);
	if (write_all(d, file.data, is)) {
		copy = buf_take(&file);
		buf_addf(&file, "%s", path);
		argv[2] = file.data;
		argv[3] = copy;
		(void)proc_run(&d->loop, &p, &diff, &err, now_ms() + 10000,
		               &status);
		free(copy);
	}
	(void)fail(d, "not as %s\n%s", path, diff.data);
	buf_clear(&file);
	buf_clear(&err);
	buf_clear(&diff);
	return false;
}

bool
golden_check_output(struct drive *d, const char *name)
{
	struct buf path = BUF_INIT, want = BUF_INIT, is = BUF_INIT;
	bool ok;

	buf_addf(&path, "%s/e2e/golden/%s.%s.txt", d->tests, name, d->lang);
	(void)read_all(path.data, &want);
	add_masked(&is, d->out.data, d->masks, d->mask_count);
	ok = strcmp(is.data, want.data) == 0;
	if (!ok)
		ok = d->write_goldens ? write_all(d, path.data, &is)
		                      : fail_diff(d, path.data, &want, &is);
	buf_clear(&path);
	buf_clear(&want);
	buf_clear(&is);
	return ok;
}

bool
golden_check(struct drive *d, const char *name)
{
	int64_t deadline = now_ms() + (int64_t)d->deadline_ms / 2;
	struct buf path = BUF_INIT, want = BUF_INIT, is = BUF_INIT;
	bool ok;

	buf_addf(&path, "%s/e2e/golden/%s.%s.%s.txt", d->tests, name, d->size,
	         d->lang);
	(void)read_all(path.data, &want);
	if (d->write_goldens)
		term_drain(d, 200);
	for (;;) {
		buf_truncate(&is, 0);
		golden_dump(d->term->vt, d->masks, d->mask_count, &is);
		ok = strcmp(is.data, want.data) == 0;
		if (ok || d->write_goldens || left_ms(deadline) == 0 ||
		    want.len == 0)
			break;
		(void)loop_step(&d->loop, left_ms(deadline));
	}
	if (!ok)
		ok = d->write_goldens ? write_all(d, path.data, &is)
		                      : fail_diff(d, path.data, &want, &is);
	buf_clear(&path);
	buf_clear(&want);
	buf_clear(&is);
	return ok;
}
