// The distinct values of a text column of a segment on disk, in ascending order; a value's place is its code.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_SORTED_VALUES_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_SORTED_VALUES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace tintinh::indexer {

class SortedValues {
 public:
  // False, and nothing is added, unless the value comes after all before it and they fit 4 GiB together.
  bool Append(absl::string_view value);
  void ShrinkToFit();

  uint32_t size() const { return static_cast<uint32_t>(ends_.size()); }
  size_t bytes() const { return text_.capacity() + ends_.capacity() * sizeof(uint32_t); }

  // Empty for an unknown code.
  absl::string_view ValueOf(uint32_t code) const;
  std::optional<uint32_t> Find(absl::string_view value) const;

 private:
  std::string text_;  // the values, one after another
  std::vector<uint32_t> ends_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_SORTED_VALUES_H_
