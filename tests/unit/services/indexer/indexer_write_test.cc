#include <memory>
#include <string>

#include "gtest/gtest.h"
#include "services/indexer/indexer.h"
#include "tests/support/sample_article.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/services/indexer/indexer_config.h"

namespace tintinh::indexer {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::SampleArticle;
using testing::SampleId;
using testing::StatusIs;

constexpr absl::Time kNever = absl::InfiniteFuture();
constexpr uint64_t kSimhash = 0x0123456789abcdef;

class IndexerWriteTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened = Indexer::Open(SmallConfig(dir_.path() + "/indexer"), clock_, metrics_);
    ASSERT_THAT(opened, IsOk());
    indexer_ = *std::move(opened);
    ASSERT_THAT(indexer_->Start(), IsOk());
  }

  static v1::PutArticlesRequest OneLike(int number) {
    v1::PutArticlesRequest request;
    *request.add_articles() = SampleArticle(number);
    request.mutable_articles(0)->set_simhash(kSimhash);
    return request;
  }

  testing::TempDir dir_;
  SystemClock clock_;
  Metrics metrics_;
  std::unique_ptr<Indexer> indexer_;
};

TEST_F(IndexerWriteTest, AnArticleJoinsTheClusterOfWhatAnotherIndexerHas) {
  v1::PutArticlesRequest request = OneLike(1);
  v1::NearDuplicate& near = *request.add_near()->add_articles();
  near.set_article_id(SampleId(7));
  near.set_distance(4);
  const auto response = indexer_->Put(request, kNever);
  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->results(0).outcome(), v1::PUT_OUTCOME_NEAR_DUPLICATE);
  EXPECT_EQ(response->results(0).duplicate_of(), SampleId(7));
}

TEST_F(IndexerWriteTest, WhatIsNearIsFoundForOthers) {
  ASSERT_THAT(indexer_->Put(OneLike(1), kNever), IsOk());
  v1::FindNearDuplicatesRequest request;
  request.add_simhashes(kSimhash ^ 0x3);
  request.add_simhashes(~kSimhash);
  request.add_simhashes(0);
  const auto response = indexer_->FindNearDuplicates(request, kNever);
  ASSERT_THAT(response, IsOk());
  ASSERT_EQ(response->near_size(), 3);
  ASSERT_EQ(response->near(0).articles_size(), 1);
  EXPECT_EQ(response->near(0).articles(0).article_id(), SampleId(1));
  EXPECT_EQ(response->near(0).articles(0).distance(), 2u);
  EXPECT_EQ(response->near(1).articles_size(), 0);
  EXPECT_EQ(response->near(2).articles_size(), 0);
}

TEST_F(IndexerWriteTest, MalformedNearDuplicatesAreRefusedNamingTheField) {
  v1::PutArticlesRequest request = OneLike(1);
  request.add_near();
  request.add_near();
  EXPECT_THAT(indexer_->Put(request, kNever).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("near: 2 elements, 1 to 1 allowed")));
  request.mutable_near()->RemoveLast();
  request.mutable_near(0)->add_articles()->set_article_id("x");
  EXPECT_THAT(indexer_->Put(request, kNever).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("near[0].articles[0].article_id")));
  EXPECT_THAT(indexer_->FindNearDuplicates({}, kNever).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("simhashes: 0 elements")));
}

}  // namespace
}  // namespace tintinh::indexer
