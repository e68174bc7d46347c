/*
 * Replays every file named on the command line through a fuzzer's entry, in
 * TAP, so that "make test" counts them; a crash ends the program and fails
 * the run.
 */
#include <stdio.h>
#include <stdlib.h>

#include "tests/fuzz/fuzz.h"

static int
replay(const char *path)
{
	static uint8_t data[1 << 20];
	FILE *f = fopen(path, "rb");
	size_t n;

	if (f == NULL)
		return -1;
	n = fread(data, 1, sizeof(data), f);
	(void)fclose(f);
	return LLVMFuzzerTestOneInput(data, n);
}

int
main(int argc, char **argv)
{
	int failed = 0;

	printf("1..%d\n", argc - 1);
	for (int i = 1; i < argc; i++) {
		int bad = replay(argv[i]) != 0;

		printf("%s %d - corpus %s\n", bad ? "not ok" : "ok", i,
		       argv[i]);
		(void)fflush(stdout);
		failed += bad;
	}
	return failed > 0;
}
