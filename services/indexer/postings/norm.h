// The length of a field in one byte: exact below 16, then within 1/16 (rounded down), up to 507,904.
#ifndef TINTINH_SERVICES_INDEXER_POSTINGS_NORM_H_
#define TINTINH_SERVICES_INDEXER_POSTINGS_NORM_H_

#include <algorithm>
#include <cstdint>

namespace tintinh::indexer {

constexpr uint32_t LengthOfNorm(uint8_t norm) {
  if (norm < 16) return norm;
  return (16u + (norm & 15u)) << ((norm >> 4) - 1u);
}

// Grows with the length, so that the least norm of a block belongs to its shortest field. 0 exactly for length 0.
constexpr uint8_t NormOfLength(uint32_t length) {
  if (length < 16) return static_cast<uint8_t>(length);
  const uint32_t exponent = 27u - static_cast<uint32_t>(__builtin_clz(length));
  if (exponent > 14) return 255;
  return static_cast<uint8_t>(((exponent + 1) << 4) | ((length >> exponent) & 15u));
}

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_POSTINGS_NORM_H_
