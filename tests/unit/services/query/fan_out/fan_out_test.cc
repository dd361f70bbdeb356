#include "services/query/fan_out/fan_out.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/articles.h"
#include "tests/support/naive_indexer.h"
#include "tests/support/status_matchers.h"

namespace tintinh::query {
namespace {

using ::testing::HasSubstr;
using ::tintinh::testing::ArticleId;
using ::tintinh::testing::IsOk;
using ::tintinh::testing::MakeArticle;
using ::tintinh::testing::NaiveIndexer;
using ::tintinh::testing::StatusIs;

v1::GetArticlesRequest Get(uint32_t number) {
  v1::GetArticlesRequest request;
  request.add_article_ids(ArticleId(number));
  return request;
}

TEST(AskAll, AnswersStandInTheOrderOfTheAsksWithErrorsInPlace) {
  NaiveIndexer first(0), broken(1), last(2);
  first.Add(MakeArticle(1, "một"));
  last.Add(MakeArticle(3, "ba"));
  broken.FailWith(grpc::Status(grpc::StatusCode::DATA_LOSS, "disk"));
  const auto answers = AskAll<v1::GetArticlesRequest, v1::GetArticlesResponse>(
      &IndexerStub::AsyncGetArticles, {{&first.stub(), Get(1), absl::Seconds(20)},
                                       {&broken.stub(), Get(2), absl::Seconds(20)},
                                       {&last.stub(), Get(3), absl::Seconds(20)}});
  ASSERT_EQ(answers.size(), 3U);
  ASSERT_THAT(answers[0], IsOk());
  EXPECT_EQ(answers[0]->articles(0).title(), "một");
  EXPECT_THAT(answers[1], StatusIs(absl::StatusCode::kDataLoss, HasSubstr("disk")));
  ASSERT_THAT(answers[2], IsOk());
  EXPECT_EQ(answers[2]->articles(0).title(), "ba");
}

TEST(AskAll, EachCallHasItsOwnTimeout) {
  NaiveIndexer hanging(0);
  hanging.Hang();
  const auto answers = AskAll<v1::GetArticlesRequest, v1::GetArticlesResponse>(
      &IndexerStub::AsyncGetArticles, {{&hanging.stub(), Get(1), absl::Milliseconds(50)}});
  hanging.Release();
  EXPECT_THAT(answers[0], StatusIs(absl::StatusCode::kDeadlineExceeded, ::testing::_));
}

TEST(AskAll, ACallThatHangsIsMadeAgainAndTheFirstAnswerCounts) {
  NaiveIndexer indexer(0), other(1);
  indexer.Add(MakeArticle(1, "một"));
  other.Add(MakeArticle(2, "hai"));
  indexer.HangNext(1);
  HedgeBudget budget;
  for (int spent = 0; spent < 9; ++spent) budget.Spend();
  const auto answers = AskAll<v1::GetArticlesRequest, v1::GetArticlesResponse>(
      &IndexerStub::AsyncGetArticles,
      {{&indexer.stub(), Get(1), absl::Seconds(60)}, {&other.stub(), Get(2), absl::Seconds(60)}},
      {absl::Milliseconds(20), &budget});
  ASSERT_THAT(answers[0], IsOk());
  EXPECT_EQ(answers[0]->articles(0).title(), "một");
  ASSERT_THAT(answers[1], IsOk());
  EXPECT_EQ(answers[1]->articles(0).title(), "hai");
  EXPECT_TRUE(budget.Spend()) << "a second call that helped costs nothing";
}

TEST(AskAll, AsLongAsCallsHangFurtherOnesAreMade) {
  NaiveIndexer indexer(0);
  indexer.Add(MakeArticle(1, "một"));
  indexer.HangNext(8);
  HedgeBudget budget;
  const auto answers = AskAll<v1::GetArticlesRequest, v1::GetArticlesResponse>(
      &IndexerStub::AsyncGetArticles, {{&indexer.stub(), Get(1), absl::Seconds(60)}},
      {absl::Milliseconds(20), &budget});
  ASSERT_THAT(answers[0], IsOk());
  EXPECT_EQ(answers[0]->articles(0).title(), "một");
}

TEST(AskAll, WhatOneServerRefusesForItselfIsAskedOfAnother) {
  NaiveIndexer indexer(0);
  indexer.Add(MakeArticle(1, "một"));
  const std::vector<Ask<v1::GetArticlesRequest>> asks = {{&indexer.stub(), Get(1), absl::Seconds(60)}};
  for (const auto code : {grpc::StatusCode::RESOURCE_EXHAUSTED, grpc::StatusCode::DATA_LOSS}) {
    HedgeBudget budget;
    indexer.RefuseNext(2, code);
    const auto answers = AskAll<v1::GetArticlesRequest, v1::GetArticlesResponse>(&IndexerStub::AsyncGetArticles, asks,
                                                                                 {absl::Seconds(30), &budget});
    EXPECT_THAT(answers[0], IsOk());
    indexer.RefuseNext(1, code);
    const auto alone = AskAll<v1::GetArticlesRequest, v1::GetArticlesResponse>(&IndexerStub::AsyncGetArticles, asks);
    EXPECT_EQ(static_cast<int>(alone[0].status().code()), static_cast<int>(code)) << "nobody stands in";
  }
  HedgeBudget budget;
  indexer.RefuseNext(1, grpc::StatusCode::INVALID_ARGUMENT);
  const auto wrong = AskAll<v1::GetArticlesRequest, v1::GetArticlesResponse>(&IndexerStub::AsyncGetArticles, asks,
                                                                             {absl::Seconds(30), &budget});
  EXPECT_THAT(wrong[0], StatusIs(absl::StatusCode::kInvalidArgument, ::testing::_)) << "it is wrong everywhere";
}

TEST(AskAll, WithoutABudgetACallThatHangsIsWaitedFor) {
  NaiveIndexer hanging(0);
  hanging.HangNext(1);
  HedgeBudget spent;
  while (spent.Spend()) {
  }
  const auto answers = AskAll<v1::GetArticlesRequest, v1::GetArticlesResponse>(
      &IndexerStub::AsyncGetArticles, {{&hanging.stub(), Get(1), absl::Milliseconds(100)}},
      {absl::Milliseconds(1), &spent});
  EXPECT_THAT(answers[0], StatusIs(absl::StatusCode::kDeadlineExceeded, ::testing::_));
}

TEST(AskAll, NothingAskedIsNothingAnswered) {
  EXPECT_TRUE((AskAll<v1::GetArticlesRequest, v1::GetArticlesResponse>(&IndexerStub::AsyncGetArticles, {}).empty()));
}

}  // namespace
}  // namespace tintinh::query
