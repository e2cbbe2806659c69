/* test_sha256: the hash that sha256sum prints. */
#include "config.h"

#include "artifact/sha256.h"

#include <string.h>

#include "harness.h"
#include "suites.h"

START_TEST(known_answers_of_the_standard)
{
    char hex[65];

    sha256_hex(hex, "", 0);
    ck_assert_str_eq(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    sha256_hex(hex, "abc", 3);
    ck_assert_str_eq(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    sha256_hex(hex, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56);
    ck_assert_str_eq(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}
END_TEST

Suite *sha256_suite(void)
{
    const TTest *const list[] = {known_answers_of_the_standard, NULL};
    return harness_suite("sha256", list, 10);
}
