#include "services/indexer/search/segment_matches.h"

#include <algorithm>
#include <array>

#include "common/status/status_macros.h"
#include "services/indexer/postings/kernels.h"

namespace tintinh::indexer {
namespace {

constexpr uint32_t kWindow = 4'096;
constexpr uint32_t kWords = kWindow / 64;

// One more word than the bits need: kernels read whole registers.
using Bits = std::array<uint64_t, kWords + 2>;

void DropDeleted(const SegmentView& view, uint32_t begin, Bits& bits) {
  if (view.deleted == nullptr) return;
  for (uint32_t word = 0; word < kWords; ++word) bits[word] &= ~view.deleted->Word(begin / 64 + word);
}

void DropFiltered(const ColumnFilter& filter, uint32_t begin, uint32_t end, Bits& bits) {
  Bits passing{};
  filter.FillWindow(begin, end, passing.data());
  for (uint32_t word = 0; word < kWords; ++word) bits[word] &= passing[word];
}

// Calls `visit` with the bits of each window.
template <typename Visit>
absl::Status ForEachWindow(DocIterator& matches, const Eligible& eligible, const ScanDeadline& deadline,
                           const Visit& visit) {
  const uint32_t documents = eligible.view.documents;
  for (uint32_t begin = 0; begin < documents; begin += kWindow) {
    RETURN_IF_ERROR(deadline.Check());
    Bits bits{};
    const uint32_t end = documents - begin > kWindow ? begin + kWindow : documents;
    matches.FillBits(begin, end, bits.data());
    DropDeleted(eligible.view, begin, bits);
    if (eligible.filter != nullptr) DropFiltered(*eligible.filter, begin, end, bits);
    visit(begin, bits);
  }
  return matches.status();
}

}  // namespace

absl::Status ForEachMatch(DocIterator& matches, const Eligible& eligible, const ScanDeadline& deadline,
                          absl::FunctionRef<void(uint32_t doc)> visit) {
  return ForEachWindow(matches, eligible, deadline, [visit](uint32_t begin, const Bits& bits) {
    for (uint32_t word = 0; word < kWords; ++word) {
      for (uint64_t left = bits[word]; left != 0; left &= left - 1) {
        visit(begin + word * 64 + static_cast<uint32_t>(__builtin_ctzll(left)));
      }
    }
  });
}

absl::StatusOr<uint64_t> CountMatches(DocIterator& matches, const Eligible& eligible, const ScanDeadline& deadline) {
  uint64_t count = 0;
  RETURN_IF_ERROR(ForEachWindow(matches, eligible, deadline, [&count](uint32_t, const Bits& bits) {
    count += BestKernels().count_bits(reinterpret_cast<const char*>(bits.data()), kWindow);
  }));
  return count;
}

}  // namespace tintinh::indexer
