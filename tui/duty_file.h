/*
 * A deputy's duty file: bars, points and rank of a year, or of a term, above
 * its records. Two screens show it: the deputy's own (my_file) and the one that
 * officers open from a list of deputies (duty_file).
 */
#ifndef TUI_DUTY_FILE_H
#define TUI_DUTY_FILE_H

#include "db/duty_ledger.h"
#include "tui/records.h"
#include "tui/widget/page.h"

struct duty_file {
	struct records list; /* the records of the year or term */
	struct page kinds;   /* the bars: Enter on one narrows the list */
	struct person_id person;
	const char *name;
	const char *mandates; /* "16th county, 18th town; Zhouwangmiao" */
	struct duty_period shown;
	const char *words; /* a term in words; "": shown.year is */
	const char *kind;  /* what the list is narrowed to; "" not */
	struct duty_year year;
	struct duty_rank rank;
	struct duty_past *past; /* all years, newest first */
	int past_count;
};

/* For struct screen: person 0 is the acting one. */
int duty_file_open(struct ui *ui, void *data, int64_t person);
int duty_file_load(struct ui *ui, void *data);
void duty_file_draw(struct ui *ui, void *data, const struct area *body);
/* Show another year or term (words: how it is called). */
int duty_file_show(struct ui *ui, struct duty_file *s,
                   struct duty_period period, const char *words) MUST_CHECK;
/* A deputy asks for a correction of an own record, or (record 0) of the roll
 * of an activity: how it was, and what shows it. */
void duty_file_correct(struct ui *ui, struct duty_record_id record,
                       struct activity_id activity);
/* The screen of what a record followed from, opened with row->subject; NULL:
 * there is nothing more to see (it was imported). */
const struct screen *duty_file_source(const struct duty_line *row);
extern const struct key duty_file_keys[];
extern const char duty_file_about[]; /* msgid */

#endif
