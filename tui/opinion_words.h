/*
 * What the screens of opinions say in the same words: how a clock stands,
 * and choosing among categories, deputies, offices and other opinions.
 */
#ifndef TUI_OPINION_WORDS_H
#define TUI_OPINION_WORDS_H

#include "db/opinion.h"
#include "db/rule.h"
#include "tui/ui.h"
#include "tui/widget/form.h"

/* --- clocks ----------------------------------------------------------- */

/* Working days about today, read once a load. */
struct due_sight {
	struct calendar cal;
	struct day today;
};
int due_sight_load(struct ui *ui, struct due_sight *out) MUST_CHECK;

/* The stored days of a running clock. rating: it is the citizen's, which
 * nobody here can miss. */
struct due_days {
	struct day warn, due;
	struct instant paused;
	bool rating;
};
/* "! 2 days over", "! today", "3 days left"; "" when none runs. In a. */
const char *due_text(struct arena *a, const struct due_sight *sight,
                     const struct due_days *days);
enum theme due_role(const struct due_sight *sight, const struct due_days *days);
const char *light_word(const struct clock_reading *r); /* translated */

/* --- choices ------------------------------------------------------------ */

/* Categories in the order of their tree; a choice is 1 + an index. */
struct categories {
	struct rule *rows;
	int n;
};
/* In ui_keep. */
int categories_load(struct ui *ui, struct categories *out) MUST_CHECK;
/* Those matching text: indented without text, with all above them with it.
 * As form_row.find. */
int categories_find(const struct categories *all, struct arena *a,
                    const char *text, struct form_option *out, int max);
const char *categories_show(const struct categories *all, struct arena *a,
                            int64_t value);
const char *categories_name(const struct categories *all, int64_t value);
int64_t categories_value(const struct categories *all, const char *name);

/*
 * What forms that sort an opinion begin with: their struct's first member.
 * Its row callbacks follow, as form_row.find, show and when.
 */
struct opinion_rows {
	struct form form;
	struct categories categories;
	const struct unit_id *unit; /* as it stands in the entry */
};
int opinion_rows_category(struct ui *ui, void *data, struct arena *a,
                          const char *text, struct form_option *out, int max);
const char *opinion_rows_show_category(struct ui *ui, void *data,
                                       struct arena *a, int64_t value);
int opinion_rows_unit(struct ui *ui, void *data, struct arena *a,
                      const char *text, struct form_option *out, int max);
const char *opinion_rows_show_unit(struct ui *ui, void *data, struct arena *a,
                                   int64_t value);
bool opinion_rows_asks_unit(struct ui *ui, void *data); /* of the county */
int opinion_rows_place(struct ui *ui, void *data, struct arena *a,
                       const char *text, struct form_option *out, int max);
const char *opinion_rows_show_place(struct ui *ui, void *data, struct arena *a,
                                    int64_t value);
int opinion_rows_deputy(struct ui *ui, void *data, struct arena *a,
                        const char *text, struct form_option *out, int max);
const char *opinion_rows_show_person(struct ui *ui, void *data, struct arena *a,
                                     int64_t value);

/* Deputies of unit (0: all) by name, pinyin or initials. */
int opinion_find_deputy(struct ui *ui, struct unit_id unit, struct arena *a,
                        const char *text, struct form_option *out, int max);
/* Offices that unit may send to. */
int opinion_find_office(struct ui *ui, struct unit_id unit, struct arena *a,
                        const char *text, struct form_option *out, int max);
/* Open opinions besides not, by number or words of the subject. */
int opinion_find(struct ui *ui, struct opinion_id not, struct arena *a,
                 const char *text, struct form_option *out, int max);
const char *opinion_show(struct ui *ui, struct arena *a, int64_t value);

#endif
