#include "services/crawler/discover/gunzip.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/gzip.h"
#include "tests/support/status_matchers.h"

namespace tintinh::crawler {
namespace {

using testing::Gzip;
using ::testing::HasSubstr;
using testing::IsOkAndHolds;
using testing::StatusIs;

TEST(Gunzip, ExpandsAllMembers) {
  EXPECT_THAT(Gunzip(Gzip("Lào ") + Gzip("Cai"), 100), IsOkAndHolds("Lào Cai"));
  EXPECT_TRUE(IsGzip(Gzip("")));
  EXPECT_FALSE(IsGzip("<urlset>"));
}

TEST(Gunzip, StopsAtTheLimit) {
  EXPECT_THAT(Gunzip(Gzip(std::string(1'000'000, 'a')), 999'999),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("999999 bytes")));
  EXPECT_EQ(Gunzip(Gzip(std::string(1'000'000, 'a')), 1'000'000)->size(), 1'000'000u);
}

TEST(Gunzip, GivesWhatCanBeReadOfACutFile) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += std::to_string(i);
  const std::string cut = Gzip(text).substr(0, 100'000);
  const auto read = Gunzip(cut, text.size());
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, text.substr(0, read->size()));
  EXPECT_THAT(Gunzip("\x1F\x8B\x08 hỏng", 100), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("nothing")));
}

}  // namespace
}  // namespace tintinh::crawler
