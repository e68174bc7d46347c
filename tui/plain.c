/* Saying: lines are wrapped, cleaned and sent. */
#include "tui/plain.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "tui/plain_private.h"

enum { WRAP = 78 };

struct plain *
plain_new(bool echo)
{
	struct plain *p = xcalloc(1, sizeof(*p));

	p->echo = echo;
	buf_init(&p->waits);
	buf_init(&p->lines.text);
	buf_init(&p->before);
	return p;
}

void
plain_free(struct plain *p)
{
	if (p == NULL)
		return;
	buf_clear(&p->waits);
	buf_clear(&p->lines.text);
	buf_clear(&p->before);
	free(p);
}

void
plain_input_ends(struct plain *p)
{
	p->input_ended = true;
}

bool
plain_is_behind(const struct plain *p)
{
	return p->behind;
}

const char *
plain_newline(const struct plain *p)
{
	return p->echo ? "\r\n" : "\n";
}

/* --- to the client -------------------------------------------------------- */

/* Send what waits; the client may be slow, liaisond may end us meanwhile. */
static void
flush(struct ui *ui)
{
	struct plain *p = ui->plain;

	while (p->waits.len > 0 && !ui->ending) {
		ssize_t n = send(ui->fd, p->waits.data, p->waits.len,
		                 MSG_NOSIGNAL | MSG_DONTWAIT);

		if (n >= 0) {
			buf_drop(&p->waits, (size_t)n);
		} else if (errno == EAGAIN) {
			p->behind = true;
			ui_wait(ui);
			p->behind = false;
		} else if (errno != EINTR) {
			ui_finish(ui, ERR_CLOSED, "");
		}
	}
}

/* No control character reaches the terminal, whatever a text holds. */
static void
add_clean(struct buf *out, const char *s)
{
	size_t n = strlen(s);

	while (n > 0) {
		uint32_t ch;
		int len = text_decode(s, n, &ch);
		size_t took = len > 0 ? (size_t)len : 1;

		if (len <= 0 || ch < 0x20 || (ch >= 0x7F && ch < 0xA0))
			buf_addc(out, '?');
		else
			buf_addn(out, s, took);
		s += took;
		n -= took;
	}
}

void
plain_send(struct ui *ui, const char *text)
{
	buf_add(&ui->plain->waits, text);
	flush(ui);
}

void
plain_say(struct ui *ui, const char *text)
{
	struct plain *p = ui->plain;
	struct arena *a = arena_new();
	const char *const *lines = text_wrap(a, text, WRAP);

	for (; *lines != NULL; lines++) {
		if ((*lines)[0] == '\0' && lines[1] == NULL)
			break; /* behind the last newline */
		add_clean(&p->waits, *lines);
		buf_add(&p->waits, plain_newline(p));
	}
	arena_free(a);
	flush(ui);
}
