#include "services/indexer/segment/held_terms.h"

#include <algorithm>

#include "absl/hash/hash.h"
#include "services/indexer/postings/bytes.h"

namespace tintinh::indexer {
namespace {

constexpr size_t kSizesBytes = sizeof(uint16_t) + sizeof(uint32_t);
constexpr uint32_t kTermsPerGuide = 32;

}  // namespace

void HeldTerms::Add(absl::string_view term, absl::string_view record) {
  AppendFixed(static_cast<uint16_t>(term.size()), entries_);
  AppendFixed(static_cast<uint32_t>(record.size()), entries_);
  entries_.append(term.data(), term.size());
  entries_.append(record.data(), record.size());
  ++count_;
}

HeldTerms::Entry HeldTerms::EntryAt(size_t start) const {
  const char* const sizes = entries_.data() + start;
  const size_t term_size = LoadFixed<uint16_t>(sizes);
  const size_t record_size = LoadFixed<uint32_t>(sizes + sizeof(uint16_t));
  const char* const term = sizes + kSizesBytes;
  return {absl::string_view(term, term_size), absl::string_view(term + term_size, record_size)};
}

size_t HeldTerms::SlotOf(absl::string_view term) const {
  return absl::Hash<absl::string_view>()(term) & (slots_.size() - 1);
}

void HeldTerms::Index() {
  entries_.shrink_to_fit();
  size_t slots = 16;
  while (slots < size_t{count_} * 2) slots *= 2;
  slots_.assign(slots, 0);
  guides_.reserve(count_ / kTermsPerGuide + 1);
  uint32_t number = 0;
  for (size_t start = 0; start < entries_.size(); ++number) {
    const Entry entry = EntryAt(start);
    size_t slot = SlotOf(entry.term);
    while (slots_[slot] != 0) slot = (slot + 1) & (slots - 1);
    slots_[slot] = static_cast<uint32_t>(start) + 1;
    if (number % kTermsPerGuide == 0) guides_.push_back(static_cast<uint32_t>(start));
    start = After(start, entry);
  }
}

HeldTerms::Place HeldTerms::After(Place place, const Entry& entry) {
  return place + kSizesBytes + entry.term.size() + entry.record.size();
}

std::optional<HeldTerms::Entry> HeldTerms::At(Place place) const {
  if (place >= entries_.size()) return std::nullopt;
  return EntryAt(place);
}

HeldTerms::Place HeldTerms::LowerBound(absl::string_view term) const {
  const auto after =
      std::upper_bound(guides_.begin(), guides_.end(), term,
                       [this](absl::string_view wanted, uint32_t start) { return wanted < EntryAt(start).term; });
  Place place = after == guides_.begin() ? 0 : *(after - 1);
  for (auto entry = At(place); entry.has_value() && entry->term < term; entry = At(place)) place = After(place, *entry);
  return place;
}

std::optional<absl::string_view> HeldTerms::Find(absl::string_view term) const {
  if (slots_.empty()) return std::nullopt;
  for (size_t slot = SlotOf(term); slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
    const Entry entry = EntryAt(slots_[slot] - 1);
    if (entry.term == term) return entry.record;
  }
  return std::nullopt;
}

}  // namespace tintinh::indexer
