/* Going to the screens of draft laws from one another. */
#ifndef TUI_LAW_OPEN_H
#define TUI_LAW_OPEN_H

#include "db/law_comment.h"
#include "tui/ui.h"

/* The text that a consultation is about, where one left off; or any text. */
void law_read_open(struct ui *ui, struct consultation_id id);
void law_text_open(struct ui *ui, struct law_version_id id);
/* The text of an article, there; of a consultation on it when there is one. */
void law_article_open(struct ui *ui, struct law_article_id id);
/* A text that was sent, to be imported; none waits: an address to send one
 * by, as the next text of law (0: whatever its title says). */
void law_import_open(struct ui *ui, struct law_id law);
/* What changed in a text. */
void law_changes_open(struct ui *ui, struct law_version_id id);

/* On an article of a consultation; 0: on the whole, all articles. */
void law_comment_write(struct ui *ui, struct consultation_id id,
                       struct law_article_id article);
void law_comment_list_open(struct ui *ui, struct consultation_id id,
                           struct law_article_id article);
/* What waits for the acting person's hand in a consultation. */
void law_comment_turn_open(struct ui *ui, struct consultation_id id);
void law_collated_open(struct ui *ui, struct consultation_id id,
                       struct law_article_id article);
/* The form of a step that wants words: ANSWER, AGAIN. */
void law_comment_step_open(struct ui *ui, struct law_comment_id id,
                           enum law_comment_step step);

/* Ask which of the opinions that wait becomes a comment in k, and on what. */
struct conversion;
void law_opinion_adopt(struct ui *ui, const struct consultation *k,
                       const struct conversion *rows, int n);

/* What they are opened with. */
struct law_arg {
	struct consultation_id consultation;
	struct law_version_id version;
	struct law_article_id article;
};
struct law_arg law_reader_arg(int64_t arg);
struct law_arg law_article_arg(int64_t arg);
struct law_comment_act law_step_arg(int64_t arg);

/* The consultations' last day as those see it who still have to do something:
 * words and a role. done: it is over for them. */
const char *law_due(struct ui *ui, struct arena *a, struct day to, bool open,
                    bool done, enum theme *role);

#endif
