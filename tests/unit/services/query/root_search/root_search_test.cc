#include "services/query/root_search/root_search.h"

#include <string>
#include <vector>

#include "common/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/query/parse/parse.h"
#include "tests/support/articles.h"
#include "tests/support/naive_indexer.h"
#include "tests/support/status_matchers.h"

namespace tintinh::query {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::tintinh::testing::ArticleId;
using ::tintinh::testing::IsOk;
using ::tintinh::testing::MakeArticle;
using ::tintinh::testing::NaiveIndexer;
using ::tintinh::testing::StatusIs;

class RootSearchTest : public ::testing::Test {
 protected:
  absl::Time Soon() const { return clock_.Now() + absl::Seconds(20); }

  static RootRequest Ask(const std::string& text) {
    RootRequest request;
    request.query = Parse(text, Ranking::kScore).strict;
    return request;
  }

  static std::vector<std::string> Ids(const RootResult& result) {
    std::vector<std::string> ids;
    for (const RootHit& hit : result.hits) ids.push_back(hit.hit.article_id());
    return ids;
  }

  SystemClock clock_;
  NaiveIndexer first_{0}, second_{1};
  RootSearch root_{{&first_.stub(), &second_.stub()}, clock_};
};

TEST_F(RootSearchTest, ScoresDoNotDependOnSharding) {
  NaiveIndexer whole(0);
  for (uint32_t i = 0; i < 12; ++i) {
    const v1::Article article = MakeArticle(i, i % 3 == 0 ? "mùa vàng bậc thang" : "mùa nước nổi", "ruộng lúa mùa này");
    whole.Add(article);
    (i < 9 ? first_ : second_).Add(article);
  }
  RootSearch alone({&whole.stub()}, clock_);
  const auto split = root_.Search(Ask("mùa vàng"), Soon());
  const auto together = alone.Search(Ask("mùa vàng"), Soon());
  ASSERT_THAT(split, IsOk());
  ASSERT_THAT(together, IsOk());
  EXPECT_EQ(Ids(*split), Ids(*together));
  for (size_t i = 0; i < split->hits.size(); ++i) {
    EXPECT_DOUBLE_EQ(split->hits[i].hit.score(), together->hits[i].hit.score());
  }
  EXPECT_EQ(split->total, 12U);
}

TEST_F(RootSearchTest, AFailedIndexerIsLeftOutAndCoverageSaysSo) {
  first_.Add(MakeArticle(1, "chợ nổi"));
  second_.Add(MakeArticle(2, "chợ nổi"));
  second_.FailWith(grpc::Status(grpc::StatusCode::UNAVAILABLE, "down"));
  const auto result = root_.Search(Ask("chợ nổi"), Soon());
  ASSERT_THAT(result, IsOk());
  EXPECT_THAT(Ids(*result), ElementsAre(ArticleId(1)));
  EXPECT_EQ(result->coverage.shards_asked, 2U);
  EXPECT_EQ(result->coverage.shards_answered, 1U);
}

TEST_F(RootSearchTest, AHangingIndexerDoesNotTakeTheOthersWithIt) {
  first_.Add(MakeArticle(1, "chợ nổi"));
  second_.Hang();
  const auto result = root_.Search(Ask("chợ nổi"), clock_.Now() + absl::Milliseconds(500));
  second_.Release();
  ASSERT_THAT(result, IsOk());
  EXPECT_THAT(Ids(*result), ElementsAre(ArticleId(1)));
  EXPECT_EQ(result->coverage.shards_answered, 1U);
}

TEST_F(RootSearchTest, ASilentIndexerComesBackByItself) {
  second_.Add(MakeArticle(2, "chợ nổi"));
  second_.FailWith(grpc::Status(grpc::StatusCode::UNAVAILABLE, "down"));
  ASSERT_THAT(root_.Search(Ask("chợ nổi"), Soon()), IsOk());
  second_.FailWith(grpc::Status::OK);
  const auto result = root_.Search(Ask("chợ nổi"), Soon());
  ASSERT_THAT(result, IsOk());
  EXPECT_THAT(Ids(*result), ElementsAre(ArticleId(2)));
  EXPECT_EQ(result->coverage.shards_answered, 2U);
}

TEST_F(RootSearchTest, ASilentIndexersReplicasHaveTimeToAnswer) {
  first_.Add(MakeArticle(1, "chợ nổi"));
  RootSearch root({&first_.stub()}, clock_, absl::Milliseconds(100));
  first_.RefuseNext(1, grpc::StatusCode::UNAVAILABLE);
  EXPECT_FALSE(root.Search(Ask("chợ nổi"), Soon()).ok());
  first_.HangNext(1);
  EXPECT_THAT(root.Search(Ask("chợ nổi"), Soon()), IsOk()) << "the call that hangs is made again";
  first_.Release();
}

TEST_F(RootSearchTest, WhenNoneAnswersTheFirstErrorIsReturned) {
  first_.FailWith(grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "queue full"));
  second_.FailWith(grpc::Status(grpc::StatusCode::UNAVAILABLE, "down"));
  EXPECT_THAT(root_.Search(Ask("chợ nổi"), Soon()),
              StatusIs(absl::StatusCode::kResourceExhausted, AllOf(HasSubstr("none of 2"), HasSubstr("queue full"))));
}

TEST_F(RootSearchTest, APassedDeadlineIsAnError) {
  EXPECT_THAT(root_.Search(Ask("chợ nổi"), clock_.Now() - absl::Seconds(1)),
              StatusIs(absl::StatusCode::kDeadlineExceeded, HasSubstr("deadline")));
}

TEST_F(RootSearchTest, DateOrdersNeedNoStatistics) {
  first_.Add(MakeArticle(1, "hội xuân"));
  first_.Add(MakeArticle(2, "hội xuân"));
  RootRequest request = Ask("hội");
  request.sort = v1::SORT_ORDER_NEWEST;
  const auto result = root_.Search(request, Soon());
  ASSERT_THAT(result, IsOk());
  EXPECT_THAT(Ids(*result), ElementsAre(ArticleId(2), ArticleId(1)));
  EXPECT_FALSE(first_.last_search().has_statistics());
}

TEST_F(RootSearchTest, PositionsOfAllShardsComeBack) {
  first_.Add(MakeArticle(1, "hội xuân"));
  const auto result = root_.Search(Ask("hội"), Soon());
  ASSERT_THAT(result, IsOk());
  ASSERT_EQ(result->positions.size(), 2U);
  EXPECT_EQ(result->positions[0].log_position() + result->positions[1].log_position(), 1U);
}

TEST_F(RootSearchTest, FacetsAreSummedOverIndexers) {
  first_.Add(MakeArticle(1, "hội xuân"));
  second_.Add(MakeArticle(2, "hội xuân"));
  v1::LeafFacetsRequest request;
  request.mutable_query()->mutable_match_all();
  request.add_fields(v1::FACET_FIELD_SITE);
  request.set_limit(5);
  const auto result = root_.Facets(request, Soon());
  ASSERT_THAT(result, IsOk());
  ASSERT_EQ(result->facets.size(), 1U);
  EXPECT_EQ(result->facets[0].values(0).count(), 2U);
  EXPECT_EQ(result->coverage.shards_answered, 2U);
}

TEST_F(RootSearchTest, GetFindsArticlesWhereverTheyAreInTheOrderAsked) {
  first_.Add(MakeArticle(1, "một"));
  second_.Add(MakeArticle(2, "hai"));
  const auto articles = root_.Get({ArticleId(2), ArticleId(9), ArticleId(1)}, Soon());
  ASSERT_THAT(articles, IsOk());
  ASSERT_EQ(articles->size(), 2U);
  EXPECT_EQ((*articles)[0].title(), "hai");
  EXPECT_EQ((*articles)[1].title(), "một");
}

TEST_F(RootSearchTest, ManyArticlesAreFetchedInSeveralCalls) {
  std::vector<RootHit> hits;
  for (uint32_t i = 0; i < 23; ++i) {
    (i % 2 == 0 ? first_ : second_).Add(MakeArticle(i, "tin"));
    hits.emplace_back().hit.set_article_id(ArticleId(i));
    hits.back().indexer = i % 2;
  }
  EXPECT_EQ(root_.Fetch(hits, Soon()).articles.size(), 23U);
  EXPECT_LE(first_.most_articles_asked(), 4);
}

TEST_F(RootSearchTest, GetRefusesMoreBytesThanItsLimit) {
  std::vector<std::string> ids;
  for (uint32_t i = 0; i < 6; ++i) {
    first_.Add(MakeArticle(i, "tin", std::string(size_t{3} << 20, 'x')));
    ids.push_back(ArticleId(i));
  }
  EXPECT_THAT(root_.Get(ids, Soon()), StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("16777216")));
}

TEST_F(RootSearchTest, FetchKeepsTheFirstErrorAndWhatTheOthersGave) {
  first_.Add(MakeArticle(1, "một"));
  second_.FailWith(grpc::Status(grpc::StatusCode::UNAVAILABLE, "down"));
  std::vector<RootHit> hits(2);
  hits[0].hit.set_article_id(ArticleId(1));
  hits[1].hit.set_article_id(ArticleId(2));
  hits[1].indexer = 1;
  const FetchedArticles fetched = root_.Fetch(hits, Soon());
  EXPECT_EQ(fetched.articles.size(), 1U);
  EXPECT_THAT(fetched.first_error, StatusIs(absl::StatusCode::kUnavailable, HasSubstr("down")));
}

TEST_F(RootSearchTest, FetchLeavesTimeToAnswerWithoutWhatHangs) {
  second_.Hang();
  std::vector<RootHit> hits(1);
  hits[0].hit.set_article_id(ArticleId(2));
  hits[0].indexer = 1;
  const absl::Time deadline = clock_.Now() + absl::Seconds(2);
  const FetchedArticles fetched = root_.Fetch(hits, deadline);
  EXPECT_LT(clock_.Now(), deadline);
  second_.Release();
  EXPECT_THAT(fetched.first_error, StatusIs(absl::StatusCode::kDeadlineExceeded, ::testing::_));
}

TEST_F(RootSearchTest, FetchFindsAnArticleThatHasMovedToAnotherIndexerMeanwhile) {
  second_.Add(MakeArticle(1, "chợ nổi"));
  RootHit hit;
  hit.hit.set_article_id(ArticleId(1));
  hit.indexer = 0;
  const FetchedArticles fetched = root_.Fetch({hit}, Soon());
  ASSERT_EQ(fetched.articles.size(), 1U);
  EXPECT_EQ(fetched.articles[0].article_id(), ArticleId(1));
  EXPECT_THAT(fetched.first_error, IsOk());
}

TEST_F(RootSearchTest, FetchCallsADeletedArticleNoError) {
  std::vector<RootHit> hits(1);
  hits[0].hit.set_article_id(ArticleId(1));
  const FetchedArticles fetched = root_.Fetch(hits, Soon());
  EXPECT_TRUE(fetched.articles.empty());
  EXPECT_THAT(fetched.first_error, IsOk());
}

TEST_F(RootSearchTest, GetAsksForNoMoreOnceItsLimitIsPassed) {
  std::vector<std::string> ids;
  for (uint32_t i = 0; i < 40; ++i) {
    first_.Add(MakeArticle(i, "tin", std::string(i < 6 ? size_t{3} << 20 : 1, 'x')));
    ids.push_back(ArticleId(i));
  }
  EXPECT_THAT(root_.Get(ids, Soon()), StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("16777216")));
  EXPECT_EQ(first_.articles_asked(), static_cast<int>(RootSearch::kGetRound));
}

TEST_F(RootSearchTest, GetAsksAFailedIndexerNoMore) {
  std::vector<std::string> ids;
  for (uint32_t i = 0; i < 30; ++i) {
    first_.Add(MakeArticle(i, "tin"));
    ids.push_back(ArticleId(i));
  }
  second_.Hang();
  const auto articles = root_.Get(ids, clock_.Now() + absl::Seconds(1));
  second_.Release();
  ASSERT_THAT(articles, IsOk());
  EXPECT_EQ(articles->size(), ids.size());
  EXPECT_LE(second_.articles_asked(), static_cast<int>(RootSearch::kGetRound));
}

TEST_F(RootSearchTest, GetDoesNotCallAnArticleUnknownThatASilentIndexerMayHave) {
  first_.Add(MakeArticle(1, "một"));
  second_.FailWith(grpc::Status(grpc::StatusCode::UNAVAILABLE, "down"));
  EXPECT_THAT(root_.Get({ArticleId(1)}, Soon()), IsOk());
  EXPECT_THAT(root_.Get({ArticleId(2)}, Soon()),
              StatusIs(absl::StatusCode::kUnavailable, AllOf(HasSubstr("1 articles"), HasSubstr("down"))));
}

}  // namespace
}  // namespace tintinh::query
