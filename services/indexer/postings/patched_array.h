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

namespace tintinh::indexer {

// How many bytes AppendPatched() would append.
size_t PatchedSize(absl::Span<const uint32_t> values);

void AppendPatched(absl::Span<const uint32_t> values, std::string& out);

// A view of an array of a known number of values: the bytes must outlive it.
class PatchedArray {
 public:
  // Of bytes that Check() accepted.
  PatchedArray(const char* bytes, size_t count);

  // Whether `bytes` begin with a whole array of `count` values, with kUnpackSlack bytes behind it.
  static bool Check(absl::string_view bytes, size_t count);

  size_t encoded_size() const { return static_cast<size_t>(highs_ - bytes_) + highs_size_; }

  // REQUIRES: room for `count` values.
  void Decode(uint32_t* values) const;

  uint32_t Get(size_t index) const;  // REQUIRES: index < count

  // Value `index` onwards, one after another; as Get() but cheaper for neighbours.
  void Decode(size_t index, size_t count, uint32_t* values) const;

 private:
  // Only of the exceptions with index >= `index`: the first of them.
  size_t FirstException(size_t index) const;
  uint32_t ExceptionIndex(size_t exception) const;
  uint32_t HighPart(size_t exception) const;

  const char* const bytes_;
  const size_t count_;
  uint32_t bits_;
  uint32_t high_bits_ = 0;
  uint32_t index_bits_ = 0;
  size_t exceptions_ = 0;
  const char* low_;
  const char* indexes_;
  const char* highs_;
  size_t highs_size_ = 0;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_POSTINGS_PATCHED_ARRAY_H_
