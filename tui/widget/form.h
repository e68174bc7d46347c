/*
 * A form over a C struct and its struct field[]: label right-aligned, one
 * field a row, required ones marked '*', errors under their field. Keys:
 * Tab, Up, Down move; Enter opens the choices; F10 saves.
 *
 *	static const struct form_row rows[] = {
 *		{.field = "title"},
 *		{.field = "kind"},                          an ENUM: a choice
 *		{.field = "room", .find = find_room, .show = show_room},
 *		{.field = "starts_at"},
 *		{.field = "agenda", .lines = 3},
 *		FORM_ROW_END,
 *	};
 *	static const struct form_spec spec = {
 *		.fields = activity_fields, .rows = rows, .save = save,
 *	};
 *	open: form_init(&s->form, &spec, ui, s, &s->activity);
 *	      ui_body(ui, &s->form.widget);
 *	      (s->activity filled before: its values stand in the form)
 *	save: the struct has the typed values, checked as the fields say;
 *	      err = activity_save(ui_ctx(ui), &s->activity);
 *	      if (bad) form_error(&s->form, "ends_at", _("..."));
 *	      if (err == OK) ui_pop(ui);
 *	      return err;
 *
 * Screens need no load for a form; the row for F10 in their key table may
 * rename it: {"F10", N_("Publish"), PERM_ACTIVITY_WRITE, NULL}.
 */
#ifndef TUI_WIDGET_FORM_H
#define TUI_WIDGET_FORM_H

#include <stdint.h>

#include "db/base/field.h"
#include "tui/widget/widget.h"

/* One thing to choose. */
struct form_option {
	int64_t value;
	const char *label; /* what stands in the field */
	const char *note;  /* said beside it in the list; NULL: nothing */
};

enum { FORM_OPTIONS = 60 }; /* a picker shows at most these; then type */

struct form_row {
	const char *field; /* name in fields; NULL: only a heading */
	const char *label; /* msgid; NULL: the field's */
	const char *hint;  /* msgid shown at the right; NULL: the field's */
	int lines;         /* rows of a LINES field; 0: 3 */
	bool secret;       /* a password: not shown, not drafted */
	bool undrafted;    /* shown, but a draft would be one copy too many */
	bool required;     /* besides the field's own */
	bool readonly;     /* shown, not edited */
	/*
	 * REF and INT fields: the choices matching text (what was typed; ""
	 * for the first ones). Fill at most max of out, strings in a; return
	 * how many, or a negative error.
	 */
	int (*find)(struct ui *ui, void *data, struct arena *a,
	            const char *text, struct form_option *out, int max);
	/* The label of a value chosen earlier. In a. */
	const char *(*show)(struct ui *ui, void *data, struct arena *a,
	                    int64_t value);
	/* Several may be chosen: read them with form_chosen. The field is
	 * INT and gets their number. */
	bool many;
	/* Hidden when false; hidden rows are not checked. */
	bool (*when)(struct ui *ui, void *data);
	bool end;
};
#define FORM_ROW_END                                                           \
	{                                                                      \
		.end = true                                                    \
	}

struct form_spec {
	const struct field *fields;
	const struct form_row *rows;
	/*
	 * F10, after every row was read into the struct and checked against
	 * its field (required, length, number, day, time). ERR_INVALID with
	 * form_error calls shows them; other errors are said on the message
	 * line; OK means saved: leaving no longer asks.
	 */
	int (*save)(struct ui *ui, void *data);
	/* NULL, or what F10 asks before that, once nothing is missing; false:
	 * not now, and nothing more is said. The form may be gone then. */
	bool (*ask)(struct ui *ui, void *data);
	/* The struct is kept up to date, as far as it parses, while
	 * something is typed or chosen: for rows and lines of the screen that
	 * depend on others. */
	bool live;
	/* NULL, or what else happens then; the form is live with it. */
	void (*changed)(struct ui *ui, void *data);
	const char *title; /* msgid above the rows; NULL: the screen's */
};

struct form_entry; /* one row's text and state */

struct form {
	struct widget widget; /* first */
	const struct form_spec *spec;
	void *row; /* the struct being filled */
	/* below: the form's own */
	struct arena *keep; /* strings put into row */
	struct form_entry *entries;
	int count, cursor, scroll;
	bool changed;
	struct form_picker *picker; /* open choices, or NULL */
	struct day today;           /* for dates without a year */
	int width;                  /* columns of a value, as last drawn */
};

/* row outlives the form; its strings may live anywhere that outlives it. */
void form_init(struct form *f, const struct form_spec *spec, struct ui *ui,
               void *data, void *row);
/* Read row into the fields again; what was typed is gone. */
void form_reload(struct form *f);

/* Show text (a sentence, already translated) under field; the cursor goes
 * to the first field with one. */
void form_error(struct form *f, const char *field, const char *text);
/* What F10 does: read, check, save. Returns what save returned, or
 * ERR_INVALID when a field is wrong. */
int form_submit(struct form *f) MUST_CHECK;

/* The values chosen in a `many` row; returns how many. */
int form_chosen(const struct form *f, const char *field,
                const int64_t **values);
/* Choose them beforehand. */
void form_choose(struct form *f, const char *field,
                 const struct form_option *options, int n);

/* The text of a field as it stands, and putting one there: for drafts. */
const char *form_text(const struct form *f, const char *field);
void form_set_text(struct form *f, const char *field, const char *text);

void form_draw(struct form *f, const struct area *area);

#endif
