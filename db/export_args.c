/* Which rows of a list, as JSON and as words of a command. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "db/export_in.h"
#include "db/store/ctx.h"

/* --- reading ------------------------------------------------------------- */

static bool
is_visible(const struct ctx *c, const struct export_view *view)
{
	return view->shown != NULL && (view->self || c->scope != SCOPE_SELF) &&
	       may(c, view->shown->needs);
}

static int
find_view(const struct ctx *c, const struct export_kind *kind, const char *name,
          const struct export_view **view)
{
	bool known = *name == '\0';

	for (int i = 0; i < EXPORT_VIEWS; i++) {
		const struct export_view *v = &kind->views[i];

		if (v->shown == NULL ||
		    (*name != '\0' && strcmp(v->name, name) != 0))
			continue;
		known = true;
		if (is_visible(c, v)) {
			*view = v;
			return OK;
		}
	}
	return known ? ERR_DENIED : ERR_INVALID;
}

static int
find_order(const struct list_spec *list, const char *name, int *order)
{
	if (*name == '\0')
		return OK;
	for (int i = 0; i < list->order_count; i++)
		if (strcmp(list->orders[i].name, name) == 0) {
			*order = i;
			return OK;
		}
	return ERR_INVALID;
}

/* A number may also be written as text: by hand, in a command. */
static int
read_value(const struct list_filter *f, const struct json *v,
           struct list_value *out)
{
	char *end;

	if (f->is_text && json_sort(v) == JSON_OF_TEXT) {
		out->s = json_text_of(v);
		return OK;
	}
	if (f->is_text)
		return ERR_INVALID;
	if (json_sort(v) == JSON_OF_INT) {
		out->v = json_int_of(v);
		return OK;
	}
	out->v = strtoll(json_text_of(v), &end, 10);
	return *json_text_of(v) != '\0' && *end == '\0' ? OK : ERR_INVALID;
}

static int
read_filter(const struct list_spec *list, const char *name,
            const struct json *v, struct list_query *query)
{
	for (int i = 0; i < list->filter_count; i++) {
		struct list_value value = {.filter = i};
		int err;

		if (strcmp(list->filters[i].name, name) != 0)
			continue;
		err = read_value(&list->filters[i], v, &value);
		if (err == OK)
			query->values[query->value_count++] = value;
		return err;
	}
	return ERR_INVALID;
}

static int
read_only(const struct export_view *view, const struct json *only,
          struct list_query *query)
{
	const struct json *v;
	const char *name;
	bool must = view->must != NULL;
	int err = OK;

	if (json_length(only) > LIST_FILTERS)
		return ERR_INVALID;
	for (int i = 0; err == OK && (v = json_member(only, i, &name)) != NULL;
	     i++) {
		err = read_filter(view->shown, name, v, query);
		if (must && strcmp(name, view->must) == 0)
			must = false;
	}
	return err == OK && must ? ERR_INVALID : err;
}

int
export_query(const struct ctx *c, const struct export_kind *kind,
             const char *args, const struct export_view **view,
             struct list_query *query, struct json **root)
{
	struct json *j = json_parse(args != NULL && *args ? args : "{}");
	const struct export_view *found;
	struct list_query q = {0};
	int err = j != NULL ? OK : ERR_INVALID;

	if (err == OK)
		err = find_view(c, kind, json_text_of(json_get(j, "list")),
		                &found);
	if (err == OK)
		err = find_order(found->shown,
		                 json_text_of(json_get(j, "order")), &q.order);
	if (err == OK)
		err = read_only(found, json_get(j, "only"), &q);
	if (err != OK) {
		json_free(j);
		return err;
	}
	*view = found;
	*query = q;
	*root = j;
	return OK;
}

/* --- the format ---------------------------------------------------------- */

static struct json *
parsed(const char *args)
{
	struct json *root =
	    json_parse(args != NULL && *args != '\0' ? args : "{}");

	return root != NULL ? root : json_new_object();
}

const char *
export_with_format(struct arena *a, const char *args, bool json)
{
	struct json *root = parsed(args);
	const char *text;

	json_set_text(root, "format", json ? "json" : "csv");
	text = json_print(root, a);
	json_free(root);
	return text;
}

bool
export_is_json(const char *args)
{
	struct json *root = parsed(args);
	bool is = strcmp(json_text_of(json_get(root, "format")), "json") == 0;

	json_free(root);
	return is;
}

/* --- words --------------------------------------------------------------- */

/* For the shell of whoever types it and for ours, which takes quotes off
 * once more: what is not a plain word stands in both kinds. */
static const char *
quoted(struct arena *a, const char *name, const char *value)
{
	const char *text = arena_printf(a, "%s=%s", name, value);

	for (const char *s = value; *s != '\0'; s++)
		if (strchr(" \t'\"\\$`&|;<>()*?#~!", *s) != NULL)
			return arena_printf(a, "\"'%s'\"", text);
	return text;
}

const char *
export_words(struct arena *a, const char *args)
{
	struct json *root = parsed(args);
	const char *list = json_text_of(json_get(root, "list"));
	const char *order = json_text_of(json_get(root, "order"));
	const struct json *only = json_get(root, "only"), *v;
	const char *text = "", *name;

	if (*list != '\0' && strcmp(list, "all") != 0)
		text = arena_printf(a, " --list %s", list);
	if (*order != '\0')
		text = arena_printf(a, "%s --order %s", text, order);
	for (int i = 0; (v = json_member(only, i, &name)) != NULL; i++)
		text = arena_printf(
		    a, "%s --only %s", text,
		    quoted(a, name,
		           json_sort(v) == JSON_OF_INT
		               ? arena_printf(a, "%" PRId64, json_int_of(v))
		               : json_text_of(v)));
	json_free(root);
	return text;
}

static void
set_only(struct json *root, const char *name, const char *value)
{
	struct json *all = json_new_object();
	const struct json *v, *before = json_get(root, "only");
	const char *key;

	for (int i = 0; (v = json_member(before, i, &key)) != NULL; i++)
		json_set_text(all, key, json_text_of(v));
	json_set_text(all, name, value);
	json_set(root, "only", all);
}

int
export_add_word(struct arena *a, const char **args, const char *option,
                const char *value)
{
	const char *sign = strchr(value, '=');
	struct json *root;

	if (strcmp(option, "only") == 0 && sign == NULL)
		return ERR_USAGE;
	root = parsed(*args);
	if (strcmp(option, "only") == 0)
		set_only(root, arena_strndup(a, value, (size_t)(sign - value)),
		         sign + 1);
	else
		json_set_text(root, option, value);
	*args = json_print(root, a);
	json_free(root);
	return OK;
}
