// Hostile texts cost no more for a byte than others. What a test can count is counted, not timed: how far recognisers
// look, and how much comes out.
#include <algorithm>
#include <string>
#include <vector>

#include "common/text/analyzer.h"
#include "common/text/identifiers.h"
#include "common/text/joined_name.h"
#include "common/text/words.h"
#include "gtest/gtest.h"

namespace tintinh::text {
namespace {

constexpr const char* kHostileParts[] = {
    "h'",   "h' ",    "t.", "tp. ", "123.",   "1.",       "1,",       "1/2020-",       "1/",       "1-a-", "a-",
    "a@",   "a.b@",   "a_", "www.", "x.",     "https://", "1/1/",     "ngày 1 tháng ", "tháng 1/", "30a/", "1 - ",
    "T.Ư.", "22-NQ/", "ð",  "ạ́",    "\u0301", "1.234,",   "năm 2020 "};

std::string Repeat(absl::string_view part, size_t times) {
  std::string text;
  for (size_t i = 0; i < times; ++i) text.append(part.data(), part.size());
  return text;
}

// As if the text ended behind `count` words.
WordList Shortened(const WordList& list, size_t count) {
  WordList shorter = list;
  shorter.words.resize(std::min(count, list.words.size()));
  if (!shorter.words.empty()) shorter.source = list.source.substr(0, shorter.words.back().end);
  return shorter;
}

std::vector<std::string> KeysAt(const WordList& list, size_t first) {
  std::vector<Identifier> found;
  for (const auto find : {FindDocumentId, FindDate, FindDecimal, FindWebAddress}) find(list, first, &found);
  std::vector<std::string> keys;
  for (const Identifier& identifier : found) keys.push_back(identifier.key);
  return keys;
}

TEST(LinearTest, RecognisersLookOnlyAFewWordsAhead) {
  constexpr size_t kWindow = 24;
  for (const char* part : kHostileParts) {
    const std::string text = Repeat(part, 400);
    const WordList list = ScanWords(text);
    for (size_t first = 0; first + kWindow < list.words.size(); first += 7) {
      const WordList shorter = Shortened(list, first + kWindow);
      EXPECT_EQ(KeysAt(shorter, first), KeysAt(list, first)) << part;
      EXPECT_EQ(JoinedNameEnd(shorter, first), JoinedNameEnd(list, first)) << part;
    }
  }
}

TEST(LinearTest, WordsThatBelongToAnIdentifierAreNotReadAgain) {
  for (const char* part : kHostileParts) {
    const std::string text = Repeat(part, 2000);
    size_t end = 0;
    for (const Identifier& identifier : FindIdentifiers(ScanWords(text))) {
      // Several keys of one identifier share its words.
      EXPECT_TRUE(identifier.first >= end || identifier.end == end) << part;
      end = identifier.end;
    }
  }
}

TEST(LinearTest, TwiceTheTextGivesTwiceTheTokensAndKeys) {
  constexpr size_t kEdge = 200;  // what may differ at the ends of the text
  for (const char* part : kHostileParts) {
    const AnalyzedText once = Analyzer().Analyze(Repeat(part, 3000));
    const AnalyzedText twice = Analyzer().Analyze(Repeat(part, 6000));
    EXPECT_LE(twice.tokens.size(), 2 * once.tokens.size() + kEdge) << part;
    EXPECT_LE(twice.keys.size(), 2 * once.keys.size() + 20 * kEdge) << part;
    EXPECT_LE(twice.words.size(), 2 * once.words.size() + kEdge) << part;
  }
}

}  // namespace
}  // namespace tintinh::text
