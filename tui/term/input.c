/* The decoder of input.h: a state machine over bytes. Terminals disagree on
 * nearly every key, but no two give the same bytes different meanings that
 * matter here, so one table serves all. */
#include "tui/term/input.h"

#include <stdlib.h>
#include <string.h>

#include "db/base/arena.h"
#include "db/base/buf.h"
#include "db/base/text.h"

enum state {
	GROUND,
	ESCAPE,   /* ESC */
	CSI,      /* ESC [ */
	CSI_LONG, /* longer than any we know: ignored to its end */
	CONSOLE,  /* ESC [ [ : F1 to F5 of the Linux console */
	SS3,      /* ESC O */
	MOUSE,    /* ESC [ M : three bytes follow */
	STRING,   /* OSC, DCS, APC, PM, SOS: swallowed */
	STRING_ESC,
	PASTE
};

enum {
	CSI_MAX = 32,
	STRING_MAX = 65536, /* an answer longer than this is none */
	BURST_CHARS = 3,    /* so many at once are typed text */
	BURST_LINES = 16    /* so many, and their newlines are text as well */
};

static const char paste_end[] = "\033[201~";

struct item {
	struct input in;
	char *owned; /* text of a TEXT */
};

struct input_decoder {
	enum state state;
	bool after_cr; /* a LF now belongs to the CR before */
	char csi[CSI_MAX + 1];
	int csi_len, swallow;
	char utf8[4];
	int utf8_len;
	struct buf paste;
	int paste_match; /* bytes of paste_end seen */
	bool truncated;
	struct item *items;
	size_t head, count, room;
};

struct input_decoder *
input_new(void)
{
	struct input_decoder *d = xcalloc(1, sizeof(*d));

	buf_init(&d->paste);
	return d;
}

static void
forget_read(struct input_decoder *d)
{
	for (size_t i = 0; i < d->head; i++)
		free(d->items[i].owned);
	d->count -= d->head;
	if (d->count > 0)
		memmove(d->items, d->items + d->head,
		        d->count * sizeof(*d->items));
	d->head = 0;
}

void
input_free(struct input_decoder *d)
{
	if (d == NULL)
		return;
	d->head = d->count;
	forget_read(d);
	buf_clear(&d->paste);
	free(d->items);
	free(d);
}

static struct item *
push(struct input_decoder *d, enum input_kind kind)
{
	struct item *item;

	if (d->count == d->room) {
		d->room = d->room > 0 ? 2 * d->room : 16;
		d->items = xrealloc(d->items, d->room * sizeof(*d->items));
	}
	item = &d->items[d->count++];
	*item = (struct item){.in = {.kind = kind}};
	return item;
}

static void
push_char(struct input_decoder *d, uint32_t ch)
{
	if (ch >= 0x20 && ch != 0x7F && (ch < 0x80 || ch >= 0xA0))
		push(d, INPUT_CHAR)->in.ch = ch;
}

/* xterm's modifier parameter: 1 + shift 1, alt 2, ctrl 4. */
static void
push_modified(struct input_decoder *d, enum input_kind kind, int modifier)
{
	struct input *in = &push(d, kind)->in;
	unsigned bits = modifier > 1 ? (unsigned)modifier - 1 : 0;

	in->shift = (bits & 1) != 0;
	in->alt = (bits & 2) != 0;
	in->ctrl = (bits & 4) != 0;
}

static void
push_text(struct input_decoder *d, char *text, size_t len, bool truncated)
{
	struct item *item = push(d, INPUT_TEXT);

	item->owned = text;
	item->in.text = text;
	item->in.len = len;
	item->in.truncated = truncated;
}

/* Deliver the paste: newlines as \n, no half character at a cut end. */
static void
paste_done(struct input_decoder *d)
{
	char *text = buf_take(&d->paste);
	size_t len = 0, n = strlen(text), at = 0;

	for (size_t i = 0; i < n; i++) {
		if (text[i] == '\n' && i > 0 && text[i - 1] == '\r')
			continue;
		text[len++] = text[i];
	}
	for (size_t i = 0; i < len; i++)
		if (text[i] == '\r')
			text[i] = '\n';
	while (at < len) {
		uint32_t ch;
		int took = text_decode(text + at, len - at, &ch);

		if (took == -2)
			break;
		at += took > 0 ? (size_t)took : 1;
	}
	text[at] = '\0';
	push_text(d, text, at, d->truncated);
	d->state = GROUND;
}

static void
paste_add(struct input_decoder *d, const char *bytes, size_t n)
{
	size_t left = INPUT_PASTE_MAX - d->paste.len;

	if (n > left) {
		n = left;
		d->truncated = true;
	}
	for (size_t i = 0; i < n; i++)
		if (bytes[i] != '\0')
			buf_addc(&d->paste, bytes[i]);
}

static void
paste_byte(struct input_decoder *d, char b)
{
	if (b == paste_end[d->paste_match]) {
		if (paste_end[++d->paste_match] == '\0')
			paste_done(d);
		return;
	}
	paste_add(d, paste_end, (size_t)d->paste_match);
	d->paste_match = b == paste_end[0];
	if (d->paste_match == 0)
		paste_add(d, &b, 1);
}

static enum input_kind
arrow_kind(char final)
{
	switch (final) {
	case 'A':
	case 'a':
		return INPUT_UP;
	case 'B':
	case 'b':
		return INPUT_DOWN;
	case 'C':
	case 'c':
		return INPUT_RIGHT;
	case 'D':
	case 'd':
		return INPUT_LEFT;
	case 'H':
		return INPUT_HOME;
	case 'F':
		return INPUT_END;
	default:
		return INPUT_NONE;
	}
}

/* The numbers before '~' (VT220, xterm, rxvt, PuTTY, Linux). */
static enum input_kind
tilde_kind(int n)
{
	static const unsigned char kinds[] = {
	    [1] = INPUT_HOME, [2] = INPUT_INSERT, [3] = INPUT_DELETE,
	    [4] = INPUT_END,  [5] = INPUT_PGUP,   [6] = INPUT_PGDN,
	    [7] = INPUT_HOME, [8] = INPUT_END,    [11] = INPUT_F1,
	    [12] = INPUT_F2,  [13] = INPUT_F3,    [14] = INPUT_F4,
	    [15] = INPUT_F5,  [17] = INPUT_F6,    [18] = INPUT_F7,
	    [19] = INPUT_F8,  [20] = INPUT_F9,    [21] = INPUT_F10,
	    [23] = INPUT_F11, [24] = INPUT_F12,
	};

	return n > 0 && n < (int)COUNT(kinds) ? kinds[n] : INPUT_NONE;
}

/* A character with modifiers, as fixterms, kitty and modifyOtherKeys say. */
static void
push_code(struct input_decoder *d, int code, int modifier)
{
	unsigned bits = modifier > 1 ? (unsigned)modifier - 1 : 0;

	if (code == 27)
		push(d, INPUT_ESC);
	else if (code == 13)
		push(d, INPUT_ENTER);
	else if (code == 9)
		push(d, (bits & 1) != 0 ? INPUT_BACKTAB : INPUT_TAB);
	else if (code == 127 || code == 8)
		push(d, INPUT_BACKSPACE);
	else if ((bits & 4) != 0 && code >= 'a' && code <= 'z')
		push(d, INPUT_CTRL)->in.ch = (uint32_t)(code - 'a' + 'A');
	else if ((bits & 6) == 0 && code > 0 && code < 0xD800)
		push_char(d, (uint32_t)code);
}

static void
begin_paste(struct input_decoder *d)
{
	d->state = PASTE;
	d->paste_match = 0;
	d->truncated = false;
	buf_truncate(&d->paste, 0);
}

static void
csi_tilde(struct input_decoder *d, const int p[3], char final)
{
	enum input_kind kind = tilde_kind(p[0]);

	if (p[0] == 200 && final == '~')
		begin_paste(d);
	else if (p[0] == 27 && final == '~')
		push_code(d, p[2], p[1]);
	else if (kind != INPUT_NONE)
		/* rxvt ends in $ with shift, ^ with control, @ with both */
		push_modified(d, kind,
		              final == '$'   ? 2
		              : final == '^' ? 5
		              : final == '@' ? 6
		                             : p[1]);
}

/* Up to three numbers of the parameters; anything else reads as 0. */
static void
csi_numbers(const char *s, int p[3])
{
	memset(p, 0, 3 * sizeof(*p));
	for (int i = 0; i < 3; i++) {
		char *end;
		long v = strtol(s, &end, 10);

		p[i] = v >= 0 && v < 0x110000 ? (int)v : 0;
		s = end + strcspn(end, ";");
		if (*s++ == '\0')
			break;
	}
}

/* What is not a key of ours is an answer that nobody asked for. */
static void
csi_done(struct input_decoder *d, char final)
{
	int p[3];
	enum input_kind kind = arrow_kind(final);

	d->csi[d->csi_len] = '\0';
	d->state = GROUND;
	if (d->csi_len > 0 && (d->csi[0] < '0' || d->csi[0] > ';'))
		return; /* private: ?1;2c, >0;115;0c, <0;3;4M ... */
	csi_numbers(d->csi, p);
	if (final == '~' || final == '^' || final == '@' || final == '$')
		csi_tilde(d, p, final);
	else if (final == 'Z')
		push_modified(d, INPUT_BACKTAB, 2);
	else if (final == 'u')
		push_code(d, p[0], p[1]);
	else if (final >= 'P' && final <= 'S' &&
	         (d->csi_len == 0 || (p[0] == 1 && final != 'R')))
		push_modified(d, INPUT_F1 + (final - 'P'), p[1]);
	else if (final == 'M' && d->csi_len == 0) {
		d->state = MOUSE;
		d->swallow = 3;
	} else if (kind != INPUT_NONE &&
	           (final < 'a' || d->csi_len == 0)) /* not 0c, 3b.. */
		push_modified(d, kind, final >= 'a' ? 2 : p[1]);
}

static void ground_byte(struct input_decoder *d, unsigned char b);

static void
csi_byte(struct input_decoder *d, unsigned char b)
{
	if (b < 0x20 || b >= 0x7F) { /* broken off: the byte counts again */
		d->state = GROUND;
		ground_byte(d, b);
		return;
	}
	if (b == '[' && d->csi_len == 0 && d->state == CSI) {
		d->state = CONSOLE;
		return;
	}
	if (b == '$' && d->csi_len > 0 && d->csi_len < 3 && d->csi[0] >= '0' &&
	    d->csi[0] <= '9' && d->state == CSI) {
		csi_done(d, '$'); /* rxvt; other uses have ; or ? before */
		return;
	}
	if (b >= 0x40) {
		if (d->state == CSI)
			csi_done(d, (char)b);
		else
			d->state = GROUND;
		return;
	}
	if (d->csi_len == CSI_MAX)
		d->state = CSI_LONG;
	else if (d->state == CSI)
		d->csi[d->csi_len++] = (char)b;
}

/* Application keypad and F keys: ESC O, perhaps a modifier, a letter. */
static void
ss3_byte(struct input_decoder *d, unsigned char b)
{
	enum input_kind kind = arrow_kind((char)b);
	int modifier = d->csi_len > 0 ? d->csi[0] - '0' : 0;

	if (b >= '1' && b <= '9' && d->csi_len == 0) {
		d->csi[d->csi_len++] = (char)b;
		return;
	}
	d->state = GROUND;
	if (b < 0x20 || b >= 0x7F)
		ground_byte(d, b);
	else if (kind != INPUT_NONE)
		push_modified(d, kind, b >= 'a' ? 5 : modifier);
	else if (b >= 'P' && b <= '[') /* PuTTY's VT100+: to F12 */
		push_modified(d, INPUT_F1 + (b - 'P'), modifier);
	else if (b == 'M')
		push(d, INPUT_ENTER);
	else if (b == 'I')
		push(d, INPUT_TAB);
	else if (b >= 'j' && b <= 'y')
		push_char(d, (uint32_t)(b - 0x40));
}

static void
escape_byte(struct input_decoder *d, unsigned char b)
{
	d->csi_len = 0;
	switch (b) {
	case '[':
		d->state = CSI;
		return;
	case 'O':
		d->state = SS3;
		return;
	case ']': /* OSC */
	case 'P': /* DCS */
	case '_': /* APC */
	case '^': /* PM */
	case 'X': /* SOS */
		d->state = STRING;
		d->swallow = STRING_MAX;
		return;
	case 0x1B: /* Esc, and another key of which a slow link made one */
		push(d, INPUT_ESC);
		return;
	default: /* Esc, and what came right behind it */
		push(d, INPUT_ESC);
		d->state = GROUND;
		ground_byte(d, b);
	}
}

static void
string_byte(struct input_decoder *d, unsigned char b)
{
	if (d->state == STRING_ESC && b != '\\') {
		/* no terminator: it was broken off by a new sequence */
		d->state = ESCAPE;
		escape_byte(d, b);
	} else if (b == 0x1B) {
		d->state = STRING_ESC;
	} else if (d->state == STRING_ESC || b == 0x07 || b == 0x18 ||
	           b == 0x1A || --d->swallow == 0) {
		d->state = GROUND;
	} else if (b == '\r') { /* a person, after Alt-] */
		d->state = GROUND;
		ground_byte(d, b);
	}
}

static void
utf8_byte(struct input_decoder *d, unsigned char b)
{
	uint32_t ch;
	int len;

	d->utf8[d->utf8_len++] = (char)b;
	len = text_decode(d->utf8, (size_t)d->utf8_len, &ch);
	if (len == -2)
		return;
	d->utf8_len = 0;
	if (len > 0)
		push_char(d, ch);
}

static void
control_byte(struct input_decoder *d, unsigned char b)
{
	bool after_cr = d->after_cr;

	d->after_cr = b == '\r';
	if (b == 0x1B)
		d->state = ESCAPE;
	else if (b == '\r' || (b == '\n' && !after_cr))
		push(d, INPUT_ENTER);
	else if (b == '\t')
		push(d, INPUT_TAB);
	else if (b == 0x08 || b == 0x7F)
		push(d, INPUT_BACKSPACE);
	else if (b > 0 && b <= 26 && b != '\n')
		push(d, INPUT_CTRL)->in.ch = (uint32_t)(b - 1 + 'A');
}

static void
ground_byte(struct input_decoder *d, unsigned char b)
{
	if (d->utf8_len > 0 && (b & 0xC0) != 0x80)
		d->utf8_len = 0; /* broken off */
	if (b < 0x20 || b == 0x7F) {
		control_byte(d, b);
		return;
	}
	d->after_cr = false;
	utf8_byte(d, b);
}

static void
take_byte(struct input_decoder *d, unsigned char b)
{
	switch (d->state) {
	case GROUND:
		ground_byte(d, b);
		break;
	case ESCAPE:
		escape_byte(d, b);
		break;
	case CSI:
	case CSI_LONG:
		csi_byte(d, b);
		break;
	case CONSOLE:
		d->state = GROUND;
		if (b >= 'A' && b <= 'E')
			push(d, INPUT_F1 + (b - 'A'));
		break;
	case SS3:
		ss3_byte(d, b);
		break;
	case MOUSE:
		if (--d->swallow == 0)
			d->state = GROUND;
		break;
	case STRING:
	case STRING_ESC:
		string_byte(d, b);
		break;
	case PASTE:
		paste_byte(d, (char)b);
		break;
	}
}

void
input_feed(struct input_decoder *d, const void *bytes, size_t n)
{
	const unsigned char *b = bytes;

	forget_read(d);
	for (size_t i = 0; i < n; i++)
		take_byte(d, b[i]);
}

bool
input_next(struct input_decoder *d, struct input *out)
{
	if (d->head == d->count)
		return false;
	*out = d->items[d->head++].in;
	return true;
}

void
input_again(struct input_decoder *d, size_t bytes)
{
	struct input *in = &d->items[d->head - 1].in;

	if (bytes >= in->len)
		return;
	in->text += bytes;
	in->len -= bytes;
	d->head--;
}

int
input_wait_ms(const struct input_decoder *d)
{
	switch (d->state) {
	case GROUND:
		return -1;
	case ESCAPE:
		return INPUT_ESC_MS;
	case PASTE:
		return INPUT_PASTE_MS;
	case CSI:
	case CSI_LONG:
	case CONSOLE:
	case SS3:
	case MOUSE:
	case STRING:
	case STRING_ESC:
		break;
	}
	return INPUT_STUCK_MS;
}

void
input_timeout(struct input_decoder *d)
{
	if (d->state == PASTE) {
		paste_done(d);
		return;
	}
	if (d->state == ESCAPE)
		push(d, INPUT_ESC);
	d->state = GROUND;
}

/* Items from..to become one TEXT; the rest moves up. */
static void
merge(struct input_decoder *d, size_t from, size_t to)
{
	struct buf text = BUF_INIT;
	size_t len;
	struct item *item = &d->items[from];

	for (size_t i = from; i < to; i++) {
		char bytes[4];

		if (d->items[i].in.kind == INPUT_ENTER)
			buf_addc(&text, '\n');
		else
			buf_addn(&text, bytes,
			         (size_t)text_encode(d->items[i].in.ch, bytes));
	}
	len = text.len;
	*item = (struct item){.in = {.kind = INPUT_TEXT, .len = len},
	                      .owned = buf_take(&text)};
	item->in.text = item->owned;
	item->in.burst = memchr(item->owned, '\n', len) == NULL;
	memmove(item + 1, &d->items[to], (d->count - to) * sizeof(*item));
	d->count -= to - from - 1;
}

/* End of the run of characters (and, with lines, newlines) from i. */
static size_t
run_end(const struct input_decoder *d, size_t i, bool lines, size_t *chars)
{
	*chars = 0;
	for (; i < d->count; i++) {
		if (d->items[i].in.kind == INPUT_CHAR)
			++*chars;
		else if (!lines || d->items[i].in.kind != INPUT_ENTER)
			break;
	}
	while (i > 0 && lines && d->items[i - 1].in.kind == INPUT_ENTER)
		i--; /* an Enter at the end is meant */
	return i;
}

void
input_merge_bursts(struct input_decoder *d)
{
	for (size_t i = d->head; i < d->count; i++) {
		size_t chars, end;

		if (d->items[i].in.kind != INPUT_CHAR)
			continue;
		end = run_end(d, i, true, &chars);
		if (chars < BURST_LINES)
			end = run_end(d, i, false, &chars);
		if (chars >= BURST_CHARS)
			merge(d, i, end);
		else
			i = end - 1;
	}
}
