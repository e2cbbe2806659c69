/* sha256: the only file that knows libcrypto. Any thread. */
#include "config.h"

#include "artifact/sha256.h"

#include <stdio.h>
#include <stdlib.h>

#include <openssl/evp.h>

void sha256_hex(char hex[65], const void *data, size_t length)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned size = 0;

    /* A wrong hash would pass for an integrity fault or hide one; without memory nothing goes on.
     */
    if (EVP_Digest(data, length, sum, &size, EVP_sha256(), NULL) != 1 || size != 32) {
        fputs("soaktop: libcrypto cannot compute SHA-256\n", stderr);
        abort();
    }
    for (size_t i = 0; i < 32; i++) {
        hex[2 * i] = digits[sum[i] >> 4];
        hex[2 * i + 1] = digits[sum[i] & 15];
    }
    hex[64] = '\0';
}
