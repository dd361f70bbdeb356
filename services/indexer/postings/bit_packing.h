// Unsigned integers of one width, packed least significant bit first without gaps.
#ifndef TINTINH_SERVICES_INDEXER_POSTINGS_BIT_PACKING_H_
#define TINTINH_SERVICES_INDEXER_POSTINGS_BIT_PACKING_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/types/span.h"

namespace tintinh::indexer {

// Reads past the packed bytes that Unpack() may make; their value does not matter.
inline constexpr size_t kUnpackSlack = 7;

constexpr uint32_t BitWidth(uint32_t value) {
  return value == 0 ? 0 : 32u - static_cast<uint32_t>(__builtin_clz(value));
}

constexpr size_t PackedSize(size_t count, uint32_t bits) { return (count * bits + 7) / 8; }

// REQUIRES: bits <= 32 and every value fits.
void AppendPacked(absl::Span<const uint32_t> values, uint32_t bits, std::string& out);

// REQUIRES: bits <= 32; PackedSize(count, bits) + kUnpackSlack bytes are readable at `packed`.
void Unpack(const char* packed, uint32_t bits, size_t count, uint32_t* values);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_POSTINGS_BIT_PACKING_H_
