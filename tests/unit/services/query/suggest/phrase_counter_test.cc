#include "services/query/suggest/phrase_counter.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::query {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "text titles" of each.
std::vector<std::string> Best(const std::string& typed_text, const std::vector<std::string>& titles,
                              size_t words_between = 0) {
  const TypedText typed = ReadTyped(typed_text);
  PhraseCounter counter(typed);
  for (const std::string& title : titles) {
    const text::WordList words = text::ScanWords(title);
    const auto places = FindInOrder(words, typed, words_between);
    if (places.has_value()) counter.Add(words, *places);
  }
  std::vector<std::string> best;
  for (const Phrase& phrase : counter.Best(10)) best.push_back(absl::StrCat(phrase.text, " ", phrase.titles));
  return best;
}

TEST(PhraseCounter, ThePhraseOfMostTitlesComesFirst) {
  EXPECT_THAT(Best("cho n", {"Đi chợ nổi sớm mai", "Chợ nổi vắng khách", "Thăm chợ nông sản", "chợ nổi buổi chiều"}),
              ElementsAre("chợ nổi 3", "chợ nông 1"));
}

TEST(PhraseCounter, WhatAlwaysGoesOnTheSameWayIsGivenWhole) {
  EXPECT_THAT(Best("cho n", {"Về chợ nổi Ngã Bảy", "Tới chợ nổi Ngã Bảy hôm nay", "Khách xem chợ nổi Ngã Bảy"}),
              ElementsAre("chợ nổi Ngã Bảy 3"));
}

TEST(PhraseCounter, WordsInTheMiddleBelongToThePhrase) {
  EXPECT_THAT(Best("ruong thang", {"Ngắm ruộng lúa bậc thang", "Mùa ruộng lúa bậc thang"}, 2),
              ElementsAre("ruộng lúa bậc thang 2"));
}

TEST(PhraseCounter, BehindABlankThePhraseGoesOn) {
  EXPECT_THAT(Best("chợ nổi ", {"Tới chợ nổi", "Tới chợ nổi Ngã Bảy"}), ElementsAre("chợ nổi Ngã Bảy 1"));
}

TEST(PhraseCounter, NoPhraseIsWhatWasTypedOrEndsWithAGrammarWord) {
  EXPECT_THAT(Best("chợ nổi", {"Tới chợ nổi", "Trên chợ nổi"}), IsEmpty());
  EXPECT_THAT(Best("cho noi", {"Tới chợ nổi", "Trên chợ nổi"}), ElementsAre("chợ nổi 2"));
  EXPECT_THAT(Best("nổi c", {"chợ nổi của"}), IsEmpty());
}

TEST(PhraseCounter, NoPhraseReachesAcrossSigns) {
  EXPECT_THAT(Best("chợ n", {"Chợ nổi, chợ đêm", "Chợ nổi: vắng khách", "Chợ nổi - nét quê"}),
              ElementsAre("chợ nổi 3"));
}

TEST(PhraseCounter, TheWordsTypedStandTogether) {
  EXPECT_THAT(Best("chợ n", {"Chợ, nổi trôi", "Chợ 'nổi' ở đâu", "chợ (nổi)"}), IsEmpty());
  EXPECT_THAT(Best("bac n", {"Đường sắt Bắc - Nam", "Cao tốc Bắc - Nam"}), ElementsAre("Bắc - Nam 2"));
}

TEST(PhraseCounter, WhereSeveralAgreeWhatOneTitleHasIsLeftOut) {
  std::vector<std::string> titles = {"chợ nổi", "chợ nổi", "chợ nổi", "chợ nông sản"};
  EXPECT_THAT(Best("cho n", titles), ElementsAre("chợ nổi 3", "chợ nông 1"));
  titles.push_back("chợ nổi");
  EXPECT_THAT(Best("cho n", titles), ElementsAre("chợ nổi 4"));
}

TEST(PhraseCounter, TheCapitalThatBeginsATitleIsNoPartOfThePhrase) {
  EXPECT_THAT(Best("gia l", {"Giá lúa tăng"}), ElementsAre("giá lúa 1"));
  EXPECT_THAT(Best("ha l", {"Hạ Long đón khách"}), ElementsAre("Hạ Long 1"));
  EXPECT_THAT(Best("tp v", {"TP vinh danh"}), ElementsAre("TP vinh 1"));
}

TEST(PhraseCounter, TheCommonSpellingIsShown) {
  EXPECT_THAT(Best("ha l", {"ở HẠ LONG", "ở Hạ Long", "ở Hạ Long"}), ElementsAre("Hạ Long 3"));
}

}  // namespace
}  // namespace tintinh::query
