// Unsigned integers of one width, packed least significant bit first without gaps. Any value can be read alone.
#ifndef TINTINH_SERVICES_INDEXER_POSTINGS_BIT_PACKING_H_
#define TINTINH_SERVICES_INDEXER_POSTINGS_BIT_PACKING_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/types/span.h"
#include "services/indexer/postings/bytes.h"

namespace tintinh::indexer {

// Reads past the packed bytes that unpacking may make, in whole registers; their value does not matter.
inline constexpr size_t kUnpackSlack = 16;

constexpr uint32_t BitWidth(uint32_t value) {
  return value == 0 ? 0 : 32u - static_cast<uint32_t>(__builtin_clz(value));
}

constexpr size_t PackedSize(size_t count, uint32_t bits) { return (count * bits + 7) / 8; }

// REQUIRES: bits <= 32 and every value fits.
void AppendPacked(absl::Span<const uint32_t> values, uint32_t bits, std::string& out);

// REQUIRES: bits <= 32; the value's bytes and kUnpackSlack more are readable.
inline uint32_t UnpackOne(const char* packed, uint32_t bits, size_t index) {
  const size_t bit = index * bits;
  const uint64_t mask = (uint64_t{1} << bits) - 1;
  return static_cast<uint32_t>((LoadFixed<uint64_t>(packed + bit / 8) >> (bit % 8)) & mask);
}

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_POSTINGS_BIT_PACKING_H_
