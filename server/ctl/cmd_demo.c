/* A demo site: filled at a stroke, with known passwords. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/base/i18n.h"
#include "db/demo.h"
#include "server/ctl/ctl.h"

static int
number(const char *text, long min, long max, long *out)
{
	char *end;
	long v = strtol(text, &end, 10);

	if (*text == '\0' || *end != '\0' || v < min || v > max)
		return ERR_USAGE;
	*out = v;
	return OK;
}

static void
progress(void *data, int permille)
{
	(void)data;
	(void)fprintf(stderr, "\r%3d%%", permille / 10);
	(void)fflush(stderr);
}

/* "10" is ten times the real size, "1/40" a fortieth of it, for tests. */
static int
read_scale(const char *text, struct demo_options *out)
{
	long v;

	if (strncmp(text, "1/", 2) == 0) {
		if (number(text + 2, 1, 1000, &v) != OK)
			return ERR_USAGE;
		out->part = (int)v;
		return OK;
	}
	if (number(text, 1, 1000, &v) != OK)
		return ERR_USAGE;
	out->scale = (int)v;
	return OK;
}

static int
read_options(struct ctl *ctl, struct demo_options *out, const char **today)
{
	const char *scale = ctl_option(ctl, "--scale");
	const char *seed = ctl_option(ctl, "--seed");
	long v = 0;
	int err = OK;

	*today = ctl_option(ctl, "--today");
	if (scale != NULL)
		err = read_scale(scale, out);
	if (err == OK && seed != NULL)
		err = number(seed, 1, 1000000000, &v);
	out->seed = (uint64_t)v;
	return err == OK && ctl_words(ctl, 0, 0) ? OK : ERR_USAGE;
}

static int
fill(struct ctl *ctl, const struct demo_options *options)
{
	bool watched = isatty(STDERR_FILENO) != 0;
	int err = demo_make(&ctl->c, options, watched ? progress : NULL, NULL);

	if (watched)
		(void)fputc('\n', stderr);
	if (err == ERR_EXISTS)
		ctl_say(ctl, "%s",
		        _("This site has units already; a demo is made in an"
		          " empty one."));
	return err == OK ? store_checkpoint(ctl->c.store) : err;
}

int
ctl_demo(struct ctl *ctl)
{
	struct demo_options options = {0};
	const char *today;
	int err = read_options(ctl, &options, &today);

	if (err != OK)
		return err;
	if (!ctl->cfg->site_demo) {
		ctl_say(ctl, "%s",
		        _("Known passwords are for a demo site only: set"
		          " demo = yes in [site]."));
		return ERR_CONFIG;
	}
	err = ctl_open(ctl, STORE_CREATE | STORE_BULK);
	if (err == OK)
		err = ctl_make_keys(ctl);
	if (err == OK && today != NULL)
		err = day_parse(today, ctx_today(&ctl->c), &options.today);
	return err == OK ? fill(ctl, &options) : err;
}
