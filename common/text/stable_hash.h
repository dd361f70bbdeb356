// A 64-bit hash that never changes: its values are stored in indexes. Not against adversaries who choose the keys.
#ifndef TINTINH_COMMON_TEXT_STABLE_HASH_H_
#define TINTINH_COMMON_TEXT_STABLE_HASH_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"

namespace tintinh::text {

// The finaliser of splitmix64 (Steele, Lea, Flood, OOPSLA 2014): a bijection that spreads every bit.
constexpr uint64_t MixBits(uint64_t value) {
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
  return value ^ (value >> 31);
}

// Order matters: HashTogether(a, b) is not HashTogether(b, a).
constexpr uint64_t HashTogether(uint64_t first, uint64_t second) {
  return MixBits(first * 0x9E3779B97F4A7C15 + second + 0x632BE59BD9B4E019);
}

constexpr uint64_t StableHash(absl::string_view bytes) {
  uint64_t hash = bytes.size();
  for (size_t i = 0; i < bytes.size(); i += 8) {
    uint64_t block = 0;
    for (size_t j = i; j < bytes.size() && j < i + 8; ++j) {
      block |= uint64_t{static_cast<unsigned char>(bytes[j])} << (8 * (j - i));
    }
    hash = HashTogether(hash, block);
  }
  return hash;
}

}  // namespace tintinh::text

#endif  // TINTINH_COMMON_TEXT_STABLE_HASH_H_
