/* libcurl would look names up in a thread of its own; this process has one,
 * so it is given the addresses. */
#include "server/post/send.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netdb.h>
#include <nss.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/buf.h"
#include "db/base/json.h"
#include "db/base/log.h"

enum {
	ALL_MS = 10 * 1000,
	LEAST_MS = 1000,
	ANSWER_MAX = 4096,
	OK_STATUS = 200
};

struct sender {
	CURL *curl;
	struct curl_slist *head;
	struct buf answer;
};

struct sender *
sender_new(void)
{
	struct sender *s;

	/* Files and DNS only: nothing else is loaded later, and no name
	 * takes longer than the whole may. */
	(void)__nss_configure_lookup("hosts", "files dns");
	(void)setenv("RES_OPTIONS", "timeout:2 attempts:1", 1);
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return NULL;
	s = xcalloc(1, sizeof(*s));
	s->answer = (struct buf)BUF_INIT;
	s->curl = curl_easy_init();
	s->head = curl_slist_append(
	    NULL, "Content-Type: application/json; charset=utf-8");
	if (s->curl != NULL && s->head != NULL)
		return s;
	sender_free(s);
	return NULL;
}

void
sender_free(struct sender *s)
{
	if (s == NULL)
		return;
	curl_easy_cleanup(s->curl);
	curl_slist_free_all(s->head);
	curl_global_cleanup();
	buf_clear(&s->answer);
	free(s);
}

static const char *
body_of(struct arena *a, const char *words)
{
	struct json *root = json_new_object(), *text = json_new_object();
	const char *body;

	json_set_text(root, "msgtype", "text");
	json_set_text(text, "content", words);
	json_set(root, "text", text);
	body = json_print(root, a);
	json_free(root);
	return body;
}

/* "host:port:address,address"; NULL: it has none. */
static const char *
looked_up(struct arena *a, const char *host, int port)
{
	const struct addrinfo hints = {.ai_family = AF_UNSPEC,
	                               .ai_socktype = SOCK_STREAM};
	const char *line = arena_printf(a, "%s:%d:", host, port);
	struct addrinfo *all;
	bool any = false;

	if (getaddrinfo(host, NULL, &hints, &all) != 0)
		return NULL;
	for (const struct addrinfo *at = all; at != NULL; at = at->ai_next) {
		char text[INET6_ADDRSTRLEN];

		if (getnameinfo(at->ai_addr, at->ai_addrlen, text, sizeof(text),
		                NULL, 0, NI_NUMERICHOST) != 0)
			continue;
		line = arena_printf(
		    a, at->ai_family == AF_INET6 ? "%s%s[%s]" : "%s%s%s", line,
		    any ? "," : "", text);
		any = true;
	}
	freeaddrinfo(all);
	return any ? line : NULL;
}

static size_t
on_answer(char *data, size_t size, size_t n, void *owner)
{
	struct sender *s = owner;

	(void)size; /* 1 */
	if (s->answer.len + n > ANSWER_MAX)
		return 0;
	buf_addn(&s->answer, data, n);
	return n;
}

/* Nothing of libcurl's own habits: no proxies, no other protocol, no
 * redirection, no signals. */
static bool
set_up(struct sender *s, const struct push *p, const char *body, long left_ms)
{
	CURL *c = s->curl;

	curl_easy_reset(c);
	return curl_easy_setopt(c, CURLOPT_URL, p->address) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "https,http") ==
	           CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_PROXY, "") == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK &&
	       /* the one file of certificates is enough */
	       curl_easy_setopt(c, CURLOPT_CAPATH, NULL) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_FRESH_CONNECT, 1L) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_FORBID_REUSE, 1L) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, left_ms) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_HTTPHEADER, s->head) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_POSTFIELDS, body) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_answer) ==
	           CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_WRITEDATA, s) == CURLE_OK;
}

static enum push_fault
fault_of(CURLcode code)
{
	switch (code) {
	case CURLE_URL_MALFORMAT:
	case CURLE_UNSUPPORTED_PROTOCOL:
		return PUSH_ADDRESS;
	case CURLE_COULDNT_RESOLVE_HOST:
		return PUSH_NAME;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
		return PUSH_TLS;
	case CURLE_OPERATION_TIMEDOUT:
		return PUSH_TIME;
	case CURLE_WRITE_ERROR:
	case CURLE_WEIRD_SERVER_REPLY:
		return PUSH_ANSWER;
	default:
		return PUSH_CONNECT;
	}
}

/* The chat says 200 also to what it does not want: its own number counts. */
static bool
is_taken(struct sender *s, enum push_fault *fault)
{
	const struct json *number;
	struct json *root;
	long status = 0;
	bool ok;

	(void)curl_easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, &status);
	*fault = PUSH_REFUSED;
	if (status != OK_STATUS)
		return false;
	root = json_parse(s->answer.data);
	*fault = root != NULL ? PUSH_REFUSED : PUSH_ANSWER;
	number = json_get(root, "errcode");
	ok = json_sort(number) == JSON_OF_INT && json_int_of(number) == 0;
	if (root != NULL && !ok)
		log_warn("push-refused errcode=%lld",
		         (long long)json_int_of(number));
	json_free(root);
	return ok;
}

bool
sender_post(struct sender *s, struct arena *a, const struct push *p,
            const char *host, int port, enum push_fault *fault)
{
	int64_t began_ms = clock_monotonic_ms(), left_ms;
	const char *line = looked_up(a, host, port);
	struct curl_slist *addresses;
	CURLcode code = CURLE_OUT_OF_MEMORY;

	*fault = PUSH_NAME;
	if (line == NULL)
		return false;
	left_ms = ALL_MS - (clock_monotonic_ms() - began_ms);
	addresses = curl_slist_append(NULL, line);
	buf_truncate(&s->answer, 0);
	if (addresses != NULL &&
	    set_up(s, p, body_of(a, p->text),
	           left_ms > LEAST_MS ? (long)left_ms : LEAST_MS) &&
	    curl_easy_setopt(s->curl, CURLOPT_RESOLVE, addresses) == CURLE_OK)
		code = curl_easy_perform(s->curl);
	curl_slist_free_all(addresses);
	if (code == CURLE_OK)
		return is_taken(s, fault);
	*fault = fault_of(code);
	log_debug("curl code=%d", (int)code);
	return false;
}
