/* The attacks, a function each: attack_*.c by topic. */
#ifndef TESTS_HOSTILE_HOSTILE_H
#define TESTS_HOSTILE_HOSTILE_H

#include "tests/hostile/client.h"

struct site {
	int port;
	int grace_ms; /* the site's time to sign in */
};

/* How long an honest client may wait while others misbehave. */
#ifdef SANITIZE
enum { HONEST_MS = 40000 };
#else
enum { HONEST_MS = 8000 };
#endif

/* true: the server did what it should. */
typedef bool attack_fn(const struct site *s);

/* attack_entry.c: before and at sign-in */
attack_fn honest, long_name, two_names, forged_key, stranger_key, many_keys;
attack_fn early_data, leaves, silent, flood, garbage, long_greeting;
attack_fn huge_packet, bad_tag;

/* attack_answers.c: of keyboard-interactive */
attack_fn odd_answers, odd_codes, unasked, asks_again;

/* attack_channel.c: after it */
attack_fn no_channel, no_request, many_channels, window_zero, packet_zero;
attack_fn window_wraps, rekeys, half_rekey, many_sizes, many_variables;
attack_fn many_commands, huge_term, odd_sizes, no_such_channel, past_window;
attack_fn never_reads;

#endif
