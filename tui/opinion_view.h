/* The page of an opinion, part by part: what it is, the words, both loops,
 * the offices, what it became, and what happened. */
#ifndef TUI_OPINION_VIEW_H
#define TUI_OPINION_VIEW_H

#include "db/attachment.h"
#include "db/contact.h"
#include "db/conversion.h"
#include "db/opinion_leg.h"
#include "db/opinion_note.h"
#include "db/project.h"
#include "tui/history.h"
#include "tui/opinion_words.h"
#include "tui/widget/page.h"

enum { MERGED_SHOWN = 20, ALIKE_SHOWN = 2 };

struct opinion_view {
	struct opinion_page o;
	struct due_sight sight;
	struct leg_line *legs;
	int leg_count;
	struct note_line *notes;
	int note_count;
	struct attachment *files;
	int file_count;
	struct contact contact;    /* mask "": none, or not for this hat */
	struct conversion made;    /* id 0: it became nothing */
	struct project_id project; /* if that is one and is seen; 0 */
	const struct opinion_line *merged;
	int merged_count;
	struct suggestion category, office, alike[ALIKE_SHOWN];
	int category_count, office_count, alike_count;
	struct history history;
};

/* Read all of it; in ui_arena. Errors: as opinion_page_get. */
int opinion_view_load(struct ui *ui, struct opinion_id id,
                      struct opinion_view *v) MUST_CHECK;
void opinion_view_fill(struct ui *ui, struct page *p,
                       const struct opinion_view *v);

/* After the words: the files, each an item of ENTITY_ATTACHMENT. */
void opinion_files_fill(struct ui *ui, struct page *p,
                        const struct opinion_view *v);
/* At its end: what happened with the words said, newest last. */
void opinion_timeline_fill(struct ui *ui, struct page *p,
                           const struct opinion_view *v);

#endif
