/* From a request to its route: who asks, may they, in which language. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "db/base/log.h"
#include "server/web/upload.h"
#include "server/web/web.h"

/* JSON: a POST of that */
enum { GET = 1, POST = 2, JSON = 4, FILES = 8, RAW = 16 };
enum opens { OPENS_NOTHING, OPENS_TOKEN, OPENS_CODE, OPENS_NUMBER };
enum share { KEPT_NEVER, KEPT_A_WHILE };
enum { SEAL_HOURS = 12, HOUR = 3600, BROWSER = 200 };

static const struct {
	const char *path;
	int methods;
	enum opens opens;
	enum share share;
	void (*answer)(struct request *r);
} rows[ROUTES] = {
#define ROUTE(name, methods, path, opens, share)                               \
	[ROUTE_##name] = {path, methods, opens, share, page_##name},
#include "server/web/routes.def"
#undef ROUTE
};

/* --- who asks -------------------------------------------------------- */

/* Behind a proxy that we trust it is whom the proxy names; what others say
 * of a proxy is only a reason to believe nothing of being near. */
static void
find_source(struct request *r, const struct source *peer, bool tls)
{
	const struct web *web = r->web;
	const char *said = http_header(r, "X-Forwarded-For");
	struct source from = *peer;

	r->secure = tls;
	if (source_is_in(&web->proxies, peer)) {
		const char *how = http_header(r, "X-Forwarded-Proto");
		const char *text = form_forwarded(r->a, said);

		r->secure = tls || (how != NULL && strcmp(how, "https") == 0);
		r->behind = *text != '\0' && source_parse(text, &from) != OK;
	} else {
		r->behind = said != NULL || http_header(r, "Forwarded") != NULL;
	}
	source_show(&from, r->address, sizeof(r->address));
	r->exempt = source_is_in(&web->exempt, &from);
	r->source = source_home(&from);
}

static void
find_language(struct request *r)
{
	const char *said = http_parameter(r, "lang");

	if (said != NULL &&
	    (strcmp(said, "zh") == 0 || strcmp(said, "en") == 0)) {
		r->language = language_of(said);
		r->language_said = true;
		return;
	}
	r->language = form_language(http_header(r, "Accept-Language"),
	                            language_of(r->web->cfg->site_language));
}

/* --- where it goes --------------------------------------------------- */

static bool
fits(struct request *r, enum route_id id)
{
	size_t n = strlen(rows[id].path);

	if (rows[id].opens == OPENS_NOTHING)
		return strcmp(r->path, rows[id].path) == 0;
	if (strncmp(r->path, rows[id].path, n) != 0)
		return false;
	if (rows[id].opens == OPENS_NUMBER)
		return form_number(r->path + n, &r->number);
	return rows[id].opens == OPENS_CODE
	           ? form_code(r->path + n, r->token, r->ending)
	           : form_token(r->path + n, r->token);
}

static void
find_route(struct request *r)
{
	for (int i = 0; i < ROUTES && r->route == ROUTES; i++)
		if (fits(r, (enum route_id)i))
			r->route = (enum route_id)i;
}

static void
begin_speaking(const struct request *r)
{
	if (i18n_language() != r->language)
		i18n_use(r->language);
}

static void
check_method(struct request *r, const char *method)
{
	int methods = rows[r->route].methods;

	r->is_post = strcmp(method, "POST") == 0;
	if (r->is_post ? methods & (POST | JSON)
	               : (methods & GET) != 0 && (strcmp(method, "GET") == 0 ||
	                                          strcmp(method, "HEAD") == 0))
		return;
	r->allow = methods == GET         ? "GET, HEAD"
	           : (methods & GET) == 0 ? "POST"
	                                  : "GET, HEAD, POST";
	page_say(r, 405, _("This cannot be done here"),
	         _("This page does not understand what the browser asked "
	           "of it."));
}

static bool form_is_sealed(const struct request *r, const struct form *form);

int
request_counts(const struct request *r, enum limit_kind kind)
{
	return r->exempt ? 0
	                 : limits_hour(r->web->limits, &r->source, kind,
	                               clock_monotonic_ms());
}

/* The disk is everybody's. */
static int
may_begin(void *data, const struct form *form)
{
	const struct request *r = data;

	if (!form_is_sealed(r, form))
		return ERR_DENIED;
	return request_counts(r, LIMIT_UPLOADS) > LIMIT_HOUR ? ERR_BUSY : OK;
}

static void
begin_upload(struct request *r)
{
	const struct config *cfg = r->web->cfg;
	const struct upload_rules rules = {
	    .database = store_path(r->web->store), /* cfg may go */
	    .text = (size_t)cfg->limits_http_body,
	    .file = (int64_t)cfg->limits_http_upload_mb << 20,
	    .from = r->exempt ? NULL : &r->source,
	    .may_begin = may_begin,
	    .data = r,
	};

	r->upload = upload_new(r->a, &rules);
	r->raw = rows[r->route].methods & RAW;
}

int64_t
request_most(const struct request *r)
{
	const struct config *cfg = r->web->cfg;

	return r->upload != NULL ? (int64_t)cfg->limits_http_upload_mb << 20
	                         : cfg->limits_http_body;
}

static void
say_too_much(struct request *r)
{
	int64_t most = request_most(r);

	if (r->upload == NULL)
		page_say(r, 413, _("That is too much"),
		         _("What was sent is larger than this page takes."));
	else
		page_say(r, 413, _("That is too much"),
		         arena_printf(r->a,
		                      _("All files together may have %lld MB. "
		                        "Please go back and choose fewer or "
		                        "smaller ones."),
		                      (long long)(most >> 20)));
	/* a browser reads no answer while it sends */
	r->late = r->upload != NULL && http_header(r, "Expect") == NULL;
}

static void
check_body(struct request *r, int64_t length)
{
	static const char files[] = "multipart/form-data";
	const char *type = http_header(r, "Content-Type");
	const char *site = http_header(r, "Sec-Fetch-Site");
	int methods = rows[r->route].methods;
	const char *takes = methods & JSON
	                        ? "application/json"
	                        : "application/x-www-form-urlencoded";

	/* without its cookie, which another's page does not get sent, its
	 * seal is the one that everybody was shown */
	if (r->is_post && site != NULL && strstr(site, "-site") != NULL)
		page_say(r, 403, _("This cannot be done here"),
		         _("Another site's page had this sent; nothing was "
		           "done. Please open the page here."));
	else if (r->is_post && methods & FILES && type != NULL &&
	         strncmp(type, files, strlen(files)) == 0)
		begin_upload(r);
	else if (r->is_post &&
	         (type == NULL || strncmp(type, takes, strlen(takes)) != 0))
		page_say(r, 415, _("This cannot be done here"),
		         _("This page takes forms that a browser sends."));
	if (length > request_most(r) && r->status == 0)
		say_too_much(r);
}

static bool
is_over_limit(struct request *r)
{
	int again_s = r->exempt ? 0
	                        : limits_request(r->web->limits, &r->source,
	                                         clock_monotonic_ms());

	if (again_s == 0)
		return false;
	r->again_s = again_s;
	page_say(r, 429, _("Please wait a moment"),
	         _("Too much was asked from your network at once. Please try "
	           "again in a few seconds."));
	return true;
}

void
request_open(struct request *r, const struct source *peer, bool tls,
             const char *method, int64_t length)
{
	const char *browser = http_header(r, "User-Agent");

	find_source(r, peer, tls);
	find_language(r);
	find_route(r);
	begin_speaking(r);
	r->browser =
	    arena_strndup(r->a, browser != NULL ? browser : "",
	                  browser != NULL ? strnlen(browser, BROWSER) : 0);
	r->cookie = form_cookie(r->a, http_header(r, "Cookie"),
	                        r->secure ? "__Host-phone" : "phone");
	if (is_over_limit(r))
		return;
	if (r->route == ROUTES)
		page_say(r, 404, _("There is no such page"),
		         _("The address is not complete, or what it led to is "
		           "no longer there."));
	else
		check_method(r, method);
	if (r->status == 0)
		check_body(r, length);
}

void
request_run(struct request *r, const char *body, size_t n)
{
	int err = OK;

	begin_speaking(r);
	if (r->upload != NULL) {
		files_run(r);
		return;
	}
	if ((int64_t)n > r->web->cfg->limits_http_body)
		err = ERR_TOO_LONG;
	else if (r->is_post && (rows[r->route].methods & JSON))
		r->body = arena_strndup(r->a, body, n);
	else if (r->is_post)
		err = form_parse(r->a, body, n, &r->form);
	if (err == ERR_TOO_LONG)
		page_say(r, 413, _("That is too much"),
		         _("What was sent is larger than this page takes."));
	else if (err != OK)
		page_say(r, 400, _("That could not be read"),
		         _("What was sent is not a form of this page."));
	else
		request_answer(r);
}

void
request_answer(struct request *r)
{
	rows[r->route].answer(r);
	if (r->status == 0 && !r->waiting) { /* a mistake of ours */
		log_error("no answer route=%d", (int)r->route);
		page_say(r, 500, _("That did not work"),
		         _(err_msgid(ERR_STORE)));
	}
	if (rows[r->route].share == KEPT_A_WHILE && r->status == 200 &&
	    *r->cookie == '\0')
		r->keep = true;
}

/* Others were answered meanwhile, in their languages. */
int
request_add(struct request *r, bool *more)
{
	begin_speaking(r);
	return r->stream->add(r, more);
}

void
request_close(struct request *r)
{
	upload_free(r->upload);
	buf_clear(&r->out);
	arena_free(r->a);
}

/* --- forms ----------------------------------------------------------- */

/* Bound to the page, to the phone if there is one, and to the hour. */
static void
seal_of(const struct request *r, int64_t hour, char out[SECRET_HEX + 1])
{
	const char *text =
	    arena_printf(r->a, "form %s %s %" PRId64, r->path, r->cookie, hour);

	secret_keyed_hash(r->web->key, text, strlen(text), out);
}

void
request_seal(const struct request *r, char out[REQUEST_SEAL])
{
	char hash[SECRET_HEX + 1];
	int64_t hour = clock_now().s / HOUR;

	seal_of(r, hour, hash);
	(void)snprintf(out, REQUEST_SEAL, "%" PRId64 "%s", hour, hash);
}

static bool
form_is_sealed(const struct request *r, const struct form *form)
{
	const char *given = form_value(form, "form");
	size_t n = strlen(given);
	int64_t now = clock_now().s / HOUR;
	char hash[SECRET_HEX + 1];

	if (n <= SECRET_HEX || n >= REQUEST_SEAL)
		return false;
	for (int64_t hour = now; hour > now - SEAL_HOURS; hour--) {
		seal_of(r, hour, hash);
		if (secret_equal_text(given + n - SECRET_HEX, hash))
			return true;
	}
	return false;
}

bool
request_is_sealed(const struct request *r)
{
	return form_is_sealed(r, &r->form);
}

/* --- when an address was opened --------------------------------------- */

static void
opened_seal(const struct request *r, struct instant at,
            char out[SECRET_HEX + 1])
{
	const char *text =
	    arena_printf(r->a, "opened %s %" PRId64, r->path, at.s);

	secret_keyed_hash(r->web->key, text, strlen(text), out);
}

void
request_seal_opened(const struct request *r, struct instant at,
                    char out[REQUEST_SEAL])
{
	char hash[SECRET_HEX + 1];

	opened_seal(r, at, hash);
	(void)snprintf(out, REQUEST_SEAL, "%" PRId64 "-%s", at.s, hash);
}

bool
request_opened(const struct request *r, struct instant *at)
{
	const char *given = form_value(&r->form, "opened");
	const char *dash = strchr(given, '-');
	char hash[SECRET_HEX + 1];

	if (dash == NULL ||
	    !form_number(arena_strndup(r->a, given, (size_t)(dash - given)),
	                 &at->s))
		return false;
	opened_seal(r, *at, hash);
	return secret_equal_text(dash + 1, hash);
}
