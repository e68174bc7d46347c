/*
 * An entity's whole specification, found at the top of its .c file: fields,
 * who sees it, its states and its SQL. The store reads these tables; it
 * knows no entity by name. entities.def lists them all.
 */
#ifndef DB_STORE_ENTITY_H
#define DB_STORE_ENTITY_H

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>

#include "db/base/field.h"
#include "db/base/perm.h"

enum entity_kind {
#define ENTITY(KIND, name) ENTITY_##KIND,
#include "db/store/entities.def"
#undef ENTITY
	ENTITIES
};

/* How a role looks at the county; role.scope says which. */
enum scope {
	SCOPE_NONE,     /* sees nothing */
	SCOPE_COUNTY,   /* all units */
	SCOPE_UNIT,     /* :my_unit */
	SCOPE_STATION,  /* :my_station (and :my_unit) */
	SCOPE_SELF,     /* :me, of :my_unit and :my_station */
	SCOPE_ASSIGNED, /* what :my_organ was given */
	SCOPE_PUBLIC,   /* what is published: no role's, liaison-web's */
	SCOPES
};

/* A state step: fsm_fire() carries it out. from FSM_NEW is creation. */
enum { FSM_NEW = -1 };
struct edge {
	int from, on, to;
	enum perm perm;
	bool wants_reason;
};

/* What a step is called on screen and in the audit: index is edge.on. */
struct step {
	const char *name;  /* stored in event.action as "<entity>.<name>" */
	const char *label; /* msgid, an imperative: "Publish" */
};

struct entity {
	enum entity_kind kind;
	const char *name;           /* table */
	const char *label;          /* msgid, "Activity" */
	const struct field *fields; /* of struct <name>, FIELD_END */

	/* SQL predicates by enum scope, on columns written "<name>.column";
	 * NULL is "0". NULL table: the entity is not scoped (everybody signed
	 * in may see it), say why beside it. */
	const char *const *scope;

	const char *const *sql; /* the entity's queries, by its own enum */
	int sql_count;

	const struct enum_name *states; /* NULL: no state column */
	const struct edge *edges;       /* edge_count rows */
	int edge_count;
	const struct step *steps; /* by edge.on */
	int step_count;

	bool secret; /* columns never enter undo or audit (accounts' keys) */
};

/* The table of entities.def, by kind; never NULL for a valid kind. */
const struct entity *entity_of(enum entity_kind kind);
const struct entity *entity_named(const char *name); /* or NULL */

/* Who is woken by a commit is told by kind, a bit each. From the 64th on a
 * kind has the bit of one of the first, which are seldom written: their
 * screens look once more for nothing, now and then. Those that decide rights
 * share with nobody. */
static_assert(ENTITIES <= 64 + ENTITY_OFFICE, "bits of commits");
#define ENTITY_BIT_OF(kind) ((uint64_t)1 << ((kind) % 64))
#define ENTITY_BIT(KIND) ENTITY_BIT_OF(ENTITY_##KIND)

#endif
