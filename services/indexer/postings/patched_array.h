// Small unsigned integers as a patched frame of reference (PFOR: Zukowski, Héman, Nes, Boncz 2006): all values packed
// at a width that fits most, and the high bits of the few larger ones apart. Any value can be read alone. Layout in
// FORMAT.md.
#ifndef TINTINH_SERVICES_INDEXER_POSTINGS_PATCHED_ARRAY_H_
#define TINTINH_SERVICES_INDEXER_POSTINGS_PATCHED_ARRAY_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/indexer/postings/bit_packing.h"
#include "services/indexer/postings/bytes.h"

namespace tintinh::indexer {

// How many bytes AppendPatched() would append.
size_t PatchedSize(absl::Span<const uint32_t> values);

void AppendPatched(absl::Span<const uint32_t> values, std::string& out);

// A view of an array of a known number of values: the bytes must outlive it.
class PatchedArray {
 public:
  // Of bytes that Check() accepted.
  PatchedArray(const char* bytes, size_t count) : bytes_(bytes), count_(count) {
    const uint8_t head = LoadFixed<uint8_t>(bytes);
    bits_ = head & ~kPatched;
    low_ = bytes + kPlainHeader;
    if ((head & kPatched) == 0) {
      end_ = low_ + PackedSize(count, bits_);
    } else {
      Locate();
    }
  }

  // Whether `bytes` begin with a whole array of `count` values, with kUnpackSlack bytes behind it.
  static bool Check(absl::string_view bytes, size_t count);

  size_t encoded_size() const { return static_cast<size_t>(end_ - bytes_); }

  // REQUIRES: room for `count` values.
  void Decode(uint32_t* values) const;

  uint32_t Get(size_t index) const;  // REQUIRES: index < count

  // Value `index` onwards, one after another; as Get() but cheaper for neighbours.
  void Decode(size_t index, size_t count, uint32_t* values) const;

 private:
  static constexpr uint8_t kPatched = 0x80;
  static constexpr size_t kPlainHeader = 1;    // width
  static constexpr size_t kPatchedHeader = 4;  // width, width of high parts, number of exceptions (2 bytes)
  friend struct PatchedShape;

  // Where the parts of an array with exceptions are.
  void Locate() {
    high_bits_ = LoadFixed<uint8_t>(bytes_ + 1);
    exceptions_ = LoadFixed<uint16_t>(bytes_ + 2);
    index_bits_ = IndexBits(count_);
    low_ = bytes_ + kPatchedHeader;
    indexes_ = low_ + PackedSize(count_, bits_);
    highs_ = indexes_ + PackedSize(exceptions_, index_bits_);
    end_ = highs_ + PackedSize(exceptions_, high_bits_);
  }
  static constexpr uint32_t IndexBits(size_t count) {
    return count < 2 ? 0 : BitWidth(static_cast<uint32_t>(count - 1));
  }

  // Only of the exceptions with index >= `index`: the first of them.
  size_t FirstException(size_t index) const;
  uint32_t ExceptionIndex(size_t exception) const { return UnpackOne(indexes_, index_bits_, exception); }
  uint32_t HighPart(size_t exception) const { return UnpackOne(highs_, high_bits_, exception) << bits_; }
  void Patch(uint32_t* values) const;

  const char* const bytes_;
  const size_t count_;
  uint32_t bits_;
  uint32_t high_bits_ = 0;
  uint32_t index_bits_ = 0;
  size_t exceptions_ = 0;
  const char* low_;
  const char* indexes_ = nullptr;  // of exceptions, if any
  const char* highs_ = nullptr;
  const char* end_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_POSTINGS_PATCHED_ARRAY_H_
