// Bytes as the digits of a number, the first one lowest, whatever the machine.
#ifndef TINTINH_COMMON_TEXT_LITTLE_ENDIAN_H_
#define TINTINH_COMMON_TEXT_LITTLE_ENDIAN_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace tintinh::text {

inline uint64_t LoadLittleEndian32(const char* bytes) {
  const auto byte = [bytes](size_t i) { return uint64_t{static_cast<unsigned char>(bytes[i])}; };
  return byte(0) | byte(1) << 8 | byte(2) << 16 | byte(3) << 24;
}

// Bytes 0 to size - 1; size is 1 to 8. Overlapping reads spare a loop.
inline uint64_t LoadLittleEndian(const char* bytes, size_t size) {
  if (size >= 4) return LoadLittleEndian32(bytes) | LoadLittleEndian32(bytes + size - 4) << (8 * (size - 4));
  const auto byte = [bytes](size_t i) { return uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i); };
  return byte(0) | byte(size / 2) | byte(size - 1);
}

inline void StoreLittleEndian64(uint64_t value, char* out) {
  const auto byte = [value](int i) { return static_cast<char>(value >> (8 * i)); };
  const char bytes[8] = {byte(0), byte(1), byte(2), byte(3), byte(4), byte(5), byte(6), byte(7)};
  std::memcpy(out, bytes, sizeof bytes);
}

}  // namespace tintinh::text

#endif  // TINTINH_COMMON_TEXT_LITTLE_ENDIAN_H_
