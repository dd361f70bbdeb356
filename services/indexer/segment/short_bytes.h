// Comparing a few bytes without a call.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_SHORT_BYTES_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_SHORT_BYTES_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace tintinh::indexer {

// As memcmp() == 0; fast up to 16 bytes.
inline bool BytesAreEqual(const char* a, const char* b, size_t size) {
  // Reads may overlap.
  const auto equal_at = [a, b]<typename Word>(size_t at, Word) {
    Word x, y;
    std::memcpy(&x, a + at, sizeof(Word));
    std::memcpy(&y, b + at, sizeof(Word));
    return x == y;
  };
  if (size > 16) return std::memcmp(a, b, size) == 0;
  if (size >= 8) return equal_at(0, uint64_t{}) && equal_at(size - 8, uint64_t{});
  if (size >= 4) return equal_at(0, uint32_t{}) && equal_at(size - 4, uint32_t{});
  return size == 0 || (a[0] == b[0] && a[size / 2] == b[size / 2] && a[size - 1] == b[size - 1]);
}

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_SHORT_BYTES_H_
