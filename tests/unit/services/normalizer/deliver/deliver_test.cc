#include "services/normalizer/deliver/deliver.h"

#include <gtest/gtest.h>

#include "tests/support/fake_clock.h"
#include "tests/support/fake_indexer.h"

namespace tintinh::normalizer {
namespace {

TEST(Delivery, OneIndexerGetsEveryArticleAndIsNotAskedWhatItHas) {
  testing::FakeIndexer indexer;
  const testing::FakeClock clock;
  const Delivery delivery(indexer.stub(), DeliveryOptions(), clock);
  const v1::Article article;
  EXPECT_EQ(delivery.Put({&article, &article}, "trace", [] { return false; }).size(), 2u);
  EXPECT_EQ(indexer.calls(), 1);
  EXPECT_EQ(indexer.status_calls(), 0);
}

TEST(Delivery, NothingToPutCallsNobody) {
  testing::FakeIndexer indexer;
  const testing::FakeClock clock;
  EXPECT_TRUE(Delivery(indexer.stub(), DeliveryOptions(), clock).Put({}, "trace", [] { return false; }).empty());
  EXPECT_EQ(indexer.calls(), 0);
}

TEST(DeliveryOptionsOf, TakesThePeersDeadline) {
  config::v1::NormalizerConfig config;
  EXPECT_EQ(DeliveryOptionsOf(config).deadline, DeliveryOptions().deadline);
  config.mutable_indexer()->mutable_deadline()->set_seconds(3);
  EXPECT_EQ(DeliveryOptionsOf(config).deadline, absl::Seconds(3));
  config.add_indexers()->mutable_deadline()->set_seconds(4);
  EXPECT_EQ(DeliveryOptionsOf(config).deadline, absl::Seconds(4));
}

}  // namespace
}  // namespace tintinh::normalizer
