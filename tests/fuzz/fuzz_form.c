/* What liaison-web reads by itself of a request: its body as a form, and its
 * headers. The first byte says which. */
#include <stdlib.h>
#include <string.h>

#include "db/base/html.h"
#include "db/base/text.h"
#include "server/web/form.h"
#include "tests/fuzz/fuzz.h"

/* Whatever was read is UTF-8 and, shown, opens no tag. */
static void
show(const char *text)
{
	struct buf b = BUF_INIT;
	const char *at = text;
	uint32_t ch;

	for (int n; *at != '\0'; at += n) {
		n = text_decode(at, strlen(at), &ch);
		if (n <= 0)
			abort();
	}
	html_addf(&b, "%s", text);
	if (strpbrk(b.data, "<>\"'") != NULL)
		abort();
	html_add_lines(&b, text);
	buf_clear(&b);
}

static void
read_form(struct arena *a, const char *text, size_t n)
{
	struct form form;

	if (form_parse(a, text, n, &form) != OK)
		return;
	if (form.n > FORM_FIELDS)
		abort();
	for (int i = 0; i < form.n; i++) {
		if (strlen(form.fields[i].name) >= FORM_NAME)
			abort();
		show(form.fields[i].value);
	}
}

static void
read_headers(struct arena *a, const char *text)
{
	char token[FORM_TOKEN + 1], ending[FORM_ENDING + 1];

	(void)form_language(text, LANGUAGE_ZH);
	if (strlen(form_cookie(a, text, "phone")) > strlen(text) ||
	    strlen(form_forwarded(a, text)) > strlen(text))
		abort();
	if (form_token(text, token) && strlen(token) != FORM_TOKEN)
		abort();
	if (form_code(text, token, ending) &&
	    (strlen(token) != FORM_TOKEN ||
	     (*ending != '\0' && strlen(ending) != FORM_ENDING)))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();

	if (size > 0 && data[0] % 2 == 0)
		read_form(a, (const char *)data + 1, size - 1);
	else if (size > 0)
		read_headers(
		    a, arena_strndup(a, (const char *)data + 1, size - 1));
	arena_free(a);
	return 0;
}
