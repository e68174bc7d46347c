/*
 * The entry that libFuzzer calls; the replay of the corpora in "make test"
 * (tests/fuzz/replay.c) calls the same.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
