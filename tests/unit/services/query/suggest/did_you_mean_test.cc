#include "services/query/suggest/did_you_mean.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/articles.h"
#include "tests/support/naive_indexer.h"
#include "tests/support/status_matchers.h"

namespace tintinh::query {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::tintinh::testing::IsOk;
using ::tintinh::testing::MakeArticle;
using ::tintinh::testing::NaiveIndexer;
using ::tintinh::testing::StatusIs;

std::vector<std::string> CorrectedWords(const v1::DidYouMeanResponse& response) {
  std::vector<std::string> words;
  for (const v1::Correction& correction : response.corrections()) {
    words.push_back(
        response.query().substr(correction.place().begin(), correction.place().end() - correction.place().begin()));
  }
  return words;
}

class RestoreMarksTest : public ::testing::Test {
 protected:
  RestoreMarksTest() {
    for (const char* title : {"Mưa lũ chia cắt bản Nậm", "Sau mưa lũ, dân dựng lại nhà", "Mùa lúa trên nương",
                              "Bán đất nền ven đô", "Bản làng ven suối", "Dân bản làng Mây vào mùa"}) {
      indexer_.Add(MakeArticle(next_++, title));
    }
  }

  v1::DidYouMeanResponse Restored(const std::string& text) {
    const auto response = RestoreMarks(titles_, text, clock_.Now() + absl::Seconds(20));
    EXPECT_THAT(response, IsOk());
    return response.value_or(v1::DidYouMeanResponse());
  }

  SystemClock clock_;
  NaiveIndexer indexer_{0};
  RootSearch root_{{&indexer_.stub()}, clock_};
  TitleReader titles_{root_, clock_};
  uint32_t next_ = 0;
};

TEST_F(RestoreMarksTest, WordsGetTheMarksThatTheyHaveBesideEachOther) {
  EXPECT_EQ(Restored("mua lu").query(), "mưa lũ");
  EXPECT_EQ(Restored("mua lua").query(), "mùa lúa");
  EXPECT_EQ(Restored("ban lang").query(), "bản làng");
  EXPECT_EQ(Restored("ban dat").query(), "bán đất");
}

TEST_F(RestoreMarksTest, ADoubtfulWordFollowsTheNeighbourThatMoreTitlesKnow) {
  for (int i = 0; i < 2; ++i) indexer_.Add(MakeArticle(next_++, absl::StrCat("Thêm bản đạt chuẩn ", i)));
  EXPECT_EQ(Restored("ban dat").query(), "bản đạt");
  for (int i = 0; i < 3; ++i) indexer_.Add(MakeArticle(next_++, absl::StrCat("Đất lành chim đậu ", i)));
  EXPECT_EQ(Restored("ban dat lanh").query(), "bán đất lành");
}

TEST_F(RestoreMarksTest, ManyTitlesOutweighOne) {
  for (int i = 0; i < 9; ++i) indexer_.Add(MakeArticle(next_++, absl::StrCat("Tướng Phạm kể chuyện ", i)));
  indexer_.Add(MakeArticle(next_++, "Mỹ phẩm mê hoặc"));
  EXPECT_EQ(Restored("tuong pham me").query(), "tướng phạm me");
}

TEST_F(RestoreMarksTest, SignsAndCapitalsStayAndTheChangedWordsAreNamed) {
  const v1::DidYouMeanResponse response = Restored("+\"Mua lu\" -xyzt");
  EXPECT_EQ(response.query(), "+\"Mưa lũ\" -xyzt");
  EXPECT_THAT(CorrectedWords(response), ElementsAre("Mưa", "lũ"));
  EXPECT_EQ(response.corrections(0).kind(), v1::CORRECTION_KIND_MARKS);
  EXPECT_EQ(response.shards_answered(), 1u);
}

TEST_F(RestoreMarksTest, WhatHasAMarkOrIsInNoTitleStays) {
  for (const char* text : {"mưa lu", "xe dap", "mua", "", "\"", "\xff\xfe", "mua. lu"}) {
    EXPECT_THAT(Restored(text).query(), IsEmpty()) << text;
  }
}

TEST_F(RestoreMarksTest, OfALongTextTheFirstWordsAreLookedAt) {
  std::string text;
  for (int i = 0; i < 60; ++i) absl::StrAppend(&text, "mua lu ");
  const v1::DidYouMeanResponse response = Restored(text);
  EXPECT_EQ(response.corrections_size(), static_cast<int>(kMaxRestoredWords));
  EXPECT_EQ(response.query().substr(response.query().size() - 7), "mua lu ");
}

TEST_F(RestoreMarksTest, WithoutAnAnswerTheErrorIsSaid) {
  indexer_.FailWith(grpc::Status(grpc::StatusCode::UNAVAILABLE, "down"));
  EXPECT_THAT(RestoreMarks(titles_, "mua lu", clock_.Now() + absl::Seconds(20)),
              StatusIs(absl::StatusCode::kUnavailable, ::testing::HasSubstr("down")));
}

TEST(AsDecoded, WordsWithMarksAreTheCorrections) {
  const v1::DidYouMeanResponse response = AsDecoded("lũ quét ở ban, mưa");
  EXPECT_EQ(response.query(), "lũ quét ở ban, mưa");
  EXPECT_THAT(CorrectedWords(response), ElementsAre("lũ", "quét", "ở", "mưa"));
  EXPECT_EQ(response.corrections(3).kind(), v1::CORRECTION_KIND_TYPING);
}

}  // namespace
}  // namespace tintinh::query
