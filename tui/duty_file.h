/*
 * A deputy's duty file: one year's bars, points and rank above the year's
 * records. Two screens show it: the deputy's own (my_file) and the one that
 * officers open from a list of deputies (duty_file).
 */
#ifndef TUI_DUTY_FILE_H
#define TUI_DUTY_FILE_H

#include "db/duty_record.h"
#include "tui/records.h"

struct duty_file {
	struct records list; /* the year's records */
	struct person_id person;
	const char *name;
	const char *mandates; /* "16th county, 18th town; Zhouwangmiao" */
	int64_t shown;        /* year */
	struct duty_year year;
	struct duty_rank rank;
	struct duty_past *past; /* all years, newest first */
	int past_count;
};

/* For struct screen: person 0 is the acting one. */
int duty_file_open(struct ui *ui, void *data, int64_t person);
int duty_file_load(struct ui *ui, void *data);
void duty_file_draw(struct ui *ui, void *data, const struct area *body);
extern const struct key duty_file_keys[];
extern const char duty_file_about[]; /* msgid */

#endif
