/* Settings: numbers and words that an administrator edits, in a table. */
#include "db/setting.h"

#include <string.h>

#include "db/base/i18n.h"
#include "db/store/stmt.h"

/* clang-format off */
static const struct setting settings[] = {
	{"activity.late_minutes", N_("Minutes after the start that are not late"), 0, 240},
	{"attachment.count",      N_("Files that come with one message"), 1, 9},
	{"attachment.document_mb", N_("Megabytes of a document that comes with one"), 1, 200},
	{"attachment.picture_mb", N_("Megabytes of a picture"), 1, 50},
	{"attachment.video_mb",   N_("Megabytes of a video"), 1, 200},
	{"attachment.voice_mb",   N_("Megabytes of a recording"), 1, 100},
	{"campaign.sum_up_days",  N_("Days after a campaign until it should be summed up"), 1, 366},
	{"code.rotate_seconds",   N_("Seconds after which a changing code changes"), 10, 300},
	{"code.tries",            N_("Wrong codes allowed"), 1, 100},
	{"code.tries_minutes",    N_("Minutes within which they count"), 1, 1440},
	{"code.years",            N_("Years for which a station's code is good"), 1, 50},
	{"contact.looks",         N_("Contacts one account may open an hour"), 1, 1000},
	{"duty.check_days",       N_("Days until a request about a duty file is overdue"), 1, 366},
	{"duty.claim_days",       N_("Days within which a duty can be claimed"), 1, 3660},
	{"message.per_hour",      N_("Messages from one source in an hour that are not held"), 1, 1000},
	{"message.per_hour_code", N_("Messages by one code in an hour that are not held"), 1, 100000},
	{"message.words",         N_("Words, divided by blanks, that have a message held"), 0, 0},
	{"password.length",       N_("Characters of a password, at least"), 8, 64},
	{"phone.minutes",         N_("Minutes in which a telephone is bound"), 1, 60},
	{"phone.most",            N_("Telephones of one person"), 1, 10},
	{"project.report_day",    N_("Day of the next month by which a project's report is due"), 1, 28},
	{"project.warn_days",     N_("Days before a milestone from which a project is yellow"), 1, 180},
	{"reception.title",       N_("What a reception day is called"), 0, 0},
	{"transfer.minutes",      N_("Minutes for which a one-time address is good"), 1, 60},
	{"transfer.most",         N_("One-time addresses of one account that are good"), 1, 100},
	{"robot.twice_days", N_("Days within which two opinions may be one entered twice"), 1, 60},
};
/* clang-format on */

static const char sql_number[] =
    "SELECT CAST(value AS INTEGER) FROM setting WHERE name = :name";

const struct setting *
setting_of(const char *name)
{
	for (size_t i = 0; i < COUNT(settings); i++)
		if (strcmp(settings[i].name, name) == 0)
			return &settings[i];
	return NULL;
}

const char *
setting_find_text(struct arena *a, const char *text)
{
	const char *names = " ";

	for (size_t i = 0; i < COUNT(settings); i++)
		if (strcasestr(_(settings[i].label), text) != NULL ||
		    strcasestr(settings[i].name, text) != NULL)
			names =
			    arena_printf(a, "%s%s ", names, settings[i].name);
	return names;
}

int
setting_number(struct ctx *c, const char *name, int64_t otherwise, int64_t *out)
{
	struct stmt *q = ctx_sql(c, NULL, sql_number);
	int err;

	bind_text(q, ":name", name);
	err = stmt_int(q, out);
	if (err == ERR_NOT_FOUND) {
		*out = otherwise;
		err = OK;
	}
	return err;
}
