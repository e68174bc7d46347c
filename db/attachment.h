/*
 * A file that came with an opinion: what a citizen photographed, a recording,
 * an office's reply as a document. The content lies beside the database
 * (blob.h) as liaison-media left it: pictures without their metadata, with a
 * small picture. Source: domain.md, "text, voice, picture or video".
 */
#ifndef DB_ATTACHMENT_H
#define DB_ATTACHMENT_H

#include "db/base/secret.h"
#include "db/opinion.h"

enum attachment_kind {
	ATTACHMENT_PICTURE, /* decoded and written anew */
	ATTACHMENT_VOICE,
	ATTACHMENT_VIDEO,
	ATTACHMENT_DOCUMENT, /* PDF, office documents, plain text */
	ATTACHMENT_OTHER,    /* not recognised: to fetch only */
	ATTACHMENT_KINDS
};

enum {
	ATTACHMENT_NAME = 80, /* characters */
	ATTACHMENTS_MAX = 100 /* of one opinion */
};

/* What one is before it has a row: what liaison-media said of a file. */
struct attachment_file {
	int kind;         /* enum attachment_kind */
	const char *name; /* as its sender called it */
	const char *type; /* of the content, "image/jpeg"; ours, not theirs */
	int64_t size;
	const char *hash;  /* of the blob */
	const char *thumb; /* of the small picture's blob; "": none */
};

struct attachment {
	struct attachment_id id;
	struct opinion_id opinion;
	int kind;
	const char *name, *type, *hash, *thumb;
	int64_t size;
	struct instant at;
	struct person_id by; /* 0: the citizen */
	struct event_id event;
	const char *who; /* the person's name; "" the citizen */
};

extern const struct entity entity_attachment;
extern const struct enum_name attachment_kinds[];

/* A size for people, "340 KB"; in a. */
const char *attachment_size(struct arena *a, int64_t bytes);

/* May so many and so large come with one message? Settings attachment.count,
 * attachment.picture_mb, .voice_mb, .video_mb, .document_mb. Notes faults of
 * the field "files"; between ctx_check_begin and ctx_check_end.
 * Errors: ERR_STORE. */
int attachment_check(struct ctx *c, const struct attachment_file *files,
                     int n) MUST_CHECK;
/* The most bytes that one file of any kind may have, and the most files that
 * come with one message. */
int attachment_most(struct ctx *c, int64_t *bytes, int64_t *count) MUST_CHECK;

/* Inside an event, for an opinion the caller may write; by: 0 the citizen.
 * Each content must be there, whole. Errors: ERR_LIMIT (the opinion has
 * ATTACHMENTS_MAX), ERR_NOT_FOUND (a content is not there). */
int attachment_add(struct ctx *c, struct opinion_id id, struct person_id by,
                   const struct attachment_file *files, int n) MUST_CHECK;

/* May the acting person add files to o by hand? Whoever handles it, and an
 * office that has it; while work is left. */
bool attachment_may_attach(struct ctx *c, const struct opinion *o);
/* The same, done: one event. Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STATE
 * (closed), ERR_LIMIT, ERR_INVALID (c->faults: files). */
int attachment_attach(struct ctx *c, struct opinion_id id,
                      const struct attachment_file *files, int n) MUST_CHECK;

/* Of an opinion and of those merged into it, what the acting person may
 * read, oldest first. */
int attachment_list(struct ctx *c, struct arena *a, struct opinion_id id,
                    struct attachment **rows, int *n) MUST_CHECK;
int attachment_get(struct ctx *c, struct arena *a, struct attachment_id id,
                   struct attachment *out) MUST_CHECK;
/* The same, and its content to read, which leaves a row of the audit
 * (attachment.fetch); *fd is the caller's. Errors besides: ERR_IO. */
int attachment_open(struct ctx *c, struct arena *a, struct attachment_id id,
                    struct attachment *out, int *fd) MUST_CHECK;

#endif
