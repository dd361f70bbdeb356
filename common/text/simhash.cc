#include "common/text/simhash.h"

#include <array>
#include <cstddef>

#include "common/text/stable_hash.h"
#include "common/text/words.h"

namespace tintinh::text {
namespace {

using Votes = std::array<int64_t, 64>;

void Vote(uint64_t hash, Votes* votes) {
  for (size_t bit = 0; bit < votes->size(); ++bit) {
    (*votes)[bit] += static_cast<int64_t>(hash >> bit & 1) * 2 - 1;
  }
}

uint64_t Majority(const Votes& votes) {
  uint64_t result = 0;
  for (size_t bit = 0; bit < votes.size(); ++bit) result |= uint64_t{votes[bit] > 0} << bit;
  return result;
}

}  // namespace

uint64_t Simhash(absl::string_view text) {
  const WordList list = ScanWords(text);
  if (list.words.size() < 3) return 0;
  Votes votes{};
  uint64_t first = StableHash(list.Folded(list.words[0]));
  uint64_t second = StableHash(list.Folded(list.words[1]));
  for (size_t i = 2; i < list.words.size(); ++i) {
    const uint64_t third = StableHash(list.Folded(list.words[i]));
    Vote(HashTogether(HashTogether(first, second), third), &votes);
    first = second;
    second = third;
  }
  const uint64_t hash = Majority(votes);
  return hash == 0 ? 1 : hash;
}

}  // namespace tintinh::text
