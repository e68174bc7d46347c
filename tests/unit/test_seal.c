/* Signatures over the audit's head. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "server/lib/seal.h"

static void
a_seal_fits_one_head_only(void **state)
{
	char folder[] = "/tmp/test_sealXXXXXX", hash[SECRET_HEX + 1];
	char sig[SECRET_SIGNATURE + 1];
	struct config cfg = {.site_keys = folder};
	struct arena *a = arena_new();
	struct secret_sign_key key;
	const char *path;

	(void)state;
	assert_non_null(mkdtemp(folder));
	path = seal_key_path(a, &cfg);
	assert_int_equal(secret_sign_open(path, &key), OK);
	memset(hash, 'a', SECRET_HEX);
	hash[SECRET_HEX] = '\0';
	seal_sign(&key, 12, hash, sig);
	assert_true(seal_verify(key.public, 12, hash, sig));
	assert_false(seal_verify(key.public, 13, hash, sig));
	hash[63] = 'b';
	assert_false(seal_verify(key.public, 12, hash, sig));
	assert_int_equal(unlink(path), 0);
	assert_int_equal(unlink(arena_printf(a, "%s.pub", path)), 0);
	assert_int_equal(rmdir(folder), 0);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_seal_fits_one_head_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
