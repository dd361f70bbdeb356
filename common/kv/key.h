// Order-preserving key parts: big-endian integers sort as their bytes do.
#ifndef TINTINH_COMMON_KV_KEY_H_
#define TINTINH_COMMON_KV_KEY_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace tintinh::kv {

template <typename Unsigned>
void AppendBigEndian(Unsigned value, std::string& key) {
  for (size_t shift = sizeof(Unsigned) * 8; shift > 0; shift -= 8) {
    key.push_back(static_cast<char>(static_cast<unsigned char>(value >> (shift - 8))));
  }
}

// REQUIRES: bytes.size() >= sizeof(Unsigned).
template <typename Unsigned>
Unsigned ReadBigEndian(absl::string_view bytes) {
  uint64_t value = 0;
  for (size_t i = 0; i < sizeof(Unsigned); ++i) value = (value << 8) | static_cast<unsigned char>(bytes[i]);
  return static_cast<Unsigned>(value);
}

}  // namespace tintinh::kv

#endif  // TINTINH_COMMON_KV_KEY_H_
