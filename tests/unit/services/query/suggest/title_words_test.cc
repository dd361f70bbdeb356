#include "services/query/suggest/title_words.h"

#include <random>
#include <string>

#include "common/text/letter.h"
#include "common/text/utf8.h"
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

// Between two code points, the second of which is no mark of the first.
bool IsLetterBoundary(const std::string& text, size_t at) {
  if (at == text.size()) return true;
  if ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) return false;
  return !text::IsCombining(text::DecodeUtf8(text.data() + at, text.data() + text.size()).value);
}

TEST(FindInOrder, NoLetterIsCutWhateverTheTitle) {
  constexpr const char* kPieces[] = {"m",      "ư", "o", "e", "D", "đ", "ớ", "7",      "u\u031B", "e\u0302\u0301",
                                     "\u0323", " ", " ", ".", "-", "'", "ß", "\u200D", "\u0301",  "ê",
                                     "y",      "i"};
  std::mt19937 random(3);
  const auto made = [&](size_t most) {
    std::string text;
    for (size_t i = 1 + random() % most; i > 0; --i) text += kPieces[random() % std::size(kPieces)];
    return text;
  };
  int found = 0;
  for (int round = 0; round < 20'000; ++round) {
    const std::string title = made(30);
    const auto places = FindInOrder(text::ScanWords(title), ReadTyped(made(3)), kMaxWordsBetween);
    if (!places.has_value()) continue;
    ++found;
    for (const TypedPlace& place : *places) {
      ASSERT_LT(place.begin, place.end);
      ASSERT_TRUE(IsLetterBoundary(title, place.begin)) << title;
      ASSERT_TRUE(IsLetterBoundary(title, place.end)) << title;
    }
  }
  EXPECT_GT(found, 1'000);
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
