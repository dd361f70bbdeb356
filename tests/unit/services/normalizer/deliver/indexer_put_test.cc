#include "services/normalizer/deliver/indexer_put.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_indexer.h"

namespace tintinh::normalizer {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using tintinh::testing::FakeClock;
using tintinh::testing::FakeIndexer;

// Under a clock that stands still, pauses take no time and the deadline comes only when a test moves it.
class IndexerPutTest : public ::testing::Test {
 protected:
  std::vector<Delivered> Put(int count) {
    std::vector<v1::Article> articles(static_cast<size_t>(count));
    std::vector<PutItem> items;
    for (size_t i = 0; i < articles.size(); ++i) {
      articles[i].set_article_id(absl::StrCat("id", i));
      articles[i].set_title(absl::StrCat("bài ", i));
      items.push_back({&articles[i], nullptr});
    }
    const DeliveryOptions options;
    const std::string trace = "trace";
    const std::function<bool()> cancelled = [this] { return cancelled_; };
    IndexerPut put(indexer_.stub(), {options, clock_, trace, cancelled, clock_.Now() + options.deadline});
    std::vector<Delivered> delivered = put.Put(items);
    refused_for_shard_ = put.refused_for_shard();
    return delivered;
  }

  FakeIndexer indexer_;
  FakeClock clock_;
  bool cancelled_ = false;
  bool refused_for_shard_ = false;
};

TEST_F(IndexerPutTest, OneAnswerPerArticleInOrder) {
  const std::vector<Delivered> delivered = Put(3);
  ASSERT_THAT(delivered, SizeIs(3));
  EXPECT_THAT(delivered, Each(Field(&Delivered::outcome, v1::OUTCOME_STORED)));
  EXPECT_EQ(delivered[2].result.article_id(), "id2");
  EXPECT_EQ(delivered[2].result.log_position(), 3u);
  EXPECT_EQ(indexer_.calls(), 1);
}

TEST_F(IndexerPutTest, TriesAgainWhileThatMayHelp) {
  indexer_.FailNext({grpc::Status(grpc::StatusCode::UNAVAILABLE, "restarting"),
                     grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "queue full")});
  EXPECT_THAT(Put(1), ElementsAre(Field(&Delivered::outcome, v1::OUTCOME_STORED)));
  EXPECT_EQ(indexer_.calls(), 3);
}

TEST_F(IndexerPutTest, GivesUpAtTheDeadline) {
  indexer_.OnCall([this] { clock_.Advance(absl::Seconds(4)); });
  indexer_.FailNext(std::vector<grpc::Status>(10, grpc::Status(grpc::StatusCode::UNAVAILABLE, "down")));
  const std::vector<Delivered> delivered = Put(2);
  ASSERT_THAT(delivered, SizeIs(2));
  EXPECT_EQ(delivered[1].outcome, v1::OUTCOME_FAILED);
  EXPECT_THAT(delivered[1].reason, HasSubstr("down"));
  EXPECT_EQ(indexer_.calls(), 3);
}

TEST_F(IndexerPutTest, WhenTimeRunsOutTheReasonBeforeItIsGiven) {
  indexer_.FailNext({grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "no space left"),
                     grpc::Status(grpc::StatusCode::DEADLINE_EXCEEDED, "too late")});
  EXPECT_THAT(Put(1), ElementsAre(Field(&Delivered::reason, HasSubstr("no space left"))));
  indexer_.FailNext({grpc::Status(grpc::StatusCode::DEADLINE_EXCEEDED, "too late")});
  EXPECT_THAT(Put(1), ElementsAre(Field(&Delivered::reason, HasSubstr("too late"))));
}

TEST_F(IndexerPutTest, OtherErrorsAreNotTriedAgain) {
  indexer_.FailNext({grpc::Status(grpc::StatusCode::INTERNAL, "broken")});
  EXPECT_THAT(Put(1), ElementsAre(Field(&Delivered::outcome, v1::OUTCOME_FAILED)));
  EXPECT_EQ(indexer_.calls(), 1);
}

TEST_F(IndexerPutTest, OneRefusedArticleCostsNoOther) {
  indexer_.Judge([](const v1::Article& article) { return article.title() == "bài 1"; },
                 grpc::StatusCode::INVALID_ARGUMENT);
  const std::vector<Delivered> delivered = Put(3);
  EXPECT_THAT(delivered, ElementsAre(Field(&Delivered::outcome, v1::OUTCOME_STORED),
                                     Field(&Delivered::outcome, v1::OUTCOME_REJECTED),
                                     Field(&Delivered::outcome, v1::OUTCOME_STORED)));
  EXPECT_THAT(delivered[1].reason, HasSubstr("articles: bad"));
}

TEST_F(IndexerPutTest, AFailedArticleIsRetryable) {
  indexer_.Judge([](const v1::Article& article) { return article.title() == "bài 0"; }, grpc::StatusCode::OK);
  const std::vector<Delivered> delivered = Put(2);
  EXPECT_EQ(delivered[0].outcome, v1::OUTCOME_FAILED);
  EXPECT_THAT(delivered[0].reason, HasSubstr("disk full"));
  EXPECT_EQ(delivered[1].outcome, v1::OUTCOME_STORED);
}

TEST_F(IndexerPutTest, StopsOnceCancelled) {
  cancelled_ = true;
  EXPECT_THAT(Put(1), ElementsAre(Field(&Delivered::outcome, v1::OUTCOME_FAILED)));
  EXPECT_EQ(indexer_.calls(), 0);
}

TEST_F(IndexerPutTest, AShardThatIsElsewhereIsToldApart) {
  Put(1);
  EXPECT_FALSE(refused_for_shard_);
  indexer_.FailNext({grpc::Status(grpc::StatusCode::FAILED_PRECONDITION, "shard 3 is not held here")});
  EXPECT_THAT(Put(1), ElementsAre(Field(&Delivered::outcome, v1::OUTCOME_FAILED)));
  EXPECT_TRUE(refused_for_shard_);
  EXPECT_EQ(indexer_.calls(), 2) << "asking the same one again does not help";
}

}  // namespace
}  // namespace tintinh::normalizer
