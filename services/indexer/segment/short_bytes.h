// Comparing and copying a few bytes without a call.
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

// As memcpy(); fast up to 16 bytes.
inline void CopyBytes(const char* from, char* to, size_t size) {
  const auto copy_at = [from, to]<typename Word>(size_t at, Word word) {
    std::memcpy(&word, from + at, sizeof(Word));
    std::memcpy(to + at, &word, sizeof(Word));
  };
  if (size > 16) {
    std::memcpy(to, from, size);
  } else if (size >= 8) {
    copy_at(0, uint64_t{});
    copy_at(size - 8, uint64_t{});
  } else if (size >= 4) {
    copy_at(0, uint32_t{});
    copy_at(size - 4, uint32_t{});
  } else {
    for (size_t i = 0; i < size; ++i) to[i] = from[i];
  }
}

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_SHORT_BYTES_H_
