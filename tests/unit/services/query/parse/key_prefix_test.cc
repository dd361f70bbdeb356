#include "services/query/parse/key_prefix.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/text/analyzer.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::query {
namespace {

std::string Read(const char* word) {
  const std::optional<KeyPrefix> prefix = ReadKeyPrefix(word);
  if (!prefix.has_value()) return "none";
  return absl::StrCat(prefix->exact, " ", prefix->folded, " ", prefix->identifier);
}

TEST(ReadKeyPrefix, MarksStayButForTones) {
  EXPECT_EQ(Read("xây"), "xây xay ");
  EXPECT_EQ(Read("XƯỞ"), "xươ xuo ");
  EXPECT_EQ(Read("Đắ"), "đă da ");
  EXPECT_EQ(Read("2C"), "2c 2c ");
}

TEST(ReadKeyPrefix, ANumberOrAnAddressThatBeginsIsAnIdentifier) {
  EXPECT_EQ(Read("22-NQ/T"), "  22-NQ/T");
  EXPECT_EQ(Read("22-nq"), "  22-NQ");
  EXPECT_EQ(Read("22-"), "  22-");
  EXPECT_EQ(Read("213–QĐ/"), "  213-QĐ/");
}

TEST(ReadKeyPrefix, NamesAreJoinedAndOtherSyllablesAreNot) {
  EXPECT_EQ(Read("H'Dr"), "hdr hdr ");
  EXPECT_EQ(Read("xây-dựng"), "none");
  EXPECT_EQ(Read("..."), "none");
  EXPECT_EQ(Read(""), "none");
}

// Each is the beginning of a key that the whole word has.
TEST(ReadKeyPrefix, IsTheBeginningOfTheKeysOfLongerWords) {
  const std::pair<const char*, const char*> words[] = {
      {"xâ", "xây"}, {"khuỷ", "khuỷu"}, {"trườ", "trường"}, {"22-NQ", "22-NQ/TW"}, {"28/2015/NĐ", "28/2015/NĐ-CP"}};
  for (const auto& [begin, word] : words) {
    const KeyPrefix prefix = *ReadKeyPrefix(begin);
    const text::AnalyzedText analyzed = text::Analyzer().Analyze(word);
    int found = 0;
    for (const text::Token& token : analyzed.tokens) {
      const absl::string_view key = analyzed.Key(token);
      if (token.kind == text::KeyKind::kIdentifier) {
        found += !prefix.identifier.empty() && absl::StartsWith(key, prefix.identifier) ? 2 : 0;
      } else if (prefix.identifier.empty() && token.kind != text::KeyKind::kPair) {
        found += absl::StartsWith(key, token.kind == text::KeyKind::kExact ? prefix.exact : prefix.folded) ? 1 : 0;
      }
    }
    EXPECT_GE(found, 2) << begin << " " << word;
  }
}

}  // namespace
}  // namespace tintinh::query
