/*
 * What every page has: the document around its content, one style sheet
 * that travels inside it (on a bad connection a second request costs more
 * than its two kilobytes), and the headers that tell the browser to run
 * nothing, to load nothing from elsewhere and to tell nobody.
 */
#include <stdio.h>
#include <string.h>

#include "server/web/web.h"

enum { POLICY = 400 };

static const char style[] =
    ":root{color-scheme:light dark;--ink:#1b1b1b;--dim:#595959;--paper:#fff;"
    "--line:#c9c9c9;--mark:#9b1c1c;--on:#fff;--good:#14601f;--bad:#9b1c1c}"
    "@media (prefers-color-scheme:dark){:root{--ink:#ececec;--dim:#a9a9a9;"
    "--paper:#161616;--line:#4a4a4a;--mark:#ff9d94;--on:#161616;"
    "--good:#7fd38a;--bad:#ff9d94}}"
    "*{box-sizing:border-box}"
    "body{margin:0 auto;padding:0 16px 32px;max-width:40em;color:var(--ink);"
    "background:var(--paper);font:17px/1.6 system-ui,\"PingFang SC\","
    "\"Noto Sans CJK SC\",\"Microsoft YaHei\",sans-serif;"
    "overflow-wrap:anywhere}"
    "header{padding:12px 0;border-bottom:1px solid var(--line);"
    "color:var(--dim)}header p{margin:0}"
    "h1{font-size:1.45em;line-height:1.3;margin:.8em 0 .4em}"
    "h2{font-size:1.15em;margin:1.4em 0 .3em}"
    "p{margin:.5em 0}ul{margin:.3em 0;padding:0;list-style:none}"
    "li{padding:.45em 0;border-bottom:1px solid var(--line)}"
    "dl{margin:.6em 0}dt{color:var(--dim);font-size:.9em}"
    "dd{margin:0 0 .5em}"
    "a{color:var(--mark)}"
    "footer{margin-top:2em;border-top:1px solid var(--line)}"
    "footer a,.act{display:inline-block;min-height:44px;padding:10px 0}"
    "label{display:block;margin:.9em 0 .2em}"
    "input,textarea,select{width:100%;min-height:44px;padding:8px 10px;"
    "font:inherit;color:inherit;background:var(--paper);"
    "border:1px solid var(--dim);border-radius:6px}"
    "button{width:100%;min-height:52px;margin:1.1em 0;padding:10px;"
    "font:inherit;font-weight:600;color:var(--on);background:var(--mark);"
    "border:0;border-radius:6px}"
    ":focus-visible{outline:3px solid var(--mark);outline-offset:2px}"
    ".dim{color:var(--dim)}.bad{color:var(--bad);font-weight:600}"
    ".off{position:absolute;left:-9999px}"
    ".code{font:600 1.3em/1.6 ui-monospace,monospace;letter-spacing:.05em}"
    ".full{width:calc(100% + 32px);margin:8px -16px;display:block;"
    "max-height:92vh;background:#fff}"
    "summary,.go{display:block;min-height:52px;padding:12px 0;"
    "font-weight:600;color:var(--mark)}"
    ".qr{width:60%;max-width:220px;display:block;margin:1em 0}"
    "fieldset{border:0;padding:0;margin:.5em 0}"
    ".pick{display:flex;align-items:center;min-height:44px;margin:0}"
    ".pick input{width:24px;min-height:24px;margin-right:10px}"
    ".good{color:var(--good);font-size:1.3em;font-weight:600}";

static char policy[POLICY];

static const struct header headers[] = {
    {"Content-Security-Policy", policy},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "geolocation=(), interest-cohort=()"},
    {NULL, NULL},
};

const struct header *
page_headers(void)
{
	return headers;
}

void
page_init(void)
{
	char hash[SECRET_BASE64 + 1];

	secret_sha256_base64(style, strlen(style), hash);
	(void)snprintf(policy, sizeof(policy),
	               "default-src 'none'; style-src 'sha256-%s'; "
	               "img-src 'self' data:; form-action 'self'; "
	               "base-uri 'none'; frame-ancestors 'none'",
	               hash);
}

void
page_begin(struct request *r, int status, const char *title)
{
	const char *site = r->web->cfg->site_name;

	r->status = status;
	r->type = "text/html; charset=utf-8";
	buf_truncate(&r->out, 0);
	html_addf(&r->out,
	          "<!doctype html>\n<html lang=\"%s\">\n<head>\n"
	          "<meta charset=\"utf-8\">\n"
	          "<meta name=\"viewport\" "
	          "content=\"width=device-width,initial-scale=1\">\n"
	          "<title>%s - %s</title>\n"
	          "<link rel=\"icon\" href=\"data:,\">\n",
	          r->language == LANGUAGE_EN ? "en" : "zh-CN", title, site);
	if (r->refresh_s > 0)
		html_addf(&r->out,
		          "<meta http-equiv=\"refresh\" content=\"%d\">\n",
		          r->refresh_s);
	html_addf(&r->out, "<style>");
	buf_add(&r->out, style); /* not escaped: its hash is promised */
	html_addf(&r->out,
	          "</style>\n</head>\n<body>\n<header><p>%s</p></header>\n"
	          "<main>\n<h1>%s</h1>\n",
	          site, title);
}

/* The other language, by its own name. The address of what is no page of ours
 * may look like another host's ("//host/"): it is not written again. */
void
page_end(struct request *r)
{
	bool zh = r->language == LANGUAGE_ZH;

	html_addf(&r->out,
	          "</main>\n<footer><a href=\"%s?lang=%s\" hreflang=\"%s\" "
	          "lang=\"%s\">%s</a></footer>\n</body>\n</html>\n",
	          r->route == ROUTES ? "" : r->path, zh ? "en" : "zh",
	          zh ? "en" : "zh-CN", zh ? "en" : "zh-CN",
	          zh ? "English" : "\u4e2d\u6587");
}

void
page_say(struct request *r, int status, const char *title, const char *text)
{
	page_begin(r, status, title);
	html_addf(&r->out, "<p>%s</p>\n", text);
	page_end(r);
}

int
page_status_of(int err)
{
	switch (err) {
	case ERR_DENIED:
		return 403;
	case ERR_LIMIT:
		return 429;
	case ERR_BUSY:
	case ERR_FULL:
	case ERR_READONLY:
	case ERR_STORE:
	case ERR_IO:
	case ERR_UNAVAILABLE:
		return 503;
	default:
		return 200;
	}
}

void
page_no_code(struct request *r, int err)
{
	const char *text = _(err_msgid(err));
	int status = 503;

	if (err == ERR_NOT_FOUND || err == ERR_EARLY)
		status = 404;
	else if (err == ERR_REVOKED || err == ERR_EXPIRED || err == ERR_STATE)
		status = 410;
	if (err == ERR_TURNED) {
		status = 410;
		text = _("The code on the screen changes: a photograph or an "
		         "address from before no longer opens it. Please scan "
		         "the screen anew.");
	}
	if (err == ERR_NOT_FOUND)
		text = _("No code has this address. Please scan it once "
		         "more.");
	else if (err == ERR_REVOKED)
		text = _("This code has been replaced. Please look for the "
		         "new one, or ask at the liaison station.");
	else if (err == ERR_EXPIRED)
		text = _("This code is no longer valid.");
	else if (err == ERR_EARLY)
		text = _("This code is not valid yet.");
	else if (err == ERR_STATE)
		text = _("This activity does not take place.");
	page_say(r, status, _("This code does not open anything"), text);
}

const char *
page_link(const struct request *r, const char *path)
{
	return r->language_said ? arena_printf(r->a, "%s?lang=%s", path,
	                                       language_name(r->language))
	                        : path;
}

void
page_go(struct request *r, const char *path)
{
	r->location = page_link(r, path);
	page_say(r, 303, _("Done"), "");
}

void
page_qr(struct request *r, const char *text, bool full)
{
	html_add_qr(&r->out, full ? "full" : "qr", text);
}

static void
open_form(struct request *r, const char *encoding)
{
	char seal[REQUEST_SEAL];

	request_seal(r, seal);
	html_addf(&r->out,
	          "<form method=\"post\" action=\"%s\" enctype=\"%s\">\n"
	          "<input type=\"hidden\" name=\"form\" value=\"%s\">\n",
	          page_link(r, r->path), encoding, seal);
}

void
page_form(struct request *r)
{
	open_form(r, "application/x-www-form-urlencoded");
}

void
page_form_files(struct request *r)
{
	open_form(r, "multipart/form-data");
}
