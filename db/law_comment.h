/*
 * Comments on a draft law: on an article or the whole, for ever on the text
 * they were made on; from author to answer.
 */
#ifndef DB_LAW_COMMENT_H
#define DB_LAW_COMMENT_H

#include "db/consultation.h"

enum law_comment_state {
	COMMENT_HELD, /* from the public, by the rules against abuse */
	COMMENT_SUBMITTED,
	COMMENT_CHECKED, /* by the station */
	COMMENT_MERGED,
	COMMENT_SENT, /* to the county */
	COMMENT_ANSWERED,
	COMMENT_RETURNED, /* to its author, with a reason */
	COMMENT_WITHDRAWN,
	COMMENT_STATES
};
enum law_comment_step {
	COMMENT_DO_SUBMIT, /* creation */
	COMMENT_DO_HOLD,   /* the same */
	COMMENT_DO_RELEASE,
	COMMENT_DO_CHECK,
	COMMENT_DO_RETURN,
	COMMENT_DO_AGAIN, /* changed by its author after a return */
	COMMENT_DO_MERGE, /* into another on the same article */
	COMMENT_DO_SEND,
	COMMENT_DO_ANSWER, /* reaches those merged into it too */
	COMMENT_DO_WITHDRAW,
	COMMENT_STEPS
};
enum law_comment_source {
	COMMENT_BY_DEPUTY,
	COMMENT_BY_OFFICER, /* wrote it down for a deputy or a citizen */
	COMMENT_BY_PUBLIC,
	COMMENT_BY_OPINION
};
enum law_comment_result {
	COMMENT_NO_RESULT,
	COMMENT_ADOPTED,
	COMMENT_PARTLY,
	COMMENT_NOT_ADOPTED,
	COMMENT_REFERENCE
};
enum {
	COMMENT_WORDS_MAX = 2000, /* characters */
	COMMENT_WORDING_MAX = 4000,
	COMMENT_SENDER_MAX = 30,
	COMMENT_REASON_MAX = 200
};

struct law_comment {
	struct law_comment_id id;
	struct consultation_id consultation;
	struct law_version_id version;
	struct law_article_id article; /* 0: the whole */
	int source;
	struct person_id person, entered_by;
	const char *sender;
	struct conversion_id conversion;
	struct unit_id unit;
	struct station_id station;
	const char *words, *wording;
	int state;
	const char *reason;
	struct law_comment_id merged;
	int result;
	const char *answer;
	struct instant at, checked_at, sent_at, answered_at, seen_at;
	int64_t row_version;
};
extern const struct entity entity_law_comment;
extern const struct enum_name law_comment_states[], law_comment_sources[];
extern const struct enum_name law_comment_results[];

struct law_comment_line {
	struct law_comment_id id;
	struct law_article_id article;
	const char *label; /* of the article; "" the whole */
	const char *title; /* of the consultation */
	const char *name, *unit_name, *words;
	int state, source, result;
	struct instant at;
	bool has_wording;
};
extern const struct field law_comment_line_fields[];
enum law_comment_list_filter {
	COMMENT_LIST_CONSULTATION, /* number */
	COMMENT_LIST_ARTICLE,      /* number */
	COMMENT_LIST_STATE,        /* text */
	COMMENT_LIST_UNIT,         /* number */
	COMMENT_LIST_SOURCE,       /* text */
	COMMENT_LIST_RESULT,       /* text */
	COMMENT_LIST_TURN,         /* number, ignored: is not answered */
	COMMENT_LIST_FILTERS
};
/* Newest first. Deputies see their own, and what was answered of others
 * without their names. */
extern const struct list_spec law_comment_list;

int law_comment_get(struct ctx *c, struct arena *a, struct law_comment_id id,
                    struct law_comment *out) MUST_CHECK;
/* On an article (or 0) of a consultation that is open: by a deputy who is
 * asked; by an officer for person or, with sender, for a citizen. A duty
 * record (once an article, whatever becomes of the comment), the deputy's
 * step and the ledgers follow. Errors: ERR_DENIED,
 * ERR_STATE, ERR_NOT_FOUND (article of another text), ERR_INVALID. */
int law_comment_add(struct ctx *c, const struct law_comment *entry,
                    struct law_comment_id *id) MUST_CHECK;
/* By the public page: in a system context; held: why, or "". */
int law_comment_add_public(struct ctx *c, const struct law_comment *entry,
                           const char *held,
                           struct law_comment_id *id) MUST_CHECK;
int law_comment_offers(struct ctx *c, const struct law_comment *row,
                       enum law_comment_step *steps, int max);
struct law_comment_act {
	struct law_comment_id id;
	int64_t row_version;
	enum law_comment_step step;
	const char *reason; /* of RETURN */
	struct law_comment_id into;
	int result;
	const char *answer;
	const char *words, *wording; /* of AGAIN */
};
int law_comment_act(struct ctx *c,
                    const struct law_comment_act *act) MUST_CHECK;
/* Inside the event of an opinion's conversion: a comment of the newest open
 * consultation that asks unit; *id 0: there is none, it waits. */
int law_comment_add_converted(struct ctx *c, struct conversion_id conversion,
                              struct unit_id unit, const char *title,
                              const char *body,
                              struct law_comment_id *id) MUST_CHECK;
/* A conversion that waits becomes a comment: by who may check comments there.
 * Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STATE (not open, or answered),
 * ERR_EXISTS (is one already), ERR_INVALID (the unit is not asked). */
int law_comment_adopt(struct ctx *c, struct conversion_id conversion,
                      struct consultation_id consultation,
                      struct law_article_id article,
                      struct law_comment_id *id) MUST_CHECK;
enum { LAW_WAITING_MAX = 30 };
struct conversion;
/* Those that wait for a draft and may be made a comment in this consultation,
 * oldest first, at most so many; of units that are asked. Errors: ERR_DENIED.
 */
int law_comment_waiting(struct ctx *c, struct arena *a,
                        struct consultation_id id, struct conversion **rows,
                        int *n) MUST_CHECK;
/* The comment of a conversion. ERR_NOT_FOUND: it waits for one. */
int law_comment_of_conversion(struct ctx *c, struct arena *a,
                              struct conversion_id conversion,
                              struct law_comment *out) MUST_CHECK;
/* row with what it was answered: itself, or by the one it was merged into,
 * whose author and words are not told. */
int law_comment_answer_of(struct ctx *c, struct arena *a,
                          const struct law_comment *row,
                          struct law_comment *out) MUST_CHECK;
/* Its author has seen the answer. */
int law_comment_see(struct ctx *c, struct law_comment_id id) MUST_CHECK;

/* Collation: per article how many, of what result, in groups that say alike. */
struct collation_row {
	struct law_article_id article; /* 0: the whole */
	const char *label;
	int64_t comments, deputies, publics, answered, adopted, partly;
};
int law_collation(struct ctx *c, struct arena *a, struct consultation_id id,
                  struct collation_row **rows, int *n) MUST_CHECK;
/* The comments of one article, alike ones together: group counts up. */
struct collated_comment {
	struct law_comment_id id;
	int group;
	const char *name, *unit_name, *words, *wording, *answer;
	int state, source, result;
	struct law_comment_id merged;
};
int law_collated(struct ctx *c, struct arena *a, struct consultation_id id,
                 struct law_article_id article, struct collated_comment **rows,
                 int *n) MUST_CHECK;
/* The whole as a document to read, Markdown: every article with what was said
 * and answered. */
int law_collation_document(struct ctx *c, struct consultation_id id,
                           struct buf *out) MUST_CHECK;

#endif
