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

namespace hash_internal {

inline uint64_t LoadLittleEndian32(const char* bytes) {
  const auto byte = [bytes](size_t i) { return uint64_t{static_cast<unsigned char>(bytes[i])}; };
  return byte(0) | byte(1) << 8 | byte(2) << 16 | byte(3) << 24;
}

// Bytes 0 to size - 1 from the least significant on; size is 1 to 8. Overlapping reads spare a loop.
inline uint64_t LoadBlock(const char* bytes, size_t size) {
  if (size >= 4) return LoadLittleEndian32(bytes) | LoadLittleEndian32(bytes + size - 4) << (8 * (size - 4));
  const auto byte = [bytes](size_t i) { return uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i); };
  return byte(0) | byte(size / 2) | byte(size - 1);
}

}  // namespace hash_internal

inline uint64_t StableHash(absl::string_view bytes) {
  uint64_t hash = bytes.size();
  for (size_t at = 0; at < bytes.size(); at += 8) {
    const size_t left = bytes.size() - at;
    hash = HashTogether(hash, hash_internal::LoadBlock(bytes.data() + at, left < 8 ? left : 8));
  }
  return hash;
}

}  // namespace tintinh::text

#endif  // TINTINH_COMMON_TEXT_STABLE_HASH_H_
