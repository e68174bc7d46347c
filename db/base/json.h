/*
 * JSON: built as a tree, printed, and read again. Only json.c knows the
 * library. A child belongs to its parent; only roots are freed.
 */
#ifndef DB_BASE_JSON_H
#define DB_BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "db/base/arena.h"

struct json;

struct json *json_new_object(void);
struct json *json_new_array(void);
void json_free(struct json *root); /* NULL is allowed */

/* Members of an object, in the order they are set. v NULL: null. */
void json_set_text(struct json *object, const char *key, const char *v);
void json_set_int(struct json *object, const char *key, int64_t v);
/* With six digits. */
void json_set_real(struct json *object, const char *key, double v);
void json_set_bool(struct json *object, const char *key, bool v);
void json_set_null(struct json *object, const char *key);
/* child belongs to object from now on. */
void json_set(struct json *object, const char *key, struct json *child);

/* Items of an array. */
void json_add_text(struct json *array, const char *v);
void json_add_int(struct json *array, int64_t v);
void json_add(struct json *array, struct json *child);

/* One line without blanks, in a. UTF-8 stays as it is. */
const char *json_print(const struct json *root, struct arena *a);
/* The same over several lines, for people. */
const char *json_pretty(const struct json *root, struct arena *a);

/* NULL: text is no JSON object or array, or nests deeper than the library
 * allows. The root is the caller's. */
struct json *json_parse(const char *text);
/* Member of an object, item of an array; NULL when there is none. */
const struct json *json_get(const struct json *object, const char *key);
int json_length(const struct json *root);
const struct json *json_at(const struct json *array, int i);
/* Member i of an object, in order; *key lives as long as the object. */
const struct json *json_member(const struct json *object, int i,
                               const char **key);
/* What a value is; JSON_OF_NULL also of NULL. */
enum json_sort {
	JSON_OF_NULL,
	JSON_OF_TEXT,
	JSON_OF_INT,
	JSON_OF_REAL,
	JSON_OF_BOOL,
	JSON_OF_ARRAY,
	JSON_OF_OBJECT
};
enum json_sort json_sort(const struct json *v);
/* Values; what is of another sort reads as 0, "" and false. */
int64_t json_int_of(const struct json *v);
const char *json_text_of(const struct json *v);
bool json_bool_of(const struct json *v);

#endif
