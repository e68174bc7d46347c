/* A bar on the message line while something takes long. */
#include <sys/socket.h>

#include "db/base/i18n.h"
#include "tui/ui_private.h"
#include "tui/widget/bar.h"

enum {
	SHOWN_AFTER_MS = 500, /* what is quicker shows nothing */
	SHOWN_EVERY_MS = 250,
	BAR_COLUMNS = 24
};

/* Keys pressed meanwhile were meant for a screen that could not answer: Esc
 * stops, the others are dropped. The end of the link is seen afterwards. */
static bool
is_esc_pressed(struct ui *ui)
{
	char bytes[4096];
	struct input in;
	bool esc = false;
	ssize_t n;

	if (ui->fd < 0)
		return false;
	if (input_wait_ms(ui->in) >= 0) /* an Esc from the last time */
		input_timeout(ui->in);
	while ((n = recv(ui->fd, bytes, sizeof(bytes), MSG_DONTWAIT)) > 0)
		input_feed(ui->in, bytes, (size_t)n);
	while (ui_next_key(ui, &in))
		esc = esc || in.kind == INPUT_ESC;
	return esc;
}

bool
ui_progress_show(void *data, int permille)
{
	struct ui_progress *p = data;
	int64_t now = clock_monotonic_ms();

	if (p->due_ms == 0)
		p->due_ms = now + SHOWN_AFTER_MS;
	if (now < p->due_ms)
		return true;
	p->due_ms = now + SHOWN_EVERY_MS;
	p->shown = true;
	ui_say(p->ui, _("%s  %s %d %%  (Esc stops)"), p->what,
	       bar_text(p->ui->frame, permille, 1000, BAR_COLUMNS, true),
	       permille / 10);
	ui_draw(p->ui);
	return !is_esc_pressed(p->ui);
}

void
ui_progress_end(struct ui_progress *p)
{
	if (p->shown)
		ui_say(p->ui, "%s", "");
}
