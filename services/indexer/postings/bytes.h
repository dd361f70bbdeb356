// Reading and writing the integers of stored values: varints (LEB128) and little-endian fixed widths. A reader never
// leaves the bytes it was given: every read says whether it succeeded.
#ifndef TINTINH_SERVICES_INDEXER_POSTINGS_BYTES_H_
#define TINTINH_SERVICES_INDEXER_POSTINGS_BYTES_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>

#include "absl/strings/string_view.h"

namespace tintinh::indexer {

template <typename Unsigned>
void AppendFixed(Unsigned value, std::string& out) {
  for (size_t i = 0; i < sizeof(Unsigned); ++i) {
    out.push_back(static_cast<char>(static_cast<unsigned char>(static_cast<uint64_t>(value) >> (8 * i))));
  }
}

// REQUIRES: sizeof(Unsigned) bytes are readable at `bytes`. All supported machines are little-endian.
template <typename Unsigned>
Unsigned LoadFixed(const char* bytes) {
  static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);
  Unsigned value;
  std::memcpy(&value, bytes, sizeof(value));
  return value;
}

// `out` is anything with push_back(char).
template <typename Sink>
void AppendVarint(uint64_t value, Sink& out) {
  while (value >= 0x80) {
    out.push_back(static_cast<char>(static_cast<unsigned char>(value | 0x80)));
    value >>= 7;
  }
  out.push_back(static_cast<char>(static_cast<unsigned char>(value)));
}

// `in` is anything with bool ReadByte(uint8_t*). False when the bytes end or the value needs more than 64 bits.
template <typename Source>
bool ReadVarint64(Source& in, uint64_t* value) {
  uint8_t byte;
  if (!in.ReadByte(&byte)) return false;
  if (byte < 0x80) {  // most are
    *value = byte;
    return true;
  }
  uint64_t result = byte & 0x7F;
  for (uint32_t shift = 7; shift < 64; shift += 7) {
    if (!in.ReadByte(&byte)) return false;
    if (shift == 63 && byte > 1) return false;
    result |= static_cast<uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) {
      *value = result;
      return true;
    }
  }
  return false;
}

template <typename Source>
bool ReadVarint32(Source& in, uint32_t* value) {
  uint64_t wide;
  if (!ReadVarint64(in, &wide) || wide > std::numeric_limits<uint32_t>::max()) return false;
  *value = static_cast<uint32_t>(wide);
  return true;
}

class ByteReader {
 public:
  explicit ByteReader(absl::string_view bytes) : rest_(bytes) {}

  bool ReadByte(uint8_t* byte) {
    if (rest_.empty()) return false;
    *byte = static_cast<uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return true;
  }
  bool ReadBytes(size_t count, absl::string_view* bytes) {
    if (rest_.size() < count) return false;
    *bytes = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return true;
  }
  template <typename Unsigned>
  bool ReadFixed(Unsigned* value) {
    if (rest_.size() < sizeof(Unsigned)) return false;
    *value = LoadFixed<Unsigned>(rest_.data());
    rest_.remove_prefix(sizeof(Unsigned));
    return true;
  }
  // A varint length and that many bytes.
  bool ReadSized(absl::string_view* bytes) {
    uint32_t size;
    return ReadVarint32(*this, &size) && ReadBytes(size, bytes);
  }
  absl::string_view rest() const { return rest_; }

 private:
  absl::string_view rest_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_POSTINGS_BYTES_H_
