#include "services/crawler/frontier/store.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/crawler/frontier/frontier_fixture.h"

namespace tintinh::crawler {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

TEST_F(FrontierTest, ADirectoryOfAnotherFormatIsRefusedWithTheRemedy) {
  kv::WriteBatch batch;
  database_->Put(batch, "default", "frontier_format", "9");
  ASSERT_THAT(database_->Write(std::move(batch), kv::Durability::kSynced), IsOk());
  EXPECT_THAT(FrontierStore(*database_).CheckFormat(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("start with an empty data directory")));
}

TEST_F(FrontierTest, ARecordThatCannotBeReadIsDataLoss) {
  kv::WriteBatch batch;
  database_->Put(batch, "urls", "https://a.vn/1", "\xff\xff\xff");
  ASSERT_THAT(database_->Write(std::move(batch), kv::Durability::kSynced), IsOk());
  EXPECT_THAT(FrontierStore(*database_).Url("https://a.vn/1"),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("https://a.vn/1")));
}

TEST_F(FrontierTest, RobotsRecordsAreKeptByOrigin) {
  disk::v1::RobotsRecord robots;
  robots.set_origin("https://a.vn");
  robots.set_body("User-agent: *\nDisallow: /tim-kiem\n");
  Add(Article("/1"));
  kv::WriteBatch batch;
  frontier_->PutRobots(robots, batch);
  ASSERT_THAT(frontier_->Complete(Take(), Outcome(FetchOutcome::kRobotsRead), std::move(batch)), IsOk());
  Reopen();
  const auto kept = frontier_->FindRobots("https://a.vn");
  ASSERT_THAT(kept, IsOk());
  ASSERT_TRUE(kept->has_value());
  EXPECT_EQ((*kept)->body(), robots.body());
  EXPECT_FALSE(frontier_->FindRobots("http://a.vn")->has_value());
}

}  // namespace
}  // namespace tintinh::crawler
