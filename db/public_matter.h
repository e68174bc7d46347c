/*
 * What a citizen writes from a telephone, and what they may read of it: by
 * its number and the secret that liaison-auth has checked. Source: domain.md,
 * the role "the public".
 */
#ifndef DB_PUBLIC_MATTER_H
#define DB_PUBLIC_MATTER_H

#include "db/attachment.h"
#include "db/code.h"
#include "db/opinion.h"

/* Why a message is held for somebody to look at; bits, kept as words. */
enum doubt {
	DOUBT_RATE = 1,    /* many from one source */
	DOUBT_TRAP = 2,    /* a field that no person sees was filled in */
	DOUBT_LINK = 4,    /* addresses in the text */
	DOUBT_WORD = 8,    /* of the list that administrators keep */
	DOUBT_REPEAT = 16, /* the same words came a short while ago */
	DOUBT_CODE = 32,   /* many by one code */
	DOUBT_UNKNOWN = 64 /* written to the robot by somebody unknown */
};
struct doubt_kind {
	enum doubt doubt;
	const char *name, *label; /* label: a msgid */
};
enum { DOUBT_KINDS = 7 };
extern const struct doubt_kind doubt_kinds[DOUBT_KINDS];

/* Whether that one is among those stored. */
bool doubt_is(const struct doubt_kind *kind, const char *doubts);
/* What is stored, for people; in a. */
const char *doubt_text(struct arena *a, const char *doubts);

/* What the words themselves raise doubts about: LINK, WORD, added to *found. */
int doubts_of_words(struct ctx *c, struct arena *a, const char *words,
                    unsigned *found) MUST_CHECK;
/* As they are stored, blank between; "" none. In a. */
const char *doubt_names(struct arena *a, unsigned found);

struct public_message {
	const char *sender, *venue, *words;
	const char *phone; /* sealed as it is stored; "": none */
	unsigned doubts;   /* what the page found out: RATE, TRAP */
	const struct attachment_file *files;
	int file_count;
};

/*
 * Take a message that came by a good code of a station or a deputy. secret is
 * told once. Held when there is any doubt; the sender is not told.
 * Errors: ERR_INVALID (c->faults: words, venue, sender, files), ERR_NOT_FOUND
 * (the deputy is none any more), ERR_STORE ...
 */
int public_message_take(struct ctx *c, struct arena *a, const struct code *code,
                        const struct public_message *message,
                        char secret[OPINION_SECRET + 1],
                        struct opinion_id *id) MUST_CHECK;

/* A deputy as their page shows them. ERR_NOT_FOUND: none today. */
struct public_person {
	const char *name, *unit_name, *station_name, *district;
	bool county, town;
};
int public_person(struct ctx *c, struct arena *a, struct person_id id,
                  struct public_person *out) MUST_CHECK;

/* What the sender reads: of what it was merged into, when it was. */
struct public_told {
	struct instant at;
	const char *words;
};
struct public_matter {
	struct opinion_id id;
	int64_t version;
	const char *subject;
	struct instant received_at;
	int state; /* enum opinion_state; of the other when merged */
	int result, rating;
	bool merged;
	struct public_told *told; /* what was told, oldest first */
	int n;
	struct attachment *files; /* that its sender sent, oldest first */
	int file_count;
};
int public_matter_get(struct ctx *c, struct arena *a, struct opinion_id id,
                      struct public_matter *out) MUST_CHECK;
/* A state in the words of somebody outside. A msgid. */
const char *public_state(int state);
/* Whether the sender may add words, and rate. */
bool public_may_add(const struct public_matter *m);
bool public_may_rate(const struct public_matter *m);

/* Words, or files, or both. */
int public_matter_add(struct ctx *c, struct opinion_id id, const char *words,
                      const struct attachment_file *files, int n) MUST_CHECK;
int public_matter_rate(struct ctx *c, const struct public_matter *m,
                       enum opinion_rating rating,
                       const char *words) MUST_CHECK;

#endif
