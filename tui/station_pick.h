/*
 * What the screens of a station share: whose station it is, choosing among
 * its rooms, groups and deputies, months as they are typed.
 */
#ifndef TUI_STATION_PICK_H
#define TUI_STATION_PICK_H

#include "db/base/clock.h"
#include "db/ids.h"
#include "tui/ui.h"
#include "tui/widget/form.h"

/* arg, or 0: the acting hat's own station; 0 for who works for several. */
struct station_id station_pick_own(struct ui *ui, int64_t arg);

/* For form rows: the rooms and points in use, and the groups, of station. */
int station_pick_places(struct ui *ui, struct arena *a,
                        struct station_id station, const char *text,
                        struct form_option *out, int max);
const char *station_pick_place(struct ui *ui, struct arena *a, int64_t place);
int station_pick_groups(struct ui *ui, struct arena *a,
                        struct station_id station, const char *text,
                        struct form_option *out, int max);
const char *station_pick_group(struct ui *ui, struct arena *a, int64_t group);

/* Ask for a deputy of station by name, pinyin or initials; 0: nobody. */
struct person_id station_pick_deputy(struct ui *ui, struct station_id station);

/* "2022-03" and 202203. Errors: ERR_INVALID. */
const char *month_text(struct arena *a, int64_t month);
int month_read(const char *text, int64_t *month) MUST_CHECK;

/* "03-31 Tue 09:00": the day of the week helps to plan; of another year the
 * date alone. In a. */
const char *week_text(struct ui *ui, struct arena *a, struct instant at);

/* Put c->faults under their fields of form, others on the message line;
 * returns err. */
int form_faults(struct ui *ui, struct form *form, int err);

#endif
