#include "services/query/snippet/passage.h"

#include <random>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/text/normal_form.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::query {
namespace {

Mark MarkOf(const std::string& text, const std::string& word, size_t from = 0) {
  const size_t begin = text.find(word, from);
  return {static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + word.size()), word, 1, false};
}

TEST(BestPassage, AShortTextIsWhole) {
  const std::string text = "Nước lên nhanh trong đêm.";
  const Passage passage = BestPassage(text, {MarkOf(text, "đêm")}, 240);
  EXPECT_EQ(passage.text, text);
  ASSERT_EQ(passage.highlights.size(), 1U);
  EXPECT_EQ(
      passage.text.substr(passage.highlights[0].begin(), passage.highlights[0].end() - passage.highlights[0].begin()),
      "đêm");
}

TEST(BestPassage, TakesTheStretchWithTheMostTellingWords) {
  std::string text = "Mưa. ";
  for (int i = 0; i < 60; ++i) absl::StrAppend(&text, "Câu này nói chuyện khác. ");
  absl::StrAppend(&text, "Mưa gây lũ. Hết.");
  const Passage passage = BestPassage(text, {MarkOf(text, "Mưa"), MarkOf(text, "Mưa", 10), MarkOf(text, "lũ")}, 100);
  EXPECT_TRUE(absl::StrContains(passage.text, "Mưa gây lũ"));
  EXPECT_TRUE(absl::StartsWith(passage.text, "Câu")) << "begins with a sentence, so without an ellipsis";
  EXPECT_EQ(passage.highlights.size(), 2U);
  EXPECT_LE(passage.text.size(), 100U);
}

TEST(BestPassage, WithoutMarksItIsTheBeginOfTheText) {
  std::string text;
  for (int i = 0; i < 60; ++i) absl::StrAppend(&text, "chữ ");
  const Passage passage = BestPassage(text, {}, 60);
  EXPECT_TRUE(absl::StartsWith(passage.text, "chữ chữ"));
  EXPECT_TRUE(absl::EndsWith(passage.text, "…"));
  EXPECT_EQ(passage.score, 0);
  EXPECT_LE(passage.text.size(), 60U);
}

TEST(BestPassage, ACutSentenceIsShownByAnEllipsis) {
  std::string text = "Tại ";
  for (int i = 0; i < 40; ++i) absl::StrAppend(&text, "vùng ");
  absl::StrAppend(&text, "Cà Mau, lũ về");
  const Passage passage = BestPassage(text, {MarkOf(text, "lũ")}, 60);
  EXPECT_TRUE(absl::StartsWith(passage.text, "…vùng "));
  EXPECT_TRUE(absl::EndsWith(passage.text, "lũ về"));
}

TEST(BestPassage, BeginsWithAWholeWordEvenRightBeforeTheMark) {
  const std::string text = absl::StrCat("Một từ-dài-hơn-chỗ-trống, lũ ", std::string(200, 'x'));
  EXPECT_TRUE(absl::StartsWith(BestPassage(text, {MarkOf(text, "lũ")}, 40).text, "…lũ"));
}

TEST(BestPassage, NeverCutsALetter) {
  std::string text;
  for (int i = 0; i < 400; ++i) absl::StrAppend(&text, "e\u0323\u0302");
  const Mark mark = {300, 305, "ệ", 1, false};
  for (uint32_t max_bytes = 40; max_bytes < 120; ++max_bytes) {
    const Passage passage = BestPassage(text, {mark}, max_bytes);
    EXPECT_TRUE(text::IsValidUtf8(passage.text));
    EXPECT_EQ((passage.text.size() - 6) % 5, 0U) << max_bytes;
    EXPECT_LE(passage.text.size(), max_bytes);
  }
}

TEST(BestPassage, AnyTextStaysWithinTheLimitAndHighlightsInside) {
  std::mt19937 random(3);
  const std::string pieces[] = {" ", ". ", "lũ", "nước", "a", "\u0301", "…", "dài-dằng-dặc-không-dấu-cách-nào-cả"};
  for (int round = 0; round < 500; ++round) {
    std::string text;
    std::vector<Mark> marks;
    for (int i = 0; i < 100; ++i) {
      const std::string& piece = pieces[random() % std::size(pieces)];
      if (piece == "lũ") {
        marks.push_back({static_cast<uint32_t>(text.size()), static_cast<uint32_t>(text.size() + piece.size()), piece,
                         1, random() % 2 == 0});
      }
      text += piece;
    }
    const uint32_t max_bytes = 40 + static_cast<uint32_t>(random() % 200);
    const Passage passage = BestPassage(text, marks, max_bytes);
    ASSERT_LE(passage.text.size(), std::max<size_t>(max_bytes, 40));
    ASSERT_TRUE(text::IsValidUtf8(passage.text));
    if (!marks.empty()) {
      ASSERT_FALSE(passage.highlights.empty());
    }
    for (const v1::Highlight& highlight : passage.highlights) {
      ASSERT_LE(highlight.end(), passage.text.size());
      ASSERT_TRUE(absl::StartsWith(passage.text.substr(highlight.begin()), "lũ"));
    }
  }
}

TEST(ToHighlights, WordsThatStandTogetherBecomeOne) {
  const std::string text = "ở Quảng Nam nay";
  std::vector<Mark> marks = {MarkOf(text, "Quảng"), MarkOf(text, "Nam")};
  EXPECT_EQ(ToHighlights(text, marks).size(), 2U);
  marks[0].in_pair = marks[1].in_pair = true;
  const auto highlights = ToHighlights(text, marks);
  ASSERT_EQ(highlights.size(), 1U);
  EXPECT_EQ(text.substr(highlights[0].begin(), highlights[0].end() - highlights[0].begin()), "Quảng Nam");
}

}  // namespace
}  // namespace tintinh::query
