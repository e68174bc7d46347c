/* Tokens, codes, hashes, passwords and signatures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/base/secret.h"
#include "db/base/secret_box.h"

static void
tokens_are_26_letters_of_base32_and_differ(void **state)
{
	char a[SECRET_TOKEN + 1], b[SECRET_TOKEN + 1];

	(void)state;
	secret_token(a);
	secret_token(b);
	assert_int_equal(strlen(a), 26);
	assert_int_equal(strspn(a, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), 26);
	assert_string_not_equal(a, b);
}

static void
short_codes_have_no_letters_that_look_alike(void **state)
{
	char code[SECRET_SHORT + 1];
	bool seen[128] = {false};
	int kinds = 0;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		secret_short(code);
		assert_int_equal(strlen(code), 6);
		assert_null(strpbrk(code, "0O1I"));
		for (int k = 0; k < 6; k++)
			seen[(unsigned char)code[k]] = true;
	}
	for (int i = 0; i < 128; i++)
		kinds += seen[i];
	assert_int_equal(kinds, 32); /* every letter comes up */
}

static void
sha256_is_the_published_one(void **state)
{
	char hex[SECRET_HEX + 1];

	(void)state;
	secret_sha256("abc", 3, hex);
	assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223"
	                         "b00361a396177a9cb410ff61f20015ad");
}

static void
a_keyed_hash_needs_its_key(void **state)
{
	unsigned char key[SECRET_KEY] = {1}, other[SECRET_KEY] = {2};
	char a[SECRET_HEX + 1], b[SECRET_HEX + 1];

	(void)state;
	secret_keyed_hash(key, "abc", 3, a);
	secret_keyed_hash(other, "abc", 3, b);
	assert_string_not_equal(a, b);
	secret_keyed_hash(key, "abc", 3, b);
	assert_string_equal(a, b);
}

static void
only_the_right_password_fits_its_hash(void **state)
{
	char hash[SECRET_PASSWORD];

	(void)state;
	assert_int_equal(secret_password_hash("民情", hash), OK);
	assert_memory_equal(hash, "$argon2id$v=19$m=65536,t=3,p=1$", 31);
	assert_true(secret_password_verify(hash, "民情"));
	assert_false(secret_password_verify(hash, "民意"));
	assert_false(secret_password_verify("", ""));
	assert_false(secret_password_verify("junk", "民情"));
}

static void
a_key_file_is_made_once_and_kept(void **state)
{
	char folder[] = "/tmp/test_secretXXXXXX", path[64], pub[64];
	char sig[SECRET_SIGNATURE + 1], hex[SECRET_HEX + 1];
	struct secret_sign_key a, b;
	struct stat st;

	(void)state;
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof(path), "%s/audit", folder);
	(void)snprintf(pub, sizeof(pub), "%s/audit.pub", folder);
	assert_int_equal(secret_sign_open(path, &a), OK);
	assert_int_equal(secret_sign_open(path, &b), OK);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(secret_public_read(pub, hex), OK);
	assert_string_equal(hex, a.public);
	secret_sign(&a, "head", 4, sig);
	assert_true(secret_sign_verify(b.public, "head", 4, sig));
	assert_false(secret_sign_verify(b.public, "heaD", 4, sig));
	sig[5] = sig[5] == '0' ? '1' : '0';
	assert_false(secret_sign_verify(b.public, "head", 4, sig));
	assert_false(secret_sign_verify("", "head", 4, sig));
	assert_int_equal(unlink(path), 0);
	assert_int_equal(unlink(pub), 0);
	assert_int_equal(rmdir(folder), 0);
}

static void
a_damaged_key_file_is_refused_and_left_alone(void **state)
{
	char path[] = "/tmp/test_secretXXXXXX";
	int fd = mkstemp(path);
	struct secret_sign_key key;
	struct stat st;

	(void)state;
	assert_int_equal(write(fd, "abc\n", 4), 4);
	assert_int_equal(secret_sign_open(path, &key), ERR_INVALID);
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(st.st_size, 4);
	(void)close(fd);
	(void)unlink(path);
}

static void
what_is_sealed_opens_with_its_key_and_about_its_thing_only(void **state)
{
	char folder[] = "/tmp/test_secretXXXXXX", path[64];
	char sealed[SECRET_SEALED], again[SECRET_SEALED];
	char text[SECRET_SEALED_TEXT + 1], longest[SECRET_SEALED_TEXT + 2];
	struct secret_seal_key key, same, other = {.secret = {1}};
	struct stat st;

	(void)state;
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof(path), "%s/seal", folder);
	assert_int_equal(secret_seal_open(path, &key), OK);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(secret_seal_open(path, &same), OK);
	assert_memory_equal(key.secret, same.secret, sizeof(key.secret));

	assert_int_equal(secret_seal(&key, "a", "the text", sealed), OK);
	assert_int_equal(secret_seal(&key, "a", "the text", again), OK);
	assert_string_not_equal(sealed, again);
	assert_int_equal(secret_unseal(&same, "a", sealed, text), OK);
	assert_string_equal(text, "the text");
	assert_int_equal(secret_unseal(&key, "b", sealed, text), ERR_INVALID);
	assert_int_equal(secret_unseal(&other, "a", sealed, text), ERR_INVALID);
	sealed[60] ^= 1;
	assert_int_equal(secret_unseal(&key, "a", sealed, text), ERR_INVALID);
	assert_int_equal(secret_unseal(&key, "a", "", text), ERR_INVALID);
	assert_int_equal(secret_unseal(&key, "a", "00ff", text), ERR_INVALID);

	memset(longest, 'x', sizeof(longest));
	longest[sizeof(longest) - 1] = '\0';
	assert_int_equal(secret_seal(&key, "a", longest, sealed), ERR_TOO_LONG);
	assert_int_equal(secret_seal(&key, "a", longest + 1, sealed), OK);
	assert_int_equal(secret_unseal(&key, "a", sealed, text), OK);
	assert_string_equal(text, longest + 1);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(folder), 0);
}

static void
whoever_seals_for_a_public_key_cannot_open_it(void **state)
{
	static const unsigned char seed[SECRET_KEY] = {7};
	char folder[] = "/tmp/test_secretXXXXXX", path[64], pub[64];
	char sealed[SECRET_BOX_SEALED], again[SECRET_BOX_SEALED];
	char text[SECRET_BOX_TEXT + 1], hex[SECRET_HEX + 1];
	char longest[SECRET_BOX_TEXT + 2];
	struct secret_box_key key, same, other;

	(void)state;
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof(path), "%s/contact", folder);
	(void)snprintf(pub, sizeof(pub), "%s/contact.pub", folder);
	assert_int_equal(secret_box_open(path, &key), OK);
	assert_int_equal(secret_box_open(path, &same), OK);
	assert_int_equal(secret_public_read(pub, hex), OK);
	assert_string_equal(hex, same.public);

	assert_int_equal(secret_box_seal(hex, "text", NULL, sealed), OK);
	assert_int_equal(secret_box_seal(hex, "text", NULL, again), OK);
	assert_string_not_equal(sealed, again);
	assert_int_equal(secret_box_unseal(&same, sealed, text), OK);
	assert_string_equal(text, "text");
	/* of the demo: always the same, and opened like any other */
	assert_int_equal(secret_box_seal(hex, "text", seed, sealed), OK);
	assert_int_equal(secret_box_seal(hex, "text", seed, again), OK);
	assert_string_equal(sealed, again);
	assert_int_equal(secret_box_unseal(&key, sealed, text), OK);
	assert_string_equal(text, "text");

	secret_box_of_seed(seed, &other);
	assert_int_equal(secret_box_unseal(&other, sealed, text), ERR_INVALID);
	sealed[80] = sealed[80] == '0' ? '1' : '0';
	assert_int_equal(secret_box_unseal(&key, sealed, text), ERR_INVALID);
	assert_int_equal(secret_box_unseal(&key, "", text), ERR_INVALID);
	assert_int_equal(secret_box_unseal(&key, "00ff", text), ERR_INVALID);
	assert_int_equal(secret_box_seal("", "text", NULL, sealed),
	                 ERR_INVALID);

	/* how long a text is shows by 64 bytes only */
	assert_int_equal(secret_box_seal(hex, "a", NULL, sealed), OK);
	assert_int_equal(secret_box_seal(hex, "a longer one", NULL, again), OK);
	assert_int_equal(strlen(sealed), strlen(again));
	memset(longest, 'x', sizeof(longest));
	longest[sizeof(longest) - 1] = '\0';
	assert_int_equal(secret_box_seal(hex, longest, NULL, sealed),
	                 ERR_TOO_LONG);
	assert_int_equal(secret_box_seal(hex, longest + 1, NULL, sealed), OK);
	assert_int_equal(secret_box_unseal(&key, sealed, text), OK);
	assert_string_equal(text, longest + 1);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(unlink(pub), 0);
	assert_int_equal(rmdir(folder), 0);
}

static void
comparing_texts_sees_every_difference(void **state)
{
	(void)state;
	assert_true(secret_equal_text("abc", "abc"));
	assert_false(secret_equal_text("abc", "abd"));
	assert_false(secret_equal_text("ab", "abc"));
	assert_false(secret_equal_text("abc", "ab"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(tokens_are_26_letters_of_base32_and_differ),
	    cmocka_unit_test(short_codes_have_no_letters_that_look_alike),
	    cmocka_unit_test(sha256_is_the_published_one),
	    cmocka_unit_test(a_keyed_hash_needs_its_key),
	    cmocka_unit_test(only_the_right_password_fits_its_hash),
	    cmocka_unit_test(a_key_file_is_made_once_and_kept),
	    cmocka_unit_test(a_damaged_key_file_is_refused_and_left_alone),
	    cmocka_unit_test(
		what_is_sealed_opens_with_its_key_and_about_its_thing_only),
	    cmocka_unit_test(whoever_seals_for_a_public_key_cannot_open_it),
	    cmocka_unit_test(comparing_texts_sees_every_difference),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
