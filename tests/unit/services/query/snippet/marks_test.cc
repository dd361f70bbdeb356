#include "services/query/snippet/marks.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::query {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Marked(const std::string& text, const std::string& query) {
  std::vector<std::string> words;
  for (const Mark& mark : FindMarks(text, Parse(query, Ranking::kScore).strict_keys, {})) {
    words.push_back(text.substr(mark.begin, mark.end - mark.begin));
  }
  return words;
}

TEST(FindMarks, FindsWantedWordsWhateverTheirCase) {
  EXPECT_THAT(Marked("Đường sắt và đường bộ", "đường"), ElementsAre("Đường", "đường"));
}

TEST(FindMarks, WithMarksOtherMarksDoNotCount) { EXPECT_THAT(Marked("ông Dương qua đây", "đường"), IsEmpty()); }

TEST(FindMarks, WithoutMarksAllMarksCount) {
  EXPECT_THAT(Marked("ông Dương đi đường thủy", "duong"), ElementsAre("Dương", "đường"));
}

TEST(FindMarks, WordsThatBeginSoAreMarked) {
  EXPECT_THAT(Marked("Trường xây xong, xay lúa", "xâ*"), ElementsAre("xây"));
  EXPECT_THAT(Marked("Trường xây xong, xay lúa", "xa*"), ElementsAre("xây", "xay"));
  EXPECT_THAT(Marked("theo 35-NQ/TW ban hành", "35-NQ*"), ElementsAre("35-NQ/TW"));
}

TEST(FindMarks, OnlyWhatIsWantedIsMarked) {
  EXPECT_THAT(Marked("mưa lũ, gió bão", "(mưa -bão) OR title:gió"), ElementsAre("mưa", "gió"));
}

TEST(FindMarks, OtherNamesAreMarkedWholeAndOnlyWhole) {
  EXPECT_THAT(Marked("Ủy ban nhân dân xã, nhân dân", "UBND xã"), ElementsAre("Ủy ban nhân dân", "xã"));
  EXPECT_THAT(Marked("họp UBND xã", "ủy ban nhân dân xã"), ElementsAre("UBND", "xã"));
  EXPECT_THAT(Marked("mưa ở Phú Thọ", "mưa Vĩnh Phúc"), ElementsAre("mưa", "Phú Thọ"));
}

TEST(FindMarks, SaysWhatStandsBesideItsNeighbourOfTheQuery) {
  const auto marks = FindMarks("Việt Nam và Quảng Nam", Parse("Quảng Nam", Ranking::kScore).strict_keys, {});
  ASSERT_EQ(marks.size(), 3U);
  EXPECT_FALSE(marks[0].in_pair);
  EXPECT_TRUE(marks[1].in_pair);
  EXPECT_TRUE(marks[2].in_pair);
}

TEST(FindMarks, MarksDoNotOverlap) {
  const std::string text = "theo 35-NQ/TW ban hành";
  const auto marks = FindMarks(text, Parse("nghị quyết 35-NQ/TW", Ranking::kScore).strict_keys, {});
  for (size_t i = 1; i < marks.size(); ++i) EXPECT_LE(marks[i - 1].end, marks[i].begin);
  ASSERT_FALSE(marks.empty());
}

TEST(FindMarks, RarityIsTheWeight) {
  const WantedKeys wanted = Parse("thang", Ranking::kScore).strict_keys;
  ASSERT_FALSE(wanted.exact.empty());
  const auto marks = FindMarks("thang", wanted, {{*wanted.exact.begin(), 7.5}});
  ASSERT_EQ(marks.size(), 1U);
  EXPECT_DOUBLE_EQ(marks[0].weight, 7.5);
}

}  // namespace
}  // namespace tintinh::query
