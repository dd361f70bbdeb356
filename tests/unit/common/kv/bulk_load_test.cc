#include "common/kv/bulk_load.h"

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace tintinh::kv {
namespace {

using ::testing::Eq;
using testing::IsOk;
using testing::IsOkAndHolds;
using ::testing::Optional;
using testing::TempDir;

class BulkLoadTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened = Database::Open({.directory = dir_.path() + "/db", .column_families = {{.name = "a"}, {.name = "b"}}});
    ASSERT_THAT(opened, IsOk());
    db_ = *std::move(opened);
  }

  TempDir dir_;
  std::unique_ptr<Database> db_;
};

TEST_F(BulkLoadTest, AllFamiliesAreThereAfterIngestAndNotBefore) {
  BulkLoad load(*db_, "x");
  ASSERT_THAT(load.Add("a", "k1", "v1"), IsOk());
  ASSERT_THAT(load.Add("b", "k", "v"), IsOk());
  ASSERT_THAT(load.Add("a", "k2", "v2"), IsOk());
  EXPECT_THAT(db_->Get("a", "k1"), IsOkAndHolds(Eq(std::nullopt)));
  ASSERT_THAT(load.Ingest(), IsOk());
  EXPECT_THAT(db_->Get("a", "k1"), IsOkAndHolds(Optional(std::string("v1"))));
  EXPECT_THAT(db_->Get("b", "k"), IsOkAndHolds(Optional(std::string("v"))));
}

TEST_F(BulkLoadTest, WithoutIngestNothingRemains) {
  {
    BulkLoad load(*db_, "x");
    ASSERT_THAT(load.Add("a", "k1", "v1"), IsOk());
    EXPECT_TRUE(std::filesystem::exists(db_->directory() + "/load-x"));
  }
  EXPECT_FALSE(std::filesystem::exists(db_->directory() + "/load-x"));
  EXPECT_THAT(db_->Get("a", "k1"), IsOkAndHolds(Eq(std::nullopt)));
}

TEST_F(BulkLoadTest, KeysThatDoNotAscendAreRefused) {
  BulkLoad load(*db_, "x");
  ASSERT_THAT(load.Add("a", "k2", "v"), IsOk());
  EXPECT_FALSE(load.Add("a", "k1", "v").ok());
}

TEST_F(BulkLoadTest, DropRangeForgetsAHalfOpenRangeOfFilesAndOfMemory) {
  BulkLoad load(*db_, "x");
  for (int i = 100; i < 200; ++i) ASSERT_THAT(load.Add("a", absl::StrCat(i), "v"), IsOk());
  ASSERT_THAT(load.Ingest(), IsOk());
  WriteBatch batch;
  db_->Put(batch, "a", "150x", "v");
  ASSERT_THAT(db_->Write(std::move(batch), Durability::kBuffered), IsOk());
  ASSERT_THAT(DropRange(*db_, "a", "120", "180"), IsOk());
  EXPECT_THAT(db_->Get("a", "119"), IsOkAndHolds(Optional(std::string("v"))));
  EXPECT_THAT(db_->Get("a", "120"), IsOkAndHolds(Eq(std::nullopt)));
  EXPECT_THAT(db_->Get("a", "150x"), IsOkAndHolds(Eq(std::nullopt)));
  EXPECT_THAT(db_->Get("a", "180"), IsOkAndHolds(Optional(std::string("v"))));
}

TEST_F(BulkLoadTest, LeftoversOfAKilledProcessAreRemoved) {
  std::filesystem::create_directories(db_->directory() + "/load-killed");
  RemoveBulkLoadLeftovers(*db_);
  EXPECT_FALSE(std::filesystem::exists(db_->directory() + "/load-killed"));
}

}  // namespace
}  // namespace tintinh::kv
