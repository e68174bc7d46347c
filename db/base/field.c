/* Look-ups in field and enum tables. */
#include "db/base/field.h"

#include <string.h>

const struct field *
field_find(const struct field *fields, const char *name)
{
	for (; fields->name != NULL; fields++)
		if (strcmp(fields->name, name) == 0)
			return fields;
	return NULL;
}

int
enum_index(const struct enum_name *names, const char *name)
{
	for (int i = 0; names[i].name != NULL; i++)
		if (strcmp(names[i].name, name) == 0)
			return i;
	return -1;
}
