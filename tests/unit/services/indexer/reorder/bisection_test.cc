#include "services/indexer/reorder/bisection.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::indexer {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// Documents of several topics, one after another: each has some of the features of its topic and some of all.
DocumentFeatures Topics(uint32_t documents, uint32_t topics, uint32_t seed) {
  constexpr uint32_t kOfTopic = 40;
  constexpr uint32_t kOfAll = 100;
  std::mt19937 random(seed);
  DocumentFeatures result;
  result.count = topics * kOfTopic + kOfAll;
  result.starts.push_back(0);
  for (uint32_t document = 0; document < documents; ++document) {
    const uint32_t topic = document % topics;
    for (uint32_t i = 0; i < kOfTopic; ++i) {
      if (random() % 3 == 0) result.features.push_back(topic * kOfTopic + i);
    }
    for (uint32_t i = 0; i < kOfAll; ++i) {
      if (random() % 10 == 0) result.features.push_back(topics * kOfTopic + i);
    }
    result.starts.push_back(result.features.size());
  }
  return result;
}

// The sum of the logarithms of all gaps.
double Bits(const DocumentFeatures& documents, const std::vector<uint32_t>& order) {
  std::vector<uint32_t> next(documents.count, 0);
  double bits = 0;
  for (uint32_t place = 0; place < order.size(); ++place) {
    for (const uint32_t feature : documents.Of(order[place])) {
      bits += std::log2(place + 1 - next[feature]);
      next[feature] = place + 1;
    }
  }
  return bits;
}

std::vector<uint32_t> InOrder(uint32_t documents) {
  std::vector<uint32_t> order(documents);
  std::iota(order.begin(), order.end(), 0);
  return order;
}

TEST(BisectDocuments, EachDocumentIsThereOnceWhateverTheirNumber) {
  for (uint32_t documents = 0; documents < 150; documents += 1 + documents / 8) {
    const DocumentFeatures features = Topics(documents, 3, documents);
    std::vector<uint32_t> order = BisectDocuments(features, {.smallest = 4});
    std::sort(order.begin(), order.end());
    EXPECT_EQ(order, InOrder(documents));
  }
}

TEST(BisectDocuments, DocumentsOfATopicBecomeNeighbours) {
  const DocumentFeatures features = Topics(2'000, 8, 1);
  const std::vector<uint32_t> order = BisectDocuments(features);
  uint32_t changes = 0;
  for (size_t i = 1; i < order.size(); ++i) changes += order[i] % 8 != order[i - 1] % 8 ? 1 : 0;
  EXPECT_LT(changes, 40u);
  EXPECT_LT(Bits(features, order), 0.8 * Bits(features, InOrder(2'000)));
}

TEST(BisectDocuments, TheSameInputGivesTheSameOrder) {
  const DocumentFeatures features = Topics(500, 5, 2);
  EXPECT_EQ(BisectDocuments(features), BisectDocuments(features));
}

TEST(BisectDocuments, PartsThatAreSmallEnoughOrHaveNoFeaturesStayAsTheyAre) {
  EXPECT_EQ(BisectDocuments(Topics(32, 4, 3)), InOrder(32));
  EXPECT_THAT(BisectDocuments(DocumentFeatures()), IsEmpty());
  DocumentFeatures bare;
  bare.starts.resize(101, 0);
  EXPECT_EQ(BisectDocuments(bare), InOrder(100));
}

TEST(BisectDocuments, TwoKindsOfDocumentsAreSeparated) {
  DocumentFeatures six;
  six.count = 2;
  six.features = {0, 1, 0, 1, 1, 0};
  six.starts = {0, 1, 2, 3, 4, 5, 6};
  const std::vector<uint32_t> order = BisectDocuments(six, {.smallest = 3});
  const std::vector<uint32_t> first(order.begin(), order.begin() + 3);
  EXPECT_THAT(first, ::testing::AnyOf(UnorderedElementsAre(0, 2, 5), UnorderedElementsAre(1, 3, 4)));
}

}  // namespace
}  // namespace tintinh::indexer
