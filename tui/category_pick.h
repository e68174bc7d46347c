/*
 * Choosing a category in a form: a row whose INT member holds a place in the
 * tree from 1, 0 for none. Its list begins with what is proposed for the
 * opinion's text, each with the words that speak for it; typing finds a
 * category by any of its names, or what lies below one.
 */
#ifndef TUI_CATEGORY_PICK_H
#define TUI_CATEGORY_PICK_H

#include "db/category.h"
#include "db/suggest.h"
#include "tui/ui.h"
#include "tui/widget/form.h"

/* For a form_row.find. Errors: as suggest_category(). */
int category_pick(struct ctx *c, struct arena *a,
                  const struct category_tree *tree,
                  const struct suggest_asked *asked, const char *text,
                  struct form_option *out, int max);

/* For a form_row.show, and between the member and what records keep: "" is
 * none, and a category that holds no more is 0. */
const char *category_pick_label(const struct category_tree *tree,
                                int64_t value);
const char *category_pick_name(const struct category_tree *tree, int64_t value);
int64_t category_pick_value(const struct category_tree *tree, const char *name);

/* Outside forms: ask for one, down the tree (NULL: none; in ui_arena), and
 * its path in words, in a. */
const char *category_ask(struct ui *ui);
const char *category_path(struct ui *ui, struct arena *a, const char *name);

#endif
