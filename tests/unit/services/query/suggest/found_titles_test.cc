#include "services/query/suggest/found_titles.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/query/suggest/typed_text.h"
#include "tests/support/articles.h"
#include "tests/support/naive_indexer.h"
#include "tests/support/status_matchers.h"

namespace tintinh::query {
namespace {

using ::tintinh::testing::IsOk;
using ::tintinh::testing::MakeArticle;
using ::tintinh::testing::NaiveIndexer;
using ::tintinh::testing::StatusIs;

class TitleReaderTest : public ::testing::Test {
 protected:
  absl::StatusOr<FoundTitles> Find(const std::string& typed) {
    return titles_.Find(TitlesWith(ReadTyped(typed), Closeness::kSideBySide), clock_.Now() + absl::Seconds(20));
  }

  SystemClock clock_;
  NaiveIndexer first_{0}, second_{1};
  RootSearch root_{{&first_.stub(), &second_.stub()}, clock_};
  TitleReader titles_{root_, clock_};
};

TEST_F(TitleReaderTest, TheNewestComeFirstAndNoneTwice) {
  first_.Add(MakeArticle(1, "Chợ phiên vùng cao", "Thân bài."));
  second_.Add(MakeArticle(2, "Chợ phiên Bắc Hà"));
  second_.Add(MakeArticle(3, "chợ phiên vùng cao"));
  const auto found = Find("cho phien ");
  ASSERT_THAT(found, IsOk());
  ASSERT_EQ(found->articles.size(), 2u);
  EXPECT_EQ(found->articles[0].title(), "chợ phiên vùng cao");
  EXPECT_EQ(found->articles[1].title(), "Chợ phiên Bắc Hà");
  EXPECT_EQ(found->articles[0].paragraphs_size(), 0) << "titles are all that is fetched";
  EXPECT_EQ(found->coverage.shards_answered, 2u);
}

TEST_F(TitleReaderTest, ReadsNoMoreThanItsBound) {
  for (uint32_t i = 0; i < 2 * kTitlesRead; ++i) first_.Add(MakeArticle(i, absl::StrCat("Chợ phiên ", i)));
  const auto found = Find("cho phien ");
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->articles.size(), kTitlesRead);
  EXPECT_EQ(first_.articles_asked(), static_cast<int>(kTitlesRead));
  EXPECT_EQ(first_.most_articles_asked(), static_cast<int>(kTitlesRead)) << "in one call";
}

TEST_F(TitleReaderTest, WhatWasReadLatelyIsNotFetchedAgain) {
  first_.Add(MakeArticle(1, "Chợ phiên vùng cao"));
  first_.Add(MakeArticle(2, "Chợ phiên Bắc Hà"));
  ASSERT_THAT(Find("cho phien vung "), IsOk());
  EXPECT_EQ(first_.articles_asked(), 1);
  const auto found = Find("cho phien ");
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->articles.size(), 2u);
  EXPECT_EQ(first_.articles_asked(), 2);
}

TEST_F(TitleReaderTest, TitlesOfAnIndexerThatGivesNoneAreLeftOut) {
  first_.Add(MakeArticle(1, "Chợ phiên vùng cao"));
  second_.Add(MakeArticle(2, "Chợ phiên Bắc Hà"));
  second_.FailArticlesWith(grpc::Status(grpc::StatusCode::UNAVAILABLE, "down"));
  const auto found = Find("cho phien ");
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->articles.size(), 1u);
  first_.FailWith(grpc::Status(grpc::StatusCode::UNAVAILABLE, "down"));
  second_.FailWith(grpc::Status(grpc::StatusCode::UNAVAILABLE, "down"));
  EXPECT_THAT(Find("cho phien "), StatusIs(absl::StatusCode::kUnavailable, ::testing::HasSubstr("down")));
}

}  // namespace
}  // namespace tintinh::query
