/*
 * Looking into the server's processes: what their memory holds, which files
 * they have open. They refuse that to processes of their own user, so it
 * needs root, or a user namespace of the scene's own (cmd_inside).
 */
#ifndef TESTS_E2E_INSIDE_H
#define TESTS_E2E_INSIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* A secret as it lies in memory, and as its file spells it. */
struct needles {
	unsigned char raw[32];
	size_t raw_len;
	char text[65];
};

/* Of a private key's file: an ed25519 key of OpenSSH's form, 64 hexadecimal
 * digits, or a text of 20 to 32 characters. False: it is none of them. */
bool needles_read(struct needles *n, const char *path);

enum found { FOUND_NOT, FOUND_TEXT, FOUND_RAW, FOUND_UNREADABLE };
/* Search everything that pid has mapped for reading. */
enum found inside_memory(pid_t pid, const struct needles *n);

/* Whether pid has path open; -1: it may not be looked into. */
int inside_has_open(pid_t pid, const char *path);
/* Descriptors that pid has open; -1: it may not be looked into. */
int inside_count_open(pid_t pid);

#endif
