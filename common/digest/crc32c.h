// CRC-32C (Castagnoli polynomial), the checksum of stored records and streamed files.
#ifndef TINTINH_COMMON_DIGEST_CRC32C_H_
#define TINTINH_COMMON_DIGEST_CRC32C_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace tintinh {

// As RFC 3720 §12.1 defines it; the empty string gives 0.
uint32_t Crc32c(absl::string_view bytes);

// The checksum of a ++ `bytes`, where `crc` is that of a.
uint32_t ExtendCrc32c(uint32_t crc, absl::string_view bytes);

}  // namespace tintinh

#endif  // TINTINH_COMMON_DIGEST_CRC32C_H_
