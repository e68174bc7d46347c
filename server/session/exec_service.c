/* Commands of those who look after the service: who is signed in, who has to
 * wait, which codes there are, the audit. */
#include <inttypes.h>
#include <string.h>

#include "db/account.h"
#include "db/audit_list.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/code.h"
#include "db/service.h"
#include "db/store/audit.h"
#include "server/session/exec.h"

enum { SHOWN = 1000, NEWEST = 40 };

static const char *
time_or_dash(struct exec *x, struct instant at)
{
	return at.s == 0 ? "-" : instant_iso(x->a, at);
}

static void
set_time(struct exec *x, struct json *j, const char *name, struct instant at)
{
	if (at.s == 0)
		json_set_null(j, name);
	else
		json_set_text(j, name, instant_iso(x->a, at));
}

static void
finish(struct exec *x, const char *name, struct json *list)
{
	struct json *root;

	if (!x->json) {
		json_free(list);
		return;
	}
	root = json_new_object();
	json_set(root, name, list);
	exec_json(x, root);
}

/* --- sessions --------------------------------------------------------------
 */

static const char *
account_name(struct exec *x, int64_t id)
{
	struct account account;

	return account_get(x->c, x->a, (struct account_id){id}, &account) == OK
	           ? account.name
	           : "?";
}

static void
add_session(struct exec *x, struct json *list, const struct service_session *s)
{
	const char *name = account_name(x, s->account), *hat = "";
	struct office_line office;
	struct json *j;

	if (office_line_get(x->c, x->a, (struct office_id){s->office},
	                    &office) == OK)
		hat = office_text(x->a, &office);
	if (!x->json) {
		buf_addf(&x->out, "%s  %s  %s  %s  %s\n",
		         text_pad(x->a, name, 16, false),
		         text_pad(x->a, hat, 28, false),
		         text_pad(x->a, s->address, 15, false),
		         time_or_dash(x, s->since),
		         s->dropped ? _("link lost") : "");
		return;
	}
	j = json_new_object();
	json_set_int(j, "number", s->number);
	json_set_text(j, "account", name);
	json_set_text(j, "office", hat);
	json_set_text(j, "address", s->address);
	set_time(x, j, "since", s->since);
	set_time(x, j, "last_page", s->last);
	json_set_bool(j, "dropped", s->dropped);
	json_add(list, j);
}

int
exec_sessions(struct exec *x)
{
	const struct service *service = x->host->service;
	struct service_session *rows = arena_alloc(x->a, sizeof(*rows) * SHOWN);
	struct json *list;
	int n, err = service_may_see(x->c);

	if (x->count > 0)
		return ERR_USAGE;
	if (err != OK)
		return err;
	list = json_new_array();
	n = service->sessions(service->data, 0, 0, rows, SHOWN);
	for (int i = 0; i < n; i++)
		add_session(x, list, &rows[i]);
	finish(x, "sessions", list);
	return OK;
}

/* --- penalties -------------------------------------------------------------
 */

/* A name that is no account's may be a password. */
static void
add_penalty(struct exec *x, struct json *list, const struct service_penalty *p)
{
	struct account account = {.name = ""};
	struct json *j;

	if (p->name[0] != '\0' &&
	    account_named(x->c, x->a, p->name, &account) != OK)
		account.name = "?";
	if (!x->json) {
		buf_addf(&x->out, "%s  %s  %3d  %s\n",
		         text_pad(x->a, p->address, 39, false),
		         text_pad(x->a, p->name[0] == '\0' ? "*" : account.name,
		                  16, false),
		         p->failures, time_or_dash(x, p->until));
		return;
	}
	j = json_new_object();
	json_set_text(j, "address", p->address);
	if (p->name[0] == '\0')
		json_set_null(j, "account");
	else
		json_set_text(j, "account", account.name);
	json_set_int(j, "failures", p->failures);
	set_time(x, j, "refused_until", p->until);
	json_add(list, j);
}

int
exec_penalties(struct exec *x)
{
	const struct service *service = x->host->service;
	struct service_penalty *rows = arena_alloc(x->a, sizeof(*rows) * SHOWN);
	struct json *list;
	int64_t next = 0;
	int n, err = service_may_see(x->c);

	if (x->count > 0)
		return ERR_USAGE;
	if (err != OK)
		return err;
	list = json_new_array();
	n = service->penalties(service->data, &next, rows, SHOWN);
	for (int i = 0; i < n; i++)
		add_penalty(x, list, &rows[i]);
	finish(x, "penalties", list);
	return OK;
}

/* --- codes -----------------------------------------------------------------
 */

static void
add_code(struct exec *x, struct json *list, const struct code_line *code)
{
	const char *kind = code_kinds[code->kind].name;
	struct json *j;

	if (!x->json) {
		buf_addf(
		    &x->out,
		    "%7" PRId64 "  %s  %7" PRId64 "  %s  %5" PRId64 "  %s\n",
		    code->id.v, text_pad(x->a, kind, 8, false), code->subject,
		    time_or_dash(x, code->valid_to), code->scans, code->what);
		return;
	}
	j = json_new_object();
	json_set_int(j, "number", code->id.v);
	json_set_text(j, "kind", kind);
	json_set_int(j, "of", code->subject);
	json_set_text(j, "what", code->what);
	json_set_text(j, "unit", code->unit_name);
	set_time(x, j, "valid_from", code->valid_from);
	set_time(x, j, "valid_to", code->valid_to);
	json_set_int(j, "uses", code->scans);
	json_add(list, j);
}

/* Those that are good now or later. */
int
exec_codes(struct exec *x)
{
	const struct list_query query = {
	    .values = {{.filter = CODE_LIST_LIVE, .v = 1}}, .value_count = 1};
	const struct list_spec *spec =
	    may(x->c, PERM_CODE_WRITE) ? &code_list : &code_bare_list;
	const struct code_line *rows;
	struct list_page page;
	struct json *list;
	int err;

	if (x->count > 0)
		return ERR_USAGE;
	err = list_fetch(x->c, x->a, spec, &query, LIST_FIRST, NULL, SHOWN,
	                 &page);
	if (err != OK)
		return err;
	rows = page.rows;
	list = json_new_array();
	for (int i = 0; i < page.n; i++)
		add_code(x, list, &rows[i]);
	finish(x, "codes", list);
	return OK;
}

/* --- audit -----------------------------------------------------------------
 */

static int
show_newest(struct exec *x)
{
	const struct list_query query = {.order = 0};
	const struct audit_line *rows;
	struct list_page page;
	int err = list_fetch(x->c, x->a, &audit_list, &query, LIST_FIRST, NULL,
	                     NEWEST, &page);

	if (err != OK)
		return err;
	rows = page.rows;
	for (int i = page.n - 1; i >= 0; i--)
		buf_addf(&x->out, "%8" PRId64 "  %s  %s  %s  %s %" PRId64 "\n",
		         rows[i].seq, instant_iso(x->a, rows[i].at),
		         text_pad(x->a, rows[i].account, 12, false),
		         text_pad(x->a, rows[i].action, 24, false),
		         rows[i].subject_kind, rows[i].subject);
	return OK;
}

static int
verify(struct exec *x)
{
	struct json *root;
	const char *why;
	int64_t bad;
	int err = audit_verify(x->c, x->a, NULL, NULL, NULL, &bad, &why);

	if (err != OK)
		return err;
	if (x->json) {
		root = json_new_object();
		json_set_bool(root, "good", bad == 0);
		json_set_int(root, "bad", bad);
		json_set_text(root, "why", why);
		exec_json(x, root);
	} else if (bad == 0) {
		buf_addf(&x->out, "%s\n",
		         _("The audit is complete and unchanged."));
	}
	if (bad == 0)
		return OK;
	exec_say(x, _("Row %lld of the audit does not fit: %s"), (long long)bad,
	         _(why));
	return ERR_STORE;
}

/* The whole of it is an export like others. */
int
exec_audit(struct exec *x)
{
	static const char *const words[] = {"audit"};
	bool csv = x->count == 1 && strcmp(x->words[0], "--csv") == 0;

	if (x->count == 1 && strcmp(x->words[0], "verify") == 0)
		return verify(x);
	if (x->count > 0 && !csv)
		return ERR_USAGE;
	if (csv && x->json)
		return ERR_USAGE;
	if (!csv && !x->json)
		return show_newest(x);
	x->words = words;
	x->count = 1;
	return exec_export(x);
}
