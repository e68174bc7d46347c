/* The one file that includes jansson.h; struct json is its json_t. */
#include "db/base/json.h"

#include <jansson.h>
#include <stdlib.h>

static json_t *
open_json(struct json *j)
{
	return (json_t *)(void *)j;
}

static const json_t *
peek(const struct json *j)
{
	return (const json_t *)(const void *)j;
}

static struct json *
wrap(json_t *j)
{
	return (struct json *)(void *)j;
}

static const struct json *
wrap_const(const json_t *j)
{
	return (const struct json *)(const void *)j;
}

/* jansson answers NULL for text that is no UTF-8: our own mistake, since
 * all text is cleaned at the door; null is what shows it. */
static json_t *
text_or_null(const char *v)
{
	json_t *s = v != NULL ? json_string(v) : NULL;

	return s != NULL ? s : json_null();
}

struct json *
json_new_object(void)
{
	return wrap(json_object());
}

struct json *
json_new_array(void)
{
	return wrap(json_array());
}

void
json_free(struct json *root)
{
	json_decref(open_json(root));
}

static void
set(struct json *object, const char *key, json_t *v)
{
	(void)json_object_set_new(open_json(object), key, v);
}

static void
add(struct json *array, json_t *v)
{
	(void)json_array_append_new(open_json(array), v);
}

void
json_set_text(struct json *object, const char *key, const char *v)
{
	set(object, key, text_or_null(v));
}

void
json_set_int(struct json *object, const char *key, int64_t v)
{
	set(object, key, json_integer(v));
}

void
json_set_real(struct json *object, const char *key, double v)
{
	set(object, key, json_real(v));
}

void
json_set_bool(struct json *object, const char *key, bool v)
{
	set(object, key, json_boolean(v));
}

void
json_set_null(struct json *object, const char *key)
{
	set(object, key, json_null());
}

void
json_set(struct json *object, const char *key, struct json *child)
{
	set(object, key, open_json(child));
}

void
json_add_text(struct json *array, const char *v)
{
	add(array, text_or_null(v));
}

void
json_add_int(struct json *array, int64_t v)
{
	add(array, json_integer(v));
}

void
json_add(struct json *array, struct json *child)
{
	add(array, open_json(child));
}

static const char *
print(const struct json *root, struct arena *a, size_t how)
{
	char *s = json_dumps(peek(root), how | JSON_REAL_PRECISION(6));
	const char *kept = arena_strdup(a, s != NULL ? s : "");

	free(s);
	return kept;
}

const char *
json_print(const struct json *root, struct arena *a)
{
	return print(root, a, JSON_COMPACT);
}

const char *
json_pretty(const struct json *root, struct arena *a)
{
	return print(root, a, JSON_INDENT(2));
}

struct json *
json_parse(const char *text)
{
	json_error_t where;

	return wrap(json_loads(text, JSON_REJECT_DUPLICATES, &where));
}

const struct json *
json_get(const struct json *object, const char *key)
{
	return wrap_const(json_object_get(peek(object), key));
}

int
json_length(const struct json *root)
{
	return (int)(json_is_array(peek(root)) ? json_array_size(peek(root))
	                                       : json_object_size(peek(root)));
}

const struct json *
json_at(const struct json *array, int i)
{
	return wrap_const(json_array_get(peek(array), (size_t)i));
}

const struct json *
json_member(const struct json *object, int i, const char **key)
{
	/* jansson walks objects that may change; ours does not */
	json_t *o = (json_t *)(uintptr_t)peek(object);
	void *at = json_object_iter(o);

	while (at != NULL && i-- > 0)
		at = json_object_iter_next(o, at);
	if (at == NULL)
		return NULL;
	*key = json_object_iter_key(at);
	return wrap_const(json_object_iter_value(at));
}

enum json_sort
json_sort(const struct json *v)
{
	if (v == NULL)
		return JSON_OF_NULL;
	switch (json_typeof(peek(v))) {
	case JSON_OBJECT:
		return JSON_OF_OBJECT;
	case JSON_ARRAY:
		return JSON_OF_ARRAY;
	case JSON_STRING:
		return JSON_OF_TEXT;
	case JSON_INTEGER:
		return JSON_OF_INT;
	case JSON_REAL:
		return JSON_OF_REAL;
	case JSON_TRUE:
	case JSON_FALSE:
		return JSON_OF_BOOL;
	case JSON_NULL:
		break;
	}
	return JSON_OF_NULL;
}

int64_t
json_int_of(const struct json *v)
{
	return json_integer_value(peek(v));
}

const char *
json_text_of(const struct json *v)
{
	const char *s = json_string_value(peek(v));

	return s != NULL ? s : "";
}

bool
json_bool_of(const struct json *v)
{
	return json_is_true(peek(v));
}
