/* Modules of a QR code, by libqrencode. */
#include "db/base/qr.h"

#include <stdbool.h>
#include <string.h>

#include <qrencode.h>

/* The version that holds an address with a token; a larger one does not fit
 * on 24 rows with its quiet zone. */
enum { SMALL = 3, LARGEST = 10 };

static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/* text at this level; NULL: it does not fit. */
static QRcode *
encode_small(const char *text, QRecLevel level)
{
	QRinput *input = QRinput_new2(0, level);
	QRcode *code = NULL;

	if (input == NULL)
		return NULL;
	if (QRinput_append(input, QR_MODE_AN, (int)strlen(text),
	                   (const unsigned char *)text) == 0)
		code = QRcode_encodeInput(input);
	QRinput_free(input);
	return code;
}

/* At most this version. */
static QRcode *
encode(const char *text, bool any, QRecLevel level, int version)
{
	QRcode *code = any ? QRcode_encodeString(text, 0, level, QR_MODE_8, 1)
	                   : encode_small(text, level);

	if (code != NULL && code->version > version) {
		QRcode_free(code);
		code = NULL;
	}
	return code;
}

static int
make(struct arena *a, const char *text, bool any, int *size,
     const unsigned char **modules)
{
	QRcode *code = encode(text, any, QR_ECLEVEL_M, SMALL);
	unsigned char *copy;
	size_t cells;

	if (code == NULL)
		code = encode(text, any, QR_ECLEVEL_L, SMALL);
	if (code == NULL)
		code = encode(text, any, QR_ECLEVEL_M, LARGEST);
	if (code == NULL)
		return ERR_TOO_LONG;

	cells = (size_t)code->width * (size_t)code->width;
	copy = arena_alloc(a, cells);
	for (size_t i = 0; i < cells; i++)
		copy[i] = code->data[i] & 1;
	*size = code->width;
	*modules = copy;
	QRcode_free(code);
	return OK;
}

int
qr_make(struct arena *a, const char *text, int *size,
        const unsigned char **modules)
{
	size_t n = strlen(text);

	if (n == 0 || strspn(text, alphabet) != n)
		return ERR_INVALID;
	if (n > QR_TEXT_MAX)
		return ERR_TOO_LONG;
	return make(a, text, false, size, modules);
}

int
qr_make_text(struct arena *a, const char *text, int *size,
             const unsigned char **modules)
{
	size_t n = strlen(text);

	for (size_t i = 0; i < n; i++)
		if (text[i] < ' ' || text[i] > '~')
			return ERR_INVALID;
	if (n == 0)
		return ERR_INVALID;
	if (n > QR_TEXT_MAX)
		return ERR_TOO_LONG;
	return make(a, text, true, size, modules);
}
