/* The table of entities.def. */
#include "db/store/entity.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#define ENTITY(KIND, name) extern const struct entity entity_##name;
#include "db/store/entities.def"
#undef ENTITY

static const struct entity *const entities[ENTITIES] = {
#define ENTITY(KIND, name) [ENTITY_##KIND] = &entity_##name,
#include "db/store/entities.def"
#undef ENTITY
};

const struct entity *
entity_of(enum entity_kind kind)
{
	assert(kind < ENTITIES);
	return entities[kind];
}

const struct entity *
entity_named(const char *name)
{
	/* Every row that is written asks for its table: most differ at once. */
	for (int i = 0; i < ENTITIES; i++)
		if (entities[i]->name[0] == name[0] &&
		    strcmp(entities[i]->name, name) == 0)
			return entities[i];
	return NULL;
}
