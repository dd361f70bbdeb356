#include "services/indexer/segment/sorted_values.h"

#include <limits>

namespace tintinh::indexer {

bool SortedValues::Append(absl::string_view value) {
  if (!ends_.empty() && value <= ValueOf(size() - 1)) return false;
  if (value.size() > std::numeric_limits<uint32_t>::max() - text_.size()) return false;
  text_.append(value.data(), value.size());
  ends_.push_back(static_cast<uint32_t>(text_.size()));
  return true;
}

void SortedValues::ShrinkToFit() {
  text_.shrink_to_fit();
  ends_.shrink_to_fit();
}

absl::string_view SortedValues::ValueOf(uint32_t code) const {
  if (code >= size()) return {};
  const uint32_t begin = code == 0 ? 0 : ends_[code - 1];
  return absl::string_view(text_).substr(begin, ends_[code] - begin);
}

std::optional<uint32_t> SortedValues::Find(absl::string_view value) const {
  uint32_t low = 0;
  for (uint32_t high = size(); low < high;) {
    const uint32_t middle = low + (high - low) / 2;
    if (ValueOf(middle) < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == size() || ValueOf(low) != value) return std::nullopt;
  return low;
}

}  // namespace tintinh::indexer
