/* sha256: the only file that knows libcrypto. Any thread. By the plain functions: EVP would load
 * providers and read a configuration, two megabytes of resident memory for one hash. */
#include "config.h"

#define OPENSSL_API_COMPAT 0x10100000L /* the release whose functions these are */

#include "artifact/sha256.h"

#include <stdio.h>
#include <stdlib.h>

#include <openssl/sha.h>

void sha256_hex(char hex[65], const void *data, size_t length)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char sum[SHA256_DIGEST_LENGTH];
    SHA256_CTX context;

    /* A wrong hash would pass for an integrity fault or hide one; without memory nothing goes on.
     */
    if (SHA256_Init(&context) != 1 || SHA256_Update(&context, data, length) != 1 ||
        SHA256_Final(sum, &context) != 1) {
        fputs("soaktop: libcrypto cannot compute SHA-256\n", stderr);
        abort();
    }
    for (size_t i = 0; i < sizeof sum; i++) {
        hex[2 * i] = digits[sum[i] >> 4];
        hex[2 * i + 1] = digits[sum[i] & 15];
    }
    hex[64] = '\0';
}
