/*
 * The receipt of an opinion just written down: its number and the secret by
 * which the citizen follows it. Shown once; the secret is kept nowhere but in
 * this screen, and wiped when it closes.
 */
#include <ctype.h>
#include <string.h>

#include "db/base/buf.h"
#include "db/base/i18n.h"
#include "db/base/qr.h"
#include "db/base/secret.h"
#include "db/opinion.h"
#include "tui/opinion_menu.h"
#include "tui/screens.h"
#include "tui/widget/qr.h"

enum { GROUP = 4, SIDE = 30 };

struct opinion_receipt {
	struct opinion row;
	char secret[OPINION_SECRET + 1];
	const char *address; /* "" the site has no public one */
	struct qr_code qr;   /* size 0: none */
};

/* From the form that saved it to the screen it opens. */
static char handed[OPINION_SECRET + 1];

void
opinion_receipt_give(const char *secret)
{
	memcpy(handed, secret, sizeof(handed));
}

/* HTTPS://LIAISON.EXAMPLE/T/2041: the citizen's page, as codes have it. */
static void
make_address(struct ui *ui, struct opinion_receipt *s)
{
	const char *url = ui_host(ui)->public_url;
	size_t n = url != NULL ? strlen(url) : 0;
	char *out;

	s->address = "";
	while (n > 0 && url[n - 1] == '/')
		n--;
	if (n == 0)
		return;
	out = arena_printf(ui_keep(ui), "%.*s/T/%lld", (int)n, url,
	                   (long long)s->row.id.v);
	for (char *p = out; *p != '\0'; p++)
		*p = (char)toupper((unsigned char)*p);
	s->address = out;
	if (qr_make(ui_keep(ui), out, &s->qr.size, &s->qr.modules) != OK)
		s->qr.size = 0;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct opinion_receipt *s = data;
	int err = opinion_get(ui_ctx(ui), ui_keep(ui), (struct opinion_id){arg},
	                      &s->row);

	memcpy(s->secret, handed, sizeof(s->secret));
	secret_wipe(handed, sizeof(handed));
	if (err == OK)
		make_address(ui, s);
	return err;
}

static void
leave(struct ui *ui, void *data)
{
	struct opinion_receipt *s = data;

	(void)ui;
	secret_wipe(s->secret, sizeof(s->secret));
}

/* In groups of four, as it is copied out. */
static void
grouped(const char *secret, char out[OPINION_SECRET + OPINION_SECRET / GROUP])
{
	char *p = out;

	for (int i = 0; secret[i] != '\0'; i++) {
		if (i > 0 && i % GROUP == 0)
			*p++ = ' ';
		*p++ = secret[i];
	}
	*p = '\0';
}

static int
side_at(const struct opinion_receipt *s, const struct area *body)
{
	int columns;

	if (s->qr.size == 0 || !qr_has_half())
		return 0;
	columns = qr_columns(&s->qr, QR_HALF);
	return qr_rows(&s->qr, QR_HALF) > body->rows ||
	               columns + 3 + SIDE > body->columns
	           ? 0
	           : columns + 3;
}

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	const struct opinion_receipt *s = data;
	char secret[OPINION_SECRET + OPINION_SECRET / GROUP];
	int x = side_at(s, body), y = 4;
	struct area side = area_part(body, 0, x, 0, 0);

	(void)ui;
	if (x > 0)
		qr_draw(body, &s->qr, QR_HALF);
	area_putf(&side, 0, 0, THEME_TITLE, _("Opinion %lld is received"),
	          (long long)s->row.id.v);
	area_fit(&side, 1, 0, side.columns, THEME_NORMAL, s->row.subject);
	area_fit(&side, 3, 0, side.columns, THEME_NORMAL,
	         _("Copy this out for the citizen:"));
	area_putf(&side, ++y, 2, THEME_NORMAL, "%s  %lld", _("Number"),
	          (long long)s->row.id.v);
	grouped(s->secret, secret);
	area_putf(&side, ++y, 2, THEME_NORMAL, "%s  %s",
	          C_("citizen", "Secret"), secret);
	secret_wipe(secret, sizeof(secret));
	y += 2;
	area_fit(&side, y++, 0, side.columns, THEME_DIM,
	         _("The secret is shown this once."));
	area_fit(&side, y++, 0, side.columns, THEME_DIM,
	         _("With both they see how far it is"));
	area_fit(&side, y++, 0, side.columns, THEME_DIM,
	         _("and rate what came of it."));
	if (*s->address != '\0')
		area_fit(&side, y + 1, 0, side.columns, THEME_NORMAL,
		         s->address);
}

static void
key_open(struct ui *ui, void *data)
{
	const struct opinion_receipt *s = data;

	ui_replace(ui, &screen_opinion, s->row.id.v);
}

static void
key_next(struct ui *ui, void *data)
{
	(void)data;
	ui_replace(ui, &screen_opinion_form, 0);
}

static const struct key keys[] = {
    {"Enter", N_("Open"), PERM_OPINION_READ, key_open, NULL,
     N_("The page of the opinion.")},
    {"F4", N_("Next one"), PERM_OPINION_ENTER, key_next, NULL,
     N_("Write down another.")},
    KEY_END,
};

const struct screen screen_opinion_receipt = {
    .name = "opinion-receipt",
    .title = N_("Receipt of an opinion"),
    .about = N_("The number and the secret of the opinion just received. With "
                "both the citizen sees how far it is and rates what came of "
                "it. The secret is kept nowhere; it cannot be shown again."),
    .needs = PERM_OPINION_ENTER,
    .no_draft = true,
    .size = sizeof(struct opinion_receipt),
    .keys = keys,
    .open = open,
    .draw = draw,
    .leave = leave,
};
