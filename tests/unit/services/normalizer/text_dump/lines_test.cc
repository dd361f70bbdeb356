#include "services/normalizer/text_dump/lines.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::normalizer {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Texts(absl::string_view dump) {
  std::vector<std::string> texts;
  for (const Line& line : ReadLines(dump)) {
    texts.push_back(line.text);
  }
  return texts;
}

TEST(Lines, WhiteSpaceIsFoldedAndEmptyLinesGo) {
  EXPECT_THAT(Texts("  Một \t dòng\u00A0chữ \r\n\u00A0\n\nDòng khác"), ElementsAre("Một dòng chữ", "Dòng khác"));
  EXPECT_THAT(Texts(""), IsEmpty());
}

TEST(Lines, ALineGoesOnInLowerCaseOrBehindAComma) {
  EXPECT_THAT(Texts("Bà con ra đồng\ntừ sáng sớm"), ElementsAre("Bà con ra đồng từ sáng sớm"));
  EXPECT_THAT(Texts("Ông Lê Mơ,\nTrưởng thôn Đoài"), ElementsAre("Ông Lê Mơ, Trưởng thôn Đoài"));
  EXPECT_THAT(Texts("Bà con ra đồng.\ntừ sáng sớm"), ElementsAre("Bà con ra đồng.", "từ sáng sớm"));
  EXPECT_THAT(Texts("Bà con ra đồng\nTừ sáng sớm"), ElementsAre("Bà con ra đồng", "Từ sáng sớm"));
  EXPECT_THAT(Texts("Bà con ra đồng\n\ntừ sáng sớm"), ElementsAre("Bà con ra đồng", "từ sáng sớm"));
}

TEST(Lines, ABlockThatEndsWithACreditIsOneCaption) {
  EXPECT_THAT(Texts("Lãnh đạo xã\nTân Hòa thăm vườn\nẢnh: Lê Mơ"),
              ElementsAre("Lãnh đạo xã Tân Hòa thăm vườn Ảnh: Lê Mơ"));
}

TEST(Lines, BulletsOfTheDumpAreRemembered) {
  const std::vector<Line> lines = ReadLines("  • Kho lạnh\n  • Đường mới");
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_TRUE(lines[0].bulleted);
  EXPECT_EQ(lines[0].text, "Kho lạnh");
}

TEST(Lines, LinesWithoutBlankBetweenShareABlock) {
  const std::vector<Line> lines = ReadLines("Một.\nHai.\n\nBa.");
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0].block, lines[1].block);
  EXPECT_NE(lines[1].block, lines[2].block);
}

TEST(Lines, RolesComeFromTheVocabulary) {
  const std::vector<Line> lines = ReadLines("20/09/2021 08:15\n\nTin liên quan\n\nIn trang\n\nMùa cam chín");
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[0].role, LineRole::kTime);
  EXPECT_TRUE(lines[0].time.has_value());
  EXPECT_EQ(lines[1].role, LineRole::kCut);
  EXPECT_EQ(lines[2].role, LineRole::kDrop);
  EXPECT_EQ(lines[3].role, LineRole::kText);
}

TEST(Lines, ProseIsLongOrASentenceAndNoCaption) {
  const std::string sentence =
      "Sáng nay, bà con thôn Đồi Sim ra vườn từ rất sớm để kịp hái những quả cam chín đầu tiên của vụ mới.";
  EXPECT_TRUE(ReadsAsProse(sentence));
  EXPECT_FALSE(ReadsAsProse(sentence + " Ảnh: Lê Mơ"));
  EXPECT_FALSE(ReadsAsProse("Mùa cam chín"));
  EXPECT_TRUE(ReadsAsProse(std::string(300, 'a')));
  std::vector<Line> lines = ReadLines(sentence);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_TRUE(IsProse(lines[0]));
  lines[0].role = LineRole::kCut;
  EXPECT_FALSE(IsProse(lines[0]));
}

}  // namespace
}  // namespace tintinh::normalizer
