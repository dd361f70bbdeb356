#include "services/query/telex/telex.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::query {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(DecodeWord, ReadsTelexWithMarksInPlaceOrAtTheEnd) {
  EXPECT_EQ(DecodeWord("vieetj"), "việt");
  EXPECT_EQ(DecodeWord("vietej"), "việt");
  EXPECT_EQ(DecodeWord("ddaats"), "đất");
  EXPECT_EQ(DecodeWord("datads"), "đất");
  EXPECT_EQ(DecodeWord("dduwowngf"), "đường");
  EXPECT_EQ(DecodeWord("duongdwf"), "đường");
  EXPECT_EQ(DecodeWord("luwowtj"), "lượt");
  EXPECT_EQ(DecodeWord("quys"), "quý");
  EXPECT_EQ(DecodeWord("giaf"), "già");
  EXPECT_EQ(DecodeWord("HOAF"), "hòa");
}

TEST(DecodeWord, ReadsVni) {
  EXPECT_EQ(DecodeWord("vie65t"), "việt");
  EXPECT_EQ(DecodeWord("d9u7o7ng2"), "đường");
  EXPECT_EQ(DecodeWord("duong972"), "đường");
  EXPECT_EQ(DecodeWord("nga2y"), "ngày");
  EXPECT_EQ(DecodeWord("tha81ng"), "thắng");
}

TEST(DecodeWord, WhatSpellsNoSyllableWithMarksIsEmpty) {
  for (const char* keys : {"nam", "boss", "covid19", "nq", "2021", "w", "news", "", "aaaaaaaaaaaaaaaaaaaaaaaaa"}) {
    EXPECT_EQ(DecodeWord(keys), "") << keys;
  }
}

TEST(DecodeTyping, KeepsWhatIsNoWordAndWhatSpellsNoSyllable) {
  const DecodedTyping decoded = DecodeTyping("+luxx \"ddeem Loo\" -bao, luxl lutj");
  EXPECT_EQ(decoded.text, "+luxx \"đêm lô\" -bao, luxl lụt");
  EXPECT_THAT(decoded.odd_words, ElementsAre("ddeem", "loo", "lutj"));
}

TEST(DecodeTyping, TextsWithMarksAndPlainUnmarkedTextsAreLeftAlone) {
  EXPECT_EQ(DecodeTyping("vieetj nam việt").text, "");
  EXPECT_EQ(DecodeTyping("mua lon o mien trung").text, "");
  EXPECT_EQ(DecodeTyping("").text, "");
  EXPECT_THAT(DecodeTyping("nghi quyet 22-NQ/TW").odd_words, IsEmpty());
}

TEST(DecodeTyping, InSuchATextSyllablesAsTypedAreKeysToo) {
  EXPECT_EQ(DecodeTyping("khoong muaw").text, "không mưa");
  EXPECT_EQ(DecodeTyping("khoong mua").text, "") << "nothing but syllables";
}

TEST(DecodeTyping, TheQueryLanguageIsNotKeys) {
  EXPECT_EQ(DecodeTyping("lux OR haanj").text, "lũ OR hận");
  EXPECT_EQ(DecodeTyping("lux -site:baor.vn dduwowngf").text, "lũ -site:baor.vn đường");
  EXPECT_EQ(DecodeTyping("title:dduwowngf from:9/2021").text, "title:đường from:9/2021");
  EXPECT_EQ(DecodeTyping("province:(phus OR hueef) khoong").text, "province:(phú OR huề) không");
  EXPECT_EQ(DecodeTyping("site:x lux").words, 1U);
}

TEST(IsTyping, UnknownWordsAreAQuarterOfAll) {
  const DecodedTyping decoded = DecodeTyping("giowis treer mee teen loo nhau hoaif maix");
  EXPECT_EQ(decoded.words, 8U);
  EXPECT_TRUE(IsTyping(decoded, 2));
  EXPECT_FALSE(IsTyping(decoded, 1));
  EXPECT_FALSE(IsTyping({}, 0));
}

TEST(DecodeTyping, OneOddWordAmongManyIsAWordOfItsOwn) {
  EXPECT_EQ(DecodeTyping("tuoi teen o cac tinh mien nui").text, "");
}

}  // namespace
}  // namespace tintinh::query
