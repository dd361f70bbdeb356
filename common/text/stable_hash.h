// A 64-bit hash that never changes: its values are stored in indexes. Not against adversaries who choose the keys.
#ifndef TINTINH_COMMON_TEXT_STABLE_HASH_H_
#define TINTINH_COMMON_TEXT_STABLE_HASH_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "common/text/little_endian.h"

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

// StableHash of the first `size` bytes of `block`, the first one lowest and those behind `size` 0; size is 1 to 8.
constexpr uint64_t StableHashOfBlock(uint64_t block, size_t size) { return HashTogether(size, block); }

inline uint64_t StableHash(absl::string_view bytes) {
  uint64_t hash = bytes.size();
  for (size_t at = 0; at < bytes.size(); at += 8) {
    const size_t left = bytes.size() - at;
    hash = HashTogether(hash, LoadLittleEndian(bytes.data() + at, left < 8 ? left : 8));
  }
  return hash;
}

}  // namespace tintinh::text

#endif  // TINTINH_COMMON_TEXT_STABLE_HASH_H_
