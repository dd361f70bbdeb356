// How much two texts have in common, as the published extraction benchmarks count it: multisets of four words in a row.
#ifndef TINTINH_TESTS_QUALITY_EXTRACTION_SHINGLES_H_
#define TINTINH_TESTS_QUALITY_EXTRACTION_SHINGLES_H_

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "re2/re2.h"

namespace tintinh::normalizer {

struct Overlap {
  double precision = 0;
  double recall = 0;
  double f1() const { return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall); }
};

inline std::map<std::string, int> Shingles(absl::string_view text) {
  static const RE2 kWord(R"(([\pL\pN_]+))");
  re2::StringPiece rest(text.data(), text.size());
  std::vector<std::string> words;
  for (std::string word; RE2::FindAndConsume(&rest, kWord, &word);) words.push_back(word);
  std::map<std::string, int> shingles;
  // A text of less than four words is one shingle.
  const size_t size = std::min<size_t>(4, words.size());
  for (auto first = words.begin(); size > 0 && words.end() - first >= static_cast<long>(size); ++first) {
    ++shingles[absl::StrJoin(first, first + static_cast<long>(size), " ")];
  }
  return shingles;
}

inline Overlap CompareShingles(absl::string_view got, absl::string_view want) {
  const std::map<std::string, int> a = Shingles(got);
  const std::map<std::string, int> b = Shingles(want);
  double common = 0, in_a = 0, in_b = 0;
  for (const auto& [shingle, count] : a) {
    in_a += count;
    const auto at = b.find(shingle);
    if (at != b.end()) common += std::min(count, at->second);
  }
  for (const auto& entry : b) in_b += entry.second;
  if (in_a == 0 && in_b == 0) return {1, 1};
  return {in_a == 0 ? 0 : common / in_a, in_b == 0 ? 0 : common / in_b};
}

}  // namespace tintinh::normalizer

#endif  // TINTINH_TESTS_QUALITY_EXTRACTION_SHINGLES_H_
