/*
 * Attacks on a running site: hostile PORT ATTACK GRACE_MS. Each row of the
 * table is one; a function returns whether the server did what it should.
 * "hostile key a" prints the public key that the site must know for the
 * user "town" ('a' and 'b'; 'c' is a stranger's).
 */
#include "tests/hostile/hostile.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
static const struct attack {
	const char *name;
	attack_fn *fn;
	const char *what;
} attacks[] = {
	{"honest",         honest,         "signs in and sees its screen"},
	{"no-channel",     no_channel,     "signs in and opens no channel"},
	{"no-request",     no_request,     "opens a channel and asks for nothing"},
	{"many-channels",  many_channels,  "opens fifty channels"},
	{"window-0",       window_zero,    "lets nothing be sent, then something"},
	{"packet-0",       packet_zero,    "takes packets of no bytes"},
	{"window-wraps",   window_wraps,   "gives more window than there are numbers"},
	{"long-name",      long_name,      "is called by a megabyte"},
	{"two-names",      two_names,      "changes its name between tries"},
	{"forged-key",     forged_key,     "offers a key it cannot sign with, then another"},
	{"stranger-key",   stranger_key,   "signs with a key nobody knows"},
	{"many-keys",      many_keys,      "offers keys without end"},
	{"early-data",     early_data,     "sends channel data before sign-in"},
	{"rekeys",         rekeys,         "exchanges keys again and again"},
	{"half-rekey",     half_rekey,     "begins an exchange and leaves it"},
	{"leaves",         leaves,         "disconnects in every state"},
	{"silent",         silent,         "sixty connections that say nothing"},
	{"flood",          flood,          "hundreds of connections at once"},
	{"garbage",        garbage,        "greets with noise"},
	{"long-greeting",  long_greeting,  "greets without end"},
	{"huge-packet",    huge_packet,    "announces packets of gigabytes"},
	{"bad-tag",        bad_tag,        "changes a byte of a packet"},
	{"odd-answers",    odd_answers,    "answers more or less than was asked"},
	{"odd-codes",      odd_codes,      "the same where a code is asked for"},
	{"unasked",        unasked,        "answers what nobody has asked"},
	{"asks-again",     asks_again,     "wants to be asked again and again"},
	{"many-sizes",     many_sizes,     "changes its size twenty thousand times"},
	{"many-variables", many_variables, "sets twenty thousand variables"},
	{"many-commands",  many_commands,  "asks for a thousand commands"},
	{"huge-term",      huge_term,      "has a terminal with an enormous name"},
	{"odd-sizes",      odd_sizes,      "has a terminal of no or endless size"},
	{"no-such-channel", no_such_channel, "speaks of channels that are not there"},
	{"past-window",    past_window,    "sends more than it may"},
	{"never-reads",    never_reads,    "asks on and on and reads nothing"},
};
/* clang-format on */

static int
run(int port, const char *name, int grace_ms)
{
	for (size_t i = 0; i < COUNT(attacks); i++) {
		struct site site = {port, grace_ms};

		if (strcmp(attacks[i].name, name) != 0)
			continue;
		if (attacks[i].fn(&site))
			return 0;
		(void)fprintf(stderr, "%s: who %s\n", name, attacks[i].what);
		return 1;
	}
	(void)fprintf(stderr, "no attack %s\n", name);
	return 64;
}

int
main(int argc, char **argv)
{
	if (sodium_init() < 0)
		return 71;
	if (argc == 3 && strcmp(argv[1], "key") == 0) {
		struct buf line = BUF_INIT;

		key_line(argv[2][0], &line);
		(void)puts(line.data);
		buf_clear(&line);
		return 0;
	}
	if (argc == 4)
		return run((int)strtol(argv[1], NULL, 10), argv[2],
		           (int)strtol(argv[3], NULL, 10));
	(void)fputs("usage: hostile PORT ATTACK GRACE_MS | hostile key a\n",
	            stderr);
	return 64;
}
