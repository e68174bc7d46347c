#include "server/lib/stopped.h"

#include <string.h>

#include "db/base/log.h"

static int
parse(struct arena *a, const char *text, struct instant *out)
{
	const char *t = strchr(text, 'T');
	struct day day;
	int hour, minute, err;

	if (t == NULL)
		return ERR_INVALID;
	err = day_parse(arena_strndup(a, text, (size_t)(t - text)),
	                (struct day){.year = 2000, .month = 1, .day = 1}, &day);
	if (err == OK)
		err = clock_parse_time(t + 1, &hour, &minute);
	if (err == OK)
		*out = clock_at(day, hour, minute);
	return err;
}

int
stopped_clock(const struct config *cfg, struct instant *stopped)
{
	*stopped = (struct instant){0};
	if (clock_zone(cfg->site_timezone) != OK) {
		log_error("configuration site.timezone=%s is unknown",
		          cfg->site_timezone);
		return ERR_CONFIG;
	}
	if (cfg->site_clock[0] != '\0' &&
	    parse(cfg->arena, cfg->site_clock, stopped) != OK) {
		log_error("configuration site.clock=%s is no time",
		          cfg->site_clock);
		return ERR_CONFIG;
	}
	return OK;
}
