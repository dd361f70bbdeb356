#include "services/indexer/segment/sort_terms.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace tintinh::indexer {
namespace {

struct Entry {
  uint64_t prefix;
  const TermList* list;
};

// Terms of equal first bytes are few enough to sort them by comparing.
constexpr uint32_t kRadixShift = 40;

// By the first bytes, digit by digit from the lowest; digits that are the same everywhere cost nothing.
void RadixSort(std::vector<Entry>& entries) {
  std::vector<Entry> sorted(entries.size());
  for (uint32_t shift = kRadixShift; shift < 64; shift += 8) {
    const auto digit = [shift](const Entry& entry) { return static_cast<uint8_t>(entry.prefix >> shift); };
    std::array<size_t, 257> begins{};
    for (const Entry& entry : entries) ++begins[size_t{digit(entry)} + 1];
    if (*std::max_element(begins.begin(), begins.end()) == entries.size()) continue;
    for (size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
    for (const Entry& entry : entries) sorted[begins[digit(entry)]++] = entry;
    entries.swap(sorted);
  }
}

bool Less(const Entry& a, const Entry& b) {
  return a.prefix != b.prefix ? a.prefix < b.prefix : a.list->term() < b.list->term();
}

}  // namespace

void SortTerms(std::vector<const TermList*>& lists) {
  std::vector<Entry> entries;
  entries.reserve(lists.size());
  for (const TermList* const list : lists) entries.push_back({FirstBytes(list->term()), list});
  RadixSort(entries);
  for (auto begin = entries.begin(); begin != entries.end();) {
    const uint64_t first_bytes = begin->prefix >> kRadixShift;
    const auto end = std::find_if(
        begin, entries.end(), [first_bytes](const Entry& entry) { return entry.prefix >> kRadixShift != first_bytes; });
    std::sort(begin, end, Less);
    begin = end;
  }
  for (size_t i = 0; i < entries.size(); ++i) lists[i] = entries[i].list;
}

}  // namespace tintinh::indexer
