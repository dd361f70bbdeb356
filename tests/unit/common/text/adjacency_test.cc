// Phrases are matched by positions and helped by pairs, so both must say the same of any text.
#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "common/text/analyzer.h"
#include "common/text/stable_hash.h"
#include "gtest/gtest.h"

namespace tintinh::text {
namespace {

constexpr const char* kWords[] = {"xã",  "Lập",   "kỹ",    "TP",      "TS",   "H",    "Drai",  "a",   "Ư",
                                  "22",  "234",   "3.500", "2015",    "NQ",   "ngày", "tháng", "năm", "11",
                                  "www", "https", "ða",    "M\u031B", "中文", "x1",   "Москва"};
constexpr const char* kGaps[] = {" ",  " ",   " ",    " ", ". ", ".",      ": ",   ":",      "\n",   "; ",
                                 ", ", "? ",  "! ",   "'", "’ ", "-",      " - ",  "/",      "@",    "://",
                                 "…",  " • ", ".\" ", "_", "",   "\u200B", "\xFF", "\u2028", "... ", ".\n"};

class TextGenerator {
 public:
  explicit TextGenerator(uint32_t seed) : random_(seed) {}

  std::string Text() {
    std::string text;
    for (size_t words = 1 + random_() % 30; words > 0; --words) {
      text += kWords[random_() % std::size(kWords)];
      text += kGaps[random_() % std::size(kGaps)];
    }
    return text;
  }

 private:
  std::mt19937 random_;
};

std::string PairKey(absl::string_view first, absl::string_view second) {
  const uint64_t hash = HashTogether(StableHash(first), StableHash(second));
  std::string key;
  for (int i = 0; i < 8; ++i) key.push_back(static_cast<char>(hash >> (8 * i)));
  return key;
}

struct Keys {
  explicit Keys(const AnalyzedText& text) {
    for (const Token& token : text.tokens) {
      const std::string key(text.Key(token));
      if (token.kind == KeyKind::kExact && token.span == 1) ++syllables[token.position];
      if (token.kind == KeyKind::kFolded && token.span == 1) folded[token.position] = key;
      if (token.kind == KeyKind::kPair) pairs[token.position].push_back({key, token.span});
    }
  }

  size_t SyllablePairs(uint32_t position) const {
    size_t found = 0;
    const auto at = pairs.find(position);
    if (at == pairs.end() || folded.count(position + 1) == 0) return 0;
    const std::string wanted = PairKey(folded.at(position), folded.at(position + 1));
    for (const auto& [key, span] : at->second) found += span == 2 && key == wanted;
    return found;
  }

  std::map<uint32_t, size_t> syllables;
  std::map<uint32_t, std::string> folded;
  std::map<uint32_t, std::vector<std::pair<std::string, uint8_t>>> pairs;
};

TEST(AdjacencyTest, SyllablesStandSideBySideExactlyWhereTheirPairBegins) {
  TextGenerator generator(1);
  size_t apart = 0;
  size_t together = 0;
  for (int round = 0; round < 5000; ++round) {
    const std::string source = generator.Text();
    const AnalyzedText text = Analyzer().Analyze(source);
    const Keys keys(text);
    for (const auto& [position, count] : keys.syllables) {
      ASSERT_EQ(count, 1U) << source;
      const bool beside = keys.syllables.count(position + 1) > 0;
      ASSERT_EQ(keys.SyllablePairs(position), beside ? 1U : 0U) << source;
      ASSERT_LE(keys.pairs.count(position), beside ? 1U : 0U) << source;
      ++(beside ? together : apart);
    }
    for (const auto& [position, pairs] : keys.pairs) ASSERT_EQ(keys.syllables.count(position), 1U) << source;
  }
  EXPECT_GT(apart, 1000U);
  EXPECT_GT(together, 1000U);
}

TEST(AdjacencyTest, OneAndOnlyOnePositionIsFreeBetweenSentences) {
  TextGenerator generator(2);
  for (int round = 0; round < 1000; ++round) {
    const std::string source = generator.Text();
    const AnalyzedText text = Analyzer().Analyze(source);
    uint32_t next = 0;
    for (const auto& [position, count] : Keys(text).syllables) {
      ASSERT_TRUE(position == next || (next > 0 && position == next + 1)) << source;
      next = position + 1;
    }
    ASSERT_EQ(text.positions, next) << source;
  }
}

}  // namespace
}  // namespace tintinh::text
