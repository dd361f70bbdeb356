// Digests over bytes: identities of articles and content, and what WARC files state.
#ifndef TINTINH_COMMON_DIGEST_DIGEST_H_
#define TINTINH_COMMON_DIGEST_DIGEST_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace tintinh {

// First 128 bits of SHA-256 (FIPS 180-4) as 32 lower-case hex digits.
std::string Sha256Hex128(absl::string_view bytes);

// First 64 bits of SHA-256, most significant byte first: a fingerprint that means the same on every machine for ever.
uint64_t Sha256Prefix64(absl::string_view bytes);

// SHA-1 (FIPS 180-4) in base 32 (RFC 4648), as WARC-Payload-Digest writes it; identification, not security.
std::string Sha1Base32(absl::string_view bytes);

// True for what Sha256Hex128 returns: 32 characters of [0-9a-f].
bool IsHex128(absl::string_view text);

}  // namespace tintinh

#endif  // TINTINH_COMMON_DIGEST_DIGEST_H_
