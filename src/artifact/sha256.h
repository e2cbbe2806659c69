/* sha256: the only file that knows libcrypto. Any thread. */
#ifndef SOAKTOP_ARTIFACT_SHA256_H
#define SOAKTOP_ARTIFACT_SHA256_H

#include <stddef.h>

/* 64 lower-case hex digits and a terminator. */
void sha256_hex(char hex[65], const void *data, size_t length);

#endif
