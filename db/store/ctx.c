/* Rights read from the tables, the clock, faults of an entry. */
#include "db/store/ctx.h"

#include <stdio.h>
#include <string.h>

#include "db/store/inner.h"

static const char *const scope_names[SCOPES] = {
    [SCOPE_NONE] = "none",    [SCOPE_COUNTY] = "county",
    [SCOPE_UNIT] = "unit",    [SCOPE_STATION] = "station",
    [SCOPE_SELF] = "self",    [SCOPE_ASSIGNED] = "assigned",
    [SCOPE_PUBLIC] = "public"};

static const char account_sql[] =
    "SELECT a.person, a.disabled_at IS NOT NULL, coalesce(a.office, 0)"
    "  FROM account AS a WHERE a.id = :account";

/* The wanted office first, then the rest in the order of their roles; an
 * office of another day or person is not worn. */
static const char office_sql[] =
    "SELECT o.id, o.role, o.unit, o.station, o.organ, r.scope, r.bench"
    "  FROM office AS o JOIN role AS r ON r.name = o.role"
    " WHERE o.person = :person AND o.from_on <= :day"
    "   AND (o.to_on IS NULL OR o.to_on >= :day)"
    "   AND (NOT :strict OR o.id = :office)"
    " ORDER BY o.id = :office DESC, r.position, o.id LIMIT 1";

static const char able_sql[] =
    "SELECT o.id FROM account AS a JOIN office AS o ON o.person = a.person"
    "  JOIN role AS r ON r.name = o.role"
    "  JOIN role_perm AS p ON p.role = o.role AND p.perm = :perm"
    " WHERE a.id = :account AND o.from_on <= :day"
    "   AND (o.to_on IS NULL OR o.to_on >= :day)"
    " ORDER BY r.position, o.id LIMIT 1";

static const char perms_sql[] = "SELECT perm FROM role_perm WHERE role = :role";

void
ctx_init_system(struct ctx *c, struct store *s)
{
	memset(c, 0, sizeof(*c));
	c->store = s;
	c->stopped = s->stopped;
	c->scope = SCOPE_COUNTY;
	for (int i = 0; i < PERMS; i++)
		perm_grant(&c->perms, (enum perm)i);
}

void
ctx_init_public(struct ctx *c, struct store *s)
{
	*c = (struct ctx){
	    .store = s,
	    .account = -1, /* nobody's; 0 is the system */
	    .stopped = s->stopped,
	    .scope = SCOPE_PUBLIC,
	};
}

static enum scope
scope_of(const char *name)
{
	for (int i = 0; i < SCOPES; i++)
		if (strcmp(scope_names[i], name) == 0)
			return (enum scope)i;
	return SCOPE_NONE;
}

static int
read_perms(struct ctx *c)
{
	struct stmt *q = store_stmt(c->store, perms_sql);

	bind_text(q, ":role", c->role);
	while (stmt_next(q)) {
		enum perm perm = perm_of(col_text(q, 0));

		if (perm != PERMS)
			perm_grant(&c->perms, perm);
	}
	return stmt_end(q);
}

/* strict: this office or none. */
static int
read_office(struct ctx *c, int64_t office, bool strict)
{
	struct stmt *q = store_stmt(c->store, office_sql);
	bool found;
	int err;

	bind_int(q, ":person", c->me);
	bind_int(q, ":office", office);
	bind_int(q, ":strict", strict);
	bind_day(q, ":day", ctx_today(c));
	found = stmt_next(q);
	if (found) {
		c->office = col_int(q, 0);
		snprintf(c->role, sizeof(c->role), "%s", col_text(q, 1));
		c->my_unit = col_int(q, 2);
		c->my_station = col_int(q, 3);
		c->my_organ = col_int(q, 4);
		c->scope = scope_of(col_text(q, 5));
		snprintf(c->bench, sizeof(c->bench), "%s", col_text(q, 6));
	}
	err = stmt_end(q);
	if (err != OK)
		return err;
	return found ? read_perms(c) : ERR_DENIED;
}

static int
read_rights(struct ctx *c, int64_t account, int64_t office)
{
	struct stmt *q = store_stmt(c->store, account_sql);
	bool found, disabled = false;
	int64_t last = 0;
	int err;

	bind_int(q, ":account", account);
	found = stmt_next(q);
	if (found) {
		c->account = account;
		c->me = col_int(q, 0);
		disabled = col_int(q, 1) != 0;
		last = col_int(q, 2);
	}
	err = stmt_end(q);
	if (err != OK)
		return err;
	if (!found)
		return ERR_NOT_FOUND;
	if (disabled)
		return ERR_DENIED;
	return read_office(c, office != 0 ? office : last, office != 0);
}

int
ctx_open(struct ctx *c, struct store *s, int64_t account, int64_t office)
{
	struct ctx fresh = {.store = s, .stopped = s->stopped};
	int err = read_rights(&fresh, account, office);

	if (err == OK)
		*c = fresh;
	return err;
}

int
ctx_open_able(struct ctx *c, struct store *s, int64_t account, enum perm perm)
{
	struct ctx fresh = {.store = s, .stopped = s->stopped};
	struct stmt *q = store_stmt(s, able_sql);
	int64_t office = 0;
	int err;

	bind_int(q, ":account", account);
	bind_text(q, ":perm", perm_name(perm));
	bind_day(q, ":day", ctx_today(&fresh));
	err = stmt_int(q, &office);
	if (err == ERR_NOT_FOUND)
		err = ERR_DENIED;
	return err == OK ? ctx_open(c, s, account, office) : err;
}

int
ctx_refresh(struct ctx *c)
{
	struct ctx fresh = {.store = c->store, .stopped = c->stopped};
	int err = read_rights(&fresh, c->account, c->office);

	if (err != OK)
		return err;
	fresh.committed = c->committed;
	fresh.committed_data = c->committed_data;
	fresh.frame = c->frame;
	if (c->locked)
		ctx_lock(&fresh);
	*c = fresh;
	return OK;
}

void
ctx_lock(struct ctx *c)
{
	c->locked = true;
	c->scope = SCOPE_NONE;
	c->perms = (struct perm_set){.bits = {0}};
}

int
ctx_unlock(struct ctx *c)
{
	c->locked = false;
	return ctx_refresh(c);
}

struct instant
ctx_now(const struct ctx *c)
{
	if (c->stopped.s != 0)
		return c->stopped;
	/* what one action writes, the audit's row too, has one time */
	return c->frame != NULL ? c->frame->at : clock_now();
}

struct day
ctx_today(const struct ctx *c)
{
	return day_of(ctx_now(c));
}

bool
may(const struct ctx *c, enum perm perm)
{
	return perm_has(&c->perms, perm);
}

void
ctx_check_begin(struct ctx *c)
{
	c->fault_count = 0;
}

void
ctx_fault(struct ctx *c, const char *field, const char *msgid)
{
	if (c->fault_count == FAULTS_MAX)
		return;
	c->faults[c->fault_count++] =
	    (struct fault){.field = field, .text = msgid};
}

int
ctx_check_end(const struct ctx *c)
{
	return c->fault_count > 0 ? ERR_INVALID : OK;
}

int64_t
ctx_new_id(struct ctx *c, const struct entity *e)
{
	struct table *t = &c->store->tables[e->kind];
	struct stmt *q;
	int64_t id = 1;

	if (t->new_id == NULL) {
		struct buf b = BUF_INIT;

		buf_addf(&b,
		         "SELECT max(coalesce((SELECT max(id) FROM %s), 0),"
		         " coalesce((SELECT max(id) FROM event_link"
		         " WHERE kind = '%s'), 0)) + 1",
		         e->name, e->name);
		t->new_id = buf_take(&b);
	}
	q = store_stmt(c->store, t->new_id);
	/* An error here makes the INSERT that follows fail as well. */
	if (stmt_int(q, &id) != OK)
		return 0;
	return id;
}
