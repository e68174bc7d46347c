/* What the files of the form widget share. */
#ifndef TUI_WIDGET_FORM_PRIVATE_H
#define TUI_WIDGET_FORM_PRIVATE_H

#include "tui/widget/edit.h"
#include "tui/widget/form.h"

enum entry_kind {
	ENTRY_HEADING,
	ENTRY_TEXT,  /* typed, one line or several */
	ENTRY_NAMES, /* ENUM and BOOL: a fixed choice */
	ENTRY_FIND   /* a choice found by a callback */
};

struct form_entry {
	const struct form_row *row;
	const struct field *field; /* NULL: a heading */
	enum entry_kind kind;
	struct edit edit; /* TEXT: what is typed */
	char *start;      /* TEXT: what stood there before; owned */
	int64_t value;    /* NAMES, FIND */
	char *label;      /* FIND: of value; owned */
	int64_t *chosen;  /* many; owned */
	char **labels;    /* of chosen; owned */
	int chosen_count;
	bool touched; /* typed or chosen by the person */
	char *error;  /* owned; NULL: none */
};

struct form_picker {
	struct form_entry *entry;
	struct edit text;
	struct arena *arena; /* of options */
	struct form_option options[FORM_OPTIONS];
	int count, cursor;
	int error;
};

const char *form_label(const struct form_entry *e); /* translated */
bool form_is_shown(const struct form *f, const struct form_entry *e);
bool form_is_required(const struct form_entry *e);
/* What is said beside a field; NULL: nothing. */
const char *form_hint(const struct form_entry *e);
bool form_is_editable(const struct form *f, const struct form_entry *e);
struct form_entry *form_entry_of(const struct form *f, const char *field);
/* The text of a choice as it stands in the form. */
const char *form_choice_text(const struct form *f, struct arena *a,
                             const struct form_entry *e);

/* Row to entries, and entries to row; the latter notes errors when check,
 * and returns how many. */
void form_load_entry(struct form *f, struct form_entry *e);
int form_read(struct form *f, bool check);
void form_entry_error(struct form_entry *e, const char *text);
void form_touch(struct form *f);

/* form_draft.c: of the class. */
struct widget_state form_keep(const struct widget *w, struct arena *a,
                              bool all);
bool form_restore(struct widget *w, const char *text);

/* Plain mode. */
void form_print(struct form *f, const struct area *area);
bool form_choose_entry(struct widget *w, int i, int number,
                       const struct ask *ask);

void form_pick(struct form *f, struct form_entry *e, const char *text);
bool form_pick_key(struct form *f, const struct input *in);
/* Whether option i of the open choices is chosen already (many). */
bool form_pick_is_chosen(const struct form *f, int i);
void form_pick_close(struct form *f);
void form_pick_draw(struct form *f, const struct area *area);

#endif
