/*
 * A scene is a text file, one command a line. Here it becomes lines and
 * words; commands.c carries them out.
 *
 *	# a comment
 *	for size 80x24 132x43       the scene runs once for each size
 *	for lang zh en              and each language
 *	include common.scene        beside this file
 *	[en] wait "Workbench"       only in that language (or [132x43] size)
 *	wait /code +([0-9A-Z]+)/    a regular expression
 *	type "$CODE"                a variable
 *
 * In "..." \n \t \e \" \\ \xNN are understood. Variables are upper case.
 */
#ifndef TESTS_E2E_SCENE_H
#define TESTS_E2E_SCENE_H

#include <stdbool.h>

#include "db/base/buf.h"

enum { SCENE_CHOICES = 8, SCENE_WORDS = 32 };

struct scene_line {
	char *file; /* name for messages */
	int number;
	char *text;
};

struct scene {
	struct scene_line *lines;
	int count;
	char *sizes[SCENE_CHOICES]; /* of "for size", NULL after the last */
	char *langs[SCENE_CHOICES];
};

struct word {
	char *text;
	bool regex; /* written /.../ */
};

/* Value of a variable, or NULL when there is none. */
typedef const char *scene_value(void *data, const char *name);

/* Read the file at path. False: why says what is wrong. */
bool scene_read(struct scene *s, const char *path, struct buf *why);
void scene_clear(struct scene *s);

/*
 * Split text into at most SCENE_WORDS words. Returns how many, or -1 and
 * why. The caller frees with words_clear.
 */
int words_split(struct word *words, const char *text, scene_value *value,
                void *data, struct buf *why);
void words_clear(struct word *words, int count);

/* Whether what (a text or a regular expression) is in text. */
bool word_in(const struct word *what, const char *text);
/* The groups of the regular expression what where it first matches text,
 * one after the other (the whole match when it has none), added to out. */
bool word_capture(const struct word *what, const char *text, struct buf *out);

#endif
