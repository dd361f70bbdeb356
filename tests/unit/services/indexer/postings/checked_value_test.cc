#include "services/indexer/postings/checked_value.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using ::testing::HasSubstr;
using testing::IsOkAndHolds;
using testing::StatusIs;

TEST(CheckedValue, TheBodyReadsBack) { EXPECT_THAT(CheckedBody(CheckedValue("sông")), IsOkAndHolds("sông")); }

TEST(CheckedValue, EveryFlippedBitAndEveryCutIsDataLoss) {
  const std::string value = CheckedValue("đồi chè");
  for (size_t bit = 0; bit < value.size() * 8; ++bit) {
    std::string damaged = value;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_THAT(CheckedBody(damaged), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("")));
  }
  for (size_t size = 0; size < value.size(); ++size) {
    EXPECT_THAT(CheckedBody(value.substr(0, size)), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("")));
  }
}

TEST(CheckedValue, AnotherVersionIsNamed) {
  EXPECT_THAT(CheckedBody(std::string(9, '\x07')), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("version 7")));
}

}  // namespace
}  // namespace tintinh::indexer
