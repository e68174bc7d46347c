/*
 * Reading the QR code on a screen, the way a phone would: cells become
 * pixels, zbar looks at the picture. Only qr.c includes zbar.h
 * and png.h.
 */
#ifndef TESTS_E2E_QR_H
#define TESTS_E2E_QR_H

#include <stdbool.h>

#include "db/base/buf.h"
#include "tests/e2e/vt.h"

/* Decode what t shows on a terminal whose own colours are dark (light text
 * on black) or light. out gets the payloads, one a line; false: none. */
bool qr_read(const struct vt *t, bool dark, struct buf *out);
/* The same of a picture, a PNG file. */
bool qr_read_file(const char *path, struct buf *out);

#endif
