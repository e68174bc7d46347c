/*
 * What the screens of opinions say in the same words: how a clock stands,
 * and choosing among categories, deputies, offices and other opinions.
 */
#ifndef TUI_OPINION_WORDS_H
#define TUI_OPINION_WORDS_H

#include "db/category.h"
#include "db/opinion.h"
#include "db/rule.h"
#include "db/suggest.h"
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
/* Working days since due passed, at least one. */
int64_t due_days_over(const struct due_sight *sight, struct day due);
/* "! 2 days over", "! today", "3 days left"; "" when none runs. In a. */
const char *due_text(struct arena *a, const struct due_sight *sight,
                     const struct due_days *days);
enum theme due_role(const struct due_sight *sight, const struct due_days *days);
const char *light_word(const struct clock_reading *r); /* translated */

/* --- choices ------------------------------------------------------------ */

/*
 * What forms that sort an opinion begin with: their struct's first member.
 * Its row callbacks follow, as form_row.find, show and when.
 */
struct opinion_rows {
	struct form form;
	struct category_tree tree;
	struct suggest_asked asked; /* what it is about, for proposals; its
	                               unit is the entry's */
};
/* Read the tree, in ui_keep. */
int opinion_rows_load(struct ui *ui, struct opinion_rows *r) MUST_CHECK;
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
#endif
