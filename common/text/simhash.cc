#include "common/text/simhash.h"

#include <array>
#include <cstddef>

#include "common/text/stable_hash.h"
#include "common/text/words.h"

namespace tintinh::text {
namespace {

// Counts, for each of 64 bits, in how many hashes it is set. Each byte of a hash is spread over the eight byte lanes of
// a word, and the lanes are emptied before they can overflow.
class BitCounts {
 public:
  void Add(uint64_t hash) {
    constexpr uint64_t kOneBitPerLane = 0x8040201008040201;
    constexpr uint64_t kLanes = 0x0101010101010101;
    for (size_t byte = 0; byte < 8; ++byte) {
      const uint64_t spread = (hash >> (8 * byte) & 0xFF) * kLanes & kOneBitPerLane;
      lanes_[byte] += (spread + 0x7F * kLanes) >> 7 & kLanes;
    }
    ++total_;
    if (++pending_ == 255) Empty();
  }

  // The bits set in more than half of the hashes.
  uint64_t Majority() {
    Empty();
    uint64_t result = 0;
    for (size_t bit = 0; bit < counts_.size(); ++bit) result |= uint64_t{2 * counts_[bit] > total_} << bit;
    return result;
  }

 private:
  void Empty() {
    for (size_t bit = 0; bit < counts_.size(); ++bit) counts_[bit] += lanes_[bit / 8] >> (8 * (bit % 8)) & 0xFF;
    lanes_.fill(0);
    pending_ = 0;
  }

  std::array<uint64_t, 8> lanes_{};
  std::array<uint64_t, 64> counts_{};
  uint64_t total_ = 0;
  int pending_ = 0;
};

}  // namespace

uint64_t Simhash(absl::string_view text) {
  const WordList list = ScanWords(text);
  if (list.words.size() < 3) return 0;
  BitCounts counts;
  uint64_t first = list.words[0].folded_hash;
  uint64_t second = list.words[1].folded_hash;
  for (size_t i = 2; i < list.words.size(); ++i) {
    const uint64_t third = list.words[i].folded_hash;
    counts.Add(HashTogether(HashTogether(first, second), third));
    first = second;
    second = third;
  }
  const uint64_t hash = counts.Majority();
  return hash == 0 ? 1 : hash;
}

}  // namespace tintinh::text
