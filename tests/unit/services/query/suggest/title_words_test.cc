#include "services/query/suggest/title_words.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::query {
namespace {

using ::testing::ElementsAre;

// The bytes of the title that were found, in the order typed.
std::vector<std::string> Found(const std::string& title, const std::string& typed, size_t words_between = 0) {
  const auto places = FindInOrder(text::ScanWords(title), ReadTyped(typed), words_between);
  std::vector<std::string> found;
  if (!places.has_value()) return found;
  for (const TypedPlace& place : *places) found.push_back(title.substr(place.begin, place.end - place.begin));
  return found;
}

TEST(FindInOrder, WordsStandSideBySideInTheOrderTyped) {
  EXPECT_THAT(Found("Vào mùa vàng bậc thang", "mua vang b"), ElementsAre("mùa", "vàng", "b"));
  EXPECT_THAT(Found("Vàng mùa bậc thang", "mua vang b"), ElementsAre());
  EXPECT_THAT(Found("Mùa lúa vàng", "mua vang "), ElementsAre());
  EXPECT_THAT(Found("Mùa. Vàng", "mua vang "), ElementsAre());
}

TEST(FindInOrder, WordsMayStandBetween) {
  EXPECT_THAT(Found("Mùa lúa vàng", "mua vang ", 1), ElementsAre("Mùa", "vàng"));
  EXPECT_THAT(Found("Mùa lúa chín vàng", "mua vang ", 1), ElementsAre());
  EXPECT_THAT(Found("Mùa. Vàng", "mua vang ", 2), ElementsAre()) << "not across sentences";
}

TEST(FindInOrder, ThePlacesClosestTogetherCount) {
  const std::string title = "chợ quê và chợ nổi";
  const auto places = FindInOrder(text::ScanWords(title), ReadTyped("chợ n"), 3);
  ASSERT_TRUE(places.has_value());
  EXPECT_EQ(places->front().word, 3u);
}

TEST(FindInOrder, MarksTypedAreKept) {
  EXPECT_THAT(Found("Bán bàn cũ", "bàn c"), ElementsAre("bàn", "c"));
  EXPECT_THAT(Found("Bán bàn cũ", "ban b"), ElementsAre("Bán", "b"));
}

TEST(FindInOrder, TheMarksOfAnUnfinishedWordMayStillCome) {
  for (const char* typed : {"d", "đ", "du", "đu", "đư", "duo", "đươ", "đường", "đừ", "ĐƯỜN"}) {
    EXPECT_EQ(Found("Đường", typed).size(), 1u) << typed;
  }
  for (const char* typed : {"đứ", "đâ", "dương ", "đươngg", "đuông"}) {
    EXPECT_THAT(Found("Đường", typed), ElementsAre()) << typed;
  }
  EXPECT_EQ(Found("Kỹ sư", "ki").size(), 1u);
  EXPECT_EQ(Found("Quyết định", "quy").size(), 1u);
}

TEST(FindInOrder, NoLetterIsCutInANFDTitle) {
  const std::string title = "mu\u031B\u0301c nu\u031B\u01A1\u0301c";  // mức nước, decomposed in several ways
  EXPECT_THAT(Found(title, "muc nư"), ElementsAre("mu\u031B\u0301c", "nu\u031B"));
  EXPECT_THAT(Found(title, "mứ"), ElementsAre("mu\u031B\u0301"));
}

TEST(FindInOrder, NumbersAndCodesAreFoundAsTheyBegin) {
  EXPECT_THAT(Found("Thu 3.500 tỷ đồng", "thu 35"), ElementsAre("Thu", "3.500"));
  EXPECT_THAT(Found("Sân bay A10 mở cửa", "bay a1"), ElementsAre("bay", "A10"));
}

TEST(FindAnywhere, OrderDoesNotMatterButEveryWordDoes) {
  const std::string title = "Bậc thang mùa vàng";
  EXPECT_TRUE(FindAnywhere(text::ScanWords(title), ReadTyped("vang bac t")).has_value());
  EXPECT_FALSE(FindAnywhere(text::ScanWords(title), ReadTyped("vang bac lua")).has_value());
}

TEST(FindInOrder, WithoutWordsNothingIsFound) {
  EXPECT_FALSE(FindInOrder(text::ScanWords("Mùa vàng"), ReadTyped(""), 2).has_value());
  EXPECT_FALSE(FindInOrder(text::ScanWords(""), ReadTyped("m"), 2).has_value());
}

}  // namespace
}  // namespace tintinh::query
