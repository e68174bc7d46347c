/*
 * What was said about an opinion: answers, replies, reports of progress,
 * more words of the citizen, instructions of leaders. Each belongs to the
 * event that brought it.
 */
#ifndef DB_OPINION_NOTE_H
#define DB_OPINION_NOTE_H

#include "db/opinion.h"

enum note_kind {
	NOTE_MORE, /* the citizen's */
	NOTE_ANSWER,
	NOTE_REPLY,
	NOTE_PROGRESS,
	NOTE_ASK,
	NOTE_PAUSE,
	NOTE_RETURN,
	NOTE_REFUSE,
	NOTE_TELL, /* what the citizen was told */
	NOTE_RATING,
	NOTE_SUPERVISE,
	NOTE_INSTRUCT,
	NOTE_CHASE,
	NOTE_END,
	NOTE_NOTE,
	NOTE_KINDS
};

struct opinion_note {
	struct opinion_note_id id;
	struct opinion_id opinion;
	struct opinion_leg_id leg; /* 0: the matter itself */
	int kind;                  /* enum note_kind */
	const char *words;
	struct instant at;
	struct person_id by; /* 0: the citizen */
	struct event_id event;
};

/* The same for a page. */
struct note_line {
	int kind;
	const char *words;
	struct instant at;
	struct event_id event;
	const char *name;   /* who; "" the citizen or an import */
	const char *office; /* of the leg; "" none */
};

extern const struct entity entity_opinion_note;
extern const struct enum_name note_kinds[];

/* All that the acting person may read of an opinion they may see, oldest
 * first: an office reads its own leg's and what is the matter's. One that was
 * merged has what the citizens of the other were told. */
int note_list(struct ctx *c, struct arena *a, struct opinion_id id,
              struct note_line **rows, int *n) MUST_CHECK;
/* The newest of a kind. ERR_NOT_FOUND: none. */
int note_last(struct ctx *c, struct arena *a, struct opinion_id id,
              enum note_kind kind, struct opinion_note *out) MUST_CHECK;

/* Inside an event. Empty words write nothing. */
int note_add(struct ctx *c, struct opinion_id id, struct opinion_leg_id leg,
             enum note_kind kind, const char *words) MUST_CHECK;

/* Inside an event: what was said in another system, at an instant of then. */
int note_record(struct ctx *c, struct opinion_id id, enum note_kind kind,
                const char *words, struct instant at) MUST_CHECK;

/* Kinds that are said by themselves: more words, an instruction, a chase, a
 * note. One event. Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STATE (nothing is
 * left to do), ERR_INVALID (words). */
bool opinion_may_say(struct ctx *c, const struct opinion *o,
                     enum note_kind kind);
int opinion_say(struct ctx *c, struct opinion_id id, enum note_kind kind,
                const char *words) MUST_CHECK;
/* The same with files, beside which there may be no words. Errors besides:
 * ERR_INVALID (files), ERR_LIMIT. */
int opinion_say_with(struct ctx *c, struct opinion_id id, enum note_kind kind,
                     const char *words, const struct attachment_file *files,
                     int n) MUST_CHECK;

#endif
