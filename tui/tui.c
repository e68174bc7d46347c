/* The door: what the frame (ui.c) asks about the person, answered by the
 * database's context. */
#include "tui/tui.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "db/account.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/draft.h"
#include "db/office.h"
#include "db/person.h"
#include "db/store/ctx.h"
#include "db/store/store.h"
#include "tui/screens.h"
#include "tui/term/term.h"
#include "tui/ui.h"

static const struct screen *const screens[] = {
#define SCREEN(name) &screen_##name,
#include "tui/screens.def"
#undef SCREEN
    NULL,
};

static const struct ui_app apps[] = {
#define APP(digit, label, screen) {digit, label, &screen_##screen},
#include "tui/apps.def"
#undef APP
    {'\0', NULL, NULL},
};

const struct screen *
screen_named(const char *name)
{
	for (size_t i = 0; screens[i] != NULL; i++)
		if (strcmp(screens[i]->name, name) == 0)
			return screens[i];
	return NULL;
}

static bool
person_may(struct ctx *c, enum perm perm)
{
	return may(c, perm);
}

static struct instant
person_now(struct ctx *c)
{
	return ctx_now(c);
}

/* The hat worn now; false for who has none (the system in tests). */
static bool
hat(struct ctx *c, struct arena *a, struct office_line *out)
{
	return office_hat(c, a, (struct office_id){c->office}, out) == OK;
}

static const char *
person_place(struct ctx *c, struct arena *a)
{
	struct office_line line;

	if (!hat(c, a, &line))
		return _("the county");
	if (line.organ_name[0] != '\0')
		return line.organ_name;
	if (line.station_name[0] != '\0')
		return line.station_name;
	return line.unit_name[0] != '\0' ? line.unit_name : _("the county");
}

static const char *
person_title(struct ctx *c, struct arena *a)
{
	struct office_line line;

	if (!hat(c, a, &line))
		return "";
	return arena_printf(a, "%s %s", line.name,
	                    role_label(line.label, line.label_en));
}

static bool
person_has_hats(struct ctx *c)
{
	struct arena *a = arena_new();
	struct office_line *rows;
	int n = 0;
	bool several = office_hats(c, a, &rows, &n) == OK && n > 1;

	arena_free(a);
	return several;
}

static int
person_refresh(struct ctx *c)
{
	return ctx_refresh(c);
}

/* Kept for the next sign-in; that it could not be kept changes nothing now. */
static void
person_language(struct ctx *c, int language)
{
	const struct account_settings settings = {
	    .language = language_name((enum language)language),
	};
	int err = account_settings(c, &settings);

	(void)err;
}

/* Most sessions wait for somebody who reads or is away. */
static void
person_rest(struct ctx *c)
{
	store_rest(c->store);
	(void)malloc_trim(0);
}

static bool
person_changed(struct ctx *c)
{
	return store_changed(c->store);
}

static const struct ui_person person = {
    .may = person_may,
    .now = person_now,
    .place = person_place,
    .name = person_title,
    .has_hats = person_has_hats,
    .refresh = person_refresh,
    .changed = person_changed,
    .set_language = person_language,
    .rest = person_rest,
};

int
tui_run(const struct tui_host *host, const struct tui_options *options,
        struct ctx *c)
{
	struct arena *a = arena_new();
	struct ui_setup setup = {
	    .host = host,
	    .options = options,
	    .ctx = c,
	    .person = &person,
	    .apps = apps,
	    .drafts = draft_file(c, a),
	    .hat = screen_named("hat"),
	    .search = screen_named("search"),
	};
	int err;

	if (options->must_change_password)
		setup.first = screen_named("password");
	if (options->need != OTP_NONE) {
		setup.then = setup.first;
		setup.first = screen_named(
		    options->need == OTP_SHOW ? "factor-code" : "factor-setup");
	}
	err = ui_run(&setup);
	arena_free(a);
	return err;
}

void
tui_warm(void)
{
	term_warm();
	(void)text_width("海宁");
	(void)_("Help");
}
